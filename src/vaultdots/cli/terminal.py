"""The one place that prints. Whatever a note, a name or an error holds, nothing of it steers a
terminal: control characters and the signs that turn the direction of writing are shown as escapes
(`\\x1b`, `\\u202e`), as `ls` and `git` do.

Colours are marks around a text until the line is printed, so that an escape sequence that stands
in a note is never taken for one of ours. Two outputs hold the bytes as they are: NUL-ended paths
(`-0`) and data for a file; JSON escapes them in its own way.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import IO, ClassVar

import click

from vaultdots.cli.language import translated
from vaultdots.errors import DotsError

_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Signs that turn the direction of writing: "gpj.exe" may read as "exe.jpg"."""
_STEERING = (*range(32), *range(127, 160), *_BIDI, *range(0xFFF9, 0xFFFC))


def _escape(code: int) -> str:
    short = {9: "\\t", 10: "\\n", 13: "\\r"}.get(code)
    return short or (f"\\x{code:02x}" if code < 128 else f"\\u{code:04x}")


_ESCAPES = {code: _escape(code) for code in (*_STEERING, 0x2028, 0x2029)}
_ESCAPES |= {0xDC00 + byte: f"\\x{byte:02x}" for byte in range(128, 256)}
# What breaks a line in prose is a space where one line is printed.
_ONE_LINE = _ESCAPES | dict.fromkeys((9, 10, 11, 12, 13, 0x85, 0x2028, 0x2029), " ")
_LINES = {code: text for code, text in _ESCAPES.items() if code not in (9, 10, 0x2028, 0x2029)}


@cache
def _in_json() -> dict[int, str]:
    codes = (*_STEERING[32:], 0x2028, 0x2029, *range(0xD800, 0xE000))
    return {code: f"\\u{code:04x}" for code in codes}


@cache
def _in_xml() -> dict[int, str]:
    return {code: f"&#{code};" for code in (13, *_STEERING[32:], 0x2028, 0x2029)}


# A mark of ours holds a number that no note can know.
_SECRET = os.urandom(8).hex()
_MARK = re.compile(f"\x00{_SECRET}\\[([0-9;]*)\x00")
_COLOURS = {
    name: 30 + number
    for number, name in enumerate(
        ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
    )
} | {"bright_black": 90}


def style(text: str, *, fg: str | None = None, bold: bool = False, dim: bool = False) -> str:
    """`text` to be shown in a colour or a weight where the terminal takes them."""
    codes = [str(_COLOURS[fg])] if fg else []
    codes += ["1"] * bold + ["2"] * dim
    if not codes or not text:
        return text
    return f"\x00{_SECRET}[{';'.join(codes)}\x00{text}\x00{_SECRET}[0\x00"


def visible(text: str) -> str:
    """`text` with every control character as an escape, those that break a line too."""
    return text.translate(_ESCAPES)


def clean(text: str) -> str:
    """`text` on one line: what breaks a line is a space, other control characters are escapes."""
    return text.translate(_ONE_LINE)


def clean_lines(text: str) -> str:
    """`text` of several lines, its control characters as escapes; CRLF ends a line too."""
    return text.replace("\r\n", "\n").translate(_LINES)


def json_escaped(text: str) -> str:
    """JSON text, what a terminal or a reader of lines could misread escaped as JSON may."""
    return text.translate(_in_json())


def xml_escaped(text: str) -> str:
    """XML text, control characters as references: the same document."""
    return text.translate(_in_xml())


def say(text: str) -> None:
    """A line for people on stdout; colours only on a terminal that wants them."""
    _out(_shown(text, coloured()) + "\n")


class OutputError(DotsError):
    """What was found cannot be printed: the disk behind stdout is full, or the device is gone."""


def note(text: str) -> None:
    """A line for people on stderr, on a terminal below what was printed before; where stderr is
    closed or full there is nobody to tell."""
    if _Held.data is not None:
        _Held.notes.append(text)
        return
    with suppress(OSError):
        if is_terminal(sys.stdout):
            sys.stdout.flush()
        click.echo(_shown(translated(text), False), err=True)


def write(text: str) -> None:
    """Text of several lines on stdout: a diff, Markdown."""
    _out(clean_lines(text))


def write_data(text: str) -> None:
    """Data on stdout as it is: JSON and XML whose control characters are escaped already."""
    _out(text)


def write_path(path: str, *, zero: bool = False) -> None:
    """A path and a line end; zero: its bytes as the disk has them, and NUL."""
    if zero:
        _bytes(os.fsencode(path) + b"\0")
    else:
        _out(visible(path) + "\n")


