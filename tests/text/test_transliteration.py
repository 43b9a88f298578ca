"""Hangul words and the Latin words that they are."""

from __future__ import annotations

import pytest

from vaultdots.text.transliteration import sounds_like


@pytest.mark.parametrize(
    "pair",
    [
        "도커 docker", "스프링 spring", "알고리즘 algorithm", "쿠버네티스 kubernetes",
        "리액트 react", "레디스 redis", "디자인 design", "시스템 system",
        "타입스크립트 typescript", "코틀린 kotlin", "자바스크립트 javascript", "러스트 rust",
        "카프카 kafka", "블로그 blog", "서버 server", "웹팩 webpack", "젠킨스 jenkins",
        "스파크 spark", "파이썬 python", "스레드 thread", "노드 node", "스벨트 svelte",
        "컴포넌트 component", "트랜잭션 transaction", "모나드 monad", "캐시 cache",
        "컨테이너 container", "인덱스 index", "프로젝트 project", "커밋 commit", "소켓 socket",
        "테라폼 terraform", "몽고 mongo", "그라파나 grafana", "메시지 message",
        "컬럼 column", "트리거 trigger", "하이라이트 highlight", "플랫폼 platform",
        "템플릿 template",
    ],
)  # fmt: skip
def test_the_same_word(pair: str) -> None:
    hangul, latin = pair.split()
    assert sounds_like(hangul, latin)


@pytest.mark.parametrize(
    "pair",
    [
        "도커 take", "도커 tech", "서버 spa", "회사 has", "시작 sack", "목표 map",
        "사람 slam", "디자인 docker", "기술 css", "마음 mom", "운동 intent", "공부 cube",
        "독서 docs", "개발 couple", "여행 yarn", "정리 jungle", "책 check", "글 gl",
        "회고 hug", "노트 night", "일 all",
    ],
)  # fmt: skip
def test_other_words(pair: str) -> None:
    hangul, latin = pair.split()
    assert not sounds_like(hangul, latin)
