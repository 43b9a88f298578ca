"""Reviews in other hands than the corpora's, written for these tests: emoji, tables, English."""

from __future__ import annotations

from tests.retrospective.reading import review
from vaultdots.retrospective.books import all_books
from vaultdots.retrospective.fate import with_fates
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.model import ReviewSource
from vaultdots.retrospective.reviews import summary_of

EMOJI = """# 2022 연말결산 🎄

> 올해의 키워드: 도전

## 💻 개발

- 사이드 프로젝트 2개 출시
- 오픈소스 기여 3번

## 📚 올해 읽은 책

1. 『객체지향의 사실과 오해』 - 조영호 ⭐⭐⭐⭐⭐
2. <프로젝트 헤일메리>, 앤디 위어
3. 클린 아키텍처(로버트 마틴) : 어렵다
4. 데미안 - 헤르만 헤세

총 4권.

## 🎯 2023년에는...

✔️ 토익 900점 넘기기
✔️ 매일 30분 걷기

## 2023 목표 🚀

- [ ] 정보처리기사 자격증 따기
- [ ] 블로그 글 24개
- [ ] 몸무게 5kg 감량
- [ ] 책 20권 읽기
- [ ] 이직

앞으로는 조금 더 느긋하게 살고 싶다.
"""

TABLE = """---
title: 나의 2023년
date: 2023-12-31
tags: [회고]
---
## 작년에 세운 목표는 얼마나 지켰을까

| 목표 | 결과 | 한마디 |
|---|---|---|
| 정보처리기사 | O | 한 번에 붙었다 |
| 블로그 글 24개 | △ | 11개 |
| 5kg 감량 | X | 오히려 쪘다 |
| 책 20권 | O | 22권 |
| 이직 | X | 내년에 다시 |

## 내년에 하고 싶은 것들

1. 이직 성공하기
2. 제주도 한 달 살기
3. 영어 회화 스터디

## 올해의 책

- 불편한 편의점(김호연)
- 『역행자』 (자청) – 별로
"""

ENGLISH = """# Year in Review: 2022

2022 was a year of change.

## What I read

- *Project Hail Mary* by Andy Weir
- **Deep Work** — Cal Newport
- "Atomic Habits", James Clear (re-read)

## Goals for next year

* Ship my side project
* Run 500 km
* Read 15 books
* Get better at Spanish

I also want to see my parents more often next year.
"""

ANSWER = """# 2023 Annual Review

## How did I do on my 2022 goals?

- ✅ Ship my side project
- ❌ Run 500 km - only 212
- 🔺 Read 15 books: about half
- Spanish: didn't happen

## Next year

I will finally learn Spanish.

I'm going to move to Lisbon in 2024.
"""


def fates(*sources: ReviewSource) -> list[tuple[str, str]]:
    goals = [goal for source in sources for goal in goals_of(source)]
    first = sources[0].path
    return [
        (goal.text, goal.status)
        for goal in with_fates(goals, sources, 2026)
        if goal.path == first and goal.strength == "listed"
    ]


def books(source: ReviewSource) -> list[tuple[str, str | None, str | None]]:
    return [(book.title, book.author, book.comment) for book in all_books([source]).books]


def test_emoji_for_bullets_and_a_table_that_answers() -> None:
    plan, answer = review(EMOJI, "a.md"), review(TABLE, "b.md")
    assert [(s.note.year, s.note.period) for s in (plan, answer)] == [
        (2022, "year"),
        (2023, "year"),
    ]
    summary = summary_of(plan)
    assert summary is not None and summary.text == "도전"
    assert fates(plan, answer) == [
        ("토익 900점 넘기기", "unknown"),
        ("매일 30분 걷기", "unknown"),
        ("정보처리기사 자격증 따기", "kept"),
        ("블로그 글 24개", "partly"),
        ("몸무게 5kg 감량", "dropped"),
        ("책 20권 읽기", "kept"),
        ("이직", "carried"),
    ]
    assert books(plan) == [
        ("객체지향의 사실과 오해", "조영호", None),
        ("프로젝트 헤일메리", "앤디 위어", None),
        ("클린 아키텍처", "로버트 마틴", "어렵다"),
        ("데미안", "헤르만 헤세", None),
    ]
    assert books(answer) == [("불편한 편의점", "김호연", None), ("역행자", "자청", "별로")]
    ((said, found),) = [(c.said, c.found) for c in all_books([plan]).counts]
    assert (said, found) == (4, 4)


def test_english_with_emoji_answers() -> None:
    plan, answer = review(ENGLISH, "c.md"), review(ANSWER, "d.md")
    assert fates(plan, answer) == [
        ("Ship my side project", "kept"),
        ("Run 500 km", "dropped"),
        ("Read 15 books", "partly"),
        ("Get better at Spanish", "dropped"),
    ]
    stated = [g.text for g in goals_of(plan) if g.strength == "stated"]
    assert stated == ["I also want to see my parents more often next year."]
    assert [b[:2] for b in books(plan)] == [
        ("Project Hail Mary", "Andy Weir"),
        ("Deep Work", "Cal Newport"),
        ("Atomic Habits", "James Clear"),
    ]
    assert all_books([plan]).books[2].reread
