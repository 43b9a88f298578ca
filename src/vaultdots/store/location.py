"""Where a vault is, and where what dots keeps of it lies: always outside the vault."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from vaultdots.errors import VaultError
from vaultdots.store.digests import blake2b

_MARKS = ("dots.toml", ".obsidian")
_PROGRAM = "vaultdots"


def find_vault(start: Path, explicit: Path | None, environ: Mapping[str, str]) -> Path:
    """The vault's root: `--vault`, `DOTS_VAULT`, the nearest parent with a mark, else the root of
    the git repository where that holds notes, else `start`.

    Raises VaultError where the folder does not exist or is no folder.
    """
    named = explicit or (Path(environ["DOTS_VAULT"]) if environ.get("DOTS_VAULT") else None)
    if named is not None:
        root = named.expanduser()
        if not root.exists():
            raise VaultError(f"there is no folder '{named}'", hint="give --vault PATH")
        if not root.is_dir():
            raise VaultError(f"'{named}' is a file", hint="a vault is a folder")
        return root.resolve()
    start = start.resolve()
    home = _home()
    for folder in (start, *start.parents):
        if folder in (home, Path(folder.anchor)) and folder != start:
            break
        if is_marked(folder):
            return folder
    return _repository(start, home) or start


def _repository(start: Path, home: Path | None) -> Path | None:
    """The root of the git repository around `start`, where notes stand in it or a folder of it."""
    for folder in (start, *start.parents):
        if folder in (home, Path(folder.anchor)):
            return None
        if (folder / ".git").exists():
            found = (*folder.glob("*.md"), *folder.glob("*/*.md"))
            return folder if any(path.name.lower() != "readme.md" for path in found) else None
    return None


def is_marked(folder: Path) -> bool:
    """Whether a folder says of itself that it is a vault."""
    return any((folder / mark).exists() for mark in _MARKS)


def is_too_wide(root: Path) -> bool:
    """Whether `root` is a home folder or a file system's root, which nobody means as a vault."""
    root = root.resolve()
    return root in (_home(), Path(root.anchor))


def _home() -> Path | None:
    """The home folder; None for a user who has none (a container's)."""
    try:
        return Path.home().resolve()
    except RuntimeError:
        return None


def cache_folder(root: Path, environ: Mapping[str, str]) -> Path:
    """The vault's own folder in the user's cache; `DOTS_CACHE` names another parent."""
    return _folder(root, environ.get("DOTS_CACHE"), user_cache_path(_PROGRAM))


def data_folder(root: Path, environ: Mapping[str, str]) -> Path:
    """The vault's own folder for what is no cache (undo, rejections); `DOTS_DATA` overrides."""
    return _folder(root, environ.get("DOTS_DATA"), user_data_path(_PROGRAM))


def clear_cache(root: Path, environ: Mapping[str, str]) -> Path:
    """Remove the vault's cache folder; the next command builds it again."""
    folder = cache_folder(root, environ)
    if folder.exists():
        shutil.rmtree(folder)
    return folder


def _folder(root: Path, override: str | None, default: Path) -> Path:
    parent = Path(override).expanduser() if override else default
    path = os.fsencode(root.resolve())
    digest = blake2b(path, digest_size=6).hexdigest()
    name = "".join(c if c.isalnum() or c in "-_" else "-" for c in root.name)[:40] or "vault"
    return parent / f"{name}-{digest}"
