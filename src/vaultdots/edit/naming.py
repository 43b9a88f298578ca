"""The names that notes get by a link in them: a title or an alias reads otherwise when the link in
it is written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from vaultdots.edit.model import Edit
from vaultdots.edit.moving_back import Former
from vaultdots.edit.splice import splice_text
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.store.catalog import Catalog
from vaultdots.store.rows import names_of
from vaultdots.text.names import name_key

_WORD = re.compile(r"[^\W_]+(?=[\W_]*\Z)")


def named_anew(
    catalog: Catalog,
    options: NoteOptions,
    files: Mapping[str, str],
    path: str,
    edits: Sequence[Edit],
) -> dict[str, str]:
    """{path: what the note says after `edits`}, where they give it other names."""
    row = catalog.note(path)
    if row is None:
        return {}
    was, new = catalog.text(row.id), files.get(path, path)
    now = splice_text(was, edits)
    if names_of(parse_note(new, was, options)) == names_of(parse_note(new, now, options)):
        return {}
    return {path: now}


def said_before(
    catalog: Catalog, options: NoteOptions, files: Mapping[str, str], former: Former
) -> dict[str, str]:
    """What notes say with the links that they had before, where those gave them other names."""
    written: dict[str, list[str]] = {}
    for (path, _), known in former.items():
        written.setdefault(path, []).append(known.name)
    found: dict[str, str] = {}
    for row in catalog.notes_at(written):
        called = [name_key(name) for name in (row.title, *row.aliases)]
        if not any(may_be_in(name, called) for name in written[row.path]):
            continue
        text, edits = catalog.text(row.id), []
        for link in catalog.links_of(row.path):
            was = former.get((row.path, link.number))
            if was is not None and was.raw == link.raw:
                pairs = was.edits(link, text)
                edits += [Edit(row.path, span, span.of(text), new) for span, new in pairs]
        found |= named_anew(catalog, options, files, row.path, edits)
    return found


def may_be_in(target: str, names: Iterable[str]) -> bool:
    """Whether a link to `target`, as it is read, may be a part of one of these names (keys)."""
    word = _WORD.search(name_key(target))
    return word is None or any(word[0] in name for name in names)
