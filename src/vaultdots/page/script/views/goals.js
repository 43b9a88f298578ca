// Goal storylines: every goal is a line from the December that made it to its fate in the review
// that answers it. Colour and mark say the fate; a thread goes on where the next year takes it up.
import { button, el, svg } from "../core/dom.js";
import { endOf, lanesOf, threadsOf } from "../layouts/goals.js";
import { fateShape } from "./marks.js";
import { stepKeys } from "./steps.js";
import { drawThreads } from "./threads.js";
import { fitText } from "../draw/labels.js";
import { FONT } from "../draw/ink.js";

const ROW = 27, LANE = 40, TOP = 54, STEPS_MOST = 48;
const LEFT = 26, RIGHT = 90, PHONE = 18;
const BESIDE = 13; // px between the mark of a goal and the beginning of the next in its lane
const SHORT = 110; // px of a line under which its words stand before it

// page: see main. columns(): {left, right} of the bar of the years, px of the stage.
export function drawGoals(page, box) {
  const { data } = page, words = page.words(), state = page.get();
  const all = data.goals.map((goal, k) => ({ ...goal, k }));
  const [low, high] = state.years ?? [-Infinity, Infinity];
  const wanted = (goal) => endOf(goal) >= low && goal.made <= high && (!state.status || goal.status === state.status);
  const threads = threadsOf(data.goals).filter((thread) => thread.goals.some((k) => wanted(all[k])));
  box.setAttribute("aria-label", words.goalList);
  const inRange = (year) => year >= low && year <= high, named = state.status ? [] : data.concepts;
  if (!threads.length && !named.some((one) => one.places.some(([year]) => inRange(year)))) {
    box.replaceChildren(summary(page, all, words), el("p", { class: "nothing" }, page.bodies.has ? words.noGoals : words.noBody));
    return;
  }
  const width = box.clientWidth, down = width < 620, years = [...threads.flatMap(({ from, to }) => [from, to]), ...named.flatMap(({ places }) => [places[0][0] - 1, places.at(-1)[0]])];
  const span = { first: Math.min(...years), last: Math.max(...years) }, scale = down ? even(span, width) : decembers(box, span, width);
  const chart = !threads.length ? [header(page, all, scale, width, words)]
    : down ? [drawDown(page, all, threads, width, words)] : [header(page, all, scale, width, words), drawAcross(page, all, threads, scale, width, words)];
  if (named.length) chart.push(...drawThreads(page, scale, width, inRange).filter(Boolean));
  const scroll = box.querySelector(".chart")?.scrollTop ?? 0;
  box.replaceChildren(summary(page, all, words), el("div", { class: "chart" }, chart));
  box.querySelector(".chart").scrollTop = scroll;
}

function summary(page, all, words) {
  const state = page.get(), counts = new Map();
  for (const goal of all) counts.set(goal.status, [...(counts.get(goal.status) ?? []), goal]);
  const chips = ["kept", "partly", "carried", "dropped", "unknown", "open"].filter((fate) => counts.get(fate)?.length).map((fate) =>
    button({ class: "chip", "aria-pressed": String(state.status === fate), on: { click: () => page.set({ status: state.status === fate ? null : fate }) } },
      svg("svg", { viewBox: "-8 -8 16 16", width: 16, height: 16, class: "fatemark", "aria-hidden": "true" }, fateShape(fate)), words.fate[fate], el("small", {}, String(counts.get(fate).length))));
  return el("div", { class: "chips fates", role: "group", "aria-label": words.goalList }, chips);
}

