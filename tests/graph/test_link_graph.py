"""The links of a vault are resolved once for each state of the catalog."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.graph.link_graph import LinkGraph
from vaultdots.graph.links import backlinks
from vaultdots.store.answers import LinkEnd
from vaultdots.vault import Vault

FILES: dict[str, str | bytes] = {
    "a.md": "[[b]] ![[c]] [x](b.md) [[nowhere]] [[#self]] [[a]]",
    "b.md": "[[a]] https://example.com",
    "c.md": "",
    "board.canvas": '{"nodes": [{"file": "a.md"}, {"text": "[[a]]"}]}',
}


def test_the_graph_is_read_once_a_state(tmp_path: Path) -> None:
    root = write(tmp_path / "v", FILES)
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        first = LinkGraph.read(vault.catalog)
        assert LinkGraph.read(vault.catalog) is first
        links = len(first.links)
        write(root, {"d.md": "[[a]]"})
        vault.sync()
        second = LinkGraph.read(vault.catalog)
        assert second is not first
        assert len(second.links) == links + 1
        vault.catalog.overlay("c.md", "[[b]]", vault.config.options)
        assert LinkGraph.read(vault.catalog) is not second
        assert [link.source for link in LinkGraph.read(vault.catalog).backlinks("b.md")] == [
            "a.md",
            "a.md",
            "c.md",
        ]


SITE: dict[str, str | bytes] = {
    "hugo.toml": 'baseURL = "https://own.example/"\n',
    "content/posts/one.md": "[x](https://own.example/posts/two/#part) [[two#a#b]]\n",
    "content/posts/two.md": "[y](https://else.example/posts/one/) [z](/posts/one/)\n",
}


@pytest.mark.parametrize("files", [FILES, SITE])
def test_the_ends_of_links_are_those_of_the_links(
    tmp_path: Path, files: dict[str, str | bytes]
) -> None:
    """Read by themselves, with an unsaved text and links to the vault's own site too."""
    root = write(tmp_path / "v", files)
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        for _ in range(2):
            graph = LinkGraph.read(vault.catalog)
            wanted = [
                (LinkEnd._make(getattr(row, name) for name in LinkEnd._fields), meant)
                for row, meant in graph.links
            ]
            assert list(graph.ends) == wanted
            first = next(name for name in files if name.endswith(".md"))
            vault.catalog.overlay(
                first, "[[b]] ![[two]] https://own.example/posts/two/", vault.config.options
            )
    assert any(meant.target for _, meant in wanted)


def test_its_backlinks_are_those_of_each_note(tmp_path: Path) -> None:
    root = write(tmp_path / "v", FILES)
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        graph = LinkGraph.read(vault.catalog)
        for path in FILES:
            assert list(graph.backlinks(path)) == backlinks(vault.catalog, path)


def test_a_markdown_link_to_a_folder_is_no_problem(tmp_path: Path) -> None:
    """GitHub and the like list the folder; a wikilink to one names nothing."""
    files = {
        "a/n.md": "[x](../docs/) [r] [y](..) [z](/docs) [w](docs/) [[docs]]\n\n[r]: ../docs\n",
        "docs/m.md": "",
    }
    root = write(tmp_path / "v", files)
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        problems = vault.links.check()
    assert [(problem.code, problem.column) for problem in problems] == [
        ("unresolved-note", 38),
        ("unresolved-note", 49),
    ]
