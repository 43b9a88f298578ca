"""A year as cards that one shows: one idea, one number, one quotation with its line each.

Nothing is claimed that the vault does not hold: a card without evidence is left out, and a goal of
which nobody knows what became of it is not counted as anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vaultdots.page.html import Lang, document, style_of
from vaultdots.page.payload import home_rows, script_json, text

if TYPE_CHECKING:
    from vaultdots.vault import Arc, Concept, Digest, GraphData, Vault

Card = dict[str, Any]

MOST_ROWS = 8
"""Rows of a card: more are too small to read on a telephone; the rest is a number."""
MOST_DOTS = 900
LONG_QUOTE = 90
"""Code points that a card can quote."""
QUIET = 2
"""Years without a word of a concept after which it has come back."""
_KNOWN = ("kept", "partly", "carried", "dropped")


def wrapped_page(
    vault: Vault, year: int, *, title: str = "", masked: bool = False, lang: Lang | None = None
) -> str:
    """The cards of a year as one HTML text. Raises UsageError where nothing is dated `year`."""
    digest = vault.years.review(year)
    hide = _mask if masked else text
    cards = vault.kept(f"wrapped {year} {masked}", [], lambda: cards_of(vault, digest, hide))
    name = title or ("●●●" if masked else vault.root.name)
    page = {"title": text(name), "year": year, "lang": lang, "cards": cards}
    return document(
        "wrapped.html.j2",
        "wrapped/main.js",
        style_of("wrapped.css"),
        title=f"{name} · {year}",
        lang=lang,
        payload=script_json(page),
        cards=[_plain(card) for card in cards],
    )


def cards_of(vault: Vault, digest: Digest, hide: Callable[[str], str]) -> list[Card]:
    """The cards that the year has evidence for, in order. hide: what stands for a text."""
    data = vault.map.data()
    titles = vault.notes.titles()
    arcs = vault.links.arcs(to_year=digest.year)
    found = [
        _cover(vault, data, digest, hide),
        _kept(digest, hide),
        _books(digest, hide),
        _made(digest, hide),
        _learned(digest, hide),
        _longest(arcs, titles, hide),
        _words(vault.years.concepts(), digest.year, hide),
        _let_go(digest, hide),
        _next(digest, hide),
    ]
    return [card for card in found if card is not None]


def _cover(vault: Vault, data: GraphData, digest: Digest, hide: Callable[[str], str]) -> Card:
    """The year's constellation: its notes where the map has them, and the links among them."""
    places = vault.map.layout(data)
    homes = home_rows(data)
    nodes = data.nodes
    row = {node.id: i for i, node in enumerate(nodes)}
    year = {i for i, node in enumerate(nodes) if node.year == digest.year and homes[i] == i}
    links = {
        (min(a, b), max(a, b))
        for edge in data.edges
        for a, b in [(homes[row[edge.source]], homes[row[edge.target]])]
        if a != b and (a in year or b in year) and edge.kind in ("link", "embed", "next")
    }
    degree = Counter(end for link in links for end in link)
    near = sorted(year | set(degree), key=lambda i: (i not in year, -degree[i], i))[:MOST_DOTS]
    at = {i: k for k, i in enumerate(near)}
    return {
        "kind": "cover",
        "notes": len(year),
        "title": hide(digest.title) if digest.title else "",
        "quote": _quote(digest.summary, digest.review, None, hide),
        "dots": [[*places[nodes[i].id], nodes[i].kind, degree[i], int(i in year)] for i in near],
        "links": [[at[a], at[b]] for a, b in sorted(links) if a in at and b in at],
    }


def _kept(digest: Digest, hide: Callable[[str], str]) -> Card | None:
    """What was said in the December before, and what became of it."""
    known = [goal for goal in digest.goals if goal.status in _KNOWN]
    if not known:
        return None
    order = sorted(known, key=lambda goal: _KNOWN.index(goal.status))
    kept = [goal for goal in known if goal.status == "kept"]
    # What says more than the goal said itself is worth a quotation.
    said = [p for goal in kept for p in goal.evidence if goal.text not in p.text]
    proof = max(said, key=lambda p: min(len(p.text), LONG_QUOTE), default=None)
    return {
        "kind": "kept",
        "kept": len(kept),
        "all": len(known),
        "silent": len(digest.goals) - len(known),
        "rows": [[goal.status, hide(goal.text)] for goal in order[:MOST_ROWS]],
        "more": max(0, len(order) - MOST_ROWS),
        "quote": _quote(proof.text, proof.path, proof.line, hide) if proof else None,
    }


