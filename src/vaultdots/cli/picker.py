"""`dots search -i`: a full-screen picker that searches with every key.

Typing searches, the last word as half-typed; ↑ ↓ choose; Enter prints `path:line` of the choice, so
it composes with an editor; Ctrl-E opens the choice in `$EDITOR` and comes back; Esc leaves.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prompt_toolkit.application import Application, run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import HSplit, Layout, VSplit, Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.output.defaults import create_output
from prompt_toolkit.styles import Style

from vaultdots.cli.language import translated
from vaultdots.cli.preview import below_properties, rendered
from vaultdots.cli.table import cut, cut_front, width
from vaultdots.cli.terminal import clean
from vaultdots.errors import QueryError
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

ROWS = 50
"""Hits that are asked for: more than any terminal shows."""
KEYS = " ↑ ↓ choose · Enter take it · Ctrl-E edit · Esc leave"
ABOVE, LINES = 4, 200
"""Lines of the note shown above the match, and all in all."""
LIST = 0.4
"""Share of the screen's columns that the list takes."""
_STYLE = Style.from_dict(
    {
        "chosen": "reverse",
        "match": "bold ansiyellow",
        "place": "ansibrightblack",
        "bad": "ansired",
        "heading": "bold ansicyan",
        "code": "ansigreen",
    }
)


class Choice(NamedTuple):
    """One line of the list. ranges: of the matches in the snippet; line: of the first match;
    heading: of the section, "" for none; file: the path as the disk has it, which an editor needs
    (macOS writes Hangul decomposed), "" for the same."""

    path: str
    line: int
    title: str
    snippet: str
    ranges: Sequence[tuple[int, int]]
    heading: str = ""
    file: str = ""

    @property
    def on_disk(self) -> str:
        """The path that opens it, from the vault's folder."""
        return self.file or self.path


class Found(NamedTuple):
    """What a query gave. notice: said below the list ("searched for 회고")."""

    choices: list[Choice]
    notice: str = ""


Ask = Callable[[str], Found]
Read = Callable[[str], str]


