"""Accepted connections become links: in place where a name stands there, else in a list.

Every link is tried out by reading the note again: one that would not be a link, would mean another
note or would change how the rest is read is left out, with the reason.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from vaultdots.graph.links import Resolver
from vaultdots.graph.new_link import LinkStyle, is_in_table, style_of, write_link
from vaultdots.graph.resolve import resolve
from vaultdots.note.model import Note
from vaultdots.note.parse import parse_note
from vaultdots.retrospective.connect import RELATED, Connection
from vaultdots.store.answers import NoteRow, SectionRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import Config
from vaultdots.store.decode import decode
from vaultdots.store.undo import Change
from vaultdots.store.writing import Insertion, read_file, spliced
from vaultdots.text.names import nfc
from vaultdots.text.spans import Lines

_HANGUL = re.compile("[가-힣]")
_BULLET = re.compile(r"^([ \t]*)([-*+])[ \t]+\S")
_KOREAN_SHARE = 0.15
"""Hangul among a note's letters from which its new heading is Korean."""


class Edit(NamedTuple):
    """One line of a note before and after. The names are the keys of `--json`."""

    path: str
    line: int
    before: str
    after: str


class LeftOut(NamedTuple):
    """A connection that cannot be written, and why."""

    connection: Connection
    reason: str


@dataclass(slots=True)
class Plan:
    """What applying connections would change: nothing is written by making one.

    insertions: by the note's path, all that is put into its text.
    """

    changes: list[Change] = field(default_factory=list)
    insertions: dict[str, list[Insertion]] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    written: list[Connection] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def plan(root: Path, catalog: Catalog, config: Config, accepted: Iterable[Connection]) -> Plan:
    """The edits that make links of `accepted`, note by note. Raises VaultError."""
    by_source: dict[str, list[Connection]] = {}
    for connection in accepted:
        if not connection.explicit:
            by_source.setdefault(connection.source, []).append(connection)
    result = Plan()
    resolver = Resolver(catalog)
    for path, connections in by_source.items():
        row = catalog.note(path)
        if row is not None:
            _plan_note(root, catalog, config, resolver, row, connections, result)
    return result


