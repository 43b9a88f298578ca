"""A file's bytes to the plain tuples of `store.records`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any

from vaultdots.note.addresses import addresses, slugs, web_page
from vaultdots.note.canvas import base_links, canvas_links
from vaultdots.note.headings import heading_keys
from vaultdots.note.model import Diagnostic, Link, Note, Section
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.note.paths import answering_paths, joined
from vaultdots.store.decode import decode
from vaultdots.store.records import FileRows, Row, attachment_names, bare_key
from vaultdots.text.gloss_bracket import BRACKET
from vaultdots.text.names import name_key, nfc

_NOWHERE = (None, None)
_NO_GLOSS = frozenset(("frontmatter", "code", "math", "comment"))


def file_rows(path: str, role: str, data: bytes, options: NoteOptions) -> FileRows:
    """Read one file's bytes into rows. Never raises for what the file holds."""
    decoded = decode(data)
    text = decoded.text
    if role == "canvas":
        links, problems = canvas_links(text)
        return _beside(path, links, (*decoded.diagnostics, *problems))
    if role == "base":
        return _beside(path, base_links(text), decoded.diagnostics)
    note = parse_note(path, text, options)
    return note_rows(note, text, decoded.diagnostics)


def note_rows(note: Note, text: str, problems: tuple[Diagnostic, ...] = ()) -> FileRows:
    """A note's rows; `problems` are what reading its bytes told."""
    regions = ", ".join(f'["{kind}", {start}, {end}]' for kind, (start, end) in note.regions)
    stored = _storable(text)
    return FileRows(
        note=(
            note.title,
            note.title_rule,
            note.dialect,
            note.kind,
            note.kind_rule,
            note.year,
            note.year_rule,
            note.period,
            note.status,
            note.created,
            note.modified,
            note.body,
            _json_texts(note.aliases),
            int(any(region.kind == "comment" for region in note.regions)),
            f"[{regions}]",
            stored[: note.body],
        ),
        sections=[
            (
                s.ordinal,
                s.level,
                _json_texts(s.headings),
                "\n".join(heading_keys(s.raw, s.heading)) if s.level else "",
                s.repeat,
                s.line,
                s.span.start,
                s.body,
                s.span.end,
                int(s.ordinal == 1 and _is_bare(note.sections[0], text)),
                s.raw,
            )
            for s in note.sections
        ],
        links=[_link_row(number, note.path, link) for number, link in enumerate(note.links)],
        tags=[
            (
                nfc(t.name),
                name_key(t.name),
                t.span.start,
                t.span.end,
                t.line,
                t.column,
                _holder(note, t.span.start),
            )
            for t in note.tags
        ],
        blocks=[(b.id, b.id.lower(), b.span.start, b.span.end, b.line) for b in note.blocks],
        tasks=[(t.status, t.text, t.span.start, t.span.end, t.line, t.section) for t in note.tasks],
        properties=[
            (p.key, p.key.casefold(), json.dumps(p.value, ensure_ascii=False), p.line)
            for p in note.properties
        ],
        names=names_of(note),
        diagnostics=[tuple(d) for d in (*problems, *note.diagnostics)],
        glosses=_glosses(note, text),
        texts=[(s.ordinal, stored[s.span.start : s.span.end]) for s in note.sections],
    )


def _glosses(note: Note, text: str) -> list[Row]:
    """The names that the note's prose writes in both scripts, each with how often."""
    counts: dict[tuple[str, str], int] = {}
    if BRACKET.search(text) is not None:
        from vaultdots.text.glosses import glosses  # its word lists take 20 ms

        spans = [region.span for region in note.regions if region.kind in _NO_GLOSS]
        for gloss in glosses(text):
            if not any(start <= gloss.at < end for start, end in spans):
                counts[gloss[:2]] = counts.get(gloss[:2], 0) + 1
    return [(*pair, count) for pair, count in counts.items()]


def _is_bare(section: Section, text: str) -> bool:
    """Whether nothing stands below a section's heading: the next one leads its note then."""
    return not text[section.body : section.span.end].strip()


def link_key(source: str, target: str, lookup: str, *, external: bool) -> str | None:
    """The name key that a link looks for: the last part of its path, without `.md`.

    Of a web address the name of its page, for the site may be the vault's own. None where the link
    stays in its own note or names no page.
    """
    if not target:
        return None
    if external:
        found = web_page(target)
        return found[1].slug if found is not None else None
    target = nfc(target).strip()
    if lookup != "wiki" or target.startswith("."):
        folder = "" if target.startswith("/") else source.rpartition("/")[0]
        last = (joined(folder, target) or "").rpartition("/")[2]
    else:
        last = target.rstrip("/").rpartition("/")[2]
    return bare_key(last)


def _link_row(number: int, source: str, link: Link) -> Row:
    return (
        number,
        link.kind,
        link.lookup,
        link.span.start,
        link.span.end,
        link.line,
        link.column,
        _storable(link.raw),
        _storable(nfc(link.target)),
        _storable(link_key(source, link.target, link.lookup, external=link.external)),
        _storable(_json_texts(map(nfc, link.subpath))) if link.subpath else None,
        _storable(link.display),
        link.section,
        int(link.external),
        link.form,
        *link.target_span,
        *(link.subpath_span or _NOWHERE),
        *(link.display_span or _NOWHERE),
    )


def names_of(note: Note) -> list[Row]:
    """Every name that a link's text may use, with the way it is one."""
    found = [
        (name_key(path.rpartition("/")[2]), way)
        for way, path in answering_paths(note.path, note.dialect)
    ]
    known = {key for key, _ in found}
    found += [(_storable(slug), "slug") for slug in slugs(note) if slug and slug not in known]
    found += [(name_key(_storable(alias)), "alias") for alias in note.aliases]
    found.append((name_key(_storable(note.title)), "title"))
    found += [(name_key(_storable(address)), "url") for address in addresses(note)]
    return list(dict.fromkeys(found))


def _holder(note: Note, offset: int) -> int:
    """The ordinal of the section that holds `offset`; -1 in the frontmatter."""
    if offset < note.body:
        return -1
    low, high = 0, len(note.sections)
    while high - low > 1:
        middle = (low + high) // 2
        if note.sections[middle].span.start <= offset:
            low = middle
        else:
            high = middle
    return low


def _beside(path: str, links: tuple[Link, ...], problems: tuple[Diagnostic, ...]) -> FileRows:
    rows = [_link_row(number, path, link) for number, link in enumerate(links)]
    diagnostics: list[Row] = [tuple(problem) for problem in problems]
    return FileRows(None, [], rows, [], [], [], [], attachment_names(path), diagnostics, [], [])


def _json_texts(texts: Iterable[str]) -> str:
    """Texts as a JSON array, as `json.dumps` writes it; that takes three times as long."""
    return f"[{', '.join(map(encode_basestring, texts))}]"


def _storable(text: Any) -> Any:
    """Text that SQLite can hold: lone surrogates become U+FFFD, one for one."""
    if text is None or text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
