"""Small vaults for these tests."""

from __future__ import annotations

from pathlib import Path

from vaultdots.vault import Vault


def vault_of(folder: Path, files: dict[str, str | bytes]) -> Vault:
    """A vault with these files, its cache and data beside it."""
    root = folder / "vault"
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return reopened(folder)


def reopened(folder: Path) -> Vault:
    """The same vault as a new process sees it."""
    environ = {"DOTS_CACHE": str(folder / "cache"), "DOTS_DATA": str(folder / "data")}
    return Vault.open(folder / "vault", environ=environ)


def named(vault: Vault, note: str) -> list[tuple[str, str]]:
    """(words, target) of what a note names without a link."""
    return [(mention.text, mention.target) for mention in vault.links.mentions_in(note)]
