"""The files that one name can mean, found among many by path and by spelling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vaultdots.note.paths import NOTE_ENDINGS, undated
from vaultdots.text.names import name_key, nfc
from vaultdots.text.tuples import NamedTuple

WEB: frozenset[str] = frozenset(("hugo", "jekyll", "vuepress"))
"""Dialects whose notes a site shows as pages."""


class Candidate(NamedTuple):
    """A file that can be called by a name key. via: name, folder, undated, slug, alias, title,
    or url: `key` is then the whole path at which a site shows it."""

    key: str
    via: str
    path: str
    role: str
    dialect: str
    excluded: bool


class Candidates(list[Candidate]):
    """The files of one name, found by their path at once: a vault may have a `README.md` in each of
    a thousand folders, and a thousand links that say which one they mean."""

    _keyed: list[tuple[tuple[str, ...], Candidate]] | None = None
    _by_path: dict[str, list[Candidate]] | None = None
    _by_ending: dict[str, list[Candidate]]
    _by_spelling: dict[str, Candidates] | None = None

    def at(self, path: str) -> Sequence[Candidate]:
        """Those that the path key means."""
        if len(self) <= _FEW:
            return [candidate for keys, candidate in self._keys() if path in keys]
        return self._indexed().get(path, ())

    def ending(self, path: str) -> Sequence[Candidate]:
        """Those that the path key means as the end of their path, or whole."""
        if len(self) <= _FEW:
            end = f"/{path}"
            return [
                candidate
                for keys, candidate in self._keys()
                if any(key == path or key.endswith(end) for key in keys)
            ]
        self._indexed()
        return self._by_ending.get(path, ())

    def spelled(self, name: str) -> Candidates:
        """Those whose name is `name` but for its case, where there are any; else all.

        `Resume` and `Résumé` have one key; who writes one of them means that one.
        """
        if len(self) < 2:
            return self
        if self._by_spelling is None:
            named = sum(candidate.via in NAMED for candidate in self)
            self._by_spelling = _grouped(self) if named > 1 else {}
        return self._by_spelling.get(_case_key(name), self) if self._by_spelling else self

    def _keys(self) -> list[tuple[tuple[str, ...], Candidate]]:
        """Those that a path can mean, each with its keys; a label is no part of a path."""
        if self._keyed is None:
            self._keyed = [(_paths_of(one), one) for one in self if one.via in NAMED]
        return self._keyed

    def _indexed(self) -> dict[str, list[Candidate]]:
        if self._by_path is None:
            self._by_path, self._by_ending = {}, {}
            for keys, candidate in self._keys():
                for key in keys:
                    self._by_path.setdefault(key, []).append(candidate)
                for end in {end for key in keys for end in _endings_of(key)}:
                    self._by_ending.setdefault(end, []).append(candidate)
        return self._by_path


_FEW = 4
"""Files of one name that are looked through sooner than an index of them is made."""
NAMED = ("name", "folder", "undated")
"""Ways to be called by which a path can mean a file: by its own name, not by a label."""


def path_key(path: str) -> str:
    """A whole path as a key: NFC, case-folded, a note's ending left out."""
    return _without_ending(name_key(path.strip("/")))


def _without_ending(key: str) -> str:
    for ending in NOTE_ENDINGS:
        if key.endswith(ending):
            return key[: -len(ending)].rstrip()
    return key


def _paths_of(candidate: Candidate) -> tuple[str, ...]:
    """The paths, as keys, that mean the candidate: its own, its folder's, its undated one."""
    key = name_key(candidate.path)
    if candidate.role != "note":
        return (key,)
    own = _without_ending(key)
    if candidate.via == "folder":
        return (own.rpartition("/")[0],)
    if candidate.via == "undated":
        folder, _, _ = own.rpartition("/")
        undated = f"{folder}/{candidate.key}" if folder else candidate.key
        return (undated, f"{undated}.html")
    return (own, f"{own}.html") if candidate.dialect in WEB else (own,)


def _endings_of(path: str) -> Iterator[str]:
    """`a/b/c`, `b/c` and `c`."""
    yield path
    for at, char in enumerate(path):
        if char == "/":
            yield path[at + 1 :]


def _case_key(name: str) -> str:
    key = nfc(name).strip().casefold()
    return next((key.removesuffix(end) for end in NOTE_ENDINGS if key.endswith(end)), key)


def _grouped(candidates: Candidates) -> dict[str, Candidates]:
    """The candidates by the spelling of their names; nothing where all have one. Labels have none:
    they stand in every group."""
    groups: dict[str, list[Candidate]] = {}
    labelled = []
    for candidate in candidates:
        folder, _, name = candidate.path.rpartition("/")
        if candidate.via == "folder":
            groups.setdefault(_case_key(folder.rpartition("/")[2]), []).append(candidate)
        elif candidate.via in ("name", "undated"):
            key = _case_key(name if candidate.via == "name" else undated(name))
            groups.setdefault(key, []).append(candidate)
        else:
            labelled.append(candidate)
    if len(groups) < 2:
        return {}
    return {key: Candidates([*group, *labelled]) for key, group in groups.items()}
