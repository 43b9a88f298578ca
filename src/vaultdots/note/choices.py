"""The closed sets of values that notes, settings and queries share: nothing else to load."""

from __future__ import annotations

from typing import Literal

NoteKind = Literal["review", "study", "project", "book", "daily", "index", "note"]
Period = Literal["year", "half", "quarter", "month", "week"]
Dialect = Literal["obsidian", "hugo", "jekyll", "vuepress"]

SectionKind = Literal[
    "goals", "goals-how", "goals-someday", "goal-check", "achievement", "failure", "study",
    "project", "work", "book", "talk", "health", "people", "travel", "summary", "keep", "problem",
    "try", "liked", "learned", "lacked", "longed", "other",
]  # fmt: skip
"""What a review's section is about. `goals-how` says how goals are to be reached, `goals-someday`
holds those without a year. `[years.sections]` in dots.toml adds words to them."""
