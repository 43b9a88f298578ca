"""A section becomes a note, a note goes into another: what links mean stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from tests.rename.reading import references
from vaultdots.errors import EditError
from vaultdots.text.spans import Span
from vaultdots.vault import Vault

FILES: dict[str, str | bytes] = {
    ".obsidian/app.json": "{}",
    "dir/Old.md": "# Old\n\n[[#Part]] [[#Deep]] [[#Rest]] [x](#part)\n\n## Part\n\n"
    "text [[#Deep]] [[#Rest]] [o](other.md) [[Old#Rest]] [r]\n\n[r]: other.md\n\n"
    "### Deep\n\npara ^blk\n\n## Rest\n\nend\n",
    "dir/other.md": "[[Old#Part]] [[Old#Old#Part#Deep|d]] ![[Old#^blk]] [[Old]] [x](Old.md#deep)\n",
    "b.md": "[x](dir/Old.md#part) [[Old#Rest]]\n",
}


def test_a_section_becomes_a_note(tmp_path: Path) -> None:
    root, cache = write(tmp_path / "v", FILES), tmp_path / "cache"
    with Vault.open(root, cache=cache) as vault:
        vault.edit.apply(vault.rename.extract("dir/Old.md", "Part", "new/Part.md"))
    assert (root / "new/Part.md").read_text() == (
        "# Part\n\ntext [[#Deep]] [[Old#Rest]] [o](../dir/other.md) [[Old#Rest]] [r]\n\n"
        "[r]: ../dir/other.md\n\n## Deep\n\npara ^blk\n"
    )
    assert (root / "dir/Old.md").read_text() == (
        "# Old\n\n[[Part#Part]] [[Part#Deep]] [[#Rest]] [x](../new/Part.md#part)\n\n"
        "[[Part]]\n\n## Rest\n\nend\n"
    )
    assert (root / "dir/other.md").read_text() == (
        "[[Part#Part]] [[Part#Part#Deep|d]] ![[Part#^blk]] [[Old]] [x](../new/Part.md#deep)\n"
    )
    assert (root / "b.md").read_text() == "[x](new/Part.md#part) [[Old#Rest]]\n"
    for links in references(root, cache).values():
        assert all(link.target and link.found is not False for link in links)


def test_an_embed_stays_behind(tmp_path: Path) -> None:
    root = write(tmp_path / "v", FILES)
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        vault.edit.apply(vault.rename.extract("dir/Old.md", "Rest", "dir/Rest.md", embed=True))
    assert (root / "dir/Old.md").read_text().endswith("para ^blk\n\n![[Rest]]\n")
    assert (root / "dir/Rest.md").read_text() == "# Rest\n\nend\n"


@pytest.mark.parametrize(
    ("heading", "new", "said"),
    [("Nope", "n.md", "no heading"), ("Part", "b.md", "there already")],
)
def test_what_cannot_be_extracted_is_refused(
    tmp_path: Path, heading: str, new: str, said: str
) -> None:
    root = write(tmp_path / "v", FILES)
    with (
        Vault.open(root, cache=tmp_path / "cache") as vault,
        pytest.raises(EditError, match=said),
    ):
        vault.edit.apply(vault.rename.extract("dir/Old.md", heading, new))


def test_a_note_goes_into_another(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        ".obsidian/app.json": "{}",
        "dir/a.md": "---\nx: 1\n---\n# A\n\n[[#Own]] [[b]] [c](c.md) [[a#Own]]\n\n## Own\n\nz ^q\n",
        "b.md": "# B\n\n[[a]] [[a#Own|o]]",
        "dir/c.md": "[[a]] [x](a.md#own) ![[a#^q]]\n",
    }
    root, cache = write(tmp_path / "v", files), tmp_path / "cache"
    with Vault.open(root, cache=cache) as vault:
        change = vault.rename.merge("dir/a.md", "b.md")
        assert change.remarks == ("dir/a.md: left out are its properties x",)
        vault.edit.apply(change)
    assert not (root / "dir/a.md").exists()
    assert (root / "b.md").read_text() == (
        "# B\n\n[[b|a]] [[b#Own|o]]\n\n"
        "# A\n\n[[#Own]] [[b]] [c](dir/c.md) [[b#Own]]\n\n## Own\n\nz ^q\n"
    )
    assert (root / "dir/c.md").read_text() == "[[b|a]] [x](../b.md#own) ![[b#^q]]\n"
    for links in references(root, cache).values():
        assert all(link.target and link.found is not False for link in links)


HOSTS = {
    "---\ntags: [y]\n---\n": "---\ntags: [y, x]\naliases:\n  - 에이\n---\n",
    "": "---\ntags:\n  - x\naliases:\n  - 에이\n---\n",
    "---\ntags: y, X\naliases:\n- 비\n---\n": "---\ntags: y, X\naliases:\n- 비\n- 에이\n---\n",
    '+++\ntags = ["y"]\n+++\n': '+++\ntags = ["y"]\n+++\n',
}
"""The properties of a note before and after another one with `#x`, alias 에이 goes into it."""


@pytest.mark.parametrize("before", HOSTS)
def test_tags_and_aliases_go_along(tmp_path: Path, before: str) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "---\ntags: [x]\nrating: 5\naliases: [에이]\n---\na\n",
        "b.md": f"{before}b\n",
    }
    root = write(tmp_path / "v", files)
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        change = vault.rename.merge("a.md", "b.md")
        vault.edit.apply(change)
        assert (root / "b.md").read_text() == f"{HOSTS[before]}b\n\na\n"
        left = "tags, rating, aliases" if before.startswith("+++") else "rating"
        assert change.remarks == (f"a.md: left out are its properties {left}",)
        vault.edit.undo()
    assert (root / "b.md").read_text() == files["b.md"]


def test_links_to_a_merged_note_say_what_they_said(tmp_path: Path) -> None:
    """Its aliases go along, and links by them stay; a bare name stays as the word in the text."""
    files: dict[str, str | bytes] = {
        ".obsidian/app.json": "{}",
        "food/oats.md": "---\naliases: [porridge]\n---\nOats, [[oats]].\n",
        "breakfast.md": "# breakfast\n\n[[oats]]\n",
        "c.md": (
            '---\nup: "[[oats]]"\n---\n[[Oats]] [[food/oats]] [[porridge]] [[porridge|p]]'
            " [[oats|o]]\n"
            "![[oats]] [x](food/oats.md)\n\n| a |\n|---|\n| [[oats]] |\n"
        ),
        "b.canvas": '{"nodes":[{"id":"1","type":"text","text":"[[oats]]"}],"edges":[]}',
    }
    root, cache = write(tmp_path / "v", files), tmp_path / "cache"
    with Vault.open(root, cache=cache) as vault:
        vault.edit.apply(vault.rename.merge("food/oats.md", "breakfast.md"))
        assert (root / "breakfast.md").read_text() == (
            "---\naliases:\n  - porridge\n---\n"
            "# breakfast\n\n[[breakfast|oats]]\n\nOats, [[breakfast|oats]].\n"
        )
        assert (root / "c.md").read_text() == (
            '---\nup: "[[breakfast]]"\n---\n[[breakfast|Oats]] [[breakfast|oats]] [[porridge]]'
            " [[porridge|p]] [[breakfast|o]]\n"
            "![[breakfast]] [x](breakfast.md)\n\n| a |\n|---|\n| [[breakfast\\|oats]] |\n"
        )
        assert '"[[breakfast|oats]]"' in (root / "b.canvas").read_text()
        for links in references(root, cache).values():
            assert all(link.target == "breakfast.md" for link in links)
        vault.edit.undo()
    assert (root / "c.md").read_text() == files["c.md"]


def test_a_heading_that_would_hide_another_is_refused(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "# Same\n",
        "b.md": "# Same\n",
        "c.md": "[[a#Same]]\n",
    }
    root = write(tmp_path / "v", files)
    with (
        Vault.open(root, cache=tmp_path / "cache") as vault,
        pytest.raises(EditError, match="another heading"),
    ):
        vault.rename.merge("a.md", "b.md")


NOWHERE = (
    "[x](../../out.md) [y](../none.md) [z](z.md#h) ![](../../p.png?raw=true) [h](https://a.b/c)"
)


@pytest.mark.parametrize("operation", ["extract", "merge"])
def test_a_path_that_names_no_note_leads_to_the_same_place(tmp_path: Path, operation: str) -> None:
    """Be it a file out of the vault: a link that was left as it stood could lead into the vault."""
    root = write(tmp_path / "v", {"a/n.md": f"# N\n\n## P\n\n{NOWHERE}\n", "q/r/b.md": "# B\n"})
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        if operation == "extract":
            vault.edit.apply(vault.rename.extract("a/n.md", "P", "q/r/P.md"))
        else:
            vault.edit.apply(vault.rename.merge("a/n.md", "q/r/b.md"))
    assert (
        (root / ("q/r/P.md" if operation == "extract" else "q/r/b.md"))
        .read_text()
        .endswith(
            "\n[x](../../../out.md) [y](../../none.md) [z](../../a/z.md#h)"
            " ![](../../../p.png?raw=true) [h](https://a.b/c)\n"
        )
    )


@pytest.mark.parametrize("name", ["a rather long name of a note", "a"])
def test_a_property_that_names_its_own_note_cuts_nothing_off(tmp_path: Path, name: str) -> None:
    files = {f"{name}.md": f'---\nup: "[[{name}]]"\nk: v\n---\nFirst words\n', "a b c.md": "# I\n"}
    root = write(tmp_path / "v", files)
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        vault.edit.apply(vault.rename.merge(f"{name}.md", "a b c.md"))
    assert (root / "a b c.md").read_text() == "# I\n\nFirst words\n"


OTHERWISE = {
    "a definition of the same name": ("[x][r]\n\n[r]: c.md\n", "[y][r]\n\n[r]: d.md\n"),
    "a definition that is there": ("[r]\n", "[y][r]\n\n[r]: d.md\n"),
    "open code": ("said\n", "```\ncode\n"),
    "an open comment": ("said\n", "<!-- more\n"),
}


@pytest.mark.parametrize(("note", "host"), OTHERWISE.values(), ids=OTHERWISE)
def test_a_note_that_would_be_read_otherwise_is_not_merged(
    tmp_path: Path, note: str, host: str
) -> None:
    root = write(tmp_path / "v", {"a.md": note, "b.md": host, "c.md": "", "d.md": ""})
    with (
        Vault.open(root, cache=tmp_path / "cache") as vault,
        pytest.raises(EditError, match="read otherwise"),
    ):
        vault.edit.apply(vault.rename.merge("a.md", "b.md"))


def test_links_of_a_site_go_into_a_note_of_its_own_dialect(tmp_path: Path) -> None:
    toml = '+++\ntitle = "{0}"\n+++\n{{{{< ref "c.md" >}}}} [x](c.md)\n'
    root = write(tmp_path / "v", {"a.md": toml.format("A"), "b.md": toml.format("B"), "c.md": ""})
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        vault.edit.apply(vault.rename.merge("a.md", "b.md"))
    line = '{{< ref "c.md" >}} [x](c.md)\n'
    assert (root / "b.md").read_text() == f'+++\ntitle = "B"\n+++\n{line}\n{line}'


def test_what_begins_with_a_rule_or_goes_on_in_code_is_merged(tmp_path: Path) -> None:
    files = {"a.md": "\n---\n[[c]]\n---\n", "b.md": "x\n\n    code\n", "c.md": "    code [[c]]\n"}
    root = write(tmp_path / "v", files)
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        vault.edit.apply(vault.rename.merge("c.md", "b.md"))
        vault.edit.apply(vault.rename.merge("a.md", "b.md"))
    assert (root / "b.md").read_text() == ("x\n\n    code\n\n    code [[c]]\n\n---\n[[b|c]]\n---\n")


def test_a_note_is_merged_into_one_of_nothing_but_properties(tmp_path: Path) -> None:
    """A page of a site may be so, and end without a line end; an open block stays one."""
    files: dict[str, str | bytes] = {
        "a.md": "text\n---\n",
        "b.md": "---\nx: 1\n---",
        "c.md": "---\nx: 1",
    }
    root = write(tmp_path / "v", files)
    environ = {"DOTS_DATA": str(tmp_path / "data")}
    with Vault.open(root, cache=tmp_path / "cache", environ=environ) as vault:
        with pytest.raises(EditError, match="otherwise"):
            vault.edit.apply(vault.rename.merge("a.md", "c.md"))
        vault.edit.apply(vault.rename.merge("a.md", "b.md"))
    assert (root / "b.md").read_text() == "---\nx: 1\n---\n\ntext\n---\n"


@pytest.mark.parametrize(
    ("front", "begins"),
    [
        ("+++\ntitle = 'A'\n+++\n", '+++\ntitle = "절: 하나"\n+++\n\n# 절: 하나\n'),
        (
            "---\nlayout: wiki\ntitle: A\n---\n{{< x >}}\n",
            '---\nlayout: wiki\ntitle: "절: 하나"\n---\n\n# 절: 하나\n',
        ),
        ("---\ntitle: A\n---\n", "# 절: 하나\n"),
        ("{{< x >}}\n", "# 절: 하나\n"),
    ],
)
def test_a_page_of_a_site_begins_with_its_properties(
    tmp_path: Path, front: str, begins: str
) -> None:
    """A generator passes over a file without; a note needs none."""
    root = write(tmp_path / "v", {"a.md": f"{front}\n## 절: 하나\n\ntext\n"})
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        vault.edit.apply(vault.rename.extract("a.md", "절: 하나", "b.md"))
        assert vault.notes["b"].title == "절: 하나"
    assert (root / "b.md").read_text() == f"{begins}\ntext\n"


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("# N\n\n[x](b.md) [y](b.md)\n\n## $a $b\n\nx\n", "[\\$a \\$b](%24a%20%24b.md)"),
        ("# N\n\n## a$b\n\nx\n", "[[a$b]]"),
    ],
)
def test_a_link_with_dollar_signs_is_no_math(tmp_path: Path, note: str, left: str) -> None:
    root = write(tmp_path / "v", {".obsidian/app.json": "{}", "n.md": note, "b.md": "# B\n"})
    heading = note.partition("## ")[2].partition("\n")[0]
    with Vault.open(root, cache=tmp_path / "cache", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        vault.edit.apply(vault.rename.extract("n.md", heading, f"{heading}.md"))
        assert left in vault.notes.text("n.md")
        assert [link.target for link in vault.links.of("n.md")][-1] == f"{heading}.md"


def test_a_link_that_would_not_be_read_is_refused(tmp_path: Path) -> None:
    """What was chosen stands in code."""
    note = "# N\n\n```\nsome code\n```\n"
    root = write(tmp_path / "v", {".obsidian/app.json": "{}", "n.md": note})
    at = note.index("some")
    with (
        Vault.open(root, cache=tmp_path / "cache", environ={"DOTS_DATA": str(tmp_path)}) as vault,
        pytest.raises(EditError, match="read otherwise") as told,
    ):
        vault.rename.extract_text("n.md", Span(at, at + 9), "a.md")
    assert told.value.place == "n.md:4"


def test_an_underlined_heading_keeps_its_first_letter(tmp_path: Path) -> None:
    """And one in a quote its mark."""
    note = "# N\n\nTitle\n---\n\nx\n\n> ### In\n\ny\n"
    root = write(tmp_path / "v", {".obsidian/app.json": "{}", "n.md": note})
    with Vault.open(root, cache=tmp_path / "cache", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        vault.edit.apply(vault.rename.extract("n.md", "Title", "t.md"))
    assert (root / "t.md").read_text() == "Title\n---\n\nx\n\n> ### In\n\ny\n"
