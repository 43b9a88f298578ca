"""A file as rows: what crosses processes and goes into SQLite, and by which key a link is found."""

from __future__ import annotations

import marshal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import any_text, notes
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.store.decode import decode
from vaultdots.store.records import FileRows, attachment_names, bare_key
from vaultdots.store.rows import file_rows, link_key
from vaultdots.store.schema import COLUMNS, IN_ROWS

OPTIONS = NoteOptions()


def rows(text: str, path: str = "a/b.md", role: str = "note") -> FileRows:
    return file_rows(path, role, text.encode(), OPTIONS)


def test_what_a_note_writes_in_both_scripts() -> None:
    text = (
        "---\nalias: 파드(Pod)\n---\n도커(Docker), Docker(도커).\n\n```\n큐(queue)\n```\n"
        "`스레드(thread)` $쿼리(query)$\n"
    )
    assert rows(text).glosses == [("도커", "docker", 2)]


@given(st.one_of(notes(), any_text(), st.binary(max_size=60)))
def test_any_file_gives_rows_that_fit_the_tables(content: str | bytes) -> None:
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    for role in ("note", "canvas", "base"):
        found = file_rows("a/b.md", role, data, OPTIONS)
        assert FileRows(*marshal.loads(marshal.dumps(tuple(found)))) == found
        assert (found.note is not None) == (role == "note")
        if found.note is not None:
            assert len(found.note) + 1 == COLUMNS["notes"]
            pieces = [piece for _, piece in found.texts]
            assert len(pieces) == len(found.sections)
            assert found.note[-1] + "".join(pieces) == decode(data).text
        for name, values in zip(IN_ROWS, found[1:], strict=True):
            width = COLUMNS[name] - 1
            assert all(len(value) == width for value in values), name


@pytest.mark.parametrize(
    "text",
    [
        '---\n{\n"title": "\\ud800", "\\ud801": ["\\ud802"], "aliases": ["\\ud803"]\n}\n---\n',
        '---\n{\n"tags": "\\ud800"\n}\n---\n[[&#xD800;]]',
    ],
)
def test_lone_surrogates_become_what_a_file_can_hold(text: str) -> None:
    found = rows(text)
    kept = [found.properties, found.tags, found.names, found.note[:1] if found.note else ()]
    assert "\ufffd" in str(kept)
    str(kept).encode("utf-8")


def test_a_canvas_with_lone_surrogates_can_be_kept() -> None:
    board = '{"nodes": [{"id": "a", "file": "\\ud800.md", "subpath": "#\\ud801"}]}'
    (link,) = rows(board, "a.canvas", "canvas").links
    assert "\ufffd.md" in link or "?.md" in link


@pytest.mark.parametrize(
    ("source", "text", "key"),
    [
        ("a/b.md", "[[Name]]", "name"),
        ("a/b.md", "[[x/Name.md#h|y]]", "name"),
        ("a/b.md", "[[Name.markdown]]", "name"),
        ("a/b.md", "[[v1.2 notes]]", "v1.2 notes"),
        ("a/b.md", "[[folder/]]", "folder"),
        ("a/b.md", "[[../Name]]", "name"),
        ("a/b.md", "[[..]]", ""),
        ("a/b/c.md", "[[..]]", "a"),
        ("a/b.md", "[[.]]", "a"),
        ("a/b.md", "[x](Name.md)", "name"),
        ("a/b.md", "[x](./)", "a"),
        ("a/b.md", "[x](/)", ""),
        ("a/b.md", "[x](/c/../Name.html)", "name"),
        ("a/b.md", "[[#h]]", None),
        ("a/b.md", "[x](https://e.x)", None),
        ("a/b.md", "[[.md]]", ".md"),
        ("a/b.md", "[[image.PNG]]", "image.png"),
    ],
)
def test_the_key_by_which_a_link_is_found(source: str, text: str, key: str | None) -> None:
    (link,) = parse_note(source, text).links
    assert link_key(source, link.target, link.lookup, external=link.external) == key


def test_a_key_of_nothing_but_an_ending_is_itself() -> None:
    assert bare_key(".md") == ".md"
    assert bare_key(" .md") == ".md"
    assert bare_key("A.md.md") == "a.md"


def test_every_name_of_a_note_with_the_way_it_is_one() -> None:
    def names(path: str, text: str) -> list[tuple[str, str]]:
        return [tuple(row) for row in rows(text, path).names]

    assert names("공부/Log.md", "---\naliases: [기록, log]\n---\n# 제목\n") == [
        ("log", "name"),
        ("기록", "alias"),
        ("log", "alias"),
        ("제목", "title"),
    ]
    assert names("post/x/index.md", "+++\n+++\n") == [
        ("index", "name"),
        ("x", "folder"),
        ("x", "title"),
    ]
    assert names("_posts/2023-01-05-Name.md", "") == [
        ("2023-01-05-name", "name"),
        ("name", "undated"),
        ("name", "title"),
        ("2023/01/05/name", "url"),
    ]
    assert attachment_names("a/Bild.PNG") == [("bild.png", "name")]


def test_tags_stand_in_their_section_and_the_frontmatters_in_none() -> None:
    found = rows("---\ntags: [a]\n---\n#b\n# H\n#c\n## I\n#d\n# J\n#e\n")
    assert [(tag[0], tag[-1]) for tag in found.tags] == [
        ("a", -1), ("b", 0), ("c", 1), ("d", 2), ("e", 3),
    ]  # fmt: skip


def test_problems_of_the_bytes_come_before_those_of_the_text() -> None:
    data = "---\na: [\n---\n회고".encode("cp949")
    codes = [row[0] for row in file_rows("a.md", "note", data, OPTIONS).diagnostics]
    assert codes == ["bad-encoding", "bad-frontmatter"]
