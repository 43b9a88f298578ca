"""`dots check` tells what sync tools leave, and no copy of a review counts in silence."""

from __future__ import annotations

from pathlib import Path

from tests.disk import write
from vaultdots.graph.check import CODES, check
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import read_config
from vaultdots.store.sync import sync

REVIEW = "---\ndate: 2024-12-30\n---\n# 2024년 회고\n\n올해를 돌아본다.\n"


def catalog_of(root: Path) -> Catalog:
    catalog = Catalog(None)
    sync(root, read_config(root), catalog)
    return catalog


def test_what_sync_tools_leave_is_told(tmp_path: Path) -> None:
    files = {
        "2024 회고.md": REVIEW,
        "2024 회고 (Mina's conflicted copy 2025-01-02).md": REVIEW,
        "2024 회고.sync-conflict-20250102-101112-ABCDEFG.md": REVIEW,
        "폴더/메모 (conflicted copy 2025-01-02).md": "메모\n",
        ".2023 회고.md.icloud": "",
        "폴더/.syncthing.일기.md.tmp": "",
        "일기.md.part": "반",
        "깨진 글.md": "처음\n둘\0\0\0\0",
    }
    catalog = catalog_of(write(tmp_path, files))
    found = {(p.path, p.code): p.message for p in check(catalog)}
    reviews = [row.path for row in catalog.notes() if row.kind == "review"]
    assert reviews == ["2024 회고.md"]
    assert set(found) == {
        ("2024 회고 (Mina's conflicted copy 2025-01-02).md", "conflict-copy"),
        ("2024 회고.sync-conflict-20250102-101112-ABCDEFG.md", "conflict-copy"),
        ("폴더/메모 (conflicted copy 2025-01-02).md", "conflict-copy"),
        (".2023 회고.md.icloud", "not-read"),
        ("폴더/.syncthing.일기.md.tmp", "half-written"),
        ("일기.md.part", "half-written"),
        ("깨진 글.md", "half-written"),
    }
    assert (
        "폴더/메모.md, which is not here"
        in found[("폴더/메모 (conflicted copy 2025-01-02).md", "conflict-copy")]
    )
    assert {code for _, code in found} <= CODES.keys()


def test_a_second_review_of_a_year_is_told(tmp_path: Path) -> None:
    files = {"2024 회고.md": REVIEW, "글/2024 회고 2.md": REVIEW, "2023 회고.md": REVIEW}
    catalog = catalog_of(write(tmp_path, files))
    found = [(p.path, p.code, p.severity) for p in check(catalog)]
    assert ("글/2024 회고 2.md", "second-review", "info") in found
    assert [code for _, code, _ in found].count("second-review") >= 1
