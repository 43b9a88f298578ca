"""What the pages of a generated site share: their new paths, and the files they name by address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from vaultdots.importers.model import PlannedFile
from vaultdots.importers.naming import Names, safe_path
from vaultdots.importers.sources import Pages, ReadFile


class Site:
    """The pages and files of one site as they are planned. statics: the folder that the site
    serves from its root."""

    def __init__(self, statics: Path) -> None:
        self.statics = statics
        self.names = Names()
        self.pages = Pages()
        self.copies: list[PlannedFile] = []

    def finder(self, read: ReadFile) -> Callable[[str], str | None]:
        """Which new path an address means that stands in the page `read`."""
        folder = str(read.file.pure.parent)
        here = "" if folder == "." else folder
        return lambda address: self.pages.find_from(address, here) or self._static_file(address)

    def _static_file(self, address: str) -> str | None:
        """The new path of a file that a page names from the site's root, planned to be copied."""
        if not address.startswith("/"):
            return None
        parts = [part for part in PurePosixPath(address).parts if part not in ("/", "..", ".")]
        source = self.statics.joinpath(*parts)
        if not parts or not source.is_file() or source.is_symlink():
            return None
        wanted = "attachments/" + safe_path((*parts[:-1], source.stem), source.suffix)
        path, _ = self.names.take(wanted)
        self.pages.add(address, path)
        self.copies.append(PlannedFile(source, path))
        return path
