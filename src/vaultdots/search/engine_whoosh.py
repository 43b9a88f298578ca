"""The index as a Whoosh folder in the vault's cache. The only module that imports whoosh.

Whoosh keeps the postings; phrases are matched and scored here, by the formula that SQLite FTS5
uses, so that both engines give the same answers. A folder that is broken, of another schema or half
written counts as nothing and is built again; one that another process is writing is left alone.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import shutil
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Format
from whoosh.index import FileIndex, LockError
from whoosh.query import Or, Term

from vaultdots.search.engine import (
    COLUMNS,
    K1,
    NAMES,
    SCHEMA,
    WEIGHTS,
    AllOf,
    B,
    IndexQuery,
    IndexState,
    Ranked,
    TokenPhrase,
    column_tokens,
)
from vaultdots.search.source import SearchCatalog, SectionRow

FOLDER = "whoosh"
STATE = "vaultdots.json"
MEMORY_MB = 256
"""What Whoosh may hold before it writes a segment: 128 costs half more time (FACTS, "Whoosh")."""

COMPRESSION = 0
"""zlib's level for the postings: they are 3 MB smaller with 3, and a fifth slower to write."""
COLUMN_SHIFT = 26
"""A place is its column × 2^26 + the token's number: 67 million tokens a section."""

NAME_WEIGHTS = tuple(
    weight if name in NAMES else 0.0 for name, weight in zip(COLUMNS, WEIGHTS, strict=True)
)

Hits = dict[int, float]
"""Section (Whoosh's number for it) → how often a phrase stands in it, columns weighted."""


class Places(Format):  # type: ignore[misc]
    """Where a token stands in a section: 32-bit numbers, the column in the upper bits.

    Whoosh's own positions are pickled lists in a field a column: twice the time to write.
    """

    posting_size = -1

    def __init__(self) -> None:
        super().__init__()


