"""The links of the vault as the catalog keeps them: unresolved, for what a name means is `graph`'s
business."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from vaultdots.store.answers import LinkEnd, LinkRow, parts
from vaultdots.store.name_reads import NameReads

# Asked row by row: SQLite reads all notes for the right side of a LEFT JOIN where it is a view
# (store.overlay), 12 ms of 10,000 notes.
_DIALECT = "coalesce((SELECT dialect FROM notes WHERE id = {}.note_id), 'obsidian')"
_LINK_COLUMNS = (
    f"f.path, f.role, {_DIALECT.format('l')}, l.number, l.kind, l.lookup, l.start, l.end,"
    " l.line, l.column, l.raw, l.target, l.key, l.subpath, l.display, l.section, l.external,"
    " f.excluded, l.form, l.target_start, l.target_end, l.subpath_start, l.subpath_end,"
    " l.display_start, l.display_end"
)
_LINK_TABLES = "links l JOIN files f ON f.id = l.note_id"


class LinkReads(NameReads):
    """The questions about links, over one open connection."""

    _connection: sqlite3.Connection

    def links_of(self, path: str) -> list[LinkRow]:
        """The links that stand in one file, in order."""
        return self._link_rows("WHERE f.path = ? ORDER BY l.number", (path,))

    def links_in(self, paths: Iterable[str]) -> dict[str, list[LinkRow]]:
        """The links that stand in some files, by path, in order."""
        found: dict[str, list[LinkRow]] = {path: [] for path in paths}
        for part in parts(sorted(found)):
            marks = ",".join("?" * len(part))
            for row in self._link_rows(
                f"WHERE f.path IN ({marks}) ORDER BY f.path, l.number", part
            ):
                found[row.source].append(row)
        return found

    def links_by_key(self, keys: Iterable[str], *, excluded: bool = False) -> list[LinkRow]:
        """The links whose name key is one of `keys`; those of excluded files when asked for."""
        only = "" if excluded else " AND NOT f.excluded"
        found: list[LinkRow] = []
        for part in parts(sorted(set(keys))):
            marks = ",".join("?" * len(part))
            found += self._link_rows(
                f"WHERE l.key IN ({marks}){only} ORDER BY f.path, l.number", part
            )
        return found

    def links_out_to(self, address: str) -> list[LinkRow]:
        """The links to an address outside of the vault, by path and place."""
        where = "WHERE l.external AND l.target = ? AND NOT f.excluded ORDER BY f.path, l.number"
        return [row for row in self._link_rows(where, (address,)) if row.external]

    def all_links(self) -> list[LinkRow]:
        """Every link of every file that is not excluded, by path and place."""
        return self._link_rows("WHERE NOT f.excluded ORDER BY f.path, l.number", ())

    def link_ends(self) -> list[LinkEnd]:
        """What the links into the vault join, of every file that is not excluded, by path and
        place."""
        files = self._connection.execute(
            "SELECT f.id, f.path, f.role, coalesce(n.dialect, 'obsidian')"
            " FROM files f LEFT JOIN notes n ON n.id = f.id WHERE NOT f.excluded"
        )
        file = {row[0]: row[1:] for row in files}
        rows = self._connection.execute(
            "SELECT l.note_id, l.kind, l.lookup, l.target, l.subpath, l.number, l.section, l.line"
            f" FROM {_LINK_TABLES} WHERE NOT l.external AND NOT f.excluded"
            " ORDER BY f.path, l.number"
        )
        known: dict[str, str] = {}
        same = known.setdefault  # SQLite makes a text anew for each row
        made = partial(tuple.__new__, LinkEnd)
        ends: list[LinkEnd] = [
            made(
                (
                    *file[note],
                    kind,
                    how,
                    same(name, name),
                    _chain(below) if below else (),
                    number,
                    section,
                    line,
                )
            )
            for note, kind, how, name, below, number, section, line in rows
        ]
        if self._own_sites():
            where = "WHERE l.external AND l.key IS NOT NULL AND NOT f.excluded"
            own = [row for row in self._link_rows(where, ()) if not row.external]
            ends += [LinkEnd._make(getattr(row, name) for name in LinkEnd._fields) for row in own]
            ends.sort(key=lambda end: (end.source, end.number))
        return ends

    def _link_rows(self, where: str, values: Iterable[Any]) -> list[LinkRow]:
        rows = self._connection.execute(
            f"SELECT {_LINK_COLUMNS} FROM {_LINK_TABLES} {where}", tuple(values)
        )
        own = self._own_sites()
        known: dict[str, str] = {}
        same = known.setdefault  # SQLite makes a text anew for each row
        found = []
        for row in rows:
            one = [same(value, value) if type(value) is str else value for value in row]
            one[13] = _chain(one[13])
            one[16:18] = map(bool, one[16:18])
            found.append(LinkRow._make(one))
        return [self._inside(row, own) if row.external and row.key else row for row in found]

    def _own_sites(self) -> frozenset[str]:
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'own_sites'").fetchone()
        return frozenset(row[0].split("\n")) if row and row[0] else frozenset()

    def _inside(self, row: LinkRow, own: frozenset[str]) -> LinkRow:
        """A link to a page of the vault's own site as the link into the vault that it is.

        One whose page is not a note (`/store`) leaves the vault as before.
        """
        if not own:
            return row
        from vaultdots.note.addresses import web_page
        from vaultdots.note.targets import address_target

        found = web_page(row.target)
        if found is None or found[0] not in own or not self.names_by_key(found[1].slug):
            return row
        path = urlsplit(row.target)._replace(scheme="", netloc="").geturl()
        at = row.target_end - len(path) if row.target.endswith(path) else row.target_start
        inside = address_target(path, at)
        start, end = inside.subpath_span or (None, None)
        return row._replace(
            lookup="site", target=inside.name, subpath=inside.subpath, external=False,
            target_start=inside.name_span.start, target_end=inside.name_span.end,
            subpath_start=start, subpath_end=end,
        )  # fmt: skip


def _chain(subpath: str | None) -> tuple[str, ...]:
    return tuple(json.loads(subpath)) if subpath else ()
