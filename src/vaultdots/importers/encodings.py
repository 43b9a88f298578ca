"""Bytes of other people's files → text: BOM, UTF-8, a declared charset, CP949, then a detector."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE

from vaultdots.text.tuples import NamedTuple

_BOMS = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,8}=\s{0,8}[\"']?([A-Za-z0-9_.:-]{1,40})", re.I
)
_DECLARATION_WINDOW = 4096
"""The HTML standard looks for a charset in the first 1,024 bytes; saved pages put scripts first."""
_DETECTOR_SAMPLE = 256 * 1024
"""The detector tries dozens of codecs; a quarter of a megabyte decides and takes under a second."""
_HANGUL_SHARE = 0.6
"""Bytes that are CP949 by accident (Latin-1, Shift-JIS) read as ideographs and rare syllables:
real Korean prose in CP949 has over nine Hangul syllables in ten signs beyond ASCII."""


class Decoded(NamedTuple):
    """A text without its BOM, the codec's name, and a warning where the codec was a guess."""

    text: str
    encoding: str
    warning: str | None


def is_binary(data: bytes) -> bool:
    """True when no text reading makes sense: a NUL among the first bytes and no UTF-16/32 BOM."""
    return b"\0" in data[:8192] and not data.startswith(tuple(bom for bom, _ in _BOMS[1:]))


def decode(data: bytes, *, html: bool = False) -> Decoded:
    """`data` as text, with LF line ends; any bytes give a text, never an exception.

    html: honour `<meta charset>`. A guess, and every byte that could not be read, is reported.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lenient(data[len(bom) :], encoding, guessed=False)
    text = _strict(data, "utf-8")
    if text is not None:
        return Decoded(_lf(text), "utf-8", None)
    if html and (declared := _DECLARED.search(data[:_DECLARATION_WINDOW])):
        name = _korean_superset(declared[1].decode("ascii").lower())
        text = _strict(data, name)
        if text is not None:
            return Decoded(_lf(text), name, f"read as {name}, as the page declares")
    text = _strict(data, "cp949")
    if text is not None and _looks_korean(text):
        return Decoded(_lf(text), "cp949", "encoding guessed: cp949")
    return _lenient(data, _detect(data), guessed=True)


def _lenient(data: bytes, encoding: str, *, guessed: bool) -> Decoded:
    text = data.decode(encoding, "replace")
    unread = text.count("\ufffd") - data.count("\ufffd".encode())
    notes = [f"encoding guessed: {encoding}"] if guessed else []
    if unread > 0:
        notes.append(f"{unread} characters could not be read as {encoding}")
    return Decoded(_lf(text), encoding, "; ".join(notes) or None)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_DETECTOR_SAMPLE]).best()
    if best is None or best.encoding in ("ascii", "utf_8"):
        return "utf-8"
    return _korean_superset(best.encoding.replace("_", "-"))


def _korean_superset(name: str) -> str:
    # Every "EUC-KR" page in the wild is CP949 (the WHATWG encoding standard says the same).
    return "cp949" if name in {"euc-kr", "ks-c-5601-1987", "ks_c_5601-1987", "uhc"} else name


def _looks_korean(text: str) -> bool:
    beyond = [c for c in text if c > "\x7f"]
    return sum("가" <= c <= "힣" for c in beyond) >= _HANGUL_SHARE * len(beyond)


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
