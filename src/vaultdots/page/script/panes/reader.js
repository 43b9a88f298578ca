// The pane of one note: what it is, its text, what it is linked with, its goals.
import { $, button, el, glyph } from "../core/dom.js";
import { isNote, kindOf, lineOf, pathOf, tagNames, trail, yearOf } from "../core/graph.js";
import { yearlyReviews } from "../layouts/map.js";
import { icon } from "../draw/shapes.js";
import { goalsPart } from "./goals.js";
import { linksPart, linkCounts } from "./links.js";
import { textPart } from "./text.js";

const SCHEMES = /^(?:obsidian|vscode|vscodium|cursor|zed|idea|subl|mvim|txmt|emacs):\/\//u;

// page: {g, data, bodies, words(), open, close, set, get, say, point, startPath}.
export function buildReader(page, row, tab) {
  const { g } = page, words = page.words(), home = g.home[row], path = pathOf(g, row);
  const label = g.title[row] || g.key[row];
  const goals = page.data.goals.map((goal, k) => ({ ...goal, k })).filter((goal) => goal.row === home);
  const counts = linkCounts(page, row);
  const tabs = ["text", "links", goals.length ? "goals" : null].filter(Boolean);
  const readable = isNote(g, home) && page.bodies.has;
  const now = tabs.includes(tab) ? tab : readable ? "text" : "links";
  const facts = [words.kind[kindOf(g, row)] ?? kindOf(g, row), yearOf(g, row), home !== row ? words.line(lineOf(g, row)) : null].filter((fact) => fact !== null);
  const body = el("div", { id: "tabpanel", role: "tabpanel", "aria-labelledby": `tab-${now}`, tabindex: "-1" });
  const strip = el("div", { role: "tablist", "aria-label": words.tabs, class: "tabs" }, tabs.map((name) => button({
    role: "tab", id: `tab-${name}`, "aria-selected": String(name === now), "aria-controls": "tabpanel", tabindex: name === now ? "0" : "-1",
    on: {
      click: () => { page.tab = name; buildReader(page, row, name); $(`tab-${name}`).focus(); },
      keydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        event.stopPropagation();
        $(`tab-${tabs[(tabs.indexOf(name) + step + tabs.length) % tabs.length]}`).click();
      },
    },
  }, words.tab[name], name === "links" ? el("small", {}, String(counts.total)) : name === "goals" ? el("small", {}, String(goals.length)) : null)));
  const pane = $("panel");
  pane.setAttribute("aria-label", `${words.details}: ${label}`);
  pane.replaceChildren(
    el("div", { class: "head" },
      el("p", { class: "facts" }, icon(kindOf(g, row)), facts.join(" · ")), reviewWalk(page, home, words),
      button({ class: "close", "aria-label": words.close, title: words.close, on: { click: page.close } }, glyph("close"))),
    ...(home === row ? [] : [crumbs(page, row, words)]),
    el("h2", { dir: "auto" }, label),
    el("div", { class: "meta" },
      (g.aliases[row] ?? []).length ? el("p", { class: "aliases", dir: "auto" }, `${words.aliases}: ${g.aliases[row].join(", ")}`) : null,
      kindOf(g, row) === "placeholder" ? el("p", { class: "missing" }, words.missing) : null,
      path !== null ? pathLine(path, words) : null,
      tagNames(g, home).length ? el("ul", { class: "tags", "aria-label": words.tags }, tagNames(g, home).map((tag) => el("li", {}, button({ on: { click: () => page.set({ tag }) } }, `#${tag}`)))) : null,
      actions(page, row, words, path)),
    strip, body);
  pane.scrollTop = 0;
  if (now === "text") textPart(page, row, body);
  else if (now === "links") linksPart(page, row, body);
  else goalsPart(page, goals, body);
  return words.selected(label, counts.out, counts.back);
}

// ‹ 2023 · 2025 ›: from a year's review to the ones beside it.
function reviewWalk(page, home, words) {
  const { g } = page, reviews = yearlyReviews(g), at = reviews.indexOf(home);
  if (at < 0) return null;
  const step = (row, name, mark) => (row === undefined ? null : button({ class: "walk", "aria-label": `${mark(g.year[row])} ${name}: ${g.title[row]}`, title: g.title[row], on: { click: () => page.open(row) } }, mark(g.year[row])));
  return el("div", { class: "walks" }, step(reviews[at - 1], words.prevReview, (year) => `‹ ${year}`), step(reviews[at + 1], words.nextReview, (year) => `${year} ›`));
}

function crumbs(page, row, words) {
  const { g } = page;
  return el("nav", { class: "crumbs", "aria-label": words.path }, trail(g, row).slice(0, -1).map((one) =>
    button({ class: "crumb", dir: "auto", on: { click: () => page.open(one) } }, g.title[one])));
}

function pathLine(path, words) {
  const code = el("code", { dir: "ltr" }, path), copy = button({ class: "chip" }, words.copy);
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(path);
      copy.textContent = words.copied;
    } catch {
      // Without the permission the text is selected: one key away.
      getSelection().selectAllChildren(code);
      copy.textContent = words.copyFailed;
    }
  });
  return el("p", { class: "path" }, code, copy);
}

function actions(page, row, words, path) {
  const { g } = page, state = page.get(), home = g.home[row], key = g.key[home];
  const pinned = state.pinned.includes(key);
  const address = path !== null && isNote(g, home) && page.data.editor ? editorAddress(page.data.editor, path, lineOf(g, row)) : null;
  return el("div", { class: "actions" },
    button({ class: "chip", "aria-pressed": String(state.depth > 0), on: { click: () => page.set({ depth: state.depth ? 0 : 1, view: "map", open: g.key[row] }) } }, glyph("near"), words.local),
    button({ class: "chip", on: { click: () => page.startPath(row) } }, glyph("path"), words.findPath),
    button({ class: "chip", "aria-pressed": String(pinned), on: { click: () => page.set({ pinned: pinned ? state.pinned.filter((one) => one !== key) : [...state.pinned, key] }) } }, glyph("pin"), pinned ? words.unpin : words.pin),
    button({ class: "chip", on: { click: () => { page.close(); page.set({ hidden: [...state.hidden, key] }); } } }, glyph("hide"), words.hide),
    address ? el("a", { class: "chip", href: address, rel: "noreferrer" }, words.edit) : null);
}

// template: `obsidian://open?vault=…&file={path}`, with {line} where the editor understands one.
function editorAddress(template, path, line) {
  if (!SCHEMES.test(template)) return null;
  return template.replace("{path}", path.split("/").map(encodeURIComponent).join("/")).replace("{file}", encodeURIComponent(path)).replace("{line}", String(line));
}

