"""The files of a vault, each once: seen, fingerprinted, or reported as left out.

A sorted walk. Symlinks are followed last and only inside the vault, so that a file is read under
its real name; two names that are one in NFC cannot both be notes, and the second is reported.
"""

from __future__ import annotations

import marshal
import os
import stat
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Literal, NamedTuple

from vaultdots.note.paths import NOTE_ENDINGS
from vaultdots.store.exclude import Exclusions
from vaultdots.store.opening import special
from vaultdots.text.names import nfc

Role = Literal["note", "canvas", "base", "attachment"]
_ROLES: dict[str, Role] = {
    **dict.fromkeys(NOTE_ENDINGS, "note"),
    ".canvas": "canvas",
    ".base": "base",
}
# Folders that programs fill, never people; dot-folders are left out as well.
_PROGRAM_FOLDERS = frozenset(("node_modules", "__pycache__", "bower_components"))
# Build folders count as such only beside the file that says so.
_BUILD_FOLDERS = {
    "_site": ("_config.yml", "_config.yaml", "_config.toml"),
    "public": ("hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml"),
    "resources": ("hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml"),
    "dist": ("package.json", "pyproject.toml"),
    "build": ("package.json", "pyproject.toml", "CMakeLists.txt"),
    "target": ("Cargo.toml", "pom.xml"),
    "venv": ("pyproject.toml", "requirements.txt"),
}


def role_of(path: str) -> Role:
    """What a file is by its ending."""
    dot = path.rfind(".")
    return _ROLES.get(path[dot:].lower(), "attachment") if dot > path.rfind("/") else "attachment"


class SeenFile(NamedTuple):
    """A file as the walk met it.

    path: vault-relative, POSIX, NFC. disk: the relative name as the disk has it. size in bytes,
    mtime in ns. excluded: a rule of the person's leaves it out of search, graph and backlinks.
    """

    path: str
    disk: str
    role: Role
    size: int
    mtime_ns: int
    inode: int
    excluded: bool


def seen_file(disk: str, status: os.stat_result, exclusions: Exclusions) -> SeenFile:
    """A regular file of the vault by its name on disk, as a walk would meet it."""
    path = nfc(disk)
    size, mtime_ns, inode = status.st_size, status.st_mtime_ns, status.st_ino
    return SeenFile(path, disk, role_of(path), size, mtime_ns, inode, exclusions.excludes(path))


class Skip(NamedTuple):
    """A file or folder that was seen and is not read, with the reason in words."""

    path: str
    reason: str


@dataclass(slots=True)
class Walk:
    """What the walk found: files by path, and the reported skips.

    mark: the same mark means the same files and skips, by name, size, time and inode; None where
    symlinks were met, whose targets no mark tells of, and where a filter took too long, which it
    may not the next time.
    """

    files: dict[str, SeenFile] = field(default_factory=dict)
    skipped: list[Skip] = field(default_factory=list)
    mark: str | None = None


def walk(
    root: Path, exclusions: Exclusions, cache: Path | None = None, *, last: str | None = None
) -> Walk:
    """Walk the vault at `root`. Never raises for what lies inside it.

    cache: the folder of our own, which is none of the vault's where it lies inside it. last: the
    mark of a walk before; where this one has it too, its files and skips are not told again.
    """
    while True:
        slow = len(exclusions.slow)
        walker = _Walker(str(root), exclusions, cache)
        if last is not None and walker.mark() == last:
            return Walk(mark=last)
        found = walker.run()
        # A filter that takes too long is left out for all files, not for those after the first.
        if len(exclusions.slow) == slow:
            found.skipped += [Skip(place, reason) for place, reason in exclusions.slow]
            if exclusions.slow:
                found.mark = None
            return found


_Status = tuple[str, str, int, int, int, int]
"""A file before it is judged: relative and absolute name, mode, size, mtime in ns, inode."""


