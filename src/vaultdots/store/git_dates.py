"""When notes were first written, by the vault's git history; read by a library, no program runs."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vaultdots.note.paths import note_ending
from vaultdots.store.opening import read_inside
from vaultdots.text.names import nfc

MOST_COMMITS = 20_000
"""Commits that are looked through, the newest first; a longer history dates what it still shows."""
MOST_AT_ONCE = 20
"""Notes that one commit may add and still date them: more are a vault that was moved into git."""
_FILE = "git_dates.json"
_SMALL = 4_000


def git_dates(root: Path, folder: Path | None) -> dict[str, str]:
    """Note path → the ISO day on which the history first has it; {} where there is no history.

    folder: the vault's cache; what was read is kept there until the history grows.
    """
    if not history_moment(root):
        return {}  # dulwich need not be loaded to say so
    from dulwich.errors import NotGitRepository
    from dulwich.repo import Repo

    try:
        repo = Repo.discover(str(root))
    except (NotGitRepository, OSError, ValueError):
        return {}
    with contextlib.closing(repo):
        try:
            head = repo.head().decode("ascii")
        except (KeyError, OSError, ValueError):
            return {}
        kept = _kept(folder, head)
        if kept is not None:
            return kept
        inside = Path(os.path.realpath(root)).relative_to(os.path.realpath(repo.path)).as_posix()
        prefix = "" if inside == "." else f"{inside}/"
        dates: dict[str, str] = {}
        # Whatever is damaged in a history, the notes can be read without it.
        with contextlib.suppress(Exception):
            dates.update(_first_days(repo, prefix))
    _keep(folder, head, dates)
    return dates


def history_moment(root: Path) -> str:
    """Another text after each commit and each checkout of the history that `root` stands in; ""
    where it stands in none. Only looks at a few files: what it costs is nothing."""
    for folder in (root, *root.parents):
        git = folder / ".git"
        if git.is_file():
            # Of a worktree: the file says where its history is.
            git = folder / _said(folder, ".git", "gitdir:")
        # Not every program that commits writes a log.
        told = [
            read_inside(git, name, _SMALL).data for name in ("HEAD", _said(git, "HEAD", "ref:"))
        ]
        with contextlib.suppress(OSError, ValueError):
            seen = (git / "logs/HEAD").stat()
            told.append(b"%d %d" % (seen.st_mtime_ns, seen.st_size))
        if any(told):
            return repr(told)
    return ""


def _said(folder: Path, name: str, before: str) -> str:
    """What a small file of git says behind `before`, "." where it says nothing."""
    data = read_inside(folder, name, _SMALL).data or b""
    return data.decode("utf-8", "replace").partition(before)[2].strip() or "."


def _first_days(repo: Any, prefix: str) -> Iterator[tuple[str, str]]:
    """(path, day) from the newest commit to the oldest: the last that is told is the first day."""
    for entry in repo.get_walker(max_entries=MOST_COMMITS):
        commit = entry.commit
        zone = commit.author_timezone or 0
        day = datetime.fromtimestamp(commit.author_time + zone, UTC).date().isoformat()
        added = []
        for change in entry.changes():
            for one in change if isinstance(change, list) else [change]:
                if one.type not in ("add", "copy"):
                    continue
                path = nfc(one.new.path.decode("utf-8", "surrogateescape"))
                if path.startswith(prefix) and note_ending(path):
                    added.append(path[len(prefix) :])
        if len(added) <= MOST_AT_ONCE:
            yield from ((path, day) for path in added)


def _kept(folder: Path | None, head: str) -> dict[str, str] | None:
    if folder is None:
        return None
    try:
        kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        if kept["head"] != head:
            return None
        return {str(path): str(day) for path, day in kept["dates"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _keep(folder: Path | None, head: str, dates: dict[str, str]) -> None:
    if folder is None:
        return
    fresh = folder / f"{_FILE}.{os.getpid()}"
    with contextlib.suppress(OSError):
        fresh.write_text(json.dumps({"head": head, "dates": dates}), encoding="utf-8")
        fresh.replace(folder / _FILE)
