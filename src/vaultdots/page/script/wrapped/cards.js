// The cards: 1080 × 1350, drawn with the calls that the map uses, one idea on each.
import { FONT } from "../draw/ink.js";
import { measure } from "../draw/labels.js";
import { trace } from "../draw/shapes.js";

export const W = 1080;
export const H = 1350;
const EDGE = 84;

const LIGHT = {
  bg: "#fffdf9", ink: "#1f2328", faint: "#666d76", line: "#e6e1d7", soft: "#f4efe5", warm: "#c64f00", glow: "#fff1e2",
  kept: "#007a6c", partly: "#8a6500", carried: "#c14a00", dropped: "#6a6f76",
  kinds: { review: "#c64f00", project: "#00805d", book: "#a8478a", study: "#0068a3", index: "#2b2f36", daily: "#8a6d00", note: "#566b8c" },
};
const DARK = {
  bg: "#16191f", ink: "#f1efe9", faint: "#a2a9b3", line: "#30353f", soft: "#1f232b", warm: "#ff8f45", glow: "#2a211b",
  kept: "#3ecbb4", partly: "#dcb444", carried: "#ff8f45", dropped: "#9aa1ab",
  kinds: { review: "#ff8f45", project: "#35c79c", book: "#e49cc8", study: "#62b8ea", index: "#e9e6df", daily: "#d6b83c", note: "#93a8cc" },
};

const font = (weight, size) => `${weight} ${size}px ${FONT}`;

function write(ctx, text, x, y, weight, size, colour, align = "left") {
  ctx.font = font(weight, size); ctx.fillStyle = colour; ctx.textAlign = align; ctx.textBaseline = "alphabetic";
  ctx.fillText(text, x, y);
}

// Words into lines of at most `width`; Korean breaks between words, a long word where it must.
export function wrapped(ctx, text, weight, size, width, most) {
  const lines = [""], f = font(weight, size);
  for (const word of text.replace(/\s+/gu, " ").trim().split(" ")) {
    const joined = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (measure(ctx, f, joined) <= width) { lines[lines.length - 1] = joined; continue; }
    if (lines.at(-1)) lines.push("");
    for (const c of word) {
      if (measure(ctx, f, lines.at(-1) + c) > width) lines.push("");
      lines[lines.length - 1] += c;
    }
  }
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  while (measure(ctx, f, `${kept[most - 1]}…`) > width) kept[most - 1] = kept[most - 1].slice(0, -1);
  kept[most - 1] = `${kept[most - 1].trimEnd()}…`;
  return kept;
}

function ground(ctx, ink, page, at, all) {
  ctx.fillStyle = ink.bg; ctx.fillRect(0, 0, W, H);
  write(ctx, page.title, EDGE, H - 58, 500, 26, ink.faint);
  write(ctx, `${page.year}`, W - EDGE, H - 58, 700, 26, ink.faint, "right");
  // The cards as a row of dots, this one filled.
  for (let k = 0; k < all; k++) {
    ctx.beginPath(); ctx.arc(W / 2 + (k - (all - 1) / 2) * 22, H - 66, k === at ? 6.5 : 4, 0, 2 * Math.PI);
    ctx.fillStyle = k === at ? ink.warm : ink.line; ctx.fill();
  }
}

function title(ctx, ink, [big, small], y = 220) {
  const widest = Math.max(measure(ctx, font(800, 108), big), measure(ctx, font(800, 108), small)), size = Math.min(108, (108 * (W - 2 * EDGE)) / widest);
  write(ctx, big, EDGE, y, 800, size, ink.ink);
  write(ctx, small, EDGE, y + size * 1.1, 800, size, ink.warm);
  return y + 118;
}

