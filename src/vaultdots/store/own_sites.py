"""The sites on which a vault's notes are published, told from the addresses that they write.

A blog links to itself by its whole address (`https://example.org/blog/2024/some-post`). Where the
addresses of one host mostly end in names of the vault's notes, with the same year where both have
one, the host shows this vault. Measured on eleven authors and nine corpora: of nine own sites 75 to
100 % of the pages are notes of the vault (37 % of one that is in it by a part), of all others 33 %
at most once years must agree.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from vaultdots.note.addresses import PageAddress, web_page, written_date

_MOSTLY = 0.5
"""Share of a host's pages that must be notes of the vault."""
_PAGES = 2
"""Pages that must be notes; one whose year and month agree as well is enough."""
_NAMES = ("name", "folder", "undated", "slug", "url")


def own_sites(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The hosts that show the vault's notes, without `www.`, in order."""
    marks = ",".join("?" * len(_NAMES))
    rows = connection.execute(
        "SELECT l.target, l.note_id, f.path, f.id, n.created"
        # The few that lead outside have an index of their own; SQLite takes that of all keys.
        " FROM main.links l INDEXED BY links_external"
        " LEFT JOIN main.names k ON k.key = l.key AND k.via IN (" + marks + ")"
        " LEFT JOIN main.files f ON f.id = k.note_id LEFT JOIN main.notes n ON n.id = f.id"
        " WHERE l.external AND l.key IS NOT NULL",
        _NAMES,
    )
    pages: dict[str, dict[PageAddress, int]] = {}
    for target, source, path, named, created in rows:
        found = web_page(target)
        if found is None:
            continue
        host, page = found
        seen = pages.setdefault(host, {})
        # A clipping names the page that it was cut from: that makes the page's site not ours.
        agrees = 0 if path is None or named == source else _agreement(page, path, created)
        seen[page] = max(seen.get(page, 0), agrees)
    return tuple(sorted(host for host, seen in pages.items() if _is_own(seen.values())))


def _agreement(page: PageAddress, path: str, created: str | None) -> int:
    """0 where the page is not the note, 1 by its name, 2 by its year and month too."""
    own = written_date(path) or written_date(created or "")
    if not page.date:
        return 1
    if not own or own[0] != page.date[0]:
        return 0
    return 2 if own[:2] == page.date[:2] and len(own) > 1 else 1


def _is_own(agreements: Iterable[int]) -> bool:
    values = list(agreements)
    hits = [value for value in values if value]
    return sum(hits) >= _PAGES and len(hits) >= _MOSTLY * len(values)
