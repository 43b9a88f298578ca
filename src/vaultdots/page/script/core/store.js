// One frozen state; whoever changes it says what, whoever shows it is told.
export const EMPTY = Object.freeze({
  open: null, view: "map", years: null, kinds: Object.freeze([]), edges: Object.freeze([]), tag: null, folder: null,
  only: null, hidden: Object.freeze([]), pinned: Object.freeze([]), depth: 0, colour: "kind", size: "links", rule: "",
  path: null, grown: null, at: null, status: null,
});

export function makeStore(first) {
  let state = Object.freeze({ ...EMPTY, ...first });
  const watchers = [];
  return {
    get: () => state,
    set(patch) {
      const before = state;
      if (Object.keys(patch).every((key) => Object.is(patch[key], before[key]))) return;
      state = Object.freeze({ ...state, ...patch });
      for (const watch of watchers) watch(state, before);
    },
    watch(f) { watchers.push(f); },
  };
}

export const toggled = (list, name) => (list.includes(name) ? list.filter((x) => x !== name) : [...list, name]);
export const isFiltered = (s) => Boolean(s.years || s.kinds.length || s.edges.length || s.tag || s.folder || s.only || s.hidden.length);
