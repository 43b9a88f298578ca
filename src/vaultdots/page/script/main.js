// Wiring: one graph, one state, one address; the views and panes show it.
import { build, makeBodies, unpacked } from "./core/bodies.js";
import { $, button, el, glyph } from "./core/dom.js";
import { allEdges, findRow, isNote, kindOf, readGraph } from "./core/graph.js";
import { sizes } from "./core/metrics.js";
import { makeSearch } from "./core/search.js";
import { ego, neighbourhood, select, shortest, SHOWN } from "./core/select.js";
import { EMPTY, isFiltered, makeStore } from "./core/store.js";
import { fromHash, toHash } from "./core/url.js";
import { WORDS } from "./core/words.js";
import { buildFinder } from "./controls/finder.js";
import { paneHandle } from "./controls/grip.js";
import { buildLegend } from "./controls/legend.js";
import { buildSaving, svgText } from "./controls/saving.js";
import { buildSettings } from "./controls/settings.js";
import { buildTimeline } from "./controls/timeline.js";
import { AXIS_HEIGHT } from "./draw/axis.js";
import { dotName } from "./draw/dots.js";
import { colouring, readInk } from "./draw/ink.js";
import { makeLayers } from "./draw/layers.js";
import { bounds, fitted, MIN_SCALE, sx, sy } from "./draw/scale.js";
import { makeScene } from "./draw/scene.js";
import { makeStage } from "./draw/stage.js";
import { localLayout } from "./layouts/local.js";
import { mapLayout } from "./layouts/map.js";
import { tween } from "./layouts/tween.js";
import { yearsLayout } from "./layouts/years.js";
import { buildInsights } from "./panes/insights.js";
import { buildReader } from "./panes/reader.js";
import { BLOCKS, markLines } from "./panes/text.js";
import { drawGoals } from "./views/goals.js";
import { drawList } from "./views/list.js";

const HOVER_WAIT = 90, HOVER_FADE = 140; // ms
const TWEEN_MOST = 4000; // dots up to which a change of view is animated
const EDGE_REACH = 6; // px from an edge at which it is pointed at
const NOTES_A_PART = 200;

const data = await unpacked($("data"));
const g = readGraph(data);
const root = document.documentElement;
const calm = matchMedia("(prefers-reduced-motion: reduce)"), coarse = matchMedia("(pointer: coarse)"), systemDark = matchMedia("(prefers-color-scheme: dark)");

// A page opened from a file may be denied storage; choices then last as long as the page.
const memory = {
  get: (key) => { try { return localStorage.getItem(`vaultdots.${key}`); } catch { return null; } },
  set: (key, value) => { try { if (value === null) localStorage.removeItem(`vaultdots.${key}`); else localStorage.setItem(`vaultdots.${key}`, value); } catch { /* denied */ } },
};
let lang = memory.get("lang") ?? data.lang ?? (navigator.language.startsWith("ko") ? "ko" : "en");
if (!(lang in WORDS)) lang = "en";
const words = () => WORDS[lang];
let theme = memory.get("theme");

const ranks = new Map();
for (let row = 0; row < g.n; row++) if (isNote(g, row)) ranks.set(row, ranks.size);
const bodies = makeBodies(document, NOTES_A_PART);
bodies.rank = (row) => ranks.get(row) ?? -1;
const search = makeSearch(g, (kind) => [WORDS.ko.kind[kind], WORDS.en.kind[kind]]);
const first = location.hash.length > 1 ? fromHash(location.hash) : { ...EMPTY, ...fromHash(data.start ?? "") };
const store = makeStore(first);
const scene = makeScene(g, readInk(root));
const measurer = document.createElement("canvas").getContext("2d");
let selection = null, layers = null, stage = null, timeline = null, layout = null, stopTween = null, picking = null, pane = null, walking = null;

