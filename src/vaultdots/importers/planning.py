"""What kind of source it is, and the plan of its import."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from vaultdots.errors import UsageError
from vaultdots.importers.folder import plan_folder
from vaultdots.importers.hugo import plan_hugo
from vaultdots.importers.jekyll import plan_jekyll
from vaultdots.importers.model import Hints, ImportPlan, Skipped, SourceKind
from vaultdots.importers.naming import Names
from vaultdots.importers.notion import is_export, plan_notion
from vaultdots.importers.page import plan_page
from vaultdots.importers.properties import iso_date
from vaultdots.importers.sources import MARKDOWN, SourceFile, walk

_HUGO_CONFIG = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml")
_SAMPLE = 200


def plan(
    source: Path,
    *,
    kind: SourceKind | None = None,
    into: Path | None = None,
    title: str | None = None,
    date: str | None = None,
    url: str | None = None,
) -> ImportPlan:
    """Plan the import of `source`; nothing is written.

    kind: what the source is, found out by its files when None. into: the target folder, so that
    it is not imported itself where it stands inside the source. title, date (ISO), url: what is
    known of a single page. Raises UsageError where the source is missing or a hint makes no sense.
    """
    if not source.exists():
        raise UsageError("no such file or folder", place=str(source))
    if kind is not None and kind not in get_args(SourceKind):
        raise UsageError(f"unknown kind '{kind}'", hint=", ".join(get_args(SourceKind)))
    if date is not None and iso_date(date) is None:
        raise UsageError(f"'{date}' is not a date", hint="write it as 2023-12-31")
    hints = Hints(title, iso_date(date), url)
    if source.is_dir():
        if hints != Hints():
            raise UsageError("a title, date or address is for a single page", place=str(source))
        return _plan_tree(source, kind or kind_of(source), into)
    if kind not in (None, "page"):
        raise UsageError(f"a single file is not a {kind} source", place=str(source))
    if source.suffix.lower() == ".zip":
        raise UsageError("a packed export", place=str(source), hint="unpack it first")
    planned = plan_page(SourceFile(source, source.name), hints, Names())
    if isinstance(planned, Skipped):
        return ImportPlan(source, "page", (), (), (planned,))
    return ImportPlan(source, "page", (planned,))


def _plan_tree(source: Path, kind: SourceKind, into: Path | None) -> ImportPlan:
    planners = {"hugo": plan_hugo, "jekyll": plan_jekyll, "notion": plan_notion}
    return planners.get(kind, plan_folder)(source, into)


def kind_of(folder: Path) -> SourceKind:
    """What a folder is, by the files that only one system writes."""
    if (folder / ".obsidian").is_dir():
        return "folder"
    if (folder / "_config.yml").is_file() or (folder / "_posts").is_dir():
        return "jekyll"
    if (folder / "content").is_dir() and any((folder / name).is_file() for name in _HUGO_CONFIG):
        return "hugo"
    files, _ = walk(folder)
    if is_export(files):
        return "notion"
    notes = [file for file in files if file.pure.suffix.lower() in MARKDOWN]
    if any(file.pure.name == "_index.md" for file in notes):
        return "hugo"
    sample = notes[:_SAMPLE]
    if sample and sum(_starts(file, b"+++") for file in sample) * 2 > len(sample):
        return "hugo"
    if any("_posts" in file.pure.parts for file in notes):
        return "jekyll"
    return "folder"


def _starts(file: SourceFile, sign: bytes) -> bool:
    try:
        with file.path.open("rb") as opened:
            return opened.read(8).removeprefix(b"\xef\xbb\xbf").startswith(sign)
    except OSError:
        return False