function quote(ctx, ink, said, words, bottom = H - 130) {
  if (!said) return;
  const [text, note, line] = said, lines = wrapped(ctx, text, 500, 34, W - 2 * EDGE - 80, 3), high = lines.length * 48 + 96, y = bottom - high;
  ctx.fillStyle = ink.soft; ctx.beginPath(); ctx.rect(EDGE, y, W - 2 * EDGE, high); ctx.fill();
  ctx.fillStyle = ink.warm; ctx.beginPath(); ctx.rect(EDGE, y, 6, high); ctx.fill();
  lines.forEach((one, k) => write(ctx, one, EDGE + 40, y + 58 + k * 48, 500, 34, ink.ink));
  write(ctx, [note, words.line(line)].filter(Boolean).join(" · "), EDGE + 40, y + high - 26, 500, 28, ink.faint);
}

// Rows between two heights: few of them are large and stand in the middle, many are small and fill it.
// → {y: of the first line's foot, step, size}.
export function rowsIn(count, top, bottom, largest, lead = 2.1) {
  const step = Math.min(largest * lead, (bottom - top) / Math.max(1, count)), size = Math.min(largest, step / 1.7);
  return { y: top + (bottom - top - step * count) / 2 + step / 2 + size * 0.35, step, size };
}

const bottomOf = (card) => H - (card.quote ? 400 : 150);

function mark(ctx, ink, fate, x, y, r = 15) {
  const colour = ink[fate];
  ctx.lineWidth = 4; ctx.lineCap = "round"; ctx.lineJoin = "round"; ctx.strokeStyle = colour; ctx.fillStyle = colour; ctx.setLineDash([]);
  ctx.beginPath(); ctx.arc(x, y, r, 0, 2 * Math.PI);
  if (fate === "kept") ctx.fill(); else ctx.stroke();
  ctx.beginPath();
  if (fate === "kept") { ctx.strokeStyle = ink.bg; ctx.moveTo(x - 7, y); ctx.lineTo(x - 2, y + 5.5); ctx.lineTo(x + 7, y - 6); ctx.stroke(); }
  if (fate === "partly") { ctx.arc(x, y, r, -Math.PI / 2, Math.PI / 2); ctx.closePath(); ctx.fill(); }
  if (fate === "carried") { ctx.moveTo(x - 7, y); ctx.lineTo(x + 7, y); ctx.moveTo(x + 1, y - 6); ctx.lineTo(x + 7, y); ctx.lineTo(x + 1, y + 6); ctx.stroke(); }
  if (fate === "dropped") { ctx.moveTo(x - 5, y - 5); ctx.lineTo(x + 5, y + 5); ctx.moveTo(x + 5, y - 5); ctx.lineTo(x - 5, y + 5); ctx.stroke(); }
}

function dot(ctx, kind, x, y, r, fill, stroke = null) {
  ctx.beginPath(); trace(ctx, kind, x, y, r);
  if (fill) { ctx.fillStyle = fill; ctx.fill(); }
  if (stroke) { ctx.strokeStyle = stroke; ctx.lineWidth = 4; ctx.setLineDash([]); ctx.stroke(); }
}

