"""A folder whose name changes in case alone: every link that spelled it spells it as it is then."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.vault import Vault

FILES: dict[str, str | bytes] = {
    "Life/Food/oat.md": "[b](bean.md) [t](../../top.md) [s](../Food/bean.md) ![](img/o.png)\n",
    "Life/Food/bean.md": "# Bean\n",
    "Life/Food/img/o.png": "png",
    "Life/Food/README.md": "# Food\n",
    "Life/day.md": '[o](Food/oat.md) [o](./Food/oat.md#x "t") ![](Food/img/o.png) [f](Food/)\n',
    "top.md": (
        "[o](Life/Food/oat.md) [r] [[oat]] [[Food/oat]] [[/Life/Food/oat|x]] [[life/food/oat]]\n\n"
        "[r]: Life/Food/oat.md\n"
    ),
    "board.canvas": '{"nodes":[{"id":"1","type":"file","file":"Life/Food/oat.md"}],"edges":[]}',
}


def moved(tmp_path: Path, *moves: tuple[str, str]) -> dict[str, str]:
    root = write(tmp_path / "v", FILES)
    environ = {"DOTS_DATA": str(tmp_path / "data")}
    with Vault.open(root, cache=tmp_path / "cache", environ=environ) as vault:
        vault.edit.apply(vault.rename.move(moves))
        texts = {
            p.relative_to(root).as_posix(): p.read_bytes().decode()
            for p in sorted(root.rglob("*.*"))
        }
        vault.edit.undo()
    assert {name: (root / name).read_bytes() for name in FILES} == {
        name: text.encode() if isinstance(text, str) else text for name, text in FILES.items()
    }
    return texts


def test_links_that_spell_the_folder_follow(tmp_path: Path) -> None:
    texts = moved(tmp_path, ("Life/Food", "Life/food"))
    assert texts["Life/day.md"] == (
        '[o](food/oat.md) [o](./food/oat.md#x "t") ![](food/img/o.png) [f](food/)\n'
    )
    assert texts["top.md"] == (
        "[o](Life/food/oat.md) [r] [[oat]] [[food/oat]] [[/Life/food/oat|x]] [[life/food/oat]]\n\n"
        "[r]: Life/food/oat.md\n"
    )
    assert '"file":"Life/food/oat.md"' in texts["board.canvas"]
    assert texts["Life/food/oat.md"] == (
        "[b](bean.md) [t](../../top.md) [s](bean.md) ![](img/o.png)\n"
    )


@pytest.mark.parametrize("new", ["life", "LIFE"])
def test_a_folder_above_is_spelled_anew_in_whole_paths_alone(tmp_path: Path, new: str) -> None:
    texts = moved(tmp_path, ("Life", new))
    assert texts[f"{new}/day.md"] == FILES["Life/day.md"]
    assert texts["top.md"].startswith(f"[o]({new}/Food/oat.md) [r] [[oat]] [[Food/oat]] [[/{new}/")
    assert texts["top.md"].endswith(f"[r]: {new}/Food/oat.md\n")
    assert "[[life/food/oat]]" in texts["top.md"]
    assert f'"{new}/Food/oat.md"' in texts["board.canvas"]
