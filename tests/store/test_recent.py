"""What was changed last: after a clone, by the notes' own dates and by what changed since."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vaultdots.store.recent import HOUR_NS, are_of_a_copy
from vaultdots.vault import Vault

DAY = 86_400
NOON = 1_700_000_000


def vault_of(folder: Path, texts: dict[str, str], *, days_apart: int) -> Path:
    """Notes with file times of one moment, or each some days after the last."""
    folder.mkdir()
    for number, (name, text) in enumerate(texts.items()):
        file = folder / name
        file.write_text(text, encoding="utf-8")
        os.utime(file, (NOON + number * days_apart * DAY,) * 2)
    return folder


TEXTS = {
    "2021-03-04 회의.md": "# 회의\n",
    "b.md": "---\ncreated: 2022-01-01\nmodified: 2023-05-06\n---\n",
    "c.md": "# 날짜 없음\n",
    "d.md": "---\ncreated: 2024-02-03\n---\n",
}


def names(vault: Vault) -> list[str]:
    return [row.path for row, _ in vault.notes.recent(10)]


def test_after_a_clone_the_notes_dates_count(tmp_path: Path) -> None:
    folder = vault_of(tmp_path / "v", TEXTS, days_apart=0)
    with Vault.open(folder, cache=tmp_path / "cache") as vault:
        assert names(vault) == ["d.md", "b.md", "2021-03-04 회의.md", "c.md"]
        assert [day for _, day in vault.notes.recent(10)] == [
            "2024-02-03", "2023-05-06", "2021-03-04", "",
        ]  # fmt: skip
        # What is written from then on was changed by a person.
        (folder / "c.md").write_text("# 날짜 없음\n\n고침\n", encoding="utf-8")
        vault.sync()
        assert names(vault)[0] == "c.md"


def test_else_the_files_times_count(tmp_path: Path) -> None:
    folder = vault_of(tmp_path / "v", TEXTS, days_apart=10)
    with Vault.open(folder, cache=tmp_path / "cache") as vault:
        assert names(vault) == ["d.md", "c.md", "b.md", "2021-03-04 회의.md"]


def test_a_day_to_come_is_no_change(tmp_path: Path) -> None:
    texts = {**TEXTS, "2150-01-01.md": "# 계획\n"}
    folder = vault_of(tmp_path / "v", texts, days_apart=0)
    with Vault.open(folder, cache=tmp_path / "cache") as vault:
        assert names(vault)[-1] == "2150-01-01.md"


@pytest.mark.parametrize(
    ("hours", "copied"),
    [([0, 0, 0, 0], True), ([0, 0.5, 0.9, 50], True), ([0, 2, 4, 6], False), ([], False),
     ([0, 0, 5, 9], False)],
)  # fmt: skip
def test_most_times_in_one_hour_are_a_copys(hours: list[float], copied: bool) -> None:
    assert are_of_a_copy(int(hour * HOUR_NS) for hour in hours) is copied
