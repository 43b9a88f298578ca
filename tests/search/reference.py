"""The slow, obvious evaluator: every operator over every note, one at a time.

No index, no sets of notes, no plan: it walks the tree for each section (or, where a query has no
word to find, for each note) and asks the parsed note itself (`note.parse`), not the catalog. What a
word and a phrase are is `plain_scan`'s question; here it is enough that both ask the same matcher.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from vaultdots.note.model import Note
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.search.match import holds
from vaultdots.search.parse import parse_query
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
    leaves,
)
from vaultdots.search.term_pattern import exact_phrase
from vaultdots.text.folding import folded
from vaultdots.text.names import name_key, nfc


class Part(NamedTuple):
    """A section of a parsed note."""

    ordinal: int
    line: int
    headings: tuple[str, ...]
    text: str
    tags: tuple[str, ...]


class Page(NamedTuple):
    """A parsed note."""

    note: Note
    parts: list[Part]


def pages_of(files: dict[str, str]) -> list[Page]:
    return [page_of(path, text) for path, text in sorted(files.items())]


def page_of(path: str, text: str) -> Page:
    note = parse_note(path, text, NoteOptions())
    hidden = [r.span for r in note.regions if r.kind == "comment"]
    shown = list(text)
    for span in hidden:
        for at in range(span.start, span.end):
            if shown[at] not in "\r\n":
                shown[at] = " "
    plain = "".join(shown)
    parts = []
    for section in note.sections:
        tags = [
            tag.name
            for tag in note.tags
            if section.span.start <= tag.span.start < section.span.end
            or (section.ordinal == 0 and tag.span.start < note.body)
        ]
        text_of = re.sub(r"\r\n?", "\n", plain[section.body : section.span.end])
        parts.append(Part(section.ordinal, section.line, section.headings, text_of, tuple(tags)))
    if len(parts) > 1 and not parts[0].text.strip():
        first, second, *rest = parts
        both = tuple(dict.fromkeys((*first.tags, *second.tags)))
        parts = [second._replace(ordinal=0, tags=both), *rest]
    return Page(note, parts)


def evaluate(query: str, pages: list[Page], today: date) -> set[tuple[str, int]]:
    """(path, line) of everything that answers: sections, or notes where no word is asked for."""
    tree = parse_query(query)
    wanted = list(leaves(tree))
    found = set()
    for page in pages:
        if not wanted:
            if true_of(tree, page, page.parts, True, False, today):
                found.add((page.note.path, page.parts[0].line))
            continue
        for part in page.parts:
            if true_of(tree, page, [part], False, False, today) and any(
                in_texts(leaf, own_texts(page, [part], False), False)
                or by_initials(leaf, own_names(page, [part], False), False)
                for leaf in wanted
            ):
                found.add((page.note.path, part.line))
        if not any(path == page.note.path for path, _ in found) and silent(
            tree, page, False, today
        ):
            found.add((page.note.path, page.parts[0].line))
    return found


def silent(node: Node, page: Page, case: bool, today: date) -> bool:
    """Whether a note answers although no word that is asked for is found in it."""
    match node:
        case And(parts):
            return all(silent(part, page, case, today) for part in parts)
        case Or(parts):
            return any(silent(part, page, case, today) for part in parts)
        case Case(sensitive, part):
            return silent(part, page, sensitive, today)
        case Word() | Phrase() | Pattern():
            return False
        case Within(scope) if scope not in ("file", "path", "tag"):
            return False
    return compound(node, case, lambda leaf, c: atom(leaf, page, page.parts, True, c, today))


def own_texts(page: Page, parts: list[Part], whole: bool) -> list[str]:
    texts = []
    if whole or parts[0].ordinal == 0:
        texts += called(page)
        texts += [
            item
            for p in page.note.properties
            for item in items(p.value)
            if p.key.lower() not in ("title", "aliases", "tags", "kind")
            and isinstance(item, str)
            and re.search(r"[^\W\d_]", item)
            and "/" not in item
        ]
    for part in parts:
        texts += [*part.headings[-1:], *part.tags, part.text]
    return texts


def all_texts(page: Page, parts: list[Part], whole: bool) -> list[str]:
    if whole:
        return own_texts(page, parts, True)
    return [*own_texts(page, parts, False), *called(page), *parts[0].headings[:-1]]


def called(page: Page) -> list[str]:
    """What a note is called by."""
    stem = page.note.path.rpartition("/")[2].rpartition(".")[0]
    return [page.note.title, *page.note.aliases, stem]


def own_names(page: Page, parts: list[Part], whole: bool) -> list[str]:
    """Where initial consonants count."""
    names = called(page) if whole or parts[0].ordinal == 0 else []
    return [*names, *(name for part in parts for name in (*part.headings[-1:], *part.tags))]


def names_above(page: Page, parts: list[Part]) -> list[str]:
    """What a section stands under: enough for one word of several, never for all."""
    return [*called(page), *(name for part in parts for name in part.headings[:-1])]


def by_initials(leaf: Node, names: list[str], case: bool) -> bool:
    """ㅎㄱ: two or more first letters of syllables side by side, in 회고 as in 최근 회고."""
    if case or not isinstance(leaf, Word) or not re.fullmatch("[ㄱ-ㅎ]{2,}", leaf.text):
        return False
    return any(leaf.text in first_letters(name) for name in names)


def first_letters(name: str) -> str:
    """The first letter of each syllable; one space between two words counts for nothing."""
    firsts = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
    return "".join(firsts[(ord(c) - 0xAC00) // 588] if "가" <= c <= "힣" else c for c in nfc(name))


def in_texts(leaf: Word | Phrase | Pattern, texts: list[str], case: bool) -> bool:
    if isinstance(leaf, Pattern):
        flags = re.MULTILINE | (0 if case else re.IGNORECASE)
        return any(re.search(leaf.text, nfc(text), flags) for text in texts)
    if case:
        return any(exact_phrase(leaf.text, case=True).search(nfc(text)) for text in texts)
    if isinstance(leaf, Phrase):
        return any(exact_phrase(leaf.text).search(folded(text)) for text in texts)
    return any(holds(folded(text), leaf.text) for text in texts)


def true_of(
    node: Node, page: Page, parts: list[Part], whole: bool, case: bool, today: date
) -> bool:
    return compound(node, case, lambda leaf, c: atom(leaf, page, parts, whole, c, today))


def compound(node: Node, case: bool, ask: Callable[[Node, bool], bool]) -> bool:
    match node:
        case And(parts):
            return all(compound(part, case, ask) for part in parts)
        case Or(parts):
            return any(compound(part, case, ask) for part in parts)
        case Not(part):
            return not compound(part, case, ask)
        case Case(sensitive, part):
            return compound(part, sensitive, ask)
    return ask(node, case)


def atom(node: Node, page: Page, parts: list[Part], whole: bool, case: bool, today: date) -> bool:
    note = page.note
    match node:
        case Word() | Phrase() | Pattern():
            return in_texts(node, all_texts(page, parts, whole), case) or by_initials(
                node, [*own_names(page, parts, whole), *names_above(page, parts)], case
            )
        case Within("file" | "path" as scope, part):
            name = note.path.rpartition("/")[2] if scope == "file" else note.path
            return compound(part, case, lambda leaf, c: written(leaf, name, c))
        case Within("tag", part):
            return compound(
                part, case, lambda leaf, _: any(tagged(leaf, t.name) for t in note.tags)
            )
        case Within(scope, part):
            places = places_of(scope, page, parts)
            return any(
                compound(
                    part,
                    case,
                    lambda leaf, c, p=place: (  # type: ignore[misc]
                        in_texts(leaf, p, c)
                        or (scope in ("title", "heading") and by_initials(leaf, p, c))
                    ),
                )
                for place in places
            )
        case Fact("kind", value):
            return note.kind == value
        case Fact("year", value):
            return note.year is not None and str(note.year) == value
        case Fact("is", "tagless"):
            return not note.tags
        case Property():
            return any(has_property(node, p.key, p.value, today) for p in note.properties)
    raise AssertionError(f"the reference does not know {node}")


def written(leaf: Node, name: str, case: bool) -> bool:
    if isinstance(leaf, Pattern):
        return re.search(leaf.text, nfc(name), 0 if case else re.IGNORECASE) is not None
    assert isinstance(leaf, Word | Phrase)
    return nfc(leaf.text) in nfc(name) if case else folded(leaf.text) in folded(name)


def tagged(leaf: Node, tag: str) -> bool:
    assert isinstance(leaf, Word | Phrase)
    wanted, key = name_key(leaf.text), name_key(tag)
    return key == wanted or key.startswith(wanted + "/")


def places_of(scope: str, page: Page, parts: list[Part]) -> list[list[str]]:
    if scope == "title":
        return [[page.note.title]]
    if scope == "heading":
        return [[part.headings[-1]] for part in parts if part.headings]
    if scope == "content":
        return [[text for part in parts for text in (*part.headings[-1:], part.text)]]
    if scope == "section":
        return [[*part.headings[-1:], part.text] for part in parts]
    if scope == "line":
        return [
            [line]
            for part in parts
            for line in (*part.headings[-1:], *re.split(r"\r\n|\r|\n", part.text))
        ]
    ordinals = {part.ordinal for part in parts}
    done = {"task-todo": False, "task-done": True}.get(scope)
    return [
        [task.text]
        for task in page.note.tasks
        if (task.section in ordinals or (task.section == 1 and 0 in ordinals and merged(page)))
        and (done is None or (task.status != " ") == done)
    ]


def merged(page: Page) -> bool:
    """Whether the first heading's section stands for the empty one before it."""
    return len(page.parts) < len(page.note.sections)


