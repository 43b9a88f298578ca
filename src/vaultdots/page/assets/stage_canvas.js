// The same camera without a library, for the vaults where vis' object a dot is too much.
const MIN_SCALE = 0.01, MAX_SCALE = 5;

function canvasStage(box, graph, filter, paint, events) {
  const canvas = document.createElement("canvas");
  box.append(canvas);
  const ctx = canvas.getContext("2d");
  const cam = { x: 0, y: 0, scale: 1, w: 1, h: 1 };
  let asked = false, flight = 0;

  const redraw = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; paint(ctx, { ...cam }); });
  };
  const resize = () => {
    const ratio = Math.min(devicePixelRatio || 1, 2);
    [cam.w, cam.h] = [box.clientWidth || 1, box.clientHeight || 1];
    [canvas.width, canvas.height] = [Math.round(cam.w * ratio), Math.round(cam.h * ratio)];
    redraw();
  };
  new ResizeObserver(resize).observe(box);
  resize();

  const zoomTo = (px, py, factor) => {
    cancelAnimationFrame(flight);
    const scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, cam.scale * factor));
    const [dx, dy] = [px - cam.w / 2, py - cam.h / 2];
    cam.x += dx / cam.scale - dx / scale;
    cam.y += dy / cam.scale - dy / scale;
    cam.scale = scale;
    events.moved();
    redraw();
  };
  box.addEventListener("wheel", (event) => {
    event.preventDefault();
    const step = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
    zoomTo(event.offsetX, event.offsetY, Math.exp(-Math.max(-120, Math.min(120, step)) * 0.0022));
  }, { passive: false });

  const fingers = new Map();
  let held = null, travelled = 0;
  box.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    cancelAnimationFrame(flight);
    box.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    travelled = fingers.size > 1 ? Infinity : 0;
    held = event.pointerType === "mouse" ? events.dotAt(event.offsetX, event.offsetY) : null;
  });
  box.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = [event.offsetX, event.offsetY];
    const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
    travelled += Math.hypot(dx, dy);
    if (travelled < 4 && fingers.size === 1) return;
    if (fingers.size === 2) {
      const [, other] = [...fingers].find(([id]) => id !== event.pointerId);
      const spread = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]);
      zoomTo((now[0] + other[0]) / 2, (now[1] + other[1]) / 2, spread(now) / Math.max(1, spread(before)));
    }
    fingers.set(event.pointerId, now);
    events.drag(true);
    if (held) { held.x += dx / cam.scale; held.y += dy / cam.scale; }
    else { cam.x -= dx / cam.scale / fingers.size; cam.y -= dy / cam.scale / fingers.size; }
    redraw();
  });
  const lift = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (travelled < 4 && event.type === "pointerup") events.tap(event.offsetX, event.offsetY);
    if (!fingers.size) { held = null; events.drag(false); }
  };
  box.addEventListener("pointerup", lift);
  box.addEventListener("pointercancel", lift);
  box.addEventListener("dblclick", (event) => events.zoomAt(event.offsetX, event.offsetY));

  return {
    camera: () => ({ ...cam }),
    redraw,
    moved() {},
    refilter: redraw,
    go({ x, y, scale }, smooth) {
      cancelAnimationFrame(flight);
      const to = { x, y, scale: Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale)) }, from = { ...cam };
      const start = performance.now();
      const fly = (time) => {
        const t = smooth ? Math.min(1, Math.max(0, (time - start) / 350)) : 1, ease = t * t * (3 - 2 * t);
        cam.x = from.x + (to.x - from.x) * ease;
        cam.y = from.y + (to.y - from.y) * ease;
        cam.scale = from.scale * (to.scale / from.scale) ** ease;
        redraw();
        if (t < 1) flight = requestAnimationFrame(fly);
      };
      fly(start);
    },
  };
}
