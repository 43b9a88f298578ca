// Names through the years: where each was first met, used in a project, written about. Positions
// only; the view draws them.
import { kindOf } from "../core/graph.js";

const USED = new Set(["project"]);

// What a place says of a name: "met" where it is the first of all, "used" in a project, "written"
// where it has a note of its own or a review tells of it, else "named".
export function roleOf(g, place, first) {
  const kind = kindOf(g, g.home[place.row]);
  if (first) return "met";
  if (USED.has(kind)) return "used";
  return place.how === "note" || kind === "review" ? "written" : "named";
}

// concepts: [{name, places: [[year, part, row, line, text, how]]}] → threads with their steps in the
// order of time, those first that went furthest: met, used and written about, then the longest.
export function conceptThreads(g, concepts) {
  return concepts.map(({ name, places }, k) => {
    const steps = places.map(([year, part, row, line, text, how], at) => {
      const place = { year, part, row, line, text, how };
      return { ...place, role: roleOf(g, place, at === 0) };
    });
    return { k, name, steps, from: steps[0].year, to: steps.at(-1).year, roles: new Set(steps.map((step) => step.role)) };
  }).sort((a, b) => worth(b) - worth(a) || a.from - b.from || a.k - b.k);
}

const worth = (thread) => thread.roles.size * 100 + (thread.to - thread.from) * 10 + Math.min(9, thread.steps.length);
