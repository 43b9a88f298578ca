"""Where the file of a note is, for a person who stands in some folder.

A path in JSON is the vault's own. What is shown on a terminal, `--paths` and `-0` is a name that
opens the file from the current folder, spelled as the disk has it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


class Places:
    """The open vault's folder, and the names that the disk spells in another way."""

    def __init__(self, root: Path, on_disk: Mapping[str, str]) -> None:
        """on_disk: path → path as the disk has it, of those that differ (decomposed Hangul)."""
        self.root = os.path.realpath(root)
        self.on_disk = on_disk
        here = os.path.realpath(Path.cwd())
        apart = os.path.commonpath((self.root, here)) not in (self.root, here)
        # From the vault's root to the current folder; None where neither is in the other.
        self.base = None if apart else here

    def file(self, path: str) -> str:
        """The absolute path of a file of the vault."""
        return f"{self.root.rstrip('/')}/{self.on_disk.get(path, path)}"

    def here(self, path: str) -> str:
        """The path that opens a file from the current folder: relative where the folder is in the
        vault or the vault in the folder, absolute else."""
        if self.base == self.root:
            return self.on_disk.get(path, path)
        file = self.file(path)
        return file if self.base is None else os.path.relpath(file, self.base)


_current: Places | None = None


def stand(places: Places | None) -> None:
    """Say which vault is open."""
    global _current
    _current = places


def file(path: str) -> str:
    """See `Places.file`; without a vault the path itself."""
    return _current.file(path) if _current else path


def here(path: str) -> str:
    """See `Places.here`; without a vault the path itself."""
    return _current.here(path) if _current else path
