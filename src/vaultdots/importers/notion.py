"""A Notion export → notes: the hashes off the names and the links, a database as a table note."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from vaultdots.importers.markdown import edit_prose
from vaultdots.importers.model import ImportPlan, PlannedFile, PlannedNote, Skipped
from vaultdots.importers.naming import Names
from vaultdots.importers.notion_pages import HASH, NotionPages, Renamer, Row, wikilink
from vaultdots.importers.properties import Front, cut
from vaultdots.importers.sources import (
    MARKDOWN,
    ReadFile,
    SourceFile,
    link_target,
    note,
    read_file,
    relink,
    walk,
)
from vaultdots.note.dates import written_on
from vaultdots.text.dates import parse_date

_ASIDE = re.compile(r"^<aside>[ \t]*\n(.{0,20000}?)\n?</aside>[ \t]*$", re.M | re.S)
_PROPERTY = re.compile(r"([^\s:][^:\n]{0,80}):(?:\s+(.{0,2000}))?")
_TAG_KEYS = ("tags", "tag", "태그")
_DATE_VALUE = 40
"""Characters of a value that may be a date and no more: `March 5, 2024 10:00 AM (GMT+9)` has 31."""


def plan_notion(root: Path, into: Path | None = None) -> ImportPlan:
    """Plan the notes of an unpacked Notion export (Markdown and CSV)."""
    files, skipped = walk(root, into)
    names, renamer, pages = Names(), Renamer(), NotionPages()
    texts: list[tuple[ReadFile, str]] = []
    tables: list[tuple[ReadFile, str]] = []
    copies: list[PlannedFile] = []
    columns: dict[str, set[str]] = {}
    whole = {f.relative.removesuffix("_all.csv") for f in files if f.relative.endswith("_all.csv")}
    for file in files:
        suffix = file.pure.suffix.lower()
        if suffix == ".csv" and file.relative.removesuffix(".csv") in whole:
            skipped.append(Skipped(file.relative, "a view of a database that is imported whole"))
            continue
        as_note = suffix in (*MARKDOWN, ".csv")
        path, _ = names.take(renamer.path(file.pure, ".md" if as_note else suffix))
        pages.add(file.pure, path)
        if not as_note:
            copies.append(PlannedFile(file.path, path))
            continue
        read = read_file(file)
        if isinstance(read, Skipped):
            skipped.append(read)
        elif suffix == ".csv":
            tables.append((read, path))
            rows = _rows(read.text)
            columns[path.removesuffix(".md")] = set(rows[0]) if rows else set()
            pages.pages.add(str(file.pure.with_suffix("")).removesuffix("_all") + ".csv", path)
        else:
            texts.append((read, path))
    split = {}
    for read, path in texts:
        folder = str(PurePosixPath(path).parent)
        split[path] = found = _split(cut(read.text).body, columns.get(folder))
        if folder in columns:
            title = found[0] or PurePosixPath(path).stem
            pages.add_row(Row(folder, title, found[1], path))
    notes = [_page(read, path, pages, *split[path]) for read, path in texts]
    notes += [_table(read, path, pages) for read, path in tables]
    notes.sort(key=lambda planned: planned.path)
    return ImportPlan(root, "notion", tuple(notes), tuple(copies), tuple(skipped))


def _page(
    read: ReadFile,
    path: str,
    pages: NotionPages,
    title: str | None,
    properties: dict[str, str],
    body: str,
) -> PlannedNote:
    front = cut(read.text)
    folder = _folder_of(read)
    lost: list[str] = []

    def find(address: str) -> str | None:
        found = pages.find(address, folder)
        if found is None and "://" not in address and HASH.search(PurePosixPath(address).stem):
            lost.append(address)
        return found

    def aside(found: re.Match[str]) -> str:
        lines = found[1].strip("\n").split("\n")
        return "\n".join(["> [!note]", *(f"> {line}".rstrip() for line in lines)])

    body = relink(edit_prose(body, lambda prose: _ASIDE.sub(aside, prose)), path, find)
    kept: dict[str, object] = {"title": title or PurePosixPath(path).stem}
    if date := written_on({key.casefold(): value for key, value in properties.items()}):
        kept["date"] = date[:10]
    for key, value in properties.items():
        if key.casefold() in _TAG_KEYS:
            kept["tags"] = [
                tag.strip().replace(" ", "-") for tag in value.split(",") if tag.strip()
            ]
        elif key not in kept:
            kept[key] = _property(value, pages, folder, lost)
    kept["source"] = str(read.file.pure)
    told = [*read.warnings]
    if lost:
        told.append(f"{len(lost)} links to pages that are not in the export: {unquote(lost[0])}")
    return note(read.file.relative, path, front, body, kept, told)


def _folder_of(read: ReadFile) -> str:
    folder = str(read.file.pure.parent)
    return folder if folder != "." else ""


def _property(value: str, pages: NotionPages, folder: str, lost: list[str]) -> object:
    """A row's property: links where it is a relation, a date, else its text."""
    related = pages.related(value, folder)
    if related is not None:
        lost += [name for name, page in related if page is None]
        return [name if page is None else wikilink(name, page) for name, page in related]
    day = parse_date(value) if len(value) < _DATE_VALUE else None
    return day[:10] if day else value


