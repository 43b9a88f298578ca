"""Small vaults that prove which note a name means, through the front door.

`tests/vaults/NAME/` is a vault, `NAME.toml` beside it what a person expects of it, written by hand
from the rules of links:

    links      every link of the vault: `source:line kind raw -> target via how`, then
               `, subpath found` or `, subpath missing`, then `, ambiguous`; `-> nothing` when it
               is unresolved; `via` is left out where the rules name none
    backlinks  for some notes, `source:line` of each link to them, in order
    check      every problem: `path:line code`; left out where the vault is not about problems
    excluded   files that the vault knows and leaves out

Decomposed names and names that differ only in case would not survive git or a Mac's disk: those
two vaults are made when the test runs.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from vaultdots.vault import Vault

FOLDER = Path(__file__).parents[1] / "vaults"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
_LINKING = {".md", ".markdown", ".canvas", ".base"}


def open_vault(tmp_path: Path, name: str) -> tuple[Vault, dict[str, Any]]:
    """A copy of the vault, so that nothing can write into the fixtures, and its expectations."""
    expected = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    vault = tmp_path / "vault"
    shutil.copytree(FOLDER / name, vault)
    return Vault.open(vault, cache=tmp_path / "cache"), expected


def sources(root: Path, excluded: list[str]) -> list[str]:
    """Every file that can hold links, by its path, the ones left out aside."""
    paths = (path.relative_to(root) for path in root.rglob("*") if path.suffix in _LINKING)
    return sorted(
        path.as_posix()
        for path in paths
        if not any(part.startswith(".") or part == "node_modules" for part in path.parts)
        and path.as_posix() not in excluded
    )


def told(link: Any, *, via: bool) -> str:
    """A link as the expectations write it."""
    line = f"{link.source}:{link.line} {link.kind} {link.raw} -> {link.target or 'nothing'}"
    if link.target is not None:
        line += f" via {link.via}" if via else ""
        if link.subpath and link.target.endswith((".md", ".markdown")):
            line += ", subpath found" if link.subpath_found else ", subpath missing"
    return line + (", ambiguous" if link.status == "ambiguous" else "")


def place(line: str) -> tuple[str, int]:
    """What sorts an expected line: its path and its line."""
    path, _, rest = line.split(" ")[0].rpartition(":")
    return path, int(rest)


def assert_links(vault: Vault, root: Path, expected: dict[str, Any]) -> None:
    names_via = {place(line): " via " in line for line in expected["links"]}
    found = []
    for source in sources(root, expected.get("excluded", [])):
        for link in vault.links.of(source):
            assert link.source == source
            assert (link.status == "unresolved") == (link.target is None)
            found.append(told(link, via=names_via.get((source, link.line), True)))
    assert sorted(found, key=place) == sorted(expected["links"], key=place)


@pytest.mark.parametrize("name", NAMES)
def test_every_link_means_what_the_rules_say(tmp_path: Path, name: str) -> None:
    vault, expected = open_vault(tmp_path, name)
    assert_links(vault, tmp_path / "vault", expected)


@pytest.mark.parametrize("name", NAMES)
def test_backlinks_are_the_links_seen_from_the_other_end(tmp_path: Path, name: str) -> None:
    vault, expected = open_vault(tmp_path, name)
    found = {
        target: [f"{link.source}:{link.line}" for link in vault.links.to(target)]
        for target in expected.get("backlinks", {})
    }
    assert found == expected.get("backlinks", {})


@pytest.mark.parametrize("name", NAMES)
def test_check_tells_every_problem_and_no_other(tmp_path: Path, name: str) -> None:
    vault, expected = open_vault(tmp_path, name)
    if "check" not in expected:
        pytest.skip("this vault's expectations are not about problems")
    found = [f"{problem.path}:{problem.line} {problem.code}" for problem in vault.links.check()]
    assert sorted(found) == sorted(expected["check"])


def test_an_alias_link_is_no_more_than_information(tmp_path: Path) -> None:
    vault, _ = open_vault(tmp_path, "aliases")
    severities = {p.severity for p in vault.links.check() if p.code == "alias-link"}
    assert severities == {"info"}


def test_a_decomposed_file_name_is_the_same_name(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    (root / normalize("NFD", "회고")).mkdir(parents=True)
    (root / normalize("NFD", "회고") / normalize("NFD", "한 해.md")).write_text("x\n", "utf-8")
    decomposed = normalize("NFD", "한 해")
    (root / "from.md").write_text(
        f"[[한 해]]\n[[{decomposed}]]\n[x](회고/한%20해.md)\n[[회고/한 해]]\n", encoding="utf-8"
    )
    vault = Vault.open(root, cache=tmp_path / "cache")
    assert [told(link, via=True) for link in vault.links.of("from.md")] == [
        "from.md:1 wikilink [[한 해]] -> 회고/한 해.md via name",
        f"from.md:2 wikilink [[{decomposed}]] -> 회고/한 해.md via name",
        "from.md:3 markdown [x](회고/한%20해.md) -> 회고/한 해.md via path",
        "from.md:4 wikilink [[회고/한 해]] -> 회고/한 해.md via path",
    ]
    assert [link.line for link in vault.links.to("회고/한 해.md")] == [1, 2, 3, 4]
    assert vault.links.check() == []


def test_of_two_names_that_differ_in_case_the_same_case_is_meant(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "Log.md").write_text("x\n", encoding="utf-8")
    if (root / "log.md").exists():
        pytest.skip("this disk does not tell Log.md from log.md")
    (root / "log.md").write_text("x\n", encoding="utf-8")
    (root / "from.md").write_text("[[log]]\n[[Log]]\n[x](log.md)\n", encoding="utf-8")
    vault = Vault.open(root, cache=tmp_path / "cache")
    assert [(link.target, link.status) for link in vault.links.of("from.md")] == [
        ("log.md", "resolved"),
        ("Log.md", "resolved"),
        ("log.md", "resolved"),
    ]
