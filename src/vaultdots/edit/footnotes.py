"""The footnotes of a section that becomes a note: each part keeps those that it refers to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import NamedTuple

from vaultdots.errors import EditError
from vaultdots.note.model import Note
from vaultdots.text.spans import Span

_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_LEAD = re.compile(r"[ \t>*+-]*")
_UNREAD = frozenset(("code", "math", "comment"))
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_OTHER_BLOCK = re.compile(r" {0,3}(?:\[\^|#|>|[*+-][ \t]|\d{1,9}[.)][ \t]|```|~~~|\||$)")


class Footnotes(NamedTuple):
    """Where definitions stand, whole lines each.

    along: elsewhere in the note, and the section refers to them. gone: those of `along` to which
    nothing else refers. behind: in the section, and the rest refers to them. dropped: those of
    `behind` to which nothing in the section refers.
    """

    along: tuple[Span, ...]
    gone: tuple[Span, ...]
    behind: tuple[Span, ...]
    dropped: tuple[Span, ...]


def footnotes_of(note: Note, text: str, section: Span) -> Footnotes:
    """What becomes of a note's footnotes when `section` is cut out of it. Raises EditError where a
    definition that must be carried stands in a list or a quote."""
    hidden = [region.span for region in note.regions if region.kind in _UNREAD]
    marks = [m for m in _MARK.finditer(text) if not _in_any(m.start(), hidden)]
    definitions: dict[str, Span] = {}
    loose: dict[str, int] = {}
    references: list[tuple[str, int]] = []
    for mark in marks:
        label = mark[1].casefold()
        line = max(text.rfind("\n", 0, mark.start()), text.rfind("\r", 0, mark.start())) + 1
        before = text[line : mark.start()]
        if not text.startswith(":", mark.end()) or not _LEAD.fullmatch(before):
            references.append((label, mark.start()))
        elif len(before) <= 3 and not before.strip(" "):
            definitions.setdefault(label, Span(line, _end(text, line)))
        else:
            loose.setdefault(label, mark.start())
    inside = _needed(definitions, references, lambda at: at in range(*section))
    outside = _needed(definitions, references, lambda at: at not in range(*section))
    for label, at in loose.items():
        apart = outside if at in range(*section) else inside
        if label in apart and label not in definitions:
            raise EditError(
                f"the footnote [^{label}] would be cut off from its text", place=note.path
            )
    inside &= set(definitions)
    outside &= set(definitions)
    here = {label for label, span in definitions.items() if span.start in range(*section)}
    along = inside - here
    behind = outside & here
    return Footnotes(
        *(
            tuple(sorted(definitions[label] for label in labels))
            for labels in (along, along - outside, behind, behind - inside)
        )
    )


def _needed(
    definitions: dict[str, Span], references: list[tuple[str, int]], is_in: Callable[[int], bool]
) -> set[str]:
    """The labels that the references of one part call for, and those that the definitions of these
    call for in turn, wherever they stand."""
    within: dict[str, list[str]] = {}
    waiting = []
    names = sorted(definitions, key=definitions.__getitem__)
    starts = [definitions[name].start for name in names]
    for label, at in references:
        number = bisect_right(starts, at) - 1
        if number >= 0 and at < definitions[names[number]].end:
            within.setdefault(names[number], []).append(label)
        elif is_in(at):
            waiting.append(label)
    found: set[str] = set()
    while waiting:
        label = waiting.pop()
        if label not in found:
            found.add(label)
            waiting += within.get(label, ())
    return found


def _end(text: str, start: int) -> int:
    """Behind the last line of the definition that begins at `start`."""
    end = at = _line_end(text, start)
    blank = False
    while at < len(text):
        after = _line_end(text, at)
        line = text[at:after].rstrip("\r\n")
        if not line.strip():
            blank = True
        elif line.startswith(("    ", "\t")) or not (blank or _OTHER_BLOCK.match(line)):
            end, blank = after, False
        else:
            break
        at = after
    return end


def _line_end(text: str, at: int) -> int:
    match = _LINE.match(text, at)
    return match.end() if match is not None else len(text)


def _in_any(at: int, spans: Iterable[Span]) -> bool:
    return any(span.start <= at < span.end for span in spans)
