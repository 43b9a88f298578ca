// Which notes matter: PageRank and betweenness, over notes (a section counts for its note).
import { CONTAINS } from "./graph.js";

const DAMPING = 0.85, ROUNDS = 40;
const SAMPLED = 200; // sources for betweenness: exact up to there, an estimate past it

function neighbours(g) {
  const out = Array.from({ length: g.n }, () => new Set());
  for (let e = 0; e < g.m; e++) {
    const a = g.home[g.from[e]], b = g.home[g.to[e]];
    if (a !== b && g.edgeKind[e] !== CONTAINS) out[a].add(b);
  }
  return out;
}

export function pagerank(g) {
  const out = neighbours(g), notes = [...Array(g.n).keys()].filter((row) => g.home[row] === row);
  let rank = new Float64Array(g.n);
  for (const row of notes) rank[row] = 1 / notes.length;
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(g.n);
    let loose = 0;
    for (const row of notes) {
      if (!out[row].size) loose += rank[row];
      for (const other of out[row]) next[other] += rank[row] / out[row].size;
    }
    for (const row of notes) next[row] = (1 - DAMPING + DAMPING * loose) / notes.length + DAMPING * next[row];
    rank = next;
  }
  return rank;
}

// Brandes' algorithm; sources are taken at even distances where there are many.
export function betweenness(g) {
  const out = neighbours(g), both = out.map((set) => new Set(set));
  out.forEach((set, row) => { for (const other of set) both[other].add(row); });
  const notes = [...Array(g.n).keys()].filter((row) => g.home[row] === row), score = new Float64Array(g.n);
  const step = Math.max(1, Math.floor(notes.length / SAMPLED));
  for (let k = 0; k < notes.length; k += step) {
    const source = notes[k], paths = new Map([[source, 1]]), far = new Map([[source, 0]]), before = new Map(), order = [source];
    for (let at = 0; at < order.length; at++) for (const other of both[order[at]]) {
      if (!far.has(other)) { far.set(other, far.get(order[at]) + 1); order.push(other); }
      if (far.get(other) !== far.get(order[at]) + 1) continue;
      paths.set(other, (paths.get(other) ?? 0) + paths.get(order[at]));
      if (!before.has(other)) before.set(other, []);
      before.get(other).push(order[at]);
    }
    const share = new Map();
    for (const row of order.reverse()) for (const earlier of before.get(row) ?? []) {
      share.set(earlier, (share.get(earlier) ?? 0) + (paths.get(earlier) / paths.get(row)) * (1 + (share.get(row) ?? 0)));
    }
    for (const [row, value] of share) if (row !== source) score[row] += value;
  }
  return score;
}

// Radius by a measure: the same spread of sizes as links have, whatever the measure's scale.
export function sizes(g, measure) {
  if (measure === "links") return g.r;
  const score = measure === "pagerank" ? pagerank(g) : betweenness(g);
  const most = score.reduce((a, b) => Math.max(a, b), 1e-12);
  return g.r.map((r, row) => (g.home[row] !== row ? r : 4 + 16 * Math.sqrt(score[row] / most)));
}
