"""The index as a Whoosh folder in the vault's cache. The only module that imports whoosh.

Whoosh keeps the postings; phrases are matched and scored here, by the formula that SQLite FTS5
uses, so that both engines give the same answers. A folder that is broken, of another schema or half
written counts as nothing and is built again; one that another process is writing is left alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Format
from whoosh.index import FileIndex, LockError
from whoosh.query import Or, Term
from whoosh.reading import SegmentReader

from vaultdots.search.engine import (
    FIELD_SETS,
    SCHEMA,
    WHOOSH_FOLDER,
    FieldSet,
    IndexQuery,
    IndexState,
    Ranked,
    shelved,
)
from vaultdots.search.posting_buffer import PostingBuffer
from vaultdots.search.postings import COLUMN_SHIFT, Postings, Total, length_of
from vaultdots.search.source import SectionRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.private import replace_private, sync_tree
from vaultdots.text.tuples import NamedTuple

Answered = TypeVar("Answered")

STATE = "vaultdots.json"
ALIVE_SECONDS = 60.0
"""A build writes its first file after a second and new ones every few: older means killed."""
BLOCK = 1024
"""Postings a block: at 9,600 sections a warm query takes 8.1 ms in the middle, and 9.1 with
Whoosh's 128."""
COMPRESSION = 0
"""zlib's level for the postings: they are 3 MB smaller with 3, and a fifth slower to write."""


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
        note=ID(),
        note_id=COLUMN(number),
        section_id=COLUMN(number),
        **{field_set: Tokens() for field_set in FIELD_SETS},
        **{length_of(field_set): COLUMN(number) for field_set in FIELD_SETS},
    )


class Stamp(NamedTuple):
    """What is written beside the segments: the generation that they hold, and their sums."""

    generation: int
    totals: dict[FieldSet, Total]


class IndexIsBusy(Exception):
    """Another process is writing the index."""


class IndexIsBroken(Exception):
    """The segments cannot be read."""


class WhooshEngine:
    """A folder of Whoosh segments and a stamp beside them."""

    name = "whoosh"
    busy: tuple[type[Exception], ...] = (IndexIsBusy, OSError)
    broken: type[Exception] = IndexIsBroken

    def __init__(self, catalog: Catalog) -> None:
        self.folder = (catalog.folder or Path()) / WHOOSH_FOLDER
        self._open: FileIndex | None = None
        self._reader: Any = None
        self._postings: Postings | None = None
        self._stamped: Stamp | None = None

    def state(self) -> IndexState:
        """What stands in the index; another schema or a broken folder counts as nothing."""
        stamp = read_stamp(self.folder)
        if stamp is None:
            return IndexState(-1, False)
        if stamp != self._stamped:
            self.close()
            self._stamped = stamp
        try:
            self._opened()
        except IndexIsBroken:
            return IndexState(-1, True)
        return IndexState(stamp.generation, True)

    def close(self) -> None:
        """Let go of the open segments."""
        if self._reader is not None:
            self._reader.close()
        if self._open is not None:
            self._open.close()
        self._open = self._reader = self._postings = None

    def _opened(self) -> Postings:
        """The open index: opening it costs ten times a query. Raises `IndexIsBroken`."""
        if self._postings is None:
            if self._stamped is None:
                raise IndexIsBroken
            try:
                self._open = FileStorage(str(self.folder)).open_index()
                self._reader = self._open.reader()
                self._postings = Postings(self._reader, self._stamped.totals)
            except Exception as problem:  # whatever a broken pickle raises: the index is a cache
                raise IndexIsBroken from problem
        return self._postings

    def _ask(self, question: Callable[[Postings], Answered]) -> Answered:
        """What the open index says. Raises `IndexIsBroken`."""
        postings = self._opened()
        try:
            return question(postings)
        except Exception as problem:  # a broken segment raises anything, from struct to zlib
            raise IndexIsBroken from problem

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

    def expunge(self) -> None:
        """Write the segments that hold sections of notes that are gone again, without them."""
        try:
            writer = _writer(FileStorage(str(self.folder)).open_index())
        except LockError:
            return
        writer.commit(mergetype=_without_deletions)
        stamp = read_stamp(self.folder)
        if stamp is not None:
            write_stamp(self.folder, stamp.generation)
        self.close()
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
        write_stamp(self.folder, generation)

    def _build(self, rows: Iterable[SectionRow], generation: int) -> None:
        _sweep(self.folder.parent)
        beside = self.folder.with_name(f"{WHOOSH_FOLDER}-{os.getpid()}")
        for other in self.folder.parent.glob(f"{WHOOSH_FOLDER}-*"):
            if other == beside or not is_fresh(other):
                shutil.rmtree(other, ignore_errors=True)
            elif self.state().generation >= 0:
                raise IndexIsBusy
        beside.mkdir(parents=True)
        try:
            writer = _writer(FileStorage(str(beside)).create_index(_schema()))
            try:
                _add(writer, rows)
            except BaseException:
                writer.cancel()
                raise
            writer.commit()
            write_stamp(beside, generation)
            self.close()
            old = self.folder.with_name(f"{WHOOSH_FOLDER}-old-{os.getpid()}")
            with contextlib.suppress(FileNotFoundError):
                self.folder.rename(old)
            beside.rename(self.folder)
            shutil.rmtree(old, ignore_errors=True)
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def discard(self, before: int) -> None:
        """Take the folder away, unless it is of generation `before` or a later one.

        It goes under another name first: no process ever opens half of it. One that has it open
        reads on, or finds it broken and asks the index that stands in its place.
        """
        self.close()
        stamp = read_stamp(self.folder)
        if stamp is not None and stamp.generation >= before:
            return
        old = self.folder.with_name(f"{WHOOSH_FOLDER}-old-{os.getpid()}")
        with contextlib.suppress(OSError):  # another process was faster, or has it open (Windows)
            self.folder.rename(old)
        shutil.rmtree(old, ignore_errors=True)

    def rank(
        self,
        wanted: IndexQuery,
        notes: Collection[int] | None,
        limit: int | None,
        field_set: FieldSet = "whole",
        among: Collection[int] | None = None,
    ) -> list[Ranked]:
        """The best sections, ties in the order of their ids."""
        return self._ask(lambda postings: postings.rank(wanted, notes, limit, field_set, among))

    def some(
        self,
        wanted: IndexQuery,
        notes: Collection[int] | None,
        most: int,
        field_set: FieldSet = "whole",
        named: IndexQuery | None = None,
    ) -> list[int]:
        """The ids of sections that match."""
        return self._ask(
            lambda postings: list(islice(postings.matching(wanted, notes, field_set, named), most))
        )

    def count(self, wanted: IndexQuery, notes: Collection[int] | None, most: int) -> int:
        """How many sections match, counted up to `most`."""
        return len(self.some(wanted, notes, most))

    def size(self) -> int:
        """Sections in the index."""
        return self._stamped.totals["whole"].sections if self._stamped else 0

    def counts(self, wanted: Collection[str]) -> dict[str, int]:
        """In how many sections each token stands."""
        counted = self._ask(lambda postings: {token: postings.count(token) for token in wanted})
        return {token: count for token, count in counted.items() if count}


