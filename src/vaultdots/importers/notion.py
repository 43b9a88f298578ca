"""A Notion export → notes: the hashes off the names and the links, a database as a table note."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from vaultdots.importers.markdown import edit_prose
from vaultdots.importers.model import ImportPlan, PlannedFile, PlannedNote, Skipped
from vaultdots.importers.naming import Names, safe_name
from vaultdots.importers.properties import Front, cut, iso_date
from vaultdots.importers.sources import (
    MARKDOWN,
    Pages,
    ReadFile,
    SourceFile,
    link_target,
    note,
    read_file,
    relink,
    walk,
)

HASH = re.compile(r"[ _-](?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=_all$|$)")
"""Notion's page id at the end of every exported name; databases may add `_all`."""
_ASIDE = re.compile(r"^<aside>[ \t]*\n(.{0,20000}?)\n?</aside>[ \t]*$", re.M | re.S)
_PROPERTY = re.compile(r"([^\s:][^:\n]{0,80}):(?:\s+(.{0,2000}))?")
_ENGLISH_DATE = re.compile(
    r"(January|February|March|April|May|June|July|August|September|October|November|December)"
    r" (\d{1,2}), (\d{4})"
)
_MONTHS = "January February March April May June July August September October November December"
_DATE_KEYS = (
    "date",
    "날짜",
    "created",
    "created time",
    "작성일",
    "생성 일시",
    "생성일",
    "작성일시",
)
_TAG_KEYS = ("tags", "tag", "태그")


def plan_notion(root: Path, into: Path | None = None) -> ImportPlan:
    """Plan the notes of an unpacked Notion export (Markdown and CSV)."""
    files, skipped = walk(root, into)
    names, pages = Names(), Pages()
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
        path, _ = names.take(_clean_path(file.pure, ".md" if suffix == ".csv" else suffix))
        pages.add(str(file.pure), path)
        if suffix not in (*MARKDOWN, ".csv"):
            copies.append(PlannedFile(file.path, path))
            continue
        read = read_file(file)
        if isinstance(read, Skipped):
            skipped.append(read)
        elif suffix == ".csv":
            tables.append((read, path))
            rows = _rows(read.text)
            columns[_clean_path(file.pure, "")] = set(rows[0]) if rows else set()
            pages.add(str(file.pure.with_suffix("")).removesuffix("_all") + ".csv", path)
        else:
            texts.append((read, path))
    notes = [_page(read, path, pages, columns) for read, path in texts]
    titles = _row_titles(texts)
    notes += [_table(read, path, titles) for read, path in tables]
    notes.sort(key=lambda planned: planned.path)
    return ImportPlan(root, "notion", tuple(notes), tuple(copies), tuple(skipped))


def clean(name: str) -> str:
    """An exported name without its hash: `2023 회고 0a1b…` → `2023 회고`."""
    return HASH.sub("", name).removesuffix("_all")


def _clean_path(pure: PurePosixPath, suffix: str) -> str:
    parts = [safe_name(clean(part)) for part in (*pure.parts[:-1], pure.stem)]
    return "/".join(parts) + (".md" if suffix in MARKDOWN else suffix)


def _page(read: ReadFile, path: str, pages: Pages, columns: dict[str, set[str]]) -> PlannedNote:
    front = cut(read.text)
    folder = str(read.file.pure.parent)
    title, properties, body = _split(front.body, columns.get(str(PurePosixPath(path).parent)))
    lost: list[str] = []

    def find(address: str) -> str | None:
        found = pages.find_from(address, folder if folder != "." else "")
        if found is None and HASH.search(PurePosixPath(address).stem):
            lost.append(address)
        return found

    def edit(prose: str) -> str:
        prose = _ASIDE.sub(lambda m: "> [!note]\n" + "\n".join(
            f"> {line}".rstrip() for line in m[1].strip("\n").split("\n")), prose)  # fmt: skip
        return relink(prose, path, find)[0]

    body = edit_prose(body, edit)
    told = [*read.warnings]
    if lost:
        told.append(f"{len(lost)} links to pages that are not in the export: {unquote(lost[0])}")
    date = next(
        (d for k, v in properties.items() if k.casefold() in _DATE_KEYS and (d := _date(v))), None
    )
    kept: dict[str, object] = {"title": title or PurePosixPath(path).stem}
    if date:
        kept["date"] = date
    for key, value in properties.items():
        if key.casefold() in _TAG_KEYS:
            kept["tags"] = [
                tag.strip().replace(" ", "-") for tag in value.split(",") if tag.strip()
            ]
        elif key not in kept:
            kept[key] = _date(value) if _date(value) and len(value) < 20 else value
    kept["source"] = str(read.file.pure)
    return note(read.file.relative, path, front, body, kept, told)


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


def _date(value: str) -> str | None:
    found = _ENGLISH_DATE.match(value)
    if found:
        month = _MONTHS.split().index(found[1]) + 1
        return iso_date(f"{found[3]}-{month:02}-{int(found[2]):02}")
    korean = re.match(r"(\d{4})년 (\d{1,2})월 (\d{1,2})일", value)
    if korean:
        return iso_date(f"{korean[1]}-{korean[2]}-{korean[3]}")
    return iso_date(value[:10].replace("/", "-"))


def _rows(text: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(io.StringIO(text.replace("\0", ""))) if row]
    except csv.Error:
        return []


def _row_titles(texts: list[tuple[ReadFile, str]]) -> dict[tuple[str, str], str]:
    return {(str(PurePosixPath(path).parent), PurePosixPath(path).stem): path for _, path in texts}


def _table(read: ReadFile, path: str, titles: dict[tuple[str, str], str]) -> PlannedNote:
    """A database as a table; the first column links to the row's page where there is one."""
    rows = _rows(read.text)
    told = list(read.warnings)
    folder = path.removesuffix(".md")
    out: list[str] = []
    if not rows:
        told.append("the table cannot be read: kept as text")
        out = ["```csv", read.text.strip("\n"), "```"]
    else:
        width = max(len(row) for row in rows)
        for number, row in enumerate(rows):
            cells = [_cell(value) for value in (*row, *[""] * (width - len(row)))]
            page = titles.get((folder, safe_name(row[0]))) if number else None
            if page is not None:
                cells[0] = f"[{cells[0]}]({link_target(path, page)})"
            out.append(f"| {' | '.join(cells)} |")
            if number == 0:
                out.append("|" + " --- |" * width)
    front = Front("", "", "", {})
    values = {"title": PurePosixPath(path).stem, "source": str(read.file.pure)}
    return note(read.file.relative, path, front, "\n".join(out) + "\n", values, told)


def _cell(value: str) -> str:
    return " ".join(value.replace("|", "\\|").split("\n")).strip()


def is_export(files: list[SourceFile]) -> bool:
    """True when most Markdown files of a folder carry Notion's hash."""
    named = [file for file in files if file.pure.suffix.lower() in (".md", ".csv")]
    hashed = sum(HASH.search(file.pure.stem) is not None for file in named)
    return hashed > 0 and hashed * 2 >= len(named)
