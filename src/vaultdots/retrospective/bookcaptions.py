"""Which lists are lists of books: what their heading, a line above or an item over them says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from vaultdots.note.prose import Item, Prose, Sentence
from vaultdots.retrospective.modals import strength_of
from vaultdots.retrospective.sections import Stretch
from vaultdots.retrospective.words import any_of
from vaultdots.text.spans import Lines

_LEAD_LINES = 3
"""A line that announces a list stands at most so many lines above it."""
_LABEL = 40
"""Characters of an item that announces what stands under it."""
UNCHECKED = frozenset(" ☐⬜❌✖")


def is_ahead(stretch: Stretch) -> bool:
    """Whether a stretch speaks of goals, which are not read yet."""
    return stretch.goals or stretch.kind in {"goals-how", "goals-someday", "goal-check"}


def lists_of_books(
    stretch: Stretch, prose: Prose, about_books: bool, lines: Lines
) -> list[list[Item]]:
    """The lists of a stretch that name books: under a heading or an item that announces them, or
    after a line that does. about_books: the heading announces them.
    """
    if stretch.goals:
        return []
    announced = _announced(stretch, prose, about_books, lines)
    listed: dict[tuple[str, int], list[Item]] = {}
    labels: set[int] = set()
    says: dict[int, bool] = {}
    for number, item in enumerate(prose.items):
        if item.parent is None:
            part = announced.get(number, -1)
            says[number] = part >= 0
            key = ("part", part)
        else:
            says[number] = _label(prose.items[item.parent], says[item.parent])
            key = ("under", item.parent)
            if says[number]:
                labels.add(item.parent)
        if says[number]:
            listed.setdefault(key, []).append(item)
    names = [prose.items[number] for number in labels]
    return [[item for item in items if item not in names] for items in listed.values()]


def _announced(stretch: Stretch, prose: Prose, about_books: bool, lines: Lines) -> dict[int, int]:
    """The outermost items whose heading or line above announces books: number → of which list."""
    leads = [sentence for sentence in prose.sentences if sentence.item is None]
    reads = any_of("books", "lead").search(stretch.heading) is not None
    if any(any_of("books", "none_read").search(lead.text) for lead in leads):
        about_books = False
    announced = about_books
    found: dict[int, int] = {}
    next_lead = part = 0
    first = True
    for number, item in enumerate(prose.items if not is_ahead(stretch) else ()):
        if item.parent is not None:
            continue
        lead: Sentence | None = None
        while next_lead < len(leads) and leads[next_lead].span.start < item.span.start:
            lead = leads[next_lead]
            next_lead += 1
        if first or lead is not None:
            first = False
            near = _near(lead, item, lines)
            if near and reads and not near.endswith((":", "：")):
                near = None  # `더 많이 읽어야겠다` says nothing of the list of a year
            wanted = near is not None and _wanted(leads[:next_lead])
            part += announced != (announced := _announces(near, about_books) and not wanted)
        if announced:
            found[number] = part
    return found


def _label(item: Item, listed: bool) -> bool:
    """Whether the items under this one are books: `완독 성공`, or in a list of books `소설`."""
    text = item.text.strip(" :：")
    if any_of("books", "not_read").search(text) or any_of("books", "articles").search(text):
        return False
    if len(text) > _LABEL or item.check in UNCHECKED or "](" in item.raw:
        return False
    if any_of("books", "lead").search(text) or any_of("books", "finished").search(text):
        return True
    return listed and any_of("books", "no_title").search(text) is not None


def _near(lead: Sentence | None, item: Item, lines: Lines) -> str | None:
    """The sentence right above a list, which may announce it."""
    if lead is None or item.line - lines.line(lead.span.end) > _LEAD_LINES:
        return None
    return lead.text


def _wanted(leads: Sequence[Sentence]) -> bool:
    """Whether a line refers to what the one before it wants: `I want to read three. Here they
    are:`."""
    if len(leads) < 2 or any_of("books", "refers").search(leads[-1].text) is None:
        return False
    before = leads[-2]
    beside = leads[-1].span.start - before.span.end <= _BESIDE
    return beside and strength_of(before.text) is not None


_BESIDE = 2
"""Characters between two sentences of a paragraph."""


def announces(prose: Prose, at: int, about_books: bool, lines: Lines) -> bool:
    """Whether the sentences right before a list that begins at `at` announce books."""
    ended = bisect_right(prose.sentences, at, key=lambda sentence: sentence.span.end)
    before = prose.sentences[max(0, ended - 2) : ended]
    if not before or lines.line(at) - lines.line(before[-1].span.end) > _LEAD_LINES:
        return False
    last = before[-1].text
    if any_of("books", "lead").search(last) is None:
        # `I read nine books. Of two I read half:` is announced by the sentence before.
        about_books = about_books or any(
            any_of("books", "were_read").search(sentence.text) for sentence in before[-2:-1]
        )
    return _announces(last, about_books)


def _announces(lead: str | None, about_books: bool) -> bool:
    if lead is not None:
        if any_of("books", "remarks").search(lead):
            return False
        unread = any_of("books", "not_read").last_end(lead)
        read = max(any_of("books", table).last_end(lead) for table in ("lead", "read"))
        if unread >= 0 and unread >= read:
            return False
        if any_of("books", "lead").search(lead):
            return True
    return about_books