const page = {
  g, data, bodies, words, scene, measurer, tab: null, goal: null, listed: null, order: null, rows: null,
  get: store.get, set: (patch) => store.set(patch), stage: null,
  say(text) { $("said").textContent = text; },
  open(row) {
    if (picking !== null) { finishPath(row); return; }
    page.goal = null;
    store.set({ open: g.key[row] });
  },
  openGoal(k) {
    page.goal = k;
    page.tab = "goals";
    const key = g.key[data.goals[k].row];
    if (store.get().open === key) openPane(); else store.set({ open: key });
    if (store.get().view === "goals") drawGoals(page, $("goals"));
  },
  close() {
    if (pane === "insights" && store.get().open === null) { pane = null; openPane(); } else store.set({ open: null, depth: 0 });
  },
  // A dot is pointed at in the text: its edge lights.
  point(home) { scene.hint = home; layers?.redraw(); },
  glance(row) { scene.hover = row; scene.fade = 1; layers?.redraw(); },
  startPath(row) { picking = row; chips(); page.say(words().pick); },
  showPath([a, b]) { store.set({ path: [g.key[g.home[a]], g.key[g.home[b]]], view: store.get().view === "years" ? "years" : "map", open: null }); },
  // The lines of a note's text with the rows that each links to; parsed once a note.
  linesOf(row, html) {
    if (!lines.has(row)) {
      const box = document.createElement("div"), found = [];
      box.append(build(html, (to, label) => el("span", { "data-to": to }, label)));
      for (const block of box.querySelectorAll(BLOCKS)) {
        const spans = [...block.querySelectorAll("[data-to]")].filter((span) => span.closest(BLOCKS) === block);
        if (!spans.length) continue;
        const own = block.cloneNode(true);
        for (const deeper of own.querySelectorAll("ul, ol")) deeper.remove();
        const holder = block.closest("[data-line]");
        found.push({ line: Number(holder?.dataset.line ?? 0), rows: new Set(spans.map((span) => Number(span.dataset.to))), text: own.textContent.replace(/\s+/gu, " ").trim() });
      }
      lines.set(row, found);
    }
    return lines.get(row);
  },
  fileName: () => (data.title || "vaultdots").replace(/[^\p{L}\p{N} _-]/gu, "").trim() || "vaultdots",
};
const lines = new Map();

// -- what is shown --------------------------------------------------------------------------------

const openRow = () => { const { open } = store.get(); return open === null ? null : findRow(g, open); };
const isUpright = () => stageSize().h > stageSize().w * 1.15;
const stageSize = () => ({ w: $("stage").clientWidth || 1, h: $("stage").clientHeight || 1 });

function choose() {
  const state = store.get(), row = openRow();
  const near = state.depth && row !== null ? neighbourhood(g, row, state.depth) : null;
  selection = select(g, state, near);
  if (state.grown) without(selection, (k) => g.year[k] > state.grown[1]); // what was there before stays, faint
  scene.selection = selection;
  scene.emphasis = state.grown ? grownRows(state.grown) : null;
  const rows = state.path?.map((key) => findRow(g, key));
  scene.path = rows && rows.every((one) => one !== null) ? shortest(g, ...rows) : null;
  scene.open = row;
  scene.view = state.view;
  scene.near = near !== null; // around one note everything is near: nothing is veiled
  scene.shelves = shelves();
  scene.changed();
  return near;
}

function without(chosen, isOut) {
  for (let k = 0; k < g.n; k++) if (isOut(k)) chosen.shown[k] = 0;
  chosen.edges = chosen.edges.filter((e) => chosen.shown[g.from[e]] && chosen.shown[g.to[e]]);
  chosen.live.fill(0);
  for (const e of chosen.edges) chosen.live[e] = 1;
}

function grownRows([after, upTo]) {
  const rows = new Set();
  for (let row = 0; row < g.n; row++) if (g.year[row] > after && g.year[row] <= upTo) rows.add(g.home[row]);
  return rows;
}

// Notes without links, by the column that they stand in.
function shelves() {
  const columns = new Map();
  for (let row = 0; row < g.n; row++) {
    if (g.home[row] !== row || g.degree[row] || kindOf(g, row) === "review") continue;
    const key = g.year[row];
    columns.set(key, [...(columns.get(key) ?? []), row]);
  }
  return [...columns.values()].map((rows) => ({ rows }));
}

function makeLook() {
  const state = store.get(), colours = colouring(g, state, scene.ink, search.named);
  scene.look = { r: layout?.r ?? sizes(g, state.size), colour: memo(colours.of), unfolded: () => false };
  return colours.legend;
}

function memo(f) {
  const known = new Array(g.n);
  return (row) => (known[row] ??= f(row));
}

function makeLayout(near) {
  const state = store.get(), size = stageSize(), upright = isUpright();
  if (state.view === "years" && !near) return { ...yearsLayout(g, size, selection), upright: false };
  const pad = mapPad(upright), free = { w: size.w - pad.left - pad.right, h: size.h - pad.top - pad.bottom };
  const map = { ...mapLayout(g, free, upright), upright };
  return near && openRow() !== null ? { ...localLayout(g, g.home[openRow()], near, map), upright: false } : map;
}

