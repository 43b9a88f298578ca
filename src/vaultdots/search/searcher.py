"""Search: a query in, ranked sections out.

The answer does not depend on the engine, and is the same after an update as after a rebuild: see
`retrieval`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from vaultdots.errors import QueryError
from vaultdots.search.engine import Engine, Progress
from vaultdots.search.filters import Links
from vaultdots.search.hits import (
    SORTS,
    Answer,
    Hit,
    SearchOptions,
    Sort,
    note_facts,
    sort_key,
)
from vaultdots.search.index_sync import (
    EngineName,
    bring_up_to_date,
    discard_other,
    engine_that_answers,
    open_engine,
    why_not,
)
from vaultdots.search.parse import parse_query
from vaultdots.search.query import And, Node, Word
from vaultdots.search.query_cache import QueryCache
from vaultdots.search.questions import as_phrase, without, words_of_asking
from vaultdots.search.retrieval import Retrieval
from vaultdots.search.source import sections
from vaultdots.text.names import nfc

if TYPE_CHECKING:
    from vaultdots.search.related import Related
    from vaultdots.store.catalog import Catalog

T = TypeVar("T")

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Signs without width that come with what is pasted from the web."""

SUGGEST_SECONDS = 0.2
"""How long near words are looked for: a person waits no longer for what may not be there."""

COUNTED, MOST_COUNTED = 150, 10_000
"""Sections up to which each one is looked at to count the hits, and up to which any are counted."""

_ATTEMPTS = 5
"""Times a query is asked while other processes read the vault anew."""

RELATED = 20
"""Notes that `related:NOTE` takes in."""


def search(
    catalog: Catalog,
    query: str,
    *,
    limit: int | None = 20,
    engine: EngineName = "auto",
    sort: Sort = "score",
    by_note: bool = False,
    prefix: bool = False,
    links: Links | None = None,
    today: date | None = None,
) -> list[Hit]:
    """The sections that answer `query`, best first. Raises `QueryError` for one that cannot be
    read."""
    options = SearchOptions(limit, sort, by_note, prefix, today=today)
    searcher = Searcher(catalog, engine, links=links)
    try:
        return searcher.ask(query, options).hits
    finally:
        searcher.close()


