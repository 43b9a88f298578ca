"""Places in the protocol's terms: lines from 0, columns in UTF-8, UTF-16 or UTF-32 units.

The rest of the house counts code points. A line ends at LF, CRLF or CR and nowhere else, as the
protocol says and as `text.spans` cuts; `str.splitlines`, which pygls uses, ends one at U+2028 too,
and Korean notes hold it. A BOM that an editor keeps in its text is a character of the first line
for the editor and none for the note.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from lsprotocol import types
from pygls.workspace import TextDocument, Workspace

from vaultdots.text.spans import Lines, Span

BOM = "\ufeff"
Encoding = types.PositionEncodingKind | str | None


def units(text: str, encoding: Encoding) -> int:
    """How many columns a text without line ends takes."""
    if text.isascii() or encoding == types.PositionEncodingKind.Utf32:
        return len(text)
    if encoding == types.PositionEncodingKind.Utf8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Ruler:
    """The way between offsets of one text and positions of the protocol."""

    def __init__(
        self, text: str, encoding: Encoding, *, bom: bool = False, lines: Lines | None = None
    ) -> None:
        """text: without a BOM. bom: the editor has one before it. lines: where they are known."""
        self.text = text
        self.encoding = encoding
        self.bom = int(bom)
        self._known = lines

    @cached_property
    def _lines(self) -> Lines:
        return self._known or Lines.of(self.text)

    def offset(self, position: types.Position) -> int:
        """The code point at a position; past a line's end it is that end, past the text the
        text's. Inside of a character (between two surrogates) it is the character's start."""
        starts = self._lines.starts
        line = position.line
        if line >= len(starts):
            return len(self.text)
        start = starts[line]
        end = starts[line + 1] if line + 1 < len(starts) else len(self.text)
        written = self.text[start:end].rstrip("\r\n")
        shift = self.bom * self._width(BOM) if line == 0 else 0
        return start + self._points(written, max(0, position.character - shift))

    def position(self, offset: int) -> types.Position:
        """The position of a code point."""
        starts = self._lines.starts
        line = self._lines.line(offset) - 1
        shift = self.bom * self._width(BOM) if line == 0 else 0
        return types.Position(line, shift + units(self.text[starts[line] : offset], self.encoding))

    def range(self, span: Span | tuple[int, int]) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(span[0]), self.position(span[1]))

    def span(self, range_: types.Range) -> Span:
        """The span of a range."""
        return Span(self.offset(range_.start), self.offset(range_.end))

    def _width(self, char: str) -> int:
        if self.encoding == types.PositionEncodingKind.Utf32:
            return 1
        if self.encoding == types.PositionEncodingKind.Utf8:
            return len(char.encode("utf-8", "surrogatepass"))
        return 1 + (ord(char) > 0xFFFF)

    def _points(self, line: str, units: int) -> int:
        if line.isascii() or self.encoding == types.PositionEncodingKind.Utf32:
            return min(units, len(line))
        used = 0
        for at, char in enumerate(line):
            used += self._width(char)
            if used > units:
                return at
        return len(line)


class Document(TextDocument):
    """An open document whose lines end where the protocol ends them."""

    @property
    def lines(self) -> Sequence[str]:
        """The lines with their ends."""
        text = self.source
        starts = Lines.of(text).starts
        return tuple(
            text[start:end] for start, end in zip(starts, (*starts[1:], len(text)), strict=True)
        )

    def _apply_incremental_change(self, change: types.TextDocumentContentChangePartial) -> None:
        text = self.source
        ruler = Ruler(text, self.position_codec.encoding)
        start, end = ruler.span(change.range)
        self._source = text[:start] + change.text + text[max(start, end) :]


class Desktop(Workspace):
    """pygls's workspace with documents of our kind."""

    def _create_text_document(
        self,
        doc_uri: str,
        source: str | None = None,
        version: int | None = None,
        language_id: str | None = None,
    ) -> TextDocument:
        return Document(
            doc_uri,
            source=source,
            version=version,
            language_id=language_id,
            sync_kind=self._sync_kind,
            position_codec=self._position_codec,
        )
