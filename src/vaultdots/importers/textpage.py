"""A text copy of a blog post → Markdown: chrome cut, headings recovered, lists nested again."""

from __future__ import annotations

from collections import Counter

from vaultdots.importers.chrome import trim
from vaultdots.importers.levels import Heading
from vaultdots.importers.lines import HEADING_WIDTH, Line, read, split
from vaultdots.importers.markdown import fenced_lines, outline
from vaultdots.importers.recovery import recover
from vaultdots.importers.styles import is_tag_line
from vaultdots.text.tuples import NamedTuple

_INDENT = 2
_UNDER_NUMBER = 3
"""CommonMark: a list item's children start below its text; "1. " is three columns wide."""


class PageText(NamedTuple):
    """A page as Markdown. removed: the chrome lines as they stood; tags: of `#tag` headings."""

    title: str | None
    date: str | None
    body: str
    tags: tuple[str, ...]
    removed: tuple[str, ...]
    convention: str


def read_page(text: str) -> PageText:
    """Read a post that was copied as text. Letters and digits of the post are kept, all of them."""
    raw = split(text)
    if is_markdown(text):
        title = next((e.heading for e in outline(text) if e.level == 1), None)
        return PageText(title, None, text.strip("\n") + "\n", (), (), "Markdown")
    code = fenced_lines("\n".join(raw))
    lines = [line for line in read(raw) if line.number not in code or line.number - 1 not in code]
    page = trim(lines)
    found = recover(page.lines, raw, page.contents)
    body = _write(page.lines, found.headings, raw, code)
    tags = [
        word.strip("#,")
        for heading in found.headings
        if is_tag_line(page.lines[heading.first].text)
        for word in page.lines[heading.first].text.split()
    ]
    removed: list[str] = []
    for number in page.removed:
        if number in code:
            _fenced(removed, raw, number, code)
        else:
            removed.append(raw[number])
    removed += _link_labels(page.lines, found.headings)
    good = tuple(dict.fromkeys(tag for tag in tags if _is_tag(tag)))
    return PageText(page.title, page.date, body, good, tuple(removed), found.convention)


def _link_labels(lines: list[Line], headings: tuple[Heading, ...]) -> list[str]:
    """What a theme's link beside a heading left in the copy (`Anchor`, `Permalink`), as removed."""
    found: list[str] = []
    for heading in headings:
        texts = [line.text for line in lines[heading.first : heading.last + 1]]
        left = _letters("".join(texts)) - _letters(heading.text)
        for text in reversed(texts[1:]):
            letters = _letters(text)
            if letters and not letters - left:
                found.append(text)
                left -= letters
        if left:
            at = texts[0].find(heading.text)
            found.append((texts[0][:at] + texts[0][at + len(heading.text) :]).strip())
    return found


def _letters(text: str) -> Counter[str]:
    return Counter(c for c in text if c.isalnum())


def _is_tag(word: str) -> bool:
    return not word.isdigit() and word.replace("-", "").replace("_", "").isalnum()


def is_markdown(text: str) -> bool:
    """True when the text has Markdown headings of its own: two, or one at the top."""
    entries = outline(text)
    if len(entries) == 1:
        return entries[0].line <= 5
    return len(entries) > 1


def _write(lines: list[Line], headings: tuple[Heading, ...], raw: list[str], code: set[int]) -> str:
    starts = {heading.first: heading for heading in headings}
    inside = {i for h in headings for i in range(h.first, h.last + 1)}
    spaced = any(line.before for line in lines[1:])
    depths = _depths(lines, inside)
    out: list[str] = []
    previous: Line | None = None
    for i, line in enumerate(lines):
        if (heading := starts.get(i)) is not None:
            _gap(out)
            out += [f"{'#' * heading.level} {heading.text}", ""]
            previous = None
            continue
        if i in inside:
            continue
        if previous is not None and _apart(previous, line, spaced=spaced):
            _gap(out)
        if line.number in code:
            _fenced(out, raw, line.number, code)
        elif i in depths:
            out.append(" " * depths[i] + _item(line))
        else:
            out.append(_plain(line, raw))
        previous = line
    text = "\n".join(out).strip("\n")
    return f"{text}\n" if text else ""


def _gap(out: list[str]) -> None:
    if out and out[-1] != "":
        out.append("")


def _apart(above: Line, line: Line, *, spaced: bool) -> bool:
    """True where a blank line belongs between two lines of the result."""
    if line.before or bool(above.bullet) != bool(line.bullet):
        return True
    if line.text.startswith(("---", "===", "```", "~~~")) or above.text.startswith(("```", "~~~")):
        return True
    if line.bullet or (above.text[0] == line.text[0] and line.text[0] in ">|"):
        return False
    return not spaced and max(above.width, line.width) > HEADING_WIDTH


def _fenced(out: list[str], raw: list[str], number: int, code: set[int]) -> None:
    while number in code:
        out.append(raw[number])
        number += 1


def _item(line: Line) -> str:
    if line.bullet == "1.":
        return line.text
    return f"{line.bullet if line.bullet in '-*+' else '-'} {line.content}"


def _plain(line: Line, raw: list[str]) -> str:
    text = line.text
    if text.startswith("#") and text.lstrip("#")[:1] in ("", " ", "\t"):
        return f"\\{text}"  # a lone sign of the page would become a heading
    return text


def _depths(lines: list[Line], headings: set[int]) -> dict[int, int]:
    """How many columns each list item is indented by, block of neighbouring items by block."""
    depths: dict[int, int] = {}
    block: list[int] = []
    for i, line in enumerate(lines):
        if line.bullet and i not in headings:
            block.append(i)
        elif block:
            depths.update(_nest(lines, block))
            block = []
    if block:
        depths.update(_nest(lines, block))
    return depths


def _nest(lines: list[Line], block: list[int]) -> dict[int, int]:
    if len({lines[i].indent for i in block}) > 1:
        return _by_indent(lines, block)
    signs = list(dict.fromkeys(lines[i].bullet for i in block))
    first = [i for i in block if lines[i].bullet == signs[0]]
    one_after_the_other = len(first) > 1 and first[-1] == block[len(first) - 1]
    if len(signs) == 1 or one_after_the_other:
        return dict.fromkeys(block, 0)
    # A sign that first shows below another is its child: the copy lost the indent, not the sign.
    step = _UNDER_NUMBER if signs[0] == "1." else _INDENT
    depth = {sign: step + _INDENT * (n - 1) if n else 0 for n, sign in enumerate(signs)}
    return {i: depth[lines[i].bullet] for i in block}


def _by_indent(lines: list[Line], block: list[int]) -> dict[int, int]:
    stack: list[tuple[int, int]] = []
    depths: dict[int, int] = {}
    above = 0
    for i in block:
        line = lines[i]
        while stack and stack[-1][0] > line.indent:
            stack.pop()
        if not stack or stack[-1][0] < line.indent:
            step = _UNDER_NUMBER if stack and lines[i - 1].bullet == "1." else _INDENT
            stack.append((line.indent, above + step if stack else 0))
        above = depths[i] = stack[-1][1]
    return depths
