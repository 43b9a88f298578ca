"""A note's rows after some of its links were given other targets, without reading it again.

Where nothing but the targets of links changed (`Retargeted`), all that was read of a note is the
same, moved by what the new targets are longer. Reading a thousand notes anew takes a second and a
half, moving their rows a tenth of that. What might be read otherwise (a heading, a title, a gloss
beside the link) is left to the reader: the answer is None.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from vaultdots.note.dialects import site_span
from vaultdots.note.options import NoteOptions
from vaultdots.note.review_score import OPENING, looks_back
from vaultdots.note.targets import address_target, is_external, wikilink_target
from vaultdots.store.records import FileRows, Row, TargetEdit
from vaultdots.store.rows import link_key
from vaultdots.text.glosses import may_gloss
from vaultdots.text.names import nfc

_BODY, _REGIONS = 11, 14
"""Where a note's row has the beginning of its body and its regions."""


def retargeted(
    path: str, rows: FileRows, text: str, edits: Sequence[TargetEdit], options: NoteOptions
) -> FileRows | None:
    """The rows of the note at `path` after `edits`, which leave everything but the targets of links
    as it is; None where the note is to be read. rows, text: the note's before; edits: sorted.

    texts: of the sections that say something else now; names, properties and glosses stay.
    """
    try:
        return _Shifted(path, text, edits, options).rows(rows)
    except _ToBeRead:
        return None


class _ToBeRead(Exception):
    """The note must be read again."""


