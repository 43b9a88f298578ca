"""What speaks for a connection between one line and one note, signal by signal.

Exact names first, then the words that a note is known by, weighted by how rare they are in the
vault; dates only beside other evidence, and the note's body last. The worth of each is `weights`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from vaultdots.graph.mentions import Mentions
from vaultdots.graph.note_profiles import words_in
from vaultdots.note.paths import is_folder_note
from vaultdots.retrospective.connect_groups import Group, Groups
from vaultdots.retrospective.named_reviews import ReviewTime, named_reviews, review_times
from vaultdots.retrospective.units import SectionUnits, Unit, Window
from vaultdots.retrospective.weights import (
    COMMON_NAME,
    COVERAGE,
    DATE_NEEDS,
    ENOUGH_WORDS,
    IN_ORDER,
    KNOWN_BY,
    OTHER_SCRIPT,
    PLAIN_RARITY,
    SECOND_MEANING,
    SEVERAL_WORDS,
    TAG_NAME,
    Signal,
    Weights,
)
from vaultdots.store.answers import LinkRow, NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.mention_rows import CardWord, FoundName
from vaultdots.store.records import bare_key
from vaultdots.text.everyday import everydayness

_GROUP = 0.2
"""What a tag, folder or series that a line names adds to each of its notes."""
_FEW_TITLES = 3
"""Titles that may share two words in their order, for these to be a term of their own."""
_EVERYDAY_NAME = 0.7
"""A word as everyday as this is no name, however it is written."""
_WORTH_LOOKING = 0.15
"""Rarity under which a word (one in more than a half of 100 notes) brings no note up."""
_FEWEST_SLUG = 4
"""Characters of an address's last part that can be a note's name."""
_ONE_PART = 0.7
"""An address that shares only its last part with the path."""
_BODY_NAMES = 3.0
"""Rarities of shared names that add up to this are all that a body can show."""
_SUMMARY_WORDS = 1.6


class Reason(NamedTuple):
    """Why a connection is suggested, in words. The names are the keys of `--json`."""

    signal: Signal
    text: str
    line: int


@dataclass(slots=True)
class Evidence:
    """What one line says of one note: signal → (worth, reason)."""

    line: int
    worth: dict[Signal, tuple[float, Reason]] = field(default_factory=dict)
    name: FoundName | None = None
    """The name in the prose that an accepted connection would turn into a link."""
    named: bool = False
    """Whether the line names the note, or links to its address."""
    certain: bool = False
    """Whether the line names the note by its time or links to its address: no matter of words."""
    title_words: set[str] = field(default_factory=set)
    """Words of its title or file name that stand in the line."""
    rare: float = 0.0
    """How rare the rarest word that matches is, in the vault and at large (0–1)."""
    everyday: float = 1.0
    """How everyday the least everyday word that matches is (0–1)."""
    matched: set[str] = field(default_factory=set)
    """The words that match, of whatever field."""
    phrase: float = 0.0
    """How telling the words are that follow one another in the line as in the title (0–1)."""
    proper: bool = False
    """Whether a word that matches is written like a name."""
    marked: bool = False
    """Whether the writer set off a word that matches: a link's words, bold, code, quotes."""
    outside: bool = False
    """Whether a word that matches stands outside of the links into the vault."""
    groups: list[Group] = field(default_factory=list)
    """The tags, folders and series that the line names and the note is in."""
    alone: float = 0.0
    """1 where the rarest word that matches stands in one title of the vault, 1/2 in two …"""
    said: set[str] = field(default_factory=set)
    """Words of a tag that counted as the note's name: they do not count as its tag's once more."""

    def add(self, signal: Signal, worth: float, text: str) -> None:
        """Keep the strongest of each signal."""
        if worth > self.worth.get(signal, (0.0,))[0]:
            self.worth[signal] = (worth, Reason(signal, text, self.line))

    def match(self, words: Iterable[str], rarity: Callable[[str], float], unit: Unit) -> None:
        """Keep how telling the words are that match in a line."""
        for word in words:
            plain = everydayness(word)
            self.everyday = min(self.everyday, plain)
            self.rare = max(self.rare, rarity(word) * (1 - plain))
            self.matched.add(word)
            self.outside = self.outside or word not in unit.linked
            # A word in the other script is a loan word, and those are names of things.
            named = word in unit.proper or word not in unit.words
            self.proper = self.proper or (named and plain < _EVERYDAY_NAME)
            self.marked = self.marked or (word in unit.marked and plain < _EVERYDAY_NAME)

    @property
    def score(self) -> float:
        """All signals together; a name that is written out says what its words would say."""
        worth = {signal: value for signal, (value, _) in self.worth.items()}
        named = max(worth.get("mention", 0.0), worth.get("address", 0.0), worth.get("title", 0.0))
        rest = sum(worth.get(s, 0.0) for s in ("tag", "folder", "summary", "date", "body"))
        return named + rest


