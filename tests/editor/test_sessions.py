"""Whatever is typed, saved, renamed or changed by other programs: the screen is answered for as if
the vault had just been opened with these texts."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.disk import environment, write
from vaultdots.editor.complete import complete
from vaultdots.editor.desk import Desk
from vaultdots.editor.diagnose import diagnose
from vaultdots.editor.lens import lenses
from vaultdots.editor.navigate import definition, hover, references
from vaultdots.editor.structure import tokens
from vaultdots.vault import Vault

NAMES = ("a.md", "b/a.md", "도커.md", "b/Harbor.md", "new.md", normalize("NFD", "각.md"))
TEXTS = (
    "",
    "# A\n\n[[도커]] [[a]] [[b/a]] [[lost]]\n",
    "---\naliases: [Port, 항구]\ntags: [x/y]\n---\n# Harbor\n\n## Winter\n\nIce. ^ice\n",
    "😀 e\u0301 \u2028 [[Harbor#Winter]] [[Port]] [[Harbor#^ice]]\r\n\r\n## 겨울\r\n[[각]]\r\n",
    "---\naliases: [Port\n---\n[[a|x]] ![[new]] [y](b/a.md) #x/y\n",
    "---\ntitle: lost\n---\n[[Port#Winter]] [[#없다]] ```\n[[a]]\n",
    "[[new]] [[new]]\n\n- one ^id\n- two ^id\n\n[[#^id]] [[lost#x]]",
    "---\nkind: review\nyear: 2024\n---\n# 2024\n\n[[항구]] [[Docker]]\n",
    "x" * 3000 + "\n[[도커\n]] [[[a]]] [[a]](b) \ufeff\x00\n",
)
TYPED = ("", "[[", "[[a", "[[ㄷㅋ", "[[Harbor#", "[[Harbor#^", "#x", "[x](", "![[", "---\nal")
_CHECK_EACH = 12

_files = st.sampled_from(NAMES)
_texts = st.sampled_from(TEXTS)
OPERATIONS = st.one_of(
    st.tuples(st.just("type"), _files, _texts),
    st.tuples(st.just("type"), _files, st.text(max_size=40)),
    st.tuples(st.just("append"), _files, st.sampled_from(TYPED)),
    st.tuples(st.just("close"), _files, st.just("")),
    st.tuples(st.just("save"), _files, st.just("")),
    st.tuples(st.just("outside"), _files, _texts),
    st.tuples(st.just("delete"), _files, st.just("")),
    st.tuples(st.just("rename"), _files, _files),
)
Operation = tuple[str, str, str]


def _written(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _do(desk: Desk, root: Path, operation: Operation) -> None:
    """One thing that a person or another program does."""
    kind, name, other = operation
    path, file = normalize("NFC", name), root / name
    if kind == "type":
        desk.put(path, other)
    elif kind == "append":
        text = desk.text_of(path) + "\n" + other
        desk.put(path, text)
        complete(desk, path, len(text))
    elif kind == "close":
        desk.close(path)
    elif kind == "save" and path in desk.texts:
        file.write_bytes(_written(desk.texts[path]))
        desk.sync()
    elif kind == "outside":
        file.write_bytes(_written(other))
        desk.sync()
    elif kind == "delete":
        file.unlink(missing_ok=True)
        desk.sync()
    elif kind == "rename" and file.exists() and name != other:
        file.replace(root / other)
        desk.sync()


def _seen(desk: Desk) -> dict[str, Any]:
    """All that the screen shows of every note."""
    paths = {normalize("NFC", name) for name in NAMES}
    seen: dict[str, Any] = {}
    for path in sorted(paths):
        sheet = desk.sheet(path)
        if sheet is None:
            seen[path] = desk.file_of(path)
            continue
        spots = [link.start + 2 for link in sheet.links] + [tag[1].start for tag in sheet.tags]
        seen[path] = (
            sheet.text,
            diagnose(desk, path),
            [(one.source, one.start, one.end, one.line, one.chain) for one in desk.backlinks(path)],
            lenses(desk, path),
            tokens(desk, path),
            [definition(desk, path, spot) for spot in spots],
            # The nearest names are ranked by the age of their notes: it is another at each look.
            [
                shown.markdown.partition("Nearest")[0]
                for spot in spots
                if (shown := hover(desk, path, spot))
            ],
            [[place[:2] for place in references(desk, path, spot)] for spot in spots],
            desk.style(path),
        )
    every = desk.names.all_names(frozenset(("name", "alias", "title", "placeholder")))
    seen["names"] = sorted((one.spelled, one.path, one.via) for one in every)
    seen["found"] = [
        sorted(one.path for one in desk.names.matching(typed, 100))
        for typed in ("", "a", "ㄷ", "po")
    ]
    return seen


@contextmanager
def _fresh(root: Path, cache: Path, texts: dict[str, str]) -> Iterator[Desk]:
    with Vault.open(root, environ=environment(cache)) as vault:
        desk = Desk(vault)
        for path, text in texts.items():
            desk.put(path, text)
        yield desk


def _play(operations: list[Operation]) -> None:
    with tempfile.TemporaryDirectory() as work:
        root = write(Path(work) / "v", {"dots.toml": "", "a.md": TEXTS[1], "b/Harbor.md": TEXTS[2]})
        with Vault.open(root, environ=environment(Path(work) / "cache")) as vault:
            desk = Desk(vault)
            for number, operation in enumerate(operations, start=1):
                _do(desk, root, operation)
                if number % _CHECK_EACH == 0 or number == len(operations):
                    cache = Path(work) / f"cache{number}"
                    with _fresh(root, cache, desk.texts) as fresh:
                        assert _seen(desk) == _seen(fresh), operation


@settings(max_examples=5, deadline=None)
@given(st.lists(OPERATIONS, min_size=10, max_size=24))
def test_a_session(operations: list[Operation]) -> None:
    _play(operations)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@settings(max_examples=int(os.environ.get("DOTS_SESSIONS", "60")), deadline=None)
@given(st.lists(OPERATIONS, min_size=80, max_size=90))
def test_long_sessions(operations: list[Operation]) -> None:
    """Sixty sessions of eighty steps or more: five thousand in all."""
    _play(operations)
