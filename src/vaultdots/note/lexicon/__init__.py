"""Word lists as data: each entry has an example, and every example is a test."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, list[dict[str, Any]]]:
    """The lexicon file `name.toml` of this folder: table name → its entries, in order."""
    text = resources.files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
