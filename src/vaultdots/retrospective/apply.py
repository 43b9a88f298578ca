"""Accepted connections become links: in place where a name stands there, else in a list.

Every link is tried out by reading the note again: one that would not be a link, would mean another
note or would change how the rest is read is left out, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vaultdots.edit.model import Change, Edit
from vaultdots.edit.splice import splice_text
from vaultdots.edit.verify import difference
from vaultdots.graph.links import Resolver
from vaultdots.graph.new_link import LinkStyle, is_in_table, style_of, write_link
from vaultdots.graph.resolve import resolve
from vaultdots.note.parse import parse_note
from vaultdots.note.paths import is_folder_note
from vaultdots.retrospective.connect import RELATED
from vaultdots.retrospective.model import Connection
from vaultdots.store.answers import NoteRow, SectionRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import Config
from vaultdots.text.hangul import is_korean
from vaultdots.text.late import late
from vaultdots.text.spans import Lines, Span
from vaultdots.text.tuples import NamedTuple

_BULLET = late(r"^([ \t]*)([-*+])[ \t]+\S")


class LeftOut(NamedTuple):
    """A connection that cannot be written, and why."""

    connection: Connection
    reason: str


@dataclass(slots=True)
class Plan:
    """Which connections can be written, and the change that does it."""

    edits: list[Edit] = field(default_factory=list)
    written: list[Connection] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def change(self) -> Change:
        """All of it as one operation."""
        remarks = (
            f"left out: {left.connection.target} in {left.connection.source}: {left.reason}"
            for left in self.left_out
        )
        return Change("connect", tuple(self.edits), remarks=tuple(remarks))


def plan(catalog: Catalog, config: Config, accepted: Iterable[Connection]) -> Plan:
    """The edits that make links of `accepted`, note by note; nothing is read but the catalog."""
    by_source: dict[str, list[Connection]] = {}
    for connection in accepted:
        if not connection.explicit:
            by_source.setdefault(connection.source, []).extend(_single(catalog, connection))
    result = Plan()
    resolver = Resolver(catalog)
    for path, connections in by_source.items():
        row = catalog.note(path)
        if row is None:
            continue
        writer = _Writer(catalog, config, resolver, row, catalog.text(row.id))
        for connection in connections:
            writer.add(connection)
        result.edits += writer.edits()
        result.written += writer.written
        result.left_out += writer.left_out
    return result


def _single(catalog: Catalog, connection: Connection) -> list[Connection]:
    """A connection to a folder or series as one to its index, or else to each of its notes."""
    if connection.target_kind in ("note", "tag"):
        return [connection]
    rows = [row for row in map(catalog.note, connection.notes) if row is not None]
    index = [row for row in rows if row.kind == "index" or is_folder_note(row.path, row.dialect)]
    return [
        connection._replace(target=row.path, title=row.title, target_kind="note", notes=())
        for row in index[:1] or rows
    ]


class _Writer:
    """The links that are put into one note, each tried out."""

    def __init__(
        self, catalog: Catalog, config: Config, resolver: Resolver, row: NoteRow, text: str
    ) -> None:
        self.catalog = catalog
        self.config = config
        self.resolver = resolver
        self.row = row
        self.text = text
        self.style: LinkStyle = style_of(catalog, config, row.path)
        self.sections: list[SectionRow] = catalog.sections(row.id)
        self.inline: list[Edit] = []
        self.listed: list[str] = []
        self.targets: set[str] = set()
        self.written: list[Connection] = []
        self.left_out: list[LeftOut] = []

    def add(self, connection: Connection) -> None:
        """Put one connection in, where the note can hold it."""
        if connection.start is not None and connection.end is not None:
            taken = any(
                i.span.start < connection.end and connection.start < i.span.end for i in self.inline
            )
            if not taken and self._in_place(connection, connection.start, connection.end):
                self.written.append(connection)
                self.targets.add(connection.target)
                return
        if connection.target in self.targets:
            self.left_out.append(LeftOut(connection, "the note links there by now"))
            return
        reason = self._in_list(connection)
        if reason:
            self.left_out.append(LeftOut(connection, reason))
        else:
            self.written.append(connection)
            self.targets.add(connection.target)

    def edits(self) -> list[Edit]:
        """All that is put in, in order."""
        listed = self._list(self.listed)
        edits = [*self.inline, *([listed] if listed else [])]
        return sorted(edits, key=lambda edit: edit.span)

    # -- the two places --------------------------------------------------------------------------

    def _in_place(self, connection: Connection, start: int, end: int) -> bool:
        link = write_link(
            self.resolver,
            self.style,
            self.row.path,
            connection.target,
            self.text[start:end],
            dialect=self.row.dialect,
            in_table=is_in_table(self.text, start),
        )
        if link is None:
            return False
        span = Span(start, end)
        self.inline.append(Edit(self.row.path, span, span.of(self.text), link, ("link",)))
        if self._holds():
            return True
        self.inline.pop()
        return False

    def _in_list(self, connection: Connection) -> str:
        """Why it cannot stand in the list, "" where it can."""
        if connection.target_kind == "tag":
            return self._listed(connection.target, "would not be a tag there")
        link = write_link(
            self.resolver,
            self.style,
            self.row.path,
            connection.target,
            self._title(connection),
            dialect=self.row.dialect,
        ) or write_link(
            self.resolver,
            self.style,
            self.row.path,
            connection.target,
            None,
            dialect=self.row.dialect,
        )
        if link is None:
            return "no link can name the note"
        return self._listed(link, "at the end of the note a link would be no link")

    def _listed(self, text: str, reason: str) -> str:
        """Put a link or a tag into the list; the reason where it cannot stand there."""
        self.listed.append(text)
        if self._holds():
            return ""
        self.listed.pop()
        return reason

    def _title(self, connection: Connection) -> str | None:
        """What a link in the list shows; None for the name of the file.

        Wikilinks show names; a Markdown link, and one to a post whose file is a date or a slug,
        show the title.
        """
        target = self.catalog.note(connection.target)
        if target is None or (target.dialect == "obsidian" and not self.style.markdown):
            return None
        return connection.title

    def _list(self, links: Sequence[str]) -> Edit | None:
        """The list's new lines: under its heading where there is one, else at the note's end."""
        if not links:
            return None
        newline = _newline(self.text)
        for section in reversed(self.sections):
            if section.headings and RELATED.match(section.headings[-1]):
                return self._into(section, links, newline)
        heading = "## 연결" if is_korean(self.text) else "## Related"
        lines = [heading, "", *(f"- {link}" for link in links)]
        body = newline.join(lines)
        at = len(self.text)
        adds = ("section", *map(_kind, links))
        if not self.text:
            return self._insert(at, body + newline, adds)
        if not self.text.endswith(("\n", "\r")):
            return self._insert(at, newline * 2 + body, adds)
        blank = re.search(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\Z", self.text) is not None
        return self._insert(at, ("" if blank else newline) + body + newline, adds)

    def _insert(self, at: int, text: str, adds: tuple[str, ...]) -> Edit:
        return Edit(self.row.path, Span(at, at), "", text, adds)

    def _into(self, section: SectionRow, links: Sequence[str], newline: str) -> Edit:
        body = self.text[section.body : section.end].rstrip()
        at = section.body + len(body) if body else _line_end(self.text, section.start)
        last = re.split(r"\r\n?|\n", body)[-1] if body else ""
        bullet = _BULLET.match(last)
        mark = f"{bullet[2]} " if bullet else "- "
        gap = newline if bullet else newline * 2
        lines = gap + newline.join(mark + link for link in links)
        return self._insert(at, lines, tuple(map(_kind, links)))

    # -- trying it out ---------------------------------------------------------------------------

    def _holds(self) -> bool:
        """Whether the note with what is put in so far reads as meant, the new links resolved."""
        edits = self.edits()
        text = splice_text(self.text, edits)
        if difference(self.row.path, self.text, text, edits, self.config.options) is not None:
            return False
        new = {edit.after for edit in self.inline} | set(self.listed)
        return all(
            resolve(
                link.target, link.lookup, self.row.path, self.resolver.names, self.row.dialect
            ).status
            == "resolved"
            for link in parse_note(self.row.path, text, self.config.options).links
            if link.raw in new
        )


def _kind(listed: str) -> str:
    return "tag" if listed.startswith("#") else "link"


def _newline(text: str) -> str:
    """The line end that the note uses most."""
    crlf = text.count("\r\n")
    lf, cr = text.count("\n") - crlf, text.count("\r") - crlf
    return max((("\n", lf), ("\r\n", crlf), ("\r", cr)), key=lambda pair: pair[1])[0]


def _line_end(text: str, start: int) -> int:
    lines = Lines.of(text)
    line = lines.line(start)
    end = lines.starts[line] if line < len(lines.starts) else len(text)
    return len(text[:end].rstrip("\r\n"))