// Go to another layout: every dot flies, the camera with it.
function relayout(near, animate) {
  const before = scene.pos ? { x: scene.pos.x, y: scene.pos.y, r: scene.look.r } : null;
  layout = makeLayout(near);
  const r = layout.r ?? sizes(g, store.get().size);
  const arrive = () => { scene.pos = { x: layout.x, y: layout.y }; scene.look.r = r; scene.changed(); layers.refresh(); };
  scene.axis = layout.axis; scene.upright = layout.upright; scene.beside = layout.beside ?? 0;
  stopTween?.();
  if (!animate || !before || g.n > TWEEN_MOST || calm.matches) { arrive(); return; }
  stopTween = tween({ ...before }, { x: layout.x, y: layout.y, r }, false, (pos, radius, t) => {
    scene.pos = pos; scene.look.r = radius;
    layers.refresh();
    if (t === 1) arrive();
  });
}

// -- the camera -----------------------------------------------------------------------------------

// On a wide stage the map's columns stand over those of the bar.
function mapPad(upright = scene.upright) {
  const bar = document.querySelector("#years .time")?.getBoundingClientRect(), box = $("stage").getBoundingClientRect();
  const wide = box.width > 720 && !upright && store.get().view === "map" && bar?.width;
  return {
    top: (g.axis.years.length > 1 && !upright ? AXIS_HEIGHT : 16) + 12, bottom: 40,
    left: wide ? Math.max(20, bar.left - box.left) : upright ? 50 : 24, right: wide ? Math.max(20, box.right - bar.right) : 24,
  };
}

function wholeBounds() {
  const rows = [];
  for (let row = 0; row < g.n; row++) if (selection.shown[row] === SHOWN && g.home[row] === row) rows.push(row);
  const b = bounds({ x: layout.x, y: layout.y }, layout.r ?? scene.look.r, rows.length ? rows : [...Array(g.n).keys()]);
  const { axis } = scene;
  // The years fill the width of the bar beneath: one scale for both.
  if (axis.years.length > 1 && !isFiltered(store.get())) {
    const low = axis.x0 - axis.step / 2, high = axis.x0 + (axis.years.length - 0.5) * axis.step;
    if (scene.upright) { b.top = Math.min(b.top, low); b.bottom = Math.max(b.bottom, high); } else { b.left = Math.min(b.left, low); b.right = Math.max(b.right, high); }
  }
  if (store.get().view === "years") b.right += 20;
  return b;
}

function whole() {
  const { cam } = layers, pad = mapPad(), b = wholeBounds(), to = fitted(b, cam, pad, 1.5);
  // Shelves hang from the top.
  if (store.get().view === "years") to.y = Math.max(to.y, b.top + (cam.h / 2 - pad.top) / to.scale);
  return to;
}
const fit = (smooth = true) => stage.go(whole(), smooth);
// Nothing is gained by a map that is a speck.
const leastScale = () => (layout ? Math.max(MIN_SCALE, Math.min(0.5, fitted(wholeBounds(), layers.cam, mapPad(), 1.5).scale * 0.5)) : MIN_SCALE);

// Bring a note and all that it is linked to into sight, if they are not.
function reveal(row, smooth = true) {
  if (!selection.shown[row]) return;
  const { cam } = layers, near = ego(g, row, selection).rows, pos = { x: layout.x, y: layout.y }, sheet = innerWidth <= 760 && !$("panel").hidden ? Math.min($("panel").offsetHeight - $("years").offsetHeight, cam.h - 120) : 0;
  const pad = { left: 50, right: 50, top: (scene.upright ? 20 : AXIS_HEIGHT) + 16, bottom: 40 + Math.max(0, sheet) };
  const b = bounds(pos, scene.look.r, near);
  const inside = sx(cam, b.left) > pad.left && sx(cam, b.right) < cam.w - pad.right && sy(cam, b.top) > pad.top && sy(cam, b.bottom) < cam.h - pad.bottom;
  if (inside && (b.right - b.left) * cam.scale > 120) return;
  const to = fitted(b, cam, pad, 1.1);
  const close = Math.max(cam.scale, 0.6);
  stage.go(to.scale < 0.35 ? { x: pos.x[row], y: pos.y[row] + (pad.bottom - pad.top) / 2 / close, scale: close } : to, smooth);
}

