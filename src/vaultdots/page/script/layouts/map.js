// The map as it was laid out when the page was made: x is time, y is free, so y is stretched until
// the map fills the stage. On a screen held upright time runs downwards.
import { REVIEW } from "../core/graph.js";

const LEAST = 0.3, MOST = 2.2;

// size: the pixels that the map has.
export function mapLayout(g, size, upright) {
  const across = upright ? size.w / Math.max(1, size.h) : size.h / Math.max(1, size.w);
  const rise = spanOf(g, g.y), width = Math.max(spanOf(g, g.x).length, g.axis.years.length * g.axis.step, 1);
  const wanted = width * across;
  const stretch = Math.min(MOST, Math.max(LEAST, wanted / Math.max(1, rise.length)));
  const along = new Float32Array(g.n), free = new Float32Array(g.n);
  for (let row = 0; row < g.n; row++) {
    const home = g.home[row];
    along[row] = g.x[row];
    free[row] = (g.y[home] - rise.middle) * stretch + (g.y[row] - g.y[home]);
  }
  return { x: upright ? free : along, y: upright ? along : free, axis: g.axis, r: null };
}

function spanOf(g, values) {
  let low = Infinity, high = -Infinity;
  for (let row = 0; row < g.n; row++) if (g.home[row] === row) { low = Math.min(low, values[row]); high = Math.max(high, values[row]); }
  return low > high ? { length: 1, middle: 0 } : { length: high - low, middle: (low + high) / 2 };
}

export const yearlyReviews = (g) => [...Array(g.n).keys()].filter((row) => g.kind[row] === REVIEW && !g.minor.has(row) && g.year[row] > 0)
  .sort((a, b) => g.year[a] - g.year[b]);
