// Wiring: one graph, one state, one address; the views and panes show it.
import { makeBodies, unpacked } from "./core/bodies.js";
import { $, glyph } from "./core/dom.js";
import { findRow, isNote, readGraph } from "./core/graph.js";
import { keepAddress } from "./core/address.js";
import { makeMemory } from "./core/memory.js";
import { sizes } from "./core/metrics.js";
import { makeSearch } from "./core/search.js";
import { neighbourhood, select, shortest } from "./core/select.js";
import { grownRows, shelvesOf, without } from "./core/shown.js";
import { EMPTY, makeStore } from "./core/store.js";
import { fromHash } from "./core/url.js";
import { WORDS } from "./core/words.js";
import { drawChips } from "./controls/chips.js";
import { buildFinder } from "./controls/finder.js";
import { paneHandle } from "./controls/grip.js";
import { listenToKeys } from "./controls/keys.js";
import { makePointer } from "./controls/pointer.js";
import { makeShell, toggleMenu } from "./controls/shell.js";
import { makeFraming } from "./draw/framing.js";
import { colouring, readInk } from "./draw/ink.js";
import { makeLayers } from "./draw/layers.js";
import { makeScene } from "./draw/scene.js";
import { makeStage } from "./draw/stage.js";
import { makeArranger } from "./layouts/arrange.js";
import { makeLines } from "./panes/lines.js";
import { openPane } from "./panes/pane.js";
import { drawGoals } from "./views/goals.js";
import { drawList } from "./views/list.js";

const NOTES_A_PART = 200;
const FILTERS = ["years", "kinds", "edges", "tag", "folder", "only", "hidden"];

const data = await unpacked($("data"));
const g = readGraph(data);
const root = document.documentElement;

const memory = makeMemory(() => localStorage);
const known = memory.get("lang") ?? data.lang ?? (navigator.language.startsWith("ko") ? "ko" : "en");
const ranks = new Map();
for (let row = 0; row < g.n; row++) if (isNote(g, row)) ranks.set(row, ranks.size);
const bodies = makeBodies(document, NOTES_A_PART);
bodies.rank = (row) => ranks.get(row) ?? -1;
const search = makeSearch(g, (kind) => [WORDS.ko.kind[kind], WORDS.en.kind[kind]]);
const store = makeStore(location.hash.length > 1 ? fromHash(location.hash) : { ...EMPTY, ...fromHash(data.start ?? "") });
const scene = makeScene(g, readInk(root));

// What the modules share. selection, layout, layers and stage are there once the page has started;
// picking: the first dot of a path that is being chosen; pane: what the pane shows beside a note.
const page = {
  g, data, bodies, scene, store, memory, get: store.get, set: (patch) => store.set(patch),
  measurer: document.createElement("canvas").getContext("2d"), linesOf: makeLines(),
  calm: matchMedia("(prefers-reduced-motion: reduce)"), coarse: matchMedia("(pointer: coarse)"), systemDark: matchMedia("(prefers-color-scheme: dark)"),
  lang: known in WORDS ? known : "en", theme: memory.get("theme"), words: () => WORDS[page.lang],
  selection: null, layout: null, layers: null, stage: null, picking: null, pane: null,
  tab: null, goal: null, listed: null, order: null, rows: null, allThreads: false,
  say(text) { $("said").textContent = text; },
  openRow() { const { open } = store.get(); return open === null ? null : findRow(g, open); },
  open(row) {
    if (page.picking !== null) { finishPath(row); return; }
    page.goal = null;
    store.set({ open: g.key[row] });
  },
  openGoal(k) {
    page.goal = k;
    page.tab = "goals";
    const key = g.key[data.goals[k].row];
    if (store.get().open === key) openPane(page); else store.set({ open: key });
    if (store.get().view === "goals") drawGoals(page, $("goals"));
  },
  close() {
    if (page.pane === "insights" && store.get().open === null) { page.pane = null; openPane(page); } else store.set({ open: null, depth: 0 });
  },
  // A dot is pointed at in the text: its edge lights.
  point(home) { scene.hint = home; page.layers?.redraw(); },
  glance(row) { scene.hover = row; scene.fade = 1; page.layers?.redraw(); },
  startPath(row) { page.picking = row; drawChips(page); page.say(page.words().pick); },
  showPath([a, b]) { store.set({ path: [g.key[g.home[a]], g.key[g.home[b]]], view: store.get().view === "years" ? "years" : "map", open: null }); },
  fileName: () => (data.title || "vaultdots").replace(/[^\p{L}\p{N} _-]/gu, "").trim() || "vaultdots",
  makeLook, showView,
};
page.framing = makeFraming(page);
const shell = makeShell(page), relayout = makeArranger(page);

// -- what is shown --------------------------------------------------------------------------------

