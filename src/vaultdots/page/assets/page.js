// The page: one graph, one filter, one selection; the address says which note is open.
const payload = JSON.parse($("data").textContent);
const graph = readGraph(payload);
const filter = makeFilter(graph);
const state = { hover: null, selected: null, dragging: false, upright: false };
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const root = document.documentElement;

// A page opened from a file may be denied storage; choices then last as long as the page.
const memory = {
  get: (key) => { try { return localStorage.getItem(`vaultdots.${key}`); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(`vaultdots.${key}`, value); } catch { /* denied */ } },
};

let lang = memory.get("lang") ?? payload.lang ?? (navigator.language.startsWith("ko") ? "ko" : "en");
if (!(lang in WORDS)) lang = "en";
const words = () => WORDS[lang];
const systemDark = matchMedia("(prefers-color-scheme: dark)");
let theme = memory.get("theme");
const isDark = () => (theme ? theme === "dark" : systemDark.matches);

let stage = null;
const scene = makeScene(graph, filter, state);

const YEAR_HEIGHT = 44;

// What the controls cover is no place for the map.
function insets(v) {
  const panel = $("panel"), open = !panel.hidden, narrow = v.w < 720;
  const top = $("legend").getBoundingClientRect().bottom + 4;
  const below = $("years").hidden ? 20 : $("years").offsetHeight + 20;
  return {
    top: top + (state.upright ? 0 : YEAR_HEIGHT), right: open && !narrow ? panel.offsetWidth + 24 : 16, left: 16,
    bottom: open && narrow ? Math.max(below, panel.offsetHeight + 8) : below,
  };
}

function fit(smooth = true) {
  const nodes = filter.nodes.length ? filter.nodes : graph.nodes;
  if (!nodes.length) return;
  show(bounds(nodes), 1.4, smooth);
}

function show(b, most, smooth) {
  const v = stage.camera(), pad = insets(v), side = v.w < 720 ? 30 : 70; // half a label
  const w = Math.max(80, v.w - pad.left - pad.right - 2 * side), h = Math.max(80, v.h - pad.top - pad.bottom - 60);
  const scale = Math.min(most, w / Math.max(1, b.right - b.left), h / Math.max(1, b.bottom - b.top));
  center((b.left + b.right) / 2, (b.top + b.bottom) / 2, scale, smooth);
}

function center(x, y, scale, smooth) {
  const pad = insets(stage.camera());
  stage.go({ x: x + (pad.right - pad.left) / 2 / scale, y: y + (pad.bottom - pad.top) / 2 / scale, scale },
    smooth && !calm.matches);
}

// Bring a note and all that it is linked to into the free part of the screen, if they are not.
function reveal(node) {
  const own = [node, ...node.sections];
  const near = new Set(own.flatMap((n) => [n, ...n.edges.flatMap((e) => [e.from, e.to])]).filter((n) => n.shown));
  const v = stage.camera(), pad = insets(v), b = bounds(near);
  const x = (px) => (px - v.x) * v.scale + v.w / 2, y = (py) => (py - v.y) * v.scale + v.h / 2;
  const inside = x(b.left) > pad.left && x(b.right) < v.w - pad.right && y(b.top) > pad.top && y(b.bottom) < v.h - pad.bottom;
  const far = b.right - b.left > 0.5 * v.w / v.scale || b.right - b.left > 120;
  if (!inside || !far) show(b, inside ? Math.max(v.scale, 1.1) : Math.max(v.scale, 0.5), true);
}

function zoomBy(factor) {
  const v = stage.camera();
  stage.go({ x: v.x, y: v.y, scale: Math.min(MAX_SCALE, Math.max(MIN_SCALE, v.scale * factor)) }, !calm.matches);
}

// On a screen held upright time runs downwards, or the map would be a thin strip.
function turn() {
  const upright = innerHeight > innerWidth * 1.15;
  if (upright === state.upright) return false;
  state.upright = upright;
  for (const n of graph.nodes) [n.x, n.y] = [n.y, n.x];
  return true;
}

// The address is the one truth of what is open: links, back, forward and bookmarks all work.
const open = (node) => { location.hash = encodeURIComponent(node.id); };
const close = () => { if (location.hash.length > 1) location.hash = ""; else route(); };

