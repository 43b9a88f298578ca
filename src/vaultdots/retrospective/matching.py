"""Whether two short texts mean the same thing: goals, check-list items, headings, sentences.

By words, not by position: particles and endings stripped, words of one meaning counted as one
(`[[same]]` in the lexicon), rare words worth more. Pure, linear in the texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from math import fsum, log

from vaultdots.retrospective.model import OwnWords
from vaultdots.retrospective.words import words_of
from vaultdots.text.hangul import compose, decompose, is_syllable
from vaultdots.text.late import late
from vaultdots.text.names import nfc
from vaultdots.text.particles import OF_TERMS
from vaultdots.text.tuples import NamedTuple

_WORD = late(
    r"[가-힣]+|[A-Za-z][A-Za-z0-9+#]*(?:\.[A-Za-z]+)?|\d+|[一-龥々〆]{2,}|[ァ-ヴー]{2,}|[一-龥](?=[ぁ-ん])"
)
_PARTICLES = late(rf"(?<=[가-힣]{{2}})(?:{'|'.join(OF_TERMS)})$")
_VERB_ENDS = late(
    r"(?<=[가-힣])(?:하지|하게|하려|하고|하기|하는|하자|하면|하며|해서|했다|했고|했던|했음|한다|할|해|적으로|적인"
    r"|시키기|되기|받기|가기|보기|나기|내기|쓰기|치기|놓기|짓기)$"
)
_COPULA = late(r"(?<=[가-힣]{2})(?:이다|입니다|이에요|예요|이었다|였다)$")
_PAST_END = late(r"(?:다|고|습니다|어요|음|네|는데|지만|으며|다가|던|기에)?$")
_FINAL_SS = "ㅆ"
_UNCONTRACTED = {"ㅕ": "ㅣ", "ㅝ": "ㅜ", "ㅘ": "ㅗ", "ㅙ": "ㅚ"}
"""Vowels of a verb's past and of its stem: 지켰 → 지키, 배웠 → 배우, 봤 → 보, 됐 → 되."""
_STEM_THEN = late(
    r"(?<=[가-힣][우리이치키추기히나가오보내두])(?:고|지|기|는|려고|려는|려|도록|자|겠다|겠습니다|면|며)$"
)
_HA_THEN = late(r"(?<=[가-힣])하(?:겠다|겠습니다|겠어요|려고|려는|도록|였다|며|던|길|기로|지만)$")
_ONE_SYLLABLE = late(r"[가-힣](?:는|던|려고|려는)")
"""`쉬는`: a stem of one syllable says too little, as `쉬기` does."""
_QUOTED = late(r"[『《「〈]([^『』《》「」〈〉\n]{2,80})[』》」〉]")
_TITLE = "『"
"""Begins the term that stands for a whole quoted title."""
_TITLE_WEIGHT = 3.0
"""A quoted title names its thing; the words around it only talk of it."""
_TEXT_LIMIT = 600
"""Characters of a text that are compared; the longest real goal seen has 170."""
SAME = 0.5
"""A score from which two short texts are taken for one goal: on the hand-made pairs the lowest true
one has 0.55, the highest false one 0.42 (docs/retrospectives.md)."""


_KEPT = 16_384
"""Texts and words of which the terms are kept: goals and sentences are compared many times."""
Groups = tuple[tuple[str, ...], ...]
"""Groups of words of one meaning, the person's own."""


class _Lists(NamedTuple):
    groups: Mapping[str, str]
    stop: frozenset[str]


@cache
def _lists(same: Groups) -> _Lists:
    groups: dict[str, str] = {}
    for words in (*same, *(tuple(entry["words"]) for entry in words_of("goals")["same"])):
        for word in words:
            groups.setdefault(nfc(word).casefold(), words[0])
    stop = frozenset(
        nfc(w).casefold() for entry in words_of("goals")["stop"] for w in entry["words"]
    )
    return _Lists(groups, stop)


def terms(text: str, own: OwnWords | None = None) -> tuple[str, ...]:
    """The words of `text` that carry meaning, each reduced to what two spellings share."""
    return _terms(nfc(text[:_TEXT_LIMIT]).casefold(), own.same if own is not None else ())


@lru_cache(_KEPT)
def _terms(text: str, same: Groups) -> tuple[str, ...]:
    found = [_TITLE + "".join(_WORD.findall(title)) for title in _QUOTED.findall(text)]
    for raw in _WORD.findall(text):
        word = _reduce(raw, same)
        if word:
            found.append(word)
    return tuple(found)


