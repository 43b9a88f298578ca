"""Whole commands under faults (`tests.safety.faults`): a few here, a hundred in the long run."""

from __future__ import annotations

import pytest

from tests.safety.faults import run
from tests.safety.tracing import needs_strace


@needs_strace
@pytest.mark.slow
@pytest.mark.timeout(200)
def test_a_few_faults() -> None:
    tried, wrong = run(6, seed=2, cases=2)
    assert wrong == []
    assert sum(tried.values()) > 6


@needs_strace
@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_hundred_faults() -> None:
    tried, wrong = run(100, seed=3)
    assert wrong == []
    assert tried["points"] > 1000
