"""HTML in a Markdown body, told as Markdown of the same length: every place stays where it is.

`<li>` becomes a bullet, `<p>` an empty line, `<strong>` two asterisks, a check icon a picture that
marks; what is left of a tag is white space. Headings are told apart, with their places. One pass
over the tags, linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from vaultdots.text.late import late
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

FILL = "\u2060"
"""Stands where a tag stood inside a word; it has no width, and is no part of what is read."""

_NAMES = (
    "p|div|section|article|main|header|footer|aside|center|details|figure|figcaption|hr|dl|dt|dd|"
    "ul|ol|li|blockquote|summary|h[1-6]|br|strong|b|del|s|strike|span|font|em|i|u|small|big|input|"
    "svg|script|style|pre|iframe|textarea|object|video|audio|template|noscript|table"
)
_TAG = late(rf"<(?P<end>/?)(?P<name>{_NAMES})(?P<rest>(?:[\s/][^<>]{{0,2000}})?)>|<!--", re.I)
_TELLING = late(
    r"</?(?:p|div|ul|ol|li|blockquote|summary|h[1-6]|br|strong|b|del|s|strike|i|input|svg|script|"
    r"style|pre|iframe|textarea|object|video|audio|template|noscript|d[dlt]|span)[\s/>]",
    re.I,
)
_SILENT = {"svg", "script", "style", "pre", "iframe", "textarea", "object", "video", "audio",
           "template", "noscript"}  # fmt: skip
"""What they hold is no prose."""
_EMBED = late(r"\bclass\s*=\s*[\"']?[^\"'<>]{0,99}\b(?:tweet|instagram-media|[\w-]*embed)\b", re.I)
"""A quote that a script turns into what another site holds."""
_MARKS = {"strong": "**", "b": "**", "summary": "**", "del": "~~", "s": "~~", "strike": "~~"}
_PLAIN = {"span", "font", "em", "i", "u", "small", "big"}
"""Tags of a word's look: they are left as they stand, but where a line begins or ends with them."""
_INLINE = {"strong", "b", "del", "s", "strike", "input", *_PLAIN}
_SOFT = {"p", "li", "dt", "dd", "summary", "figcaption"}
"""In these a line's end is a space, as in a browser, up to an empty line."""
_ICON = late(
    r"(?<![\w-])(?:(?:fa|bi|glyphicon|icon|ti|mdi|las?|ri)-)"
    r"(?:(?P<kept>check|ok|tick)|(?P<dropped>times|xmark|x|remove|close|cross))"
    r"(?:-(?:circle|square|lg|line|fill|mark|o|alt|bold|sign|box|2))*(?![\w-])"
)
_COLOUR = late(r"(?<![\w-])text-(?:(?P<kept>success)|(?P<dropped>danger))(?![\w-])")
_CLASS = late(r"""\bclass\s*=\s*["']?(?P<names>[^"'<>]{0,300})""", re.I)
_OTHER_ICON = late(r"\btitle\s*=|(?<![\w-])(?:fa|bi|glyphicon|icon|ti|mdi|la|ri)-", re.I)
_CHECKED = late(r"(?<![\w-])checked(?![\w-])", re.I)
_BOX = late(r"\btype\s*=\s*[\"']?checkbox\b", re.I)
_KEPT, _DROPPED = "✅ ", "❌ "
_HEADING_LIMIT = 1000
_DEEPEST = 40
"""Items that stand deeper are told as if they stood here; no reader tells more levels apart."""
_ENTITY_SPACE = late(r"&(?:nbsp|ensp|emsp|thinsp|#160|#xA0);", re.I)
_SOFT_BREAK = late(r"\r\n?|\n")
_EMPTY_LINE = late(r"(?:\r\n?|\n)[ \t]*(?=[\r\n])")
_UNREAD_LINE = late(r"[ \t>]*(?:\||#{1,6}[ \t])")
"""A row of a table and a heading: a tag in them breaks no line."""


class HtmlHeading(NamedTuple):
    """A heading in HTML. start: where its tag begins; body: where what stands under it does."""

    level: int
    raw: str
    start: int
    body: int


class HtmlProse(NamedTuple):
    """A text whose HTML is told as Markdown, place for place.

    depths: how deep the item stands whose marker is at an offset.
    """

    text: str
    headings: tuple[HtmlHeading, ...]
    depths: dict[int, int]


