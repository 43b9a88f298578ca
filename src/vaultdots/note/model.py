"""What one file says: the frozen records that leave the `note` room.

Every span is in code points of the decoded text (without a BOM); lines and columns start at 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from vaultdots.note.choices import Dialect as Dialect
from vaultdots.note.choices import NoteKind as NoteKind
from vaultdots.note.choices import Period as Period
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

LinkKind = Literal[
    "wikilink", "markdown", "embed", "property", "shortcode", "canvas", "reference", "base"
]
"""`reference` is a Markdown link whose address stands in a definition."""

LinkForm = Literal[
    "wikilink", "braced", "markdown", "angle", "reference", "autolink", "shortcode", "json"
]
"""How a link is written: `[[x]]`, `[[x]]{label}`, `[t](x)`, `[t](<x>)`, `[t][label]` with its
address in a definition, `<https://x>`, `{{< ref "x" >}}`, or a text of a canvas's file node."""

Lookup = Literal["wiki", "markdown", "site", "page", "path"]
"""How a target is looked up: as a wikilink; relative first; as a site's URL path; as Hugo's `ref`
finds a page; exact path."""

Severity = Literal["error", "warning", "info"]
RegionKind = Literal["frontmatter", "code", "math", "comment", "html", "url", "link", "definition"]


class Diagnostic(NamedTuple):
    """A problem in one file, told where it stands. `code` is stable and documented."""

    code: str
    severity: Severity
    message: str
    line: int
    column: int = 1


class Section(NamedTuple):
    """A heading and the text up to the next heading, or the text before the first one.

    headings: the path of heading texts as read (markup removed), own heading last; () for the
    text before the first heading. repeat: 0, or the number of sections before it with the same
    path. span: from the heading line to the next heading; body: where the text after it begins.
    level: 1–6, 0 for the text before the first heading. raw: the heading as written.
    """

    ordinal: int
    level: int
    headings: tuple[str, ...]
    repeat: int
    line: int
    span: Span
    body: int
    raw: str = ""

    @property
    def heading(self) -> str:
        """The section's own heading as read, "" before the first."""
        return self.headings[-1] if self.headings else ""


class Link(NamedTuple):
    """A link as it is written; which note it names is the `graph` room's business.

    raw: the whole link with its brackets and `!`. target: the name or path, decoded and trimmed,
    "" for the same note, a URL when external. subpath: heading chain, or ("^id",). display: the
    text shown instead. section: ordinal of the section it stands in (-1: frontmatter).

    The parts' spans cover them as they are written, escapes and all, without the signs around them.
    target_span: empty, where a name would stand, in a link to the same note; in the definition, and
    outside of `span`, for a reference. subpath_span: all parts with the `#` between them, without
    the first one; None where there is no subpath. display_span: None where there is no display. In
    a canvas all spans are those inside the JSON text, and the line is that of the node; a file
    node's `span` is its file's name.
    """

    kind: LinkKind
    lookup: Lookup
    form: LinkForm
    span: Span
    line: int
    column: int
    raw: str
    target: str
    subpath: tuple[str, ...]
    display: str | None
    section: int
    target_span: Span
    subpath_span: Span | None
    display_span: Span | None
    external: bool = False


class Tag(NamedTuple):
    """A tag as spelled, without `#`; the span includes the `#` where there is one. In properties
    it is empty, at the key's value, where YAML writes the tag otherwise: `"\\x41b"` is Ab."""

    name: str
    span: Span
    line: int
    column: int


class Block(NamedTuple):
    """A block that a link names as `#^id`. span: the block's text; line: where the id stands."""

    id: str
    span: Span
    line: int


class Task(NamedTuple):
    """A list item with a check box. status: the character between the brackets."""

    status: str
    text: str
    span: Span
    line: int
    section: int


class Region(NamedTuple):
    """A stretch that is no prose: nothing is read in it (but the links in comments)."""

    kind: RegionKind
    span: Span


PropertyValue = str | int | float | bool | None | list["PropertyValue"] | dict[str, "PropertyValue"]
"""A property's value. Dates stay the text they were written as; see `text.dates`."""


@dataclass(frozen=True, slots=True)
class Property:
    """One frontmatter entry. line: where its key stands; 1-based."""

    key: str
    value: PropertyValue
    line: int


@dataclass(frozen=True, slots=True)
class Note:
    """One Markdown file, read. Frozen; nothing in it says whether another note exists."""

    path: str
    title: str
    title_rule: Literal["frontmatter", "heading", "file"]
    dialect: Dialect
    kind: NoteKind
    kind_rule: str
    """Which rule decided the kind, in words: `property kind`, `folder 회고`, `title`…"""
    year: int | None
    year_rule: str
    period: Period | None
    status: Literal["final", "draft", "log"]
    created: str | None
    """ISO date (and time) from the properties, else None: the file's times are the store's."""
    modified: str | None
    body: int
    """Where the text after the frontmatter begins."""
    properties: tuple[Property, ...] = ()
    aliases: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[Tag, ...] = ()
    blocks: tuple[Block, ...] = ()
    tasks: tuple[Task, ...] = ()
    regions: tuple[Region, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)

    def property(self, *keys: str) -> PropertyValue:
        """The value of the first property whose key is one of `keys`, case aside; None if none."""
        for key in keys:
            for item in self.properties:
                if item.key.casefold() == key:
                    return item.value
        return None
