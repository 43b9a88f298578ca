"""A plan written to disk: new files only, all of them in one operation that `dots undo` takes back.

What cannot be written is found first and told; the rest is one transaction of `store.operations`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from vaultdots.errors import UsageError
from vaultdots.importers.model import Applied, ImportPlan
from vaultdots.store.journal import FileChange
from vaultdots.store.location import data_folder, find_vault, is_marked, is_too_wide
from vaultdots.store.operations import Operations
from vaultdots.store.writing import read_at
from vaultdots.text.names import name_key

_CHUNK = 1 << 20
_MOST_BYTES = 256 << 20
"""Attachments of one operation: they are held in memory and kept for `dots undo`."""


def apply(
    plan: ImportPlan,
    directory: Path,
    *,
    vault: Path | None = None,
    environ: Mapping[str, str] = os.environ,
) -> tuple[Applied, ...]:
    """Write `plan` below `directory`; what stands there already is never touched.

    vault: the one that `directory` belongs to, where it is known; else the nearest folder above it
    that is marked as one. A file that cannot be written is told in the result. Raises UsageError
    where `directory` is not a folder and cannot become one, VaultError where writing fails: nothing
    is written then.
    """
    root, into = _places(directory, vault)
    writer = _Writer(root, into)
    for file in plan.files:
        writer.add(file.path, file.source)
    for note in plan.notes:
        writer.add(note.path, note.text.encode("utf-8", "replace"))
    operations = Operations(root, data_folder(root, environ))
    for batch in writer.batches():
        operations.write(batch, "import")
    return tuple(writer.applied)


def _places(directory: Path, vault: Path | None) -> tuple[Path, Path]:
    """(the vault, the folder that the notes go to), both resolved."""
    try:
        into = directory.resolve()
        above = into
        while not above.exists():
            above = above.parent
        if not above.is_dir():
            raise NotADirectoryError(20, "Not a directory")
        named = vault.resolve() if vault is not None else None
        if named is not None and into.is_relative_to(named):
            return named, into
        root = find_vault(above, None, {})
        around = None if is_marked(root) else _vault_around(into)
        if around is not None:
            root = around
        elif root == above and above != into and not is_marked(root):
            # No vault yet: the folder that is made becomes one.
            into.mkdir(parents=True)
            root = into
    except OSError as error:
        raise UsageError(
            f"cannot be used as a folder: {error.strerror or error}", place=str(directory)
        ) from error
    return root, into


def _vault_around(into: Path) -> Path | None:
    """The vault that a command in the current folder means, where `into` lies in it: nothing but
    its notes says that it is one, and `dots undo` there must find what was written."""
    here = find_vault(Path.cwd(), None, {})
    if is_marked(here) or not into.is_relative_to(here) or is_too_wide(here) or here == into:
        return None
    notes = (path for path in here.glob("*.md") if path.name.lower() != "readme.md")
    return here if any(notes) else None


class _Writer:
    """What of a plan can be written. applied: what becomes of each file, in the plan's order."""

    def __init__(self, root: Path, into: Path) -> None:
        self.root = root
        self.into = into
        self.applied: list[Applied] = []
        self._names: dict[Path, dict[str, str]] = {}
        self._files: list[tuple[str, Path | bytes]] = []

    def add(self, path: str, content: Path | bytes) -> None:
        """Take one file in, where its name is free."""
        target = self.into.joinpath(*path.split("/"))
        try:
            self.applied.append(self._looked_at(path, target, content))
        except OSError as error:
            self.applied.append(Applied(path, "failed", error.strerror or str(error)))

    def _looked_at(self, path: str, target: Path, content: Path | bytes) -> Applied:
        if not target.parent.resolve().is_relative_to(self.into):
            return Applied(path, "failed", "the folder is a link out of the target")
        if isinstance(content, Path):
            with content.open("rb"):
                pass
        names = self._names_in(target.parent)
        standing = names.get(name_key(target.name))
        if standing == "":
            return Applied(path, "kept", "exists already")
        if standing is not None:
            same = _same(target.parent / standing, content)
            return Applied(path, "unchanged" if same else "kept", "" if same else "exists already")
        names[name_key(target.name)] = ""
        self._files.append((target.relative_to(self.root).as_posix(), content))
        return Applied(path, "written")

    def _names_in(self, folder: Path) -> dict[str, str]:
        """The names in a folder, whatever their case or Unicode form; "" of one to be written."""
        if folder not in self._names:
            found: dict[str, str] = {}
            if folder.is_dir():
                found = {name_key(entry.name): entry.name for entry in folder.iterdir()}
            else:
                above = folder
                while not above.exists():
                    above = above.parent
                if not above.is_dir():
                    raise NotADirectoryError(20, "Not a directory")
            self._names[folder] = found
        return self._names[folder]

    def batches(self) -> Iterator[list[FileChange]]:
        """The new files, in as few operations as their bytes allow: attachments before notes, so
        that no note is seen before its pictures."""
        batch: list[FileChange] = []
        size = 0
        for path, content in self._files:
            data = read_at(content) if isinstance(content, Path) else content
            if data is None:
                raise UsageError("the file has gone meanwhile", place=str(content))
            if batch and size + len(data) > _MOST_BYTES:
                yield batch
                batch, size = [], 0
            batch.append(FileChange(path, None, data))
            size += len(data)
        if batch:
            yield batch


def _same(standing: Path, content: Path | bytes) -> bool:
    if not standing.is_file() or standing.is_symlink():
        return False
    if isinstance(content, bytes):
        return standing.stat().st_size == len(content) and standing.read_bytes() == content
    if standing.stat().st_size != content.stat().st_size:
        return False
    with standing.open("rb") as here, content.open("rb") as there:
        while chunk := here.read(_CHUNK):
            if chunk != there.read(_CHUNK):
                return False
    return True
