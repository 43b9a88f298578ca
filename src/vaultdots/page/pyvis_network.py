"""pyvis's Network, without what it loads for methods that no page of ours calls.

networkx, jsonpickle and IPython take two thirds of the time in which pyvis is loaded, an eighth of
what a map takes that is asked for again. pyvis gets modules in their place that fetch what is asked
of them when it is asked for, so that in a notebook every method works.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyvis.network import Network

_LATE = {"networkx": (), "jsonpickle": (), "IPython.display": ("IFrame",)}
"""Modules, and the functions that pyvis takes of them by name while it is loaded."""


@cache
def network_class() -> type[Network]:
    """`pyvis.network.Network`."""
    with _in_place_of(_LATE):
        from pyvis.network import Network

        found: type[Network] = Network
    return found


@contextmanager
def _in_place_of(modules: dict[str, tuple[str, ...]]) -> Iterator[None]:
    """Where they are not loaded yet."""
    placed = [name for name in modules if name not in sys.modules]
    sys.modules.update({name: _fetching(name, modules[name]) for name in placed})
    try:
        yield
    finally:
        for name in placed:
            del sys.modules[name]


def _fetching(name: str, functions: tuple[str, ...]) -> ModuleType:
    module = ModuleType(name)

    def fetch(attribute: str) -> Any:
        if attribute.startswith("__"):  # asked for by the import itself
            raise AttributeError(attribute)
        return getattr(import_module(name), attribute)

    def late(function: str) -> Any:
        return lambda *given, **named: fetch(function)(*given, **named)

    module.__getattr__ = fetch  # type: ignore[method-assign]
    for function in functions:
        setattr(module, function, late(function))
    return module
