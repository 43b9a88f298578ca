"""The tokens of a text: the same for every engine, for notes and for queries.

- Hangul, Chinese, Japanese and the scripts of South-East Asia write no reliable spaces: a run of
  their characters, single white space inside it forgiven, is read as bigrams. Its last character
  stands alone at the end, so a run never continues into the next one, and a one-syllable word is
  every token that begins with it: 정책 을 → 정책 책을 을.
- Other words are as folded, without case and accents; words of a–z are stemmed. `C++` and `c#` are
  words; `node.js`, `2-phase` and `snake_case` are neighbours.
- A pictograph is a token of its own.

Everything is folded first (`text.folding`): decomposed Hangul would make bigrams of its letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from vaultdots.text.folding import folded
from vaultdots.text.hangul import has_final
from vaultdots.text.hangul import is_letter as is_jamo
from vaultdots.text.late import late
from vaultdots.text.stem import stem

DENSE = (
    "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7a3\ud7b0-\ud7ff"  # Hangul
    "\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
)
"""Scripts read as bigrams, as the inside of a character class."""
_DENSE_RANGES = [(ord(DENSE[at]), ord(DENSE[at + 2])) for at in range(0, len(DENSE), 3)]
GAP = r"(?:\r\n|\s)?"
"""The white space that a run may hold between two characters: one, so no blank line."""
LETTER = rf"[^\W_{DENSE}]"
"""A character of a word in any other script."""
PICTOGRAPHS = "\u2190-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u2bff\U0001f000-\U0001faff"
"""Arrows, signs and emoji; the lines that tables are drawn with are left out."""

TOKEN_LIMIT = 64
"""Longer words are cut: they are base64 and the like, and no one types more of them."""

# What is not dense begins a word: the pattern for that need not be asked, and takes a millisecond
# to compile, each of them, whenever a program starts.
RUN = late(
    rf"(?P<dense>[{DENSE}](?:{GAP}[{DENSE}])*)"
    rf"|(?P<word>[^\W_](?:#(?!{LETTER})|{LETTER}*(?:\+\+)?))"
    rf"|(?P<sign>[{PICTOGRAPHS}])"
)
_PLAIN_RUN = late(
    rf"(?P<dense>(?!\s)(?:{GAP}[가-힣])+)"
    r"|(?P<word>[A-Za-z0-9](?:#(?![A-Za-z0-9])|[A-Za-z0-9]*(?:\+\+)?))"
)
"""The same for texts of ASCII, Hangul and common quotes alone. To compile a class takes a step for
each of its characters, and the four of `RUN` have 40,000 each: half of Python's own start."""
_PLAIN_SIGNS = frozenset("–—‘’“”·…•")
_SHORT = 200
"""Code points up to which a text is looked at for whether it is so: names, queries."""
_SPACE = late(r"\s+")


def runs_in(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The runs of a folded text, each with its kind as `lastgroup`."""
    plain = len(text) <= _SHORT and all(map(_is_plain, text))
    return (_PLAIN_RUN if plain else RUN).finditer(text, start, len(text) if end is None else end)


def _is_plain(char: str) -> bool:
    return char < "\x80" or "가" <= char <= "힣" or char in _PLAIN_SIGNS


def is_dense(char: str) -> bool:
    """Whether a character is of a script that is read as bigrams."""
    code = ord(char)
    if 0xAC00 <= code <= 0xD7A3:
        return True
    return code > 0x7F and any(first <= code <= last for first, last in _DENSE_RANGES)


def is_letter(char: str) -> bool:
    """Whether a character is of a word in any other script: as `LETTER`, without a pattern."""
    return char.isalnum() and (char < "\x80" or not is_dense(char))


def prefix_token(word: str) -> str:
    """What the tokens begin with of the words that a folded, half-typed one may become."""
    token = word_token(word)
    same = (a == b for a, b in zip(word, token, strict=False))
    return word[: sum(takewhile(bool, same))]


def word_token(word: str) -> str:
    """The token of one folded word of letters."""
    return stem(word) if word.isascii() and word.isalpha() else word[:TOKEN_LIMIT]


def dense_tokens(run: str) -> list[str]:
    """The bigrams of one folded run, its last character alone at the end."""
    squashed = _SPACE.sub("", run)
    return [squashed[i : i + 2] for i in range(len(squashed))]


def tokens(text: str) -> Iterator[str]:
    """The tokens of `text`, in order; the place of a token is its number."""
    for match in runs_in(folded(text)):
        if match.lastgroup == "dense":
            yield from dense_tokens(match[0])
        elif match.lastgroup == "word":
            yield word_token(match[0])
        else:
            yield match[0]


@lru_cache(maxsize=256)
def phrase_tokens(text: str, *, prefix: bool = False) -> tuple[tuple[str, ...], bool]:
    """The tokens by which an index finds `text`, and whether the last is a prefix.

    A run at the end may go on in a note, so its lone last character is left out; a run of one
    character is all the tokens that begin with it. prefix: the last word is still being typed, and
    so is its last syllable: 테스ㅌ and 테스토 ask for 테스 alone.
    """
    found: list[str] = []
    truncated = False
    matches = list(runs_in(folded(text)))
    for number, match in enumerate(matches):
        last = number == len(matches) - 1
        if match.lastgroup == "dense":
            run = _SPACE.sub("", match[0])
            if last and prefix and (is_jamo(run[-1]) or not has_final(run[-1])):
                run = run[:-1]
            grams = dense_tokens(run)
            if last and len(grams) > 1:
                grams.pop()
            elif last:
                truncated = bool(grams)
            found += grams
        elif match.lastgroup == "word":
            half = last and prefix and match[0][-1] not in "+#"
            read = prefix_token if half else word_token
            found.append(read(match[0]))
            truncated = half
        else:
            found.append(match[0])
    return tuple(found), truncated
