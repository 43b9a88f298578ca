"""Word lists as data: TOML files beside the code that reads them.

Each entry has an `example`, and every example is a test. A language of its own is a file of its
own: what stands in `goals.ja.toml` is added to the tables of `goals.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

Lexicon = dict[str, list[dict[str, Any]]]
"""Table name → its entries, in the order of the file."""


@cache
def lexicon(package: str, name: str) -> Lexicon:
    """The word list `name.toml` in the folder `lexicon` of `package`, and its languages' files."""
    folder = resources.files(package).joinpath("lexicon")
    found: Lexicon = tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.startswith(f"{name}.") and file.name.count(".") == 2:
            for table, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
                found.setdefault(table, []).extend(entries)
    return found
