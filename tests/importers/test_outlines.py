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
    if not body.startswith("# "):  # a Markdown page keeps its title in its text too
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
