"""Which lines of a copied page were headings: each convention found by evidence, then levelled.

Conventions, strongest first (measured in docs/import.md): a permalink sign after the heading;
marked lines (numbers, brackets, signs, tags, bold); a table of contents whose entries come back;
bullets whose children lost their indent; bare short lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from heapq import heappop, heappush

from vaultdots.importers.bare import bare_headings, flat_bullets, word_headings
from vaultdots.importers.levels import Heading, level_by_emptiness, level_by_style
from vaultdots.importers.lines import LONG, Line, is_prose, may_be_heading, stops
from vaultdots.importers.styles import Styled, styled
from vaultdots.text.tuples import NamedTuple

_PERMALINKS = {"#", "¶", "§", "🔗", "#️⃣", "Permalink", "Link to heading", "Copy link", "Anchor"}
_TRAILING_PERMALINKS = (" #", "¶", " 🔗", " §", "Direct link to heading")
_LONE_STYLES = ("bracket", "rule", "tags", "hash")
"""Styles of which one line is enough where another convention stands beside it."""
_EMPTY_SHARE = 1 / 3
"""Signs that stand line by line are bullets: past a third of neighbours the style is a list."""

_OWN_PARTS = 2
"""Headings beside bullets from which the page has parts that are no bullets."""
_DEEPEST_SERIES = 3
"""Series inside of series that are told apart."""


class Recovered(NamedTuple):
    """The headings found, in order, and the convention's name for the report."""

    headings: tuple[Heading, ...]
    convention: str


def recover(lines: list[Line], raw: list[str], contents: frozenset[str] = frozenset()) -> Recovered:
    """The headings of a text without Markdown headings.

    lines: its lines that are not blank; raw: all its lines; contents: the entries of a table of
    contents that was cut off as page chrome (they come back as headings).
    """
    marked = _permalinks(lines, raw)
    if marked:
        return Recovered(level_by_emptiness(marked, lines), "permalink signs")
    listed = [
        Heading(i, i, 2, line.text)
        for i, line in enumerate(lines)
        if line.text in contents and not line.bullet.strip("1.")
    ]
    if len(listed) >= 2:
        return Recovered(_by_contents(listed, lines), "table of contents")
    strong = _marked(lines)
    if strong:
        taken = frozenset(mark.at for mark in strong)
        words = {h.first: h for h in (*bare_headings(lines, taken), *word_headings(lines, taken))}
        found = level_by_style(strong, sorted(words.values()), lines)
        return Recovered(found, "marked lines and bare short lines" if words else "marked lines")
    bare = bare_headings(lines)
    parents = flat_bullets(lines) if len(bare) < _OWN_PARTS else ()
    if parents:
        return Recovered(parents, "bullets whose children lost their indent")
    return Recovered(level_by_emptiness(bare, lines), "bare short lines" if bare else "none")


def _permalinks(lines: list[Line], raw: list[str]) -> list[Heading]:
    found: list[Heading] = []
    trailing: list[Heading] = []
    for i, line in enumerate(lines):
        if line.text in _PERMALINKS and i and may_be_heading(lines[i - 1]):
            if not found or found[-1].last < i - 1:
                found.append(Heading(i - 1, i, 2, lines[i - 1].content))
        elif len(line.text) <= LONG and not is_prose(line) and not line.bullet.strip("1."):
            for sign in _TRAILING_PERMALINKS:
                text = line.text.removesuffix(sign).rstrip()
                if text != line.text and text and any(c.isalnum() for c in text):
                    trailing.append(Heading(i, i, 2, text))
                    break
            else:
                if raw[line.number].rstrip(" \t").endswith("\u200b") and may_be_heading(line):
                    trailing.append(Heading(i, i, 2, line.text))
    if len(trailing) >= 2:
        found = sorted({h.first: h for h in (*trailing, *found)}.values())
    return found


def _by_contents(listed: list[Heading], lines: list[Line]) -> tuple[Heading, ...]:
    marks = [styled(h.first, lines[h.first]) for h in listed]
    if all(mark is not None and mark.value for mark in marks):
        return level_by_style([mark for mark in marks if mark is not None], [], lines)
    return level_by_emptiness(listed, lines)


