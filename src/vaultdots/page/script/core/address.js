// The state and the address of the page, each told of the other: what is opened or looked at anew is
// a step that the browser can go back; a filter or the camera is not.
import { fromHash, toHash } from "./url.js";

const STEPS = ["open", "view", "path", "depth"];

// read(state): the address was changed by hand, or by going back.
export function keepAddress(store, read) {
  let quiet = false, reading = false;
  store.watch((state, before) => {
    if (reading) return;
    const hash = toHash(state), push = STEPS.some((name) => state[name] !== before[name]);
    try { history[push ? "pushState" : "replaceState"](null, "", hash); } catch { quiet = true; location.hash = hash; }
  });
  const changed = () => {
    if (quiet) { quiet = false; return; }
    const state = fromHash(location.hash);
    if (toHash(state) === toHash(store.get())) return;
    reading = true;
    store.set(state);
    reading = false;
    read(state);
  };
  addEventListener("hashchange", changed);
  addEventListener("popstate", changed);
}
