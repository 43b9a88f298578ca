"""Every small thing of the everyday has a line in a transcript, or a test at a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.transcripts import FOLDER, read

ROOT = Path(__file__).parents[2]
LINES = {
    "dots alone shows a home": ("today", "dots"),
    "help of a command": ("small", "dots help settle"),
    "help in Korean": ("korean", "dots help related"),
    "the version by -V": ("small", "dots -V"),
    "bash completes names": ("today", "_DOTS_COMPLETE=bash_complete"),
    "zsh completes tags": ("today", "_DOTS_COMPLETE=zsh_complete"),
    "fish completes headings": ("today", "_DOTS_COMPLETE=fish_complete"),
    "several words as one name": ("small", "dots links 2024년 회고"),
    "a vault around the folder": ("today", "cd 회고 && dots search"),
    "a git root that holds notes, said once": ("today", "git init -q"),
    "check: the worst first, a line a kind": ("small", "dots check"),
    "check --all": ("small", "dots check --all"),
    "graph makes no folder": ("small", "dots graph -o /nonexist/x.html"),
    "search into head is found": ("today", "dots search 회고 2>/dev/null | head -1"),
    "review without a year": ("today", "dots review"),
    "a year in words": ("today", "dots review 2024년"),
    "tags NAME shows its notes": ("small", "dots tags 회고 --paths"),
    "backlinks of a tag": ("small", "dots backlinks '#캐시'"),
    "open tasks": ("small", "dots search task-todo:"),
    "goals --paths": ("small", "dots goals --made-in 2024년 --paths"),
    "tags --paths": ("today", "dots tags --paths"),
    "related says words of prose": ("small", "dots related Redis"),
    "gaps says words of prose": ("small", "dots gaps"),
    "orphans leaves templates out": ("small", "dots orphans --paths"),
    "connect --interactive wants a terminal": ("small", "dots connect --interactive"),
    "search -i without a terminal ends": ("small", "dots search -i"),
    "cache without a word": ("small", "dots cache"),
    "a pipe of names with spaces": ("today", "xargs -0"),
    "a template for a line": ("search", "--format"),
    "a saved query": ("today", "dots search @일기"),
    "a name of one's own for a command": ("today", "[alias]"),
    "why a hit stands there, in Korean": ("korean", "--explain"),
    "a question": ("search", "how does"),
}
SHIPPED = (
    "share/man/man1/dots.1",
    "share/bash-completion/completions/dots",
    "share/zsh/site-functions/_dots",
    "share/fish/vendor_completions.d/dots.fish",
)


@pytest.mark.parametrize("thing", LINES)
def test_it_has_a_line_in_a_transcript(thing: str) -> None:
    name, words = LINES[thing]
    _, steps = read(FOLDER / f"{name}.txt")
    told = [step for step in steps if words in step.command]
    assert told, f"no command with {words} in {name}.txt"
    assert any(step.output for step in told)


@pytest.mark.parametrize("file", SHIPPED)
def test_it_is_shipped(file: str) -> None:
    assert (ROOT / file).read_text(encoding="utf-8").strip()
