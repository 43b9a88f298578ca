"""What the editor's questions are answered with. Spans are in code points of the note's text."""

from __future__ import annotations

from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple


class Insert(NamedTuple):
    """`text` takes the place of a span; an empty one is where it is put in."""

    span: Span
    text: str


class Item(NamedTuple):
    """Something that can be completed.

    insert: what takes the place of `span`. kind: note, alias, title, placeholder, attachment,
    folder, heading, block, tag, property or value. path: the file that it is about, for its
    documentation. also: other edits of the same note that come with it (a block gets its id).
    """

    label: str
    insert: str
    span: Span
    detail: str
    kind: str
    path: str | None = None
    also: tuple[Insert, ...] = ()


class Target(NamedTuple):
    """A place that something means. span: of what stands there, to show; line: 1-based. written:
    that text, with what stands before it on its line; "" where they were not read."""

    path: str
    span: Span
    line: int
    kind: str
    before: str = ""
    written: str = ""


class Finding(NamedTuple):
    """A problem of a note where it stands."""

    span: Span
    code: str
    severity: str
    message: str
