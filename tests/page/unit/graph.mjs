// A small graph for the tests of the modules: notes by kind and year, links by name.
import { EDGE_KINDS, KINDS, readGraph } from "../../../src/vaultdots/page/script/core/graph.js";

// notes: [key, kind, year]; a section's key begins with that of its note. links: [from, to, kind].
export function graphOf(notes, links = [], years = null) {
  const at = new Map(notes.map(([key], row) => [key, row]));
  const home = notes.map(([key, kind], row) => (kind === "section" ? at.get(key.slice(0, key.indexOf("#"))) : row));
  const dated = [...new Set(notes.map(([, , year]) => year).filter(Boolean))].sort((a, b) => a - b);
  const zero = notes.map(() => 0);
  return readGraph({
    nodes: {
      key: notes.map(([key, kind]) => (kind === "section" ? key.slice(key.indexOf("#")) : key)), kind: notes.map(([, kind]) => KINDS.indexOf(kind)),
      name: notes.map(([key]) => key), year: notes.map(([, , year]) => year ?? 0), day: zero, line: {}, x: notes.map((_, row) => 100 * row), y: zero,
      size: notes.map(() => 6), home, community: zero, minor: [], aliases: {}, tags: {},
    },
    edges: links.flatMap(([from, to, kind = "link"]) => [at.get(from), at.get(to), EDGE_KINDS.indexOf(kind)]),
    tags: [], axis: { years: years ?? (dated.length > 1 ? dated : []), x0: 0, step: 240 }, communities: [],
  });
}

export const rows = (g, keys) => keys.map((key) => g.rows.get(key));
