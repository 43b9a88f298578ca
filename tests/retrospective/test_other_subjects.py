"""What only looks like an account of one's own goals: other people's, labels, words of a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.retrospective.test_answer_forms import years_of

EN = ("Run a marathon", "Visit Japan", "Finish the novel")
KO = ("하프 마라톤 완주", "책 30권 읽기", "야식 끊기")


def told(folder: Path, text: str, goals: tuple[str, ...]) -> list[str]:
    """What becomes of the goals of 2023 by the review of 2024."""
    korean = any("가" <= c <= "힣" for c in "".join(goals))
    first, head, then = (
        ("2023 회고", "2024년 목표", "2024 회고") if korean
        else ("2023 review", "Goals for 2024", "2024 review")
    )  # fmt: skip
    items = "".join(f"- {goal}\n" for goal in goals)
    notes = {
        f"{first}.md": f"# {first}\n\n## {head}\n\n{items}",
        f"{then}.md": f"# {then}\n\n{text}\n",
    }
    statuses = {name: status for name, _, status in years_of(folder, notes)}
    assert set(statuses) == set(goals)  # none is made up
    return [statuses[goal] for goal in goals]


@pytest.mark.parametrize(
    "text",
    [
        "## 회사\n\n팀 분기 목표를 모두 달성했다.",
        "## 회사\n\n올해 세운 목표를 모두 달성했다.",
        "친구는 올해 세운 계획을 하나도 지키지 못했다고 한다.",
        "올해 세운 계획을 하나도 지키지 못했다고 한다.",
        "올해 회사가 세운 목표는 하나도 지키지 못했다.",
        "올해 약속은 전부 취소됐다.",
        "교토 여행 계획은 전부 취소했다.",
        "고객과의 약속은 모두 지켰다.",
        "우리 팀이 올해 세운 목표는 모두 달성했다.",
        "2019년에 세운 목표는 하나도 지키지 못했다.",
        "## 팀 목표\n\n목표를 모두 달성했다.",
        "회사 목표 중 마라톤 대회 후원은 실패했다.",
    ],
)
def test_anybodys_goals_are_not_the_writers(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text, KO) == ["unknown"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "## Work\n\nThis year all of our quarterly goals were met.",
        "## Work\n\nAll of my goals were met.",
        "None of the goals of the climate summit were met.",
        "In the cup final none of our goals were scored.",
        "My friend said all of my goals were met.",
        "My team kept all of these resolutions.",
        "## Team goals\n\nAll of the goals were met.",
        "Of the company's goals the marathon sponsorship failed.",
    ],
)
def test_anybodys_goals_are_not_the_writers_in_english(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text, EN) == ["unknown"] * 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("작년에 세운 목표는 하나도 지키지 못했다.", "dropped"),
        ("나는 올해 세운 계획을 모두 지켰다.", "kept"),
        ("결국 2024년 목표는 전부 달성했다.", "kept"),
        ("## 목표 돌아보기\n\n목표를 모두 달성했다.", "kept"),
    ],
)
def test_ones_own_goals_are_judged_at_once(tmp_path: Path, text: str, said: str) -> None:
    assert told(tmp_path, text, KO) == [said] * 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I met none of my 2024 goals.", "dropped"),
        ("In the end I met all of the goals I set.", "kept"),
        ("## Goals of 2024\n\nI kept all of the goals.", "kept"),
        ("I achieved all of my goals.", "kept"),
    ],
)
def test_ones_own_goals_are_judged_at_once_in_english(tmp_path: Path, text: str, said: str) -> None:
    assert told(tmp_path, text, EN) == [said] * 3


@pytest.mark.parametrize(
    ("label", "goal", "said"),
    [
        ("못 지킨 것", "하프 마라톤 완주하기", "dropped"),
        ("못 지킨 것", "정보처리기사 합격하기", "dropped"),
        ("못 지킨 것", "매출 1억 달성하기", "dropped"),
        ("Not done", "Complete a marathon", "dropped"),
        ("Done", "Learn to fail fast", "kept"),
        ("지킨 것", "야식 포기하기", "kept"),
    ],
)
def test_a_goals_own_words_say_nothing_against_its_label(
    tmp_path: Path, label: str, goal: str, said: str
) -> None:
    assert told(tmp_path, f"## {label}\n\n- {goal}\n", (goal,)) == [said]


@pytest.mark.parametrize(
    ("label", "line", "said"),
    [
        ("Good progress", "Run a marathon: finished in May", "kept"),
        ("Good progress", "Visit Japan: cancelled, never went", "dropped"),
        ("진행 중", "책 30권 읽기: 31권 읽어서 달성했다", "kept"),
        ("Good progress", "Finish the novel: finished three chapters", "partly"),
        ("진행 중", "책 30권 읽기", "partly"),
    ],
)
def test_what_an_item_says_wins_over_a_label_of_progress(
    tmp_path: Path, label: str, line: str, said: str
) -> None:
    assert told(tmp_path, f"## {label}\n\n- {line}\n", (line.split(":")[0],)) == [said]


NOTE = "---\ndate: 2025-01-10\n---\n"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("News", "The government announced goals for this year:\n\n- Build more trains\n- Reduce waste\n"),  # noqa: E501
        ("News", "“My goals for this year are clear,” said the mayor.\n\n- Build more trains\n- Reduce waste\n"),  # noqa: E501
        ("Orchestra", "Kubernetes has three goals. Here is what it will do this year:\n\n- Run containers\n- Reduce waste\n"),  # noqa: E501
        ("City", "I read that the city has goals for this year:\n\n- Build more trains\n- Reduce waste\n"),  # noqa: E501
        ("Minutes", "Goals for 2025 were discussed.\n\n- Ship the app\n- Reduce waste\n"),
        ("Product", "Our team has three goals for this year:\n\n- Ship the app\n- Reduce waste\n"),
        ("결제 서버", "이 프로젝트의 목표는 올해 안에 결제 서버를 옮기는 것이다.\n\n## 할 일\n\n- 서버 옮기기\n- 문서 쓰기\n"),  # noqa: E501
        ("사업", "회의록: 내년 사업 계획을 논의했다.\n\n- 매장 늘리기\n- 광고 줄이기\n"),
        ("결제", "정부는 올해 목표를 정했다.\n\n- 기차 늘리기\n- 쓰레기 줄이기\n"),
    ],
)  # fmt: skip
def test_a_note_of_january_about_other_goals_makes_none(
    tmp_path: Path, title: str, text: str
) -> None:
    assert years_of(tmp_path, {f"{title}.md": NOTE + text}) == []


@pytest.mark.parametrize(
    "opening",
    [
        "올해 목표를 적어 본다.", "새해 다짐을 세웠다.", "나는 올해 계획을 세웠다.",
        "새해를 맞아 다짐을 적는다.",
        "올해의 버킷리스트", "今年のやりたいこと", "My goals this year:", "Goals for 2025:",
    ],
)  # fmt: skip
def test_a_note_of_january_about_ones_own_goals_makes_them(tmp_path: Path, opening: str) -> None:
    text = f"{NOTE}{opening}\n\n- 도자기 배우기\n- 카약 타기\n"
    assert len(years_of(tmp_path, {"하루.md": text})) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Result: no injuries, finished in 4:10.", "kept"),
        ("결과: 부상 없음, 실패 없는 준비 덕분.", "unknown"),
        ("Results: my wife failed to notice how tired I was.", "unknown"),
        ("Results: my wife failed to notice. I failed too, but finished it in May.", "unknown"),
        ("Verdict: No.", "dropped"),
        ("결과: 실패", "dropped"),
        ("결과: 완주, 기록은 못 깼다.", "unknown"),
        ("결과: 완주했다. 부상도 없었다.", "kept"),
    ],
)
def test_a_verdict_is_read_to_its_end(tmp_path: Path, line: str, said: str) -> None:
    goals = EN[:1] if line.isascii() else KO[:1]
    head = "Goals of 2024" if line.isascii() else "2024년 목표 돌아보기"
    assert told(tmp_path, f"## {head}\n\n### {goals[0]}\n\n{line}", goals) == [said]


@pytest.mark.parametrize(
    ("said", "ahead"),
    [
        ("2024년에 세운 목표를 돌아보니 욕심이 많았다. 2025년에는 아래만 한다.", 2025),
        ("2024년에 세운 목표를 돌아보니 욕심이 많았다. 내년에는 아래만 한다.", 2025),
    ],
)
def test_a_list_behind_a_coming_year_looks_ahead(tmp_path: Path, said: str, ahead: int) -> None:
    text = f"# 2024 회고\n\n잘 지냈다.\n\n## 다음 해\n\n{said}\n\n- 카약 타기\n- 도자기 배우기\n"
    goals = years_of(tmp_path, {"2024 회고.md": text})
    assert [goal[:2] for goal in goals] == [("카약 타기", ahead), ("도자기 배우기", ahead)]


@pytest.mark.parametrize(
    ("text", "goal", "said"),
    [
        ("## No progress bar needed\n\n- Run a marathon\n", "Run a marathon", "unknown"),
        ("## No progress\n\n- Run a marathon\n", "Run a marathon", "dropped"),
        ("## Done with Facebook\n\n- Run a marathon\n", "Run a marathon", "unknown"),
        ("## Missed friends\n\n- Run a marathon\n", "Run a marathon", "unknown"),
        ("## 성공한 사람들\n\n- 책 30권 읽기\n", "책 30권 읽기", "unknown"),
        ("## Goals of 2024\n\n- Run a marathon\n    - No! Not yet.\n", "Run a marathon", "dropped"),
        (
            "## 2024년 목표 돌아보기\n\n- 책 30권 읽기\n    - 포기… 할 뻔했지만 31권을 읽었다.\n",
            "책 30권 읽기",
            "kept",
        ),
        (
            "## 2024년 목표 돌아보기\n\n- 책 30권 읽기\n    - 포기.. 할 뻔했지만 31권을 읽었다.\n",
            "책 30권 읽기",
            "kept",
        ),
        (
            "## Goals of 2024\n\n- Run a marathon\n    - Yes. That was my answer; so I quit.\n",
            "Run a marathon",
            "unknown",
        ),
        ("## 게임\n\n보스의 목표는 마을을 파괴하는 것이었는데 실패했다.", "책 읽기", "unknown"),
    ],
)
def test_what_begins_like_a_verdict_is_none(
    tmp_path: Path, text: str, goal: str, said: str
) -> None:
    assert told(tmp_path, text, (goal,)) == [said]


def test_headings_of_goals_in_a_post_of_next_years_goals_look_ahead(tmp_path: Path) -> None:
    """Which opens with last year's account."""
    text = (
        "---\ndate: 2020-12-31\ntags: [goals]\n---\n# 2021 goals\n\nAs every year, I look at "
        "my year and review what I achieved.\n\nIn 2020 I moved, and my plans blew up.\n\n"
        "These are my goals for the new year.\n\n- Learn to weld\n- Publish six posts\n\n"
        "Technical goals:\n\n- Learn Scala\n- Improve the build\n"
    )
    goals = years_of(tmp_path, {"2020-12-31-2021-goals.md": text})
    assert [goal[:2] for goal in goals] == [
        (name, 2021)
        for name in ("Learn to weld", "Publish six posts", "Learn Scala", "Improve the build")
    ]


def test_a_list_behind_a_coming_year_looks_ahead_in_english(tmp_path: Path) -> None:
    text = (
        "# 2024 review\n\nFine.\n\n## Next year\n\nLooking back at my 2024 goals, I wanted too "
        "much. In 2025 only these:\n\n- Ride far\n- Swim a lot\n"
    )
    goals = years_of(tmp_path, {"2024 review.md": text})
    assert [goal[:2] for goal in goals] == [("Ride far", 2025), ("Swim a lot", 2025)]
