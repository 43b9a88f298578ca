"""How a name enters a life: titles, aliases, tags and technical terms over the years.

Names are looked for as they are said: case aside, a Hangul name with its particles, a Latin one as
a whole word. One pass over each text, whatever the number of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from vaultdots.retrospective.document import stretches_of
from vaultdots.retrospective.events import shown_line
from vaultdots.retrospective.model import DatedNote, Evidence, ReviewSource
from vaultdots.retrospective.prose import hidden_spans
from vaultdots.text.calendar import DAYS, MONTHS
from vaultdots.text.folding import fold, folded
from vaultdots.text.lexicon import lexicon
from vaultdots.text.names import name_key
from vaultdots.text.spans import Lines

_LEAST = 2
"""Characters of a name that is looked for: one letter is in every text."""
_LINE_LIMIT = 200
_TERM = re.compile(
    r"(?<![A-Za-z0-9_/.@#-])(?:[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9+#]*|[A-Z][a-z]{2,}(?:[.+#-][A-Za-z0-9]+)?|[a-z]+\d[a-z]*)"
    r"(?![A-Za-z0-9_/@-])"
)
"""A technical term as people write one: a name in Latin letters with a capital or a digit."""


@cache
def _common() -> frozenset[str]:
    """English words that name nothing (`text/lexicon/stop.toml`), months and days among them."""
    tables = lexicon("vaultdots.text", "stop").values()
    words = {word for entries in tables for entry in entries for word in entry["words"]}
    return frozenset(words | {name.lower() for name in (*MONTHS["en"], *DAYS["en"])})


_PARTICLES = re.compile(
    r"(?:이라는|라는|이라고|라고|에서는|에서|으로|에게|까지|부터|처럼|보다|이나|이랑|만|과|와|의|을|를|이|가|은|는|에|도|로|나|랑"
    r"|이다|다|인|입니다|였다|하고|하며|하기|해|할|했|들)?(?![가-힣])"
)


class Concept(NamedTuple):
    """A name with the years in which it is spoken of, and where, the first place first."""

    name: str
    first: int
    last: int
    years: tuple[int, ...]
    places: tuple[Place, ...]


class Place(NamedTuple):
    """Where a name is spoken of. how: note, tag, review, or mention in another note."""

    year: int
    path: str
    line: int
    text: str
    how: str


class Names:
    """Many names to be found in texts, each text read once. key → the name as it is shown."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """names: spelling → the name that it stands for."""
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for spelling, name in names.items():
            key = folded(spelling).strip()
            if len(key) >= _LEAST and any(c.isalpha() for c in key):
                self._by_start.setdefault(key[:2], []).append((key, name))
        for entries in self._by_start.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, text: str) -> list[tuple[int, str]]:
        """(offset, name) of every mention, the longest name at each place."""
        looked = fold(text)
        low = looked.text
        found = []
        position = 0
        for match in _WORD_START.finditer(low):
            at = match.start()
            if at < position:
                continue
            for spelling, name in self._by_start.get(low[at : at + 2], ()):
                if low.startswith(spelling, at) and _ends(low, at + len(spelling)):
                    found.append((looked.origin(at, at)[0], name))
                    position = at + len(spelling)
                    break
        return found


_WORD_START = re.compile(r"(?<![^\W_])[^\W_]|(?<=[A-Za-z0-9])[가-힣]|(?<=[가-힣])[A-Za-z]")


def _ends(text: str, end: int) -> bool:
    """Whether a word may end there: no letter follows, or a Hangul particle does."""
    if end >= len(text):
        return True
    before, after = text[end - 1], text[end]
    if not after.isalnum():
        return True
    if "가" <= after <= "힣":
        return _PARTICLES.match(text, end) is not None
    return "가" <= before <= "힣"


def concepts(
    reviews: Sequence[ReviewSource], notes: Iterable[DatedNote], least_years: int = 2
) -> list[Concept]:
    """The names that several years, or several reviews of one time, speak of, the oldest first.

    notes: all dated notes but reviews, each with its year in `date`. least_years: in how many years
    a name must appear.
    """
    names: dict[str, str] = {}
    places: dict[str, list[Place]] = {}
    for note in notes:
        year = int(note.date[:4]) if note.date else None
        for spelling in (note.title, *note.aliases):
            names.setdefault(spelling, note.title)
        if year is not None:
            places.setdefault(note.title, []).append(Place(year, note.path, 1, note.title, "note"))
            for tag in note.tags:
                if name_key(tag) in kind_tags():
                    continue  # 책, 프로젝트: what a note is, not what it is about
                names.setdefault(tag, tag)
                shown = names[tag]
                places.setdefault(shown, []).append(Place(year, note.path, 1, note.title, "tag"))
    for term in recurring_terms(reviews):
        names.setdefault(term, term)
    looking = Names(names)
    for source in reviews:
        if source.note.year is None:
            continue
        lines = Lines.of(source.text)
        hidden = hidden_spans(source.note)
        seen: set[str] = set()
        for at, name in looking.find(source.text):
            if name in seen or any(s.start <= at < s.end for s in hidden):
                continue
            seen.add(name)
            places.setdefault(name, []).append(
                Place(source.note.year, source.path, *_line(source.text, lines, at), "review")
            )
    found = [_concept(name, there) for name, there in places.items()]
    times = {source.path: (source.note.year, source.note.period) for source in reviews}
    several = [
        concept
        for concept in found
        if (len(concept.years) >= least_years and _in_review(concept)) or _is_shared(concept, times)
    ]
    return sorted(several, key=lambda c: (c.first, -len(c.years), c.name))


@cache
def kind_tags() -> frozenset[str]:
    """The tags that only say a note's kind."""
    kinds = lexicon("vaultdots.note", "kinds")
    words = [w for e in kinds["kind"] for w in (*e["tags"], *e["folders"])]
    words += [w for e in kinds["property"] for w in e["words"]]
    return frozenset(name_key(word) for word in words)


