"""A page's elements made what Markdown can say, before they are written: boxes that can be ticked,
pictures that a script would load, lists in lists, links around blocks, addresses.

Each function changes the tree that it is given and loses no letter of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4.element import PageElement, Tag

TICKED, OPEN = "\ue0f1", "\ue0f0"
"""What stands for `[x]` and `[ ]` until the text is written: no rule takes them for text."""
_LISTS = ("ul", "ol")
_BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "section", "article", "header", "ul",
           "ol", "li", "blockquote", "pre", "table", "figure", "figcaption")  # fmt: skip
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TICKED_CLASS = re.compile(r"(?:^|[-_\s])(?:checked|checkbox-on|is-checked|done|completed)(?:$|\s)")
_BOX_CLASS = re.compile(r"(?:^|\s)(?:checkbox(?:-on|-off)?|task-list-item-checkbox)(?:$|\s)")
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-actualsrc", "data-url",
         "data-original-src", "data-image", "data-hi-res-src")  # fmt: skip
"""Where themes and editors keep a picture's address until it comes into view."""
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_STAND_IN = re.compile(
    r"^\s*$|^(?:data|about|blob):|(?:^|[/_.-])(?:blank|spacer|placeholder|loading|lazy|transparent"
    r"|pixel|1x1|grey|gray|dummy)[\w-]*\.(?:gif|png|svg|jpe?g|webp)",
    re.IGNORECASE,
)
"""A picture that stands there until the real one is loaded."""
_PROGRAM = re.compile(r"(?:javascript|vbscript|livescript|data)\s*:", re.IGNORECASE)
_PICTURE = re.compile(r"data\s*:\s*image/", re.IGNORECASE)
_MARK_LIKE = re.compile(r"<(?=[A-Za-z/!?])|%%|\[\[|\]\]|\](?=\()|`")
_LINE_MARK = re.compile(r"^([ \t]*)(#{1,6}(?=[ \t]|$)|>|~~~)", re.MULTILINE)


def tick_boxes(root: Tag) -> None:
    """Every check box as a sign before the words it belongs to, and its block as a list item."""
    for box, ticked in list(_boxes(root)):
        item = box.find_parent("li")
        if item is None or not _within(item, root):
            item = _as_item(box, root)
        box.extract()
        if item is not None and not _has_box(item):
            _first_words(item).insert_before(f"{TICKED if ticked else OPEN} ")


def _boxes(root: Tag) -> Iterator[tuple[Tag, bool]]:
    for node in root.find_all(True):
        kind = str(node.get("type") or "").casefold()
        classes = " ".join(node.get("class") or ())
        if node.name == "input" and kind == "checkbox":
            yield node, node.has_attr("checked") or _says_ticked(node)
            continue
        drawn = node.name in ("div", "span", "i") and _BOX_CLASS.search(classes)
        if not drawn and node.get("role") != "checkbox":
            continue
        if node.find("input") is None and not node.get_text(strip=True):
            yield node, "checkbox-on" in classes or _says_ticked(node)


def _says_ticked(node: Tag) -> bool:
    for one in (node, node.find_parent("li")):
        if one is None:
            continue
        if str(one.get("aria-checked") or one.get("data-checked") or "").casefold() == "true":
            return True
        if str(one.get("data-task") or " ").strip():
            return True
        if _TICKED_CLASS.search(" ".join(one.get("class") or ())):
            return True
    return False


def _within(node: Tag, root: Tag) -> bool:
    return any(parent is root for parent in node.parents)


def _as_item(box: Tag, root: Tag) -> Tag | None:
    """The block around a box that stands in no list as an item; of several boxes each its own."""
    block = box.find_parent(["p", "div", "td", "label", "section"])
    if block is None or block is root or not _within(block, root) or block.name == "td":
        return None
    if block.get("data-boxes") or len(block.find_all("input", type="checkbox")) > 1:
        block["data-boxes"] = "several"
        return _split_item(box)
    block.name = "li"
    return block.wrap(_new(block, "ul")) and block


def _split_item(box: Tag) -> Tag:
    """An item of what stands between a box and the next break or box."""
    item = _new(box, "li")
    box.insert_before(item)
    node = box.next_sibling
    while node is not None and not (
        getattr(node, "name", None) in ("br", "input") or getattr(node, "name", None) in _BLOCKS
    ):
        following = node.next_sibling
        item.append(node.extract())
        node = following
    if node is not None and getattr(node, "name", None) == "br":
        node.extract()
    item.insert(0, box.extract())
    item.wrap(_new(item, "ul"))
    return item


def _new(near: Tag, name: str) -> Tag:
    from bs4 import BeautifulSoup

    return BeautifulSoup("", "lxml").new_tag(name)


def _has_box(item: Tag) -> bool:
    return item.get_text().lstrip().startswith((TICKED, OPEN))


_INLINE = ("a", "abbr", "b", "code", "del", "em", "font", "i", "ins", "label", "mark", "s", "small",
           "span", "strong", "sub", "sup", "u")  # fmt: skip


