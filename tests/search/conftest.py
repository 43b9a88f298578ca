"""Vaults for search: files in a folder, read by the real catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from vaultdots.search.index_sync import EngineName
from vaultdots.search.searcher import Hit, Searcher, SearchOptions
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import read_config
from vaultdots.store.sync import sync

ENGINES: tuple[EngineName, ...] = ("whoosh", "sqlite")


class SmallVault:
    """Files, their catalog, and an open index."""

    def __init__(self, root: Path, cache: Path, engine: EngineName) -> None:
        self.root = root
        self.catalog = Catalog(cache)
        self.engine: EngineName = engine
        self.searcher: Searcher | None = None

    def write(self, files: Mapping[str, str]) -> None:
        for path, text in files.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
        self.sync()

    def remove(self, path: str) -> None:
        (self.root / path).unlink()
        self.sync()

    def sync(self) -> None:
        sync(self.root, read_config(self.root), self.catalog)

    def ask(self, query: str, options: SearchOptions | None = None) -> list[Hit]:
        if self.searcher is None:
            self.searcher = Searcher(self.catalog, self.engine)
        return self.searcher.ask(query, options).hits

    def found(self, query: str, options: SearchOptions | None = None) -> list[str]:
        """What was found as it was typed, as `path#heading`."""
        hits = [hit for hit in self.ask(query, options) if hit.relaxed is None and hit.via is None]
        return ["#".join((hit.path, *hit.section[-1:])) for hit in hits]


@pytest.fixture(params=ENGINES)
def vault(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SmallVault]:
    """An empty vault, once with each engine."""
    (tmp_path / "vault").mkdir()
    small = SmallVault(tmp_path / "vault", tmp_path / "cache", request.param)
    yield small
    if small.searcher:
        small.searcher.close()
    small.catalog.close()


@pytest.fixture
def make_vault(tmp_path: Path) -> Iterator[Callable[[str, EngineName], SmallVault]]:
    """Vaults by name, closed at the end."""
    made: list[SmallVault] = []

    def make(name: str, engine: EngineName) -> SmallVault:
        root = tmp_path / name
        root.mkdir(exist_ok=True)
        made.append(SmallVault(root, tmp_path / f"{name}-{engine}-{len(made)}", engine))
        return made[-1]

    yield make
    for small in made:
        if small.searcher:
            small.searcher.close()
        small.catalog.close()
