"""What takes long, beside the keyboard: one thread with a vault of its own, the last job first."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from vaultdots.vault import Vault

log = logging.getLogger(__name__)
Job = Callable[[Vault], Any]


class _Task(NamedTuple):
    root: Path
    job: Job
    done: Callable[[Any], None]
    wanted: Callable[[], bool]


class Background:
    """Runs jobs one after another, each with the vault of a folder, brought up to its files."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ
        self._jobs: queue.Queue[_Task | None] = queue.Queue()
        self._vaults: dict[Path, Vault] = {}
        self._thread: threading.Thread | None = None

    def run(
        self,
        root: Path,
        job: Job,
        done: Callable[[Any], None],
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Run a job; `done` gets its result, or the error, in that thread. wanted: asked when its
        turn comes; a job that nobody waits for any more is passed over."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, daemon=True)
            self._thread.start()
        self._jobs.put(_Task(root, job, done, wanted))

    def stop(self) -> None:
        """End after the job at hand."""
        if self._thread is not None:
            self._jobs.put(None)

    def _serve(self) -> None:
        while (task := self._jobs.get()) is not None:
            root, job, done, wanted = task
            if not wanted():
                continue
            try:
                vault = self._vaults.get(root)
                if vault is None:
                    vault = self._vaults[root] = Vault.open(root, environ=self._environ)
                else:
                    vault.sync()
                result = job(vault)
            except Exception as error:
                log.warning("in the background: %s", error)
                result = error
            done(result)
        for vault in self._vaults.values():
            vault.close()
