"""The block structure of a Markdown body: where prose stands, and where it is code, HTML or math.

CommonMark 0.31's block rules (container stack, lazy continuation), with Obsidian's blocks beside
them: `$$` math, `%%` comments, footnote definitions, and the `highlight` blocks of Jekyll and
Hugo. One pass, linear in the text; a line that cannot begin a block takes the short way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from vaultdots.note.definitions import only_definitions
from vaultdots.text.spans import Span

BlockKind = Literal["paragraph", "table", "heading", "code", "html", "math", "comment"]


class TextBlock(NamedTuple):
    """A leaf of the block structure.

    span: the text inside its markers (a heading's words, a paragraph from its first word), or the
    whole block for code, HTML and math. outer: from the first line's start to the last line's end,
    line ends left out. level: a heading's. item: the block is the first text of a list item.
    task: the check box character of a list item, "" where there is none.
    depth: how many containers (quotes, items) it stands in. top: the number of the outermost
    block that it belongs to; a list or a quote has one number for all that it holds.
    """

    kind: BlockKind
    span: Span
    outer: Span
    level: int = 0
    item: bool = False
    task: str = ""
    depth: int = 0
    top: int = 0


class _Container(NamedTuple):
    """An open quote (`width` 0) or an open list item or footnote (its content's column)."""

    quote: bool
    width: int
    empty: bool
    ordered: bool = False


# A line that begins with another character, outside containers, is a paragraph's.
_PLAIN = re.compile(r"[^\s#>`~\-+*=_<|$%\[{:0-9\\]")
_LINE = re.compile(r"[^\r\n]*")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_SETEXT = re.compile(r"(=+|-+)[ \t]*$")
_RULE = re.compile(r"(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$")
_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
# A run of fence characters, and what follows on its line where that is white space only.
_FENCE_RUN = re.compile(r"(`+|~+)([ \t]*(?=[\r\n]|\Z))?")
_BULLET = re.compile(r"[-+*](?=[ \t]|$)")
_ORDERED = re.compile(r"(\d{1,9})[.)](?=[ \t]|$)")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
_TASK = re.compile(r"\[(.)\](?=[ \t]|$)[ \t]*")
_HIGHLIGHT = re.compile(r"\{% *highlight\b[^%]*%\}|\{\{[<%] *highlight\b[^}]*\}\}")
_HIGHLIGHT_END = re.compile(r"\{% *endhighlight *%\}|\{\{[<%] */ *highlight *[>%]\}\}")
_TABLE_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")

# The start conditions of CommonMark's HTML blocks 1–7, each with its end.
_HTML_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|"
    "head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|"
    "p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_ATTRIBUTES = r"""(?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*"""
_HTML_BLOCKS: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = (
    (
        re.compile(r"<(?:script|pre|style|textarea)(?:[\s>]|$)", re.I),
        re.compile(r"</(?:script|pre|style|textarea)>", re.I),
    ),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_HTML_NAMES})(?:\s|/?>|$)", re.I), None),
)
_HTML_ALONE = re.compile(
    rf"(?:<[A-Za-z][A-Za-z0-9-]*{_ATTRIBUTES}\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>)\s*$"
)
# Attributes of one tag are matched within this many characters; the rule needs a whole line.
_HTML_LINE_LIMIT = 4096
# Quotes and list items nested deeper are text (cmark and markdown-it have a limit of this kind).
MAX_NESTING = 100


def _line_ends(text: str) -> Callable[[int], int]:
    """Where the line at a position ends (LF, CRLF or CR); a look for LF alone is far quicker."""
    size = len(text)
    if "\r" in text:

        def by_pattern(pos: int) -> int:
            match = _LINE.match(text, pos)
            return match.end() if match else pos

        return by_pattern
    find = text.find

    def by_line_feed(pos: int) -> int:
        end = find("\n", pos)
        return size if end < 0 else end

    return by_line_feed


def read_blocks(text: str, start: int) -> list[TextBlock]:
    """The leaf blocks of `text` from `start` on, in order."""
    return _Reader(text, start).read()


class _Reader:
    """The state of one pass: the open containers and the open leaf."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self.blocks: list[TextBlock] = []
        self.containers: list[_Container] = []
        self.top = 0
        self.top_kind = ""
        # The open paragraph: where its words begin, where its lines begin and end.
        self.para = -1
        self.para_outer = 0
        self.para_end = 0
        self.para_item = False
        self.para_task = ""
        self.para_lines = 0
        self.table = False
        # The open fence, HTML block, or run of indented code.
        self.leaf = ""
        self.leaf_start = 0
        self.leaf_end = 0
        self.fence = ""
        self.html_end: re.Pattern[str] | None = None
        # A list item is open and has no content yet.
        self.item_fresh = False
        self.missing: set[str] = set()
        # The rest of a tab that a container's indent took in part, in columns.
        self.spare = 0
        self.column = 0

    # -- the lines ---------------------------------------------------------------------------

    def read(self) -> list[TextBlock]:
        text, size = self.text, len(self.text)
        pos = self.start
        plain, end_of = _PLAIN.match, _line_ends(text)
        blanks = 0
        while pos < size:
            end = end_of(pos)
            blanks = blanks + 1 if end == pos else 0
            if blanks > 2 and self.leaf in ("", "indented"):
                # Two blank lines have closed whatever a blank line closes.
                pass
            elif not self.containers and not self.leaf and (end == pos or plain(text, pos, end)):
                if end == pos:
                    if self.para >= 0:
                        self._close_paragraph()
                    self._close_top()
                else:
                    if self.para < 0:
                        self._open_paragraph(pos, pos)
                    self.para_end = end
                    self.para_lines += 1
            else:
                jump = self._line(pos, end)
                if jump > end:
                    end = end_of(jump)
                    if words := text[jump:end].lstrip(" \t"):
                        # What stands behind a closing `%%` or `$$` is prose again.
                        self._text(end - len(words), jump, end)
            pos = end + 2 if text.startswith("\r\n", end) else end + 1
        self._close_leaf()
        return self.blocks

    def _line(self, start: int, end: int) -> int:
        """Read one line; returns how far it was read where a block was taken whole."""
        text = self.text
        pos, matched, blank = self._match_containers(start, end)
        unmatched = matched < len(self.containers)
        if blank:
            return self._blank(matched, unmatched, end)
        if self.leaf and not unmatched and self._continue_leaf(pos, start, end):
            return end
        if self.leaf and unmatched:
            self._close_leaf()
        was_para = self.para >= 0
        opened = False
        indent, pos = self._indent(pos, end)
        while True:
            if indent >= 4 and not (was_para and not opened):
                # Indented code: it cannot interrupt a paragraph.
                self._enter(matched, unmatched, opened)
                self._indented(start, end)
                return end
            if indent >= 4:
                break
            char = text[pos]
            if char == ">" and len(self.containers) < MAX_NESTING:
                self._enter(matched, unmatched, opened)
                opened, unmatched = True, False
                self._push(_Container(True, 0, False), "quote")
                matched = len(self.containers)
                self.column += 1
                pos = self._after_marker_space(pos + 1, end)
                indent, pos = self._indent(pos, end)
                if pos >= end:
                    return end
                continue
            can_interrupt = not was_para or unmatched or opened
            taken = self._leaf_start(char, pos, start, end, matched, unmatched, opened, was_para)
            if taken >= 0:
                return taken
            item = self._item_start(char, pos, end, can_interrupt)
            if item is None or len(self.containers) >= MAX_NESTING:
                break
            marker_end, ordered = item
            self._enter(matched, unmatched, opened)
            opened, unmatched = True, False
            pos, indent = self._open_item(pos, marker_end, indent, end, ordered)
            matched = len(self.containers)
            if pos >= end:
                return end
        # Text: it goes on with the open paragraph (lazily, when containers do not match), or opens.
        if was_para and not opened:
            self._continue_paragraph(end)
            return end
        self._enter(matched, unmatched, opened)
        self._text(pos, start, end)
        return end

    def _match_containers(self, start: int, end: int) -> tuple[int, int, bool]:
        """Walk the open containers: (where the rest begins, how many match, the rest is blank)."""
        text = self.text
        pos = start
        self.column = 0
        self.spare = 0
        matched = 0
        if not self.containers and start < end and text[start] not in " \t":
            return start, 0, False
        for container in self.containers:
            mark_pos, mark_column, mark_spare = pos, self.column, self.spare
            indent, after = self._indent(pos, end)
            if container.quote:
                if indent < 4 and after < end and text[after] == ">":
                    self.column += 1
                    pos = self._after_marker_space(after + 1, end)
                    matched += 1
                    continue
            elif after >= end:
                # A blank line belongs to an item, but not to one that began empty.
                if not container.empty or self.para >= 0 or self.leaf:
                    matched += 1
                    pos = after
                    continue
            elif indent >= container.width:
                self.column, self.spare = mark_column, mark_spare
                pos = self._take_columns(mark_pos, container.width, end)
                if container.empty:
                    self.containers[matched] = container._replace(empty=False)
                matched += 1
                continue
            pos, self.column, self.spare = mark_pos, mark_column, mark_spare
            break
        mark_column, mark_spare = self.column, self.spare
        _, after = self._indent(pos, end)
        self.column, self.spare = mark_column, mark_spare
        return pos, matched, after >= end

    def _blank(self, matched: int, unmatched: bool, end: int) -> int:
        if self.leaf == "fence" or (self.leaf == "html" and self.html_end is not None):
            if not unmatched:
                self.leaf_end = end
                return end
            self._close_leaf()
        elif self.leaf == "html":
            self._close_leaf()
        elif self.para >= 0:
            self._close_paragraph()
        if unmatched:
            del self.containers[matched:]
            self._close_indented()
        if not self.containers:
            self._close_top()
        return end

    def _close_top(self) -> None:
        if self.top_kind != "list":
            self.top_kind = ""

    # -- columns -----------------------------------------------------------------------------

    def _indent(self, pos: int, end: int) -> tuple[int, int]:
        """How many columns of white space stand at `pos`, and where they end."""
        text = self.text
        if pos < end and text[pos] not in " \t":
            width, self.spare = self.spare, 0
            return width, pos
        start_column = self.column - self.spare
        column = self.column
        while pos < end:
            char = text[pos]
            if char == " ":
                column += 1
            elif char == "\t":
                column += 4 - column % 4
            else:
                break
            pos += 1
        self.column, self.spare = column, 0
        return column - start_column, pos

    def _take_columns(self, pos: int, width: int, end: int) -> int:
        """Skip `width` columns of white space; part of a tab may be left in `spare`."""
        text = self.text
        if self.spare >= width:
            self.spare -= width
            return pos
        width -= self.spare
        self.spare = 0
        while width > 0 and pos < end:
            if text[pos] == "\t":
                step = 4 - self.column % 4
            elif text[pos] == " ":
                step = 1
            else:
                break
            self.column += step
            if step > width:
                self.spare = step - width
            width -= step
            pos += 1
        return pos

    def _after_marker_space(self, pos: int, end: int) -> int:
        """Skip the one optional column of white space after `>`."""
        self.spare = 0
        if pos < end and self.text[pos] in " \t":
            return self._take_columns(pos, 1, end)
        return pos

    # -- openings ----------------------------------------------------------------------------

    def _enter(self, matched: int, unmatched: bool, opened: bool) -> None:
        """A new block begins: close the open leaf and the containers that did not match."""
        if opened:
            return
        self._close_leaf()
        if unmatched:
            del self.containers[matched:]
        if not self.containers:
            self.top_kind = "" if self.top_kind != "list" else "list?"

    def _push(self, container: _Container, kind: str) -> None:
        if not self.containers:
            if not (kind == "list" and self.top_kind in ("list", "list?")):
                self.top += 1
            self.top_kind = kind
        self.containers.append(container)

    def _new_top(self, kind: str) -> None:
        if not self.containers:
            self.top += 1
            self.top_kind = kind

    def _item_start(
        self, char: str, pos: int, end: int, can_interrupt: bool
    ) -> tuple[int, bool] | None:
        """Where a list marker at `pos` ends and whether it is a number, or None."""
        text = self.text
        if char in "-+*":
            match = _BULLET.match(text, pos, end)
        elif char in "0123456789":
            match = _ORDERED.match(text, pos, end)
            if match and not can_interrupt and match[1] != "1":
                return None
        else:
            return None
        if match is None:
            return None
        if not can_interrupt and not text[match.end() : end].strip(" \t"):
            return None
        return match.end(), char not in "-+*"

    def _open_item(
        self, pos: int, marker_end: int, indent: int, end: int, ordered: bool
    ) -> tuple[int, int]:
        """Open a list item; returns where its content begins and that content's own indent."""
        width = marker_end - pos
        self.column += width
        column, spare = self.column, self.spare
        space, after = self._indent(marker_end, end)
        empty = after >= end
        if empty or space > 4:
            self.column, self.spare = column, spare
            content = indent + width + 1
            if not empty:
                after = self._take_columns(marker_end, 1, end)
        else:
            content = indent + width + space
        self._push(_Container(False, content, empty, ordered), "list")
        self.item_fresh = True
        if empty:
            return end, 0
        if space > 4:
            inner, after = self._indent(after, end)
            return after, inner
        return after, 0

    def _leaf_start(
        self,
        char: str,
        pos: int,
        start: int,
        end: int,
        matched: int,
        unmatched: bool,
        opened: bool,
        was_para: bool,
    ) -> int:
        """Open the leaf block that begins at `pos`, if one does: how far it was read, or -1."""
        text = self.text
        if char == "#":
            match = _ATX.match(text, pos, end)
            if match:
                self._enter(matched, unmatched, opened)
                self._heading(len(match[1]), match.end(), start, end)
                return end
        elif char in "`~":
            match = _FENCE.match(text, pos, end)
            if match:
                self._enter(matched, unmatched, opened)
                self._new_top("code")
                self.item_fresh = False
                self.leaf, self.leaf_start, self.leaf_end = "fence", start, end
                self.fence = match[1] or match[3]
                close = -1 if self.containers else _fence_end(text, self.fence, end)
                if close >= 0:
                    self.leaf_end = end = close
                    self._close_leaf()
                return end
        elif char == "<":
            if self._html_start(pos, start, end, matched, unmatched, opened, was_para):
                return end
        elif char in "=-" and was_para and not opened and not unmatched:
            match = _SETEXT.match(text, pos, end)
            if match and not self.table and not self._defines():
                self._setext(1 if char == "=" else 2, end)
                return end
        elif char == "$":
            return self._fenced_by("$$", "math", pos, start, end, matched, unmatched, opened)
        elif char == "%":
            return self._fenced_by("%%", "comment", pos, start, end, matched, unmatched, opened)
        elif char == "{" and _HIGHLIGHT.match(text, pos, end):
            closing = None if "highlight" in self.missing else _HIGHLIGHT_END.search(text, pos)
            if closing is None:
                self.missing.add("highlight")
            else:
                self._enter(matched, unmatched, opened)
                self._new_top("code")
                self._add("code", Span(start, closing.end()), Span(start, closing.end()))
                return closing.end()
        elif char == "[":
            match = _FOOTNOTE.match(text, pos, end)
            if match and not (was_para and not opened and not unmatched):
                self._enter(matched, unmatched, opened)
                self._push(_Container(False, 4, False), "footnote")
                if match.end() < end:
                    self._text(match.end(), start, end)
                return end
        if char in "*-_" and _RULE.match(text, pos, end):
            self._enter(matched, unmatched, opened)
            self._new_top("rule")
            self.item_fresh = False
            return end
        return -1

    def _fenced_by(
        self,
        mark: str,
        kind: BlockKind,
        pos: int,
        start: int,
        end: int,
        matched: int,
        unmatched: bool,
        opened: bool,
    ) -> int:
        """A `$$` or `%%` block that runs over lines; one that is never closed is text."""
        text = self.text
        if not text.startswith(mark, pos) or text.find(mark, pos + 2, end) >= 0:
            return -1
        close = self._find(mark, end)
        if close < 0:
            return -1
        self._enter(matched, unmatched, opened)
        self._new_top(kind)
        span = Span(pos, close + 2)
        self._add(kind, span, Span(start, close + 2))
        return close + 2

    def _find(self, mark: str, pos: int) -> int:
        """`text.find`, remembering that there is none, so that many openers stay linear."""
        if mark in self.missing:
            return -1
        found = self.text.find(mark, pos)
        if found < 0:
            self.missing.add(mark)
        return found

    def _html_start(
        self,
        pos: int,
        start: int,
        end: int,
        matched: int,
        unmatched: bool,
        opened: bool,
        was_para: bool,
    ) -> bool:
        text = self.text
        closing: re.Pattern[str] | None
        for opening, closing in _HTML_BLOCKS:  # noqa: B007 - the match's own end is used below
            if opening.match(text, pos, end):
                break
        else:
            if was_para and not opened:
                return False
            if end - pos > _HTML_LINE_LIMIT or not _HTML_ALONE.match(text, pos, end):
                return False
            closing = None
        self._enter(matched, unmatched, opened)
        self._new_top("html")
        self.item_fresh = False
        self.leaf, self.leaf_start, self.leaf_end = "html", start, end
        self.html_end = closing
        if closing is not None and closing.search(text, pos, end):
            self._close_leaf()
        return True

    # -- leaves ------------------------------------------------------------------------------

    def _continue_leaf(self, pos: int, start: int, end: int) -> bool:
        """Whether the line belongs to the open fence, HTML block or indented code."""
        text = self.text
        if self.leaf == "fence":
            self.leaf_end = end
            if text.find(self.fence, pos, end) < 0:
                return True
            column, spare = self.column, self.spare
            indent, after = self._indent(pos, end)
            self.column, self.spare = column, spare
            if indent < 4:
                body = text[after:end].rstrip(" \t")
                if len(body) >= len(self.fence) and not body.strip(self.fence[0]):
                    self._close_leaf()
            return True
        if self.leaf == "html":
            self.leaf_end = end
            if self.html_end is not None and self.html_end.search(text, pos, end):
                self._close_leaf()
            return True
        column, spare = self.column, self.spare
        indent, _ = self._indent(pos, end)
        self.column, self.spare = column, spare
        if indent >= 4:
            self.leaf_end = end
            return True
        self._close_leaf()
        return False

    def _indented(self, start: int, end: int) -> None:
        self._new_top("code")
        self.item_fresh = False
        self.leaf, self.leaf_start, self.leaf_end = "indented", start, end

    def _close_indented(self) -> None:
        if self.leaf == "indented":
            self._close_leaf()

    def _close_leaf(self) -> None:
        if self.para >= 0:
            self._close_paragraph()
        if self.leaf:
            span = Span(self.leaf_start, self.leaf_end)
            self._add("html" if self.leaf == "html" else "code", span, span)
            self.leaf = ""

    def _add(self, kind: BlockKind, span: Span, outer: Span, level: int = 0) -> None:
        self.blocks.append(
            TextBlock(kind, span, outer, level, False, "", len(self.containers), self.top)
        )

    def _heading(self, level: int, pos: int, start: int, end: int) -> None:
        self._new_top("heading")
        self.item_fresh = False
        words = self.text[pos:end]
        words = words.rstrip(" \t")
        bare = words.rstrip("#")
        if not bare or bare[-1] in " \t":
            # The closing run of `#` stands alone or behind white space (CommonMark 4.2).
            words = bare.rstrip(" \t")
        self._add("heading", Span(pos, pos + len(words)), Span(start, end), level)

    def _defines(self) -> bool:
        """Whether the open paragraph is definitions only: under them no line is an underline."""
        return self.text.startswith("[", self.para) and only_definitions(
            self.text, self.para, self.para_end
        )

    def _setext(self, level: int, end: int) -> None:
        words = self.text[self.para : self.para_end].rstrip()
        span = Span(self.para, self.para + len(words))
        outer = Span(self.para_outer, end)
        self.para, self.table = -1, False
        self._add("heading", span, outer, level)

    def _open_paragraph(self, pos: int, start: int) -> None:
        self._new_top("paragraph")
        self.para, self.para_outer = pos, start
        self.para_item, self.para_task = False, ""
        self.para_lines = 0
        self.table = False

    def _text(self, pos: int, start: int, end: int) -> None:
        """Open a paragraph at `pos`; the first one of a list item may begin with a check box."""
        fresh = self.item_fresh
        self._open_paragraph(pos, start)
        if fresh:
            self.para_item, self.item_fresh = True, False
            match = _TASK.match(self.text, pos, end)
            if match:
                self.para_task, self.para = match[1], match.end()
        self.para_end = end
        self.para_lines = 1

    def _continue_paragraph(self, end: int) -> None:
        if self.para_lines == 1 and not self.table:
            self.table = self._is_table(end)
        self.para_end = end
        self.para_lines += 1

    def _is_table(self, end: int) -> bool:
        """Whether the second line is a table's rule and the first has as many cells."""
        text = self.text
        line_start = max(text.rfind("\n", self.para, end), text.rfind("\r", self.para, end)) + 1
        rule = text[line_start:end].lstrip("> \t")
        first = text[self.para : self.para_end]
        return (
            "|" in first
            and "-" in rule
            and _TABLE_RULE.match(rule) is not None
            and _cells(first) == _cells(rule)
        )

    def _close_paragraph(self) -> None:
        words = self.text[self.para : self.para_end].rstrip()
        self.blocks.append(
            TextBlock(
                "table" if self.table else "paragraph",
                Span(self.para, self.para + len(words)),
                Span(self.para_outer, self.para_end),
                0,
                self.para_item,
                self.para_task,
                len(self.containers),
                self.top,
            )
        )
        self.para, self.table = -1, False


def _fence_end(text: str, fence: str, pos: int) -> int:
    """Where the line ends that closes a fence opened outside containers; -1 where none does."""
    while True:
        at = text.find(fence, pos)
        if at < 0:
            return -1
        run = _FENCE_RUN.match(text, at)
        assert run is not None
        pos = run.end(1)
        begin = at
        while begin > at - 4 and text[begin - 1] == " ":
            begin -= 1
        if at - begin <= 3 and text[begin - 1] in "\r\n" and run[2] is not None:
            return run.end()


def _cells(row: str) -> int:
    """How many cells a table row has (GFM: an escaped pipe does not part cells)."""
    row = row.strip()
    return row.replace("\\|", "").strip("|").count("|") + 1 if row else 0
