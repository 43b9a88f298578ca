// Search by title and alias as a Korean types: NFC, case-folded, spaces ignored, by initial
// consonants (ㅎㄱ finds 회고), and with the last syllable half typed (고 finds 공).
const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const SKIPPED = /[\s_\-·:/.,'"()[\]]/u;

function letters(text) {
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
function place(query, text) {
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

function asHangul(typed) {
  const jamo = [...typed].map((c) => TWO_SET[c] ?? TWO_SET[c.toLowerCase()] ?? c).join("");
  return jamo.replace(/[ㅗㅜㅡ][ㅏㅐㅓㅔㅣ]/gu, (two) => TWO_VOWELS[two] ?? two)
    .replace(SYLLABLE, (_, first, vowel, final = "") => String.fromCodePoint(0xac00
      + (INITIALS.indexOf(first) * 21 + VOWELS.indexOf(vowel)) * 28 + FINALS.indexOf(final)));
}

function makeSearch(graph) {
  let entries = null; // built on the first query: a page that is only looked at never pays
  const build = () => graph.nodes.map((node) => ({
    node, names: [node.title, ...node.aliases].map((text) => ({ text: text.normalize("NFC"), keys: letters(text) })),
  }));
  return (text) => {
    entries ??= build();
    const byTag = text.trim().startsWith("#") && text.trim().length > 1;
    const query = letters(byTag ? text.trim().slice(1) : text);
    if (!query.length) return [];
    const found = [];
    for (const { node, names } of entries) {
      if (byTag) {
        const hit = node.tags.some((tag) => place(query, letters(tag)));
        if (hit) found.push({ node, score: 0, name: node.title, start: 0, end: 0 });
        continue;
      }
      let best = null;
      names.forEach(({ text: name, keys }, k) => {
        const hit = place(query, keys);
        if (hit) hit.score += k ? 0.5 : 0;
        if (hit && (!best || hit.score < best.score)) best = { ...hit, node, name, alias: k > 0 };
      });
      if (best) found.push(best);
    }
    const weight = (n) => (n.kind === "section" ? -1 : n.kind === "review" ? 1e4 : n.edges.length);
    return found.sort((a, b) => a.score - b.score || weight(b.node) - weight(a.node) || a.node.row - b.node.row);
  };
}
