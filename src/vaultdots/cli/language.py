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
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import click

    from vaultdots.errors import DotsError

FOLDER = Path(__file__).parent.parent / "locale"
DOMAIN = "messages"
"""That of click's own messages, so that they stand in the same catalog."""
_VALUE = re.compile(r"\{\d\}")
_EXAMPLE = "Example:"


class Template(NamedTuple):
    """A message with values in it. head, tail: the text before the first and after the last."""

    head: str
    tail: str
    pattern: str
    korean: str


def is_korean(environ: Mapping[str, str]) -> bool:
    """Whether messages are wanted in Korean, by the locale and `LANGUAGE` (as gettext)."""
    locale = next((environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(n)), "C")
    if locale.split(".")[0] in ("C", "POSIX"):
        return False
    return (environ.get("LANGUAGE") or locale).split(":")[0].lower().startswith("ko")


@cache
def _catalog() -> Mapping[str, str]:
    """Message → Korean; empty for another language."""
    if not is_korean(os.environ):
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
        if len(parts) > 1:
            pattern = "(.*)".join(map(re.escape, parts))
            found.append(Template(parts[0], parts[-1], pattern, korean))
    return tuple(sorted(found, key=lambda one: -len(one.pattern)))


def translated(text: str) -> str:
    """A message in the person's language; as it is where there is no translation."""
    catalog = _catalog()
    if not catalog:
        return text
    if (korean := catalog.get(text)) is not None:
        return korean
    return _by_template(text) or text


def _by_template(text: str) -> str | None:
    """A message with values in it; a value that is such a message itself is translated too."""
    for one in _templates():
        if text.startswith(one.head) and text.endswith(one.tail):
            found = re.fullmatch(one.pattern, text, re.DOTALL)
            if found:
                values = tuple(_by_template(value) or value for value in found.groups())
                return _filled(one.korean, values)
    return None


def _filled(message: str, values: tuple[str, ...]) -> str:
    return _VALUE.sub(lambda value: values[int(value[0][1])], message)


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
        one if "\b" in one or _EXAMPLE in one else translated(" ".join(one.split()))
        for one in paragraphs
    )
    command.help = command.help.replace(_EXAMPLE, translated(_EXAMPLE))
    for parameter in command.params:
        said = getattr(parameter, "help", None)
        if said:
            parameter.help = translated(said)
    for inner in getattr(command, "commands", {}).values():
        localize(inner)