class Searcher:
    """An open index over one catalog; keep it for many queries of one generation: what it knows of
    links, and the engine that `auto` chose, are of the state that it was opened in."""

    def __init__(
        self,
        catalog: Catalog,
        engine: EngineName = "auto",
        *,
        links: Links | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.catalog = catalog
        self.links = links
        self.progress = progress
        self.engine: Engine = open_engine(catalog, engine)
        self._may_outgrow = engine == "auto"
        self._answers = self.engine
        self._notices: list[str] = []
        self._cache = QueryCache(catalog)
        if links is not None:
            self.links = links._replace(related=self._related_ids)

    def warm(self) -> None:
        """Bring the index up to date now, so that the first question is as fast as the others."""
        self._bring_up_to_date()

    def _bring_up_to_date(self) -> str | None:
        """Index what changed; the sentence that says why it could not be. The first time that
        it could, the index that the vault has outgrown goes."""
        notice = bring_up_to_date(self.catalog, self.engine, self.progress)
        if notice is None and self._may_outgrow:
            self._may_outgrow = False
            discard_other(self.catalog, self.engine)
        return notice

    def related(self, path: str, *, limit: int | None = 10) -> list[Related]:
        """The notes that belong to the one at `path`, best first, each with its reasons."""
        from vaultdots.search.related import related_notes

        self._bring_up_to_date()
        return related_notes(self.catalog, self.engine, path, limit=limit)

    def _related_ids(self, note_id: int) -> list[int]:
        """What `related:NOTE` means: the twenty nearest notes."""
        path = self.catalog.path_of(note_id) or ""
        return self.catalog.ids_of(one.path for one in self.related(path, limit=RELATED))

    def close(self) -> None:
        """Close the index; the catalog stays open."""
        self.engine.close()

    def ask(self, query: str, options: SearchOptions | None = None) -> Answer:
        """Answer a query. Raises `QueryError`.

        Where another process read the vault anew meanwhile, the index spoke of other sections than
        the catalog: the query is asked again.
        """
        for _ in range(_ATTEMPTS):
            generation = self.catalog.generation
            answer = self._ask(query, options or SearchOptions())
            if self.catalog.generation == generation:
                return answer
        busy = "another process is changing the index: these answers may not be whole"
        return answer._replace(notices=(*answer.notices, busy))

    def _ask(self, query: str, options: SearchOptions) -> Answer:
        query = nfc(query.translate(_UNSEEN))
        tree = self._read(query)
        notice = self._bring_up_to_date()
        self._answers = engine_that_answers(self.catalog, self.engine) if notice else self.engine
        self._notices = [notice] if notice else []
        hits = self._hits(query, tree, options)
        if options.relax and not options.prefix and not self._notices:
            hits = [*hits, *self._in_other_script(query, tree, options, hits)]
            if hits and (asking := words_of_asking(tree)):
                hits = self._as_question(query, tree, options, hits, asking)
        notices = tuple(dict.fromkeys(self._notices))
        if hits or notices:
            # Nothing found in an index that is being written says nothing about the words.
            return Answer(hits, notices=notices)
        from vaultdots.search.suggest import other_layout_query, unknown_words

        _ask_for_operator(query, tree)
        unknown = unknown_words(tree, self._answers)
        meant = other_layout_query(query, unknown)
        if meant is not None and (hits := self._corrected(meant, options)):
            said = f"nothing found for '{query}': searched for '{meant}'"
            corrected = [hit._replace(corrected=meant) for hit in hits]
            return Answer(corrected, meant, (*notices, said))
        if options.relax and (hits := self._relaxed(query, tree, options, unknown)):
            missing = hits[0].relaxed or ()
            if missing or not words_of_asking(tree):
                self._notices.append(_given_up(missing))
        return Answer(hits, None, tuple(dict.fromkeys(self._notices)))

    def _in_other_script(
        self, query: str, tree: Node, options: SearchOptions, hits: list[Hit]
    ) -> list[Hit]:
        """Hits that hold a word of the query as the other script writes it, whole, for the places
        that are left below the literal ones."""
        if options.limit is not None and len(hits) >= options.limit:
            return []
        from vaultdots.search.other_script import holds_whole, others
        from vaultdots.search.suggest import replaced

        below = hits[-1].score if hits else None
        found: list[Hit] = []
        for word, text in others(self._kept().sounds(), tree):
            meant = replaced(query, [(word, text)])
            for hit in _others(self._corrected(meant, options), (*hits, *found), options):
                if holds_whole(hit, text):
                    value = hit.score if below is None else min(hit.score, below)
                    found.append(hit._replace(via=text, score=value))
            if found and found[-1].via == text:
                if below is None:
                    self._notices.append(f"nothing holds '{word.text}': searched for '{text}'")
                else:
                    self._notices.append(f"'{word.text}' is '{text}' too: marked, below the others")
        if below is not None:
            found.sort(key=lambda hit: -hit.score)
        return found if options.limit is None else found[: options.limit - len(hits)]

    def _relaxed(
        self, query: str, tree: Node, options: SearchOptions, unknown: Collection[Word]
    ) -> list[Hit]:
        """Hits of most of a query. A word that the vault has in the other script alone is looked
        for as that: 타입스크립트 제네릭 finds what says TypeScript."""
        from vaultdots.search.other_script import others, plain_words
        from vaultdots.search.suggest import replaced

        nowhere = And(tuple(word for word in plain_words(tree) if word in unknown))
        meant = dict(others(self._kept().sounds(), nowhere)) if nowhere.parts else {}
        asked = replaced(query, meant.items())
        hits = self._retrieval(asked, parse_query(asked) if meant else tree, options).relaxed()
        if not hits or not meant:
            return hits
        found: list[Hit] = []
        self._notices += [
            f"nothing holds '{word.text}': searched for '{text}'" for word, text in meant.items()
        ]
        for hit in hits:
            held = (text for text in meant.values() if text not in (hit.relaxed or ()))
            found.append(hit._replace(via=next(held, None)))
        return found

    def _as_question(
        self,
        query: str,
        tree: Node,
        options: SearchOptions,
        hits: list[Hit],
        asking: tuple[Word, ...],
    ) -> list[Hit]:
        """The hits of a question and, for the places that these leave, those that hold it but for
        its words of asking, all in one order (what holds it as it was typed before all others);
        below them what holds most of it."""
        words = tuple(word.text for word in asking)
        by_score = options.sort == "score"
        typed = self._retrieval(query, as_phrase(tree), options).hits() if by_score else []
        found = (typed + _others(hits, typed, options))[: options.limit]
        loose = self._retrieval(query, without(tree, asking), options).hits()
        loose = [hit._replace(relaxed=words) for hit in _others(loose, found, options)]
        found += loose[: None if options.limit is None else options.limit - len(found)]
        if any(hit.relaxed for hit in found):
            self._notices.append(f"searched without {', '.join(words)} too")
        if not by_score:
            return self._sorted(found, options.sort)
        first = {(hit.path, hit.line) for hit in typed}
        found.sort(key=lambda hit: ((hit.path, hit.line) not in first, -hit.score))
        if options.limit is None or len(found) < options.limit:
            most = _others(self._retrieval(query, tree, options).relaxed(), found, options)
            if most:
                self._notices.append(f"below the first {len(found)}: what holds most of the words")
            below = found[-1].score
            found += [hit._replace(score=min(hit.score, below)) for hit in most]
        return found[: options.limit]

    def _sorted(self, hits: list[Hit], sort: Sort) -> list[Hit]:
        """Hits of several queries in one order."""
        ids = self.catalog.ids_of(hit.path for hit in hits)
        key_of = {
            fact.path: sort_key(sort, fact) for fact in note_facts(self.catalog, ids).values()
        }
        known = (hit for hit in hits if hit.path in key_of)
        return sorted(known, key=lambda hit: (key_of[hit.path], hit.line))

    def total(self, query: str, options: SearchOptions) -> tuple[int, bool]:
        """How many sections answer a query, and whether all of them were looked at: of many, the
        index's own count. Raises `QueryError`."""
        query = nfc(query.translate(_UNSEEN))
        tree = self._read(query)
        asking = words_of_asking(tree) if options.relax and not options.prefix else ()
        wanted = without(tree, asking) if asking else tree
        count = self._retrieval(query, wanted, options).proposed(MOST_COUNTED)
        if count is not None and count > COUNTED:
            return count, False
        whole = options._replace(limit=None)
        if not asking:
            return len(self._answered(query, tree, whole, Retrieval.found)), True
        hits = self._hits(query, tree, whole)
        if hits:
            hits = self._as_question(query, tree, whole, hits, asking)
        return len(hits), True

    def suggest(self, query: str) -> tuple[str, ...]:
        """Queries that may have been meant where a word of this one is in no section: offered to
        a person, never searched, and found in `SUGGEST_SECONDS` or not at all."""
        from vaultdots.search.suggest import did_you_mean, unknown_words

        query = nfc(query.translate(_UNSEEN))
        unknown = unknown_words(self._read(query), self._answers)
        if not unknown:
            return ()
        until = time.monotonic() + SUGGEST_SECONDS
        return tuple(did_you_mean(self._cache.words(until), query, unknown, until))

    def _read(self, query: str) -> Node:
        return parse_query(query, lambda name: self.catalog.has_property(nfc(name).casefold()))

    def _corrected(self, meant: str, options: SearchOptions) -> list[Hit]:
        """The hits of a query that nobody typed: one that cannot be read has none."""
        try:
            return self._hits(meant, parse_query(meant), options)
        except QueryError:
            return []

    def _kept(self) -> QueryCache:
        """What earlier queries read of the catalog as it is now."""
        if self._cache.revision != self.catalog.revision:
            self._cache = QueryCache(self.catalog)
        return self._cache

    def _retrieval(self, query: str, tree: Node, options: SearchOptions) -> Retrieval:
        kept = self._kept()
        return Retrieval(self.catalog, self._answers, self.links, kept, query, tree, options)

    def _hits(self, query: str, tree: Node, options: SearchOptions) -> list[Hit]:
        return self._answered(query, tree, options, Retrieval.hits)

    def _answered(
        self, query: str, tree: Node, options: SearchOptions, read: Callable[[Retrieval], list[T]]
    ) -> list[T]:
        """What is read of a query being answered; the index is built again where it is broken."""
        try:
            return read(self._retrieval(query, tree, options))
        except self._answers.broken:
            pass
        if self._answers is not self.engine:
            # The old index went while it answered, so the new one is whole.
            self._answers.close()
            self._answers = self.engine
            return self._answered(query, tree, options, read)
        # Not inside `except`: its traceback holds cursors open, and with them an old snapshot, in
        # which SQLite lets nobody write.
        try:
            with self.catalog.on_disk():
                self._answers.index(sections(self.catalog, None), None, self.catalog.generation)
            return read(self._retrieval(query, tree, options))
        except self._answers.busy as error:
            self._notices.append(why_not(error, self.catalog))
            return []


def _others(hits: Iterable[Hit], shown: Iterable[Hit], options: SearchOptions) -> list[Hit]:
    """The hits that are not shown already; by note, those of other notes."""

    def place(hit: Hit) -> tuple[str, int]:
        return hit.path, 0 if options.by_note else hit.line

    taken = {place(hit) for hit in shown}
    return [hit for hit in hits if place(hit) not in taken]


def _ask_for_operator(query: str, tree: Node) -> None:
    """Where nothing says `titel:Redis`, an operator was meant: an error, with the place."""
    from vaultdots.search.operators import operator_meant
    from vaultdots.search.suggest import words_of

    for word in words_of(tree):
        if (meant := operator_meant(word.text)) is not None:
            name = word.text.partition(":")[0]
            raise QueryError(
                f"there is no operator {name}:, and no note says '{word.text}'",
                query=query,
                offset=word.at,
                hint=f"did you mean {meant}:",
            )


def _given_up(missing: tuple[str, ...]) -> str:
    """What a person should know of hits that do not hold every word."""
    if not missing:
        return "no section holds every word: these notes hold them in different sections"
    return "nothing holds every word; the first has no " + ", ".join(
        f"'{word}'" for word in missing
    )


__all__ = ["SORTS", "Answer", "Hit", "SearchOptions", "Searcher", "Sort", "search"]
