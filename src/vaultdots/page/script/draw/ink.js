// The colours of the page, read from its style sheet, and the colour of each dot.
import { folderOf, KINDS, kindOf, yearOf } from "../core/graph.js";

export const FONT = 'Pretendard, "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", system-ui, sans-serif';
export const HOLLOW = new Set(["placeholder", "tag", "property", "concept"]);
export const FATES = ["kept", "partly", "carried", "dropped", "unknown", "open"];
const GROUPS = 9; // colours of communities and folders; the tenth group has the colour of "other"

export function readInk(root) {
  const style = getComputedStyle(root), get = (name) => style.getPropertyValue(name).trim();
  return {
    bg: get("--bg"), text: get("--ink"), faint: get("--faint"), edge: get("--edge"), line: get("--line"), card: get("--panel"),
    accent: get("--accent"), veil: get("--veil"), year: get("--year"), band: get("--band"), other: get("--other"),
    kind: Object.fromEntries(KINDS.map((kind) => [kind, get(`--${kind}`)])),
    fate: Object.fromEntries(FATES.map((fate) => [fate, get(`--f-${fate}`)])),
    group: Array.from({ length: GROUPS }, (_, k) => get(`--g${k}`)), ramp: [get("--r0"), get("--r1"), get("--r2"), get("--r3")],
  };
}

// t in 0…1 along the ramp of the years, early to late.
export function ramped(ramp, t) {
  const at = Math.min(0.9999, Math.max(0, t)) * (ramp.length - 1), k = Math.floor(at);
  const part = (hex, i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
  return `#${[0, 1, 2].map((i) => Math.round(part(ramp[k], i) + (part(ramp[k + 1], i) - part(ramp[k], i)) * (at - k)).toString(16).padStart(2, "0")).join("")}`;
}

// row → colour, and the entries of its legend: [[name, colour, count], …].
export function colouring(g, state, ink, named) {
  if (state.colour === "kind") return { of: (row) => ink.kind[kindOf(g, row)], legend: null };
  if (state.colour === "rule") {
    const found = new Set(state.rule ? named(state.rule).map((hit) => hit.row) : []);
    return { of: (row) => (found.has(row) || found.has(g.home[row]) ? ink.group[0] : ink.other), legend: [[state.rule, ink.group[0], found.size]] };
  }
  if (state.colour === "year") {
    const years = g.axis.years.filter((year) => year !== null), first = years[0] ?? 0, span = Math.max(1, (years.at(-1) ?? 1) - first);
    const of = (row) => (yearOf(g, row) === null ? ink.other : ramped(ink.ramp, (g.year[row] - first) / span));
    return { of, legend: years.map((year) => [String(year), ramped(ink.ramp, (year - first) / span), null]) };
  }
  const group = state.colour === "community" ? (row) => (g.community[g.home[row]] < 0 ? null : g.community[g.home[row]]) : (row) => folderOf(g, row)?.split("/")[0] ?? null;
  const counts = new Map();
  for (let row = 0; row < g.n; row++) if (g.home[row] === row && group(row) !== null) counts.set(group(row), (counts.get(group(row)) ?? 0) + 1);
  const order = [...counts].sort((a, b) => b[1] - a[1]).slice(0, GROUPS);
  const colours = new Map(order.map(([name], k) => [name, ink.group[k]]));
  const label = (name) => (state.colour === "community" ? g.communities[name]?.name ?? "" : name || "/");
  return { of: (row) => colours.get(group(row)) ?? ink.other, legend: order.map(([name, count]) => [label(name), colours.get(name), count]) };
}
