"""What is fuzzed, and what must hold for any input: no exception, rows that can be kept, no cost
above linear."""

from __future__ import annotations

import gc
import json
import marshal
import time
from collections.abc import Callable

from vaultdots.note import frontmatter
from vaultdots.note.options import NoteOptions
from vaultdots.store.records import FileRows
from vaultdots.store.rows import file_rows

_OPTIONS = (
    NoteOptions(),
    NoteOptions(dialect="hugo", site_url="https://example.com"),
    NoteOptions(dialect="jekyll", site_url="https://example.com/base"),
    NoteOptions(dialect="vuepress"),
)
_KINDS = (
    ("a/b.md", "note"), ("회고/2023.md", "note"), ("_posts/2023-01-05-a.md", "note"),
    ("a.md", "note"), ("a.canvas", "canvas"), ("a.base", "base"),
)  # fmt: skip
# A file may cost this much, and this much a byte: ten times what the slowest known one costs.
_SECONDS = 0.1
_SECONDS_A_BYTE = 100e-6
# Four times a text may cost this many times as much (16 is quadratic); the quicker of two runs.
MOST_RATIO = 8.0
_MEASURABLE = 0.004


def read_file(data: bytes, number: int = 0) -> FileRows:
    """Read `data` as a note, a canvas or a base, by turns, and see that the rows can be kept."""
    path, role = _KINDS[number % len(_KINDS)]
    rows = file_rows(path, role, data, _OPTIONS[number % len(_OPTIONS)])
    marshal.dumps(tuple(rows))
    _storable(tuple(rows))
    return rows


def read_properties(text: str) -> None:
    """Cut and load a block of properties, and see that its values can be kept."""
    block = frontmatter.cut(text)
    if block is None:
        frontmatter.unclosed(text)
        return
    assert 0 <= block.span.start <= block.span.end <= block.body <= len(text)
    loaded = frontmatter.load(text, block)
    for item in loaded.properties if loaded else ():
        json.dumps([item.key, item.value], ensure_ascii=False).encode("utf-8")


def _storable(value: object) -> None:
    """Text that is UTF-8 and numbers of 64 bits: what SQLite holds."""
    if isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, int):
        assert -(2**63) <= value < 2**63
    elif isinstance(value, (tuple, list)):
        for item in value:
            _storable(item)


def timed(read: Callable[[], object]) -> float:
    """Seconds of this process's own time; what looks too long is measured again."""
    # The collector's own passes grow with whatever else this process holds.
    gc.collect()
    gc.disable()
    try:
        begin = time.process_time()
        read()
        return time.process_time() - begin
    finally:
        gc.enable()


def too_long(read: Callable[[], object], size: int) -> bool:
    """Whether reading `size` bytes takes longer than any file of that size may, three times."""
    budget = _SECONDS + _SECONDS_A_BYTE * size
    return all(timed(read) > budget for _ in range(3))


def ratio(head: str, unit: str, tail: str, times: int) -> float:
    """What reading `head + unit * n + tail` costs at four times the n, in times; 1.0 where it is
    too quick to tell."""

    def cost(n: int) -> float:
        data = (head + unit * n + tail).encode("utf-8", "surrogatepass")
        return min(timed(lambda: read_file(data)) for _ in range(2))

    small = cost(times)
    if small < _MEASURABLE:
        return 1.0
    return cost(4 * times) / small