def _marked(lines: list[Line]) -> list[Styled]:
    parts = frozenset(heading.first for heading in bare_headings(lines))
    groups: dict[str, list[Styled]] = defaultdict(list)
    for i, line in enumerate(lines):
        if (mark := styled(i, line)) is not None:
            groups[mark.style].append(mark)
    kept: dict[str, list[Styled]] = {}
    for style, group in groups.items():
        if style.startswith("num:"):
            others = (m.at for name, marks in groups.items() if name != style for m in marks)
            good = _numbers(group, lines, parts.union(others))
        elif style == "tags":
            good = _tags(group, lines)
        else:
            good = _signs(group, lines)
        if good:
            kept[style] = good
    firm = [s for s, group in kept.items() if len(group) >= 2 and s != "emoji"]
    if not firm and len(kept.get("emoji", ())) < 2:
        return []
    chosen = [
        mark
        for style, group in kept.items()
        for mark in group
        if len(group) >= 2 or style.startswith(_LONE_STYLES) or mark.depth > 1
    ]
    return sorted(chosen, key=lambda mark: mark.at)


def _numbers(group: list[Styled], lines: list[Line], parts: frozenset[int]) -> list[Styled]:
    """The numbered lines that count up with text between them; neighbours that count are a list.

    parts: the lines that look like headings without a number; each may begin a new series.
    """
    if not group[0].value:  # "Q." without a number
        return _signs(group, lines)
    runs: list[list[Styled]] = []
    for mark in group:
        last = runs[-1][-1] if runs else None
        if last and mark.at == last.at + 1 and mark.value == _next(last.value):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    alone = [
        run[0]
        for run in runs
        if len(run) == 1 and run[0].at + 1 < len(lines) and lines[run[0].at].indent < 2
    ]
    series = [kept for one in _series(alone, sorted(parts)) if (kept := _no_sentences(one))]
    if sum(map(len, series)) < 2 and not (series and series[0][0].depth > 1):
        return []
    return sorted((mark for one in _nested(series) for mark in one), key=lambda mark: mark.at)


def _series(alone: list[Styled], parts: list[int]) -> list[list[Styled]]:
    """Numbered lines as series that count up, one of which may stand inside of another.

    What starts to count anew is a series where another heading stands between, or where it follows
    the number above it at once; elsewhere it is a list or an aside inside the text. parts: sorted.
    """
    series: list[list[Styled]] = []
    waiting: dict[tuple[int, ...], list[list[Styled]]] = defaultdict(list)
    last: Styled | None = None
    for mark in alone:
        if mark.value[-1] in (0, 1):
            anew = last is None or mark.depth > 1 or last.value[-1] < 2 or mark.at == last.at + 1
            if not anew and last is not None:
                following = bisect_right(parts, last.at)
                if following == len(parts) or parts[following] >= mark.at:
                    continue
            one = [mark]
            series.append(one)
        elif waiting[mark.value]:
            one = waiting[mark.value].pop()
            one.append(mark)
        else:
            continue
        waiting[_next(mark.value)].append(one)
        last = mark
    return series


def _no_sentences(series: list[Styled]) -> list[Styled]:
    """Numbers decide, not the ending: one line without a full stop makes its sisters headings."""
    said = all(stops(mark.heading.rstrip("?")) for mark in series)
    return [] if said and series[0].depth == 1 else series


def _nested(series: list[list[Styled]]) -> list[list[Styled]]:
    """The series; one that stands between two numbers of another has a style of its own."""
    found = []
    ends: list[int] = []
    for one in sorted(series, key=lambda one: one[0].at):
        while ends and ends[0] < one[0].at:
            heappop(ends)
        style = one[0].style + "/" * min(len(ends), _DEEPEST_SERIES)
        found.append([mark._replace(style=style) for mark in one])
        heappush(ends, one[-1].at)
    return found


def _next(value: tuple[int, ...]) -> tuple[int, ...]:
    return (*value[:-1], value[-1] + 1)


def _tags(group: list[Styled], lines: list[Line]) -> list[Styled]:
    """Lines of tags with text after them; one at the end, or many at the top, are just tags."""
    taken = {mark.at for mark in group}  # two lines of tags together are a cloud, no headings
    good = [m for m in group if m.at + 1 < len(lines) and m.at + 1 not in taken]
    if len(good) >= 2 and good[0].at == 0 and len(lines[0].text.split()) >= 3:
        good = good[1:]
    return good if len(good) >= 2 else []


def _signs(group: list[Styled], lines: list[Line]) -> list[Styled]:
    taken = {mark.at for mark in group}
    neighbours = sum(mark.at + 1 in taken for mark in group)
    if neighbours > _EMPTY_SHARE * len(group):
        return []
    return [
        mark
        for mark in group
        if mark.at + 1 < len(lines)
        and not lines[mark.at].bullet.strip("1.")
        and (mark.style.startswith(("bracket", "rule", "num:Q")) or not stops(mark.heading))
    ]
