"""Headings without any mark: bare short lines, and bullets whose children lost their indent."""

from __future__ import annotations

from statistics import median

from vaultdots.importers.levels import TOP, Heading, is_period
from vaultdots.importers.lexicon import heading_roles
from vaultdots.importers.lines import (
    BARE_WIDTH,
    HEADING_WIDTH,
    Line,
    ends_sentence,
    goes_on,
    is_address,
    is_image,
    is_prose,
    may_be_heading,
    stops,
)
from vaultdots.text.tuples import NamedTuple

_FLAT_SHARE = 0.7
"""A page of flattened bullets is bullets nearly throughout (0.97 in the one measured); a page with
paragraphs has below 0.5."""
_PARENT_WIDTH = 30
"""Columns of the widest parent bullet that is still a name: 15 syllables."""
_PARENT_SHARE = 0.45
_LONE_SHARE = 0.6
"""A page whose short lines mostly stand next to each other is verse or a list, not sections."""
_STOPPED_SHARE = 0.9
"""Where so many of the longer lines end with a full stop, a short one without it is no sentence."""
_MOSTLY_STOPPED = 0.5
"""From here on a longer line without a full stop, alone above a longer text, is no sentence."""
_SISTERS = 3
"""Lines of one form from which a page is written so."""
_ENOUGH = 2
"""Points that make an unmarked line a heading; see `_points`."""


def word_headings(lines: list[Line], taken: frozenset[int]) -> list[Heading]:
    """Bare lines that hold a heading's word, beside headings of another convention (`taken`)."""
    return [
        Heading(i, i, TOP, line.content)
        for i, line in enumerate(lines)
        if i not in taken
        and _bare(line)
        and (heading_roles(line.text) or is_period(line.text))
        and i + 1 < len(lines)
        and i + 1 not in taken
        and not stops(line.text)
        and (line.before or i == 0 or i - 1 not in taken)
        and (is_prose(lines[i + 1]) or lines[i + 1].bullet)
        and (i == 0 or not _image_above(lines, i))
    ]


