"""Messages and help in Korean where the locale is, and nothing that programs read."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from vaultdots.cli import language, run
from vaultdots.errors import UsageError

ORDER = Path(__file__).parents[1] / "vaults" / "order"
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


def test_months_of_a_section() -> None:
    assert language.months_named(3, 3) == "month 3"
    assert language.months_named(1, 6) == "months 1–6"


@pytest.mark.usefixtures("korean")
def test_months_and_reasons_in_korean() -> None:
    assert language.months_named(3, 3) == "3월"
    assert language.months_named(1, 6) == "1–6월"
    reasons = "a heading looks ahead; it lies in a folder, or has a tag, of reviews"
    assert (
        language.reasons(reasons)
        == "제목 하나가 앞날을 본다; 회고의 폴더에 있거나 회고 태그가 있다"
    )


@pytest.mark.usefixtures("korean")
def test_words_of_the_data_counts_and_values() -> None:
    assert language.named("status", "kept") == "지킴"
    assert language.named("period", "year") == "연간"
    assert language.status_of("지킴") == language.status_of("kept") == "kept"
    assert language.status_of("forgotten") == "forgotten"
    assert language.counted(2000, "note") == "노트 2,000개"
    assert language.and_more(3) == " 외 3개"
    assert language.translated("{0} of {1}", 2, 7) == "7개 가운데 2번째"
    assert language.translated("names the title 'Redis'") == "제목 'Redis'을(를) 부름"
    refused = language.translated("it cannot be written (Permission denied)")
    assert refused == "쓸 수 없습니다 (권한이 없음)"


@pytest.mark.usefixtures("korean")
def test_a_text_of_the_vault_is_no_message() -> None:
    assert language.translated("Lord of the Rings") == "Lord of the Rings"
    assert language.translated("nothing names Lord of the Rings").startswith("Lord of the Rings")


def test_counts_in_english() -> None:
    assert language.counted(1, "note") == "1 note"
    assert language.counted(2000, "note") == "2,000 notes"
    assert language.and_more(0) == ""
    assert language.and_more(3) == " and 3 more"
    assert language.translated("{0} of {1}", 2, 7) == "2 of 7"


_SENTENCE = re.compile(r"(?<![\w'\"`/.-])(?:[a-z]{2,} ){3,}[a-z]{2,}")
_EVERY_HELP = """
from vaultdots.cli import COMMANDS, run
for name in COMMANDS:
    run(["help", name])
run(["--help"])
"""


def test_every_help_is_in_korean() -> None:
    environ = {**os.environ, "LC_ALL": "ko_KR.UTF-8", "LANGUAGE": "", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", _EVERY_HELP], env=environ, capture_output=True, check=True
    )
    lines = done.stdout.decode("utf-8").split("\n")
    assert sum("사용법: dots" in line for line in lines) > 40
    assert not [line for line in lines if _SENTENCE.search(line) and "dots " not in line]


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "links from",
        "reviews",
        "history",
        "tags",
        "path a/Harbor.md x/Quay.md",
        "connect from",
    ],
)
def test_what_programs_read_is_the_same_in_korean(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(ORDER, tmp_path / "order")
    monkeypatch.chdir(tmp_path / "order")
    said = []
    for locale in ("C.UTF-8", "ko_KR.UTF-8"):
        monkeypatch.setenv("LC_ALL", locale)
        language._catalog.cache_clear()
        language._templates.cache_clear()
        monkeypatch.setattr("vaultdots.cli.localize", lambda _: None)  # the help is for all tests
        run([*command.split(), "--json"])
        said.append(capsys.readouterr().out)
    monkeypatch.undo()
    language._catalog.cache_clear()
    language._templates.cache_clear()
    assert said[0] == said[1]
    assert said[0].startswith("[")


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
            values = [set(re.findall(r"\{(\w*)", text)) for text in (message.id, message.string)]
            assert values[0] == values[1], message.id
