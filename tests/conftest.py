"""What the tests of the store share."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.disk import NOBODY


@pytest.fixture
def everybody() -> Iterator[Path]:
    """A folder that every user may use, and this process no longer root: modes mean something."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(NOBODY)
        yield folder
    finally:
        if user == 0:
            os.seteuid(0)
        shutil.rmtree(folder)
