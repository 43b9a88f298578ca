"""Golden fixtures: a note in, its records out, one file a row of the table of link rules.

A file of `tests/fixtures/note` reads like markdown-it-py's fixtures: a title, `.`, the note, `.`,
what is expected (written by hand from the rules, see `dump.py`), `.`. Its first line names the
parts that are shown: `# parts: links tags`. A title may end in flags: `[path=회고/2023.md]`,
`[parts=links,tags]`, `[dialect=hugo]`, `[no-eol]` (the note ends without a line end), `[escape]`
(`\\r \\n \\t \\0 \\xNN \\uNNNN` and `\\\\` in the note stand for those characters).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.note.dump import dump
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note

FOLDER = Path(__file__).parents[1] / "fixtures" / "note"
_FLAG = re.compile(r"\s*\[(?P<name>path|parts|dialect|no-eol|escape)(?:=(?P<value>[^\]]*))?\]")
_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9a-f]{2})|u(?P<u>[0-9a-f]{4})|U(?P<U>[0-9a-f]{8})|(?P<c>[rnt0\\]))"
)
_CHARACTERS = {"r": "\r", "n": "\n", "t": "\t", "0": "\0", "\\": "\\"}


class Case(NamedTuple):
    """One pair of a fixture file."""

    file: str
    line: int
    title: str
    flags: dict[str, str]
    parts: tuple[str, ...]
    text: str
    expected: str


def unescape(text: str) -> str:
    """`text` with its escapes read."""

    def character(match: re.Match[str]) -> str:
        number = match["x"] or match["u"] or match["U"]
        return chr(int(number, 16)) if number else _CHARACTERS[match["c"]]

    return _ESCAPE.sub(character, text)


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of one fixture file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines[0].startswith("# parts: "), f"{path.name} does not say its parts"
    parts = lines[0].removeprefix("# parts: ").split()
    at = 1
    while at < len(lines):
        title = lines[at]
        if not title or title.startswith("# "):
            at += 1
            continue
        assert lines[at + 1] == ".", f"{path.name}:{at + 2}: a dot is missing"
        middle = lines.index(".", at + 2)
        end = lines.index(".", middle + 1)
        flags = {match["name"]: match["value"] or "" for match in _FLAG.finditer(title)}
        text = "".join(f"{line}\n" for line in lines[at + 2 : middle])
        if "no-eol" in flags:
            text = text.removesuffix("\n")
        if "escape" in flags:
            text = unescape(text)
        yield Case(
            path.stem,
            at + 1,
            _FLAG.sub("", title),
            flags,
            tuple(flags["parts"].split(",")) if "parts" in flags else tuple(parts),
            text,
            "".join(f"{line}\n" for line in lines[middle + 1 : end]),
        )
        at = end + 1


CASES = [case for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}:{case.line} {case.title}")
def test_a_note_reads_as_the_rules_say(case: Case) -> None:
    options: dict[str, Any] = {}
    if "dialect" in case.flags:
        options["dialect"] = case.flags["dialect"]
    note = parse_note(case.flags.get("path", "note.md"), case.text, NoteOptions(**options))
    assert dump(note, case.text, case.parts) == case.expected


def test_no_two_cases_of_a_file_have_the_same_title() -> None:
    titles = Counter((case.file, case.title) for case in CASES)
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_row_of_the_rules_has_its_file() -> None:
    rows = {
        "wikilinks", "path-forms", "markdown-links", "reference-links", "headings", "blocks",
        "aliases", "embeds", "tags", "properties", "frontmatter-traps", "comments", "code", "math",
        "html", "tables", "callouts-footnotes", "unicode", "files", "hugo", "jekyll", "vuepress",
        "titles", "tasks", "kinds-years",
    }  # fmt: skip
    assert {case.file for case in CASES} == rows
