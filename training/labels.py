"""The labelled authors, and what dots reads of their vaults."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from vaultdots.retrospective.model import ReviewSource
from vaultdots.retrospective.reviews import in_order
from vaultdots.vault import Vault

SHARED = Path(os.environ.get("DOTS_SHARED") or Path(__file__).parents[2] / "shared")
AUTHORS = SHARED / "authors"


def names() -> list[str]:
    """The authors, in order."""
    return sorted(path.stem for path in (AUTHORS / "labels").glob("*.json"))


@cache
def labels(author: str) -> dict[str, Any]:
    """What a careful reader found in the author's vault (authors/README.md)."""
    text = (AUTHORS / "labels" / f"{author}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def sources(author: str) -> Sequence[ReviewSource]:
    """What goals are read from: the author's reviews, as labelled, and notes of goals."""
    marked = {entry["path"]: entry for entry in labels(author)["reviews"]}
    with Vault.open(AUTHORS / "vaults" / author) as vault:
        vault.sync()
        years = vault.years_as_of(2026)
        found = [source for source in years.goal_sources if source.path not in marked]
        for row in years.notes.rows:
            entry = marked.get(row.path)
            if entry is not None:
                source = years.notes.source(row)
                note = replace(
                    source.note, kind="review", year=entry["year"], period=entry["period"]
                )
                found.append(ReviewSource(note, source.text))
        return tuple(in_order(found))
