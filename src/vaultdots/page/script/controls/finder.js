// The search box: a combobox with a status beside it, never a list without options.
import { $, button, el } from "../core/dom.js";
import { kindOf, trail, yearOf } from "../core/graph.js";
import { asHangul, letters } from "../core/search.js";
import { icon } from "../draw/shapes.js";

const SHOWN = 10;
const BODY_AFTER = 2; // letters from which the texts are searched too

export function buildFinder(g, search, bodies, words, open, openList) {
  const input = $("query"), list = $("results"), note = $("found");
  let hits = [], active = -1, asked = 0;
  const close = () => {
    list.hidden = note.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (k) => {
    active = k;
    [...list.children].forEach((item, i) => {
      item.setAttribute("aria-selected", String(i === k));
      if (i === k) { input.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); }
    });
  };
  const choose = (k) => {
    if (!hits[k]) return;
    close();
    input.blur();
    open(hits[k].row);
  };
  const option = (hit, k) => {
    const name = el("span", { class: "name", dir: "auto" }), where = [];
    let at = 0;
    for (const [start, end] of hit.marks) {
      if (start < at) continue;
      name.append(hit.name.slice(at, start), el("mark", {}, hit.name.slice(start, end)));
      at = end;
    }
    name.append(hit.name.slice(at));
    if (g.home[hit.row] !== hit.row) where.push(trail(g, hit.row).slice(0, -1).map((row) => g.title[row]).join(" › "));
    else if (hit.alias) where.push(g.title[hit.row]);
    if (hit.folder) where.push(hit.folder);
    if (yearOf(g, hit.row)) where.push(g.year[hit.row]);
    const item = el("li", { role: "option", id: `hit-${k}`, "aria-selected": "false" }, icon(kindOf(g, hit.row)),
      el("span", { class: "what" }, name, hit.quote ? el("small", { class: "quote", dir: "auto" }, hit.quote) : null),
      el("small", { dir: "auto", class: "where" }, where.join(" · ")));
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(k); });
    return item;
  };
  const draw = (text) => {
    const texts = letters(text).length >= BODY_AFTER ? (row) => (g.home[row] === row ? bodies.plain(bodies.rank(row)) : null) : null;
    let found = search.find(text, texts), meant = "";
    if (!found.length && /[a-z]/iu.test(text)) {
      meant = asHangul(text);
      found = search.find(meant, texts);
    }
    hits = found.slice(0, SHOWN);
    if (!letters(text).length) return close();
    list.replaceChildren(...hits.map(option));
    list.hidden = !hits.length;
    const rest = found.length - hits.length;
    note.replaceChildren(...[meant && hits.length ? el("span", {}, words().meant(meant)) : null, hits.length ? null : el("span", {}, words().none),
      rest > 0 ? button({ class: "more", tabindex: "-1", on: { pointerdown: (event) => { event.preventDefault(); close(); openList(meant || text, found); } } }, words().more(rest)) : null].filter(Boolean));
    note.hidden = !note.childNodes.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (hits.length) mark(0); else input.removeAttribute("aria-activedescendant");
  };
  const show = async () => {
    const mine = ++asked, text = input.value;
    draw(text);
    if (letters(text).length < BODY_AFTER || !bodies.has || bodies.open) return;
    await bodies.all();
    bodies.open = true;
    if (mine === asked && document.activeElement === input) draw(input.value);
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => { if (input.value) show(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    // While the input method composes a syllable, Enter and the arrows are its own.
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) { show(); return; }
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (hits.length) mark((active + step + hits.length) % hits.length);
    } else if (event.key === "Enter" && event.altKey) { event.preventDefault(); note.querySelector("button")?.dispatchEvent(new Event("pointerdown")); }
    else if (event.key === "Enter") { event.preventDefault(); choose(Math.max(0, active)); }
    else if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden && note.hidden && !input.value) input.blur();
      else if (list.hidden && note.hidden) input.value = "";
      else close();
    }
  });
}
