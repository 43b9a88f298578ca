// Two layers: the map at rest as one bitmap, and what lives (what is hovered, opened or dragged)
// drawn over it. While the camera moves, the bitmap moves; at rest it is drawn anew.
const PAD = 240; // px of the map beyond the edges that are there when one drags
const REST = 110; // ms without a move until the bitmap is drawn anew
const CHEAP = 1200; // dots and links up to which the bitmap is drawn at every frame

export function makeLayers(box, paintBase, paintLive) {
  const canvas = document.createElement("canvas"), base = document.createElement("canvas");
  box.append(canvas);
  const ctx = canvas.getContext("2d", { alpha: false }), under = base.getContext("2d", { alpha: false });
  const cam = { x: 0, y: 0, scale: 1, w: 1, h: 1, pad: 0 };
  let drawn = null, stale = true, cost = 0, asked = false, moving = false, rest = 0, ratio = 1, first = true;

  const resize = () => {
    ratio = Math.min(devicePixelRatio || 1, 2);
    [cam.w, cam.h] = [box.clientWidth || 1, box.clientHeight || 1];
    [canvas.width, canvas.height] = [Math.round(cam.w * ratio), Math.round(cam.h * ratio)];
    stale = true;
    redraw();
  };
  const paint = (onto, left) => {
    drawn = { ...cam, w: cam.w + 2 * PAD, h: cam.h + 2 * PAD, pad: PAD };
    onto.setTransform(ratio, 0, 0, ratio, left * ratio, left * ratio);
    cost = paintBase(onto, drawn);
  };
  const drawBase = () => {
    const [w, h] = [Math.round((cam.w + 2 * PAD) * ratio), Math.round((cam.h + 2 * PAD) * ratio)];
    if (base.width !== w || base.height !== h) [base.width, base.height] = [w, h];
    paint(under, 0);
    stale = false;
  };
  // The first frame goes straight to the screen, the same strokes where the bitmap will lie; the bitmap
  // is made once that is seen.
  const drawFirst = () => {
    first = false;
    paint(ctx, -PAD);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintLive.live(ctx, cam);
    setTimeout(redraw, REST);
  };
  // Whether the bitmap reaches as far as the camera sees.
  const covers = () => Math.abs(cam.x - drawn.x) * cam.scale < PAD * 1.2 && Math.abs(cam.y - drawn.y) * cam.scale < PAD * 1.2
    && cam.scale / drawn.scale < 2.2 && cam.scale / drawn.scale > 0.55;
  const same = () => cam.x === drawn.x && cam.y === drawn.y && cam.scale === drawn.scale;
  const frame = () => {
    asked = false;
    if (first) { drawFirst(); return; }
    if (stale || !drawn || (!same() && (!moving || cost < CHEAP || !covers()))) drawBase();
    const k = cam.scale / drawn.scale;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (!same()) paintLive.ground(ctx, cam);
    const x = (drawn.x - cam.x) * cam.scale + cam.w / 2 - (drawn.w * k) / 2, y = (drawn.y - cam.y) * cam.scale + cam.h / 2 - (drawn.h * k) / 2;
    if (k === 1) ctx.drawImage(base, Math.round(x * ratio) / ratio, Math.round(y * ratio) / ratio, drawn.w, drawn.h);
    else ctx.drawImage(base, x, y, drawn.w * k, drawn.h * k);
    paintLive.live(ctx, cam);
  };
  const redraw = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(frame);
  };
  new ResizeObserver(() => {
    if (box.clientWidth === cam.w && box.clientHeight === cam.h) return;
    resize();
    paintLive.resized();
    if (!first) frame(); // a canvas of another size is black until it is drawn: not for a frame
  }).observe(box);
  resize();
  return {
    cam, redraw,
    refresh() { stale = true; redraw(); },
    // The camera moved by hand: the bitmap follows until it rests.
    moved() {
      moving = true;
      clearTimeout(rest);
      rest = setTimeout(() => { moving = false; redraw(); }, REST);
      redraw();
    },
  };
}