class Picker:
    """The state of the screen: what is typed, what was found, which line is chosen."""

    def __init__(
        self,
        ask: Ask,
        read: Read,
        query: str,
        editor: str,
        folder: Path | None = None,
        recent: Sequence[Choice] = (),
    ) -> None:
        """ask: searches. read: a note's text by its path. editor: its command, "" for none.
        folder: the vault's, from which paths are meant. recent: shown before anything is typed."""
        self.folder = folder
        self.recent = list(recent)
        self.ask = ask
        self.read = read
        self.editor = editor
        self.choices: list[Choice] = []
        self.notice = ""
        self.chosen = 0
        self.texts: dict[str, list[str]] = {}
        self.line = Buffer(multiline=False, on_text_changed=lambda _: self.search())
        self.line.text = query
        self.line.cursor_position = len(query)

    def search(self) -> None:
        """Ask again; a query that cannot be read yet keeps the last answer."""
        self.chosen = 0
        if not self.line.text.strip():
            self.choices, self.notice = self.recent, ""
            return
        try:
            self.choices, self.notice = self.ask(self.line.text)
        except QueryError as error:
            self.notice = error.message

    def move(self, by: int) -> None:
        """Choose another line."""
        self.chosen = min(max(self.chosen + by, 0), max(len(self.choices) - 1, 0))

    @property
    def choice(self) -> Choice | None:
        """What is chosen now."""
        return self.choices[self.chosen] if self.choices else None

    def listing(self, columns: int = 1_000) -> StyleAndTextTuples:
        """The list, the chosen line turned around, each line cut where the list ends: half of a
        wide letter would push what stands beside it."""
        alike = Counter(map(_called, self.choices))
        shown: StyleAndTextTuples = []
        for number, choice in enumerate(self.choices):
            chosen = "class:chosen" if number == self.chosen else ""
            if chosen:
                shown.append(("[SetCursorPosition]", ""))
            name, heading = _called(choice)
            place = clean(choice.path) if alike[name, heading] > 1 else ""
            place = f"  {cut_front(place, columns // 2 - 2)}" if place else ""
            heading = f" › {heading}" if heading else ""
            name = cut(name, columns - width(place) - min(width(heading), columns // 3))
            room = columns
            for style, text in (("bold", name), ("", heading), ("class:place", place)):
                text = cut(text, room) if room else ""
                room -= width(text)
                shown.append((f"{chosen} {style}".strip(), text))
            shown.append((chosen, (" " * room if chosen else "") + "\n"))
        return shown

    def preview(self) -> StyleAndTextTuples:
        """Where the choice is, and the note around its first match, lightly rendered."""
        choice = self.choice
        if choice is None:
            return []
        lines = self._lines(choice.path)
        below = below_properties(lines)
        first = max(choice.line - 1 - ABOVE, below)
        first += next((n for n, line in enumerate(lines[first:]) if line.strip()), 0)
        words = sorted({choice.snippet[start:end] for start, end in choice.ranges}, key=len)
        return [
            ("class:place", f"{clean(choice.path)}:{choice.line}\n\n"),
            *rendered(lines[: first + LINES], words[::-1], choice.line - 1, first),
        ]

    def _lines(self, path: str) -> list[str]:
        if path not in self.texts:
            self.texts[path] = self.read(path).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self.texts[path]

    def open_editor(self) -> None:
        """Open the choice in the editor, at its line."""
        choice = self.choice
        if choice is not None and self.editor:
            # `./`, so that a note called -c is no option.
            command = [*shlex.split(self.editor), f"+{choice.line}", f"./{choice.on_disk}"]
            screen = None if sys.stdout.isatty() or not sys.stderr.isatty() else sys.stderr
            subprocess.run(command, cwd=self.folder, check=False, stdout=screen)
            self.texts.pop(choice.path, None)


def _called(choice: Choice) -> tuple[str, str]:
    """How a line of the list reads: the note's name, and the heading, "" where it says no more."""
    heading = "" if choice.heading == choice.title else choice.heading
    return clean(choice.title), clean(heading)


def _keys(picker: Picker) -> KeyBindings:
    keys = KeyBindings()

    @keys.add("up")
    @keys.add("c-p")
    def _(event: KeyPressEvent) -> None:
        picker.move(-1)

    @keys.add("down")
    @keys.add("c-n")
    def _(event: KeyPressEvent) -> None:
        picker.move(1)

    @keys.add("pageup")
    def _(event: KeyPressEvent) -> None:
        picker.move(-10)

    @keys.add("pagedown")
    def _(event: KeyPressEvent) -> None:
        picker.move(10)

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=picker.choice)

    @keys.add("c-e")
    def _(event: KeyPressEvent) -> None:
        run_in_terminal(picker.open_editor)

    @keys.add("escape", eager=True)
    @keys.add("c-c")
    @keys.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=None)

    return keys


def pick(
    ask: Ask,
    read: Read,
    query: str = "",
    *,
    folder: Path | None = None,
    recent: Sequence[Choice] = (),
    editor: str | None = None,
    given: Input | None = None,
    shown: Output | None = None,
) -> Choice | None:
    """Let a person choose; None when they leave. given, shown: the terminal, unless another.

    It draws on the terminal also where standard output goes to a pipe, as in `nvim $(dots search
    -i)`: only the choice belongs there.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    picker = Picker(ask, read, query, command if editor is None else editor, folder, recent)
    picker.search()

    def counted() -> StyleAndTextTuples:
        found = f"{len(picker.choices)}" if picker.choices else translated("nothing found")
        return [("class:place", f" {found} "), ("class:bad", clean(picker.notice))]

    status = FormattedTextControl(counted)
    output = shown or create_output(always_prefer_tty=True)

    def columns() -> int:
        return int(output.get_size().columns * LIST)

    found = Window(
        FormattedTextControl(lambda: picker.listing(columns())),
        width=lambda: Dimension.exact(columns()),
    )
    beside = Window(FormattedTextControl(picker.preview), wrap_lines=True)
    prompt = VSplit(
        [
            Window(FormattedTextControl([("bold", "› ")]), width=2, height=1),
            Window(BufferControl(picker.line), height=1),
        ]
    )
    app: Application[Any] = Application(
        Layout(
            HSplit(
                [
                    prompt,
                    Window(status, height=1),
                    VSplit([found, Window(width=2, char="│ ", style="class:place"), beside]),
                    Window(FormattedTextControl([("class:place", translated(KEYS))]), height=1),
                ]
            )
        ),
        key_bindings=_keys(picker),
        style=_STYLE,
        full_screen=True,
        input=given,
        output=output,
    )
    app.ttimeoutlen = 0.05
    chosen: Choice | None = app.run()
    return chosen
