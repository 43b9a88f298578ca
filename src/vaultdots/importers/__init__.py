"""Other formats → notes: copied pages, Hugo, Jekyll, Notion, folders.

`plan` reads and decides, `apply` writes: new files only, never over one that exists.
"""

from vaultdots.importers.model import (
    Applied,
    ImportPlan,
    OutlineEntry,
    PlannedFile,
    PlannedNote,
    Skipped,
)
from vaultdots.importers.planning import kind_of, plan
from vaultdots.importers.sources import shown
from vaultdots.importers.writing import apply

__all__ = [
    "Applied",
    "ImportPlan",
    "OutlineEntry",
    "PlannedFile",
    "PlannedNote",
    "Skipped",
    "apply",
    "kind_of",
    "plan",
    "shown",
]
