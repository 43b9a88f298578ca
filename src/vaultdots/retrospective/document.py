"""One review as it is read: its sections, stretches and units, made once a command.

A *unit* is what can say one thing: a heading, a list item, a table's row, or the lines of running
text that stand together. Everything that is told of a review is told of units of this document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal
from weakref import WeakKeyDictionary

from vaultdots.note.html_prose import FILL
from vaultdots.note.prose import (
    Item,
    Paragraph,
    Prose,
    Row,
    Sentence,
    hidden_spans,
    plain,
    read_prose,
)
from vaultdots.retrospective.frame import Frame, frame_of
from vaultdots.retrospective.html_sections import read_html
from vaultdots.retrospective.model import ReviewSection, ReviewSource
from vaultdots.retrospective.sections import Stretch, read_sections, read_stretches
from vaultdots.retrospective.words import any_of
from vaultdots.text.late import late
from vaultdots.text.periods import periods_in
from vaultdots.text.spans import Lines, Span
from vaultdots.text.tuples import NamedTuple

UnitKind = Literal["heading", "paragraph", "item", "row"]

_LEAD = late(
    r"\s*(?:[^\w\s*_\[(]{1,4}\s*)?(?P<mark>\*\*|__)(?P<name>[^*_\n]{2,160}?)(?P=mark)[:：.]?\s*",
)
"""`**Ship three projects.** …`: what a line in bold begins with names what it is about."""
_LINE_MARK = late(r"[\s>]*\[(?P<check>[^\[\]\s]\ufe0f?| )\]\s+(?=\S)")
"""A box that no list marker stands before: `> [✅] 운동`."""

_LINK = late(r"\[[^\]\n]*\]\([^\n]*\)(?:\{[^\n]*\})?|https?://\S+|!?\[\[[^\]\n]*\]\]")


class Unit(NamedTuple):
    """One thing that a review says.

    text: as it is read aloud; raw: as written. stretch: index of the stretch that it stands in.
    group: the list, table or paragraph that it belongs to, by number. parent: index of the item
    that it stands under. caption: index of the paragraph right before its list. lead: its bold
    beginning, "" without one. check: the character in its box.
    """

    kind: UnitKind
    text: str
    raw: str
    span: Span
    line: int
    stretch: int
    group: int
    depth: int = 0
    parent: int | None = None
    caption: int | None = None
    lead: str = ""
    check: str | None = None
    quoted: bool = False
    sentences: tuple[Sentence, ...] = ()
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()

    @property
    def rest(self) -> str:
        """What follows the bold beginning."""
        return self.text[len(self.lead) :].lstrip(" :：.-–—") if self.lead else self.text


class ReviewDocument:
    """A review, each of its sections read once."""

    def __init__(self, source: ReviewSource) -> None:
        self.lines = Lines.of(source.text)
        self.hidden = hidden_spans(source.note)
        self.source, depths, self._own = read_html(source)
        """As it is read: HTML told as Markdown, in its own place, its headings as sections."""
        self.prose = tuple(
            read_prose(
                self.source.text,
                Span(min(raw.body, raw.span.end), raw.span.end),
                self.lines,
                self.hidden,
                depths,
            )
            for raw in self.source.note.sections
        )
        """What each of the source's sections holds, by ordinal."""

    @cached_property
    def frame(self) -> Frame:
        """What its words for time mean; looked for in the whole text, once."""
        return frame_of(self.source)

    @cached_property
    def _headed(self) -> tuple[ReviewSection, ...]:
        """The sections, those under headings in HTML among them."""
        return read_sections(self.source, self.prose)

    @cached_property
    def sections(self) -> tuple[ReviewSection, ...]:
        """The sections in order, the title's own heading and empty leads left out; a heading in
        HTML makes none, as it makes none in the catalog."""
        own = self._own
        if own is None:
            return self._headed
        return tuple(s._replace(ordinal=own[s.ordinal]) for s in self._headed if s.ordinal in own)

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The whole review in stretches, the text before the first heading included."""
        return read_stretches(self.source, self._headed, self.lines)

    @cached_property
    def outline(self) -> tuple[ReviewSection, ...]:
        """The sections; of a review without headings in Markdown those under its HTML headings, or
        what its bold lines head."""
        return self.sections or self._headed or tuple(
            ReviewSection(
                number, part.heading, (part.heading,), 2, part.line, part.span, part.span.start,
                part.kind, part.kind != "other", part.year, part.months,
            )
            for number, part in enumerate(self.stretches)
            if part.heading and part.bold
        )  # fmt: skip

    def prose_of(self, stretch: Stretch) -> Prose:
        """What a stretch holds."""
        sections = self.source.note.sections
        # Not `stretch.section`: a copied permalink leaves a stretch's text to the next section.
        at = bisect_right(sections, stretch.span.start, key=lambda raw: min(raw.body, raw.span.end))
        raw, prose = sections[max(0, at - 1)], self.prose[max(0, at - 1)]
        whole = stretch.span.start <= raw.body and stretch.span.end >= raw.span.end
        return prose if whole else prose.inside(stretch.span)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every unit, in the order of the text."""
        found: list[Unit] = []
        for number, stretch in enumerate(self.stretches):
            if stretch.heading:
                span = Span(stretch.span.start, stretch.span.start)
                found.append(
                    Unit(
                        "heading", stretch.heading, stretch.heading, span, stretch.line, number, -1
                    )
                )
            found += _units(self.source.text, self.prose_of(stretch), number, len(found))
        return tuple(found)

    @cached_property
    def below(self) -> dict[int, list[int]]:
        """For each unit that others stand under: those, by index, in order."""
        found: dict[int, list[int]] = {}
        for index, unit in enumerate(self.units):
            if unit.parent is not None:
                found.setdefault(unit.parent, []).append(index)
        return found

    @cached_property
    def groups(self) -> dict[tuple[int, int], list[int]]:
        """The units of each list, table and paragraph: (stretch, group) → indices."""
        found: dict[tuple[int, int], list[int]] = {}
        for index, unit in enumerate(self.units):
            if unit.kind != "heading":
                found.setdefault((unit.stretch, unit.group), []).append(index)
        return found

    @cached_property
    def restated(self) -> frozenset[int]:
        """The units of lists right behind a sentence that says that these are goals of the year
        that is over, whatever heading they stand under, a link between or none; and of tables that
        have a column of results."""
        found: set[int] = set()
        for there in self.groups.values():
            at = self.units[there[0]].caption
            while at and _LINK.fullmatch(self.units[at].raw.strip()):
                at -= 1
            said = self.units[at].text if at is not None else ""
            restates = any_of("goals", "restates").search(said)
            old = restates and not self._looks_ahead(said[restates.end() :])
            results = sum(1 for n in there if result_of(self.units[n]))
            if old or 2 * results > len(there):
                found.update(there)
        return frozenset(found)

    def _looks_ahead(self, text: str) -> bool:
        """Whether a text speaks of the time to come, or names a year of it."""
        year = self.source.note.year
        named = [m.year for m in periods_in(text) if m.year is not None]
        later = year is not None and any(one > year for one in named)
        return later or any_of("goals", "ahead").search(text) is not None


