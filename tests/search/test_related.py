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


LISTING = "drwxr-xr-x 2 root root 4096\n\n```sh\nmake build && ls -l\n```\n\n`xr` `kernel_panic`"
LISTINGS = {
    "서버.md": "# 서버 점검\n\n컨테이너를 다시 띄웠다. 있으면 좋겠다.\n\n"
    f"{LISTING} 컨테이너의 로그를 봤다. next step a1b2c3d\n",
    "배포.md": "# 배포\n\n컨테이너는 가볍다. 있으면 쓴다.\n\n"
    f"{LISTING} 컨테이너를 띄운다. next step a1b2c3d\n",
    "산책.md": "# 산책\n\n걷는다.\n",
    "국수.md": "# 국수\n\n삶는다.\n",
    "비.md": "# 비\n\n내린다.\n",
}


def test_a_listing_code_and_everyday_words_are_no_reason(vault: SmallVault) -> None:
    vault.write(LISTINGS)
    vault.ask("컨테이너")
    assert vault.searcher
    first = vault.searcher.related("서버.md")[0]
    assert first.path == "배포.md"
    assert [(r.signal, r.text) for r in first.reasons] == [("text", "컨테이너")]
