"""Titles that a sentence of running prose sets off and says to have been read.

A sentence is read as a frame: each title that is set off (quotation marks, italics, a link) becomes
a sign, titles that `and`, `와` or a comma join are one group, and what stands before and behind a
group decides (lexicon/books.toml, `told`). What stands around the sentence counts too: a heading of
books, an earlier sentence of the paragraph that says that books were read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import unescape

from vaultdots.note.html_prose import FILL
from vaultdots.note.prose import Prose, Sentence, plain
from vaultdots.retrospective.bookcounts import book_count
from vaultdots.retrospective.booklines import is_title, unwrapped
from vaultdots.retrospective.words import any_of, words_of
from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

TITLE = "\ue000"
"""Stands for a title in a frame."""
_LONGEST = 2_000
"""Characters of a sentence that is read: a longer one is no sentence."""
_LONG = 5
"""Characters of a word that is more likely a title than a word that is stressed."""
_WINDOW = 120
"""Characters before and behind a group that are looked at."""
_ABBREVIATED = late(r"(?:\be\.g|\bi\.e|\bvs|\bDr|\bMr|\bMrs|\bSt|\bby [A-Z])\.$")
"""What ends no sentence."""
_WORD = r"[A-Z\d][\w'’+#:&-]{0,30}"
_PIECE = late(
    r"(?P<drop>\{%[^{}\n]{0,300}%\}|\{\{[^{}\n]{0,300}\}\}|\{:[^{}\n]{0,200}\}|!\[[^\[\]\n]{0,200}\]"
    r"\([^()\s]{0,400}\)|<(?:br|/?[biu]|/?em|/?strong|/?a|/?span)\b[^<>\n]{0,300}>)"
    r"|\[(?P<link>[^\[\]\n]{1,120})\](?:\([^()\s]{0,400}(?:\s[\"'][^\"'\n]{0,100}[\"'])?\)"
    r"|\[[^\[\]\n]{0,80}\])"
    r"|(?<![*_\w])(?P<mark>\*\*|__|\*|_)(?P<em>(?![\s*_])[^*_\n]{1,120}(?<![\s\\]))(?P=mark)"
    r"(?![*_A-Za-z])"
    r"|(?<![\w\"])[\"“](?P<double>[^\"“”\n]{2,90})[\"”]"
    r"|(?<![\w’'])[‘'](?P<single>(?!\d\d년)(?:[^'‘’\n]|(?<=[A-Za-z])['’](?=[a-z])){2,90})[’']"
    r"(?![A-Za-z])"
    r"|`(?P<tick>[^`\n]{2,90})`"
    r"|[『《「〈](?P<bracket>[^『』《》「」〈〉\n]{1,90})[』》」〉]"
    r"|<(?P<angled>(?=[^<>\n]{0,60}[가-힣])[^<>/=\n]{1,60})>"
    rf"|(?<![\w'’.-])(?P<bare>{_WORD}(?:\s(?:{_WORD}|of|the|and|an?|in|to|for|on|with|from|or|not)){{1,9}})"
    r"(?=\sby\s[A-Z]|\s?[을를]\s)"
)
_PERSON = r"[A-Z][\w.'’-]*(?:\s(?:de|van|von|der|la|le|[A-Z][\w.'’-]*)){0,4}"
_BY = rf",?\sby\s(?P<by>{_PERSON}(?:(?:,|,?\sand|\s&)\s{_PERSON})?)"
_OWNER = (
    r"(?:[가-힣]{2,6}\s){0,2}[가-힣]{2,8}\s?의\s?"
    r"|(?:[A-Z][\w.’'-]*\s){0,3}[A-Z][\w.-]*['’]s?\s"
    r"|(?:the|his|her|their)\s(?:book\s|novel\s|sequel,?\s)?"
)
_JOINT = (
    r"(?!\s?(?:작가|교수|저자|시인|박사|선생)님?의)"
    r"(?:\s|[,、;·/&+]|\band\b|\bor\b|\bplus\b|\bas well as\b|\bthen\b"
    r"|\bfinally\b|와|과|이?랑|하고"
    rf"|그리고|및|또){{1,6}}(?:{_OWNER})?"
)
_BEHIND = rf"(?:\s?\([^()\n{TITLE}]{{0,60}}\))?(?:{_BY.replace('?P<by>', '?:')})?"
_GROUP = late(rf"{TITLE}{_BEHIND}(?:{_JOINT}{TITLE}{_BEHIND})*")
_BY_NAME = late(_BY)
_AND = late(r"[,、;&]|\band\b|[가-힣]")
_BY_INSIDE = late(rf"\sby\s(?P<by>{_PERSON})$")
"""`[Deep Work by Cal Newport](…)`."""
_IN_PARENTHESES = late(r"\s?\((?:by\s)?([^()\d\n]{2,40})\)")
_OWNED = late(
    r"(?<![가-힣])(?P<name>(?:[가-힣]{1,5}(?<![은는을를이가도에서고며와과로중의])\s)?"
    r"(?!작가|교수|선생|박사|저자|시인)[가-힣]{2,6}?)"
    r"\s?(?:작가|교수|선생|박사|저자|시인)?님?의\s?$"
    r"|(?P<english>[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){0,3})['’]s?\s$"
)
_NOT_OWNER = late(
    r"(?:월|년|해|번|권|달|째|봄|여름|가을|겨울|중|책|것|작가|저자|교수)$"
    r"|^(?:나|올해|작년|최고|인생|우리|그|이|저|자신|다음|추천)(?:\s|$)"
)
_ASIDE = late(rf"\([^()]{{0,200}}{TITLE}[^()]{{0,200}}\)")
"""An aside about a title of its own: `(I haven't got to *Salt* yet)`."""
_LATIN_START = late(r"[A-Z\d]")
_HANGUL = late(r"[가-힣]")


class Talk(NamedTuple):
    """What stands around a sentence says of books."""

    about: bool
    """The heading announces books."""
    read: bool
    """An earlier sentence of the paragraph or item says that books were read."""
    named: bool = False
    """The paragraph or item names books."""


class Told(NamedTuple):
    """A title that a sentence says was read. at: where it stands in the raw sentence."""

    at: int
    title: str
    author: str | None


class _Frame(NamedTuple):
    text: str
    titles: list[tuple[int, str, str]]
    """Of each sign: where its title stands, the title, how it is set off."""


class _Rule(NamedTuple):
    """An entry of the lexicon's `told`."""

    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    needs: str
    long: bool
    """Whether the title must be more than one short word."""


