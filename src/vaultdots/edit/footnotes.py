"""The footnotes of a section that becomes a note, and of a note that goes into another: each keeps
those that it refers to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import count

from vaultdots.errors import EditError
from vaultdots.note.model import Note
from vaultdots.text.spans import Span, in_any, line_start
from vaultdots.text.tuples import NamedTuple

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
    marks = _marks(note, text)
    definitions: dict[str, Span] = {}
    loose: dict[str, int] = {}
    references: list[tuple[str, int]] = []
    for mark in marks:
        label = mark[1].casefold()
        line = line_start(text, mark.start())
        before = text[line : mark.start()]
        if not _defines(mark):
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


def other_labels(note: Note, text: str, host: Note, there: str) -> list[tuple[Span, str]]:
    """(span, new label) of the footnotes of `note` that have another name in the note `host`, into
    which it goes, for that one has footnotes of the same name. there: the text of `host`."""
    marks = [mark for mark in _marks(note, text) if mark.start() >= note.body]
    taken = {mark[1].casefold() for mark in _marks(host, there)}
    used = taken | {mark[1].casefold() for mark in marks}
    new: dict[str, str] = {}
    for label in dict.fromkeys(mark[1] for mark in marks if _defines(mark)):
        if label.casefold() in taken and label.casefold() not in new:
            tries = map(str, count(1)) if label.isdecimal() else (f"{label}-{n}" for n in count(2))
            new[label.casefold()] = next(one for one in tries if one.casefold() not in used)
            used.add(new[label.casefold()].casefold())
    return [
        (Span(*mark.span(1)), new[mark[1].casefold()])
        for mark in marks
        if mark[1].casefold() in new
    ]


def _marks(note: Note, text: str) -> list[re.Match[str]]:
    hidden = [region.span for region in note.regions if region.kind in _UNREAD]
    return [mark for mark in _MARK.finditer(text) if not in_any(mark.start(), hidden)]


def _defines(mark: re.Match[str]) -> bool:
    """Whether a mark begins a footnote's text, and does not only refer to it."""
    text = mark.string
    line = line_start(text, mark.start())
    before = text[line : mark.start()]
    return text.startswith(":", mark.end()) and _LEAD.fullmatch(before) is not None


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
