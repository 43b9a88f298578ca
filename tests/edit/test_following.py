"""What a change names anew beside what it is about: titles and headings with a link or tag."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.disk import write
from tests.rename.reading import references
from vaultdots.edit import Change
from vaultdots.vault import Vault

Plan = Callable[[Vault], Change]


def changed(tmp_path: Path, files: dict[str, str | bytes], plan: Plan) -> dict[str, str]:
    """The files after a change; every link means what it meant."""
    root, cache = write(tmp_path / "v", files), tmp_path / "cache"
    before = references(root, cache)
    with Vault.open(root, cache=cache, environ={"DOTS_DATA": str(tmp_path / "data")}) as vault:
        change = plan(vault)
        moved = {move.old: move.new for move in change.moves}
        vault.edit.apply(change)
    after = references(root, cache)
    for path, links in before.items():
        for was, now in zip(links, after[moved.get(path, path)], strict=True):
            want = was.target and moved.get(was.target, was.target)
            assert (now.target, now.found) == (want, was.found), (path, was.raw, now.raw)
    return {p.relative_to(root).as_posix(): p.read_text() for p in root.rglob("*.md")}


def test_a_title_whose_link_changes_by_its_heading_alone(tmp_path: Path) -> None:
    """The note is called `See a > Old`, then `See a > New`."""
    files: dict[str, str | bytes] = {
        "a.md": "# a\n\n## Old\n",
        "b.md": "# See [[a#Old]]\n",
        "c.md": "[[See a > Old]] [[b#See a > Old]]\n",
    }
    found = changed(tmp_path, files, lambda v: v.rename.heading("a.md", "Old", "New"))
    assert found["b.md"] == "# See [[a#New]]\n"
    assert found["c.md"] == "[[b]] [[b#See a > New]]\n"


def test_a_move_with_its_title_renames_titles_by_their_chains(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "deep/a.md": "# a\n\n## On\n",
        "b.md": "# See [[a#a#On]]\n\n[[a|x]]\n",
        "c.md": "[[See a > a > On]] [[b#See a > a > On]]\n",
        "d.md": "---\ntitle: By [[#T]]\n---\n# T\n",
    }
    found = changed(tmp_path, files, lambda v: v.rename.move([("deep/a.md", "z.md")], title=True))
    assert found["b.md"] == "# See [[z#z#On]]\n\n[[z|x]]\n"
    assert found["c.md"] == "[[b]] [[b#See z > z > On]]\n"


def test_a_chain_of_headings_in_titles_is_followed_to_its_end(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "# Old\n",
        "b.md": "# One [[a#Old]]\n",
        "c.md": "# Two [[b#One a > Old]]\n",
        "d.md": "[[Two b > One a > Old]] [[One a > Old]] [[Old]]\n",
    }
    found = changed(tmp_path, files, lambda v: v.rename.heading("a.md", "Old", "New"))
    assert found["c.md"] == "# Two [[b#One a > New]]\n"
    assert found["d.md"] == "[[c]] [[b]] [[a]]\n"


def test_a_heading_that_is_the_title_is_followed_by_links_that_say_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "# Old name\n",
        "c.md": "[[Old name]] [[Old name|x]]\n",
    }
    found = changed(tmp_path, files, lambda v: v.rename.heading("a.md", "Old name", "New"))
    assert found["c.md"] == "[[a]] [[a|x]]\n"


def test_a_heading_does_not_take_a_link_over(tmp_path: Path) -> None:
    """`[[New]]` means another note by its alias, and keeps it."""
    files: dict[str, str | bytes] = {
        "a.md": "# Old\n",
        "k.md": "---\naliases: [New]\n---\n",
        "c.md": "[[New]]\n",
    }
    changed(tmp_path, files, lambda v: v.rename.heading("a.md", "Old", "New"))


@pytest.mark.parametrize("tag", ["study", "study/deep"])
def test_a_tag_in_a_heading(tmp_path: Path, tag: str) -> None:
    files: dict[str, str | bytes] = {
        "a.md": f"---\ntags: [study]\n---\n# A\n\n## About #{tag}\n",
        "c.md": f"[[a#About {tag}]] [x](a.md#about-{tag.replace('/', '')}) #study\n",
    }
    found = changed(tmp_path, files, lambda v: v.rename.tag("study", "learning/study"))
    new = f"learning/{tag}"
    assert found["a.md"] == f"---\ntags: [learning/study]\n---\n# A\n\n## About #{new}\n"
    assert found["c.md"].startswith(f"[[a#About {new}]] ")


def test_an_alias_in_a_title(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "---\naliases: [Old]\n---\n# A\n",
        "b.md": "# On [[Old]]\n",
        "c.md": "[[On Old]] [[b#On Old]] [[Old]]\n",
    }
    found = changed(tmp_path, files, lambda v: v.rename.alias("a.md", "Old", "New"))
    assert found["b.md"] == "# On [[New]]\n"
    assert found["c.md"] == "[[b]] [[b#On New]] [[New]]\n"


def test_a_block_in_a_heading(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "x ^one\n",
        "b.md": "## On [[a#^one]]\n",
        "c.md": "[[b#On a > one]] [[a#^one]]\n",
    }
    found = changed(tmp_path, files, lambda v: v.rename.block("a.md", "one", "two"))
    assert found["b.md"] == "## On [[a#^two]]\n"
