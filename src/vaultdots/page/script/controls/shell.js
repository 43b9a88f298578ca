// The frame around the picture: its words in the chosen language, its theme, its buttons.
import { $, el } from "../core/dom.js";
import { isFiltered } from "../core/store.js";
import { readInk } from "../draw/ink.js";
import { openPane } from "../panes/pane.js";
import { drawChips } from "./chips.js";
import { buildLegend } from "./legend.js";
import { buildSaving } from "./saving.js";
import { buildSettings } from "./settings.js";
import { buildTimeline } from "./timeline.js";

const MENUS = ["settings", "saving"];

// Open one of the menus and shut the other; null shuts both.
export function toggleMenu(id, on = $(id).hidden) {
  for (const other of MENUS) {
    const shown = other === id && on;
    $(other).hidden = !shown;
    $(`show-${other}`).setAttribute("aria-expanded", String(shown));
  }
}

export function makeShell(page) {
  const { g, scene } = page, root = document.documentElement;
  let timeline = null;

  // Texts in the chosen language; called again when it changes.
  function speak() {
    const w = page.words(), dark = page.systemDark.matches;
    root.lang = page.lang;
    const label = (id, text, tip = true) => { $(id).setAttribute("aria-label", text); if (tip) $(id).title = text; };
    $("query").placeholder = w.search;
    for (const [id, text] of [["query", w.search], ["results", w.results], ["stage", w.map(g.n, g.m)], ["zoom", w.zoom], ["views", w.views], ["grip", w.grip]]) label(id, text, false);
    for (const [id, text] of [["zoom-in", w.zoomIn], ["zoom-out", w.zoomOut], ["zoom-fit", w.fit], ["lang", w.langLabel], ["insights", w.insights], ["show-settings", w.settings], ["show-saving", w.save],
      ["theme", page.theme ? w.system : dark ? w.light : w.dark]]) label(id, text);
    $("lang").textContent = w.lang;
    $("skip").textContent = w.skip;
    for (const tab of $("views").children) tab.lastElementChild.textContent = w.view[tab.dataset.view];
    $("empty").replaceChildren(el("h2", {}, w.emptyTitle), el("p", {}, w.emptyText));
    scene.words = w;
    timeline = buildTimeline(g, w, page.store);
    buildSaving(page, w, () => toggleMenu("saving", false));
    controls();
    drawChips(page);
    if (page.get().open !== null || page.pane) openPane(page);
  }

  function controls() {
    const state = page.get(), w = page.words(), legend = page.makeLook(), { selection } = page;
    buildLegend(g, state, w, page.set, legend);
    if (!$("settings").contains(document.activeElement) || document.activeElement.tagName !== "INPUT") buildSettings(g, state, w, page.set);
    $("counts").textContent = selection && selection.count < g.n && isFiltered(state) ? w.shown(selection.count, g.n) : w.counts(g.n, g.m);
    for (const tab of $("views").children) tab.setAttribute("aria-pressed", String(tab.dataset.view === state.view));
    timeline.refresh();
  }

  function paintTheme() {
    if (page.theme) root.dataset.theme = page.theme; else delete root.dataset.theme;
    scene.ink = readInk(root);
    if (scene.look) page.makeLook();
    page.layers?.refresh();
  }

  function listen() {
    $("theme").addEventListener("click", () => {
      // Dark or light by hand, and once more back to what the system says.
      page.theme = page.theme ? null : page.systemDark.matches ? "light" : "dark";
      page.memory.set("theme", page.theme);
      paintTheme();
      speak();
      if (page.layers) page.showView();
    });
    $("lang").addEventListener("click", () => {
      page.lang = page.lang === "ko" ? "en" : "ko";
      page.memory.set("lang", page.lang);
      speak();
      if (page.layers) { page.showView(); page.layers.refresh(); }
    });
    page.systemDark.addEventListener("change", () => { paintTheme(); speak(); });
    $("insights").addEventListener("click", () => {
      page.pane = page.pane === "insights" && page.get().open === null ? null : "insights";
      if (page.get().open !== null) page.set({ open: null, depth: 0 });
      openPane(page);
    });
    for (const id of MENUS) $(`show-${id}`).addEventListener("click", () => toggleMenu(id));
    document.addEventListener("pointerdown", (event) => { if (!event.target.closest?.("#settings, #saving, #show-settings, #show-saving")) toggleMenu(null, false); });
    for (const tab of $("views").children) tab.addEventListener("click", () => page.set({ view: tab.dataset.view, path: null }));
    $("skip").addEventListener("click", (event) => { event.preventDefault(); $("stage").focus(); });
  }

  return { speak, controls, paintTheme, listen };
}
