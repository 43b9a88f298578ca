"""Regular expressions that are compiled, and modules that are loaded, where they are first used.

A search needs a few of the hundred patterns that its modules know; to compile all of them took a
tenth of its time as a process.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from types import ModuleType
from typing import Any, cast


class _Late:
    """Stands for a compiled pattern until something is asked of it."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._asked = pattern, flags

    def __getattr__(self, name: str) -> Any:
        # `re` keeps what it has compiled; what is set here is found without this call from then on.
        pattern, flags = self._asked
        value = getattr(re.compile(uncased_hangul(pattern), flags), name)
        setattr(self, name, value)
        return value


def uncased_hangul(pattern: str) -> str:
    """A pattern that is compiled case aside: Hangul has no case, and each of 11,172 syllables would
    be looked up in tables, 2 ms a class."""
    return pattern.replace("[가-힣]", "(?-i:[가-힣])")


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, at the first use; a mistake in the pattern shows up then as well."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _LateModule(ModuleType):
    """Stands for a module until something is asked of it, and is that module from then on.

    Not `importlib.util.LazyLoader`: what that makes is loaded by the next `import` of its name.
    """

    def __getattr__(self, name: str) -> Any:
        self.__class__ = ModuleType  # type: ignore[assignment]
        assert self.__spec__ is not None
        assert self.__spec__.loader is not None
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def load_late(*names: str) -> None:
    """Have modules that others import loaded when something is first asked of them."""
    for name in names:
        spec = None if name in sys.modules else importlib.util.find_spec(name)
        if spec is not None:
            sys.modules[name] = module = _LateModule(name)
            module.__spec__, module.__loader__, module.__file__ = spec, spec.loader, spec.origin
