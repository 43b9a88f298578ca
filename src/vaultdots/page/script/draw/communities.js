// Past three thousand dots in sight the map speaks in communities: a disc and a name for each, a
// line where two have links in common. Closer, the dots speak for themselves.
import { FONT } from "./ink.js";
import { makeRoom, measure, shorten } from "./labels.js";
import { sx, sy } from "./scale.js";

export const FOLD_AT = 3000;
const MOST_LINES = 60;
const LEAST_SHARE = 0.12; // of the largest community: smaller ones are dots only

// Where the communities stand: [{id, x, y, r (map units), count, name}], and the links in between.
export function communityMap(g, selection, pos) {
  const found = new Map();
  for (let row = 0; row < g.n; row++) {
    const id = g.community[g.home[row]];
    if (id < 0 || selection.shown[row] !== 2 || g.home[row] !== row) continue;
    const one = found.get(id) ?? { id, x: 0, y: 0, count: 0, rows: [] };
    one.x += pos.x[row]; one.y += pos.y[row]; one.count++; one.rows.push(row);
    found.set(id, one);
  }
  const list = [...found.values()].sort((a, b) => b.count - a.count);
  while (list.length > 12 && list.at(-1).count < list[0].count * LEAST_SHARE) list.pop();
  for (const one of list) {
    one.x /= one.count; one.y /= one.count;
    one.r = 20 * Math.sqrt(one.count);
    one.name = g.communities[one.id]?.name ?? "";
  }
  const lines = new Map();
  for (const e of selection.edges) {
    const a = g.community[g.home[g.from[e]]], b = g.community[g.home[g.to[e]]];
    if (a < 0 || b < 0 || a === b) continue;
    const key = Math.min(a, b) * 65536 + Math.max(a, b);
    lines.set(key, (lines.get(key) ?? 0) + 1);
  }
  const known = new Map(list.map((one) => [one.id, one]));
  const between = [...lines].sort((a, b) => b[1] - a[1]).slice(0, MOST_LINES)
    .map(([key, count]) => [known.get(Math.floor(key / 65536)), known.get(key % 65536), count]).filter(([a, b]) => a && b);
  return { list, between };
}

export function drawCommunities(ctx, cam, map, ink, words, colourOf) {
  ctx.strokeStyle = ink.edge;
  for (const [a, b, count] of map.between) {
    ctx.beginPath();
    ctx.moveTo(sx(cam, a.x), sy(cam, a.y)); ctx.lineTo(sx(cam, b.x), sy(cam, b.y));
    ctx.globalAlpha = 0.22; ctx.lineWidth = Math.min(4, 0.6 + Math.log2(1 + count) / 2);
    ctx.stroke();
  }
  for (const one of map.list) {
    ctx.beginPath();
    ctx.arc(sx(cam, one.x), sy(cam, one.y), discRadius(cam, one), 0, 2 * Math.PI);
    ctx.globalAlpha = 0.16; ctx.fillStyle = colourOf(one); ctx.fill();
    ctx.globalAlpha = 0.7; ctx.strokeStyle = colourOf(one); ctx.lineWidth = 1.2; ctx.stroke();
  }
  ctx.globalAlpha = 1;
  const room = makeRoom();
  ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.lineJoin = "round";
  for (const one of map.list.slice(0, 80)) {
    const size = Math.max(11, Math.min(17, discRadius(cam, one) * 0.32)), font = `650 ${size}px ${FONT}`, text = words.community(shorten(one.name, 22), one.count);
    const x = sx(cam, one.x), y = sy(cam, one.y), width = measure(ctx, font, text), box = [x - width / 2 - 4, y - size, x + width / 2 + 4, y + size];
    if (!room.free(box)) continue;
    room.claim(box);
    ctx.font = font; ctx.strokeStyle = ink.bg; ctx.lineWidth = 4; ctx.strokeText(text, x, y);
    ctx.fillStyle = ink.text; ctx.fillText(text, x, y);
  }
}

export const discRadius = (cam, one) => Math.max(7, Math.min(90, one.r * cam.scale));
