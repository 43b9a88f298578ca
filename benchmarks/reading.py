"""How fast notes are read in one process: the shipped vault, the generated one, the corpora."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.report import Report, shown
from benchmarks.vaults import vault
from vaultdots.store.config import read_config
from vaultdots.store.rows import file_rows
from vaultdots.store.walk import walk

ROOT = Path(__file__).parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"


def measure_reading(report: Report, work: Path) -> None:
    """Bytes to catalog rows, disk and SQLite left out, on one core."""
    folders = [("vault/", ROOT / "vault"), ("generated, 1,000 notes", vault(1_000))]
    if CORPORA.is_dir():
        folders += [(path.name, path) for path in sorted(CORPORA.iterdir()) if path.is_dir()]
    else:
        report.skip("corpora", "../shared/corpora is missing")
    rows = []
    for name, folder in folders:
        config = read_config(folder)
        files = [file for file in walk(folder, config.exclusions).files.values()
                 if file.role == "note"]  # fmt: skip
        loaded = [(file.path, (folder / file.disk).read_bytes()) for file in files]
        if not loaded:
            continue
        size = sum(len(data) for _, data in loaded)
        took = min(_read(loaded, config.options) for _ in range(2))
        report.add("reading", name, took / len(loaded) * 1e3, "ms", notes=len(loaded))
        rows.append(
            (
                name,
                f"{len(loaded):,}",
                shown(size / 1e6, "MB"),
                shown(took / len(loaded) * 1e3, "ms"),
                shown(size / 1e6 / took, "MB/s"),
            )
        )
    head = ("notes of", "how many", "size", "a note", "speed")
    report.table("Reading notes in one process (processor time)", head, rows)


def _read(loaded: list[tuple[str, bytes]], options: object) -> float:
    began = time.process_time()
    for path, data in loaded:
        file_rows(path, "note", data, options)  # type: ignore[arg-type]
    return time.process_time() - began
