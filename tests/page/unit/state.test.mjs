import assert from "node:assert/strict";
import test from "node:test";
import { makeMemory } from "../../../src/vaultdots/page/script/core/memory.js";
import { EMPTY, isFiltered, makeStore, toggled } from "../../../src/vaultdots/page/script/core/store.js";
import { fromHash, toHash } from "../../../src/vaultdots/page/script/core/url.js";

test("every state comes back from its address", () => {
  const state = {
    ...EMPTY, open: "회고/2024, a-b'c.md#절", view: "years", years: [2022, 2024], kinds: ["book", "daily"], edges: ["link"], tag: "a&b=c", folder: "공부/x",
    only: "orphans", hidden: ["a,b.md"], pinned: ["-c.md"], depth: 2, colour: "rule", rule: "redis #x", size: "pagerank", path: ["a.md", "b,c.md"], grown: [2020, 2021], at: [1, -2, 0.5], status: "kept",
  };
  assert.deepEqual(fromHash(toHash(state)), state);
  assert.equal(toHash(EMPTY), "#");
});

test("an address that nobody wrote is no error", () => {
  for (const hash of ["#%E0%A4%A", "#/note/%", "#?y=2022", "#?y=a-b", "#?v=nothing&n=99&at=1,2&w=a", "#?__proto__=1&k="]) {
    const state = fromHash(hash);
    assert.ok(["map", "years", "goals", "list"].includes(state.view));
    assert.ok(state.depth <= 3);
  }
});

test("those who watch are told of a change and of nothing else", () => {
  const store = makeStore({}), told = [];
  store.watch((now, before) => told.push([now.view, before.view]));
  store.set({ view: "map" });
  store.set({ view: "goals" });
  assert.deepEqual(told, [["goals", "map"]]);
  assert.throws(() => { store.get().view = "list"; });
});

test("a list is toggled, a filter is known", () => {
  assert.deepEqual(toggled(["a"], "b"), ["a", "b"]);
  assert.deepEqual(toggled(["a", "b"], "a"), ["b"]);
  assert.equal(isFiltered(EMPTY), false);
  assert.equal(isFiltered({ ...EMPTY, only: "orphans" }), true);
});

test("denied storage is no error", () => {
  const memory = makeMemory(() => { throw new Error("denied"); });
  memory.set("lang", "ko");
  assert.equal(memory.get("lang"), null);
});
