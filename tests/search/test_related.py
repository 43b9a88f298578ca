"""Notes that belong together, and why."""

from __future__ import annotations

import pytest

from tests.search.conftest import SmallVault
from vaultdots.search.related import Related

NOTES = {
    "트랜잭션.md": "# 트랜잭션 격리 수준\n\n격리 수준과 팬텀 리드, 스냅샷. [[데이터베이스]]\n",
    "mvcc.md": "# MVCC\n\n스냅샷으로 팬텀 리드를 막는 격리 수준.\n",
    "잠금.md": "# 잠금\n\n잠금은 기다린다. [[데이터베이스]]\n",
    "데이터베이스.md": "# 데이터베이스\n\n저장한다.\n",
    "회고.md": "# 회고\n\n올해 [[트랜잭션]]과 [[요리]]를 배웠다.\n",
    "요리.md": "# 요리\n\n국수를 삶는다.\n",
    "산책.md": "# 산책\n\n걷는다.\n",
}


@pytest.fixture
def found(vault: SmallVault) -> dict[str, Related]:
    vault.write(NOTES)
    vault.ask("회고")
    assert vault.searcher
    return {one.path: one for one in vault.searcher.related("트랜잭션.md")}


def test_the_nearest_comes_first(found: dict[str, Related]) -> None:
    assert next(iter(found)) == "mvcc.md"
    assert "트랜잭션.md" not in found
    assert "산책.md" not in found
    assert all(0 < one.score <= 1 for one in found.values())


def test_each_says_why(found: dict[str, Related]) -> None:
    reasons = {path: {r.signal: r.text for r in one.reasons} for path, one in found.items()}
    assert "격리" in reasons["mvcc.md"]["text"]
    assert reasons["요리.md"]["cited-together"] == "회고.md"
    assert reasons["잠금.md"]["links-to-same"] == "데이터베이스.md"
    assert "linked" in reasons["데이터베이스.md"]
    assert "linked" not in reasons["요리.md"]


def test_a_note_with_nothing_in_common(vault: SmallVault) -> None:
    vault.write({"a.md": "홀로\n", "b.md": "다른 글\n"})
    vault.ask("홀로")
    assert vault.searcher
    assert vault.searcher.related("a.md") == []
    assert vault.searcher.related("none.md") == []
