"""What a person sees: each transcript's commands print what it says, and exit as it says."""

from __future__ import annotations

import pytest

from tests.cli.transcripts import FOLDER, KOREAN, TODAY, play, read

QUICK = frozenset(("links", "vault", "errors"))
"""Played in `make test`; the others ask a minute of a busy machine."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(path.stem, marks=() if path.stem in QUICK else pytest.mark.slow)
        for path in sorted(FOLDER.glob("*.txt"))
    ],
)
def test_the_commands_print_what_the_transcript_says(name: str) -> None:
    vault, steps = read(FOLDER / f"{name}.txt")
    assert steps
    named = name.startswith
    played = play(vault, steps, korean=named(KOREAN), today=named(TODAY))
    for expected, got in zip(steps, played, strict=True):
        assert (expected.command, expected.output) == (got.command, got.output)