// -- panes, chips, words --------------------------------------------------------------------------

function openPane() {
  const row = openRow(), panel = $("panel"), had = panel.contains(document.activeElement), was = !panel.hidden;
  const mode = row !== null ? "note" : pane === "insights" ? "insights" : null;
  panel.hidden = mode === null;
  $("grip").hidden = mode === null;
  document.body.classList.toggle("open", mode !== null);
  $("insights").setAttribute("aria-pressed", String(mode === "insights"));
  if (mode === "note") {
    const said = buildReader(page, row, page.tab);
    page.say(said);
    document.title = `${g.title[row] || g.key[row]} · ${data.title}`;
    panel.focus({ preventScroll: true });
  } else {
    document.title = data.title;
    if (mode === "insights") { buildInsights(page); if (!was) panel.focus({ preventScroll: true }); }
    page.say(store.get().open !== null ? words().unknown : "");
    if (had && mode === null) $("stage").focus({ preventScroll: true });
  }
}

function finishPath(row) {
  const from = picking;
  picking = null;
  const found = shortest(g, from, row);
  if (!found) { chips(words().noPath); page.say(words().noPath); return; }
  store.set({ path: [g.key[g.home[from]], g.key[g.home[row]]], open: null, depth: 0 });
}

function chips(message = null) {
  const state = store.get(), w = words(), list = [];
  const chip = (text, label, f) => list.push(el("span", { class: "notice" }, el("span", { dir: "auto" }, text), label ? button({ on: { click: f } }, label) : null));
  if (message) chip(message, w.close, () => chips());
  if (picking !== null) chip(w.pick, w.cancel, () => { picking = null; chips(); });
  if (scene.path) chip(`${g.title[scene.path[0]]} → ${g.title[scene.path.at(-1)]} · ${w.steps(scene.path.length - 1)}`, w.close, () => store.set({ path: null }));
  else if (state.path) chip(w.noPath, w.close, () => store.set({ path: null }));
  if (state.depth) list.push(el("span", { class: "notice", role: "group", "aria-label": w.local }, el("span", {}, w.local), [1, 2, 3].map((k) => button({ "aria-pressed": String(state.depth === k), on: { click: () => store.set({ depth: k }) } }, w.depth(k))), button({ on: { click: () => store.set({ depth: 0 }) } }, w.whole)));
  if (selection?.alone) chip(w.outside, w.showAll, clearFilters);
  if (state.grown) chip(w.grown(...state.grown), w.close, () => store.set({ grown: null }));
  if (state.tag) chip(`#${state.tag}`, w.close, () => store.set({ tag: null }));
  if (state.folder !== null) chip(state.folder || "/", w.close, () => store.set({ folder: null }));
  if (selection && !selection.count && g.n) chip(w.nothing, w.showAll, clearFilters);
  $("chips").replaceChildren(...list);
}

const clearFilters = () => store.set({ kinds: [], edges: [], years: null, tag: null, folder: null, only: null, hidden: [] });

// Texts in the chosen language; called again when it changes.
function speak() {
  const w = words();
  root.lang = lang;
  const label = (id, text, tip = true) => { $(id).setAttribute("aria-label", text); if (tip) $(id).title = text; };
  $("query").placeholder = w.search;
  for (const [id, text] of [["query", w.search], ["results", w.results], ["stage", w.map(g.n, g.m)], ["zoom", w.zoom], ["views", w.views], ["grip", w.grip]]) label(id, text, false);
  for (const [id, text] of [["zoom-in", w.zoomIn], ["zoom-out", w.zoomOut], ["zoom-fit", w.fit], ["lang", w.langLabel], ["insights", w.insights], ["show-settings", w.settings], ["show-saving", w.save],
    ["theme", theme ? (theme === (systemDark.matches ? "dark" : "light") ? w.system : w.system) : systemDark.matches ? w.light : w.dark]]) label(id, text);
  $("lang").textContent = w.lang;
  $("skip").textContent = w.skip;
  for (const tab of $("views").children) tab.lastElementChild.textContent = w.view[tab.dataset.view];
  $("empty").replaceChildren(el("h2", {}, w.emptyTitle), el("p", {}, w.emptyText));
  scene.words = w;
  timeline = buildTimeline(g, w, store);
  buildSaving(page, w, () => toggle("saving", false));
  controls();
  chips();
  if (store.get().open !== null || pane) openPane();
}

