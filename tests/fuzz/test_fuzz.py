"""Fuzzing in short; `make fuzz` at length. docs/safety.md has what was run and found."""

from __future__ import annotations

from itertools import islice

import pytest

from tests.fuzz.__main__ import fuzz_properties, fuzz_scan, fuzz_shape
from tests.fuzz.mutator import blocks, files, repeated


def test_any_file_is_read() -> None:
    assert fuzz_scan(seed=7, executions=1_500) == []


def test_any_block_of_properties_is_read() -> None:
    assert fuzz_properties(seed=7, executions=1_000) == []


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_at_more_length() -> None:
    assert fuzz_scan(seed=8, executions=60_000) == []
    assert fuzz_properties(seed=8, executions=40_000) == []
    assert fuzz_shape(seed=8, shapes=60) == []


def test_a_seed_repeats_what_it_drew() -> None:
    for endless in (files, blocks, repeated):
        assert list(islice(endless(3), 50)) == list(islice(endless(3), 50))
        assert list(islice(endless(3), 50)) != list(islice(endless(4), 50))
