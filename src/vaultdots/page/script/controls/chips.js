// What narrows the picture just now, said over it, each with a way out.
import { $, button, el } from "../core/dom.js";

const ALL = { kinds: [], edges: [], years: null, tag: null, folder: null, only: null, hidden: [] };

// message: what is to be said once, or null.
export function drawChips(page, message = null) {
  const { g, scene, selection, set } = page, state = page.get(), w = page.words(), list = [];
  const chip = (text, label, f) => list.push(el("span", { class: "notice" }, el("span", { dir: "auto" }, text), label ? button({ on: { click: f } }, label) : null));
  if (message) chip(message, w.close, () => drawChips(page));
  if (page.picking !== null) chip(w.pick, w.cancel, () => { page.picking = null; drawChips(page); });
  if (scene.path) chip(`${g.title[scene.path[0]]} → ${g.title[scene.path.at(-1)]} · ${w.steps(scene.path.length - 1)}`, w.close, () => set({ path: null }));
  else if (state.path) chip(w.noPath, w.close, () => set({ path: null }));
  if (state.depth) list.push(el("span", { class: "notice", role: "group", "aria-label": w.local }, el("span", {}, w.local), [1, 2, 3].map((k) => button({ "aria-pressed": String(state.depth === k), on: { click: () => set({ depth: k }) } }, w.depth(k))), button({ on: { click: () => set({ depth: 0 }) } }, w.whole)));
  if (selection?.alone) chip(w.outside, w.showAll, () => set(ALL));
  if (state.grown) chip(w.grown(...state.grown, [...(scene.emphasis ?? [])].filter((row) => selection.shown[row]).length), w.close, () => set({ grown: null }));
  if (state.tag) chip(`#${state.tag}`, w.close, () => set({ tag: null }));
  if (state.folder !== null) chip(state.folder || "/", w.close, () => set({ folder: null }));
  if (selection && !selection.count && g.n) chip(w.nothing, w.showAll, () => set(ALL));
  $("chips").replaceChildren(...list);
}