// Decembers stand between the columns of the bar beneath: a goal for 2022 fills the column of 2022.
function decembers(box, { first, last }, width) {
  const left = box.getBoundingClientRect().left, known = [...document.querySelectorAll("#years [data-year]")].map((bar) => {
    const { left: from, right: to } = bar.getBoundingClientRect();
    return { year: Number(bar.dataset.year), from: from - left, to: to - left };
  });
  const step = known.length ? known[0].to - known[0].from : (width - LEFT - RIGHT) / Math.max(1, last - first);
  const at = new Map(known.map((one) => [one.year, one.to]));
  if (known.length) at.set(known[0].year - 1, known[0].from);
  const x = (year) => {
    if (at.has(year)) return at.get(year);
    if (!known.length) return LEFT + (year - first) * step;
    return year < known[0].year ? Math.max(10, known[0].from - 12) : Math.min(width - 16, known.at(-1).to + (year - known.at(-1).year) * step);
  };
  return { x, first, last };
}

const even = ({ first, last }, width) => ({ first, last, named: true, x: (year) => PHONE + ((year - first) / Math.max(1, last - first)) * (width - 2 * PHONE) });

function header(page, all, { x, first, last }, width, words) {
  const state = page.get(), root = svg("svg", { width, height: TOP, viewBox: `0 0 ${width} ${TOP}`, class: "story heads" });
  for (let year = first + 1; year <= last; year++) {
    const middle = (x(year - 1) + x(year)) / 2, due = all.filter((goal) => endOf(goal) === year), kept = due.filter((goal) => goal.status === "kept").length;
    root.append(svg("text", { x: middle, y: 24, class: "yearname", "text-anchor": "middle" }, String(year)));
    if (!due.length || due.every((goal) => goal.status === "open")) continue;
    root.append(svg("g", {
      class: "share", tabindex: 0, role: "button", "aria-label": `${kept}/${due.length} · ${year}: ${words.goalsOf(kept, due.length)}`,
      on: act(() => page.set({ years: state.years && state.years[0] === year && state.years[1] === year ? null : [year, year] })),
    }, svg("rect", { x: middle - 22, y: 30, width: 44, height: 18, rx: 9 }), svg("text", { x: middle, y: 43, "text-anchor": "middle" }, `${kept}/${due.length}`)));
  }
  return root;
}

function drawAcross(page, all, threads, scale, width, words) {
  const { x, first, last } = scale;
  const packed = threads.length > STEPS_MOST, { lane, count } = lanesOf(threads, packed), rise = packed ? LANE : ROW;
  const height = count * rise + 30, y = (k) => lane[k] * rise + rise / 2 + 4;
  const ctx = page.measurer, root = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "story", role: "group", "aria-label": words.goalList });
  for (let year = first; year <= last; year++) root.append(svg("line", { x1: x(year), x2: x(year), y1: 0, y2: height, class: "december" }));
  threads.forEach((thread, row) => {
    const bold = thread.goals.length > 1;
    thread.goals.forEach((k, at) => {
      // In a lane that is used again a goal begins beside the mark of the one before.
      const goal = all[k], from = x(goal.made) + (packed && at === 0 ? BESIDE : 0), to = at + 1 < thread.goals.length ? x(all[thread.goals[at + 1]].made) : x(endOf(goal));
      const node = svg("g", {
        class: `line f-${goal.status}${bold ? " thread" : ""}${page.goal === k ? " asked" : ""}`, tabindex: 0, role: "button", "data-goal": k, "data-thread": row, "data-at": at,
        "aria-label": spoken(page, goal, words), on: stepKeys(root, row, at, threads.map((one) => one.goals.length), () => page.openGoal(k)),
      });
      node.append(svg("title", {}, hover(page, goal, words)),
        svg("rect", { x: from - 4, y: y(row) - rise / 2, width: Math.max(8, to - from + 8), height: rise, class: "hit" }),
        svg("line", { x1: from, x2: to, y1: y(row) + 5, y2: y(row) + 5, class: "run" }));
      if (at === 0) node.append(svg("circle", { cx: from, cy: y(row) + 5, r: 3.2, class: "start" }));
      const place = fateShape(goal.status);
      place.setAttribute("transform", `translate(${to} ${y(row) + 5})`);
      node.append(place);
      // A goal that is still open has no room over its line: its words stand before it, where its
      // thread does not run already.
      const short = to - from < SHORT, room = Math.max(30, short ? Math.max(0, from - x(first)) - 16 : to - from - 26), font = `${bold ? 600 : 500} 12px ${FONT}`;
      if (at === 0 || (!short && goal.text !== all[thread.goals[at - 1]].text)) {
        const shown = fitText(ctx, font, goal.text, room);
        node.append(svg("text", { x: short ? from - 10 : from + 9, y: short ? y(row) + 9 : y(row) - 1, class: "words", "text-anchor": short ? "end" : "start" }, shown));
        // Who says what stands there reaches it by voice, cut short or not.
        if (shown !== goal.text) node.setAttribute("aria-label", `${shown} ${spoken(page, goal, words)}`);
      }
      root.append(node);
    });
  });
  return root;
}

