"""The sentence that a section is shown by: its first one that tells something."""

from __future__ import annotations

from collections.abc import Iterator

from vaultdots.retrospective.document import document_of
from vaultdots.retrospective.events import shown_line
from vaultdots.retrospective.model import ReviewSource
from vaultdots.retrospective.words import any_of
from vaultdots.text.late import late

_SHOWN = 110
"""Characters of a sentence that are shown."""
_LOOKED_AT = 12
"""Sentences of a section among which one that tells something is looked for."""
_FEWEST_LETTERS = 4
_A_SENTENCE = 9
"""Letters from which words that no full stop ends are a sentence rather than a label."""
_ENDED = late(r"[.!。！]\W*$|다$")
_SENTENCE = late(r".+?(?:[.!?。！？…]+(?=\s|$)|。|$)")
_OPEN = late(r"[:：,、]\W*$|\.\.+\W*$|…\W*$|[?？]\W*$|\s=\s|^\(|^\d+년?\W*$")
"""A question, a half sentence, an aside, a label with its value."""
_ITEM = late(r"\s*(?:[-*+•]|\d{1,2}[.)])\s")
_NO_PROSE = late(r"\s*(?:```|~~~|:::|\||!\[|<|\[[^\]]+\]:|#{1,6}\s|[-=*_]{3,}\s*$|\{[%{])")


def opening(source: ReviewSource, line: int, end: int | None) -> str:
    """The first sentence of a section that tells something by itself; else the first that says
    anything; "" where there is none. line: of its heading; end: the line that it ends before."""
    spare = ""
    for n, (said, item) in enumerate(_sentences(source, line, end)):
        if n >= _LOOKED_AT:
            break
        if any_of("openings", "says_nothing").search(said) or said[-1] in ":：":
            continue
        leans = _OPEN.search(said) or any_of("openings", "leans").search(said)
        if not leans and (item or _ENDED.search(said) or _letters(said) >= _A_SENTENCE):
            return _cut(said)
        spare = spare or said
    return _cut(spare)


def _cut(said: str) -> str:
    return said if len(said) <= _SHOWN else said[: _SHOWN - 1].rstrip() + "…"


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in text)


def _sentences(source: ReviewSource, line: int, end: int | None) -> Iterator[tuple[str, bool]]:
    """The sentences of a section's prose and lists, each with whether it stands in a list."""
    fenced = False
    document = document_of(source)
    starts = (*document.lines.starts, len(source.text))
    first = max(line, document.lines.line(source.note.body) - 1)
    begin = starts[min(first, len(starts) - 1)]
    stop = starts[min(end - 1, len(starts) - 1)] if end is not None else len(source.text)
    for text in document.source.text[begin:stop].splitlines():
        if text.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if fenced or _NO_PROSE.match(text):
            continue
        item = _ITEM.match(text) is not None
        for match in _SENTENCE.finditer(shown_line(text)):
            said = match[0].strip()
            is_name = said.isascii() and " " not in said  # of a picture, say
            if _letters(said) >= _FEWEST_LETTERS and not is_name:
                yield said, item
