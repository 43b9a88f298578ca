"""The person's language: messages and help in Korean where the locale is Korean, English else.

Messages are made in every room, in English, and translated where they are printed: the catalog
(`locale/ko`, built by docs/generate_messages.py) holds them with `{0}`, `{1}`… for what differs.
What programs read (`--json`, paths) is never translated.
"""

from __future__ import annotations

import gettext
import inspect
import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from vaultdots.note.choices import SectionKind
from vaultdots.text.fitting import filled
from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    import click

    from vaultdots.errors import DotsError

FOLDER = Path(__file__).parent.parent / "locale"
DOMAIN = "messages"
"""That of click's own messages, so that they stand in the same catalog."""
_VALUE = late(r"\{\d\}")
_NAMED_VALUE = late(r"\{(\d):t\}")
_EXAMPLE = "Example:"
_CONTEXT = "\x04"
"""Stands between a context and a word in a compiled catalog, as gettext has it."""
_LEAST = 7
_TELLING = 14
"""Characters that a message has beside its values to be recognised, and to be recognised in a value
of another: `{0} of {1}` may be anything."""
SHORT_HELP = late(r"^(dots \S.*?\S {2,})(\S.*)$")
"""A line of a command and what it does."""

SYSTEM = (
    "No such file or directory", "Permission denied", "Is a directory", "Not a directory",
    "File exists", "No space left on device", "Read-only file system",
)  # fmt: skip
"""Reasons that a system gives, as values of our messages."""
NAMED: Mapping[str, tuple[str, ...]] = {
    "status": ("kept", "partly", "carried", "dropped", "open", "unknown", "no-goal"),
    "strength": ("stated", "wish"),
    "period": ("year", "half", "quarter", "month", "week"),
    "review": ("draft",),
    "value": (
        "title", "alias", "file name", "tag", "folder", "series",
        "near", "inside", "more than meant", "less than meant",
        "names the tag", "names the folder", "names the series",
    ),
    "count": ("sections", "letters", "goals for the year", "kept", "books", "notes"),
    "place": ("note", "tag", "review", "mention"),
    "section": get_args(SectionKind),
    "reason": (
        "title", "alias", "heading", "tag", "property", "body", "context", "exact", "phrase",
        "near", "recent", "linked", "again", "note",
    ),
    "editor": ("review", "study", "project", "book", "daily", "index", "note"),
}  # fmt: skip
"""Context → words of our data (never translated in `--json`) that have a name for people. A `value`
stands in a message, whose Korean has it as `{0:t}`."""


class Template(NamedTuple):
    """A message with values in it. head, tail: the text before the first and after the last.
    said: characters beside them."""

    head: str
    tail: str
    pattern: str
    korean: str
    said: int


class Choice:
    """The language of an editor that says one: it goes before the person's locale."""

    def __init__(self) -> None:
        self.korean: bool | None = None


_EDITOR = Choice()


def words_of_editor(locale: str | None) -> Callable[[str], str]:
    """The translation of what an editor shows. locale: its own language; None: it says none.

    What is short and has values in it (`{0} backlinks`) stands in the catalog for editors alone: as
    a template it would be found in the values of other messages.
    """
    _EDITOR.korean = locale.lower().startswith("ko") if locale is not None else None
    _catalog.cache_clear()
    _templates.cache_clear()

    def shown(text: str) -> str:
        return _catalog().get(f"editor{_CONTEXT}{text}") or translated(text)

    return shown


def is_korean(environ: Mapping[str, str]) -> bool:
    """Whether messages are wanted in Korean, by the locale and `LANGUAGE` (as gettext)."""
    locale = next((environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(n)), "C")
    if locale.split(".")[0] in ("C", "POSIX"):
        return False
    return (environ.get("LANGUAGE") or locale).split(":")[0].lower().startswith("ko")


@cache
def _catalog() -> Mapping[str, str]:
    """Message → Korean; empty for another language."""
    if not (is_korean(os.environ) if _EDITOR.korean is None else _EDITOR.korean):
        return {}
    try:
        found = gettext.translation(DOMAIN, FOLDER, languages=["ko"])
    except OSError:
        return {}
    gettext.bindtextdomain(DOMAIN, str(FOLDER))  # click asks for its own words there
    texts: Mapping[str, str] = getattr(found, "_catalog", {})
    return {key: text for key, text in texts.items() if isinstance(key, str) and key and text}


