"""Days that notes tell of: dated lines, and the notes' own dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from vaultdots.errors import UsageError
from vaultdots.note.prose import hidden_spans, plain, read_prose
from vaultdots.retrospective.model import Event, ReviewSource
from vaultdots.text.calendar import MONTH_SHORT, WEEKDAY_NAMES, is_date
from vaultdots.text.dates import DateMention, dates_in
from vaultdots.text.late import late
from vaultdots.text.periods import periods_in
from vaultdots.text.spans import Lines, Span

_TODAY = {"today", "오늘", "今日"}
_LINE_LIMIT = 300
"""Characters of a line that are shown."""


def read_day(text: str | None) -> tuple[int, int, int | None]:
    """`12-25` → (12, 25, None). None and `today` are today, with this year to be left out; of a
    whole date (`2024-12-25`) the day of all years. Raises UsageError."""
    if text is None or text.strip().casefold() in _TODAY:
        today = date.today()
        return today.month, today.day, today.year
    month, day = _month_and_day(text.strip())
    if not is_date(2000, month, day):
        raise UsageError(
            f"'{text}' is not a day of a year", hint="write it as MM-DD, 2024-12-25 or today"
        )
    return month, day, None


def _month_and_day(text: str) -> tuple[int, int]:
    """The month and the day that a text is, 0 and 0 where it is none."""
    if match := re.fullmatch(r"(?:\d{4}[-./년]\s?)?(\d{1,2})[-./월]\s?(\d{1,2})일?", text):
        return int(match[1]), int(match[2])
    number = re.search(r"(?<!\d)\d{1,2}(?!\d)", text)
    name = re.search(r"[a-z]{3,}", text.casefold())
    if number and name and name[0][:3] in MONTH_SHORT and len(text.split()) in (2, 3):
        return MONTH_SHORT.index(name[0][:3]) + 1, int(number[0])
    return 0, 0


def day_pattern(month: int, day: int) -> re.Pattern[str]:
    """Finds every place where a text may name that day, quickly; `dates_in` then reads it."""
    name = MONTH_SHORT[month - 1]
    return re.compile(
        rf"0?{month}[-./]\s?0?{day}(?!\d)|{month:02d}{day:02d}(?!\d)|{month}월\s?{day}일"
        rf"|{name}[a-z]{{0,6}}\.?\s{day}(?!\d)|(?<!\d){day}(?:st|nd|rd|th)?\s{name}",
        re.IGNORECASE,
    )


def _may_name(month: int, day: int) -> Callable[[str], bool]:
    """Tells most texts that do not name that day from the others, ten times as fast as the
    pattern: each of these begins with a letter or digit of its own, which is looked for first."""
    name = "".join(f"[{char}{char.upper()}]" for char in MONTH_SHORT[month - 1])
    ways = [
        re.compile(way)
        for way in (
            rf"{month}(?:[-./]\s?0?{day}(?!\d)|월\s?{day}일|{day:02d}(?!\d))",
            rf"{name}[a-zA-Z]{{0,6}}\.?\s{day}(?!\d)",
            rf"{day}(?:[sS][tT]|[nN][dD]|[rR][dD]|[tT][hH])?\s{name}",
        )
    ]
    return lambda text: any(way.search(text) for way in ways)


def on_day(
    month: int,
    day: int,
    texts: Iterable[tuple[str, str, int | None, str | None, str]],
    but_year: int | None = None,
) -> list[Event]:
    """What notes tell of that day in all years, by date.

    texts: (path, title, year, ISO date, text) of each note. but_year: a year to leave out.
    """
    pattern, may_name = day_pattern(month, day), _may_name(month, day)
    found: list[Event] = []
    for path, title, year, dated, text in texts:
        lines: Lines | None = None
        seen: set[int] = set()
        if dated is not None and dated[5:10] == f"{month:02d}-{day:02d}":
            line, shown = _first_words(path, text) if _is_only_a_day(title) else (1, title)
            found.append(Event(dated[:10], path, line, shown or title))
            seen |= {1, line}
        for match in pattern.finditer(text) if may_name(text) else ():
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end())
            line_text = text[start : end if end >= 0 else len(text)]
            lines = lines or Lines.of(text)
            line = lines.line(start)
            if line in seen:
                continue
            on = _date_at(line_text, match.start() - start, month, day, year)
            if on is not None:
                seen.add(line)
                shown = shown_line(line_text)
                tells = _tells(shown) and not _is_only_a_day(shown)
                if tells and not _is_property(text, start) and not _is_code(text, start):
                    found.append(Event(on, path, line, shown))
    kept = [event for event in found if but_year is None or int(event.date[:4]) != but_year]
    return sorted(kept, key=lambda event: (event.date, event.path, event.line))


def _is_only_a_day(title: str) -> bool:
    """Whether a title is a day and nothing else, as a daily note's is: `2024-12-30 (월)`."""
    rest = title
    for mention in reversed(dates_in(title)):
        rest = rest[: mention.span.start] + rest[mention.span.end :]
    return rest != title and not _tells(_WEEKDAY.sub("", rest))


