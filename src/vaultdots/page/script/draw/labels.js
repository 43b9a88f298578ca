// Labels: best ranked first, each where nothing stands yet; what finds no room stays unsaid.
import { rank, REVIEW, SECTION, sectionsOf, kindOf } from "../core/graph.js";
import { FONT } from "./ink.js";
import { radiusOf } from "./dots.js";
import { sx, sy } from "./scale.js";

const TOP = 40; // the best of what is in sight say where one is, however far away the map
const MOST = 160; // more than a reader takes in, and 2 ms of measuring
const MOST_BESIDE = 700; // in columns every dot has a place for its label
const CELL = 64;
const WIDEST = 30; // half-width characters
const LEAST_BESIDE = 34; // px under which nothing can be said beside a dot
const widths = new Map();

export function measure(ctx, font, text) {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    ctx.font = font;
    widths.set(key, (width = ctx.measureText(text).width));
  }
  return width;
}

export function shorten(title, widest = WIDEST) {
  const flat = title.replace(/\s+/gu, " ").trim();
  let width = 0, out = "";
  for (const c of flat) {
    width += c.codePointAt(0) > 0x1100 ? 2 : 1;
    if (width > widest) return `${out.trimEnd()}…`;
    out += c;
  }
  return out;
}

// Places that are taken, in cells of 64 px.
export function makeRoom() {
  const taken = new Map();
  const cells = (b, f) => {
    for (let i = Math.floor(b[0] / CELL); i <= Math.floor(b[2] / CELL); i++)
      for (let j = Math.floor(b[1] / CELL); j <= Math.floor(b[3] / CELL); j++) if (f(i * 4096 + j)) return true;
    return false;
  };
  return {
    claim(b) { cells(b, (key) => { (taken.get(key) ?? taken.set(key, []).get(key)).push(b); }); },
    free: (b) => !cells(b, (key) => (taken.get(key) ?? []).some((o) => b[0] < o[2] && o[0] < b[2] && b[1] < o[3] && o[1] < b[3])),
  };
}

// The beginning of a text that is at most `room` px wide.
export function fitText(ctx, font, text, room) {
  let widest = 60, short = shorten(text, widest);
  while (widest > 4 && measure(ctx, font, short) > room) short = shorten(text, (widest = Math.floor(widest * 0.94)));
  return short;
}

// rows: best first. must: those that are said even over others. beside: row → px from the dot on that
// its label has to its right; null for a label wherever there is room.
export function drawLabels(ctx, g, look, pos, cam, rows, ink, { must = null, beside = null, room = makeRoom() } = {}) {
  const inSight = [];
  for (const row of rows) {
    const x = sx(cam, pos.x[row]), y = sy(cam, pos.y[row]);
    if (x < -20 || y < -20 || x > cam.w + 20 || y > cam.h + 20) continue;
    inSight.push(row);
    if (inSight.length > 1200) break;
  }
  // A dot is in the way of a label; a section is not: where it stands is the label of its review.
  for (const row of inSight.slice(0, 400)) {
    if (g.kind[row] === SECTION) continue;
    const ring = g.kind[row] === REVIEW, r = radiusOf(g, look, row, cam.scale) * (ring ? 1 : 0.8) + (ring ? 2 : 0), x = sx(cam, pos.x[row]), y = sy(cam, pos.y[row]);
    if (r > 3) room.claim([x - r, y - r, x + r, y + r]);
  }
  ctx.textAlign = "center"; ctx.textBaseline = "alphabetic"; ctx.lineJoin = "round";
  let count = 0;
  for (const row of inSight) {
    if (count >= (beside ? MOST_BESIDE : MOST)) break;
    const r = radiusOf(g, look, row, cam.scale), forced = must?.has(row);
    if (!forced && !beside && (g.kind[row] === SECTION ? cam.scale < 0.9 : count >= TOP && r < 3)) continue;
    const style = styleOf(g, row, cam, beside), { size } = style, title = g.title[row] || g.key[row];
    const x = sx(cam, pos.x[row]), y = sy(cam, pos.y[row]);
    const crowned = sectionsOf(g, row).length && look.unfolded(row);
    const far = crowned ? Math.max(r + 7, 36 * cam.scale) : r + (g.kind[row] === REVIEW ? 6 : 4);
    const text = beside ? fitText(ctx, style.font, title, beside(row) - far) : shorten(title), width = measure(ctx, style.font, text);
    if (beside && beside(row) - far < LEAST_BESIDE) continue;
    const right = [x + far + width / 2, y + size * 0.36];
    const spots = beside ? [right] : [[x, y + far + size * 0.85], [x, y - far - 2], right, [x - far - width / 2, y + size * 0.36]];
    const spot = spots.find(([cx, base]) => (forced || beside || (cx - width / 2 > cam.pad + 2 && cx + width / 2 < cam.w - cam.pad - 2)) && room.free([cx - width / 2 - 3, base - size, cx + width / 2 + 3, base + size * 0.3]));
    if (!spot) continue;
    room.claim([spot[0] - width / 2 - 3, spot[1] - size, spot[0] + width / 2 + 3, spot[1] + size * 0.3]);
    ctx.font = style.font;
    ctx.strokeStyle = ink.bg; ctx.lineWidth = 4; ctx.globalAlpha = 0.92; ctx.strokeText(text, ...spot);
    ctx.globalAlpha = 1;
    ctx.fillStyle = g.kind[row] === SECTION || kindOf(g, row) === "placeholder" ? ink.faint : ink.text;
    ctx.fillText(text, ...spot);
    count++;
  }
}

function styleOf(g, row, cam, beside) {
  const review = g.kind[row] === REVIEW && !g.minor.has(row);
  const size = review ? (cam.w < 720 ? 13 : 15) : g.kind[row] === SECTION ? 11 : !beside && g.degree[row] > 7 ? 13 : 12;
  const weight = review ? 700 : g.degree[row] > 7 && !beside ? 600 : 500;
  return { size, font: `${weight} ${size}px ${FONT}` };
}

export const ranked = (g, rows) => [...rows].sort((a, b) => rank(g, b) - rank(g, a) || a - b);
