"""An Obsidian vault or a plain folder → the same files; text and HTML pages become notes."""

from __future__ import annotations

from pathlib import Path

from vaultdots.importers.common import MARKDOWN, PAGES, note, read_file, walk
from vaultdots.importers.model import Hints, ImportPlan, PlannedFile, PlannedNote, Skipped
from vaultdots.importers.naming import Names
from vaultdots.importers.page import plan_page
from vaultdots.importers.properties import Front, cut
from vaultdots.text.names import nfc

_SYSTEM = {"thumbs.db", "desktop.ini"}


def plan_folder(root: Path, into: Path | None = None) -> ImportPlan:
    """Plan a copy of a folder: notes as they are (their text verbatim), attachments beside them."""
    files, skipped = walk(root, into)
    names = Names()
    notes: list[PlannedNote] = []
    copies: list[PlannedFile] = []
    later = []
    for file in files:
        suffix = file.pure.suffix.lower()
        if suffix in PAGES:
            later.append(file)
        elif suffix not in MARKDOWN:
            if file.pure.name.casefold() not in _SYSTEM:
                copies.append(PlannedFile(file.path, names.take(nfc(file.relative))[0]))
        else:
            read = read_file(file)
            if isinstance(read, Skipped):
                skipped.append(read)
                continue
            path, _ = names.take(nfc(file.relative))
            front = cut(read.text)
            verbatim = Front("", "", read.text, front.values, front.warning)
            notes.append(note(file.relative, path, verbatim, read.text, {}, read.warnings))
    for file in later:  # notes keep their names, pages take what is left
        planned = plan_page(file, Hints(), names)
        if isinstance(planned, Skipped):
            skipped.append(planned)
        else:
            notes.append(planned)
    notes.sort(key=lambda planned: planned.path)
    return ImportPlan(root, "folder", tuple(notes), tuple(copies), tuple(skipped))