class _Walker:
    def __init__(self, root: str, exclusions: Exclusions, cache: Path | None) -> None:
        self.real_root = os.path.realpath(root)
        self.cache = os.path.realpath(cache) if cache is not None else None
        self.exclusions = exclusions
        self.result = Walk()
        self.links: deque[tuple[str, str]] = deque()
        self.seen: list[_Status] = []
        # Real path → the name it was met under: the folders that were walked, the files read.
        self.folders: dict[str, str] = {}
        self.met: dict[str, str] = {}
        self._folder("", self.real_root)

    def mark(self) -> str | None:
        """What tells this state of the files from others, before `run`."""
        if self.links:
            return None
        # Version 2 of the format: later ones write an object that has two holders differently.
        told = (self.exclusions.fingerprint, self.seen, [tuple(s) for s in self.result.skipped])
        return blake2b(marshal.dumps(told, 2), digest_size=20).hexdigest()

    def run(self) -> Walk:
        self.result.mark = self.mark()
        self._judge()
        self._follow()
        return self.result

    def _judge(self) -> None:
        """Take in the files that were seen."""
        for status in self.seen:
            self._file(*status)
        self.seen = []

    def _folder(self, first: str, absolute: str) -> None:
        stack = [(first, absolute)]
        while stack:
            relative, folder = stack.pop()
            if folder in self.folders:
                self._skip(relative, self._read_elsewhere(folder, self.folders[folder]))
                continue
            self.folders[folder] = relative
            inner = list(self._entries(relative, folder))
            stack += reversed(inner)

    def _entries(self, relative: str, folder: str) -> Iterator[tuple[str, str]]:
        """Take in one folder's files; yields its folders."""
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=attrgetter("name"))
        except OSError as error:
            self._skip(relative or ".", f"the folder cannot be read ({error.strerror})")
            return
        lead = f"{relative}/" if relative else ""
        for entry in entries:
            name = entry.name
            path = lead + name
            if name.startswith("."):
                if reason := _of_sync(name):
                    self._skip(path, reason)
                continue
            try:
                if entry.is_symlink():
                    self.links.append((path, entry.path))
                elif entry.is_dir():
                    marks = _BUILD_FOLDERS.get(name)
                    if marks and any(other.name in marks for other in entries):
                        continue
                    if name in _PROGRAM_FOLDERS:
                        continue
                    if entry.path == self.cache:
                        continue
                    yield path, entry.path
                else:
                    self.seen.append(_status(path, entry.path, entry.stat(follow_symlinks=False)))
            except OSError as error:
                self._skip(path, f"it cannot be looked at ({error.strerror})")

    def _file(
        self, disk: str, absolute: str, mode: int, size: int, mtime_ns: int, inode: int
    ) -> None:
        if not stat.S_ISREG(mode):
            self._skip(disk, f"it is not a file but a {special(mode)}")
            return
        if absolute in self.met:
            self._skip(disk, self._read_elsewhere(absolute, self.met[absolute]))
            return
        path = nfc(disk)
        try:
            path.encode("utf-8")
        except UnicodeEncodeError:
            self._skip(disk, "its name is not UTF-8")
            return
        twin = self.result.files.get(path)
        if twin is not None:
            self._skip(disk, "another file has the same name in another Unicode form")
            return
        self.met[absolute] = disk
        self.result.files[path] = SeenFile(
            path,
            disk,
            role_of(path),
            size,
            mtime_ns,
            inode,
            self.exclusions.excludes(path),
        )

    def _follow(self) -> None:
        """Follow the symlinks that lead inside the vault to what the walk has not met yet."""
        while self.links:
            path, absolute = self.links.popleft()
            try:
                self._follow_one(path, os.path.realpath(absolute))
            except OSError as error:
                self._skip(path, f"a symlink that cannot be followed ({error.strerror})")

    def _follow_one(self, path: str, real: str) -> None:
        if real != self.real_root and not real.startswith(self.real_root + os.sep):
            self._skip(path, "a symlink that leads out of the vault")
        elif not os.path.exists(real):
            self._skip(path, "a symlink that leads nowhere")
        elif os.path.isdir(real):
            self._folder(path, real)
            self._judge()
        else:
            self._file(*_status(path, real, os.stat(real)))

    def _read_elsewhere(self, real: str, name: str) -> str:
        shown = os.path.relpath(real, self.real_root)
        under = "under that name" if shown == (name or ".") else f"as {name}"
        return f"a symlink to {shown}, which is read {under}"

    def _skip(self, path: str, reason: str) -> None:
        shown, told = (
            text.encode("utf-8", "backslashreplace").decode("utf-8") for text in (nfc(path), reason)
        )
        self.result.skipped.append(Skip(shown, told))


def _status(disk: str, absolute: str, status: os.stat_result) -> _Status:
    return (
        disk,
        absolute,
        status.st_mode,
        status.st_size,
        status.st_mtime_ns,
        status.st_ino,
    )


def _of_sync(name: str) -> str | None:
    """What a hidden file says of a note that is not here yet."""
    lowered = name.lower()
    if not (lowered.endswith(".icloud") or any(ending in lowered for ending in _ROLES)):
        return None
    from vaultdots.note.sync_files import half_written, not_fetched

    if original := not_fetched(nfc(name)):
        return f"{original} is in iCloud and not on this disk: open it once in Finder"
    if original := half_written(nfc(name)):
        return f"{original} is being written by another program, or the writing broke off"
    return None
