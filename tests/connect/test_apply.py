"""Writing accepted connections: nothing but the links changes, and everything can be taken back."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.connect.vaults import reopened, vault_of
from vaultdots.edit.model import Edit
from vaultdots.edit.splice import splice
from vaultdots.errors import EditError, VaultError
from vaultdots.graph.links import Resolver
from vaultdots.graph.new_link import is_in_table, style_of, write_link
from vaultdots.retrospective.model import Connection
from vaultdots.store.journal import FileChange
from vaultdots.store.operations import Operations
from vaultdots.text.spans import Span
from vaultdots.vault import Vault

TARGETS: dict[str, str | bytes] = {
    "Redis.md": "---\naliases: [레디스]\n---\n# Redis\n",
    "a/Kafka.md": "# Kafka\n",
    "b/배치.md": "# 배치\n",
    "c/배치.md": "# 배치\n",
    "C#.md": "# C#\n",
    "쿠버네티스 인 액션.md": "# 쿠버네티스 인 액션\n",
}
PIECES = [
    "Redis를 배웠다.", "레디스와 Kafka", "배치가 돌았다", "쿠버네티스 인 액션을 읽었다", "C# 언어",
    "`Redis`", "[[Redis]]", "| Redis | 배치 |", "|---|---|", "| Kafka | x |", "", "", "# 제목",
    "## Redis", "- Kafka", "```", "%%", "$", "> Redis", "글\u2028글", "[^1]: Redis", "<div>",
    "## 연결", "- [[a/Kafka]]",
]  # fmt: skip
ENCODINGS = {"utf-8": b"", "utf-8-sig": b"\xef\xbb\xbf", "cp949": b"", "utf-16": b"\xff\xfe"}


def encoded(text: str, encoding: str) -> bytes:
    codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    return ENCODINGS[encoding] + text.encode(codec, "replace" if codec == "cp949" else "strict")


def accept(vault: Vault, chosen: list[bool]) -> list[Connection]:
    found = vault.connect("note.md")
    return [c for c, yes in zip(found, chosen + [True] * len(found), strict=False) if yes]


@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=14),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sampled_from(sorted(ENCODINGS)),
    st.lists(st.booleans(), max_size=8),
    st.booleans(),
)
def test_only_the_links_change_and_undo_gives_the_old_bytes(
    lines: list[str], newline: str, final: bool, encoding: str, chosen: list[bool], markdown: bool
) -> None:
    """For any subset: the bytes outside the inserted links stay; accept → undo; apply twice."""
    data = encoded(newline.join(lines) + (newline if final else ""), encoding)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings_ = f'{{"useMarkdownLinks": {str(markdown).lower()}}}'
        files = {**TARGETS, "note.md": data, ".obsidian/app.json": settings_}
        note = folder / "vault" / "note.md"
        with vault_of(folder, files) as vault:
            accepted = accept(vault, chosen)
            before = vault.notes.text("note.md")
            plan = vault.edit.connect(accepted)
            assert len(plan.written) + len(plan.left_out) == len(accepted)
            step = vault.edit.apply(plan.change)
            after = note.read_bytes()
            assert (step is not None) == (after != data)
            rest = vault.notes.text("note.md")
            if step is not None:
                assert_only_links(before, rest, plan.edits)
                assert after.startswith(ENCODINGS[encoding])
                assert after.endswith(newline.encode()) == data.endswith(newline.encode())
                if b"\r\n" in data and encoding in ("utf-8", "utf-8-sig", "cp949"):
                    assert after.replace(b"\r\n", b"").count(b"\n") == 0
            # What was written is linked now: the same again changes nothing.
            again = vault.edit.connect(
                [c for c in vault.connect("note.md") if c.target in written(plan.written, c)]
            )
            assert again.edits == []
            if step is not None:
                vault.edit.undo()
                assert note.read_bytes() == data
                vault.edit.redo()
                assert note.read_bytes() == after


def written(connections: list[Connection], here: Connection) -> set[str]:
    return {c.target for c in connections if c.section == here.section and c.line == here.line}


LINK = re.compile(r"\[\[[^\]]*\]\]|\[[^\]]*\]\([^)]*\)")


LISTED = re.compile(r"(?:[\r\n]*## (?:연결|Related)[\r\n]+)?[\r\n]*(?:[-*+] \S[^\r\n]*[\r\n]*)+")


def assert_only_links(before: str, after: str, edits: list[Edit]) -> None:
    """`after` is `before` with links around words that stood there, and one list of links."""
    pieces, at = [], 0
    for edit in edits:
        words = edit.span.of(before)
        assert words == edit.before
        if words:
            assert LINK.fullmatch(edit.after)
            assert words in edit.after
        else:
            assert LISTED.fullmatch(edit.after), edit.after
        pieces += [before[at : edit.span.start], edit.after]
        at = edit.span.end
    assert "".join([*pieces, before[at:]]) == after
    assert sum(edit.span.start == edit.span.end for edit in edits) <= 1


def test_a_table_s_pipe_is_escaped(tmp_path: Path) -> None:
    files = {**TARGETS, "note.md": "| a | b |\n|---|---|\n| 레디스를 | x |\n"}
    with vault_of(tmp_path, files) as vault:
        vault.edit.apply(vault.edit.connect(vault.connect("note.md")).change)
        assert vault.notes.text("note.md") == "| a | b |\n|---|---|\n| [[Redis\\|레디스]]를 | x |\n"
        assert [link.target for link in vault.links.of("note.md")] == ["Redis.md"]


@pytest.mark.parametrize(
    ("settings_", "link"),
    [
        ("{}", "[[Redis|레디스]]"),
        ('{"useMarkdownLinks": true}', "[레디스](Redis.md)"),
        ('{"newLinkFormat": "absolute"}', "[[data stores/Redis|레디스]]"),
        ('{"newLinkFormat": "relative"}', "[[../data stores/Redis|레디스]]"),
        (
            '{"useMarkdownLinks": true, "newLinkFormat": "relative"}',
            "[레디스](../data%20stores/Redis.md)",
        ),
    ],
)
def test_links_are_written_as_the_vault_writes_them(
    tmp_path: Path, settings_: str, link: str
) -> None:
    files: dict[str, str | bytes] = {
        "data stores/Redis.md": "---\naliases: [레디스]\n---\n# Redis\n",
        "notes/note.md": "레디스를 배웠다\n",
        ".obsidian/app.json": settings_,
    }
    with vault_of(tmp_path, files) as vault:
        vault.edit.apply(vault.edit.connect(vault.connect("notes/note.md")).change)
        assert vault.notes.text("notes/note.md") == f"{link}를 배웠다\n"
        assert [found.target for found in vault.links.of("notes/note.md")] == [
            "data stores/Redis.md"
        ]


def test_the_note_s_own_style_goes_first(tmp_path: Path) -> None:
    files = {
        **TARGETS,
        "note.md": "[k](a/Kafka.md)\n\n레디스를 배웠다\n",
        ".obsidian/app.json": "{}",
    }
    with vault_of(tmp_path, files) as vault:
        vault.edit.apply(vault.edit.connect(vault.connect("note.md")).change)
        assert "[레디스](Redis.md)를" in vault.notes.text("note.md")


def test_what_has_no_name_goes_to_a_list_in_the_note_s_language(tmp_path: Path) -> None:
    files = {**TARGETS, "note.md": "# 일지\n\n`Redis`를 배웠다"}
    with vault_of(tmp_path, files) as vault:
        vault.edit.apply(vault.edit.connect(vault.connect("note.md")).change)
        assert vault.notes.text("note.md") == "# 일지\n\n`Redis`를 배웠다\n\n## 연결\n\n- [[Redis]]"
        assert vault.connect("note.md") == []


def test_the_list_shows_the_titles_of_posts(tmp_path: Path) -> None:
    """The file of a post is a date or a slug: its title is what a person reads."""
    post = "---\nlayout: post\ntitle: 멘토링을 시작하며\n---\nx\n"
    files: dict[str, str | bytes] = {
        "_posts/2022-11-12-mentoring.md": post,
        "_posts/2022-11-13-b.md": "---\nlayout: post\ntitle: b\n---\nx\n",
        "wiki.md": "[[_posts/2022-11-13-b]]\n\n대학생 멘토링을 했다\n",
        "plain.md": "[b](_posts/2022-11-13-b.md)\n\n대학생 멘토링을 했다\n",
        **{f"n{n}.md": "x\n" for n in range(20)},
    }
    with vault_of(tmp_path, files) as vault:
        for note in ("wiki.md", "plain.md"):
            vault.edit.apply(vault.edit.connect(vault.connect(note)).change)
        assert vault.notes.text("wiki.md").endswith(
            "- [[2022-11-12-mentoring|멘토링을 시작하며]]\n"
        )
        assert vault.notes.text("plain.md").endswith(
            "- [멘토링을 시작하며](_posts/2022-11-12-mentoring.md)\n"
        )


def test_an_existing_list_is_used(tmp_path: Path) -> None:
    text = "I learned `Redis` today.\n\n## Related\n\n* [[a/Kafka]]\n\n## Later\n\nx\n"
    files = {**TARGETS, "note.md": text}
    with vault_of(tmp_path, files) as vault:
        vault.edit.apply(vault.edit.connect(vault.connect("note.md")).change)
        assert vault.notes.text("note.md") == text.replace(
            "* [[a/Kafka]]\n", "* [[a/Kafka]]\n* [[Redis]]\n"
        )


def test_a_heading_is_left_alone(tmp_path: Path) -> None:
    files = {**TARGETS, "note.md": "# Diary\n\n## Redis\n\nx\n", "o.md": "[[note#Redis]]\n"}
    with vault_of(tmp_path, files) as vault:
        vault.edit.apply(vault.edit.connect(vault.connect("note.md")).change)
        assert "## Redis\n" in vault.notes.text("note.md")
        assert vault.links.of("o.md")[0].subpath_found


def test_an_open_fence_takes_no_list(tmp_path: Path) -> None:
    files = {**TARGETS, "note.md": "`Redis`를 배웠다\n\n```\ncode"}
    with vault_of(tmp_path, files) as vault:
        plan = vault.edit.connect(vault.connect("note.md"))
        assert plan.edits == []
        assert [left.reason for left in plan.left_out] == [
            "at the end of the note a link would be no link"
        ]


def test_a_note_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    files = {**TARGETS, "note.md": "Redis를 배웠다\n"}
    with vault_of(tmp_path, files) as vault:
        found = vault.connect("note.md")
        (tmp_path / "vault" / "note.md").write_text("다른 글\n", encoding="utf-8")
        with pytest.raises(EditError, match="changed meanwhile"):
            vault.edit.prepare(vault.edit.connect(found).change)


def test_undo_leaves_a_file_alone_that_was_changed_since(tmp_path: Path) -> None:
    files = {**TARGETS, "note.md": "Redis를 배웠다\n"}
    with vault_of(tmp_path, files) as vault:
        vault.edit.apply(vault.edit.connect(vault.connect("note.md")).change)
        note = tmp_path / "vault" / "note.md"
        note.write_text(note.read_text(encoding="utf-8") + "더 적었다\n", encoding="utf-8")
        with pytest.raises(VaultError, match="changed since"):
            vault.edit.undo()
        assert note.read_text(encoding="utf-8").endswith("더 적었다\n")


def test_undo_makes_and_takes_files(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "old.md").write_bytes(b"x")
    journal = Operations(root, tmp_path / "data")
    journal.write([FileChange("old.md", b"x", None), FileChange("new/x.md", None, b"x")], "mv")
    assert not (root / "old.md").exists()
    journal.undo()
    assert (root / "old.md").read_bytes() == b"x"
    assert not (root / "new" / "x.md").exists()
    journal.redo()
    journal.write([FileChange("new/x.md", b"x", b"y")], "edit")
    with pytest.raises(VaultError, match="nothing to redo"):
        journal.redo()
    assert [one.operation for one in journal.journal.records("done")] == ["edit", "mv"]


def test_writing_keeps_mode_and_follows_a_symlink_inside(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "real.md").write_bytes(b"x")
    (root / "real.md").chmod(0o640)
    (root / "link.md").symlink_to("real.md")
    (tmp_path / "out.md").write_bytes(b"x")
    (root / "bad.md").symlink_to(tmp_path / "out.md")
    journal = Operations(root, tmp_path / "data")
    journal.write([FileChange("link.md", b"x", b"y")], "x")
    assert (root / "link.md").is_symlink()
    assert (root / "real.md").read_bytes() == b"y"
    assert (root / "real.md").stat().st_mode & 0o777 == 0o640
    with pytest.raises(VaultError, match="outside"):
        journal.write([FileChange("bad.md", b"x", b"y")], "x")
    assert [path.name for path in root.glob(".dots-*")] == []


@pytest.mark.parametrize(
    ("data", "text", "problem"),
    [
        (b"other", "text", "changed meanwhile"),
        (b"a\xff\xfe b", "a\ufffd\ufffd b", "not text"),
    ],
)
def test_bytes_that_cannot_come_back_are_refused(data: bytes, text: str, problem: str) -> None:
    with pytest.raises(EditError, match=problem):
        splice(data, [Edit("n.md", Span(0, 1), text[0], "x")])


def test_a_link_that_the_encoding_lacks_is_refused() -> None:
    data = "한글".encode("cp949")
    with pytest.raises(EditError, match="cp949"):
        splice(data, [Edit("n.md", Span(0, 0), "", "🎉")])


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("| a | b |\n|---|---|\n| x | y |\n", True),
        ("a | b\n-|-\nx | y\n", True),
        ("> | a |\n> |---|\n> | x |\n", True),
        ("a | b and x | y\n", False),
        ("| a |\n\n| x |\n", False),
    ],
)
def test_what_is_a_table(text: str, inside: bool) -> None:
    assert is_in_table(text, text.rindex("x")) is inside


def test_a_reopened_vault_remembers(tmp_path: Path) -> None:
    files = {**TARGETS, "note.md": "Redis를 배웠다\n"}
    with vault_of(tmp_path, files) as vault:
        vault.edit.apply(vault.edit.connect(vault.connect("note.md")).change)
    with reopened(tmp_path) as vault:
        assert vault.edit.undo().operation == "connect"
        assert (tmp_path / "vault" / "note.md").read_text(encoding="utf-8") == "Redis를 배웠다\n"


@pytest.mark.parametrize(
    ("links", "settings", "written"),
    [
        (["[[a]]", "[[b|x]]", "[[c]]"], {}, "[[docker|Docker]]"),
        (["[a](a.md)", "[b](b.md)"], {}, "[Docker](docker.md)"),
        (["[a](a)", "[b](b)", "[c](c)"], {}, "[Docker](docker)"),
        (["[[/a]]{A}", "[[/b]]{B}", "[[/c]]"], {}, "[[/docker]]{Docker}"),
        (["[[a.md]]", "[[b.md|x]]", "[[c.md]]"], {}, "[[docker.md|Docker]]"),
        (
            ["[[a]]", "[[b]]", "[[c]]"],
            {"dots.toml": "[links]\nmarkdown = true\n"},
            "[Docker](docker.md)",
        ),
        (
            ["[a](a.md)", "[b](b.md)"],
            {".obsidian/app.json": '{"useMarkdownLinks": false}'},
            "[[docker|Docker]]",
        ),
    ],
)
def test_a_new_link_looks_like_those_of_the_vault(
    tmp_path: Path, links: list[str], settings: dict[str, str], written: str
) -> None:
    files: dict[str, str | bytes] = {
        "docker.md": "# Docker\n",
        "plan.md": "I ran Docker today\n",
        "a.md": f"{links[0]}\n",
        "b.md": "\n\n".join(links),
        "c.md": links[-1],
        ".obsidian/app.json": "{}",
        **settings,
        **{f"n{n}.md": "x\n" for n in range(20)},
    }
    with vault_of(tmp_path, files) as vault:
        style = style_of(vault.catalog, vault.config, "plan.md")
        resolver = Resolver(vault.catalog)
        assert write_link(resolver, style, "plan.md", "docker.md", "Docker") == written


@pytest.mark.parametrize(
    ("link", "written"),
    [("[x](../b/)", "[Docker](../docker/)"), ("[x](/b/)", "[Docker](/docker/)"),
     ("[x](../b/README.md)", "[Docker](../docker/README.md)")],
)  # fmt: skip
def test_a_folder_is_named_where_the_vault_names_folders(
    tmp_path: Path, link: str, written: str
) -> None:
    """As VuePress has it: a `README` without its ending leads nowhere there."""
    files: dict[str, str | bytes] = {
        f"{name}/README.md": f"# {name}\n\n{link}\n" for name in ("a", "b", "c", "docker")
    }
    files["dots.toml"] = 'dialect = "vuepress"\n'
    with vault_of(tmp_path, files) as vault:
        style = style_of(vault.catalog, vault.config, "a/README.md")
        resolver = Resolver(vault.catalog)
        args = (style, "a/README.md", "docker/README.md", "Docker")
        assert write_link(resolver, *args, dialect="vuepress") == written
