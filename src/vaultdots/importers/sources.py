"""What every kind of source shares: walking, reading, links between pages, the planned note."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from vaultdots.importers.encodings import decode, is_binary
from vaultdots.importers.markdown import entries
from vaultdots.importers.model import OutlineEntry, PlannedNote, Skipped
from vaultdots.importers.properties import Front, with_placeholders
from vaultdots.note.parse import parse_note
from vaultdots.note.paths import NOTE_ENDINGS
from vaultdots.text.names import name_key, nfc
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

MARKDOWN = (*NOTE_ENDINGS, ".mdx")
PAGES = (".txt", ".html", ".htm", ".text")
_IGNORED = {"node_modules", "__pycache__", "_site", "venv"}
_LARGEST = 32 * 1024 * 1024
"""Bytes. No note is larger; a log or a dump renamed to .md would take minutes and say nothing."""


class SourceFile(NamedTuple):
    """A file of the source. relative: its POSIX path from the source folder, as on disk."""

    path: Path
    relative: str

    @property
    def pure(self) -> PurePosixPath:
        """The relative path, its name in NFC."""
        return PurePosixPath(nfc(self.relative))


class ReadFile(NamedTuple):
    """A text file that was read. warnings: what the encoding was, where it was a guess."""

    file: SourceFile
    text: str
    warnings: tuple[str, ...]
    exact: str | None = None
    """The text with its own line ends and BOM, where the file is UTF-8."""


def walk(root: Path, into: Path | None = None) -> tuple[list[SourceFile], list[Skipped]]:
    """All files below `root`, sorted; dot-folders and symlinks are not followed, and reported.

    into: the target folder, left out where it stands inside the source.
    """
    found: list[SourceFile] = []
    skipped: list[Skipped] = []
    target = into.resolve() if into is not None else None
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        for name in sorted(folders):
            path = here / name
            if path.is_symlink():
                skipped.append(Skipped(path.relative_to(root).as_posix(), "symbolic link"))
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in _IGNORED
            and not (here / name).is_symlink()
            and (target is None or (here / name).resolve() != target)
        )
        for name in sorted(names):
            path = here / name
            relative = path.relative_to(root).as_posix()
            if path.is_symlink() or not path.is_file():
                skipped.append(Skipped(relative, "no regular file"))
            elif not name.startswith("."):
                found.append(SourceFile(path, relative))
    return sorted(found, key=lambda file: file.relative), skipped


def read_file(file: SourceFile) -> ReadFile | Skipped:
    """The text of `file`, or why it cannot be one."""
    try:
        if file.path.stat().st_size > _LARGEST:
            return Skipped(file.relative, "larger than 32 MB")
        data = file.path.read_bytes()
    except OSError as error:
        return Skipped(file.relative, f"cannot be read: {error.strerror or error}")
    if is_binary(data):
        return Skipped(file.relative, "not a text")
    decoded = decode(data, html=file.pure.suffix.lower() in (".html", ".htm"))
    told = (decoded.warning,) if decoded.warning else ()
    exact = data.decode("utf-8") if decoded.encoding == "utf-8" and not told else None
    return ReadFile(file, decoded.text, told, exact)


def note(
    source: str,
    path: str,
    front: Front,
    body: str,
    missing: Mapping[str, object],
    warnings: Iterable[str] = (),
    removed: tuple[str, ...] = (),
) -> PlannedNote:
    """The planned note of a body and its frontmatter, `missing` keys added."""
    text = with_placeholders(front, missing) + body
    # What the index will call it: one reading of notes, here and there.
    read = parse_note(path, text)
    told = tuple(w for w in (front.warning, *warnings) if w)
    return PlannedNote(source, path, text, read.year, entries(read), told, removed)


class Pages:
    """Which new path each page or file of the source gets, under every address it is known by."""

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}

    def add(self, address: str, path: str) -> None:
        """Make `address` (a path or a site's URL path) name `path`; the first one wins."""
        self._paths.setdefault(_address_key(address), path)

    def find(self, address: str) -> str | None:
        """The new path that `address` names."""
        return self._paths.get(_address_key(address))

    def find_from(self, address: str, folder: str) -> str | None:
        """As `find`, the address relative to the source folder `folder` first."""
        if not address.startswith("/"):
            joined = os.path.normpath(f"{folder}/{address}" if folder else address)
            found = self.find(joined)
            if found is not None:
                return found
        return self.find(address)


def _address_key(address: str) -> str:
    return name_key(address.strip("/").removesuffix(".html"))


def relink(body: str, here: str, find: Callable[[str], str | None]) -> str:
    """A body whose Markdown links point at the new paths.

    here: the new path of the note itself. find: a decoded address of the source → its new path.
    """
    text = f"\n{body}"  # so that two rules in a body are no frontmatter
    pieces: dict[Span, str] = {}
    for link in parse_note(here, text).links:
        if link.form not in ("markdown", "angle", "reference") or not link.target_span.of(text):
            continue
        written = link.target_span.of(text)
        path = find(nfc(unquote(written.partition("?")[0])))
        if path is not None:
            pieces[link.target_span] = link_target(here, path)
    at, out = 1, []
    for span in sorted(pieces):
        out += [text[at : span.start], pieces[span]]
        at = span.end
    return "".join([*out, text[at:]])


def link_target(here: str, path: str) -> str:
    """`path` as a Markdown link in the note `here` writes it: relative, spaces encoded."""
    relative = os.path.relpath(path, PurePosixPath(here).parent).replace(os.sep, "/")
    for sign, code in (("%", "%25"), (" ", "%20"), ("(", "%28"), (")", "%29")):
        relative = relative.replace(sign, code)
    return relative


def shown(entries: Iterable[OutlineEntry]) -> list[dict[str, object]]:
    """The outline as `dots import --json` prints it."""
    return [{"heading": e.heading, "level": e.level, "line": e.line} for e in entries]