def is_fresh(folder: Path) -> bool:
    """Whether a process wrote into a build's folder of late; a killed one's is thrown away, one
    from the future as well: the clock was set back."""
    try:
        return abs(time.time() - folder.stat().st_mtime) < ALIVE_SECONDS
    except OSError:
        return False


def _sweep(cache: Path) -> None:
    """Take away what a process that was killed in the middle of a build left behind."""
    for left in cache.glob(f"{WHOOSH_FOLDER}-*"):
        try:
            os.kill(int(left.name.rpartition("-")[2]), 0)
        except ProcessLookupError:
            shutil.rmtree(left, ignore_errors=True)
        except (OSError, ValueError):
            continue


def _writer(index: FileIndex) -> Any:
    writer = index.writer(codec=W3Codec(blocklimit=BLOCK, compression=COMPRESSION))
    writer.pool = PostingBuffer()
    return writer


def write_stamp(folder: Path, generation: int) -> None:
    """Write the stamp after the commit: a kill in between repeats the last notes."""
    reader = FileStorage(str(folder)).open_index().reader()
    totals = {}
    for field_set in FIELD_SETS:
        lengths = [
            column[number]
            for leaf, _ in reader.leaf_readers()
            if leaf.doc_count()
            for column in (leaf.column_reader(length_of(field_set)),)
            for number in leaf.all_doc_ids()
        ]
        totals[field_set] = Total(sum(map(bool, lengths)), sum(lengths))
    reader.close()
    stamp = {"schema": SCHEMA, "generation": generation, "totals": totals}
    # A stamp says that the segments are whole: after a power cut, too.
    sync_tree(folder)
    replace_private(folder / STATE, json.dumps(stamp).encode())


def read_stamp(folder: Path) -> Stamp | None:
    """The stamp beside the segments; None where there is none of this schema."""
    try:
        stamp = json.loads((folder / STATE).read_text(encoding="utf-8"))
        if stamp["schema"] != SCHEMA:
            return None
        totals = {
            field_set: Total(*map(int, stamp["totals"][field_set])) for field_set in FIELD_SETS
        }
        return Stamp(int(stamp["generation"]), totals)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _without_deletions(writer: Any, segments: list[Any]) -> list[Any]:
    """A merge policy of Whoosh's: what stands in a segment with deletions is added anew."""
    whole = [segment for segment in segments if not segment.has_deletions()]
    for segment in segments:
        if segment.has_deletions():
            with SegmentReader(writer.storage, writer.schema, segment) as reader:
                writer.add_reader(reader)
    return whole


def _add(writer: Any, rows: Iterable[SectionRow]) -> None:
    for row in rows:
        field_sets = shelved(row)
        lengths = {
            length_of(field_set): sum(text.count(" ") + 1 for text in columns if text)
            for field_set, columns in field_sets.items()
        }
        writer.add_document(
            note=str(row.note_id),
            note_id=row.note_id,
            section_id=row.section_id,
            **field_sets,
            **lengths,
        )