function controls() {
  const state = store.get(), w = words(), legend = makeLook();
  buildLegend(g, state, w, store.set, legend);
  if (!$("settings").contains(document.activeElement) || document.activeElement.tagName !== "INPUT") buildSettings(g, state, w, store.set);
  $("counts").textContent = selection && selection.count < g.n && isFiltered(state) ? w.shown(selection.count, g.n) : w.counts(g.n, g.m);
  for (const tab of $("views").children) tab.setAttribute("aria-pressed", String(tab.dataset.view === state.view));
  timeline.refresh();
}

function showView() {
  const { view } = store.get();
  document.body.dataset.view = view;
  $("goals").hidden = view !== "goals";
  $("list").hidden = view !== "list";
  $("zoom").hidden = view === "goals" || view === "list";
  $("stage").classList.toggle("behind", view === "goals" || view === "list");
  if (view === "goals") drawGoals(page, $("goals"));
  if (view === "list") drawList(page, $("list"), selection);
}

function toggle(id, on = $(id).hidden) {
  for (const other of ["settings", "saving"]) {
    const shown = other === id && on;
    $(other).hidden = !shown;
    $(`show-${other}`).setAttribute("aria-expanded", String(shown));
  }
}

function paintTheme() {
  if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
  scene.ink = readInk(root);
  if (scene.look) makeLook();
  layers?.refresh();
}

// -- the address and the state --------------------------------------------------------------------

let quiet = false;
function writeAddress(state, before) {
  const hash = toHash(state) === "#" ? `${location.pathname}${location.search}` : toHash(state);
  const push = state.open !== before.open || state.view !== before.view || state.path !== before.path || state.depth !== before.depth;
  try { history[push ? "pushState" : "replaceState"](null, "", toHash(state) === "#" ? "#" : hash); } catch { quiet = true; location.hash = toHash(state); }
}

store.watch((state, before) => {
  const changed = (...names) => names.some((name) => state[name] !== before[name]);
  if (!reading) writeAddress(state, before);
  if (!layers) return;
  const near = choose();
  scene.hover = null; scene.hint = null;
  const again = changed("depth") || (state.depth && changed("open")) || (changed("view") && (mapLike(state.view) || mapLike(before.view)))
    || (state.view === "years" && changed("years", "kinds", "edges", "tag", "folder", "only", "hidden", "open"));
  if (changed("colour", "rule", "size")) makeLook();
  if (again && mapLike(state.view)) { relayout(near, true); if (changed("view", "depth") || state.depth) fit(); } else if (changed("size")) scene.look.r = layout.r ?? sizes(g, state.size);
  controls();
  chips();
  if (changed("view")) { page.listed = changed("open") ? null : page.listed; }
  if (changed("view", "years", "kinds", "status", "tag", "folder", "only", "hidden", "edges")) showView();
  layers.refresh();
  if (changed("open")) {
    if (state.open !== null && !changed("view")) pane = null;
    openPane();
    const row = openRow();
    if (row !== null && !state.depth && mapLike(state.view)) reveal(row);
  } else if (changed("pinned", "depth") && state.open !== null) openPane();
  if (changed("path") && scene.path) {
    stage.go(fitted(bounds(scene.pos, scene.look.r, scene.path), layers.cam, { left: 90, right: 90, top: AXIS_HEIGHT + 30, bottom: 70 }, 1.2));
  }
});
const mapLike = (view) => view === "map" || view === "years";

let reading = false;
addEventListener("hashchange", () => read());
addEventListener("popstate", () => read());
function read() {
  if (quiet) { quiet = false; return; }
  const state = fromHash(location.hash);
  if (toHash(state) === toHash(store.get())) return;
  reading = true;
  store.set(state);
  reading = false;
  if (state.at) stage.go({ x: state.at[0], y: state.at[1], scale: state.at[2] });
}

// -- the pointer and keys -------------------------------------------------------------------------

let waiting = 0, fading = 0;
function hoverOn(row) {
  clearTimeout(waiting);
  if (row === scene.hover) return;
  if (row === null) { scene.hover = null; layers.redraw(); return; }
  waiting = setTimeout(() => {
    scene.hover = row;
    const began = performance.now();
    cancelAnimationFrame(fading);
    const fade = (now) => {
      scene.fade = calm.matches ? 1 : Math.min(1, Math.max(0, (now - began) / HOVER_FADE));
      layers.redraw();
      if (scene.fade < 1 && scene.hover === row) fading = requestAnimationFrame(fade);
    };
    fade(began);
  }, HOVER_WAIT);
}

