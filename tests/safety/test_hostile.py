"""Nothing lost: whatever lies in a vault, each file is a note, a target or a told skip."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.disk import dots, index, settle, write
from tests.safety import hostile
from tests.safety.tracing import needs_strace, traced
from vaultdots.vault import Vault


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = hostile.make(tmp_path_factory.mktemp("hostile") / "v")
    settle(root)
    return root


@pytest.fixture(scope="module")
def vault(root: Path) -> Vault:
    return Vault.open(root, cache=root.parent / "cache")


@pytest.mark.slow
def test_the_index_ends_well_and_every_file_is_accounted_for(root: Path) -> None:
    report = index(root, root.parent / "cache")
    skipped = sorted(skip["path"] for skip in report["skipped"])
    assert len(skipped) == 11
    seen = hostile.every_name(root)
    assert report["notes"] + report["attachments"] + len(skipped) == len(seen)


def test_every_name_is_there_once(root: Path, vault: Vault) -> None:
    known = [row.path for row in vault.notes.rows()]
    known += [skip.path for skip in vault.catalog.skipped()]
    known += [path for path in vault.catalog.fingerprints() if not path.endswith(".md")]
    assert sorted(known) == hostile.every_name(root)


def test_each_skip_has_its_reason(vault: Vault) -> None:
    reasons = {skip.path: skip.reason for skip in vault.catalog.skipped()}
    assert {path: reason.split("(")[0].strip() for path, reason in reasons.items()} == {
        "again.md": "a symlink to good.md, which is read under that name",
        "huge.md": "it is larger than 64 MB",
        "loop": "a symlink to ., which is read under that name",
        "nowhere.md": "a symlink that leads nowhere",
        "out.md": "a symlink that leads out of the vault",
        "pipe.md": "it is not a file but a pipe",
        "self.md": "a symlink that leads nowhere",
        "socket.md": "it is not a file but a socket",
        "\\udcff\\udcfe.md": "its name is not UTF-8",
        "\\udcb0\\udca1.md": "its name is not UTF-8",
        "한글.md": "another file has the same name in another Unicode form",
    }


def test_each_problem_is_told_with_its_line(vault: Vault) -> None:
    told: dict[str, list[tuple[str, int]]] = {}
    for problem in vault.links.check():
        told.setdefault(problem.path, []).append((problem.code, problem.line))
    for name, (_, line) in hostile.BAD_PROPERTIES.items():
        expected = [("bad-frontmatter", line)] if line else []
        path = f"yaml/{name}.md"
        assert [one for one in told.get(path, []) if one[0] == "bad-frontmatter"] == expected, path
    for name in hostile.BAD_TOML:
        if name != "toml-hex":
            assert told[f"yaml/{name}.md"] == [("bad-frontmatter", 2)]
    assert told["yaml/unclosed.md"] == [("bad-frontmatter", 1)]
    assert told["bytes/cp949.md"] == [("bad-encoding", 1)]
    assert told["bytes/utf16.md"] == told["bytes/utf16be.md"] == [("bad-encoding", 1)]
    assert told["bytes/invalid.md"] == [("bad-encoding", 3)]
    assert told["bytes/nul.md"] == [("bad-encoding", 2)]
    assert told["boards/broken.canvas"] == [("bad-canvas", 1)]
    assert told["boards/deep.canvas"] == [("bad-canvas", 1)]
    assert told["boards/list.canvas"] == [("bad-canvas", 1)]
    for skip in vault.catalog.skipped():
        assert ("not-read", 1) in told[skip.path]
    assert not {"good.md", "target.md", "bytes/bom.md", "bytes/crlf.md"} & told.keys()


def test_links_and_tags_survive_whatever_stands_before_them(root: Path, vault: Vault) -> None:
    alive = {
        path.relative_to(root).as_posix()
        for folder in ("yaml", "bytes")
        for path in (root / folder).iterdir()
        if b"alive" in path.read_bytes().replace(b"\0", b"")
    }
    assert len(alive) > 25
    assert alive <= {link.source for link in vault.links.to("target")}
    tags = {path for key, _, path in vault.catalog.tags() if key == "alive"}
    assert alive <= tags


def test_brackets_take_nothing_from_the_next_line(vault: Vault) -> None:
    sources = {link.source for link in vault.links.to("target")}
    lost = {
        row.path
        for row in vault.notes.rows()
        if row.path.startswith("brackets/") and row.path not in sources
    }
    # A link may open in what 10,000 openers leave open: `[[` over a line's end, code, comments.
    assert {vault.notes.text(path)[2:6] for path in lost} <= {
        "````",
        "~~~~",
        "%%%%",
        "$$$$",
        "<<<<",
        "[[[[",
    }


@pytest.mark.slow
def test_every_command_answers_or_says_one_line(root: Path) -> None:
    for arguments in (
        ("search", "회고", "--json"),
        ("backlinks", "target", "--json"),
        ("links", "long/bang.md", "--json"),
        ("tags", "--json"),
        ("check", "--json"),
        ("reviews", "--json"),
        ("graph", "--format", "json"),
        ("graph", "--format", "graphml"),
        ("graph", "--format", "html"),
    ):
        ran = dots(root, root.parent / "cache", *arguments)
        assert ran.returncode in (0, 1), (arguments, ran.stderr)
        assert "Traceback" not in ran.stderr
        if "--json" in arguments:
            json.loads(ran.stdout)


@needs_strace
def test_a_note_that_cannot_be_opened_is_told_and_the_rest_lives(tmp_path: Path) -> None:
    """As root no mode forbids reading: the kernel is made to refuse this one file."""
    root = write(tmp_path / "v", {"a.md": "[[b]]", "b.md": "", "shut.md": "x"})
    settle(root)
    cache, log = tmp_path / "cache", tmp_path / "log"
    shut = str(root / "shut.md")
    options = ["-P", shut, "-e", "trace=openat", "-e", "inject=openat:error=EACCES"]
    ran = traced(root, cache, "index", "--json", options=options, log=log)
    assert (ran.returncode, ran.stderr) == (0, "")
    report = json.loads(ran.stdout)
    assert report["skipped"] == [
        {"path": "shut.md", "reason": "it cannot be read (Permission denied)"}
    ]
    assert report["notes"] == 2
    assert index(root, cache)["notes"] == 3
