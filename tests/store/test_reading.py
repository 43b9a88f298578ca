"""Reading many files: the same rows beside this process as in it, whatever happens to a worker."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.disk import environment, write
from vaultdots.note.options import NoteOptions
from vaultdots.store import reading
from vaultdots.store.beside import receive, send, start
from vaultdots.store.exclude import Exclusions
from vaultdots.store.reading import ReadFile, read_files, read_one
from vaultdots.store.walk import SeenFile, walk

OPTIONS = NoteOptions()


def many(root: Path, count: int = 40, size: int = 4_000) -> list[SeenFile]:
    filler = "회고 " * (size // 7)
    write(root, {f"n{i:03}.md": f"# N{i}\n[[n{i + 1:03}]] #t{i}\n{filler}\n" for i in range(count)})
    return list(walk(root, Exclusions()).files.values())


def by_path(read: list[ReadFile]) -> dict[str, ReadFile]:
    assert len({one.file.path for one in read}) == len(read)
    return {one.file.path: one for one in read}


@pytest.fixture
def parallel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any vault is large enough for workers, and a batch is a few files."""
    monkeypatch.setattr(reading, "PARALLEL_BYTES", 1)
    monkeypatch.setattr(reading, "_BATCH_BYTES", 15_000)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def test_workers_read_what_one_process_reads(tmp_path: Path, parallel: None) -> None:
    files = many(tmp_path)
    beside = by_path(list(read_files(str(tmp_path), files, OPTIONS)))
    assert beside == by_path([read_one(str(tmp_path), file, OPTIONS) for file in files])


def test_one_core_has_no_workers(
    tmp_path: Path, parallel: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = many(tmp_path, 3)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert [read.file for read in read_files(str(tmp_path), files, OPTIONS)] == files


def test_without_an_interpreter_to_start_the_parent_reads(
    tmp_path: Path, parallel: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = many(tmp_path)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert set(by_path(list(read_files(str(tmp_path), files, OPTIONS)))) == {f.path for f in files}


@pytest.mark.parametrize(
    "script",
    [
        "raise SystemExit(3)",
        # dies in the middle of a frame
        "import sys; sys.stdout.buffer.write(b'\\x10\\0\\0\\0abc')",
        # says what is no frame of ours
        "import sys; sys.stdout.buffer.write(b'\\x04\\0\\0\\0zzzz'); sys.stdin.read()",
        "import sys; sys.stdout.buffer.write(b'\\x00\\0\\0\\0'); sys.stdin.read()",
        # answers for fewer files than it was asked
        "import sys, marshal, struct; d = marshal.dumps([])\n"
        "sys.stdout.buffer.write(struct.pack('<I', len(d)) + d); sys.stdin.read()",
    ],
)
def test_a_worker_that_fails_loses_no_file(
    tmp_path: Path, parallel: None, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    files = many(tmp_path / "v")
    fake = tmp_path / "python"
    fake.write_text(f"#!{sys.executable}\n{script}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    found = by_path(list(read_files(str(tmp_path / "v"), files, OPTIONS)))
    assert set(found) == {file.path for file in files}
    assert all(read.rows is not None for read in found.values())


def test_a_worker_killed_in_the_middle_loses_no_file(
    tmp_path: Path, parallel: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = many(tmp_path, 60)
    read = read_files(str(tmp_path), files, OPTIONS)
    found = [next(read)]
    killed = kill_children()
    assert killed
    found += read
    assert set(by_path(found)) == {file.path for file in files}
    assert all(one.rows is not None for one in found)


def kill_children() -> int:
    """Kill the workers of this process; how many there were."""
    count = 0
    for entry in Path("/proc").glob("[0-9]*/status"):
        try:
            status = dict(
                line.split(":\t", 1) for line in entry.read_text().splitlines() if ":\t" in line
            )
            words = (entry.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(status["PPid"]) == os.getpid() and b"vaultdots.store.worker" in words:
            os.kill(int(entry.parent.name), signal.SIGKILL)
            count += 1
    return count


def test_a_reader_who_stops_early_leaves_no_worker(tmp_path: Path, parallel: None) -> None:
    read = read_files(str(tmp_path), many(tmp_path, 60), OPTIONS)
    next(read)
    read.close()  # type: ignore[attr-defined]
    assert kill_children() == 0


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """A worker, which must end without a word once its stdin is closed."""
    with subprocess.Popen(
        [sys.executable, "-m", "vaultdots.store.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(Path("/nowhere")),
    ) as process:
        assert process.stdin and process.stderr
        yield process
        process.stdin.close()
        process.wait(timeout=30)
        assert process.stderr.read() == b""


def test_a_worker_ends_with_its_parent() -> None:
    with worker() as process:
        pass
    assert process.returncode == 0


def test_a_worker_whose_parent_is_gone_ends_without_a_word(tmp_path: Path) -> None:
    (file,) = many(tmp_path, 1, 2_000_000)
    with worker() as process:
        assert process.stdin and process.stdout
        process.stdout.close()
        send(process.stdin, (str(tmp_path).encode(), pickle.dumps(OPTIONS)))
        send(process.stdin, [tuple(file)])
        process.wait(timeout=30)


def test_a_worker_leaves_ctrl_c_to_its_parent(tmp_path: Path) -> None:
    (file,) = many(tmp_path, 1)
    with worker() as process:
        assert process.stdin and process.stdout
        send(process.stdin, (str(tmp_path).encode(), pickle.dumps(OPTIONS)))
        send(process.stdin, [tuple(file)])
        assert len(receive(process.stdout)) == 1
        process.send_signal(signal.SIGINT)
        send(process.stdin, [tuple(file), tuple(file)])
        assert len(receive(process.stdout)) == 2
    assert process.returncode == 0


def test_frames_end_where_the_stream_does() -> None:
    stream = io.BytesIO()
    send(stream, [1, "둘", b"3"])
    whole = stream.getvalue()
    assert receive(io.BytesIO(whole)) == [1, "둘", b"3"]
    for cut in range(len(whole)):
        assert receive(io.BytesIO(whole[:cut])) is None


def test_a_file_that_vanishes_is_told(tmp_path: Path) -> None:
    (file,) = many(tmp_path, 1)
    (tmp_path / file.disk).unlink()
    read = read_one(str(tmp_path), file, OPTIONS)
    assert (read.rows, read.unread) == (None, "it cannot be read (No such file or directory)")


def test_a_file_larger_than_any_note_is_told_and_not_read(tmp_path: Path) -> None:
    (file,) = many(tmp_path, 1)
    read = read_one(str(tmp_path), file._replace(size=64_000_001), OPTIONS)
    assert (read.rows, read.unread) == (None, "it is larger than 64 MB")


def test_should_reading_fail_one_note_is_told_and_the_vault_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RecursionError("no end")

    monkeypatch.setattr(reading, "file_rows", broken)
    (file,) = many(tmp_path, 1)
    read = read_one(str(tmp_path), file, OPTIONS)
    assert read.rows is None
    assert read.unread is not None and "RecursionError" in read.unread


@pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's")
def test_a_terminals_ctrl_c_is_not_the_workers() -> None:
    """It goes to the group in the foreground: a worker that is being loaded would print of it."""
    process = start("vaultdots.store.worker")
    try:
        assert os.getpgid(process.pid) == process.pid != os.getpgrp()
    finally:
        process.communicate()
    assert process.returncode == 0
