"""Korean particles behind a value that a message is filled with."""

from __future__ import annotations

import pytest

from vaultdots.text.fitting import filled


@pytest.mark.parametrize(
    ("message", "value", "expected"),
    [
        ("'{0}'을(를) 썼습니다", "회고", "'회고'를 썼습니다"),
        ("'{0}'을(를) 썼습니다", "책", "'책'을 썼습니다"),
        ("{0}은(는) 노트가 아닙니다", "공부", "공부는 노트가 아닙니다"),
        ("{0}이(가) 없습니다", "별칭", "별칭이 없습니다"),
        ("{0}과(와) {0}", "태그", "태그와 태그"),
        ("{0}(으)로 찾았습니다", "제목", "제목으로 찾았습니다"),
        ("{0}(으)로 찾았습니다", "파일", "파일로 찾았습니다"),
        ("{0}(으)로 찾았습니다", "노트", "노트로 찾았습니다"),
        ("'{0}'(이)라는 노트", "벡터", "'벡터'라는 노트"),
        ("'{0}'(이)라는 노트", "임베딩", "'임베딩'이라는 노트"),
        ("**{0}**(이)라는 노트", "색인", "**색인**이라는 노트"),
        ("{0}을(를) 읽습니다", "2024", "2024를 읽습니다"),
        ("{0}을(를) 읽습니다", "2021", "2021을 읽습니다"),
        ("{0}(으)로 갑니다", "2021", "2021로 갑니다"),
        ("{0}이(가) 없습니다", "“책”", "“책”이 없습니다"),
        ("{0}을(를) 썼습니다", "Redis.md", "Redis.md을(를) 썼습니다"),
        ("{0}을(를) 썼습니다", "", "을(를) 썼습니다"),
    ],
)
def test_the_particle_that_fits(message: str, value: str, expected: str) -> None:
    assert filled(message, (value,)) == expected


def test_values_are_not_read_again() -> None:
    assert filled("{1}에서 {0}", ("{1}", "a")) == "a에서 {1}"