const DRAW = {
  cover(ctx, ink, card, words, page) {
    constellation(ctx, ink, card);
    const [year, says] = words.cover(page.year);
    write(ctx, year, EDGE, 250, 800, 220, ink.ink);
    write(ctx, says, EDGE, 330, 700, 50, ink.warm);
    write(ctx, words.notes(card.notes), EDGE, 386, 500, 32, ink.faint);
    if (card.quote) {
      const lines = wrapped(ctx, card.quote[0], 700, 48, W - 2 * EDGE, 4);
      lines.forEach((line, k) => write(ctx, line, EDGE, H - 170 - (lines.length - 1 - k) * 68, 700, 48, ink.ink));
    }
  },
  kept(ctx, ink, card, words, page) {
    const top = title(ctx, ink, words.kept(card.kept, card.all)) + 70;
    write(ctx, words.said(page.year), EDGE, top, 500, 34, ink.faint);
    const rows = rowsIn(card.rows.length + (card.more || card.silent ? 1 : 0), top + 30, bottomOf(card), 46), { size, step } = rows;
    let { y } = rows;
    for (const [fate, text] of card.rows) {
      mark(ctx, ink, fate, EDGE + 18, y - size * 0.34, size * 0.42);
      write(ctx, wrapped(ctx, text, 600, size, W - 2 * EDGE - 70, 1)[0], EDGE + 66, y, 600, size, fate === "dropped" ? ink.faint : ink.ink);
      y += step;
    }
    const rest = [card.more ? words.more(card.more) : null, card.silent ? words.silent(card.silent) : null].filter(Boolean).join(" · ");
    if (rest) write(ctx, rest, EDGE + 66, y, 500, 32, ink.faint);
    quote(ctx, ink, card.quote, words);
  },
  books(ctx, ink, card, words) {
    const top = title(ctx, ink, words.books(card.count)) + 70;
    if (card.again) write(ctx, words.again(card.again), EDGE, top, 500, 34, ink.faint);
    const rows = rowsIn(card.rows.length + (card.more ? 1 : 0), top + 30, bottomOf(card), 54, 2.9), { size, step } = rows, small = Math.max(26, size * 0.6);
    let { y } = rows;
    for (const [name, author, month, again] of card.rows) {
      const under = [author, again ? words.reread : ""].filter(Boolean).join(" · "), foot = under ? y - small * 0.6 : y;
      dot(ctx, "book", EDGE + 20, foot - size * 0.34, size * 0.36, ink.kinds.book);
      write(ctx, wrapped(ctx, name, 700, size, W - 2 * EDGE - 190, 1)[0], EDGE + 66, foot, 700, size, ink.ink);
      write(ctx, under, EDGE + 66, foot + small * 1.45, 500, small, ink.faint);
      if (month) write(ctx, words.month(Number(month)), W - EDGE, foot, 600, 34, ink.faint, "right");
      y += step;
    }
    if (card.more) write(ctx, words.more(card.more), EDGE + 66, y, 500, 32, ink.faint);
    quote(ctx, ink, card.quote, words);
  },
  made(ctx, ink, card, words) {
    const top = title(ctx, ink, words.made(card.count)) + 60, rows = rowsIn(card.rows.length + (card.more ? 1 : 0), top, bottomOf(card), 84, 3), { size, step } = rows;
    let { y } = rows;
    for (const [name, month] of card.rows) {
      const lines = wrapped(ctx, name, 700, size, W - 2 * EDGE - size * 1.3 - 120, 2), foot = y - (lines.length - 1) * size * 0.6;
      dot(ctx, "project", EDGE + size * 0.4, foot - size * 0.34, size * 0.4, ink.kinds.project);
      lines.forEach((line, k) => write(ctx, line, EDGE + size * 1.3, foot + k * size * 1.2, 700, size, ink.ink));
      if (month) write(ctx, words.month(Number(month)), W - EDGE, foot, 600, 38, ink.faint, "right");
      y += step;
    }
    if (card.more) write(ctx, words.more(card.more), EDGE + size * 1.3, y, 500, 32, ink.faint);
  },
  learned(ctx, ink, card, words) {
    const top = title(ctx, ink, words.learned(card.count)) + 90, step = (H - 170 - top) / 12;
    const by = new Map(card.months.map(([month, ...names]) => [month, names]));
    for (let month = 1; month <= 12; month++) {
      const y = top + (month - 0.5) * step, names = by.get(month) ?? [];
      write(ctx, words.month(month), EDGE + 70, y + 10, 600, 28, names.length ? ink.ink : ink.line, "right");
      ctx.beginPath(); ctx.moveTo(EDGE + 96, y - step / 2); ctx.lineTo(EDGE + 96, y + step / 2); ctx.strokeStyle = ink.line; ctx.lineWidth = 2; ctx.stroke();
      names.slice(0, 3).forEach((_, k) => dot(ctx, "study", EDGE + 96 + k * 26, y, 10, ink.kinds.study));
      if (names.length) write(ctx, wrapped(ctx, names.join(" · "), 600, 32, W - 2 * EDGE - 190, 1)[0], EDGE + 120 + Math.min(2, names.length - 1) * 26, y + 11, 600, 32, ink.ink);
    }
  },
  longest(ctx, ink, card, words) {
    title(ctx, ink, words.longest(Math.round(card.years)));
    write(ctx, words.arcs(card.count), EDGE, 410, 500, 32, ink.faint);
    const years = card.to - card.from + 1, left = EDGE, width = (W - 2 * EDGE) / years, base = 840;
    for (let k = 0; k < years; k++) {
      if (k % 2 === 0) { ctx.fillStyle = ink.soft; ctx.fillRect(left + k * width, 480, width, base + 30 - 480); }
      write(ctx, String(card.from + k), left + (k + 0.5) * width, base + 76, 700, Math.min(32, width * 0.36), ink.faint, "center");
    }
    const x1 = left + width / 2, x2 = W - EDGE - width / 2;
    ctx.beginPath(); ctx.moveTo(x1, base - 40); ctx.bezierCurveTo(x1 + (x2 - x1) * 0.2, 480, x2 - (x2 - x1) * 0.2, 480, x2, base - 40);
    ctx.strokeStyle = ink.warm; ctx.lineWidth = 6; ctx.setLineDash([]); ctx.stroke();
    dot(ctx, "study", x1, base - 40, 18, ink.kinds.study); dot(ctx, "review", x2, base - 40, 24, ink.warm);
    write(ctx, wrapped(ctx, card.old, 700, 36, W / 2 - EDGE, 1)[0], EDGE, base + 136, 700, 36, ink.ink);
    write(ctx, wrapped(ctx, card.new, 700, 36, W / 2 - EDGE, 1)[0], W - EDGE, base + 136, 700, 36, ink.ink, "right");
    quote(ctx, ink, card.quote, words);
  },
  words(ctx, ink, card, words) {
    let y = title(ctx, ink, words.words()) + 100;
    const cloud = (list, name, colour) => {
      if (!list.length) return;
      write(ctx, name, EDGE, y, 600, 34, ink.faint);
      y += 78;
      let x = EDGE;
      for (const [text, since] of list) {
        const label = since ? words.since(since) : "", size = 54, wide = measure(ctx, font(700, size), text), under = label ? measure(ctx, font(500, 28), label) : 0;
        const room = Math.min(Math.max(wide, under), W - 2 * EDGE);
        if (x + room > W - EDGE && x > EDGE) { x = EDGE; y += label ? 124 : 84; }
        if (y > (card.quote ? H - 430 : H - 190)) break;
        write(ctx, wrapped(ctx, text, 700, size, W - 2 * EDGE, 1)[0], x, y, 700, size, colour);
        if (label) write(ctx, label, x, y + 40, 500, 28, ink.faint);
        x += room + 44;
      }
      y += 130;
    };
    cloud(card.fresh.map((text) => [text, null]), words.fresh, ink.kinds.study);
    cloud(card.back, words.back, ink.warm);
    quote(ctx, ink, card.quote, words);
  },
  "let-go"(ctx, ink, card, words) {
    const top = title(ctx, ink, words.letGo(card.count)) + 60, rows = rowsIn(card.rows.length, top, bottomOf(card), 72, 3), { size, step } = rows;
    let { y } = rows;
    for (const [text] of card.rows) {
      const lines = wrapped(ctx, text, 600, size, W - 2 * EDGE - size * 1.3, 2), foot = y - (lines.length - 1) * size * 0.6;
      mark(ctx, ink, "dropped", EDGE + size * 0.4, foot - size * 0.34, size * 0.36);
      lines.forEach((line, k) => write(ctx, line, EDGE + size * 1.3, foot + k * size * 1.2, 600, size, ink.faint));
      y += step;
    }
    quote(ctx, ink, card.quote, words);
  },
  next(ctx, ink, card, words) {
    const top = title(ctx, ink, words.next(card.year, card.count)) + 70;
    write(ctx, words.hollow, EDGE, top, 500, 34, ink.faint);
    const rows = rowsIn(card.rows.length + (card.more ? 1 : 0), top + 30, bottomOf(card), 50, 2.6), { size, step } = rows;
    let { y } = rows;
    for (const [text] of card.rows) {
      const lines = step > size * 2.4 ? wrapped(ctx, text, 600, size, W - 2 * EDGE - 76, 2) : wrapped(ctx, text, 600, size, W - 2 * EDGE - 76, 1), foot = y - (lines.length - 1) * size * 0.6;
      dot(ctx, "note", EDGE + 22, foot - size * 0.34, size * 0.36, null, ink.warm);
      lines.forEach((line, k) => write(ctx, line, EDGE + 74, foot + k * size * 1.2, 600, size, ink.ink));
      y += step;
    }
    if (card.more) write(ctx, words.more(card.more), EDGE + 74, y, 500, 32, ink.faint);
  },
};

