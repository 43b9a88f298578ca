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
_ABBREVIATED = late(r"(?:\be\.g|\bi\.e|\bvs|\bDr|\bMr|\bMrs|\bSt)\.$")
"""What ends no sentence."""
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
_ASIDE = late(r"\([^()]{0,200}\)")
_LATIN_START = late(r"[A-Z\d]")
_HANGUL = late(r"[가-힣]")


class Talk(NamedTuple):
    """What stands around a sentence says of books."""

    about: bool
    """The heading announces books."""
    read: bool
    """An earlier sentence of the paragraph or item says that books were read."""


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
    found: list[Told] = []
    number = 0
    for group in _GROUP.finditer(frame.text):
        count = group[0].count(TITLE)
        titles = frame.titles[number : number + count]
        number += count
        if _says_read(frame.text, group, titles, talk):
            found += _named(frame.text, group, titles)
    return found


def is_unread(frame: str) -> bool:
    """Whether a sentence says outside of its titles and asides that it is not about books that were
    read."""
    said = _ASIDE.sub("", frame)
    return any(any_of("books", t).search(said) is not None for t in ("not_read", "not_told"))


def paragraphs_of(sentences: Sequence[Sentence], text: str) -> Iterator[tuple[Sentence, str, bool]]:
    """Each sentence, as it is written, and whether one before it in its paragraph or its item says
    that books were read. What an abbreviation cuts in two (`e.g.`) is one again."""
    before: Sentence | None = None
    held: Sentence | None = None
    read = False
    for sentence in sentences:
        if before is not None and (
            sentence.item != before.item
            or (sentence.item is None and "\n\n" in text[before.span.end : sentence.span.start])
        ):
            read, held = False, None
        before = sentence
        start = held.span.start if held is not None else sentence.span.start
        raw = unescape(text[start : sentence.span.end].replace(FILL, ""))
        if _ABBREVIATED.search(raw[-8:]) and len(raw) <= _LONGEST:
            held = held or sentence
            continue
        yield sentence, raw, read
        held = None
        read = read or _were_read(sentence.text)


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
    around = talk.about or talk.read
    if talk.about and len(titles) > 1 and frame.strip(" .") == group[0].strip(" ."):
        return True  # nothing but titles
    named = around or any_of("books", "noun").search(frame) is not None
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
        yield Told(at, title, author)
