"""Which file a link's name means, by Obsidian's rules and those of the other dialects.

Decided on reading, from the names that the catalog knows: nothing stored can go stale when a
note is created, renamed or removed. The order of the rules is docs/links.md's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Literal

from vaultdots.graph.candidates import NAMED, WEB, Candidate, Candidates, path_key
from vaultdots.note.addresses import page_address, written_date
from vaultdots.note.model import Dialect
from vaultdots.note.paths import FOLDER_NOTES, NOTE_ENDINGS, joined
from vaultdots.text.late import late
from vaultdots.text.names import name_key, nfc
from vaultdots.text.tuples import NamedTuple

Via = Literal["path", "name", "suffix", "alias", "title", "url"]
Status = Literal["resolved", "unresolved", "ambiguous"]


class Resolution(NamedTuple):
    """What a name means. candidates: the files it may mean where it is ambiguous."""

    target: str | None
    via: Via | None
    status: Status
    candidates: tuple[str, ...] = ()


class Matches:
    """The files that one target means from anywhere, by the folder that they stand in."""

    def __init__(self, found: Iterable[Candidate], via: Via, written: str) -> None:
        """written: the target in its spelling, which decides between equals."""
        self.via = via
        self.written = written
        self.all = list(found)

    @cached_property
    def by_folder(self) -> dict[str, list[Candidate]]:
        """Folder → the files that stand in it."""
        folders: dict[str, list[Candidate]] = {}
        for candidate in self.all:
            folders.setdefault(_folder_of(candidate), []).append(candidate)
        return folders

    @cached_property
    def shortest(self) -> Resolution:
        """The one of the shortest path, for sources whose folder has none."""
        return _shortest(self.all, self.via, self.written)


class Names:
    """Name key → the files that can be called by it; and what was found among them, for the next
    link that says the same in another folder."""

    def __init__(self, look_up: Callable[[str], Candidates]) -> None:
        """look_up: the catalog's answer, the same for the whole life of this object."""
        self.look_up = look_up
        self.matches: dict[tuple[str, str, Via], Matches] = {}
        self.at_root: dict[tuple[str, str], Resolution | None] = {}

    def __call__(self, key: str) -> Candidates:
        """The files that can be called by `key`."""
        return self.look_up(key)


UNRESOLVED = Resolution(None, None, "unresolved")

JEKYLL_ROOTS = ("", "_wiki/", "_posts/")
_SLUGS = ("name", "folder", "undated", "slug")
_SLUG = 4
"""Characters from which an address's last part may name a note by itself."""
_DOTS = late(r"(?:^|/)\.{1,2}/?$")
"""The end of a path that can only name a folder: `.`, `../`, `a/..`."""
_FILE_ENDING = late(r"\.[A-Za-z0-9]{1,9}$")
_PAGES = "content/"
SITE_ROOTS = ("", "content/", "_wiki/", "_posts/", "docs/", "static/", "public/", "src/")


def resolve(
    target: str, lookup: str, source: str, names: Names, dialect: Dialect | str = "obsidian"
) -> Resolution:
    """What `target`, a link's name or path as written in the file `source`, means.

    lookup: `wiki`, `markdown`, `site`, `page` or `path` (see `note.model.Lookup`).
    dialect: the source's.
    """
    return resolve_from(target, lookup, source, names, dialect)[0]


def resolve_from(
    target: str, lookup: str, source: str, names: Names, dialect: Dialect | str = "obsidian"
) -> tuple[Resolution, bool]:
    """The same, with whether the source's folder was asked for: if it was not, the target means the
    same from everywhere."""
    target = nfc(target).strip()
    if not target:
        return Resolution(source, "path", "resolved"), True
    search = _Search(target, source, names, str(dialect))
    if lookup == "path":
        found = search.exact(target) or UNRESOLVED
    elif lookup == "markdown":
        found = search.markdown()
    elif lookup == "site":
        found = search.site()
    elif lookup == "page":
        found = search.page()
    else:
        found = search.wiki()
    return found, search.asked_folder


