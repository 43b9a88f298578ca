"""Changes as data: edits of spans, moves, new and deleted files, and how they reach the disk.

A planner returns a `Change`. `prepare` reads the files, splices the edits into their bytes, and
reads the result again: what the edits touch may change, nothing else may. `Prepared.diff()` is the
preview; `Vault.apply(prepared)` writes it in one transaction that `dots undo` takes back.

    change = Change("rename-tag", edits=(Edit("a.md", Span(4, 8), "#old", "#new"),))
    prepared = vault.prepare(change)       # EditError where it cannot be made
    print(prepared.diff())
    vault.apply(prepared)                  # VaultError where a file was changed meanwhile
"""

from vaultdots.edit.apply import Prepared, prepare
from vaultdots.edit.model import Change, Delete, Edit, Move, NewFile

__all__ = ["Change", "Delete", "Edit", "Move", "NewFile", "Prepared", "prepare"]
