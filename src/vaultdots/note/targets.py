"""What stands inside a link: the name, the subpath and the text shown, and where each stands."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:|//")
_QUERY = re.compile(r"\\?\?(?:[^?]*=.*|[A-Za-z0-9_%-]+)$", re.DOTALL)
_CODED = re.compile(
    r"\\([!-/:-@\[-`{-~])|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)


class Target(NamedTuple):
    """A link's parts: the name or path, the subpath's parts, and the text shown (None: none).

    The spans are those of `note.model.Link`.
    """

    name: str
    subpath: tuple[str, ...]
    display: str | None
    name_span: Span
    subpath_span: Span | None = None
    display_span: Span | None = None


def subpath_of(text: str) -> tuple[str, ...]:
    """The parts after the first `#`: a heading chain, or one block id as ("^id",)."""
    return tuple(part for part in (piece.strip() for piece in text.split("#")) if part)


def wikilink_target(content: str, at: int = 0) -> Target | None:
    """Read what stands between `[[` and `]]`; None where it is not a link (`[[]]`, `[[|a]]`).

    The alias begins after the first `|`, which a table cell escapes as `\\|`. at: where in its
    text the content begins.
    """
    name, bar, display = content.partition("|")
    display_span = trimmed(display, at + len(name) + 1) if bar else None
    if bar and name.endswith("\\"):
        name = name[:-1]
    name, hash_, rest = name.partition("#")
    name_span = trimmed(name, at)
    subpath = subpath_of(rest) if hash_ else ()
    subpath_span = trimmed(rest, at + len(name) + 1) if subpath else None
    name = name.strip()
    if not name and not subpath:
        return None
    shown = display.strip() if bar else None
    return Target(name, subpath, shown, name_span, subpath_span, display_span)


def trimmed(text: str, at: int) -> Span:
    """The span of `text`, which stands at `at`, without the white space around it."""
    lead = len(text) - len(text.lstrip())
    return Span(at + lead, at + max(lead, len(text.rstrip())))


def is_external(address: str) -> bool:
    """Whether a Markdown address leaves the vault: it has a scheme, or begins with `//`."""
    return _SCHEME.match(address) is not None


_SITE_VARIABLE = re.compile(
    r"(?:\{\{-?\s*(?:site\.(?:baseurl|url)|\.Site\.BaseURL|baseurl|base_url)\s*-?\}\})+"
)
_FILTERED = re.compile(
    r"\{\{-?\s*[\"']([^\"'{}]+)[\"']\s*\|\s*(?:relative_url|absolute_url|prepend:[^{}|]+|url|relURL|absURL)"
    r"[^{}]*\}\}"
)


def plain_address(written: str) -> str:
    """A destination as written, its backslash escapes and character references resolved.

    What a site's generator puts before a path of its own is left out: `{{ site.baseurl }}/a` is
    `/a`, `{{ "/a" | relative_url }}` too.
    """
    if written.startswith("{{"):
        written = _FILTERED.sub(r"\1", written, count=1)
        bare = _SITE_VARIABLE.sub("", written, count=1)
        written = bare if bare.startswith("/") or bare == written else f"/{bare}"
    if "\\" not in written and "&" not in written:
        return written
    return _CODED.sub(lambda match: match[1] or unescape(match[0]), written)


def address_target(written: str, at: int = 0, *, coded: bool = True) -> Target:
    """Read a link's address, which stands at `at`: percent-decoded, what follows `#` as subpath,
    without a query (`pic.png?raw=true`). coded: it may hold backslash escapes and character
    references, as a Markdown destination does.
    """
    if coded and written.startswith("{{"):
        found = _generated_target(written, at)
        if found is not None:
            return found
    hash_ = _hash(written) if coded else _plain_hash(written)
    name, rest = without_query(written[: hash_.start]), written[hash_.end :]
    subpath = subpath_of(percent_decoded(plain_address(rest) if coded else rest))
    return Target(
        percent_decoded(plain_address(name) if coded else name).strip(),
        subpath,
        None,
        trimmed(name, at),
        trimmed(rest, at + hash_.end) if subpath else None,
    )


def without_query(written: str) -> str:
    """An address as written without the question that it asks of a server: `a.md?plain=1`, `?v2`.

    A question mark before anything else is a name's (`What?.md`, as Obsidian writes it).
    """
    match = _QUERY.search(written) if "?" in written else None
    return written[: match.start()] if match else written


def _generated_target(written: str, at: int) -> Target | None:
    """An address behind `{{ site.baseurl }}`, or inside of `{{ "/a" | relative_url }}`."""
    filtered = _FILTERED.match(written)
    if filtered:
        found = address_target(filtered[1], at + filtered.start(1))
        tail = address_target(written[filtered.end() :], at + filtered.end())
        if found.subpath or not tail.subpath:
            return found
        return found._replace(subpath=tail.subpath, subpath_span=tail.subpath_span)
    variable = _SITE_VARIABLE.match(written)
    if variable is None:
        return None
    found = address_target(written[variable.end() :], at + variable.end())
    return found if found.name.startswith("/") else found._replace(name=f"/{found.name}")


def _hash(written: str) -> Span:
    """The first `#` of a destination, itself or coded; where there is none, its end."""
    if "\\" in written or "&" in written:
        for match in _CODED.finditer(written):
            plain = written.find("#", 0, match.start())
            if plain >= 0:
                break
            if (match[1] or unescape(match[0])) == "#":
                return Span(*match.span())
            written = written[: match.start()] + "x" * len(match[0]) + written[match.end() :]
    return _plain_hash(written)


def _plain_hash(written: str) -> Span:
    at = written.find("#")
    return Span(at, at + 1) if at >= 0 else Span(len(written), len(written))


def percent_decoded(text: str) -> str:
    """Percent-decode as UTF-8; text that decodes to no UTF-8 stays as it is written."""
    if "%" not in text:
        return text
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text