@cache
def _templates() -> tuple[Template, ...]:
    """The messages with values, those that say most first."""
    found = []
    for message, korean in _catalog().items():
        parts = _VALUE.split(message)
        if len(parts) > 1 and sum(map(len, parts)) >= _LEAST:
            pattern = "(.*?)".join(map(re.escape, parts))
            said = sum(map(len, parts))
            found.append(Template(parts[0], parts[-1], pattern, korean, said))
    return tuple(sorted(found, key=lambda one: -one.said))


def translated(text: str, *values: object) -> str:
    """A message in the person's language; as it is where there is no translation.

    values: what stands for `{0}`, `{1}`… in it; without them it may hold its values already.
    """
    catalog = _catalog()
    if values:
        return filled(catalog.get(text, text), tuple(map(str, values)))
    if not catalog:
        return text
    if (korean := catalog.get(text)) is not None:
        return korean
    return _by_template(text) or text


def named(context: str, word: str) -> str:
    """A word of our data as a person reads it; context: a key of `NAMED`."""
    return _catalog().get(f"{context}{_CONTEXT}{word}", word)


def _value(text: str) -> str:
    """A value of a message, translated where it is a message that nothing else would be."""
    if len(text) >= _TELLING and " " in text and (korean := _catalog().get(text)) is not None:
        return korean
    return _by_template(text, _TELLING) or text


def _filled(korean: str, values: tuple[str, ...]) -> str:
    marked = {int(number) for number in _NAMED_VALUE.findall(korean)}
    shown = [
        named("value", text)
        if n in marked
        else _catalog().get(text, text)
        if text in SYSTEM
        else text
        for n, text in enumerate(values)
    ]
    return filled(_NAMED_VALUE.sub(r"{\1}", korean), tuple(shown))


def status_of(word: str) -> str:
    """What became of a goal, in our data's word, for that word or its Korean name."""
    for status in NAMED["status"]:
        if word == named("status", status):
            return status
    return word


def counted(count: int, what: str) -> str:
    """`1 note`, `2,000 notes`, `노트 2,000개`."""
    korean = _catalog().get(f"{{0}} {what}s")
    if korean is not None:
        return filled(korean, (f"{count:,}",))
    return f"{count:,} {what}" + ("" if count == 1 else "s")


def and_more(count: int) -> str:
    """` and 3 more` behind the first of a list, nothing where there are no more."""
    return " " + translated("and {0} more", f"{count:,}") if count > 0 else ""


def months_named(first: int, last: int) -> str:
    """`month 3`, `months 1–6`; `3월`, `1–6월`."""
    if first == last:
        return translated("month {0}", first)
    return translated("months {0}–{1}", first, last)


def reasons(rule: str) -> str:
    """Why something was taken for what it is; the parts stand between semicolons."""
    return "; ".join(translated(reason) for reason in rule.split("; "))


def _by_template(text: str, least: int = 0) -> str | None:
    """A message with values in it; a value that is such a message itself is translated too.

    least: characters that a message has beside its values.
    """
    for one in _templates():
        if one.said < least:
            break
        if text.startswith(one.head) and text.endswith(one.tail):
            found = re.fullmatch(one.pattern, text, re.DOTALL)
            if found:
                values = tuple(map(_value, found.groups()))
                return _filled(one.korean, values)
    return None


def error_line(error: DotsError) -> str:
    """`place: message (hint)`, in the person's language."""
    text = translated(error.message)
    text = f"{error.place}: {text}" if error.place else text
    return f"{text} ({translated(error.hint)})" if error.hint else text


def localize(command: click.Command) -> None:
    """Put the help of a command and of its options into the person's language."""
    if not _catalog() or command.help is None:
        return
    paragraphs = inspect.cleandoc(command.help).split("\n\n")
    command.help = "\n\n".join(
        _lines(one)
        if "\b" in one
        else one
        if _EXAMPLE in one
        else translated(" ".join(one.split()))
        for one in paragraphs
    )
    command.help = command.help.replace(_EXAMPLE, translated(_EXAMPLE))
    for parameter in command.params:
        said = getattr(parameter, "help", None)
        if said:
            parameter.help = translated(said)
    for inner in getattr(command, "commands", {}).values():
        localize(inner)


def _lines(paragraph: str) -> str:
    """A paragraph of commands, each with what it does."""
    found = []
    for line in paragraph.split("\n"):
        said = SHORT_HELP.match(line)
        found.append(f"{said[1]}{translated(said[2])}" if said else line)
    return "\n".join(found)
