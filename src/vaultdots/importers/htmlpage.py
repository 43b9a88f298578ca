"""A saved web page → Markdown: the post found, the page's chrome left out, the rest by markdownify.

The parser is lxml (docs/decisions/0022): Python's own takes minutes for a megabyte of `<a `.
markdownify recurses, so a page is made shallow first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from vaultdots.importers.lexicon import Site, sites
from vaultdots.importers.markup import (
    OPEN,
    TICKED,
    drop_programs,
    escaped,
    escaped_lines,
    holds_program,
    link_words,
    load_pictures,
    nest_lists,
    safe_address,
    tick_boxes,
)
from vaultdots.importers.properties import iso_date
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import Tag

_DEEPEST = 150
"""markdownify takes about four Python frames an element; the limit is 1,000. The deepest of the
real pages tried nests 41."""
_LEAST = 200
"""Letters that a selector must hold before it is believed to be the post, unless it holds half of
the page: a teaser card is an <article> too."""
_MARK_WINDOW = 400_000
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|brush:)[-:\s]?([A-Za-z0-9+#]{1,20})"
)
_KEPT_ATTRIBUTES = ("href", "src", "alt", "title", "class", "colspan", "start")


class PageHtml(NamedTuple):
    """A page as Markdown. text: the letters of the chosen element, for the promise that none is
    lost; site: which host's rules chose it; removed: text of chrome left out inside it."""

    title: str | None
    date: str | None
    url: str | None
    body: str
    text: str
    site: str
    removed: tuple[str, ...]


def looks_like_html(text: str) -> bool:
    """True for a text that is a page or a piece of one, whatever its file is called."""
    head = text[:2000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html", "<head", "<body")) or (
        head.startswith("<")
        and re.search(r"<(article|main|div|h[1-3]|section|p)[\s>]", head) is not None
    )


def read_html(source: str) -> PageHtml:
    """Read a saved page. The post's letters are all kept; relative addresses stay as they are."""
    soup = _parse(source)
    _flatten(soup)
    title, date, url = _meta(soup)
    site = next(
        (s for s in sites() if s.mark and s.mark in source[:_MARK_WINDOW] and _choose(soup, s)),
        None,
    )
    _drop_junk(soup, sites()[-1].junk, [])
    content = (site and _choose(soup, site)) or _choose(soup, sites()[-2]) or _densest(soup)
    name = site.name if site else "generic"
    removed: list[str] = []
    _drop_junk(content, site.junk if site else (), removed)
    headings = site.headings if site else ()
    for suffix in site.suffixes if site else ():
        title = title.removesuffix(suffix) if title else None
    _host_headings(soup, content, headings)
    first = content.find("h1")
    if first is not None:
        shown = _squash(first.get_text())
        if title is None or _letters(shown) == _letters(title):
            title = shown or title
            first.extract()
    text = content.get_text(" ")
    body = _markdown(content)
    return PageHtml(title, date, url, body, text, name, tuple(removed))


def _parse(source: str) -> BeautifulSoup:
    import warnings

    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        # An XHTML page is read as HTML, as browsers do; a page that is only an address is a text.
        warnings.simplefilter("ignore")
        return BeautifulSoup(source.replace("\0", ""), "lxml")


def _meta(soup: BeautifulSoup) -> tuple[str | None, str | None, str | None]:
    def content(*names: str) -> str | None:
        for name in names:
            for key in ("property", "name", "itemprop"):
                found = soup.find("meta", attrs={key: name})
                value = _squash(str(found.get("content") or "")) if found is not None else ""
                if value:
                    return value
        return None

    title = content("og:title", "twitter:title")
    heads = soup.find_all("h1", limit=3)
    if len(heads) == 1 and _squash(heads[0].get_text()):
        # The page's one h1 is the title without the site's name that og:title often carries.
        title = _squash(heads[0].get_text())
    if title is None and soup.title is not None:
        title = _squash(soup.title.get_text()) or None
    date = iso_date(content("article:published_time", "og:article:published_time", "datePublished",
                            "date", "og:regDate", "publish_date"))  # fmt: skip
    date = date or _json_date(soup) or _time_date(soup)
    link = soup.find("link", rel="canonical")
    url = str(link.get("href") or "") if link is not None else ""
    url = url or content("og:url") or ""
    return title, date, url if url and not holds_program(url) else None


def _json_date(soup: BeautifulSoup) -> str | None:
    for script in soup.find_all("script", type="application/ld+json", limit=5):
        try:
            data = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        rows = data if isinstance(data, list) else [data]
        for row in rows:
            if isinstance(row, dict) and (found := iso_date(str(row.get("datePublished", "")))):
                return found
    return None


_DATE_BOXES = "[class*='date'], [class*='publish'], .information, [class*='post-meta']"


def _time_date(soup: BeautifulSoup) -> str | None:
    for time in soup.find_all("time", limit=5):
        if found := iso_date(str(time.get("datetime") or time.get_text())):
            return found
    for box in soup.select(_DATE_BOXES, limit=10):
        if found := iso_date(_squash(box.get_text(" "))[:300]):
            return found
    return None


