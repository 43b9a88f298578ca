// What the pointer does on the stage: point, open, drag; dots, communities, edges.
import { $ } from "../core/dom.js";
import { allEdges } from "../core/graph.js";
import { sx, sy } from "../draw/scale.js";
import { markLines } from "../panes/text.js";
import { drawChips } from "./chips.js";

const HOVER_WAIT = 90, HOVER_FADE = 140; // ms
const EDGE_REACH = 6; // px from an edge at which it is pointed at
const FINGER = 18, MOUSE = 6; // px around a dot that are still the dot's

export function makePointer(page) {
  const { g, scene } = page;
  let waiting = 0, fading = 0;

  function hoverOn(row) {
    clearTimeout(waiting);
    if (row === scene.hover) return;
    if (row === null) { scene.hover = null; page.layers.redraw(); return; }
    waiting = setTimeout(() => {
      scene.hover = row;
      const began = performance.now();
      cancelAnimationFrame(fading);
      const fade = (now) => {
        scene.fade = page.calm.matches ? 1 : Math.min(1, Math.max(0, (now - began) / HOVER_FADE));
        page.layers.redraw();
        if (scene.fade < 1 && scene.hover === row) fading = requestAnimationFrame(fade);
      };
      fade(began);
    }, HOVER_WAIT);
  }

  // The edge of the opened note that is under the pointer, by the note at its other end.
  function edgeAt(px, py) {
    const row = page.openRow(), { cam } = page.layers;
    if (row === null || page.get().view !== "map") return null;
    let best = null, least = EDGE_REACH;
    for (const e of allEdges(g, g.home[row])) {
      if (!page.selection.live[e]) continue;
      const [a, b] = [g.home[g.from[e]], g.home[g.to[e]]];
      if (a === b) continue;
      const x1 = sx(cam, scene.pos.x[g.from[e]]), y1 = sy(cam, scene.pos.y[g.from[e]]), x2 = sx(cam, scene.pos.x[g.to[e]]), y2 = sy(cam, scene.pos.y[g.to[e]]);
      const length = (x2 - x1) ** 2 + (y2 - y1) ** 2 || 1, t = Math.min(1, Math.max(0, ((px - x1) * (x2 - x1) + (py - y1) * (y2 - y1)) / length));
      const d = Math.hypot(x1 + t * (x2 - x1) - px, y1 + t * (y2 - y1) - py);
      if (d < least) { least = d; best = a === g.home[row] ? b : a; }
    }
    return best;
  }

  const at = (px, py) => scene.at(page.layers.cam, px, py, page.coarse.matches ? FINGER : MOUSE);
  return {
    at,
    tap(px, py) {
      const row = at(px, py), part = row === null ? scene.communityAt(page.layers.cam, px, py) : null;
      if (row !== null) page.open(row);
      else if (part) page.framing.part(part.rows);
      else if (page.picking !== null) { page.picking = null; drawChips(page); } else if (page.get().path) page.set({ path: null });
      else if (!page.get().depth) page.close();
    },
    grab(row, dx, dy) {
      const { layout } = page;
      if (scene.lifted !== row) { scene.lifted = row; page.layers.refresh(); $("map").classList.add("dragging"); }
      for (const one of [row, ...(g.inside.get(row) ?? [])]) { layout.x[one] += dx; layout.y[one] += dy; }
      scene.pos = { x: layout.x, y: layout.y };
    },
    drop() {
      $("map").classList.remove("dragging");
      if (scene.lifted === null) return;
      scene.lifted = null;
      scene.changed();
      page.layers.refresh();
    },
    moving(dragging = false) { clearTimeout(waiting); scene.hover = null; if (dragging) $("map").classList.add("dragging"); },
    hover(px, py) {
      const row = at(px, py);
      $("map").classList.toggle("over", row !== null || Boolean(scene.communityAt(page.layers.cam, px, py)));
      hoverOn(row);
      const edge = row === null ? edgeAt(px, py) : null;
      if (edge !== scene.hint) { scene.hint = edge; markLines(g, $("panel"), edge); page.layers.redraw(); }
    },
    leave() { hoverOn(null); $("map").classList.remove("over"); if (scene.hint !== null) { scene.hint = null; page.layers.redraw(); } },
    least: () => page.framing.least(),
  };
}
