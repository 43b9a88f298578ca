"""The notes' texts as HTML that is safe to show, packed for the page.

The vault's own scanner says where links stand; its spans are put in place, as tokens of private
characters, before the Markdown library sees the text, so that the page and the catalog never read
a link differently. markdown-it renders, nh3 cleans by a fixed list, and the page's script builds
what is left anew from a list of its own. A link becomes the row of a dot, never an address.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from vaultdots.page.payload import text as clean_text

if TYPE_CHECKING:
    import nh3
    from markdown_it import MarkdownIt

    from vaultdots.vault import NoteText, TextLink

A_PART = 200
"""Notes that are packed together: what is unpacked when one of them is opened."""
BUDGET = 2_400_000
"""Code points of Markdown that a page holds: about 2.5 MB of HTML file at 1,000 notes."""
LARGE_BUDGET = 800_000
"""The same past 3,000 notes, where rendering (a million code points a second) would take longer
than the map itself."""
LEAST_SHARE = 600
"""Code points below which a note's share is not worth showing: then only the first notes by links
have a text."""
LEVEL = 6
"""Of the compression: at 9 the texts of 10,000 notes are 0.5 % smaller in twice the time."""
EXCERPT = 1500
"""Code points of an embed that are shown."""

_TOKEN = "\ue000{}\ue001"
_TOKENS = re.compile("\ue000(\\d+)\ue001")
_PRIVATE = re.compile("[\ue000\ue001]")
_CALLOUT = re.compile(r"^\[!([\w-]+)\][+-]?[ \t]*(.*)$", re.MULTILINE)
_TASK = re.compile(r"^\[([^\]])\][ \t]+")
_BLOCK_ID = re.compile(r"(?:^|[ \t])\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)
_MARK = re.compile(r"==(?=\S)(.+?)(?<=\S)==")

_TAGS = {
    "p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "em",
    "strong", "s", "del", "mark", "sub", "sup", "kbd", "u", "br", "hr", "table", "thead", "tbody",
    "tr", "th", "td", "div", "span", "details", "summary",
}  # fmt: skip
_ATTRIBUTES = {
    "span": {"class", "data-row", "title"},
    "div": {"class", "data-row"},
    "li": {"class", "data-line"},
    **{
        tag: {"data-line"}
        for tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "tr")
    },
}
_CLASSES = re.compile(r"(?:link|ext|embed|callout|callout-title|math|task|done|cut|c-[a-z]+)\Z")


def shares(lengths: Sequence[int], ranks: Sequence[int], budget: int = BUDGET) -> list[int]:
    """How many code points of each text the page holds, so that all together stay in the budget.

    lengths: of the texts. ranks: the texts in the order in which they matter, by number. Short
    texts leave their share to long ones; where the share of each is too small to read, the first
    ones get theirs and the others none.
    """
    if sum(lengths) <= budget:
        return list(lengths)
    given = [0] * len(lengths)
    chosen, least = [], 0
    for i in ranks:
        least += min(lengths[i], LEAST_SHARE)
        if least > budget:
            break
        chosen.append(i)
    left, waiting = budget, sorted(chosen, key=lambda i: lengths[i])
    for at, i in enumerate(waiting):
        given[i] = min(lengths[i], left // (len(waiting) - at))
        left -= given[i]
    return given


def pack(bodies: Iterable[str]) -> list[str]:
    """Texts in parts of `A_PART`, each a JSON list, gzip (without a time), base64."""
    rows = list(bodies)
    return [_packed(rows[at : at + A_PART]) for at in range(0, len(rows), A_PART)]


def _packed(rows: list[str]) -> str:
    told = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(told.encode(), LEVEL, mtime=0)).decode()


Marked = tuple[str, int, "list[str | tuple[str, Marked]]"]
"""Markdown with a token for each link and formula, the number of lines before it, and what the
tokens stand for: HTML, of an embed with the text below it. Tuples, which another process reads."""
Body = tuple[Marked, bool]
"""A note's text, and whether it goes on."""


def packed(part: Iterable[Body | None]) -> str:
    """A part as `pack` gives it, of texts that are not rendered yet."""
    return _packed([rendered(body) if body is not None else "" for body in part])


def rendered(body: Body) -> str:
    """A text as clean HTML."""
    marked, is_cut = body
    return _clean(_html(marked) + ('<div class="cut"></div>' if is_cut else ""))


def _html(marked: Marked) -> str:
    text, line, stands = marked
    shown = _markdown().render(text, {"line": line})

    def stand(found: re.Match[str]) -> str:
        number = int(found[1])
        what = stands[number] if number < len(stands) else ""
        if isinstance(what, str):
            return what
        return f'<div class="embed">{what[0]}{_html(what[1])}</div>'

    return _TOKENS.sub(stand, shown)


