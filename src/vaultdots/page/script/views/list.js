// The notes as a table: the map's accessible twin, with the same filters, in any order.
import { button, el } from "../core/dom.js";
import { folderOf, kindOf, rank, SECTION, yearOf } from "../core/graph.js";
import { grouped } from "../core/numbers.js";
import { SHOWN } from "../core/select.js";
import { icon } from "../draw/shapes.js";

const PAGE = 100;
const ORDERS = {
  title: (g) => (a, b) => g.title[a].localeCompare(g.title[b], "ko"), kind: (g) => (a, b) => g.kind[a] - g.kind[b] || g.year[b] - g.year[a],
  year: (g) => (a, b) => g.year[b] - g.year[a] || g.day[b] - g.day[a], links: (g) => (a, b) => rank(g, b) - rank(g, a),
};

// page.listed: {text, rows} of a search that was opened as a list, or null.
export function drawList(page, box, selection) {
  const { g } = page, words = page.words(), by = page.order ?? "year";
  const wanted = page.listed?.rows ?? [...Array(g.n).keys()].filter((row) => g.kind[row] !== SECTION);
  const rows = wanted.filter((row) => selection.shown[row] === SHOWN);
  if (!page.listed || page.order) rows.sort((a, b) => ORDERS[by](g)(a, b) || a - b);
  const seen = new Map();
  for (const row of rows) seen.set(g.title[row], (seen.get(g.title[row]) ?? 0) + 1);
  const column = (name) => el("th", { scope: "col", "aria-sort": page.order === name || (!page.listed && by === name) ? "descending" : "none", class: name },
    button({ on: { click: () => { page.order = name; page.rows = PAGE; drawList(page, box, selection); box.querySelector(`th.${name} button`).focus(); } } }, words.columns[name]));
  const most = page.rows ?? PAGE;
  const line = (row) => el("tr", {}, el("th", { scope: "row" }, button({ class: "go", on: { click: () => page.open(row) } }, icon(kindOf(g, row)),
    el("span", { class: "name", dir: "auto" }, g.title[row] || g.key[row], seen.get(g.title[row]) > 1 && folderOf(g, row) ? el("small", {}, folderOf(g, row)) : null))),
    el("td", {}, words.kind[kindOf(g, row)]), el("td", {}, String(yearOf(g, row) ?? "")), el("td", {}, grouped(g.degree[row])));
  box.setAttribute("aria-label", words.listName);
  box.replaceChildren(el("div", { class: "listhead" }, el("h2", {}, page.listed ? `“${page.listed.text}”` : words.listName),
    el("p", {}, words.page(Math.min(1, rows.length), Math.min(most, rows.length), rows.length)),
    page.listed ? button({ class: "chip", on: { click: () => { page.listed = null; drawList(page, box, selection); } } }, words.showAll) : null),
    rows.length ? el("table", {}, el("thead", {}, el("tr", {}, ["title", "kind", "year", "links"].map(column))), el("tbody", {}, rows.slice(0, most).map(line))) : el("p", { class: "nothing" }, words.nothing),
    rows.length > most ? button({ class: "chip more", on: { click: () => { page.rows = most + PAGE; drawList(page, box, selection); } } }, words.moreRows) : null);
}
