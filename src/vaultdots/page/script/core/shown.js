// What follows from a selection: what grew between two years, and the notes that stand on a shelf.
import { kindOf } from "./graph.js";

// Take out of a selection, with their edges, the rows of which isOut is true.
export function without(g, chosen, isOut) {
  for (let row = 0; row < g.n; row++) if (isOut(row)) chosen.shown[row] = 0;
  chosen.edges = chosen.edges.filter((e) => chosen.shown[g.from[e]] && chosen.shown[g.to[e]]);
  chosen.live.fill(0);
  for (const e of chosen.edges) chosen.live[e] = 1;
}

// The notes of the years after the first, up to the second.
export function grownRows(g, [after, upTo]) {
  const rows = new Set();
  for (let row = 0; row < g.n; row++) if (g.year[row] > after && g.year[row] <= upTo) rows.add(g.home[row]);
  return rows;
}

// Notes without links, by the column that they stand in; all on one where the map has no columns.
export function shelvesOf(g) {
  const columns = new Map(), dated = g.axis.years.length > 1;
  for (let row = 0; row < g.n; row++) {
    if (g.home[row] !== row || g.degree[row] || kindOf(g, row) === "review") continue;
    const key = dated ? g.year[row] : 0;
    if (!columns.has(key)) columns.set(key, []);
    columns.get(key).push(row);
  }
  return [...columns.values()].map((rows) => ({ rows }));
}
