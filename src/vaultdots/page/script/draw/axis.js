// The years: even columns that time runs through, the same for the map, the bar and the goals.
import { FONT } from "./ink.js";
import { sx, sy } from "./scale.js";

function* columns(cam, axis, upright) {
  const along = upright ? (t) => sy(cam, t) : (t) => sx(cam, t), length = upright ? cam.h : cam.w, step = axis.step * cam.scale;
  for (let k = 0; k < axis.years.length; k++) {
    const middle = along(axis.x0 + k * axis.step);
    if (middle + step / 2 > 0 && middle - step / 2 < length) yield { k, year: axis.years[k], middle, step };
  }
}

// Every second column is a shade darker: no lines beside those that mean something.
export function drawBands(ctx, cam, axis, ink, upright) {
  if (axis.years.length < 2) return;
  ctx.fillStyle = ink.band;
  for (const { k, middle, step } of columns(cam, axis, upright)) {
    if (k % 2) continue;
    if (upright) ctx.fillRect(0, middle - step / 2, cam.w, step); else ctx.fillRect(middle - step / 2, 0, step, cam.h);
  }
}

// undated: what is said over a column for notes without a year (0).
export function drawYears(ctx, cam, axis, ink, upright, undated) {
  if (axis.years.length < 2) return;
  const step = axis.step * cam.scale, size = nameSize(step);
  // In a narrow column every second number, or every fifth, is enough.
  const every = upright ? 1 : Math.ceil((size * 2.9) / Math.max(1, step));
  ctx.font = `700 ${size}px ${FONT}`;
  ctx.fillStyle = ink.year; ctx.textBaseline = "top"; ctx.textAlign = upright ? "left" : "center";
  for (const { k, year, middle } of columns(cam, axis, upright)) {
    if (k % every) continue;
    const text = year === null ? "⋯" : year === 0 ? undated : String(year);
    if (upright) ctx.fillText(text, 10, Math.max(8, middle - step / 2 + 8)); else ctx.fillText(text, middle, 12);
  }
}

// Where the names of the years stand on an upright screen: no label of a dot may lie over them.
export function nameBoxes(cam, axis, upright) {
  if (!upright || axis.years.length < 2) return [];
  const size = nameSize(axis.step * cam.scale);
  return [...columns(cam, axis, upright)].map(({ middle, step }) => {
    const top = Math.max(8, middle - step / 2 + 8);
    return [cam.pad + 10, top, cam.pad + 10 + size * 2.4, top + size];
  });
}

const nameSize = (step) => Math.max(12, Math.min(30, step * 0.2));

export const AXIS_HEIGHT = 52;
