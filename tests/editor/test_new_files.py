"""Files that an action of the editor makes: inside of the vault, and meant by the link alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.disk import environment, write
from vaultdots.editor.actions import Action, actions
from vaultdots.editor.commands import new_note
from vaultdots.editor.desk import Desk
from vaultdots.editor.rename import Renamed, move, rename
from vaultdots.errors import DotsError, EditError
from vaultdots.text.spans import Span
from vaultdots.vault import Vault

FILES: dict[str, str | bytes] = {
    "dots.toml": "",
    "package.json": "{}",
    "Harbor.md": "# Harbor\n",
    "docs/Quay.md": "---\naliases: [부두]\n---\n# Quay\n",
    "sub/start.md": "# Start\n",
}


@contextmanager
def desk_of(tmp_path: Path) -> Iterator[Desk]:
    root = write(tmp_path / "v", FILES)
    (tmp_path / "elsewhere").mkdir()
    (root / "out").symlink_to(tmp_path / "elsewhere")
    with Vault.open(root, environ=environment(tmp_path / "cache")) as vault:
        yield Desk(vault)


def made(found: list[Action]) -> list[str]:
    return [new.path for action in found for new in action.change.new_files]


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("[[new]]", "new.md"),
        ("[[deep/er/새 노트]]", "deep/er/새 노트.md"),
        ("[[./beside]]", "sub/beside.md"),
        ("[x](../up.md)", "up.md"),
        ("[[out/new]]", None),
        ("[[.git/hooks/post-commit]]", None),
        ("[[a/.obsidian/plugins/x]]", None),
        ("[[node_modules/x]]", None),
        ("[[dist/x]]", None),
        ("[[deep/dist/x]]", "deep/dist/x.md"),
        ("[[../../new]]", None),
        ("[[a/../../../new]]", None),
        ("[x](../../new.md)", None),
        ("[[/../new]]", None),
        ("[[a\0b]]", None),
        (f"[[{'긴' * 90}]]", None),
    ],
)
def test_a_missing_note_is_made_inside_of_the_vault(
    tmp_path: Path, link: str, path: str | None
) -> None:
    with desk_of(tmp_path) as desk:
        desk.put("sub/start.md", f"# Start\n\n{link}\n")
        assert made(actions(desk, "sub/start.md", Span(12, 12))) == ([path] if path else [])


PLACES = [
    ("out/x.md", "outside of the vault"),
    ("../x.md", "outside of the vault"),
    ("a/../../x.md", "outside of the vault"),
    (".git/x.md", "dots would not read it there"),
    ("node_modules/x.md", "dots would not read it there"),
    ("dist/x.md", "dots would not read it there"),
    (f"{'긴' * 90}.md", "the name is too long"),
]


@pytest.mark.parametrize(("path", "said"), [*PLACES, ("/x.md", "outside of the vault")])
def test_a_command_makes_none_elsewhere(tmp_path: Path, path: str, said: str) -> None:
    with desk_of(tmp_path) as desk, pytest.raises(DotsError, match=said):
        new_note(desk, {"title": "x", "path": path})


@pytest.mark.parametrize(("path", "said"), [*PLACES, ("a\0b.md", "no file can have this name")])
def test_a_rename_leads_to_none_of_these(tmp_path: Path, path: str, said: str) -> None:
    with desk_of(tmp_path) as desk:
        quay = Renamed("note", "docs/Quay.md", "Quay", Span(0, 1))
        with pytest.raises(DotsError, match=said):
            rename(desk, quay, path)
        with pytest.raises(DotsError, match=said):
            move(desk, [("docs/Quay.md", path)])


@pytest.mark.parametrize("to", [".trash", "dist", "sub/node_modules"])
def test_a_folder_that_is_moved_where_nothing_is_read_takes_no_link_with_it(
    tmp_path: Path, to: str
) -> None:
    """The editor moves it all the same: its links are right again when it comes back."""
    with desk_of(tmp_path) as desk:
        with pytest.raises(EditError, match="would not read it there"):
            move(desk, [("docs", to)])
        assert move(desk, [("docs", "sub/dist")])


@pytest.mark.parametrize(
    ("selected", "path", "link"),
    [
        ("Some words. And more.", "sub/Some words. And more.md", "[[Some words. And more]]"),
        ("Harbor", "sub/Harbor 2.md", "[[Harbor 2]]"),
        ("## 부두", "sub/부두 2.md", "[[부두 2]]"),
        ("Start", "sub/Start 2.md", "[[Start 2]]"),
    ],
)
def test_what_is_extracted_gets_a_name_of_its_own(
    tmp_path: Path, selected: str, path: str, link: str
) -> None:
    """A note elsewhere has the name already, or an alias: the link would mean that one."""
    with desk_of(tmp_path) as desk:
        text = f"# Start\n\n{selected}\n"
        desk.put("sub/start.md", text)
        span = Span(text.rindex(selected), len(text) - 1)
        (found,) = (one for one in actions(desk, "sub/start.md", span) if "Extract" in one.title)
        assert made([found]) == [path]
        assert [edit.after for edit in found.change.edits] == [link]


@pytest.mark.parametrize(
    ("selected", "address"),
    [("100% (half", "100%25%20%28half.md"), ("새 글", "새%20글.md"), ("a) b", "a%29%20b.md")],
)
def test_an_extracted_note_is_linked_in_markdown(
    tmp_path: Path, selected: str, address: str
) -> None:
    with desk_of(tmp_path) as desk:
        links = "".join(f"[x{n}](../Harbor.md)\n" for n in range(4))
        text = f"# Start\n\n{links}\n{selected}\n"
        (Path(desk.root) / "sub/start.md").write_text(text)
        desk.sync()
        span = Span(text.rindex(selected), len(text) - 1)
        (found,) = (one for one in actions(desk, "sub/start.md", span) if "Extract" in one.title)
        assert [edit.after for edit in found.change.edits] == [f"[{selected}]({address})"]


SECTIONS: dict[str, str | bytes] = {
    "a.md": "# A\n\n[[#Part]] [[#Part#Deep]]\n\n## Part\n\ntext [[#Rest]] [[Harbor]]\n\n"
    "### Deep\n\npara ^blk\n\n## Rest\n\nend\n",
    "sub/b.md": "[[a#Part]] [x](../a.md#deep) ![[a#^blk]] [[a#Rest]]\n",
}


@pytest.mark.parametrize(
    ("first", "last"),
    [("## Part", "para ^blk\n\n"), ("\n## Part", "para ^blk"), ("## Part", "## Rest")],
)
def test_links_to_headings_that_are_extracted_follow(tmp_path: Path, first: str, last: str) -> None:
    """As those of `dots extract` do: from other notes, from the same one, and what goes along."""
    root = write(tmp_path / "v", {**FILES, **SECTIONS})
    with Vault.open(root, environ=environment(tmp_path / "cache")) as vault:
        desk = Desk(vault)
        text = desk.text_of("a.md")
        span = Span(text.index(first), text.index(last) + (0 if "Rest" in last else len(last)))
        (found,) = (one for one in actions(desk, "a.md", span) if "Extract" in one.title)
        by_hand = vault.rename.extract("a.md", "Part", "Part.md")
        assert made([found]) == ["Part.md"]
        assert found.change.new_files == by_hand.new_files
        vault.edit.apply(found.change)
    assert (root / "Part.md").read_text() == (
        "# Part\n\ntext [[a#Rest]] [[Harbor]]\n\n## Deep\n\npara ^blk\n"
    )
    assert (root / "a.md").read_text() == (
        "# A\n\n[[Part#Part]] [[Part#Part#Deep]]\n\n[[Part]]\n\n## Rest\n\nend\n"
    )
    assert (root / "sub/b.md").read_text() == (
        "[[Part#Part]] [x](../Part.md#deep) ![[Part#^blk]] [[a#Rest]]\n"
    )


def test_a_selection_in_the_middle_takes_its_blocks_along(tmp_path: Path) -> None:
    files = {
        **FILES,
        "a.md": "# A\n\none\n\ntwo [[#A]] ^two\n\n[[#^two]]\n",
        "b.md": "[[a#^two]]\n",
    }
    root = write(tmp_path / "v", files)
    with Vault.open(root, environ=environment(tmp_path / "cache")) as vault:
        desk = Desk(vault)
        text = desk.text_of("a.md")
        span = Span(text.index("two"), text.index("^two") + 4)
        (found,) = (one for one in actions(desk, "a.md", span) if "Extract" in one.title)
        (path,) = made([found])
        vault.edit.apply(found.change)
    name = path.removesuffix(".md")
    assert (root / path).read_text() == "two [[a#A]] ^two\n"
    assert (root / "a.md").read_text() == f"# A\n\none\n\n[[{name}]]\n\n[[{name}#^two]]\n"
    assert (root / "b.md").read_text() == f"[[{name}#^two]]\n"


NOT_TEXT = ("a\0b", "\ud800", "b\udcff")


@pytest.mark.parametrize("name", NOT_TEXT)
def test_a_name_that_no_file_can_have_is_one_line(tmp_path: Path, name: str) -> None:
    with desk_of(tmp_path) as desk:
        for what in (
            Renamed("note", "docs/Quay.md", "Quay", Span(0, 1)),
            Renamed("heading", "docs/Quay.md", "Quay", Span(0, 1)),
            Renamed("alias", "docs/Quay.md", "부두", Span(0, 1)),
            Renamed("block", "docs/Quay.md", "x", Span(0, 1)),
            Renamed("tag", "docs/Quay.md", "x", Span(0, 1)),
        ):
            with pytest.raises(DotsError):
                rename(desk, what, name)
        with pytest.raises(DotsError, match="no file can"):
            move(desk, [("docs/Quay.md", f"docs/{name}.md")])
        with pytest.raises(DotsError, match="no file can"):
            new_note(desk, {"title": "x", "path": f"{name}.md"})
        assert desk.path_of(str(desk.root / name)) is None
        vault = desk.vault
        with pytest.raises(DotsError):
            vault.notes.find(name)
        with pytest.raises(DotsError):
            vault.rename.file_or_folder(name)
        with pytest.raises(DotsError):
            vault.rename.new_path("Harbor.md", name)
        with pytest.raises(DotsError):
            vault.rename.extract("Harbor.md", name, "x.md")
        with pytest.raises(DotsError):
            vault.rename.merge(name, "Harbor.md")