// On a phone time runs down: a row a goal, threads as rails on the left.
function drawDown(page, all, threads, width, words) {
  const order = threads.flatMap((thread, row) => thread.goals.map((k, at) => ({ k, row, at }))).sort((a, b) => all[a.k].made - all[b.k].made || a.row - b.row);
  const long = threads.filter((thread) => thread.goals.length > 1), rails = new Map(long.slice(0, 8).map((thread, k) => [thread, k]));
  const left = 18 + rails.size * 10, rise = 44, heads = new Map();
  let y = 10;
  const place = new Map();
  for (const { k } of order) {
    if (!heads.has(all[k].made)) { heads.set(all[k].made, y + 18); y += 34; }
    place.set(k, y + 16);
    y += rise;
  }
  const root = svg("svg", { width, height: y + 16, viewBox: `0 0 ${width} ${y + 16}`, class: "story down", role: "group", "aria-label": words.goalList });
  for (const [year, at] of heads) root.append(svg("text", { x: left - 4, y: at, class: "yearname" }, words.made(year)));
  for (const [thread, rail] of rails) {
    const [from, to] = [place.get(thread.goals[0]), place.get(thread.goals.at(-1))];
    root.append(svg("line", { x1: 14 + rail * 10, x2: 14 + rail * 10, y1: from, y2: to, class: "rail" }));
  }
  for (const { k, row, at } of order) {
    const goal = all[k], rail = rails.get(threads[row]), mark = fateShape(goal.status), under = `${words.fate[goal.status]} · ${endOf(goal)}`;
    const shown = fitText(page.measurer, `500 13px ${FONT}`, goal.text, width - left - 30);
    mark.setAttribute("transform", `translate(${rail === undefined ? left : 14 + rail * 10} ${place.get(k)})`);
    root.append(svg("g", { class: `line f-${goal.status}${rail === undefined ? "" : " thread"}`, tabindex: 0, role: "button", "data-goal": k, "data-thread": row, "data-at": at, "aria-label": `${shown} ${under}. ${spoken(page, goal, words)}`, on: stepKeys(root, row, at, threads.map((one) => one.goals.length), () => page.openGoal(k)) },
      svg("rect", { x: 0, y: place.get(k) - rise / 2, width, height: rise, class: "hit" }), mark,
      svg("text", { x: left + 16, y: place.get(k) - 2, class: "words" }, `${shown} `), svg("text", { x: left + 16, y: place.get(k) + 14, class: "under" }, under)));
  }
  return root;
}

const act = (f) => ({ click: f, keydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); f(); } } });

const spoken = (page, goal, words) => `${goal.text}. ${words.made(goal.made)}. ${words.fate[goal.status]}${goal.evidence.length ? `: ${goal.evidence[0][2]}` : ""}`;

// Promise and answer, both with their line.
function hover(page, goal, words) {
  const { g } = page, lines = [`${goal.text}`, `${g.title[goal.row]} · ${words.line(goal.line)}`];
  for (const [row, line, text] of goal.evidence.slice(0, 2)) lines.push("", `${words.fate[goal.status]}: ${text}`, `${g.title[g.home[row]]} · ${words.line(line)}`);
  if (!goal.evidence.length && goal.status === "unknown") lines.push("", words.silence);
  return lines.join("\n");
}

