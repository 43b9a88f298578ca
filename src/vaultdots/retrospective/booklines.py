"""One line that names a book, taken apart: title, author, the day it was finished, a comment.

`2022-02-20 단위 테스트 / 블라디미르 코리코프 저 / 임준혁 역 / 에이콘 / 2021-09-30` (the second
date is the edition's), `AI 엔지니어링 (칩 후옌): 한 줄`, `『제텔카스텐』(숀케 아렌스)`,
`The Pragmatic Programmer by Andrew Hunt`.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from vaultdots.retrospective.words import any_of
from vaultdots.text.dates import dates_in
from vaultdots.text.late import late
from vaultdots.text.names import nfc
from vaultdots.text.tuples import NamedTuple

TITLE_LIMIT = 90
"""Characters; the longest real title seen has 61."""
SAME_TITLE = 0.85
"""Ratio from which two titles are one book's: `만일/만약 …` 0.92, `객체지향의 이해/… 원리와 이해`
0.90; the nearest two different ones seen (`이펙티브 자바`, `이펙티브 코틀린`) 0.62."""
_COMPARED = 100
"""Titles compared with one: of 1,000 Korean titles the commonest first syllable begins 61."""
_WRAPS = ("『』", "《》", "「」", "〈〉", "“”", '""', "''", "‘’", "<>", "[]", "``")
QUOTED = late(r"[『《「〈]([^『』《》「」〈〉\n]{1,90})[』》」〉]")
_SEPARATOR = late(r"\s+[/|｜]\s+")
_COMMENT = late(r"\s*(?:→|\s--\s|←|=>|->|<-|[:：]\s|\s[-–—]\s)\s*")
_DASH = late(r"\s[-–—]\s*$")
_NAME = late(
    r"(?!.*(?:책|좋|추천|최고|재미|재밌|별로|읽|완독|어려|쉬운|인생|감동|정말|너무|가장|다시|번째))"
    r"(?:[가-힣]{2,5}(?:\s(?:[A-Z]\.|[가-힣]{1,6})){1,2}|[가-힣]{3}(?<![다요음함독])"
    r"|[A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*){1,3})"
)
"""A person's name beside a title: two or three words, or three syllables that end no sentence."""
_WRAPPED_THEN_NAME = late(
    r"[<\"“‘'`](?P<title>[^<>\"“”‘’'`\n]{1,90})[>\"”’'`]\s*,\s*(?P<author>[^,\n]{2,40})$"
)
_PAREN = late(r"\s*\((?P<inner>[^()\n]{1,60})\)\s*$")
_PAREN_FIRST = late(r"\((?P<inner>[^()\d\n]{2,40})\)\s+\S")
_ROLE = late(r"\s*(?P<role>저|지음|글|지은이|옮김|역|엮음|그림|번역)\.?$")
_BY = late(r"\s+by\s+(?P<author>[A-Z][^,;:\n]{1,60})$")
_COMMA_AUTHOR = late(r"(?<=[\w!?.])(?<!\sand),\s(?P<author>[A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*){1,3})$")
"""`Pachinko, Min Jin Lee`."""
_STARS = late(r"[★☆⭐✨]+")
_RATING = late(r"\s*[★☆⭐✨]+[\d./\s]{0,6}$")
_ANGLES = late(r"^<(?P<title>[^<>/\n]{1,90})>(?=\s|,|$)")
_LEAD = late(r"^[\s\-–—:|,.)\]]+")
_EDITION = late(r"(?:제?\d{1,2}판|(?:전면)?개정\d?판|\d(?:st|nd|rd|th)?e(?:d(?:ition)?)?)$")
_VOLUME = late(r"\d+")
_PARENTHESES_SAY = late(
    r"\d|에디션|완독|미완|아직|읽는|재독|번째|회독"
    r"|again|re-?read|finally|book club|eBook|전자책|오디오|소설|판$|권$",
    re.IGNORECASE,
)


class BookLine(NamedTuple):
    """A book as one line names it. finished: ISO, as far as it is written."""

    title: str
    author: str | None
    finished: str | None
    comment: str | None
    unfinished: bool
    again: bool


