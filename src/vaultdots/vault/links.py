"""What the vault's links, names and shape say: `vault.links`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from vaultdots.errors import EditError, NoteNotFound
from vaultdots.store.answers import NoteRow
from vaultdots.text.names import nfc
from vaultdots.vault.state import State

if TYPE_CHECKING:
    from vaultdots.edit import Prepared
    from vaultdots.edit.fixing import Fix
    from vaultdots.graph.arcs import Arc
    from vaultdots.graph.check import Problem
    from vaultdots.graph.links import ResolvedLink
    from vaultdots.graph.mentions import Mention, Mentions
    from vaultdots.graph.metrics import Bridge, Gap
    from vaultdots.graph.paths import Step


class Links:
    """Links and backlinks, unlinked mentions, chains between notes, and what is wrong."""

    def __init__(self, state: State) -> None:
        """Use `Vault.links`."""
        self._state = state

    def of(self, note: str, *, external: bool = False) -> list[ResolvedLink]:
        """The links that stand in a note; those out of the vault only when asked for."""
        from vaultdots.graph.links import links

        with self._state.snapshot():
            return links(self._state.catalog, self._state.find(note), external=external)

    def to(self, note: str) -> list[ResolvedLink]:
        """The backlinks of a note, or of a name that has no note yet."""
        from vaultdots.graph.links import backlinks, placeholder_backlinks

        with self._state.snapshot():
            try:
                path = self._state.find(note)
            except NoteNotFound:
                found = placeholder_backlinks(self._state.catalog, nfc(note).strip())
                if found:
                    return found
                raise
            return backlinks(self._state.catalog, path)

    def arcs(
        self, *, least: float = 2.0, history: bool = True, to_year: int | None = None
    ) -> list[Arc]:
        """Links that join writing at least `least` years apart, the longest first.

        history: date what says no date itself by the vault's git history. to_year: only those
        whose later end was written in that year.
        """
        return list(self.each_arc(least=least, history=history, to_year=to_year))

    def each_arc(
        self,
        *,
        least: float = 2.0,
        history: bool = True,
        to_year: int | None = None,
        said: bool = True,
    ) -> Iterator[Arc]:
        """The same one by one: of what is not asked for, no line is read. said: whether the lines
        of the links are asked for at all."""
        from vaultdots.graph.arcs import arcs

        known: Mapping[str, str] = {}
        if history:
            from vaultdots.store.git_dates import git_dates

            known = git_dates(self._state.root, self._state.catalog.folder)
        return arcs(self._state.catalog, known, least=least, to_year=to_year, said=said)

    def naming(self) -> AbstractContextManager[Mentions]:
        """Which notes name which in plain text, and a snapshot of it; see `State.naming`."""
        return self._state.naming()

    def mentions_of(self, note: str, *, tags: bool = False) -> list[Mention]:
        """Where other notes name a note without linking to it, by path and place.

        tags: a tag that no other note has is a name of the note too.
        """
        with self.naming() as names:
            return names.of(self._state.row(note).id, tags=tags)

    def mentions_in(self, note: str, *, tags: bool = False) -> list[Mention]:
        """Which notes a note names without linking to them, by place."""
        with self.naming() as names:
            return names.out(self._state.row(note).id, tags=tags)

    def is_everyday(self, note: str) -> bool:
        """Whether every name of a note is an everyday word, so that nobody is said to name it."""
        with self.naming() as names:
            own = names.rows.names_of_note(self._state.row(note).id)
            return all(names.is_common(name.key) for name in own if name.via != "tag")

    def mention_sources(self, note_id: int) -> set[int]:
        """The ids of the notes that name a note without a link; what `mentions:NOTE` asks."""
        with self.naming() as names:
            return names.sources(note_id)

    def chains(self, one: str, other: str) -> list[list[Step]]:
        """The shortest chains between two notes: of links, else of links and mentions."""
        from vaultdots.graph.paths import chains, link_ties, name_ties

        with self.naming() as names:
            start, end = self._state.find(one), self._state.find(other)
            links = link_ties(self._state.catalog)
            return chains(start, end, links) or chains(start, end, links, name_ties(names))

    def bridges(self) -> list[Bridge]:
        """The notes that hold parts of the vault together, those that hold the most first."""
        from vaultdots.graph.metrics import bridges

        return bridges(self.neighbours())

    def gaps(self) -> list[Gap]:
        """Parts of the vault that share rare words and have no link, the likeliest first."""
        from vaultdots.graph.metrics import gaps

        with self.naming() as names:
            return gaps(self.neighbours(), names)

    def orphans(self, *, isolated: bool = False) -> list[NoteRow]:
        """The notes that no link comes into, by path; isolated: and none goes out of."""
        from vaultdots.graph.link_sets import LinkSets

        sets = LinkSets(self._state.catalog)
        alone = set(sets.isolated() if isolated else sets.orphans())
        return [row for row in self._state.catalog.notes() if row.id in alone]

    def neighbours(self) -> dict[str, set[str]]:
        """The paths of the notes that links join to each, whichever way they go."""
        from vaultdots.graph.metrics import neighbours
        from vaultdots.graph.paths import link_ties

        paths = (row.path for row in self._state.catalog.notes())
        return neighbours(paths, link_ties(self._state.catalog))

    def check(self) -> list[Problem]:
        """What is wrong in the vault, by path and place."""
        from vaultdots.graph.check import check

        with self._state.snapshot():
            return check(self._state.catalog)

    def fixes(self) -> list[Fix]:
        """The problems that dots can mend, by path and place; nothing is written."""
        from vaultdots.edit.fixing import plan_fixes

        state = self._state
        with state.snapshot():
            return plan_fixes(state.catalog, state.config.options, state.read)

    def mended(self, fixes: Sequence[Fix]) -> tuple[Prepared, list[tuple[Fix, EditError]]]:
        """The change that mends these problems, which `vault.edit.apply` makes, and those that
        cannot be mended, each with why not."""
        from vaultdots.edit.fixing import prepare_fixes

        return prepare_fixes(self._state.root, fixes, self._state.config.options)

    @staticmethod
    def check_codes() -> Mapping[str, str]:
        """Every code of `check` with what it says."""
        from vaultdots.graph.check import CODES

        return CODES
