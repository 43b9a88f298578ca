// What a note is linked with: reviews first, each with the sentence that says so; then what it leads
// to, its sections, and what might be worth connecting, with reasons.
import { el } from "../core/dom.js";
import { allEdges, EDGE_KINDS, isNote, kindOf, lineOf, SECTION, sectionsOf, trail, yearOf } from "../core/graph.js";
import { icon } from "../draw/shapes.js";

const DERIVED = new Set(["mention", "similar"]);
const GROUPS = [["review", (kind) => kind === "review"], ["project", (kind) => kind === "project"], ["note", () => true]];
const LONGEST = 220;

const name = (g, e) => EDGE_KINDS[g.edgeKind[e]];
const isOwn = (g, row, home) => (row === home ? (one) => g.home[one] === home : (one) => one === row);

// Edges out of and into a note (with its sections) or one section; its own inner links left out.
function sides(g, row) {
  const home = g.home[row], own = isOwn(g, row, home), out = [], back = [], derived = [];
  for (const e of row === home ? allEdges(g, row) : sectionEdges(g, row)) {
    const from = own(g.from[e]), to = own(g.to[e]);
    if (from && to) continue;
    (DERIVED.has(name(g, e)) ? derived : from ? out : back).push(e);
  }
  return { out, back, derived };
}

function sectionEdges(g, row) {
  const found = [];
  for (let k = g.start[row]; k < g.start[row + 1]; k++) if (name(g, g.edges[k]) !== "contains") found.push(g.edges[k]);
  return found;
}

export function linkCounts(page, row) {
  const { out, back } = sides(page.g, row);
  return { out: out.length, back: back.length, total: out.length + back.length };
}

export function linksPart(page, row, box) {
  const { g } = page, words = page.words(), { out, back, derived } = sides(g, row);
  const other = (e, incoming) => (incoming ? g.from[e] : g.to[e]);
  const go = (to, e, incoming) => {
    const where = trail(g, to), quote = el("small", { class: "quote", dir: "auto" });
    if (e !== null) sentence(page, e, row).then((text) => { quote.textContent = text ?? ""; });
    const made = el("button", { type: "button", class: "go", on: { click: () => page.open(to), pointerenter: () => page.point(g.home[to]), pointerleave: () => page.point(null) } },
      icon(kindOf(g, to) === "section" ? kindOf(g, g.home[to]) : kindOf(g, to)),
      el("span", { class: "name", dir: "auto" }, where.map((one) => g.title[one] || g.key[one]).join(" › ")),
      e === null ? null : el("small", { class: "rel" }, name(g, e) === "link" ? yearOf(g, to) ?? "" : words.edge[name(g, e)]));
    return el("li", {}, made, incoming === null ? null : quote);
  };
  const group = (title, id, items) => el("section", { "aria-labelledby": id }, el("h3", { id }, title, " ", el("span", { class: "n" }, String(items.length))),
    items.length ? el("ul", {}, items) : el("p", { class: "none" }, words.noLinks));
  const sorted = [...back].sort((a, b) => order(g, a) - order(g, b) || (g.year[g.from[b]] - g.year[g.from[a]]) || g.from[a] - g.from[b]);
  box.append(group(words.back, "p-back", sorted.map((e) => go(other(e, true), e, true))),
    group(words.out, "p-out", [...out].sort((a, b) => lineOf(g, g.from[a]) - lineOf(g, g.from[b]) || g.to[a] - g.to[b]).map((e) => go(other(e, false), e, false))));
  const hints = page.data.hints.filter(([from, to]) => g.home[from] === g.home[row] || g.home[to] === g.home[row]);
  if (hints.length) box.append(group(words.hints, "p-hints", hints.map(([from, to, , reasons]) => {
    const there = g.home[from] === g.home[row] ? to : from, item = go(there, null, null);
    item.append(el("small", { class: "quote reason", dir: "auto" }, reasons.join(" · ")));
    return item;
  })));
  else if (derived.length) box.append(group(words.hints, "p-hints", derived.map((e) => go(g.home[g.from[e]] === g.home[row] ? g.to[e] : g.from[e], e, null))));
  const inside = sectionsOf(g, row);
  if (inside.length) box.append(group(words.sections, "p-sections", inside.map((one) => {
    const item = go(one, null, null);
    item.classList.add(`d${Math.min(4, g.depth[one])}`);
    item.querySelector(".name").textContent = g.title[one];
    return item;
  })));
}

const order = (g, e) => GROUPS.findIndex(([, is]) => is(kindOf(g, g.home[g.from[e]])));

// The line of the source's text in which a link to the target stands; null where there is no text.
async function sentence(page, e) {
  const { g, bodies } = page, source = g.home[g.from[e]];
  if (!isNote(g, source) || !bodies.has) return null;
  const html = await bodies.html(bodies.rank(source));
  if (!html) return null;
  const lines = page.linesOf(source, html), from = g.kind[g.from[e]] === SECTION ? lineOf(g, g.from[e]) : 0;
  const hits = lines.filter((line) => line.rows.has(g.to[e]) || [...line.rows].some((row) => g.home[row] === g.home[g.to[e]]));
  const hit = hits.find((line) => line.line >= from) ?? hits[0];
  return hit ? (hit.text.length > LONGEST ? `${hit.text.slice(0, LONGEST)}…` : hit.text) : null;
}
