// Graph and state → what is there, what is only a ghost, and which dot stands for a folded section.
import { allEdges, CONTAINS, EDGE_KINDS, edgesOf, folderOf, isNote, kindOf, SECTION, sectionsOf, tagNames } from "./graph.js";

export const HIDDEN = 0;
export const GHOST = 1;
export const SHOWN = 2;

// A note without a year shows with the notes of the
// chosen years that it is linked to: a study is rarely dated, and a year without its studies tells
// nothing. The other end of what crosses the years stays as a ghost.
// near: the notes of a local map, or null.
export function select(g, state, near) {
  const shown = new Uint8Array(g.n), off = new Set(state.edges.map((name) => EDGE_KINDS.indexOf(name)));
  const passes = filterOf(g, state);
  const [low, high] = state.years ?? [-Infinity, Infinity];
  const inYears = (row) => !state.years || (g.year[row] >= low && g.year[row] <= high);
  for (let row = 0; row < g.n; row++) if (passes(row) && inYears(row)) shown[row] = SHOWN;
  if (state.years) {
    const ghosts = [];
    for (let e = 0; e < g.m; e++) {
      if (off.has(g.edgeKind[e])) continue;
      for (const [a, b] of [[g.from[e], g.to[e]], [g.to[e], g.from[e]]]) {
        if (shown[a] !== SHOWN || shown[b] || !inYears(a) || !passes(b)) continue;
        if (g.year[b] > 0) ghosts.push(b, g.home[b]);
        else shown[b] = SHOWN;
      }
    }
    for (const row of ghosts) if (!shown[row] && passes(row)) shown[row] = GHOST;
  }
  if (near) for (let row = 0; row < g.n; row++) if (!near.has(g.home[row])) shown[row] = HIDDEN;
  // A note that is opened from outside of a filter stands alone, the filters stay.
  const open = state.open === null ? undefined : g.rows.get(state.open);
  const alone = open !== undefined && shown[g.home[open]] !== SHOWN;
  if (alone) for (const row of [g.home[open], ...sectionsOf(g, g.home[open])]) shown[row] = SHOWN;
  for (const key of state.pinned) { const row = g.rows.get(key); if (row !== undefined) shown[row] = SHOWN; }
  const edges = [], live = new Uint8Array(g.m);
  for (let e = 0; e < g.m; e++) {
    if (off.has(g.edgeKind[e]) || !shown[g.from[e]] || !shown[g.to[e]]) continue;
    edges.push(e);
    live[e] = 1;
  }
  return { shown, live, edges: Int32Array.from(edges), alone, count: shown.reduce((sum, s) => sum + (s === SHOWN), 0) };
}

function filterOf(g, state) {
  const kinds = new Set(state.kinds), hidden = new Set(state.hidden), linked = state.only === "orphans" ? hasIncoming(g) : null;
  return (row) => {
    const home = g.home[row];
    if (kinds.has(kindOf(g, row)) || (row !== home && kinds.has(kindOf(g, home)))) return false;
    if (hidden.has(g.key[row]) || hidden.has(g.key[home])) return false;
    if (state.tag !== null && !tagNames(g, home).some((tag) => tag === state.tag || tag.startsWith(`${state.tag}/`))) return false;
    if (state.folder !== null) {
      const folder = folderOf(g, row);
      if (folder === null || (folder !== state.folder && !folder.startsWith(`${state.folder}/`))) return false;
    }
    return !linked || (isNote(g, home) && !linked.has(home));
  };
}

export function hasIncoming(g) {
  const linked = new Set();
  for (let e = 0; e < g.m; e++)
    if ((EDGE_KINDS[g.edgeKind[e]] === "link" || EDGE_KINDS[g.edgeKind[e]] === "embed") && g.home[g.from[e]] !== g.home[g.to[e]]) linked.add(g.home[g.to[e]]);
  return linked;
}

// Sections are dots of their own where their note is opened or looked at closely; else it stands
// for them, and their links start from it.
export function anchors(g, unfolded) {
  const anchor = new Int32Array(g.n);
  for (let row = 0; row < g.n; row++) anchor[row] = g.kind[row] === SECTION && !unfolded(g.home[row]) ? g.home[row] : row;
  return anchor;
}

// A note, its sections, everything that they are linked with, and the edges in between.
export function ego(g, row, selection) {
  const home = g.home[row], own = row === home ? [row, ...sectionsOf(g, row)] : [row];
  const rows = new Set(own), edges = [];
  for (const mine of own) for (const e of edgesOf(g, mine)) {
    if (!selection.shown[g.from[e]] || !selection.shown[g.to[e]] || !selection.live[e]) continue;
    edges.push(e); rows.add(g.from[e]); rows.add(g.to[e]);
  }
  for (const one of [...rows]) rows.add(g.home[one]); // the review lights with its section
  return { own: new Set(own), rows, edges: [...new Set(edges)] };
}

// Rows within `depth` links of a note. A hub in between is reached, never crossed.
export function neighbourhood(g, row, depth, hub = Math.max(40, g.n / 10)) {
  const home = g.home[row], reached = new Map([[home, 0]]);
  let edge = [home];
  for (let step = 1; step <= depth; step++) {
    const next = [];
    for (const one of edge) {
      if (one !== home && g.degree[one] > hub) continue;
      for (const e of allEdges(g, one)) for (const end of [g.home[g.from[e]], g.home[g.to[e]]])
        if (!reached.has(end)) { reached.set(end, step); next.push(end); }
    }
    edge = next;
  }
  return reached;
}

// The shortest chain of notes between two, or null; `contains` is no step.
export function shortest(g, from, to) {
  const [a, b] = [g.home[from], g.home[to]], came = new Map([[a, null]]), queue = [a];
  for (let k = 0; k < queue.length && !came.has(b); k++) for (const e of allEdges(g, queue[k])) {
    if (g.edgeKind[e] === CONTAINS) continue;
    const other = g.home[g.from[e]] === queue[k] ? g.home[g.to[e]] : g.home[g.from[e]];
    if (!came.has(other)) { came.set(other, queue[k]); queue.push(other); }
  }
  if (!came.has(b)) return null;
  const rows = [];
  for (let at = b; at !== null; at = came.get(at)) rows.unshift(at);
  return rows;
}
