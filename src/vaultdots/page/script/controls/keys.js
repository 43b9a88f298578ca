// The keys: from dot to dot by arrow on the stage, and those that work everywhere.
import { $ } from "../core/dom.js";
import { dotName } from "../draw/dots.js";
import { sx, sy } from "../draw/scale.js";
import { drawChips } from "./chips.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ASIDE = 1.6; // how far to the side, for a step ahead, a dot still lies in a direction
const STEP = 80, ZOOM = 1.4;

export function listenToKeys(page, toggle) {
  const { g, scene } = page;
  let walking = null;

  // The nearest dot in that direction.
  function walk(dx, dy) {
    const { cam } = page.layers, rows = scene.walkable(cam), from = walking ?? scene.open;
    if (from === null || !page.selection.shown[from]) walking = rows[0] ?? null;
    else {
      let best = null, least = Infinity;
      for (const row of rows) {
        const x = scene.pos.x[row] - scene.pos.x[from], y = scene.pos.y[row] - scene.pos.y[from], ahead = x * dx + y * dy, aside = Math.abs(x * dy - y * dx);
        if (row === from || ahead <= 0 || aside > ahead * ASIDE) continue;
        const cost = ahead + aside * 2;
        if (cost < least) { least = cost; best = row; }
      }
      if (best === null) return;
      walking = best;
    }
    if (walking === null) return;
    scene.hover = walking; scene.fade = 1;
    page.say(dotName(g, walking, page.words()));
    const x = sx(cam, scene.pos.x[walking]), y = sy(cam, scene.pos.y[walking]);
    if (x < 40 || y < 60 || x > cam.w - 40 || y > cam.h - 40) page.stage.go({ x: scene.pos.x[walking], y: scene.pos.y[walking], scale: cam.scale });
    page.layers.redraw();
  }

  function onStage(event) {
    const arrow = ARROWS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrow && event.shiftKey) page.stage.pan(arrow[0] * STEP, arrow[1] * STEP);
    else if (arrow) walk(...arrow);
    else if (event.key === "Enter" && walking !== null) page.open(walking);
    else if (event.key === "+" || event.key === "=") page.stage.zoomBy(ZOOM);
    else if (event.key === "-") page.stage.zoomBy(1 / ZOOM);
    else if (event.key === "0") page.framing.go();
    else return;
    event.preventDefault();
  }

  // Back a step: a menu, the choice of a second dot, a path, the local map, the pane.
  function escape() {
    if (!$("settings").hidden || !$("saving").hidden) toggle(null, false);
    else if (page.picking !== null) { page.picking = null; drawChips(page); } else if (page.get().path) page.set({ path: null });
    else if (page.get().depth) page.set({ depth: 0 });
    else if (!$("panel").hidden) page.close();
  }

  addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, textarea, select");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      $("query").focus();
      $("query").select();
    } else if (event.key === "Escape") escape();
  });
  $("stage").addEventListener("keydown", (event) => { if (page.stage) onStage(event); });
  $("stage").addEventListener("blur", () => { if (walking !== null) { walking = null; scene.hover = null; page.layers.redraw(); } });
  $("zoom-in").addEventListener("click", () => page.stage.zoomBy(ZOOM));
  $("zoom-out").addEventListener("click", () => page.stage.zoomBy(1 / ZOOM));
  $("zoom-fit").addEventListener("click", () => page.framing.go());
}
