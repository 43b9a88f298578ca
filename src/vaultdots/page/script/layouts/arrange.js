// Which layout the state asks for, and the flight from the one before to it.
import { $ } from "../core/dom.js";
import { sizes } from "../core/metrics.js";
import { localLayout } from "./local.js";
import { mapLayout } from "./map.js";
import { tween } from "./tween.js";
import { yearsLayout } from "./years.js";

const TWEEN_MOST = 4000; // dots up to which a change of view is animated
const DOTS = 36; // px that the highest and the lowest dot reach beyond their middles
const UPRIGHT = 1.15; // of its width a stage must be high for time to run downwards

export function makeArranger(page) {
  const { g, scene } = page;
  let stop = null;

  function layoutOf(near) {
    const size = { w: $("stage").clientWidth || 1, h: $("stage").clientHeight || 1 }, upright = size.h > size.w * UPRIGHT;
    if (page.get().view === "years" && !near) return { ...yearsLayout(g, size, page.selection), upright: false };
    const pad = page.framing.pad(upright), free = { w: size.w - pad.left - pad.right, h: size.h - pad.top - pad.bottom - DOTS };
    const map = { ...mapLayout(g, free, upright), upright };
    return near && page.openRow() !== null ? { ...localLayout(g, g.home[page.openRow()], near, map), upright: false } : map;
  }

  // near: the notes of a local map, or null. Every dot flies, the camera with it.
  return (near, animate) => {
    const before = scene.pos ? { x: scene.pos.x, y: scene.pos.y, r: scene.look.r } : null;
    const layout = (page.layout = layoutOf(near)), r = layout.r ?? sizes(g, page.get().size);
    const arrive = () => { scene.pos = { x: layout.x, y: layout.y }; scene.look.r = r; scene.changed(); page.layers.refresh(); };
    scene.axis = layout.axis; scene.upright = layout.upright; scene.beside = layout.beside ?? null;
    stop?.();
    if (!animate || !before || g.n > TWEEN_MOST || page.calm.matches) { arrive(); return; }
    stop = tween({ ...before }, { x: layout.x, y: layout.y, r }, false, (pos, radius, t) => {
      scene.pos = pos; scene.look.r = radius;
      page.layers.refresh();
      if (t === 1) arrive();
    });
  };
}
