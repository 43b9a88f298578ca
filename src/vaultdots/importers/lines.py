"""The lines of a copied page and what each looks like, one line at a time.

Everything here is linear: a line longer than `LONG` is prose and no rule looks at it.
"""

from __future__ import annotations

import re
from typing import Literal
from unicodedata import east_asian_width

from vaultdots.text.tuples import NamedTuple

Bullet = Literal["", "bullet", "number"]

LONG = 200
"""Code points. The longest heading of 22 real reviews has 61; longer lines are prose unseen."""
HEADING_WIDTH = 80
"""Columns, a Hangul syllable being two. The longest marked heading measured takes 70."""
BARE_WIDTH = 44
"""Columns of a heading known by its shortness alone: 22 syllables."""

_BULLET = re.compile(r"([-*+•◦‣▪▫●○∙⁃◾▸])[ \t\u00a0]+(?=\S)|(·)[ \t\u00a0]+(?=\S)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+\S")
_URL = re.compile(r"(https?://|www\.)\S+", re.I)
_IMAGE = re.compile(
    r"!\[|!\[\[|.{1,120}\.(png|jpe?g|gif|webp|svg|heic|mp4)\)?$"
    r"|(스크린샷|screen ?shot|img[_-]|kakaotalk[_-]|dsc[_-]?\d|image[_ -]?\d).{0,60}$"
    r"|image$|이미지$",
    re.I,
)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_CLOSERS = "\"'”’)]}」』》〉*_`"
_STOPS = (".", "!", "?", "…", "。", "！", "？", "~", ";", ",")
_LAUGH = re.compile(r"(ㅋ+|ㅎ+|ㅠ+|ㅜ+|\^\^|:\)|:\(|;\))$")
_LINKING = ("지만", "는데", "니까", "려고", "해서", "면서", "자면", "다면", "라면", "으면", "은데")
"""Forms of a verb with which a sentence goes on: no heading ends in one."""
_ENDINGS = (*("다", "요", "죠", "까", "군", "네", "랴", "라", "자"), *_LINKING)
_PICTURES = re.compile("[\\s\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+$")
"""Emoji behind a sentence end nothing."""
_NOUNS_LIKE_ENDINGS = (
    *(
        "바다",
        "수다",
        "필요",
        "중요",
        "주요",
        "동네",
        "모자",
        "의자",
        "투자",
        "개발자",
        "기자",
        "독자",
    ),
    *(
        "학자",
        "저자",
        "피자",
        "나라",
        "오로라",
        "인프라",
        "장군",
        "공군",
        "투자자",
        "사용자",
        "관리자",
    ),
)


class Line(NamedTuple):
    """One line. text: without indent, trailing space and invisible signs; indent in columns.

    bullet: the list sign where it is a list item ("1." for a number), content: the text after it.
    before: blank lines above it; after: whether a blank line follows.
    """

    number: int
    text: str
    indent: int
    bullet: str
    content: str
    width: int
    before: int
    after: bool


def split(text: str) -> list[str]:
    """The lines of `text`, ended by LF alone (decoding made CRLF and CR into LF)."""
    return text.split("\n")


def columns(text: str) -> int:
    """How wide `text` is on a terminal: Hangul and ideographs take two columns."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def read(raw: list[str]) -> list[Line]:
    """The lines that are not blank, with what each looks like."""
    found: list[Line] = []
    blank = 0
    for number, line in enumerate(raw):
        if len(line) > LONG:
            text = line.strip()
        else:
            text = line.translate(_INVISIBLE).replace("\u00a0", " ").strip()
        if not text:
            if blank == 0 and found:
                found[-1] = found[-1]._replace(after=True)
            blank += 1
            continue
        lead = line[: len(line) - len(line.lstrip())] if len(line) <= LONG else ""
        indent = columns(lead.replace("\ufeff", "").expandtabs(4))
        match = _BULLET.match(text) if text else None
        sign = (match[1] or match[2]) if match else ""
        content = text[match.end() :] if match else text
        if not sign and len(text) <= LONG and _NUMBERED.match(text):
            sign = "1."
        width = columns(text) if len(text) <= LONG else len(text)
        found.append(Line(number, text, indent, sign, content, width, blank, False))
        blank = 0
    return found


def ends_sentence(text: str) -> bool:
    """True for a line that ends as a sentence or a clause does, in Korean or English."""
    tail = _tail(text)
    if not tail:
        return False
    return tail.endswith(_STOPS) or _LAUGH.search(tail) is not None or ends_as_verb(tail)


def goes_on(text: str) -> bool:
    """True for a line that ends in the middle of a sentence: in a verb that links."""
    word = _tail(text).rsplit(" ", 1)[-1]
    return len(word) > 2 and word.endswith(_LINKING)


def _tail(text: str) -> str:
    return _PICTURES.sub("", text[-24:]).rstrip(_CLOSERS).rstrip()


def stops(text: str) -> bool:
    """True for a line that ends with a full stop or its like, whatever its last word."""
    tail = _tail(text)
    return tail.endswith(_STOPS) or _LAUGH.search(tail) is not None


def ends_as_verb(tail: str) -> bool:
    """True for a Korean line whose last word is a verb in a final or linking form."""
    word = tail.rsplit(" ", 1)[-1]
    return tail.endswith(_ENDINGS) and not word.endswith(_NOUNS_LIKE_ENDINGS) and len(word) > 1


def is_address(text: str) -> bool:
    """True for a line that is a URL, or nearly."""
    return _URL.match(text) is not None


def is_image(text: str) -> bool:
    """True for an image, or the file name that a copied image leaves behind."""
    return len(text) <= LONG and _IMAGE.match(text) is not None


def is_prose(line: Line) -> bool:
    """True for a line that only running text has: long, or a sentence."""
    return line.width > HEADING_WIDTH or ends_sentence(line.content)


_FEW_JOINTS = 2
"""Bars and arrows of a line from which it is a table's row or a chain of steps."""


def may_be_heading(line: Line) -> bool:
    """False for what is no heading in any convention: links, images, quotes, tables, code."""
    text = line.text
    return (
        len(text) <= LONG
        and line.width <= HEADING_WIDTH
        and not text.startswith((">", "|", "```", "~~~", "<", "$$", "{%", "{{", "{:", ":::"))
        and text.count("|") + text.count("->") + text.count("→") < _FEW_JOINTS
        and not is_address(text)
        and not is_image(text)
        and any(c.isalnum() for c in text)
    )