def _first_words(item: Tag) -> PageElement:
    """The first words of an item, with what emphasises them; an empty text if it has none."""
    from bs4.element import NavigableString

    for text in item.find_all(string=True):
        if (
            not text.strip()
            or text.find_parent("li") is not item
            or type(text) is not NavigableString
        ):
            continue
        if text[0].isspace():
            bare = NavigableString(text.lstrip())
            text.replace_with(bare)
            text = bare
        node: PageElement = text
        while node.parent is not None and node.parent.name in _INLINE and node.parent is not item:
            if any(str(before).strip() for before in node.previous_siblings):
                break
            node = node.parent
        return node
    empty = NavigableString("")
    item.insert(0, empty)
    return empty


def nest_lists(root: Tag) -> None:
    """A list that stands in a list, and in no item of it, goes into the item above."""
    for inner in root.find_all(_LISTS):
        parent = inner.parent
        if parent is None or parent.name not in _LISTS:
            continue
        above = inner.find_previous_sibling("li")
        if above is not None:
            above.append(inner.extract())
        else:
            inner.wrap(_new(inner, "li"))


def load_pictures(root: Tag) -> None:
    """Pictures with the address that a script would give them."""
    for node in root.find_all("img"):
        shown = str(node.get("src") or "")
        if _STAND_IN.search(shown) and (real := _real_source(node)):
            node["src"] = real
    for spare in root.find_all("noscript"):
        # What is there without scripts is the same picture again.
        inside = {str(node.get("src") or "") for node in spare.find_all("img")}
        outside = {str(n.get("src") or "") for n in root.find_all("img") if spare not in n.parents}
        if inside and inside <= outside and not spare.get_text(strip=True):
            spare.decompose()


def _real_source(node: Tag) -> str | None:
    for key in _LAZY:
        value = str(node.get(key) or "").strip()
        if value and not _STAND_IN.search(value):
            return value
    around = node.find_parent("picture")
    for one in (node, *(around.find_all("source") if around is not None else ())):
        for key in _SETS:
            if found := _largest(str(one.get(key) or "")):
                return found
    return None


def _largest(written: str) -> str | None:
    """The widest picture of a `srcset`."""
    best: tuple[float, str] | None = None
    for part in re.split(r",\s+|,(?=\S+\s+[\d.]+[wx])", written.strip()):
        address, _, size = part.strip().partition(" ")
        number = re.match(r"\d{1,6}(?:\.\d{1,4})?", size.strip())
        width = float(number[0]) if number else 1.0
        if address and not _STAND_IN.search(address) and (best is None or width > best[0]):
            best = (width, address)
    return best[1] if best is not None else None


def link_words(root: Tag) -> None:
    """A link around blocks becomes one on the words of the first of them."""
    for link in root.find_all("a"):
        if link.find(_BLOCKS) is None:
            continue
        target = link.find(_HEADS) or next(
            (node for node in link.find_all(_BLOCKS)
             if node.get_text(strip=True) and node.find(_BLOCKS) is None), None
        )  # fmt: skip
        if target is not None and target.get_text(strip=True) and link.get("href"):
            inner = _new(link, "a")
            inner["href"] = link["href"]
            for child in list(target.contents):
                inner.append(child.extract())
            target.append(inner)
        link.unwrap()


def drop_programs(root: Tag) -> None:
    """Links that hold a program or a page of their own keep their words alone. A picture may stand
    in its own address."""
    for key, names in (("href", ("a", "area")), ("src", True)):
        for node in root.find_all(names, attrs={key: True}):
            if holds_program(str(node[key])) and not (
                node.name == "img" and _PICTURE.match(_as_browsers_read(str(node[key])))
            ):
                del node[key]


def holds_program(address: str) -> bool:
    """Whether following an address runs or shows what stands in the address itself."""
    return _PROGRAM.match(_as_browsers_read(address)) is not None


def _as_browsers_read(address: str) -> str:
    """Browsers leave out control characters before an address, and tabs and line ends in it."""
    return re.sub(r"[\t\n\r]", "", address).lstrip("".join(map(chr, range(33))) + "\u00a0\ufeff")


def safe_address(address: str) -> str:
    """An address as Markdown can hold it between round brackets: no spaces, no lone brackets."""
    text = "".join(address.split("\n")).strip()
    text = re.sub(r"[\x00-\x20<>\\\u00a0]", _percent, text)
    if text.count("(") != text.count(")") or ")(" in text or text.startswith(")"):
        text = re.sub(r"[()]", _percent, text)
    return re.sub(r"[\[\]]", _percent, text)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def escaped(text: str, *, in_link: bool) -> str:
    """Words of a page that Markdown, HTML or Obsidian would take for markup, escaped."""
    if in_link:
        text = re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", text)
    return _MARK_LIKE.sub(lambda found: "".join(f"\\{char}" for char in found[0]), text)


def escaped_lines(text: str) -> str:
    """A paragraph whose first sign would make it a heading, a quote or a fence."""
    return _LINE_MARK.sub(r"\1\\\2", text)
