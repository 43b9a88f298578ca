"""A Jekyll site → notes: dated posts, Liquid where its meaning is plain, Kramdown's attributes."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from vaultdots.importers.markdown import edit_prose
from vaultdots.importers.model import ImportPlan, PlannedNote, Skipped
from vaultdots.importers.naming import safe_path
from vaultdots.importers.properties import cut, iso_date, text_of
from vaultdots.importers.site import Site
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

_DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")
_MACHINERY = {"_includes", "_layouts", "_sass", "_data", "_plugins", "assets", "vendor", "licenses"}
_POST_URL = re.compile(r"\{%-?\s{0,8}(?:post_url|link)\s{1,8}([^%\n]{1,500}?)\s{0,8}-?%\}")
_BASE = re.compile(r"\{\{-?\s{0,8}site\.(?:baseurl|url)\s{0,8}-?\}\}")
_RELATIVE = re.compile(
    r"\{\{-?\s{0,8}['\"]([^'\"{}]{1,500})['\"]\s{0,4}\|\s{0,4}(?:relative|absolute)_url\s{0,8}-?\}\}"
)
_LIQUID = re.compile(r"\{%-?\s{0,8}(\w{1,40})[^%\n]{0,1000}%\}|\{\{[^{}\n]{1,1000}\}\}")
_RAW = re.compile(r"\{%-?\s{0,8}(?:end)?raw\s{0,8}-?%\}")
_TOC = re.compile(
    r"^[ \t]{0,3}(?:[-*+]|\d\.)[ \t]{1,4}[^\n]{0,80}\n[ \t]{0,4}\{:\s?toc\b[^}\n]{0,200}\}[ \t]*$",
    re.M,
)
_BLOCK_ATTRIBUTES = re.compile(r"^[ \t]{0,8}\{:[^}\n]{0,400}\}[ \t]*\n?", re.M)
_SPAN_ATTRIBUTES = re.compile(r"(?<=[^\s\n])[ \t]?\{:[^}\n]{0,400}\}")
_HEADING_ID = re.compile(r"^(#{1,6} [^\n{]{1,500}?)[ \t]*\{#[\w-]{1,100}\}[ \t]*$", re.M)


def plan_jekyll(root: Path, into: Path | None = None) -> ImportPlan:
    """Plan the notes of a Jekyll site: posts, drafts, collections and its pages."""
    files, skipped = walk(root, into)
    site = Site(root)
    found: list[tuple[ReadFile, str]] = []
    for file in files:
        if file.pure.suffix.lower() not in MARKDOWN:
            continue
        if any(part in _MACHINERY for part in file.pure.parts[:-1]):
            skipped.append(Skipped(file.relative, "part of the site's theme"))
            continue
        read = read_file(file)
        if isinstance(read, Skipped):
            skipped.append(read)
            continue
        if not read.text.startswith("---") and _DATED.match(file.pure.stem) is None:
            skipped.append(Skipped(file.relative, "no frontmatter: Jekyll makes no page of it"))
            continue
        parts = [p.lstrip("_") for p in file.pure.parts[:-1] if p != "_posts"]
        path, _ = site.names.take(safe_path((*parts, file.pure.stem)))
        found.append((read, path))
        for address in _addresses(file, read.text):
            site.pages.add(address, path)
    notes = [_note(read, path, site) for read, path in found]
    return ImportPlan(root, "jekyll", tuple(notes), tuple(site.copies), tuple(skipped))


def _addresses(file: SourceFile, text: str) -> list[str]:
    """Every way in which a Jekyll page is named: its file, `post_url`'s name, its usual URLs."""
    pure = file.pure
    found = [str(pure), str(pure.with_suffix("")), pure.stem]
    if (dated := _DATED.match(pure.stem)) is not None:
        day, slug = dated[1], dated[2]
        categories = [p for p in pure.parts[:-1] if not p.startswith("_")]
        for parts in (categories, []):
            found.append("/".join([*parts, day.replace("-", "/"), slug]))
            found.append("/".join([*parts, pure.stem]))
            found.append("/".join([*parts, slug]))
        found.append(f"posts/{slug}")
    if link := text_of(cut(text).values.get("permalink")):
        found.insert(0, link)
    return found


def _note(read: ReadFile, path: str, site: Site) -> PlannedNote:
    front = cut(read.text)
    find = site.finder(read)
    kept: list[str] = []

    def post_url(found: re.Match[str]) -> str:
        target = site.pages.find(found[1].strip())
        return link_target(path, target) if target else found[0]

    def edit(prose: str) -> str:
        prose = _RELATIVE.sub(r"\1", _BASE.sub("", _POST_URL.sub(post_url, prose)))
        prose = kramdown(prose)
        kept.extend(found[1] or found[0] for found in _LIQUID.finditer(prose))
        return prose

    body = relink(edit_prose(_RAW.sub("", _code_blocks(front.body)), edit), path, find)
    told = [*read.warnings]
    if kept:
        told.append(f"{len(kept)} Liquid tags kept as written: {', '.join(sorted(set(kept))[:8])}")
    stem = PurePosixPath(path).stem
    dated = _DATED.match(stem)
    date = iso_date(text_of(front.values.get("date"))) or iso_date(dated[1] if dated else None)
    title = dated[2].replace("-", " ") if dated else stem
    missing = {"title": title, "date": date, "source": str(read.file.pure)}
    return note(read.file.relative, path, front, body, missing, told)


def kramdown(text: str) -> str:
    """`text` without Kramdown's attribute lists, which Markdown elsewhere shows as text."""
    if "{" not in text:
        return text
    text = _TOC.sub("", text)
    text = _HEADING_ID.sub(r"\1", text)
    return _SPAN_ATTRIBUTES.sub("", _BLOCK_ATTRIBUTES.sub("", text))


def _code_blocks(text: str) -> str:
    if "highlight" not in text:
        return text
    opened = re.compile(
        r"^\{%-?\s{0,8}highlight\s{1,8}([\w+#-]{1,30})[^%\n]{0,200}%\}[ \t]*$", re.M
    )
    closed = re.compile(r"^\{%-?\s{0,8}endhighlight\s{0,8}-?%\}[ \t]*$", re.M)
    if len(opened.findall(text)) != len(closed.findall(text)):
        return text
    return closed.sub("```", opened.sub(r"```\1", text))
