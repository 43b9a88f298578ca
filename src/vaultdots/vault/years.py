"""`vault.years`: what `Years` answers, its long answers kept until something changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from vaultdots.vault.answers import Answers
from vaultdots.vault.state import State

if TYPE_CHECKING:
    from vaultdots.retrospective.model import Concept, Digest, Goal, ReviewBooks, ReviewRow
    from vaultdots.retrospective.years import Years

_T = TypeVar("_T")


class VaultYears:
    """`Years` of an open vault: reviews, goals, books, a year's page and names are kept; all else
    is asked of it each time."""

    def __init__(self, state: State, this_year: int, answers: Answers | None = None) -> None:
        """answers: those within which it is asked. Raises ConfigError where `goals.toml` cannot be
        read."""
        # Here, so that a command that only reads what was kept loads nothing to read reviews with.
        self._state = state
        self._this_year = this_year
        self._settled = state.side_file("goals.toml")
        self._answers = answers or Answers(state)
        self._cut: dict[str, None] = {}

    @property
    def depends(self) -> tuple[object, ...]:
        """What the answers follow from beside the notes and the settings."""
        return self._this_year, self._settled

    @cached_property
    def _years(self) -> Years:
        """Raises ConfigError where `[years]` in dots.toml cannot be read."""
        from vaultdots.retrospective.from_catalog import CatalogNotes, own_words
        from vaultdots.retrospective.years import Years

        own = own_words(self._state.config_table("years"))
        notes = CatalogNotes(self._state.catalog, self._answers)
        return Years(notes, self._this_year, self._settled, own, self._answers)

    def __getattr__(self, name: str) -> Any:
        """Everything else is as `Years` has it."""
        return getattr(self._years, name)

    def reviews(self) -> list[ReviewRow]:
        """The reviews as `dots reviews` lists them."""
        return self._answer("reviews", lambda: self._years.reviews())

    def review(self, year: int) -> Digest:
        """The year as a page. Raises UsageError where the vault knows nothing of it."""
        return self._answer(f"review {year}", lambda: self._years.review(year))

    def goals(
        self, made_in: int | None = None, for_year: int | None = None, *, wishes: bool = False
    ) -> list[Goal]:
        """The goals with their fate; see `Years.goals`."""
        return self._answer(
            f"goals {made_in} {for_year} {wishes}",
            lambda: self._years.goals(made_in, for_year, wishes=wishes),
        )

    def books(self) -> ReviewBooks:
        """Every book that was read, by year, and the authors' own counts."""
        return self._answer("books", lambda: self._years.books())

    def concepts(self) -> list[Concept]:
        """The names that several years speak of, the most telling first."""
        return self._answer("concepts", lambda: self._years.concepts())

    def cut_short(self) -> list[str]:
        """The reviews that make more goals than are followed, as far as their goals were read."""
        return list(self._cut)

    def _answer(self, question: str, compute: Callable[[], _T]) -> _T:
        def with_cut() -> tuple[_T, list[str]]:
            return compute(), self._years.cut_short()

        found, cut = self._answers.answer(
            f"{question} in {self._this_year}",
            with_cut,
            *self.depends,
            follows=lambda: self._years.notes.follows(),
        )
        self._cut |= dict.fromkeys(cut)
        return found
