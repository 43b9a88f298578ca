// The surroundings of one note, laid out anew: it stands in the middle, rings are steps, and a short
// walk of forces keeps what is linked together.
const RING = 130, ROUNDS = 140, PUSH = 5200, PULL = 0.035, HOLD = 0.08, MANY = 420;

// reached: row → steps from the middle. map: the places to start from.
export function localLayout(g, middle, reached, map) {
  const rows = [...reached.keys()], x = new Float32Array(g.n), y = new Float32Array(g.n), at = new Map(rows.map((row, k) => [row, k]));
  const rings = new Map();
  for (const [row, step] of reached) rings.set(step, [...(rings.get(step) ?? []), row]);
  const px = new Float64Array(rows.length), py = new Float64Array(rows.length), far = new Float64Array(rows.length);
  for (const [step, ring] of rings) {
    const radius = step === 0 ? 0 : Math.max(RING * step, (ring.length * 30) / (2 * Math.PI));
    const turned = ring.sort((a, b) => angle(map, middle, a) - angle(map, middle, b) || a - b);
    turned.forEach((row, k) => {
      const turn = (2 * Math.PI * k) / ring.length - Math.PI / 2, one = at.get(row);
      px[one] = radius * Math.cos(turn); py[one] = radius * Math.sin(turn); far[one] = radius;
    });
  }
  const links = linksAmong(g, reached, at);
  for (let round = 0; round < (rows.length > MANY ? 0 : ROUNDS); round++) {
    const fx = new Float64Array(rows.length), fy = new Float64Array(rows.length), heat = 14 * (1 - round / ROUNDS) + 0.4;
    for (let a = 0; a < rows.length; a++) for (let b = a + 1; b < rows.length; b++) {
      const dx = px[a] - px[b], dy = py[a] - py[b], d2 = dx * dx + dy * dy + 25, f = PUSH / d2 / Math.sqrt(d2) * 10;
      fx[a] += dx * f; fy[a] += dy * f; fx[b] -= dx * f; fy[b] -= dy * f;
    }
    for (const [a, b] of links) {
      const dx = px[b] - px[a], dy = py[b] - py[a];
      fx[a] += dx * PULL; fy[a] += dy * PULL; fx[b] -= dx * PULL; fy[b] -= dy * PULL;
    }
    for (let a = 0; a < rows.length; a++) {
      if (rows[a] === middle) continue;
      const d = Math.hypot(px[a], py[a]) || 1, off = far[a] - d;
      fx[a] += (px[a] / d) * off * HOLD * 4; fy[a] += (py[a] / d) * off * HOLD * 4;
      const move = Math.hypot(fx[a], fy[a]) || 1, most = Math.min(heat, move);
      px[a] += (fx[a] / move) * most; py[a] += (fy[a] / move) * most;
    }
  }
  for (let row = 0; row < g.n; row++) {
    const one = at.get(g.home[row]);
    x[row] = (one === undefined ? 0 : px[one]) + (g.home[row] === row ? 0 : g.x[row] - g.x[g.home[row]]);
    y[row] = (one === undefined ? 0 : py[one]) + (g.home[row] === row ? 0 : g.y[row] - g.y[g.home[row]]);
  }
  return { x, y, axis: { years: [], x0: 0, step: 1 }, r: null };
}

const angle = (map, middle, row) => Math.atan2(map.y[row] - map.y[middle], map.x[row] - map.x[middle]);

function linksAmong(g, reached, at) {
  const pairs = new Map();
  for (let e = 0; e < g.m; e++) {
    const a = g.home[g.from[e]], b = g.home[g.to[e]];
    if (a !== b && reached.has(a) && reached.has(b)) pairs.set(Math.min(a, b) * g.n + Math.max(a, b), [at.get(a), at.get(b)]);
  }
  return pairs.values();
}
