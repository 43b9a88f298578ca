"""Questions at the terminal: y and n, on a Korean keyboard and in words, too."""

from __future__ import annotations

import io

import pytest

from vaultdots.cli.terminal import confirm


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("y\n", True),
        ("예\n", True),
        ("ㅛ\n", True),
        ("네 \n", True),
        ("\n", False),
        ("n\n", False),
        ("아니요\n", False),
        ("ㅜ\n", False),
        ("perhaps\n네\n", True),
    ],
)
def test_an_answer_in_either_language(
    typed: str, told: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert confirm("Write?") is told
    said = capsys.readouterr()
    assert said.err.startswith("Write? [y/N]")
    assert ("answer y or n" in said.err) == ("perhaps" in typed)
    assert said.out == ""