def progress(text: str) -> None:
    """Write over the line that stands on stderr; "" takes it away."""
    with suppress(OSError):
        click.echo("\r" + (clean(text) or "\x1b[2K"), err=True, nl=False)


# The letters of `y` and `n` on a Korean keyboard, and the words.
_YES = frozenset(("y", "yes", "ㅛ", "예", "네", "응", "ㅇ", "ㅇㅇ"))
_NO = frozenset(("n", "no", "ㅜ", "아니요", "아니오", "아니", "ㄴ", "ㄴㄴ"))


def confirm(question: str) -> bool:
    """Ask on the terminal, no is the default. Raises click.Abort where it ends."""
    while True:
        asked = f"{clean(translated(question))} [y/N]"
        answer = click.prompt(asked, default="", show_default=False, err=True).strip().casefold()
        if answer in _YES:
            return True
        if not answer or answer in _NO:
            return False
        note("answer y or n")


def clear_screen() -> None:
    """An empty screen, where stdout is a terminal."""
    click.clear()


def _shown(text: str, colours: bool) -> str:
    parts = _MARK.split(text)
    parts[::2] = map(clean, parts[::2])
    parts[1::2] = [f"\x1b[{codes}m" if colours else "" for codes in parts[1::2]]
    return "".join(parts)


def _out(text: str) -> None:
    """UTF-8 whatever the locale; lone surrogates become `?`."""
    _bytes(text.encode("utf-8", "replace"))


class _Held:
    """What is printed for a pager, None where nothing is; and the lines that are told below it."""

    data: list[bytes] | None = None
    notes: ClassVar[list[str]] = []


@contextmanager
def paged() -> Iterator[None]:
    """What is printed meanwhile goes through the person's pager where it is longer than the screen.

    `PAGER` of the environment, else `less`; "" or `cat` is none. A vault names no program.
    """
    pager = os.environ.get("PAGER", "less")
    if _Held.data is not None or not is_terminal(sys.stdout) or pager in ("", "cat"):
        yield
        return
    _Held.data = []
    try:
        yield
    finally:
        held, _Held.data = b"".join(_Held.data or ()), None
        if held.count(b"\n") < screen_height() or not _page(pager, held):
            _bytes(held)
        told, _Held.notes = _Held.notes, []
        for line in told:
            note(line)


def _page(pager: str, text: bytes) -> bool:
    """Show text in a pager; False where there is none of that name."""
    import shlex

    words = shlex.split(pager)
    if not words or shutil.which(words[0]) is None:
        return False
    environ = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    sys.stdout.flush()
    with suppress(BrokenPipeError):
        import subprocess

        subprocess.run(words, input=text, env=environ, check=False)
    return True


def screen_height() -> int:
    """Lines of the terminal."""
    return shutil.get_terminal_size((100, 24)).lines


def _bytes(data: bytes) -> None:
    if _Held.data is not None:
        _Held.data.append(data)
        return
    if sys.stdout is None:
        return
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(data.decode("utf-8", "replace"))
        return
    try:
        sys.stdout.flush()
        stream.write(data)
    except OSError as error:
        raise refusal(error) from None


def flush() -> None:
    """Bring what is printed to whoever reads it. Raises OutputError, click's Exit."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as error:
        raise refusal(error) from None


def refusal(error: OSError) -> Exception:
    """What stops a run whose output is refused; what waits to be printed is let go of."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    os.close(devnull)
    if isinstance(error, BrokenPipeError):
        # `dots … | head`: the reader has enough, and that is no failure (click would exit 1).
        return click.exceptions.Exit(0)
    return OutputError(f"the output cannot be written ({error.strerror})")


def was_printing(error: OSError) -> bool:
    """Whether it came up while click printed: help, a version, a line on stderr."""
    frames = error.__traceback__
    while frames is not None:
        if frames.tb_frame.f_code is click.echo.__code__:
            return True
        frames = frames.tb_next
    return False


def coloured() -> bool:
    """Whether stdout takes colours: a terminal, and NO_COLOR is not set (no-color.org)."""
    return is_terminal(sys.stdout) and not os.environ.get("NO_COLOR")


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether a person looks at the stream; a closed one is no terminal."""
    return stream is not None and stream.isatty()


def terminal_width() -> int:
    """Columns of the terminal; a wide page where stdout is none, so that nothing is cut."""
    if not is_terminal(sys.stdout):
        return 10_000
    return max(40, shutil.get_terminal_size((100, 24)).columns)