def has_property(node: Property, key: str, value: Any, today: date) -> bool:
    assert isinstance(node.key, Word | Phrase)
    if name_key(node.key.text) != name_key(key):
        return False
    if node.compare:
        return any(compared(item, node.compare, node.bound, today) for item in items(value))
    if node.value is None:
        return True
    if isinstance(node.value, str):
        return value is None
    asked = node.value
    texts = [shown(item) for item in items(value)]
    return any(
        compound(asked, False, lambda leaf, _, t=text: says(leaf, t))  # type: ignore[misc]
        for text in texts
    )


def items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def says(leaf: Node, text: str) -> bool:
    assert isinstance(leaf, Word | Phrase)
    if name_key(text) == name_key(leaf.text):
        return True
    return isinstance(leaf, Word) and holds(folded(text), leaf.text)


def compared(value: Any, sign: str, bound: str, today: date) -> bool:
    """As numbers, else as dates (spelled as days), versions or text."""
    if isinstance(value, bool) or value is None:
        return False
    if sign == "..":
        first, _, last = bound.partition("..")
        return (not first or compared(value, ">=", first, today)) and (
            not last or compared(value, "<=", last, today)
        )
    if sign == "=":
        return plain_number(value) is not None and plain_number(value) == plain_number(bound)
    years = {"올해": str(today.year), "작년": str(today.year - 1), "last-year": str(today.year - 1)}
    bound = years.get(bound, bound)
    left: Any = plain_number(value)
    right: Any = plain_number(bound)
    if left is None or right is None or bound in years.values():
        days = r"\d{4}(-\d\d){0,2}"
        if re.fullmatch(days, str(value)) and re.fullmatch(days, bound):
            # Spelled out, a day comes before its period with ~ after it, and what follows behind.
            left = (str(value) + "-01-01")[:10]
            right = bound + "~" if sign in ("<=", ">") else (bound + "-01-01")[:10]
        elif any(v.startswith("v") or v.count(".") > 1 for v in (str(value), bound)):
            parts = [[int(n) for n in re.findall(r"\d+", v)] for v in (str(value), bound)]
            if not all(re.fullmatch(r"v?[\d.]+", v) for v in (str(value), bound)):
                return False
            left, right = ([*p, 0, 0, 0][:3] for p in parts)
        elif left is None and right is None and not re.fullmatch(days, bound):
            left, right = name_key(str(value)), name_key(bound)
        else:
            return False
    return bool(
        {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign]
    )


def plain_number(value: Any) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
