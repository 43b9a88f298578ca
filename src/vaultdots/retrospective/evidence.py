"""What speaks for a connection between one line and one note, signal by signal.

Exact names first, then the words that a note is known by, weighted by how rare they are in the
vault; dates only beside other evidence, and the note's body last. The worth of each is `weights`.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from itertools import pairwise
from math import fsum

from vaultdots.graph.line_profiles import SectionUnits, Unit, Window
from vaultdots.graph.mentions import Mentions
from vaultdots.graph.note_profiles import words_in
from vaultdots.retrospective.connect_groups import Group, Groups
from vaultdots.retrospective.line_evidence import Evidence
from vaultdots.retrospective.named_reviews import named_reviews
from vaultdots.retrospective.note_facts import NoteFacts, address_parts
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
    Weights,
)
from vaultdots.store.answers import LinkRow, NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.mention_rows import FoundName
from vaultdots.text.everyday import everydayness

_GROUP = 0.2
"""What a tag, folder or series that a line names adds to each of its notes."""
_FEW_TITLES = 3
"""Titles that may share two words in their order, for these to be a term of their own."""
_WORTH_LOOKING = 0.15
"""Rarity under which a word (one in more than a half of 100 notes) brings no note up."""
_OF_A_LINE = 150
"""Notes that the words of one line bring up, those of most rare words first. With 60 (and 200 of a
section) three of 160 labelled partners are lost."""
_OF_A_SECTION = 500
"""… and those of its lines together, the strongest first."""
_BODY_NAMES = 3.0
"""Rarities of shared names that add up to this are all that a body can show."""
_SUMMARY_WORDS = 1.6


class Collector:
    """Gathers the evidence of one note's lines."""

    def __init__(
        self, catalog: Catalog, mentions: Mentions, row: NoteRow, weights: Weights
    ) -> None:
        """row: the note whose sections are connected."""
        self.mentions = mentions
        self.row = row
        self.weights = weights
        self.facts = NoteFacts(catalog, mentions, row)
        self._groups = Groups(catalog, mentions)

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
            groups = self._groups_in(unit)
            of_groups = {note for group in groups for note in self.facts.of_year(group, year)}
            self._worded(unit, here, of_groups)
            self._grouped(unit, groups, year, here)
            self._by_time(unit, here)
            for target, evidence in here.items():
                if not self._may_be_meant(target, evidence):
                    continue
                self._dated(target, unit.windows, evidence)
                if evidence.worth:
                    found.setdefault(target, []).append(evidence)
        found = _strongest(found)
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
                what = {"file": "file name", "gloss": "title in the other script,"}.get(
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
            for target in self.facts.reviews_by_time().get(named.time, ()):
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
            for path, share in self.facts.addressed(link.target):
                evidence = here.setdefault(path, Evidence(unit.line))
                evidence.named = evidence.certain = True
                end = address_parts(link.target)[-1]
                evidence.add(
                    "address",
                    share * self.weights.address,
                    f"links to an address that ends like its path (…/{end})",
                )

    def _fields_of(
        self, unit: Unit, wanted: Container[int]
    ) -> dict[int, dict[str, dict[str, float]]]:
        """Note → field → the words of the line that stand there, each with its worth. Only the
        notes of the rarest words, and those that are wanted whatever they share."""
        worths = [
            (rarity * sure, word)
            for word, sure in self._with_alike(unit).items()
            if (rarity := self.mentions.word_rarity(word)) >= _WORTH_LOOKING
        ]
        fields: dict[int, dict[str, dict[str, float]]] = {}
        for worth, word in sorted(worths, reverse=True):
            full = len(fields) >= 2 * _OF_A_LINE
            for note_id, field, *_ in self.facts.cards_with(word):
                if note_id in fields or not full or note_id in wanted:
                    fields.setdefault(note_id, {}).setdefault(field, {})[word] = worth
        fields.pop(self.row.id, None)
        if len(fields) <= _OF_A_LINE:
            return fields
        sums = {
            note_id: fsum({w: v for words in by_field.values() for w, v in words.items()}.values())
            for note_id, by_field in fields.items()
        }
        first = set(sorted(sums, key=lambda note_id: (-sums[note_id], note_id))[:_OF_A_LINE])
        return {n: by_field for n, by_field in fields.items() if n in first or n in wanted}

    def _worded(self, unit: Unit, here: dict[int, Evidence], of_groups: Collection[int]) -> None:
        weights = self.weights
        pairs = self._pairs_of(unit)
        fields = self._fields_of(unit, {*here, *of_groups})
        self.facts.read(fields)
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
            evidence.alone = max((1 / self.facts.titles(w) for w in titled), default=0.0)
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
                worth = min(1.0, fsum(summary.values()) / _SUMMARY_WORDS)
                evidence.add(
                    "summary",
                    worth * weights.summary,
                    "shares words with its summary: " + ", ".join(sorted(summary)),
                )
            if evidence.worth:
                here[target] = evidence

    def _groups_in(self, unit: Unit) -> list[Group]:
        """The tags, folders and series that a line names."""
        return self._groups.named(
            {other for word in unit.plain for other in (word, *self.facts.alike(word))}
        )

    def _grouped(
        self, unit: Unit, groups: Iterable[Group], year: int | None, here: dict[int, Evidence]
    ) -> None:
        """The notes of that year whose tag, folder or series the line names."""
        for group in groups:
            for target in self.facts.of_year(group, year):
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

    def _with_alike(self, unit: Unit) -> dict[str, float]:
        """The words of a line and those that they are in the other script: 도커, docker."""
        found = dict(unit.words)
        for word in unit.plain:
            for other in self.facts.alike(word):
                found.setdefault(other, OTHER_SCRIPT)
        return found

    def _pairs_of(self, unit: Unit) -> set[tuple[str, str]]:
        """The pairs of words of a line, each also as it is in the other script."""
        return {
            (one, other)
            for before, after in unit.pairs
            for one in (before, *self.facts.alike(before))
            for other in (after, *self.facts.alike(after))
        }

    def _phrase(self, target: int, pairs: set[tuple[str, str]]) -> float:
        """0–1: how telling the words are that a line has in the title's order."""
        best = 0.0
        for name in ("title", "name"):
            for pair in pairwise(self.facts.card(target).get(name, [])):
                if pair in pairs:
                    one, other = pair
                    plain = everydayness(one) * everydayness(other)
                    best = max(best, (1 - plain) * min(1.0, _FEW_TITLES / self.facts.titles(*pair)))
        return best

    def _may_be_meant(self, target: int, evidence: Evidence) -> bool:
        """A review or a day's log holds every word: words alone do not mean it, its name does."""
        return evidence.named or target not in self.facts.tellers()

    def _covered(self, target: int, name: str, words: dict[str, float], unit: Unit) -> float:
        """0–1: how much of a title's rare words a line has."""
        if not words:
            return 0.0
        title = self.facts.card(target).get(name, [])
        whole = min(sum(map(self.mentions.word_rarity, title)), KNOWN_BY)
        if whole <= 0:
            return 0.0
        there = fsum(words.values())
        if any(pair in unit.pairs for pair in pairwise(title)):
            there *= IN_ORDER
        share: float = min(1.0, there / whole) ** COVERAGE
        return share * min(1.0, there / ENOUGH_WORDS)

    def _dated(self, target: int, windows: Sequence[Window], evidence: Evidence) -> None:
        if not windows or not self.weights.date or evidence.score < DATE_NEEDS:
            return
        written = self.facts.date_of(target)
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
        self.mentions.asked |= keys
        for target, lines in found.items():
            best = max(lines, key=lambda line: line.score)
            if best.score < DATE_NEEDS:
                continue
            own = {name.key for name in self.mentions.rows.names_of_note(target)}
            shared = [
                key
                for key in (keys & self.facts.names_in(target)) - own
                if not self.mentions.is_common(key)
            ]
            if shared:
                worth = min(1.0, fsum(map(self.mentions.rarity, shared)) / _BODY_NAMES)
                best.add(
                    "body",
                    worth * self.weights.body,
                    "speaks of " + ", ".join(sorted(shared)[:3]) + " too",
                )


def _strongest(found: dict[int, list[Evidence]]) -> dict[int, list[Evidence]]:
    """The notes for which a section says most, and all that it names or that its groups hold."""
    if len(found) <= _OF_A_SECTION:
        return found
    best = {target: max(line.score for line in lines) for target, lines in found.items()}
    first = set(sorted(best, key=lambda target: (-best[target], target))[:_OF_A_SECTION])
    return {
        target: lines
        for target, lines in found.items()
        if target in first or any(line.named or line.groups for line in lines)
    }
