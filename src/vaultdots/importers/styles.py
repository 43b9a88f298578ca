"""The ways in which a line says of itself that it is a heading: numbers, brackets, signs, tags."""

from __future__ import annotations

import re

from vaultdots.importers.lines import LONG, Line, is_address, may_be_heading
from vaultdots.text.tuples import NamedTuple

_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_ORDER_WORDS = "가나다라마바사아자차"


class Styled(NamedTuple):
    """A line that carries a heading's mark.

    style: which mark ("num:1." / "bracket:[" / …); heading: the text without a mark that is no
    letter (numbers stay: letters are never dropped). value: the number's parts, () without one.
    depth: how deep the style itself says that it is (2 for `2-1)`), 1 for all others.
    """

    at: int
    style: str
    heading: str
    value: tuple[int, ...] = ()
    depth: int = 1


class NumberRule(NamedTuple):
    """One way of numbering. pattern: the whole number at the line's start; example: a line."""

    style: str
    pattern: re.Pattern[str]
    example: str


NUMBER_RULES = tuple(
    NumberRule(style, re.compile(pattern, re.I if style == "part" else 0), example)
    for style, pattern, example in (
        ("1-1", r"(\d{1,2}(?:[-.]\d{1,2}){1,3})[.)]?\s+(?=\S)", "2-1) 사이드 프로젝트"),
        ("1.", r"(\d{1,2})\.(?:\s+(?=\S)|(?![\d\s]))", "1. 2023년의 회사"),
        ("1)", r"(\d{1,2})\)\s*(?![\d\s])", "1) 회사"),
        ("(1)", r"\((\d{1,2})\)\s*(?=\S)", "(1) 회사"),
        ("[1]", r"\[(\d{1,2})\]\s*(?=[^\s(\[])", "[1] 회사"),
        ("#1", r"#(\d{1,2})[.)]?\s+(?=\S)", "#1 회사"),
        ("01", r"(0\d)\s*[|:/-]?\s+(?=\D)", "01 회사"),
        ("1장", r"(?:제\s?)?(\d{1,2})\s?[장부막][.:,]?\s+(?=\S)", "제1장 회사"),
        ("part", r"(?:part|chapter|step|ch)\.?\s?(\d{1,2})\s?[.:)-]?\s*(?!\d)", "Part 1. Work"),
        ("Q", r"Q\s?(\d{0,2})\s?[.:)]\s*(?=\S)", "Q1. 가장 잘한 일은?"),
        ("①", r"([①-⑳])\s*(?=\S)", "① 회사"),
        ("1️⃣", r"(\d)\ufe0f?\u20e3\s*(?=\S)", "1️⃣ 회사"),
        ("Ⅰ", r"([Ⅰ-Ⅹ])\s?[.)]?\s*(?=\S)", "Ⅱ. 독서"),
        ("I.", r"(I{1,3}|I?V|VI{1,3}|I?X)[.)]\s+(?=\S)", "II. Books"),
        ("가.", rf"([{_ORDER_WORDS}])[.)]\s+(?=\S)", "가. 회사"),
        ("A.", r"([A-J])[.)]\s+(?=\S)", "A. Work"),
    )
)
"""Tried in this order; the first that fits names the style."""

_BRACKETS = {"[": "]", "【": "】", "〔": "〕", "<": ">", "〈": "〉", "≪": "≫", "「": "」", "⟦": "⟧"}
_SIGNS = "■●▶►◆□○◇★☆▣◎✔✅❏❖◼◾▪🔹🔸📌🔥✨💡♣♠♥✏🚩▷◈▌│┃☑✦✧"
_SIGN = re.compile(rf"([{_SIGNS}])\ufe0f?[\s{_SIGNS}]*(?=\S)")
_RULED = re.compile(r"([-=~*+_#])\1{1,20}\s*(\S.*?)\s*\1{2,21}$")
_HASHED = re.compile(r"(#{1,6})(?=[^\s#])")
_TAG = re.compile(r"#[^\s#,]{1,60},?")
_YEAR_TAG = re.compile(r"#(?:19|20)\d\d")
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?\u200d?")


