"""What people typed who had not read the documents: ten questions each on two vaults that they had
not seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vaultdots.cli import run

DEMO = Path(__file__).parents[2] / "vault"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "apache-kafka.md": "# 아파치 카프카\n\n[[데이터 베이스]]\n",
        "데이터 베이스.md": "# 데이터 베이스\n\n저장한다.\n",
        "일기.md": "# 일기\n\n2021년 12월 25일에 눈이 왔다.\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOTS_VAULT", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("find 카프카", "did you mean 'search'?"),
        ("open kafka", "did you mean 'edit'?"),
        ("ls", "did you mean 'search'?"),
        ("recent", "did you mean 'search --sort modified'?"),
        ("rename kafka x", "did you mean 'mv'?"),
        ("todo", "did you mean 'search task-todo:'?"),
        ("serach x", "did you mean 'search'?"),
        ("카프카", "`dots search 카프카` finds notes"),
        ("help cache pth", "did you mean 'path'?"),
        ("help cache 카프카", "there is no command '카프카' (see"),
    ],
)
def test_a_command_by_another_name(
    typed: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(typed.split()) == 2
    assert meant in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["links kafka", "related apache kafka", "backlinks Kafka"])
def test_part_of_a_name_is_enough_to_be_offered_it(
    vault: Path, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(typed.split()) == 2
    assert "did you mean 'apache-kafka'?" in capsys.readouterr().err


def test_a_path_between_names_of_several_words(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["path", "아파치", "카프카", "데이터", "베이스"]) == 0
    assert "links to 데이터 베이스" in capsys.readouterr().out
    assert run(["path", "아파치", "카프카", "없는", "것"]) == 2
    assert "put a name of several words in quotes" in capsys.readouterr().err
    assert run(["path", "카프카"]) == 2


@pytest.mark.parametrize("typed", ["12월 25일", "25 December", "Dec 25", "12월25일", "12-25"])
def test_a_day_as_people_write_it(
    vault: Path, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["on", *typed.split()]) == 0
    assert "눈이 왔다" in capsys.readouterr().out


@pytest.mark.parametrize("typed", ["December", "25 of the month", "31 February", "12월"])
def test_what_is_no_day(vault: Path, typed: str) -> None:
    assert run(["on", *typed.split()]) == 2


@pytest.mark.parametrize(
    ("typed", "same"), [("goals 2025", "goals --for 2025"), ("books 2024년", "books --year 2024")]
)
def test_a_year_without_an_option(
    typed: str, same: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for words in (typed, same):
        assert run(["--vault", str(DEMO), *words.split(), "--json"]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert "[{" in said[0]


def test_the_cards_of_a_year_in_words(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["wrapped"]) == run(["wrapped", "작년"]) == 2
    assert "no review or note of" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("# 2023년 회고\n\n## 2024년 목표\n\n- 수영 배우기\n", "## 다음 해의 목표"),
        ("# Review of 2023\n\n## Goals for 2024\n\n- Learn to swim\n", "## For the next year"),
    ],
)
def test_a_digest_to_paste_is_in_the_language_of_its_review(
    text: str,
    heading: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "review.md").write_text(text, encoding="utf-8")
    monkeypatch.setenv("DOTS_VAULT", str(tmp_path))
    assert run(["review", "2023", "--markdown"]) == 0
    assert heading in capsys.readouterr().out


def test_a_draft_without_a_year_is_this_years(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["draft", "--print"]) == 0
    assert str(date.today().year) in capsys.readouterr().out


@pytest.fixture
def own_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(
        '[alias]\n"일기" = "search --paths -n 1"\nindex = "search x"\n'
        'bad = "rm -rf"\nopen = "\'"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("DOTS_CONFIG", str(file))
    return file


def test_a_name_of_ones_own_for_a_command(
    vault: Path, own_names: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (vault / "하루.md").write_text("# 하루\n\n산책했다.\n", encoding="utf-8")
    assert run(["일기", "산책"]) == 0
    assert capsys.readouterr().out == "하루.md\n"
    # A command is never another one, and a vault names none.
    assert run(["index", "--json"]) == 0
    (vault / "dots.toml").write_text('[alias]\nx = "tags"\n', encoding="utf-8")
    assert run(["x"]) == 2
    capsys.readouterr()
    assert run(["bad"]) == 2
    assert "does not begin with a command of dots" in capsys.readouterr().err
    assert run(["open"]) == 2
    assert "cannot be read" in capsys.readouterr().err