def told_titles(raw: str, talk: Talk) -> list[Told]:
    """The titles that a raw sentence says were read, in its order."""
    if len(raw) > _LONGEST:
        return []
    frame = _framed(raw)
    if not frame.titles or is_unread(frame.text):
        return []
    groups: list[tuple[re.Match[str], list[tuple[int, str, str]]]] = []
    number = 0
    for group in _GROUP.finditer(frame.text):
        count = group[0].count(TITLE)
        groups.append((group, frame.titles[number : number + count]))
        number += count
    read = [_says_read(frame.text, group, titles, talk) for group, titles in groups]
    for one in [*range(len(groups) - 1), *reversed(range(len(groups) - 1))]:
        if read[one] != read[one + 1] and True in read[one : one + 2]:
            between = frame.text[groups[one][0].end() : groups[one + 1][0].start()]
            if _PARALLEL.fullmatch(between):
                read[one] = read[one + 1] = True
    return [
        told
        for (group, titles), said in zip(groups, read, strict=True)
        if said
        for told in _named(frame.text, group, titles)
    ]


_PARALLEL = late(
    r",?\s[^,.;]{0,12}(?:에는|엔|은|는|때는?)\s"
    r"|\s(?:in|during|over|for|at)\s[\w\s]{1,14}(?:,\s(?:and\s|then\s)?|\sand\s)"
)
"""Between two titles of one verb: `상반기에는 『…』, 하반기에는 『…』를`, `… in May, … in June`."""
_COUNTED = late(r"[(（](?P<inner>[^()（）\n]{4,300})[)）]|[:：]\s(?P<rest>[^:：\n]{4,300})$")
_SPLIT = late(r"\s?[,、]\s?(?:and\s|그리고\s)?|\s(?:and|&|/)\s")
_BARE_LIMIT = 60
"""Characters of a title that nothing sets off."""
_REMARK = late(r"^\d+\s?(?:권|books?\b)|(?:많|적|없|있|좋|싫|읽|했|[았었])음$|보다\s|\babout\b")
"""`읽은 책: 12권, 작년보다 많음`."""