def styled(index: int, line: Line) -> Styled | None:
    """What mark `line` carries, None for a bare line; the rules of a convention come later."""
    text = line.text
    if len(text) > LONG:
        return None
    if (inner := _bold(text)) is not None:
        return _bolded(index, line, inner)
    if (inner := _bracketed(text)) is not None:
        return Styled(index, f"bracket:{text[0]}", inner)
    if is_tag_line(text):
        return Styled(index, "tags", " ".join(tag.strip("#,") for tag in text.split()))
    if not may_be_heading(line):
        return None
    if (numbered := _numbered(index, text)) is not None:
        return numbered
    if (sign := _SIGN.match(text)) is not None:
        return Styled(index, f"sign:{sign[1]}", text[sign.end() :])
    if (ruled := _RULED.match(text)) is not None and ruled[2].strip():
        return Styled(index, f"rule:{ruled[1]}", ruled[2])
    if (hashed := _HASHED.match(text)) is not None:
        return Styled(index, f"hash:{len(hashed[1])}", text[hashed.end() :])
    if not line.bullet and (emoji := _EMOJI.match(text)) and text[emoji.end() :].strip():
        return Styled(index, "emoji", text)
    return None


def is_tag_line(text: str) -> bool:
    """True for a line of nothing but `#tags` (`#회고 #2023`), one of them with a letter."""
    if not text.startswith("#") or len(text) > LONG:
        return False
    words = text.split()
    return all(_TAG.fullmatch(word) for word in words) and (
        any(c.isalpha() for c in text) or _YEAR_TAG.fullmatch(text) is not None
    )


def _numbered(index: int, text: str) -> Styled | None:
    for rule in NUMBER_RULES:
        found = rule.pattern.match(text)
        if found is None or not text[found.end() :].strip():
            continue
        value = _value(found[1])
        depth = len(value) if rule.style == "1-1" else 1
        style = f"1-1:{depth}" if rule.style == "1-1" else rule.style
        return Styled(index, f"num:{style}", text, value, depth)
    return None


def _value(written: str) -> tuple[int, ...]:
    if not written:
        return ()
    if written in _ROMANS:
        return (_ROMANS.index(written) + 1,)
    first = written[0]
    if "①" <= first <= "⑳":
        return (ord(first) - ord("①") + 1,)
    if "Ⅰ" <= first <= "Ⅹ":
        return (ord(first) - ord("Ⅰ") + 1,)
    if first in _ORDER_WORDS:
        return (_ORDER_WORDS.index(first) + 1,)
    if "A" <= first <= "J":
        return (ord(first) - ord("A") + 1,)
    return tuple(int(part) for part in re.split(r"[-.]", written))


def _bold(text: str) -> str | None:
    for sign in ("**", "__"):
        if text.startswith(sign) and text.rstrip(":").endswith(sign):
            inner = text.rstrip(":")[2:-2].strip()
            if inner and sign not in inner and any(c.isalnum() for c in inner):
                return inner
    return None


def _bolded(index: int, line: Line, inner: str) -> Styled | None:
    within = line._replace(text=inner, content=inner, bullet="")
    if is_address(inner) or not may_be_heading(within):
        return None
    deeper = styled(index, within)
    if deeper is not None and deeper.style != "emoji":
        return deeper._replace(style=f"{deeper.style}")
    return Styled(index, "bold", inner)


def _bracketed(text: str) -> str | None:
    close = _BRACKETS.get(text[:1])
    if close is None or not text.endswith(close) or len(text) > 120:
        return None
    inner = text[1:-1].strip()
    if any(sign in inner for sign in (text[0], close, "/", "=")) or not inner:
        return None
    if text[0] == "<" and inner.isascii() and " " not in inner:
        return None  # an HTML tag
    if text[0] == "[" and len(inner) == 1 and inner.isascii():
        return None  # a check box, a footnote's number
    return inner if any(c.isalnum() for c in inner) else None