function route() {
  let id = "";
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { id = location.hash.slice(1); }
  const node = id ? graph.find(id.normalize("NFC")) ?? graph.find(id) : null;
  const had = $("panel").contains(document.activeElement);
  state.selected = node ?? null;
  state.hover = null;
  $("panel").hidden = !node;
  document.body.classList.toggle("open", Boolean(node));
  if (node) {
    if (!node.shown) clearFilters();
    $("said").textContent = buildPanel(node, words(), open, close);
    $("panel").focus({ preventScroll: true });
    reveal(node);
  } else {
    $("said").textContent = id ? words().unknown : "";
    if (had) $("stage").focus({ preventScroll: true });
  }
  stage.redraw();
}

function clearFilters() {
  for (const set of [filter.kinds, filter.relations, filter.years]) set.clear();
  filter.apply();
  speak();
  stage.refilter();
}

const changed = () => { filter.apply(); state.hover = null; stage.refilter(); };

// Texts in the chosen language; called again when it changes.
function speak() {
  const w = words();
  root.lang = lang;
  $("counts").textContent = w.counts(graph.nodes.length, graph.edges.length);
  $("query").placeholder = w.search;
  $("query").setAttribute("aria-label", w.search);
  $("results").setAttribute("aria-label", w.results);
  $("stage").setAttribute("aria-label", w.map(graph.nodes.length, graph.edges.length));
  $("zoom").setAttribute("aria-label", w.zoom);
  for (const [id, text] of [["zoom-in", w.zoomIn], ["zoom-out", w.zoomOut], ["zoom-fit", w.fit], ["lang", w.langLabel],
    ["theme", isDark() ? w.light : w.dark]]) { $(id).setAttribute("aria-label", text); $(id).title = text; }
  $("lang").textContent = w.lang;
  $("empty").replaceChildren(el("h2", {}, w.emptyTitle), el("p", {}, w.emptyText));
  buildLegend(graph, filter, w, changed);
  buildYears(graph, filter, w, changed);
  if (state.selected) buildPanel(state.selected, w, open, close);
}

function paintTheme() {
  if (theme) root.dataset.theme = theme;
    scene.recolour();
  stage?.redraw();
}

const paint = (ctx, v) => scene.draw(ctx, { ...v, ...insets(v) });
const finger = matchMedia("(pointer: coarse)").matches ? 18 : 6;
const dotAt = (px, py) => scene.at(stage.camera(), px, py, finger);
const events = {
  dotAt,
  tap(px, py) {
    const node = dotAt(px, py);
    if (node) open(node);
    else close();
  },
  zoomAt: () => zoomBy(1.8),
  drag(on) { state.dragging = on; if (on) state.hover = null; $("map").classList.toggle("dragging", on); },
  moved() { state.hover = null; },
};

function start() {
  speak();
  paintTheme();
  if (!graph.nodes.length) {
    $("empty").hidden = false;
    document.body.classList.add("bare");
    return;
  }
  turn();
  stage = (globalThis.vis ? visStage : canvasStage)($("stage"), graph, filter, paint, events);
  fit(false);
  route();

  $("stage").addEventListener("pointermove", (event) => {
    if (state.dragging || event.buttons || event.pointerType !== "mouse") return;
    const box = $("stage").getBoundingClientRect();
    const node = dotAt(event.clientX - box.left, event.clientY - box.top);
    $("map").classList.toggle("over", Boolean(node));
    if (node === state.hover) return;
    state.hover = node;
    stage.redraw();
  });
  $("stage").addEventListener("pointerleave", () => { if (state.hover) { state.hover = null; stage.redraw(); } });
  addEventListener("hashchange", route);
  addEventListener("resize", () => {
    if (turn()) { stage.moved(); fit(false); }
    stage.redraw();
  });
  $("zoom-in").addEventListener("click", () => zoomBy(1.4));
  $("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
  $("zoom-fit").addEventListener("click", () => fit());
  buildSearch(makeSearch(graph), words, open);
  $("stage").addEventListener("keydown", (event) => {
    const v = stage.camera(), step = 80 / v.scale;
    const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (move) stage.go({ x: v.x + move[0], y: v.y + move[1], scale: v.scale }, false);
    else if (event.key === "+" || event.key === "=") zoomBy(1.4);
    else if (event.key === "-") zoomBy(1 / 1.4);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
}

$("theme").addEventListener("click", () => {
  theme = isDark() ? "light" : "dark";
  memory.set("theme", theme);
  paintTheme();
  speak();
});
$("lang").addEventListener("click", () => {
  lang = lang === "ko" ? "en" : "ko";
  memory.set("lang", lang);
  speak();
});
systemDark.addEventListener("change", () => { paintTheme(); speak(); });
addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("input, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    $("query").focus();
    $("query").select();
  } else if (event.key === "Escape" && state.selected) close();
});
start();
root.dataset.ready = "true";
