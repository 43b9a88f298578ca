"""The year's page: what sections say first and should link to, several reviews of one year."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.connect.vaults import vault_of
from tests.retrospective.reading import review
from vaultdots.cli import dots
from vaultdots.retrospective.digest import open_sections
from vaultdots.retrospective.reviews import yearly_of
from vaultdots.retrospective.words import words_of

Files = dict[str, str | bytes]
FRONT = "---\nkind: review\nyear: 2023\n---\n"


def openings(text: str) -> list[str]:
    return [section.opening for section, _ in open_sections(review(text))]


def test_a_section_opens_with_its_first_sentence_that_tells_something() -> None:
    text = (
        "# 2023년 회고\n\n## 봄\n\n기술적인 것만 정리하겠다. 한 일은 다음과 같다.\n\n"
        "- **이사**를 했다. 힘들었다.\n\n## 여름\n\n![그림](a.png)\n\n```\ncode\n```\n\nIMG_0001\n"
    )
    assert openings(text) == ["이사를 했다.", ""]


LEXICON = [
    (table, str(entry["example"]))
    for table in ("says_nothing", "leans")
    for entry in words_of("openings")[table]
]


@pytest.mark.parametrize(("table", "example"), LEXICON, ids=[example for _, example in LEXICON])
def test_what_tells_nothing_is_passed_over(table: str, example: str) -> None:
    text = f"# 2023년 회고\n\n## 봄\n\n{example}\n\n우리는 바다에 갔다.\n"
    assert openings(text) == ["우리는 바다에 갔다."]
    # Where nothing else is said, what leans on another sentence is better than nothing.
    alone = f"# 2023년 회고\n\n## 봄\n\n{example}\n"
    assert openings(alone) == [example if table == "leans" else ""]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("이사했다.", "이사했다."),
        ("2021년!\n\n정말 빠르게 지나갔다.", "정말 빠르게 지나갔다."),
        ("왜 일을 할까? 돈 때문이다.", "돈 때문이다."),
        ("작년 숙제는\n\n- 책 열두 권\n- 운동", "책 열두 권"),
        ("I grew my [YouTube][yt] channel.", "I grew my YouTube channel."),
        (":blush: 만난 지 1년이 됐다.", "만난 지 1년이 됐다."),
        ("::: tip 단쿠키\n모교의 커뮤니티다.\n:::", "모교의 커뮤니티다."),
    ],
)
def test_a_whole_sentence_opens_a_section(said: str, shown: str) -> None:
    assert openings(f"# 2023년 회고\n\n## 봄\n\n{said}\n") == [shown]


def test_a_section_ends_where_the_next_begins() -> None:
    assert openings("# 2023년 회고\n\n## 봄\n\n## 여름\n\n바다에 갔다.\n") == ["", "바다에 갔다."]


def test_a_long_sentence_is_cut() -> None:
    (opening,) = openings(f"# 2023년 회고\n\n## 봄\n\n{'아주 ' * 60}길다.\n")
    assert opening.endswith("…")
    assert len(opening) <= 110


def test_several_reviews_of_one_year_are_one_page() -> None:
    one = review(f"{FRONT}# 2023년 회고\n\n길게 쓴 글.\n", "a.md")
    other = review(f"{FRONT}# 2023년 회고\n", "b.md")
    month = review("---\nkind: review\n---\n# 2023년 5월 회고\n", "c.md")
    assert [source.path for source in yearly_of([month, other, one], 2023)] == ["a.md", "b.md"]


FILES: Files = {
    "회고.md": (
        f"{FRONT}# 2023년 회고\n\n## 3월\n\n## 4월\n\n## 5월\n\n처음으로 Kafka를 배웠다.\n"
    ),
    "Kafka.md": "---\ncreated: 2023-05-02\n---\n# Kafka\n",
    "정원.md": "---\ncreated: 2023-06-02\n---\n# 정원\n",
}


def test_the_page_says_what_a_section_should_link_to(tmp_path: Path) -> None:
    with vault_of(tmp_path, FILES) as vault:
        page = vault.review(2023)
    assert [section.suggested for section in page.sections] == [(), (), ("Kafka.md",)]
    unmentioned = [note.path for group in page.unmentioned for note in group.notes]
    assert unmentioned == ["정원.md"]


def test_months_without_text_are_one_line(tmp_path: Path) -> None:
    vault_of(tmp_path, FILES).close()
    environ = {"DOTS_CACHE": str(tmp_path / "cache"), "DOTS_DATA": str(tmp_path / "data")}
    command = ["--vault", str(tmp_path / "vault"), "review", "2023"]
    shown = CliRunner(env=environ).invoke(dots, command).output
    assert "nothing written: 3월, 4월" in shown
    assert "처음으로 Kafka를 배웠다." in shown
    assert "⇢ Kafka (not linked)" in shown
