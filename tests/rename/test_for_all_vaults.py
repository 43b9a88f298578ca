"""For every vault: a move keeps what links mean; moving back and undo give the old bytes."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.disk import write
from tests.rename.reading import Reference, references
from tests.rename.vaults import moved_path
from tests.strategies import FOLDERS, NAMES, vault_files
from vaultdots.errors import EditError
from vaultdots.vault import Vault

FREE = tuple(f"{folder}{name}" for folder in FOLDERS for name in ("Fresh", "회고 2", *NAMES[:4]))


def texts_of(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def meaning(
    found: dict[str, list[Reference]], moves: tuple[tuple[str, str], ...]
) -> dict[str, list[tuple[str | None, bool | None]]]:
    """What the links of each file mean, by the paths after the moves; unresolved ones left out, for
    a note may come to have the name that they ask for."""

    def there(path: str) -> str:
        return normalize("NFC", moved_path(path, moves))

    return {
        there(path): [(link.target and there(link.target), link.found) for link in links]
        for path, links in found.items()
    }


def check_moves(files: dict[str, str], old: str, new: str) -> bool:
    """Whether the move could be made; asserts what must hold where it was."""
    folder = Path(tempfile.mkdtemp())
    try:
        root, cache, data = write(folder / "vault", files), folder / "cache", folder / "data"
        (root / ".obsidian").mkdir()
        environ = {"DOTS_DATA": str(data)}
        before = texts_of(root)
        meant = references(root, cache)
        with Vault.open(root, cache=cache, environ=environ) as vault:
            try:
                change = vault.rename.move([(old, new)])
                vault.edit.apply(change)
            except EditError:
                assert texts_of(root) == before
                return False
        after = references(root, cache)
        wanted, found = meaning(meant, ((old, new),)), meaning(after, ())
        assert wanted.keys() == found.keys()
        for path, links in wanted.items():
            assert len(links) == len(found[path]), path
            for want, now, link in zip(links, found[path], after[path], strict=True):
                # What a link cannot be written as without becoming another is told.
                stays = any(f" {link.raw} would become" in told for told in change.remarks)
                assert want == now or want[0] is None or stays, (path, want, now)
        moved = texts_of(root)
        with Vault.open(root, cache=cache, environ=environ) as vault:
            vault.edit.apply(vault.rename.move([(new, old)]))
        # A link that named no note and means the moved one now, which is told, follows it.
        assert change.remarks or texts_of(root) == before
        with Vault.open(root, cache=cache, environ=environ) as vault:
            vault.edit.undo()
            assert texts_of(root) == moved
            vault.edit.undo()
        assert texts_of(root) == before
        return True
    finally:
        shutil.rmtree(folder)


@st.composite
def moves(draw: st.DrawFn) -> tuple[dict[str, str], str, str]:
    """A vault, a note of it and where it goes."""
    files = draw(vault_files())
    # Most notes name another note of the vault by its path or name.
    names = sorted(files) or ["a.md"]
    for path in names:
        links = draw(st.lists(st.sampled_from(names), max_size=3))
        text = files.get(path, "")
        for other in links:
            bare = other.removesuffix(".md")
            name = bare.rpartition("/")[2]
            text += draw(
                st.sampled_from(
                    (
                        f"\n\n[[{bare}]]",
                        f"\n\n[[{name}|x]]",
                        f"\n\n![[/{bare}#One]]",
                        f"\n\n[x](</{other}>)",
                        f"\n\n| a |\n|---|\n| [[{name}\\|c]] |\n",
                        f"\n\n# On [[{name}]]\n",
                        f"\n\n## See [[{bare}]] ##\n",
                        f"\n\n> ## See [[{bare}]]\n\n- # On [[{name}]]\n",
                        f"\n\nOn\n[[{name}]]\n===\n",
                        f"\n\n[[On {name}]] [[#On {name}]] [y](<#See {name}>)\n",
                        f"\n\n[[{name}#On {name}]] [[{bare}#See {bare}]]\n",
                    )
                )
            )
        files[path] = text
    old = draw(st.sampled_from(names))
    folders = sorted({path.rpartition("/")[0] for path in names} - {""})
    if draw(st.booleans()) and folders:
        return files, draw(st.sampled_from(folders)), draw(st.sampled_from(("z", "b/q/r")))
    return files, old, draw(st.sampled_from(FREE)) + ".md"


def test_a_folder_does_not_become_the_note_of_its_name() -> None:
    files = {"Harbor.md": "\n", "회고/a.md": "[x](./) [y](.) [z](../회고/..)\n"}
    assert check_moves(files, "Harbor.md", "회고.md")


def test_a_title_that_is_a_link_comes_back() -> None:
    """The link in it means its own note by that title, until another note takes the name."""
    files = {
        "C++ & C.md": "\n",
        "Log.md": "---\ntitle: [[Harbor]]\n---\n\n",
        "a.md": "[[Harbor]]\n",
    }
    assert check_moves(files, "C++ & C.md", "Harbor.md")


def test_a_property_that_stands_twice_follows_where_it_counts() -> None:
    files = {"Log.md": '---\ntags: 2023\ntitle: "[[Harbor]]"\ntags: "[[Harbor]]"\n---\n\n'}
    assert check_moves(files, "Log.md", "Harbor.md")


def test_a_link_that_was_lengthened_for_the_new_name_comes_back() -> None:
    """`[[Z]]` means another note by its alias, and that by its path while `Z.md` is there."""
    files = {"a.md": "x\n", "k.md": "---\naliases: [Z]\n---\n", "L.md": "[[Z]] [[Z|z]]\n"}
    assert check_moves(files, "a.md", "Z.md")


def test_a_link_to_an_own_heading_comes_back_as_it_was_spelled() -> None:
    """The heading reads `On harbor`, the link says `On Harbor`."""
    note = "[[On Harbor]] [[#On Harbor]] [y](<#on harbor>)\n\n# On [[harbor]]\n"
    assert check_moves({"Harbor.md": "\n", "a/harbor.md": note}, "Harbor.md", "Fresh.md")


def test_a_link_to_a_folder_follows_it(tmp_path: Path) -> None:
    """Each names the folder, with or without a slash, from the root or from its note."""
    links = "[x](docs) [x](/docs) [x](docs/) [x](./docs) [x](docs/in)\n"
    files = {"docs/in/a.md": "[x](../../docs) [x](..) [x](../in)\n", "m.md": links}
    root = write(tmp_path / "v", files)
    with Vault.open(root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        vault.edit.apply(vault.rename.move([("docs", "b/texts")]))
        assert (root / "m.md").read_text() == links.replace("docs", "b/texts")
        assert (root / "b/texts/in/a.md").read_text() == "[x](..) [x](..) [x](../in)\n"
        vault.edit.apply(vault.rename.move([("b/texts", "docs")]))
    assert {path: (root / path).read_text() for path in files} == files


def test_links_follow_a_heading_in_which_a_link_is_written_anew() -> None:
    files = {
        "a.md": "x\n",
        "Log.md": "# See [[a]]\n\n## And [[a]] ##\n\n[[#And a]]\n",
        "c.md": "[[See a]] [[Log#See a#and a]] [x](Log.md#and-a) ![[Log#^b]]\n",
    }
    assert check_moves(files, "a.md", "z.md")


@pytest.mark.parametrize(
    "heading",
    [
        "> ## See [[a]]",
        "- ## See [[a]]",
        "1. > ## See [[a]]",
        "See [[a]]\nand more\n---",
        "[[a]]\n==",
    ],
)
def test_links_follow_headings_of_every_form(heading: str) -> None:
    called = " ".join(heading.replace("[", "").replace("]", "").split("\n")[:-1])
    called = called or heading.rpartition("# ")[2].replace("[", "").replace("]", "")
    files = {"a.md": "x\n", "Plan.md": f"x\n\n{heading}\n", "c.md": f"[[Plan#{called}]]\n"}
    assert check_moves(files, "a.md", "z.md")


def test_a_title_that_is_moved_to_and_its_headings_are_followed_together(tmp_path: Path) -> None:
    note, links = "# a\n\n## On [[a]]\n", "[[a#a#On a]] [[a#On a]] [[a#a]] [x](a.md#on-a)\n"
    root = write(tmp_path / "v", {"a.md": note, "c.md": links})
    with Vault.open(root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        vault.edit.apply(vault.rename.move([("a.md", "z.md")], title=True))
        assert (root / "z.md").read_text() == "# z\n\n## On [[z]]\n"
        assert (root / "c.md").read_text() == links.replace("a", "z")
        # Moved back under the title that it has: what is not there is not given back.
        vault.edit.apply(vault.rename.move([("z.md", "a.md")]))
        assert (root / "c.md").read_text() == "[[a#z#On a]] [[a#On a]] [[a#z]] [x](a.md#on-a)\n"


def test_a_heading_is_given_back_no_link_to_what_is_not_there(tmp_path: Path) -> None:
    files = {"a.md": "# a\n", "b.md": "## See [[a#a]]\n", "c.md": "[[b#See a > a]]\n"}
    root = write(tmp_path / "v", files)
    with Vault.open(root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        vault.edit.apply(vault.rename.move([("a.md", "z.md")], title=True))
        vault.edit.apply(vault.rename.move([("z.md", "a.md")]))
    assert (root / "b.md").read_text() == "## See [[a#z]]\n"
    assert (root / "c.md").read_text() == "[[b#See a > z]]\n"


def test_a_title_with_a_link_in_it_becomes_the_new_name(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"a.md": "# On [[a]]\n\n[[#On a]]\n", "c.md": "[[a#On a]]\n"})
    with Vault.open(root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        vault.edit.apply(vault.rename.move([("a.md", "z.md")], title=True))
    assert (root / "z.md").read_text() == "# z\n\n[[#z]]\n"
    assert (root / "c.md").read_text() == "[[z#z]]\n"


def test_links_to_headings_in_headings_are_followed_to_the_end() -> None:
    files = {
        "a.md": "# On [[a]]\n",
        "b.md": "## See [[a#On a]]\n",
        "c.md": "### And [[b#See a > On a]]\n\n[[#And b > See a > On a]]\n",
    }
    assert check_moves(files, "a.md", "z.md")


def test_a_chain_of_titles_is_followed_to_its_end() -> None:
    called = [" ".join(f"T{n}" for n in range(last, 0, -1)) for last in range(9)]
    titles = {f"n{n}.md": f"# T{n} [[{called[n - 1]} Old]]\n" for n in range(2, 9)}
    files = {"Old.md": "x\n", "n1.md": "# T1 [[Old]]\n", **titles}
    assert check_moves(files, "Old.md", "New.md")


def test_titles_that_change_each_other_without_end_are_told(tmp_path: Path) -> None:
    files = {
        "x/Old.md": '---\naliases: ["[[Old]]"]\n---\n',
        "Old.md": "# [[T Old]]\n",
        "b.md": "# T [[Old]]\n",
    }
    root = write(tmp_path / "v", files)
    with (
        Vault.open(root, cache=tmp_path / "cache") as vault,
        pytest.raises(EditError, match=r"change each other without end") as told,
    ):
        vault.rename.move([("b.md", "New.md")])
    assert (told.value.place, told.value.hint[:8]) == ("Old.md", "take the")


@pytest.mark.parametrize("front", ["", "```\n```\n"])
def test_a_wikilink_for_an_address_does_not_become_one(front: str) -> None:
    """`[x]([[a b]])` is no Markdown link, and `[x]([[a]])` is one: it stays as it is."""
    files = {"n.md": f"{front}[]([[2023년 회고|]])", "_posts/2023년 회고.md": "\n"}
    assert check_moves(files, "_posts/2023년 회고.md", "a/b/Log.md")


def test_a_link_that_would_become_an_address_stays_and_is_told(tmp_path: Path) -> None:
    files = {"a b.md": "x\n", "m.md": "\n[x]([[a b]])\nhttps://x.y/[[a b]] [[a b]]\n"}
    root = write(tmp_path / "v", files)
    with Vault.open(root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        change = vault.rename.move([("a b.md", "z.md")])
        vault.edit.apply(change)
    told = "m.md:2: [[a b]] would become an address and stays: put a space before it"
    assert told in change.remarks
    assert "[x]([[a b]])\n" in (root / "m.md").read_text()
    assert (root / "m.md").read_text().endswith(" [[z]]\n")


def test_a_path_out_of_the_vault_does_not_come_to_mean_a_note() -> None:
    files = {"harbor.md": "[c](../공부/백엔드/Harbor) [[Harbor]]\n", "b.md": "x\n"}
    assert check_moves(files, "harbor.md", "공부/백엔드/harbor.md")


@given(moves())
@settings(max_examples=6)
def test_a_move_keeps_what_links_mean(case: tuple[dict[str, str], str, str]) -> None:
    check_moves(*case)


LONG = int(os.environ.get("DOTS_RENAMES") or 300)
"""Random vaults of the long run; `make renames` takes 2,000."""


@pytest.mark.slow
@pytest.mark.timeout(3000)
@given(moves())
@settings(max_examples=LONG, suppress_health_check=list(HealthCheck))
def test_a_move_keeps_what_links_mean_at_length(case: tuple[dict[str, str], str, str]) -> None:
    check_moves(*case)
