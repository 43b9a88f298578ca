"""A move that takes an earlier one back gives links the spelling that they had before it.

`[[notes/Twin]]` becomes `[[Twin]]` when the note moves to the root, and nothing in the vault says
that it had a folder. The journal does: a move whose old and new paths are those of an earlier `mv`
the other way round finds there what each link said. A link that was written anew since keeps what
it says now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vaultdots.edit.plain import plain_target
from vaultdots.edit.texts import Texts
from vaultdots.note.canvas import base_links, canvas_links
from vaultdots.note.model import Link
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.store.answers import LinkRow
from vaultdots.store.decode import decode
from vaultdots.store.journal import FileChange, FileMove
from vaultdots.store.transaction import moved
from vaultdots.text.names import nfc
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple


class FormerLink(NamedTuple):
    """A link before and after the earlier move. raw, now: the whole of it and its target after.
    target, written: its target before, decoded and as it stood. before, after: the signs around
    it, of a property. subpath, parts: as it stood before, where it stands otherwise now."""

    raw: str
    now: str
    target: str
    written: str
    before: str
    after: str
    subpath: str | None = None
    parts: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether the earlier move wrote it anew."""
        return self.now != self.target or self.subpath is not None

    def edits(self, row: LinkRow, text: str) -> list[tuple[Span, str]]:
        """Where the link at `row` is written anew, and how."""
        found = [(row.target_span, self.written)]
        if row.kind == "property":
            found.append((Span(row.start - 1, row.start), self.before))
            found.append((Span(row.end, row.end + 1), self.after))
        if row.subpath_span is not None and self.subpath is not None:
            found.append((row.subpath_span, self.subpath))
        return [(span, new) for span, new in found if span.of(text) != new]


Former = Mapping[tuple[str, int], FormerLink]
"""(path now, the link's number in it) → the link."""


def former_links(
    files: Sequence[FileChange],
    moves: Sequence[FileMove],
    options: NoteOptions,
    texts: Texts | None = None,
) -> Former:
    """The links of the files that an earlier move edited. files, moves: its journal's. texts: what
    the catalog has read, so that a thousand notes need not be read again."""
    edited = [file for file in files if file.before is not None and file.after is not None]
    if texts is not None:
        texts.look_up(nfc(moved(file.path, moves)) for file in edited)
    found: dict[tuple[str, int], FormerLink] = {}
    for file in edited:
        assert file.before is not None and file.after is not None
        old, new = decode(file.before).text, decode(file.after).text
        there = nfc(moved(file.path, moves))
        known = texts is not None and texts.note(there) is not None and texts[there] == new
        quick = _aligned(texts.links_of(there), old, new) if texts is not None and known else None
        if quick is not None:
            found |= {(there, number): link for number, link in enumerate(quick)}
            continue
        before = _links(nfc(file.path), old, options)
        after = _links(there, new, options)
        if len(before) != len(after):
            continue
        for number, (was, now) in enumerate(zip(before, after, strict=True)):
            start, end = was.span
            subpath = was.subpath_span.of(old) if was.subpath_span else None
            if now.subpath_span is not None and subpath == now.subpath_span.of(new):
                subpath = None
            found[there, number] = FormerLink(
                now.raw,
                now.target,
                was.target,
                was.target_span.of(old),
                old[max(0, start - 1) : start],
                old[end : end + 1],
                subpath,
                () if subpath is None else was.subpath,
            )
    return found


def _aligned(rows: Sequence[LinkRow], old: str, new: str) -> list[FormerLink] | None:
    """The links of `new` with the targets that they had in `old`, where nothing but targets of
    wikilinks differs, in signs that change nothing else (`edit.plain`); else None."""
    found = []
    at = shift = 0
    for row in rows:
        start, end = row.target_span
        if start < at or old[at + shift : start + shift] != new[at:start]:
            return None
        target, written, behind = row.target, new[start:end], new[end : end + 1]
        if not old.startswith(written + behind, start + shift):
            written = target = plain_target(old, start + shift)
            wikilink = row.kind != "property" and new.endswith("[[", at, start)
            if not (wikilink and written and behind and behind in "]|#\\"):
                return None
            if not old.startswith(behind, start + shift + len(written)):
                return None
        before, after = new[max(0, row.start - 1) : row.start], new[row.end : row.end + 1]
        found.append(FormerLink(row.raw, row.target, target, written, before, after))
        at, shift = end, shift + len(written) - (end - start)
    return found if old[at + shift :] == new[at:] else None


def _links(path: str, text: str, options: NoteOptions) -> Sequence[Link]:
    """The links of a file as the catalog numbers them."""
    ending = path.rpartition(".")[2].lower()
    if ending == "canvas":
        return canvas_links(text)[0]
    if ending == "base":
        return base_links(text)
    return parse_note(path, text, options).links
