"""An Obsidian vault or a plain folder → the same files; text and HTML pages become notes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from vaultdots.importers.model import Hints, ImportPlan, PlannedFile, PlannedNote, Skipped
from vaultdots.importers.naming import Names
from vaultdots.importers.page import plan_page
from vaultdots.importers.properties import Front, cut
from vaultdots.importers.sources import MARKDOWN, PAGES, note, read_file, walk
from vaultdots.text.names import nfc

_SYSTEM = {"thumbs.db", "desktop.ini"}


def plan_folder(root: Path, into: Path | None = None) -> ImportPlan:
    """Plan a copy of a folder: notes as they are (their text verbatim), attachments beside them.

    Text and HTML files are pages to be made notes of where they are more than the notes; in a
    vault they are attachments that its notes link to.
    """
    files, skipped = walk(root, into)
    count = Counter(file.pure.suffix.lower() for file in files)
    pages = sum(count[suffix] for suffix in PAGES) > sum(count[suffix] for suffix in MARKDOWN)
    pages = pages and not (root / ".obsidian").is_dir()
    names = Names()
    notes: list[PlannedNote] = []
    copies: list[PlannedFile] = []
    later = []
    for file in files:
        suffix = file.pure.suffix.lower()
        if suffix in PAGES and pages:
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
            planned = note(file.relative, path, verbatim, read.text, {}, read.warnings)
            # Line ends and a BOM are the author's: the copy is the same bytes.
            notes.append(replace(planned, text=read.exact or read.text))
    for file in later:  # notes keep their names, pages take what is left
        page = plan_page(file, Hints(), names)
        if isinstance(page, Skipped):
            skipped.append(page)
        else:
            notes.append(page)
    notes.sort(key=lambda planned: planned.path)
    return ImportPlan(root, "folder", tuple(notes), tuple(copies), tuple(skipped))
