"""A change as a person sees it before it is made: a unified diff, or line by line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from vaultdots.store.decode import decode
from vaultdots.store.journal import FileChange, FileMove
from vaultdots.store.transaction import moved
from vaultdots.text.names import nfc
from vaultdots.text.tuples import NamedTuple


class LineEdit(NamedTuple):
    """One line of a note before and after. The names are the keys of `--json`."""

    path: str
    line: int
    before: str
    after: str


def edits_between(path: str, before: str, after: str) -> list[LineEdit]:
    """The lines that differ, numbered as they were before."""
    old, new = _lines(before), _lines(after)
    found = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for index in range(max(b - a, d - c)):
            there = old[a + index] if a + index < b else ""
            here = new[c + index] if c + index < d else ""
            found.append(LineEdit(path, min(a + index, len(old)) + 1, there, here))
    return found


def edits_of(changes: Iterable[FileChange], moves: Sequence[FileMove] = ()) -> list[LineEdit]:
    """The lines that changes change, file by file, then the moves: line 0, the names as before and
    after."""
    found: list[LineEdit] = []
    for change in changes:
        before = decode(change.before).text if change.before is not None else ""
        after = decode(change.after).text if change.after is not None else ""
        found += edits_between(nfc(change.path), before, after)
    found += [LineEdit(nfc(m.old), 0, nfc(m.old), nfc(m.new)) for m in moves]
    return found


def diff_of(changes: Iterable[FileChange], moves: Sequence[FileMove] = ()) -> str:
    """A unified diff of changes, as `--dry-run` prints it; moves as git writes them."""
    pieces: list[str] = []
    for move in moves:
        pieces += [f"rename from {move.old}", f"rename to {move.new}"]
    for change in changes:
        old = decode(change.before).text if change.before is not None else ""
        new = decode(change.after).text if change.after is not None else ""
        stays = change.before is not None and change.after is not None
        pieces += difflib.unified_diff(
            _lines(old),
            _lines(new),
            f"a/{change.path}" if change.before is not None else "/dev/null",
            f"b/{moved(change.path, moves) if stays else change.path}"
            if change.after is not None
            else "/dev/null",
            lineterm="",
        )
    return "\n".join(pieces)


def _lines(text: str) -> list[str]:
    lines = re.split(r"\r\n?|\n", text)
    return lines[:-1] if lines and not lines[-1] else lines
