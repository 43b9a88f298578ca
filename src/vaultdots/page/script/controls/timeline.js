// The bar of the years: a column each, stacked by kind, the same columns as the map's; two handles
// choose a range, a click one year, and it can be played. Nothing in it moves when it is used.
import { $, button, el, glyph } from "../core/dom.js";
import { KINDS, kindOf, SECTION } from "../core/graph.js";

const BEAT = 1100; // ms a year
const HIGH = 34; // px of the highest column

export function buildTimeline(g, words, store) {
  const years = g.axis.years.filter((year) => year !== null), box = $("years");
  const per = new Map(years.map((year) => [year, new Map()])), [first, last] = [years[0], years.at(-1)];
  for (let row = 0; row < g.n; row++) {
    if (g.year[row] <= 0 || g.kind[row] === SECTION) continue;
    const kinds = per.get(Math.min(last, Math.max(first, g.year[row]))) ?? per.get(g.year[row]);
    if (kinds) kinds.set(kindOf(g, row), (kinds.get(kindOf(g, row)) ?? 0) + 1);
  }
  if (years.length < 1) { box.hidden = true; return { refresh() {} }; }
  box.hidden = false;
  const total = (year) => [...(per.get(year)?.values() ?? [])].reduce((a, b) => a + b, 0), top = Math.max(1, ...years.map(total));
  const bars = years.map((year) => {
    const stack = el("span", { class: "stack", "aria-hidden": "true" }, KINDS.filter((kind) => per.get(year).get(kind)).map((kind) => {
      const part = el("i", { class: `k-${kind}` });
      part.style.height = `${Math.max(1.5, (per.get(year).get(kind) / top) * HIGH)}px`;
      return part;
    }));
    return button({ "data-year": year, "aria-pressed": "false", on: { click: (event) => pick(year, event.shiftKey) } },
      stack, el("span", { class: "label" }, years.length > 14 ? `’${String(year).slice(-2)}` : String(year)), el("span", { class: "vh" }, words.year(year, total(year))));
  });
  const row = el("div", { class: "bars", role: "group", "aria-label": words.years }, bars);
  const handle = (name, label) => el("input", { type: "range", class: name, min: 0, max: years.length - 1, step: 1, "aria-label": label });
  const low = handle("low", words.from), high = handle("high", words.to);
  const sliders = el("div", { class: "sliders" }, el("i", { class: "track", "aria-hidden": "true" }), low, high);
  const play = button({ id: "play", class: "round", "aria-label": words.play, title: words.play, on: { click: () => (timer ? stop() : start()) } }, glyph("play"));
  const all = button({ id: "all-years", class: "chip", on: { click: () => { stop(); store.set({ years: null }); } } }, words.allYears);
  sliders.style.setProperty("--n", years.length);
  let timer = 0;

  const set = (a, b) => store.set({ years: a === 0 && b === years.length - 1 ? null : [years[a], years[b]] });
  const pick = (year, wide) => {
    stop();
    const now = store.get().years;
    if (wide && now) store.set({ years: [Math.min(now[0], year), Math.max(now[1], year)] });
    else store.set({ years: now && now[0] === year && now[1] === year ? null : [year, year] });
  };
  low.addEventListener("input", () => { stop(); set(Math.min(low.valueAsNumber, high.valueAsNumber), high.valueAsNumber); });
  high.addEventListener("input", () => { stop(); set(low.valueAsNumber, Math.max(low.valueAsNumber, high.valueAsNumber)); });
  const start = () => {
    let at = 0;
    const beat = () => {
      set(0, at);
      if (++at < years.length) timer = setTimeout(beat, BEAT); else stop();
    };
    timer = 1;
    beat();
    speak();
  };
  const stop = () => { clearTimeout(timer); timer = 0; speak(); };
  const speak = () => {
    play.replaceChildren(glyph(timer ? "pause" : "play"));
    for (const name of ["aria-label", "title"]) play.setAttribute(name, timer ? words.pause : words.play);
  };
  const refresh = () => {
    const [a, b] = store.get().years ?? [first, last];
    const from = Math.max(0, years.findIndex((year) => year >= a)), found = years.findLastIndex((year) => year <= b), to = found < 0 ? years.length - 1 : found;
    low.value = from; high.value = to;
    for (const [input, k] of [[low, from], [high, to]]) input.setAttribute("aria-valuetext", String(years[k]));
    bars.forEach((bar, k) => bar.setAttribute("aria-pressed", String(Boolean(store.get().years) && k >= from && k <= to)));
    row.classList.toggle("some", Boolean(store.get().years));
    all.disabled = !store.get().years;
    sliders.style.setProperty("--a", (from + 0.5) / years.length);
    sliders.style.setProperty("--b", (to + 0.5) / years.length);
  };
  box.setAttribute("aria-label", words.years);
  box.classList.toggle("many", years.length > 14);
  box.replaceChildren(play, el("div", { class: "time" }, row, years.length > 1 ? sliders : null), all);
  refresh();
  return { refresh, stop };
}
