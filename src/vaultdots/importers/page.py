"""One saved page, text or HTML → one note with title, date and source in its frontmatter."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from vaultdots.importers.htmlpage import looks_like_html, read_html
from vaultdots.importers.model import Hints, PlannedNote, Skipped
from vaultdots.importers.naming import Names, is_opaque, safe_path
from vaultdots.importers.properties import Front, cut, iso_date, text_of
from vaultdots.importers.sources import MARKDOWN, ReadFile, SourceFile, note, read_file
from vaultdots.importers.textpage import is_markdown, read_page
from vaultdots.note.review_score import looks_back_and_ahead
from vaultdots.text.periods import periods_in

_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(년?[은는을를도에]|년도[는은를]| was |년|(?=\s|[.,!?]|$))"
)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.M)
_HANGUL = re.compile("[가-힣]")
_LOCAL_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\((?!https?:|//|data:)[^\s()]{1,500}")
_PLANS = re.compile(r"(?:의|에는?)?\s?(?:\S{1,10}\s)?(?:목표|계획|다짐|할 일|goals?|plans?)", re.I)


def plan_page(file: SourceFile, hints: Hints, names: Names) -> PlannedNote | Skipped:
    """Plan the note of one file; how its headings were found stands in the warnings."""
    read = read_file(file)
    if isinstance(read, Skipped):
        return read
    suffix = file.pure.suffix.lower()
    front = cut(read.text) if suffix in MARKDOWN else Front("", "", read.text, {})
    if suffix in (".html", ".htm") or (suffix not in MARKDOWN and looks_like_html(read.text)):
        return _html(read, hints, names)
    return _text(read, front, hints, names)


def _text(read: ReadFile, front: Front, hints: Hints, names: Names) -> PlannedNote:
    page = read_page(front.body)
    stem = read.file.pure.stem
    title = hints.title or text_of(front.values.get("title")) or page.title or stem
    date = hints.date or iso_date(text_of(front.values.get("date"))) or page.date
    date = date or iso_date(stem)
    told = list(read.warnings)
    body = page.body
    if page.title is not None and title != page.title and page.convention != "Markdown":
        body = f"# {page.title}\n\n{body}"  # the page's own title is not lost to a better one
    if page.convention == "none":
        told.append("no headings found")
    elif page.convention != "Markdown":
        told.append(f"headings recovered from {page.convention}")
    return _planned(read, front, title, date, hints.url, body, page.tags, page.removed, told, names)


def _html(read: ReadFile, hints: Hints, names: Names) -> PlannedNote:
    page = read_html(read.text)
    told = list(read.warnings)
    body, tags, title = page.body, tuple[str, ...](), hints.title or page.title
    if not is_markdown(body) and not re.search(r"^#{1,6} ", body, re.M):
        found = read_page(body)  # headings made of bold or numbered lines
        if found.convention not in ("none", "Markdown", "bare short lines"):
            told.append(f"headings recovered from {found.convention}")
            kept = f"# {found.title}\n\n" if found.title else ""
            body, tags = kept + found.body, found.tags
    date = hints.date or page.date or iso_date(read.file.pure.stem)
    url = hints.url or page.url
    title = title or read.file.pure.stem
    if page.site == "generic":
        told.append("the post was found by its markup, no known blog host")
    if pictures := len(_LOCAL_IMAGE.findall(body)):
        told.append(f"{pictures} pictures stand in files of the page's own: they are not copied")
    front = Front("", "", "", {})
    return _planned(read, front, title, date, url, body, tags, page.removed, told, names)


def _planned(
    read: ReadFile,
    front: Front,
    title: str,
    date: str | None,
    url: str | None,
    body: str,
    tags: tuple[str, ...],
    removed: tuple[str, ...],
    told: list[str],
    names: Names,
) -> PlannedNote:
    year = next((m.year for m in periods_in(title) if m.year is not None), None)
    told_year = _year_told(body) if date is None and year is None else None
    headings = _HEADING.findall(body)
    review = told_year is not None and looks_back_and_ahead(headings)
    if review and title == read.file.pure.stem and is_opaque(title):
        title = f"{told_year}년 회고" if _HANGUL.search(body) else f"Review of {told_year}"
        told.append(f"titled '{title}' by its text: the file's name says nothing")
    wanted = safe_path((title,))
    path, free = names.take(wanted)
    if not free:
        told.append(f"{wanted} is taken: written as {path}")
    lines = [line for line in removed if line.strip()]
    if lines:
        first = lines[0].strip()
        told.append(f"{len(lines)} lines of page chrome left out, the first: {first[:60]}")
    missing: dict[str, object] = {"title": title, "date": date}
    if review and not {"kind", "type", "year"} & front.values.keys():
        missing |= {"kind": "review", "year": told_year}
        told.append("taken for a review by its headings: it says so in its frontmatter")
    missing["source"] = url or read.file.path.name
    if tags:
        missing["tags"] = list(tags)
    planned = note(read.file.relative, path, front, body, missing, told, removed)
    if planned.year is None:
        planned = replace(planned, year=year)
    if told_year is not None and planned.year in (None, told_year):
        guessed = f"year {told_year} guessed from the text: give a date to settle it"
        return replace(planned, year=told_year, warnings=(*planned.warnings, guessed))
    return planned


def _year_told(body: str) -> int | None:
    """The year that the text speaks of most; of two as frequent the earlier, plans name the next.

    A year that the text is about ("2023년은") counts twice, one that is planned for not at all.
    """
    counts: Counter[int] = Counter()
    text = re.sub(r"^#{1,6} .*$", "", body, flags=re.M)  # a part may well be called "2024"
    for found in _YEAR.finditer(text):
        if _PLANS.match(text, found.end()) is None:
            counts[int(found[1])] += 2 if found[2] not in ("", "년") else 1
    if not counts:
        return None
    most = max(counts.values())
    return min(year for year, count in counts.items() if count == most)
