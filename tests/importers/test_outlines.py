"""The outlines of copied posts, as a reader wrote them down by hand."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from tests.corpora import CORPORA
from vaultdots.importers import PlannedNote, plan
from vaultdots.importers.markdown import outline
from vaultdots.importers.textpage import read_page

HERE = Path(__file__).parent


def posts(name: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((HERE / "expected" / name).read_text(encoding="utf-8"))["post"])


INVENTED = posts("invented.toml")
REAL = posts("retrospectives.toml")


def letters(text: str) -> str:
    return "".join(c for c in normalize("NFC", text) if c.isalnum())


def imported(path: Path) -> PlannedNote:
    (note,) = plan(path).notes
    return note


def check(note: PlannedNote, post: dict[str, Any]) -> None:
    body = note.text.split("---\n", 2)[2]
    assert [[e.level, e.heading] for e in note.sections] == post["headings"]
    assert f"title: {post['title']}" in note.text.replace("'", "")
    assert note.year == post.get("year")
    if "date" in post:
        assert f"\ndate: {post['date']}\n" in note.text
    for quote in post["keeps"]:
        assert quote in body
    for quote in post["drops"]:
        assert quote not in body


def check_letters(source: str, note: PlannedNote, title: str) -> None:
    body = note.text.split("---\n", 2)[2]
    told = letters(body) + letters("".join(note.removed))
    made = any(warning.startswith("titled") for warning in note.warnings)
    if not made and not body.startswith("# "):  # a Markdown page keeps its title in its text too
        told += letters(title)
    assert Counter(told) == Counter(letters(source))


@pytest.mark.parametrize("post", INVENTED, ids=lambda post: str(post["file"]))
def test_an_invented_post_gets_its_outline(post: dict[str, Any]) -> None:
    path = HERE / "posts" / post["file"]
    note = imported(path)
    check(note, post)
    title = post["title"] if post["title"] != path.stem else ""
    check_letters(path.read_text(encoding="utf-8"), note, title)


@pytest.mark.parametrize("post", REAL, ids=lambda post: str(post["convention"]))
def test_a_real_post_gets_its_outline(post: dict[str, Any]) -> None:
    path = CORPORA / post["file"]
    if not path.is_file():
        pytest.skip("the corpora of other people's writing are not here")
    note = imported(path)
    found = [letters(entry.heading) for entry in note.sections]
    wanted = [letters(heading) for _, heading in post["headings"]]
    hits = sum((Counter(found) & Counter(wanted)).values())
    assert hits / len(found) >= 0.95
    assert hits / len(wanted) >= 0.95
    check(note, post)
    title = post["title"] if post["title"] != path.stem else ""
    check_letters(path.read_text(encoding="utf-8"), note, title)


NAMED = """2024년 회고

만든 것을 하나씩 적어 둔다. 올해는 유난히 많이 만들었다고 생각한다.

{0}
https://example.org/{0}

날씨를 알려 주는 작은 도구다. 혼자 쓰려고 만들었는데 쓰는 사람이 생겼다.

{1}
https://example.org/{1}
https://example.com/docs/{1}

책장을 정리해 주는 도구다. 아직 다 만들지 못해서 내년에 이어서 만들 것이다.
{2}"""


def headings_of(text: str) -> list[str]:
    return [entry.heading for entry in outline(read_page(text).body)]


def test_names_above_addresses_are_headings_where_a_page_is_written_so() -> None:
    third = "\n책 읽기\nhttps://example.org/book\n\n- 한 해 동안 읽은 책을 모아 두었다.\n"
    third = third.replace("\\\n", "\n")
    assert headings_of(NAMED.format("weather", "shelf", third)) == ["weather", "shelf", "책 읽기"]
    assert headings_of(NAMED.format("weather", "shelf", "")) == []
    links = "참고한 글\nhttps://example.org/a\n\n".replace("\\\n", "\n")
    assert headings_of(f"2024년 회고\n\n{links * 3}") == []


@pytest.mark.parametrize(
    "line", ["다음과 같은 것을 했다:", "See the diagram below:", "고른 것들："]
)
def test_a_line_that_announces_what_follows_is_no_heading(line: str) -> None:
    prose = "올해는 여러 가지를 만들고 또 여러 사람을 만났다. 그 가운데 몇 가지를 적어 둔다."
    text = f"2024년 회고\n\n일\n\n{prose}\n\n{line}\n\n{prose}\n\n책\n\n{prose}\n"
    assert headings_of(text) == ["일", "책"]


def test_headings_may_all_end_with_a_colon() -> None:
    prose = "올해는 여러 가지를 만들고 또 여러 사람을 만났다. 그 가운데 몇 가지를 적어 둔다."
    text = f"2024년 회고\n\n일:\n\n{prose}\n\n사람들:\n\n{prose}\n\n책:\n\n{prose}\n"
    assert headings_of(text) == ["일:", "사람들:", "책:"]