function choose() {
  const state = store.get(), row = page.openRow();
  const near = state.depth && row !== null ? neighbourhood(g, row, state.depth) : null;
  const selection = (page.selection = select(g, state, near));
  if (state.grown) without(g, selection, (k) => g.year[k] > state.grown[1]); // what was there before stays, faint
  scene.selection = selection;
  scene.emphasis = state.grown ? grownRows(g, state.grown) : null;
  const rows = state.path?.map((key) => findRow(g, key));
  scene.path = rows && rows.every((one) => one !== null) ? shortest(g, ...rows) : null;
  scene.open = row;
  scene.view = state.view;
  scene.near = near !== null; // around one note everything is near: nothing is veiled
  scene.changed();
  return near;
}

function makeLook() {
  const state = store.get(), colours = colouring(g, state, scene.ink, search.named), told = new Array(g.n);
  scene.look = { r: page.layout?.r ?? sizes(g, state.size), colour: (row) => (told[row] ??= colours.of(row)), unfolded: () => false };
  return colours.legend;
}

function showView() {
  const { view } = store.get();
  document.body.dataset.view = view;
  $("goals").hidden = view !== "goals";
  $("list").hidden = view !== "list";
  $("zoom").hidden = view === "goals" || view === "list";
  $("stage").classList.toggle("behind", view === "goals" || view === "list");
  if (view === "goals") drawGoals(page, $("goals"));
  if (view === "list") drawList(page, $("list"), page.selection);
}

function finishPath(row) {
  const from = page.picking, none = page.words().noPath;
  page.picking = null;
  if (!shortest(g, from, row)) { drawChips(page, none); page.say(none); return; }
  store.set({ path: [g.key[g.home[from]], g.key[g.home[row]]], open: null, depth: 0 });
}

// -- the state ------------------------------------------------------------------------------------

const mapLike = (view) => view === "map" || view === "years";

keepAddress(store, ({ at }) => { if (at) page.stage?.go({ x: at[0], y: at[1], scale: at[2] }); });
store.watch((state, before) => {
  const changed = (...names) => names.some((name) => state[name] !== before[name]);
  if (!page.layers) return;
  const near = choose();
  scene.hover = null; scene.hint = null;
  const again = changed("depth") || (state.depth && changed("open")) || (changed("view") && (mapLike(state.view) || mapLike(before.view)))
    || (state.view === "years" && changed("open", ...FILTERS));
  if (changed("colour", "rule", "size")) makeLook();
  if (again && mapLike(state.view)) { relayout(near, true); if (changed("view", "depth") || state.depth) page.framing.go(); } else if (changed("size")) scene.look.r = page.layout.r ?? sizes(g, state.size);
  shell.controls();
  drawChips(page);
  if (changed("view")) page.listed = changed("open") ? null : page.listed;
  if (changed("view", "status", ...FILTERS)) showView();
  page.layers.refresh();
  if (changed("open")) {
    if (state.open !== null && !changed("view")) page.pane = null;
    openPane(page);
    const row = page.openRow();
    if (row !== null && !state.depth && mapLike(state.view)) page.framing.reveal(row);
  } else if (changed("pinned", "depth") && state.open !== null) openPane(page);
  if (changed("path") && scene.path) page.framing.path();
});

// -- the page itself ------------------------------------------------------------------------------

function start() {
  const near = choose();
  makeLook();
  scene.words = page.words();
  scene.shelves = shelvesOf(g);
  shell.listen();
  listenToKeys(page, toggleMenu);
  shell.speak();
  shell.paintTheme();
  if (!g.n) {
    $("empty").hidden = false;
    document.body.classList.add("bare");
    return;
  }
  const { at, depth } = store.get(), row = page.openRow();
  if (row !== null) { $("panel").hidden = $("grip").hidden = false; document.body.classList.add("open"); }
  page.layers = makeLayers($("stage"), scene.base, { ...scene, live: scene.live, ground: scene.ground, resized() { relayout(choose(), false); page.framing.go(false); showView(); } });
  page.stage = makeStage($("stage"), page.layers, makePointer(page), () => page.calm.matches);
  relayout(near, false);
  page.framing.go(false);
  openPane(page);
  if (row !== null && !depth && !at) page.framing.reveal(row, false);
  if (at) page.stage.go({ x: at[0], y: at[1], scale: at[2] }, false);
  shell.controls();
  drawChips(page);
  showView();
  buildFinder(g, search, bodies, page.words, page.open, (text, found) => {
    page.listed = { text, rows: found.map((hit) => hit.row) };
    page.order = null; page.rows = null;
    if (store.get().view === "list") showView(); else store.set({ view: "list" });
  });
  paneHandle();
}

for (const tab of $("views").children) tab.prepend(glyph(tab.dataset.view));
for (const [id, name] of [["zoom-fit", "fit"], ["insights", "insight"], ["show-settings", "filter"], ["show-saving", "save"]]) $(id).append(glyph(name));
start();
root.dataset.ready = "true";