def unwrapped(text: str) -> str:
    """A title without its quotes, marks and stars."""
    text = _STARS.sub("", text).strip().strip("*_~").strip(" ,.·:;-–—").strip()
    for pair in _WRAPS:
        first, last = pair[0], pair[1]
        if len(text) > 2 and text[0] == first and text[-1] == last and first not in text[1:-1]:
            text = text[1:-1].strip()
    return text


def without_rating(text: str) -> str:
    """A text without the stars at its end."""
    return _RATING.sub("", text)


def read_line(text: str, year: int | None = None) -> BookLine | None:
    """Take a list item, a heading or a table's cell apart; None when it names no book.

    year: of the review, for `3월 17일`.
    """
    text = nfc(text[:400]).strip()
    unfinished = any_of("books", "not_read").search(text) is not None
    again = any_of("books", "again").search(text) is not None
    finished, text = leading_date(text, year)
    text = _ANGLES.sub(r"『\g<title>』", _RATING.sub("", text))
    author = comment = None
    fields = _SEPARATOR.split(text)
    if len(fields) > 1:
        text, author = fields[0], _author(fields[1:])
        pair = re.split(r"\s[-–—]\s", text)
        if len(pair) == 2 and is_name(pair[1].strip()):
            # `데미안 - 헤르만 헤세 / 한 줄 평`
            text, author, comment = pair[0], pair[1], " / ".join(fields[1:])
    else:
        parts = _COMMENT.split(text, maxsplit=1)
        if len(parts) == 2 and not QUOTED.match(parts[1]):
            rest = _STARS.sub("", parts[1]).strip()
            dashed = _DASH.search(text[: len(text) - len(parts[1])]) is not None
            text = parts[0]
            name = _PAREN.sub("", rest)
            person = is_name(name) or (QUOTED.match(text) and _ALONE.fullmatch(name))
            if dashed and person and _parenthesis(text)[1] is None and not _named(text):
                author = name  # `데미안 - 헤르만 헤세`
            else:
                comment = parts[1].strip() or None
    text = re.split(r",\s*(?=다시|재독|re-?read|again$|for the \w+ time)", text)[0]
    text = re.sub(r"\s*\((?:re-?read|재독|다시 읽음)\)\s*$", "", text, flags=re.IGNORECASE)
    named = _WRAPPED_THEN_NAME.match(text)
    if named is not None and QUOTED.match(text) is None:
        text, author = named["title"], author or named["author"]
    quoted = QUOTED.search(text)
    if quoted is not None:
        rest = text[quoted.end() :].strip(" ,")
        inner = _PAREN.fullmatch(rest) or _PAREN_FIRST.match(rest)
        if inner is not None and _PARENTHESES_SAY.search(inner["inner"]):
            inner = None
            text = _PAREN.sub("", text)
        beside = _named(text)
        if len(fields) > 1 and beside is not None:
            author, comment = beside, author  # `『시와 산책』 한정원 / 밑줄이 제일 많다`
        author = author or (inner["inner"] if inner else None) or beside
        text = quoted[1]
    else:
        text, inner_author = _parenthesis(text)
        author = author or inner_author
        by = _BY.search(text)
        if by is None and author is None:
            by = _COMMA_AUTHOR.search(text)
        if by is not None:
            text, author = text[: by.start()], author or by["author"]
    title = unwrapped(text)
    if not is_title(title, sure=quoted is not None or author is not None):
        return None
    return BookLine(title, _name(author), finished, comment, unfinished, again)


def is_name(text: str) -> bool:
    """Whether a text beside a title is a person's name, and no comment."""
    return (_NAME.fullmatch(text) or _SHORT_FIRST.fullmatch(text)) is not None


_SHORT_FIRST = late(r"(?!.*(?:읽|책|좋|재미|재밌))[가-힣]\s[가-힣]{3,6}(?<![다요음함독])")
"""`팀 페리스`, `존 윌리엄스`."""
_BESIDE = late(
    r"^(?P<before>[^『《「〈,\n]{2,30}),\s*[『《「〈]"
    r"|[』》」〉](?:\s*(?:,\s*|[-–—]\s+|by\s+)|\s+)(?P<after>[^,()\n]{2,40})$"
)


