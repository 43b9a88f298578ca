"""`dots check --fix`: what it mends by itself, and what it asks for."""

from __future__ import annotations

from pathlib import Path

from tests.connect.vaults import vault_of
from tests.disk import dots, one_line, write
from vaultdots.vault import Vault

LONG = "a body that no other note has, long enough to be told by\n"


def mended(vault: Vault, path: str, *, near: bool = False) -> str:
    """What the note says with its fixes made; they are taken back."""
    fixes = [fix for fix in vault.links.fixes() if fix.path == path and (fix.sure or near)]
    if not fixes:
        return vault.notes.text(path)
    prepared, left = vault.links.mended(fixes)
    assert not left
    vault.edit.apply(prepared)
    text = vault.notes.text(path)
    vault.edit.undo()
    return text


def test_old_spellings_of_properties(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "---\ntag: x\nAlias : [y]\ncssclass: z\n---\n",
        "both.md": "---\ntag: x\ntags: [y]\n---\n",
        "toml.md": "+++\ntag = 'x'\n+++\n",
    }
    with vault_of(tmp_path, files) as vault:
        assert mended(vault, "a.md") == "---\ntags: x\naliases : [y]\ncssclasses: z\n---\n"
        assert mended(vault, "both.md") == files["both.md"]
        assert mended(vault, "toml.md") == "+++\ntags = 'x'\n+++\n"


def test_a_block_id_that_stands_twice(tmp_path: Path) -> None:
    """Links to it mean the first one, and do so afterwards."""
    text = "one ^id\n\ntwo ^ID\n\nthree ^id-2\n\n- four ^id\n\n[[#^id]]\n"
    with vault_of(tmp_path, {"a.md": text}) as vault:
        assert mended(vault, "a.md") == (
            "one ^id\n\ntwo ^ID-3\n\nthree ^id-2\n\n- four ^id-4\n\n[[#^id]]\n"
        )


def test_links_to_a_file_that_another_program_moved(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "[[Old name#H|x]] ![](sub/Other%20one.md) [[sub/Other one]] [[Twin]] [[None]]\n",
        "Old name.md": LONG,
        "sub/Other one.md": f"{LONG}{LONG}",
        "Twin.md": "the same\n",
        "Twin 2.md": "the same\n",
    }
    with vault_of(tmp_path, files) as vault:
        root = tmp_path / "vault"
        (root / "Old name.md").rename(root / "sub/New.md")
        (root / "sub/Other one.md").rename(root / "b.md")
        (root / "Twin.md").rename(root / "c.md")
        (root / "Twin 2.md").rename(root / "d.md")
        vault.sync()
        (root / "b.md").rename(root / "e.md")
        vault.sync()
        want = "[[New#H|x]] ![](e.md) [[e]] [[Twin]] [[None]]\n"
        assert mended(vault, "a.md") == want
        (root / "sub/New.md").rename(root / "Old name.md")
        vault.sync()
        assert mended(vault, "a.md") == want.replace("New#", "Old name#")
        assert vault.catalog.moved_files().keys() == {"b.md", "sub/New.md", "sub/Other one.md"}


def test_links_with_one_near_match(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "[[Destributed lock|x]] [y](sub/Distribted%20lock.md#Firts) [[2024-01-02]]\n"
        "[[Distributed lock#Firts]] [[Distributed lock#Frist#Sub]] [[reids]] ![[pictrue.png]]\n",
        "sub/Distributed lock.md": "# First\n\n## Sub\n",
        "2024-01-03.md": "",
        "redis.md": "",
        "rediss.md": "",
        "img/picture.png": b"png",
    }
    with vault_of(tmp_path, files) as vault:
        assert mended(vault, "a.md") == files["a.md"]
        assert mended(vault, "a.md", near=True) == (
            "[[Distributed lock|x]] [y](sub/Distributed%20lock.md#Firts) [[2024-01-02]]\n"
            "[[Distributed lock#First]] [[Distributed lock#Frist#Sub]] [[redis]]"
            " ![[picture.png]]\n"
        )


