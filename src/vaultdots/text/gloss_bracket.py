"""The bracket of a gloss, `도커(Docker)`: a sign that a text may have one, light to look for."""

from __future__ import annotations

import re

MARKS = "*_`'\"‘’“”「」『』 "
"""What may stand between a name and its bracket."""
BRACKET = re.compile(
    rf"\((?:(?<=[가-힣{MARKS}]\()[{MARKS}]{{0,3}}[A-Za-z]"
    rf"|(?<=[A-Za-z0-9+#{MARKS}]\()[{MARKS}]{{0,3}}[가-힣])"
)
"""A bracket between two scripts, which most are not: it begins with its one literal, to be fast."""
