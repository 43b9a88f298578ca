// Where the camera has to stand: over the whole picture, over a note with its links, over a path.
import { $ } from "../core/dom.js";
import { ego, SHOWN } from "../core/select.js";
import { isFiltered } from "../core/store.js";
import { AXIS_HEIGHT } from "./axis.js";
import { bounds, COLUMN_LEAST, fitted, MIN_SCALE, sx, sy } from "./scale.js";

const NARROW = 720; // px of a stage under which nothing stands beside the map
const CLOSEST = 1.5; // scale to which a small picture is brought near
const ROOM_LOCAL = 1.2; // the same around one note, whose dots are few

export function makeFraming(page) {
  const { g, scene } = page;
  const years = () => page.get().view === "years" && !scene.near;

  // On a wide stage the map's columns stand over those of the bar.
  function pad(upright = scene.upright) {
    const bar = document.querySelector("#years .time")?.getBoundingClientRect(), box = $("stage").getBoundingClientRect();
    const wide = box.width > NARROW && !upright && page.get().view === "map" && !scene.near && bar?.width;
    return {
      top: ((g.axis.years.length > 1 || years()) && !upright ? AXIS_HEIGHT : 16) + 12, bottom: 40,
      left: wide ? Math.max(20, bar.left - box.left) : upright ? 50 : 24, right: wide ? Math.max(20, box.right - bar.right) : 24,
    };
  }

  function wholeBounds() {
    const { layout, selection } = page, rows = [];
    for (let row = 0; row < g.n; row++) if (selection.shown[row] === SHOWN && (g.home[row] === row || (scene.near && scene.isUnfolded(g.home[row], 1)))) rows.push(row);
    const b = bounds({ x: layout.x, y: layout.y }, layout.r ?? scene.look.r, rows.length ? rows : [...Array(g.n).keys()]);
    const { axis } = scene;
    // The years fill the width of the bar beneath, one scale for both; what is not dated may stand outside.
    if (axis.years.length > 1 && !isFiltered(page.get())) {
      const low = axis.x0 - axis.step / 2, high = axis.x0 + (axis.years.length - 0.5) * axis.step;
      if (scene.upright) { b.top = Math.min(b.top, low); b.bottom = Math.max(b.bottom, high); } else { b.left = low; b.right = high; }
    }
    return b;
  }

  const fit = () => fitted(wholeBounds(), page.layers.cam, pad(), scene.near ? ROOM_LOCAL : CLOSEST);

  function whole() {
    const { cam } = page.layers, b = wholeBounds(), space = pad(), to = fit();
    if (!years()) return to;
    // Where the columns would be too narrow to read, the last ones are shown, and the rest is a drag away.
    if (to.scale < COLUMN_LEAST && (b.right - b.left) * COLUMN_LEAST > cam.w - space.left - space.right) {
      to.scale = COLUMN_LEAST;
      to.x = Math.max(b.left + (cam.w / 2 - space.left) / to.scale, page.layout.last - (cam.w / 2 - space.right) / to.scale);
    }
    // Shelves hang from the top.
    to.y = Math.max(to.y, b.top + (cam.h / 2 - space.top) / to.scale);
    return to;
  }

  return {
    pad,
    whole,
    go(smooth = true) { page.stage.go(whole(), smooth); },
    // Nothing is gained by a map that is a speck.
    least: () => (page.layout ? Math.max(MIN_SCALE, Math.min(0.5, fit().scale * 0.5)) : MIN_SCALE),
    // Bring a note and all that it is linked to into sight, if they are not.
    reveal(row, smooth = true) {
      const { layout, selection } = page, { cam } = page.layers;
      if (!selection.shown[row]) return;
      const near = ego(g, row, selection).rows, pos = { x: layout.x, y: layout.y }, sheet = innerWidth <= 760 && !$("panel").hidden ? Math.min($("panel").offsetHeight - $("years").offsetHeight, cam.h - 120) : 0;
      const space = { left: 50, right: 50, top: (scene.upright ? 20 : AXIS_HEIGHT) + 16, bottom: 40 + Math.max(0, sheet) };
      const b = bounds(pos, scene.look.r, near);
      const inside = sx(cam, b.left) > space.left && sx(cam, b.right) < cam.w - space.right && sy(cam, b.top) > space.top && sy(cam, b.bottom) < cam.h - space.bottom;
      if (inside && (b.right - b.left) * cam.scale > 120) return;
      const to = fitted(b, cam, space, 1.1), close = Math.max(cam.scale, 0.6);
      page.stage.go(to.scale < 0.35 ? { x: pos.x[row], y: pos.y[row] + (space.bottom - space.top) / 2 / close, scale: close } : to, smooth);
    },
    path() {
      page.stage.go(fitted(bounds(scene.pos, scene.look.r, scene.path), page.layers.cam, { left: 90, right: 90, top: AXIS_HEIGHT + 30, bottom: 70 }, 1.2));
    },
    part(rows) {
      page.stage.go(fitted(bounds(scene.pos, scene.look.r, rows), page.layers.cam, { left: 60, right: 60, top: 80, bottom: 60 }, 1.2));
    },
  };
}
