"""What the December companion says beside a review, where it is silent, and what it writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.disk import environment, settle, write
from vaultdots.editor.companion import Companion
from vaultdots.editor.desk import Desk
from vaultdots.editor.review_facts import gather
from vaultdots.text.spans import Span
from vaultdots.vault import Vault

NOW = "회고/2024년 회고.md"
HEAD = "---\nkind: review\nyear: 2024\n---\n"
LAST = (
    "---\nkind: review\nyear: 2023\n---\n# 2023년 회고\n\n어느 해보다 바빴다.\n\n"
    "## 건강\n\n[달리기][1]를 시작했다.\n\n## 올해 읽은 책\n\n세 권을 읽었다.\n\n"
    "## 이것저것\n\n- 러스트 모임에서 처음 발표했다\n\n"
    "## 2024년 목표\n\n- 하프 마라톤 완주하기\n- 러스트 책 완독하기\n\n[1]: https://example.com\n"
)
FILES: dict[str, str | bytes] = {
    "dots.toml": "",
    "회고/2023년 회고.md": LAST,
    "프로젝트/항구.md": "---\nkind: project\ndate: 2024-05-01\n---\n# 항구\n\nA project.\n",
    "책/단위 테스트.md": "---\nkind: book\nauthor: 블라디미르 | 코리코프\n"
    "finished: 2024-06-02\n---\n# 단위 테스트\n",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    root = write(tmp_path / "v", {**FILES, NOW: HEAD})
    settle(root)
    with Vault.open(root, environ=environment(tmp_path / "cache")) as vault:
        yield Desk(vault)


def beside(desk: Desk, text: str) -> Companion:
    """The companion of this year's review with a text."""
    found = Companion()
    facts = gather(desk.vault, NOW, text)
    assert facts is not None
    found.facts[id(desk), NOW] = facts
    desk.put(NOW, text)
    return found


def said(desk: Desk, body: str) -> dict[str, str]:
    """Heading → what is said behind it."""
    text = HEAD + body
    companion = beside(desk, text)
    hints = companion.hints(desk, NOW, Span(0, len(text)))
    lines = {hint.offset: text[: hint.offset].rpartition("\n")[2] for hint in hints}
    return {lines[hint.offset].lstrip("# "): hint.text for hint in hints}


def offered(desk: Desk, marked: str) -> dict[str, str]:
    """Action → the text after it, at `│`."""
    text = HEAD + marked.replace("│", "")
    at = len(HEAD) + marked.index("│")
    found = {}
    for action in beside(desk, text).actions(desk, NOW, Span(at, at)):
        (edit,) = action.change.edits
        after = text[: edit.span.start] + edit.after + text[edit.span.end :]
        found[action.title] = after.removeprefix(HEAD)
    return found


def test_the_last_review_on_the_same_subject(desk: Desk) -> None:
    body = (
        "# 2024년 회고\n\n## 건강\n\n## 독서\n\n## 러스트 발표\n\n## 2024년 목표 점검\n\n"
        "## 여행\n\n## 생각\n\n## 건강\n"
    )
    assert said(desk, body) == {
        "건강": "« 달리기를 시작했다. »",  # the same heading, once
        "독서": "« 세 권을 읽었다. »",  # a section of the same kind
        "러스트 발표": "« 러스트 모임에서 처음 발표했다 »",  # a line that has the words
        "2024년 목표 점검": "« 하프 마라톤 완주하기 »",  # what is to be answered
    }


def test_the_lens_counts_what_is_missing_and_lists_it(desk: Desk) -> None:
    companion = beside(desk, HEAD + "# 2024년 회고\n\n러스트 책 완독하기: 완료\n")
    (lens,) = companion.lenses(desk, NOW)
    assert lens.title == (
        "1 goal for 2024 not answered yet · 1 note of 2024 not named yet · 1 book not named yet"
    )
    assert [(row["kind"], row["title"]) for row in companion.rows(desk, NOW)] == [
        ("goal", "하프 마라톤 완주하기"),
        ("project", "항구"),
        ("book", "단위 테스트"),
    ]


def test_nothing_is_said_of_what_the_text_has(desk: Desk) -> None:
    text = (
        "# 2024년 회고\n\n[[항구]]를 만들고 『단위 테스트』를 읽었다.\n\n"
        "- 하프 마라톤 완주하기: 완료\n- 러스트 책 완독하기: 실패\n"
    )
    companion = beside(desk, HEAD + text)
    assert companion.lenses(desk, NOW) == []
    assert offered(desk, text + "\n│\n") == {}


def test_an_action_writes_a_line_where_one_would_stand(desk: Desk) -> None:
    assert offered(desk, "## 올해\n\n│\n")["Name the project: 항구"] == "## 올해\n\n- [[항구]]\n"
    found = offered(desk, "## 올해\n\n* 하나│\n\n")
    assert found["Answer the goal: 하프 마라톤 완주하기"] == (
        "## 올해\n\n* 하나\n* [ ] 하프 마라톤 완주하기\n\n"
    )
    assert len(found) == 4
    # Nothing is offered in the middle of prose, of code, or for a selection.
    assert offered(desk, "## 올해\n\n한 해를│ 돌아본다.\n") == {}
    assert offered(desk, "## 올해\n\n```\n│\n```\n") == {}


def test_a_section_gets_what_it_is_about(desk: Desk) -> None:
    assert set(offered(desk, "## 2024년 목표 점검\n\n│\n")) == {
        "Answer the goal: 하프 마라톤 완주하기",
        "Answer the goal: 러스트 책 완독하기",
    }
    table = "## 올해 읽은 책\n\n| 책 | 지은이 | 별 |\n|---|---|---|\n| 하나 | 누구 | 5 |│\n"
    assert offered(desk, table) == {
        "Name the book: 단위 테스트": table.replace("│", "").rstrip("\n")
        + "\n| 단위 테스트 | 블라디미르 \\| 코리코프 |  |\n"
    }
