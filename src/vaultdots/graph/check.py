"""What is wrong in a vault, told where it stands. The codes are documented in docs/check.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vaultdots.graph.link_graph import LinkGraph
from vaultdots.graph.links import ResolvedLink
from vaultdots.note.paths import joined
from vaultdots.note.sync_files import conflict_copy, half_written
from vaultdots.store.catalog import Catalog
from vaultdots.text.names import name_key, nfc
from vaultdots.text.tuples import NamedTuple


class Problem(NamedTuple):
    """One finding. severity: error, warning or info; code is stable."""

    path: str
    line: int
    column: int
    code: str
    severity: str
    message: str


CODES = {
    "unresolved-note": "a link names no file of the vault",
    "unresolved-heading": "the note is there, the heading is not",
    "unresolved-block": "the note is there, the block id is not",
    "ambiguous-link": "a link names several files equally well; the first one is taken",
    "alias-link": "a link names a note by its alias or title, which Obsidian does not resolve",
    "duplicate-block": "a block id stands twice in one note; the first one counts",
    "duplicate-alias": "an alias is another note's alias or name as well",
    "bad-frontmatter": "the properties cannot be read, or only in part",
    "bad-tag": "a frontmatter tag that cannot be a tag",
    "bad-property": "an alias, tag or title that YAML makes into a map or a nested list",
    "conflict-copy": "a copy that a sync tool made where two devices changed one file",
    "half-written": "a file whose writing broke off, or is not ended",
    "second-review": "another note is a review of the same year as well",
    "bad-encoding": "the file is not valid UTF-8",
    "bad-canvas": "the file is not a JSON Canvas",
    "bad-config": "a setting of dots.toml or Obsidian's that is passed over",
    "not-read": "a file was seen and not read",
    "legacy-property": "an old spelling of a property",
}
"""Every code with what it says, for the documentation."""

_SETTINGS = ("dots.toml", ".obsidian/app.json")
_EXCLUDED = "excluded by a filter"


def check(catalog: Catalog) -> list[Problem]:
    """Every problem of the vault, by path and place."""
    problems = [
        Problem(row.path, row.line, row.column, row.code, row.severity, row.message)
        for row in catalog.diagnostics()
    ]
    for skip in catalog.skipped():
        if skip.reason != _EXCLUDED:
            severity = "info" if skip.reason.startswith("a symlink to") else "warning"
            code = "bad-config" if skip.path in _SETTINGS else "not-read"
            if half_written(skip.path.rpartition("/")[2]) is not None:
                code = "half-written"
            problems.append(Problem(skip.path, 1, 1, code, severity, skip.reason))
    graph = LinkGraph.read(catalog)
    for row, _ in graph.links:
        problems += of_link(graph.whole(row), catalog.has_folder)
    problems += _aliases(catalog)
    problems += _of_sync(catalog)
    problems += _second_reviews(catalog)
    return sorted(problems)


def of_link(link: ResolvedLink, has_folder: Callable[[str], bool]) -> Iterator[Problem]:
    """What is wrong with one link."""
    place = (link.source, link.line, link.column)
    if link.target is None:
        folder = _folder_named(link)
        if folder is not None and (not folder or has_folder(folder)):
            return  # a page that lists a folder, on GitHub for one
        yield Problem(
            *place, "unresolved-note", "warning", f"{link.raw} names no file of the vault"
        )
        return
    if link.status == "ambiguous":
        names = ", ".join(link.candidates)
        message = f"{link.raw} may mean {names}; {link.target} is taken"
        yield Problem(*place, "ambiguous-link", "warning", message)
    elif link.via in ("alias", "title"):
        message = f"{link.raw} names {link.target} by its {link.via}"
        yield Problem(*place, "alias-link", "info", message)
    if link.subpath_found is False:
        last = link.subpath[-1]
        if last.startswith("^"):
            message = f"no block {last} in {link.target}"
            yield Problem(*place, "unresolved-block", "warning", message)
        else:
            message = f"no heading '{' > '.join(link.subpath)}' in {link.target}"
            yield Problem(*place, "unresolved-heading", "warning", message)


def _folder_named(link: ResolvedLink) -> str | None:
    """The folder that a Markdown link to no file names, if there is one; "" for the root."""
    if link.kind not in ("markdown", "reference"):
        return None
    name = nfc(link.name)
    return joined("" if name.startswith("/") else link.source.rpartition("/")[0], name)


def _aliases(catalog: Catalog) -> Iterator[Problem]:
    """Aliases that another note has too, or that are another note's name."""
    holders: dict[str, list[tuple[str, str]]] = {}
    for rows in catalog.all_names().values():
        for row in rows:
            if row.via in ("alias", "name") and row.role == "note" and not row.excluded:
                holders.setdefault(row.key, []).append((row.path, row.via))
    for note in catalog.notes():
        for alias in note.aliases:
            others = [path for path, _ in holders.get(name_key(alias), ()) if path != note.path]
            if others:
                line = _alias_line(catalog, note.id)
                names = ", ".join(sorted(set(others)))
                message = f"the alias '{alias}' means {names} as well"
                yield Problem(note.path, line, 1, "duplicate-alias", "warning", message)


def _of_sync(catalog: Catalog) -> Iterator[Problem]:
    """Conflict copies and files that are still being written, by their names."""
    files = {r.path for rows in catalog.all_names().values() for r in rows if r.via == "name"}
    for path in files:
        folder, slash, name = path.rpartition("/")
        if (copy := conflict_copy(name)) is not None:
            original = folder + slash + copy.original
            here = f"of {original}" if original in files else f"of {original}, which is not here"
            message = f"a conflict copy {here} ({copy.tool}): compare the two and keep one"
            yield Problem(path, 1, 1, "conflict-copy", "warning", message)
        elif (whole := half_written(name)) is not None:
            message = f"{whole} is being written by another program, or the writing broke off"
            yield Problem(path, 1, 1, "half-written", "warning", message)


def _second_reviews(catalog: Catalog) -> Iterator[Problem]:
    """Reviews of one year: more than one counts in every list of years."""
    first: dict[int, str] = {}
    for note in sorted(catalog.notes(), key=lambda note: (len(note.path), note.path)):
        if note.kind == "review" and note.period == "year" and note.year and note.status == "final":
            if note.year in first:
                message = f"{first[note.year]} is a review of {note.year} as well"
                yield Problem(note.path, 1, 1, "second-review", "info", message)
            else:
                first[note.year] = note.path


def _alias_line(catalog: Catalog, note_id: int) -> int:
    return catalog.property_line(note_id, "aliases", "alias") or 1
