import assert from "node:assert/strict";
import test from "node:test";
import { GHOST, neighbourhood, select, shortest, SHOWN } from "../../../src/vaultdots/page/script/core/select.js";
import { grownRows, shelvesOf, without } from "../../../src/vaultdots/page/script/core/shown.js";
import { EMPTY } from "../../../src/vaultdots/page/script/core/store.js";
import { graphOf, rows } from "./graph.mjs";

const years = () => graphOf([["a.md", "study", 2021], ["b.md", "study", 2022], ["c.md", "note", null], ["r.md", "review", 2022], ["r.md#절", "section", 2022]],
  [["r.md", "r.md#절", "contains"], ["r.md#절", "a.md"], ["b.md", "c.md"]]);

test("what crosses the years is a ghost, an undated note comes along", () => {
  const g = years(), { shown } = select(g, { ...EMPTY, years: [2022, 2022] }, null), [a, b, c, r] = rows(g, ["a.md", "b.md", "c.md", "r.md"]);
  assert.deepEqual([shown[a], shown[b], shown[c], shown[r]], [GHOST, SHOWN, SHOWN, SHOWN]);
});

test("a note that is opened from outside of a filter stands alone", () => {
  const g = years(), chosen = select(g, { ...EMPTY, kinds: ["study"], open: "a.md" }, null);
  assert.equal(chosen.alone, true);
  assert.equal(chosen.shown[g.rows.get("a.md")], SHOWN);
  assert.equal(chosen.shown[g.rows.get("b.md")], 0);
});

test("a path runs through the sections of a note; none is no error", () => {
  const g = years();
  assert.deepEqual(shortest(g, ...rows(g, ["a.md", "r.md"])), rows(g, ["a.md", "r.md"]));
  assert.equal(shortest(g, ...rows(g, ["a.md", "c.md"])), null);
});

test("a hub is reached and never crossed", () => {
  const many = [...Array(60).keys()].map((k) => [`n${k}.md`, "note", null]);
  const g = graphOf([["hub.md", "index", null], ["far.md", "note", null], ...many], [...many.map(([key]) => ["hub.md", key]), ["hub.md", "far.md"], ["n1.md", "n2.md"]]);
  const reached = neighbourhood(g, g.rows.get("n1.md"), 3);
  assert.deepEqual([...reached.keys()].map((row) => g.key[row]).sort(), ["hub.md", "n1.md", "n2.md"]);
});

test("what grew is told by year, and what came later goes with its edges", () => {
  const g = years(), chosen = select(g, EMPTY, null);
  assert.deepEqual([...grownRows(g, [2021, 2022])].map((row) => g.key[row]).sort(), ["b.md", "r.md"]);
  without(g, chosen, (row) => g.key[row] === "b.md");
  assert.equal(chosen.shown[g.rows.get("b.md")], 0);
  assert.ok([...chosen.edges].every((e) => g.key[g.from[e]] !== "b.md"));
});

test("notes without links stand on a shelf a column, on one where there are no columns", () => {
  const lone = [["a.md", "note", 2021], ["b.md", "note", 2022], ["c.md", "note", null]];
  assert.equal(shelvesOf(graphOf(lone)).length, 3);
  assert.equal(shelvesOf(graphOf([["a.md", "note", 2022], ["b.md", "note", null]])).length, 1);
});
