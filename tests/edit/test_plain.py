"""An edit that is called plain changes nothing but the link that it stands in."""

from __future__ import annotations

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.strategies import NAMES, notes
from vaultdots.edit import Edit
from vaultdots.edit.plain import are_plain
from vaultdots.edit.splice import splice_text
from vaultdots.edit.verify import difference
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.text.spans import Span

NEW = ("Fresh", "a b", "회고 2", "x/y", "1. one", "- a", "%20", "a-b", "---", "***", "_x_", *NAMES)


@settings(max_examples=40)
@given(notes(), st.data())
@example("https://a.b/#c[[d e]]#f\n", None)
@example("[[a]]\n---\n", None)
@example("| [[a]] | b |\n|--|--|\n", None)
@example("[a]: x\n[b](a) [[c]] ^id\n", None)
def test_a_plain_edit_needs_no_second_reading(text: str, data: st.DataObject | None) -> None:
    note = parse_note("a/b.md", text)
    edits: list[Edit] = []
    for link in note.links:
        new = "New" if data is None else data.draw(st.sampled_from(NEW))
        span = link.target_span
        edit = Edit("a/b.md", span, span.of(text), new)
        if are_plain("a/b.md", text, [edit]) and edit.span not in [e.span for e in edits]:
            edits.append(edit)
    assume(edits)
    after = splice_text(text, edits)
    assert difference("a/b.md", text, after, edits, NoteOptions()) is None
    targets = [link.target for link in parse_note("a/b.md", after).links]
    assert len(targets) == len(note.links)


def test_edits_in_properties_and_elsewhere_are_read_again() -> None:
    text = '---\nup: "[[a]]"\n---\n[[b]] [c](d) e\n'
    spans = {word: Span(text.index(word), text.index(word) + 1) for word in "abde"}
    plain = {
        word: are_plain("n.md", text, [Edit("n.md", span, word, "new")])
        for word, span in spans.items()
        if word != "a"
    }
    span = Span(text.index("[[a") + 2, text.index("[[a") + 3)
    assert not are_plain("n.md", text, [Edit("n.md", span, "a", "new")])
    spans["b"] = Span(text.index("[[b") + 2, text.index("[[b") + 3)
    assert are_plain("n.md", text, [Edit("n.md", spans["b"], "b", "new")])
    assert not are_plain("n.md", text, [Edit("n.md", spans["b"], "b", "n]ew")])
    assert not are_plain("n.md", text, [Edit("n.md", spans["b"], "b", "n`ew")])
    assert plain["d"]
    assert not plain["e"]
