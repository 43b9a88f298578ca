"""How two notes hang together: the shortest chains of links between them, either way."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from itertools import pairwise
from typing import Literal

from vaultdots.graph.link_graph import LinkGraph
from vaultdots.graph.links import gives_backlink
from vaultdots.graph.mentions import Mentions
from vaultdots.store.catalog import Catalog
from vaultdots.text.tuples import NamedTuple

StepKind = Literal["links to", "is linked from", "names", "is named in"]
MOST_CHAINS = 5
"""More equally short chains tell nobody more."""


class Step(NamedTuple):
    """One hop. line: where the link or name stands, in `source` or (backwards) in `target`."""

    source: str
    how: StepKind
    target: str
    line: int
    text: str


class Ties(NamedTuple):
    """Who is tied to whom. forward: source → {target: (line, words)}."""

    forward: Mapping[str, Mapping[str, tuple[int, str]]]
    backward: Mapping[str, Mapping[str, tuple[int, str]]]


def link_ties(catalog: Catalog) -> Ties:
    """Every note's links; a name without a note is a dot on the way too (`?name`)."""
    forward: dict[str, dict[str, tuple[int, str]]] = {}
    for row, found in LinkGraph.read(catalog).links:
        if not gives_backlink(row):
            continue
        target = found.target if found.target is not None else f"?{row.target}"
        if target != row.source:
            forward.setdefault(row.source, {}).setdefault(target, (row.line, row.raw))
    return _both_ways(forward)


def name_ties(mentions: Mentions) -> Ties:
    """Every note's unlinked mentions."""
    forward: dict[str, dict[str, tuple[int, str]]] = {}
    for mention in mentions.all():
        forward.setdefault(mention.source, {}).setdefault(
            mention.target, (mention.line, mention.text)
        )
    return _both_ways(forward)


def _both_ways(forward: dict[str, dict[str, tuple[int, str]]]) -> Ties:
    backward: dict[str, dict[str, tuple[int, str]]] = {}
    for source, targets in forward.items():
        for target, place in targets.items():
            backward.setdefault(target, {}).setdefault(source, place)
    return Ties(forward, backward)


def chains(
    start: str, end: str, links: Ties, names: Ties | None = None, most: int = MOST_CHAINS
) -> list[list[Step]]:
    """The shortest chains from one note to another, in the order of their paths; [] for none.

    names: ties that are used as links are, where a chain of links alone is not there.
    """
    if start == end:
        return []
    ties = [links] if names is None else [links, names]
    # From the end backwards, so that the chains can be told from the start on in their order.
    distance = {end: 0}
    after: dict[str, list[str]] = {}
    queue = deque([end])
    while queue:
        here = queue.popleft()
        if start in distance and distance[here] >= distance[start]:
            break
        for other in _neighbours(here, ties):
            if other not in distance:
                distance[other] = distance[here] + 1
                queue.append(other)
            if distance[other] == distance[here] + 1:
                after.setdefault(other, []).append(here)
    if start not in distance:
        return []
    found: list[list[str]] = []
    stack = [[start]]
    while stack and len(found) < most:
        chain = stack.pop()
        if chain[-1] == end:
            found.append(chain)
            continue
        stack += [[*chain, other] for other in sorted(after[chain[-1]], reverse=True)]
    return [[_step(one, other, links, names) for one, other in pairwise(chain)] for chain in found]


def _neighbours(here: str, ties: list[Ties]) -> list[str]:
    found: set[str] = set()
    for tie in ties:
        found |= set(tie.forward.get(here, ())) | set(tie.backward.get(here, ()))
    return sorted(found)


def _step(one: str, other: str, links: Ties, names: Ties | None) -> Step:
    kinds: list[tuple[Ties, StepKind, StepKind]] = [(links, "links to", "is linked from")]
    if names is not None:
        kinds.append((names, "names", "is named in"))
    for ties, out, back in kinds:
        if other in ties.forward.get(one, {}):
            return Step(one, out, other, *ties.forward[one][other])
        if other in ties.backward.get(one, {}):
            return Step(one, back, other, *ties.backward[one][other])
    raise AssertionError("a chain holds only tied notes")
