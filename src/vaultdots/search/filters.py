"""Operators about whole notes, answered by the catalog: each gives the ids of its notes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from vaultdots.errors import QueryError
from vaultdots.note.choices import NoteKind
from vaultdots.search.match import holds
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
    children,
)
from vaultdots.store.catalog import Catalog
from vaultdots.text.folding import folded
from vaultdots.text.late import late
from vaultdots.text.names import name_key, nfc
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from vaultdots.search.comparisons import Bound

IS = ("orphan", "isolated", "placeholder", "tagless")
LANGUAGES = ("ko", "en", "ja", "zh")
BACKWARDS = "the range ends before it begins"
_SURROGATE = late("[\ud800-\udfff]")


class Links(NamedTuple):
    """What the link operators ask of the graph; given by whoever knows which note a name means.

    resolve: a name → note ids (several when it is ambiguous). sources: of links to a note; targets:
    of links from it; orphans and isolated: note ids; related: note ids, best first; mentions: of
    notes that name a note without a link; placeholder: the paths of the notes whose links ask for
    a name that no note has.
    """

    resolve: Callable[[str], list[int]]
    sources: Callable[[int], Iterable[int]]
    targets: Callable[[int], Iterable[int]]
    orphans: Callable[[], Iterable[int]]
    isolated: Callable[[], Iterable[int]]
    unresolved: Callable[[], Iterable[int]]
    related: Callable[[int], Iterable[int]] = lambda _: ()
    mentions: Callable[[int], Iterable[int]] = lambda _: ()
    placeholder: Callable[[str], Iterable[str]] = lambda _: ()


class Filters:
    """Looks facts up in one catalog, for one query."""

    def __init__(
        self,
        catalog: Catalog,
        query: str,
        today: date,
        patterns: Mapping[Pattern, Any] = MappingProxyType({}),
        links: Links | None = None,
    ) -> None:
        """today: what `last month` counts from."""
        self.catalog = catalog
        self.query = query
        self.today = today
        self.patterns = patterns
        self.links = links

    @cached_property
    def notes(self) -> list[tuple[int, str]]:
        """(id, path) of every note that search may show."""
        return [(note, nfc(path)) for note, path in self.catalog.shown_notes()]

    @cached_property
    def excluded(self) -> frozenset[int]:
        """Notes that are left out of search, though the catalog has them."""
        return frozenset(self.catalog.excluded_files())

    @cached_property
    def everything(self) -> frozenset[int]:
        """Every note that search may show."""
        return frozenset(note for note, _ in self.notes)

    def facts(self, tree: Node) -> dict[Node, frozenset[int]]:
        """The notes of every operator in `tree` that is about whole notes."""
        found: dict[Node, frozenset[int]] = {}
        waiting = [(tree, False)]
        while waiting:
            node, case = waiting.pop()
            if is_about_notes(node):
                if node not in found:
                    found[node] = frozenset(self.notes_of(node, case)) - self.excluded
            else:
                inner = node.sensitive if isinstance(node, Case) else case
                waiting += [(part, inner) for part in children(node)]
        return found

    def notes_of(self, node: Node, case: bool = False) -> Iterable[int]:
        """The notes for which one operator holds."""
        if isinstance(node, Property):
            return self._property(node)
        if isinstance(node, Fact):
            return getattr(self, "_" + node.name.replace("-", "_"))(node)  # type: ignore[no-any-return]
        assert isinstance(node, Within)
        if node.scope == "tag":
            return self._tag(node.part)
        if node.scope == "file":
            named = [(note, path.rpartition("/")[2]) for note, path in self.notes]
        else:
            named = self.notes
        return [note for note, name in named if self._written(node.part, name, case)]

    def _written(self, node: Node, text: str, case: bool) -> bool:
        """Whether a name or path holds what is asked for, character by character."""
        if isinstance(node, Word | Phrase):
            return nfc(node.text) in text if case else folded(node.text) in folded(text)
        return self._compound(node, case, lambda part, inner: self._written(part, text, inner)) or (
            isinstance(node, Pattern) and bool(self.patterns[node].search(text, case))
        )

    @staticmethod
    def _compound(node: Node, case: bool, ask: Callable[[Node, bool], bool]) -> bool:
        if isinstance(node, And):
            return all(ask(part, case) for part in node.parts)
        if isinstance(node, Or):
            return any(ask(part, case) for part in node.parts)
        if isinstance(node, Not):
            return not ask(node.part, case)
        return isinstance(node, Case) and ask(node.part, node.sensitive)

    def _tag(self, node: Node) -> set[int]:
        """Notes with a tag that is the one asked for or nested in it."""
        if isinstance(node, And):
            return set(self.everything).intersection(*(self._tag(part) for part in node.parts))
        if isinstance(node, Or):
            return set().union(*(self._tag(part) for part in node.parts))
        if isinstance(node, Not):
            return set(self.everything - self._tag(node.part))
        if isinstance(node, Case):
            return self._tag(node.part)
        if isinstance(node, Pattern):
            pattern = self.patterns[node]
            return {note for note, name in self.catalog.tag_names() if pattern.search(name)}
        if not isinstance(node, Word | Phrase):
            raise QueryError("tag: wants the names of tags", query=self.query)
        wanted = name_key(node.text.lstrip("#")).rstrip("/")
        if not is_storable(wanted):
            return set()
        return set(self.catalog.notes_tagged(wanted))

    def _property(self, node: Property) -> set[int]:
        bounds = self._bounds(node)
        return {
            note
            for note, name, key, value in self.catalog.property_rows()
            if self._key(node.key, name, key) and self._value(node, bounds, json.loads(value))
        }

    def _bounds(self, node: Property) -> list[tuple[str, Bound]]:
        """What a value is compared with: a range is from and up to."""
        if not node.compare:
            return []
        from vaultdots.search.comparisons import is_backwards, read_bound, sides

        ends = [(node.compare, node.bound)]
        if node.compare == "..":
            first, last = sides(node.bound)
            ends = [(sign, end) for sign, end in ((">=", first), ("<=", last)) if end]
        bounds: list[tuple[str, Bound]] = []
        for sign, text in ends:
            bound = read_bound(text, self.today)
            if bound is None:
                self._fail(f"no such date: {text}", node)
            bounds.append((sign, bound))
        if len(bounds) == 2:
            backwards = is_backwards(bounds[0][1], bounds[1][1])
            if backwards is None:
                self._fail("a range runs between two numbers, two dates or two versions", node)
            if backwards:
                self._fail(BACKWARDS, node)
        return bounds

    def _key(self, node: Node, name: str, key: str) -> bool:
        if isinstance(node, Word | Phrase):
            return name_key(node.text) == name_key(key)
        if isinstance(node, Pattern):
            return bool(self.patterns[node].search(nfc(name)))
        return self._compound(node, False, lambda part, _: self._key(part, name, key))

    def _value(self, node: Property, bounds: list[tuple[str, Bound]], value: Any) -> bool:
        if bounds:
            from vaultdots.search.comparisons import compares

            return any(
                all(compares(item, sign, bound) for sign, bound in bounds) for item in _items(value)
            )
        if node.value is None:
            return True
        if node.value == "null":
            return value is None
        return any(self._says(node.value, _text(item)) for item in _items(value))

    def _says(self, node: Node, text: str) -> bool:
        """Whether a property's value is what is asked for: a word in it, or all of it in quotes."""
        if isinstance(node, Word):
            return holds(folded(text), node.text) or name_key(text) == name_key(node.text)
        if isinstance(node, Phrase):
            return name_key(text) == name_key(node.text)
        if isinstance(node, Pattern):
            return bool(self.patterns[node].search(nfc(text)))
        return self._compound(node, False, lambda part, _: self._says(part, text))

    def _kind(self, fact: Fact) -> list[int]:
        kinds = {name_key(kind) for kind in re.split("[,|]", fact.value) if kind}
        if unknown := kinds - set(get_args(NoteKind)):
            known = ", ".join(get_args(NoteKind))
            self._fail(f"no kind of note: {sorted(unknown)[0]} (there are {known})", fact)
        return [note for note, kind in self.catalog.kinds() if kind in kinds]

    def _year(self, fact: Fact) -> list[int]:
        from vaultdots.text.days import read_years

        years = read_years(fact.value, self.today)
        if years is None:
            self._fail("no year: write 2023, 2021..2023, >2022, 작년 or last-year", fact)
        if years[0] > years[1]:
            self._fail(BACKWARDS, fact)
        return self.catalog.notes_of_years(*years)

    def _created(self, fact: Fact) -> list[int]:
        return self._dated(fact, "created")

    def _modified(self, fact: Fact) -> list[int]:
        return self._dated(fact, "modified")

    def _dated(self, fact: Fact, column: str) -> list[int]:
        from vaultdots.text.days import read_days

        days = read_days(fact.value, self.today)
        if days is None:
            self._fail("no date: write 2024-03, 2023..2024, >2025-03, 지난달 or last-month", fact)
        if days.first > days.last:
            self._fail(BACKWARDS, fact)
        return [
            note.id
            for note in self.catalog.dated_notes()
            if days.holds(getattr(note, column) or iso_of(note.mtime_ns))
        ]

    def _lang(self, fact: Fact) -> list[int]:
        wanted = name_key(fact.value)
        if wanted not in LANGUAGES:
            self._fail(f"no language: {fact.value} (there are {', '.join(LANGUAGES)})", fact)
        texts = self.catalog.beginnings(4000)
        return [note for note, text in texts if language(text) == wanted]

    def _is(self, fact: Fact) -> Iterable[int]:
        wanted = name_key(fact.value)
        if wanted == "tagless":
            return self.everything - set(self.catalog.notes_with_tags())
        if wanted not in IS:
            self._fail(f"is: knows {', '.join(IS)}", fact)
        links = self._links(fact)
        if wanted == "orphan":
            return links.orphans()
        return links.isolated() if wanted == "isolated" else links.unresolved()

    def _links_to(self, fact: Fact) -> set[int]:
        links = self._links(fact)
        if asking := self._asking(fact):
            return asking
        return {source for note in self._named(fact) for source in links.sources(note)}

    def _asking(self, fact: Fact) -> set[int]:
        """The notes that link to a name which no note has."""
        links, name = self._links(fact), plain_name(fact)
        if not is_storable(name) or links.resolve(name):
            return set()
        paths = set(links.placeholder(name))
        rows = self.catalog.file_paths() if paths else ()
        return {note for note, path in rows if path in paths}

    def _linked_by(self, fact: Fact) -> set[int]:
        links = self._links(fact)
        return {target for note in self._named(fact) for target in links.targets(note)}

    def _related(self, fact: Fact) -> set[int]:
        links = self._links(fact)
        return {other for note in self._named(fact) for other in links.related(note)}

    def _mentions(self, fact: Fact) -> set[int]:
        links = self._links(fact)
        return {source for note in self._named(fact) for source in links.mentions(note)}

    def _named(self, fact: Fact) -> list[int]:
        links, name = self._links(fact), plain_name(fact)
        found = links.resolve(name) if is_storable(name) else []
        if not found:
            self._fail(f"no note is called '{name}'", fact)
        return found

    def _links(self, fact: Fact) -> Links:
        if self.links is None:
            self._fail(f"{fact.name}: needs the link graph", fact)
        return self.links

    def _fail(self, message: str, node: Fact | Property) -> NoReturn:
        raise QueryError(message, query=self.query, offset=node.at)


