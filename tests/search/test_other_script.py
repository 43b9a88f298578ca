"""도커 finds Docker, and Docker 도커: below what is written as typed, whole words only."""

from __future__ import annotations

import pytest

from tests.search.conftest import SmallVault
from vaultdots.search.searcher import SearchOptions

NOTES = {
    "Docker.md": "# Docker\n\nAn image is built.\n",
    "배포.md": "# 배포\n\n도커로 띄운다.\n",
    "러스트.md": "# 러스트\n\n소유권.\n",
    "Rust Error.md": "# Rust Error Handling\n\nEvery Rust program.\n",
    "그림.md": "# 일러스트레이터\n\n일러스트레이터로 그렸다. trust me\n",
    "산책.md": "# 산책\n\n강가를 걸었다.\n",
}


@pytest.fixture
def notes(vault: SmallVault) -> SmallVault:
    vault.write(NOTES)
    return vault


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("도커", [("배포.md", None), ("Docker.md", "docker")]),
        ("docker", [("Docker.md", None)]),
        ("러스트", [("러스트.md", None), ("Rust Error.md", "rust")]),
        ("rust", [("Rust Error.md", None), ("러스트.md", "러스트")]),
        ("산책", [("산책.md", None)]),
        ("강가", [("산책.md", None)]),
    ],
)
def test_the_other_script_stands_below(
    notes: SmallVault, query: str, found: list[tuple[str, str | None]]
) -> None:
    hits = [hit for hit in notes.ask(query) if hit.path != "그림.md"]
    assert [(hit.path, hit.via) for hit in hits] == found
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_no_loan_word_is_found_inside_another(notes: SmallVault) -> None:
    for query in ("러스트", "rust"):
        assert not [hit for hit in notes.ask(query) if hit.path == "그림.md" and hit.via]


def test_literal_asks_for_the_typed_script_alone(notes: SmallVault) -> None:
    hits = notes.ask("도커", SearchOptions(relax=False))
    assert [hit.path for hit in hits] == ["배포.md"]


def test_it_is_said(notes: SmallVault) -> None:
    notes.ask("도커")
    assert notes.searcher
    answer = notes.searcher.ask("도커")
    assert answer.notices == ("'도커' is 'docker' too: marked, below the others",)


PAIRS = """
도커 docker|쿠버네티스 kubernetes|카프카 kafka|스프링 spring|리액트 react|타입스크립트 typescript
자바스크립트 javascript|파이썬 python|러스트 rust|코틀린 kotlin|레디스 redis|트랜잭션 transaction
컨테이너 container|클라우드 cloud|네트워크 network|프로토콜 protocol|스레드 thread|프로세스 process
캐시 cache|쿼리 query|인덱스 index|테이블 table|스키마 schema|컴포넌트 component|렌더링 rendering
이벤트 event|메시지 message|브로커 broker|컨슈머 consumer|파티션 partition|클러스터 cluster
샤딩 sharding|알고리즘 algorithm|아키텍처 architecture|디자인 design
패턴 pattern|리팩터링 refactoring|테스트 test|배치 batch|모니터링 monitoring|로그 log
메트릭 metric|임베딩 embedding|트랜스포머 transformer
"""
"""Loan words that the corpora of notes have in both scripts."""
NATIVE = """
그리고 하지만 그래서 그런데 이번에 처음으로 생각이 사람들 필요한 정리했다 회고 목표
공부 시간 하루 마음 올해 내년 지난해 다시 계속 조금 많이 먼저
나중에 이유 방법 문제 해결 결과 과정 시작 마무리 기록 정리 작성
이해 경험 느낌 걱정 고민 선택 결정 준비 연습 노력 습관 건강
운동 산책 여행 가족 친구 동료 회사 이직 면접 업무 개발자 글쓰기
"""


def test_loan_words_meet_and_native_ones_do_not(vault: SmallVault) -> None:
    pairs = [pair.split() for line in PAIRS.split("\n") if line for pair in line.split("|")]
    vault.write({f"{latin.title()}.md": f"# {latin.title()}\n\nText.\n" for _, latin in pairs})
    vault.write({f"글 {hangul}.md": f"# {hangul}\n\n글.\n" for hangul, _ in pairs})
    met = missed = 0
    for hangul, latin in pairs:
        for query, path in ((hangul, f"{latin.title()}.md"), (latin, f"글 {hangul}.md")):
            others = [hit.path for hit in vault.ask(query) if hit.via]
            met += others[:1] == [path]
            missed += others[:1] != [path]
    assert met / (met + missed) >= 0.95
    false = [word for word in NATIVE.split() if any(hit.via for hit in vault.ask(word))]
    assert len(false) / len(NATIVE.split()) <= 0.02, false
