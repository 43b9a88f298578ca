"""What the references of a vault mean, and which of them a rename left stale."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from tests.rename.vaults import KEPT, Operation, moved_path
from vaultdots.graph.links import ResolvedLink, links
from vaultdots.note.paths import joined
from vaultdots.vault import Vault


class Reference(NamedTuple):
    """A link as it stands and what it means. found: whether the heading or block is there."""

    raw: str
    target: str | None
    found: bool | None
    status: str


def references(root: Path, cache: Path) -> dict[str, list[Reference]]:
    """The links of every file, by its path."""
    with Vault.open(root, cache=cache) as vault:
        catalog = vault.catalog
        return {
            path: [
                Reference(link.raw, _target(root, link), link.subpath_found, link.status)
                for link in links(catalog, path)
            ]
            for path in sorted(catalog.fingerprints())
        }


def _target(root: Path, link: ResolvedLink) -> str | None:
    """The file that a link means; a folder with a slash behind it. `[x](docs)` may also ask for a
    note that is not there yet: such a link names a folder only where it says so."""
    if link.target is None and link.kind == "markdown" and link.name.endswith(("/", ".")):
        folder = "" if link.name.startswith("/") else link.source.rpartition("/")[0]
        where = joined(folder, link.name)
        return f"{where}/" if where and (root / where).is_dir() else None
    return link.target


def stale(
    before: dict[str, list[Reference]],
    after: dict[str, list[Reference]],
    operation: Operation,
    texts: dict[str, str],
    root: Path,
) -> dict[str, str]:
    """File → what went wrong in it, for every file whose references do not mean what they did."""
    wrong = {}
    for path, was in before.items():
        there = normalize("NFC", moved_path(path, operation.moves))
        now = after.get(there)
        kind = path.rpartition("/")[2].rsplit(".", 1)[0]
        if now is None:
            wrong[path] = "the file is gone"
        elif kind in KEPT and path == there:
            if (root / there).read_bytes() != texts[path].encode("utf-8"):
                wrong[path] = "code was changed"
        elif len(now) != len(was):
            wrong[path] = f"{len(was)} links before, {len(now)} after"
        else:
            for old, new in zip(was, now, strict=True):
                want = old.target and normalize("NFC", moved_path(old.target, operation.moves))
                if (new.target, new.found) != (want, old.found):
                    wrong[path] = f"{new.raw} means {new.target or 'nothing'}"
                elif new.status != old.status:
                    wrong[path] = f"{new.raw} is {new.status}"
    return wrong