def flat_bullets(lines: list[Line]) -> tuple[Heading, ...]:
    """Parent bullets of a page in which all bullets came out at one depth.

    A parent is a short name followed by bullets that are sentences; its children stay bullets.
    Of several names in a row only the last is a parent, and a page with few bullets has none.
    """
    bullets = [line for line in lines if line.bullet and line.bullet != "1."]
    if len(bullets) < 4 or len(bullets) < _FLAT_SHARE * len(lines):
        return ()
    if len({line.indent // 2 for line in bullets}) > 1 or len({b.bullet for b in bullets}) > 1:
        return ()  # the nesting is still there
    names = [
        line.bullet != "" and line.width - 2 <= _PARENT_WIDTH and not _sentence(line.content)
        for line in lines
    ]
    parents = [
        i
        for i in range(len(lines) - 1)
        if names[i] and not names[i + 1] and lines[i + 1].bullet and may_be_heading(lines[i])
    ]
    if len(parents) < 2 or len(parents) > _PARENT_SHARE * len(bullets):
        return ()
    return tuple(Heading(i, i, TOP, lines[i].content) for i in parents)


class _Page(NamedTuple):
    """What is usual on a page. spaced: it has blank lines; usual: how many stand above a line;
    stopped: the share of its longer lines that end with a full stop, so that a line without one
    says something; named: the lines under which an address stands that the page tells of."""

    spaced: bool
    usual: float
    stopped: float
    named: frozenset[int] = frozenset()


def bare_headings(lines: list[Line], taken: frozenset[int] = frozenset()) -> list[Heading]:
    """Headings without a mark: short lines that stand apart and have text, a list or a marked
    heading below. taken: the lines that are marked headings already."""
    if not lines:
        return []
    text = [line.text for line in lines if line.width > BARE_WIDTH]
    page = _Page(
        sum(line.before > 0 for line in lines) > 0.1 * len(lines),
        median(line.before for line in lines[1:]) if len(lines) > 1 else 0,
        sum(map(stops, text)) / len(text) if len(text) >= 3 else 0.0,
    )
    candidates = [
        i
        for i, line in enumerate(lines)
        if i + 1 < len(lines) and i not in taken and _candidate(lines, i, page)
    ]
    announcing = [i for i in candidates if lines[i].text.endswith((":", "："))]
    if taken or 2 * len(announcing) < len(candidates):
        # Where headings do not end so, such a line announces what follows.
        candidates = [i for i in candidates if i not in announcing]
    bare = set(candidates)
    if page.spaced:  # a line inside of a paragraph is none, however short
        page = page._replace(named=_named(lines, candidates))
        candidates = [i for i in candidates if i == 0 or lines[i].before or _known(lines[i])]
    good = [i for i in candidates if _points(lines, i, bare, taken, page) >= _ENOUGH]
    within = sum(i - 1 in bare and i + 1 in bare for i in good)
    loose = within <= (1 - _LONE_SHARE) * len(good)
    found = [i for i in good if loose or _known(lines[i])]
    found = _with_holders(lines, found, candidates, page)
    if len(found) == 1 and not taken and not _known(lines[found[0]]):
        return []
    return [Heading(i, i, TOP, lines[i].text) for i in found]


def _with_holders(
    lines: list[Line], found: list[int], candidates: list[int], page: _Page
) -> list[int]:
    """Found headings, and those that hold one: alone above it, with nothing between."""
    good = set(found)
    for i in reversed(candidates):
        apart = lines[i].before > 0 and lines[i + 1].before > 0
        if page.spaced and apart and i + 1 in good and (i - 1 not in candidates or i - 1 in good):
            good.add(i)
    return sorted(good)


def _points(lines: list[Line], i: int, bare: set[int], taken: frozenset[int], page: _Page) -> int:
    line, below = lines[i], lines[i + 1]
    known = _known(line)
    points = 2 if known else 0
    if page.spaced:
        points += line.before > 0 or i == 0
        points += line.before > page.usual >= 1
        points += not line.after and line.before > 0
    else:
        points += i == 0 or is_prose(lines[i - 1]) or bool(lines[i - 1].bullet)
    points += below.width > HEADING_WIDTH or bool(below.bullet) or is_prose(below) or i + 1 in taken
    points -= "," in line.text
    points -= _is_subject(line.text) and not known
    points -= 2 * (i > 0 and _image_above(lines, i))
    points -= 2 * (i + 1 in bare and not below.before and not known)
    if is_address(below.text) or is_image(below.text):
        text = lines[i + 2] if i + 2 < len(lines) else None
        told = text is not None and (is_prose(text) or bool(text.bullet))
        alone = told and page.spaced and line.before and below.before
        points += 1 if alone or i in page.named else -2
    return points


def _named(lines: list[Line], candidates: list[int]) -> frozenset[int]:
    """Lines that stand apart above an address of which a text tells below, where a page is written
    so: one alone is what an address in the text is called."""
    found = set()
    for i in candidates:
        end = i + 1
        while end < len(lines) and is_address(lines[end].text):
            end += 1
        told = end < len(lines) and (is_prose(lines[end]) or bool(lines[end].bullet))
        if end > i + 1 and told and lines[i].before and not is_address(lines[i].text):
            found.add(i)
    return frozenset(found) if len(found) >= _SISTERS else frozenset()


def _known(line: Line) -> bool:
    return bool(heading_roles(line.text)) or is_period(line.text)


def _bare(line: Line) -> bool:
    return (
        not line.bullet
        and line.width <= BARE_WIDTH
        and line.indent < 4
        and may_be_heading(line)
        and not ends_sentence(line.text.removesuffix("?"))
    )


def _candidate(lines: list[Line], i: int, page: _Page) -> bool:
    line = lines[i]
    if _bare(line):
        return True
    if (
        page.stopped < _MOSTLY_STOPPED
        or not line.before
        or line.bullet
        or not may_be_heading(line)
        or goes_on(line.text)
    ):
        return False
    if stops(line.text.removesuffix("?")):
        return False
    # "건강을 많이 회복했다": a verb without a full stop, alone, where sentences end with one; or a
    # longer line without one, above a text that is longer still.
    if line.width > BARE_WIDTH:
        return lines[i + 1].width > line.width and not ends_sentence(line.text.removesuffix("?"))
    return page.stopped >= _STOPPED_SHARE


def _sentence(text: str) -> bool:
    return ends_sentence(text) or text.endswith(("음", "함", "됨", "임", "었음"))


def _image_above(lines: list[Line], i: int) -> bool:
    return is_image(lines[i - 1].text) and lines[i].before <= 1


def _is_subject(text: str) -> bool:
    """A line that ends as the subject of a sentence (`작년 숙제는`); `2024년에는` is a time."""
    return text.endswith(("은", "는")) and not any(char.isdigit() for char in text)
