"""Technical terms and proper names in reviews, told by their form and by how rare they are at
large: FastAPI, BERT, Visual Studio; never `Star`, `The` or what a heading only says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from vaultdots.retrospective.document import stretches_of
from vaultdots.retrospective.events import shown_line
from vaultdots.retrospective.model import ReviewSource
from vaultdots.text import telling
from vaultdots.text.calendar import DAYS, MONTHS
from vaultdots.text.everyday import everydayness
from vaultdots.text.folding import folded
from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

EVERYDAY = 0.6
"""A word as everyday as this (`conference`, 프로젝트) names nothing, however it is written."""
_PART = 0.25
"""… a word of a longer name (`Studio` of Visual Studio), when it stands for itself."""
_SMALL = 0.2
"""… a word written small among Hangul or kana (`docker`)."""
_SMALL_SHARE = 0.34
"""A term that is written small this often where everything is Latin is a word."""
_LEAST = 2
_SCANNED = 100_000
"""Characters of a line that are looked through."""
_WORD = r"[A-Za-z][A-Za-z0-9]*(?:[+#]+|(?:[.+-](?=[A-Za-z0-9])[A-Za-z0-9]+)*)"
_RUN = late(rf"(?<![A-Za-z0-9_/.@#-]){_WORD}(?: {_WORD})*(?![A-Za-z0-9_/@-])")
_STRONG = late(r"[A-Z].*[A-Z0-9]|[a-z]+\d.*|[a-z]+[A-Z].*")
"""A capital or a digit where a word has none: FastAPI, AI, k8s, gRPC."""
_CAPITAL = late(r"[A-Z][a-z]{2,}(?:[.+#-][A-Za-z0-9]+)?")
_SMALL_WORD = late(r"(?<![A-Za-z0-9_/.@#-])[a-z]{3,}(?![A-Za-z0-9_/@-])")
_ADDRESS = late(r"\]\([^)]*\)|<[^>]*>|https?://\S+")
_NO_TERM = late(r"[IVX]{2,}|[QH][1-4]|v\d+|[A-Z]?\d", re.IGNORECASE)
"""Numbers in capitals, quarters, versions."""
_NUMBERED = late(r"(?<=[a-z]{3})\d{1,2}$")
"""`test2`, `step5`: an everyday word with a number."""
_ANY_CJK = late("[가-힣ぁ-ヿ一-鿿]")
_GOES_ON = late(r"[A-Za-z0-9,;)\]]\s*[(\"“'‘]?$")
"""What stands before a word that does not begin its sentence."""
_CALLED_OUT = late(r"[ ,]{0,2}(?:(?:19|20)\d\d)?(?:\s?[!~♡♥❤🎄🎅🎉🎊👋]|(?<=\d)\W*$)", re.MULTILINE)
"""What follows a greeting: `Merry Christmas!`, `Goodbye, 2023`."""
_LONGEST_NAME = 4
_SHORT_CAPITALS = 5
"""Letters of an abbreviation."""


class Term(NamedTuple):
    """A term as it is written. long: of several words."""

    spelled: str
    long: bool


@cache
def stop_words() -> frozenset[str]:
    """English words that name nothing (`text/telling`), months and days among them."""
    return telling.stop_words() | {name.lower() for name in (*MONTHS["en"], *DAYS["en"])}


def recurring_terms(reviews: Sequence[ReviewSource], least: int = 2) -> list[str]:
    """The terms that at least so many reviews use, as most often spelled; long ones two or more.

    Lists of books are left out: they hold the names of people.
    """
    spellings: dict[str, dict[str, int]] = {}
    holders: dict[str, set[str]] = {}
    long: set[str] = set()
    small = _written_small(reviews)
    for source in reviews:
        for term in terms_of(source):
            key = folded(term.spelled)
            counts = spellings.setdefault(key, {})
            counts[term.spelled] = counts.get(term.spelled, 0) + 1
            holders.setdefault(key, set()).add(source.path)
            if term.long:
                long.add(key)
    return sorted(
        max(sorted(spellings[key]), key=lambda spelled: spellings[key][spelled])
        for key, paths in holders.items()
        if len(paths) >= (max(_LEAST, least) if key in long else least)
        and small[key] <= _SMALL_SHARE * sum(spellings[key].values())
    )


def _written_small(reviews: Sequence[ReviewSource]) -> Counter[str]:
    """How often each word stands in small letters in lines of Latin letters alone: a name does
    so hardly ever, `languages` does."""
    return Counter(
        word
        for source in reviews
        for line in source.text[source.note.body :].splitlines()
        if not _ANY_CJK.search(line)
        for word in _SMALL_WORD.findall(_ADDRESS.sub(" ", line))
    )


def terms_of(source: ReviewSource) -> Iterator[Term]:
    """The terms of a review, each as often as it is written."""
    for stretch in stretches_of(source):
        if stretch.kind == "book":
            continue
        body = source.text[stretch.span.start : stretch.span.end]
        # A heading in Latin letters alone has capitals for show.
        headings = [stretch.heading] if _ANY_CJK.search(stretch.heading) else []
        among_cjk = bool(headings) or _ANY_CJK.search(body) is not None
        for line in (*headings, *body.splitlines()):
            shown = shown_line(line, _SCANNED)
            for match in _RUN.finditer(shown):
                yield from _terms_of_run(shown, match, among_cjk)


def _terms_of_run(line: str, run: re.Match[str], among_cjk: bool) -> Iterator[Term]:
    """The terms of Latin words that follow one another.

    In English a capital only says that a sentence begins: a plain word counts where one goes on.
    """
    if _is_greeting(line, run):
        return
    named: list[str] = []
    at = run.start()
    for word in (*run[0].split(" "), ""):
        opens = not among_cjk and not _GOES_ON.search(line, max(0, at - 4), at)
        at += len(word) + 1
        plain = _CAPITAL.fullmatch(word) is not None and not opens
        if (plain or _STRONG.match(word)) and not _says_nothing(word):
            named.append(word)
            continue
        yield from _terms_of_name(named)
        named = []
        if among_cjk and _SMALL_WORD.fullmatch(word) and not _says_nothing(word, _SMALL):
            yield Term(word, False)


def _is_greeting(line: str, run: re.Match[str]) -> bool:
    """Whether a line begins with plain words that are called out, one of them a word that the
    language knows: no term is (`Docker!`)."""
    words = run[0].split(" ")
    return (
        not line[: run.start()].strip("\"'“‘*_ ")
        and _CALLED_OUT.match(line, run.end()) is not None
        and all(map(_CAPITAL.fullmatch, words))
        and any(everydayness(folded(word)) for word in words)
    )


def _terms_of_name(words: Sequence[str]) -> Iterator[Term]:
    alone = len(words) == 1
    if 1 < len(words) <= _LONGEST_NAME:
        yield Term(" ".join(words), True)
    for word in words:
        limit = EVERYDAY if alone or _STRONG.match(word) else _PART
        if everydayness(folded(word)) < limit:
            yield Term(word, False)


def is_term(name: str) -> bool:
    """Whether a name has the form of a term or a proper name of several words."""
    parts = name.split()
    return (
        (_STRONG.fullmatch(name) is not None and not name.isupper())
        or (len(name) <= _SHORT_CAPITALS and name.isupper() and name.isascii())
        or (len(parts) > 1 and all(part[0].isupper() for part in parts))
    )


def _says_nothing(word: str, everyday: float = 2.0) -> bool:
    key = folded(word)
    return (
        len(key) < _LEAST
        or key in stop_words()
        or _NO_TERM.fullmatch(word) is not None
        or everydayness(key) >= everyday
        # INSERT, UPDATE: too long for an abbreviation, a word of the language set in capitals.
        or (word.isupper() and len(word) > _SHORT_CAPITALS and everydayness(key) > 0)
        or everydayness(_NUMBERED.sub("", key)) >= EVERYDAY
    )
