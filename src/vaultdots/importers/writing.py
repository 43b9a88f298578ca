"""A plan written to disk: new files only, each one whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from vaultdots.errors import UsageError
from vaultdots.importers.model import Applied, ImportPlan
from vaultdots.text.names import name_key

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
_CHUNK = 1 << 20


def apply(plan: ImportPlan, directory: Path) -> tuple[Applied, ...]:
    """Write `plan` below `directory`; what stands there already is never touched.

    Attachments first, so that no note is seen before its pictures. Each file is written to a
    temporary name, synced, and linked to its own name, which fails where that name exists. A file
    that cannot be written is told in the result; the rest goes on; each folder is synced once, at
    the end. Raises UsageError where
    `directory` is no folder and cannot become one.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"cannot be used as a folder: {error.strerror or error}", place=str(directory)
        ) from error
    root = directory.resolve()
    seen: dict[Path, dict[str, str]] = {}
    applied: list[Applied] = []
    for file in plan.files:
        applied.append(_put(root, file.path, _copier(file.source), seen, source=file.source))
    for note in plan.notes:
        data = note.text.encode("utf-8", "replace")
        applied.append(_put(root, note.path, partial(_all, data), seen, data=data))
    for folder in seen:
        _sync_folder(folder)
    return tuple(applied)


def _put(
    root: Path,
    path: str,
    write: Callable[[BinaryIO], None],
    seen: dict[Path, dict[str, str]],
    *,
    data: bytes | None = None,
    source: Path | None = None,
) -> Applied:
    target = root.joinpath(*path.split("/"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.parent.resolve().is_relative_to(root):
            return Applied(path, "failed", "the folder is a link out of the target")
        standing = _standing(target, seen)
        if standing is not None:
            same = _same(standing, data, source)
            return Applied(path, "unchanged" if same else "kept", "" if same else "exists already")
        if _write_new(target, write):
            seen[target.parent][name_key(target.name)] = target.name
            return Applied(path, "written")
        return Applied(path, "kept", "exists already")
    except OSError as error:
        return Applied(path, "failed", error.strerror or str(error))


def _standing(target: Path, seen: dict[Path, dict[str, str]]) -> Path | None:
    """The file that has this name already, whatever its case or Unicode form on disk."""
    folder = target.parent
    if folder not in seen:
        seen[folder] = {name_key(entry.name): entry.name for entry in folder.iterdir()}
    name = seen[folder].get(name_key(target.name))
    return folder / name if name is not None else None


def _same(standing: Path, data: bytes | None, source: Path | None) -> bool:
    if not standing.is_file() or standing.is_symlink():
        return False
    if data is not None:
        return standing.stat().st_size == len(data) and standing.read_bytes() == data
    if source is None or standing.stat().st_size != source.stat().st_size:
        return False
    with standing.open("rb") as here, source.open("rb") as there:
        while chunk := here.read(_CHUNK):
            if chunk != there.read(_CHUNK):
                return False
    return True


def _write_new(target: Path, write: Callable[[BinaryIO], None]) -> bool:
    """Write a file under a name that is free; False where the name was taken meanwhile."""
    handle, temporary = tempfile.mkstemp(prefix=".dots-import-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        try:
            os.link(temporary, target)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            return _claim(Path(temporary), target)
        return True
    finally:
        Path(temporary).unlink(missing_ok=True)


def _claim(temporary: Path, target: Path) -> bool:
    """Where the file system has no hard links: claim the name, then put the file in its place."""
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return False
    try:
        temporary.replace(target)
    except OSError:
        target.unlink(missing_ok=True)
        raise
    return True


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _all(data: bytes, out: BinaryIO) -> None:
    out.write(data)


def _copier(source: Path) -> Callable[[BinaryIO], None]:
    def copy(out: BinaryIO) -> None:
        with source.open("rb") as opened:
            shutil.copyfileobj(opened, out, _CHUNK)

    return copy
