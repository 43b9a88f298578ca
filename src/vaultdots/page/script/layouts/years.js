// The years as shelves: a column each, its review on top, then what was written, by kind and day.
import { KINDS, kindOf, REVIEW } from "../core/graph.js";
import { COLUMN_LEAST } from "../draw/scale.js";

const COLUMN = 210, ROW = 23, TOP = 44, HEAD = 8, INSET = 18, GAP = 8;
const MARGINS = 120; // px of the stage over and under the columns
const STAGES = 3;
const LANE = 150; // units that a title needs, where there is room for it
const SCALES = [1.25, 1.1, 1, 0.9, 0.8, COLUMN_LEAST];
const ORDER = ["review", "project", "book", "study", "index", "daily", "note", "attachment"];

export function yearsLayout(g, size, selection) {
  const years = g.axis.years.length ? g.axis.years : yearsOf(g), undated = hasUndated(g, selection);
  const columns = new Map(years.map((year, k) => [year, k])), first = years.find((year) => year !== null) ?? 0;
  const place = (row) => (g.year[row] > 0 ? columns.get(g.year[row]) ?? (g.year[row] < first ? 0 : years.length - 1) : years.length);
  const shelves = Array.from({ length: years.length + 1 }, () => []);
  for (let row = 0; row < g.n; row++) if (g.home[row] === row && (selection.shown[row] || !selection.count)) shelves[place(row)].push(row);
  const count = years.length + (undated ? 1 : 0);
  const { column, rows } = grid(size, count, Math.max(...shelves.map((shelf) => shelf.length)));
  const x = new Float32Array(g.n), y = new Float32Array(g.n), beside = new Float32Array(g.n);
  shelves.forEach((shelf, k) => {
    shelf.sort((a, b) => order(g, a) - order(g, b) || g.day[a] - g.day[b] || (g.key[a] < g.key[b] ? -1 : 1));
    const lanes = Math.max(1, Math.ceil(shelf.length / rows)), width = (column - INSET) / lanes;
    const deep = Math.ceil(shelf.length / lanes);
    shelf.forEach((row, at) => {
      x[row] = k * column - column / 2 + INSET + Math.floor(at / deep) * width;
      beside[row] = width - GAP;
      y[row] = TOP + (at % deep) * ROW + (at % deep ? HEAD : 0);
    });
  });
  for (let row = 0; row < g.n; row++) if (g.home[row] !== row) { x[row] = x[g.home[row]]; y[row] = y[g.home[row]]; }
  const axis = { years: undated ? [...years, 0] : years, x0: 0, step: column };
  const r = g.r.map((one, row) => (g.kind[row] === REVIEW ? (g.minor.has(row) ? 5.5 : 8) : Math.min(6, one * 0.62)));
  return { x, y, axis, r, beside, last: (Math.max(1, years.length) - 0.5) * column };
}

// How wide a column is and how many rows it has: titles that can be read where they fit a few
// stages, the first one if they can, else as many dots as there are.
function grid(size, count, most) {
  const rowsAt = (scale) => Math.max(6, Math.floor((Math.max(200, size.h - MARGINS) / scale - HEAD) / ROW));
  const fits = (scale, column) => Math.max(1, count) * column * scale <= (scale === COLUMN_LEAST ? STAGES : 1) * (size.w - 48);
  for (const scale of SCALES) {
    const rows = rowsAt(scale), column = Math.max(COLUMN, Math.ceil(most / rows) * LANE);
    if (fits(scale, column)) return { column, rows };
  }
  return { column: COLUMN, rows: rowsAt(COLUMN_LEAST) };
}

function yearsOf(g) {
  const years = new Set();
  for (let row = 0; row < g.n; row++) if (g.home[row] === row && g.year[row] > 0) years.add(g.year[row]);
  return [...years].sort((a, b) => a - b);
}

const order = (g, row) => { const at = ORDER.indexOf(kindOf(g, row)); return at < 0 ? KINDS.length : at; };
const hasUndated = (g, selection) => {
  for (let row = 0; row < g.n; row++) if (g.home[row] === row && g.year[row] <= 0 && selection.shown[row]) return true;
  return false;
};
