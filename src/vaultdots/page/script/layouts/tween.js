// One way from any layout to any other: every dot goes from where it stands to where it will.
const LASTS = 480;

// step(x, y, r, t) at each frame, t from 0 to 1; returns how to stop it.
export function tween(from, to, calm, step) {
  const n = to.x.length, x = new Float32Array(n), y = new Float32Array(n), r = new Float32Array(n), began = performance.now();
  let asked = 0;
  const frame = (now) => {
    const t = calm ? 1 : Math.min(1, Math.max(0, (now - began) / LASTS)), ease = t < 0.5 ? 4 * t * t * t : 1 - (-2 * t + 2) ** 3 / 2;
    for (let row = 0; row < n; row++) {
      x[row] = from.x[row] + (to.x[row] - from.x[row]) * ease;
      y[row] = from.y[row] + (to.y[row] - from.y[row]) * ease;
      r[row] = from.r[row] + (to.r[row] - from.r[row]) * ease;
    }
    step({ x, y }, r, t);
    if (t < 1) asked = requestAnimationFrame(frame);
  };
  frame(began);
  return () => cancelAnimationFrame(asked);
}
