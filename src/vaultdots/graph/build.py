"""The whole graph of a vault: notes, sections of reviews, placeholders, and how they connect."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise

from vaultdots.graph.link_graph import LinkGraph
from vaultdots.graph.links import gives_backlink
from vaultdots.graph.model import EdgeKind, GraphData, GraphEdge, GraphNode
from vaultdots.graph.placeholders import placeholder_path
from vaultdots.store.answers import NoteRow, SectionRow
from vaultdots.store.catalog import Catalog
from vaultdots.text.late import late
from vaultdots.text.names import name_key
from vaultdots.text.tuples import NamedTuple


class DerivedEdge(NamedTuple):
    """A connection read out of prose, by where it is said. line, target_line: 1-based; None: the
    note as a whole."""

    source: str
    line: int
    target: str
    target_line: int | None
    kind: EdgeKind


class ConceptDot(NamedTuple):
    """A name that several places speak of. note: the path of the note called so, if there is one.

    places: (path, 1-based line) of each.
    """

    name: str
    note: str | None
    places: tuple[tuple[str, int], ...]


class Derived(NamedTuple):
    """What another room found in the prose, by file and line."""

    edges: Sequence[DerivedEdge] = ()
    concepts: Sequence[ConceptDot] = ()


_NOTHING = Derived()
_FEWEST_DOTS = 2
"""Dots that a name joins, for it to be one itself."""


def build(
    catalog: Catalog,
    *,
    tags: bool = False,
    properties: bool = False,
    attachments: bool = False,
    derived: Derived = _NOTHING,
) -> GraphData:
    """The graph of every note that is not excluded.

    By default notes, placeholders and review sections, with `link`, `embed`, `contains` and
    `next` edges. tags, properties, attachments: their nodes and edges too. derived: that of the
    prose: edges, and the concepts that are no notes as dots.
    """
    return _Builder(catalog, tags, properties, attachments).build(derived)


def stamp(data: GraphData) -> str:
    """A digest of the dots and connections: equal for graphs that are drawn alike."""
    nodes = [f"{node.id}\0{node.kind}\0{node.year}\0{node.date}\n" for node in data.nodes]
    edges = [f"{edge.source}\0{edge.target}\n" for edge in data.edges]
    told = "".join((*nodes, *edges)).encode("utf-8", "replace")
    return hashlib.blake2b(told, digest_size=16).hexdigest()


def section_id(path: str, section: SectionRow) -> str:
    """A section's node id: `path#heading#heading`, `~2` behind it for the second of its path.

    A `#` inside a heading, and a `~2` that is its own, are escaped with a backslash.
    """
    names = [name.replace("\\", r"\\").replace("#", r"\#") for name in section.headings]
    if names:
        names[-1] = _OWN_NUMBER.sub(r"\~", names[-1])
    tail = f"~{section.repeat}" if section.repeat else ""
    return "#".join((path, *names)) + tail


_OWN_NUMBER = late(r"~(?=[0-9]+\Z)")


_BOARDS = ("canvas", "base")
"""Roles of files that are dots only among attachments."""


class _Builder:
    def __init__(self, catalog: Catalog, tags: bool, properties: bool, attachments: bool) -> None:
        self.catalog = catalog
        self.with_tags = tags
        self.with_properties = properties
        self.with_attachments = attachments
        self.nodes: dict[str, GraphNode] = {}
        self.edges: set[tuple[str, str, EdgeKind]] = set()
        self.notes = {note.path: note for note in LinkGraph.read(catalog).notes}
        self.dots: dict[str, dict[int, str]] = {}

    def build(self, derived: Derived) -> GraphData:
        self._notes()
        self._reviews()
        self._links()
        self._next()
        if self.with_tags:
            self._tags()
        if self.with_properties:
            self._properties()
        self._derived(derived.edges)
        self._concepts(derived.concepts)
        return GraphData(
            tuple(self.nodes[key] for key in sorted(self.nodes)),
            tuple(map(GraphEdge._make, sorted(self.edges))),
        )

    def _notes(self) -> None:
        tags: dict[str, dict[str, str]] = {}
        for key, name, path in self.catalog.tags():
            tags.setdefault(path, {}).setdefault(key, name)
        for note in self.notes.values():
            self.nodes[note.path] = GraphNode(
                note.path,
                note.kind,  # type: ignore[arg-type]
                note.title,
                note.year,
                note.path,
                1,
                note.aliases,
                tuple(tags.get(note.path, {}).values()),
                _date_of(note),
                note.period,
            )

    def _reviews(self) -> None:
        """The sections of reviews are dots of their own: each hangs under its parent heading."""
        for note in self.notes.values():
            if note.kind != "review":
                continue
            dots = self.dots[note.path] = {}
            parents: list[tuple[int, str]] = []
            for section in self.catalog.sections(note.id):
                if not section.level:
                    continue
                if _is_title(section, note):
                    continue
                node = section_id(note.path, section)
                while parents and parents[-1][0] >= section.level:
                    parents.pop()
                parent = parents[-1][1] if parents else note.path
                parents.append((section.level, node))
                dots[section.ordinal] = node
                self.nodes[node] = GraphNode(
                    node, "section", section.headings[-1], note.year, note.path, section.line
                )
                self.edges.add((parent, node, "contains"))

    def _links(self) -> None:
        graph = LinkGraph.read(self.catalog)
        sections, notes, edges = self.dots, self.notes, self.edges
        for end, meant in graph.ends:
            is_board = end.role != "note" and end.role in _BOARDS
            if is_board and not (self.with_attachments and gives_backlink(end)):
                continue
            source, target = end.source, meant.target
            if source in sections:
                source = self._dot(source, end.section)
            if is_board:
                self._attachment(end.source)
            if target is None:
                if _names_media(end.target) and not self.with_attachments:
                    continue
                target = self._placeholder(placeholder_path(end))
            elif target in notes:
                # Only a review's sections are dots: of other notes the heading is not asked for.
                if target in sections and end.subpath:
                    target = self._dot(target, graph.resolver.subpath(target, end.subpath)[1])
            elif self.with_attachments:
                self._attachment(target)
            else:
                continue
            if source != target and end.source != meant.target:
                edges.add((source, target, "embed" if end.kind == "embed" else "link"))

    def _dot(self, path: str, section: int | None) -> str:
        """The dot for a place in a note: a review's section where there is one, else the note."""
        if section is None:
            return path
        return self.dots.get(path, {}).get(section, path)

    def _placeholder(self, path: str) -> str:
        key = "?" + name_key(path)
        if key not in self.nodes:
            self.nodes[key] = GraphNode(key, "placeholder", path.rpartition("/")[2])
        return key

    def _attachment(self, path: str) -> str:
        if path not in self.nodes:
            name = path.rpartition("/")[2]
            self.nodes[path] = GraphNode(path, "attachment", name, None, path)
        return path

    def _next(self) -> None:
        """A year's review leads to that of the next year there is one of."""
        yearly: dict[int, NoteRow] = {}
        for note in self.notes.values():
            if note.kind == "review" and note.period == "year" and note.year is not None:
                kept = yearly.get(note.year)
                if kept is None or _review_rank(note) < _review_rank(kept):
                    yearly[note.year] = note
        years = sorted(yearly)
        for year, following in pairwise(years):
            self.edges.add((yearly[year].path, yearly[following].path, "next"))

    def _derived(self, derived: Sequence[DerivedEdge]) -> None:
        """Derived edges between dots that are there, where no link says the same already."""
        if not derived:
            return
        linked = {(source, target) for source, target, _ in self.edges}
        for edge in derived:
            source = self._dot_at(edge.source, edge.line)
            target = self._dot_at(edge.target, edge.target_line)
            known = source in self.nodes and target in self.nodes
            if known and source != target and (source, target) not in linked:
                self.edges.add((source, target, edge.kind))

    def _concepts(self, concepts: Sequence[ConceptDot]) -> None:
        """A dot for each name that several dots speak of, its note's own where there is one."""
        if not concepts:
            return
        linked = {frozenset((source, target)) for source, target, _ in self.edges}
        for concept in concepts:
            there = {self._dot_at(path, line) for path, line in concept.places}
            there = {dot for dot in there if dot in self.nodes and dot != concept.note}
            own = concept.note if concept.note in self.nodes else None
            if own is None and len(there) < _FEWEST_DOTS:
                continue
            node = own or f"*{concept.name}"
            if own is None:
                self.nodes[node] = GraphNode(node, "concept", concept.name)
            self.edges.update(
                (node, dot, "concept") for dot in there if frozenset((node, dot)) not in linked
            )

    def _dot_at(self, path: str, line: int | None) -> str:
        """The dot that holds a line of a file: a review's section, else the note."""
        best = path
        if line is not None:
            for node in self.dots.get(path, {}).values():
                if self.nodes[node].line <= line:
                    best = node
        return best

    def _tags(self) -> None:
        spelling: dict[str, str] = {}
        for key, name, path in self.catalog.tags():
            first = spelling.setdefault(key, name)
            node = f"#{key}"
            self.nodes.setdefault(node, GraphNode(node, "tag", f"#{first}"))
            if path in self.nodes:
                self.edges.add((path, node, "tag"))

    def _properties(self) -> None:
        said_elsewhere = ("title", "aliases", "alias", "tags", "tag")
        for path, name, value in self.catalog.shared_properties(said_elsewhere):
            for text in _values(value):
                node = f"={name_key(name)}:{name_key(text)}"
                self.nodes.setdefault(node, GraphNode(node, "property", f"{name}: {text}"))
                self.edges.add((path, node, "property"))


