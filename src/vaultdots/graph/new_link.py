"""How a new link is written: in the note's own style, so that it names the note and no other.

Wikilink or Markdown by what the note does already, else as `.obsidian/app.json` says; the target
the shortest name, a path from the root or a relative one (Obsidian's help, Links).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol
from urllib.parse import quote

from vaultdots.graph.resolve import JEKYLL_ROOTS, Names, resolve
from vaultdots.note.paths import called, is_folder_note, path_parts, relative_to, undated
from vaultdots.store.answers import LinkSpelling
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import Config
from vaultdots.text.tuples import NamedTuple

# No dollar sign: two of them would be math.
_SAFE = "/!&'*+,;=:@~-._" + "".join(map(chr, range(0x30, 0x3A)))
_NOT_IN_WIKILINKS = re.compile(r"[#^|\[\]\r\n]")
_NOT_IN_BRACES = re.compile(r"[{}\r\n]|^[%:#.]")
_NOT_IN_CALLS = re.compile(r"[\s\"'`#%{}<>]")
_NOT_IN_WORDS = re.compile(r"[|\[\]\r\n]")
_DELIMITER_ROW = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_LINE_END = re.compile(r"\r\n?|\n")


class HasNames(Protocol):
    """What a new link is tried out against: `graph.links.Resolver`, `edit.after.NamesAfter`."""

    names: Names


class LinkStyle(NamedTuple):
    """How links are written. form: shortest, relative or absolute. rooted: with a slash before the
    path. braced: the text behind, in braces. ending: with `.md`; None: as its kind has it. slash: a
    Markdown link to a folder's note names the folder, with a slash behind it. files: most links
    name files with their ending, however few there are."""

    markdown: bool
    form: str
    rooted: bool = False
    braced: bool = False
    ending: bool | None = None
    slash: bool = False
    files: bool = False


# How a path is written is known from this many links on.
_ENOUGH = 3


def style_of(catalog: Catalog, config: Config, path: str) -> LinkStyle:
    """The style of a link in the note at `path`: as the settings say, else as its own links are
    written, else as those of the vault, else as its dialect has them."""
    dialect = config.options.dialect or "obsidian"
    own, whole = catalog.link_spellings(path), catalog.usual_spellings()
    markdown = config.use_markdown_links
    if markdown is None:
        known = own or whole
        wiki = _count(one for one in known if one.wikilink)
        markdown = 2 * wiki < _count(known) if known else dialect != "obsidian"
    same = [one for one in own if one.wikilink != markdown]
    if _count(same) < _ENOUGH:
        same = [one for one in whole if one.wikilink != markdown]
    sure = _count(same) >= _ENOUGH
    rooted = sure and _most(same, "rooted")
    form = config.link_format
    if not form and sure and _most(same, "relative"):
        form = "relative"
    elif not form and sure and not (rooted or markdown) and _most(same, "path"):
        form = "absolute"
    elif not form and markdown and dialect != "obsidian":
        form = "relative"
    files = [one for one in same if not one.slash]
    return LinkStyle(
        markdown,
        form or "shortest",
        rooted and config.link_format in ("", "absolute"),
        _most([one for one in same if one.displayed], "braced"),
        _most(files, "ending") if _count(files) >= _ENOUGH else None,
        sure and _most(same, "slash"),
        _most(files, "ending"),
    )


def _count(spellings: Iterable[LinkSpelling]) -> int:
    return sum(one.links for one in spellings)


def _most(spellings: Sequence[LinkSpelling], sign: str) -> bool:
    """Whether more than half of the links have a sign."""
    return 2 * _count(one for one in spellings if getattr(one, sign)) > _count(spellings)


def write_link(
    resolver: HasNames,
    style: LinkStyle,
    source: str,
    target: str,
    words: str | None,
    *,
    dialect: str = "obsidian",
    in_table: bool = False,
) -> str | None:
    """A link in `source` that shows `words` and means `target`; None where none can be written.

    words None: the target's name is shown. The link is tried out against the names: it resolves to
    `target` by name or path, and is not ambiguous.
    """
    if words is not None and _NOT_IN_WORDS.search(words):
        return None
    if not style.markdown:
        for name in _wiki_names(source, target, style, dialect):
            if _NOT_IN_WIKILINKS.search(name) or not _means(
                resolver.names, name, "wiki", source, target, dialect
            ):
                continue
            if words is None:
                shown = called(target, dialect)
                words = None if shown == name or _NOT_IN_WORDS.search(shown) else shown
            if words is None or words == name:
                return f"[[{name}]]"
            if style.braced and not _NOT_IN_BRACES.search(words):
                return f"[[{name}]]{{{words}}}"
            return f"[[{name}{chr(92) if in_table else ''}|{words}]]"
    for name, lookup, written in _addresses(source, target, style, dialect):
        if _means(resolver.names, name, lookup, source, target, dialect):
            shown = words if words is not None else called(target, dialect).replace("$", "\\$")
            shown = shown.replace("[", "\\[").replace("]", "\\]")
            if in_table:
                shown = shown.replace("|", "\\|")
            return f"[{shown}]({written})"
    return None


def _wiki_names(source: str, target: str, style: LinkStyle, dialect: str) -> list[str]:
    parts = path_parts(target)
    bare = parts.bare
    is_folders = is_folder_note(target, dialect)
    if style.rooted:
        names = _rooted(parts.folder if is_folders else bare, dialect)
    elif style.form == "absolute":
        names = [bare]
    elif style.form == "relative":
        relative = relative_to(source.rpartition("/")[0], bare)
        names = ["./" + relative if relative[0] != "." and "/" in source else relative]
    elif is_folders:
        names = [parts.folder.rpartition("/")[2], parts.folder]
    else:
        names = [parts.name]
    ending = parts.ending if style.ending else ""
    return [*(name + ending for name in names if ending), *names, bare]


def _rooted(bare: str, dialect: str) -> list[str]:
    """`/a/b`, without the folder that a wiki leaves out."""
    roots = JEKYLL_ROOTS if dialect == "jekyll" else ("",)
    cut = [bare.removeprefix(root) for root in roots if root and bare.startswith(root)]
    return [f"/{name}" for name in (*cut, bare)]


def _addresses(
    source: str, target: str, style: LinkStyle, dialect: str
) -> Iterator[tuple[str, str, str]]:
    """(name, how it is looked up, how it is written) of the addresses of a note, the best first.

    Where a site's links are addresses, no path of a file is one: a page of Hugo's is written as the
    site shows it, else by `ref`; a page of Jekyll's by `link`, and a post by `post_url` anywhere.
    """
    parts = path_parts(target)
    is_page = bool(parts.ending) and style.rooted and not style.ending
    post = target.rpartition("_posts/")[2].removesuffix(parts.ending)
    is_post = "_posts" in parts.folder.split("/") and undated(parts.name) != parts.name
    if dialect == "hugo" and is_page and target.startswith("content/"):
        bare = parts.folder if is_folder_note(target, dialect) else parts.bare
        page = bare.removeprefix("content")
        shown = "-".join(page.lower().split()) + ("/" if style.slash else "")
        yield shown, "markdown", encoded(shown)
        if not _NOT_IN_CALLS.search(page.replace(" ", "")):
            yield page, "page", f'{{{{< ref "{page}" >}}}}'
    elif dialect == "jekyll" and not _NOT_IN_CALLS.search(target):
        if is_post and not style.files:
            yield post, "site", f"{{% post_url {post} %}}"
        elif is_page:
            yield target, "site", f"{{% link {target} %}}"
    for name in _markdown_names(source, target, style, dialect):
        yield name, "markdown", encoded(name)


def _markdown_names(source: str, target: str, style: LinkStyle, dialect: str) -> list[str]:
    here = source.rpartition("/")[0]
    if style.slash and is_folder_note(target, dialect):
        folder = target.rpartition("/")[0]
        whole = f"/{folder}/" if style.rooted else f"{relative_to(here, folder)}/"
        return [whole, relative_to(here, target)]
    shown = path_parts(target).bare if style.ending is False else target
    relative = relative_to(here, shown)
    names = {
        "shortest": [shown.rpartition("/")[2], shown],
        "absolute": [shown],
        "relative": [relative],
    }[style.form]
    if style.rooted:
        names = [f"/{shown}"]
    return [*names, relative, relative_to(here, target)]


def _means(names: Names, name: str, lookup: str, source: str, target: str, dialect: str) -> bool:
    found = resolve(name, lookup, source, names, dialect)
    return (
        found.target == target
        and found.status == "resolved"
        and found.via in ("path", "name", "suffix")
    )


def encoded(path: str) -> str:
    """A Markdown address: what would end it or be read otherwise is percent-encoded."""
    return "".join(c if not c.isascii() else quote(c, safe=_SAFE) for c in path)


def is_in_table(text: str, offset: int) -> bool:
    """Whether `offset` stands in a table's row: a delimiter row is among the lines around it."""
    ends = [match.end() for match in _LINE_END.finditer(text, 0, offset)]
    start = ends[-1] if ends else 0
    lines = _around(text, start)
    here, block = lines
    if "|" not in here:
        return False
    return any("|" in line and "-" in line and _DELIMITER_ROW.fullmatch(line) for line in block)


def _around(text: str, start: int) -> tuple[str, list[str]]:
    """The line at `start` and the lines without a blank one between."""
    before = _LINE_END.split(text[:start])[:-1]
    after = _LINE_END.split(text[start:])
    block: list[str] = []
    for line in reversed(before):
        if not line.strip():
            break
        block.append(line)
    for line in after:
        if not line.strip():
            break
        block.append(line)
    return after[0], block
