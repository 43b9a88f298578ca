"""An edited file read again: what no edit touches must read as before.

The elements of a note are its links, headings, tags, blocks, tasks, properties and regions (code,
math, comments…). One that no edit overlaps must be there afterwards, moved by what was put in
before it; of those that an edit overlaps there must be as many as before, and what the edit adds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from vaultdots.edit.model import Edit
from vaultdots.edit.texts import id_place
from vaultdots.note.canvas import base_links, canvas_links
from vaultdots.note.frontmatter import cut
from vaultdots.note.model import Link, Note
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.text.spans import Lines, Span
from vaultdots.text.tuples import NamedTuple


class Element(NamedTuple):
    """Something that is read from a file. said: what it says, but for its place."""

    kind: str
    span: Span
    said: str


class Difference(NamedTuple):
    """What reads otherwise, in words. line: where it stands in the text before, 1-based."""

    line: int
    said: str


def difference(
    path: str, before: str, after: str, edits: Sequence[Edit], options: NoteOptions
) -> Difference | None:
    """What reads otherwise though no edit meant it; None where nothing does.

    before, after: the text of the file without and with `edits`.
    """
    if any(edit.adds is None and edit.span == Span(0, len(before)) for edit in edits):
        return None
    edits = sorted(edits, key=lambda edit: edit.span)
    places = _Places(edits)
    wanted: Counter[Element] = Counter()
    stood: dict[Element, int] = {}
    counts: Counter[str] = Counter()
    touched: dict[str, int] = {}
    lines = Lines.of(before)
    for element in elements(path, before, options):
        touching = places.touching_before(element)
        if not touching:
            now = element._replace(span=places.moved(element.span))
            wanted[now] += 1
            stood[now] = element.span.start
        elif all(edits[n].adds is not None for n in touching):
            counts[element.kind] -= 1
            touched.setdefault(element.kind, edits[touching[0]].span.start)
    for edit in edits:
        counts.subtract(edit.adds or ())
        for kind in edit.adds or ():
            touched.setdefault(kind, edit.span.start)
    for element in elements(path, after, options):
        if wanted[element] > 0:
            wanted[element] -= 1
            continue
        touching = places.touching_after(element)
        if not touching:
            said = f"{element.kind} '{_short(element.said)}' would appear"
            return Difference(lines.line(places.stood(element.span.start)), said)
        if all(edits[n].adds is not None for n in touching):
            counts[element.kind] += 1
            touched.setdefault(element.kind, edits[touching[0]].span.start)
    for element, count in wanted.items():
        if count > 0:
            said = f"{element.kind} '{_short(element.said)}' would be lost"
            return Difference(lines.line(stood[element]), said)
    for kind, count in counts.items():
        # A region changes with the text that it holds.
        if count and kind != "region":
            said = f"it would hold {abs(count)} {kind}{'s' if abs(count) > 1 else ''} " + (
                "more than meant" if count > 0 else "less than meant"
            )
            return Difference(lines.line(touched.get(kind, edits[0].span.start)), said)
    return None


class _Places:
    """Where edits stand in the old and in the new text. edits: sorted, not overlapping."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.old = [edit.span for edit in edits]
        self.new: list[Span] = []
        self.shifts = [0]
        for edit in edits:
            start = edit.span.start + self.shifts[-1]
            self.new.append(Span(start, start + len(edit.after)))
            self.shifts.append(
                self.shifts[-1] + len(edit.after) - (edit.span.end - edit.span.start)
            )
        self.old_ends = [span.end for span in self.old]
        self.new_ends = [span.end for span in self.new]

    def touching_before(self, element: Element) -> list[int]:
        return _touching(self.old, element.span)

    def touching_after(self, element: Element) -> list[int]:
        return _touching(self.new, element.span)

    def moved(self, span: Span) -> Span:
        """Where a span that no edit touches stands afterwards."""
        shift = self.shifts[bisect_right(self.old_ends, span.start)]
        return Span(span.start + shift, span.end + shift)

    def stood(self, offset: int) -> int:
        """Where a place of the new text, which no edit wrote, stands in the old one."""
        return offset - self.shifts[bisect_right(self.new_ends, offset)]


def _touching(spans: Sequence[Span], span: Span) -> list[int]:
    """The spans (sorted, apart) that share a character with `span`, or are empty and inside it."""
    first = max(0, bisect_left(spans, Span(span.start, span.start)) - 1)
    found = []
    for n in range(first, len(spans)):
        other = spans[n]
        if other.start >= span.end:
            break
        if other.end > span.start and other.start < span.end:
            found.append(n)
    return found


def elements(path: str, text: str, options: NoteOptions) -> list[Element]:
    """What is read from a file: by its ending a note, a canvas or a base; nothing of others."""
    ending = path.rpartition(".")[2].lower()
    if ending == "canvas":
        return [_of_board(link, text) for link in canvas_links(text)[0]]
    if ending == "base":
        return [_of_board(link, text) for link in base_links(text)]
    if ending in ("md", "markdown"):
        return list(_of_note(parse_note(path, text, options), text))
    return []


def _of_note(note: Note, text: str) -> Iterator[Element]:
    yield from map(_link, note.links)
    for section in note.sections:
        if section.level:
            heading = text[section.span.start : section.body].rstrip()
            end = section.span.start + len(heading)
            yield Element(
                "section", Span(section.span.start, end), f"{'#' * section.level} {section.raw}"
            )
    for tag in note.tags:
        yield Element("tag", tag.span, tag.name)
    lines = Lines.of(text)
    for block in note.blocks:
        # With its id, which may stand on a line of its own below what it names.
        end = id_place(text, lines, block) + 1 + len(block.id)
        yield Element("block", Span(block.span.start, max(block.span.end, end)), block.id)
    for task in note.tasks:
        yield Element("task", task.span, f"[{task.status}] {task.text}")
    for region in note.regions:
        # By its first character alone: one that runs to the end of the text grows with it.
        start = region.span.start
        yield Element("region", Span(start, start + 1), region.kind)
    starts = [lines.starts[item.line - 1] for item in note.properties]
    front = cut(text)
    # A property that is put in behind the last one is no part of it.
    last = front.span.end if front is not None else note.body
    for item, start in zip(note.properties, starts, strict=True):
        end = min((other for other in starts if other > start), default=max(start, last))
        yield Element("property", Span(start, end), f"{item.key}: {item.value!r}")


def _link(link: Link) -> Element:
    return Element("link", link.span, link.raw)


def _of_board(link: Link, text: str) -> Element:
    """A link of JSON or YAML; one whose text is escaped there is counted, not compared."""
    span = link.span if link.raw in link.span.of(text) else Span(0, len(text))
    return Element("link", span, link.raw)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
