"""Glosses: names that a text writes in both scripts, `도커(Docker)`, `RAG(검색 증강 생성)`.

The words in the brackets are a whole name. Of those before it, a Latin name ends where Hangul
begins, and a Hangul one has no more words than the Latin one has words (of capitals: letters), and
none with a particle. Two hundred pairs of the corpora, read by hand: three of four are names of one
thing; of those that `is_sure` or that two notes have, 91 of 100.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from vaultdots.text.everyday import everydayness
from vaultdots.text.folding import folded
from vaultdots.text.gloss_bracket import BRACKET, MARKS
from vaultdots.text.hangul import stems
from vaultdots.text.late import late
from vaultdots.text.lexicon import lexicon
from vaultdots.text.transliteration import (
    hangul_skeleton,
    is_same_word,
    latin_skeleton,
    may_be_loan,
)
from vaultdots.text.tuples import NamedTuple

_LATIN = r"[A-Za-z][A-Za-z0-9+#]*(?:[ .&/'-]{1,2}[A-Za-z0-9][A-Za-z0-9+#]*){0,4}"
_HANGUL = r"[가-힣]+(?:[ ·-][가-힣]+){0,4}"
_MARK = r"(?:\*\*|__|`|['\"’”」』])?"
_OPEN_MARK = r"(?:\*\*|__|`|['\"‘“「『])?"
_AFTER_HANGUL = late(
    rf"(?P<hangul>{_HANGUL}){_MARK} ?\(\s?{_OPEN_MARK}(?P<latin>{_LATIN}){_MARK}\s?(?P<end>[,:)])"
)
_AFTER_LATIN = late(
    rf"(?<![A-Za-z0-9_./@#+-])(?P<latin>{_LATIN}){_MARK} ?\("
    rf"\s?{_OPEN_MARK}(?P<hangul>{_HANGUL}){_MARK}\s?\)"
)
_REACH = 60
"""Code points before a bracket that are looked at."""
_LOOK = 4
"""Code points behind a bracket that tell its script."""
_CAPITALS = late(r"[A-Z][A-Z0-9]{1,5}")
_ENDS = late(
    r"(?:다|요|죠|까|네|며|면|서|고|지만|든지|거나|는|은|을|를|된|한|할|하기|하는|되는|에게|에서|으로|부터|까지|했던"
    r"|하여|하게|적인|니라|는데|하기|기|때|등|및|또는|그리고)$"
)
"""How a word ends that is no name's last one, nor one before it."""
_TWO_WORDS = 4
"""Syllables that a Hangul word needs to be two Latin ones."""
_IDENTIFIER = late(r"[a-z][A-Z]|[/.]|[A-Za-z][-+]?\d|\d-")
"""camelCase, paths, fractions, numbered things: no name that a second script would have."""
_EVERYDAY = 0.3
"""A word as everyday as this is glossed by what it means here, seldom by its name."""
_FEWEST = 2


class _Words(NamedTuple):
    """What is no name, or no part of one (`lexicon/glosses.toml`), folded."""

    latin: frozenset[str]
    part: frozenset[str]
    hangul: frozenset[str]


@cache
def _words() -> _Words:
    tables = lexicon("vaultdots.text", "glosses")
    return _Words(
        *(frozenset(w for e in tables[name] for w in e["words"]) for name in _Words._fields)
    )


class Gloss(NamedTuple):
    """A pair that a text says is one name, both folded. at: of its bracket, in code points."""

    hangul: str
    latin: str
    at: int


def glosses(text: str) -> Iterator[Gloss]:
    """The pairs of a text, each as often as it is written."""
    for place in BRACKET.finditer(text):
        at = place.start()
        pattern = _pattern_at(text, at)
        if pattern is None:
            continue
        start = max(0, at - _REACH, text.rfind("\n", 0, at) + 1)
        reach = pattern.finditer(text, start, at + _REACH)
        found = next((m for m in reach if m.end() > at > m.start()), None)
        if found is not None:
            inside = pattern is _AFTER_LATIN
            pair = _pair(found["hangul"], found["latin"], inside=inside)
            if pair is not None:
                yield Gloss(*pair, at)


