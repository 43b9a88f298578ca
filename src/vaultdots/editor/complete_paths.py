"""Completion of paths: what lies in the folder that is being typed, and the folders in it.

`[x](../stu`: from the note's own folder, as an address is read. `[[stu/har`: files whose path
begins so, from the vault's root or from a folder on the way; `[[../` from the note's own folder.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections.abc import Sequence
from heapq import nsmallest

from vaultdots.note.targets import percent_decoded
from vaultdots.text.names import name_key, nfc
from vaultdots.text.tuples import NamedTuple


class Lying(NamedTuple):
    """What a path that is being typed may become. files: paths; folders: names, which stand behind
    the last `/` of what is typed."""

    files: list[str]
    folders: list[str]


def is_path(typed: str) -> bool:
    """Whether what is typed begins to name a place rather than a note."""
    return "/" in typed


def lying(paths: Sequence[str], source: str, typed: str, limit: int, *, address: bool) -> Lying:
    """What `typed` may become in the note at `source`, of the vault's files, sorted.

    address: of a Markdown link, else of a wikilink.
    """
    plain = nfc(percent_decoded(typed) if address else typed)
    above, _, begun = plain.rpartition("/")
    if not address and above.partition("/")[0] not in (".", ".."):
        return Lying(_by_path(paths, plain, limit), [])
    own = "" if plain.startswith("/") else posixpath.dirname(source)
    folder = posixpath.normpath(posixpath.join(own, above.strip("/")))
    if folder.startswith(".."):
        return Lying([], [])
    return _in_folder(paths, "" if folder == "." else f"{folder}/", name_key(begun), limit)


def _in_folder(paths: Sequence[str], folder: str, begun: str, limit: int) -> Lying:
    folders: dict[str, None] = {}
    files: list[str] = []
    for number in range(bisect_left(paths, folder), len(paths)):
        path = paths[number]
        if not path.startswith(folder):
            break
        name, is_folder, _ = path[len(folder) :].partition("/")
        if is_folder:
            folders[name] = None
        elif len(files) < limit and name_key(name).startswith(begun):
            files.append(path)
    return Lying(files, [name for name in folders if name_key(name).startswith(begun)][:limit])


def _by_path(paths: Sequence[str], typed: str, limit: int) -> list[str]:
    wanted = name_key(typed).lstrip("/")
    found = []
    for path in paths:
        key = name_key(path)
        at = 0 if key.startswith(wanted) else key.find(f"/{wanted}")
        if at == 0 or (at > 0 and not typed.startswith("/")):
            found.append((at, key.count("/"), path))
    return [path for _, _, path in nsmallest(limit, found)]
