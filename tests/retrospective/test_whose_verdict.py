"""Whose verdict a sentence is, and of what: words that mean another thing, others, attempts."""

from __future__ import annotations

import pytest

from tests.retrospective.reading import review
from tests.retrospective.test_answer_forms import fates
from vaultdots.retrospective.answers import AnswerIndex
from vaultdots.retrospective.asked import asked_in
from vaultdots.retrospective.document import document_of
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.verdicts import polarity


def fate(goal: str, answer: str) -> str:
    """What became of one of two goals, by the words under its own heading a year later."""
    korean = any("가" <= c <= "힣" for c in goal)
    other = "우쿨렐레 익히기" if korean else "Learn to juggle"
    made = f"# 2023년 회고\n\n## 2024년 목표\n\n- {goal}\n- {other}\n"
    told = f"# 2024년 회고\n\n## 작년에 세운 목표\n\n- {goal}\n    - {answer}\n- {other} ❌\n"
    return fates(told, made)[0]


def test_to_perform_is_not_to_postpone() -> None:
    """`연기하다` is both: only who names a later time, or says it of a thing, postpones."""
    assert polarity("동네 극장에서 리어왕을 연기했다.") == "kept"
    assert polarity("면접을 다음 달로 연기했다.") == "dropped"
    assert polarity("출시가 연기됐다.") == "dropped"
    assert polarity("박람회 참가를 연기했다") == "dropped"
    assert polarity("수강을 한 번 더 연기했다") == "dropped"
    assert polarity("형편 때문에 연기했다") == "dropped"
    assert polarity("햄릿을 연기했다") is None
    assert polarity("악역을 연기했다") == "kept"
    assert fate("동네 극단 무대에 서기", "가을 공연에서 리어왕을 연기했다.") == "kept"


@pytest.mark.parametrize(
    ("goal", "answer"),
    [
        ("안 읽는 잡지 정리하기", "두 종을 취소했다."),
        ("겹치는 보험 해지하기", "두 개를 해약했다."),
        ("Cut back on coffee", "I dropped coffee in March."),
        ("Watch less television", "We gave up the television for good."),
    ],
)
def test_who_wants_less_and_ends_it_has_kept_it(goal: str, answer: str) -> None:
    assert fate(goal, answer) == "kept"


def test_who_ends_the_attempt_has_not_kept_it() -> None:
    assert fate("Cut back on coffee", "I gave up after a week.") == "dropped"
    assert fate("커피 줄이기", "일주일 만에 포기했다.") == "dropped"


@pytest.mark.parametrize(
    ("goal", "answer"),
    [
        ("Pass the sailing exam", "I failed the first attempt, passed the second."),
        ("Pass the sailing exam", "I failed it in May. On the second try I passed."),
        ("항해 면허 따기", "1차에서 떨어졌고 2차에서 붙었다."),
        ("Ship the recipe app", "We missed our first date but delivered in June."),
        ("Ship the recipe app", "We missed the launch window, yet shipped it in June."),
    ],
)
def test_the_last_attempt_counts(goal: str, answer: str) -> None:
    assert fate(goal, answer) == "kept"


@pytest.mark.parametrize(
    ("goal", "answer"),
    [
        ("과장 승진", "동료들은 모두 승진했다. 나는 아니다."),
        ("정보보안기사 합격", "스터디 친구들은 합격했다. 나만 떨어졌다."),
        ("Get certified", "Everyone on my team passed. I did not."),
    ],
)
def test_what_others_did_is_not_ones_own(goal: str, answer: str) -> None:
    assert fate(goal, answer) == "dropped"


@pytest.mark.parametrize("line", ["[>] 개인전 열기 → 단체전은 했다", "개인전 열기 → 단체전은 했다"])
def test_another_thing_done_instead_keeps_nothing(line: str) -> None:
    made = "# 2023년 회고\n\n## 2024년 목표\n\n- 개인전 열기\n- 우쿨렐레 익히기\n"
    told = f"# 2024년 회고\n\n## 작년에 세운 목표\n\n- {line}\n- 우쿨렐레 익히기 ❌\n"
    assert fates(told, made)[0] != "kept"


GOALS = (
    "# 2023 in review\n\n## Goals for 2024\n\n"
    "- Learn Danish\n- Plant an orchard\n- Sail to Bornholm\n"
)


def headed(answer: str) -> list[str]:
    """What became of three goals by a review that heads its sections with them."""
    return fates("# 2024 in review\n\n" + answer, GOALS)