def _is_shared(concept: Concept, times: Mapping[str, tuple[int | None, str | None]]) -> bool:
    """Whether two reviews of the same time speak of it: a group puts its reviews side by side."""
    reviews = {place.path for place in concept.places if place.how == "review"}
    met = [times[path] for path in reviews if path in times]
    return len(met) > len(set(met))


def _in_review(concept: Concept) -> bool:
    return any(place.how == "review" for place in concept.places)


def _line(text: str, lines: Lines, at: int) -> tuple[int, str]:
    line = lines.line(at)
    start = lines.starts[line - 1]
    end = text.find("\n", start)
    return line, shown_line(text[start : end if end >= 0 else len(text)])[:_LINE_LIMIT]


def _body(text: str) -> int:
    """Where the text after the frontmatter begins."""
    if not text.startswith(("---", "+++")):
        return 0
    return max(0, text.find("\n" + text[:3], 3))


def _concept(name: str, places: Sequence[Place]) -> Concept:
    order = {"note": 0, "tag": 1, "mention": 2, "review": 3}
    there = sorted(set(places), key=lambda p: (p.year, order[p.how], p.path, p.line))
    years = tuple(sorted({place.year for place in there}))
    return Concept(name, years[0], years[-1], years, tuple(there))


def recurring_terms(reviews: Sequence[ReviewSource], least: int = 2) -> list[str]:
    """Technical terms (Latin names) that at least so many reviews use, as most often spelled.

    Lists of books are left out: they hold the names of people.
    """
    spellings: dict[str, dict[str, int]] = {}
    holders: dict[str, set[str]] = {}
    for source in reviews:
        for term in _terms_of(source):
            key = term.casefold()
            if key in _common() or len(key) < _LEAST:
                continue
            spellings.setdefault(key, {}).setdefault(term, 0)
            spellings[key][term] += 1
            holders.setdefault(key, set()).add(source.path)
    return sorted(
        max(sorted(spellings[key]), key=lambda s: spellings[key][s])
        for key, paths in holders.items()
        if len(paths) >= least
    )


_HANGUL = re.compile("[가-힣]")
_PLAIN_WORD = re.compile(r"[A-Z][a-z]+")
_GOES_ON = re.compile(r"[A-Za-z0-9,;)\]]\s*[(\"“'‘]?$")


def _terms_of(source: ReviewSource) -> Iterator[str]:
    """The terms of a review, each as often as it is written.

    In English a capital only says that a sentence begins: a plain word counts where one goes on.
    """
    for stretch in stretches_of(source):
        if stretch.kind == "book":
            continue
        body = source.text[stretch.span.start : stretch.span.end]
        for line in (stretch.heading, *body.splitlines()):
            shown = shown_line(line, _SCANNED)
            korean = _HANGUL.search(shown) is not None
            for match in _TERM.finditer(shown):
                if (
                    korean
                    or not _PLAIN_WORD.fullmatch(match[0])
                    or (
                        line is not stretch.heading
                        and _GOES_ON.search(shown, max(0, match.start() - 4), match.start())
                    )
                ):
                    yield match[0]


_SCANNED = 100_000
"""Characters of a line that are looked through for terms."""


def thread_of(
    name: str,
    spellings: Sequence[str],
    texts: Iterable[tuple[str, str, int | None, str, str]],
) -> Concept | None:
    """One name through all notes, or None where nothing says it.

    texts: (path, title, year, kind, text) of each note.
    """
    looking = Names(dict.fromkeys((name, *spellings), name))
    places: list[Place] = []
    keys = [folded(s) for s in (name, *spellings)]
    for path, title, year, kind, text in texts:
        if year is None:
            continue
        if folded(title) in keys:
            places.append(Place(year, path, 1, title, "note"))
            continue
        low = folded(text)
        if not any(key in low for key in keys):
            continue
        found = looking.find(text)
        body = _body(text)
        first = next((at for at, _ in found if at >= body), found[0][0] if found else None)
        if first is not None:
            how = "review" if kind == "review" else "mention"
            line, said = _line(text, Lines.of(text), first)
            # What only the frontmatter says is shown by the note's title.
            places.append(Place(year, path, line, said if first >= body else title, how))
    return _concept(name, places) if places else None


def evidence(place: Place) -> Evidence:
    """A place as evidence."""
    return Evidence(place.path, place.line, place.text, place.how)
