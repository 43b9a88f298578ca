"""Bytes to text: UTF-8 first, then what Korean files come in, never an exception."""

from __future__ import annotations

import codecs
import re

from vaultdots.note.model import Diagnostic
from vaultdots.text.tuples import NamedTuple

_HANGUL = re.compile("[가-힣]")


class Decoded(NamedTuple):
    """A file's text without a BOM, the encoding it was read as, and what is wrong with it."""

    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...]


def decode(data: bytes) -> Decoded:
    """Decode a file: by its BOM, as UTF-8, as CP949 where that gives Hangul, else with U+FFFD."""
    if data.startswith(codecs.BOM_UTF8):
        data, encoding = data[3:], "utf-8-sig"
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data)
    else:
        encoding = "utf-8"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error)
    if "\0" in text:
        return Decoded(text, encoding, (_nul(text),))
    return Decoded(text, encoding, ())


def _utf16(data: bytes) -> Decoded:
    text = data.decode("utf-16", errors="replace")
    problem = Diagnostic("bad-encoding", "warning", "the file is UTF-16; it is read as such", 1)
    return Decoded(text, "utf-16", (problem,))


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> Decoded:
    line = data.count(b"\n", 0, error.start) + 1
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        text = ""
    if text and _HANGUL.search(text) and "\0" not in text:
        message = "the file is not UTF-8; it is read as CP949 (Korean Windows)"
        return Decoded(text, "cp949", (Diagnostic("bad-encoding", "warning", message, line),))
    message = f"byte 0x{data[error.start]:02x} is not UTF-8; it is shown as U+FFFD"
    text = data.decode("utf-8", errors="replace")
    return Decoded(text, "utf-8", (Diagnostic("bad-encoding", "error", message, line),))


def _nul(text: str) -> Diagnostic:
    if text.endswith("\0\0"):
        message = "NUL characters stand at the end of the file: its writing broke off"
        return Diagnostic("half-written", "error", message, _line_of_nul(text.rstrip("\0")))
    line = _line_of_nul(text[: text.index("\0")])
    return Diagnostic("bad-encoding", "warning", "a NUL character stands in the text", line)


def _line_of_nul(before: str) -> int:
    return before.count("\n") + 1
