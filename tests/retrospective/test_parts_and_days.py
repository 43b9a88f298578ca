"""Reviews in parts of which one is marked as a draft, and posts that are called by their day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.note.review_names import called
from vaultdots.vault import Vault

GOALS = "## Goals for 2017\n\n- Learn to sail\n- Bake bread every week\n"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("2016 in review, part 1 of 2", "2016 in review, part 2 of 2", 2),
        ("2016 in review (1/2)", "2016 in review (2/2)", 2),
        ("2016년 회고 1부", "2016년 회고 2부", 2),
        ("2016년 회고 상편", "2016년 회고 하편", 2),
        ("2016 in review", "2016 in review, draft", 0),
        ("2016년 회고", "2016년 회고 초고", 0),
        ("2016 in review, part 1", "2016 in review of a friend, part 2", 0),
    ],
)
def test_a_draft_that_is_another_part_of_the_review_counts(
    first: str, second: str, told: int, tmp_path: Path
) -> None:
    files = {
        "a.md": f"---\ntitle: {first}\n---\n\nIt was a long year and I moved twice.\n",
        "b.md": f"---\ntitle: {second}\nstatus: draft\n---\n\n{GOALS}",
    }
    root = write(tmp_path / "v", files)
    with Vault.open(root, cache=tmp_path / "c") as vault:
        assert len(vault.years.goals(2016)) == told


@pytest.mark.parametrize(
    ("title", "file", "name"),
    [
        ("Friday, 1 January 2021", "2021-01-01-resolutions", "resolutions"),
        ("2021년 1월 1일 금요일", "새해 다짐", "새해 다짐"),
        ("2021-01-01", "2021-01-01", "2021-01-01"),
        ("2021 review", "2021-12-30-x", "2021 review"),
        ("Notes of Friday, 1 January 2021", "resolutions", "Notes of Friday, 1 January 2021"),
        ("", "x", ""),
    ],
)
def test_a_title_that_is_a_day_gives_way_to_the_files_name(
    title: str, file: str, name: str
) -> None:
    assert called(title, file) == name


def test_a_post_called_by_its_day_is_the_review_that_its_file_names(tmp_path: Path) -> None:
    text = """---
title: Friday, 1 January 2021
---
Looking back at the year that is over has become a habit of mine.

## 2020 in review

I moved twice, and I stopped running in spring.

## 2021 resolutions

1. **Run again.** Three times a week.
2. **Write letters.** One a month.
"""
    root = write(tmp_path / "v", {"_posts/2021-01-01-resolutions.md": text})
    with Vault.open(root, cache=tmp_path / "c") as vault:
        assert [(r.year, r.period) for r in vault.years.reviews()] == [(2020, "year")]
        assert [g.target_year for g in vault.years.goals()] == [2021, 2021]


@pytest.mark.parametrize(
    ("title", "file", "told"),
    [
        ("Wednesday, 1 January 2020", "2020-01-01-resolutions.md", 2),
        ("Resolutions", "resolutions.md", 2),
    ],
)
def test_resolutions_of_the_turn_are_goals_for_the_year_that_begins(
    title: str, file: str, told: int, tmp_path: Path
) -> None:
    text = f"---\ntitle: {title}\ndate: 2020-01-01\n---\nOne a month will do.\n\n"
    text += "1. **Run again.** Three times a week.\n2. **Write letters.** One a month.\n"
    root = write(tmp_path / "v", {file: text})
    with Vault.open(root, cache=tmp_path / "c") as vault:
        assert [g.target_year for g in vault.years.goals()] == [2020] * told


def test_smaller_goals_behind_the_big_ones_are_goals(tmp_path: Path) -> None:
    text = "# 2016 in review\n\nA long year.\n\n## Plans for 2017\n\n1. Learn to sail\n\n"
    text += "I have a bunch of smaller goals, too. They look like this:\n\n- swim\n- run\n"
    root = write(tmp_path / "v", {"2016.md": text})
    with Vault.open(root, cache=tmp_path / "c") as vault:
        assert [g.text for g in vault.years.goals()] == ["Learn to sail", "swim", "run"]


def test_further_goals_behind_announced_ones_need_no_year_again(tmp_path: Path) -> None:
    text = "---\ntitle: 2016 in review\ndate: 2016-12-30\n---\n"
    text += "In 2017 I only have two big goals:\n\n"
    text += "1. Learn to sail\n2. Move house\n\nI have many smaller goals, too:\n\n- swim\n- run\n"
    text += "\nMy sister has many goals, too:\n\n- a car\n"
    root = write(tmp_path / "v", {"2016.md": text})
    with Vault.open(root, cache=tmp_path / "c") as vault:
        found = [g.text for g in vault.years.goals()]
    assert found == ["Learn to sail", "Move house", "swim", "run"]


@pytest.mark.parametrize("heading", ["Learning", "Reading", "Work"])
def test_goals_stand_under_a_field_of_life(heading: str, tmp_path: Path) -> None:
    text = f"# 2017 review\n\nA year.\n\n## 2018 resolutions\n\n### {heading}\n\n- More projects\n"
    root = write(tmp_path / "v", {"2017.md": text + "- Two courses: piano, baking\n"})
    with Vault.open(root, cache=tmp_path / "c") as vault:
        found = [g.text for g in vault.years.goals()]
    assert found == ["More projects", "Two courses: piano, baking"]


@pytest.mark.parametrize(
    ("legend", "line", "status"),
    [
        ("", "~~Learn to sail~~", "dropped"),
        ("", "~~Learn to sail~~ (Finished it in May.)", "kept"),
        ("", "~~Learn to sail~~ (gave up in May)", "dropped"),
        ("Completed items are marked by strikethrough.", "~~Learn to sail~~", "kept"),
        ("Whatever is crossed out is done.", "~~Learn to sail~~", "kept"),
        ("완료한 항목에는 취소선을 그었다.", "~~Learn to sail~~", "kept"),
        ("Completed items are marked by strikethrough.", "~~Learn to sail~~ (failed)", "dropped"),
        ("I crossed out a lot.", "~~Learn to sail~~", "dropped"),
        ("", "Learn to sail: None done.", "dropped"),
    ],
)
def test_a_struck_goal_is_done_where_the_writer_says_so(
    legend: str, line: str, status: str, tmp_path: Path
) -> None:
    files = {
        "2017.md": "# 2017 review\n\n## Goals for 2018\n\n- Learn to sail\n- Bake bread\n",
        "2018.md": f"# 2018 review\n\n## My 2018 goals\n\n{legend}\n\n- {line}\n- Bake bread\n",
    }
    root = write(tmp_path / "v", files)
    with Vault.open(root, cache=tmp_path / "c") as vault:
        assert {g.text: g.status for g in vault.years.goals(2017)}["Learn to sail"] == status


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("Goals for 2021", ["Learn to sail", "Write more posts"]),
        ("2021년 목표", ["자격증 따기", "블로그 꾸준히 쓰기"]),
        ("2021年の目標など", ["資格をとる", "こまめにブログを書く"]),
    ],
)
def test_headings_of_a_note_of_goals_that_word_a_goal_are_goals(
    title: str, headings: list[str], tmp_path: Path
) -> None:
    text = f"---\ntitle: {title}\ndate: 2021-01-02\n---\n\n"
    text += "".join(f"## {heading}\n\nFinally.\n\n" for heading in headings)
    root = write(tmp_path / "v", {"a.md": text})
    with Vault.open(root, cache=tmp_path / "c") as vault:
        assert [g.text for g in vault.years.goals()] == headings
