"""Files that `dots graph` and `dots wrapped` write: over an earlier one of their own, no other."""

from __future__ import annotations

import json
import os
from pathlib import Path

from vaultdots.errors import UsageError

MARK = 'name="generator" content="vaultdots"'
"""What our pages say in their head, and our GraphML in its comment."""
FRAGMENT = '<iframe class="vaultdots" '
FORMATS = {".html": "html", ".htm": "html", ".json": "json", ".graphml": "graphml"}
_MARK_WITHIN = 4000
_NODE_KEYS = ["id", "kind", "title", "year", "path"]


def check_output(path: Path, *, force: bool) -> None:
    """Refuse to write over what is no earlier output of ours. Raises UsageError."""
    if force or _is_ours(path):
        return
    raise UsageError(
        "refusing to overwrite a file that is not an earlier map",
        place=str(path),
        hint="choose another name, or write over it with --force",
    )


def _is_ours(path: Path) -> bool:
    """Whether nothing is at `path`, or a file that dots wrote."""
    try:
        if not path.is_file():
            # A folder, a pipe, a device: writing will say what is wrong with it.
            return True
        with path.open("rb") as stream:
            head = stream.read(_MARK_WITHIN).decode("utf-8", "replace")
    except OSError:
        return True
    if not head:
        return True
    if head.startswith(("<!doctype html>", "<?xml")):
        return MARK in head
    if head.startswith(FRAGMENT):
        return True
    return head.startswith('{"nodes": [') and _is_our_json(head)


def _is_our_json(head: str) -> bool:
    """Our JSON has a node a line, with keys in the order that only we write."""
    lines = head.split("\n")
    if len(lines) > 2 and lines[1] == "]," and lines[2].startswith('"edges": ['):
        return True
    try:
        node = json.loads(lines[1].rstrip(","))
    except (ValueError, IndexError):
        return False
    return isinstance(node, dict) and list(node) == _NODE_KEYS


def write_output(path: Path, text: str) -> None:
    """Write beside and rename: the old file or the new one, never half of one.

    Raises UsageError.
    """
    try:
        _write(path, text)
    except OSError as error:
        raise UsageError(f"it cannot be written ({error.strerror})", place=str(path)) from None


def _write(path: Path, text: str) -> None:
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder '{path.parent}'", hint="make it first")
    if path.exists() and not path.is_file():
        # A device or a pipe (`-o /dev/stdout`) cannot be renamed over.
        path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
