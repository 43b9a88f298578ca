"""Taking a value out of a list of properties, and the renames that do so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.edit.listed import without_item
from vaultdots.edit.splice import splice_text
from vaultdots.note.parse import parse_note
from vaultdots.text.spans import Span
from vaultdots.vault import Vault


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("tags: [Old, b]\n", "tags: [b]\n"),
        ("tags: [b, Old]\n", "tags: [b]\n"),
        ("tags: [b, 'Old' , c]\n", "tags: [b , c]\n"),
        ("tags: [\n  Old,\n  b\n]\n", "tags: [\n  b\n]\n"),
        ("tags: [\n  b,\n  Old\n]\n", "tags: [\n  b\n]\n"),
        ("tags:\n  - Old\n  - b\n", "tags:\n  - b\n"),
        ('tags:\n- b\n- "Old"\nx: 1\n', "tags:\n- b\nx: 1\n"),
        ("tags: Old b\n", "tags: b\n"),
        ("tags: b Old\n", "tags: b\n"),
        ("tags: b, Old\n", "tags: b\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_rest_of_the_list_stays_as_it_is_written(written: str, left: str, newline: str) -> None:
    text = f"---\n{written}---\ntext\n".replace("\n", newline)
    at = text.index("Old")
    edit = without_item("a.md", text, Span(at, at + 3))
    assert edit is not None
    after = splice_text(text, [edit])
    assert after == f"---\n{left}---\ntext\n".replace("\n", newline)
    assert [tag.name for tag in parse_note("a.md", after).tags] in (["b"], ["b", "c"])


@pytest.mark.parametrize(
    "text", ["---\ntags: Old\n---\n", "#Old #b\n", "---\na: 1\n---\n#Old, b\n"]
)
def test_what_stands_in_no_list_is_not_taken_out(text: str) -> None:
    at = text.index("Old")
    assert without_item("a.md", text, Span(at, at + 3)) is None


RENAMED = [
    ("tags: [x, y]\n---\n#x #y", "tags: [y]\n---\n#y #y"),
    ("tags: [y, q, x]\n---\n", "tags: [y, q]\n---\n"),
    ("tags:\n  - x\n  - x/a\n  - y/a\n---\n", "tags:\n  - y\n  - y/a\n---\n"),
    ("tags: [y, x, x]\n---\n", "tags: [y]\n---\n"),
    ("tags: [x, x, y, q]\n---\n", "tags: [y, q]\n---\n"),
    ("tags: x x y\n---\n", "tags: y\n---\n"),
    ("tags: [x, X]\n---\n#y", "tags: [y]\n---\n#y"),
    ("tags: x y\n---\n", "tags: y\n---\n"),
    ("tags: x\n---\n#y", "tags: y\n---\n#y"),
    ("title: y\n---\n#x", "title: y\n---\n#y"),
]


@pytest.mark.parametrize(("before", "after"), RENAMED)
def test_a_list_names_a_tag_once_after_a_rename(before: str, after: str, tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"a.md": f"---\n{before}\n", "b.md": "#y\n"})
    with Vault.open(
        root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path / "d")}
    ) as vault:
        vault.edit.apply(vault.rename.tag("x", "y"))
        assert (root / "a.md").read_text("utf-8") == f"---\n{after}\n"
        vault.edit.undo()
        assert (root / "a.md").read_text("utf-8") == f"---\n{before}\n"


def test_a_tag_that_changes_its_case_alone_stays_in_its_list(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"a.md": "---\ntags: [x, x/b, c]\n---\n#x\n"})
    with Vault.open(
        root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path / "d")}
    ) as vault:
        vault.edit.apply(vault.rename.tag("x", "X"))
        assert (root / "a.md").read_text("utf-8") == "---\ntags: [X, X/b, c]\n---\n#X\n"
        vault.edit.apply(vault.rename.tag("X", "X/b"))
        assert (root / "a.md").read_text("utf-8") == "---\ntags: [X/b, X/b/b, c]\n---\n#X/b\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [("[Beta, Gamma]", "[Gamma]"), ("\n  - Gamma\n  - Beta", "\n  - Gamma"), ("Beta", "Gamma")],
)
def test_an_alias_that_the_note_has_already_takes_the_others_links(
    before: str, after: str, tmp_path: Path
) -> None:
    files = {"a.md": f"---\naliases: {before}\n---\ntext\n", "b.md": "[[Beta]] [[Gamma]]\n"}
    root = write(tmp_path / "v", files)
    with Vault.open(
        root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path / "d")}
    ) as vault:
        vault.edit.apply(vault.rename.alias("a.md", "Beta", "Gamma"))
    assert (root / "a.md").read_text("utf-8") == f"---\naliases: {after}\n---\ntext\n"
    assert (root / "b.md").read_text("utf-8") == "[[Gamma]] [[Gamma]]\n"


def test_a_heading_with_a_sign_in_it_is_named_as_it_is_shown(tmp_path: Path) -> None:
    files = {"a.md": "# Top\n\n## About #study\n", "b.md": "[[a#About study]]\n"}
    root = write(tmp_path / "v", files)
    with Vault.open(
        root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path / "d")}
    ) as vault:
        vault.edit.apply(vault.rename.heading("a.md", "About #study", "On it"))
    assert (root / "a.md").read_text("utf-8") == "# Top\n\n## On it\n"
    assert (root / "b.md").read_text("utf-8") == "[[a#On it]]\n"
