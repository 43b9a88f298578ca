// What the shape of the vault says: what holds it together, what should meet, what crosses years.
import { $, button, el, glyph } from "../core/dom.js";
import { CONTAINS, isNote, kindOf } from "../core/graph.js";
import { grouped } from "../core/numbers.js";
import { hasIncoming } from "../core/select.js";
import { icon } from "../draw/shapes.js";

const MOST = 8;

export function buildInsights(page) {
  const { g, data } = page, words = page.words();
  const go = (row, ...more) => button({ class: "go", on: { click: () => page.open(row), pointerenter: () => page.glance(row), pointerleave: () => page.glance(null) } },
    icon(kindOf(g, row)), el("span", { class: "name", dir: "auto" }, g.title[row] || g.key[row], more));
  const part = (title, id, items) => (items.length ? el("section", { "aria-labelledby": id }, el("h3", { id }, title), el("ul", {}, items.map((item) => el("li", {}, item)))) : null);
  const linked = hasIncoming(g), orphans = [...Array(g.n).keys()].filter((row) => isNote(g, row) && !linked.has(row) && g.degree[row] > 0);
  const last = page.get().years?.[1] ?? g.axis.years.filter((year) => year !== null).at(-1);
  const pane = $("panel");
  pane.setAttribute("aria-label", words.insights);
  pane.replaceChildren(
    el("div", { class: "head" }, el("p", { class: "facts" }, glyph("insight"), words.insights), button({ class: "close", "aria-label": words.close, title: words.close, on: { click: page.close } }, glyph("close"))),
    el("h2", {}, words.insights),
    ...[
      data.named.length ? part(words.named, "i-named", data.named.map(([name, hash]) => button({ class: "go", on: { click: () => { location.hash = hash; } } }, el("span", { class: "name", dir: "auto" }, name)))) : null,
      last ? part(words.top(last), "i-top", topOf(g, last).map(([row, count]) => go(row, el("small", {}, `${words.columns.links} ${count}`)))) : null,
      part(words.arcs, "i-arcs", data.arcs.slice(0, MOST).map(([from, to, a, b, years]) => button({ class: "go", on: { click: () => page.showPath([from, to]) } }, icon(kindOf(g, g.home[from])),
        el("span", { class: "name", dir: "auto" }, `${g.title[g.home[from]]} ⟶ ${g.title[to]}`, el("small", {}, words.arc(a, b, years)))))),
      part(words.hints, "i-hints", data.hints.slice(0, MOST).map(([from, to, , reasons]) => button({ class: "go", on: { click: () => page.open(from) } }, icon(kindOf(g, g.home[from])),
        el("span", { class: "name", dir: "auto" }, `${g.title[from]} ⟶ ${g.title[to]}`, el("small", { dir: "auto" }, reasons[0] ?? ""))))),
      part(words.bridges, "i-bridges", data.bridges.slice(0, MOST).map(([row, loose]) => go(row, el("small", {}, words.loose(loose))))),
      part(words.gaps, "i-gaps", data.gaps.slice(0, MOST).map(([one, other, shared]) => button({ class: "go", on: { click: () => page.open(one) } }, icon(kindOf(g, one)),
        el("span", { class: "name", dir: "auto" }, `${g.title[one]} · ${g.title[other]}`, el("small", { dir: "auto" }, shared.join(", ")))))),
      part(`${words.orphans} ${grouped(orphans.length)}`, "i-orphans", orphans.slice(0, MOST).map((row) => go(row))),
    ].filter(Boolean));
  pane.scrollTop = 0;
}

// The notes with the most links to and from what is dated in a year.
function topOf(g, year) {
  const counts = new Map();
  for (let e = 0; e < g.m; e++) {
    const a = g.home[g.from[e]], b = g.home[g.to[e]];
    if (g.edgeKind[e] === CONTAINS || a === b) continue;
    for (const [here, there] of [[a, b], [b, a]]) if (g.year[there] === year && isNote(g, here) && kindOf(g, here) !== "review") counts.set(here, (counts.get(here) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, MOST);
}
