"""Shell transcripts: `$ command`, what it prints, and its exit code where that is not 0.

A transcript file names its vault on the first line (`# vault: tests/vaults/order`). Lines that
begin with `! ` came on stderr. `python tests/cli/transcripts.py` writes the outputs again: read
the difference before you commit it.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDER = HERE / "transcripts"
KOREAN = "korean"
"""A transcript of this name is played in a Korean locale."""
TODAY = "today"
"""One of this name says the year of today as `THIS YEAR`."""
_SHELL = f'dots() {{ "{sys.executable}" -m vaultdots "$@"; }}\n'
_CACHE_NAME = re.compile(r"(?<=cache/)([\w-]+)-[0-9a-f]{12}\b")
_SECONDS = re.compile(r"\b\d+\.\d+ s\b|(?<=\"seconds\": )\d+\.\d+")


class Step(NamedTuple):
    """A command as typed, and the lines that it prints, the exit code's included."""

    command: str
    output: list[str]


def read(path: Path) -> tuple[str, list[Step]]:
    """The vault's folder and the steps of a transcript file."""
    head, *lines = path.read_text(encoding="utf-8").split("\n")
    vault = head.removeprefix("# vault: ").strip()
    steps: list[Step] = []
    for line in lines:
        if line.startswith("$ "):
            steps.append(Step(line[2:], []))
        elif steps:
            steps[-1].output.append(line)
    for step in steps:
        while step.output and not step.output[-1]:
            step.output.pop()
    return vault, steps


def play(vault: str, steps: list[Step], *, korean: bool = False, today: bool = False) -> list[Step]:
    """Run the commands on a copy of the vault and say what they print."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / Path(vault).name
        shutil.copytree(ROOT / vault, copy)
        environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith("DOTS_")},
            "DOTS_CACHE": str(Path(folder) / "cache"),
            "DOTS_DATA": str(Path(folder) / "data"),
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONUTF8": "1",
            "LC_ALL": "ko_KR.UTF-8" if korean else "C.UTF-8",
            "LANGUAGE": "",
            "HOME": folder + "/home",
        }
        played = [Step(step.command, _run(step.command, copy, folder, environ)) for step in steps]
    if not today:
        return played
    year = str(date.today().year)
    return [Step(s.command, [o.replace(year, "THIS YEAR") for o in s.output]) for s in played]


def _run(command: str, cwd: Path, folder: str, environ: dict[str, str]) -> list[str]:
    words = shlex.split(command)
    if words[0] == "dots" and "|" not in words:
        line = [sys.executable, "-m", "vaultdots", *words[1:]]
    else:  # what a shell makes of it: a pipe, another folder
        line = ["sh", "-c", _SHELL + command]
    done = subprocess.run(
        line,
        cwd=cwd,
        env=environ,
        capture_output=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    out = done.stdout.decode("utf-8").split("\n")
    err = ["! " + line for line in done.stderr.decode("utf-8").split("\n") if line]
    lines = [_same(line.rstrip(), folder) for line in (*out, *err)]
    while lines and not lines[-1]:
        lines.pop()
    lines = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return lines + ([f"exit {done.returncode}"] if done.returncode else [])


def _same(line: str, folder: str) -> str:
    """The line without what differs from run to run."""
    line = _CACHE_NAME.sub(r"\1-…", line.replace(folder, "…"))
    return _SECONDS.sub("0.00 s" if " s" in line else "0.0", line)


def main() -> None:
    """Write every transcript's outputs again."""
    for path in sorted(FOLDER.glob("*.txt")):
        vault, steps = read(path)
        text = f"# vault: {vault}\n"
        named = path.stem.startswith
        for step in play(vault, steps, korean=named(KOREAN), today=named(TODAY)):
            text += f"\n$ {step.command}\n" + "".join(f"{line}\n" for line in step.output)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
