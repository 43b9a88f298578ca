"""File names that every system and every link can hold, and none used twice."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from vaultdots.text.names import name_key, nfc

_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')
_LINK_SIGNS = str.maketrans("#^[]", "    ")
"""Obsidian cannot link to a note whose name holds one of these."""
_RESERVED = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)}
_SAYS_NOTHING = {"untitled", "document", "download", "page", "index", "copy", "new", "제목", "없음"}
_HEX = re.compile(r"[0-9a-f]{6,}")
_NAME_BYTES = 200
"""Most file systems stop at 255 bytes; the rest is for an extension and a temporary suffix."""


def safe_name(text: str, fallback: str = "untitled") -> str:
    """`text` as a file name without extension: NFC, no sign a system or a link refuses."""
    name = _UNSAFE.sub(" ", nfc(text)).translate(_LINK_SIGNS)
    name = " ".join(name.split()).strip(". ")
    while len(name.encode("utf-8", "replace")) > _NAME_BYTES:
        name = name[: max(1, len(name) * _NAME_BYTES // len(name.encode("utf-8", "replace")))]
        name = name[:-1] if len(name.encode("utf-8", "replace")) > _NAME_BYTES else name
    name = name.encode("utf-8", "ignore").decode("utf-8").strip(". ")
    if name.casefold().split(".")[0] in _RESERVED:
        name = f"{name}_"
    return name or fallback


def safe_path(parts: tuple[str, ...], suffix: str = ".md") -> str:
    """A relative POSIX path from names: nothing empty, no `..`, the suffix at the end."""
    clean = [safe_name(part) for part in parts if part not in ("", ".", "..")]
    return "/".join(clean or ["untitled"]) + suffix


def is_opaque(name: str) -> bool:
    """Whether a file's name says nothing: numbers and hex digits, `untitled`, `download (2)`."""
    words = re.findall(r"[^\W_]+", name.casefold())
    return all(
        word.isdigit() or word in _SAYS_NOTHING or (_HEX.fullmatch(word) and not word.isalpha())
        for word in words
    )


class Names:
    """The paths taken so far; `take` hands out a free one (`x 2.md` where `x.md` is gone)."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, path: str) -> tuple[str, bool]:
        """(a free path, whether it is the one asked for), case and Unicode form aside."""
        key = name_key(path)
        if key not in self._taken:
            self._taken.add(key)
            return path, True
        pure = PurePosixPath(path)
        number = self._next.get(key, 2)
        while True:
            other = str(pure.with_name(f"{pure.stem} {number}{pure.suffix}"))
            number += 1
            if name_key(other) not in self._taken:
                self._next[key] = number
                self._taken.add(name_key(other))
                return other, False
