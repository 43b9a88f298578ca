// State ⇄ address: `#/note/KEY?y=2022-2024&k=-book&v=goals`. What is not said is as always.
import { EMPTY } from "./store.js";

const LISTS = { k: "kinds", e: "edges", h: "hidden", p: "pinned" };
const CHOICES = {
  v: ["view", ["map", "years", "goals", "list"]], c: ["colour", ["kind", "year", "community", "folder", "rule"]],
  s: ["size", ["links", "pagerank", "betweenness"]], o: ["only", ["orphans"]],
  f: ["status", ["kept", "partly", "carried", "dropped", "unknown", "open"]],
};
const RANGES = { y: "years", g: "grown" };

export function toHash(state) {
  const parts = [];
  const say = (key, value) => parts.push(`${key}=${value}`);
  for (const [key, [name]] of Object.entries(CHOICES)) if (state[name] !== EMPTY[name]) say(key, state[name]);
  for (const [key, name] of Object.entries(RANGES)) if (state[name]) say(key, state[name].join("-"));
  for (const [key, name] of Object.entries(LISTS))
    if (state[name].length) say(key, state[name].map((x) => (key === "k" || key === "e" ? `-${x}` : encode(x))).join(","));
  if (state.tag) say("t", encode(state.tag));
  if (state.folder !== null) say("d", encode(state.folder));
  if (state.depth) say("n", state.depth);
  if (state.rule) say("q", encode(state.rule));
  if (state.path) say("w", state.path.map(encode).join(","));
  if (state.at) say("at", state.at.map((x) => Number(x.toPrecision(5))).join(","));
  const note = state.open === null ? "" : `/note/${encode(state.open)}`;
  return `#${note}${parts.length ? `?${parts.join("&")}` : ""}`;
}

export function fromHash(hash) {
  const body = hash.replace(/^#/u, ""), state = { ...EMPTY };
  if (body && !body.startsWith("/") && !body.startsWith("?")) return { ...state, open: decode(body) }; // of older pages
  const cut = body.indexOf("?"), path = cut < 0 ? body : body.slice(0, cut);
  if (path.startsWith("/note/")) state.open = decode(path.slice(6));
  for (const part of cut < 0 ? [] : body.slice(cut + 1).split("&")) {
    const [key, value = ""] = part.split(/=(.*)/su);
    if (Object.hasOwn(CHOICES, key) && CHOICES[key][1].includes(value)) state[CHOICES[key][0]] = value;
    else if (Object.hasOwn(RANGES, key)) state[RANGES[key]] = range(value);
    else if (Object.hasOwn(LISTS, key) && value) state[LISTS[key]] = value.split(",").map((x) => decode(x.replace(/^-/u, "")));
    else if (key === "t") state.tag = decode(value) || null;
    else if (key === "d") state.folder = decode(value);
    else if (key === "n") state.depth = Math.min(3, Math.max(0, Math.trunc(Number(value)) || 0));
    else if (key === "q") state.rule = decode(value);
    else if (key === "w" && value.split(",").length === 2) state.path = value.split(",").map(decode);
    else if (key === "at") state.at = numbers(value);
  }
  return state;
}

const encode = (text) => encodeURIComponent(text).replace(/%2F/gu, "/").replace(/[-,']/gu, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function decode(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

function range(text) {
  const ends = text.split("-").map(Number);
  return ends.length === 2 && ends.every((year) => Number.isInteger(year) && year > 0) ? [Math.min(...ends), Math.max(...ends)] : null;
}

function numbers(text) {
  const found = text.split(",").map(Number);
  return found.length === 3 && found.every(Number.isFinite) && found[2] > 0 ? found : null;
}
