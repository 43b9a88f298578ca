// Legend, years and search box. Everything from a note goes in as text, never as markup.
const $ = (id) => document.getElementById(id);

function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "class") node.className = value;
    else if (name === "on") for (const [type, f] of Object.entries(value)) node.addEventListener(type, f);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

// The shape says the kind as well as the colour does: some readers see only one of the two.
function icon(kind) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-9 -9 18 18");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon k-${kind}${HOLLOW.has(kind) ? " hollow" : ""}`);
  const points = corners(kind, 5);
  const shape = document.createElementNS(svg.namespaceURI, points ? "polygon" : "circle");
  if (points) shape.setAttribute("points", points.map((p) => p.map((c) => c.toFixed(2)).join()).join(" "));
  else shape.setAttribute("r", kind === "section" ? 3 : 5);
  svg.append(shape);
  if (kind === "review") {
    const ring = document.createElementNS(svg.namespaceURI, "circle");
    ring.setAttribute("r", 7.6);
    ring.setAttribute("class", "ring");
    svg.append(ring);
  }
  return svg;
}

function count(items, key) {
  const counts = new Map();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

function buildLegend(graph, filter, words, changed) {
  const toggles = (label, names, off, draw, counts) => {
    const group = el("div", { role: "group", "aria-label": label, class: "chips" });
    for (const name of names) {
      const button = el("button", { type: "button", class: "chip", "aria-pressed": String(!off.has(name)), "data-name": name },
        draw(name), el("span", {}, words[counts.of][name] ?? name), el("small", {}, String(counts.get(name))));
      button.addEventListener("click", () => {
        off.has(name) ? off.delete(name) : off.add(name);
        button.setAttribute("aria-pressed", String(!off.has(name)));
        changed();
      });
      group.append(button);
    }
    return group;
  };
  const kinds = count(graph.nodes, (n) => n.kind), relations = count(graph.edges, (e) => e.kind);
  kinds.of = "kind"; relations.of = "edge";
  const line = (kind) => el("i", { class: `line e-${kind}`, "aria-hidden": "true" });
  $("legend").setAttribute("aria-label", words.legend);
  $("legend").replaceChildren(
    toggles(words.legend, KINDS.filter((k) => kinds.has(k)), filter.kinds, icon, kinds),
    toggles(words.relations, EDGE_KINDS.filter((k) => relations.has(k)), filter.relations, line, relations),
  );
}

// A histogram that is also the filter: a bar a year, stacked by kind; Shift takes a range.
function buildYears(graph, filter, words, changed) {
  const notes = graph.nodes.filter((n) => n.year !== null && n.kind !== "section");
  const box = $("years");
  box.hidden = notes.length === 0;
  if (!notes.length) return;
  const per = new Map();
  for (const n of notes) {
    if (!per.has(n.year)) per.set(n.year, new Map());
    const kinds = per.get(n.year);
    kinds.set(n.kind, (kinds.get(n.kind) ?? 0) + 1);
  }
  const total = (y) => [...(per.get(y)?.values() ?? [])].reduce((a, b) => a + b, 0);
  let years = [...per.keys()].sort((a, b) => a - b);
  const [first, last] = [years[0], years.at(-1)];
  // Empty years stand in the row as gaps, unless a stray date would make the row endless.
  if (last - first <= 40) years = Array.from({ length: last - first + 1 }, (_, k) => first + k);
  const top = Math.max(...years.map(total));
  let anchor = null;
  const all = el("button", { type: "button", id: "all-years", class: "chip" }, words.allYears);
  const row = el("div", { class: "bars", role: "group", "aria-label": words.years });
  const refresh = () => {
    all.hidden = filter.years.size === 0;
    for (const b of row.children) b.setAttribute("aria-pressed", String(filter.years.has(Number(b.dataset.year))));
    row.classList.toggle("some", filter.years.size > 0);
  };
  for (const year of years) {
    const stack = el("span", { class: "stack", "aria-hidden": "true" });
    for (const kind of KINDS) {
      const n = per.get(year)?.get(kind);
      if (!n) continue;
      const part = el("i", { class: `k-${kind}` });
      part.style.height = `${Math.max(2, (n / top) * 34)}px`;
      stack.append(part);
    }
    const bar = el("button", { type: "button", "data-year": year, "aria-label": words.year(year, total(year)), disabled: !total(year) },
      stack, el("span", { class: "label", "aria-hidden": "true" }, String(year)));
    bar.addEventListener("click", (event) => {
      if (event.shiftKey && anchor !== null) {
        filter.years.clear();
        for (const y of years) if (y >= Math.min(anchor, year) && y <= Math.max(anchor, year)) filter.years.add(y);
      } else {
        const only = filter.years.size === 1 && filter.years.has(year);
        filter.years.clear();
        if (!only) filter.years.add(year);
        anchor = only ? null : year;
      }
      refresh();
      changed();
    });
    row.append(bar);
  }
  all.addEventListener("click", () => { filter.years.clear(); refresh(); changed(); });
  box.setAttribute("aria-label", words.years);
  box.replaceChildren(row, all);
  refresh();
}

const SHOWN_RESULTS = 12;

function buildSearch(find, words, open) {
  const input = $("query"), list = $("results");
  let hits = [], active = -1;
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (k) => {
    active = k;
    [...list.querySelectorAll("[role=option]")].forEach((item, i) => {
      item.setAttribute("aria-selected", String(i === k));
      if (i === k) { input.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); }
    });
  };
  const choose = (k) => {
    const hit = hits[k];
    if (!hit) return;
    close();
    input.blur();
    open(hit.node);
  };
  const show = () => {
    let found = find(input.value), meant = "";
    if (!found.length && /[a-z]/iu.test(input.value)) {
      meant = asHangul(input.value);
      found = find(meant);
    }
    hits = found.slice(0, SHOWN_RESULTS);
    if (!letters(input.value).length) return close();
    list.replaceChildren(...hits.map((hit, k) => {
      const name = el("span", { class: "name", dir: "auto" }, hit.name.slice(0, hit.start),
        el("mark", {}, hit.name.slice(hit.start, hit.end)), hit.name.slice(hit.end));
      const where = hit.node.parent?.title ?? (hit.alias ? hit.node.title : "");
      const item = el("li", { role: "option", id: `hit-${k}`, "aria-selected": "false" }, icon(hit.node.kind), name,
        el("small", { dir: "auto" }, [where, hit.node.year].filter(Boolean).join(" · ")));
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(k); });
      return item;
    }));
    if (meant && hits.length) list.prepend(el("li", { class: "note" }, words().meant(meant)));
    if (!hits.length) list.append(el("li", { class: "note" }, words().none));
    if (found.length > hits.length) list.append(el("li", { class: "note" }, words().more(found.length - hits.length)));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (hits.length) mark(0);
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => { if (input.value) show(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    // While the input method composes a syllable, Enter and the arrows are its own.
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return show();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (hits.length) mark((active + step + hits.length) % hits.length);
    } else if (event.key === "Enter") { event.preventDefault(); choose(Math.max(0, active)); }
    else if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden && !input.value) input.blur();
      else if (list.hidden) input.value = "";
      else close();
    }
  });
}
