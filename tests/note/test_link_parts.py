"""A link's target, subpath and display stand exactly where its spans say."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.corpora import CORPORA, needs_corpora
from tests.strategies import any_text, notes
from vaultdots.note.canvas import base_links, canvas_links
from vaultdots.note.model import Link
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.note.targets import percent_decoded, plain_address, subpath_of
from vaultdots.store.decode import decode
from vaultdots.text.names import nfc
from vaultdots.text.spans import Span

SITE = NoteOptions(site_url="https://me.example/blog")


def _decoder(link: Link) -> Callable[[str], str]:
    """What an address of this form is written as, undone."""
    if link.form in ("wikilink", "braced", "json"):
        return lambda written: written
    if link.form in ("shortcode", "autolink"):
        return percent_decoded
    return lambda written: percent_decoded(plain_address(written))


def check_parts(link: Link, cut: Callable[[Span], str]) -> None:
    """cut: the text of a span, as it is written."""
    decoded = _decoder(link)
    target = cut(link.target_span)
    if link.external:
        plain = target if link.form in ("autolink", "shortcode") else plain_address(target)
        assert link.target in (plain, f"mailto:{plain}")
    elif link.lookup == "site" and link.target == "/":
        assert target in ("", "/")
    else:
        assert nfc(decoded(target).strip()).lstrip("/") == nfc(link.target).lstrip("/")
        assert target == target.strip()
    if link.subpath_span is None:
        assert link.subpath == ()
    else:
        written = cut(link.subpath_span)
        assert written == written.strip() != ""
        assert [*map(nfc, subpath_of(decoded(written)))] == [*map(nfc, link.subpath)] != []
    if link.display_span is None:
        assert link.display is None
    else:
        assert nfc(cut(link.display_span)) == nfc(link.display or "")
    if link.form not in ("reference", "json"):
        spans = [link.target_span, link.subpath_span, link.display_span]
        for span in spans:
            assert span is None or link.span.start <= span.start <= span.end <= link.span.end


@settings(max_examples=50)
@given(st.one_of(notes(), notes(), any_text()), st.sampled_from([None, SITE]))
@example("[[#One|x]] [[ a # b |  c ]] [x](&#35;a) [x](a\\#b) [x](a&num;b#c) <https://a#b>", None)
@example('[a](https://me.example/blog/post/#part) [b](<https://me.example/blog/> "t")', SITE)
@example('{{< ref "a b" >}} [x]({{< ref "x#y" >}}#z) [x]({{< ref "x" >}}#z) {% post_url a %}', None)
@example('[x]({{ site.baseurl }}/a/#b) [x]({{ "/a b" | relative_url }}#c) [x]({{ .x }}/d)', None)
@example("[x][r] [r] [r][]\n\n[r]: <a b.md#c> 'title'", None)
@example("---\nup: '[[a|b]]'\nx: [t](<a b.md#c>)\n---\n| [[n\\|alias]] |\n|--|\n", None)
def test_the_parts_of_every_link_stand_where_it_says(
    text: str, options: NoteOptions | None
) -> None:
    for link in parse_note("a/b.md", text, options).links:
        check_parts(link, lambda span: span.of(text))


@settings(max_examples=50)
@given(st.one_of(notes(), any_text()), st.booleans())
@example("[[a|b]] \U0001f389 é [[c#d]]", True)
def test_the_parts_of_a_link_in_a_canvas_stand_in_its_json(text: str, ascii_only: bool) -> None:
    nodes = [
        {"id": '\\"{', "text": text, "file": 3},
        {"text": "x", "x": {"text": "[[no]]"}, "file": f"a/{text[:5]}.md ", "subpath": f"#{text}"},
        ["text", "file"],
    ]
    try:
        whole = json.dumps({"edges": [], "nodes": nodes}, ensure_ascii=ascii_only)
        whole.encode()
    except UnicodeEncodeError:
        return

    links, problems = canvas_links(whole)
    assert not problems
    assert any(link.form == "json" for link in links)
    for link in links:
        check_parts(link, partial(_cut, whole, True))


def _cut(text: str, is_json: bool, span: Span) -> str:
    written = span.of(text)
    return str(json.loads(f'"{written}"')) if is_json else written


@needs_corpora
@pytest.mark.slow
def test_the_parts_of_every_link_of_the_corpora_stand_where_it_says() -> None:
    seen = 0
    for file in sorted(CORPORA.rglob("*")):
        if not file.is_file() or file.suffix not in (".md", ".markdown", ".canvas", ".base"):
            continue
        text = decode(file.read_bytes()).text
        if file.suffix == ".canvas":
            links, _ = canvas_links(text)
        elif file.suffix == ".base":
            links = base_links(text)
        else:
            links = parse_note(file.name, text).links
        for link in links:
            check_parts(link, partial(_cut, text, file.suffix == ".canvas"))
        seen += len(links)
    assert seen > 10_000


def test_the_parts_are_told_for_each_form() -> None:
    text = "[[ a#b c|d ]] ![e](<f g.md#h>) [[/i]]{j} [[#k]] [l][m]\n\n[m]: n%20o.md#p\n"
    links = parse_note("x.md", text, NoteOptions(dialect="jekyll")).links
    told = [
        (
            link.form,
            link.target_span.of(text),
            link.subpath_span and link.subpath_span.of(text),
            link.display_span and link.display_span.of(text),
        )
        for link in links
    ]
    assert told == [
        ("wikilink", "a", "b c", "d"),
        ("angle", "f g.md", "h", "e"),
        ("braced", "/i", None, "j"),
        ("wikilink", "", "k", None),
        ("reference", "n%20o.md", "p", "l"),
    ]
