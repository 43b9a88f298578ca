"""The links of a vault are resolved once for each state of the catalog."""

from __future__ import annotations

from pathlib import Path

from tests.disk import write
from vaultdots.graph.link_graph import LinkGraph
from vaultdots.graph.links import backlinks
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
        write(root, {"d.md": "[[a]]"})
        vault.sync()
        second = LinkGraph.read(vault.catalog)
        assert second is not first
        assert len(second.links) == len(first.links) + 1
        vault.catalog.overlay("c.md", "[[b]]", vault.config.options)
        assert LinkGraph.read(vault.catalog) is not second
        assert [link.source for link in LinkGraph.read(vault.catalog).backlinks("b.md")] == [
            "a.md",
            "a.md",
            "c.md",
        ]


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
