"""The block structure of a Markdown body: where prose stands, and where it is code, HTML or math.

CommonMark 0.31's block rules (container stack, lazy continuation), with Obsidian's blocks beside
them: `$$` math, `%%` comments, footnote definitions, and the `highlight` blocks of Jekyll and
Hugo. One pass, linear in the text; a line that cannot begin a block takes the short way.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from vaultdots.note.html_blocks import HTML_ALONE, HTML_BLOCKS, HTML_LINE_LIMIT
from vaultdots.note.leaves import BlockKind, Container, Leaves, TextBlock, fence_end
from vaultdots.text.spans import Span

# A line that begins with another character, outside containers, is a paragraph's.
_PLAIN = re.compile(r"[^\s#>`~\-+*=_<|$%@\[{:0-9\\]")
_LINE = re.compile(r"[^\r\n]*")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_SETEXT = re.compile(r"(=+|-+)[ \t]*$")
_RULE = re.compile(r"(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$")
_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_BULLET = re.compile(r"[-+*](?=[ \t]|$)")
_ORDERED = re.compile(r"(\d{1,9})[.)](?=[ \t]|$)")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
_HIGHLIGHT = re.compile(r"\{% *highlight\b[^%]*%\}|\{\{[<%] *highlight\b[^}]*\}\}")
_DIAGRAM = re.compile(r'@startuml\b(?:[ \t]*(?:"[^"]{0,200}"|[^\s"]{1,200}))?[ \t]*$')
# A heading or a fence before `@enduml` says that the first line was only about diagrams.
_DIAGRAM_END = re.compile(
    r"(?m)^(?:[ \t]*@enduml\b| {0,3}(?P<stop>#{1,6}[ \t]|```|~~~|@startuml\b))"
)
_HIGHLIGHT_END = re.compile(r"\{% *endhighlight *%\}|\{\{[<%] */ *highlight *[>%]\}\}")
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


class _Reader(Leaves):
    """The state of one pass: the open containers, and through `Leaves` the open leaf."""

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
                self._push(Container(True, 0, False), "quote")
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

    def _push(self, container: Container, kind: str) -> None:
        if not self.containers:
            if not (kind == "list" and self.top_kind in ("list", "list?")):
                self.top += 1
            self.top_kind = kind
        self.containers.append(container)

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
        self._push(Container(False, content, empty, ordered), "list")
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
                close = -1 if self.containers else fence_end(text, self.fence, end)
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
            return self._code_until(_HIGHLIGHT_END, pos, start, matched, unmatched, opened)
        elif char == "@" and _DIAGRAM.match(text, pos, end):
            return self._code_until(_DIAGRAM_END, pos, start, matched, unmatched, opened)
        elif char == "[":
            match = _FOOTNOTE.match(text, pos, end)
            if match and not (was_para and not opened and not unmatched):
                self._enter(matched, unmatched, opened)
                self._push(Container(False, 4, False), "footnote")
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

    def _code_until(
        self,
        closing: re.Pattern[str],
        pos: int,
        start: int,
        matched: int,
        unmatched: bool,
        opened: bool,
    ) -> int:
        """Code that other signs than a fence enclose (Jekyll and Hugo's `highlight`, PlantUML's
        `@startuml` in VuePress), whose colours and brackets are no tags and no links; -1 where it
        is never closed."""
        found = None if closing.pattern in self.missing else closing.search(self.text, pos + 1)
        if found is None:
            self.missing.add(closing.pattern)
            return -1
        if found.lastgroup == "stop":
            return -1
        self._enter(matched, unmatched, opened)
        self._new_top("code")
        span = Span(start, found.end())
        self._add("code", span, span)
        return found.end()

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
        for opening, closing in HTML_BLOCKS:  # noqa: B007 - the match's own end is used below
            if opening.match(text, pos, end):
                break
        else:
            if was_para and not opened:
                return False
            if end - pos > HTML_LINE_LIMIT or not HTML_ALONE.match(text, pos, end):
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
