"""Running `dots` under strace: what it asks of the kernel, and what happens when that goes wrong.

strace's fault injection (`-e inject=SYSCALL:signal=KILL:when=N`, `…:error=ENOSPC`) reaches every
point at which a process writes; see strace(1).
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.disk import command, environment

WRITING = (
    "write", "pwrite64", "writev", "pwritev", "rename", "renameat", "renameat2", "unlink",
    "unlinkat", "fsync", "fdatasync", "ftruncate", "truncate", "mkdir", "link", "fallocate",
)  # fmt: skip
"""The system calls by which a process changes a disk."""


@cache
def can_trace() -> bool:
    """Whether strace is there and may trace (a container can forbid it)."""
    if shutil.which("strace") is None:
        return False
    ran = subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True)
    return ran.returncode == 0


needs_strace = pytest.mark.skipif(
    not can_trace(), reason="strace is missing, or may not trace here"
)


def traced(
    vault: Path,
    cache: Path,
    *arguments: str,
    options: list[str],
    log: Path,
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `dots` under strace with `options`; the trace goes to `log`."""
    return subprocess.run(
        ["strace", "-f", "-qq", "-o", str(log), *options, *command(vault, *arguments)],
        env=environment(cache),
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


def calls(log: Path) -> Counter[str]:
    """How often each traced system call was made."""
    return Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text(errors="replace"), re.MULTILINE))
