"""The leaves of the block structure: paragraphs, headings, code, HTML, and a line's columns."""

from __future__ import annotations

import re
from typing import Literal

from vaultdots.note.definitions import only_definitions
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

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


class Container(NamedTuple):
    """An open quote (`width` 0) or an open list item or footnote (its content's column)."""

    quote: bool
    width: int
    empty: bool
    ordered: bool = False


# A run of fence characters, and what follows on its line where that is white space only.
_FENCE_RUN = re.compile(r"(`+|~+)([ \t]*(?=[\r\n]|\Z))?")
_TASK = re.compile(r"\[(.)\](?=[ \t]|$)[ \t]*")
_TABLE_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")


class Leaves:
    """The open leaf and the columns of the line being read; containers open and close it."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self.blocks: list[TextBlock] = []
        self.containers: list[Container] = []
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

    def _new_top(self, kind: str) -> None:
        if not self.containers:
            self.top += 1
            self.top_kind = kind


def fence_end(text: str, fence: str, pos: int) -> int:
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