def bare_titles(text: str) -> list[str]:
    """Titles that nothing sets off: as many as the sentence counts (`책 두 권(…, …)을 읽었다`), or
    behind a label (`읽은 책: …, …`)."""
    if len(text) > _LONGEST:
        return []
    found = _COUNTED.search(text)
    if found is None or is_unread(text):
        return []
    named = found["inner"] or found["rest"]
    parts = [part.strip(" .,") for part in _SPLIT.split(named) if part.strip(" .,")]
    head = text[: found.start()]
    counted = len(parts) > 1 and book_count(head) == len(parts)
    read = any_of("books", "has_read").search(text.replace(named, "")) is not None
    label = found["rest"] is not None and any_of("books", "label").fullmatch(head) is not None
    if not (label or (counted and read)) or any(len(part) > _BARE_LIMIT for part in parts):
        return []
    good = [
        is_title(part)
        and _REMARK.search(part) is None
        and (_HANGUL.search(part) or _LATIN_START.match(part))
        for part in parts
    ]
    return parts if all(good) else []


def is_unread(frame: str) -> bool:
    """Whether a sentence says outside of its titles and asides that it is not about books that were
    read."""
    said = _ASIDE.sub("", frame)
    return any(any_of("books", t).search(said) is not None for t in ("not_read", "not_told"))


def paragraphs_of(
    sentences: Sequence[Sentence], text: str, about: bool
) -> Iterator[tuple[Sentence, str, Talk]]:
    """Each sentence, as it is written, and what its paragraph or its item says of books. What an
    abbreviation cuts in two (`e.g.`) is one again. about: the heading announces books."""
    for paragraph in _paragraphs(sentences, text):
        named = any(any_of("books", "noun").search(s.text) is not None for s in paragraph)
        read, start = False, -1
        for sentence in paragraph:
            start = sentence.span.start if start < 0 else start
            raw = unescape(text[start : sentence.span.end].replace(FILL, ""))
            if _ABBREVIATED.search(raw[-8:]) and len(raw) <= _LONGEST:
                continue
            yield sentence, raw, Talk(about, read, named)
            start = -1
            read = read or _were_read(sentence.text)


def _paragraphs(sentences: Sequence[Sentence], text: str) -> Iterator[list[Sentence]]:
    paragraph: list[Sentence] = []
    for sentence in sentences:
        if paragraph and (
            sentence.item != paragraph[-1].item
            or (
                sentence.item is None
                and "\n\n" in text[paragraph[-1].span.end : sentence.span.start]
            )
        ):
            yield paragraph
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield paragraph


def says_read(prose: Prose) -> bool:
    """Whether a sentence of a stretch says that books were read."""
    return any(_were_read(sentence.text) for sentence in prose.sentences)


def _were_read(text: str) -> bool:
    return any_of("books", "were_read").search(text) is not None and not is_unread(text)


