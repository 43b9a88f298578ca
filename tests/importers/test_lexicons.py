"""Every entry of the word lists is shown by its own example."""

from __future__ import annotations

import pytest

from vaultdots.importers.htmlpage import read_html
from vaultdots.importers.lexicon import (
    ChromeLine,
    HeadingWord,
    Site,
    chrome,
    chrome_lines,
    heading_roles,
    heading_words,
    sites,
)
from vaultdots.importers.styles import NUMBER_RULES, NumberRule


@pytest.mark.parametrize("row", heading_words(), ids=lambda row: row.word)
def test_a_heading_word_is_found_in_its_example(row: HeadingWord) -> None:
    assert row.role in heading_roles(row.example)
    assert row.word.casefold() in row.example.casefold()


@pytest.mark.parametrize("row", chrome_lines(), ids=lambda row: row.example)
def test_a_line_of_chrome_matches_its_example(row: ChromeLine) -> None:
    assert row.rule.fullmatch(row.example)
    assert chrome(f"  {row.example} ", row.where) is not None


@pytest.mark.parametrize("row", sites(), ids=lambda row: row.name)
def test_a_host_is_known_by_its_example(row: Site) -> None:
    page = read_html(row.example)
    assert "## 회사" in page.body or "## Work" in page.body or "### 회사" in page.body
    assert "좋은 글" not in page.body
    if row.mark:
        assert page.site == row.name


@pytest.mark.parametrize("rule", NUMBER_RULES, ids=lambda rule: rule.style)
def test_a_numbering_is_known_by_its_example(rule: NumberRule) -> None:
    first = next(r for r in NUMBER_RULES if r.pattern.match(rule.example))
    assert first.style == rule.style


@pytest.mark.parametrize(
    "line",
    [
        "다음 글에서는 배포를 다루겠다.",
        "Next year I want to write more",
        "쿠키를 구웠다",
        "동의할 수 없는 결정이었다",
        "Published a paper with my team",
        "Related work in our field",
        "검색을 다시 만들었다",
        "2023년 12월 31일에 우리는 이사를 했다",
    ],
)
def test_a_sentence_is_no_chrome(line: str) -> None:
    assert chrome(line, "head", "tail", "both", "cut", "any") is None


@pytest.mark.parametrize("line", ["country", "entry", "networking", "건물"])
def test_a_latin_word_stands_alone(line: str) -> None:
    assert heading_roles(line) == set()
