// What is on the screen as a file: PNG or SVG, made by the drawing code itself; and its address.
import { $, button, svg } from "../core/dom.js";
import { svgSurface } from "../draw/surface.js";

const STYLED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "paint-order"];
const SHARP = 2; // pixels of a PNG a pixel of the screen

export function buildSaving(page, words, close) {
  const menu = $("saving");
  menu.setAttribute("aria-label", words.save);
  const done = (f) => async () => { await f(); close(); };
  menu.replaceChildren(button({ class: "item", id: "as-png", on: { click: done(() => savePng(page)) } }, words.asPng),
    button({ class: "item", id: "as-svg", on: { click: done(() => saveSvg(page)) } }, words.asSvg),
    button({ class: "item", id: "share", on: { click: done(() => share(page, words)) } }, words.share));
}

export function svgText(page) {
  if (page.get().view === "goals") return storyText(page);
  const { cam } = page.stage, surface = svgSurface(cam.w, cam.h, page.measurer);
  page.scene.base(surface, { ...cam });
  page.scene.live(surface, { ...cam });
  return surface.text();
}

// The goals are SVG already: a copy with the style that it has on the screen.
function storyText(page) {
  const stories = [...document.querySelectorAll("#goals svg.story")], width = Math.max(0, ...stories.map((story) => story.clientWidth));
  const whole = svg("svg", { width, xmlns: "http://www.w3.org/2000/svg" }, svg("rect", { width: "100%", height: "100%", fill: page.scene.ink.bg }));
  let top = 0;
  for (const story of stories) {
    const copy = story.cloneNode(true), from = story.querySelectorAll("*"), to = copy.querySelectorAll("*");
    from.forEach((node, k) => {
      const style = getComputedStyle(node);
      for (const name of STYLED) to[k].setAttribute(name, style.getPropertyValue(name));
    });
    copy.setAttribute("y", top);
    top += story.clientHeight;
    whole.append(copy);
  }
  whole.setAttribute("height", top);
  whole.setAttribute("viewBox", `0 0 ${width} ${top}`);
  return new XMLSerializer().serializeToString(whole);
}

const saveSvg = (page) => save(new Blob([svgText(page)], { type: "image/svg+xml" }), `${page.fileName()}.svg`);

async function savePng(page) {
  const canvas = document.createElement("canvas");
  if (page.get().view === "goals") {
    const text = storyText(page), image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    [canvas.width, canvas.height] = [image.naturalWidth * SHARP, image.naturalHeight * SHARP];
    const ctx = canvas.getContext("2d");
    ctx.scale(SHARP, SHARP);
    ctx.drawImage(image, 0, 0);
  } else {
    const { cam } = page.stage;
    [canvas.width, canvas.height] = [cam.w * SHARP, cam.h * SHARP];
    const ctx = canvas.getContext("2d");
    ctx.scale(SHARP, SHARP);
    page.scene.base(ctx, { ...cam });
    page.scene.live(ctx, { ...cam });
  }
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
  save(blob, `${page.fileName()}.png`);
}

export function save(blob, name) {
  const link = document.createElement("a"), address = URL.createObjectURL(blob);
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

async function share(page, words) {
  page.set({ at: [page.stage.cam.x, page.stage.cam.y, page.stage.cam.scale] });
  try {
    await navigator.clipboard.writeText(location.href);
    page.say(words.copied);
  } catch {
    page.say(location.href);
  }
}