def test_a_picture_before_a_heading_is_a_mark_whatever_its_form() -> None:
    """A cheer is one beside others; a colour of skin and a sex change nothing."""
    said = "## Review\n\n### {} Learn Danish\n\nHm.\n\n### {} Plant an orchard\n\nHm.\n\n"
    last = "### {} Sail to Bornholm\n\nHm.\n"
    judged = (said + last).format("👎🏽", "🤷\u200d♂\ufe0f", "🎉")
    assert headed(judged) == ["dropped", "partly", "kept"]
    assert set(headed((said + last).format("🎉", "🌳", "⛵"))) == {"unknown"}


def test_points_at_the_end_of_an_answer_mark_it() -> None:
    said = "> Learn Danish\n\nFilms. (0/1)\n\n> Plant an orchard\n\nTen trees. (0.5/1)\n\n"
    assert headed(said + "> Sail to Bornholm\n\nIn July. (1/1)\n") == ["dropped", "partly", "kept"]


def test_headings_in_the_order_of_the_goals_are_theirs() -> None:
    """`Out on the sea` between headings that restate the goals beside it."""
    said = "## Review\n\n### ✅ Learn Danish\n\nHm.\n\n### ❌ Trees of our own\n\nHm.\n\n"
    assert headed(said + "### ✅ Sail to Bornholm\n\nHm.\n") == ["kept", "dropped", "kept"]


def test_a_goal_taken_up_under_its_own_heading_tells_how_it_went_before() -> None:
    answer = "## Goals for 2025\n\n### Learn Danish\n\nI only managed two lessons. I gave up.\n"
    assert headed(answer)[0] in {"partly", "dropped", "carried"}
    plan = "## Goals for 2025\n\n### Learn Danish\n\nI will take a class every week.\n"
    assert headed(plan)[0] != "kept"


def test_one_sentence_speaks_of_several_goals_by_their_turn() -> None:
    listed = "## Last year's goals\n\n1. Learn Danish\n2. Plant an orchard\n3. Sail to Bornholm\n\n"
    told = headed(listed + "I met the first and third, but failed at the second.\n")
    assert told == ["kept", "dropped", "kept"]


def answers(made: str, told: str) -> list[str]:
    """What became of goals listed for 2024, by what a review of that year says of them."""
    return fates(f"# 2024 in review\n\n{told}", f"# 2023 in review\n\n## 2024 goals\n\n{made}")


def test_words_in_bold_name_the_goal_of_a_sentence() -> None:
    made = (
        "- My aim for spring is to **clear the backlog of the repair shop.**\n"
        "- **Bake 3 cakes** from my list.\n- **Learn Danish** with a teacher.\n"
    )
    told = (
        "## 2024 goals reviewed\n\n"
        "- **Clear the backlog of the repair shop.** I still have nine tickets to close, but I "
        "managed to hire a helper, which was the largest of them.\n"
        "- **Bake 3 cakes from my list.** The list remains untouched, but I've made up for it.\n"
        "- **Learn Danish with a teacher.** Done.\n"
    )
    assert answers(made, told) == ["partly", "dropped", "kept"]


def test_lines_in_the_order_of_the_goals_are_theirs_whatever_their_heading_says() -> None:
    made = (
        "- Learn Danish\n- Plant an orchard\n- Sail to Bornholm\n- Get out and see other places\n"
    )
    told = (
        "## Chances of 2024, looked at again\n\n- Learn Danish. Done, in June.\n"
        "- Plant an orchard. I never did.\n- Sail to Bornholm. Done.\n"
        "- A new town. Sadly, this one did not happen.\n"
    )
    assert answers(made, told)[:3] == ["kept", "dropped", "kept"]
    assert answers(made, told)[3] in {"dropped", "unknown"}


def test_a_middle_face_is_half_done_and_the_prose_below_an_item_is_of_it() -> None:
    told = (
        "## Review\n\n- 😐 Learn Danish\n\n    It went well for a while.\n\n"
        "- Plant an orchard\n\n    I gave up on this goal in March.\n\n- 👍 Sail to Bornholm\n"
    )
    assert headed(told) == ["partly", "dropped", "kept"]


def test_of_two_lines_that_say_the_opposite_neither_is_taken() -> None:
    """One line answers two goals, so that the next lines are in no goal's turn."""
    made = (
        "- At the shop, the first thing to build is a till that talks to every other till.\n"
        "- I want to go on mending the tools of the shop. It gives me something to write about.\n"
        "- Speaking about writing, my intent is to write more letters, of tools and of the shop.\n"
    )
    told = (
        "## 2024 chances reviewed\n\n"
        "- There were two chances with the tools of the shop. I could not reach these, as the "
        "owner changed in spring and so did what the shop wanted of me.\n"
        "- I also saw a chance to write letters. In May I wrote one a day, and liked it.\n"
    )
    assert answers(made, told)[2] in {"kept", "unknown"}


