// The legend is the filter of kinds and relations, with what there is of each.
import { $, button, el } from "../core/dom.js";
import { EDGE_KINDS, KINDS, kindOf } from "../core/graph.js";
import { grouped } from "../core/numbers.js";
import { toggled } from "../core/store.js";
import { icon } from "../draw/shapes.js";

export function buildLegend(g, state, words, set, colours) {
  const kinds = counts(KINDS, g.n, (row) => kindOf(g, row)), relations = counts(EDGE_KINDS, g.m, (e) => EDGE_KINDS[g.edgeKind[e]]);
  const chips = (label, names, off, key, of, draw, count) => el("div", { role: "group", "aria-label": label, class: "chips" },
    names.map((name) => button({ class: "chip", "aria-pressed": String(!off.includes(name)), "data-name": name, on: { click: () => set({ [key]: toggled(off, name) }) } },
      draw(name), el("span", {}, of[name] ?? name), el("small", {}, grouped(count.get(name))))));
  const line = (kind) => el("i", { class: `line e-${kind}`, "aria-hidden": "true" });
  const swatch = ([name, colour, count]) => {
    const dot = el("i", { class: "swatch", "aria-hidden": "true" });
    dot.style.background = colour;
    return el("span", { class: "chip still" }, dot, el("span", { dir: "auto" }, name), count === null ? null : el("small", {}, grouped(count)));
  };
  const before = document.activeElement?.dataset?.name;
  $("legend").setAttribute("aria-label", words.legend);
  $("legend").replaceChildren(
    chips(words.legend, KINDS.filter((kind) => kinds.has(kind)), state.kinds, "kinds", words.kind, icon, kinds),
    chips(words.relations, EDGE_KINDS.filter((kind) => relations.has(kind)), state.edges, "edges", words.edge, line, relations),
    ...(colours ? [el("div", { class: "chips" }, colours.map(swatch))] : []));
  if (before) $("legend").querySelector(`[data-name="${before}"]`)?.focus({ preventScroll: true });
}

function counts(names, length, of) {
  const found = new Map();
  for (let k = 0; k < length; k++) found.set(of(k), (found.get(of(k)) ?? 0) + 1);
  return found;
}
