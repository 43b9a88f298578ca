"""Which page of a Notion export is meant: by its id, its own title, its path. Notion cuts long
names, and gives twins the same one; only the id and the page's heading are whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from vaultdots.importers.naming import safe_name
from vaultdots.importers.sources import Pages
from vaultdots.text.names import name_key, nfc
from vaultdots.text.tuples import NamedTuple

HASH = re.compile(r"[ _-](?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=_all$|$)")
"""Notion's page id at the end of every exported name; databases may add `_all`."""
_ID = re.compile(
    r"([0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:_all)?(?=$|\.|[?#])"
)
_SITE = r"https?://(?:www\.)?(?:notion\.so|[\w-]{1,63}\.notion\.site)/"
_RELATED = re.compile(
    rf"\((?P<address>(?:{_SITE})?[^()\s]{{1,500}}?(?:\.md|\.csv|[0-9a-f]{{32}}(?:\?[^()\s]{{0,200}})?))\)"
)
"""`Name (path/of/the%20page%20id.md)`: how an export writes one page of a relation."""
_BARE = re.compile(rf"(?:{_SITE})?\S{{0,500}}?[0-9a-f]{{32}}(?:\.md|\.csv)?(?:\?\S{{0,200}})?")


class Row(NamedTuple):
    """A page of a database. folder: the new path of the database's folder."""

    folder: str
    title: str
    properties: Mapping[str, str]
    path: str


class Renamer:
    """New names without ids. A page and its folder share one; twins have each their own."""

    def __init__(self) -> None:
        self._owners: dict[str, dict[str, str]] = {}

    def path(self, pure: PurePosixPath, suffix: str) -> str:
        """The new path of a file; not yet one that no other file has."""
        folder = ""
        for part in pure.parts[:-1]:
            folder = f"{folder}/{self._name(folder, part)}".lstrip("/")
        return f"{folder}/{self._name(folder, pure.stem)}".lstrip("/") + suffix

    def _name(self, folder: str, part: str) -> str:
        found = HASH.search(part)
        id_ = found[0][1:].replace("-", "") if found else ""
        name = safe_name(clean(part))
        owners = self._owners.setdefault(folder, {})
        free, number = name, 2
        # A part without an id is whichever page has its name.
        while id_ and owners.get(name_key(free), id_) not in ("", id_):
            free, number = f"{name} {number}", number + 1
        if id_ or name_key(free) not in owners:
            owners[name_key(free)] = id_
        return free


def clean(name: str) -> str:
    """An exported name without its id: `2023 회고 0a1b…` → `2023 회고`."""
    return HASH.sub("", name).removesuffix("_all")


def id_in(address: str) -> str | None:
    """The page id at the end of a name or an address."""
    found = _ID.search(address.rpartition("/")[2])
    return found[1].replace("-", "") if found else None


class NotionPages:
    """The pages of an export: under their paths, their ids and, of databases, their titles."""

    def __init__(self) -> None:
        self.pages = Pages()
        self.rows: list[Row] = []
        self._ids: dict[str, str] = {}
        self._titles: dict[str, set[str]] = {}

    def add(self, pure: PurePosixPath, path: str) -> None:
        """A file of the export and its new path."""
        self.pages.add(str(pure), path)
        if (id_ := id_in(pure.stem)) is not None:
            self._ids.setdefault(id_, path)

    def add_row(self, row: Row) -> None:
        """A page of a database."""
        self.rows.append(row)
        self._titles.setdefault(name_key(row.title), set()).add(row.path)

    def find(self, address: str, folder: str) -> str | None:
        """The new path of a decoded address that stands in the source folder `folder`."""
        found = self.pages.find_from(address, folder)
        if found is None and (id_ := id_in(address)) is not None:
            found = self._ids.get(id_)
        return found

    def of_row(self, folder: str, cells: Mapping[str, str], used: set[str]) -> str | None:
        """The page of a table's row: by its title; of twins the one whose properties are the row's.

        cells: column → text, the first one the title. used: the pages of the rows above.
        """
        title = next(iter(cells.values()), "")
        twins = [
            row for row in self.rows
            if row.folder == folder and row.path not in used
            and name_key(row.title) == name_key(title)
        ]  # fmt: skip
        if not twins:
            return None
        best = max(twins, key=lambda row: sum(row.properties.get(k) == v for k, v in cells.items()))
        used.add(best.path)
        return best.path

    def related(self, value: str, folder: str) -> list[tuple[str, str | None]] | None:
        """The pages of a relation as (name, new path or None); None where a value is none."""
        found = list(self._pairs(value, folder)) or list(self._addresses(value, folder))
        return found or self._by_titles(value)

    def _pairs(self, value: str, folder: str) -> Iterator[tuple[str, str | None]]:
        end = 0
        for match in _RELATED.finditer(value):
            name = value[end : match.start()].strip().lstrip(",").strip()
            end = match.end()
            yield name, self.find(nfc(unquote(match["address"])), folder)

    def _addresses(self, value: str, folder: str) -> Iterator[tuple[str, str | None]]:
        parts = [part.strip() for part in value.split(",")]
        if all(_BARE.fullmatch(part) for part in parts):
            for part in parts:
                path = self.find(nfc(unquote(part)), folder)
                stem = PurePosixPath(path or unquote(part).partition("?")[0]).stem
                yield clean(stem.replace("-", " ") if path is None else stem), path

    def _by_titles(self, value: str) -> list[tuple[str, str | None]] | None:
        """Titles alone: all of them of one page of a database each."""
        parts = [part.strip() for part in value.split(",") if part.strip()]
        paths = [self._titles.get(name_key(part), set()) for part in parts]
        if not parts or any(len(one) != 1 for one in paths):
            return None
        return [(part, next(iter(one))) for part, one in zip(parts, paths, strict=True)]


def wikilink(name: str, path: str) -> str:
    """A page of a relation as a property holds it."""
    bare = path.removesuffix(".md")
    return f"[[{bare}]]" if name == bare else f"[[{bare}|{name}]]"
