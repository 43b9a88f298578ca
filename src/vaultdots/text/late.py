"""Regular expressions that are compiled where they are first used.

A search needs a few of the hundred that its modules know; to compile all of them took a tenth of
its time as a process.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """Stands for a compiled pattern until something is asked of it."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._asked = pattern, flags

    def __getattr__(self, name: str) -> Any:
        # `re` keeps what it has compiled; what is set here is found without this call from then on.
        value = getattr(re.compile(*self._asked), name)
        setattr(self, name, value)
        return value


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, at the first use; a mistake in the pattern shows up then as well."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
