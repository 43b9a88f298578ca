"""Naming and connecting: who names whom, what belongs together, and writing it as links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vaultdots.errors import NoteNotFound
from vaultdots.store.answers import NoteRow
from vaultdots.store.location import (
    data_folder,
)
from vaultdots.vault.door import Door

if TYPE_CHECKING:
    from vaultdots.graph.mentions import Mention as Mention
    from vaultdots.graph.mentions import Mentions
    from vaultdots.graph.metrics import Bridge as Bridge
    from vaultdots.graph.metrics import Gap as Gap
    from vaultdots.graph.paths import Step as Step
    from vaultdots.retrospective.apply import Plan as Plan
    from vaultdots.retrospective.compare import Comparison as Comparison
    from vaultdots.retrospective.concepts import Concept as Concept
    from vaultdots.retrospective.connect import Connection as Connection
    from vaultdots.retrospective.digest import Digest as Digest
    from vaultdots.retrospective.model import Book as Book
    from vaultdots.retrospective.model import Goal as Goal
    from vaultdots.store.rejections import Rejection as Rejection
    from vaultdots.edit import Change, Prepared
    from vaultdots.store.undo import Journal
    from vaultdots.store.undo import Step as UndoStep


class Connecting(Door):
    """What a vault says of mentions, connections and the shape of its links."""

    @contextmanager
    def naming(self) -> Iterator[Mentions]:
        """Which notes name which in plain text, brought up to the catalog, and a snapshot of it.

        What is found is written into the cache, so enter it before a snapshot, not inside of one.
        Raises CatalogError.
        """
        from vaultdots.graph.mentions import Mentions

        while True:
            if self._mentions is None:
                self._mentions = Mentions(self.catalog)
            with self.snapshot():
                if self._mentions.is_current():
                    yield self._mentions
                    return
            # Another process has read the vault again since.
            self._mentions = None

    def mentions(self, note: str, *, tags: bool = False) -> list[Mention]:
        """Where other notes name a note without linking to it, by path and place.

        tags: a tag that no other note has is a name of the note too.
        """
        with self.naming() as names:
            return names.of(self._note_row(note).id, tags=tags)

    def mentions_out(self, note: str, *, tags: bool = False) -> list[Mention]:
        """Which notes a note names without linking to them, by place."""
        with self.naming() as names:
            return names.out(self._note_row(note).id, tags=tags)

    def is_everyday(self, note: str) -> bool:
        """Whether every name of a note is an everyday word, so that nobody is said to name it."""
        with self.naming() as names:
            own = names.rows.names_of_note(self._note_row(note).id)
            return all(names.is_common(name.key) for name in own if name.via != "tag")

    def mention_sources(self, note_id: int) -> set[int]:
        """The ids of the notes that name a note without a link; what `mentions:NOTE` asks."""
        with self.naming() as names:
            return names.sources(note_id)

    def connections(
        self,
        note: str | None = None,
        *,
        year: int | None = None,
        with_links: bool = False,
        again: bool = False,
    ) -> list[Connection]:
        """The notes that each section should be connected to, with reasons, best first in each.

        note: one note; None: the reviews, of one year or all. with_links: links that are there
        already too. again: those too that were rejected before.
        """
        from vaultdots.retrospective.connect import connections

        rejected = [] if again else self.rejections()
        found: list[Connection] = []
        with self.naming() as names:
            if note is not None:
                rows = [self._note_row(note)]
            else:
                reviews = [row for row in self.notes() if row.kind == "review"]
                rows = [row for row in reviews if year is None or row.year == year]
                rows.sort(key=lambda row: (row.year or 0, row.path))
            for row in rows:
                unwanted = [(r.target, r.section) for r in rejected if r.source == row.path]
                found += connections(
                    self.catalog, names, row, with_links=with_links, rejected=unwanted
                )
        return found

    def plan(self, connections: Sequence[Connection]) -> Plan:
        """What writing connections as links would change; nothing is written."""
        from vaultdots.retrospective.apply import plan

        with self.snapshot():
            return plan(self.catalog, self.config, connections)

    def prepare(self, change: Change) -> Prepared:
        """A change with the bytes that it reads and writes; nothing is written.

        Raises EditError where it cannot be made as it is meant.
        """
        from vaultdots.edit import prepare

        return prepare(self.root, change, self.config.options)

    def apply(self, change: Change | Prepared) -> UndoStep | None:
        """Make a change, undoably; None where no byte changes. Raises EditError, VaultError."""
        from vaultdots.edit import Change

        prepared = self.prepare(change) if isinstance(change, Change) else change
        step = self.journal().write(prepared.files, prepared.change.operation)
        self.sync()
        return step

    def journal(self) -> Journal:
        """What was written into the vault, to undo and redo it."""
        from vaultdots.store.undo import Journal

        return Journal(self.root, data_folder(self.root, self.environ))

    def reject(self, connections: Sequence[Connection]) -> None:
        """Do not suggest these again."""
        from vaultdots.store.rejections import Rejection, write_rejections

        fresh = [Rejection(c.source, c.section, c.target) for c in connections]
        if fresh:
            folder = data_folder(self.root, self.environ)
            write_rejections(folder, [*self.rejections(), *fresh])

    def rejections(self) -> list[Rejection]:
        """What was rejected before."""
        from vaultdots.store.rejections import read_rejections

        return read_rejections(data_folder(self.root, self.environ))

    def path(self, one: str, other: str) -> list[list[Step]]:
        """The shortest chains between two notes: of links, else of links and mentions."""
        from vaultdots.graph.paths import chains, link_ties, name_ties

        with self.naming() as names:
            start, end = self.find(one), self.find(other)
            links = link_ties(self.catalog)
            return chains(start, end, links) or chains(start, end, links, name_ties(names))

    def bridges(self) -> list[Bridge]:
        """The notes that hold parts of the vault together, those that hold the most first."""
        from vaultdots.graph.metrics import bridges

        return bridges(self._neighbours())

    def gaps(self) -> list[Gap]:
        """Parts of the vault that share rare words and have no link, the likeliest first."""
        from vaultdots.graph.metrics import gaps

        with self.naming() as names:
            return gaps(self._neighbours(), names)

    def orphans(self, *, isolated: bool = False) -> list[NoteRow]:
        """The notes that no link comes into, by path; isolated: and none goes out of."""
        from vaultdots.graph.link_sets import LinkSets

        facts = LinkSets(self.catalog)
        alone = set(facts.isolated() if isolated else facts.orphans())
        return [row for row in self.notes() if row.id in alone]

    def _neighbours(self) -> dict[str, set[str]]:
        from vaultdots.graph.metrics import neighbours
        from vaultdots.graph.paths import link_ties

        return neighbours((row.path for row in self.notes()), link_ties(self.catalog))

    def _note_row(self, note: str) -> NoteRow:
        row = self.catalog.note(self.find(note))
        if row is None:
            raise NoteNotFound(f"'{note}' is not a note")
        return row
