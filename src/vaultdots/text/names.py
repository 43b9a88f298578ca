"""Names compared as people mean them: folded, the spelling kept elsewhere."""

from __future__ import annotations

from unicodedata import is_normalized, normalize

from vaultdots.text.folding import folded, is_plain


def nfc(text: str) -> str:
    """`text` in Unicode normal form C (macOS hands out Hangul in form D)."""
    return text if text.isascii() or is_normalized("NFC", text) else normalize("NFC", text)


def is_writable(text: str) -> bool:
    """Whether a disk can hold a name, and the catalog a text: not NUL, and not half of a surrogate
    pair, as which bytes that are no UTF-8 and JSON's `\\ud800` are read."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def name_key(name: str) -> str:
    """The key under which two spellings of a name are the same: folded and trimmed.

    What folds to a path's slash (`／`) is no slash: it may stand in a file's name.
    """
    if name.isascii() or is_plain(name):
        return name.strip().lower()
    if _SLASHES.isdisjoint(name):
        return folded(name).strip()
    return "".join(c if c in _SLASHES else folded(c) for c in nfc(name)).strip()


_SLASHES = frozenset("／℀℁℅℆")
