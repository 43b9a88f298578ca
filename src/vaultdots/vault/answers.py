"""Answers across the years that took long, asked again: from the catalog where nothing changed.

What is kept is a pickle of our own records. It is read without running anything: no name but that
of one of our classes is looked up.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

import vaultdots
from vaultdots.store.kept_answers import EVERYTHING, Follows, KeptAnswer
from vaultdots.store.opening import digest_of
from vaultdots.vault.state import State

_T = TypeVar("_T")
_PROTOCOL = 5


class Answers:
    """The kept answers of an open vault."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._new: list[KeptAnswer] = []
        self._depth = 0
        self._told = Follows("notes")
        """What the answers asked within the one being computed follow from."""

    def answer(
        self,
        question: str,
        compute: Callable[[], _T],
        *depends: object,
        follows: Callable[[], Follows] = lambda: EVERYTHING,
    ) -> _T:
        """`compute()`, or what it answered before. question: with every argument that matters.
        depends: what else the answer follows from, beside the settings and what `follows` says
        after it was computed.

        Unsaved texts, and weights that are being tried (`DOTS_WEIGHTS`), are always asked anew.
        """
        catalog = self._state.catalog
        if catalog.overlaid or os.environ.get("DOTS_WEIGHTS"):
            return compute()
        stamp = _digest(repr((self._stamp, depends)).encode())
        kept = catalog.kept(question, stamp)
        if kept is not None:
            import pickle

            try:
                found: _T = _read(kept.answer)
            except (pickle.UnpicklingError, AttributeError, ImportError, TypeError, ValueError):
                pass
            else:
                self._told = _both(self._told, kept.follows)
                return found
        generation = catalog.generation
        self._depth += 1
        around, self._told = self._told, Follows("notes")
        try:
            found = compute()
            told = _both(follows(), self._told)
        finally:
            self._depth -= 1
            self._told = _both(around, self._told)
        self._told = _both(self._told, told)
        self._new.append(KeptAnswer(question, stamp, told, _written(found)))
        if not self._depth:
            catalog.keep(self._new, generation)
            self._new.clear()
        return found

    def reading(
        self,
        question: str,
        compute: Callable[[], _T],
        depends: object,
        notes: Iterable[int],
        *,
        named: bool = False,
    ) -> _T:
        """What was read of some notes alone; see `from_catalog.Readings`."""

        def follows() -> Follows:
            # After `compute`, which may have read more.
            return Follows("names" if named else "notes", frozenset(notes))

        return self.answer(question, compute, depends, follows=follows)

    @cached_property
    def _stamp(self) -> str:
        return repr((vaultdots.__version__, _code(), self._state.config.tables))


def _both(one: Follows, inner: Follows) -> Follows:
    """What follows from one thing and from the answers asked within. What all notes are called is
    said by the outer one itself, where it matters to it."""
    what = "all" if inner.what == "all" else one.what
    return Follows(what, one.notes | inner.notes, one.words | inner.words)


def _written(answer: object) -> bytes:
    import pickle

    data = pickle.dumps(answer, _PROTOCOL)
    return _digest(data).encode("ascii") + data


def _read(data: bytes) -> Any:
    """Raises ValueError where a byte of it was spoilt."""
    length = len(_digest(b""))
    if _digest(data[length:]).encode("ascii") != data[:length]:
        raise ValueError("damaged")
    # Here: a command that asks nothing of this kind need not load it.
    import pickle

    class Reader(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            if module.partition(".")[0] == "vaultdots":
                found = super().find_class(module, name)
                if isinstance(found, type):
                    return found
            raise pickle.UnpicklingError(module, name)  # no record of ours

    return Reader(io.BytesIO(data[length:])).load()


def _digest(data: bytes) -> str:
    return digest_of(data).hex()


@cache
def _code() -> str:
    """What tells this code and its word lists from what they were before an edit."""
    root = Path(vaultdots.__file__).parent
    told = []
    for folder in ("retrospective", "graph", "note", "text"):
        stack = [str(root / folder)]
        while stack:
            with os.scandir(stack.pop()) as entries:
                for entry in entries:
                    if entry.is_dir():
                        if entry.name != "__pycache__":
                            stack.append(entry.path)
                    else:
                        status = entry.stat()
                        told.append((entry.name, status.st_size, status.st_mtime_ns))
    return _digest(repr(sorted(told)).encode())
