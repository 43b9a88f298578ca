"""How much is done for what the person does: counted, not timed.

marksman took a whole processor while one typed in a vault of 7,762 files (#301): each keystroke
went through all of them again.
"""

from __future__ import annotations

import difflib
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.disk import environment, settle, write
from vaultdots.editor.actions import actions
from vaultdots.editor.complete import complete
from vaultdots.editor.desk import Desk
from vaultdots.editor.diagnose import diagnose
from vaultdots.editor.lens import hints, lenses
from vaultdots.editor.name_match import Name, Table
from vaultdots.editor.navigate import definition, hover, references
from vaultdots.editor.structure import folds, symbols, tokens
from vaultdots.note.parse import parse_note
from vaultdots.text.spans import Span
from vaultdots.vault import Vault

HUB = "허브.md"
KEYS = 50


def files(notes: int) -> dict[str, str | bytes]:
    """A vault in which all notes link to one, by its name and by one of its headings."""
    many: dict[str, str | bytes] = {
        f"{n % 7}/note {n} 기록.md": f"---\ntags: [공부]\n---\n# Note {n}\n\n"
        f"😀 [[허브]] [[허브#겨울]] [[note {n + 1} 기록]] [[lost {n}]]\n"
        for n in range(notes)
    }
    review = (
        "---\nkind: review\nyear: 2024\n---\n# 2024년 회고\n\n## 잘한 일\n\n[[허브]] [[lots 3]]\n"
    )
    return {"dots.toml": "", HUB: "# 허브\n\n## 겨울\n\nText.\n", "회고.md": review, **many}


@contextmanager
def desk_of(root: Path, notes: int) -> Iterator[Desk]:
    write(root, files(notes))
    settle(root)
    with Vault.open(root, environ=environment(root.with_name(f"cache{notes}"))) as vault:
        yield Desk(vault)


