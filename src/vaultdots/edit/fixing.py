"""What `dots check` finds and dots can mend by itself: plans, one a finding.

Sure: old spellings of properties, block ids that stand twice (links mean the first one), links to a
file that was moved by another program. To be asked for: links with one near match.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path

from vaultdots.edit.apply import Prepared, prepare
from vaultdots.edit.following import NOT_IN_CHAIN
from vaultdots.edit.model import Change, Edit
from vaultdots.edit.spelling import Named, means_what_it_says, spellings, written_subpath
from vaultdots.edit.spelling import written_target as written
from vaultdots.edit.texts import Read, Texts
from vaultdots.errors import EditError
from vaultdots.graph.candidates import path_key
from vaultdots.graph.link_graph import LinkGraph
from vaultdots.graph.links import Resolver
from vaultdots.graph.placeholders import placeholder_path
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.note.paths import answering_paths, note_ending
from vaultdots.store.answers import DiagnosticRow, LinkRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.records import bare_key
from vaultdots.text.names import name_key
from vaultdots.text.spans import Lines, Span
from vaultdots.text.tuples import NamedTuple

_PLURAL = {"tag": "tags", "alias": "aliases", "cssclass": "cssclasses"}
_KEY = re.compile(r"[ \t{,]*[\"']?(tag|alias|cssclass)[\"']?[ \t]*[:=]", re.IGNORECASE)
_ALIKE = 0.8
"""difflib's ratio from which a name is near: one wrong letter of five."""
_DIGITS = re.compile(r"\d+")


class Fix(NamedTuple):
    """One finding mended. code: of `check`. before, after: what is written there. sure: else a
    person is to be asked."""

    path: str
    line: int
    code: str
    before: str
    after: str
    edit: Edit
    sure: bool


def plan_fixes(catalog: Catalog, options: NoteOptions, read: Read) -> list[Fix]:
    """Every finding that can be mended, by path and place."""
    planner = _Fixes(catalog, options, Texts(catalog, read))
    found = [*planner.properties(), *planner.blocks(), *planner.links()]
    return sorted(found, key=lambda fix: (fix.path, fix.edit.span))


def change_of(fixes: Sequence[Fix]) -> Change:
    """The change that makes them."""
    return Change("check --fix", tuple(fix.edit for fix in fixes))


def prepare_fixes(
    root: Path, fixes: Sequence[Fix], options: NoteOptions
) -> tuple[Prepared, list[tuple[Fix, EditError]]]:
    """Those that can be made, prepared together, and the others with why not: one that cannot
    stands in no other's way."""
    with suppress(EditError):
        return prepare(root, change_of(fixes), options), []
    kept: dict[str, list[Fix]] = {}
    left: list[tuple[Fix, EditError]] = []
    for fix in fixes:
        own = kept.setdefault(fix.path, [])
        try:
            prepare(root, change_of([*own, fix]), options)
        except EditError as error:
            left.append((fix, error))
        else:
            own.append(fix)
    return prepare(root, change_of([fix for own in kept.values() for fix in own]), options), left