class _Shifted:
    """A text before and after its edits, and where its places have gone."""

    def __init__(
        self, path: str, text: str, edits: Sequence[TargetEdit], options: NoteOptions
    ) -> None:
        self.path = path
        self.edits = edits
        self.options = options
        self.before = text
        self.after = spliced(text, edits)
        self.first = edits[0].start
        self.ends = [edit.end for edit in edits]
        grown = (len(edit.new) - (edit.end - edit.start) for edit in edits)
        self.shifts = list(accumulate(grown, initial=0))
        self.named = {(edit.start, edit.end): edit.new for edit in edits}
        self.used: set[tuple[int, int]] = set()

    def rows(self, rows: FileRows) -> FileRows:
        """All rows anew. Raises _ToBeRead."""
        note = rows.note
        if note is None or any(row[4] != 1 for row in rows.diagnostics):
            raise _ToBeRead  # a problem that is told at a column
        if not all(
            _says(edit.new) and _says(self.before[edit.start : edit.end]) for edit in self.edits
        ):
            raise _ToBeRead  # a note that begins with text is not called by a heading below it
        self._check_opening(note[_BODY])
        self._check_glosses()
        regions = json.loads(note[_REGIONS])
        moved = [[kind, *self._span(start, end)] for kind, start, end in regions]
        shown = ", ".join(f'["{kind}", {start}, {end}]' for kind, start, end in moved)
        links = [self._link(row) for row in rows.links]
        if len(self.used) < len(self.edits):
            raise _ToBeRead
        sections = [self._section(row) for row in rows.sections]
        return rows._replace(
            note=(*note[:_REGIONS], f"[{shown}]", *note[_REGIONS + 1 :]),
            sections=sections,
            links=links,
            tags=[self._tag(row) for row in rows.tags],
            blocks=[(*row[:2], *self._span(row[2], row[3]), row[4]) for row in rows.blocks],
            tasks=[self._task(row) for row in rows.tasks],
            texts=[
                (row[0], self.after[row[6] : row[8]])
                for row, old in zip(sections, rows.sections, strict=True)
                if self._touched(old[6], old[8])
            ],
        )

    # -- what may be read otherwise --------------------------------------------------------------

    def _check_opening(self, body: int) -> None:
        """The words with which a note begins may make it a review."""
        if self.first >= body + OPENING:
            return
        was, now = (text[body : body + OPENING] for text in (self.before, self.after))
        if looks_back(was) != looks_back(now):
            raise _ToBeRead

    def _check_glosses(self) -> None:
        """A name in both scripts (`도커(Docker)`) stands on both sides of a bracket."""
        if self.before.isascii() and self.after.isascii():
            return
        for edit in self.edits:
            start = self._place(edit.start)
            if may_gloss(self.before, edit.start, edit.end) or may_gloss(
                self.after, start, start + len(edit.new)
            ):
                raise _ToBeRead

    # -- places ----------------------------------------------------------------------------------

    def _place(self, offset: int) -> int:
        """Where a place of the text has gone; it lies in no target."""
        at = bisect_right(self.ends, offset)
        if at < len(self.edits) and self.edits[at].start < offset:
            raise _ToBeRead
        return offset + self.shifts[at]

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return (start, end) if end <= self.first else (self._place(start), self._place(end))

    def _maybe_span(self, start: int | None, end: int | None) -> tuple[int | None, int | None]:
        return (None, None) if start is None or end is None else self._span(start, end)

    def _column(self, start: int, column: int) -> int:
        """The column of what stood at `start`."""
        line = start - (column - 1)
        return self._place(start) - self._place(line) + 1

    def _touched(self, start: int, end: int) -> bool:
        """Whether an edit lies in a span."""
        at = bisect_right(self.ends, start)
        return at < len(self.edits) and self.edits[at].start < end

    # -- rows ------------------------------------------------------------------------------------

    def _section(self, row: Row) -> Row:
        ordinal, level, headings, keys, repeat, line, start, body, end, *rest = row
        if level and self._touched(start, body):
            raise _ToBeRead
        return (ordinal, level, headings, keys, repeat, line, self._place(start),
                self._place(body), self._place(end), *rest)  # fmt: skip

    def _link(self, row: Row) -> Row:
        (number, kind, lookup, start, end, line, column, raw, target, key, subpath, display,
         section, external, form, t_start, t_end, s_start, s_end, d_start, d_end) = row  # fmt: skip
        if max(end, t_end) <= self.first:
            return row
        inside = self._span(start, end)
        if self._touched(start, end):
            raw = self.after[inside[0] : inside[1]]
        if (t_start, t_end) in self.named:
            new = self.named[t_start, t_end]
            target = self._target(lookup, form, new)
            key = link_key(self.path, target, lookup, external=False)
            self.used.add((t_start, t_end))
            at = self._place(t_start)
            target_span = at, at + len(new)
            if external:
                raise _ToBeRead
        else:
            target_span = self._span(t_start, t_end)
            if self._touched(t_start, t_end):
                raise _ToBeRead
        display_span = self._maybe_span(d_start, d_end)
        if d_start is not None and self._touched(d_start, d_end):
            display = self._display(display, self.before[d_start:d_end], display_span)
        return (
            number, kind, lookup, *inside, line, self._column(start, column), raw, target, key,
            subpath, display, section, external, form, *target_span,
            *self._maybe_span(s_start, s_end), *display_span,
        )  # fmt: skip

    def _target(self, lookup: str, form: str, new: str) -> str:
        if form in ("wikilink", "braced"):
            found = wikilink_target(new)
        else:
            found = address_target(new)
            outside = is_external(new) or site_span(new, self.options.site_url) is not None
            found = None if outside or lookup != "markdown" else found
        if found is None or found.subpath or found.display is not None:
            raise _ToBeRead
        return nfc(found.name)

    def _display(self, display: str, was: str, span: tuple[int | None, int | None]) -> str:
        """The words of a link in which another one stands."""
        now = self.after[span[0] : span[1]]
        if display == was:
            return now
        if display == was.strip():
            return now.strip()
        raise _ToBeRead

    def _tag(self, row: Row) -> Row:
        name, key, start, end, line, column, section = row
        if end <= self.first:
            return row
        return (name, key, *self._span(start, end), line, self._column(start, column), section)

    def _task(self, row: Row) -> Row:
        status, text, start, end, line, section = row
        span = self._span(start, end)
        if self._touched(start, end):
            text = " ".join(self.after[span[0] : span[1]].split())
        return (status, text, *span, line, section)


def spliced(text: str, edits: Iterable[TargetEdit]) -> str:
    """The text with its edits made."""
    pieces = []
    at = 0
    for start, end, new in edits:
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])


def _says(text: str) -> bool:
    return any(char.isalnum() for char in text)
