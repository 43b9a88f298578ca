"""Rebuild ≡ incremental: after any edits the catalog equals one built from nothing.

The machine edits a vault as a person and a sync program do, now and then with times that lie, and
compares what every view reads: notes, sections, links, backlinks, tags, problems, the graph, the
skips and search. Ids are the catalog's own and may differ.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.strategies import notes
from vaultdots.vault import Vault

# Few names, in few folders, so that they meet; links of `notes()` name them too.
NAMES = (
    "Harbor.md", "harbor.md", "Log.md", "a/Harbor.md", "a/Log.md", "회고/2023년 회고.md",
    "2023/12/회고.md", "a/b/a.md", "b.md", "a/README.md", "b/README.md", "board.canvas",
    "list.base", "picture.png", "a/picture.png", "x.md/inner.md", "x.md",
)  # fmt: skip
QUERIES = (
    "회고",
    "harbor",
    "note",
    "올해",
    "tag:study",
    "kind:review",
    "스레드",
    "the study",
    "2024",
)
BOARDS = (
    '{"nodes": [{"id": "1", "file": "Log.md"}, {"id": "2", "text": "[[Harbor]]"}]}',
    "views: [[b]]",
    "{",
    "",
)
CONFIGS = (None, "", 'ignore = ["a/"]', 'dialect = "vuepress"', '[search]\nengine = "sqlite"')


def told(vault: Vault, queries: tuple[str, ...] = QUERIES) -> dict[str, Any]:
    """Everything that a view reads of a vault, ids left out."""
    catalog = vault.catalog
    found: dict[str, Any] = {
        "notes": [row[1:13] + row[14:] for row in catalog.notes(excluded=True)],
        "counts": catalog.counts(),
        "tags": vault.notes.tags(tree=True),
        "check": vault.links.check(),
        "graph": vault.map.data(tags=True, properties=True, attachments=True),
        "skipped": catalog.skipped(),
        "names": dict(sorted(catalog.all_names().items())),
        "diagnostics": sorted(catalog.diagnostics()),
    }
    for row in catalog.notes(excluded=True):
        found[row.path] = [
            catalog.text(row.id),
            catalog.regions(row.id),
            [section[2:] for section in catalog.sections(row.id)],
            catalog.properties(row.id),
            catalog.blocks(row.id),
            vault.links.of(row.path, external=True),
            vault.links.to(row.path),
        ]
    for query in queries:
        found[f"? {query}"] = vault.search(query, limit=None)
    return found


class VaultMachine(RuleBasedStateMachine):
    """Edits; after each one an incremental sync, and a vault built from nothing beside it."""

    paths = Bundle("paths")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.root = self.folder / "vault"
        self.root.mkdir()
        self.count = 0
        self.synced = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def place(self, name: str) -> Path | None:
        """Where a file of this name can lie now; None where a folder or file is in the way."""
        path = self.root / name
        for parent in path.relative_to(self.root).parents:
            if (self.root / parent).is_file() or (self.root / parent).is_symlink():
                return None
        if path.is_dir():
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def put(self, name: str, text: str, *, old: bool) -> None:
        path = self.place(name)
        if path is not None:
            path.write_bytes(text.encode("utf-8", "replace"))
            if old:
                self.age(path)

    def age(self, path: Path) -> None:
        """A time long ago, another one each time: a settled file."""
        self.count += 1
        moment = (1_500_000_000 + self.count) * 1_000_000_000
        os.utime(path, ns=(moment, moment))

    @initialize(target=paths, name=st.sampled_from(NAMES), text=notes())
    def begin(self, name: str, text: str) -> str:
        self.put(name, text, old=True)
        return name

    @rule(target=paths, name=st.sampled_from(NAMES), text=notes(), old=st.booleans())
    def create(self, name: str, text: str, old: bool) -> str:
        self.put(name, text, old=old)
        return name

    @rule(name=st.sampled_from(("board.canvas", "list.base")), text=st.sampled_from(BOARDS))
    def board(self, name: str, text: str) -> None:
        self.put(name, text, old=False)

    @rule(name=paths, text=notes(), old=st.booleans())
    def edit(self, name: str, text: str, old: bool) -> None:
        self.put(name, text, old=old)

    @rule(name=paths, line=st.sampled_from(("\n# New\n", " #tag", "\n[[Log]]\n", "\n회고 ^id\n")))
    def append(self, name: str, line: str) -> None:
        path = self.root / name
        if path.is_file():
            with path.open("ab") as stream:
                stream.write(line.encode())

    @rule(name=paths, data=st.data())
    def flip_in_place(self, name: str, data: st.DataObject) -> None:
        """Other bytes, the same size, time and inode: within the clock's tick."""
        path = self.root / name
        if path.is_file() and (content := bytearray(path.read_bytes())):
            status = path.stat()
            at = data.draw(st.integers(0, len(content) - 1))
            content[at] = data.draw(st.sampled_from(b"#[]a -\n"))
            with path.open("r+b") as stream:
                stream.write(content)
            os.utime(path, ns=(status.st_mtime_ns, status.st_mtime_ns))
            if status.st_mtime_ns < self.synced - 10**9:
                # A settled file whose time is set back is beyond any fingerprint.
                self.age(path)

    @rule(target=paths, old=consumes(paths), new=st.sampled_from(NAMES))
    def rename(self, old: str, new: str) -> str:
        source, target = self.root / old, self.place(new)
        if source.is_file() and target is not None and Path(old).suffix == Path(new).suffix:
            source.rename(target)
        return new

    @rule(name=consumes(paths))
    def delete(self, name: str) -> None:
        if (self.root / name).is_file():
            (self.root / name).unlink()

    @rule(name=paths)
    def delete_and_create_again(self, name: str) -> None:
        path = self.root / name
        if path.is_file():
            content = path.read_bytes()
            path.unlink()
            path.write_bytes(content)

    @rule(name=paths)
    def retouch(self, name: str) -> None:
        if (self.root / name).is_file():
            self.age(self.root / name)

    @rule(name=paths)
    def swap_for_a_link(self, name: str) -> None:
        path = self.root / name
        if path.is_file() and not path.is_symlink() and path.name != "Log.md":
            path.unlink()
            path.symlink_to(self.root / "Log.md")

    @rule(text=st.sampled_from(CONFIGS))
    def configure(self, text: str | None) -> None:
        (self.root / "dots.toml").unlink(missing_ok=True)
        if text is not None:
            (self.root / "dots.toml").write_text(text)

    @invariant()
    def rebuilding_gives_the_same(self) -> None:
        self.synced = time.time_ns()
        with Vault.open(self.root, cache=self.folder / "kept") as kept:
            incremental = told(kept)
        with Vault.open(self.root, cache=self.folder / f"fresh{self.count}") as fresh:
            rebuilt = told(fresh)
        shutil.rmtree(self.folder / f"fresh{self.count}")
        for key in rebuilt.keys() | incremental.keys():
            assert incremental.get(key) == rebuilt.get(key), key


_ALL = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.mark.slow
def test_rebuild_equals_incremental() -> None:
    quick = settings(
        max_examples=6, stateful_step_count=8, deadline=None, suppress_health_check=_ALL
    )
    run_state_machine_as_test(VaultMachine, settings=quick)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_rebuild_equals_incremental_at_length() -> None:
    long = settings(
        max_examples=100, stateful_step_count=30, deadline=None, suppress_health_check=_ALL
    )
    run_state_machine_as_test(VaultMachine, settings=long)