class Collector:
    """Gathers the evidence of one note's lines."""

    def __init__(
        self, catalog: Catalog, mentions: Mentions, row: NoteRow, weights: Weights
    ) -> None:
        """row: the note whose sections are connected."""
        self.catalog = catalog
        self.mentions = mentions
        self.row = row
        self.weights = weights
        self._profiles_with: dict[str, list[CardWord]] = {}
        self._profiles: dict[int, dict[str, list[str]]] = {}
        self._dates: dict[int, date | None] = {}
        self._notes: dict[int, NoteRow] = {}
        self._names: dict[int, set[str]] = {}
        self._other_script: dict[str, list[str]] = {}
        self._groups = Groups(catalog, mentions)
        self._of_year: dict[tuple[str, str, int | None], list[int]] = {}
        self._title_counts: dict[tuple[str, ...], int] = {}
        self._all_tellers: frozenset[int] | None = None
        self._by_when: dict[ReviewTime, list[int]] | None = None

    def note(self, note_id: int) -> NoteRow:
        """A note by its id."""
        if note_id not in self._notes:
            self._notes.update({row.id: row for row in self.catalog.notes_by_id([note_id])})
        return self._notes[note_id]

    def lines(
        self,
        section: SectionUnits,
        names: Sequence[FoundName],
        links: Sequence[LinkRow],
        year: int | None,
    ) -> dict[int, list[Evidence]]:
        """Target note id → the evidence of each line of a section that speaks for it.

        names, links: those that stand in the section. year: that it tells of.
        """
        found: dict[int, list[Evidence]] = {}
        for unit in section.units:
            here: dict[int, Evidence] = {}
            inside = [name for name in names if unit.start <= name.start < unit.end]
            self._named(inside, unit, here)
            self._addressed(
                [link for link in links if unit.start <= link.start < unit.end], unit, here
            )
            self._worded(unit, here)
            self._grouped(unit, year, here)
            self._by_time(unit, here)
            for target, evidence in here.items():
                if not self._may_be_meant(target, evidence):
                    continue
                self._dated(target, unit.windows, evidence)
                if evidence.worth:
                    found.setdefault(target, []).append(evidence)
        self._shared_names(found, names)
        return found

    # -- signals ---------------------------------------------------------------------------------

    def _named(self, names: Iterable[FoundName], unit: Unit, here: dict[int, Evidence]) -> None:
        if not self.weights.mention:
            return
        mentions = self.mentions
        for name in names:
            targets = mentions.named(name.key, self.row.id, tags=True)
            vias = {n.note_id: n for n in mentions.called(name.key)}
            worth = self._worth_of_name(name.key)
            for place, target in enumerate(targets):
                known = vias[target]
                share = worth * (SECOND_MEANING if place else 1.0)
                evidence = here.setdefault(target, Evidence(unit.line))
                if known.via == "tag":
                    share *= TAG_NAME
                    evidence.said |= set(words_in(name.key))
                what = {"title": "title", "alias": "alias", "file": "file name"}.get(
                    known.via, known.via
                )
                among = f", one of {len(targets)} called so" if len(targets) > 1 else ""
                evidence.add(
                    "mention",
                    share * self.weights.mention,
                    f"names the {what} '{known.spelled}'{among}",
                )
                evidence.named = evidence.named or known.via != "tag"
                evidence.match(words_in(name.key), self.mentions.word_or_name_rarity, unit)
                if name.place == "prose" and known.via != "tag" and not place:
                    evidence.name = evidence.name or name

    def _worth_of_name(self, key: str) -> float:
        """How sure a name written out is: the rarer and the more often linked, the surer."""
        mentions = self.mentions
        sure = max(mentions.rarity(key), mentions.linked_share(key))
        worth = PLAIN_RARITY + (1 - PLAIN_RARITY) * sure
        if mentions.is_common(key):
            worth *= COMMON_NAME
        elif " " in key:
            worth = max(worth, SEVERAL_WORDS)
        return worth

    def _by_time(self, unit: Unit, here: dict[int, Evidence]) -> None:
        """Reviews named by their time (`2021년 회고`), whatever their titles are."""
        if not self.weights.mention:
            return
        for named in named_reviews(unit.text, self.row.year):
            for target in self._reviews().get(named.time, ()):
                if target != self.row.id:
                    evidence = here.setdefault(target, Evidence(unit.line))
                    evidence.named = evidence.certain = True
                    evidence.add(
                        "mention",
                        self.weights.mention,
                        f"names the review of its time, '{named.words}'",
                    )

    def _addressed(self, links: Iterable[LinkRow], unit: Unit, here: dict[int, Evidence]) -> None:
        if not self.weights.address:
            return
        for link in links:
            for path, share in self._addresses(link.target):
                evidence = here.setdefault(path, Evidence(unit.line))
                evidence.named = evidence.certain = True
                end = address_parts(link.target)[-1]
                evidence.add(
                    "address",
                    share * self.weights.address,
                    f"links to an address that ends like its path (…/{end})",
                )

    def _addresses(self, url: str) -> list[tuple[int, float]]:
        parts = address_parts(url)
        if not parts or len(parts[-1]) < _FEWEST_SLUG or parts[-1].isdecimal():
            return []
        found = []
        for name in self.catalog.names_by_key(bare_key(parts[-1])):
            if name.excluded or name.role != "note" or name.via not in ("name", "folder"):
                continue
            row = self.catalog.note(name.path)
            if row is None or row.id == self.row.id:
                continue
            own = _path_parts(name.path, name.dialect)
            shared = 0
            for one, other in zip(reversed(own), reversed(parts), strict=False):
                if one != other:
                    break
                shared += 1
            if shared:
                found.append((row.id, 1.0 if shared > 1 else _ONE_PART))
        return found

    def _worded(self, unit: Unit, here: dict[int, Evidence]) -> None:
        weights = self.weights
        fields: dict[int, dict[str, dict[str, float]]] = {}
        pairs = self._pairs_of(unit)
        for word, sure in self._with_alike(unit).items():
            rarity = self.mentions.word_rarity(word)
            if rarity < _WORTH_LOOKING:
                continue
            for card in self._with(word):
                if card.note_id != self.row.id:
                    fields.setdefault(card.note_id, {}).setdefault(card.field, {})[word] = (
                        rarity * sure
                    )
        for target, by_field in fields.items():
            evidence = here.get(target) or Evidence(unit.line)
            if weights.title:
                for name in ("title", "name"):
                    worth = self._covered(target, name, by_field.get(name, {}), unit)
                    words = ", ".join(
                        sorted(by_field.get(name, ()), key=lambda w: -by_field[name][w])
                    )
                    evidence.add(
                        "title",
                        worth * weights.title,
                        f"has the {'title' if name == 'title' else 'file name'}'s words: {words}",
                    )
            for part in ("title", "name"):
                evidence.title_words |= set(by_field.get(part, ()))
            matched = {word for part in by_field.values() for word in part}
            evidence.match(matched, self.mentions.word_rarity, unit)
            evidence.phrase = max(evidence.phrase, self._phrase(target, pairs))
            titled = {*by_field.get("title", ()), *by_field.get("name", ())}
            evidence.alone = max((1 / self._titles(w) for w in titled), default=0.0)
            # Each word counts once, where it counts most.
            used = set(evidence.said)
            if weights.title:
                used |= {*by_field.get("title", ()), *by_field.get("name", ())}
            for signal, worth_of in (("tag", weights.tag), ("folder", weights.folder)):
                words_of = {w: v for w, v in by_field.get(signal, {}).items() if w not in used}
                if words_of and worth_of:
                    best = max(words_of, key=lambda w: words_of[w])
                    used |= set(words_of)
                    evidence.add(
                        signal,  # type: ignore[arg-type]
                        words_of[best] * worth_of,
                        f"its {signal} {best} stands in the line",
                    )
            summary = {w: v for w, v in by_field.get("summary", {}).items() if w not in used}
            if summary and weights.summary:
                worth = min(1.0, sum(summary.values()) / _SUMMARY_WORDS)
                evidence.add(
                    "summary",
                    worth * weights.summary,
                    "shares words with its summary: " + ", ".join(sorted(summary)),
                )
            if evidence.worth:
                here[target] = evidence

    def _grouped(self, unit: Unit, year: int | None, here: dict[int, Evidence]) -> None:
        """The notes of that year whose tag, folder or series the line names."""
        words = {other for word in unit.plain for other in (word, *self._alike(word))}
        for group in self._groups.named(words):
            for target in self.of_year(group, year):
                if target == self.row.id:
                    continue
                evidence = here.setdefault(target, Evidence(unit.line))
                evidence.groups.append(group)
                if group.kind == "series":
                    words_of = f"names the series '{group.name}'"
                else:
                    words_of = f"names the {group.kind} {group.name}"
                evidence.add("tag", _GROUP * group.telling, words_of)
                evidence.match(group.words, self.mentions.word_rarity, unit)

    def of_year(self, group: Group, year: int | None) -> list[int]:
        """The notes of a group that were written in a year; all where none says when."""
        key = (group.kind, group.name, year)
        if key not in self._of_year:
            unread = sorted(group.notes - self._notes.keys())
            self._notes.update({row.id: row for row in self.catalog.notes_by_id(unread)})
            dated = {note_id: self.year(self._notes[note_id]) for note_id in group.notes}
            known = year is not None and any(dated.values())
            self._of_year[key] = sorted(
                note_id for note_id, written in dated.items() if not known or written == year
            )
        return self._of_year[key]

    def _with_alike(self, unit: Unit) -> dict[str, float]:
        """The words of a line and those that they are in the other script: 도커, docker."""
        found = dict(unit.words)
        for word in unit.plain:
            for other in self._alike(word):
                found.setdefault(other, OTHER_SCRIPT)
        return found

    def _pairs_of(self, unit: Unit) -> set[tuple[str, str]]:
        """The pairs of words of a line, each also as it is in the other script."""
        return {
            (one, other)
            for before, after in unit.pairs
            for one in (before, *self._alike(before))
            for other in (after, *self._alike(after))
        }

    def _phrase(self, target: int, pairs: set[tuple[str, str]]) -> float:
        """0–1: how telling the words are that a line has in the title's order."""
        best = 0.0
        for name in ("title", "name"):
            for pair in pairwise(self._card(target).get(name, [])):
                if pair in pairs:
                    one, other = pair
                    plain = everydayness(one) * everydayness(other)
                    best = max(best, (1 - plain) * min(1.0, _FEW_TITLES / self._titles(*pair)))
        return best

    def _titles(self, *words: str) -> int:
        """How many notes have all of a few words in their title or file name; 1 for none."""
        if words not in self._title_counts:
            having = (
                {c.note_id for c in self._with(word) if c.field in ("title", "name")}
                for word in words
            )
            self._title_counts[words] = max(1, len(set.intersection(*having)))
        return self._title_counts[words]

    def _alike(self, word: str) -> list[str]:
        if word not in self._other_script:
            self._other_script[word] = self.mentions.rows.alike(word)
        return self._other_script[word]

    def _may_be_meant(self, target: int, evidence: Evidence) -> bool:
        """A review or a day's log holds every word: words alone do not mean it, its name does."""
        return evidence.named or target not in self._tellers()

    def _tellers(self) -> frozenset[int]:
        if self._all_tellers is None:
            self._all_tellers = self.mentions.rows.of_kinds(("review", "daily"))
        return self._all_tellers

    def _covered(self, target: int, name: str, words: dict[str, float], unit: Unit) -> float:
        """0–1: how much of a title's rare words a line has."""
        if not words:
            return 0.0
        title = self._card(target).get(name, [])
        whole = min(sum(map(self.mentions.word_rarity, title)), KNOWN_BY)
        if whole <= 0:
            return 0.0
        there = sum(words.values())
        if any(pair in unit.pairs for pair in pairwise(title)):
            there *= IN_ORDER
        share: float = min(1.0, there / whole) ** COVERAGE
        return share * min(1.0, there / ENOUGH_WORDS)

    def _dated(self, target: int, windows: Sequence[Window], evidence: Evidence) -> None:
        if not windows or not self.weights.date or evidence.score < DATE_NEEDS:
            return
        written = self._date(target)
        if written is None:
            return
        for window in windows:
            if window.first <= written <= window.last:
                near = "near" if window.share == 1.0 else "inside"
                evidence.add(
                    "date",
                    window.share * self.weights.date,
                    f"written {written.isoformat()}, {near} {window.said}",
                )

    def _shared_names(self, found: dict[int, list[Evidence]], names: Sequence[FoundName]) -> None:
        """The note's body last: which other names of the section it speaks of."""
        if not self.weights.body:
            return
        keys = {name.key for name in names if name.place != "link"}
        for target, lines in found.items():
            best = max(lines, key=lambda line: line.score)
            if best.score < DATE_NEEDS:
                continue
            own = {name.key for name in self.mentions.rows.names_of_note(target)}
            shared = [
                key
                for key in (keys & self._names_in(target)) - own
                if not self.mentions.is_common(key)
            ]
            if shared:
                worth = min(1.0, sum(map(self.mentions.rarity, shared)) / _BODY_NAMES)
                best.add(
                    "body",
                    worth * self.weights.body,
                    "speaks of " + ", ".join(sorted(shared)[:3]) + " too",
                )

    # -- what is looked up once ------------------------------------------------------------------

    def _reviews(self) -> dict[ReviewTime, list[int]]:
        if self._by_when is None:
            self._by_when = review_times(self.mentions.rows.reviews())
        return self._by_when

    def _with(self, word: str) -> list[CardWord]:
        if word not in self._profiles_with:
            self._profiles_with[word] = self.mentions.rows.profiles_with(word)
        return self._profiles_with[word]

    def _card(self, note_id: int) -> dict[str, list[str]]:
        if note_id not in self._profiles:
            card: dict[str, list[str]] = {}
            for row in self.mentions.rows.card_of(note_id):
                card.setdefault(row.field, []).append(row.word)
            self._profiles[note_id] = card
        return self._profiles[note_id]

    def title_words(self, paths: Iterable[str]) -> frozenset[str]:
        """The words of some notes' titles that are no everyday language."""
        rows = filter(None, map(self.catalog.note, paths))
        found = (word for row in rows for word in self._card(row.id).get("title", ()))
        return frozenset(word for word in found if everydayness(word) < _EVERYDAY_NAME)

    def _names_in(self, note_id: int) -> set[str]:
        if note_id not in self._names:
            self._names[note_id] = self.mentions.rows.keys_in(note_id)
        return self._names[note_id]

    def year(self, note: NoteRow) -> int | None:
        """The year in which a note was written."""
        written = written_on(note)
        return written.year if written is not None else note.year

    def _date(self, note_id: int) -> date | None:
        if note_id not in self._dates:
            self._dates[note_id] = written_on(self.note(note_id))
        return self._dates[note_id]


def written_on(row: NoteRow) -> date | None:
    """The day that a note says it was written: its property, else the date in its path."""
    return _day(row.created)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


_PAGE = re.compile(r"\.(?:html?|md|markdown|php|aspx?)$|/(?:index|readme)$", re.IGNORECASE)


def address_parts(url: str) -> list[str]:
    """The folded parts of a URL's path, without `index.html` and the like."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return []
    path = _PAGE.sub("", path.rstrip("/"))
    return [bare_key(part) for part in path.split("/") if part]


def _path_parts(path: str, dialect: str) -> list[str]:
    whole = path.rpartition("/")[0] if is_folder_note(path, dialect) else path
    return [bare_key(part) for part in whole.split("/")]
