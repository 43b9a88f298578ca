"""Links and backlinks, resolved on reading, from the catalog and without networkx."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from vaultdots.graph.candidates import Candidate, Candidates, path_key
from vaultdots.graph.outline import Outline
from vaultdots.graph.placeholders import placeholder_path
from vaultdots.graph.resolve import (
    Names,
    Resolution,
    Status,
    Via,
    resolve,
    resolve_from,
)
from vaultdots.store.answers import LinkEnd, LinkRow, SectionRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.records import bare_key
from vaultdots.text.tuples import NamedTuple


class ResolvedLink(NamedTuple):
    """A link and what it means. The names are those of `dots links --json`.

    target: a vault-relative path, None when unresolved. subpath_found: None where the link has
    no subpath or no note. via: which rule found it. line, column: 1-based, in code points.
    """

    source: str
    line: int
    column: int
    kind: str
    raw: str
    target: str | None
    subpath: tuple[str, ...]
    subpath_found: bool | None
    via: Via | None
    status: Status
    name: str
    display: str | None
    section: int
    external: bool
    candidates: tuple[str, ...]
    target_section: int | None
    start: int
    end: int


class Resolver:
    """Resolution over one state of the catalog, remembering what it has looked up.

    Made for one command: it holds names and sections as they were when first asked for.
    """

    def __init__(self, catalog: Catalog, *, whole: bool = False) -> None:
        """whole: read all names at once, for the whole graph rather than one note."""
        self.catalog = catalog
        self._names: dict[str, Candidates] = {}
        self._anywhere: dict[tuple[str, str, str], Resolution] = {}
        self._resolved: dict[tuple[str, str, str, str], Resolution] = {}
        self._sections: dict[str, Sequence[SectionRow]] = {}
        self._outlines: dict[str, Outline] = {}
        self._blocks: dict[str, dict[str, tuple[int, int, int]]] = {}
        self._all = catalog.all_names() if whole else None
        self.names = Names(self._look_up)

    def _look_up(self, key: str) -> Candidates:
        if key not in self._names:
            known = self._all
            rows = self.catalog.names_by_key(key) if known is None else known.get(key, ())
            self._names[key] = Candidates(map(Candidate._make, rows))
        return self._names[key]

    def look_up(self, keys: Iterable[str]) -> None:
        """Look up names that will be asked for, all at once: a hundred take as long as five."""
        if self._all is None and (missing := [key for key in set(keys) if key not in self._names]):
            found = self.catalog.names_by_keys(missing)
            for key in missing:
                rows = found.get(key, ())
                self._names[key] = Candidates(Candidate(*row) for row in rows)

    def resolve(self, link: LinkRow | LinkEnd) -> Resolution:
        """What one link of the catalog means."""
        if not link.target.strip():
            return resolve(link.target, link.lookup, link.source, self.names, link.dialect)
        return self.resolve_name(link.target, link.lookup, link.source, link.dialect)

    def resolve_name(self, target: str, lookup: str, source: str, dialect: str) -> Resolution:
        """What a link's name, written in `source`, means; it is not empty."""
        # Of the source only the folder matters, if at all: what all notes link to is looked up
        # once.
        key = (target, lookup, dialect)
        found = self._anywhere.get(key)
        if found is None:
            here = (*key, source.rpartition("/")[0])
            found = self._resolved.get(here)
            if found is None:
                found, asked_folder = resolve_from(target, lookup, source, self.names, dialect)
                if asked_folder:
                    self._resolved[here] = found
                else:
                    self._anywhere[key] = found
        return found

    def forget(self, path: str) -> None:
        """The sections and blocks of a note are others now; its names are the same."""
        for kept in (self._sections, self._outlines, self._blocks):
            kept.pop(path, None)

    def read(self, link: LinkRow, *, subpaths: bool = True) -> ResolvedLink:
        """One link of the catalog with all that is known of it."""
        if link.external:
            found = Resolution(None, None, "resolved")
        else:
            found = self.resolve(link)
        section: int | None = None
        subpath_found: bool | None = None
        if subpaths and link.subpath and found.target is not None:
            subpath_found, section = self.subpath(found.target, link.subpath)
        return ResolvedLink(
            link.source,
            link.line,
            link.column,
            link.kind,
            link.raw,
            found.target,
            link.subpath,
            subpath_found,
            found.via,
            found.status,
            link.target,
            link.display,
            link.section,
            link.external,
            found.candidates,
            section,
            link.start,
            link.end,
        )

    def subpath(self, path: str, subpath: tuple[str, ...]) -> tuple[bool, int | None]:
        """Whether a note has the heading chain or block, and the ordinal of its section.

        Of a file that is not a note (`#page=3` of a PDF) every subpath is there.
        """
        sections = self.sections_of(path)
        if not sections:
            return True, None
        last = subpath[-1]
        if last.startswith("^"):
            blocks = self.blocks_of(path)
            block = blocks.get(last[1:].lower())
            if block is None:
                return False, None
            holder = bisect_right(sections, block[0], key=lambda section: section.start) - 1
            return True, sections[holder].ordinal if holder >= 0 else 0
        trail = self.trail(path, subpath)
        return bool(trail), trail[-1] if trail else None

    def trail(self, path: str, subpath: tuple[str, ...]) -> tuple[int, ...]:
        """The ordinals of the sections that a heading chain names in a note; () where it names
        none."""
        if path not in self._outlines:
            self._outlines[path] = Outline(self.sections_of(path))
        return self._outlines[path].trail(subpath)

    def sections_of(self, path: str) -> Sequence[SectionRow]:
        """The sections of the note at `path`; none for a file that is not a note."""
        if path not in self._sections:
            note = self.catalog.note(path)
            self._sections[path] = self.catalog.sections(note.id) if note else ()
        return self._sections[path]

    def blocks_of(self, path: str) -> dict[str, tuple[int, int, int]]:
        """(start, end, line) of the note's blocks by id in lower case."""
        if path not in self._blocks:
            note = self.catalog.note(path)
            self._blocks[path] = self.catalog.blocks(note.id) if note else {}
        return self._blocks[path]


