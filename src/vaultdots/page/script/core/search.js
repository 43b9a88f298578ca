// Search as a Korean types: NFC, case-folded, spaces ignored, by initial consonants (ㅎㄱ finds
// 회고), with the last syllable half typed (고 finds 공). Every word must be somewhere: in the title,
// an alias, a tag, the year or the kind; else in a heading; else in the body.
import { folderOf, isNote, kindOf, pathOf, rank, SECTION, tagNames, yearOf } from "./graph.js";

const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const SKIPPED = /[\s_\-·:/.,'"()[\]]/u;

export function letters(text) {
  const chars = [];
  let at = 0;
  for (const char of text.normalize("NFC")) {
    const start = at;
    at += char.length;
    if (!SKIPPED.test(char)) for (const c of char.toLowerCase()) chars.push({ c, start, end: at });
  }
  return chars;
}

function syllable(c) {
  const code = c.codePointAt(0) - 0xac00;
  return code >= 0 && code < 11172 ? code : -1;
}

function same(query, char, last) {
  if (query === char) return true;
  const there = syllable(char);
  if (there < 0) return false;
  if (INITIALS.includes(query)) return INITIALS[Math.floor(there / 588)] === query;
  const here = syllable(query);
  return last && here >= 0 && here % 28 === 0 && here === there - (there % 28);
}

// Best place of the query in a text: {score, start, end}, lower is better, or null.
export function place(query, text) {
  let best = null;
  for (let i = 0; i + query.length <= text.length; i++) {
    if (!query.every((q, k) => same(q.c, text[i + k].c, k === query.length - 1))) continue;
    const exact = query.every((q, k) => q.c === text[i + k].c);
    const whole = i === 0 && query.length === text.length;
    const word = i === 0 || text[i].start > text[i - 1].end;
    const score = (whole ? 0 : i === 0 ? 1 : word ? 2 : 3) + (exact ? 0 : 0.4);
    if (!best || score < best.score) {
      best = { score, start: text[i].start, end: text[i + query.length - 1].end };
    }
  }
  return best;
}

// What was meant when Hangul was typed with the keyboard on Latin letters (ghlrh is 회고), by the
// standard two-set layout; asked only when nothing is found, for "git" is also 햣.
const TWO_SET = { ...pairs("qwertyuiopasdfghjklzxcvbnm", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"),
  ...pairs("QWERTOP", "ㅃㅉㄸㄲㅆㅒㅖ") };
const VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const TWO_VOWELS = { ㅗㅏ: "ㅘ", ㅗㅐ: "ㅙ", ㅗㅣ: "ㅚ", ㅜㅓ: "ㅝ", ㅜㅔ: "ㅞ", ㅜㅣ: "ㅟ", ㅡㅣ: "ㅢ" };
const FINALS = ["", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ",
  "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"];
const FINAL = [...FINALS].filter(Boolean).sort((a, b) => b.length - a.length).join("|");
const SYLLABLE = new RegExp(`([ㄱ-ㅎ])([ㅏ-ㅣ])((?:${FINAL})(?![ㅏ-ㅣ]))?`, "gu");

function pairs(keys, values) {
  return Object.fromEntries([...keys].map((key, k) => [key, [...values][k]]));
}

export function asHangul(typed) {
  const jamo = [...typed].map((c) => TWO_SET[c] ?? TWO_SET[c.toLowerCase()] ?? c).join("");
  return jamo.replace(/[ㅗㅜㅡ][ㅏㅐㅓㅔㅣ]/gu, (two) => TWO_VOWELS[two] ?? two)
    .replace(SYLLABLE, (_, first, vowel, final = "") => String.fromCodePoint(0xac00
      + (INITIALS.indexOf(first) * 21 + VOWELS.indexOf(vowel)) * 28 + FINALS.indexOf(final)));
}

const FIELDS = { title: 0, alias: 0.5, tag: 4, year: 4, kind: 4.5, trail: 5, body: 8 };

// bodies: row → its headings and text in plain letters, or null as long as they are packed.
export function makeSearch(g, kindNames) {
  let entries = null; // built on the first query: a page that is only looked at never pays
  let repeats = null;
  const build = () => {
    const seen = new Map();
    g.title.forEach((title, row) => { if (g.kind[row] !== SECTION) seen.set(title, (seen.get(title) ?? 0) + 1); });
    repeats = (row) => (seen.get(g.title[row]) ?? 0) > 1;
    return g.title.map((title, row) => ({
      row, names: [title, ...(g.aliases[row] ?? [])].map((text) => ({ text: text.normalize("NFC"), keys: letters(text) })),
      tags: tagNames(g, g.home[row]).map(letters), year: String(yearOf(g, row) ?? ""),
      kinds: kindNames(kindOf(g, row)).map(letters), trail: g.home[row] === row ? [] : letters(g.title[g.home[row]]),
    }));
  };
  const find = (text, bodies = null) => {
    entries ??= build();
    const words = text.trim().split(/\s+/u).filter((word) => letters(word).length);
    if (!words.length) return [];
    const found = [];
    for (const entry of entries) {
      const hit = match(entry, words, text, bodies?.(entry.row));
      if (hit) found.push({ ...hit, row: entry.row, folder: repeats(entry.row) ? folderOf(g, entry.row) || pathOf(g, entry.row) : null });
    }
    const weight = (row) => rank(g, row);
    return found.sort((a, b) => a.score - b.score || weight(b.row) - weight(a.row) || a.row - b.row);
  };
  const named = (text) => find(text).filter((hit) => isNote(g, hit.row));
  return { find, named };
}

function match(entry, words, whole, body) {
  // The query as one name stands before its words apart: "분산락" is "분산 락" is "분산 락".
  const asName = bestName(entry.names, letters(whole));
  if (asName) return { ...asName, marks: [[asName.start, asName.end]] };
  let score = 0, name = entry.names[0].text, marks = [], quote = null;
  for (const word of words) {
    const tagged = word.startsWith("#") && word.length > 1, keys = letters(tagged ? word.slice(1) : word);
    const named = tagged ? null : bestName(entry.names, keys);
    const other = named ? null : elsewhere(entry, keys, word, tagged, body);
    if (named) {
      if (named.alias && named.name !== name) { name = named.name; marks = []; }
      if (named.name === name) marks.push([named.start, named.end]);
      score += named.score + 1;
    } else if (other) { score += other.score; quote ??= other.quote ?? null; }
    else return null;
  }
  return { score: score / words.length + 1, name, marks: marks.sort((a, b) => a[0] - b[0]), alias: name !== entry.names[0].text, quote };
}

function bestName(names, keys) {
  let best = null;
  names.forEach(({ text, keys: own }, k) => {
    const hit = place(keys, own);
    if (hit) hit.score += k ? FIELDS.alias : FIELDS.title;
    if (hit && (!best || hit.score < best.score)) best = { ...hit, name: text, alias: k > 0 };
  });
  return best;
}

function elsewhere(entry, keys, word, tagged, body) {
  if (entry.tags.some((tag) => place(keys, tag))) return { score: FIELDS.tag };
  if (tagged) return null;
  if (/^\d{2,4}$/u.test(word) && entry.year.endsWith(word)) return { score: FIELDS.year };
  if (entry.kinds.some((kind) => keys.length > 1 && place(keys, kind)?.start === 0)) return { score: FIELDS.kind };
  if (place(keys, entry.trail)) return { score: FIELDS.trail };
  const at = body ? body.plain.indexOf(word.normalize("NFC").toLowerCase()) : -1;
  if (at < 0) return null;
  return { score: FIELDS.body, quote: body.text.slice(Math.max(0, at - 24), at + word.length + 40).replace(/\s+/gu, " ") };
}