class Tokens(FieldType):  # type: ignore[misc]
    """The field of a section's tokens: a tuple of the columns' tokens, a space between them.

    Pickled into the index, so it holds nothing and stays where it is.
    """

    indexed = True
    stored = False
    scorable = False
    multitoken_query = "phrase"

    def __init__(self) -> None:
        self.format = Places()

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(token, how often, weight, places) of each token."""
        places: dict[str, list[int]] = {}
        for number, text in enumerate(value):
            if text:
                for place, token in enumerate(text.split(" "), number << COLUMN_SHIFT):
                    if token in places:
                        places[token].append(place)
                    else:
                        places[token] = [place]
        for token, found in places.items():
            yield token.encode(), len(found), 1.0, array("I", found).tobytes()

    def to_bytes(self, value: Any) -> bytes:
        """A token as the index spells it."""
        return value if isinstance(value, bytes) else str(value).encode()


def _schema() -> Schema:
    number = NumericColumn("q")
    return Schema(
        tokens=Tokens(),
        note=ID(),
        note_id=COLUMN(number),
        section_id=COLUMN(number),
        length=COLUMN(number),
    )


class IndexIsBusy(Exception):
    """Another process is writing the index."""


class IndexIsBroken(Exception):
    """The segments cannot be read."""


class WhooshEngine:
    """A folder of Whoosh segments and a stamp beside them."""

    name = "whoosh"
    busy: type[Exception] = IndexIsBusy
    broken: type[Exception] = IndexIsBroken

    def __init__(self, catalog: SearchCatalog) -> None:
        self.folder = (catalog.folder or Path()) / FOLDER
        self._open: FileIndex | None = None
        self._open_reader: Any = None
        self._stamped: dict[str, int] = {}

    def state(self) -> IndexState:
        """What stands in the index; another schema or a broken folder counts as nothing."""
        try:
            stamp = json.loads((self.folder / STATE).read_text(encoding="utf-8"))
            known = {key: int(stamp[key]) for key in ("schema", "generation", "tokens")}
        except (OSError, ValueError, KeyError, TypeError):
            return IndexState(-1, False)
        if known["schema"] != SCHEMA:
            return IndexState(-1, False)
        if known != self._stamped:
            self.close()
            self._stamped = known
        return IndexState(known["generation"] if self._reader() else -1, True)

    def close(self) -> None:
        """Let go of the open segments."""
        if self._open_reader is not None:
            self._open_reader.close()
        if self._open is not None:
            self._open.close()
        self._open = self._open_reader = None

    def _reader(self) -> Any:
        """The open index: opening it costs ten times a query. None where it is broken."""
        if self._open_reader is None:
            try:
                self._open = FileStorage(str(self.folder)).open_index()
                self._open_reader = self._open.reader()
            except Exception:  # whatever a broken pickle raises: the index is a cache
                return None
        return self._open_reader

    def index(
        self,
        rows: Iterable[SectionRow],
        forget: Collection[int] | None,
        generation: int,
    ) -> None:
        """Forget and add in one commit; a build is made beside the old index and then put in
        its place. Raises `IndexIsBusy`."""
        if forget is None:
            self._build(rows, generation)
        else:
            self._change(rows, forget, generation)
        self.state()

    def _change(self, rows: Iterable[SectionRow], forget: Collection[int], generation: int) -> None:
        index = FileStorage(str(self.folder)).open_index()
        try:
            writer = _writer(index)
        except LockError:
            raise IndexIsBusy from None
        try:
            if forget:
                writer.delete_by_query(Or([Term("note", str(note)) for note in forget]))
            _add(writer, rows)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        _stamp(self.folder, generation)

    def _build(self, rows: Iterable[SectionRow], generation: int) -> None:
        beside = self.folder.with_name(f"{FOLDER}-{os.getpid()}")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        try:
            writer = _writer(FileStorage(str(beside)).create_index(_schema()))
            try:
                _add(writer, rows)
            except BaseException:
                writer.cancel()
                raise
            writer.commit()
            _stamp(beside, generation)
            self.close()
            old = self.folder.with_name(f"{FOLDER}-old-{os.getpid()}")
            with contextlib.suppress(FileNotFoundError):
                self.folder.rename(old)
            beside.rename(self.folder)
            shutil.rmtree(old, ignore_errors=True)
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def rank(
        self,
        wanted: IndexQuery,
        notes: Collection[int] | None,
        limit: int | None,
        *,
        names_only: bool = False,
    ) -> list[Ranked]:
        """The best sections, ties in the order of their ids."""
        reader = self._reader()
        if reader is None:
            raise IndexIsBroken
        try:
            return _rank(reader, wanted, notes, limit, self._stamped["tokens"], names_only)
        except Exception as problem:  # a broken segment raises anything, from struct to zlib
            raise IndexIsBroken from problem


def _writer(index: FileIndex) -> Any:
    return index.writer(limitmb=MEMORY_MB, codec=W3Codec(compression=COMPRESSION))


def _stamp(folder: Path, generation: int) -> None:
    """Write the stamp after the commit: a kill in between repeats the last notes."""
    reader = FileStorage(str(folder)).open_index().reader()
    tokens = sum(
        leaf.column_reader("length")[number]
        for leaf, _ in reader.leaf_readers()
        if leaf.doc_count()
        for number in leaf.all_doc_ids()
    )
    reader.close()
    fresh = folder / (STATE + ".new")
    stamp = {"schema": SCHEMA, "generation": generation, "tokens": tokens}
    fresh.write_text(json.dumps(stamp), encoding="utf-8")
    fresh.replace(folder / STATE)


def _add(writer: Any, rows: Iterable[SectionRow]) -> None:
    for row in rows:
        columns = column_tokens(row)
        length = sum(text.count(" ") + 1 for text in columns if text)
        writer.add_document(
            tokens=columns,
            note=str(row.note_id),
            note_id=row.note_id,
            section_id=row.section_id,
            length=length,
        )


def _rank(
    reader: Any,
    wanted: IndexQuery,
    notes: Collection[int] | None,
    limit: int | None,
    all_tokens: int,
    names_only: bool,
) -> list[Ranked]:
    sections = max(reader.doc_count(), 1)
    average = all_tokens / sections or 1
    phrases = list(_phrases(wanted))
    weights_of = NAME_WEIGHTS if names_only else WEIGHTS
    leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count()]
    per_leaf = [[_hits(leaf, phrase, weights_of) for phrase in phrases] for leaf in leaves]
    weights = []
    for number in range(len(phrases)):
        count = sum(len(hits[number]) for hits in per_leaf)
        idf = math.log((sections - count + 0.5) / (count + 0.5))
        weights.append(idf if idf > 0 else 1e-6)
    allowed = None if notes is None else set(notes)
    found = []
    for leaf, hits in zip(leaves, per_leaf, strict=True):
        lengths = leaf.column_reader("length")
        section_ids = leaf.column_reader("section_id")
        note_ids = leaf.column_reader("note_id")
        for number, active in _matching(wanted, hits, _Counter()).items():
            note = note_ids[number]
            if allowed is not None and note not in allowed:
                continue
            norm = K1 * (1 - B + B * lengths[number] / average)
            score = 0.0
            for phrase in active:
                often = hits[phrase][number]
                score += weights[phrase] * (often * (K1 + 1)) / (often + norm)
            found.append(Ranked(section_ids[number], note, score))
    # Rounded, so that the last bit of a float decides nothing: SQLite adds in another order.
    found.sort(key=lambda ranked: (-round(ranked.score, 9), ranked.section_id))
    return found if limit is None else found[:limit]


@dataclass(slots=True)
class _Counter:
    """Numbers the phrases of a query as `_phrases` yields them."""

    number: int = 0


def _phrases(wanted: IndexQuery) -> Iterator[TokenPhrase]:
    if isinstance(wanted, TokenPhrase):
        yield wanted
    else:
        for part in wanted.parts:
            yield from _phrases(part)


def _matching(
    wanted: IndexQuery, hits: list[Hits], counter: _Counter
) -> dict[int, tuple[int, ...]]:
    """Sections that match → the numbers of the phrases that stand in them."""
    if isinstance(wanted, TokenPhrase):
        number = counter.number
        counter.number += 1
        return dict.fromkeys(hits[number], (number,))
    parts = [_matching(part, hits, counter) for part in wanted.parts]
    found: dict[int, tuple[int, ...]] = {}
    if isinstance(wanted, AllOf):
        common = set(parts[0]).intersection(*parts[1:])
        for number in common:
            found[number] = tuple(phrase for part in parts for phrase in part[number])
        return found
    for part in parts:
        for number, active in part.items():
            found[number] = found.get(number, ()) + active
    return found


def _hits(leaf: Any, phrase: TokenPhrase, weights: Sequence[float]) -> Hits:
    """How often a phrase stands in each section of a segment, columns weighted (0: not at all)."""
    *fixed, last = phrase.tokens
    endings = [last]
    if phrase.prefix:
        endings = [text.decode() for text in leaf.expand_prefix("tokens", last)]
    if not fixed:
        found: Hits = {}
        for ending in endings:
            for number, places in _all_places(leaf, ending):
                if weighed := _weighed(places, weights):
                    found[number] = found.get(number, 0.0) + weighed
        return found
    common: set[int] | None = None
    for token in fixed:
        here = set(_ids(leaf, token))
        common = here if common is None else common & here
        if not common:
            return {}
    assert common is not None
    ended: dict[int, set[int]] = {}
    for ending in endings:
        near = common.intersection(_ids(leaf, ending))
        for number, places in _places(leaf, ending, sorted(near)):
            ended.setdefault(number, set()).update(places)
    numbers = sorted(ended)
    for back, token in enumerate(reversed(fixed), 1):
        for number, places in _places(leaf, token, numbers):
            ended[number] &= {place + back for place in places}
        numbers = [number for number in numbers if ended[number]]
    counted = ((number, _weighed(ended[number], weights)) for number in numbers)
    return {number: weighed for number, weighed in counted if weighed}


def _weighed(places: Collection[int], weights: Sequence[float]) -> float:
    weighed = 0.0
    for place in places:
        weighed += weights[place >> COLUMN_SHIFT]
    return weighed


def _matcher(leaf: Any, token: str) -> Any:
    return leaf.postings("tokens", token) if ("tokens", token.encode()) in leaf else None


def _ids(leaf: Any, token: str) -> Iterable[int]:
    matcher = _matcher(leaf, token)
    return matcher.all_ids() if matcher else ()


def _all_places(leaf: Any, token: str) -> Iterator[tuple[int, Collection[int]]]:
    matcher = _matcher(leaf, token)
    while matcher is not None and matcher.is_active():
        yield matcher.id(), array("I", matcher.value())
        matcher.next()


def _places(leaf: Any, token: str, numbers: list[int]) -> Iterator[tuple[int, Collection[int]]]:
    """Where a token stands in some sections, which hold it."""
    matcher = _matcher(leaf, token) if numbers else None
    if matcher is None:
        return
    for number in numbers:
        if matcher.id() < number:
            matcher.skip_to(number)
        yield number, array("I", matcher.value())
