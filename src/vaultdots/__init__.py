"""vaultdots: a Markdown vault as a link graph and a full-text index.

``Vault.open(path)`` is the front door for Python (docs/python.md); ``dots`` is the command line.
The types of its results can be imported from here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vaultdots.vault import Answer as Answer
    from vaultdots.vault import Book as Book
    from vaultdots.vault import Bridge as Bridge
    from vaultdots.vault import Change as Change
    from vaultdots.vault import Comparison as Comparison
    from vaultdots.vault import Concept as Concept
    from vaultdots.vault import Connection as Connection
    from vaultdots.vault import Digest as Digest
    from vaultdots.vault import Gap as Gap
    from vaultdots.vault import Goal as Goal
    from vaultdots.vault import GraphData as GraphData
    from vaultdots.vault import Hit as Hit
    from vaultdots.vault import IndexReport as IndexReport
    from vaultdots.vault import Mention as Mention
    from vaultdots.vault import Note as Note
    from vaultdots.vault import NoteRow as NoteRow
    from vaultdots.vault import Plan as Plan
    from vaultdots.vault import Prepared as Prepared
    from vaultdots.vault import Problem as Problem
    from vaultdots.vault import Rejection as Rejection
    from vaultdots.vault import Related as Related
    from vaultdots.vault import ResolvedLink as ResolvedLink
    from vaultdots.vault import ReviewRow as ReviewRow
    from vaultdots.vault import SectionRow as SectionRow
    from vaultdots.vault import Skip as Skip
    from vaultdots.vault import Step as Step
    from vaultdots.vault import TagCount as TagCount
    from vaultdots.vault import Vault as Vault
    from vaultdots.vault import Years as Years
    from vaultdots.vault import to_dict as to_dict
    from vaultdots.vault import to_records as to_records

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the front door, and what it answers with, only when it is asked for."""
    if name[:1].isupper() or name in ("to_dict", "to_records"):
        found = import_module("vaultdots.vault")
        if name in found.HOMES:
            return getattr(found, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