def test_a_verdict_behind_a_heading_that_restates_the_goal_at_any_level() -> None:
    made = "- Team culture\n- Join a club\n"
    told = (
        "## How the goals of 2024 went\n\n#### Team culture -> sadly missed!\n\nI left, though "
        "working on the team culture taught me much.\n\n#### Join a club -> half done!\n\n"
        "I ran with them all through the spring. From June on I stayed at home.\n"
    )
    assert answers(made, told) == ["dropped", "partly"]


def test_a_heading_may_be_only_the_beginning_of_a_goal() -> None:
    made = (
        "- keep painting out in the open, and maybe even show a picture at some point\n"
        "- sail to Bornholm with the children\n"
    )
    told = (
        "## Results\n\n#### 1. Keep painting out in the open:\n\n**Partial success**: I'd "
        "paint on Sundays and had started some, but stalled at times.\n\n"
        "#### 2. Sail to Bornholm\n\n**Success**: in July.\n"
    )
    assert answers(made, told) == ["partly", "kept"]


def test_off_the_mark_is_not_kept_however_solid() -> None:
    assert fate("Publish more stories", "Published thirteen: off the mark, but still solid") in {
        "dropped", "partly",
    }  # fmt: skip


def test_lines_that_are_broken_by_hand_are_lines_of_their_own() -> None:
    """A list without markers: an icon before each name, a break behind its verdict."""
    yes, no = '<i class="fa fa-check"></i>', '<i class="fa fa-times"></i>'
    told = (
        f"## Results\n\n<span>{no} Learn Danish</span> &#8211; I found no time for the course that "
        f"I had paid for in the spring of the year.<br>\n<span>{yes} Plant an orchard</span> "
        "&#8211; the trees stand, and most of them bear fruit already, which nobody believed."
        f"<br>\n<span>{no} Sail to Bornholm</span><br>\n"
    )
    assert headed(told) == ["dropped", "kept", "dropped"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("적금 → 목표는 채웠다", "kept"),
        ("자격증 → 시험은 봤다", "kept"),
        ("책은 다 읽었지만 나는 아니다 싶었다", "kept"),
        ("Everyone but me had finished in May, and in June I did too", "kept"),
    ],
)
def test_what_only_looks_like_others_doing_or_another_thing(line: str, said: str) -> None:
    assert polarity(line) == said


def test_a_rating_behind_a_heading_and_what_only_looks_like_one() -> None:
    from vaultdots.retrospective.retold import _by_rating

    rated = ("드럼 배우기 ★★★☆☆", "드럼 배우기 ★★★★★", "드럼 배우기: 20점", "드럼 배우기 ☆☆☆☆☆ 0점")
    assert [_by_rating(text) for text in rated] == ["partly", "kept", "partly", "dropped"]
    for aimed in ("텝스 600점", "텝스 85점", "몸무게 -5점", "TOEFL 100 points", "기말 성적 90점"):
        assert _by_rating(aimed) is None


def test_headings_that_only_look_like_plans() -> None:
    trip = "## 강릉 여행 계획\n\n- 경포대\n- 커피 거리\n"
    rest = "## 편안할 것\n\n- 낮잠\n- 강아지\n"
    assert not goals_of(review(f"# 2023년 회고\n\n{trip}\n{rest}"))


def test_half_a_success_of_all_goals_of_a_section_is_of_none() -> None:
    made = (
        "# 2023 in review\n\n## 2024 goals\n\n### Hobbies\n\n"
        "I want to practise the ukulele.\n\nI want to swim in the lake every morning.\n"
    )
    told = (
        "# 2024 in review\n\n## Hobbies\n\nAll in all it was a partial failure.\n\n"
        "- Practise the ukulele.\n- Swim in the lake every morning.\n\n"
        "I never touched the ukulele.\n\n"
        "## Travel\n\nWe saw the sea in May. It rained.\n\n## Work\n\nI wrote and sold a book.\n"
    )
    source, index = review(made), AnswerIndex(document_of(review(told, "2024.md")))
    wanted = [asked_in(goal, document_of(source)) for goal in goals_of(source)]
    index.claim(wanted)
    at = next(n for n, unit in enumerate(index.units) if unit.text == "Hobbies")
    for goal in wanted:
        lines = index.lines_of(goal, at, "", {"own-section": 1.0})
        assert "partly" not in {line.clause.said for line in lines}