def test_the_command_asks_and_can_be_taken_back(tmp_path: Path) -> None:
    text = "---\ntag: x\n---\n[[Destributed lock]]\n"
    root = write(tmp_path / "v", {"a.md": text, "Distributed lock.md": ""})
    cache = tmp_path / "cache"
    ran = dots(root, cache, "check", "--fix")
    assert (ran.returncode, "--yes writes" in ran.stderr.splitlines()[-1]) == (2, True)
    assert "--fix" in one_line(dots(root, cache, "check", "--yes"))
    ran = dots(root, cache, "check", "--fix", "--dry-run")
    assert (ran.returncode, "+tags: x" in ran.stdout) == (0, True)
    assert (root / "a.md").read_text() == text
    ran = dots(root, cache, "check", "--fix", "--yes")
    assert "a.md:4  [[Destributed lock]] -> [[Distributed lock]]" in ran.stderr
    assert (root / "a.md").read_text() == text.replace("tag:", "tags:")
    assert dots(root, cache, "undo").returncode == 0
    ran = dots(root, cache, "check", "--fix", "--near", "--yes", "--code", "unresolved-note")
    assert (root / "a.md").read_text() == text.replace("Des", "Dis")
    ran = dots(root, cache, "check", "--fix", "--code", "duplicate-block", "--json")
    assert (ran.returncode, ran.stdout) == (0, "[]\n")


def test_what_cannot_be_mended_stands_in_no_others_way(tmp_path: Path) -> None:
    root = write(
        tmp_path / "vault",
        {
            "good.md": "---\ntag: q\n---\n",
            "bad.md": b"---\ntag: x\n---\nabc \xff\xfe\n",
            "twice.md": "---\ntag: q\nTag: r\n---\n",
        },
    )
    ran = dots(root, tmp_path / "cache", "check", "--fix", "--yes")
    assert ran.returncode == 0 and "bad.md: the file holds bytes" in ran.stderr
    assert (root / "good.md").read_text() == "---\ntags: q\n---\n"
    assert (root / "bad.md").read_bytes() == b"---\ntag: x\n---\nabc \xff\xfe\n"


def test_a_block_id_on_a_line_of_its_own(tmp_path: Path) -> None:
    text = "p ^x\n\n| t |\n|--|\n| c |\n\n^x\n"
    with vault_of(tmp_path, {"a.md": text}) as vault:
        assert mended(vault, "a.md") == text.replace("\n^x\n", "\n^x-2\n")


def test_what_we_moved_ourselves_is_no_moved_file(tmp_path: Path) -> None:
    with vault_of(tmp_path, {"Ideas.md": LONG, "d/n.md": f"{LONG}2"}) as vault:
        vault.edit.apply(vault.rename.move([("Ideas.md", "Ideas 2023.md")]))
        vault.edit.apply(vault.rename.move([("d", "e")]))
        assert vault.catalog.moved_files() == {}


def test_bytes_that_a_third_file_has_tell_nothing(tmp_path: Path) -> None:
    days = {f"2024-01-0{day}.md": "## Tasks\n- [ ] \n" for day in (1, 2, 3)}
    with vault_of(tmp_path, {**days, "l.md": "[[2024-01-02]]\n"}) as vault:
        root = tmp_path / "vault"
        (root / "2024-01-02.md").unlink()
        (root / "2024-01-04.md").write_text("## Tasks\n- [ ] \n")
        vault.sync()
        assert mended(vault, "l.md") == "[[2024-01-02]]\n"


def test_a_near_heading_with_signs_is_written_as_a_link_can_hold_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "## A|B section long\n## C# basics of it\n",
        "b.md": "[[a#A B section lon]]\n",
    }
    with vault_of(tmp_path, files) as vault:
        assert mended(vault, "b.md", near=True) == "[[a#A B section long]]\n"
        vault.edit.redo()
        assert not vault.links.check()
