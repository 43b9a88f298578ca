"""Moving notes, folders and attachments, and every reference to them with them.

Pure: a plan is made of the catalog (with what is laid over it) and of the texts that it has. Every
new spelling of a link is tried against the names as they will be: it means the file that the link
meant before, by a name or a path, and is not ambiguous.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vaultdots.edit.after import NamesAfter
from vaultdots.edit.model import Change, Edit, Move
from vaultdots.edit.moving_back import Former
from vaultdots.edit.naming import in_heading, may_name, named_anew, said_before
from vaultdots.edit.plain import is_address
from vaultdots.edit.same_place import to_the_same_place
from vaultdots.edit.spelling import means_what_it_says, spellings, ways_spelled, written_target
from vaultdots.edit.splice import splice_text
from vaultdots.edit.texts import Texts
from vaultdots.edit.verify import difference
from vaultdots.errors import EditError
from vaultdots.graph.links import Resolver
from vaultdots.graph.resolve import Resolution, resolve
from vaultdots.note.options import NoteOptions
from vaultdots.note.paths import (
    answering_paths,
    joined,
    path_parts,
)
from vaultdots.store.answers import LinkRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.records import bare_key
from vaultdots.text.names import name_key, nfc
from vaultdots.text.spans import Span

_ROUNDS = 4
"""Of plans until the names that a move gives are those that it was planned by, besides one for each
note that may be named by a link."""

_SHOWN = 3
"""Links that are named where several are alike; the others are counted."""


def plan_moves(
    texts: Texts,
    options: NoteOptions,
    moves: Sequence[Move],
    *,
    said: Mapping[str, str] | None = None,
    edits: Sequence[Edit] = (),
    keep_short: bool = False,
    former: Former | None = None,
    operation: str = "mv",
) -> tuple[Change, set[str]]:
    """The change that moves files and folders, and the files in which links to headings may name
    none then. Raises EditError with the place.

    said, edits: what else the change writes into notes that move, and what they say then, by old
    path. keep_short: a Markdown link that names its note from anywhere need not stay a path from
    its own note (the vault's settings). former: what links said before the earlier move that this
    one takes back, where it does.
    """
    catalog = texts.catalog
    files = moved_files(catalog, moves)
    folders = _folders(files, moves)
    own = dict(said or {})
    names = dict(own)
    if former is not None:
        names |= said_before(texts, options, files, former)
    for count in itertools.count():
        # A link in a note's title or alias makes it another name: the links by that name follow.
        after = NamesAfter(
            catalog, options, {**{path: path for path in names}, **files}, names, folders=folders
        )
        plan = _Plan(texts, after, keep_short, former, edits)
        for row in _rows(texts, after.keys, files, after.folders, former or {}):
            plan.follow(row)
        now = dict(own)
        for path in plan.naming:
            among = [edit for edit in (*edits, *plan.edits.values()) if edit.path == path]
            now |= named_anew(texts, options, files, path, among)
        if now == names:
            break
        if count > len(plan.naming) + _ROUNDS:
            differing = [path for path in {**now, **names} if now.get(path) != names.get(path)]
            raise EditError(
                "the titles that the move would write anew change each other without end",
                place=min(differing),
                hint="take the link out of this note's title or alias first",
            )
        names = now
    edits = (*edits, *plan.edits.values())
    return Change(operation, edits, tuple(moves), remarks=plan.remarks()), plan.headed


def moved_files(catalog: Catalog, moves: Sequence[Move]) -> dict[str, str]:
    """Old → new path of every file that moves. Raises EditError."""
    known = dict.fromkeys(catalog.all_paths())
    found: dict[str, str] = {}
    for old, new in moves:
        if old == new:
            raise EditError("it has this name already", place=old)
        old, new = nfc(old), nfc(new)
        inside = [path for path in known if path.startswith(f"{old}/")]
        if old in known:
            found[old] = new
        elif inside:
            if f"{new}/".startswith(f"{old}/") and new != old:
                raise EditError("a folder cannot move into itself", place=old)
            found |= {path: new + path[len(old) :] for path in inside}
        else:
            raise EditError("there is no such file or folder", place=old)
    taken: dict[str, str] = {}
    for old, new in found.items():
        if (new in known and new not in found) or new in taken:
            raise EditError("it is there already", place=new, hint="nothing was written")
        taken[new] = old
    return {old: new for old, new in found.items() if old != new}


def _folders(files: Mapping[str, str], moves: Sequence[Move]) -> dict[str, str]:
    """Name key → new path of every folder that moves."""
    found: dict[str, str] = {}
    for old, new in moves:
        old, new = nfc(old), nfc(new)
        for path in files:
            folder = path.rpartition("/")[0]
            while f"{folder}/".startswith(f"{old}/") and name_key(folder) not in found:
                found[name_key(folder)] = new + folder[len(old) :]
                folder = folder.rpartition("/")[0]
    return found


def _rows(
    texts: Texts,
    keys: Iterable[str],
    files: Mapping[str, str],
    folders: Iterable[str],
    former: Former,
) -> Iterable[LinkRow]:
    """The links that may mean something else: those that say a name of a moved file or folder, and
    those that stand in one; and those that an earlier move wrote anew."""
    catalog = texts.catalog
    wanted = {"", *keys}
    wanted |= {bare_key(key.rstrip("/").rpartition("/")[2]) for key in wanted}
    for path in (*files, *files.values(), *folders):
        wanted.add(bare_key(path.rpartition("/")[2]))
        wanted.add(name_key(path.rpartition("/")[2]))
    found = {(row.source, row.number): row for row in catalog.links_by_key(wanted, excluded=True)}
    for path in files:
        for row in catalog.links_of(path):
            found[row.source, row.number] = row
    for path in dict.fromkeys(path for path, _ in former):
        for row in texts.links_of(path):
            known = former.get((path, row.number))
            if known is not None and known.is_changed and known.raw == row.raw:
                found[path, row.number] = row
    return [found[key] for key in sorted(found)]


class _Plan:
    """The edits of one move."""

    def __init__(
        self,
        texts: Texts,
        after: NamesAfter,
        keep_short: bool,
        former: Former | None,
        own: Sequence[Edit],
    ) -> None:
        self.texts = texts
        self.own = own
        self.after = after
        self.keep_short = keep_short
        self.former = former
        self.before = Resolver(texts.catalog)
        self.edits: dict[tuple[str, int, int], Edit] = {}
        self.taken_up: dict[str, list[str]] = {}
        """By path, where the links stand that named no note before."""
        self._spellings: dict[tuple[str, ...], list[str]] = {}
        self._resolved: dict[tuple[str, ...], Resolution] = {}
        self.told: list[str] = []
        self.naming: set[str] = set()
        """The notes that a link which is written anew may have given a name."""
        self.headed: set[str] = set()
        """The files in which such a link stands in a heading, or a heading may be what another link
        is to name again."""

    def follow(self, row: LinkRow) -> None:
        """Write one link anew where it would not mean what it meant."""
        if row.external or not (row.target.strip() or self.former):
            return
        source = self.after.moves.get(row.source, row.source)
        note = self.after.notes.get(row.source)
        dialect = note.dialect if note is not None else row.dialect
        was = self.before.resolve(row)
        now = self._resolve(row.target, row, source, dialect)
        if self.former is not None and self._is_as_before(row, source, dialect, was, now):
            return
        if not row.target.strip():
            return  # it stays in its own note
        if was.target is None:
            self._unresolved(row, source, dialect, now)
            return
        want = self.after.moves.get(was.target, was.target)
        if self._is_kept(row, source, dialect, was, now, want):
            return
        name = self._spelled(row, source, dialect, was, want)
        if name is None:
            place = f"{row.source}:{row.line}"
            raise EditError(f"no link of this form can name '{want}': {row.raw}", place=place)
        if name:
            self._put(row, name)

    def _is_as_before(
        self, row: LinkRow, source: str, dialect: str, was: Resolution, now: Resolution
    ) -> bool:
        """Whether a move back leaves or gives the link the spelling that it had."""
        want = was.target and self.after.moves.get(was.target, was.target)
        known = (self.former or {}).get((row.source, row.number))
        if known is None or known.raw != row.raw:
            return want is not None and now.target == want
        if self._resolve(known.target, row, source, dialect).target != want:
            return False
        text = self.texts[row.source]
        for span, new in known.edits(row, text):
            self._edit(row, Edit(row.source, span, span.of(text), new))
        if known.subpath is not None and was.target is not None:
            self.headed.add(was.target)
        return True

    def remarks(self) -> tuple[str, ...]:
        """What a person should know of the plan."""
        return (*(_taken_up(*one) for one in sorted(self.taken_up.items())), *self.told)

    def _resolve(self, target: str, row: LinkRow, source: str, dialect: str) -> Resolution:
        # Of the source only its folder matters: a thousand links in ten folders are ten questions.
        asked = (target, row.lookup, source.rpartition("/")[0], dialect)
        found = self._resolved.get(asked) if target.strip() else None
        if found is None:
            found = resolve(target, row.lookup, source, self.after.names, dialect)
            self._resolved[asked] = found
        return found

    def _unresolved(self, row: LinkRow, source: str, dialect: str, now: Resolution) -> None:
        """A link to no note: one that is a path asks for the same path still, and one that names a
        folder for that, wherever it has gone."""
        names, out = to_the_same_place(row, source, self.after.folders)
        if now.target is not None and not out:
            self.taken_up.setdefault(now.target, []).append(f"{row.source}:{row.line}")
            return
        for name in names:
            # From the root a bare name may mean a note anywhere in the vault.
            if self._resolve(name, row, source, dialect).target is None:
                self._put(row, name)
                return
        if now.target is not None:
            self.taken_up.setdefault(now.target, []).append(f"{row.source}:{row.line}")

    def _is_kept(
        self,
        row: LinkRow,
        source: str,
        dialect: str,
        was: Resolution,
        now: Resolution,
        want: str,
    ) -> bool:
        """Whether the link as it is written means what it meant, and as surely."""
        if now.target != want or (now.status != "resolved" and was.status == "resolved"):
            return False
        if now.via in ("alias", "title") and was.via not in ("alias", "title"):
            return False
        if row.lookup == "page":
            return now.via != "suffix" or was.via == "suffix"  # Hugo knows no end of a path
        if row.target.startswith("/") and now.via == "url":
            before, after = self.after.named(was.target or "")
            kept = after.keeps_address(row.target, before)
            if kept is not None:
                return kept
        if row.target.startswith("/") and was.via == "path" and now.via != "path":
            return False  # it would be found by its name, but no site shows it there
        if _spelled_as(row.target, was.target or "") and not _spelled_as(row.target, want):
            return False
        if self._is_in_other_case(row, source, was.target or "", want):
            return False
        if row.lookup == "wiki" or self.keep_short or row.target.startswith("/"):
            return True
        # A Markdown link that leads to its file from where it stands does so afterwards.
        beside = self._leads(row.target, row.source, was.target or "", dialect)
        leads = self._leads(row.target, source, want, dialect)
        if row.target.startswith("../"):
            return leads == beside  # one out of the page's own address stays one
        return leads or not beside

    def _is_in_other_case(self, row: LinkRow, source: str, path: str, want: str) -> bool:
        """Whether a link that spells its file's folders letter by letter would not any more: disks
        that tell case apart have no such path then."""
        changed = ((row.source, source), (path, want))
        if not any(one != other and name_key(one) == name_key(other) for one, other in changed):
            return False
        old, new = self.after.named(path)
        was = ways_spelled(row, row.source, old)
        if not was:
            return False
        now = ways_spelled(row, source, new)
        folded = ways_spelled(row, source, new, key=name_key)
        return was.isdisjoint(now) and not was.isdisjoint(folded)

    def _leads(self, target: str, source: str, path: str, dialect: str) -> bool:
        where = joined(source.rpartition("/")[0], target)
        if where is None:
            return False
        named = [path, *(other for _, other in answering_paths(path, dialect))]
        return name_key(where) in map(name_key, named)

    def _spelled(
        self, row: LinkRow, source: str, dialect: str, was: Resolution, want: str
    ) -> str | None:
        """The nearest new spelling; "" to leave the link alone; None where there is none."""
        assert was.target is not None
        text = self.texts[row.source]
        for name in self._names_of(row, source, dialect, was.target, want):
            if written_target(row, text, name) is not None:
                return name
        return None

    def _names_of(
        self, row: LinkRow, source: str, dialect: str, target: str, want: str
    ) -> list[str]:
        """The spellings that mean `want`, the nearest to what is written first."""
        here, there = row.source.rpartition("/")[0], source.rpartition("/")[0]
        asked = (row.target, row.lookup, dialect, here, there, target)
        if asked not in self._spellings:
            old, new = self.after.named(target)
            found = []
            for name in dict.fromkeys(spellings(row.target, row.lookup, old, new, here, there)):
                now = self._resolve(name, row, source, dialect)
                sure = now.status == "resolved" and now.via not in ("alias", "title")
                if now.target == want and sure:
                    found.append(name)
            self._spellings[asked] = found
        return self._spellings[asked]

    def _put(self, row: LinkRow, name: str) -> None:
        text = self.texts[row.source]
        if not means_what_it_says(row, text):
            self.told.append(f"{row.source}:{row.line}: {row.raw} is written otherwise and stays")
            return
        written = written_target(row, text, name)
        span = row.target_span
        if written is not None and written != span.of(text):
            edit = Edit(row.source, span, span.of(text), written)
            if self._would_be_an_address(row, text, edit):
                self.told.append(
                    f"{row.source}:{row.line}: {row.raw} would become an address and stays:"
                    " put a space before it"
                )
                return
            self._edit(row, edit)
            for edit in _double_quotes(row, text, written):
                self._edit(row, edit)

    def _would_be_an_address(self, row: LinkRow, text: str, edit: Edit) -> bool:
        """Whether a wikilink where an address may begin (`[x]([[a b]])`) is read otherwise."""
        if row.form != "wikilink" or not is_address(text, row.start) or row.role != "note":
            return False
        after, options = splice_text(text, [edit]), self.after.options
        return difference(row.source, text, after, [edit], options) is not None

    def _edit(self, row: LinkRow, edit: Edit) -> None:
        if any(row.source == own.path and edit.span.start in range(*own.span) for own in self.own):
            return  # a title that is written anew needs no link in it
        self.edits[row.source, edit.span.start, edit.span.end] = edit
        if row.source not in self.naming and may_name(self.texts, row):
            self.naming.add(row.source)
        if row.source not in self.headed and in_heading(self.texts, row.source, row.start):
            self.headed.add(row.source)


def _taken_up(path: str, places: Sequence[str]) -> str:
    shown, more = ", ".join(places[:_SHOWN]), len(places) - _SHOWN
    if more > 0:
        return f"links that named no note mean {path} then: {shown} and {more} more"
    return f"links that named no note mean {path} then: {shown}"


def _double_quotes(row: LinkRow, text: str, written: str) -> Iterator[Edit]:
    """The edits that make a property's single quotes double ones, where an apostrophe in the new
    name would end them."""
    whole = text[row.start - 1 : row.end + 1]
    if row.kind != "property" or "'" not in written or whole[:1] + whole[-1:] != "''":
        return
    if '"' not in whole and "\\" not in whole:
        for at in (row.start - 1, row.end):
            yield Edit(row.source, Span(at, at + 1), "'", '"')


def _spelled_as(target: str, path: str) -> bool:
    """Whether a target ends in the file's name, letter by letter."""
    last = path_parts(target.rstrip("/").rpartition("/")[2])
    return last.name == path_parts(path.rpartition("/")[2]).name