_DAY = late(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


def _date_of(note: NoteRow) -> str | None:
    """The day of a note: the one in its name, else the one that its properties say.

    A review is dated by its period alone: it is written when that is over.
    """
    if note.kind == "review" and note.period in (None, "year"):
        return None
    named = _DAY.search(note.path.rpartition("/")[2])
    if named:
        return "-".join(named.groups())
    return note.created


# Endings of what people embed; `Node.js` and `v1.2` are names of notes yet to be written.
_MEDIA = frozenset(
    (
        *("avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp", "excalidraw", "drawio"),
        *("3gp", "flac", "m4a", "mp3", "ogg", "opus", "wav", "mkv", "mov", "mp4", "ogv", "webm"),
        *("pdf", "docx", "pptx", "xlsx", "csv", "zip", "html", "canvas", "base"),
    )
)


def _names_media(name: str) -> bool:
    """Whether a name that leads nowhere is that of a missing picture or the like, no note's."""
    return name.rpartition(".")[2].casefold() in _MEDIA if "." in name else False


# A property's value is a dot where people could share it, not where it is a text of its own.
_MAX_VALUE = 40


def _values(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    texts = [str(item) for item in items if isinstance(item, (str, int, float, bool))]
    return [text for text in texts if text and len(text) <= _MAX_VALUE and "[[" not in text]


def _is_title(section: SectionRow, note: NoteRow) -> bool:
    """Whether a heading only says the note's title again."""
    return section.level == 1 and name_key(section.headings[-1]) == name_key(note.title)


def _review_rank(note: NoteRow) -> tuple[bool, int, str]:
    return (note.status != "final", len(note.path), note.path)