def links(catalog: Catalog, path: str, *, external: bool = False) -> list[ResolvedLink]:
    """The links that stand in the file at `path`, in order; out of the vault only when asked."""
    resolver = Resolver(catalog)
    rows = [row for row in catalog.links_of(path) if external or not row.external]
    return [resolver.read(row) for row in rows]


def naming_keys(catalog: Catalog, path: str) -> set[str]:
    """The name keys that a link to the file at `path` may have."""
    keys = {name.key for name in catalog.names_of(path)}
    keys |= {bare_key(key.rstrip("/").rpartition("/")[2]) for key in keys}
    keys.add(bare_key(path.rpartition("/")[2]))
    keys.add("")
    return keys


def backlinks(catalog: Catalog, path: str) -> list[ResolvedLink]:
    """The links of other files that mean the file at `path`, embeds too, by source and place."""
    keys = naming_keys(catalog, path)
    resolver = Resolver(catalog)
    rows = [row for row in catalog.links_by_key(keys) if row.source != path and gives_backlink(row)]
    return [resolver.read(row) for row in rows if resolver.resolve(row).target == path]


def placeholder_backlinks(catalog: Catalog, name: str) -> list[ResolvedLink]:
    """The links that name no note, by the name: `NOTE` of `dots backlinks` may be such a one.

    name: the path that the links ask for, or its end, if none asks for exactly that.
    """
    wanted = path_key(name)
    exact: list[ResolvedLink] = []
    ending: list[ResolvedLink] = []
    resolver = Resolver(catalog)
    for row in catalog.links_by_key({bare_key(name.rstrip("/").rpartition("/")[2])}):
        if not gives_backlink(row) or resolver.resolve(row).target is not None:
            continue
        asked = path_key(placeholder_path(row))
        if asked == wanted:
            exact.append(resolver.read(row))
        elif asked.endswith(f"/{wanted}"):
            ending.append(resolver.read(row))
    return exact or ending


def gives_backlink(row: LinkRow | LinkEnd) -> bool:
    """Links in a canvas's text nodes are listed but give no backlinks (Obsidian's help, Canvas)."""
    return not row.external and (row.role != "canvas" or row.lookup == "path")
