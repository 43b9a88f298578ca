// The graph as the page holds it: nodes by row, edges by row, and who touches whom.
const KINDS = ["review", "section", "project", "book", "study", "index", "daily", "note",
  "placeholder", "attachment", "tag", "property"];
const EDGE_KINDS = ["next", "contains", "link", "embed", "goal", "mention", "similar", "tag", "property"];

function readGraph(payload) {
  const nodes = payload.nodes.map((n) => ({
    row: n.id, id: n.key, kind: n.kind, title: n.name, year: n.year ?? null, path: n.path ?? null,
    line: n.line ?? 1, aliases: n.aliases ?? [], tags: n.tags ?? [], x: n.x, y: n.y, r: n.size,
    edges: [], parent: null, sections: [],
  }));
  const edges = payload.edges.map((e) => ({ from: nodes[e.from], to: nodes[e.to], kind: e.kind }));
  const rows = new Map(nodes.map((n) => [n.id, n]));
  for (const edge of edges) {
    edge.from.edges.push(edge);
    if (edge.from !== edge.to) edge.to.edges.push(edge);
    if (edge.kind === "contains" && edge.to.kind === "section") {
      edge.to.parent = edge.from;
      edge.from.sections.push(edge.to);
    }
  }
  for (const node of nodes) node.sections.sort((a, b) => a.line - b.line || a.row - b.row);
  const ranked = [...nodes].sort((a, b) => rank(b) - rank(a) || a.row - b.row);
  return { nodes, edges, rows, ranked, find: (id) => rows.get(id) };
}

// Who gets a label first: reviews, then notes by links; sections wait until one looks closer.
function rank(node) {
  if (node.kind === "review") return 1e6 + node.edges.length;
  return node.kind === "section" ? -1 / (1 + node.edges.length) : node.edges.length;
}

// What the filters leave. A note without a year shows with the notes of the chosen years it is
// linked to: a study is rarely dated, and a year without its studies tells nothing.
function makeFilter(graph) {
  const filter = { kinds: new Set(), relations: new Set(), years: new Set(), nodes: [], edges: [] };
  filter.apply = () => {
    const { kinds, relations, years } = filter;
    filter.edges = graph.edges.filter((e) => !relations.has(e.kind));
    const inYear = (n) => years.size === 0 || years.has(n.year);
    const near = new Set();
    if (years.size) {
      for (const { from, to } of filter.edges) {
        if (from.year === null && years.has(to.year)) near.add(from);
        if (to.year === null && years.has(from.year)) near.add(to);
      }
    }
    for (const n of graph.nodes) n.shown = !kinds.has(n.kind) && (inYear(n) || near.has(n));
    filter.nodes = graph.nodes.filter((n) => n.shown);
    filter.edges = filter.edges.filter((e) => e.from.shown && e.to.shown);
    return filter;
  };
  return filter.apply();
}

function bounds(nodes) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, r } of nodes) {
    left = Math.min(left, x - r); right = Math.max(right, x + r);
    top = Math.min(top, y - r); bottom = Math.max(bottom, y + r);
  }
  return { left, top, right, bottom };
}
