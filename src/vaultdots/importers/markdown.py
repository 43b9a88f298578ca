"""As much Markdown as an import needs: the outline of a text, and edits outside its code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vaultdots.importers.model import OutlineEntry

_FENCE = re.compile(r" {0,3}(?:[-*+>] {1,3}|\d{1,3}[.)] {1,3}){0,3} {0,3}(`{3,}|~{3,})")
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_SETEXT = re.compile(r" {0,3}(?:(=+)|-+)[ \t]*$")
_CODE_SPAN = re.compile(r"(?<!`)(`{1,8})(?!`)[^\n]{1,2000}?(?<!`)\1(?!`)")
_SHOWN_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\n]{0,600}\)")
_LONGEST_HEADING = 1000


def lines_with_code(lines: list[str]) -> Iterator[tuple[int, str, bool]]:
    """(index, line, whether it is fenced code, fences included) for each line."""
    fence = ""
    for i, line in enumerate(lines):
        found = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence:
            yield i, line, True
            bare = line.strip().lstrip("> ")
            if found and found[1].startswith(fence) and not bare.strip(fence[0]):
                fence = ""
        elif found and not (found[1][0] == "`" and "`" in line[found.end() :]):
            fence = found[1]
            yield i, line, True
        else:
            yield i, line, False


def outline(text: str) -> tuple[OutlineEntry, ...]:
    """The headings of a Markdown file, frontmatter and fenced code left out."""
    lines = text.split("\n")
    start = _after_frontmatter(lines)
    found: list[OutlineEntry] = []
    paragraph = ""
    for i, line, code in lines_with_code(lines[start:]):
        if code or len(line) > _LONGEST_HEADING:
            paragraph = ""
            continue
        if (atx := _ATX.match(line)) is not None:
            paragraph = ""
            if shown := _shown(re.sub(r"(?:^|[ \t])#{1,60}[ \t]*$", "", line[atx.end() :])):
                found.append(OutlineEntry(shown, len(atx[1]), start + i + 1))
        elif paragraph and (setext := _SETEXT.match(line)) is not None:
            found.append(OutlineEntry(_shown(paragraph), 1 if setext[1] else 2, start + i))
            paragraph = ""
        else:
            other = line.lstrip().startswith((">", "|", "- ", "* ", "+ ", "<"))
            paragraph = "" if other or line.startswith("    ") else line.strip()
    return tuple(found)


def _after_frontmatter(lines: list[str]) -> int:
    if lines and lines[0].rstrip() in ("---", "+++"):
        for i in range(1, len(lines)):
            if lines[i].rstrip() == lines[0].rstrip():
                return i + 1
    return 0


def _shown(heading: str) -> str:
    text = _SHOWN_LINK.sub(r"\1", heading)
    return " ".join(text.replace("**", "").replace("__", "").replace("`", "").split())


def edit_prose(text: str, edit: Callable[[str], str]) -> str:
    """`text` with `edit` applied to each stretch that is neither fenced code nor a code span."""
    parts: list[str] = []
    prose: list[str] = []
    for _, line, code in lines_with_code(text.split("\n")):
        if code:
            if prose:
                parts.append(_outside_spans("\n".join(prose), edit))
                prose = []
            parts.append(line)
        else:
            prose.append(line)
    if prose:
        parts.append(_outside_spans("\n".join(prose), edit))
    return "\n".join(parts)


def _outside_spans(text: str, edit: Callable[[str], str]) -> str:
    if "`" not in text:
        return edit(text)
    kept: list[str] = []

    def hide(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\ue000{len(kept) - 1}\ue001"

    if "\ue000" in text:
        return edit(text)
    hidden = edit(_CODE_SPAN.sub(hide, text))
    return re.sub("\ue000(\\d{1,9})\ue001", lambda m: kept[int(m[1])], hidden)
