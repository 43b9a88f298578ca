"""What the sections of a note should be connected to, kept until something of it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vaultdots.store.kept_answers import Follows, word_marks
from vaultdots.vault.answers import Answers
from vaultdots.vault.state import State

if TYPE_CHECKING:
    from vaultdots.retrospective.model import Connection
    from vaultdots.store.rejections import Rejection


class Suggestions:
    """The suggestions for notes, each note's for itself. Ask inside of `State.names_kept_up`."""

    def __init__(
        self,
        state: State,
        rejected: Sequence[Rejection],
        *,
        with_links: bool = False,
        most: int | None = None,
        answers: Answers | None = None,
    ) -> None:
        """rejected: what is not suggested again. with_links, most: see `Vault.connect`. answers:
        those within which it is asked."""
        self._state = state
        self._rejected = rejected
        self._with_links = with_links
        self._most = most
        self._answers = answers or Answers(state)

    def of(self, path: str) -> list[Connection]:
        """Those of one note: kept until it changes, or what some note is called, filed under or
        dated, or where and how often the vault has a word of it."""
        unwanted = [(r.target, r.section) for r in self._rejected if r.source == path]
        asked: set[str] = set()

        def follows() -> Follows:
            return Follows("names", frozenset((self._state.row(path).id,)), word_marks(asked))

        return self._answers.answer(
            f"connect {path} {self._with_links} {self._most}",
            lambda: self._found(path, unwanted, asked),
            unwanted,
            follows=follows,
        )

    def _found(
        self, path: str, unwanted: Sequence[tuple[str, tuple[str, ...]]], asked: set[str]
    ) -> list[Connection]:
        """asked: takes the names and words of which it was asked where and how often they stand."""
        from vaultdots.retrospective.connect import connections
        from vaultdots.retrospective.connect_choice import DEFAULT_MOST

        with self._state.naming() as names:
            names.asked = asked
            return connections(
                self._state.catalog,
                names,
                self._state.row(path),
                with_links=self._with_links,
                most=self._most or DEFAULT_MOST,
                rejected=unwanted,
            )
