"""A vault with the notes that are open on the screen: what every request of an editor stands on."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from vaultdots.editor.backlinks import Backlink, Backlinks
from vaultdots.errors import EditError, VaultError
from vaultdots.graph.links import ResolvedLink, Resolver
from vaultdots.graph.new_link import LinkStyle, style_of
from vaultdots.note.model import RegionKind
from vaultdots.note.paths import note_ending
from vaultdots.store.answers import LinkRow, NoteRow, SectionRow
from vaultdots.text.fitting import filled
from vaultdots.text.names import is_writable, name_key, nfc
from vaultdots.text.spans import Lines, Span
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from vaultdots.editor.name_index import NameIndex
    from vaultdots.vault import Vault

_MOST_SHEETS = 400
"""Notes that are kept as they were read."""


_HUBS = 40
"""The most linked notes of ten thousand have thousands of links, the fortieth has a hundred."""


class Place(NamedTuple):
    """A stretch of a file. path: vault-relative; span: code points of its text. line: of its start,
    1-based, with what stands before it there and in it; 0 where that is not known."""

    path: str
    span: Span
    line: int = 0
    before: str = ""
    written: str = ""


class Sheet:
    """A note's text with what was read of it; good for one revision."""

    def __init__(self, desk: Desk, path: str, row: NoteRow, text: str) -> None:
        """Use `Desk.sheet`."""
        self.desk = desk
        self.path = path
        self.row = row
        self.text = text

    @cached_property
    def lines(self) -> Lines:
        """Where its lines begin."""
        return Lines.of(self.text)

    @cached_property
    def links(self) -> list[LinkRow]:
        """Its links, in order."""
        return self.desk.catalog.links_of(self.path)

    @cached_property
    def sections(self) -> Sequence[SectionRow]:
        """Its sections, in order."""
        return self.desk.catalog.sections(self.row.id)

    @cached_property
    def tags(self) -> list[tuple[str, Span]]:
        """(spelling, place with its `#`) of its tags, in order."""
        return [(name, Span(*span)) for name, *span in self.desk.catalog.tags_of(self.row.id)]

    @cached_property
    def blocks(self) -> dict[str, tuple[int, int, int]]:
        """(start, end, line) of its blocks by id in lower case."""
        return self.desk.catalog.blocks(self.row.id)

    @cached_property
    def regions(self) -> list[tuple[str, int, int]]:
        """(kind, start, end) of what is no prose."""
        return self.desk.catalog.regions(self.row.id)

    @cached_property
    def body(self) -> int:
        """Where the text below the frontmatter begins."""
        return self.sections[0].start if self.sections else 0

    def is_in(self, offset: int, *kinds: RegionKind) -> bool:
        """Whether an offset stands inside a region of one of these kinds."""
        return any(kind in kinds and start < offset < end for kind, start, end in self.regions)

    def link_at(self, offset: int) -> LinkRow | None:
        """The innermost link at an offset; its end counts as inside."""
        found = [
            row for row in self.links if row.start <= offset <= row.end and row.end > row.start
        ]
        return min(found, key=lambda row: row.end - row.start) if found else None

    def tag_at(self, offset: int) -> tuple[str, Span] | None:
        """The tag at an offset."""
        return next((tag for tag in self.tags if tag[1].start <= offset <= tag[1].end), None)

    def alias_at(self, offset: int) -> tuple[str, Span] | None:
        """The alias at an offset of the frontmatter, with its place."""
        if offset >= self.body:
            return None
        line = self.line_span(self.lines.line(offset))
        for alias in self.row.aliases:
            at = self.text.find(alias, line.start, line.end)
            if at >= 0 and at <= offset <= at + len(alias):
                return alias, Span(at, at + len(alias))
        return None

    def section_at(self, offset: int) -> SectionRow | None:
        """The section that holds an offset; None in the frontmatter."""
        holding = [row for row in self.sections if row.start <= offset]
        return holding[-1] if holding else None

    def heading_at(self, offset: int) -> SectionRow | None:
        """The section whose heading stands on the line of an offset."""
        section = self.section_at(offset)
        if section is None or not section.level or offset >= section.body > section.start:
            return None
        return section

    def line_span(self, line: int) -> Span:
        """The text of a 1-based line, without its end."""
        starts = self.lines.starts
        start = starts[line - 1] if line <= len(starts) else len(self.text)
        end = starts[line] if line < len(starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def heading_span(self, section: SectionRow) -> Span:
        """The words of a section's heading, without its marks."""
        span = self.line_span(self.lines.line(section.start))
        written = self.text[span.start : span.end]
        raw = self.desk.catalog.heading_of(section.id)
        at = written.find(raw) if raw else -1
        return span if at < 0 else Span(span.start + at, span.start + at + len(raw))


class Desk:
    """A vault and the unsaved texts over it. One thread uses it at a time."""

    def __init__(self, vault: Vault, *, once: bool = False) -> None:
        """vault: open; it stays the caller's to close. once: one question will be asked."""
        self.vault = vault
        self.catalog = vault.catalog
        self.translate: Callable[[str], str] = str
        self.near: dict[str, list[str]] = {}
        """The names most like one that no file has (`navigate.nearest`), until a name changes."""
        self.written: dict[tuple[LinkStyle, str, str, str, str | None], str | None] = {}
        """The links that were offered (`editor.complete`), by style, folder, dialect, target and
        words, until a name changes."""
        self._once = once
        self._revision: tuple[int, int] | None = None
        self._sheets: dict[str, Sheet | None] = {}
        self._named: object = None
        self._changed: set[str] = set()
        self._resolver = Resolver(vault.catalog)
        self._backlinks = Backlinks(self)
        self._disk: tuple[int, dict[str, str]] = (-1, {})
        self._styles: tuple[int, dict[str, LinkStyle]] = (-1, {})
        self.root = Path(os.path.realpath(vault.root))
        self._texts: dict[str, str] = {}
        self._waiting: dict[str, str] = {}
        self._counted: tuple[int, list[tuple[str, int]]] = (-1, [])
        self._keys: tuple[int, list[str]] = (-1, [])
        self._kinds: tuple[int, dict[str, str]] = (-1, {})
        self._paths: tuple[int, list[str]] = (-1, [])

    def say(self, message: str, *values: object) -> str:
        """A line for the person, in the editor's language; `{0}` stands for the first value."""
        return filled(self.translate(message), tuple(map(str, values)))

    @cached_property
    def names(self) -> NameIndex:
        """The names that can be completed."""
        from vaultdots.editor.name_index import NameIndex, NamesOnce

        return NamesOnce(self.catalog) if self._once else NameIndex(self.catalog)

    # -- texts -----------------------------------------------------------------------------------

    @property
    def texts(self) -> dict[str, str]:
        """The open texts by path."""
        return self._texts

    def put(self, path: str, text: str) -> None:
        """A note is open with this text. It is read when the next question comes."""
        self._texts[path] = text
        self._waiting[path] = text

    def show(self, sheet: Sheet) -> None:
        """A note stands on the screen as this says, until the next text."""
        self.settle()
        self._sheets[sheet.path] = sheet

    def close(self, path: str) -> None:
        """A note is open no more: what is on disk counts."""
        self._texts.pop(path, None)
        self._waiting.pop(path, None)
        self._changed.add(path)
        self.catalog.uncover(path)

    def is_unsaved(self, path: str) -> bool:
        """Whether a note is open with another text than its file has now."""
        from vaultdots.store.decode import decode

        try:
            return path in self._texts and (
                self._texts[path] != decode(Path(self.file_of(path)).read_bytes()).text
            )
        except OSError:
            return True

    def sync(self) -> bool:
        """Read what changed on disk; whether anything did."""
        before = self.catalog.generation
        self.vault.sync()
        self.catalog.follow()
        self._named = None  # ids are others now
        return self.catalog.generation != before

    def settle(self) -> None:
        """Bring what is remembered up to the texts; every question begins so."""
        if self._waiting:
            config = self.vault.config
            for path, text in self._waiting.items():
                if is_note(path):
                    excluded = config.exclusions.excludes(path)
                    self.catalog.overlay(path, text, config.options, excluded=excluded)
                    self._changed.add(path)
            self._waiting.clear()
        if self._revision != self.catalog.revision:
            self._revision = self.catalog.revision
            self._forget()

    def _forget(self) -> None:
        """Let go of what is no longer so. A keystroke changes one note, and seldom what it is
        called: what links mean, and all other notes, stay as they are."""
        named = (
            self.catalog.generation,
            [(path, self.catalog.names_of(path)) for path in sorted(self.catalog.overlaid)],
        )
        if named == self._named and len(self._sheets) <= _MOST_SHEETS:
            for path in self._changed:
                self._sheets.pop(path, None)
                self._resolver.forget(path)
        else:
            self._named = named
            self._sheets.clear()
            self._backlinks.clear()
            self.near.clear()
            self.written.clear()
            self._resolver = Resolver(self.catalog)
        self._changed.clear()

    @property
    def resolver(self) -> Resolver:
        """What links mean now."""
        self.settle()
        return self._resolver

    def sheet(self, path: str) -> Sheet | None:
        """The note at `path` as it is on the screen, else on disk; None where there is none."""
        self.settle()
        if path not in self._sheets:
            row = self.catalog.note(path)
            self._sheets[path] = Sheet(self, path, row, self.catalog.text(row.id)) if row else None
        return self._sheets[path]

    def tag_counts(self, but: str = "") -> list[tuple[str, int]]:
        """(spelling, notes) of every tag on disk, and of those in open notes but one."""
        if self._counted[0] != self.catalog.generation:
            with self.catalog.on_disk():
                spelled: dict[str, str] = {}
                holders: dict[str, set[str]] = {}
                for key, name, path in self.catalog.tags():
                    spelled.setdefault(key, name)
                    holders.setdefault(key, set()).add(path)
            rows = [(spelled[key], len(paths)) for key, paths in holders.items()]
            self._counted = self.catalog.generation, rows
        known = {name_key(tag) for tag, _ in self._counted[1]}
        fresh = {}
        for path in self._texts:
            sheet = self.sheet(path) if path != but else None
            for tag, _ in sheet.tags if sheet else ():
                if name_key(tag) not in known:
                    fresh[tag] = 1
        return [*self._counted[1], *fresh.items()]

    def paths(self) -> list[str]:
        """The files of the vault in use, notes that are on no disk yet among them, sorted."""
        if self._paths[0] != self.catalog.generation:
            with self.catalog.on_disk():
                self._paths = self.catalog.generation, self.catalog.paths_in_use()
        paths = self._paths[1]
        fresh = [path for path in self._texts if not _holds(paths, path)]
        return sorted([*paths, *fresh]) if fresh else paths

    def property_keys(self) -> list[str]:
        """The property keys of the vault, the most used first."""
        if self._keys[0] != self.catalog.generation:
            with self.catalog.on_disk():
                self._keys = self.catalog.generation, self.catalog.property_names()
        return self._keys[1]

    def backlinks(self, path: str) -> list[Backlink]:
        """The links of other files to the file at `path`, unsaved ones too, by source and place."""
        self.settle()
        return self._backlinks.to(path, self._resolver)

    def backlinks_on_disk(self, path: str) -> list[Backlink]:
        """Those as the files have them: one list until a name changes, or a file."""
        self.settle()
        return self._backlinks.on_disk(path, self._resolver)

    def backlinks_on_screen(self, path: str) -> list[Backlink]:
        """Those of the notes that are open."""
        self.settle()
        return self._backlinks.on_screen(path, self._resolver)

    def kinds_of(self, paths: Iterable[str]) -> list[str | None]:
        """The kinds of some notes, as they are on the screen."""
        if self._kinds[0] != self.catalog.generation:
            self._kinds = self.catalog.generation, self.catalog.kinds_on_disk()
        kinds = self._kinds[1]
        opened = {path: sheet.row.kind for path in self._texts if (sheet := self.sheet(path))}
        return [opened.get(path) or kinds.get(path) for path in paths]

    def hubs(self) -> list[str]:
        """The notes whose backlinks take long to read: worth knowing before they are asked for."""
        return self.names.most_linked(_HUBS)

    def place_of(self, target: str, link: Backlink) -> Place:
        """Where a link to `target` stands."""
        span = Span(link.start, link.end)
        if link.source in self._texts:
            return Place(link.source, span)
        known = self._backlinks.lines(target).get((link.source, link.start))
        return Place(link.source, span, link.line, *known) if known else Place(link.source, span)

    def style(self, path: str) -> LinkStyle:
        """How links in a note are written, as of the last time that files were read: to count all
        links of the vault at each keystroke took a hundred milliseconds."""
        if self._styles[0] != self.catalog.generation:
            self._styles = self.catalog.generation, {}
        styles = self._styles[1]
        if path not in styles:
            with self.catalog.on_disk():
                styles[path] = style_of(self.catalog, self.vault.config, path)
        return styles[path]

    def read(self, link: LinkRow) -> ResolvedLink:
        """A link and what it means."""
        return self.resolver.read(link)

    # -- files -----------------------------------------------------------------------------------

    def path_of(self, file: str) -> str | None:
        """The vault-relative path of an absolute one, in NFC; None where it leads out of it."""
        if not is_writable(file):
            return None
        root = str(self.root)
        for written in (os.path.normpath(Path(file).absolute()), os.path.realpath(file)):
            if written.startswith(root + os.sep):
                return nfc(Path(written).relative_to(root).as_posix())
        return None

    def file_of(self, path: str) -> str:
        """The absolute path of a file as the disk has it: macOS writes Hangul decomposed."""
        generation = self._revision[0] if self._revision else self.catalog.generation
        if self._disk[0] != generation:
            with self.catalog.on_disk():
                self._disk = generation, self.catalog.disk_names()
        return f"{self.root}{os.sep}{self._disk[1].get(path, path)}"

    def new_file(self, path: str) -> str:
        """The absolute path of a file that is not there yet, in folders as the disk has them."""
        from vaultdots.store.disknames import disk_name

        folder, _, name = path.rpartition("/")
        root = self.root
        return str(root / disk_name(root, folder) / name if folder else root / name)

    def check_place(self, path: str, *, is_folder: bool = False) -> None:
        """Raises VaultError where nothing may be put at a path: outside of the vault, its links
        followed, where it would not be read, and by a name that no disk has."""
        from vaultdots.edit.apply import check_place
        from vaultdots.store.writing import inside

        parts = path.split("/")
        if any(part in (".", "..") for part in parts):
            raise EditError("this path lies outside of the vault", place=path)
        if not all(parts):
            raise EditError("no file can have this name", place=path)
        inside(self.root, check_place(self.root, path, is_folder=is_folder))

    def may_hold(self, path: str) -> bool:
        """Whether a note may be made at a path."""
        try:
            self.check_place(path)
        except VaultError:
            return False
        return True

    def text_of(self, path: str) -> str:
        """The text of any file: open, a note, or read now (a canvas)."""
        from vaultdots.store.decode import decode

        if path in self._texts:
            return self._texts[path]
        try:
            return decode(Path(self.file_of(path)).read_bytes()).text
        except OSError:
            return ""


def is_note(path: str) -> bool:
    """Whether a path is that of a note."""
    return note_ending(path) != ""


def _holds(paths: Sequence[str], path: str) -> bool:
    """Whether a path is among sorted ones."""
    at = bisect_left(paths, path)
    return at < len(paths) and paths[at] == path
