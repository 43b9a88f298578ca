"""Names compared as people mean them: NFC and case-folded, the spelling kept elsewhere."""

from __future__ import annotations

from unicodedata import is_normalized, normalize


def nfc(text: str) -> str:
    """`text` in Unicode normal form C (macOS hands out Hangul in form D)."""
    return text if text.isascii() or is_normalized("NFC", text) else normalize("NFC", text)


def folded(text: str) -> str:
    """`text` with the case folded and every character in its place: `ß` stays one letter."""
    if text.isascii():
        return text.lower()
    whole = text.casefold()
    if len(whole) == len(text):
        return whole
    return "".join(low if len(low := c.casefold()) == 1 else c for c in text)


def name_key(name: str) -> str:
    """The key under which two spellings of a name are the same: NFC, case-folded, trimmed."""
    if name.isascii():
        return name.strip().lower()
    return normalize("NFC", normalize("NFC", name).strip().casefold())
