// The edge of the pane: it is as wide, on a telephone as high, as one draws it, by hand or by keys.
import { $ } from "../core/dom.js";

const PANE_LEAST = 320, PANE_MOST = 720; // px

export function paneHandle() {
  const root = document.documentElement;
  const handle = $("grip"), narrow = () => innerWidth <= 760;
  const set = (size) => {
    if (narrow()) root.style.setProperty("--sheet", `${[30, 60, 100].reduce((a, b) => (Math.abs(b - size) < Math.abs(a - size) ? b : a))}dvh`);
    else root.style.setProperty("--pane", `${Math.min(PANE_MOST, Math.max(PANE_LEAST, size))}px`);
  };
  const follow = (event) => set(narrow() ? ((innerHeight - event.clientY) / innerHeight) * 100 : innerWidth - event.clientX);
  handle.addEventListener("pointerdown", (event) => { handle.setPointerCapture(event.pointerId); handle.addEventListener("pointermove", follow); });
  for (const end of ["pointerup", "pointercancel"]) handle.addEventListener(end, () => handle.removeEventListener("pointermove", follow));
  handle.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: 40, ArrowUp: 40, ArrowRight: -40, ArrowDown: -40 }[event.key];
    if (!step) return;
    event.preventDefault();
    set(narrow() ? ($("panel").offsetHeight / innerHeight) * 100 + Math.sign(step) * 30 : $("panel").offsetWidth + step);
  });
}
