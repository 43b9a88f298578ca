"""The front door for Python and for every view; the types of its results stand here too.

Each is loaded when it is first asked for: `dots --version` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vaultdots.edit import Change as Change
    from vaultdots.edit import Prepared as Prepared
    from vaultdots.graph.arcs import Arc as Arc
    from vaultdots.graph.check import Problem as Problem
    from vaultdots.graph.links import ResolvedLink as ResolvedLink
    from vaultdots.graph.mentions import Mention as Mention
    from vaultdots.graph.metrics import Bridge as Bridge
    from vaultdots.graph.metrics import Gap as Gap
    from vaultdots.graph.model import GraphData as GraphData
    from vaultdots.graph.model import GraphEdge as GraphEdge
    from vaultdots.graph.model import GraphNode as GraphNode
    from vaultdots.graph.note_texts import NoteText as NoteText
    from vaultdots.graph.note_texts import TextLink as TextLink
    from vaultdots.graph.paths import Step as Step
    from vaultdots.retrospective.apply import Plan as Plan
    from vaultdots.retrospective.compare import Comparison as Comparison
    from vaultdots.retrospective.events import read_day as read_day
    from vaultdots.retrospective.model import Book as Book
    from vaultdots.retrospective.model import Concept as Concept
    from vaultdots.retrospective.model import Connection as Connection
    from vaultdots.retrospective.model import Digest as Digest
    from vaultdots.retrospective.model import Goal as Goal
    from vaultdots.retrospective.model import ReviewRow as ReviewRow
    from vaultdots.retrospective.years import Years as Years
    from vaultdots.search.hits import Answer as Answer
    from vaultdots.search.hits import Hit as Hit
    from vaultdots.search.related import Related as Related
    from vaultdots.store.answers import NoteRow as NoteRow
    from vaultdots.store.answers import SectionRow as SectionRow
    from vaultdots.store.beside import Beside as Beside
    from vaultdots.store.beside import receive as receive
    from vaultdots.store.beside import send as send
    from vaultdots.store.journal import Record as Record
    from vaultdots.store.rejections import Rejection as Rejection
    from vaultdots.store.walk import Skip as Skip
    from vaultdots.vault.door import Vault as Vault
    from vaultdots.vault.door import is_wide as is_wide
    from vaultdots.vault.markdown import as_markdown as as_markdown
    from vaultdots.vault.notes import Note as Note
    from vaultdots.vault.notes import TagCount as TagCount
    from vaultdots.vault.records import to_dict as to_dict
    from vaultdots.vault.records import to_records as to_records
    from vaultdots.vault.report import IndexReport as IndexReport

HOMES = {
    "Arc": "graph.arcs",
    "Answer": "search.hits",
    "Beside": "store.beside",
    "Book": "retrospective.model",
    "Bridge": "graph.metrics",
    "Change": "edit",
    "Comparison": "retrospective.compare",
    "Concept": "retrospective.model",
    "Connection": "retrospective.model",
    "Digest": "retrospective.model",
    "Gap": "graph.metrics",
    "Goal": "retrospective.model",
    "GraphData": "graph.model",
    "GraphEdge": "graph.model",
    "GraphNode": "graph.model",
    "Hit": "search.hits",
    "IndexReport": "vault.report",
    "Mention": "graph.mentions",
    "Note": "vault.notes",
    "NoteRow": "store.answers",
    "NoteText": "graph.note_texts",
    "Plan": "retrospective.apply",
    "Prepared": "edit",
    "Problem": "graph.check",
    "Record": "store.journal",
    "Rejection": "store.rejections",
    "Related": "search.related",
    "ResolvedLink": "graph.links",
    "ReviewRow": "retrospective.model",
    "SectionRow": "store.answers",
    "Skip": "store.walk",
    "Step": "graph.paths",
    "TagCount": "vault.notes",
    "TextLink": "graph.note_texts",
    "Vault": "vault.door",
    "Years": "retrospective.years",
    "as_markdown": "vault.markdown",
    "is_wide": "vault.door",
    "read_day": "retrospective.events",
    "receive": "store.beside",
    "send": "store.beside",
    "to_dict": "vault.records",
    "to_records": "vault.records",
}
"""Where each exported name lives, below `vaultdots`."""


def __getattr__(name: str) -> Any:
    """A name of `HOMES`, loaded now."""
    home = HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"vaultdots.{home}"), name)
