"""What was written in a year and its reviews neither link nor name, by what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from vaultdots.graph.mention_scanner import Scanner
from vaultdots.graph.note_names import is_name, name_key, title_names
from vaultdots.graph.note_profiles import words_in
from vaultdots.retrospective.concepts import names_in
from vaultdots.retrospective.model import DatedNote, ReviewSource, Unmentioned
from vaultdots.retrospective.tags import telling_tags
from vaultdots.text.everyday import everydayness
from vaultdots.text.folding import fold
from vaultdots.text.late import late

_SEVERAL = 2
"""Notes that share a topic make it one."""
_EVERYDAY = 0.45
"""A word of titles as everyday as this (`project`, 정리) is no topic."""
_WORD = late(r"(?<![\w#])[A-Za-z][A-Za-z0-9]*(?:[.+#-][A-Za-z0-9+#]+)*|[가-힣]{2,}")
OTHERS = ""
"""The topic of what shares none."""


def unmentioned(
    notes: Sequence[DatedNote], reviews: Sequence[ReviewSource], linked: set[str]
) -> list[DatedNote]:
    """The year's notes that its reviews neither link nor name."""
    paths: dict[str, set[str]] = {}
    for note in notes:
        for spelling in (*title_names(note.title), *note.aliases):
            if is_name(key := name_key(spelling), spelling):
                paths.setdefault(key, set()).add(note.path)
    scanner = Scanner.of_texts(paths, (), (review.text for review in reviews))
    named = {
        path for review in reviews for *_, key in names_in(review, scanner) for path in paths[key]
    }
    told = linked | named
    return [n for n in notes if n.kind not in {"review", "daily", "index"} and n.path not in told]


def by_topic(notes: Sequence[DatedNote]) -> tuple[Unmentioned, ...]:
    """Notes by what they are about, the largest topic first: a tag that several share, else a
    telling word of their titles, else their folder; what shares nothing comes last."""
    found: list[Unmentioned] = []
    left = list(notes)
    tags = telling_tags(notes)
    for topics in (
        lambda note: [f"#{tag}" for tag in note.tags if tag in tags],
        lambda note: title_words(note.title),
        lambda note: [folder] if (folder := folder_of(note)) else [],
    ):
        left = _take(left, topics, found)
    found.sort(key=lambda group: (-len(group.notes), group.topic))
    if left:
        found.append(Unmentioned(OTHERS, tuple(left)))
    return tuple(found)


def _take(
    notes: list[DatedNote],
    topics: Callable[[DatedNote], Iterable[str]],
    found: list[Unmentioned],
) -> list[DatedNote]:
    """Part off the topics that several notes share, the commonest first; what is left."""
    while True:
        having: dict[str, list[DatedNote]] = {}
        for note in notes:
            for topic in dict.fromkeys(topics(note)):
                having.setdefault(topic, []).append(note)
        first = min(having, key=lambda name: (-len(having[name]), name), default="")
        if len(having.get(first, ())) < _SEVERAL:
            return notes
        found.append(Unmentioned(first, tuple(having[first])))
        taken = {note.path for note in having[first]}
        notes = [note for note in notes if note.path not in taken]


def title_words(title: str) -> list[str]:
    """The words of a title that may be what it is about."""
    found = []
    for word in _WORD.findall(title):
        parts = words_in(fold(word).text)
        if any(len(part) > 1 and everydayness(part) < _EVERYDAY for part in parts):
            # 객체지향의 without its particle.
            found.append(parts[0] if len(parts) == 1 and not word.isascii() else word)
    return found


def folder_of(note: DatedNote) -> str:
    """The folder of a note, of a bundle (`a/post/index.md`) the one above; "" at the top."""
    parts = note.path.split("/")[:-1]
    stem = note.path.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold()
    if stem in {"index", "readme"} and parts:
        parts = parts[:-1]
    return "/".join(parts)