def _elements(root: Tag) -> Iterator[Tag]:
    from bs4.element import Tag as Element

    return (node for node in root.descendants if isinstance(node, Element))


def _flatten(soup: BeautifulSoup) -> None:
    """Below `_DEEPEST` elements only the text stays: the recursion ends, no letter is lost."""
    from bs4.element import Tag as Element

    stack: list[tuple[Tag, int]] = [(soup, 0)]
    while stack:
        node, depth = stack.pop()
        inner = [child for child in node.children if isinstance(child, Element)]
        if depth < _DEEPEST:
            stack.extend((child, depth + 1) for child in inner)
        elif inner:
            node.string = node.get_text(" ")


def _drop_junk(root: Tag, selectors: tuple[str, ...], removed: list[str]) -> None:
    if not selectors:
        return
    for node in root.select(", ".join(selectors)):
        if node.decomposed:
            continue
        if shown := _squash(node.get_text(" ")):
            removed.append(shown)
        node.decompose()


def _choose(soup: BeautifulSoup, site: Site) -> Tag | None:
    whole = len(soup.get_text()) or 1
    for selector in site.content:
        nodes = soup.select(selector, limit=50)
        if not nodes:
            continue
        best = max(nodes, key=lambda node: len(node.get_text()))
        size = len(_squash(best.get_text()))
        if size and (site.mark or size >= _LEAST or size * 2 >= whole):
            return best
    return None


def _densest(soup: BeautifulSoup) -> Tag:
    """The element with the most text that is no link, its depth paid for: text density.

    Each paragraph's own text counts fully for its parent and half for its grandparent (as in the
    Readability family of rules).
    """
    scores: dict[int, float] = {}
    nodes: dict[int, Tag] = {}
    for node in _elements(soup):
        if node.name not in ("p", "pre", "li", "blockquote", "td", *_HEADINGS):
            continue
        linked = sum(len(a.get_text()) for a in node.find_all("a", limit=50))
        size = len(node.get_text()) - 2 * linked
        parent, share = node.parent, 1.0
        while parent is not None and share >= 0.5:
            scores[id(parent)] = scores.get(id(parent), 0.0) + size * share
            nodes[id(parent)] = parent
            parent, share = parent.parent, share / 2
    if not scores or max(scores.values()) <= 0:
        return soup.body or soup
    best = max(scores, key=lambda key: scores[key])
    return nodes[best]


def _host_headings(soup: BeautifulSoup, content: Tag, selectors: tuple[str, ...]) -> None:
    """An editor's own heading boxes become h2; empty headings go."""
    for selector in selectors:
        for node in content.select(selector):
            heading = soup.new_tag("h2")
            heading.string = _squash(node.get_text(" "))
            node.replace_with(heading)
    for node in content.find_all(_HEADINGS):
        if not _squash(node.get_text()) and node.find("img") is None:
            node.decompose()


def _markdown(content: Tag) -> str:
    load_pictures(content)
    drop_programs(content)
    tick_boxes(content)
    nest_lists(content)
    link_words(content)
    for node in [content, *_elements(content)]:
        node.attrs = {key: node.attrs[key] for key in _KEPT_ATTRIBUTES if key in node.attrs}
        for key in ("href", "src"):
            if key in node.attrs:
                node[key] = safe_address(str(node[key]))
    text = str(_converter().convert_soup(content))
    text = text.replace(TICKED, "[x]").replace(OPEN, "[ ]")
    text = re.sub(r"[ \t]+$", "", text, flags=re.M)
    return re.sub(r"\n{3,}", "\n\n", text.replace("\u00a0", " ")).strip("\n") + "\n"


@cache
def _converter() -> Any:
    from markdownify import MarkdownConverter

    class Converter(MarkdownConverter):
        """markdownify, with cells that keep their bars and text that is no markup."""

        def escape(self, text: str, parent_tags: set[str]) -> str:
            told = str(super().escape(text, parent_tags))  # type: ignore[misc]
            return escaped(told, in_link="a" in parent_tags)

        def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
            return str(super().convert_p(el, escaped_lines(text), parent_tags))  # type: ignore[misc]

        def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
            cell = super().convert_td(el, _escaped_bars(text), parent_tags)  # type: ignore[misc]
            return str(cell)

        def convert_th(self, el: Tag, text: str, parent_tags: set[str]) -> str:
            cell = super().convert_th(el, _escaped_bars(text), parent_tags)  # type: ignore[misc]
            return str(cell)

    return Converter(
        heading_style="atx",
        bullets="-",
        escape_underscores=False,
        code_language_callback=_language,
        newline_style="backslash",
        table_infer_header=True,
    )


def _escaped_bars(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _language(node: Tag) -> str:
    for tag in (node, node.find("code")):
        names = " ".join(tag.get("class") or ()) if tag is not None else ""
        if found := _LANGUAGE.search(names):
            return found[1]
    return ""


def _squash(text: str) -> str:
    return " ".join(text.split())


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
