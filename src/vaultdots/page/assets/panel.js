// The side panel: what a note is and where one can go from it. All text, no live links: a path is
// something to copy, and a title that says "javascript:" is only a title.
function buildPanel(node, words, open, close) {
  const go = (other, relation, extra) => el("li", {}, el("button", { type: "button", class: "go", on: { click: () => open(other) } },
    icon(other.kind),
    el("span", { class: "name", dir: "auto" }, label(other), other.kind === "section" && other.parent && other.parent !== node
      ? el("small", { dir: "auto" }, other.parent.title) : null),
    relation ? el("small", { class: "rel" }, words.edge[relation] ?? relation) : null), extra);
  const label = (n) => n.title || n.id;
  const list = (name, items, id) => el("section", { "aria-labelledby": id },
    el("h3", { id }, name, " ", el("span", { class: "n" }, String(items.length))),
    items.length ? el("ul", {}, ...items) : el("p", { class: "none" }, words.noLinks));

  const copy = el("button", { type: "button", class: "chip" }, words.copy);
  const path = node.path === null ? null : el("code", { dir: "ltr" }, node.path);
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(node.path);
      copy.textContent = words.copied;
    } catch {
      // Without the permission the text is selected: one key away.
      getSelection().selectAllChildren(path);
      copy.textContent = words.copyFailed;
    }
  });
  const facts = [words.kind[node.kind] ?? node.kind, node.year, node.kind === "section" ? words.line(node.line) : null];
  const out = outgoing(node), back = incoming(node);
  const parts = [
    el("div", { class: "head" },
      el("p", { class: "facts" }, icon(node.kind), facts.filter((f) => f != null).join(" · ")),
      el("button", { type: "button", class: "close", "aria-label": words.close, on: { click: close } }, "×")),
    el("h2", { dir: "auto" }, label(node)),
    node.aliases.length ? el("p", { class: "aliases", dir: "auto" }, `${words.aliases}: ${node.aliases.join(", ")}`) : null,
    node.kind === "placeholder" ? el("p", { class: "missing" }, words.missing) : null,
    path && el("p", { class: "path" }, path, copy),
    node.tags.length ? el("ul", { class: "tags", "aria-label": words.tags }, ...node.tags.map((t) => el("li", {}, `#${t}`))) : null,
    node.parent ? list(words.partOf, [go(node.parent)], "p-parent") : null,
    node.sections.length ? list(words.sections, node.sections.map((s) => go(s, null,
      outgoing(s).length ? el("ul", {}, ...outgoing(s).map((e) => go(e.to, e.kind))) : null)), "p-sections") : null,
    list(words.out, out.map((e) => go(e.to, e.kind)), "p-out"),
    list(words.back, back.map((e) => go(e.from, e.kind)), "p-back"),
  ];
  $("panel").setAttribute("aria-label", `${words.details}: ${label(node)}`);
  $("panel").replaceChildren(...parts.filter(Boolean));
  $("panel").scrollTop = 0;
  return words.selected(label(node), out.length, back.length);
}

// A section's place in its note is told by its own list; it is no link of anybody's.
const outgoing = (node) => node.edges.filter((e) => e.from === node && e.kind !== "contains").sort(byKind);
const incoming = (node) => node.edges.filter((e) => e.to === node && e.from !== node && e.kind !== "contains").sort(byKind);
const byKind = (a, b) => EDGE_KINDS.indexOf(a.kind) - EDGE_KINDS.indexOf(b.kind);
