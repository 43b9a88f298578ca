"""What a query asks of the index: a superset of what it finds, or nothing that would help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from vaultdots.search.engine import COLUMNS, AllOf, AnyOf, IndexQuery, TokenPhrase
from vaultdots.search.match import asks_for_initials, is_version, spellings
from vaultdots.search.query import And, Case, Node, Or, Phrase, Within, Word
from vaultdots.search.tokens import is_dense, phrase_tokens, tokens
from vaultdots.text.folding import folded
from vaultdots.text.hangul import has_final, is_syllable, syllables_of
from vaultdots.text.late import late
from vaultdots.text.stem import shorter_stems

_LETTERS_AT_END = late(r"[a-z]+\Z")
PHRASE_LIMIT = 24
"""Tokens of one phrase that the index is asked for; the check reads the rest."""

PIECES = 12
"""Pieces of one phrase that the index is asked for."""

_TEXT = ("heading", "body")
SCOPE_COLUMNS: dict[str, tuple[str, ...]] = {
    "title": ("name", "context", "initials"),
    "heading": ("heading", "initials"),
    "task": ("body",),
    "task-todo": ("body",),
    "task-done": ("body",),
    **dict.fromkeys(("content", "line", "block", "section"), _TEXT),
}
"""Where the index holds what a scope is about; `file:`, `path:` and `tag:` are no text."""


def phrase_of(
    text: str, *, prefix: bool = False, columns: tuple[str, ...] = COLUMNS
) -> TokenPhrase | None:
    """The tokens of a word or phrase; None where it holds none."""
    found, truncated = phrase_tokens(" ".join(text.split()), prefix=prefix)
    if not found:
        return None
    if len(found) > PHRASE_LIMIT:
        return TokenPhrase(found[:PHRASE_LIMIT], False, columns)
    return TokenPhrase(found, truncated, columns)


def plan(
    node: Node, prefix: Word | None = None, columns: tuple[str, ...] = COLUMNS
) -> IndexQuery | None:
    """The index query for a tree; None where the index cannot narrow it down.

    prefix: the word that is still being typed. columns: where the tree's words may stand.
    """
    if isinstance(node, Word):
        return plan_word(node, is_prefix=node == prefix, columns=columns)
    if isinstance(node, Phrase):
        return plan_phrase(node, columns=columns)
    if isinstance(node, And):
        parts = tuple(found for part in node.parts if (found := plan(part, prefix, columns)))
        return AllOf(parts) if len(parts) > 1 else parts[0] if parts else None
    if isinstance(node, Or):
        choices = [plan(part, prefix, columns) for part in node.parts]
        known = tuple(choice for choice in choices if choice)
        return AnyOf(known) if len(known) == len(choices) else None
    if isinstance(node, Case):
        return plan(node.part, prefix, columns)
    if isinstance(node, Within) and node.scope in SCOPE_COLUMNS:
        return plan(node.part, prefix, SCOPE_COLUMNS[node.scope])
    return None


def as_typed(tree: Node) -> Node:
    """A query of words with those as they were typed whose stem is one syllable: 책을 may be 책,
    and then the index finds 책상 and 책임 too, many more than say so."""
    if isinstance(tree, And):
        return And(tuple(map(as_typed, tree.parts)))
    if isinstance(tree, Word) and any(strict for _, strict in spellings(tree.text)):
        return Phrase(tree.text, tree.at)
    return tree


def _stemmed(begun: TokenPhrase, text: str) -> Iterator[TokenPhrase]:
    """What an English word that is still being typed may be stored as, where that is shorter."""
    last, typed = begun.tokens[-1], _LETTERS_AT_END.search(folded(text))
    if begun.prefix and typed and typed[0].startswith(last):
        for stem in shorter_stems(typed[0]):
            if not stem.startswith(last):
                yield TokenPhrase((*begun.tokens[:-1], stem), False, begun.columns)


def plan_phrase(phrase: Phrase, *, columns: tuple[str, ...] = COLUMNS) -> IndexQuery | None:
    """A phrase, as its neighbouring pieces; between two, a run goes on across the space or is
    broken by emphasis: 동기 비동기 is 동기 기비 비동 or **동기** 비동기 is 동기 기 비동."""
    pieces: list[str] = []
    for word in phrase.text.split():
        if pieces and not (is_dense(pieces[-1][-1]) and is_dense(word[0])):
            pieces[-1] += " " + word
        else:
            pieces.append(word)
    pieces = pieces[:PIECES]
    found: Iterable[IndexQuery | None] = (phrase_of(piece, columns=columns) for piece in pieces)
    if len(pieces) > 1:
        found = (_side_by_side(*pair, columns) for pair in pairwise(pieces))
    parts = tuple(dict.fromkeys(part for part in found if part))
    return AllOf(parts) if len(parts) > 1 else parts[0] if parts else None


def _side_by_side(first: str, second: str, columns: tuple[str, ...]) -> IndexQuery | None:
    """Two pieces as one run, or as two."""
    joined = phrase_of(f"{first} {second}", columns=columns)
    after, truncated = phrase_tokens(second)
    apart = (*tokens(first), *after)
    if joined is None or len(apart) > PHRASE_LIMIT:
        return joined and phrase_of(first, columns=columns)
    return AnyOf((joined, TokenPhrase(apart, truncated, columns)))


def plan_word(
    word: Word, *, is_prefix: bool = False, columns: tuple[str, ...] = COLUMNS
) -> IndexQuery | None:
    """Any spelling of a word; 고 still being typed is 고, 곡, 곤…"""
    if asks_for_initials(word.text):
        return phrase_of(word.text, columns=columns)
    if is_prefix and len(word.text) == 1 and is_syllable(word.text) and not has_final(word.text):
        first, last = map(ord, syllables_of(word.text))
        syllables = map(chr, range(first, last + 1))
        return AnyOf(tuple(TokenPhrase((one,), True, columns) for one in syllables))
    texts = [text for text, _ in spellings(word.text, prefix=is_prefix)]
    if not is_prefix and not is_version(word.text):
        # Whatever holds the word holds its stem: to ask for both would cost and add nothing.
        return phrase_of(texts[-1], columns=columns)
    phrases = [phrase_of(text, prefix=is_prefix, columns=columns) for text in texts]
    known = tuple(dict.fromkeys(phrase for phrase in phrases if phrase))
    if is_prefix:
        known += tuple(_stemmed(known[0], word.text)) if known else ()
    if not known:
        return None
    return AnyOf(known) if len(known) > 1 else known[0]
