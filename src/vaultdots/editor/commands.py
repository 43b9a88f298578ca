"""The editor's commands: a note's path first, one object of options, plain data as the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from vaultdots.edit.model import Change, NewFile
from vaultdots.errors import DotsError, UsageError
from vaultdots.text.names import is_writable
from vaultdots.vault import to_dict, to_records

if TYPE_CHECKING:
    from vaultdots.editor.desk import Desk
    from vaultdots.vault import Proposal, Vault

Options = Mapping[str, Any]
Command = Callable[["Vault", str, Options], Any]


def _limit(options: Options, default: int | None = 20) -> int | None:
    value = options.get("limit", default)
    if value is not None and (not isinstance(value, int) or value < 1):
        raise UsageError("'limit' is a whole number from 1 on")
    return value


def _year(options: Options) -> int | None:
    value = options.get("year")
    if value is not None and not isinstance(value, int):
        raise UsageError("'year' is a whole number")
    return value


def _index(vault: Vault, path: str, options: Options) -> Any:
    """Bring the catalog and the full-text index up to the files."""
    return to_dict(vault.index())


def _list(vault: Vault, path: str, options: Options) -> Any:
    """What: notes, links, backlinks, mentions, reviews, orphans or problems."""
    what = options.get("what", "notes")
    found: Callable[[], Any]
    match what:
        case "notes":
            found = vault.notes.rows
        case "links":
            found = lambda: vault.links.of(path)  # noqa: E731
        case "backlinks":
            found = lambda: vault.links.to(path)  # noqa: E731
        case "mentions":
            found = lambda: vault.links.mentions_of(path)  # noqa: E731
        case "reviews":
            found = vault.years.reviews
        case "orphans":
            found = vault.links.orphans
        case "problems":
            found = vault.links.check
        case _:
            raise UsageError(
                f"no list of '{what}'",
                hint="notes, links, backlinks, mentions, reviews, orphans or problems",
            )
    return to_records(list(found())[: _limit(options, None)])


def _search(vault: Vault, path: str, options: Options) -> Any:
    """query: as for `dots search`."""
    return to_records(vault.search(str(options.get("query", "")), limit=_limit(options)))


def _related(vault: Vault, path: str, options: Options) -> Any:
    """The notes that belong to this one."""
    return to_records(vault.related(path, limit=_limit(options, 10)))


def _connect(vault: Vault, path: str, options: Options) -> Any:
    """The notes that this one's sections should be connected to; year: of all its reviews."""
    year = _year(options)
    found = vault.connect(year=year) if year is not None else vault.connect(path)
    return to_records(found[: _limit(options, None)])


def _review(vault: Vault, path: str, options: Options) -> Any:
    """A year on one page; year: else that of the note."""
    year = _year(options)
    if year is None:
        row = vault.catalog.note(path)
        year = row.year if row else None
    if year is None:
        raise UsageError("'year' is missing: this note has none")
    return to_dict(vault.years.review(year))


def _goals(vault: Vault, path: str, options: Options) -> Any:
    """year: the year that goals are for; else all."""
    return to_records(vault.years.goals(for_year=_year(options)))


def _graph(vault: Vault, path: str, options: Options) -> Any:
    """The whole graph as `dots graph --format json` writes it."""
    import json

    return json.loads(vault.map.json(vault.map.data()))


def _link(vault: Vault, path: str, options: Options) -> Any:
    """The text of a link from this note to another: target (a path or name), words."""
    from vaultdots.graph.links import Resolver
    from vaultdots.graph.new_link import style_of, write_link

    target = vault.notes.find(str(options.get("target", "")))
    row = vault.catalog.note(path)
    words = options.get("words")
    link = write_link(
        Resolver(vault.catalog),
        style_of(vault.catalog, vault.config, path),
        path,
        target,
        str(words) if words else None,
        dialect=row.dialect if row else "obsidian",
    )
    if link is None:
        raise UsageError(f"no link can be written to '{target}' from here")
    return {"text": link, "target": target}


def _tags(vault: Vault, path: str, options: Options) -> Any:
    """Every tag with its count of notes."""
    return to_records(vault.notes.tags(tree=bool(options.get("tree"))))


def _proposals(vault: Vault, path: str, options: Options) -> Any:
    """What agents proposed, each with its diff; accept, reject: the id of one to decide on. What is
    accepted is written by dots, undoably, as `dots proposals --apply` does."""
    accept, reject = options.get("accept"), options.get("reject")
    if accept is not None:
        record = vault.proposals.apply(str(accept))
        return {"accepted": accept, "paths": list(record.paths) if record else []}
    if reject is not None:
        return {"rejected": vault.proposals.reject(str(reject)).id}
    found = vault.proposals.waiting()
    return [
        {**row, "diff": _diff(vault, one)}
        for row, one in zip(to_records(found), found, strict=True)
    ]


def _diff(vault: Vault, proposal: Proposal) -> str:
    """What it would change; "" where its files were changed since."""
    try:
        return vault.proposals.diff(proposal)
    except DotsError:
        return ""


def new_note(desk: Desk, options: Options) -> Change:
    """The change that makes a note, as `dots new` would: title; path, else where `[new]` says, from
    its template. Raises UsageError."""
    title = str(options.get("title") or "").strip()
    if not title:
        raise UsageError("'title' is missing")
    given = options.get("path")
    if not given:
        planned = desk.vault.edit.plan_note(title, datetime.now().astimezone())
        return Change("new", new_files=(NewFile(planned.path, planned.text),))
    path = desk.path_of(str(desk.root / str(given)))
    if not is_writable(str(given)):
        raise UsageError("no file can have this name", place=str(given))
    if path is None:
        raise UsageError("this path lies outside of the vault", place=str(given))
    desk.check_place(path)
    if desk.catalog.role_of(path) is not None:
        raise UsageError(f"'{path}' is there already", hint="it is never written over")
    return Change("new", new_files=(NewFile(path, template_text(desk, path, title)),))


def template_text(desk: Desk, path: str, title: str) -> str:
    """What stands in a new note at `path`: as `[new]` in dots.toml says for its folder."""
    folder, _, _ = path.rpartition("/")
    try:
        at = datetime.now().astimezone()
        return desk.vault.edit.plan_note(title, at, folder=folder).text
    except DotsError:  # its name is taken in that folder, or the template cannot be filled
        return f"# {title}\n\n"


COMMANDS: dict[str, Command] = {
    "dots.index": _index,
    "dots.list": _list,
    "dots.search": _search,
    "dots.related": _related,
    "dots.connect": _connect,
    "dots.review": _review,
    "dots.goals": _goals,
    "dots.graph": _graph,
    "dots.link": _link,
    "dots.tags": _tags,
    "dots.proposals": _proposals,
}
"""`dots.new` and `dots.accept` need the editor to make the change and stand in `lsp.commands`."""
WRITING = (_index, _proposals)
"""Those that write, and are not to be broken off."""
