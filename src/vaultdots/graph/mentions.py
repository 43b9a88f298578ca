"""Unlinked mentions: who names a note in plain text, and which notes a note names.

The catalog's file keeps what was found, a row a mention. One changed note is looked through alone;
where notes were named, renamed or removed, only the notes are that hold such a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log

from vaultdots.graph.mention_scanner import Scanner, Words, may_hold
from vaultdots.graph.note_names import call_names, common_words, is_name, tag_name
from vaultdots.graph.note_profiles import card, summaries
from vaultdots.store.answers import NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.mention_rows import FoundName, MentionRows, NameOfNote
from vaultdots.store.other_script import other_names
from vaultdots.text.folding import fold
from vaultdots.text.spans import Lines
from vaultdots.text.tuples import NamedTuple

_FEW = 60
"""Up to this many new names and words the notes are searched for each one; past it they are all
looked through again (10,000 notes: 60 words take as long as one pass)."""
_FEW_NOTES = 20
"""Notes for which a scanner of their own is made: of all names it takes a quarter of a second."""
_MANY = 400
"""From this many changed notes on, all are looked through again."""
_ORDER = {"title": 0, "alias": 0, "file": 1, "folder": 2, "gloss": 2, "tag": 3}
_COMMON_SHARE = 0.2
"""A one-word name that stands unlinked in more of the notes than this is a word, not a name. The
demo vault's most named note (Redis) stands in 17 % of it, `목표` in 40 % of a blog of reviews."""
_COMMON_LEAST = 12
"""… but not in a vault so small that this many notes are a fifth of it."""
_LINKED_SHARE = 0.1
"""A word that is a link one time in ten is a name, however often it stands there."""
_EVERYDAY = 0.3
"""What is left of the rarity of a word that is everyday language but happens to be rare here."""
_LOWER_SHARE = 0.75
"""A Latin name that its note writes with a capital, and the vault so often without one, is a word:
`Record`, `Search`."""
_LOWER_LEAST = 6


class Mention(NamedTuple):
    """A name of a note in plain text. The first five are the keys of `dots mentions --json`.

    line, column: 1-based, in code points. text: the words as written. target: a path. targets:
    every note that is called so. start, end: code points. place: prose or heading.
    """

    source: str
    line: int
    column: int
    text: str
    target: str
    targets: tuple[str, ...]
    start: int
    end: int
    section: int
    place: str
    key: str


