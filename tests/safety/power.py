"""What a power cut leaves: the changes that were asked of a disk, replayed with some of them lost.

`recording` writes down each change that the process asks for (at the calls of `os`, and the two
renames of the kernel). `after_cut` makes the files that a disk may show afterwards: the content of
a file is certain once it was synced, else it may be empty, zeros, half or whole; a change of a
folder is certain once the folder was synced, else any number of the last ones in each folder may be
missing. A rename from one folder into another is whole: in both or in none.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from vaultdots.store import renaming


class Event(NamedTuple):
    """One change. what: create, sync, syncdir, rename, exchange, link, unlink, mkdir, rmdir.

    path: of the file or folder; other: the new name; data: what a sync made certain.
    """

    what: str
    path: str
    other: str = ""
    data: bytes = b""

    def folders(self) -> set[str]:
        """The folders that it changes."""
        names = (self.path, self.other) if self.other else (self.path,)
        return {os.path.dirname(name) for name in names}  # noqa: PTH120


@contextmanager
def recording() -> Iterator[list[Event]]:
    """The changes that are asked for inside, in order. They are made as well."""
    events: list[Event] = []
    with pytest.MonkeyPatch.context() as patch:
        opened = os.open

        def open_(path: Any, flags: int, *args: Any, **keywords: Any) -> int:
            is_new = bool(flags & os.O_CREAT) and not os.path.lexists(path)
            handle = opened(path, flags, *args, **keywords)
            if is_new:
                events.append(Event("create", os.fspath(path)))
            return handle

        synced = os.fsync

        def fsync(handle: int) -> None:
            synced(handle)
            name = Path(f"/proc/self/fd/{handle}").readlink()
            if name.is_dir():
                events.append(Event("syncdir", str(name)))
            else:
                events.append(Event("sync", str(name), data=name.read_bytes()))

        patch.setattr(os, "open", open_)
        patch.setattr(os, "fsync", fsync)
        for name, what in (("rename", "rename"), ("replace", "rename"), ("link", "link")):
            patch.setattr(os, name, _two(events, what, getattr(os, name)))
        for name in ("unlink", "mkdir", "rmdir"):
            patch.setattr(os, name, _one(events, name, getattr(os, name)))
        function = renaming._function()
        assert function is not None

        def kernel(what: str, old: bytes, new: bytes) -> int:
            code = function(what, old, new)
            if code == 0:
                kind = "exchange" if what == "exchange" else "rename"
                events.append(Event(kind, os.fsdecode(old), os.fsdecode(new)))
            return code

        patch.setattr(renaming, "_function", lambda: kernel)
        yield events


def _one(events: list[Event], what: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def made(path: Any, *args: Any, **keywords: Any) -> Any:
        result = call(path, *args, **keywords)
        events.append(Event(what, os.fspath(path)))
        return result

    return made


def _two(events: list[Event], what: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def made(old: Any, new: Any, *args: Any, **keywords: Any) -> Any:
        result = call(old, new, *args, **keywords)
        events.append(Event(what, os.fspath(old), os.fspath(new)))
        return result

    return made


class _Inode:
    """A file's content; `certain` once it was synced. A folder's is None."""

    def __init__(self, data: bytes | None, *, certain: bool) -> None:
        self.data = data
        self.certain = certain


def after_cut(
    start: dict[str, bytes | None], events: list[Event], cut: int, chance: random.Random
) -> dict[str, bytes | None]:
    """What stands on the disk when the power goes after `cut` events.

    start: absolute path → bytes, None for a folder.
    """
    happened = events[:cut]
    kept = _kept(happened, chance)
    names = {path: _Inode(data, certain=True) for path, data in start.items()}
    made = {event.path for event in happened if event.what == "mkdir"}
    full = dict(names)  # as a running system sees it: what a sync of a file reaches
    for event, is_kept in zip(happened, kept, strict=True):
        if event.what == "sync":
            inode = full.get(event.path)
            if inode is not None:
                inode.data, inode.certain = event.data, True
            continue
        inode = _Inode(None if event.what == "mkdir" else b"", certain=event.what == "mkdir")
        _apply(full, event, inode)
        if is_kept and all(f in names or f not in made for f in event.folders()):
            _apply(names, event, inode)  # what lies in a folder that is lost is lost with it
    whole = {id(n): e.data for e in events if e.what == "sync" for n in (full.get(e.path),) if n}
    return {path: _content(inode, whole, chance) for path, inode in names.items()}


def _kept(happened: list[Event], chance: random.Random) -> list[bool]:
    """Which events outlive the cut: those before the last sync of a folder they change, and of the
    rest in each folder a first part."""
    certain = [False] * len(happened)
    for at, event in enumerate(happened):
        if event.what == "syncdir":
            for earlier in range(at):
                if event.path in happened[earlier].folders():
                    certain[earlier] = True
    kept = list(certain)
    folders = sorted(
        {f for e in happened if e.what not in ("sync", "syncdir") for f in e.folders()}
    )
    for folder in folders:
        loose = [
            n for n, e in enumerate(happened)
            if e.what not in ("sync", "syncdir") and folder in e.folders() and not certain[n]
        ]  # fmt: skip
        for n in loose[: chance.randint(0, len(loose))]:
            kept[n] = True
    return kept


def _apply(names: dict[str, _Inode], event: Event, inode: _Inode) -> None:
    """One change of names; one whose names are not there is lost with what it rests on."""
    path, other = event.path, event.other
    if event.what in ("create", "mkdir"):
        names.setdefault(path, inode)
    elif event.what == "unlink":
        names.pop(path, None)
    elif event.what == "rmdir":
        # No file system keeps a name in a folder that is gone.
        for name in [n for n in names if n == path or n.startswith(path + "/")]:
            del names[name]
    elif event.what == "link" and path in names:
        names[other] = names[path]
    elif event.what == "rename" and path in names:
        for name in [n for n in names if n == path or n.startswith(path + "/")]:
            names[other + name[len(path) :]] = names.pop(name)
    elif event.what == "exchange" and path in names and other in names:
        names[path], names[other] = names[other], names[path]


def _content(inode: _Inode, whole: dict[int, bytes], chance: random.Random) -> bytes | None:
    if inode.data is None or inode.certain:
        return inode.data
    data = whole.get(id(inode), b"")
    return chance.choice([b"", b"\0" * len(data), data[: len(data) // 2], data])
