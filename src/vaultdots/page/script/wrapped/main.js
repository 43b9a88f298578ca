// The page of a year's cards: each drawn on its canvas, each saved as what one sees.
import { $, button, el } from "../core/dom.js";
import { drawCard, H, spokenCard, W } from "./cards.js";
import { CARD_WORDS } from "./words.js";

const page = JSON.parse($("data").textContent), root = document.documentElement, system = matchMedia("(prefers-color-scheme: dark)");
let lang = page.lang ?? (navigator.language.startsWith("ko") ? "ko" : "en");
let dark = system.matches;

const fileName = (at) => `${page.year}-${String(at + 1).padStart(2, "0")}.png`;

async function save(canvas, at) {
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
  const link = document.createElement("a"), address = URL.createObjectURL(blob);
  link.href = address;
  link.download = fileName(at);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  $("said").textContent = CARD_WORDS[lang].saved;
}

function draw() {
  const words = CARD_WORDS[lang];
  root.lang = lang;
  if (dark) root.dataset.theme = "dark"; else delete root.dataset.theme;
  $("lang").textContent = words.lang;
  $("lang").setAttribute("aria-label", words.langLabel);
  $("theme").textContent = dark ? words.light : words.dark;
  $("all").textContent = words.all;
  $("cards").replaceChildren(...page.cards.map((card, at) => {
    const canvas = el("canvas", { width: W, height: H, role: "img", "aria-label": spokenCard(page, card, words) });
    drawCard(canvas.getContext("2d"), page, card, at, words, dark);
    return el("figure", { "data-card": card.kind }, canvas, el("figcaption", {}, el("span", {}, words.of(at + 1, page.cards.length)),
      button({ "aria-label": `${words.save}: ${at + 1}`, on: { click: () => save(canvas, at) } }, words.save)));
  }));
}

$("lang").addEventListener("click", () => { lang = lang === "ko" ? "en" : "ko"; draw(); });
$("theme").addEventListener("click", () => { dark = !dark; draw(); });
$("all").addEventListener("click", async () => {
  const canvases = [...document.querySelectorAll("canvas")];
  for (let at = 0; at < canvases.length; at++) await save(canvases[at], at);
});
system.addEventListener("change", () => { dark = system.matches; draw(); });
draw();
root.dataset.ready = "true";
