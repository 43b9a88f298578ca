"""What a hit shows of its section: prose, code with its lines, a note's own words."""

from __future__ import annotations

import pytest

from tests.search.conftest import SmallVault
from vaultdots.search.code_lines import LINES, WIDEST
from vaultdots.search.searcher import Hit
from vaultdots.search.snippet import plain

RUN = """# 배포

이미지를 굽는다.

```sh
# 볼륨을 만든다

docker volume create data
    docker run -itd \\
      --name blog
echo 끝
echo 더
```

그리고 띄운다.
"""


def one(vault: SmallVault, text: str, query: str) -> Hit:
    vault.write({"note.md": text})
    (hit,) = vault.ask(query)
    return hit


def marked(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.ranges]


def test_code_keeps_its_lines(vault: SmallVault) -> None:
    hit = one(vault, RUN, "docker run")
    assert hit.snippet.split("\n") == [
        "# 볼륨을 만든다",
        "docker volume create data",
        "    docker run -itd \\",
        "      --name blog",
    ]
    assert marked(hit) == ["docker", "docker", "run"]
    assert len(hit.snippet.split("\n")) == LINES


def test_code_is_cut_out_of_prose(vault: SmallVault) -> None:
    hit = one(vault, RUN, "이미지")
    assert hit.snippet == "이미지를 굽는다. 그리고 띄운다."
    assert marked(hit) == ["이미지"]


def test_prose_is_shown_where_it_holds_as_much(vault: SmallVault) -> None:
    text = "# 메모\n\n```\nredis-cli ping\n```\n\n캐시로 redis 하나를 쓴다.\n"
    assert one(vault, text, "redis").snippet == "캐시로 redis 하나를 쓴다."


def test_the_spaces_before_all_lines_of_code_go_and_a_long_one_is_cut(vault: SmallVault) -> None:
    text = f"# 메모\n\n- 목록\n\n  ```\n  first kiwi\n    second {'x' * 200}\n  ```\n"
    first, second = one(vault, text, "kiwi").snippet.split("\n")
    assert first == "first kiwi"
    assert second.startswith("  second x")
    assert second.endswith("…")
    assert len(second) == WIDEST


def test_where_only_the_title_matches_the_note_speaks_for_itself(vault: SmallVault) -> None:
    body = "# 대기열\n\n* TOC\n{:toc}\n\n본문 첫 문장.\n"
    text = f"---\ndescription: 왜 줄을 서는지 적는다.\n---\n{body}"
    hit = one(vault, text, "대기열")
    assert hit.snippet == "왜 줄을 서는지 적는다."
    assert [hit.title[start:end] for start, end in hit.title_ranges] == ["대기열"]
    vault.write({"note.md": body})
    assert vault.ask("대기열")[0].snippet == "본문 첫 문장."


def test_an_empty_section_shows_what_follows_it(vault: SmallVault) -> None:
    text = "# 글\n\n앞.\n\n## 발표 셋\n\n### 하나\n\n뒤따르는 글.\n"
    assert one(vault, text, "발표 셋").snippet == "뒤따르는 글."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("앞 ![[그림.png#icon|100]] 뒤", "앞 뒤"),
        ("%% 나만 보는 말 %%\n보이는 말", "보이는 말"),
        ("[이름][ref]을 _기울여_ 쓴 snake_case_name", "이름을 기울여 쓴 snake_case_name"),
        ("문장.\n.\n다음.", "문장. 다음."),
        ("*해결된 질문당* 값으로, 2 * 3 * 4와 *.md", "해결된 질문당 값으로, 2 * 3 * 4와 *.md"),
        ("앞 ![img](a.png) ![그림 설명](b.png) 뒤", "앞 그림 설명 뒤"),
        ("***굵고 기운*** 말, \\*실제로 \\[대괄호\\]", "굵고 기운 말, *실제로 [대괄호]"),
    ],
)
def test_what_is_not_said_is_not_shown(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_no_half_of_an_address_is_shown(vault: SmallVault) -> None:
    link = f"[편집기](https://example.com/{'a' * 400})"
    for text in (
        f"# 글\n\n키위를 {link} 쓴다. " + "말 " * 200,
        "# 글\n\n" + "말 " * 200 + f"{link} 키위",
    ):
        hit = one(vault, text, "키위")
        assert "aaa" not in hit.snippet
        assert "](" not in hit.snippet
        assert marked(hit) == ["키위"]


def test_the_heading_is_marked_where_it_matches(vault: SmallVault) -> None:
    vault.write({"a.md": "# 글\n\n앞.\n\n## 위\n\n### 키위 고르기\n\n뒤.\n"})
    (hit,) = vault.ask("키위")
    assert [hit.section[-1][start:end] for start, end in hit.heading_ranges] == ["키위"]
    assert hit.ranges == ()


def test_the_other_script_is_found_in_a_heading_alone(vault: SmallVault) -> None:
    vault.write({"Docker.md": "# Docker\n\nText.\n", "a.md": "# 글\n\n## Docker\n\n뒤.\n"})
    assert {hit.path for hit in vault.ask("도커")} == {"Docker.md", "a.md"}


def test_a_letter_is_marked_only_where_no_word_is(vault: SmallVault) -> None:
    vault.write({"a.md": "# Notes\n\nTo embed a picture in a page.\n"})
    assert marked(vault.ask("embed a")[0]) == ["embed"]
    assert marked(vault.ask("a")[0]) == ["a", "a"]


def test_one_line_of_code_is_code(vault: SmallVault) -> None:
    text = "# 배포\n\n먼저 이것을 친다.\n\n```sh\nkubectl rollout restart\n```\n"
    vault.write({"a.md": text})
    hit = vault.ask("kubectl")[0]
    assert hit.snippet == "kubectl rollout restart\n"
