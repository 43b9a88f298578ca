"""Notes' texts with their links read: what a view needs to show a note as its author meant it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from vaultdots.graph.build import section_id
from vaultdots.graph.link_graph import LinkGraph
from vaultdots.graph.model import GraphData
from vaultdots.graph.placeholders import placeholder_path
from vaultdots.store.answers import LinkRow
from vaultdots.store.catalog import Catalog
from vaultdots.text.names import name_key
from vaultdots.text.tuples import NamedTuple

_SIZE = re.compile(r"\d+(?:x\d+)?\Z")
"""The size that Obsidian shows a picture at: its width, or width and height."""


class TextLink(NamedTuple):
    """A link in a note's text. start, end: code points of the whole link.

    node: id of the graph node that it means, None where it means none. shown: the words that
    stand for it. address: of a link out of the vault. excerpt: what an embed shows, as the path of
    a note and a span of its text.
    """

    start: int
    end: int
    embed: bool
    node: str | None
    shown: str
    address: str | None
    excerpt: tuple[str, int, int] | None


class NoteText(NamedTuple):
    """A note as it is written. hidden: spans that no reader sees (properties, comments); math:
    spans of formulas, whose signs are no Markdown."""

    path: str
    text: str
    links: tuple[TextLink, ...]
    hidden: tuple[tuple[int, int], ...]
    math: tuple[tuple[int, int], ...] = ()

    @property
    def beginning(self) -> int:
        """Where it begins below its properties."""
        return _beginning(self.hidden)


def _beginning(hidden: Iterable[tuple[int, int]]) -> int:
    return max((end for begin, end in hidden if begin == 0), default=0)


class NoteTexts:
    """Reads texts of notes; links mean nodes of `data`."""

    def __init__(self, catalog: Catalog, data: GraphData) -> None:
        self.catalog = catalog
        self.nodes = {node.id for node in data.nodes}
        self.resolver = LinkGraph.read(catalog).resolver
        self.ids = catalog.note_ids()

    def read(
        self, paths: Iterable[str], most: Mapping[str, int] | None = None
    ) -> Iterator[NoteText]:
        """The texts of these notes, in their order, without those that are no notes.

        most: path → code points below the properties behind which no link is read, where not all
        of a text is shown.
        """
        known = [path for path in paths if path in self.ids]
        links = self.catalog.links_in(known)
        for path in known:
            note_id = self.ids[path]
            regions = self.catalog.regions(note_id)
            hidden = [(a, b) for kind, a, b in regions if kind in ("frontmatter", "comment")]
            rows: Iterable[LinkRow] = links[path]
            if most is not None:
                end = _beginning(hidden) + most[path]
                rows = (row for row in rows if row.start < end)
            yield NoteText(
                path,
                self.catalog.text(note_id),
                tuple(self._link(row) for row in rows if row.section >= 0),
                tuple(hidden),
                tuple((a, b) for kind, a, b in regions if kind == "math"),
            )

    def _link(self, row: LinkRow) -> TextLink:
        embed = row.kind == "embed"
        if row.external:
            shown = row.display or row.target
            return TextLink(row.start, row.end, embed, None, shown, row.target, None)
        found = self.resolver.read(row)
        # `![[picture.svg|300]]`: what stands behind the bar is a width, and no name.
        named = row.display if not (embed and _SIZE.match(row.display or "")) else None
        shown = named or _shown(row)
        if found.target is None:
            node: str | None = "?" + name_key(placeholder_path(row))
            excerpt = None
        else:
            node = found.target
            # Of a link that only names a note its headings need not be read.
            excerpt = (
                self._excerpt(found.target, found.target_section, row.subpath) if embed else None
            )
            if found.target_section is not None:
                node = self._section(found.target, found.target_section)
        return TextLink(
            row.start,
            row.end,
            embed,
            node if node in self.nodes else None,
            shown,
            None,
            excerpt,
        )

    def _section(self, path: str, ordinal: int) -> str:
        """The section's own dot where it has one, else its note."""
        for section in self.resolver.sections_of(path):
            if section.ordinal == ordinal:
                node = section_id(path, section)
                return node if node in self.nodes else path
        return path

    def _excerpt(
        self, path: str, ordinal: int | None, subpath: tuple[str, ...]
    ) -> tuple[str, int, int] | None:
        """What an embed shows: a block, a section with those under it, or the whole note."""
        sections = self.resolver.sections_of(path)
        if not sections:
            return None
        if subpath and subpath[-1].startswith("^"):
            block = self.resolver.blocks_of(path).get(subpath[-1][1:].lower())
            return (path, block[0], block[1]) if block else None
        if ordinal is None:
            return (path, sections[0].body, sections[-1].end)
        for at, section in enumerate(sections):
            if section.ordinal == ordinal:
                end = section.end
                for deeper in sections[at + 1 :]:
                    if deeper.level <= section.level:
                        break
                    end = deeper.end
                return (path, section.body, end)
        return None


def _shown(row: LinkRow) -> str:
    """What Obsidian shows of a link without words of its own: `note > heading`."""
    parts = [row.target, *(part for part in row.subpath if not part.startswith("^"))]
    return " > ".join(part for part in parts if part) or row.raw
