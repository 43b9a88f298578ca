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
from vaultdots.errors import UsageError
from vaultdots.text.spans import Span
from vaultdots.vault import Vault

FILES: dict[str, str | bytes] = {
    "dots.toml": "",
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


@pytest.mark.parametrize("path", ["out/x.md", "../x.md", "/x.md", ".git/x.md", "a/../../x.md"])
def test_a_command_makes_none_elsewhere(tmp_path: Path, path: str) -> None:
    with desk_of(tmp_path) as desk, pytest.raises(UsageError, match="outside"):
        new_note(desk, {"title": "x", "path": path})


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
