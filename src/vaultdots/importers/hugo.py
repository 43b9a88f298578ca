"""A Hugo site's content → notes: TOML properties, page bundles, shortcodes, links between pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from vaultdots.importers.markdown import edit_prose
from vaultdots.importers.model import ImportPlan, PlannedFile, PlannedNote, Skipped
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
from vaultdots.text.name_dates import date_in_path
from vaultdots.text.names import nfc

_REF = re.compile(
    r"\{\{[<%]\s{0,8}(?:rel)?ref\s{1,8}[\"`]?([^\"`{}<>]{1,500}?)[\"`]?\s{0,8}[>%]\}\}"
)
_CALL = re.compile(r"\{\{[<%]\s{0,8}(/?)([\w./-]{1,60})((?:\s[^{}]{0,1000}?)?)\s{0,8}/?[>%]\}\}")
_ARGUMENT = re.compile(
    r"(?:([\w-]{1,40})\s{0,3}=\s{0,3})?(?:\"([^\"]{0,600})\"|`([^`]{0,600})`|([^\s\"`=]{1,600}))"
)
_CALLOUTS = {
    "alert": "note", "note": "note", "tip": "tip", "info": "info", "warning": "warning",
    "danger": "danger", "notice": "note", "admonition": "note", "callout": "note", "hint": "hint",
    "details": "note", "lead": "note",
}  # fmt: skip


def plan_hugo(root: Path, into: Path | None = None) -> ImportPlan:
    """Plan the notes of a Hugo site or of its content folder alone."""
    content = root / "content" if (root / "content").is_dir() else root
    files, skipped = walk(content, into)
    site = Site(root / "static")
    found: list[tuple[ReadFile, str]] = []
    folders_with_files = {
        str(file.pure.parent) for file in files if file.pure.suffix.lower() not in MARKDOWN
    }
    for file in files:
        if file.pure.suffix.lower() not in MARKDOWN:
            path, _ = site.names.take(nfc(file.relative))
            site.pages.add(file.relative, path)
            site.copies.append(PlannedFile(file.path, path))
            continue
        read = read_file(file)
        if isinstance(read, Skipped):
            skipped.append(read)
            continue
        wanted = _new_path(file, folders_with_files)
        path, free = site.names.take(wanted)
        told = () if free else (f"{wanted} is taken: written as {path}",)
        found.append((read._replace(warnings=(*read.warnings, *told)), path))
        for address in _addresses(file, read.text):
            site.pages.add(address, path)
    notes = [_note(read, path, site) for read, path in found]
    return ImportPlan(root, "hugo", tuple(notes), tuple(site.copies), tuple(skipped))


def _new_path(file: SourceFile, folders_with_files: set[str]) -> str:
    pure = file.pure
    parts = pure.parts[:-1]
    if pure.stem.split(".")[0] not in ("index", "_index"):
        return safe_path((*parts, pure.stem))
    if not parts:
        return safe_path((pure.stem.strip("_"),))
    if pure.stem == "_index" or str(pure.parent) in folders_with_files:
        return safe_path((*parts, parts[-1]))  # stays beside its pictures and its children
    return safe_path(parts)


def _addresses(file: SourceFile, text: str) -> list[str]:
    """Every way in which a Hugo page is named: its file, its folder, its slug, its aliases."""
    pure = file.pure
    found = [str(pure), str(pure.with_suffix(""))]
    if pure.stem in ("index", "_index"):
        found += [str(pure.parent), pure.parent.name]
    else:
        found += [pure.name, pure.stem]
    values = cut(text).values
    if slug := text_of(values.get("slug")):
        found += [str(pure.parent / slug), slug]
    if url := text_of(values.get("url")):
        found.append(url)
    aliases = values.get("aliases")
    found += [str(alias) for alias in aliases] if isinstance(aliases, list) else []
    return found


def _note(read: ReadFile, path: str, site: Site) -> PlannedNote:
    front = cut(read.text)
    find = site.finder(read)
    unknown: list[str] = []

    def edit(prose: str) -> str:
        prose = _REF.sub(lambda m: _reference(m, path, find), prose)
        return shortcodes(prose, path, find, unknown)

    body = relink(edit_prose(highlights(front.body), edit), path, find)
    told = [*read.warnings]
    if unknown:
        kinds = ", ".join(sorted(set(unknown)))
        told.append(f"{len(unknown)} shortcodes kept as written: {kinds}")
    stem = PurePosixPath(path).stem
    date = iso_date(text_of(front.values.get("date"))) or date_in_path(str(read.file.pure))
    missing = {"title": stem, "date": date, "source": str(read.file.pure)}
    return note(read.file.relative, path, front, body, missing, told)


def _reference(found: re.Match[str], here: str, find: Callable[[str], str | None]) -> str:
    address, sign, fragment = found[1].partition("#")
    path = find(address) if address else None
    if address and path is None:
        return found[0]
    return f"{link_target(here, path) if path else ''}{sign}{fragment}"


def highlights(text: str) -> str:
    """`highlight` blocks as fenced code, before anything else looks for code."""
    if "highlight" not in text:
        return text
    lines = text.split("\n")
    opened = re.compile(
        r"\s{0,3}\{\{[<%]\s{0,8}highlight\s{1,8}[\"`]?([\w+#-]{1,30})[^{}]{0,300}[>%]\}\}\s{0,8}"
    )
    closed = re.compile(r"\s{0,3}\{\{[<%]\s{0,8}/\s{0,3}highlight\s{0,8}[>%]\}\}\s{0,8}")
    ends = [i for i, line in enumerate(lines) if len(line) < 500 and closed.fullmatch(line)]
    inside, closing = False, -1
    for i, line in enumerate(lines):
        if inside and i == closing:
            lines[i], inside = "```", False
        elif not inside and len(line) < 500 and (found := opened.fullmatch(line)) is not None:
            later = bisect_right(ends, i)
            if later < len(ends):
                lines[i], inside, closing = f"```{found[1]}", True, ends[later]
    return "\n".join(lines)


def shortcodes(text: str, here: str, find: Callable[[str], str | None], unknown: list[str]) -> str:
    """Shortcodes whose meaning Markdown has; the others stay, their names in `unknown`."""
    if "{{<" not in text and "{{%" not in text:
        return text
    closing = {m[2] for m in _CALL.finditer(text) if m[1]}

    def edit(found: re.Match[str]) -> str:
        close, name, written = found[1], found[2].casefold(), found[3]
        named, plain = _arguments(written)
        first = plain[0] if plain else ""
        if name == "figure" and named.get("src"):
            shown = named.get("alt") or named.get("caption") or named.get("title") or ""
            rest = [named[k] for k in ("title", "caption", "attr") if named.get(k, shown) != shown]
            return "\n\n".join([f"![{shown}]({named['src']})", *rest])
        if name in ("youtube", "vimeo") and (first or named.get("id")):
            host = "https://www.youtube.com/watch?v=" if name == "youtube" else "https://vimeo.com/"
            return f"<{host}{first or named['id']}>"
        if name == "gist" and len(plain) >= 2:
            return f"<https://gist.github.com/{plain[0]}/{plain[1]}>"
        if name in ("article", "button", "link", "card") and not close:
            address = named.get("link") or named.get("href") or named.get("url") or ""
            path = find(address.partition("#")[0]) if address else None
            if path is not None:
                return f"[{PurePosixPath(path).stem}]({link_target(here, path)})"
        if name in _CALLOUTS and found[2] in closing and not found[0].startswith("{{< alert/"):
            return _callout_edge(name, close, named, plain)
        if not close:
            unknown.append(found[2])
        return found[0]

    return _quoted(_CALL.sub(edit, text))


_OPEN, _CLOSE = "\ue010", "\ue011"


def _callout_edge(name: str, close: str, named: dict[str, str], plain: list[str]) -> str:
    if close:
        return _CLOSE
    kinds = [p for p in (*plain, named.get("type", "")) if p.isascii() and p.isalpha()]
    kind = kinds[0].casefold() if kinds else _CALLOUTS[name]
    title = named.get("title") or " ".join(p for p in plain if p not in kinds[:1])
    return f"{_OPEN}[!{kind}]{' ' + title if title else ''}\n"


def _quoted(text: str) -> str:
    """Text between the callout marks as a block quote."""
    if _OPEN not in text:
        return text
    out: list[str] = []
    depth = 0
    text = re.sub(rf"({_OPEN}\[![^\n]{{0,400}})\n\n", r"\1\n", text)
    for line in text.split("\n"):
        opens, closes = line.count(_OPEN), line.count(_CLOSE)
        depth += opens
        bare = line.replace(_OPEN, "").replace(_CLOSE, "")
        if depth and (bare.strip() or not (closes or opens)):
            out.append("> " * depth + bare)
        elif closes or not out or out[-1].strip() or bare.strip():
            out.append(bare)  # one blank line ends the quote
        depth = max(0, depth - closes)
    return "\n".join(out)


def _arguments(written: str) -> tuple[dict[str, str], list[str]]:
    named: dict[str, str] = {}
    plain: list[str] = []
    for found in _ARGUMENT.finditer(written):
        value = next((part for part in found.groups()[1:] if part is not None), "")
        if found[1]:
            named[found[1].casefold()] = value
        else:
            plain.append(value)
    return named, plain
