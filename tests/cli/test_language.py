"""Messages and help in Korean where the locale is, and nothing that programs read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest

from vaultdots.cli import language
from vaultdots.errors import UsageError

PO = language.FOLDER / "ko" / "LC_MESSAGES" / "messages.po"


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"LANG": "ko_KR.UTF-8"}, True),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": "C.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "ko:en"}, True),
        ({"LANG": "ko_KR.UTF-8", "LANGUAGE": "en"}, False),
        ({"LANG": "C", "LANGUAGE": "ko"}, False),
        ({}, False),
    ],
)
def test_which_language(environ: dict[str, str], wanted: bool) -> None:
    assert language.is_korean(environ) is wanted


@pytest.fixture
def korean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    language._catalog.cache_clear()
    language._templates.cache_clear()
    yield
    monkeypatch.undo()
    language._catalog.cache_clear()
    language._templates.cache_clear()


@pytest.mark.usefixtures("korean")
def test_a_message_with_values() -> None:
    assert (
        language.translated("nothing found for {0} (x) {1}")
        == "{0} (x) {1}에 맞는 것을 찾지 못했습니다"
    )
    assert language.translated("no such message at all") == "no such message at all"
    assert language.translated("no tags") == "태그가 없습니다"
    error = UsageError("there is no folder 'x'", place="a.md:3", hint="give --vault PATH")
    assert language.error_line(error) == "a.md:3: 'x' 폴더가 없습니다 (--vault PATH를 주세요)"


def test_english_is_left_as_it_is() -> None:
    assert language.translated("no tags") == "no tags"


def test_the_catalog_is_compiled_and_keeps_every_value() -> None:
    pofile = pytest.importorskip("babel.messages.pofile")
    from babel.messages.mofile import write_mo

    with PO.open("rb") as stream:
        catalog = pofile.read_po(stream, locale="ko")
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue()
    for message in catalog:
        if message.id and message.string:
            values = [re.findall(r"\{\w*\}", text) for text in (message.id, message.string)]
            assert sorted(values[0]) == sorted(values[1]), message.id
