"""New ids for blocks: six letters and digits made from the block's words."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import blake2b


def unused_block_id(words: str, taken: Collection[str]) -> str:
    """The same words get the same id, unless it is taken in the note."""
    number = 0
    while True:
        found = blake2b(f"{number}{words}".encode("utf-8", "replace"), digest_size=3).hexdigest()
        if found not in taken:
            return found
        number += 1
