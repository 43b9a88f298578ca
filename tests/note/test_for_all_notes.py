"""What holds for every text: reading is total, and every record stands where it says."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from tests.strategies import any_text, notes
from vaultdots.note.model import Note
from vaultdots.note.parse import parse_note
from vaultdots.text.spans import Lines

texts = st.one_of(notes(), notes(), any_text())


@given(texts)
@example('---\ntags: ["\\x41b", c]\n---\n')
@example("---\ntags: \x1f\n---\n")
def test_every_record_stands_where_it_says(text: str) -> None:
    note = parse_note("a/b.md", text)
    lines = Lines.of(text)
    for link in note.links:
        assert link.span.of(text) == link.raw != ""
        assert lines.position(link.span.start) == (link.line, link.column)
    for tag in note.tags:
        if tag.span.start == tag.span.end:  # an escape of YAML
            assert tag.span.start < note.body
        else:
            assert tag.span.of(text).removeprefix("#") == tag.name
        assert lines.position(tag.span.start) == (tag.line, tag.column)
    for block in note.blocks:
        assert 0 <= block.span.start < block.span.end <= len(text)
        assert f"^{block.id}" in text[lines.starts[block.line - 1] :]
    for region in note.regions:
        assert 0 <= region.span.start <= region.span.end <= len(text)
    for problem in note.diagnostics:
        assert 1 <= problem.line <= len(lines.starts)
    assert 0 <= note.body <= len(text)


@given(texts)
def test_the_sections_tile_the_body(text: str) -> None:
    note = parse_note("note.md", text)
    spans = [section.span for section in note.sections]
    assert [section.ordinal for section in note.sections] == list(range(len(spans)))
    assert spans[0].start == note.body
    assert spans[-1].end == len(text)
    assert all(one.end == two.start for one, two in pairwise(spans))
    assert all(section.span.start <= section.body <= section.span.end for section in note.sections)
    for link in note.links:
        if link.section >= 0:
            inside = note.sections[link.section].span
            assert inside.start <= link.span.start < link.span.end <= inside.end
        else:
            assert link.span.end <= note.body


@given(texts)
def test_no_link_or_tag_stands_in_code_math_or_html(text: str) -> None:
    note = parse_note("note.md", text)
    closed = [r.span for r in note.regions if r.kind in ("code", "math", "html")]
    for found in (*(link.span for link in note.links), *(tag.span for tag in note.tags)):
        assert not any(span.start <= found.start < span.end for span in closed)


def _places(note: Note) -> list[object]:
    """Everything that a person would call the same note: what, on which line and column."""
    return [
        [(link.kind, link.line, link.column, link.target, link.subpath) for link in note.links],
        [(tag.name, tag.line, tag.column) for tag in note.tags],
        [(section.line, section.headings) for section in note.sections],
        [(block.id, block.line) for block in note.blocks],
        [(task.status, task.text, task.line) for task in note.tasks],
        [(item.key, item.line) for item in note.properties],
        [(problem.code, problem.line) for problem in note.diagnostics],
        note.title,
        note.aliases,
    ]


@example("a\n``` b`c\nd\n    ```\ne\n===\n")
@given(notes())
def test_the_kind_of_line_end_changes_nothing(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    expected = _places(parse_note("note.md", plain))
    assert _places(parse_note("note.md", plain.replace("\n", "\r\n"))) == expected
    assert _places(parse_note("note.md", plain.replace("\n", "\r"))) == expected


@given(notes())
def test_reading_twice_gives_the_same(text: str) -> None:
    assert parse_note("note.md", text) == parse_note("note.md", text)