def result_of(row: Unit) -> str:
    """What a row has in the column of its table that is called by how it went."""
    named = zip(row.header, row.cells, strict=False)
    return next((cell for name, cell in named if any_of("goals", "result").fullmatch(name)), "")


_documents: WeakKeyDictionary[ReviewSource, ReviewDocument] = WeakKeyDictionary()


def document_of(source: ReviewSource) -> ReviewDocument:
    """The document of a review: read when it is first asked for, and no second time."""
    found = _documents.get(source)
    if found is None:
        found = _documents[source] = ReviewDocument(source)
    return found


def sections_of(source: ReviewSource) -> tuple[ReviewSection, ...]:
    """The sections of a review in order."""
    return document_of(source).sections


def stretches_of(source: ReviewSource) -> tuple[Stretch, ...]:
    """The whole review in stretches."""
    return document_of(source).stretches


def outline_of(source: ReviewSource) -> tuple[ReviewSection, ...]:
    """The sections of a review; of one without headings, what its bold lines head."""
    return document_of(source).outline


# ── Units ────────────────────────────────────────────────────────────────────────────────────────


def _units(text: str, prose: Prose, stretch: int, first: int) -> list[Unit]:
    """The units of one stretch. first: how many units stand before it."""
    entries: list[tuple[int, Item | Paragraph | Row]] = [
        (entry.span.start, entry) for part in (prose.items, prose.paragraphs, prose.rows)
        for entry in part
    ]  # fmt: skip
    entries.sort(key=lambda entry: entry[0])
    by_item: dict[int, list[Sentence]] = {}
    loose: list[Sentence] = []
    for sentence in prose.sentences:
        if sentence.item is None:
            loose.append(sentence)
        else:
            by_item.setdefault(sentence.item, []).append(sentence)
    paragraphs: dict[int, list[Paragraph]] = {}
    for one in prose.paragraphs:
        if one.item is not None:
            paragraphs.setdefault(one.item, []).append(one)
    found: list[Unit] = []
    at_item: dict[int, int] = {}  # index of an item → index of its unit
    header: tuple[str, ...] = ()
    opens_table = False
    numbers = iter(range(len(prose.items)))
    group, before, caption = 0, "", None
    at = 0
    for _, entry in entries:
        kind = "item" if isinstance(entry, Item) else "row" if isinstance(entry, Row) else "text"
        under = isinstance(entry, Paragraph) and entry.item is not None
        opens = isinstance(entry, Item) and entry.parent is None and _leaves(text, found, entry)
        if not under and (kind != before or kind == "text" or opens):
            group += 1
            header, opens_table = (entry.cells, True) if isinstance(entry, Row) else ((), False)
            last = found[-1] if found else None
            caption = (
                first + len(found) - 1
                if last is not None and last.kind == "paragraph" and last.parent is None
                else None
            )
        if isinstance(entry, Item):
            number = next(numbers)
            at_item[number] = first + len(found)
            own = [s for s in by_item.get(number, ()) if s.span.start <= entry.span.end]
            found.append(
                _item(text, entry, own, stretch, group, at_item.get(_parent(entry)), caption)
            )
            # Lines that go on with the item, without an empty line and not further in.
            more = [
                s for s in by_item.get(number, ())
                if s.span.start > entry.span.end and not _is_inside(s, paragraphs.get(number, ()))
            ]  # fmt: skip
            found += _chunks(text, more, stretch, group, at_item[number])
        elif isinstance(entry, Row):
            headed = entry.cells == header and opens_table and _is_ruled(prose.rows, entry)
            opens_table = False
            if not headed and not _is_ruler(entry):
                found.append(
                    Unit(
                        "row", " · ".join(c for c in entry.cells if c), entry.span.of(text),
                        entry.span, entry.line, stretch, group, caption=caption,
                        cells=entry.cells, header=header,
                    )
                )  # fmt: skip
        else:
            parent = at_item.get(entry.item) if entry.item is not None else None
            if entry.item is None:
                while at < len(loose) and loose[at].span.start < entry.span.start:
                    at += 1
                start = at
                while at < len(loose) and loose[at].span.start < entry.span.end:
                    at += 1
                said = loose[start:at]
            else:
                said = [
                    s for s in by_item[entry.item]
                    if entry.span.start <= s.span.start < entry.span.end
                ]  # fmt: skip
            found += _chunks(text, said, stretch, group, parent)
        if not under:
            before = kind
    return found