_WEEKDAY = late(
    rf"(?<![a-z가-힣])(?:{WEEKDAY_NAMES}|[월화수목금토일](?:요일)?)(?![a-z가-힣])", re.IGNORECASE
)


_PICTURE = late(r"!\[\[[^\[\]\n]{0,300}\]\]")
_TAGS = late(r"(?:^|(?<=\s))#[^\s#]+")
_LABEL = late(r"^[\s>*_-]*[\w ]{1,30}[:：]+[\s*_]*$")
"""What is left of `Tags: #일기` without its tags."""


def _first_words(path: str, text: str) -> tuple[int, str]:
    """The first line of a note's prose that tells something, 1 and "" where none does: no comment,
    table, property or picture, and nothing but tags."""
    from vaultdots.note.parse import parse_note

    note = parse_note(path, text)
    comments = (one.span for one in note.regions if text.startswith("<!--", one.span.start))
    hidden = sorted({*hidden_spans(note), *comments})
    lines = Lines.of(text)
    for sentence in read_prose(text, Span(note.body, len(text)), lines, hidden).sentences:
        start = lines.starts[sentence.line - 1]
        end = text.find("\n", start)
        line = _PICTURE.sub("", text[start : end if end >= 0 else len(text)])
        told = _TAGS.sub("", line)
        if _PROPERTY_LINE.match(line) or _LABEL.match(told):
            continue
        if _tells(shown_line(told)):
            return sentence.line, shown_line(line)
    return 1, ""


def _tells(shown: str) -> bool:
    """Whether a line says something beside its dates, times and numbers."""
    return re.sub(r"\d+\s?[년월일시분]|[\W\d_]", "", shown) != ""


def _is_property(text: str, start: int) -> bool:
    """Whether an offset stands in the frontmatter: its dates are the note's own, told already."""
    if not text.startswith(("---", "+++")):
        return False
    close = text.find("\n" + text[:3], 3)
    return 0 <= start <= close


_FENCE = late(r"^[ \t>]{0,12}(`{3,}|~{3,})([^\n]*)", re.MULTILINE)


def _is_code(text: str, start: int) -> bool:
    """Whether an offset stands inside a fenced block: the dates of code are no one's days."""
    fence = ""
    for mark in _FENCE.finditer(text, 0, start):
        if not fence:
            fence = mark[1]
        elif mark[1].startswith(fence) and not mark[2].strip():
            fence = ""
    return bool(fence)


def _date_at(line: str, at: int, month: int, day: int, year: int | None) -> str | None:
    for mention in dates_in(line[:2000]):
        if mention.span.start <= at < mention.span.end and mention.month == month:
            known = mention.year if mention.year is not None else year
            if mention.day == day and known is not None and is_date(known, month, day):
                return f"{known:04d}-{month:02d}-{day:02d}"
    return None


_LABELLED = late(
    r"(?<!!)\[([^\[\]\n]{1,200})\]\[[^\[\]\n]{0,80}\]|(?<!\S):[a-z_+-]{2,30}:(?!\S)\s?"
)
"""`[YouTube][youtube]`, which is shown by its text, and `:blush:`, which is not shown."""


def shown_line(line: str, most: int = _LINE_LIMIT) -> str:
    """A line as it is read: without its bullet, box and markup, a table's row with dots."""
    text = re.sub(r"^[\s>#*+\-]+|^\d{1,3}[.)]\s", "", line)
    text = re.sub(r"^\[.\]\s", "", text)
    text = _LABELLED.sub(r"\1", text)
    if text.lstrip().startswith("|"):
        text = " · ".join(cell.strip() for cell in text.split("|") if cell.strip())
    return plain(text[: 4 * most])[:most]


