// The stage takes the pointer, the wheel, fingers and keys, and moves the camera.
import { clampScale, ux, uy } from "./scale.js";

const FLIGHT = 360; // ms
const STILL = 4; // px that a pointer may travel and still have tapped

// events: {at(px, py), tap, grab, drop, moving, hover, leave, least()}.
export function makeStage(box, layers, events, calm) {
  const { cam } = layers;
  let flight = 0;
  const zoomTo = (px, py, factor) => {
    cancelAnimationFrame(flight);
    const x = ux(cam, px), y = uy(cam, py);
    cam.scale = clampScale(cam.scale * factor, events.least());
    cam.x = x - (px - cam.w / 2) / cam.scale;
    cam.y = y - (py - cam.h / 2) / cam.scale;
    events.moving();
    layers.moved();
  };
  const go = ({ x, y, scale }, smooth = true) => {
    cancelAnimationFrame(flight);
    const from = { ...cam }, began = performance.now(), to = clampScale(scale, events.least());
    const fly = (now) => {
      const t = smooth && !calm() ? Math.min(1, Math.max(0, (now - began) / FLIGHT)) : 1, ease = t * t * (3 - 2 * t);
      cam.x = from.x + (x - from.x) * ease;
      cam.y = from.y + (y - from.y) * ease;
      cam.scale = from.scale * (to / from.scale) ** ease;
      if (t < 1) { layers.moved(); flight = requestAnimationFrame(fly); } else layers.redraw();
    };
    fly(began);
  };
  const where = (event) => { const b = box.getBoundingClientRect(); return [event.clientX - b.left, event.clientY - b.top]; };

  box.addEventListener("wheel", (event) => {
    event.preventDefault();
    const step = event.deltaY * (event.deltaMode === 1 ? 16 : 1), [px, py] = where(event);
    zoomTo(px, py, Math.exp(-Math.max(-120, Math.min(120, step)) * 0.0022));
  }, { passive: false });
  box.addEventListener("dblclick", (event) => { const [px, py] = where(event); if (events.at(px, py, event) === null) zoomTo(px, py, 1.8); });

  const fingers = new Map();
  let held = null, travelled = 0;
  box.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    cancelAnimationFrame(flight);
    box.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, where(event));
    travelled = fingers.size > 1 ? Infinity : 0;
    held = event.pointerType === "mouse" ? events.at(...where(event), event) : null;
  });
  box.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId), now = where(event);
    if (!before) { if (event.pointerType === "mouse") events.hover(...now); return; }
    const dx = now[0] - before[0], dy = now[1] - before[1];
    travelled += Math.hypot(dx, dy);
    if (travelled < STILL && fingers.size === 1) return;
    if (fingers.size === 2) {
      const [, other] = [...fingers].find(([id]) => id !== event.pointerId), spread = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]);
      zoomTo((now[0] + other[0]) / 2, (now[1] + other[1]) / 2, spread(now) / Math.max(1, spread(before)));
    }
    fingers.set(event.pointerId, now);
    if (held !== null) { events.grab(held, dx / cam.scale, dy / cam.scale); layers.redraw(); return; }
    events.moving(true);
    cam.x -= dx / cam.scale / fingers.size;
    cam.y -= dy / cam.scale / fingers.size;
    layers.moved();
  });
  const lift = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (travelled < STILL && event.type === "pointerup") events.tap(...where(event), event);
    if (!fingers.size) { held = null; events.drop(); }
  };
  box.addEventListener("pointerup", lift);
  box.addEventListener("pointercancel", lift);
  box.addEventListener("pointerleave", () => events.leave());
  return {
    cam, go, zoomTo,
    zoomBy(factor) { go({ x: cam.x, y: cam.y, scale: cam.scale * factor }); },
    pan(dx, dy) { go({ x: cam.x + dx / cam.scale, y: cam.y + dy / cam.scale, scale: cam.scale }, false); },
  };
}
