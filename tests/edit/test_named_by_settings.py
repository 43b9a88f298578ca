"""A template or a folder that the settings name: its move tells which of them to write anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.vault import Vault

FILES: dict[str, str | bytes] = {
    ".obsidian/daily-notes.json": '{"template": "Forms/Day", "folder": "Log", "format": "x"}',
    ".obsidian/templates.json": '{"folder": "Forms"}',
    "dots.toml": '[new.folders."Log/work"]\ntemplate = "Forms/Day.md"\n',
    "Forms/Day.md": "# Day\n",
    "Log/work/a.md": "# A\n",
    "b.md": "# B\n",
}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("b.md", "c.md", []),
        (
            "Forms/Day.md",
            "Forms/Daily.md",
            [
                ".obsidian/daily-notes.json: template names 'Forms/Day': write 'Forms/Daily' there",
                "dots.toml: new.folders.Log/work.template names 'Forms/Day.md':"
                " write 'Forms/Daily.md' there",
            ],
        ),
        (
            "Log",
            "일지",
            [
                ".obsidian/daily-notes.json: folder names 'Log': write '일지' there",
                "dots.toml: new.folders.Log/work names 'Log/work': write '일지/work' there",
            ],
        ),
    ],
)
def test_the_setting_is_told(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    with Vault.open(write(tmp_path / "v", FILES), cache=tmp_path / "cache") as vault:
        assert list(vault.rename.move([(old, new)]).remarks) == told
