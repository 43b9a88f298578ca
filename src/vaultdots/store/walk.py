"""The files of a vault, each once: seen, fingerprinted, or reported as left out.

A sorted walk. Symlinks are followed last and only inside the vault, so that a file is read under
its real name; two names that are one in NFC cannot both be notes, and the second is reported.
"""

from __future__ import annotations

import marshal
import os
import posixpath
import stat
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal

from vaultdots.note.paths import NOTE_ENDINGS
from vaultdots.store.digests import blake2b
from vaultdots.store.exclude import Exclusions
from vaultdots.store.opening import special
from vaultdots.text.names import nfc
from vaultdots.text.tuples import NamedTuple

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


def _is_filled_by_programs(name: str, beside: Callable[[str], bool]) -> bool:
    """Whether a folder of this name is no person's. beside: whether a file stands next to it."""
    return name in _PROGRAM_FOLDERS or any(map(beside, _BUILD_FOLDERS.get(name, ())))


def _holds(folder: Path, name: str) -> bool:
    return os.path.lexists(folder / name)


def left_out_at(root: Path, path: str) -> str | None:
    """The folder or name for which the walk would not take in a file at `path` (vault-relative, by
    the names on the disk, there or not); None where it would."""
    *folders, last = path.split("/")
    folder = root
    for name in folders:
        beside = folder
        folder = beside / name
        # A symlink is followed, whatever it is called.
        if name[:1] == "." or (
            _is_filled_by_programs(name, partial(_holds, beside)) and not folder.is_symlink()
        ):
            return name
    return last if last[:1] == "." else None


def folder_read_otherwise(
    root: Path, moves: Sequence[tuple[str, ...]]
) -> tuple[str, str, bool] | None:
    """A folder that is read no more once files have moved, or of which the notes are read then, for
    the file beside it that says that programs fill it comes or goes: (the folder, that file,
    whether it would be read). moves: (old, new, …), vault-relative, by the names on the disk."""
    leaving, coming = ({move[n] for move in moves} for n in (0, 1))
    for path in sorted(leaving ^ coming):
        above, _, marker = path.rpartition("/")
        for name, markers in _BUILD_FOLDERS.items():
            folder = posixpath.join(above, name)
            place = root / folder
            if marker not in markers or folder in leaving or not place.is_dir():
                continue
            beside = {one for one in markers if _holds(root / above, one)}
            gone = {one for one in beside if posixpath.join(above, one) in leaving}
            come = {one for one in markers if posixpath.join(above, one) in coming}
            after = (beside - gone) | come
            if bool(beside) == bool(after) or place.is_symlink():
                continue
            if after or _holds_notes(place):
                return folder, path, not after
    return None


def _holds_notes(folder: Path) -> bool:
    """Whether a folder holds a file that is more than an attachment."""
    names = (name for _, _, files in os.walk(folder) for name in files)
    return any(role_of(name) != "attachment" for name in names)


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


class Walk:
    """What the walk found: files by path, and the reported skips.

    mark: the same mark means the same files and skips, by name, size, time and inode; None where
    symlinks were met, whose targets no mark tells of, and where a filter took too long, which it
    may not the next time.
    """

    __slots__ = ("files", "mark", "skipped")

    def __init__(self, mark: str | None = None) -> None:
        self.files: dict[str, SeenFile] = {}
        self.skipped: list[Skip] = []
        self.mark = mark


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
        mark = walker.mark()
        if last is not None and mark == last:
            return Walk(mark)
        found = walker.run(mark)
        # A filter that takes too long is left out for all files, not for those after the first.
        if len(exclusions.slow) == slow:
            found.skipped += [Skip(place, reason) for place, reason in exclusions.slow]
            if exclusions.slow:
                found.mark = None
            return found


_PARTS = 5
"""What is noted of a file before it is judged, one after the other in one list: its name, mode,
size, mtime in ns, inode."""


