// A note's text. In the margin beside a line stand the dots that it links to: pointing at one lights
// the edge on the map, pointing at an edge marks the line.
import { el } from "../core/dom.js";
import { build } from "../core/bodies.js";
import { isNote, kindOf, lineOf, sectionsOf } from "../core/graph.js";
import { icon } from "../draw/shapes.js";

export const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, td, th, summary";

export function linkButton(page, row, text) {
  const { g } = page, made = el("button", { type: "button", class: `to k-${kindOf(g, row)}`, "data-to": row, dir: "auto" }, text);
  made.addEventListener("click", () => page.open(row));
  made.addEventListener("pointerenter", () => page.point(g.home[row]));
  made.addEventListener("pointerleave", () => page.point(null));
  made.addEventListener("focus", () => page.point(g.home[row]));
  made.addEventListener("blur", () => page.point(null));
  return made;
}

export async function textPart(page, row, box) {
  const { g, bodies } = page, home = g.home[row], words = page.words();
  box.classList.add("text");
  if (!isNote(g, home)) { box.append(el("p", { class: "none" }, words.missing)); return; }
  const html = await bodies.html(bodies.rank(home));
  if (!box.isConnected) return;
  if (html === null) {
    box.append(el("p", { class: "none" }, words.noBody));
    outline(page, home, box);
    return;
  }
  const text = el("div", { class: "body" });
  text.append(build(html, (to, label) => (to < g.n ? linkButton(page, to, label) : document.createTextNode(label))));
  // The first heading says the title again.
  const head = text.firstElementChild;
  if (head && /^H[1-6]$/u.test(head.tagName) && head.textContent.trim() === g.title[home].trim()) head.remove();
  for (const cut of text.querySelectorAll(".cut")) cut.textContent = words.cut;
  margins(page, text);
  box.append(text);
  if (row !== home) goTo(text, lineOf(g, row));
}

function margins(page, text) {
  const done = new Map();
  for (const made of text.querySelectorAll("button[data-to]")) {
    const block = made.closest(BLOCKS);
    if (!block || block.closest("table, .embed")) continue;
    const rows = done.get(block) ?? done.set(block, new Set()).get(block);
    rows.add(Number(made.dataset.to));
  }
  for (const [block, rows] of done) {
    block.classList.add("linked");
    block.prepend(el("span", { class: "margin", "aria-hidden": "true" }, [...rows].slice(0, 4).map((to) => {
      const dot = el("i", {}, icon(kindOf(page.g, to)));
      dot.addEventListener("pointerenter", () => page.point(page.g.home[to]));
      dot.addEventListener("pointerleave", () => page.point(null));
      dot.addEventListener("click", () => page.open(to));
      return dot;
    })));
  }
}

// The block at a line, or the last one that begins before it.
export function goTo(text, line) {
  let best = null;
  for (const block of text.querySelectorAll("[data-line]")) if (Number(block.dataset.line) <= line) best = block;
  if (!best) return;
  best.classList.add("asked");
  best.scrollIntoView({ block: "start" });
}

// Mark the lines that link to a note: its edge is pointed at.
export function markLines(g, panel, home) {
  for (const block of panel.querySelectorAll(".marked")) block.classList.remove("marked");
  if (home === null) return;
  for (const made of panel.querySelectorAll(".body button[data-to]"))
    if (g.home[Number(made.dataset.to)] === home) made.closest(BLOCKS)?.classList.add("marked");
}

// Where a page holds no texts, the headings of a review still say what is in it.
function outline(page, home, box) {
  const { g } = page;
  const list = el("ul", { class: "outline", "aria-label": page.words().sections }, sectionsOf(g, home).map((row) => el("li", { class: `d${Math.min(4, g.depth[row])}` },
    el("button", { type: "button", class: "go", on: { click: () => page.open(row) } }, icon("section"), el("span", { class: "name", dir: "auto" }, g.title[row])))));
  if (list.childNodes.length) box.append(list);
}
