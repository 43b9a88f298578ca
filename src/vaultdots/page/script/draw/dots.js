// Dots, one path for all of a shape and colour: ten thousand single strokes would be a slide show.
import { kindOf, KINDS, REVIEW, SECTION, yearOf } from "../core/graph.js";
import { grouped } from "../core/numbers.js";
import { FONT, HOLLOW } from "./ink.js";
import { screenRadius, sx, sy } from "./scale.js";
import { trace } from "./shapes.js";

const RIMS = 2500; // past that the rims alone would be most of the frame
const TINY = 2.2; // px under which no shape can be told from another, and a square is quickest

export const radiusOf = (g, look, row, scale) => screenRadius(look.r[row], g.kind[row] === REVIEW && !g.minor.has(row), scale);

// rows: those to draw. look: {r, colour(row)}. alpha: of all of them.
export function drawDots(ctx, g, look, pos, cam, rows, ink, alpha = 1) {
  const groups = new Map();
  let inSight = 0;
  for (const row of rows) {
    const x = sx(cam, pos.x[row]), y = sy(cam, pos.y[row]);
    if (x < -60 || y < -60 || x > cam.w + 60 || y > cam.h + 60) continue;
    const key = `${g.kind[row]} ${look.colour(row)}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
    inSight++;
  }
  const rim = inSight < RIMS;
  const order = [...groups.keys()].sort((a, b) => parseInt(b, 10) - parseInt(a, 10));
  for (const key of order) {
    const group = groups.get(key), kind = KINDS[parseInt(key, 10)], colour = key.slice(key.indexOf(" ") + 1), hollow = HOLLOW.has(kind);
    ctx.globalAlpha = alpha;
    ctx.beginPath();
    for (const row of group) {
      const r = radiusOf(g, look, row, cam.scale), x = sx(cam, pos.x[row]), y = sy(cam, pos.y[row]);
      if (r < TINY && !rim) ctx.rect(x - r, y - r, 2 * r, 2 * r);
      else trace(ctx, kind, x, y, r);
    }
    ctx.fillStyle = hollow ? ink.bg : colour;
    ctx.strokeStyle = hollow ? colour : ink.bg;
    ctx.lineWidth = 1.5;
    ctx.setLineDash(kind === "placeholder" && cam.scale > 0.6 ? [3, 2] : []);
    if (rim || hollow) ctx.stroke();
    ctx.fill();
    ctx.setLineDash([]);
    if (kind === "review") drawRings(ctx, g, look, pos, cam, group, colour, ink);
  }
  ctx.globalAlpha = 1;
}

function drawRings(ctx, g, look, pos, cam, group, colour, ink) {
  ctx.textAlign = "center"; ctx.textBaseline = "middle";
  for (const row of group) {
    const r = radiusOf(g, look, row, cam.scale), x = sx(cam, pos.x[row]), y = sy(cam, pos.y[row]);
    ctx.beginPath();
    ctx.arc(x, y, r + (g.minor.has(row) ? 2 : 3), 0, 2 * Math.PI);
    ctx.strokeStyle = colour; ctx.lineWidth = g.minor.has(row) ? 1 : 1.5; ctx.stroke();
    if (r < 10 || yearOf(g, row) === null || g.minor.has(row)) continue;
    ctx.font = `700 ${Math.round(r * 0.82)}px ${FONT}`;
    ctx.fillStyle = ink.bg;
    ctx.fillText(`’${String(g.year[row]).slice(-2)}`, x, y + 0.5);
  }
}

// A dot that touches a tenth of everything: its links wait for a hover, the ring says how many.
export function drawHubs(ctx, g, look, pos, cam, hubs, ink) {
  ctx.textAlign = "left"; ctx.textBaseline = "middle";
  for (const row of hubs) {
    const r = radiusOf(g, look, row, cam.scale) + 4, x = sx(cam, pos.x[row]), y = sy(cam, pos.y[row]);
    ctx.beginPath(); ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.strokeStyle = ink.faint; ctx.lineWidth = 1; ctx.setLineDash([2, 3]); ctx.stroke(); ctx.setLineDash([]);
    ctx.font = `600 11px ${FONT}`; ctx.fillStyle = ink.faint;
    ctx.fillText(grouped(g.degree[row]), x + r + 4, y - r * 0.6);
  }
}

export function drawMark(ctx, g, look, pos, cam, row, ink) {
  const r = radiusOf(g, look, row, cam.scale) + (g.kind[row] === REVIEW ? 7 : g.kind[row] === SECTION ? 3 : 4);
  ctx.beginPath();
  ctx.arc(sx(cam, pos.x[row]), sy(cam, pos.y[row]), r, 0, 2 * Math.PI);
  ctx.strokeStyle = ink.accent; ctx.lineWidth = 2.5; ctx.stroke();
}

export const dotName = (g, row, words) => `${g.title[row] || g.key[row]}, ${words.kind[kindOf(g, row)] ?? ""}${yearOf(g, row) ? `, ${g.year[row]}` : ""}`;