class _Fixes:
    """The plans, over one state of the catalog."""

    def __init__(self, catalog: Catalog, options: NoteOptions, texts: Texts) -> None:
        self.catalog = catalog
        self.options = options
        self.texts = texts
        self.resolver = Resolver(catalog)
        self.moved = catalog.moved_files()
        self._near: _NearNames | None = None

    def _told(self, code: str) -> Iterator[tuple[DiagnosticRow, str, int]]:
        """(a problem of the kind, its note's text, where its line begins)."""
        for row in self.catalog.diagnostics():
            if row.code == code:
                text = self.texts[row.path]
                yield row, text, Lines.of(text).starts[row.line - 1]

    # -- sure ------------------------------------------------------------------------------------

    def properties(self) -> Iterator[Fix]:
        """`tag:` becomes `tags:`, where the note has none of that name."""
        told: set[tuple[str, str]] = set()
        for row, text, start in self._told("legacy-property"):
            match = _KEY.match(text, start)
            note = self.catalog.note(row.path)
            if match is None or note is None:
                continue
            new = _PLURAL[match[1].lower()]
            taken = {item.key.casefold() for item in parse_note(row.path, text).properties}
            # Twice `tag` (`tag`, `Tag`; two keys of one line) is for the person to put together.
            if new not in taken and (row.path, new) not in told:
                told.add((row.path, new))
                edit = Edit(row.path, Span(*match.span(1)), match[1], new)
                yield Fix(row.path, row.line, row.code, match[1], new, edit, True)

    def blocks(self) -> Iterator[Fix]:
        """The second `^id` of a note becomes `^id-2`."""
        taken: dict[str, set[str]] = {}
        for row, text, start in self._told("duplicate-block"):
            at = start + row.column
            match = re.compile(r"[A-Za-z0-9-]+").match(text, at)
            note = self.catalog.note(row.path)
            if match is None or note is None or text[at - 1] != "^":
                continue
            ids = taken.setdefault(row.path, set(self.catalog.blocks(note.id)))
            number = 2
            while f"{match[0]}-{number}".lower() in ids:
                number += 1
            new = f"{match[0]}-{number}"
            ids.add(new.lower())
            edit = Edit(row.path, Span(*match.span()), match[0], new, ("block",))
            yield Fix(row.path, row.line, row.code, f"^{match[0]}", f"^{new}", edit, True)

    # -- links -----------------------------------------------------------------------------------

    def links(self) -> Iterator[Fix]:
        """Links to files that were moved, and those with one near match."""
        graph = LinkGraph.read(self.catalog)
        for row, resolution in graph.links:
            if resolution.target is None:
                edit, sure = self._followed(row), True
                if edit is None:
                    edit, sure = self._nearest(row), False
                if edit is not None:
                    yield self._fix(row, "unresolved-note", edit, sure=sure)
            elif row.subpath and not row.subpath[-1].startswith("^"):
                read = graph.whole(row)
                edit = None if read.subpath_found is not False else self._heading(row, read.target)
                if edit is not None:
                    yield self._fix(row, "unresolved-heading", edit, sure=False)

    def _fix(self, row: LinkRow, code: str, edit: Edit, *, sure: bool) -> Fix:
        start, end = row.start, row.end
        shown = row.raw
        if start <= edit.span.start and edit.span.end <= end:
            text = self.texts[row.source]
            shown = text[start : edit.span.start] + edit.after + text[edit.span.end : end]
        return Fix(row.source, row.line, code, row.raw, shown, edit, sure)

    def _followed(self, row: LinkRow) -> Edit | None:
        """A link to a file that another program has moved, to where it is now."""
        asked = path_key(placeholder_path(row))
        found = {
            (old, new)
            for old, new in self.moved.items()
            if path_key(old) == asked or path_key(old).endswith(f"/{asked}")
        }
        # A file that was moved twice has two old names, one of which may be the link's.
        edits = (self._retargeted(row, *pair) for pair in sorted(found))
        one = len({new for _, new in found}) == 1
        return next((edit for edit in edits if edit is not None), None) if one else None

    def _nearest(self, row: LinkRow) -> Edit | None:
        """A link to no file, to the one whose name is like it."""
        if row.lookup not in ("wiki", "markdown"):
            return None
        if self._near is None:
            self._near = _NearNames(self.catalog)
        path = placeholder_path(row)
        near = self._near.of(bare_key(path.rpartition("/")[2]))
        if len(near) != 1:
            return None
        (new,) = near
        ending = note_ending(new)
        folder = path.rpartition("/")[0] or new.rpartition("/")[0]
        name = path.rpartition("/")[2]
        return self._retargeted(row, f"{folder}/{name}{ending}" if folder else name + ending, new)

    def _retargeted(self, row: LinkRow, old: str, new: str) -> Edit | None:
        """The edit after which a link that asks for `old` means `new`, in the style that it has."""
        text = self.texts[row.source]
        if not means_what_it_says(row, text):
            return None
        note = self.catalog.note(new)
        if note is None:
            before, after = Named.of_file(old), Named.of_file(new)
        else:
            refs = dict(answering_paths(old, row.dialect))
            before = Named(old, True, refs)
            after = Named.of_note(parse_note(new, self.texts[new], self.options))
        here = row.source.rpartition("/")[0]
        for name in spellings(row.target, row.lookup, before, after, here, here):
            found = self.resolver.resolve_name(name, row.lookup, row.source, row.dialect)
            if found.target != new or found.status != "resolved" or found.via in ("alias", "title"):
                continue
            target = written(row, text, name)
            if target is not None:
                span = row.target_span
                return Edit(row.source, span, span.of(text), target)
        return None

    def _heading(self, row: LinkRow, target: str | None) -> Edit | None:
        """A link to a heading that is not there, to the one that is like it."""
        if target is None or len(row.subpath) != 1 or row.subpath_span is None:
            return None
        sections = self.resolver.sections_of(target)
        names = {name_key(one.headings[-1]): one.headings[-1] for one in sections if one.headings}
        near = [name for key, name in names.items() if _is_near(name_key(row.subpath[0]), key)]
        if len(near) != 1:
            return None
        unfit = NOT_IN_CHAIN if row.lookup == "wiki" else "#"
        name = " ".join(re.sub(unfit, " ", near[0]).split())
        text = self.texts[row.source]
        found = written_subpath(row, text, [name])
        if found is None or not self.resolver.subpath(target, (name,))[0]:
            return None
        span = row.subpath_span
        return Edit(row.source, span, span.of(text), found)


class _NearNames:
    """The names of a vault's files, found by the pairs of letters that they have in common."""

    def __init__(self, catalog: Catalog) -> None:
        self.files: dict[str, set[str]] = {}
        self.pairs: dict[str, set[str]] = {}
        for key, rows in catalog.all_names().items():
            for row in rows:
                if row.via == "name" and not row.excluded:
                    self.files.setdefault(bare_key(key), set()).add(row.path)
        for key in self.files:
            for pair in _pairs(key):
                self.pairs.setdefault(pair, set()).add(key)

    def of(self, key: str) -> set[str]:
        """The files whose name is near."""
        own = _pairs(key)
        shared = Counter(name for pair in own for name in self.pairs.get(pair, ()))
        # Each wrong letter breaks three pairs at most.
        fewest = (2 * len(own) - 5) / 5
        near = [name for name, n in shared.items() if n >= fewest and _is_near(key, name)]
        return {path for name in near for path in self.files[name]}


def _pairs(key: str) -> set[str]:
    return {key[n : n + 2] for n in range(len(key) - 1)}


def _is_near(one: str, other: str) -> bool:
    """Whether two names are one but for a slip of the pen; other digits are another name."""
    if one == other or _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    matcher = SequenceMatcher(None, one, other)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
