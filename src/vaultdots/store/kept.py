"""What a view worked out from a whole vault, kept in the cache until something of it changes."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any


def read_kept(folder: Path | None, name: str, stamp: str) -> Any:
    """What was kept under a name and a stamp; None where nothing was, or it cannot be read."""
    if folder is None:
        return None
    try:
        kept = json.loads(_file(folder, name).read_text(encoding="utf-8"))
        return kept["value"] if kept["stamp"] == stamp else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def write_kept(folder: Path | None, name: str, stamp: str, value: Any) -> None:
    """Keep a JSON value in the place of the last of that name; a cache that cannot be written is
    done without."""
    if folder is None:
        return
    body = json.dumps({"stamp": stamp, "value": value}, ensure_ascii=True)
    file = _file(folder, name)
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        fresh.write_text(body, encoding="utf-8")
        fresh.replace(file)


def _file(folder: Path, name: str) -> Path:
    return folder / f"kept-{name}.json"