def events_of(source: ReviewSource) -> list[Event]:
    """The dated lines of a review, in the order of their days."""
    lines = Lines.of(source.text)
    hidden = hidden_spans(source.note)
    found: dict[int, Event] = {}
    for mention in _days(source):
        line = lines.line(mention.span.start)
        start = lines.starts[line - 1]
        if _PROPERTY_LINE.match(source.text, start):
            continue
        if line in found or any(s.start <= mention.span.start < s.end for s in hidden):
            continue
        end = source.text.find("\n", start)
        text = shown_line(source.text[start : end if end >= 0 else len(source.text)])
        year = mention.year if mention.year is not None else source.note.year
        if year is None or mention.month is None or mention.day is None or not text:
            continue
        if is_date(year, mention.month, mention.day):
            on = f"{year:04d}-{mention.month:02d}-{mention.day:02d}"
            found[line] = Event(on, source.path, line, text)
    return sorted(found.values(), key=lambda event: (event.date, event.line))


_LISTED_DAY = late(
    r"^[ \t]*(?:[-*+•]|\d{1,2}[.)])?[ \t]*(?:\*\*)?(?P<one>\d{1,2})/(?P<other>\d{1,2})(?![\d/%])"
    r"(?:\*\*)?[ \t]*(?:\([^()\n]{1,9}\))?[ \t]*[:：,–—-]?[ \t]+(?=\S)",
    re.MULTILINE,
)
_PROPERTY_LINE = late(r"[ \t]*(?:[-*+] )?[\w가-힣-]{1,30}:: ")
"""`date:: 2024-12-31`: a property as outliners write it is no event."""
_PART = late(r"편|권|개|회|번|문제|달성|완료|성공|done|of\b", re.IGNORECASE)
_DAYS_OF_A_LIST = 2
"""`3/4` may be three of four: lines that begin so are days where there are as many."""


def _listed_days(source: ReviewSource) -> Iterator[DateMention]:
    """Lines that begin with a day as `5/17`, month first unless one of them says otherwise."""
    body = source.note.body
    found = list(_LISTED_DAY.finditer(source.text, body))
    pairs = [(int(m["one"]), int(m["other"])) for m in found]
    day_first = any(one > 12 for one, _ in pairs)
    days = [(other, one) if day_first else (one, other) for one, other in pairs]
    read = [(m, d) for m, d in zip(found, days, strict=True) if is_date(2000, *d)]
    if len(read) < _DAYS_OF_A_LIST:
        of = next((m.months() for m in periods_in(source.note.title)), None)
        # One alone is a day in the review of its month, or where no part of a whole has it so.
        read = [
            (m, d)
            for m, d in read
            if of == (d[0], d[0]) or (d[1] > 12 and not _PART.match(source.text, m.end()))
        ]
    for match, (month, day) in read:
        yield DateMention(Span(match.start("one"), match.end("other")), None, month, day)


_BRACKETED = late(
    r"\((?:(?P<m1>\d{1,2})\.\s(?P<d1>\d{1,2})\.|(?P<m2>\d{1,2})/(?P<d2>1[3-9]|2\d|3[01]))\)"
)
"""`동생 결혼식 (11. 23.)`, `전역 (3/15)`; `(2/3)` is a share."""


def _bracketed_days(source: ReviewSource) -> Iterator[DateMention]:
    for match in _BRACKETED.finditer(source.text, source.note.body):
        month, day = int(match["m1"] or match["m2"]), int(match["d1"] or match["d2"])
        if is_date(2000, month, day):
            yield DateMention(Span(match.start(), match.end()), None, month, day)


def _days(source: ReviewSource) -> Iterator[DateMention]:
    body = source.note.body
    yield from _listed_days(source)
    yield from _bracketed_days(source)
    for mention in dates_in(source.text[body:]):
        if mention.day is None or mention.month is None:
            continue
        # An edition's date, a link's address and another year's day are no events of this year.
        start = mention.span.start + body
        if mention.year is not None and mention.year != source.note.year:
            continue
        before = source.text[max(0, start - 200) : start]
        if re.search(r"[(/=]\S*$", before) and re.search(r"https?:\S*$", before):
            continue
        yield mention._replace(span=Span(start, mention.span.end + body))
