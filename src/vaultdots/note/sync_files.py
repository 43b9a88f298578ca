"""Files that sync tools leave: conflict copies, files not yet fetched, half-written ones.

Each is known by its name alone. A conflict copy of a review is no second review of its year
(`note.kind`), and `dots check` tells them all.
"""

from __future__ import annotations

import re

from vaultdots.text.tuples import NamedTuple

_END = r"(?P<ending>(?:\.[^./\s]{1,12})?)"
_LONGEST = 255


class SyncName(NamedTuple):
    """How a tool names such a file. pattern: with a group `name`, and `ending` where it has one."""

    tool: str
    pattern: re.Pattern[str]
    example: str


def _rule(tool: str, pattern: str, example: str) -> SyncName:
    return SyncName(tool, re.compile(pattern, re.IGNORECASE), example)


CONFLICTS = (
    _rule(
        "Syncthing",
        r"(?P<name>.+?)\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?" + _END,
        "2024 회고.sync-conflict-20250102-101112-ABCDEFG.md",
    ),
    _rule(
        "Dropbox, Nextcloud or Obsidian Sync",
        r"(?P<name>.+?)\s?[(\[](?:[^()\[\]]{0,60}\bconflict(?:ed)? copy\b[^()\[\]]{0,60}"
        r"|(?:case |selective sync |unicode encoding )?conflict(?:ed)?(?: \d{1,3})?"
        r"|[^()\[\]]{0,40}\bconflict(?:ed)?\b[^()\[\]]{0,20}\d{4}-?\d\d-?\d\d[^()\[\]]{0,30}"
        r")[)\]](?:\s?\(\d{1,3}\))?" + _END,
        "2024 회고 (Mina's conflicted copy 2025-01-02).md",
    ),
    _rule(
        "Dropbox",
        r"(?P<name>.+?)\s?[(\[][^()\[\]]{0,60}충돌[^()\[\]]{0,6}"
        r"(?:복?사본|버전|파일)[^()\[\]]{0,60}[)\]](?:\s?\(\d{1,3}\))?" + _END,
        "2024 회고 (Mina의 충돌된 사본 2025-01-02).md",
    ),
    _rule(
        "Resilio Sync",
        r"(?P<name>.+?)\.conflict(?:\d{0,3})" + _END,
        "2024 회고.Conflict.md",
    ),
    _rule(
        "ownCloud",
        r"(?P<name>.+?)_conflict-\d{8}-\d{6}" + _END,
        "2024 회고_conflict-20250102-101112.md",
    ),
    _rule(
        "Unison",
        r"(?P<name>.+?)\s?\(\d{4}-\d\d-\d\d (?:conflict|충돌)[^()]{0,40}\)" + _END,
        "2024 회고 (2025-01-02 conflict).md",
    ),
)
"""Tried in this order; the first one that fits names the file and the tool."""

_PLACEHOLDER = re.compile(r"\.(?P<name>.+)\.icloud", re.IGNORECASE)
_PARTIAL = re.compile(
    r"(?P<name>.+\.(?:md|markdown|canvas))"
    r"(?:\.(?:tmp|temp|part|partial|filepart|crdownload|download|!sync|bts)|\.[A-Za-z0-9]{6}\.tmp)",
    re.IGNORECASE,
)
_PARTIAL_LEADS = (".syncthing.", "~syncthing~", ".~tmp~", ".goutputstream-")


class Copy(NamedTuple):
    """A conflict copy. original: the name of the file that it is a copy of."""

    original: str
    tool: str


def conflict_copy(name: str) -> Copy | None:
    """What a file's name says it is a conflict copy of; None for all other files."""
    lowered = name.casefold() if len(name) <= _LONGEST else ""
    if "conflict" not in lowered and "충돌" not in lowered:
        return None
    for rule in CONFLICTS:
        found = rule.pattern.fullmatch(name)
        if found is not None:
            return Copy(found["name"].rstrip() + found["ending"], rule.tool)
    return None


def not_fetched(name: str) -> str | None:
    """The file that a placeholder of iCloud stands for: `.회고.md.icloud` → `회고.md`."""
    found = _PLACEHOLDER.fullmatch(name) if len(name) <= _LONGEST else None
    return found["name"] if found is not None else None


def half_written(name: str) -> str | None:
    """The note that a temporary file is going to be: `회고.md.part` → `회고.md`."""
    if len(name) > _LONGEST:
        return None
    bare = next((name[len(lead) :] for lead in _PARTIAL_LEADS if name.startswith(lead)), name)
    found = _PARTIAL.fullmatch(bare)
    return found["name"].lstrip(".") if found is not None else None
