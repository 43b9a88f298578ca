"""What edits ask of the catalog: where tags stand, how the vault writes its links."""

from __future__ import annotations

import contextlib
import json
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from vaultdots.store.answers import LinkSpelling
from vaultdots.store.kept_answers import EVERYTHING, KeptAnswer, KeptAnswers

_SPELLINGS = (
    "SELECT l.form IN ('wikilink', 'braced'), l.form = 'braced', l.display IS NOT NULL,"
    " substr(l.target, 1, 1) = '/', instr(l.target, '/') > 1, substr(l.target, 1, 1) = '.',"
    " lower(substr(l.target, -3)) = '.md', substr(l.target, -1) = '/', count(*)"
    " FROM {links} l JOIN {files} f ON f.id = l.note_id"
    " WHERE NOT l.external AND l.target <> '' AND l.kind IN ('wikilink', 'markdown')"
    " AND l.lookup IN ('wiki', 'markdown') AND f.role = 'note' AND NOT f.excluded"
    "{where} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8"
)


def _spellings(rows: Iterable[Sequence[Any]]) -> list[LinkSpelling]:
    return [LinkSpelling._make((*map(bool, row[:8]), row[8])) for row in rows]


class EditReads(KeptAnswers):
    """Questions of those who write into notes."""

    @property
    @abstractmethod
    def generation(self) -> int:
        """Goes up with every sync that changed something."""

    def link_spellings(self, path: str) -> list[LinkSpelling]:
        """How the wikilinks and Markdown links of one file are written."""
        query = _SPELLINGS.format(links="links", files="files", where=" AND f.path = ?")
        return _spellings(self._connection.execute(query, (path,)))

    def usual_spellings(self) -> list[LinkSpelling]:
        """The same of the vault as it is on disk; counted once while nothing changes."""
        kept = self.kept("link spellings", "")
        if kept is not None:
            with contextlib.suppress(ValueError, TypeError):
                return _spellings(json.loads(kept.answer))
        generation = self.generation
        query = _SPELLINGS.format(links="main.links", files="main.files", where="")
        rows = self._connection.execute(query).fetchall()
        answer = json.dumps(rows).encode()
        self.keep([KeptAnswer("link spellings", "", EVERYTHING, answer)], generation)
        return _spellings(rows)

    def moved_files(self) -> dict[str, str]:
        """Old → new path of the files that a sync found elsewhere, told by their bytes."""
        rows = self._connection.execute("SELECT old, new FROM main.moved ORDER BY old")
        return dict(rows.fetchall())

    def frontmatters(self, most: int) -> tuple[int, int]:
        """How many of the first `most` notes on disk have frontmatter in YAML, and in TOML."""
        yaml, toml = self._connection.execute(
            # The tables of the disk: through an overlay's views all notes are read and sorted.
            "SELECT total(head = '---'), total(head = '+++') FROM (SELECT substr(n.front, 1, 3)"
            " AS head FROM main.files f JOIN main.notes n ON n.id = f.id WHERE NOT f.excluded"
            " ORDER BY f.path LIMIT ?)",
            (most,),
        ).fetchone()
        return int(yaml), int(toml)

    def tag_places(self, key: str) -> list[tuple[str, str, int, int, int]]:
        """(path, spelling, start, end, line) of a tag and those nested in it, in every note."""
        return list(
            self._connection.execute(
                "SELECT f.path, t.name, t.start, t.end, t.line FROM tags t"
                " JOIN files f ON f.id = t.note_id"
                " WHERE t.key = :key OR substr(t.key, 1, length(:key) + 1) = :key || '/'"
                " ORDER BY f.path, t.start",
                {"key": key},
            )
        )
