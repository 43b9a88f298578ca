"""How a name enters a life: titles, aliases, tags and technical terms over the years.

A name has several spellings: a note's aliases, and what it is in the other script (도커, Docker).
They are found as `mentions` finds them: a particle, a plural, never inside of another word.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from vaultdots.graph.mention_scanner import Scanner
from vaultdots.graph.note_names import is_name, name_key, title_names
from vaultdots.graph.plurals import singular
from vaultdots.retrospective.events import shown_line
from vaultdots.retrospective.model import Concept, DatedNote, Place, ReviewSource
from vaultdots.retrospective.tags import telling_tags
from vaultdots.retrospective.terms import EVERYDAY, is_term, recurring_terms, stop_words
from vaultdots.store.mention_rows import NoteText
from vaultdots.text.everyday import everydayness
from vaultdots.text.hangul import stems
from vaultdots.text.late import late
from vaultdots.text.spans import Lines
from vaultdots.text.transliteration import is_same_word, may_be_loan, skeleton

_LINE_LIMIT = 200
_HANGUL = late("[가-힣]{2,}")
_LINK_TARGET = late(r"\]\(\s*<?([^)\s>]*)")
_NO_PROSE = frozenset(("code", "math", "comment", "definition", "html"))


class Names:
    """The names that a vault's reviews may use, each with its spellings."""

    def __init__(
        self,
        reviews: Sequence[ReviewSource],
        notes: Sequence[DatedNote],
        glosses: Iterable[tuple[str, str]] = (),
    ) -> None:
        """notes: all dated notes but reviews. glosses: pairs that the vault says are one."""
        self._name: dict[str, str] = {}
        """Key of a spelling → the name that it stands for."""
        for note in notes:
            for spelling in (*title_names(note.title), *note.aliases):
                self._add(spelling, note.title)
        telling = telling_tags(notes)
        for tag in (tag for note in notes for tag in note.tags if tag in telling):
            self._add(tag, tag)  # of two spellings the first note's: a set has no order
        self._filed = frozenset(self._name)
        for term in recurring_terms(reviews, least=1):
            self._add(term, term)
        for key in list(self._name):
            if key.isascii() and " " not in key and (one := singular(key)) in self._name:
                self._join(key, one)
        for hangul, latin in glosses:
            self._join(name_key(hangul), name_key(latin))
        self._join_scripts(reviews)

    def _add(self, spelling: str, name: str) -> None:
        key = name_key(spelling)
        if is_name(key, spelling) and not _is_everyday(key):
            self._name.setdefault(key, name)

    def _join(self, one: str, other: str) -> None:
        """Make two spellings one name, where one of them is a name at all: a note's or a tag's
        before one of the text, else the second."""
        if one in self._filed and other not in self._filed:
            one, other = other, one
        kept, gone = self._name.get(other), self._name.get(one)
        if kept is None or gone is None:
            known = kept or gone
            if known is not None:
                self._name[one] = self._name[other] = known
        elif kept != gone:
            self._name = {k: kept if name == gone else name for k, name in self._name.items()}

    def _join_scripts(self, reviews: Iterable[ReviewSource]) -> None:
        """Each Latin name of one word with the Hangul words that sound like it."""
        words = {word for key in self._name for word in _HANGUL.findall(key) if word == key}
        for source in reviews:
            words.update(_HANGUL.findall(source.text))
        by_sound: dict[str, list[str]] = {}
        for key in self._name:
            if key.isascii() and " " not in key and (sound := skeleton(key)):
                by_sound.setdefault(sound, []).append(key)
        for word in sorted(words):
            for form in (word, *stems(word)):
                if len(form) > 1 and may_be_loan(form) and not _is_everyday(form):
                    for latin in by_sound.get(skeleton(form), ()):
                        if is_same_word(form, latin):
                            self._join(form, latin)

    def keys(self) -> Collection[str]:
        """Every spelling, folded."""
        return self._name.keys()

    def of(self, key: str) -> str:
        """The name that a spelling stands for; itself where it is none."""
        return self._name.get(key, key)

    def spellings(self, name: str) -> list[str]:
        """All spellings of the name that `name` is a spelling of, folded; itself is one."""
        key = name_key(name)
        known = self._name.get(key)
        return [key, *(k for k, shown in self._name.items() if shown == known and k != key)]


def concepts(
    reviews: Sequence[ReviewSource], notes: Sequence[DatedNote], names: Names, least_years: int = 2
) -> list[Concept]:
    """The names that several years, or several reviews of one time, speak of, the most telling
    first: rare words, technical forms, many years and reviews.

    notes: all dated notes but reviews, each with its year in `date`. least_years: in how many years
    a name must appear, one of them by a review.
    """
    places: dict[str, list[Place]] = {}
    scanner = Scanner(names.keys())
    tags = telling_tags(notes)
    for note in notes:
        if not note.date:
            continue
        year = int(note.date[:4])
        title = NoteText(0, note.title, (), (), (), ())
        said = {names.of(found.key): "mention" for found in scanner.scan(title)[0]}
        said |= {names.of(name_key(tag)): "tag" for tag in note.tags if tag in tags}
        said[names.of(name_key(note.title))] = "note"
        for name, how in said.items():
            place = Place(year, note.path, 1, note.title, how, (), note.date)
            places.setdefault(name, []).append(place)
    for source in reviews:
        for name, there in _places_in(source, scanner, names).items():
            places.setdefault(name, []).extend(there)
    times = {source.path: (source.note.year, source.note.period) for source in reviews}
    several = [
        concept
        for concept in (_concept(name, there) for name, there in places.items())
        if (len(concept.years) >= least_years and _in_review(concept)) or _is_shared(concept, times)
    ]
    return sorted(several, key=lambda c: (-_telling(c), c.first, c.name))


