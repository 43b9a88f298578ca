// The pane at the side: a note, the insights, or nothing.
import { $ } from "../core/dom.js";
import { buildInsights } from "./insights.js";
import { buildReader } from "./reader.js";

export function openPane(page) {
  const { g, data } = page, row = page.openRow(), panel = $("panel"), had = panel.contains(document.activeElement), was = !panel.hidden;
  const mode = row !== null ? "note" : page.pane === "insights" ? "insights" : null;
  panel.hidden = mode === null;
  $("grip").hidden = mode === null;
  document.body.classList.toggle("open", mode !== null);
  $("insights").setAttribute("aria-pressed", String(mode === "insights"));
  if (mode === "note") {
    const said = buildReader(page, row, page.tab);
    page.say(said);
    document.title = `${g.title[row] || g.key[row]} · ${data.title}`;
    panel.focus({ preventScroll: true });
    return;
  }
  document.title = data.title;
  if (mode === "insights") { buildInsights(page); if (!was) panel.focus({ preventScroll: true }); }
  page.say(page.get().open !== null ? page.words().unknown : "");
  if (had && mode === null) $("stage").focus({ preventScroll: true });
}
