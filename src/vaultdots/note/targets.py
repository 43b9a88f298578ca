"""What stands inside a link: the name, the subpath and the text shown."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:|//")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


class Target(NamedTuple):
    """A link's parts: the name or path, the subpath's parts, and the text shown (None: none)."""

    name: str
    subpath: tuple[str, ...]
    display: str | None


def subpath_of(text: str) -> tuple[str, ...]:
    """The parts after the first `#`: a heading chain, or one block id as ("^id",)."""
    return tuple(part for part in (piece.strip() for piece in text.split("#")) if part)


def wikilink_target(content: str) -> Target | None:
    """Read what stands between `[[` and `]]`; None where it is not a link (`[[]]`, `[[|a]]`).

    The alias begins after the first `|`, which a table cell escapes as `\\|`.
    """
    name, bar, display = content.partition("|")
    if bar and name.endswith("\\"):
        name = name[:-1]
    name, hash_, rest = name.partition("#")
    name = name.strip()
    subpath = subpath_of(rest) if hash_ else ()
    if not name and not subpath:
        return None
    return Target(name, subpath, display.strip() if bar else None)


def is_external(address: str) -> bool:
    """Whether a Markdown address leaves the vault: it has a scheme, or begins with `//`."""
    return _SCHEME.match(address) is not None


def plain_address(written: str) -> str:
    """A destination as written, its backslash escapes and character references resolved."""
    text = _ESCAPE.sub(r"\1", written) if "\\" in written else written
    return _ENTITY.sub(lambda m: unescape(m[0]), text) if "&" in text else text


def markdown_target(address: str) -> Target:
    """Read a Markdown link's address: percent-decoded, the part after `#` as subpath."""
    name, _, rest = address.partition("#")
    return Target(percent_decoded(name).strip(), subpath_of(percent_decoded(rest)), None)


def percent_decoded(text: str) -> str:
    """Percent-decode as UTF-8; text that decodes to no UTF-8 stays as it is written."""
    if "%" not in text:
        return text
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text
