"""An open vault as the parts of the front door share it: its folder, settings, catalog, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vaultdots.errors import ConfigError, NoteNotFound
from vaultdots.graph.find_note import find_note
from vaultdots.store.answers import NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import Config, read_config, settings_moment
from vaultdots.store.opening import read_inside
from vaultdots.store.sync import Progress, SyncResult, forget_moved, sync, sync_written, was_synced
from vaultdots.text.names import nfc

if TYPE_CHECKING:
    from vaultdots.graph.mentions import Mentions
    from vaultdots.store.journal import Record
    from vaultdots.store.records import Retargeted


class State:
    """What is open. `catalog` is as the files were when the vault was opened or last synced."""

    def __init__(
        self, root: Path, config: Config, catalog: Catalog, environ: Mapping[str, str]
    ) -> None:
        """Use `Vault.open`."""
        self.root = root
        self.config = config
        self.catalog = catalog
        self.environ = environ
        self.as_left = False
        """Whether the files were not read: `catalog` is as the last command left it."""
        self._mentions: Mentions | None = None

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment."""
        return self.catalog.snapshot()

    def sync(self, *, rebuild: bool = False, progress: Progress | None = None) -> SyncResult:
        """Read what changed since the last time, and the settings where these did: a server has a
        vault open for days. Raises ConfigError, CatalogError."""
        self._mentions = None
        if settings_moment(self.root) != self.config.moment:
            self.config = read_config(self.root)
        self.as_left = False
        return sync(self.root, self.config, self.catalog, rebuild=rebuild, progress=progress)

    def was_synced(self) -> bool:
        """Whether the catalog says what the files said at some time, by the settings of now."""
        return was_synced(self.config, self.catalog)

    def sync_written(
        self, record: Record, retargeted: Mapping[str, Retargeted] = MappingProxyType({})
    ) -> None:
        """Read what an operation of ours has changed, and nothing else. retargeted: notes in which
        that is nothing but the targets of links, by path."""
        self._mentions = None
        moved = [name for move in record.moves for name in (move.old, move.new)]
        if any((self.root / name).is_dir() for name in moved):
            self.sync()
        else:
            names = (*record.paths, *moved)
            sync_written(self.root, self.config, self.catalog, names, retargeted)
        if moved:
            forget_moved(self.catalog, map(nfc, moved))

    def find(self, name: str) -> str:
        """The path of the note that `name` means. Raises NoteNotFound or AmbiguousNote."""
        path = Path(name)
        if path.is_absolute() and path.is_relative_to(self.root):
            name = path.relative_to(self.root).as_posix()
        return find_note(self.catalog, name)

    def row(self, note: str) -> NoteRow:
        """The row of the note that a name means. Raises NoteNotFound or AmbiguousNote."""
        row = self.catalog.note(self.find(note))
        if row is None:
            raise NoteNotFound(f"'{note}' is not a note")
        return row

    @contextmanager
    def naming(self) -> Iterator[Mentions]:
        """Which notes name which in plain text, brought up to the catalog, and a snapshot of it.

        What is found is written into the cache, so enter it before a snapshot, not inside of one.
        Raises CatalogError.
        """
        from vaultdots.graph.mentions import Mentions

        while True:
            if self._mentions is None:
                self._mentions = Mentions(self.catalog)
            with self.snapshot():
                if self._mentions.is_current():
                    yield self._mentions
                    return
            # Another process has read the vault again since.
            self._mentions = None

    @contextmanager
    def names_kept_up(self) -> Iterator[None]:
        """A snapshot in which answers that follow from the names and words of the vault's prose are
        kept no longer than these stay. Enter it as `naming`, of which nothing is loaded where no
        note was read again."""
        from vaultdots.store.mention_rows import MentionRows

        while True:
            if MentionRows(self.catalog).generation != self.catalog.generation:
                with self.naming():
                    pass
            with self.snapshot():
                if MentionRows(self.catalog).generation == self.catalog.generation:
                    yield
                    return

    def read(self, path: str) -> str:
        """The text of a file, whether it is a note or not."""
        from vaultdots.store.decode import decode
        from vaultdots.store.disknames import disk_name
        from vaultdots.store.writing import read_file

        return decode(read_file(self.root, disk_name(self.root, path)) or b"").text

    def config_table(self, name: str) -> Mapping[str, Any]:
        """A table of `dots.toml`, empty where there is none."""
        value = self.config.tables.get(name, {})
        return value if isinstance(value, Mapping) else {}

    def side_file(self, name: str) -> str:
        """The text of a file that dots keeps beside the notes (`goals.toml`), "" where it is not.

        Raises ConfigError where it cannot be read.
        """
        opened = read_inside(self.root, name)
        if opened.refused:
            raise ConfigError(opened.refused, place=name)
        try:
            return (opened.data or b"").decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ConfigError(f"it cannot be read ({error})", place=name) from None
