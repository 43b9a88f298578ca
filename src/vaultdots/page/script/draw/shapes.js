// The shape says the kind as well as the colour does: some readers see only one of the two.
import { svg } from "../core/dom.js";
import { HOLLOW } from "./ink.js";

const SIDES = { project: 4, book: -4, daily: 3, index: 6, attachment: 4, tag: -4, property: -4, concept: 5 };

function corners(kind, r) {
  const sides = SIDES[kind];
  if (!sides) return null;
  const n = Math.abs(sides);
  const turn = sides === 4 ? Math.PI / 4 : -Math.PI / 2;
  const reach = n === 3 ? r * 1.25 : n === 4 ? r * 1.2 : r * 1.1;
  return Array.from({ length: n }, (_, k) => {
    const a = turn + (k * 2 * Math.PI) / n;
    return [reach * Math.cos(a), reach * Math.sin(a)];
  });
}

export function trace(ctx, kind, x, y, r) {
  const points = corners(kind, r);
  if (!points) {
    ctx.moveTo(x + r, y);
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  points.forEach(([dx, dy], k) => (k ? ctx.lineTo(x + dx, y + dy) : ctx.moveTo(x + dx, y + dy)));
  ctx.closePath();
}

export function icon(kind) {
  const points = corners(kind, 5);
  const shape = points ? svg("polygon", { points: points.map((p) => p.map((c) => c.toFixed(2)).join()).join(" ") })
    : svg("circle", { r: kind === "section" ? 3 : 5 });
  return svg("svg", { viewBox: "-9 -9 18 18", "aria-hidden": "true", class: `icon k-${kind}${HOLLOW.has(kind) ? " hollow" : ""}` },
    shape, kind === "review" ? svg("circle", { r: 7.6, class: "ring" }) : null);
}
