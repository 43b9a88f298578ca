"""Links that are paths to no note: to a folder, or out of the vault. From another file they lead to
the same place."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from vaultdots.graph.resolve import SITE_ROOTS
from vaultdots.note.paths import joined
from vaultdots.store.answers import LinkRow
from vaultdots.text.names import name_key


def to_the_same_place(
    row: LinkRow, source: str, folders: Mapping[str, str]
) -> tuple[list[str], bool]:
    """How a link to no note, that is a path from its own note, says the same path in the file
    `source`, the nearest spelling first; none where it stays as it is. And whether it leads out of
    the vault. folders: those that move, see `NamesAfter`; a path to one follows it."""
    here, there = row.source.rpartition("/")[0], source.rpartition("/")[0]
    target = row.target
    slash = "/" if target.endswith("/") and len(target) > 1 else ""
    relative = target.startswith(("./", "../")) or target in (".", "..")
    if target.startswith("/") and row.lookup in ("markdown", "site", "page"):
        return [f"/{found}{slash}" for found in _of_site(row, folders)], False
    if row.lookup == "markdown":
        relative = True
    if not relative or not target.strip():
        return [], False
    outside = _outside(here, target)
    if outside is not None:
        if _outside(there, target) == outside:
            return [], False
        up = "../" * (there.count("/") + 1) if there else ""
        return [up + outside + slash], True
    where = joined(here, target)
    if where is None:
        return [], False
    where = folders.get(name_key(where), where)
    if joined(there, target) == where:
        return [], False
    found = posixpath.relpath(where or ".", there or ".")
    if target.startswith("./") and not found.startswith("../"):
        found = f"./{found}"
    return [found + slash, f"./{found}{slash}"], False


def _of_site(row: LinkRow, folders: Mapping[str, str]) -> Iterator[str]:
    """Where a site shows a folder that moves, by a path from its root: `content/` is left out."""
    for root in ("",) if row.dialect == "obsidian" else SITE_ROOTS:
        found = folders.get(name_key(root + row.target.strip("/")))
        if found is not None and found.startswith(root):
            yield found[len(root) :]


def _outside(folder: str, target: str) -> str | None:
    """Where a relative path leads that leaves the vault, from the root (`../x`); else None."""
    found = posixpath.normpath(posixpath.join(folder, target))
    return found if found == ".." or found.startswith("../") else None
