"""Bring the catalog up to the files: walk, compare, read what changed, write once."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import vaultdots
from vaultdots.store.answers import Fingerprint
from vaultdots.store.catalog import Catalog, cache_error, is_broken
from vaultdots.store.config import Config
from vaultdots.store.opening import file_digest
from vaultdots.store.records import FileRows, Retargeted, attachment_names
from vaultdots.store.walk import SeenFile, Walk, seen_file, walk
from vaultdots.text.names import nfc
from vaultdots.text.tuples import NamedTuple

Progress = Callable[[int, int], None]
"""Called with (files read, files to read), now and then."""

# A file changed this shortly before a sync may change again within its clock's tick (FAT's is
# two seconds), so it is read again the next time.
_RACY_NS = 2_000_000_000
# From so many notes that changed at once their names are taken to have changed too.
_COMPARED = 50
# Rows go into the catalog a few notes at a time, one statement a table for all of them; counted in
# bytes of the files, so that large ones do not pile up in memory.
_BYTES_AT_ONCE = 400_000


class SyncResult(NamedTuple):
    """What a sync did: how many files it read, forgot, and how long it took in seconds."""

    read: int
    removed: int
    seconds: float
    rebuilt: bool = False


class _Plan(NamedTuple):
    """The difference between the walk and the catalog."""

    new: list[SeenFile]
    changed: list[tuple[Fingerprint, SeenFile]]
    moved_flag: list[tuple[Fingerprint, SeenFile]]
    gone: list[int]
    skips_changed: bool

    @property
    def empty(self) -> bool:
        return not (self.new or self.changed or self.moved_flag or self.gone or self.skips_changed)


def sync(
    root: Path,
    config: Config,
    catalog: Catalog,
    *,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> SyncResult:
    """Make the catalog say what the files say. One transaction; raises CatalogError."""
    try:
        return _sync(root, config, catalog, rebuild, progress)
    except (sqlite3.DatabaseError, ValueError, TypeError, AttributeError) as error:
        foreign = str(error).startswith("no such ")
        if isinstance(error, sqlite3.OperationalError) and not (foreign or is_broken(error)):
            raise cache_error(error, catalog.folder) from None
        # A broken file is found only when its pages are read. It is a cache: build it again.
        try:
            catalog.start_over()
            return _sync(root, config, catalog, rebuild, progress)
        except (sqlite3.Error, OSError) as error:
            raise cache_error(error, catalog.folder) from None


def was_synced(config: Config, catalog: Catalog) -> bool:
    """Whether the catalog was made by these settings and this version."""
    try:
        return catalog.is_current(_stamp(config))
    except sqlite3.DatabaseError:
        return False


def _stamp(config: Config) -> str:
    return f"{vaultdots.__version__} {config.fingerprint}"


def sync_written(
    root: Path,
    config: Config,
    catalog: Catalog,
    names: Iterable[str],
    retargeted: Mapping[str, Retargeted],
) -> SyncResult:
    """Make the catalog say what these files say, which we have just written, moved or deleted: by
    their names on disk. What others changed meanwhile is left to the next `sync`. Where a name
    might not be the vault's, all of it is walked. Raises CatalogError.

    retargeted: by path, notes in which we changed nothing but the targets of links.
    """
    begin = time.perf_counter()
    started_ns = time.time_ns()
    try:
        with catalog.transaction():
            current = catalog.is_current(_stamp(config))
            plan = _of_names(root, config, catalog, names) if current else None
            if plan is not None:
                plan, moved = _retarget(root, config, catalog, plan, retargeted, started_ns)
                read = _write(
                    root, config, catalog, plan, Walk(), started_ns, None, fresh=False, moved=moved
                )
                catalog.set_meta("walk", "")
                return SyncResult(read, len(plan.gone), time.perf_counter() - begin)
    except (sqlite3.DatabaseError, ValueError, TypeError, AttributeError) as error:
        if isinstance(error, sqlite3.Error) and not is_broken(error):
            raise cache_error(error, catalog.folder) from None
    return sync(root, config, catalog)


def _of_names(root: Path, config: Config, catalog: Catalog, names: Iterable[str]) -> _Plan | None:
    """The difference between some files and the catalog; None where only a walk can tell it."""
    disks = sorted(set(names))
    if len({nfc(disk).casefold() for disk in disks}) < len(disks):
        return None  # two names that may be one file's
    known = catalog.fingerprints([nfc(disk) for disk in disks])
    home = os.path.realpath(root)
    plan = _Plan([], [], [], [], skips_changed=False)
    real: dict[str, bool] = {}
    for disk in disks:
        path, absolute = nfc(disk), os.path.join(home, disk)
        old = known.get(path)
        folder = path.rpartition("/")[0]
        if (old is None and folder and not catalog.has_file_in(folder)) or f"/{disk}".count("/."):
            return None  # a folder that may be left out
        if old is not None and old.disk != disk:
            return None
        try:
            status = os.lstat(absolute)
        except FileNotFoundError:
            plan.gone.extend([] if old is None else [old.id])
            continue
        above = os.path.dirname(absolute)
        if above not in real:
            real[above] = os.path.realpath(above) == above
        if not stat.S_ISREG(status.st_mode) or not real[above]:
            return None
        file = seen_file(disk, status, config.exclusions)
        if old is None:
            plan.new.append(file)
        else:
            plan.changed.append((old, file))
    return plan


def _sync(
    root: Path, config: Config, catalog: Catalog, rebuild: bool, progress: Progress | None
) -> SyncResult:
    begin = time.perf_counter()
    started_ns = time.time_ns()
    stamp = _stamp(config)
    current = not rebuild and catalog.is_current(stamp)
    told = [tuple(skip) for skip in config.problems]
    before = (catalog.meta("walk") or "") if current else ""
    last, _, problems = before.partition(" ")
    known = last if last and problems == repr(told) else None
    found = walk(root, config.exclusions, catalog.folder, last=known)
    if found.mark is not None and found.mark == known:
        return SyncResult(0, 0, time.perf_counter() - begin)
    found.skipped += config.problems
    plan: _Plan | None = None
    if current:
        generation = catalog.generation
        plan = _compare(found, catalog)
        if plan.empty:
            if found.mark is not None and catalog.all_settled():
                catalog.keep_walk(f"{found.mark} {told!r}", before, generation)
            return SyncResult(0, 0, time.perf_counter() - begin)
    with catalog.transaction():
        fresh = rebuild or not catalog.is_current(stamp)
        if fresh:
            catalog.clear(stamp)
        if fresh or plan is None or catalog.generation != generation:
            # Another process has written since: compare again, now that we are alone.
            plan = _compare(found, catalog)
        read = _write(root, config, catalog, plan, found, started_ns, progress, fresh=fresh)
        # A walk that finds the same again need not be compared, once no file is to be read again.
        kept = f"{found.mark} {told!r}" if found.mark and catalog.all_settled() else ""
        catalog.set_meta("walk", kept)
    return SyncResult(read, len(plan.gone), time.perf_counter() - begin, fresh)


def _compare(found: Walk, catalog: Catalog) -> _Plan:
    known = catalog.fingerprints()
    new: list[SeenFile] = []
    changed: list[tuple[Fingerprint, SeenFile]] = []
    flagged: list[tuple[Fingerprint, SeenFile]] = []
    for path, file in found.files.items():
        old = known.pop(path, None)
        if old is None:
            new.append(file)
        elif (
            old.size != file.size
            or old.mtime_ns != file.mtime_ns
            or old.inode != file.inode
            or old.role != file.role
            or (not old.settled and file.role != "attachment")
            # What is left out keeps its names alone; what is let in again is read.
            or (old.excluded != file.excluded and file.role != "attachment")
        ):
            changed.append((old, file))
        elif old.excluded != file.excluded or old.disk != file.disk:
            flagged.append((old, file))
    skips_changed = catalog.left_out() != set(found.skipped)
    return _Plan(new, changed, flagged, [old.id for old in known.values()], skips_changed)


def _write(
    root: Path,
    config: Config,
    catalog: Catalog,
    plan: _Plan,
    found: Walk,
    started_ns: int,
    progress: Progress | None,
    *,
    fresh: bool,
    moved: Collection[int] = (),
) -> int:
    """Write what is new into the catalog, and what follows from all of it; how many files were
    read. fresh: the catalog was empty. moved: ids of notes that were written
    already."""
    generation = catalog.generation + 1
    touched = bool(plan.gone or plan.moved_flag or moved)
    named = touched or fresh or bool(plan.new)
    told: list[int] = [*plan.gone, *moved]
    facts: list[tuple[object, ...]] = []
    linked: set[tuple[int, str, int]] = set()
    left = catalog.digests(plan.gone) if plan.new else []
    came: list[tuple[bytes, str]] = []
    for note_id in plan.gone:
        catalog.drop_file(note_id, generation)
    for old, file in plan.moved_flag:
        catalog.touch_file(
            old.id,
            file,
            settled=old.settled,
            generation=generation,
            digest=old.digest,
            unread=old.unread,
        )
    before = {file.path: old for old, file in plan.changed}
    to_read: list[SeenFile] = []
    done = size = 0

    for file in [*plan.new, *(file for _, file in plan.changed)]:
        known = before.get(file.path)
        if file.role == "attachment":
            touched |= (other := _put_attachment(catalog, known, file, generation))
            named |= other
        elif known is not None and _says_the_same(root, known, file):
            catalog.touch_file(
                known.id,
                file,
                settled=_is_settled(file, started_ns),
                generation=None,
                digest=known.digest,
                unread=None,
            )
            done += 1
        else:
            to_read.append(file)
    if to_read:
        # Reading loads YAML and every pattern, 40 ms that an unchanged vault need not wait for.
        from vaultdots.store.reading import read_files
    total = done + len(to_read)
    waiting: list[tuple[int, FileRows]] = []
    stale: list[int] = []
    for read in read_files(str(root), to_read, config.options) if to_read else ():
        file = read.file
        certain = _is_settled(file, started_ns) and read.unread is None
        known = before.get(file.path)
        done += 1
        if progress:
            progress(done, total)
        if known is None:
            note_id = catalog.add_file(
                file, generation, settled=certain, digest=read.digest, unread=read.unread
            )
            if read.digest is not None:
                came.append((read.digest, file.path))
        else:
            same = (
                known.digest == read.digest
                and known.unread == read.unread
                and _is_listed_alike(known, file)
            )
            catalog.touch_file(
                known.id,
                file,
                settled=certain,
                generation=None if same else generation,
                digest=read.digest,
                unread=read.unread,
            )
            if same:
                continue
            note_id = known.id
            stale.append(note_id)
            told.append(note_id)
            named |= len(told) > _COMPARED
            if not named:
                facts += catalog.facts((note_id,))
                linked.update((note_id, *link) for link in catalog.link_keys(note_id))
        touched = True
        if read.rows is not None:
            waiting.append((note_id, read.rows.names_only() if file.excluded else read.rows))
            size += file.size
            if size >= _BYTES_AT_ONCE:
                catalog.drop_rows(stale)
                catalog.put_rows(waiting)
                waiting, stale, size = [], [], 0
    catalog.drop_rows(stale)
    catalog.put_rows(waiting)
    if left:
        catalog.put_moved(left, came)
    if plan.skips_changed:
        catalog.put_skipped(found.skipped)
    if touched:
        catalog.set_meta("generation", str(generation))
        catalog.note_spellings()
    if fresh:
        catalog.index()
    if fresh or touched:
        sites = catalog.meta("own_sites")
        catalog.put_own_sites()
        named = named or sites != catalog.meta("own_sites") or facts != catalog.facts(told)
        if not named:
            # What follows from how often a name is linked follows from all names as well.
            linked ^= {(note_id, *link) for note_id in told for link in catalog.link_keys(note_id)}
        catalog.forget_kept(told, names=named, words={key for _, key, _ in linked})
    return done


def forget_moved(catalog: Catalog, paths: Iterable[str]) -> None:
    """These files were moved by us, and their links with them. Where another process writes, that
    is let be: it only keeps `check --fix` from a guess."""
    with suppress(sqlite3.Error), catalog.transaction():
        catalog.forget_moved(paths)


def _retarget(
    root: Path,
    config: Config,
    catalog: Catalog,
    plan: _Plan,
    retargeted: Mapping[str, Retargeted],
    started_ns: int,
) -> tuple[_Plan, list[int]]:
    """Notes in which nothing but the targets of links changed are not read again: the rest of the
    plan, and the ids of such notes."""
    generation = catalog.generation + 1
    waiting: dict[int, tuple[Fingerprint, SeenFile]] = {}
    edits: list[tuple[int, str, Retargeted]] = []
    for known, file in plan.changed:
        edited = retargeted.get(file.path)
        if (
            edited is not None
            and known.digest == edited.before
            and known.unread is None
            and not file.excluded
            and _is_listed_alike(known, file)
            and file_digest(str(root), file.disk) == edited.after
        ):
            waiting[known.id] = known, file
            edits.append((known.id, file.path, edited))
    moved = catalog.retarget(edits, config.options)
    for note_id, _, edited in edits:
        if note_id in moved:
            catalog.touch_file(
                note_id,
                waiting[note_id][1],
                settled=_is_settled(waiting[note_id][1], started_ns),
                generation=generation,
                digest=edited.after,
                unread=None,
            )
    rest = [pair for pair in plan.changed if pair[0].id not in moved]
    return plan._replace(changed=rest), sorted(moved)


def _is_settled(file: SeenFile, started_ns: int) -> bool:
    return file.mtime_ns < started_ns - _RACY_NS


def _says_the_same(root: Path, known: Fingerprint, file: SeenFile) -> bool:
    """Whether a file that was touched, or was too young to be sure of, holds the bytes that were
    read. To know that costs a hundredth of reading it as a note."""
    return (
        known.digest is not None
        and known.unread is None
        and known.size == file.size
        and _is_listed_alike(known, file)
        and file_digest(str(root), file.disk) == known.digest
    )


def _is_listed_alike(known: Fingerprint, file: SeenFile) -> bool:
    """Whether a file is listed as it was, whatever it holds."""
    return (known.role, known.excluded, known.disk) == (file.role, file.excluded, file.disk)


def _put_attachment(
    catalog: Catalog, old: Fingerprint | None, file: SeenFile, generation: int
) -> bool:
    """Note an attachment; whether that changes what a link can name."""
    if old is not None:
        catalog.touch_file(old.id, file, settled=True, generation=None, digest=None, unread=None)
        if old.role == file.role and old.excluded == file.excluded:
            return False
        catalog.drop_rows((old.id,))
        note_id = old.id
    else:
        note_id = catalog.add_file(file, generation, settled=True, digest=None, unread=None)
    catalog.put_names(note_id, attachment_names(file.path))
    return True
