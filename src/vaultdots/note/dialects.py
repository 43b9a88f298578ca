"""What the dialects of Hugo, Jekyll, wikis and VuePress add to a note."""

from __future__ import annotations

import re

from vaultdots.note.model import Dialect
from vaultdots.note.targets import Target, address_target, percent_decoded, subpath_of
from vaultdots.text.spans import Span

_REF = re.compile(
    r"\{\{[<%]\s*(?:rel)?ref\s+(?:path\s*=\s*)?(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`|([^\s>%]+))"
)
_NAMED_LINK = re.compile(r"(?:\blink|^src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`|([^\s>%]+))")
_LIQUID = re.compile(r"\{%-?\s*(?:post_url|link)\s+(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_TAIL = re.compile(r"(?:[>%]\}\}|%\})(#\S*)$")
_JEKYLL_FOLDERS = frozenset(("_posts", "_drafts", "_wiki", "_pages", "_collections"))


def detect_dialect(path: str, toml: bool, text: str) -> Dialect:
    """The dialect that one file shows by itself; the vault's own evidence goes before it."""
    parts = path.split("/")
    if toml or "{{< " in text or "{{<ref" in text:
        return "hugo"
    if any(part in _JEKYLL_FOLDERS for part in parts[:-1]):
        return "jekyll"
    return "obsidian"


def shortcode_target(call: str, at: int = 0) -> Target | None:
    """The page that a shortcode links to: Hugo's `ref`, `relref`, `link=`; Jekyll's `post_url`.
    at: where in its text the call begins."""
    match = _REF.match(call) or _LIQUID.match(call) or _NAMED_LINK.search(call)
    if match is None:
        return None
    group = match.lastindex
    assert group is not None
    target = address_target(match[group], at + match.start(group), coded=False)
    tail = _TAIL.search(call)
    if tail and not target.subpath:
        subpath = subpath_of(percent_decoded(tail[1]))
        span = Span(at + tail.start(1) + 1, at + tail.end(1)) if subpath else None
        target = target._replace(subpath=subpath, subpath_span=span)
    return target


def is_page_ref(call: str) -> bool:
    """Whether a shortcode names a page by its file, as Hugo's `ref` and `relref` do."""
    return _REF.match(call) is not None


def site_span(address: str, site_url: str) -> Span | None:
    """Where the path inside the site stands in an absolute address; None for another site. Empty
    where the address is the site's own.

    site_url: `https://example.org/base`; scheme and a leading `www.` do not matter.
    """
    if not site_url:
        return None
    host = _bare(site_url)
    bare = _bare(address)
    end = len(address.rstrip("/"))
    if bare == host:
        return Span(end, min(end + 1, len(address)))
    return Span(end - len(bare) + len(host), end) if bare.startswith(host + "/") else None


def _bare(url: str) -> str:
    return re.sub(r"^(?:[a-z]+:)?//(?:www\.)?", "", url, flags=re.IGNORECASE).rstrip("/") or url
