"""The page's modules without a browser: each pure one by its own tests, run by node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = sorted(Path(__file__).with_name("unit").glob("*.test.mjs"))
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="no node on this machine")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name.removesuffix(".test.mjs"))
def test_the_modules_do_what_they_say(unit: Path) -> None:
    assert NODE is not None
    done = subprocess.run([NODE, "--test", str(unit)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_there_are_units() -> None:
    assert len(UNITS) >= 3
