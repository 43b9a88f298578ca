"""What one run of `dots` shares: which vault, opened once, with progress for what takes long."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from vaultdots.cli.language import translated
from vaultdots.cli.places import Places, stand
from vaultdots.cli.terminal import confirm, is_terminal, note, progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultdots.vault import Vault

# Work that is done sooner than this shows no bar.
_QUIET_SECONDS = 0.7
_REDRAW_SECONDS = 0.1
_BAR_WIDTH = 28


class Session:
    """One run: the options before the command."""

    def __init__(self, path: Path | None, yes: bool, debug: bool) -> None:
        """path: `--vault`. yes: a home folder may be a vault. debug: tracebacks."""
        self.path = path
        self.yes = yes
        self.debug = debug

    @contextmanager
    def vault(
        self, *, rebuild: bool = False, indexing: bool = False, as_left: bool = False
    ) -> Iterator[Vault]:
        """The vault, in step with its files, or `as_left` by the last command. What is read of it
        is of one moment, unless the command brings an index up to date or writes (`indexing`)."""
        from vaultdots.vault import Vault

        bar = ProgressBar("reading notes")
        try:
            opened = Vault.open(
                self.path,
                rebuild=rebuild,
                allow_wide=self._wide(),
                as_left=as_left,
                progress=bar.update,
            )
        finally:
            bar.done()
        self.tell(opened)
        self._say_which(opened)
        stand(Places(opened.root, opened.notes.disk_names()))
        with opened, nullcontext() if indexing else opened.snapshot():
            try:
                yield opened
            finally:
                self.tell(opened)

    @staticmethod
    def tell(vault: Vault) -> None:
        """Say on stderr what was recovered, or kept of another program's bytes."""
        while vault.edit.remarks:
            note(vault.edit.remarks.pop(0))

    def _say_which(self, vault: Vault) -> None:
        """Say once of a vault that it was found around the current folder without a mark."""
        if self.path is not None or os.environ.get("DOTS_VAULT") or vault.is_marked:
            return
        folder = vault.catalog.folder
        if vault.root == Path.cwd().resolve() or folder is None:
            return
        with suppress(FileExistsError, OSError):
            (folder / "found-around").touch(exist_ok=False)
            note(f"the vault is {vault.root} (a dots.toml there makes it sure)")

    def _wide(self) -> bool:
        """Ask before a home folder or a root is read as a vault, where there is one to ask."""
        if self.yes or not is_terminal(sys.stdin):
            return self.yes
        from vaultdots.vault import is_wide

        if not is_wide(self.path, os.environ):
            return False
        return confirm("This folder is a home folder or a root. Read all of it as a vault?")


class ProgressBar:
    """A bar on stderr for work that takes over a second; nothing where stderr is no terminal."""

    def __init__(self, what: str) -> None:
        """what: said before the bar."""
        self.what = translated(what)
        self.began = time.monotonic()
        self.drawn = 0.0
        self.shown = False
        self.live = is_terminal(sys.stderr)

    def update(self, done: int, total: int) -> None:
        """`done` of `total` are through."""
        if not self.live or not total:
            return
        now = time.monotonic()
        if now - self.began < _QUIET_SECONDS or now - self.drawn < _REDRAW_SECONDS:
            return
        self.drawn, self.shown = now, True
        filled = _BAR_WIDTH * done // total
        bar = "━" * filled + " " * (_BAR_WIDTH - filled)
        progress(f"{self.what} {bar} {done:,}/{total:,}")

    def done(self) -> None:
        """Take the bar away."""
        if self.shown:
            progress("")
            self.shown = False