class _Tag(NamedTuple):
    start: int
    end: int
    name: str
    closes: bool
    rest: str


def html_prose(text: str, start: int = 0, hidden: Sequence[Span] = ()) -> HtmlProse | None:
    """`text` from `start` on with its HTML told as Markdown; None where nothing of it tells.

    hidden: spans of code, math and comments, in order; nothing in them is a tag.
    """
    if _TELLING.search(text, start) is None:
        return None
    return _Telling(text, start, hidden).tell()


class _Telling:
    """One pass: the lists, quotes and marks that are open, and what was written so far."""

    def __init__(self, text: str, start: int, hidden: Sequence[Span]) -> None:
        self.text = text
        self.start = start
        self.hidden = hidden
        self.out: list[str] = [text[:start]]
        self.last = text[start - 1] if start else "\n"  # the last character that was written
        self.lists: list[str] = []
        self.quotes = 0
        self.soft = False
        self.open: Counter[str] = Counter()  # how many tags of a name are open
        self.headings: list[HtmlHeading] = []
        self.depths: dict[int, int] = {}
        self.closings: dict[str, Span] = {}  # by name, the closing tag that was found last
        self.unclosed: set[str] = set()
        self.seen = start  # where the last tag began, and whether its line is not read
        self.unread = False
        self.folded = ""

    def tell(self) -> HtmlProse | None:
        runs = self._runs()
        at = self.start
        for run in runs:
            begin, end = run[0].start, run[-1].end
            if run[0].name == "comment":
                self._write_text(at, begin)
                self._write(_SHOWN.sub(" ", self.text[begin:end]))
                at = end
                continue
            breaks = any(tag.name not in _INLINE for tag in run)
            if breaks:
                while begin > at and self.text[begin - 1] in " \t\r\n":
                    begin -= 1
            self._write_text(at, begin)
            if breaks or self._at_line_start():
                at = self._region(run, begin, end)
                continue
            at = begin
            for tag in run:
                self._write_text(at, tag.start)
                self._inline(tag)
                at = tag.end
        self._write_text(at, len(self.text))
        told = "".join(self.out)
        assert len(told) == len(self.text)
        if told == self.text and not self.headings:
            return None
        return HtmlProse(told, tuple(self.headings), self.depths)

    # ── Tags ─────────────────────────────────────────────────────────────────────────────────────

    def _runs(self) -> list[list[_Tag]]:
        """The tags that count, those with nothing but white space between them together."""
        runs: list[list[_Tag]] = []
        position, text = self.start, self.text
        at = bisect_right(self.hidden, position, key=lambda span: span.end)
        while (match := _TAG.search(text, position)) is not None:
            position = match.end()
            while at < len(self.hidden) and self.hidden[at].end <= match.start():
                at += 1
            if at < len(self.hidden) and self.hidden[at].start <= match.start():
                position = max(position, self.hidden[at].end)
                continue
            if match["name"] is None:
                end = self._closing("-->", match.end())
                if end >= 0:
                    position = end
                    runs.append([_Tag(match.start(), end, "comment", False, "")])
                continue
            name = match["name"].casefold()
            if name in _PLAIN and _is_other_icon(match["rest"]):
                continue
            tag = _Tag(match.start(), match.end(), name, bool(match["end"]), match["rest"])
            embed = name == "blockquote" and _EMBED.search(match["rest"] or "") is not None
            if name in _SILENT or name == "table" or embed:
                end = -1 if tag.closes else self._closing(name, tag.end)
                if end >= 0:
                    position = end
                    if name != "table":
                        runs.append([tag._replace(end=end, name="silent")])
                continue
            if name[0] == "h" and name != "hr" and name != "header":
                end = -1 if tag.closes else self._closing(name, tag.end)
                if 0 <= end <= tag.end + _HEADING_LIMIT:
                    position = end
                    tag = tag._replace(end=end)
                elif not tag.closes:
                    continue
            elif self._in_unread_line(tag.start):
                continue
            if runs and self._adjacent(runs[-1][-1], tag):
                runs[-1].append(tag)
            else:
                runs.append([tag])
        return runs

    def _closing(self, name: str, position: int) -> int:
        """Where the tag ends that closes `name`; -1 where none does. Positions only grow."""
        if name in self.unclosed:
            return -1
        known = self.closings.get(name)
        if known is not None and known.start >= position:
            return known.end
        self.folded = self.folded or self.text.translate(_SMALL)
        at = self.folded.find(name if name == "-->" else f"</{name}", position)
        end = self.folded.find(">", at) if at >= 0 else -1
        if end < 0:
            self.unclosed.add(name)
            return -1
        self.closings[name] = Span(at, end + 1)
        return end + 1

    def _in_unread_line(self, position: int) -> bool:
        begin = self.text.rfind("\n", self.seen, position) + 1
        if begin or self.seen == self.start:
            self.unread = _UNREAD_LINE.match(self.text, begin or self.start) is not None
        self.seen = position
        return self.unread

    def _adjacent(self, before: _Tag, tag: _Tag) -> bool:
        """Whether two tags make one region: nothing is between them, nor an empty line beside a tag
        of a word's look."""
        between = self.text[before.end : tag.start]
        if between.strip() or before.name == "comment":
            return False
        if before.name in _INLINE and tag.name in _INLINE:
            return not between
        return _EMPTY_LINE.search(between) is None

    # ── Writing ──────────────────────────────────────────────────────────────────────────────────

    def _write(self, told: str) -> None:
        if told:
            self.out.append(told)
            self.last = told[-1]

    def _write_text(self, start: int, end: int) -> None:
        """The text between two tags."""
        piece = self.text[start:end]
        if not piece:
            return
        if "&" in piece:
            piece = _ENTITY_SPACE.sub(lambda m: " " * len(m[0]), piece)
        if self.soft and ("\n" in piece or "\r" in piece):
            empty = _EMPTY_LINE.search(piece)
            to = empty.start() if empty is not None else len(piece)
            folded = _SOFT_BREAK.sub(lambda m: " " * len(m[0]), piece[:to])
            piece = folded + piece[to:]
            self.soft = empty is None
        self._write(piece)

    def _at_line_start(self) -> bool:
        return self.last in "\r\n"

    def _inline(self, tag: _Tag) -> None:
        """A tag inside a line."""
        size = tag.end - tag.start
        mark = self._mark(tag, False)
        after = self.text[tag.end : tag.end + 1]
        if mark is None:
            bare = not tag.rest and (after.isspace() if tag.closes else self.last.isspace())
            self._write(" " * size if bare else self.text[tag.start : tag.end])
            return
        if tag.closes:
            pad = " " if not after or after.isspace() else FILL
            self._write(mark + pad * (size - len(mark)))
        elif mark in {_KEPT, _DROPPED}:
            self._write(mark + " " * (size - len(mark)))
        else:
            pad = " " if self.last.isspace() else FILL
            self._write(pad * (size - len(mark)) + mark)

    def _mark(self, tag: _Tag, starts: bool) -> str | None:
        """What an inline tag says: the sign of a mark; None where it says nothing.

        starts: whether a line begins with it.
        """
        if tag.name in _MARKS:
            mark = _MARKS[tag.name]
            if not tag.closes:
                self.open[tag.name] += 1
                return mark if self._open(mark) == 1 else None
            if self.open[tag.name] == 0:
                return None
            self.open[tag.name] -= 1
            return mark if self._open(mark) == 0 else None
        if tag.closes:
            return None
        if tag.name == "input":
            if not starts or not _BOX.search(tag.rest):
                return None
            return "[x] " if _CHECKED.search(_BOX.sub("", tag.rest)) else "[ ] "
        names = _CLASS.search(tag.rest)
        if names is None or tag.name not in {"i", "span", "em"}:
            return None
        sign = _ICON.search(names["names"])
        if sign is None and tag.name == "span" and starts:
            sign = _COLOUR.search(names["names"])
        if sign is None:
            return None
        return _KEPT if sign["kept"] else _DROPPED

    def _open(self, mark: str) -> int:
        """How many tags are open that a mark stands for."""
        return sum(count for name, count in self.open.items() if _MARKS[name] == mark)

    # ── A region: tags that break a line, and those beside them ──────────────────────────────────

    def _region(self, run: Sequence[_Tag], begin: int, end: int) -> int:
        """Write what stands for a run of tags; returns where the text goes on."""
        gap = _EMPTY_LINE.search(self.text, begin, run[0].start) is not None
        broken = self._at_line_start() or "\n" in self.text[begin : run[0].start]
        item = head = marks = ""
        for number, tag in enumerate(run):
            name = tag.name
            if name in _INLINE or name == "summary":
                if name == "summary":
                    gap, broken, self.soft = True, True, not tag.closes
                mark = self._mark(tag, broken and not marks and not _sign_follows(run, number))
                if mark is None:
                    continue
                if not tag.closes:
                    marks += mark
                elif mark in marks:
                    marks = marks.replace(mark, "", 1)
                else:
                    head += mark
                continue
            if marks in {_KEPT, _DROPPED} and not broken:
                head, marks = f"{head} {marks.strip()}", ""  # it ends the line before
            gap = gap or (name == "br" and number > 0 and run[number - 1].name == "br")
            broken = True
            if name == "li":
                item = "" if tag.closes else "1. " if self.lists[-1:] == ["ol"] else "- "
            elif name in {"ul", "ol"}:
                gap = gap or (len(self.lists) == 1 if tag.closes else not self.lists)
                if not tag.closes:
                    self.lists.append(name)
                elif self.lists:
                    self.lists.pop()
            elif name == "blockquote":
                self.quotes = max(0, self.quotes + (-1 if tag.closes else 1))
                gap = True
            elif name[1:].isdigit():
                gap, item, marks = True, "", ""
                self._heading(tag)
            elif name != "br":  # a paragraph and its like; the one of an item begins with the item
                gap = gap or not (item and name == "p")
            if name != "br":
                self.soft = name in _SOFT and not tag.closes
        if not run[-1].closes and (item or marks or self.soft):
            while end < len(self.text) and self.text[end] in " \t\r\n":
                end += 1
        elif run[-1].name == "br" and (rest := _REST.match(self.text, end)) is not None:
            end = rest.end()
        if marks[:1] == "[" and not item:
            item = "- "
        self._fill(begin, end, head, gap, item, marks)
        return end

    def _heading(self, tag: _Tag) -> None:
        """A heading begins: what was open before is closed."""
        self.lists.clear()
        self.open.clear()
        self.quotes = 0
        if not tag.closes:
            inner = self.text[tag.start : tag.end]
            raw = inner[inner.find(">") + 1 : inner.rfind("<")]
            self.headings.append(HtmlHeading(int(tag.name[1]), raw, tag.start, tag.end))

    def _fill(self, begin: int, end: int, head: str, gap: bool, item: str, marks: str) -> None:
        """Head, the break, and what begins the next line, in exactly the room of the tags."""
        size = end - begin
        fresh = self._at_line_start() and not head
        quote = "> " if self.quotes else ""
        line = "" if fresh else "\n"
        for breaks, lead in (
            ("\n\n" if gap else line, quote + item + marks),
            ("\n" if gap else line, quote + item + marks),
            (line, quote + item + marks),
            (line, item + marks),
            (line, item),
            (line, ""),
            ("", ""),
        ):
            if len(head) + len(breaks) + len(lead) <= size:
                break
        else:
            head = breaks = lead = ""
        spare = size - len(head) - len(breaks) - len(lead)
        if not breaks:
            before, behind = head, " " * spare  # white space before the lead would be an indent
        elif len(breaks) == 2 and spare and not fresh:
            before, behind = f"{head}\n{' ' * (spare - 1)}\n\n", ""
        else:
            before, behind = head + " " * spare + breaks, ""
        if item and item in lead:
            self.depths[begin + len(before) + lead.index(item)] = min(
                max(0, len(self.lists) - 1), _DEEPEST
            )
        self._write(before + lead + behind)


_SHOWN = late(r"[^\r\n]")
_REST = late(r"[ \t]*(?:\r\n?|\n)")
_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def _is_other_icon(rest: str) -> bool:
    """Whether a tag is an icon that means something else, or has a title that says what."""
    other = _OTHER_ICON.search(rest)
    return other is not None and ("title" in other[0].casefold() or _ICON.search(rest) is None)


def _sign_follows(run: Sequence[_Tag], number: int) -> bool:
    """Whether an icon stands right behind a coloured span: it is the mark of both."""
    return any(
        (names := _CLASS.search(tag.rest)) is not None and _ICON.search(names["names"])
        for tag in run[number + 1 : number + 3]
    )
