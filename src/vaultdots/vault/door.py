"""The door itself: opening a vault, its notes, links, search and map."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from vaultdots.errors import CatalogError, NoteNotFound, VaultError
from vaultdots.graph.find_note import find_note
from vaultdots.store.answers import NoteRow
from vaultdots.store.catalog import Catalog, is_broken
from vaultdots.store.config import Config, read_config
from vaultdots.store.location import (
    cache_folder,
    clear_cache,
    find_vault,
    is_too_wide,
)
from vaultdots.store.sync import Progress, SyncResult, sync
from vaultdots.store.walk import Skip
from vaultdots.text.names import name_key, nfc

if TYPE_CHECKING:
    from vaultdots.graph.check import Problem as Problem
    from vaultdots.graph.links import ResolvedLink as ResolvedLink
    from vaultdots.graph.mentions import Mention as Mention
    from vaultdots.graph.mentions import Mentions
    from vaultdots.graph.metrics import Bridge as Bridge
    from vaultdots.graph.metrics import Gap as Gap
    from vaultdots.graph.model import GraphData as GraphData
    from vaultdots.graph.paths import Step as Step
    from vaultdots.retrospective.apply import Plan as Plan
    from vaultdots.retrospective.compare import Comparison as Comparison
    from vaultdots.retrospective.concepts import Concept as Concept
    from vaultdots.retrospective.connect import Connection as Connection
    from vaultdots.retrospective.digest import Digest as Digest
    from vaultdots.retrospective.model import Book as Book
    from vaultdots.retrospective.model import Goal as Goal
    from vaultdots.store.rejections import Rejection as Rejection


def is_wide(path: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> bool:
    """Whether the vault that `path` means is a home folder or a root."""
    return is_too_wide(find_vault(Path.cwd(), Path(path) if path is not None else None, environ))


class TagCount(NamedTuple):
    """A tag in its first spelling, and how many notes have it."""

    tag: str
    notes: int


class IndexReport(NamedTuple):
    """What `dots index` says; the keys of its `--json`."""

    notes: int
    attachments: int
    sections: int
    links: int
    unresolved: int
    tags: int
    skipped: tuple[Skip, ...]
    seconds: float


class Door:
    """An open vault, in step with its files since it was opened or last synced.

    Use it as a context manager, or call `close`. Nothing is ever written into the vault.
    """

    def __init__(self, root: Path, config: Config, catalog: Catalog) -> None:
        """Use `Vault.open`."""
        self.root = root
        self.config = config
        self.catalog = catalog
        self.environ: Mapping[str, str] = os.environ
        self._mentions: Mentions | None = None

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        cache: str | os.PathLike[str] | None = None,
        rebuild: bool = False,
        allow_wide: bool = False,
        progress: Progress | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> Self:
        """Open a vault and bring its catalog up to the files.

        path: the vault's folder; None finds it as the command line does. cache: the parent of the
        cache folder, else `DOTS_CACHE`, else the user's. allow_wide: take a home folder or a root
        as a vault. Raises VaultError, ConfigError, CatalogError.
        """
        environ = os.environ if environ is None else environ
        root = find_vault(Path.cwd(), Path(path) if path is not None else None, environ)
        if is_too_wide(root) and not allow_wide:
            raise VaultError(
                f"'{root}' is a home folder or a root, hardly a vault",
                hint="name the vault with --vault, or confirm with --yes",
            )
        if cache is not None:
            environ = {**environ, "DOTS_CACHE": os.fspath(cache)}
        config = read_config(root)
        vault = cls(root, config, Catalog(cache_folder(root, environ)))
        vault.environ = environ
        try:
            vault.sync(rebuild=rebuild, progress=progress)
        except BaseException:
            vault.close()
            raise
        return vault

    def close(self) -> None:
        """Close the catalog."""
        self.catalog.close()

    def __enter__(self) -> Self:
        """The vault itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the catalog; one that turns out to be damaged is thrown away."""
        if is_broken(error):
            self.catalog.discard()
            raise CatalogError(
                "the cache was damaged and is thrown away",
                place=str(self.catalog.folder or ""),
                hint="run the command again: it is built anew",
            ) from None
        self.close()

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment, whatever other processes do. Neither `sync` nor
        the full-text index can be brought up to date meanwhile."""
        return self.catalog.snapshot()

    def sync(self, *, rebuild: bool = False, progress: Progress | None = None) -> SyncResult:
        """Read what changed since the last time."""
        self._mentions = None
        return sync(self.root, self.config, self.catalog, rebuild=rebuild, progress=progress)

    # -- notes -----------------------------------------------------------------------------------

    def notes(self) -> list[NoteRow]:
        """Every note that is not excluded, by path."""
        return self.catalog.notes()

    def find(self, name: str) -> str:
        """The path of the note that `name` means: a path, a name, an alias or a title.

        Raises NoteNotFound or AmbiguousNote.
        """
        path = Path(name)
        if path.is_absolute() and path.is_relative_to(self.root):
            name = path.relative_to(self.root).as_posix()
        return find_note(self.catalog, name)

    def file_of(self, path: str) -> str:
        """The path of a note as the disk has it: macOS writes Hangul decomposed."""
        row = self.catalog.note(path)
        return self.catalog.disk_path(row.id) if row else path

    def text(self, note: str) -> str:
        """A note's text as it was read, without a BOM."""
        with self.snapshot():
            row = self.catalog.note(self.find(note))
            if row is None:
                raise NoteNotFound(f"'{note}' is not a note")
            return self.catalog.text(row.id)

    def lines(self, note: str) -> list[str]:
        """The lines of a note or canvas, cut where a line number counts them."""
        with self.snapshot():
            row = self.catalog.note(note) or self.catalog.note(self.find(note))
            text = self.catalog.text(row.id) if row else ""
        return re.split(r"\r\n?|\n", text)

    # -- links -----------------------------------------------------------------------------------

    def links(self, note: str, *, external: bool = False) -> list[ResolvedLink]:
        """The links that stand in a note; those out of the vault only when asked for."""
        from vaultdots.graph.links import links

        with self.snapshot():
            return links(self.catalog, self.find(note), external=external)

    def backlinks(self, note: str) -> list[ResolvedLink]:
        """The links of other notes that mean a note, or a name that has no note yet."""
        from vaultdots.graph.links import backlinks, placeholder_backlinks

        with self.snapshot():
            try:
                path = self.find(note)
            except NoteNotFound:
                found = placeholder_backlinks(self.catalog, nfc(note).strip())
                if found:
                    return found
                raise
            return backlinks(self.catalog, path)

    def tags(self, *, tree: bool = False) -> list[TagCount]:
        """Every tag with its count of notes; tree: parents of nested tags counted as well."""
        spelling: dict[str, str] = {}
        holders: dict[str, set[str]] = {}
        for key, name, path in self.catalog.tags():
            parts = name.split("/")
            names = ["/".join(parts[: n + 1]) for n in range(len(parts))] if tree else [name]
            for tag in names:
                tag_key = key if tag is name else name_key(tag)
                spelling.setdefault(tag_key, tag)
                holders.setdefault(tag_key, set()).add(path)
        order = sorted(spelling, key=lambda key: key.split("/"))
        return [TagCount(spelling[key], len(holders[key])) for key in order]

    def check(self) -> list[Problem]:
        """What is wrong in the vault, by path and place."""
        from vaultdots.graph.check import check

        with self.snapshot():
            return check(self.catalog)

    # -- the map ---------------------------------------------------------------------------------

    def graph_json(self, data: GraphData) -> str:
        """The graph as JSON."""
        from vaultdots.graph.export import to_json

        return to_json(data)

    def graph_ml(self, data: GraphData) -> str:
        """The graph as GraphML."""
        from vaultdots.graph.export import to_graphml

        return to_graphml(data)

    @staticmethod
    def cache_of(path: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> Path:
        """Where a vault's cache lies, without opening it."""
        root = find_vault(Path.cwd(), Path(path) if path is not None else None, environ)
        return cache_folder(root, environ)

    @staticmethod
    def clear_cache_of(path: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> Path:
        """Throw a vault's cache away; the next command builds it again."""
        root = find_vault(Path.cwd(), Path(path) if path is not None else None, environ)
        return clear_cache(root, environ)

    def config_table(self, name: str) -> Mapping[str, Any]:
        """A table of `dots.toml`, empty where there is none."""
        value = self.config.tables.get(name, {})
        return value if isinstance(value, Mapping) else {}

    @staticmethod
    def check_codes() -> Mapping[str, str]:
        """Every code of `check` with what it says."""
        from vaultdots.graph.check import CODES

        return CODES

    def years(self) -> Sequence[int]:
        """The years that reviews are about, in order."""
        return sorted({n.year for n in self.notes() if n.kind == "review" and n.year is not None})