def thread_of(
    name: str, spellings: Sequence[str], sources: Iterable[ReviewSource]
) -> Concept | None:
    """One name through all notes, or None where nothing says it. sources: every note that may."""
    keys = {name_key(spelling) for spelling in (name, *spellings)}
    scanner = Scanner(keys)
    places: list[Place] = []
    for source in sources:
        note = source.note
        if note.year is None:
            continue
        is_review = note.kind == "review"
        whole = Place(note.year, note.path, 1, note.title, "note", (), note.created)
        if keys.intersection(map(name_key, (*title_names(note.title), *note.aliases))):
            places.append(whole)
            continue
        found = _places_in(source, scanner).get("", [])
        if found:
            places += found if is_review else found[:1]
        elif keys.intersection(name_key(tag.name) for tag in note.tags):
            places.append(whole._replace(how="tag"))
    return _concept(name, places) if places else None


def names_in(source: ReviewSource, scanner: Scanner) -> list[tuple[int, int, str]]:
    """(start, number of the section, key) of every name that a note's prose has, links included."""
    note, text = source.note, source.text
    regions: list[tuple[str, int, int]]
    regions = [(r.kind, *r.span) for r in note.regions if r.kind in _NO_PROSE]
    regions += [("address", *match.span(1)) for match in _LINK_TARGET.finditer(text, note.body)]
    sections = [(section.span.start, section.body) for section in note.sections]
    found, _ = scanner.scan(NoteText(0, text, regions, sections, (), ()))
    return [(name.start, name.section, name.key) for name in found if name.start >= note.body]


def _places_in(
    source: ReviewSource, scanner: Scanner, names: Names | None = None
) -> dict[str, list[Place]]:
    """Name → its first place in each section that speaks of it. names: None where all are one."""
    note = source.note
    lines = Lines.of(source.text)
    seen: set[tuple[str, int]] = set()
    found: dict[str, list[Place]] = {}
    is_review = note.kind == "review"
    for start, section, key in names_in(source, scanner):
        name = names.of(key) if names is not None else ""
        if note.year is None or (name, section) in seen:
            continue
        seen.add((name, section))
        headings = note.sections[section].headings if note.sections else ()
        line, said = _line(source.text, lines, start)
        how, written = ("review", None) if is_review else ("mention", note.created)
        place = Place(note.year, source.path, line, said, how, headings, written)
        found.setdefault(name, []).append(place)
    return found


def _is_everyday(key: str) -> bool:
    return key in stop_words() or (" " not in key and everydayness(key) >= EVERYDAY)


def _is_shared(concept: Concept, times: Mapping[str, tuple[int | None, str | None]]) -> bool:
    """Whether two reviews of the same time speak of it: a group puts its reviews side by side."""
    reviews = {place.path for place in concept.places if place.how == "review"}
    met = [times[path] for path in reviews if path in times]
    return len(met) > len(set(met))


_FORM = 2.0
"""A name written like a term (FastAPI, k8s, `Visual Studio`) is worth so many plain words."""


def _telling(concept: Concept) -> float:
    """How much a name says of a life: by rarity, form, years and reviews."""
    plain = min(map(everydayness, name_key(concept.name).split()), default=1.0)
    form = _FORM if is_term(concept.name) else 1.0
    reviews = {place.path for place in concept.places if place.how == "review"}
    often = math.log2(1 + len(concept.years)) * math.log2(2 + len(reviews))
    return form * (1 - plain) ** 2 * often


def _in_review(concept: Concept) -> bool:
    return any(place.how == "review" for place in concept.places)


def _line(text: str, lines: Lines, at: int) -> tuple[int, str]:
    line = lines.line(at)
    start = lines.starts[line - 1]
    end = text.find("\n", start)
    return line, shown_line(text[start : end if end >= 0 else len(text)])[:_LINE_LIMIT]


def _concept(name: str, places: Sequence[Place]) -> Concept:
    order = {"note": 0, "tag": 1, "mention": 2, "review": 3}
    # Within a year by day; a review tells of the whole of it, a note without a day of none.
    there = sorted(
        set(places),
        key=lambda p: (
            p.year, p.how == "review", p.written or "", order[p.how], p.path, p.line,
        ),
    )  # fmt: skip
    years = tuple(sorted({place.year for place in there}))
    return Concept(name, years[0], years[-1], years, tuple(there))
