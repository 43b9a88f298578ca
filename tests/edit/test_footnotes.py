"""A section that becomes a note keeps its footnotes, and so does what stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from tests.rename.reading import references
from vaultdots.errors import EditError
from vaultdots.vault import Vault

# name: the note, the new note, what stays
CASES = {
    "the section's own goes along": (
        "# A\n\n## Part\n\nsaid[^1]\n\n## Rest\n\nend\n\n[^1]: who\n",
        "# Part\n\nsaid[^1]\n\n[^1]: who\n",
        "# A\n\n[[Part]]\n\n## Rest\n\nend\n\n",
    ),
    "both refer to it": (
        "# A\n\nx[^1]\n\n## Part\n\nsaid[^1]\n\n## Rest\n\n[^1]: who\n",
        "# Part\n\nsaid[^1]\n\n[^1]: who\n",
        "# A\n\nx[^1]\n\n[[Part]]\n\n## Rest\n\n[^1]: who\n",
    ),
    "the rest's stays behind": (
        "# A\n\nx[^n]\n\n## Part\n\nsaid\n\n[^n]: who\n    and when\n\n## Rest\n",
        "# Part\n\nsaid\n",
        "# A\n\nx[^n]\n\n[[Part]]\n\n[^n]: who\n    and when\n\n## Rest\n",
    ),
    "defined in the section, used in both": (
        "# A\n\nx[^N]\n\n## Part\n\nsaid[^n]\n\n[^n]: who\n",
        "# Part\n\nsaid[^n]\n\n[^n]: who\n",
        "# A\n\nx[^N]\n\n[[Part]]\n\n[^n]: who\n",
    ),
    "one that calls for another": (
        "# A\n\nx[^3]\n\n## Part\n\nsaid[^1]\n\n## Rest\n\n[^1]: see[^2]\n[^2]: it\n[^3]: mine\n",
        "# Part\n\nsaid[^1]\n\n[^1]: see[^2]\n[^2]: it\n",
        "# A\n\nx[^3]\n\n[[Part]]\n\n## Rest\n\n[^3]: mine\n",
    ),
    "of several paragraphs, with links": (
        "# A\n\n## Part\n\nsaid[^1]\n\n## Rest\n\n[^1]: [b](b.md) [[b]] [[#Rest]] [[#Part]]\n\n"
        "    more\nlazy\n\nend\n",
        "# Part\n\nsaid[^1]\n\n[^1]: [b](../b.md) [[b]] [[A#Rest]] [[#Part]]\n\n    more\nlazy\n",
        "# A\n\n[[Part]]\n\n## Rest\n\n\nend\n",
    ),
    "what stays behind links into the new note": (
        "# A\n\nx[^1]\n\n## Part\n\nsaid\n\n[^1]: [[#Part]] [[b]]\n",
        "# Part\n\nsaid\n",
        "# A\n\nx[^1]\n\n[[Part]]\n\n[^1]: [[Part#Part]] [[b]]\n",
    ),
    "in code it is none": (
        "# A\n\n## Part\n\n`x[^1]`\n\n```\n[^2]: x\n```\n\n## Rest\n\ny[^2]\n\n[^1]: who\n",
        "# Part\n\n`x[^1]`\n\n```\n[^2]: x\n```\n",
        "# A\n\n[[Part]]\n\n## Rest\n\ny[^2]\n\n[^1]: who\n",
    ),
}


@pytest.mark.parametrize(("note", "new", "stays"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_each_part_keeps_what_it_refers_to(
    tmp_path: Path, note: str, new: str, stays: str, newline: str
) -> None:
    note, new, stays = (text.replace("\n", newline) for text in (note, new, stays))
    files: dict[str, str | bytes] = {".obsidian/app.json": "{}", "b.md": "# B\n"}
    root, cache = write(tmp_path / "v", {**files, "A.md": note.encode()}), tmp_path / "cache"
    with Vault.open(root, cache=cache, environ={"DOTS_DATA": str(tmp_path / "data")}) as vault:
        vault.edit.apply(vault.rename.extract("A.md", "Part", "new/Part.md"))
        assert (root / "new/Part.md").read_bytes().decode() == new
        assert (root / "A.md").read_bytes().decode() == stays
        vault.edit.undo()
    assert (root / "A.md").read_bytes().decode() == note
    for links in references(root, cache).values():
        assert all(link.target for link in links)


def test_a_definition_in_a_quote_is_not_cut_off(tmp_path: Path) -> None:
    note = "# A\n\n## Part\n\nsaid[^1]\n\n## Rest\n\n> [^1]: who\n"
    root = write(tmp_path / "v", {"A.md": note})
    with (
        Vault.open(root, cache=tmp_path / "cache") as vault,
        pytest.raises(EditError, match="cut off"),
    ):
        vault.edit.apply(vault.rename.extract("A.md", "Part", "Part.md"))


@pytest.mark.parametrize(
    ("note", "host", "merged"),
    [
        (
            "a[^1] b[^2]\n\n[^1]: one\n[^2]: two\n",
            "x[^1]\n\n[^1]: X\n",
            "a[^3] b[^2]\n\n[^3]: one\n[^2]: two\n",
        ),
        ("a[^N]\n\n[^n]: `[^n]`\n", "x[^n]\n\n[^n]: X\n", "a[^n-2]\n\n[^n-2]: `[^n]`\n"),
        ("a[^1] [^c]\n\n[^1]: one\n", "x [^c]\n", "a[^1] [^c]\n\n[^1]: one\n"),
    ],
    ids=["numbers", "names", "another"],
)
def test_a_note_that_goes_into_another_keeps_its_own(
    tmp_path: Path, note: str, host: str, merged: str
) -> None:
    root = write(tmp_path / "v", {"a.md": note, "b.md": host})
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        vault.edit.apply(vault.rename.merge("a.md", "b.md"))
    assert (root / "b.md").read_text() == f"{host}\n{merged}"