class _Walker:
    def __init__(self, root: str, exclusions: Exclusions, cache: Path | None) -> None:
        self.real_root = os.path.realpath(root)
        self.cache = os.path.realpath(cache) if cache is not None else None
        self.exclusions = exclusions
        self.result = Walk()
        self.links: deque[tuple[str, str]] = deque()
        # Of each folder its relative name, its absolute one and its files, as the disk lists them:
        # to bring 10,000 names in order would take a quarter of the walk, and is needed only where
        # something changed.
        self.seen: list[tuple[str, str, list[Any]]] = []
        # Real path → the name it was met under: the folders that were walked, the files read.
        self.folders: dict[str, str] = {}
        self.met: dict[str, str] = {}
        self._folder("", self.real_root)

    def mark(self) -> str | None:
        """What tells this state of the files from others, before `run`."""
        if self.links:
            return None
        seen = [(relative, files) for relative, _, files in self.seen]
        # Version 2 of the format: later ones write an object that has two holders differently.
        told = (self.exclusions.fingerprint, seen, [tuple(s) for s in self.result.skipped])
        return blake2b(marshal.dumps(told, 2), digest_size=20).hexdigest()

    def run(self, mark: str | None) -> Walk:
        self.result.mark = mark
        self._judge()
        self._follow()
        return self.result

    def _judge(self) -> None:
        """Take in the files that were seen, in the order of their names."""
        for relative, folder, files in self.seen:
            lead, above = (f"{relative}/" if relative else ""), folder.rstrip("/")
            each = zip(*(files[part::_PARTS] for part in range(_PARTS)), strict=True)
            for name, *status in sorted(each):
                self._file(lead + name, f"{above}/{name}", *status)
        self.seen = []

    def _folder(self, first: str, absolute: str) -> None:
        stack = [(first, absolute)]
        while stack:
            relative, folder = stack.pop()
            if folder in self.folders:
                self._skip(relative, self._read_elsewhere(folder, self.folders[folder]))
                continue
            self.folders[folder] = relative
            stack += reversed(self._entries(relative, folder))

    def _entries(self, relative: str, folder: str) -> list[tuple[str, str]]:
        """Take in one folder's files; its folders, in the order of their names."""
        files: list[Any] = []
        folders: list[str] = []
        hidden: list[str] = []
        links: list[str] = []
        refused: list[tuple[str, str]] = []
        try:
            with _listed(folder) as scan:
                for entry in scan:
                    name = entry.name
                    if name[0] == ".":
                        hidden.append(name)
                        continue
                    try:
                        is_file = entry.is_file(follow_symlinks=False)
                        if not is_file and entry.is_symlink():
                            links.append(name)
                        elif not is_file and entry.is_dir():
                            folders.append(name)
                        else:
                            is_ = entry.stat(follow_symlinks=False)
                            # Written out: a call for each of 10,000 files is 3 ms.
                            files += name, is_.st_mode, is_.st_size, is_.st_mtime_ns, is_.st_ino
                    except OSError as error:
                        refused.append((name, str(error.strerror)))
        except OSError as error:
            self._skip(relative or ".", f"the folder cannot be read ({error.strerror})")
            return []
        self.seen.append((relative, folder, files))
        lead, above = (f"{relative}/" if relative else ""), folder.rstrip("/")
        for name in sorted(hidden):
            if reason := _of_sync(name):
                self._skip(lead + name, reason)
        for name, reason in sorted(refused):
            self._skip(lead + name, f"it cannot be looked at ({reason})")
        self.links.extend((lead + name, f"{above}/{name}") for name in sorted(links))
        if not folders:
            return []
        beside = {*files[::_PARTS], *folders, *links}
        return [
            (lead + name, f"{above}/{name}")
            for name in sorted(folders)
            if not _is_filled_by_programs(name, beside.__contains__)
            and f"{above}/{name}" != self.cache
        ]

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
            is_ = os.stat(real)
            status = is_.st_mode, is_.st_size, is_.st_mtime_ns, is_.st_ino
            self._file(path, real, *status)

    def _read_elsewhere(self, real: str, name: str) -> str:
        shown = os.path.relpath(real, self.real_root)
        under = "under that name" if shown == (name or ".") else f"as {name}"
        return f"a symlink to {shown}, which is read {under}"

    def _skip(self, path: str, reason: str) -> None:
        shown, told = (
            text.encode("utf-8", "backslashreplace").decode("utf-8") for text in (nfc(path), reason)
        )
        self.result.skipped.append(Skip(shown, told))


@contextmanager
def _listed(folder: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    """The entries of a folder, in the order of the disk; by its descriptor where the system can, so
    that the way to it is not walked again for each file. Raises OSError."""
    if os.scandir not in os.supports_fd:
        with os.scandir(folder) as scan:
            yield scan
        return
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with os.scandir(handle) as scan:
            yield scan
    finally:
        os.close(handle)


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