def _split(text: str, columns: set[str] | None) -> tuple[str | None, dict[str, str], str]:
    """(title, a database row's properties, the body). columns: the database's, None outside one."""
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    title = None
    if start < len(lines) and lines[start].startswith("# "):
        title = lines[start][2:].strip()
        start += 1
    if not columns:
        return title, {}, text
    i = next((k for k in range(start, len(lines)) if lines[k].strip()), start)
    properties: dict[str, str] = {}
    while i < len(lines) and (found := _PROPERTY.fullmatch(lines[i])) and found[1] in columns:
        properties[found[1]] = (found[2] or "").strip()
        i += 1
    if not properties or (i < len(lines) and lines[i].strip()):
        return title, {}, text
    return title, properties, "\n".join([*lines[:start], *lines[i:]])


def _rows(text: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(io.StringIO(text.replace("\0", ""))) if row]
    except csv.Error:
        return []


def _table(read: ReadFile, path: str, pages: NotionPages) -> PlannedNote:
    """A database as a table; the first column links to the row's page where there is one, and a
    relation to its pages."""
    rows = _rows(read.text)
    told = list(read.warnings)
    folder, source = path.removesuffix(".md"), _folder_of(read)
    used: set[str] = set()
    out: list[str] = []
    if not rows:
        told.append("the table cannot be read: kept as text")
        out = ["```csv", read.text.strip("\n"), "```"]
    else:
        width = max(len(row) for row in rows)
        for number, row in enumerate(rows):
            filled = [*row, *[""] * (width - len(row))]
            cells = [_cell(value) for value in filled]
            if number:
                cells = [cells[0], *(_linked(v, pages, source, path) for v in filled[1:])]
                page = pages.of_row(folder, dict(zip(rows[0], row, strict=False)), used)
                if page is not None:
                    cells[0] = f"[{cells[0]}]({link_target(path, page)})"
            out.append(f"| {' | '.join(cells)} |")
            if number == 0:
                out.append("|" + " --- |" * width)
    front = Front("", "", "", {})
    values = {"title": PurePosixPath(path).stem, "source": str(read.file.pure)}
    return note(read.file.relative, path, front, "\n".join(out) + "\n", values, told)


def _linked(value: str, pages: NotionPages, source: str, here: str) -> str:
    related = pages.related(value, source)
    if related is None:
        return _cell(value)
    return ", ".join(
        _cell(name) if page is None else f"[{_cell(name)}]({link_target(here, page)})"
        for name, page in related
    )


def _cell(value: str) -> str:
    return " ".join(value.replace("|", "\\|").split("\n")).strip()


def is_export(files: list[SourceFile]) -> bool:
    """True when most Markdown files of a folder carry Notion's hash."""
    named = [file for file in files if file.pure.suffix.lower() in (".md", ".csv")]
    hashed = sum(HASH.search(file.pure.stem) is not None for file in named)
    return hashed > 0 and hashed * 2 >= len(named)
