"""What a note may be called in prose: its titles, aliases, file, folder and own tags, spelled out.

A name keeps one key (folded, single spaces) and several spellings: `트랜잭션 격리 수준` is found in
`트랜잭션격리수준` too. Names that are everyday words are left out (`lexicon/common.toml`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, product
from typing import Literal

from vaultdots.graph.plurals import plurals, singular
from vaultdots.note.paths import called, is_folder_note, undated
from vaultdots.store.answers import NoteRow
from vaultdots.store.mention_rows import NameOfNote
from vaultdots.text.folding import fold
from vaultdots.text.late import late
from vaultdots.text.lexicon import lexicon

NameVia = Literal["title", "alias", "file", "folder", "tag"]


_SPACES = late(r"\s+")
_JOINERS = late(r"[-_]+")
# What stands around the name proper: `01 `, `1. `, `2-1)`, `[Spring] `, ` (GC)`, emoji.
_NUMBERED = late(r"^(?:\(?\d{1,3}(?:[-.]\d{1,3})*[.)]?|\(\d{1,3}\))\s+(?=\D)")
_BRACKETED = late(r"^\[[^\[\]]{1,40}\]\s*")
_TAILED = late(r"\s*\([^()]{1,60}\)$")
_EDGES = late(r"^[^\w가-힣#.\[(]+|[^\w가-힣+#.)\]!?'’]+$")
_SERIES = late(r"\s+[|｜]\s+")
_HANGUL = late("[가-힣]")
_NO_NAME = late(r"[\d\W_]*\d[\d\W_년월일분기반상하주차]*|\W*")
_HYPHENED = late(r"[a-z][a-z0-9]*(?:[ -][a-z][a-z0-9]*){1,3}")
"""Latin words that one writes joined by spaces or by hyphens: `p-value`, `data logger`."""
_LONGEST = 100
"""Characters: a longer title is a sentence, and nobody writes it into another one."""
_FEWEST = 2
"""Characters: one syllable or letter (`책`, `C`) is a word before it is a name."""
_SPACED_OUT = 3
"""Up to this many gaps each one may be there or not; a longer name is all spaced or all joined."""
_SPLIT = 4
"""A Hangul word of this many syllables may be found in two parts of at least two each."""


@cache
def common_words() -> frozenset[str]:
    """The everyday words that are offered as no note's name."""
    tables = lexicon("vaultdots.graph", "common")["common"]
    return frozenset(fold(word).text for table in tables for word in table["words"])


def name_key(text: str) -> str:
    """The key of a name in prose: folded, its white space single."""
    return _SPACES.sub(" ", fold(text).text).strip()


def is_name(key: str, spelled: str) -> bool:
    """Whether a name can be looked for: no everyday word, no bare number or date, not too long.

    Two Latin letters are a name where the note writes them with a capital: `DB`, `AI`, `Go`.
    """
    if is_short(key) and spelled.strip()[:1].isupper():
        return True
    return (
        _FEWEST <= len(key) <= _LONGEST
        and not is_short(key)
        and not _NO_NAME.fullmatch(key)
        and key not in common_words()
    )


def is_short(key: str) -> bool:
    """Whether a name is two Latin letters: the scanner wants them as capitals (`AI`, not `ai`),
    or with one beside Hangul (`Go로`).
    """
    return len(key) == _FEWEST and key.isascii() and key.isalpha()


def title_names(title: str) -> Iterator[str]:
    """A title and what of it is the name proper: `01 사람 | 책` gives `01 사람 | 책` and `사람`."""
    yield title
    head = _SERIES.split(title, maxsplit=1)[0]
    for rule in (_EDGES, _NUMBERED, _BRACKETED, _TAILED, _EDGES):
        head = rule.sub("", head).strip()
    yield head


def call_names(row: NoteRow) -> list[NameOfNote]:
    """Every name that a note can be called by in prose, each once, titles first."""
    found: dict[str, NameOfNote] = {}
    for via, spelled in _names_of(row):
        key = name_key(spelled)
        if key not in found and is_name(key, spelled):
            found[key] = NameOfNote(row.id, key, via, spelled)
    return list(found.values())


def tag_name(note_id: int, tag: str) -> NameOfNote | None:
    """A tag that one note alone has, as its name: the last part of it, in words."""
    spelled = _JOINERS.sub(" ", tag.rpartition("/")[2])
    key = name_key(spelled)
    return NameOfNote(note_id, key, "tag", spelled) if is_name(key, spelled) else None


def _names_of(row: NoteRow) -> Iterator[tuple[NameVia, str]]:
    for name in title_names(row.title):
        yield "title", name
    for alias in row.aliases:
        yield "alias", alias
    stem = called(row.path, row.dialect)
    via: NameVia = "folder" if is_folder_note(row.path, row.dialect) else "file"
    if via == "file" and row.dialect == "jekyll":
        stem = undated(stem)
    yield via, stem
    yield via, list(title_names(_JOINERS.sub(" ", stem)))[-1]


def spellings(key: str) -> set[str]:
    """Every way to write a name: spaced as Hangul allows; in English hyphened, plural or not."""
    if not _HANGUL.search(key):
        return _latin_spellings(key)
    words = key.split(" ")
    gaps = [
        bool(_HANGUL.match(before[-1:]) or _HANGUL.match(after[:1]))
        for before, after in pairwise(words)
    ]
    free = sum(gaps)
    if free > _SPACED_OUT:
        return {key, _join(words, ["" if gap else " " for gap in gaps])}
    found = {
        _join(words, joints) for joints in product(*[("", " ") if gap else (" ",) for gap in gaps])
    }
    if len(words) == 1 and len(key) >= _SPLIT and all("가" <= c <= "힣" for c in key):
        found |= {key[:cut] + " " + key[cut:] for cut in range(2, len(key) - 1)}
    return found


def _latin_spellings(key: str) -> set[str]:
    """`data logger` is `data-logger` too, `query` `queries`, `random forests` `random forest`.

    The plural of one word says its own subject (*Rails* is no rail); the scanner sees an added s.
    """
    found = {key}
    head, gap, last = key.rpartition(" ")
    if last.isascii():
        if last[-1:] == "y":
            found |= {head + gap + plural for plural in plurals(last)}
        if head:
            found.add(head + gap + singular(last))
    for way in list(found):
        if _HYPHENED.fullmatch(way):
            found |= {way.replace("-", " "), way.replace(" ", "-")}
    return found


def _join(words: Sequence[str], joints: Sequence[str]) -> str:
    pieces = [words[0]]
    for joint, word in zip(joints, words[1:], strict=True):
        pieces += [joint, word]
    return "".join(pieces)