def plain_name(fact: Fact) -> str:
    """The name of a note as an operator gives it, without the brackets of a link."""
    return fact.value.removeprefix("[[").removesuffix("]]")


def is_storable(text: str) -> bool:
    """Whether the catalog can hold a text: bytes that are no UTF-8 reach a query as lone
    surrogates, which SQLite refuses, and nothing is called so."""
    return not _SURROGATE.search(text)


def is_about_notes(node: Node) -> bool:
    """Whether an operator holds for a note as a whole, and the catalog knows for which."""
    return isinstance(node, Fact | Property) or (
        isinstance(node, Within) and node.scope in ("file", "path", "tag")
    )


def allowed(
    node: Node, facts: dict[Node, frozenset[int]], filters: Filters
) -> tuple[frozenset[int] | None, bool]:
    """The notes that can answer a query (None: any), and whether that is the whole answer."""
    if is_about_notes(node):
        return facts[node], True
    if isinstance(node, Case):
        return allowed(node.part, facts, filters)
    if isinstance(node, Not):
        inner, exact = allowed(node.part, facts, filters)
        return (filters.everything - inner, True) if exact and inner is not None else (None, False)
    if isinstance(node, And | Or):
        parts = [allowed(part, facts, filters) for part in node.parts]
        exact = all(known for _, known in parts)
        sets = [notes for notes, _ in parts if notes is not None]
        if isinstance(node, And):
            return (frozenset.intersection(*sets) if sets else None), exact and bool(sets)
        if len(sets) < len(parts):
            return None, False
        return frozenset().union(*sets), exact
    return None, False


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def iso_of(mtime_ns: int) -> str:
    """The day of a file's time, as the catalog writes dates."""
    try:
        return date.fromtimestamp(mtime_ns / 1e9).isoformat()
    except (OverflowError, ValueError, OSError):
        return (date.max if mtime_ns > 0 else date.min).isoformat()


_HANGUL = late("[\uac00-\ud7a3]")
_KANA = late("[\u3040-\u30ff]")
_HAN = late("[\u4e00-\u9fff]")
_LATIN_WORD = late("[A-Za-z]{2,}")
MOSTLY = 0.15
"""Share of Hangul syllables among Hangul and Latin words from which a note is Korean: technical
Korean is full of English words, and English notes hold next to no Hangul."""


def language(text: str) -> str:
    """The language that a text is mostly written in: ko, ja, zh, en, or "" for none."""
    hangul, kana = len(_HANGUL.findall(text)), len(_KANA.findall(text))
    han, latin = len(_HAN.findall(text)), len(_LATIN_WORD.findall(text))
    if hangul and hangul >= MOSTLY * (hangul + latin) and hangul >= kana:
        return "ko"
    if kana and kana + han >= MOSTLY * (kana + han + latin):
        return "ja"
    if han and han >= MOSTLY * (han + latin):
        return "zh"
    return "en" if latin else ""
