"""What is worked out from a whole vault, once while nothing of it changes: `Vault.kept`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from vaultdots import __version__
from vaultdots.store.kept import read_kept, write_kept

if TYPE_CHECKING:
    from vaultdots.vault.edits import Edits
    from vaultdots.vault.state import State


def kept(state: State, edits: Edits, name: str, key: Sequence[str], make: Callable[[], Any]) -> Any:
    """What `make` gives, a JSON value, or what it gave the last time that all of this was the same:
    the notes and how they are read, the settings, what a person settled or rejected, the history
    that dates notes, the year that is not over yet, `key`, and dots itself."""
    catalog = state.catalog
    if catalog.overlaid:
        return make()
    stamp = _stamp(state, edits, key)
    found = read_kept(catalog.folder, name, stamp)
    if found is None:
        found = make()
        write_kept(catalog.folder, name, stamp, found)
    return found


def _stamp(state: State, edits: Edits, key: Sequence[str]) -> str:
    from vaultdots.retrospective.settle import FILE
    from vaultdots.store.git_dates import history_moment

    parts = [
        __version__,
        state.catalog.epoch,
        state.catalog.generation,
        date.today().year,
        history_moment(state.root),
        state.side_file(FILE),
        json.dumps(state.config.tables, sort_keys=True, default=str),
        *map(repr, edits.rejections()),
        *key,
    ]
    return hashlib.blake2b("\0".join(map(str, parts)).encode(), digest_size=16).hexdigest()
