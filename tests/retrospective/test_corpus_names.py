"""No author, file or date of the corpora stands in code, lexicon or weights: nothing is fitted to
one of them by name."""

from __future__ import annotations

import re

import pytest

from tests.corpora import SHARED
from tests.retrospective.reading import ROOT

_PLAIN = re.compile(
    r"[a-z]+(?:[- ](?:19|20)\d\d)?|[가-힣]+|(?:19|20)\d\d(?:-\d\d){0,2}", re.IGNORECASE
)
"""A stem of one plain word, or a date alone, names no author's file: `database`, `2024-01-01`."""


def _source() -> str:
    files = [
        path
        for path in sorted((ROOT / "src").rglob("*"))
        if path.suffix in {".py", ".toml", ".j2"} and path.is_file()
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in files).casefold()


@pytest.mark.slow
def test_no_name_of_the_corpora_stands_in_the_source() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"the corpora are not at {SHARED}")
    text = _source()
    words = set(re.findall(r"[\w-]+", text))
    folders = {
        path.name.casefold()
        for parent in (SHARED / "authors" / "vaults", SHARED / "corpora")
        if parent.is_dir()
        for path in parent.iterdir()
        if path.is_dir() and path.name != "retrospectives"
    }
    assert folders
    assert sorted(folders & words) == []
    stems = {
        path.stem.casefold()
        for path in SHARED.rglob("*.m*d*")
        if len(path.stem) >= 8
        and not _PLAIN.fullmatch(path.stem.strip("_"))
        and "obsidian-help" not in str(path)  # a manual: its files are called as features are
    }
    assert len(stems) > 100
    assert [stem for stem in sorted(stems) if stem in text] == []
