// The goals of a review: each with its fate, and the lines of later reviews that say so.
import { button, el } from "../core/dom.js";
import { kindOf } from "../core/graph.js";
import { fateMark } from "../views/marks.js";
import { icon } from "../draw/shapes.js";

export function goalItem(page, goal, { where = false } = {}) {
  const { g } = page, words = page.words();
  const next = goal.next === null ? null : page.data.goals[goal.next];
  return el("li", { class: "goal", "data-goal": goal.k },
    el("p", { class: "promise" }, fateMark(goal.status), el("span", { dir: "auto" }, goal.text), el("small", { class: `fate f-${goal.status}` }, words.fate[goal.status])),
    where ? el("p", { class: "from" }, `${words.made(goal.made)} · ${g.title[goal.row]} · ${words.line(goal.line)}`) : null,
    goal.evidence.map(([row, line, text]) => button({ class: "go evidence", on: { click: () => page.open(row) } }, icon(kindOf(g, g.home[row])),
      el("span", { class: "name" }, el("q", { dir: "auto" }, text), el("small", { dir: "auto" }, `${g.title[g.home[row]]} · ${words.line(line)}`)))),
    next ? button({ class: "go evidence", on: { click: () => page.openGoal(next.k) } }, fateMark(next.status),
      el("span", { class: "name", dir: "auto" }, next.text, el("small", {}, `${words.next}: ${words.made(next.made)}`))) : null);
}

export function goalsPart(page, goals, box) {
  box.append(el("ul", { class: "goals" }, goals.map((goal) => goalItem(page, goal))));
  if (page.goal === null) return;
  const asked = box.querySelector(`[data-goal="${page.goal}"]`);
  asked?.classList.add("asked");
  asked?.scrollIntoView({ block: "center" });
}
