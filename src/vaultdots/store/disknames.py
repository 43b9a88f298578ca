"""The name that a path has on the disk: macOS writes Hangul decomposed, dots asks in NFC."""

from __future__ import annotations

import os
from pathlib import Path

from vaultdots.text.names import nfc


def disk_name(root: Path, path: str) -> str:
    """`path` (vault-relative, POSIX) as it stands on the disk, folder by folder.

    A part that stands there in another Unicode form is named so; one that does not exist stays as
    it is asked for. So a new note goes into the folder that is there, and makes no twin of it.
    """
    if os.path.lexists(root / path):
        return path
    found: list[str] = []
    parts = path.split("/")
    for at, part in enumerate(parts):
        folder = root.joinpath(*found)
        if not os.path.lexists(folder / part):
            try:
                names = os.listdir(folder)
            except OSError:
                return "/".join([*found, *parts[at:]])
            key = nfc(part)
            part = next((name for name in sorted(names) if nfc(name) == key), part)
        found.append(part)
    return "/".join(found)
