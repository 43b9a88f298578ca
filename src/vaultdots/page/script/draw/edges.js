// Links recede so that the dots can be read: the haze. The longer a link, the busier its ends and
// the fuller the map, the fainter it is; seven shades, so at most seven strokes a kind of link.
import { CONTAINS, EDGE_KINDS } from "../core/graph.js";
import { sx, sy } from "./scale.js";

const SHADES = 7;
const BUSY = 8; // links of a dot from which its own get fainter
const NEAR = 120; // px up to which a link is as strong as it can be
const COVER = 0.12; // share of the map that ink of links may cover
const WIDTH = { next: 3.2, contains: 1.2, embed: 1.4, goal: 1.6 };
const DASH = { mention: [3, 4], similar: [2, 5], tag: [1, 4], property: [1, 4], concept: [1, 4] };
const NEXT = EDGE_KINDS.indexOf("next");
export const HUB_SHARE = 0.1;
export const HUB_LEAST = 60; // a dot that touches more than this is a ring with a number

export function strokeEdge(ctx, cam, pos, a, b, curved, upright) {
  const x1 = sx(cam, pos.x[a]), y1 = sy(cam, pos.y[a]), x2 = sx(cam, pos.x[b]), y2 = sy(cam, pos.y[b]);
  ctx.moveTo(x1, y1);
  if (curved) {
    // The years are one line through the map: bent with the way of time, never a zigzag.
    const bx = upright ? 0 : (x2 - x1) * 0.45, by = upright ? (y2 - y1) * 0.45 : 0;
    ctx.bezierCurveTo(x1 + bx, y1 + by, x2 - bx, y2 - by, x2, y2);
  } else ctx.lineTo(x2, y2);
}

// Edges to draw at rest, each as [edge, row, row, opacity 0…1]; and the hubs, whose links wait for
// a hover. Opacity = 0.8 · min(1, √(8 / larger degree)) · min(1, (120 px / length)^0.6) · cover.
export function haze(g, selection, anchor, pos, cam, margin) {
  const limit = Math.max(HUB_LEAST, HUB_SHARE * selection.edges.length);
  const degree = new Int32Array(g.n), pairs = new Set(), drawn = [];
  for (const e of selection.edges) {
    const a = anchor[g.from[e]], b = anchor[g.to[e]];
    if (a !== b) { degree[a]++; degree[b]++; }
  }
  const hubs = new Set();
  for (let row = 0; row < g.n; row++) if (degree[row] > limit) hubs.add(row);
  let ink = 0;
  for (const e of selection.edges) {
    const a = anchor[g.from[e]], b = anchor[g.to[e]], kind = g.edgeKind[e];
    if (a === b || (kind !== NEXT && (hubs.has(a) || hubs.has(b)))) continue;
    const x1 = sx(cam, pos.x[a]), y1 = sy(cam, pos.y[a]), x2 = sx(cam, pos.x[b]), y2 = sy(cam, pos.y[b]);
    if (Math.max(x1, x2) < -margin || Math.min(x1, x2) > cam.w + margin || Math.max(y1, y2) < -margin || Math.min(y1, y2) > cam.h + margin) continue;
    const pair = (Math.min(a, b) * g.n + Math.max(a, b)) * EDGE_KINDS.length + kind;
    if (pairs.has(pair)) continue;
    pairs.add(pair);
    const length = Math.hypot(x2 - x1, y2 - y1), busy = Math.max(degree[a], degree[b], 1);
    const opacity = 0.8 * Math.min(1, Math.sqrt(BUSY / busy)) * Math.min(1, (NEAR / Math.max(1, length)) ** 0.6);
    ink += opacity * length;
    drawn.push([e, a, b, opacity]);
  }
  const cover = Math.min(1, (COVER * cam.w * cam.h) / Math.max(1, ink));
  for (const one of drawn) one[3] *= cover;
  return { drawn, hubs };
}

export function drawEdges(ctx, g, selection, pos, cam, drawn, ink, upright) {
  const groups = new Map();
  for (const [e, a, b, opacity] of drawn) {
    const kind = g.edgeKind[e], ghost = selection.shown[a] !== 2 || selection.shown[b] !== 2;
    const strong = kind === NEXT || kind === CONTAINS;
    const shade = strong ? SHADES : Math.min(SHADES - 1, Math.max(0, Math.floor((opacity / 0.8) * SHADES)));
    const key = (kind * (SHADES + 1) + shade) * 2 + ghost;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(a, b);
  }
  for (const key of [...groups.keys()].sort((a, b) => b - a)) {
    const ghost = key % 2, shade = (key >> 1) % (SHADES + 1), kind = EDGE_KINDS[Math.floor((key >> 1) / (SHADES + 1))];
    const ends = groups.get(key);
    ctx.beginPath();
    for (let k = 0; k < ends.length; k += 2) strokeEdge(ctx, cam, pos, ends[k], ends[k + 1], kind === "next", upright);
    ctx.setLineDash(DASH[kind] ?? []);
    ctx.lineWidth = (WIDTH[kind] ?? 1) * Math.min(1.2, Math.max(0.7, cam.scale));
    ctx.strokeStyle = kind === "next" || kind === "contains" ? ink.kind.review : kind === "goal" ? ink.kind.project : ink.edge;
    const alpha = kind === "next" ? 0.75 : kind === "contains" ? 0.45 : 0.8 * ((shade + 0.75) / SHADES);
    ctx.globalAlpha = alpha * (ghost ? 0.35 : 1);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}

export function drawHead(ctx, cam, pos, a, b, gap, colour) {
  const x1 = sx(cam, pos.x[a]), y1 = sy(cam, pos.y[a]), x2 = sx(cam, pos.x[b]), y2 = sy(cam, pos.y[b]);
  if (Math.hypot(x2 - x1, y2 - y1) < gap + 14) return;
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const x = x2 - gap * Math.cos(angle), y = y2 - gap * Math.sin(angle);
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x - 7 * Math.cos(angle - 0.38), y - 7 * Math.sin(angle - 0.38));
  ctx.lineTo(x - 7 * Math.cos(angle + 0.38), y - 7 * Math.sin(angle + 0.38));
  ctx.closePath();
  ctx.fillStyle = colour;
  ctx.fill();
}