def _is_inside(sentence: Sentence, paragraphs: Sequence[Paragraph]) -> bool:
    at = sentence.span.start
    return any(paragraph.span.start <= at < paragraph.span.end for paragraph in paragraphs)


def _is_ruler(row: Row) -> bool:
    return all(set(cell) <= set("-: ") for cell in row.cells)


def _is_ruled(rows: Sequence[Row], row: Row) -> bool:
    """Whether the row after this one is the ruler under a header."""
    at = bisect_right(rows, row.span.start, key=lambda other: other.span.start)
    return at < len(rows) and _is_ruler(rows[at])


def _parent(item: Item) -> int:
    return item.parent if item.parent is not None else -1


def _leaves(text: str, found: list[Unit], item: Item) -> bool:
    """Whether a list begins anew: two empty lines, or another kind of marker, stand between."""
    if not found or found[-1].kind != "item":
        return False
    return text.count("\n", found[-1].span.end, item.span.start) > 3


def _item(
    text: str,
    item: Item,
    sentences: list[Sentence],
    stretch: int,
    group: int,
    parent: int | None,
    caption: int | None,
) -> Unit:
    lead = _LEAD.match(item.raw)
    name = plain(lead["name"]) if lead is not None else ""
    start = text.rfind("\n", 0, item.span.start) + 1
    span = Span(item.span.start, item.span.start + len(item.span.of(text).rstrip()))
    return Unit(
        "item", item.text, item.raw, span, item.line, stretch, group, item.depth, parent,
        caption, name if item.text.startswith(name) else "", item.check,
        text[start : item.span.start].lstrip().startswith(">"), tuple(sentences),
    )  # fmt: skip


def _chunks(
    text: str, sentences: list[Sentence], stretch: int, group: int, parent: int | None
) -> Iterator[Unit]:
    """A paragraph's units: the sentences of one line, or of lines that a sentence runs across."""
    run: list[Sentence] = []
    for sentence in sentences:
        if run and "\n" in text[run[-1].span.end : sentence.span.start]:
            yield _chunk(text, run, stretch, group, parent)
            run = []
        run.append(sentence)
    if run:
        yield _chunk(text, run, stretch, group, parent)


def _chunk(text: str, run: list[Sentence], stretch: int, group: int, parent: int | None) -> Unit:
    span = Span(run[0].span.start, run[-1].span.end)
    raw = span.of(text).replace(FILL, "")
    lead = _LEAD.match(raw)
    box = _LINE_MARK.match(raw)
    shown = plain(raw[box.end() :]) if box is not None else " ".join(s.text for s in run)
    name = plain(lead["name"]) if lead is not None else ""
    start = text.rfind("\n", 0, span.start) + 1
    return Unit(
        "paragraph", shown, raw, span, run[0].line, stretch, group, 0, parent, None,
        name if shown.startswith(name) else "", box["check"] if box is not None else None,
        text[start : span.start].lstrip().startswith(">"), tuple(run),
    )  # fmt: skip