class _Search:
    """One look-up: the link's source and the names."""

    def __init__(self, target: str, source: str, names: Names, dialect: str) -> None:
        # Of the source only its folder matters: `graph.links` remembers answers by it.
        self.target = target
        self._folder = source.rpartition("/")[0]
        self.asked_folder = False
        self.names = names
        self.dialect = dialect

    @property
    def folder(self) -> str:
        """The source's folder."""
        self.asked_folder = True
        return self._folder

    # -- the ways to look a target up ------------------------------------------------------------

    def wiki(self) -> Resolution:
        """A wikilink: a path from the root, a note in the own folder, the shortest path."""
        target = self.target
        if target.startswith(("./", "../")) or target in (".", ".."):
            return self._relative(target) or UNRESOLVED
        if target.startswith("/"):
            return self._rooted(target.lstrip("/")) or UNRESOLVED
        return (
            self.exact(target)
            or (self._relative(target) if self.dialect in WEB and "/" in target else None)
            or self._by_suffix(target)
            or self._by_label(target, "alias")
            or self._by_label(target, "title")
            or UNRESOLVED
        )

    def markdown(self) -> Resolution:
        """A Markdown link: beside the source, then from the root, then anywhere in the vault."""
        target = self.target
        if target.startswith("/"):
            return self._rooted(target.lstrip("/")) or self._by_slug(target) or UNRESOLVED
        if self.dialect not in WEB and _DOTS.search(target):
            return UNRESOLVED
        beside = self._relative(target)
        if beside or target.startswith(("./", "../")):
            return beside or self._beside_page(target) or UNRESOLVED
        return self.exact(target) or self._by_suffix(target.rstrip("/")) or UNRESOLVED

    def site(self) -> Resolution:
        """A site's URL path: lower-cased, `content/` and the like implied, a folder its note."""
        path = self.target.split("?", 1)[0]
        if not path.startswith("/"):
            beside = self._relative(path)
            if beside:
                return beside
        bare = path.strip("/")
        if not bare:
            return self._rooted("") or UNRESOLVED
        return self._rooted(bare) or self._by_suffix(bare) or self._by_slug(bare) or UNRESOLVED

    def page(self) -> Resolution:
        """A page of Hugo's by its file (docs, `ref`): beside the source, under `content/`, by a
        name that no other page has. Never by its address.

        A bundle's page is looked for beside the bundle; with `.md`, in it as well. A path's end is
        one of a site in several languages (`content/en/`).
        """
        path = self.target.split("?", 1)[0]
        if not path.startswith("/"):
            for folder in self._page_folders(path):
                where = joined(folder, path)
                found = self.exact(where) if where else None
                if found:
                    return found
            if path.startswith("."):
                return UNRESOLVED
        bare = path.strip("/")
        if not bare:
            return self._under_roots("") or UNRESOLVED
        found = self.exact(_PAGES + bare)
        if not found and "/" in path:
            found = self._under_roots(bare) or self._by_suffix(bare)
        if found or "/" in path:
            return found or UNRESOLVED
        named = [c for c in self._by_name(bare) if c.role == "note"]
        pages = [c for c in named if c.path.startswith(_PAGES)]
        if not pages and (found := self.exact(bare)):
            return found  # the vault is the folder of the pages
        paths = sorted({c.path for c in pages or named})
        if len(paths) > 1:
            return Resolution(paths[0], "name", "ambiguous", tuple(paths))
        return Resolution(paths[0], "name", "resolved") if paths else UNRESOLVED

    def _page_folders(self, path: str) -> list[str]:
        """The folders from which Hugo follows a page's relative path, the first first."""
        own, above = self.folder, self.folder.rpartition("/")[0]
        leaf = self.exact(f"{own}/index") if own else None
        if leaf is None or leaf.target is None or leaf.target.rpartition("/")[0] != own:
            return [own]
        if not path.lower().endswith(NOTE_ENDINGS):
            return [above]
        return [own] if path.startswith("../") else [above, own]

    # -- single rules ----------------------------------------------------------------------------

    def exact(self, path: str) -> Resolution | None:
        """The file at this path from the vault's root; case only where two differ by it."""
        path = path.strip("/") if not path.endswith("/") else path.rstrip("/")
        remembered = self.names.at_root
        asked = path, self.dialect
        if asked not in remembered:
            key = path_key(path)
            matches = self._candidates(path, lambda files: files.at(key))
            best = self._preferred(matches, path) if matches else None
            remembered[asked] = best and Resolution(best.path, "path", "resolved")
        return remembered[asked]

    def _relative(self, path: str) -> Resolution | None:
        """The file at this path from the source's folder."""
        where = joined(self.folder, path)
        if where is None:
            return None
        return self.exact(where) if where else self._folder_note("")

    def _rooted(self, path: str) -> Resolution | None:
        found = self._under_roots(path)
        return found or (self._by_address(path) if self.dialect in WEB else None)

    def _under_roots(self, path: str) -> Resolution | None:
        """The file at this path from the vault's root, or from a folder that a site leaves out."""
        roots = ("",) if self.dialect == "obsidian" else SITE_ROOTS
        if self.dialect == "jekyll":
            roots = (*JEKYLL_ROOTS, *roots)
        for root in roots:
            full = (root + path).strip("/")
            found = self.exact(full) if full else self._folder_note("")
            if found:
                return found
        return None

    def _by_address(self, path: str) -> Resolution | None:
        """The note that a site shows at this path, as its properties or its date say."""
        key = name_key(path.strip("/").removesuffix(".html").removesuffix("/index"))
        matches = [c for c in self.names(key) if c.via == "url"]
        return _shortest(matches, "url", path) if matches else None

    def _by_slug(self, path: str) -> Resolution | None:
        """The note that a site shows at this path, by its last part: `/blog/2010/01/16/slug`.

        A date in both must be of one year; then the nearer date and the shared folders decide.
        """
        page = page_address(path)
        if page is None:
            return None
        best: list[tuple[tuple[int, int], str]] = []
        for candidate in {c.path: c for c in self.names(page.slug) if c.via in _SLUGS}.values():
            own = written_date(candidate.path)
            alike = next((n for n in (3, 2, 1) if own and own[:n] == page.date[:n]), 0)
            if candidate.role != "note" or (own and page.date and not alike):
                continue
            folders = {name_key(part) for part in candidate.path.split("/")[:-1]}
            shared = len(folders.intersection(page.folders))
            if len(page.slug) < _SLUG and not alike and not shared:
                continue
            best.append(((-alike, -shared), candidate.path))
        best.sort()
        ties = [path for rank, path in best if rank == best[0][0]]
        if len(ties) > 1:
            return Resolution(ties[0], "url", "ambiguous", tuple(ties))
        return Resolution(ties[0], "url", "resolved") if ties else None

    def _beside_page(self, path: str) -> Resolution | None:
        """`../other/`: a page's address ends in a folder of its own, so that `..` is beside it."""
        if not path.startswith("../") or (_FILE_ENDING.search(path) and self.dialect != "hugo"):
            return None
        if self.dialect not in WEB and joined(self.folder, path) is None:
            return None  # it leads out of the vault
        beside = path.removeprefix("../").rstrip("/")
        return self._relative(beside) if beside else None

    def _folder_note(self, folder: str) -> Resolution | None:
        """The note of the vault's root folder."""
        for stem in FOLDER_NOTES.get(self.dialect, ()):
            for candidate in self.names(stem).at(stem):
                if candidate.via == "name" and "/" not in candidate.path:
                    return Resolution(candidate.path, "path", "resolved")
        return None

    def _by_suffix(self, path: str) -> Resolution | None:
        """A name, or the end of a path: in the source's own folder, else the shortest path."""
        via: Via = "suffix" if "/" in path.strip("/") else "name"
        remembered = self.names.matches
        matches = remembered.get((path, self.dialect, via))
        if matches is None:
            matches = Matches(self._by_name(path), via, path)
            remembered[path, self.dialect, via] = matches
        if len(matches.all) < 2:
            return matches.shortest if matches.all else None
        here = matches.by_folder.get(self.folder)
        if here:
            best = self._preferred(here, path)
            return Resolution(best.path, via, "resolved")
        return matches.shortest

    def _by_name(self, path: str) -> list[Candidate]:
        """The files whose name this is, or whose path ends in it."""
        key = path_key(path)
        return self._candidates(path, lambda files: files.ending(key))

    def _by_label(self, label: str, via: Literal["alias", "title"]) -> Resolution | None:
        """A note's alias or title: no rule of Obsidian's, and labelled as ours."""
        remembered = self.names.matches
        matches = remembered.get((label, "", via))
        if matches is None:
            named = self.names(name_key(label))
            matches = Matches((c for c in named if c.via == via), via, label)
            remembered[label, "", via] = matches
        if len(matches.all) < 2:
            return matches.shortest if matches.all else None
        here = matches.by_folder.get(self.folder)
        return _shortest(here, via, label) if here else matches.shortest

    # -- small things ----------------------------------------------------------------------------

    def _candidates(
        self, path: str, among: Callable[[Candidates], Sequence[Candidate]]
    ) -> list[Candidate]:
        """The files whose name is the last part of `path`; folders by it where they have a note.
        among: takes those of a name that are asked for."""
        last = path.rstrip("/").rpartition("/")[2]
        key = name_key(last)
        named = self.names(key).spelled(last)
        found = [c for c in among(named) if c.via in NAMED]
        found = [c for c in found if c.role != "note" or not key.endswith(NOTE_ENDINGS)] or found
        bare = _bare(key, self.dialect)
        if bare != key:
            # `x.md` names the note x; a note called `x.md.md` was met above.
            more = among(self.names(bare).spelled(last))
            found += [c for c in more if c.role == "note" and c.via in ("name", "undated")]
        return found

    def _preferred(self, among: Sequence[Candidate], written: str) -> Candidate:
        """Of files that one path may mean, the first by `_preference`."""
        if len(among) == 1:
            return among[0]
        return min(among, key=lambda candidate: self._preference(candidate, written))

    def _preference(self, candidate: Candidate, written: str) -> tuple[int, int, int, int, str]:
        """Of files that one path may mean: the spelling, a file before a folder's note, a note."""
        return (
            not _same_case(candidate, written),
            candidate.via != "name",
            candidate.role != "note" and not _names_its_ending(candidate, written),
            len(candidate.path),
            candidate.path,
        )


