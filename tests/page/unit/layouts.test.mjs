import assert from "node:assert/strict";
import test from "node:test";
import { select } from "../../../src/vaultdots/page/script/core/select.js";
import { EMPTY } from "../../../src/vaultdots/page/script/core/store.js";
import { COLUMN_LEAST } from "../../../src/vaultdots/page/script/draw/scale.js";
import { conceptThreads } from "../../../src/vaultdots/page/script/layouts/concepts.js";
import { endOf, lanesOf, threadsOf } from "../../../src/vaultdots/page/script/layouts/goals.js";
import { localLayout } from "../../../src/vaultdots/page/script/layouts/local.js";
import { mapLayout } from "../../../src/vaultdots/page/script/layouts/map.js";
import { yearsLayout } from "../../../src/vaultdots/page/script/layouts/years.js";
import { rowsIn } from "../../../src/vaultdots/page/script/wrapped/cards.js";
import { graphOf } from "./graph.mjs";

const many = (years, each) => years.flatMap((year) => [...Array(each).keys()].map((k) => [`${year}-${k}.md`, "study", year]));
const laid = (g, size) => yearsLayout(g, size, select(g, EMPTY, null));
const DESK = { w: 1440, h: 680 }, PHONE = { w: 390, h: 570 };

test("a vault of one year has a column", () => {
  const g = graphOf([["a.md", "note", 2026], ["b.md", "note", null]]), { axis, x } = laid(g, DESK);
  assert.deepEqual(axis.years, [2026, 0]);
  assert.ok(x[g.rows.get("a.md")] < x[g.rows.get("b.md")]);
});

test("titles in the columns can be read on a desk and on a phone", () => {
  for (const size of [DESK, PHONE]) {
    const g = graphOf(many([2020, 2021, 2022, 2023, 2024, 2025], 12)), { beside, axis } = laid(g, size);
    const scale = Math.max(COLUMN_LEAST, Math.min(1.25, size.w / (axis.step * axis.years.length)));
    assert.ok(Math.min(...beside) * scale > 110, `${Math.min(...beside) * scale} px at ${size.w}`);
  }
});

test("no two dots of the years stand on one spot", () => {
  const g = graphOf(many([2023, 2024], 90)), { x, y } = laid(g, DESK);
  assert.equal(new Set([...x].map((at, row) => `${at} ${y[row]}`)).size, g.n);
});

test("the map keeps time: upright it runs down", () => {
  const g = graphOf(many([2020, 2021], 3)), across = mapLayout(g, DESK, false), down = mapLayout(g, PHONE, true);
  assert.deepEqual([...across.x], [...g.x]);
  assert.deepEqual([...down.y], [...g.x]);
});

test("around one note its neighbours stand apart", () => {
  const g = graphOf([["m.md", "note", null], ...[...Array(8).keys()].map((k) => [`${k}.md`, "note", null])]), reached = new Map([...Array(g.n).keys()].map((row) => [row, row ? 1 : 0]));
  const { x, y } = localLayout(g, 0, reached, { x: g.x, y: g.y });
  for (let a = 0; a < g.n; a++) for (let b = a + 1; b < g.n; b++) assert.ok(Math.hypot(x[a] - x[b], y[a] - y[b]) > 40);
});

test("goals that take each other up are one thread; a circle of them ends", () => {
  const goal = (made, next = null) => ({ made, target: made + 1, status: "kept", next });
  const [thread] = threadsOf([goal(2020, 1), goal(2021, 2), goal(2022)]);
  assert.deepEqual([thread.goals, thread.from, thread.to], [[0, 1, 2], 2020, 2023]);
  assert.equal(threadsOf([goal(2020, 1), goal(2021, 0)]).flatMap((one) => one.goals).length, 2);
  assert.equal(endOf({ made: 2020, target: null }), 2021);
});

test("a lane is used again only after its goal has ended", () => {
  const threads = [{ from: 2020, to: 2023 }, { from: 2021, to: 2022 }, { from: 2022, to: 2023 }, { from: 2023, to: 2024 }];
  assert.deepEqual(lanesOf(threads, true), { lane: [0, 1, 1, 0], count: 2 });
});

test("a name that went from study to project to review comes first", () => {
  const g = graphOf([["s.md", "study", 2020], ["p.md", "project", 2021], ["r.md", "review", 2023]]), at = (key, year, how) => [year, 0.5, g.rows.get(key), 1, key, how];
  const threads = conceptThreads(g, [
    { name: "twice", places: [at("s.md", 2020, "mention"), at("r.md", 2023, "review")] },
    { name: "whole", places: [at("s.md", 2020, "note"), at("p.md", 2021, "mention"), at("r.md", 2023, "review")] },
  ]);
  assert.deepEqual(threads.map((thread) => thread.name), ["whole", "twice"]);
  assert.deepEqual(threads[0].steps.map((step) => step.role), ["met", "used", "written"]);
});

test("rows of a card stay between their bounds, few of them are large", () => {
  for (const count of [1, 3, 8]) {
    const { y, step, size } = rowsIn(count, 400, 1200, 60);
    assert.ok(y - size > 400);
    assert.ok(y + (count - 1) * step < 1200);
  }
  assert.ok(rowsIn(1, 400, 1200, 60).size > rowsIn(20, 400, 1200, 60).size);
});
