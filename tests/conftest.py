"""What all tests share: how hypothesis runs, and a folder without root's powers."""

from __future__ import annotations

import compileall
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.disk import NOBODY, SOURCE

# A slow machine is no failure. In CI the examples are the same each time; at a desk they are new.
settings.register_profile(
    "ours",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("ours")

# What is said is compared with English, whoever runs the tests.
os.environ |= {"LC_ALL": "C.UTF-8", "LANGUAGE": ""}


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile what changed, once: the processes that tests start write no bytecode, and each would
    compile it again, half a second of its time."""
    if not hasattr(session.config, "workerinput"):
        compileall.compile_dir(SOURCE, quiet=2)


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