// The edge of the opened note that is under the pointer, by the note at its other end.
function edgeAt(px, py) {
  const row = openRow(), { cam } = layers;
  if (row === null || store.get().view !== "map") return null;
  let best = null, least = EDGE_REACH;
  for (const e of allEdges(g, g.home[row])) {
    if (!selection.live[e]) continue;
    const [a, b] = [g.home[g.from[e]], g.home[g.to[e]]];
    if (a === b) continue;
    const x1 = sx(cam, scene.pos.x[g.from[e]]), y1 = sy(cam, scene.pos.y[g.from[e]]), x2 = sx(cam, scene.pos.x[g.to[e]]), y2 = sy(cam, scene.pos.y[g.to[e]]);
    const length = (x2 - x1) ** 2 + (y2 - y1) ** 2 || 1, t = Math.min(1, Math.max(0, ((px - x1) * (x2 - x1) + (py - y1) * (y2 - y1)) / length));
    const d = Math.hypot(x1 + t * (x2 - x1) - px, y1 + t * (y2 - y1) - py);
    if (d < least) { least = d; best = a === g.home[row] ? b : a; }
  }
  return best;
}

const reach = () => (coarse.matches ? 18 : 6);
const stageEvents = {
  at: (px, py) => scene.at(layers.cam, px, py, reach()),
  tap(px, py) {
    const row = stageEvents.at(px, py), part = row === null ? scene.communityAt(layers.cam, px, py) : null;
    if (row !== null && !scene.isFolded()) page.open(row);
    else if (part) stage.go(fitted(bounds(scene.pos, scene.look.r, part.rows), layers.cam, { left: 60, right: 60, top: 80, bottom: 60 }, 1.2));
    else if (row !== null) page.open(row);
    else if (picking !== null) { picking = null; chips(); } else if (store.get().path) store.set({ path: null });
    else if (!store.get().depth) page.close();
  },
  grab(row, dx, dy) {
    if (scene.lifted !== row) { scene.lifted = row; layers.refresh(); $("map").classList.add("dragging"); }
    for (const one of [row, ...(g.inside.get(row) ?? [])]) { layout.x[one] += dx; layout.y[one] += dy; }
    scene.pos = { x: layout.x, y: layout.y };
  },
  drop() {
    $("map").classList.remove("dragging");
    if (scene.lifted === null) return;
    scene.lifted = null;
    scene.changed();
    layers.refresh();
  },
  moving(dragging = false) { clearTimeout(waiting); scene.hover = null; if (dragging) $("map").classList.add("dragging"); },
  hover(px, py) {
    const row = stageEvents.at(px, py);
    $("map").classList.toggle("over", row !== null || Boolean(scene.communityAt(layers.cam, px, py)));
    hoverOn(row);
    const edge = row === null ? edgeAt(px, py) : null;
    if (edge !== scene.hint) { scene.hint = edge; markLines(g, $("panel"), edge); layers.redraw(); }
  },
  leave() { hoverOn(null); $("map").classList.remove("over"); if (scene.hint !== null) { scene.hint = null; layers.redraw(); } },
  least: leastScale,
};

// From dot to dot by arrow: the nearest one in that direction.
function walk(dx, dy) {
  const { cam } = layers, rows = scene.walkable(cam);
  const from = walking ?? scene.open;
  if (from === null || !selection.shown[from]) walking = rows[0] ?? null;
  else {
    let best = null, least = Infinity;
    for (const row of rows) {
      const x = scene.pos.x[row] - scene.pos.x[from], y = scene.pos.y[row] - scene.pos.y[from], ahead = x * dx + y * dy, aside = Math.abs(x * dy - y * dx);
      if (row === from || ahead <= 0 || aside > ahead * 1.6) continue;
      const cost = ahead + aside * 2;
      if (cost < least) { least = cost; best = row; }
    }
    if (best === null) return;
    walking = best;
  }
  if (walking === null) return;
  scene.hover = walking; scene.fade = 1;
  page.say(dotName(g, walking, words()));
  const x = sx(cam, scene.pos.x[walking]), y = sy(cam, scene.pos.y[walking]);
  if (x < 40 || y < 60 || x > cam.w - 40 || y > cam.h - 40) stage.go({ x: scene.pos.x[walking], y: scene.pos.y[walking], scale: cam.scale });
  layers.redraw();
}

