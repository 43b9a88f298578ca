// What the cards say, in both languages.
import { grouped } from "../core/numbers.js";

const n = grouped;

export const CARD_WORDS = {
  ko: {
    lang: "English", langLabel: "Switch to English", dark: "어둡게", light: "밝게", all: "모두 PNG로 저장", save: "PNG로 저장", saved: "저장했습니다", of: (a, b) => `${a} / ${b}`,
    cover: (y) => [`${y}`, "한 해의 별자리"], notes: (k) => `노트 ${n(k)}개와 그 사이의 선`,
    kept: (k, all) => [`${all}개 중 ${k}개를`, "지켰다"], said: (y) => `${y - 1}년 12월에 적은 것`, silent: (k) => `${k}개는 어떻게 됐는지 적혀 있지 않다`,
    books: (k) => [`${n(k)}권을`, "읽었다"], again: (k) => `${k}권은 다시 읽은 책`, reread: "다시", made: (k) => [`${n(k)}개를`, "만들었다"], month: (m) => `${m}월`,
    learned: (k) => [`${n(k)}장을`, "새로 적었다"], longest: (y) => [`${y}년을`, "건넌 선"], arcs: (k) => `올해 해를 건너 이은 선 ${n(k)}개 가운데 가장 긴 것`,
    words: () => ["새로 온 말,", "돌아온 말"], fresh: "처음 적은 말", back: "돌아온 말", since: (y) => `${y}년 뒤 처음`, letGo: (k) => [`${k}가지를`, "놓아주었다"],
    next: (y, k) => [`${y}년의`, `점 ${k}개`], hollow: "아직 비어 있는 점", more: (k) => `그리고 ${n(k)}개`, line: (k) => (k ? `${k}행` : ""),
    fate: { kept: "지킴", partly: "일부", carried: "넘김", dropped: "놓음" },
  },
  en: {
    lang: "한국어", langLabel: "한국어 (Korean)", dark: "Dark", light: "Light", all: "Save all as PNG", save: "Save as PNG", saved: "Saved", of: (a, b) => `${a} / ${b}`,
    cover: (y) => [`${y}`, "as a constellation"], notes: (k) => `${n(k)} notes and the lines between`,
    kept: (k, all) => [`Kept ${k}`, `of ${all}`], said: (y) => `What was written in December ${y - 1}`, silent: (k) => `Of ${k} nothing is written`,
    books: (k) => [`Read ${n(k)}`, k === 1 ? "book" : "books"], again: (k) => (k === 1 ? "one of them again" : `${k} of them again`), reread: "again", made: (k) => [`Made ${n(k)}`, k === 1 ? "thing" : "things"],
    month: (m) => ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][m - 1],
    learned: (k) => [`Wrote ${n(k)}`, k === 1 ? "study" : "studies"], longest: (y) => [`A line across`, `${y} years`], arcs: (k) => (k === 1 ? "the one line that crossed the years" : `the longest of ${n(k)} lines across the years`),
    words: () => ["Words that came,", "words that came back"], fresh: "Written for the first time", back: "Back again", since: (y) => `first since ${y}`, letGo: (k) => [`Let ${k}`, k === 1 ? "thing go" : "things go"],
    next: (y, k) => [`${k} dots`, `for ${y}`], hollow: "still hollow", more: (k) => `and ${n(k)} more`, line: (k) => (k ? `line ${k}` : ""),
    fate: { kept: "Kept", partly: "Partly", carried: "Carried", dropped: "Let go" },
  },
};
