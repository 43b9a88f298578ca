// The years as shelves: a column each, its review on top, then what was written, by kind and day.
import { KINDS, kindOf, REVIEW } from "../core/graph.js";

const COLUMN = 210, ROW = 23, TOP = 30, INSET = 18;
const ORDER = ["review", "project", "book", "study", "index", "daily", "note", "attachment"];

export function yearsLayout(g, size, selection) {
  const years = g.axis.years, undated = hasUndated(g, selection);
  const columns = new Map(years.map((year, k) => [year, k])), first = years.find((year) => year !== null) ?? 0;
  const place = (row) => (g.year[row] > 0 ? columns.get(g.year[row]) ?? (g.year[row] < first ? 0 : years.length - 1) : years.length);
  const shelves = Array.from({ length: years.length + 1 }, () => []);
  for (let row = 0; row < g.n; row++) if (g.home[row] === row && (selection.shown[row] || !selection.count)) shelves[place(row)].push(row);
  const count = years.length + (undated ? 1 : 0);
  const scale = Math.min(1.25, Math.max(60, size.w - 40) / (Math.max(1, count) * COLUMN));
  const rows = Math.max(6, Math.floor((Math.max(200, size.h) / Math.max(0.45, scale) - TOP - 70) / ROW));
  const x = new Float32Array(g.n), y = new Float32Array(g.n);
  let beside = COLUMN - 34;
  shelves.forEach((shelf, k) => {
    shelf.sort((a, b) => order(g, a) - order(g, b) || g.day[a] - g.day[b] || (g.key[a] < g.key[b] ? -1 : 1));
    const lanes = Math.max(1, Math.ceil(shelf.length / rows)), width = (COLUMN - INSET) / lanes;
    if (lanes > 1) beside = Math.min(beside, Math.max(0.1, width - 14));
    const deep = Math.ceil(shelf.length / lanes);
    shelf.forEach((row, at) => {
      x[row] = k * COLUMN - COLUMN / 2 + INSET + Math.floor(at / deep) * width;
      y[row] = TOP + (at % deep) * ROW;
    });
  });
  for (let row = 0; row < g.n; row++) if (g.home[row] !== row) { x[row] = x[g.home[row]]; y[row] = y[g.home[row]]; }
  const axis = { years: undated ? [...years, 0] : years, x0: 0, step: COLUMN };
  const r = g.r.map((one, row) => (g.kind[row] === REVIEW ? 8 : Math.min(6, one * 0.62)));
  return { x, y, axis, r, beside };
}

const order = (g, row) => { const at = ORDER.indexOf(kindOf(g, row)); return at < 0 ? KINDS.length : at; };
const hasUndated = (g, selection) => {
  for (let row = 0; row < g.n; row++) if (g.home[row] === row && g.year[row] <= 0 && selection.shown[row]) return true;
  return false;
};
