// The page: one graph, one filter, one selection; the address says which note is open.
const payload = JSON.parse($("data").textContent);
const graph = readGraph(payload);
const filter = makeFilter(graph);
const state = { hover: null, selected: null, dragging: false };
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

// What the controls cover is no place for the map.
function insets(v) {
  const panel = $("panel"), open = !panel.hidden, narrow = v.w < 720;
  const top = $("legend").getBoundingClientRect().bottom + 8;
  const below = $("years").hidden ? 20 : $("years").offsetHeight + 20;
  return {
    top, right: open && !narrow ? panel.offsetWidth + 24 : 16, left: 16,
    bottom: open && narrow ? Math.max(below, panel.offsetHeight + 8) : below,
  };
}

function fit(smooth = true) {
  const nodes = filter.nodes.length ? filter.nodes : graph.nodes;
  if (!nodes.length) return;
  const v = stage.camera(), pad = insets(v), b = bounds(nodes);
  const w = Math.max(80, v.w - pad.left - pad.right - 40), h = Math.max(80, v.h - pad.top - pad.bottom - 40);
  const scale = Math.min(1.4, w / Math.max(1, b.right - b.left), h / Math.max(1, b.bottom - b.top));
  center((b.left + b.right) / 2, (b.top + b.bottom) / 2, scale, smooth);
}

function center(x, y, scale, smooth) {
  const pad = insets(stage.camera());
  stage.go({ x: x + (pad.right - pad.left) / 2 / scale, y: y + (pad.bottom - pad.top) / 2 / scale, scale },
    smooth && !calm.matches);
}

function reveal(node) {
  const v = stage.camera(), pad = insets(v);
  const x = (node.x - v.x) * v.scale + v.w / 2, y = (node.y - v.y) * v.scale + v.h / 2;
  const inside = x > pad.left + 40 && x < v.w - pad.right - 40 && y > pad.top + 20 && y < v.h - pad.bottom - 20;
  const scale = Math.max(v.scale, Math.min(0.9, v.scale * 6));
  if (!inside || v.scale < 0.25) center(node.x, node.y, scale, true);
}

function zoomBy(factor) {
  const v = stage.camera();
  stage.go({ x: v.x, y: v.y, scale: Math.min(MAX_SCALE, Math.max(MIN_SCALE, v.scale * factor)) }, !calm.matches);
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
    if (had) $("map").focus({ preventScroll: true });
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
  $("map").setAttribute("aria-label", w.map(graph.nodes.length, graph.edges.length));
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
  $("theme").textContent = isDark() ? "☀" : "☾";
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
  addEventListener("resize", () => stage.redraw());
  $("zoom-in").addEventListener("click", () => zoomBy(1.4));
  $("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
  $("zoom-fit").addEventListener("click", () => fit());
  buildSearch(makeSearch(graph), words, open);
  $("map").addEventListener("keydown", (event) => {
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