@lru_cache(_KEPT)
def _reduce(raw: str, same: Groups) -> str:
    """A word without its particle or verb ending; "" when it carries no meaning."""
    lists = _lists(same)
    if raw in lists.groups:
        return lists.groups[raw]
    if raw in lists.stop or raw.isdecimal():
        return ""
    if len(raw) == 2 and raw[1] in "을를이가은는도에로의" and raw[0] in lists.groups:
        return lists.groups[raw[0]]
    if _ONE_SYLLABLE.fullmatch(raw):
        return ""
    if raw.isascii():
        return _reduce_latin(raw, lists)
    word = raw
    for pattern in (_COPULA, _PARTICLES, _VERB_ENDS, _HA_THEN, _STEM_THEN, _PARTICLES):
        word = pattern.sub("", word)
        if word in lists.groups:
            return lists.groups[word]
        if word in lists.stop:
            return ""
    stem = stem_of_past(word)
    if stem in lists.groups:
        return lists.groups[stem]
    return "" if len(stem) == 1 or stem in lists.stop else stem


def stem_of_past(word: str) -> str:
    """A verb's stem where a word is one of the past: 배웠다 → 배우, 읽었고 → 읽."""
    end = _PAST_END.search(word)
    cut = end.start() if end is not None else len(word)
    if cut == 0 or not is_syllable(word[cut - 1]):
        return word
    initial, vowel, final = decompose(word[cut - 1])
    if final != _FINAL_SS:
        return word
    before = word[: cut - 1]
    if initial == "ㅇ" and vowel in "ㅏㅓㅕ":
        return before[:-1] if before.endswith("하") and len(before) > 2 else before  # 읽었, 받았
    if initial == "ㅎ" and vowel == "ㅐ":
        return before  # 투고했
    return before + compose(initial, _UNCONTRACTED.get(vowel, vowel))


def _reduce_latin(raw: str, lists: _Lists) -> str:
    """A Latin word without its plural, `-ing` or `-ed`: writing, writes → writ."""
    word = raw
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    word = word[:-1] if len(word) > 3 and word.endswith("e") else word
    for known in (word, word + "e"):
        if known in lists.groups:
            return lists.groups[known]
        if known in lists.stop:
            return ""
    return word


class Weights(NamedTuple):
    """How much each word says, from the texts that it is looked for in: the rarer, the more."""

    counts: Mapping[str, int]
    total: int

    def of(self, term: str) -> float:
        """The weight of a term, at least a little; a word seen nowhere says no more than one seen
        once."""
        weight = log((self.total + 1) / (max(1, self.counts.get(term, 0)) + 0.5)) + 0.2
        return weight * (_TITLE_WEIGHT if term.startswith(_TITLE) else 1.0)


def weigh(texts: Iterable[Sequence[str]]) -> Weights:
    """Weights from the terms of many texts."""
    counts: Counter[str] = Counter()
    total = 0
    for found in texts:
        counts.update(set(found))
        total += 1
    return Weights(counts, total)


def similarity(one: Sequence[str], other: Sequence[str], weights: Weights | None = None) -> float:
    """0–1: how much of the shorter text's meaning the other one shares.

    `fsum`, here and below: the order of a set, which is another in each process, must not count.

    Words that contain one another count (`인강촬영`, `인강`), by the share of the longer one.
    """
    a, b = set(one), set(other)
    if not a or not b:
        return 0.0
    weight = weights.of if weights is not None else (lambda _term: 1.0)
    shared_a = fsum(weight(term) * _best(term, b) for term in a) / fsum(map(weight, a))
    shared_b = fsum(weight(term) * _best(term, a) for term in b) / fsum(map(weight, b))
    low, high = sorted((shared_a, shared_b))
    # The shorter one may be wholly in the longer one (`독서` in `웹툰 대신 독서`): that counts
    # most, and the other direction decides between candidates.
    joined = _joined(one, other)
    return max(joined, 0.75 * high + 0.25 * low)


def same_goal(one: Sequence[str], other: Sequence[str]) -> float:
    """How surely two lists name one goal again, 0–1: as `similarity`, but one common word does not
    do (`책 12권 읽기` is not `영어 원서 한 권 읽기`)."""
    a, b = set(one), set(other)
    if len(a & b) == 1 and max(len(a), len(b)) >= _MANY_WORDS and _joined(one, other) < 1.0:
        return 0.0
    return similarity(one, other)


_MANY_WORDS = 3
"""Words of a goal from which one of them alone does not stand for it."""


def _joined(one: Sequence[str], other: Sequence[str]) -> float:
    """1 when the two are the same but for their spaces: `인강 촬영`, `인강촬영`."""
    return 1.0 if "".join(one) == "".join(other) else 0.0


def _best(term: str, among: set[str]) -> float:
    if term in among:
        return 1.0
    if term.isascii() or len(term) < 2 or term.startswith(_TITLE):
        return 0.0
    best = 0.0
    for other in among:
        if len(other) >= 2 and not other.startswith(_TITLE) and (term in other or other in term):
            best = max(best, min(len(term), len(other)) / max(len(term), len(other)))
    return best


def coverage(goal: Sequence[str], text: Sequence[str], weights: Weights) -> float:
    """0–1: how much of a goal's meaning a longer text holds."""
    wanted, there = set(goal), set(text)
    if not wanted or not there:
        return 0.0
    return fsum(weights.of(t) * _best(t, there) for t in wanted) / fsum(map(weights.of, wanted))
