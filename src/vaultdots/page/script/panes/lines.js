// The lines of a note's text with the rows that each links to; parsed once a note.
import { build } from "../core/bodies.js";
import { el } from "../core/dom.js";
import { BLOCKS } from "./text.js";

export function makeLines() {
  const known = new Map();
  return (row, html) => {
    if (!known.has(row)) known.set(row, linesOf(html));
    return known.get(row);
  };
}

// → [{line, rows, text}]; text without what is nested deeper.
function linesOf(html) {
  const box = document.createElement("div"), found = [];
  box.append(build(html, (to, label) => el("span", { "data-to": to }, label)));
  for (const block of box.querySelectorAll(BLOCKS)) {
    const spans = [...block.querySelectorAll("[data-to]")].filter((span) => span.closest(BLOCKS) === block);
    if (!spans.length) continue;
    const own = block.cloneNode(true);
    for (const deeper of own.querySelectorAll("ul, ol")) deeper.remove();
    const holder = block.closest("[data-line]");
    found.push({ line: Number(holder?.dataset.line ?? 0), rows: new Set(spans.map((span) => Number(span.dataset.to))), text: own.textContent.replace(/\s+/gu, " ").trim() });
  }
  return found;
}
