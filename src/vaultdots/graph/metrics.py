"""What the shape of the vault says: notes that hold parts together, parts that should meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt
from typing import TYPE_CHECKING

from vaultdots.graph.communities import parts_of
from vaultdots.graph.mentions import Mentions
from vaultdots.graph.paths import Ties
from vaultdots.text.telling import is_telling
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from networkx import Graph

_FEWEST_IN_PART = 3
"""A community of two notes is a pair of notes, no part of a vault."""
_SHARED_WORDS = 3
"""Two parts that share fewer rare words share nothing."""
_MOST_WORDS = 6
_MOST_PARTS = 100
"""Parts that may share a word by which pairs are found: the cost grows with the vault."""
_RARE_WORD = 0.3
"""Rarity under which a word belongs to the whole vault."""


class Bridge(NamedTuple):
    """A note that disconnects parts of the vault when it is taken away. loose: how many notes, in
    how many parts.

    examples: the most linked note of each loose part.
    """

    path: str
    loose: int
    parts: int
    examples: tuple[str, ...]


class Gap(NamedTuple):
    """Two parts of the vault that share words and have no link between them.

    one, other: their notes, the most linked first. words: shared and rare.
    """

    one: tuple[str, ...]
    other: tuple[str, ...]
    words: tuple[str, ...]
    score: float


def neighbours(notes: Iterable[str], links: Ties) -> dict[str, set[str]]:
    """Note → the notes that it is linked with, either way; placeholders are no notes."""
    found: dict[str, set[str]] = {note: set() for note in notes}
    for source, targets in links.forward.items():
        for target in targets:
            if source in found and target in found:
                found[source].add(target)
                found[target].add(source)
    return found


def bridges(graph: Mapping[str, set[str]]) -> list[Bridge]:
    """The notes whose absence cuts others off, those that hold the most first."""
    import networkx

    whole = _networkx(graph)
    cuts = set(networkx.articulation_points(whole))
    if not cuts:
        return []
    # The block-cut tree: what hangs on a cut note is what its blocks hold away from it.
    tree = networkx.Graph()
    blocks = [frozenset(block) for block in networkx.biconnected_components(whole)]
    for number, block in enumerate(blocks):
        tree.add_edges_from((note, number) for note in block & cuts)
    found = []
    for part in networkx.connected_components(tree):
        held, total = _held(tree, part, blocks, cuts)
        for note in part & cuts:
            groups = []
            for number in tree[note]:
                count = held[number] if held[number] < held[note] else total - held[note]
                groups.append((count, min(blocks[number] - {note})))
            # The largest part is the vault; the others are disconnected from it.
            loose = sorted(groups, key=lambda group: (-group[0], group[1]))[1:]
            examples = [_most_linked(graph, start, note) for _, start in loose[:3]]
            found.append(
                Bridge(note, sum(count for count, _ in loose), len(loose), tuple(examples))
            )
    return sorted(found, key=lambda bridge: (-bridge.loose, bridge.path))


def _held(
    tree: Graph, part: set[str | int], blocks: Sequence[frozenset[str]], cuts: set[str]
) -> tuple[dict[str | int, int], int]:
    """(notes at and below each node of a part of the block-cut tree, notes of the whole part)."""
    import networkx

    root = next(iter(sorted(part & cuts)))
    held: dict[str | int, int] = {}
    for node in networkx.dfs_postorder_nodes(tree, root):
        own = 1 if isinstance(node, str) else len(blocks[node] - cuts)
        held[node] = own + sum(held.get(other, 0) for other in tree[node])
    return held, held[root]


def _networkx(graph: Mapping[str, set[str]]) -> Graph:
    import networkx

    whole = networkx.Graph()
    whole.add_nodes_from(graph)
    whole.add_edges_from((one, other) for one, others in graph.items() for other in others)
    return whole


def _most_linked(graph: Mapping[str, set[str]], start: str, without: str) -> str:
    """The most linked note of what hangs together with `start` once `without` is gone."""
    seen = {start, without}
    waiting = [start]
    best = start
    while waiting and len(seen) < 1000:
        note = waiting.pop()
        if (len(graph[note]), best) > (len(graph[best]), note):
            best = note
        fresh = graph[note] - seen
        seen |= fresh
        waiting += fresh
    return best


def communities(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """The parts of the vault that are linked among themselves, the largest first."""
    pairs = sorted((note, other) for note in graph for other in graph[note] if note < other)
    parts = parts_of(pairs)
    ordered = [
        sorted(part, key=lambda note: (-len(graph[note]), note))
        for part in parts
        if len(part) >= _FEWEST_IN_PART
    ]
    return sorted(ordered, key=lambda part: (-len(part), part[0]))


def gaps(graph: Mapping[str, set[str]], mentions: Mentions) -> list[Gap]:
    """Pairs of parts that share rare words and have no link, the likeliest first."""
    parts = communities(graph)
    ids = {path: note_id for note_id, path in mentions.paths.items()}
    profiles = [_profile([ids[path] for path in part if path in ids], mentions) for part in parts]
    part_of = {note: number for number, part in enumerate(parts) for note in part}
    linked = [{part_of.get(other) for note in part for other in graph[note]} for part in parts]
    lengths = [_length(profile) for profile in profiles]
    found = []
    for i, j in _sharing(profiles):
        if j in linked[i]:
            continue
        shared = profiles[i].keys() & profiles[j].keys()
        worth = {word: profiles[i][word] * profiles[j][word] for word in shared}
        score = sum(worth.values()) / (lengths[i] * lengths[j])
        words = sorted(worth, key=lambda word: (-worth[word], word))[:_MOST_WORDS]
        found.append(Gap(tuple(parts[i]), tuple(parts[j]), tuple(words), round(score, 3)))
    return sorted(found, key=lambda gap: (-gap.score, gap.one, gap.other))


def _sharing(profiles: Sequence[Mapping[str, float]]) -> Iterator[tuple[int, int]]:
    """The pairs of parts that share enough words, told by the words of few parts: a word that
    stands in most of a hundred parts tells no two of them apart."""
    having: dict[str, list[int]] = {}
    for number, profile in enumerate(profiles):
        for word in profile:
            having.setdefault(word, []).append(number)
    for number, profile in enumerate(profiles):
        counts: Counter[int] = Counter()
        for word in profile:
            if len(having[word]) <= _MOST_PARTS:
                counts.update(having[word])
        for other, shared in counts.items():
            if other > number and shared >= _SHARED_WORDS:
                yield number, other


def _profile(notes: Sequence[int], mentions: Mentions) -> dict[str, float]:
    """Word or name → how much it says of a part: how many of its notes have it, times rarity."""
    counts: Counter[str] = Counter()
    for note_id in notes:
        words = {card.word for card in mentions.rows.cards_of([note_id]) if card.field != "folder"}
        words |= {key for key in mentions.rows.keys_in(note_id) if not mentions.is_common(key)}
        counts.update(words)
    return {
        word: rarity * count / len(notes)
        for word, count in counts.items()
        if is_telling(word) and (rarity := mentions.word_or_name_rarity(word)) > _RARE_WORD
    }


def _length(profile: Mapping[str, float]) -> float:
    return sqrt(sum(value * value for value in profile.values())) or 1.0
