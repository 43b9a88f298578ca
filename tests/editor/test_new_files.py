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
