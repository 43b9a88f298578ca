"""Suggestions that a person did not want, remembered in the user's data folder.

`rejected.json`: `[{"source", "section", "target"}]`, a plain list to keep or to carry along.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from vaultdots.errors import VaultError
from vaultdots.store.private import replace_private
from vaultdots.text.tuples import NamedTuple

FILE = "rejected.json"


class Rejection(NamedTuple):
    """A connection that is not to be suggested again. section: heading path."""

    source: str
    section: tuple[str, ...]
    target: str


def read_rejections(folder: Path) -> list[Rejection]:
    """What was rejected in a vault; folder: its data folder. Raises VaultError."""
    try:
        entries = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return [Rejection(e["source"], tuple(e["section"]), e["target"]) for e in entries]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise VaultError(
            "the list of rejected suggestions cannot be read",
            place=str(folder / FILE),
            hint="mend or remove the file",
        ) from None


def write_rejections(folder: Path, rejections: Iterable[Rejection]) -> None:
    """Keep the whole list, under the vault's lock. Raises VaultError."""
    rows = [rejection._asdict() for rejection in dict.fromkeys(rejections)]
    text = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    try:
        replace_private(folder / FILE, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise VaultError(
            f"the rejection cannot be kept ({error.strerror})",
            place=str(folder),
            hint="DOTS_DATA names another folder",
        ) from None
