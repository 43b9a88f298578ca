"""Does a section, or a whole note, answer a query? The check of the text, after the index has
proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from vaultdots.search.candidate import Candidate, Leaf, Question, Task, seen
from vaultdots.search.match import asks_for_initials, find_initials, holds
from vaultdots.search.query import (
    And,
    Case,
    Fact,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Property,
    Within,
    Word,
)
from vaultdots.search.term_pattern import exact_phrase
from vaultdots.text.folding import folded
from vaultdots.text.late import late
from vaultdots.text.names import nfc
from vaultdots.text.spans import Span

_LINE = late(r"[^\r\n]+")
_BLOCK_ENDS = late(r"(?:\r\n|[\r\n])[ \t]*(?=[\r\n]|(?:[-*+]|\d{1,9}[.)])[ \t])")
_FENCE = late(r"(?m)^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.DOTALL)
LEAVES = (Word, Phrase, Pattern)


class Names(tuple[str, ...]):
    """Texts that something is called by: initial consonants find them."""

    __slots__ = ()


def answers(question: Question, candidate: Candidate) -> bool:
    """Whether a candidate answers a query, and not by its context alone."""
    if not _holds(question, question.tree, candidate, None, False):
        return False
    if not question.terms or candidate.whole_note:
        return True
    return any(_is_own(question, leaf, candidate) for leaf in question.terms)


def _is_own(question: Question, leaf: Leaf, candidate: Candidate) -> bool:
    """Whether a leaf stands in what is a candidate's own: its names, headings, tags and body."""
    if isinstance(leaf, Pattern):
        return _in_texts(question, leaf, candidate.texts(own=True), False)
    front, body = seen(question, candidate, leaf)
    if body or not front:
        return bool(body)
    return any(candidate.places[number].signal != "context" for number, _ in front)


def _holds(
    question: Question, node: Node, candidate: Candidate, texts: Sequence[str] | None, case: bool
) -> bool:
    """Whether a node holds. texts: those of the place asked of, None for the whole candidate."""
    if isinstance(node, LEAVES):
        if texts is None and not case and not isinstance(node, Pattern):
            look = seen(question, candidate, node)
            return bool(look.body or look.front)
        return _in_texts(question, node, candidate.texts() if texts is None else texts, case)
    if isinstance(node, And):
        return all(_holds(question, part, candidate, texts, case) for part in node.parts)
    if isinstance(node, Or):
        return any(_holds(question, part, candidate, texts, case) for part in node.parts)
    if isinstance(node, Not):
        return not _holds(question, node.part, candidate, texts, case)
    if isinstance(node, Case):
        return _holds(question, node.part, candidate, texts, node.sensitive)
    if isinstance(node, Fact | Property) or node.scope in ("file", "path", "tag"):
        return candidate.first.note_id in question.facts[node]
    return any(
        _holds(question, node.part, candidate, place, case)
        for place in _places(question, node, candidate)
    )


def _in_texts(question: Question, leaf: Leaf, texts: Iterable[str], case: bool) -> bool:
    """Whether a leaf stands in one of these texts as written."""
    if isinstance(leaf, Pattern):
        pattern = question.patterns[leaf]
        return any(pattern.search(text, case) for text in texts)
    if case:
        exact = exact_phrase(leaf.text, case=True)
        return any(exact.search(text) for text in texts)
    if isinstance(leaf, Phrase):
        phrase = exact_phrase(leaf.text)
        return any(phrase.search(folded(text)) for text in texts)
    if any(holds(folded(text), leaf.text, prefix=leaf == question.prefix) for text in texts):
        return True
    return (
        isinstance(texts, Names)
        and asks_for_initials(leaf.text)
        and any(find_initials(folded(text), leaf.text) for text in texts)
    )


def _places(question: Question, node: Within, candidate: Candidate) -> Iterable[tuple[str, ...]]:
    """The texts of each place that a scope means; one match must fit into one of them."""
    if node.scope == "title":
        return [Names((candidate.title,))]
    if node.scope == "heading":
        return [Names((heading,)) for heading in candidate.called("heading")]
    if node.scope == "content":
        return [(*candidate.called("heading"), *candidate.bodies)]
    if node.scope in ("task", "task-todo", "task-done"):
        return _tasks(candidate, node.scope, question.tasks(candidate.first.note_id))
    return _pieces(candidate, node.scope)


def _pieces(candidate: Candidate, scope: str) -> Iterator[tuple[str, ...]]:
    """The texts of each line, block or section."""
    for row, text in zip(candidate.rows, candidate.bodies, strict=True):
        heading = nfc(row.headings[-1]) if row.headings else ""
        if scope == "section":
            yield heading, text
            continue
        yield (heading,)
        yield from _parts(text, scope)


def _parts(text: str, scope: str) -> Iterator[tuple[str, ...]]:
    """Each line or block of a text."""
    found = (line[0] for line in _LINE.finditer(text)) if scope == "line" else blocks(text)
    return ((part,) for part in found)


def where(question: Question, asked: Iterable[Within | Case], candidate: Candidate) -> list[Span]:
    """The lines, blocks and tasks of a candidate's body that answer one of these, in order."""
    found: set[Span] = set()
    for one in asked:
        case, node = (one.sensitive, one.part) if isinstance(one, Case) else (False, one)
        assert isinstance(node, Within)
        at = 0
        is_task = node.scope.startswith("task")
        places = (
            _places(question, node, candidate) if is_task else _parts(candidate.body, node.scope)
        )
        for place in places:
            stretch = _stretch(candidate.body, at, place[-1], is_task=is_task)
            if stretch is None:
                continue
            at = stretch.end
            if _holds(question, node.part, candidate, place, case):
                found.add(stretch)
    return sorted(found)


def _stretch(body: str, at: int, text: str, *, is_task: bool) -> Span | None:
    """Where the next place stands whose text is known; a task behind its box, maybe over several
    lines."""
    if not is_task:
        start = body.find(text, at) if text else -1
        return Span(start, start + len(text)) if start >= 0 else None
    words = r"\s+".join(map(re.escape, text.split()))
    match = re.compile(rf"\[[^\]]\][ \t]+({words})").search(body, at)
    return Span(*match.span(1)) if match else None


def _tasks(candidate: Candidate, scope: str, known: Iterable[Task]) -> Iterator[tuple[str, ...]]:
    """The text of each task that stands here; known: those of the note."""
    ids = {row.section_id for row in candidate.rows}
    for section, status, text in known:
        # As in Obsidian, whatever stands between the brackets ticks a task.
        if section in ids and (scope == "task" or (status == " ") == (scope == "task-todo")):
            yield (nfc(text),)


def blocks(text: str) -> list[str]:
    """Paragraphs and list items; a fence is one block."""
    found: list[str] = []
    place = 0
    for fence in _FENCE.finditer(text):
        found += _BLOCK_ENDS.split(text[place : fence.start()])
        found.append(fence[0])
        place = fence.end()
    found += _BLOCK_ENDS.split(text[place:])
    return [block for block in found if block.strip()]
