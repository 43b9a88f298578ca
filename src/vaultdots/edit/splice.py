"""Edits put into the bytes of a file: every byte outside of their spans stays as it is."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from vaultdots.edit.model import Edit
from vaultdots.errors import EditError
from vaultdots.store.decode import Decoded, decode


def splice(data: bytes, edits: Sequence[Edit], decoded: Decoded | None = None) -> bytes:
    """`data` with the edits of one file in it: BOM, encoding and line ends stay. decoded: `data`'s
    text, where it is known.

    Raises EditError where a span does not hold what the edit says, where edits overlap, where the
    file's bytes are not what its text says (bytes that no encoding explains), or where the new text
    cannot be written in the file's encoding.
    """
    path = edits[0].path if edits else ""
    decoded = decoded or decode(data)
    head, encoding = _encoding(data, decoded.encoding)
    try:
        exact = head + decoded.text.encode(encoding) == data
    except UnicodeEncodeError:
        exact = False
    if not exact:
        raise EditError("the file holds bytes that are not text", place=path)
    pieces = [head]
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.of(decoded.text) != edit.before or edit.span.end > len(decoded.text):
            raise EditError("the file has changed meanwhile", place=path)
        if edit.span.start < at:
            raise EditError("two edits overlap", place=path)
        pieces.append(decoded.text[at : edit.span.start].encode(encoding))
        try:
            pieces.append(edit.after.encode(encoding))
        except UnicodeEncodeError:
            raise EditError(
                f"'{edit.after}' cannot be written in the file's encoding ({encoding})", place=path
            ) from None
        at = edit.span.end
    pieces.append(decoded.text[at:].encode(encoding))
    return b"".join(pieces)


def splice_text(text: str, edits: Sequence[Edit]) -> str:
    """The same of a text."""
    pieces = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        pieces += [text[at : edit.span.start], edit.after]
        at = edit.span.end
    return "".join([*pieces, text[at:]])


def _encoding(data: bytes, name: str) -> tuple[bytes, str]:
    """(the BOM, the codec of what follows)."""
    if name == "utf-8-sig":
        return codecs.BOM_UTF8, "utf-8"
    if name == "utf-16":
        if data.startswith(codecs.BOM_UTF16_LE):
            return codecs.BOM_UTF16_LE, "utf-16-le"
        return codecs.BOM_UTF16_BE, "utf-16-be"
    return b"", name
