"""docs/python.md says what is: its examples are run, on the demo vault."""

from __future__ import annotations

import doctest
import json
from pathlib import Path
from typing import Any

import pytest

import vaultdots
from vaultdots import Vault, to_records

ROOT = Path(__file__).parent.parent


def test_the_examples_answer_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DOTS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DOTS_DATA", str(tmp_path / "data"))
    ran = doctest.testfile(
        str(ROOT / "docs" / "python.md"), module_relative=False, encoding="utf-8"
    )
    assert ran.attempted > 15 and ran.failed == 0


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return Vault.open(ROOT / "vault", cache=tmp_path_factory.mktemp("cache"))


def asked(vault: Vault) -> dict[str, list[Any]]:
    return {
        "search": vault.search("회고"),
        "links": vault.links.of("2024년 회고"),
        "backlinks": vault.links.to("Redis"),
        "mentions": vault.links.mentions_of("Kafka"),
        "connect": vault.connect("2023년 회고"),
        "goals": vault.years.goals(),
        "books": list(vault.years.books().books),
        "concepts": vault.years.concepts(),
        "reviews": vault.years.reviews(),
        "tags": vault.notes.tags(),
        "check": vault.links.check(),
        "bridges": vault.links.bridges(),
        "notes": list(vault.notes)[:5],
    }


def test_every_result_becomes_plain_data(vault: Vault) -> None:
    for name, rows in asked(vault).items():
        assert rows or name == "check", name
        for record in to_records(rows):
            assert isinstance(record, dict), name
            json.dumps(record)


def test_every_exported_name_is_there() -> None:
    for name in vaultdots.vault.HOMES:
        assert getattr(vaultdots.vault, name) is not None