class Work:
    """What a stretch of work calls and opens."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.calls: Counter[CodeType] = Counter()
        self.parsed: list[str] = []
        self.opened: list[str] = []
        self._on = False
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._on and event in ("open", "os.scandir", "os.listdir"):
            name = str(arguments[0])
            if name.startswith(self.root):
                self.opened.append(name)

    def _called(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            self.calls[frame.f_code] += 1
            if frame.f_code is parse_note.__code__:
                self.parsed.append(frame.f_locals["path"])

    @contextmanager
    def counted(self) -> Iterator[None]:
        self._on = True
        sys.setprofile(self._called)
        try:
            yield
        finally:
            sys.setprofile(None)
            self._on = False


def screen(desk: Desk, path: str, text: str) -> None:
    """What an editor asks for after a keystroke, and when the cursor rests."""
    desk.put(path, text)
    diagnose(desk, path)
    lenses(desk, path)
    hints(desk, path, Span(0, len(text)))
    symbols(desk, path)
    folds(desk, path)
    tokens(desk, path)
    complete(desk, path, len(text))
    spot = text.index("[[") + 3
    for ask in (definition, hover, references):
        ask(desk, path, spot)
    actions(desk, path, Span(spot, spot))


def test_a_keystroke_reads_one_note(tmp_path: Path) -> None:
    """Fifty keystrokes among 400 notes: fifty notes are parsed, the one that is typed in, and no
    file is opened, no folder listed."""
    root = tmp_path / "v"
    with desk_of(root, 400) as desk:
        path = "3/note 3 기록.md"
        text = desk.text_of(path)
        screen(desk, path, text + "\n[[")
        work = Work(root)
        with work.counted():
            for number in range(KEYS):
                screen(desk, path, text + "\n[[" + "note"[: number % 5])
        assert (work.parsed, work.opened) == ([path] * KEYS, [])


@pytest.mark.slow
def test_a_keystroke_in_a_review(tmp_path: Path) -> None:
    """Its sections take one more look at the same text, and no other note."""
    root = tmp_path / "v"
    with desk_of(root, 100) as desk:
        text = desk.text_of("회고.md")
        screen(desk, "회고.md", text + "\n[[")
        work = Work(root)
        with work.counted():
            for number in range(KEYS):
                screen(desk, "회고.md", text + "\n[[" + "note"[: number % 5])
        assert (work.parsed, work.opened) == (["회고.md"] * 2 * KEYS, [])


@pytest.mark.parametrize("path", ["3/note 3 기록.md", HUB])
@pytest.mark.slow
def test_a_keystroke_costs_no_more_in_a_larger_vault(tmp_path: Path, path: str) -> None:
    """The calls of five keystrokes, in the hub of all notes too: five times the notes may not cost
    twice as many. (What is completed is cut to a hundred, so that both vaults fill it.)"""
    counts = []
    for notes in (200, 1000):
        root = tmp_path / f"v{notes}"
        with desk_of(root, notes) as desk:
            text = desk.text_of(path) + "\n[[lost 1]] [[note 4 기록]]"
            screen(desk, path, text + "\n[[note")
            work = Work(root)
            with work.counted():
                for number in range(5):
                    desk.put(path, text + "x" * number + "\n")
                    diagnose(desk, path)
                    lenses(desk, path)
                    tokens(desk, path)
                    symbols(desk, path)
                    hover(desk, path, text.index("[[lost 1") + 3)
            counts.append(sum(work.calls.values()))
    assert counts[1] < 2 * counts[0], counts


def test_a_tag_of_very_many_notes_is_found_without_reading_them(tmp_path: Path) -> None:
    """The places are those that the notes themselves give, unsaved ones included."""
    root = tmp_path / "v"
    with desk_of(root, 120) as desk:
        path = "3/note 3 기록.md"
        desk.put(path, "# x\n\n😀 #공부/둘 and #공부\n")
        desk.put("new.md", "\U0001d11e #공부\n")
        work = Work(root)
        with work.counted():
            found = references(desk, path, desk.text_of(path).index("#공부\n") + 1)
        assert len(work.parsed) == 2
        assert len(found) == 122
        assert sorted(found) == found
        for place in found:
            sheet = desk.sheet(place.path)
            assert sheet is not None
            assert place.span.of(sheet.text).lstrip("#").startswith("공부")
            if place.line:
                line = sheet.line_span(place.line)
                assert sheet.text[line.start : place.span.start] == place.before
                assert place.span.of(sheet.text) == place.written


def _close(key: str, keys: list[str]) -> list[str]:
    return difflib.get_close_matches(key, keys, n=3, cutoff=0.6)


_NAMES = st.text("abc가나 ", min_size=1, max_size=8)


@given(st.lists(_NAMES, max_size=12), _NAMES)
def test_names_that_are_alike(names: list[str], key: str) -> None:
    """Looking at those alone that share enough letters leaves the closest ones as they are."""
    table = Table([Name(name, name, f"{name}.md", "name", "note", 0.0) for name in names])
    near = [name.key for name in table.alike(key, 0.6)]
    assert sorted(_close(key, near)) == sorted(_close(key, names))


_WORDS = st.sampled_from(
    ("re", "read", "redo", "core", "ㄱㄹ", "기록", "고래", "글", "서기록", "갈 것")
)


@given(
    st.lists(st.lists(_WORDS, min_size=1, max_size=3).map(" ".join), min_size=40, max_size=90),
    st.sampled_from(("re", "r", "ㄱ", "ㄱㄹ", "기ㄹ", "기", "re co")),
)
@pytest.mark.slow
def test_the_best_of_very_many_are_the_best_of_all(names: list[str], typed: str) -> None:
    """Where many names fit, those that begin so are looked at alone first: it shows in no rank."""
    from vaultdots.editor.name_match import ranked

    table = Table([Name(n, n, f"{at}.md", "name", "note", at % 7) for at, n in enumerate(names)])
    rank: Callable[[int], list[Name]] = lambda limit: ranked([table], typed, limit, None)  # noqa: E731
    assert rank(2) == rank(1000)[:2]
