"""Bytes become text, whatever they are, and what is wrong is told with its line."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultdots.store.decode import decode

TEXT = "# 회고\n올해의 책 [[a]]\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding", "told"),
    [
        (TEXT.encode(), TEXT, "utf-8", []),
        (b"", "", "utf-8", []),
        (codecs.BOM_UTF8 + TEXT.encode(), TEXT, "utf-8-sig", []),
        (b"a\r\nb\rc", "a\r\nb\rc", "utf-8", []),
        (b"a\nb\0c\n", "a\nb\0c\n", "utf-8", [("warning", 2)]),
        (TEXT.encode("utf-16"), TEXT, "utf-16", [("warning", 1)]),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT, "utf-16", [("warning", 1)]),
        (TEXT.encode("cp949"), TEXT, "cp949", [("warning", 1)]),
        (b"ok\n\n" + TEXT.encode("cp949"), "ok\n\n" + TEXT, "cp949", [("warning", 3)]),
        (b"a\nb\xffc\n", "a\nb\ufffdc\n", "utf-8", [("error", 2)]),
        (b"\xed\xa0\x80", "\ufffd" * 3, "utf-8", [("error", 1)]),
        # Latin-1 is no CP949 where it gives no Hangul
        ("naïve\n".encode("latin-1"), "na\ufffdve\n", "utf-8", [("error", 1)]),
        (b"\xff\xfea", "\ufffd", "utf-16", [("warning", 1)]),
    ],
)
def test_files_as_they_come(
    data: bytes, text: str, encoding: str, told: list[tuple[str, int]]
) -> None:
    found = decode(data)
    assert (found.text, found.encoding) == (text, encoding)
    assert [(problem.severity, problem.line) for problem in found.diagnostics] == told
    assert {problem.code for problem in found.diagnostics} <= {"bad-encoding"}


@given(st.binary(max_size=80))
def test_any_bytes_become_text_that_can_be_kept(data: bytes) -> None:
    found = decode(data)
    found.text.encode("utf-8")
    lines = found.text.count("\n") + found.text.count("\r") + 1
    assert all(1 <= problem.line <= lines for problem in found.diagnostics)


@given(st.text())
def test_utf8_comes_back_as_it_was(text: str) -> None:
    expected = text.encode("utf-8", "replace").decode().removeprefix("\ufeff")
    assert decode(text.encode("utf-8", "replace")).text == expected