class Mentions:
    """The mentions of one state of the catalog, brought up to it when made."""

    def __init__(self, catalog: Catalog) -> None:
        """Look through what changed. Raises CatalogError."""
        self.catalog = catalog
        self.rows = MentionRows(catalog)
        self._bring_up_to_date()
        self.paths = self.rows.paths()
        self.asked: set[str] = set()
        """Takes the names and words of which it is asked how often they stand where."""
        self._names: dict[str, list[NameOfNote]] = {}
        self._common: dict[str, bool] = {}
        self._linked: dict[str, float] = {}
        self._rarity: dict[str, float] = {}
        self._word_rarity: dict[str, float] = {}

    # -- keeping up ------------------------------------------------------------------------------

    def _bring_up_to_date(self) -> None:
        rows, catalog = self.rows, self.catalog
        if rows.generation == catalog.generation:
            return
        with rows.writing():
            since, generation = rows.generation, catalog.generation
            if since == generation:
                return
            if since < 0 or catalog.epoch > since:
                self._look_through_all()
            else:
                self._look_again(since)
            rows.finish(generation)

    def _look_through_all(self) -> None:
        # Here: it loads what reads notes, which a look at what was found already need not wait for.
        from vaultdots.graph.scan_mentions import scan_all

        rows = self.rows
        self.catalog.forget_kept((), names=False, words=None)
        rows.start_over()
        notes = self.catalog.notes()
        self._name(notes)
        keys, words = rows.keys(), rows.card_words()
        counts = dict.fromkeys(words, 0)
        note_ids = [row.id for row in notes]
        for note_id, found, there in scan_all(self.catalog, keys, words, note_ids):
            for word in there:
                counts[word] += 1
            rows.put(note_id, found, there)
        rows.set_words(counts.items())

    def _name(self, notes: Sequence[NoteRow]) -> None:
        """Keep what notes are called and known by."""
        rows, catalog = self.rows, self.catalog
        ids = [row.id for row in notes]
        summaries_of = summaries(catalog, ids)
        tags = catalog.tags_by_path(ids)
        rows.put_names(
            (name for row in notes for name in call_names(row)),
            (
                word
                for row in notes
                for word in card(row, tags.get(row.path, ()), summaries_of.get(row.id, ""))
            ),
        )
        own = (tag_name(note_id, tag) for note_id, tag in rows.own_tags().values())
        rows.replace_names("tag", (name for name in own if name is not None))
        rows.replace_names("gloss", self._glossed())

    def _glossed(self) -> Iterator[NameOfNote]:
        """What the notes are called in the other script, where the vault glosses a title or an
        alias: `Backpropagation` is 역전파 too."""
        called = self.rows.names_of_key
        for key, others in other_names(self.catalog).items():
            there = {name.note_id for name in called(key) if name.via in ("title", "alias")}
            for other in others if there else ():
                known = {name.note_id for name in called(other) if name.via != "gloss"}
                if is_name(other, other):
                    for note_id in sorted(there - known):
                        yield NameOfNote(note_id, other, "gloss", other)

    def _look_again(self, since: int) -> None:
        rows = self.rows
        changes = self.catalog.changed_notes(since)
        changed, removed = set(changes.updated), set(changes.removed)
        if len(changed) > _MANY:
            self._look_through_all()
            return
        said = self._said(changed)
        old_keys, old_words = rows.keys(), rows.words()
        rows.forget_names(changed | removed)
        self._name(self.catalog.notes_by_id(sorted(changed)))
        keys, words = rows.keys(), rows.card_words()
        added, gone = keys - old_keys, old_keys - keys
        new_words = words - old_words
        if len(added) + len(new_words) > _FEW:
            self._look_through_all()
            return
        rows.drop(changed | removed)
        rows.change_words(new_words, old_words - words)
        again = rows.notes_with_keys(gone)
        if added or new_words:
            counted = Words(new_words)
            for note_id, text in list(self.catalog.texts()):
                if note_id in changed:
                    continue
                folded = fold(text)
                near = any(word in folded.text for word in new_words)
                there = counted.there(folded.text) if near else set()
                if there:
                    rows.add_words(note_id, there)
                if added and note_id not in again and may_hold(folded, added):
                    again.add(note_id)
        again -= changed | removed
        if len(changed | again) <= _FEW_NOTES:
            told = [note.text for note in rows.texts(sorted(changed | again))]
            scanner = Scanner.of_texts(keys, words, told)
        else:
            scanner = Scanner(keys, words)
        for note in rows.texts(sorted(changed)):
            found, there = scanner.scan(note)
            rows.put(note.note_id, found, there)
            rows.count(there)
        for note in rows.texts(sorted(again)):
            rows.put_found(note.note_id, scanner.scan(note)[0])
        renamed = bool(added or gone or new_words)
        moved = None if renamed else {word for word, *_ in said ^ self._said(changed)}
        self.catalog.forget_kept((), names=False, words=moved)

    def _said(self, note_ids: Iterable[int]) -> set[tuple[str, int, str, bool, int]]:
        """The names and counted words of some notes: where and how often each stands."""
        rows = self.rows
        found = Counter(
            (one.key, note_id, one.place, one.cased)
            for note_id in note_ids
            for one in rows.in_note(note_id)
        )
        said = {(*name, times) for name, times in found.items()}
        said |= {(word, n, "", False, 0) for n in note_ids for word in rows.words_in(n) or ()}
        return said

    def is_current(self) -> bool:
        """Whether what was found is of the catalog as it is now."""
        return self.rows.generation == self.catalog.generation

    # -- asking ----------------------------------------------------------------------------------

    def of(self, note_id: int, *, tags: bool = False) -> list[Mention]:
        """Where other notes name a note without a link, by path and place.

        tags: a tag that the note alone has counts as a name of it.
        """
        found = [row for row in self._found_of(note_id, tags) if row.note_id != note_id]
        return self._placed(found, note_id, tags=tags)

    def out(self, note_id: int, *, tags: bool = False) -> list[Mention]:
        """Which notes a note names without a link, by place."""
        found = [row for row in self.rows.in_note(note_id) if not self.is_common(row.key)]
        return self._placed(found, tags=tags)

    def sources(self, note_id: int) -> set[int]:
        """The notes that name a note without a link."""
        return {
            row.note_id
            for row in self._found_of(note_id, False)
            if row.place != "link" and note_id in self.named(row.key, row.note_id)
        } - {note_id}

    def all(self) -> list[Mention]:
        """Every mention of the vault, by path and place."""
        found = []
        for note_id in self.paths:
            found += self.out(note_id)
        return found

    def word_or_name_rarity(self, text: str) -> float:
        """The rarity of a word of a card, or of a name."""
        self.asked.add(text)
        counted = self.rows.word_notes(text)
        return self.word_rarity(text) if counted else self.rarity(text)

    def alike(self, word: str) -> list[str]:
        """The words of cards that are this one in the other script: 도커, docker."""
        self.asked.update(self.rows.glossed.get(word, ()))
        return self.rows.alike(word)

    def _found_of(self, note_id: int, tags: bool) -> list[FoundName]:
        keys = {
            name.key
            for name in self.rows.names_of_note(note_id)
            if (tags or name.via != "tag") and not self.is_common(name.key)
        }
        return self.rows.of_keys(keys)

    def named(self, key: str, source: int, *, tags: bool = False) -> tuple[int, ...]:
        """The notes that a name means in a note, the likeliest first; none where it is its own.

        A title or alias before a file, a folder or a tag; then the note nearest to the source.
        """
        names = self.called(key)
        if source not in self.paths or any(name.note_id == source for name in names):
            return ()
        folder = self.paths[source].rpartition("/")[0]
        likely = sorted(
            (name for name in names if tags or name.via != "tag"),
            key=lambda name: (
                _ORDER[name.via],
                -_shared(folder, self.paths[name.note_id]),
                len(self.paths[name.note_id]),
                self.paths[name.note_id],
            ),
        )
        return tuple(dict.fromkeys(name.note_id for name in likely))

    def called(self, key: str) -> list[NameOfNote]:
        """Every note that a name is a name of, and how."""
        if key not in self._names:
            self._names[key] = [
                name for name in self.rows.names_of_key(key) if name.note_id in self.paths
            ]
        return self._names[key]

    def is_common(self, key: str) -> bool:
        """Whether a name is used as an everyday word in this vault."""
        self.asked.add(key)
        if key not in self._common:
            self._common[key] = self._looks_common(key)
        return self._common[key]

    def _looks_common(self, key: str) -> bool:
        if " " in key:
            return False
        if self.linked_share(key) > _LINKED_SHARE:
            return False
        notes, times, cased = self.rows.spread(key)
        if notes >= _COMMON_LEAST and notes > _COMMON_SHARE * len(self.paths):
            return True
        if times - cased < _LOWER_LEAST or not key.isascii():
            return False
        return times - cased > _LOWER_SHARE * times and all(
            name.spelled != name.spelled.lower() for name in self.called(key)
        )

    def rarity(self, key: str) -> float:
        """0–1: how little a name is used in the vault; 1 for one that a single note has."""
        self.asked.add(key)
        if key not in self._rarity:
            self._rarity[key] = _rarity(self.rows.spread(key)[0], len(self.paths))
        return self._rarity[key]

    def linked_share(self, key: str) -> float:
        """0–1: how often a name is a link where it stands (Mihalcea & Csomai 2007)."""
        self.asked.add(key)
        if key not in self._linked:
            links = self.rows.links_by_name(key)
            self._linked[key] = links / (links + self.rows.spread(key)[1]) if links else 0.0
        return self._linked[key]

    def word_rarity(self, word: str) -> float:
        """0–1: how few notes have a word of a card in them; an everyday word is never rare."""
        self.asked.add(word)
        if word not in self._word_rarity:
            rarity = _rarity(self.rows.word_notes(word), len(self.paths))
            self._word_rarity[word] = rarity * (_EVERYDAY if word in common_words() else 1.0)
        return self._word_rarity[word]

    def _placed(
        self, found: Iterable[FoundName], wanted: int | None = None, *, tags: bool = False
    ) -> list[Mention]:
        texts: dict[int, tuple[str, Lines]] = {}
        placed = []
        for row in found:
            if row.place == "link" or row.note_id not in self.paths:
                continue
            targets = self.named(row.key, row.note_id, tags=tags)
            if not targets or (wanted is not None and wanted not in targets):
                continue
            if row.note_id not in texts:
                text = self.catalog.text(row.note_id)
                texts[row.note_id] = (text, Lines.of(text))
            text, lines = texts[row.note_id]
            line, column = lines.position(row.start)
            paths = tuple(self.paths[target] for target in targets)
            placed.append(
                Mention(
                    self.paths[row.note_id],
                    line,
                    column,
                    text[row.start : row.end],
                    self.paths[wanted] if wanted is not None else paths[0],
                    paths,
                    row.start,
                    row.end,
                    row.section,
                    row.place,
                    row.key,
                )
            )
        return sorted(placed, key=lambda mention: (mention.source, mention.start))


def _rarity(notes: int, total: int) -> float:
    """1 − log(notes) / log(total + 1): 1 for one note, near 0 for all of them."""
    return max(0.0, 1.0 - log(max(1, notes)) / log(total + 2))


def _shared(folder: str, path: str) -> int:
    """How many folders from the root two places share."""
    count = 0
    for one, other in zip(folder.split("/"), path.split("/"), strict=False):
        if one != other:
            break
        count += 1
    return count