def _plan_note(
    root: Path,
    catalog: Catalog,
    config: Config,
    resolver: Resolver,
    row: NoteRow,
    connections: Sequence[Connection],
    result: Plan,
) -> None:
    disk = catalog.disk_path(row.id)
    data = read_file(root, disk)
    text = catalog.text(row.id)
    if data is None or decode(data).text != text:
        result.left_out += [LeftOut(c, "the note has changed meanwhile") for c in connections]
        return
    writer = _Writer(catalog, config, resolver, row, text)
    for connection in connections:
        writer.add(connection)
    insertions = writer.insertions()
    try:
        after = spliced(data, text, insertions)
    except ValueError as error:
        result.left_out += [LeftOut(c, str(error)) for c in connections]
        return
    result.left_out += writer.left_out
    result.written += writer.written
    if after != data:
        result.changes.append(Change(disk, data, after))
        result.insertions[row.path] = insertions
        result.edits += edits_between(row.path, text, decode(after).text)


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
        self.inline: list[Insertion] = []
        self.listed: list[str] = []
        self.targets: set[str] = set()
        self.written: list[Connection] = []
        self.left_out: list[LeftOut] = []
        self.note = self._read(text)

    def add(self, connection: Connection) -> None:
        """Put one connection in, where the note can hold it."""
        if connection.start is not None and connection.end is not None:
            taken = any(i.start < connection.end and connection.start < i.end for i in self.inline)
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

    def insertions(self) -> list[Insertion]:
        """All that is put in, in order."""
        listed = self._list(self.listed)
        return sorted([*self.inline, *([listed] if listed else [])])

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
        self.inline.append(Insertion(start, end, link))
        if self._holds():
            return True
        self.inline.pop()
        return False

    def _in_list(self, connection: Connection) -> str:
        """Why it cannot stand in the list, "" where it can."""
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
        self.listed.append(link)
        if self._holds():
            return ""
        self.listed.pop()
        return "at the end of the note a link would be no link"

    def _title(self, connection: Connection) -> str | None:
        """What a link in the list shows; None for the name of the file.

        Wikilinks show names; a Markdown link, and one to a post whose file is a date or a slug,
        show the title.
        """
        target = self.catalog.note(connection.target)
        if target is None or (target.dialect == "obsidian" and not self.style.markdown):
            return None
        return connection.title

    def _list(self, links: Sequence[str]) -> Insertion | None:
        """The list's new lines: under its heading where there is one, else at the note's end."""
        if not links:
            return None
        newline = _newline(self.text)
        for section in reversed(self.sections):
            if section.headings and RELATED.match(section.headings[-1]):
                return self._into(section, links, newline)
        heading = "## 연결" if _is_korean(self.text) else "## Related"
        lines = [heading, "", *(f"- {link}" for link in links)]
        body = newline.join(lines)
        at = len(self.text)
        if not self.text:
            return Insertion(at, at, body + newline)
        if not self.text.endswith(("\n", "\r")):
            return Insertion(at, at, newline * 2 + body)
        blank = re.search(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\Z", self.text) is not None
        return Insertion(at, at, ("" if blank else newline) + body + newline)

    def _into(self, section: SectionRow, links: Sequence[str], newline: str) -> Insertion:
        body = self.text[section.body : section.end].rstrip()
        at = section.body + len(body) if body else _line_end(self.text, section.start)
        last = re.split(r"\r\n?|\n", body)[-1] if body else ""
        bullet = _BULLET.match(last)
        mark = f"{bullet[2]} " if bullet else "- "
        gap = newline if bullet else newline * 2
        return Insertion(at, at, gap + newline.join(mark + link for link in links))

    # -- trying it out ---------------------------------------------------------------------------

    def _read(self, text: str) -> Note:
        return parse_note(self.row.path, text, self.config.options)

    def _holds(self) -> bool:
        """Whether the note with what is put in so far has its old links and the new ones."""
        insertions = self.insertions()
        note = self._read(_spliced_text(self.text, insertions))
        wanted = sorted(link.raw for link in self.note.links)
        for insertion in self.inline:
            wanted.append(insertion.text)
        wanted += self.listed
        if sorted(link.raw for link in note.links) != sorted(wanted):
            return False
        if len(note.sections) - len(self.note.sections) not in (0, 1):
            return False
        new = {insertion.text for insertion in self.inline} | set(self.listed)
        return all(
            resolve(
                link.target, link.lookup, self.row.path, self.resolver.names, self.row.dialect
            ).status
            == "resolved"
            for link in note.links
            if link.raw in new
        )


def edits_between(path: str, before: str, after: str) -> list[Edit]:
    """The lines that differ, numbered as they were before."""
    old, new = _lines(before), _lines(after)
    found = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for index in range(max(b - a, d - c)):
            there = old[a + index] if a + index < b else ""
            here = new[c + index] if c + index < d else ""
            found.append(Edit(path, min(a + index, len(old)) + 1, there, here))
    return found


def edits_of(changes: Iterable[Change]) -> list[Edit]:
    """The lines that changes change, file by file."""
    found: list[Edit] = []
    for change in changes:
        before = decode(change.before).text if change.before is not None else ""
        after = decode(change.after).text if change.after is not None else ""
        found += edits_between(nfc(change.path), before, after)
    return found


def diff_of(changes: Iterable[Change]) -> str:
    """A unified diff of changes, as `--dry-run` prints it."""
    pieces: list[str] = []
    for change in changes:
        old = decode(change.before).text if change.before is not None else ""
        new = decode(change.after).text if change.after is not None else ""
        pieces += difflib.unified_diff(
            _lines(old),
            _lines(new),
            f"a/{change.path}" if change.before is not None else "/dev/null",
            f"b/{change.path}" if change.after is not None else "/dev/null",
            lineterm="",
        )
    return "\n".join(pieces)


def _lines(text: str) -> list[str]:
    lines = re.split(r"\r\n?|\n", text)
    return lines[:-1] if lines and not lines[-1] else lines


def _spliced_text(text: str, insertions: Sequence[Insertion]) -> str:
    pieces = []
    at = 0
    for insertion in insertions:
        pieces += [text[at : insertion.start], insertion.text]
        at = insertion.end
    return "".join([*pieces, text[at:]])


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


def _is_korean(text: str) -> bool:
    letters = sum(c.isalpha() for c in text)
    return bool(letters) and len(_HANGUL.findall(text)) > _KOREAN_SHARE * letters