function stageKey(event) {
  const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (arrow && event.shiftKey) stage.pan(arrow[0] * 80, arrow[1] * 80);
  else if (arrow) walk(...arrow);
  else if (event.key === "Enter" && walking !== null) page.open(walking);
  else if (event.key === "+" || event.key === "=") stage.zoomBy(1.4);
  else if (event.key === "-") stage.zoomBy(1 / 1.4);
  else if (event.key === "0") fit();
  else return;
  event.preventDefault();
}

// -- the page itself ------------------------------------------------------------------------------

function listen() {
  $("theme").addEventListener("click", () => {
    // Dark or light by hand, and once more back to what the system says.
    theme = theme ? null : systemDark.matches ? "light" : "dark";
    memory.set("theme", theme);
    paintTheme();
    speak();
    if (layers) showView();
  });
  $("lang").addEventListener("click", () => {
    lang = lang === "ko" ? "en" : "ko";
    memory.set("lang", lang);
    speak();
    if (layers) { showView(); layers.refresh(); }
  });
  systemDark.addEventListener("change", () => { paintTheme(); speak(); });
  $("insights").addEventListener("click", () => { pane = pane === "insights" && store.get().open === null ? null : "insights"; if (store.get().open !== null) store.set({ open: null, depth: 0 }); pane = pane ?? null; openPane(); });
  for (const id of ["settings", "saving"]) $(`show-${id}`).addEventListener("click", () => toggle(id));
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest?.("#settings, #saving, #show-settings, #show-saving")) toggle(null, false); });
  for (const tab of $("views").children) tab.addEventListener("click", () => store.set({ view: tab.dataset.view, path: null }));
  $("skip").addEventListener("click", (event) => { event.preventDefault(); $("stage").focus(); });
  addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, textarea, select");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      $("query").focus();
      $("query").select();
    } else if (event.key === "Escape") {
      if (!$("settings").hidden || !$("saving").hidden) toggle(null, false);
      else if (picking !== null) { picking = null; chips(); } else if (store.get().path) store.set({ path: null });
      else if (store.get().depth) store.set({ depth: 0 });
      else if (!$("panel").hidden) page.close();
    }
  });
}

function start() {
  if (!g.n) {
    scene.words = words();
    selection = select(g, store.get(), null);
    scene.selection = selection;
    listen();
    speak();
    paintTheme();
    $("empty").hidden = false;
    document.body.classList.add("bare");
    return;
  }
  const near = choose();
  makeLook();
  scene.words = words();
  listen();
  speak();
  paintTheme();
  if (store.get().open !== null && openRow() !== null) { $("panel").hidden = $("grip").hidden = false; document.body.classList.add("open"); }
  layers = makeLayers($("stage"), scene.base, { ...scene, live: scene.live, ground: scene.ground, rested() {}, resized() { relayout(choose(), false); fit(false); showView(); } });
  stage = makeStage($("stage"), layers, stageEvents, () => calm.matches);
  page.stage = stage;
  page.svg = () => svgText(page);
  relayout(near, false);
  fit(false);
  const { at } = store.get();
  openPane();
  const row = openRow();
  if (row !== null && !store.get().depth && !at) reveal(row, false);
  if (at) stage.go({ x: at[0], y: at[1], scale: at[2] }, false);
  controls();
  chips();
  showView();
  buildFinder(g, search, bodies, words, page.open, (text, found) => {
    page.listed = { text, rows: found.map((hit) => hit.row) };
    page.order = null; page.rows = null;
    if (store.get().view === "list") showView(); else store.set({ view: "list" });
  });
  $("stage").addEventListener("keydown", stageKey);
  paneHandle();
  $("stage").addEventListener("blur", () => { if (walking !== null) { walking = null; scene.hover = null; layers.redraw(); } });
  $("zoom-in").addEventListener("click", () => stage.zoomBy(1.4));
  $("zoom-out").addEventListener("click", () => stage.zoomBy(1 / 1.4));
  $("zoom-fit").addEventListener("click", () => fit());
}

for (const tab of $("views").children) tab.prepend(glyph(tab.dataset.view));
for (const [id, name] of [["zoom-fit", "fit"], ["insights", "insight"], ["show-settings", "filter"], ["show-saving", "save"]]) $(id).append(glyph(name));
start();
root.dataset.ready = "true";
