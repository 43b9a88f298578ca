"""The texts of a page rendered and packed: in this process, or beside it where there are many, so
that the rest of the page is worked out meanwhile."""

from __future__ import annotations

import os
from collections.abc import Sequence
from types import TracebackType

from vaultdots.page.bodies import A_PART, Body, packed
from vaultdots.vault import Beside

BESIDE = 300_000
"""Code points of Markdown from which a second process pays: it takes 0.1 s to start, and renders
two million a second."""
_WORKER = "vaultdots.page.packing_worker"


class Packing:
    """Texts on their way into the page; a context, at the end of which nothing runs any more."""

    def __init__(self, bodies: Sequence[Body | None]) -> None:
        """bodies: in the order of the rows, None where there is none."""
        self._rows = [list(bodies[at : at + A_PART]) for at in range(0, len(bodies), A_PART)]
        size = sum(len(body[0][0]) for body in bodies if body is not None)
        cores = os.cpu_count() or 1
        self._beside = Beside(_WORKER, self._rows) if size >= BESIDE and cores > 1 else None

    def parts(self) -> list[str]:
        """The packed parts, all of them; what a process that died left over is done here."""
        told = self._beside.frames() if self._beside is not None else []
        done = [part for part in told if isinstance(part, str)]
        return [*done, *map(packed, self._rows[len(done) :])]

    def __enter__(self) -> Packing:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._beside is not None:
            self._beside.end()
