"""The goals as a person sees them on a terminal: columns, files named once, what an answer adds."""

from __future__ import annotations

import re
import sys

import pytest

from vaultdots.cli import goals as shown
from vaultdots.retrospective.model import Evidence, Goal, GoalStatus
from vaultdots.text.columns import width
from vaultdots.text.spans import Span


def goal(text: str, status: GoalStatus, *evidence: tuple[str, int, str]) -> Goal:
    return Goal(
        text=text,
        made_in=2023,
        target_year=2024,
        strength="listed",
        path="r.md",
        line=1,
        span=Span(0, 1),
        rule="",
        status=status,
        confidence=1.0,
        evidence=tuple(Evidence(path, line, said) for path, line, said in evidence),
    )


@pytest.mark.parametrize(
    ("said", "adds"),
    [
        ("❌ Learn to bake. – I never began.", "❌ … – I never began."),
        ("[x] Learn to bake", "[x]"),
        ("“Learn to bake”: done in May", "… done in May"),
        ("**learn to bake** 는 반만 됐다", "… 는 반만 됐다"),
        ("Learn to bake는 반만 됐다", "…는 반만 됐다"),
        ("I baked a cake", "I baked a cake"),
        ("Learn to bake", ""),
    ],
)
def test_of_a_line_that_repeats_the_goal_what_it_adds_is_shown(said: str, adds: str) -> None:
    assert shown._beyond(said, "Learn to bake.") == adds


def lines_of(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> list[str]:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    lines = shown.goal_lines(FOUND, evidence=True)
    return [re.sub("\0[^\0]*\0", "", line) for line in lines]


FOUND = [
    goal("Learn to bake", "dropped", ("r/2024.md", 3, "Learn to bake: no time"), ("a.md", 1, "x")),
    goal("하프 마라톤 완주하기", "kept", ("r/2024.md", 4, "[x] 하프 마라톤 완주하기")),
    goal("Read " + "more " * 40, "unknown", ("r/2024.md", 5, "I read")),
]


def test_on_a_terminal_the_outcomes_stand_in_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = lines_of(monkeypatch, terminal=True)
    heads = [line for line in lines if line[2:3] in "✓✗?"]
    begins = [
        width(line[: line.rindex(word)])
        for line, word in zip(heads, ("dropped", "kept", "unknown"), strict=True)
    ]
    assert len(set(begins)) == 1
    assert all(width(line.rstrip()) <= 80 for line in lines)
    assert lines[1:3] == ["      r/2024.md:3  … no time", "      a.md:1  x"]
    assert lines[4] == "      r/2024.md:4  [x]"
    assert lines[6] == "      :5  I read"


def test_off_a_terminal_every_line_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = lines_of(monkeypatch, terminal=False)
    assert lines[1] == "      r/2024.md:3  Learn to bake: no time"
    assert lines[-1] == "      r/2024.md:5  I read"
    assert lines[3].endswith("완주하기  kept  says so")
