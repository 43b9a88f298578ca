// What is drawn how: colour and size of the dots, and the filters that are no legend.
import { $, button, el } from "../core/dom.js";
import { folderOf, tagNames } from "../core/graph.js";

const MOST = 400;

export function buildSettings(g, state, words, set) {
  const select = (label, options, value, change) => el("label", {}, el("span", {}, label), el("select", { on: { change: (event) => change(event.target.value) } },
    options.map(([key, text]) => el("option", { value: key, selected: key === value }, text))));
  const tags = top(g, (row) => tagNames(g, row)), folders = top(g, (row) => [folderOf(g, row)].filter(Boolean));
  const any = ["", words.any];
  const rule = el("input", { type: "search", value: state.rule, "aria-label": words.rule, placeholder: words.rule, spellcheck: "false" });
  rule.addEventListener("input", () => set({ rule: rule.value }));
  $("settings").setAttribute("aria-label", words.settings);
  $("settings").replaceChildren(
    select(words.colour, Object.entries(words.colours), state.colour, (colour) => set({ colour })),
    ...(state.colour === "rule" ? [el("label", {}, el("span", {}, words.rule), rule)] : []),
    select(words.size, Object.entries(words.sizes), state.size, (size) => set({ size })),
    select(words.tag, [any, ...tags.map(([tag, count]) => [tag, `#${tag}  ${count}`])], state.tag ?? "", (tag) => set({ tag: tag || null })),
    select(words.folder, [any, ...folders.map(([folder, count]) => [folder, `${folder}  ${count}`])], state.folder ?? "", (folder) => set({ folder: folder || null })),
    el("label", { class: "check" }, el("input", { type: "checkbox", checked: state.only === "orphans", on: { change: (event) => set({ only: event.target.checked ? "orphans" : null }) } }), el("span", {}, words.only)),
    state.hidden.length ? button({ class: "chip", on: { click: () => set({ hidden: [] }) } }, words.hiddenOnes(state.hidden.length)) : "");
}

// Names by how many notes have them, the most first.
function top(g, names) {
  const counts = new Map();
  for (let row = 0; row < g.n; row++) if (g.home[row] === row) for (const name of names(row)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST);
}