// The year's notes bright, what they are linked to faint, fitted into the middle of the card.
function constellation(ctx, ink, card) {
  if (!card.dots.length) return;
  const xs = card.dots.map((d) => d[0]), ys = card.dots.map((d) => d[1]);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const box = { x: EDGE, y: 440, w: W - 2 * EDGE, h: card.quote ? 500 : 680 };
  const place = ([x, y]) => [box.x + ((x - left) / Math.max(1, right - left)) * box.w, box.y + ((y - top) / Math.max(1, bottom - top)) * box.h];
  ctx.setLineDash([]);
  for (const bright of [false, true]) {
    ctx.beginPath();
    for (const [a, b] of card.links) {
      if (Boolean(card.dots[a][4] && card.dots[b][4]) !== bright) continue;
      ctx.moveTo(...place(card.dots[a])); ctx.lineTo(...place(card.dots[b]));
    }
    ctx.globalAlpha = bright ? 0.75 : 0.3; ctx.strokeStyle = bright ? ink.warm : ink.faint; ctx.lineWidth = bright ? 2 : 1.2; ctx.stroke();
  }
  for (const d of [...card.dots].reverse()) {
    const [x, y] = place(d), own = Boolean(d[4]), r = (d[2] === "review" ? 24 : 8 + 2.2 * Math.sqrt(d[3])) * (own ? 1 : 0.55);
    ctx.globalAlpha = own ? 1 : 0.4;
    dot(ctx, d[2], x, y, r, ink.kinds[d[2]] ?? ink.faint);
  }
  ctx.globalAlpha = 1;
}

export function drawCard(ctx, page, card, at, words, dark) {
  const ink = dark ? DARK : LIGHT;
  ctx.globalAlpha = 1;
  ground(ctx, ink, page, at, page.cards.length);
  DRAW[card.kind](ctx, ink, card, words, page);
}

// What a card says, for who listens to it.
export function spokenCard(page, card, words) {
  const head = { cover: () => words.cover(page.year), kept: () => words.kept(card.kept, card.all), books: () => words.books(card.count), made: () => words.made(card.count), learned: () => words.learned(card.count),
    longest: () => words.longest(Math.round(card.years)), words: () => words.words(), "let-go": () => words.letGo(card.count), next: () => words.next(card.year, card.count) }[card.kind]().join(" ");
  const rows = (card.rows ?? []).map((row) => row.filter((part) => typeof part === "string" && part).map((part) => words.fate[part] ?? part).join(" "));
  const more = card.kind === "longest" ? [`${card.old} → ${card.new}`] : card.kind === "words" ? [...card.fresh, ...card.back.map(([name]) => name)] : [];
  return [head, ...rows, ...more, card.quote?.[0]].filter(Boolean).join(". ");
}
