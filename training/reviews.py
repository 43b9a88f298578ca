"""The examples from which it is learned what is a review: the notes whose names do not decide."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unittest import mock

from training.fit import Row
from training.labels import AUTHORS, SHARED, labels
from vaultdots.note.parse import parse_note

EXPECTED = Path(__file__).parents[1] / "tests" / "retrospective" / "expected" / "reviews.toml"


@cache
def review_rows(author: str) -> tuple[Row, ...]:
    """An author's notes that are asked about; what may be a review or not is left out."""
    marked = labels(author)
    wanted = {entry["path"] for entry in marked["reviews"]}
    may = {path for entry in marked["may_reviews"] for path in _paths(entry)}
    return tuple(
        (author, features, int(path in wanted))
        for path, features in _asked(AUTHORS / "vaults" / author)
        if path not in may
    )


def _paths(entry: object) -> list[str]:
    return [entry] if isinstance(entry, str) else [dict(entry)["path"]]  # type: ignore[call-overload]


@cache
def corpus_rows() -> tuple[Row, ...]:
    """The same of the corpora whose reviews are known: they are in every fold."""
    found: list[Row] = []
    for vault, reviews in tomllib.loads(EXPECTED.read_text(encoding="utf-8")).items():
        found += [
            (f"corpus {vault}", features, int(path in reviews))
            for path, features in _asked(SHARED / "corpora" / vault)
        ]
    return tuple(found)


def _asked(folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """The notes of a folder that the decision is asked about, with their features."""
    for file in sorted((*folder.rglob("*.md"), *folder.rglob("*.markdown"))):
        asked: list[dict[str, float]] = []

        def kept(
            found: dict[str, float], asked: list[dict[str, float]] = asked
        ) -> tuple[bool, str]:
            asked.append(found)
            return False, ""

        path = file.relative_to(folder).as_posix()
        text = file.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")
        # Every note is asked about, also those whose names decide: there are few others.
        with (
            mock.patch("vaultdots.note.kind.is_review", kept),
            mock.patch("vaultdots.note.kind.review_by_names", lambda *_: (None, "")),
        ):
            parse_note(path, text)
        yield from ((path, features) for features in asked)
