"""Which note a person means by NOTE: a path, else a name, an alias or a title."""

from __future__ import annotations

import re

from vaultdots.errors import AmbiguousNote, NoteNotFound
from vaultdots.note.paths import NOTE_ENDINGS
from vaultdots.store.catalog import Catalog
from vaultdots.store.records import bare_key
from vaultdots.text.names import is_writable, name_key, nfc

# Names this alike are offered when one is not found (difflib's ratio).
_ALIKE = 0.6
_OFFERED = 3
"""Names that are offered where none is found."""
_WORD = re.compile(r"\w+")


def find_note(catalog: Catalog, name: str) -> str:
    """The vault-relative path of the file that `name` means.

    Raises NoteNotFound, with the nearest names as a hint, and AmbiguousNote with the candidates.
    """
    if not is_writable(name):
        raise NoteNotFound(f"no note is called '{name}'")
    if catalog.role_of(nfc(name)) is not None:
        # A file's path as it is, whatever stands in it.
        return nfc(name)
    wanted = nfc(name).strip().replace("\\", "/").removeprefix("./")
    for ending in ("", *NOTE_ENDINGS):
        exact = catalog.paths_folded(wanted + ending)
        if wanted + ending in exact:
            return wanted + ending
        if len(exact) == 1:
            return exact[0]
    last = bare_key(wanted.rstrip("/").rpartition("/")[2])
    suffix = "/" + bare_key(wanted)
    rows = [*catalog.names_by_key(last), *catalog.names_by_key(name_key(wanted))]
    for ways in (("name", "folder", "undated"), ("alias",), ("title",)):
        matches = {
            row.path
            for row in rows
            if row.via in ways
            and (
                row.via in ("alias", "title")
                or "/" not in wanted.strip("/")
                or ("/" + _without_ending(row.path, row.via)).endswith(suffix)
            )
        }
        if len(matches) == 1:
            return matches.pop()
        if matches:
            raise AmbiguousNote(name, tuple(sorted(matches)))
    raise NoteNotFound(f"no note is called '{name}'", hint=_nearest(catalog, wanted))


def _without_ending(path: str, via: str) -> str:
    key = bare_key(path)
    return key.rpartition("/")[0] if via == "folder" else key


def _nearest(catalog: Catalog, wanted: str) -> str:
    """A hint with names like the one that was asked for."""
    names: dict[str, str] = {}
    for note in catalog.notes():
        for spelling in (note.path.rpartition("/")[2].rsplit(".", 1)[0], note.title, *note.aliases):
            names.setdefault(name_key(spelling), spelling)
    from difflib import get_close_matches  # only where a name was not found

    key = name_key(wanted)
    near = get_close_matches(key, list(names), n=_OFFERED, cutoff=_ALIKE)
    words = set(_WORD.findall(key))
    holding = [name for name in names if words and words <= set(_WORD.findall(name))]
    near = list(dict.fromkeys((*near, *sorted(holding, key=len))))[:_OFFERED]
    if not near:
        return "`dots search` looks inside the notes"
    return "did you mean " + ", ".join(f"'{names[key]}'" for key in near) + "?"
