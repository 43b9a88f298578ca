// The graph as the page holds it: typed arrays by row, and who touches whom as one flat list.
export const KINDS = ["review", "section", "project", "book", "study", "index", "daily", "note",
  "placeholder", "attachment", "tag", "property", "concept"];
export const EDGE_KINDS = ["next", "contains", "link", "embed", "goal", "mention", "similar", "tag", "property", "concept"];
export const SECTION = KINDS.indexOf("section");
export const REVIEW = KINDS.indexOf("review");
export const CONTAINS = EDGE_KINDS.indexOf("contains");

// payload.nodes: columns (key, kind, name, year, …); payload.edges: [from, to, kind, from, …].
export function readGraph(payload) {
  const { nodes } = payload, n = nodes.kind.length, m = payload.edges.length / 3;
  const g = {
    n, m, kind: Uint8Array.from(nodes.kind), title: nodes.name, line: nodes.line,
    year: Int16Array.from(nodes.year), day: Float32Array.from(nodes.day),
    x: Float32Array.from(nodes.x), y: Float32Array.from(nodes.y), r: Float32Array.from(nodes.size),
    home: Int32Array.from(nodes.home), community: Int32Array.from(nodes.community),
    minor: new Set(nodes.minor), aliases: nodes.aliases, tagsOf: nodes.tags, tags: payload.tags,
    from: new Int32Array(m), to: new Int32Array(m), edgeKind: new Uint8Array(m),
    axis: payload.axis, communities: payload.communities,
  };
  for (let e = 0; e < m; e++) {
    g.from[e] = payload.edges[3 * e]; g.to[e] = payload.edges[3 * e + 1]; g.edgeKind[e] = payload.edges[3 * e + 2];
  }
  // A section's key stands behind that of its note: it is written once.
  g.key = nodes.key.map((key, row) => (g.kind[row] === SECTION ? nodes.key[g.home[row]] + key : key));
  g.rows = new Map(g.key.map((key, row) => [key, row]));
  touch(g);
  g.inside = insides(g);
  g.depth = depths(g);
  return g;
}

// start[row] … start[row + 1] in `edges`: the edges that touch a row, either way.
function touch(g) {
  g.start = new Int32Array(g.n + 1);
  for (let e = 0; e < g.m; e++) {
    g.start[g.from[e] + 1]++;
    if (g.from[e] !== g.to[e]) g.start[g.to[e] + 1]++;
  }
  for (let row = 0; row < g.n; row++) g.start[row + 1] += g.start[row];
  g.edges = new Int32Array(g.start[g.n]);
  const at = g.start.slice(0, g.n);
  for (let e = 0; e < g.m; e++) {
    g.edges[at[g.from[e]]++] = e;
    if (g.from[e] !== g.to[e]) g.edges[at[g.to[e]]++] = e;
  }
  g.degree = new Int32Array(g.n); // links of a note with all its sections, `contains` left out
  for (let e = 0; e < g.m; e++) {
    if (g.edgeKind[e] === CONTAINS) continue;
    g.degree[g.home[g.from[e]]]++;
    g.degree[g.home[g.to[e]]]++;
    if (g.kind[g.from[e]] === SECTION) g.degree[g.from[e]]++;
    if (g.kind[g.to[e]] === SECTION) g.degree[g.to[e]]++;
  }
}

// Note → all its sections, nested ones too, in the order of the text.
function insides(g) {
  const inside = new Map();
  for (let row = 0; row < g.n; row++) {
    if (g.home[row] === row) continue;
    if (!inside.has(g.home[row])) inside.set(g.home[row], []);
    inside.get(g.home[row]).push(row);
  }
  for (const rows of inside.values()) rows.sort((a, b) => lineOf(g, a) - lineOf(g, b) || a - b);
  return inside;
}

// How deep a section stands under its note: 1 for the outermost.
function depths(g) {
  const above = new Map();
  for (let e = 0; e < g.m; e++) if (g.edgeKind[e] === CONTAINS) above.set(g.to[e], g.from[e]);
  const depth = new Uint8Array(g.n);
  for (const row of above.keys()) {
    let up = row, steps = 0;
    while (above.has(up) && steps < 12) { up = above.get(up); steps++; }
    depth[row] = steps;
  }
  g.above = above;
  return depth;
}

export const lineOf = (g, row) => g.line[row] ?? 1;
export const kindOf = (g, row) => KINDS[g.kind[row]];
export const sectionsOf = (g, row) => g.inside.get(row) ?? [];
export const isNote = (g, row) => g.kind[row] !== SECTION && g.kind[row] < KINDS.indexOf("placeholder");
export const yearOf = (g, row) => (g.year[row] > 0 ? g.year[row] : null);
export const tagNames = (g, row) => (g.tagsOf[row] ?? []).map((t) => g.tags[t]);
export const folderOf = (g, row) => {
  const key = g.key[g.home[row]], cut = key.lastIndexOf("/");
  return isNote(g, g.home[row]) ? (cut < 0 ? "" : key.slice(0, cut)) : null;
};
export const pathOf = (g, row) => (isNote(g, g.home[row]) || kindOf(g, row) === "attachment" ? g.key[g.home[row]] : null);

export function* edgesOf(g, row) {
  for (let k = g.start[row]; k < g.start[row + 1]; k++) yield g.edges[k];
}

// A note's edges with those of its sections; `contains` among them only when asked for.
export function allEdges(g, row, contains = false) {
  const found = new Set();
  for (const own of [row, ...sectionsOf(g, row)])
    for (const e of edgesOf(g, own)) if (contains || g.edgeKind[e] !== CONTAINS) found.add(e);
  return [...found];
}

// "2025년 회고 › Liked › 선이 해를 건너는 것": the note, then the headings down to the section.
export function trail(g, row) {
  const rows = [row];
  while (g.above.has(rows[0]) && rows.length < 12) rows.unshift(g.above.get(rows[0]));
  return rows;
}

export function findRow(g, key) {
  return g.rows.get(key) ?? g.rows.get(key.normalize("NFC")) ?? null;
}

// Who gets a label first: reviews, then notes by links; sections wait until one looks closer.
export function rank(g, row) {
  if (g.kind[row] === REVIEW) return (g.minor.has(row) ? 1e5 : 1e6) + g.degree[row];
  return g.kind[row] === SECTION ? -1 / (1 + g.degree[row]) : g.degree[row];
}
