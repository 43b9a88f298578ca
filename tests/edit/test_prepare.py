"""A change is spliced into the bytes and read again: what no edit meant stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.disk import write
from vaultdots.edit import Change, Delete, Edit, Move, NewFile, prepare
from vaultdots.edit.splice import splice
from vaultdots.errors import EditError
from vaultdots.note.options import NoteOptions
from vaultdots.store.operations import Operations
from vaultdots.text.spans import Span

TEXT = "---\ntags: [a]\n---\n# One\n[[x]] `code` #tag\n\n- [ ] task\n\n## Two\n한글 ^id\n"


def edit(path: str, text: str, before: str, after: str, *adds: str) -> Edit:
    """Replace the one place of `before` in `text`."""
    assert text.count(before) == 1
    start = text.index(before)
    return Edit(path, Span(start, start + len(before)), before, after, adds)


def prepared(root: Path, *edits: Edit) -> list[bytes | None]:
    change = Change("test", edits)
    return [file.after for file in prepare(root, change, NoteOptions()).files]


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp949", b""), ("utf-16-le", b"\xff\xfe")],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("final", [True, False])
def test_bytes_outside_of_the_spans_stay(
    tmp_path: Path, encoding: str, bom: bytes, newline: str, final: bool
) -> None:
    text = TEXT.replace("\n", newline)
    text = text if final else text.removesuffix(newline)
    root = write(tmp_path, {"a.md": bom + text.encode(encoding)})
    after = prepared(root, edit("a.md", text, "[[x]]", "[[나|y]]"), edit("a.md", text, "Two", "둘"))
    expected = text.replace("[[x]]", "[[나|y]]").replace("Two", "둘")
    assert after == [bom + expected.encode(encoding)]


@pytest.mark.parametrize(
    ("before", "after", "adds", "problem"),
    [
        ("[[x]]", "[[x", (), "link"),
        ("[[x]]", "[[x]] [[y]]", (), "1 link more than meant"),
        ("[[x]]", "[[x]] [[y]]", ("link",), None),
        ("`code`", "\n```\n", (), "would be lost"),
        ("# One", "%% # One", (), "would be lost|less than meant"),
        ("한글", "[[한글]]", (), "1 link more"),
        ("한글", "[[한글]]", ("link",), None),
        ("- [ ] task", "- [ ] other task", (), None),
        ("tags: [a]", "tags: [a, b]", (), "1 tag more"),
        ("tags: [a]", "tags: [b]", (), None),
        ("---\ntags", "--\ntags", (), "property|tag|region"),
        ("## Two", "##Two", (), "lost"),
        (" ^id", "", (), "1 block less"),
    ],
)
def test_a_change_does_what_it_says_and_no_more(
    tmp_path: Path, before: str, after: str, adds: tuple[str, ...], problem: str | None
) -> None:
    root = write(tmp_path, {"a.md": TEXT})
    wanted = edit("a.md", TEXT, before, after, *adds)
    if problem is None:
        assert prepared(root, wanted) == [TEXT.replace(before, after).encode()]
    else:
        with pytest.raises(EditError, match=problem):
            prepared(root, wanted)


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("한글", "[[한글]]", 10),
        ("`code`", "\n```\n", 9),
        ("# One", "%% # One", 4),
        ("[[x]]", "[[x", 5),
        ("tags: [a]", "tags: [a, b]", 2),
    ],
)
def test_what_reads_otherwise_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, line: int
) -> None:
    """The line as it is now, whatever the edits put in before it."""
    root = write(tmp_path, {"a.md": TEXT})
    edits = [edit("a.md", TEXT, before, after)]
    if line > 5:
        edits.append(Edit("a.md", Span(20, 20), "", "x\n\n\n", None))
    with pytest.raises(EditError, match="it would be read otherwise") as caught:
        prepared(root, *edits)
    assert caught.value.place == f"a.md:{line}"


def test_links_of_boards_are_compared_too(tmp_path: Path) -> None:
    board = (
        '{"nodes":[{"id":"1","type":"file","file":"a.md"},{"id":"2","type":"text","text":"[[a]]"}]}'
    )
    root = write(tmp_path, {"b.canvas": board})
    assert prepared(root, edit("b.canvas", board, "a.md", "new/a.md")) == [
        board.replace("a.md", "new/a.md").encode()
    ]
    with pytest.raises(EditError, match="link"):
        prepared(root, edit("b.canvas", board, '"a.md"', '"a"md"'))


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 5)), max_size=6))
@settings(max_examples=200)
def test_a_splice_is_what_slicing_says(text: str, cuts: list[tuple[int, int]]) -> None:
    data = text.encode("utf-8", "surrogatepass")
    if "\ud800" <= max(text, default="a") <= "\udfff" or text.startswith("\ufeff"):
        return
    edits, at, expected = [], 0, ""
    for start, length in sorted(cuts):
        start, end = max(start, at), max(start, at) + length
        if end > len(text):
            break
        edits.append(Edit("a.md", Span(start, end), text[start:end], "낱말"))
        expected += text[at:start] + "낱말"
        at = end
    expected += text[at:]
    assert splice(data, edits) == expected.encode()


def test_what_stands_in_the_way_is_told_before_anything_is_written(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.md": "x\n", "b.md": "y\n", "d/c.md": "z\n"})
    for change, problem in [
        (Change("t", edits=(Edit("a.md", Span(0, 1), "y", "z"),)), "changed meanwhile"),
        (Change("t", edits=(Edit("no.md", Span(0, 0), "", "z"),)), "no such file"),
        (Change("t", new_files=(NewFile("a.md", "x"),)), "there already"),
        (Change("t", deletes=(Delete("no.md"),)), "no such file"),
        (Change("t", moves=(Move("no.md", "x.md"),)), "no such file"),
        (Change("t", moves=(Move("a.md", "b.md"),)), "there already"),
        (
            Change(
                "t", edits=(Edit("a.md", Span(0, 1), "x", "1"), Edit("a.md", Span(0, 1), "x", "2"))
            ),
            "overlap",
        ),
    ]:
        with pytest.raises(EditError) as caught:
            prepare(root, change, NoteOptions())
        assert problem in caught.value.one_line()


def test_two_names_swap_with_what_is_edited_in_them(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"a.md": "x [[b]]\n", "b.md": "y\n"})
    change = Change(
        "mv",
        edits=(edit("a.md", "x [[b]]\n", "[[b]]", "[[a]]"),),
        moves=(Move("a.md", "b.md"), Move("b.md", "a.md")),
    )
    ready = prepare(root, change, NoteOptions())
    assert "rename from a.md\nrename to b.md" in ready.diff()
    assert [tuple(line) for line in ready.lines()] == [
        ("a.md", 1, "x [[b]]", "x [[a]]"),
        ("a.md", 0, "a.md", "b.md"),
        ("b.md", 0, "b.md", "a.md"),
    ]
    Operations(root, tmp_path / "data").write(ready.files, "mv", ready.moves)
    assert (root / "a.md").read_text() == "y\n"
    assert (root / "b.md").read_text() == "x [[a]]\n"


def test_a_folder_in_another_unicode_form_gets_no_twin(tmp_path: Path) -> None:
    import unicodedata

    decomposed = unicodedata.normalize("NFD", "회고")
    root = write(tmp_path, {f"{decomposed}/a.md": "x\n"})
    change = Change("new", new_files=(NewFile("회고/b.md", "y\n"),))
    assert [f.path for f in prepare(root, change, NoteOptions()).files] == [f"{decomposed}/b.md"]