def _framed(raw: str) -> _Frame:
    """A sentence with a sign for each of its titles, without what is not read aloud."""
    parts: list[str] = []
    titles: list[tuple[int, str, str]] = []
    end = 0
    for piece in _PIECE.finditer(raw):
        parts.append(raw[end : piece.start()])
        end = piece.end()
        form = piece.lastgroup or "drop"
        if form == "drop":
            continue
        inner = piece[form]
        title = unwrapped(plain(inner))
        if _is_title(title, form):
            parts.append(TITLE)
            titles.append((piece.start(), title, form))
        else:
            parts.append(inner if form in ("link", "em") else piece[0])
    parts.append(raw[end:])
    text = re.sub(r"\s+", " ", "".join(parts).replace("*", ""))
    return _Frame(text, titles)


def _is_title(title: str, form: str) -> bool:
    """Whether what is set off may be a book's title."""
    if not is_title(title, sure=form in ("bracket", "em")):
        return False
    if any(any_of("books", table).search(title) for table in ("list_title", "post")):
        return False  # the title of a post about books
    if _HANGUL.search(title):
        return True
    if form == "tick" and " " not in title:
        return False  # code
    return form == "bracket" or _LATIN_START.match(title) is not None


@cache
def _rules() -> list[_Rule]:
    def compiled(pattern: str) -> re.Pattern[str]:
        return late(pattern.replace("…", TITLE), re.IGNORECASE)

    return [
        _Rule(
            compiled(f"(?:{entry['before']})$") if "before" in entry else None,
            compiled(str(entry["behind"])) if "behind" in entry else None,
            str(entry.get("needs", "")),
            bool(entry.get("long")),
        )
        for entry in words_of("books")["told"]
    ]


def _says_read(
    frame: str, group: re.Match[str], titles: Sequence[tuple[int, str, str]], talk: Talk
) -> bool:
    before = frame[max(0, group.start() - _WINDOW) : group.start()]
    behind = frame[group.end() : group.end() + _WINDOW]
    if any_of("books", "other_before").search(before):
        return False
    if any_of("books", "other_behind").search(behind):
        return False
    around = talk.about or talk.read or _were_read(frame[: group.start()])
    if (
        talk.about
        and len(titles) > 1
        and frame.strip(" .") == group[0].strip(" .")
        and _AND.search(group[0])
    ):
        return True  # nothing but titles
    named = around or talk.named or any_of("books", "noun").search(frame) is not None
    sure = all(form in ("em", "bracket") for _, _, form in titles)
    sure = sure or _BY_NAME.search(group[0]) is not None
    verb = around or any_of("books", "has_read").search(frame) is not None
    long = any(" " in title or len(title) >= _LONG for _, title, _ in titles)
    met = {"": named or sure, "book": named, "verb": verb and named, "read": around}
    for rule in _rules():
        if not met[rule.needs] or (rule.long and not long):
            continue
        first = rule.before.search(before) if rule.before is not None else None
        last = rule.behind.match(behind) if rule.behind is not None else None
        if (rule.before and first is None) or (rule.behind and last is None):
            continue
        words = (first[0] if first else "") + " | " + (last[0] if last else "")
        if any_of("books", "other").search(words) is None:
            return True
    return False


def _named(
    frame: str, group: re.Match[str], titles: Iterable[tuple[int, str, str]]
) -> Iterator[Told]:
    """The titles of a group with their authors."""
    signs = [group.start() + n for n, c in enumerate(group[0]) if c == TITLE]
    for number, (at, title, _) in enumerate(titles):
        end = signs[number + 1] if number + 1 < len(signs) else group.end()
        behind, before = frame[signs[number] + 1 : end], frame[: signs[number]][-40:]
        by, inner, owner = (
            _BY_NAME.match(behind),
            _IN_PARENTHESES.match(behind),
            _OWNED.search(before),
        )
        author = by["by"] if by else None
        if (
            author is None
            and inner is not None
            and any_of("books", "noun").search(inner[1]) is None
        ):
            author = inner[1]
        if author is None and owner is not None:
            name = owner["name"] or owner["english"]
            author = None if _NOT_OWNER.search(name) else name
        inside = _BY_INSIDE.search(title)
        if inside is not None and author is None:
            title, author = title[: inside.start()], inside["by"]
        yield Told(at, title, author)
