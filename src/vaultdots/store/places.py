"""Where the dots stood on the last map: kept in the cache, for a map that stays calm."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from vaultdots.text.tuples import NamedTuple

Point = tuple[float, float]
_FILE = "places.json"


class KeptPlaces(NamedTuple):
    """The last map. stamp: of the graph that it shows; places: node id → (x, y) in map units; step,
    first: of its columns (`graph.time_axis.Columns`)."""

    stamp: str
    places: Mapping[str, Point]
    step: float
    first: int | None


def kept_places(folder: Path | None) -> KeptPlaces | None:
    """The last map's places, None where there is none or it cannot be read."""
    if folder is None:
        return None
    try:
        kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        places = {str(key): (float(x), float(y)) for key, (x, y) in kept["places"].items()}
        first = kept["first"]
        whole = int(first) if first is not None else None
        return KeptPlaces(str(kept["stamp"]), places, float(kept["step"]), whole)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def keep_places(folder: Path | None, kept: KeptPlaces) -> None:
    """Keep a map's places; a cache that cannot be written is done without."""
    if folder is None:
        return
    body = json.dumps(kept._asdict(), ensure_ascii=True)
    fresh = folder / f"{_FILE}.{os.getpid()}"
    with contextlib.suppress(OSError):
        fresh.write_text(body, encoding="utf-8")
        fresh.replace(folder / _FILE)
