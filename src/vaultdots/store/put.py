"""Writing one file into the vault, whole or not at all, for commands whose purpose it is."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from vaultdots.errors import UsageError, VaultError


def put(root: Path, path: str, text: str, *, new: bool = False) -> Path:
    """Write `text` as `path` (vault-relative): temp file, fsync, then rename or link.

    new: never over a file that is there. Raises UsageError where it is there or lies out of the
    vault, VaultError where it cannot be written.
    """
    target = root / path
    if not target.resolve().is_relative_to(root.resolve()):
        raise UsageError(f"'{path}' is not in the vault")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".dots-", dir=target.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
            if new:
                os.link(temporary, target)  # fails where something is there, unlike a rename
            else:
                temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(target.parent)
    except FileExistsError:
        raise UsageError(f"'{path}' is there already", hint="it is never written over") from None
    except OSError as error:
        raise VaultError(f"'{path}' cannot be written ({error.strerror or error})") from None
    return target


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