class BodyRenderer:
    """Texts → HTML. rows: graph node id → row. excerpt: the text of a span of another note."""

    def __init__(
        self, rows: Mapping[str, int], excerpt: Callable[[str, int, int], NoteText | None]
    ) -> None:
        self.rows = rows
        self.excerpt = excerpt

    def body(self, note: NoteText, most: int) -> str:
        """A note's text as clean HTML; "" for none. most: code points of Markdown."""
        return rendered(self.marked(note, most)) if most > 0 else ""

    def marked(self, note: NoteText, most: int) -> Body:
        """The same as far as it asks for the graph: what is left is `rendered` anywhere."""
        start = note.beginning
        end = min(len(note.text), start + most)
        return self._marked(note, start, end, deep=True), len(note.text) > start + most

    def _marked(self, note: NoteText, start: int, end: int, *, deep: bool) -> Marked:
        text, tokens = _with_tokens(note, start, end)
        line = note.text.count("\n", 0, start)
        return clean_text(text), line, [self._stand(token, deep) for token in tokens]

    def _stand(self, link: TextLink | str, deep: bool) -> str | tuple[str, Marked]:
        if isinstance(link, str):
            return f'<span class="math">{html.escape(clean_text(link))}</span>'
        shown = html.escape(clean_text(link.shown))
        if link.address is not None:
            address = html.escape(clean_text(link.address))
            return f'<span class="ext" title="{address}">{shown}</span>'
        row = self.rows.get(link.node) if link.node is not None else None
        if row is None:
            return f"<span>{shown}</span>"
        made = f'<span class="link" data-row="{row}">{shown}</span>'
        if not link.embed or link.excerpt is None or not deep:
            return made
        path, begin, end = link.excerpt
        other = self.excerpt(path, begin, end)
        if other is None:
            return made
        begin = max([begin, *(b for a, b in other.hidden if a <= begin < b)])
        return made, self._marked(other, begin, min(end, begin + EXCERPT), deep=False)


def _with_tokens(note: NoteText, start: int, end: int) -> tuple[str, list[TextLink | str]]:
    """The text from `start` to `end` with a token for every link and formula, and what they are;
    hidden spans are left out."""
    tokens: list[TextLink | str] = []
    cuts: list[tuple[int, int, TextLink | str | None]] = [(a, b, None) for a, b in note.hidden]
    cuts += [(link.start, link.end, link) for link in note.links]
    cuts += [(a, b, note.text[a:b]) for a, b in note.math]
    parts, at = [], start
    for begin, stop, what in sorted(cuts, key=lambda cut: (cut[0], -cut[1])):
        if begin < at or stop > end:
            continue
        parts.append(_PRIVATE.sub("\ufffd", note.text[at:begin]))
        if what is None:
            # The lines of a comment stay, so that those behind it keep their numbers.
            parts.append("\n" * note.text.count("\n", begin, stop))
        else:
            parts.append(_TOKEN.format(len(tokens)))
            tokens.append(what)
        at = stop
    parts.append(_PRIVATE.sub("\ufffd", note.text[at:end]))
    return "".join(parts), tokens


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True, "breaks": True})
    parser.enable(["table", "strikethrough"])
    # Links and pictures are tokens by now; what is left of their signs is text.
    parser.disable(["link", "image", "autolink", "reference"])
    parser.core.ruler.push("vaultdots", _finish)
    return parser


def _finish(state: Any) -> None:
    """Line numbers on blocks, callouts, tasks, highlights; the names of blocks go."""
    first = state.env.get("line", 0) + 1
    tokens = state.tokens
    for at, token in enumerate(tokens):
        if token.map is not None and (token.nesting == 1 or token.type in ("fence", "code_block")):
            token.attrSet("data-line", str(first + token.map[0]))
        if token.type == "blockquote_open":
            _callout(tokens, at)
        elif token.type == "inline":
            _task(tokens, at)
            for child in token.children or ():
                if child.type == "text":
                    child.content = _BLOCK_ID.sub("", child.content)
                if child.type == "text" and "==" in child.content:
                    child.type = "html_inline"
                    child.content = _MARK.sub(r"<mark>\1</mark>", html.escape(child.content))


def _callout(tokens: list[Any], at: int) -> None:
    """`> [!note] Title` at the beginning of a quotation."""
    if at + 2 >= len(tokens) or tokens[at + 2].type != "inline":
        return
    inline = tokens[at + 2]
    found = _CALLOUT.match(inline.content)
    if not found or not inline.children:
        return
    tokens[at].tag = "div"
    tokens[at].attrSet("class", f"callout c-{found[1].lower()}")
    depth = 0
    for token in tokens[at:]:
        depth += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if depth == 0:
            token.tag = "div"
            break
    head = inline.children[0]
    head.type = "html_inline"
    title = found[2] or found[1].capitalize()
    head.content = f'<span class="callout-title">{html.escape(title)}</span>'
    # What the title had behind its first text (a link, emphasis) is in `title` as words already.
    rest = next(
        (i for i, child in enumerate(inline.children) if child.type in ("softbreak", "hardbreak")),
        len(inline.children),
    )
    inline.children[1:rest] = []


def _task(tokens: list[Any], at: int) -> None:
    """`- [x] done`: the mark becomes a class of the item."""
    if at < 2 or tokens[at - 2].type != "list_item_open" or not tokens[at].children:
        return
    first = tokens[at].children[0]
    found = _TASK.match(first.content) if first.type == "text" else None
    if found:
        first.content = first.content[found.end() :]
        tokens[at - 2].attrSet("class", "task" if found[1] == " " else "task done")


def _clean(rendered: str) -> str:
    return _cleaner().clean(rendered)


@cache
def _cleaner() -> nh3.Cleaner:
    """Made once: to read the lists of what may stay takes a third of a note's cleaning."""
    import nh3

    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags={"script", "style", "template", "iframe", "object", "svg", "math"},
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel=None,
        strip_comments=True,
    )


@lru_cache(maxsize=4096)
def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        kept = [one for one in value.split() if _CLASSES.match(one)]
        return " ".join(kept) or None
    if name in ("data-row", "data-line"):
        return value if value.isascii() and value.isdigit() else None
    return value if name == "title" and tag == "span" else None
