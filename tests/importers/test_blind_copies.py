"""Reviews that were written with Markdown headings, copied as text without them, and read again.

The chapters lose their signs, the headings below them get another convention's (`[ … ]`, numbers,
bold). What is measured is how many of the headings are found, and how many of those found are
headings, over all posts of the corpora together. `python -m tests.importers.test_blind_copies`
prints the table of docs/import.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.corpora import CORPORA, SHARED, needs_corpora
from vaultdots.importers.markdown import outline
from vaultdots.importers.textpage import read_page

CONVENTIONS = {
    "bare": "{text}",
    "brackets": "[ {text} ]",
    "numbers": "{number}. {text}",
    "sub-numbers": "{chapter}-{number}) {text}",
    "bold": "**{text}**",
    "signs": "■ {text}",
}
_NAME = re.compile(r"회고|retrospect|review|돌아보|결산|year", re.IGNORECASE)
_FRONT = re.compile(r"\A(---|\+\+\+)\n.*?\n\1\n", re.DOTALL)
_CUT = (
    re.compile(r"```.*?```", re.DOTALL),
    re.compile(r"<!--.*?-->|\{[%{].*?[%}]\}|<[^>\n]+>", re.DOTALL),
    re.compile(r"!\[[^\]]*\]\([^)]*\)|!\[\[[^\]]*\]\]|\[[ x]\]"),
    re.compile(r"^:::.*$", re.MULTILINE),
)
_LINKS = (
    (re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\*\*|__|`|~~|=="), ""),
)

Block = tuple[int, str]
"""A heading's level (0 for a paragraph, -1 for a list item) and its words."""


def posts() -> Iterator[list[Block]]:
    for path in sorted((*SHARED.glob("authors/vaults/**/*.md"), *CORPORA.glob("*/**/*.md"))):
        if "obsidian-help" in path.parts or not _NAME.search(path.name):
            continue
        found = blocks(path)
        written = sum(len(text) for level, text in found if level <= 0)
        if sum(level > 0 for level, _ in found) >= 4 and written >= 1500:
            yield found


def blocks(path: Path) -> list[Block]:
    text = _FRONT.sub("", path.read_text(encoding="utf-8", errors="replace"))
    for pattern in _CUT:
        text = pattern.sub("", text)
    for pattern, shown in _LINKS:
        text = pattern.sub(shown, text)
    found: list[Block] = []
    for paragraph in re.split(r"\n[ \t]*\n", text):
        for line in paragraph.split("\n"):
            line = line.strip().lstrip("> ")
            heading = re.match(r"(#{1,6})\s+(.*?)\s*#*$", line)
            item = re.match(r"(?:[-*+]|\d+[.)])\s+(.*)", line)
            if heading and heading[2].strip():
                found.append((len(heading[1]), heading[2].strip()))
            elif item and item[1].strip():
                found.append((-1, item[1].strip()))
            elif line and not line.startswith("|") and any(c.isalnum() for c in line):
                found.append((0, line))
        if found and found[-1] != (0, ""):
            found.append((0, ""))
    return found


def copied(post: list[Block], convention: str) -> tuple[str, list[str]]:
    """A post as a copy shows it, and the letters of its headings."""
    levels = sorted({level for level, _ in post if level > 0})
    if len(levels) > 1 and sum(level == levels[0] for level, _ in post) == 1:
        levels = levels[1:]  # the post's own title
    lines: list[str] = ["2024년 회고", ""]
    headings: list[str] = []
    chapter = number = 0
    for level, text in post:
        if level <= 0:
            lines.append(f"- {text}" if level else text)
            continue
        if level < levels[0]:
            continue
        if level == levels[0]:
            chapter, number, shown = chapter + 1, 0, text
        else:
            number += 1
            shown = CONVENTIONS[convention].format(text=text, number=number, chapter=chapter)
        lines += ["", shown]
        headings.append(letters(shown))
    return "\n".join(lines) + "\n", headings


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def measured(convention: str) -> tuple[int, float, float]:
    """(how many headings, precision, recall) over all posts."""
    hits = found = wanted = 0
    for post in posts():
        if len({level for level, _ in post if level > 0}) < 2:
            continue
        text, headings = copied(post, convention)
        got = [letters(entry.heading) for entry in outline(read_page(text).body)]
        hits += sum((Counter(got) & Counter(headings)).values())
        found += len(got)
        wanted += len(headings)
    return wanted, hits / found, hits / wanted


@needs_corpora
@pytest.mark.slow
@pytest.mark.parametrize("convention", list(CONVENTIONS))
def test_nine_of_ten_headings_of_two_conventions_are_found(convention: str) -> None:
    headings, precision, recall = measured(convention)
    assert headings > 500
    assert precision >= 0.9
    assert recall >= 0.9


if __name__ == "__main__":
    for name in CONVENTIONS:
        count, precision, recall = measured(name)
        print(f"{name:12} {count} {precision:.3f} {recall:.3f}")
