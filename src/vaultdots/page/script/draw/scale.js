// Map units ⇄ screen: a camera looks at (x, y) and shows `scale` pixels a unit on w × h pixels.
export const MIN_SCALE = 0.01;
export const MAX_SCALE = 5;
export const COLUMN_LEAST = 0.7; // scale of the years under which no title can be read in a column

export const clampScale = (scale, least = MIN_SCALE) => Math.min(MAX_SCALE, Math.max(least, scale));
export const sx = (cam, x) => (x - cam.x) * cam.scale + cam.w / 2;
export const sy = (cam, y) => (y - cam.y) * cam.scale + cam.h / 2;
export const ux = (cam, px) => (px - cam.w / 2) / cam.scale + cam.x;
export const uy = (cam, py) => (py - cam.h / 2) / cam.scale + cam.y;

// Size on screen: dots shrink slower than the map, so that from far away they are still dots.
export function screenRadius(r, review, scale) {
  return Math.max(r * Math.min(scale ** 0.8, 2.2), review ? 5.5 : 1.6);
}

export function bounds(pos, r, rows) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const row of rows) {
    left = Math.min(left, pos.x[row] - r[row]); right = Math.max(right, pos.x[row] + r[row]);
    top = Math.min(top, pos.y[row] - r[row]); bottom = Math.max(bottom, pos.y[row] + r[row]);
  }
  return { left, top, right, bottom };
}

// The camera that shows `b` inside the stage, `pad` pixels from its edges.
export function fitted(b, size, pad, most, least = MIN_SCALE) {
  const w = Math.max(60, size.w - pad.left - pad.right), h = Math.max(60, size.h - pad.top - pad.bottom);
  const scale = clampScale(Math.min(most, w / Math.max(1, b.right - b.left), h / Math.max(1, b.bottom - b.top)), least);
  return {
    x: (b.left + b.right) / 2 + (pad.right - pad.left) / 2 / scale,
    y: (b.top + b.bottom) / 2 + (pad.bottom - pad.top) / 2 / scale, scale,
  };
}