def may_gloss(text: str, start: int, end: int) -> bool:
    """Whether what stands between two places may be part of a gloss."""
    return BRACKET.search(text, max(0, start - _REACH), end + _REACH + _LOOK) is not None


def _pattern_at(text: str, bracket: int) -> re.Pattern[str] | None:
    """Which pattern a bracket may fit: hardly any has one script before it and the other inside."""
    before = text[max(0, bracket - 3) : bracket].rstrip(MARKS)[-1:]
    after = text[bracket + 1 : bracket + 4].lstrip(MARKS)[:1]
    if "가" <= before <= "힣":
        return _AFTER_HANGUL if after.isascii() and after.isalpha() else None
    is_latin = before.isascii() and (before.isalnum() or before in {"+", "#"})
    return _AFTER_LATIN if is_latin and "가" <= after <= "힣" else None


def is_sure(hangul: str, latin: str) -> bool:
    """Whether a gloss needs no second note to say it: it sounds alike, or goes word by word."""
    words = hangul.split()
    if len(words) == 1:
        return is_same_word(hangul, latin)
    return len(words) == len(re.split(r"[ -]", latin))


def _pair(hangul: str, latin: str, *, inside: bool) -> tuple[str, str] | None:
    """The pair, or None where it is none. inside: the Hangul stands in the brackets, whole."""
    latin = latin.rstrip(".-'&/ ")
    key = folded(latin)
    words = re.split(r"[ ·-]", hangul)
    if len(key) < _FEWEST or key in _words().latin or _IDENTIFIER.search(latin):
        return None
    if not inside:
        words = _last_words(words, latin)
    if not words or any(_ENDS.search(word) or word in _words().hangul for word in words):
        return None
    name = " ".join(words)
    parts = re.split(r"[ &'-]+", key)
    if len(name) < _FEWEST or _words().part.intersection(parts):
        return None
    if len(words) == 1 and not _one_word_fits(name, latin, parts):
        return None
    return (name, key) if _loans_fit(words, latin, parts) else None


def _one_word_fits(name: str, latin: str, parts: list[str]) -> bool:
    """Whether a Hangul word may be the Latin name, and not what that is one of or has beside."""
    if any(is_same_word(name, part) for part in parts):
        return len(parts) == 1  # 버퍼(bounded buffer) is one kind of buffer
    if "-" in latin or (len(parts) > 1 and (may_be_loan(name) or len(name) < _TWO_WORDS)):
        return False
    return everydayness(name) < _EVERYDAY  # 회사(Google): one of its kind, not its name


def _loans_fit(words: list[str], latin: str, parts: list[str]) -> bool:
    """Whether each loan word is there in Latin letters too: 클러스터(Arcus) is one of that kind."""
    if _CAPITALS.fullmatch(latin):
        sounds = {latin_skeleton(letter)[:1] for letter in latin}
        return all(hangul_skeleton(w)[:1] in sounds for w in words if _is_loan(w))
    bones = {latin_skeleton(part)[:2] for part in parts}
    return all(hangul_skeleton(word)[:2] in bones for word in words if _is_loan(word))


def _is_loan(word: str) -> bool:
    return may_be_loan(word) and not "아" <= word[0] <= "잏"


def _last_words(words: list[str], latin: str) -> list[str]:
    """The last of the Hangul words before a bracket that are the Latin name's."""
    parts = re.split(r"[ /&-]+", latin)
    most = len(parts)
    if len(parts) == 1 and _CAPITALS.fullmatch(latin):
        most = min(len(latin), 3)
    elif len(parts) == 1:
        most = 1
    kept = words[-1:]
    for word in reversed(words[:-1]):
        if (
            len(kept) >= most
            or word in _words().hangul
            or _ENDS.search(word)
            or _has_particle(word)
        ):
            break
        kept.insert(0, word)
    return kept


def _has_particle(word: str) -> bool:
    return bool(stems(word))
