// Names as threads beneath the goals: first met → used in a project → written about.
import { button, el, svg } from "../core/dom.js";
import { kindOf } from "../core/graph.js";
import { conceptThreads } from "../layouts/concepts.js";
import { FONT } from "../draw/ink.js";
import { fitText, measure } from "../draw/labels.js";
import { stepKeys } from "./steps.js";

const RISE = 34, FEW = 12, FIRST = 12, NAMES = 20; // px of a row; threads before one asks for all; px over the first row; px of the years' names
const NAME = `600 12px ${FONT}`, LEFT = 16;
const ROLES = ["met", "used", "written", "named"];
const SHAPES = {
  met: ["circle", { r: 5, class: "empty" }], used: ["rect", { x: -5, y: -5, width: 10, height: 10, class: "full" }],
  written: ["circle", { r: 5.5, class: "full" }], named: ["circle", { r: 2.5, class: "full" }],
};

const mark = (role) => svg("g", { class: `mark r-${role}` }, svg(...SHAPES[role]));

// scale: {x(year), first, last, named}: Decembers, so that a year fills the column before its own;
// named: the years are to be named here, as nothing above does.
export function drawThreads(page, scale, width, wanted) {
  const { g, data } = page, words = page.words();
  const all = conceptThreads(g, data.concepts).filter((thread) => thread.steps.some((step) => wanted(step.year)));
  if (!all.length) return [];
  const threads = page.allThreads ? all : all.slice(0, FEW), counts = threads.map((thread) => thread.steps.length);
  const top = FIRST + (scale.named ? NAMES : 0), height = threads.length * RISE + top + 12, place = (step) => scale.x(step.year - 1) + (scale.x(step.year) - scale.x(step.year - 1)) * step.part;
  const root = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "story threads", role: "group", "aria-label": words.concepts });
  for (let year = scale.first; year <= scale.last; year++) root.append(svg("line", { x1: scale.x(year), x2: scale.x(year), y1: 0, y2: height, class: "december" }));
  if (scale.named) for (let year = scale.first + 1; year <= scale.last; year++) root.append(svg("text", { x: (scale.x(year - 1) + scale.x(year)) / 2, y: 16, class: "under", "text-anchor": "middle" }, `’${String(year).slice(-2)}`));
  threads.forEach((thread, row) => {
    const y = top + row * RISE + RISE / 2 + 5, xs = apart(thread.steps.map(place)), wide = Math.max(60, width - xs[0] - LEFT);
    const name = fitText(page.measurer, NAME, thread.name, wide), from = Math.max(4, Math.min(xs[0] - 4, width - measure(page.measurer, NAME, name) - 6));
    root.append(svg("line", { x1: xs[0], x2: xs.at(-1), y1: y, y2: y, class: "run" }), svg("text", { x: from, y: y - 10, class: "words" }, name));
    thread.steps.forEach((step, at) => {
      const said = `${thread.name}, ${step.year}: ${words.role[step.role]}. ${step.text}`, shape = mark(step.role);
      shape.setAttribute("transform", `translate(${xs[at]} ${y})`);
      root.append(svg("g", {
        class: `step k-${kindOf(g, g.home[step.row])}`, tabindex: 0, role: "button", "data-thread": row, "data-at": at, "aria-label": said,
        on: stepKeys(root, row, at, counts, () => page.open(step.row)),
      }, svg("title", {}, `${thread.name} · ${words.role[step.role]}\n${step.text}\n${g.title[g.home[step.row]]} · ${words.line(step.line)}`),
      svg("circle", { cx: xs[at], cy: y, r: 12, class: "hit" }), shape));
    });
  });
  const more = all.length > threads.length ? button({ class: "chip", on: { click: () => { page.allThreads = true; page.showView(); } } }, words.allConcepts(all.length)) : null;
  const key = ROLES.filter((role) => threads.some((thread) => thread.roles.has(role))).map((role) => el("span", { class: "chip still" },
    svg("svg", { viewBox: "-8 -8 16 16", width: 16, height: 16, class: "fatemark k-study", "aria-hidden": "true" }, mark(role)), words.role[role]));
  return [el("div", { class: "threadhead" }, el("h2", {}, words.concepts), el("div", { class: "chips" }, key)), root, more];
}

// Marks of one day or of days that lie together stand beside each other.
function apart(xs) {
  const out = [];
  for (const x of xs) out.push(out.length ? Math.max(x, out.at(-1) + 13) : x);
  return out;
}