def _shortest(matches: Sequence[Candidate], via: Via, written: str) -> Resolution:
    if len(matches) == 1:
        return Resolution(matches[0].path, via, "resolved")
    ranked = sorted((_rank(c, written), c.path) for c in {c.path: c for c in matches}.values())
    ties = tuple(path for rank, path in ranked if rank == ranked[0][0])
    if len(ties) > 1:
        return Resolution(ties[0], via, "ambiguous", ties)
    return Resolution(ties[0], via, "resolved")


def _rank(candidate: Candidate, written: str) -> tuple[bool, int, bool]:
    """Shortest path first; of equal ones the spelling as written."""
    return candidate.excluded, len(candidate.path), not _same_case(candidate, written)


def _bare(key: str, dialect: str) -> str:
    for ending in (*NOTE_ENDINGS, ".html") if dialect in WEB else NOTE_ENDINGS:
        if key.endswith(ending) and len(key) > len(ending):
            return key[: -len(ending)].rstrip()
    return key


def _folder_of(candidate: Candidate) -> str:
    """The folder in which the candidate stands; a folder's note stands beside its folder too."""
    folder = candidate.path.rpartition("/")[0]
    return folder.rpartition("/")[0] if candidate.via == "folder" else folder


def _same_case(candidate: Candidate, written: str) -> bool:
    path = candidate.path
    if candidate.via == "folder":
        path = path.rpartition("/")[0]
    for ending in ("", *NOTE_ENDINGS):
        if ("/" + path).endswith("/" + written.strip("/") + ending):
            return True
    return False


def _names_its_ending(candidate: Candidate, written: str) -> bool:
    return name_key(candidate.path).endswith(name_key(written.rpartition("/")[2]))
