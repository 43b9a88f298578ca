// Building elements. Everything that a note says goes in as text, never as markup.
export const $ = (id) => document.getElementById(id);

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "class") node.className = value;
    else if (name === "on") for (const [type, f] of Object.entries(value)) node.addEventListener(type, f);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

export const button = (props, ...children) => el("button", { type: "button", ...props }, ...children);

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "on") for (const [type, f] of Object.entries(value)) node.addEventListener(type, f);
    else if (value != null && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

// A line icon, 16 × 16, drawn with the colour of the text around it.
const GLYPHS = {
  map: "M3 11.5 6 5l5 3 2.500-4.500M3 11.500l8-3.500", years: "M3 2v12M8 2v12M13 2v12", goals: "M2 4h6l4 4-4 4H2", list: "M5 4h9M5 8h9M5 12h9M2 4h.01M2 8h.01M2 12h.01",
  filter: "M2 4h12M4 8h8M6.500 12h3", insight: "M8 1.500a4.500 4.500 0 0 1 2.500 8.200V12h-5V9.700A4.500 4.500 0 0 1 8 1.500zM6 14.500h4", save: "M8 2v8m-3-3 3 3 3-3M2 13.500h12",
  play: "M5 3l8 5-8 5z", pause: "M5 3v10M11 3v10", fit: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4", near: "M8 6a2 2 0 1 0 .01 0M8 1.500v2M8 12.500v2M1.500 8h2M12.500 8h2",
  path: "M3 12.500a1.500 1.500 0 1 0 .01 0M13 3.500a1.500 1.500 0 1 0 .01 0M4 11c3-1 5-3 7.500-6", pin: "M8 14V9M4.500 9h7L10 5.500V2H6v3.500z", hide: "M2 8s2.500-4 6-4 6 4 6 4-2.500 4-6 4-6-4-6-4zM3 13 13 3", close: "M4 4l8 8M12 4l-8 8",
};

export const glyph = (name) => svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", class: "glyph" },
  svg("path", { d: GLYPHS[name], fill: "none", stroke: "currentColor", "stroke-width": 1.5, "stroke-linecap": "round", "stroke-linejoin": "round" }));