def _named(text: str) -> str | None:
    """The author beside a quoted title: `한강, 『소년이 온다』`, `『모순』, 양귀자`."""
    match = _BESIDE.search(text)
    if match is None:
        return None
    name = (match["before"] or match["after"]).strip()
    # After a comma stands a name, also one of two syllables (`한강`, `자청`).
    alone = _ALONE.fullmatch(name) or (match["before"] and re.fullmatch(r"[A-Z][\w'-]+", name))
    return name if is_name(name) or alone else None


_ALONE = late(
    r"(?!추천|최고|강추|별로|애매|그닥|그냥|감동|재미|재독|완독|소설|에세이|인생|무난)[가-힣]{2,4}(?<![다요음함독])"
)


def leading_date(text: str, year: int | None) -> tuple[str | None, str]:
    """The date that a text begins with (ISO), and the text behind it. year: of `3월 17일`."""
    first = next(iter(dates_in(text[:40])), None)
    if first is None or first.span.start > 1 or first.month is None:
        return None, text
    if first.year is None:
        first = first._replace(year=year)
    return first.iso, _LEAD.sub("", text[first.span.end :])


def _author(fields: list[str]) -> str | None:
    """The author among the fields after the title: marked `저`, else the first unmarked name."""
    plain = None
    for field in fields:
        # `블라디미르 코리코프 저/임준혁 역` is one field of two people.
        for part in re.split(r"[/|]", field):
            said = _AUTHORS_ROLE.search(part) or _AUTHORS_LABEL.match(part)
            if said is not None:
                return said["name"]
        role = _ROLE.search(field)
        if plain is None and role is None and not any(c.isdigit() for c in field):
            plain = field
    return plain


_AUTHORS_ROLE = late(
    r"^\s*(?P<name>[^/|]{2,40}?)\s*(?:\(?(?:저자?|지음|지은이|글|공저|著)\)?)\s*\.?$"
)
_AUTHORS_LABEL = late(r"^\s*(?:저자|지은이|글쓴이|author|著者)\s?[:：]?\s+(?P<name>.{2,40})$", re.I)
_OF_TRADE = late(
    r"(?:출판사?|북스|미디어|프레스|문고|하우스|books|press|publish\w*|media|출판부)$",
    re.IGNORECASE,
)


def author_of(rest: str) -> tuple[str | None, str | None]:
    """The author and the comment in what follows a title that is set off from its row.

    `- Lee Child`, `by Andrew Hunt`, `(로버트 C. 마틴)`, `한정원 / 좋았다`, `, 창비, 2014`.
    """
    fields = [f.strip(" .") for f in re.split(r"\s*[/|,]\s*|\s+[-–—]\s+", rest) if f.strip(" .-–—")]
    marked = _author(fields) if any(_AUTHORS_ROLE.search(f) for f in fields) else None
    if marked is not None:
        return _name(marked), None
    inner = _PAREN_FIRST.match(rest + " x") or _PAREN.fullmatch(rest)
    if inner is not None and not _PARENTHESES_SAY.search(inner["inner"]):
        after = rest[rest.index(")") + 1 :].strip(" :：-–—")
        return _name(inner["inner"]), after or None
    lead = re.match(r"^(?:[-–—/|,]\s*|by\s+)", rest)
    first, *others = _AFTER_NAME.split(rest[lead.end() :] if lead else rest, maxsplit=1)
    sure = lead is not None and lead[0].strip() in {"by", "-", "–", "—"}
    names: list[str] = []
    fields = [field.strip(" .") for field in _PAREN.sub("", first).split(",")]
    for field in fields:
        people = [part.strip() for part in re.split(r"&|\band\b", field)]
        if _OF_TRADE.search(field) or not (
            all(map(is_name, people)) or (sure and not names and _plausible(field))
        ):
            break
        names.append(field)
    if names:
        return _name(", ".join(names)), (others[0].strip() or None) if others else None
    comment = rest.lstrip(" :：-–—→").strip()
    return None, comment or None


_AFTER_NAME = late(r"\s*[/|]\s*|\s+[-–—]\s+|:\s")


