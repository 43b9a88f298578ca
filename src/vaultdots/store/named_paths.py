"""The files and folders that a vault's settings name: templates, and where new notes go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from vaultdots.store.periodic import PERIODIC, read_json
from vaultdots.text.names import nfc
from vaultdots.text.tuples import NamedTuple

_SETTINGS = (*PERIODIC, ".obsidian/templates.json", ".obsidian/app.json")
_KEYS = frozenset(
    ("template", "templatePath", "folder", "newFileFolderPath", "attachmentFolderPath")
)


class NamedPath(NamedTuple):
    """A path as the settings in `file` say it under `key` (`new.day.template`)."""

    file: str
    key: str
    path: str


def named_paths(root: Path, tables: Mapping[str, Any]) -> Iterator[NamedPath]:
    """Every path that Obsidian's settings name, and `[new]` of dots.toml. tables: of that one."""
    for name in _SETTINGS:
        yield from _within(name, "", read_json(root, name))
    table = tables.get("new")
    if isinstance(table, Mapping):
        yield from _within("dots.toml", "new", table)
        folders = table.get("folders")
        for folder in folders if isinstance(folders, Mapping) else ():
            yield NamedPath("dots.toml", f"new.folders.{folder}", folder)


def _within(name: str, above: str, value: Any) -> Iterator[NamedPath]:
    if isinstance(value, list):
        for one in value:
            yield from _within(name, above, one)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            whole = f"{above}.{key}" if above else str(key)
            if key in _KEYS and isinstance(one, str) and one.strip("/. "):
                yield NamedPath(name, whole, one)
            else:
                yield from _within(name, whole, one)


def after_move(named: NamedPath, old: str, new: str) -> str | None:
    """What the settings have to say when the file or folder `old` is `new`; None where they do not
    name it. A note's ending may be left out."""
    path, old, new = nfc(named.path).strip("/"), nfc(old), nfc(new)
    if path == old:
        return new
    if f"{path}.md" == old:
        return new.removesuffix(".md")
    return new + path[len(old) :] if path.startswith(f"{old}/") else None