def _books(digest: Digest, hide: Callable[[str], str]) -> Card | None:
    if not digest.books:
        return None
    said = max(digest.books, key=lambda book: len(book.comment or ""))
    return {
        "kind": "books",
        "count": len(digest.books),
        "again": sum(book.reread for book in digest.books),
        "rows": [
            [hide(book.title), hide(book.author or ""), (book.finished or "")[5:7], book.reread]
            for book in digest.books[:MOST_ROWS]
        ],
        "more": max(0, len(digest.books) - MOST_ROWS),
        "quote": _quote(said.comment, said.path, said.line, hide) if said.comment else None,
    }


def _made(digest: Digest, hide: Callable[[str], str]) -> Card | None:
    if not digest.projects:
        return None
    return {
        "kind": "made",
        "count": len(digest.projects),
        "rows": [[hide(p.title), (p.date or "")[5:7]] for p in digest.projects[:MOST_ROWS]],
        "more": max(0, len(digest.projects) - MOST_ROWS),
    }


def _learned(digest: Digest, hide: Callable[[str], str]) -> Card | None:
    """Studies by the month in which they were written."""
    if not digest.studies:
        return None
    months: dict[int, list[str]] = {}
    for note in digest.studies:
        month = (note.date or "")[5:7]
        if month.isdigit():
            months.setdefault(int(month), []).append(hide(note.title))
    if not months:
        return None
    return {
        "kind": "learned",
        "count": len(digest.studies),
        "months": [[month, *titles] for month, titles in sorted(months.items())],
    }


def _longest(
    arcs: Sequence[Arc], titles: Mapping[str, str], hide: Callable[[str], str]
) -> Card | None:
    """The link of this year that reaches the furthest back."""
    if not arcs:
        return None
    arc = max(arcs, key=lambda one: (one.years, one.source))
    return {
        "kind": "longest",
        "years": arc.years,
        "from": int(arc.from_[:4]),
        "to": int(arc.to[:4]),
        "old": hide(titles.get(arc.target, arc.target)),
        "new": hide(titles.get(arc.source, arc.source)),
        "count": len(arcs),
        "quote": _quote(arc.text, arc.source, arc.line, hide),
    }


def _words(concepts: Sequence[Concept], year: int, hide: Callable[[str], str]) -> Card | None:
    """Names that are spoken of for the first time, and those that came back after years."""
    fresh = [c for c in concepts if c.first == year]
    back = []
    for concept in concepts:
        before = [y for y in concept.years if y < year]
        if year in concept.years and before and year - max(before) > QUIET:
            back.append((concept, max(before)))
    if not fresh and not back:
        return None
    place = next((p for c, _ in back for p in c.places if p.year == year), None)
    return {
        "kind": "words",
        "fresh": [hide(c.name) for c in fresh[:MOST_ROWS]],
        "back": [[hide(c.name), since] for c, since in back[:MOST_ROWS]],
        "quote": _quote(place.text, place.path, place.line, hide) if place else None,
    }


def _let_go(digest: Digest, hide: Callable[[str], str]) -> Card | None:
    gone = [goal for goal in digest.goals if goal.status == "dropped"]
    if not gone:
        return None
    proof = next((p for goal in gone for p in goal.evidence), None)
    return {
        "kind": "let-go",
        "count": len(gone),
        "rows": [[hide(goal.text)] for goal in gone[:MOST_ROWS]],
        "quote": _quote(proof.text, proof.path, proof.line, hide) if proof else None,
    }


def _next(digest: Digest, hide: Callable[[str], str]) -> Card | None:
    if not digest.next_goals:
        return None
    return {
        "kind": "next",
        "count": len(digest.next_goals),
        "year": digest.year + 1,
        "rows": [[hide(goal.text)] for goal in digest.next_goals[:MOST_ROWS]],
        "more": max(0, len(digest.next_goals) - MOST_ROWS),
    }


def _quote(
    said: str | None, path: str | None, line: int | None, hide: Callable[[str], str]
) -> list[Any] | None:
    """[words, note, line]: a quotation says where it stands."""
    if not said:
        return None
    name = (path or "").rpartition("/")[2].removesuffix(".md")
    return [hide(said), hide(name), line]


def _mask(said: str) -> str:
    """Names and sentences as dots of equal width: the shape of the year, none of its words."""
    return " ".join("●●●" for _ in said.split()[:6])


def _plain(card: Card) -> list[str]:
    """A card's words for where scripts are off, and for who listens."""
    lines = []
    for row in card.get("rows", ()):
        lines.append(" ".join(str(part) for part in row if isinstance(part, str)))
    if card.get("quote"):
        lines.append(card["quote"][0])
    return lines