def _plausible(name: str) -> bool:
    """Whether what follows a dash is short and begins as a name: `George R.R. Martin`."""
    return (
        len(name) <= 60
        and len(name.split()) <= 6
        and re.match(r"[A-Z]|[가-힣]{2,4}$", name) is not None
    )


def _parenthesis(text: str) -> tuple[str, str | None]:
    match = _PAREN.search(text)
    if match is None:
        return text, None
    inner = match["inner"].strip()
    says = _PARENTHESES_SAY.search(inner) or any_of("books", "not_read").search(inner)
    return text[: match.start()], None if says else inner


def _name(author: str | None) -> str | None:
    if author is None:
        return None
    author = _ROLE.sub("", author.strip(" ,")).strip()
    author = re.sub(r"\s*\([^()]{0,30}\)$", "", author)
    return author if any(c.isalpha() for c in author) else None


_SENTENCE = late(
    r"(?:했다|었다|았다|였다|렸다|한다|이다|습니다|어요|해요|같다|싶다|됐다)[.!~]*$|[.!?]$"
)


_NUMBER_TITLE = 3
"""Digits that are a title in quotation marks or beside an author: `1984`, `300`."""
_FIRST_PERSON = late(r"(?:I|We)['’ ]")
_SENTENCE_WORDS = 6
"""`I Who Have Never Known Men` has six words and is a title beside its author."""


def is_title(title: str, *, sure: bool = False) -> bool:
    """Whether a text may be a book's title: short, with a letter, no sentence of the past.

    sure: it stands in quotation marks or beside its author, and may be a sentence.
    """
    if not 0 < len(title) <= TITLE_LIMIT:
        return False
    if not any(c.isalpha() for c in title) and not (sure and len(title) >= _NUMBER_TITLE):
        return False
    if _FIRST_PERSON.match(title) and not sure and len(title.split()) >= _SENTENCE_WORDS:
        return False
    if len(title) == 1 and title.isascii():
        return False
    return (sure or _SENTENCE.search(title) is None) and "http" not in title


@lru_cache(maxsize=65_536)
def title_key(title: str) -> str:
    """A title without what differs between two spellings: case, spaces, marks."""
    return "".join(c for c in nfc(title).casefold() if c.isalnum())


def same_book(one: str, other: str) -> bool:
    """Whether two titles name the same book; different volumes or editions are different books."""
    a, b = title_key(one), title_key(other)
    if a == b:
        return True
    # `리팩터링` is `리팩터링 2판`, which is not `리팩터링 1판`.
    base, other_base = _EDITION.sub("", a), _EDITION.sub("", b)
    if base and base == other_base and (base == a or other_base == b):
        return True
    if not a or not b or abs(len(a) - len(b)) > max(4, len(a) // 3, len(b) // 3):
        return False
    numbers = set(_VOLUME.findall(a)), set(_VOLUME.findall(b))
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    if min(len(a), len(b)) < 4:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= SAME_TITLE


class Titles:
    """Titles by their number, to be found again in another spelling.

    Only titles that begin or end alike are compared, and at most `_COMPARED` of them: a list of a
    hundred thousand books is read in linear time.
    """

    def __init__(self) -> None:
        """No title yet."""
        self._titles: list[str] = []
        self._exact: dict[str, int] = {}
        self._alike: dict[str, list[int]] = {}

    def add(self, title: str) -> int:
        """Add a title; returns its number."""
        number = len(self._titles)
        self._titles.append(title)
        key = title_key(title)
        self._exact.setdefault(key, number)
        for part in {"<" + key[:1], key[-2:] + ">"}:
            self._alike.setdefault(part, []).append(number)
        return number

    def find(self, title: str) -> int | None:
        """The number of the title that names the same book, the first one added."""
        key = title_key(title)
        if key in self._exact:
            return self._exact[key]
        candidates = [
            *self._alike.get("<" + key[:1], ())[:_COMPARED],
            *self._alike.get(key[-2:] + ">", ())[:_COMPARED],
        ]
        return next((n for n in sorted(set(candidates)) if same_book(self._titles[n], title)), None)
