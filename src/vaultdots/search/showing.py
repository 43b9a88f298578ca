"""A candidate that answers as a hit: which stretch of it is shown, what is marked, where it
begins."""

from __future__ import annotations

from collections.abc import Iterator

from vaultdots.search.candidate import (
    EVERY,
    MATCHES,
    Candidate,
    Leaf,
    Question,
    Seen,
    all_found_in,
    lines_of,
    seen,
)
from vaultdots.search.engine import APART
from vaultdots.search.hits import Hit
from vaultdots.search.match import Match
from vaultdots.search.predicates import where
from vaultdots.search.query import Case, Node, Not, Pattern, Within, Word, children, leaves
from vaultdots.search.questions import words_of_asking
from vaultdots.search.rank import Reason, reported
from vaultdots.search.snippet import Snippet, cut_snippet, joined
from vaultdots.search.source import SectionRow, rows_of_sections
from vaultdots.store.catalog import Catalog
from vaultdots.text.names import nfc
from vaultdots.text.spans import Span

SMALL = ("line", "block", "task", "task-todo", "task-done")
"""Scopes that ask of a part of a section: what they find is shown, and not its like elsewhere."""
SUMMARIES = ("summary", "description", "excerpt", "abstract", "요약", "설명")
"""Properties in which a note says what it is about."""
PARTS = 5
"""Parts of one section that are shown together."""


class Showing:
    """Makes the hits of one query."""

    def __init__(self, catalog: Catalog, question: Question) -> None:
        self.catalog = catalog
        self.question = question
        self.small = list(_small(question.tree, case=False))
        self.cased = frozenset(_cased(question.tree))
        self._in_names: dict[str, tuple[tuple[int, int], ...]] = {}
        asking = words_of_asking(question.tree)
        telling = tuple(
            term for term in question.terms if not _is_letter(term) and term not in asking
        )
        self.terms = telling or question.terms
        """The words that are marked: where one says more than a letter, no letter is, and of a
        question none that only asks."""

    def hit(self, candidate: Candidate, reasons: list[Reason], value: float) -> Hit:
        """A candidate as a hit."""
        row = candidate.first
        parts = where(self.question, self.small, candidate) if self.small else []
        looks = [seen(self.question, candidate, term) for term in self.question.terms]
        named = any(look.front for look in looks)
        told = looks
        if len(self.terms) < len(looks):
            told = [seen(self.question, candidate, term) for term in self.terms]
        snippet = self._snippet(candidate, parts, [look.body for look in told])
        return Hit(
            row.path,
            row.title,
            row.kind,
            row.year,
            () if candidate.whole_note else tuple(row.headings),
            row.line,
            value,
            snippet.text,
            snippet.ranges,
            None,
            None,
            None,
            self._match_line(candidate, parts, looks),
            reported(reasons),
            self._in_name(row.title) if named else (),
            self._in_name(row.headings[-1])
            if named and row.headings and not candidate.whole_note
            else (),
        )

    def _in_name(self, name: str) -> tuple[tuple[int, int], ...]:
        """Where the query's words stand in a title or a heading; many sections share theirs."""
        known = self._in_names.get(name)
        if known is None:
            known = joined((m.start, m.end) for found in self._finder(nfc(name)) for m in found)
            self._in_names[name] = known
        return known

    def _snippet(
        self, candidate: Candidate, parts: list[Span], words: list[list[Match]]
    ) -> Snippet:
        """A stretch of a candidate's text; where that is empty (a title above the first heading),
        of what follows it; where only the note's names match, of what it says of itself. words: the
        matches of each word in its body."""
        if parts:
            text = "\n".join(part.of(candidate.body) for part in parts[:PARTS])
            return cut_snippet(text, self._finder(text), self._finder)
        text, terms = candidate.body, self.terms
        if len(words) > 1 and any(len(matches) >= MATCHES for matches in words):
            # So many were enough to rank by; where the words stand together may be further on.
            words = all_found_in(self.question, terms, text, EVERY)
        if len(candidate.bodies) > 1 or not text.strip():
            text = APART.join(body for body in candidate.bodies if body.strip())
            if not text and not candidate.whole_note:
                text = self._what_follows(candidate.first)
            text = text or candidate.title
            words = self._finder(text)
        elif self.cased:
            words = [self._as_cased(*pair, text) for pair in zip(terms, words, strict=True)]
        if not any(words) and candidate.is_head:
            text = self._summary(candidate.first.note_id) or text
            words = self._finder(text)
        return cut_snippet(text, words, self._finder)

    def _what_follows(self, empty: SectionRow) -> str:
        """The text of the first section behind one that has none."""
        for section in self.catalog.sections_behind(empty.section_id):
            for row in rows_of_sections(self.catalog, [section]).values():
                if row.text.strip():
                    return lines_of(nfc(row.text))
        return ""

    def _summary(self, note: int) -> str:
        """What a note says of itself in a property; "" where it does not."""
        said = self.catalog.properties(note)
        known = {key.casefold(): text for key, text in said.items() if isinstance(text, str)}
        return nfc(
            next((known[key].strip() for key in SUMMARIES if known.get(key, "").strip()), "")
        )

    def _finder(self, text: str) -> list[list[Match]]:
        found = all_found_in(self.question, self.terms, text)
        if not self.cased:
            return found
        return [self._as_cased(*pair, text) for pair in zip(self.terms, found, strict=True)]

    def _as_cased(self, term: Leaf, matches: list[Match], text: str) -> list[Match]:
        """The matches that are written as was asked for."""
        if term not in self.cased or isinstance(term, Pattern):
            return matches
        return [match for match in matches if term.text in text[match.start : match.end]]

    def _match_line(self, candidate: Candidate, parts: list[Span], looks: list[Seen]) -> int:
        """The line of the first match: in the heading, else in the text below it."""
        row = candidate.first
        if parts:
            starts = [match.start for look in looks for match in look.body]
            inside = [at for at in starts if any(p.start <= at < p.end for p in parts)]
            starts = inside or [parts[0].start]
        else:
            if row.headings and any(look.front for look in looks):
                own = next(n for n, one in enumerate(candidate.places) if one.signal == "heading")
                if any(number == own for look in looks for number, _ in look.front):
                    return row.line
            starts = [look.body[0].start for look in looks if look.body]
        if not starts or min(starts) > len(candidate.bodies[0]):
            return row.line
        return row.line + candidate.body.count("\n", 0, min(starts)) + (1 if row.headings else 0)


def _is_letter(term: Leaf) -> bool:
    return isinstance(term, Word) and len(term.text) == 1 and term.text.isascii()


def _small(node: Node, *, case: bool) -> Iterator[Within | Case]:
    """The parts of a query that ask of a line, a block or a task, their case with them."""
    if isinstance(node, Within) and node.scope in SMALL:
        yield Case(True, node) if case else node
    elif not isinstance(node, Not):
        case = node.sensitive if isinstance(node, Case) else case
        for part in children(node):
            yield from _small(part, case=case)


def _cased(node: Node) -> Iterator[Leaf]:
    """The words for which case counts wherever they are asked for."""
    if isinstance(node, Case) and node.sensitive:
        yield from leaves(node.part)
    elif not isinstance(node, Not):
        for part in children(node):
            yield from _cased(part)
