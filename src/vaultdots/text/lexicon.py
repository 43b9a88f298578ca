"""Word lists as data: TOML files beside the code that reads them.

Each entry has an `example`, and every example is a test.
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
    """The word list `name.toml` in the folder `lexicon` of `package`."""
    file = resources.files(package).joinpath("lexicon", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
