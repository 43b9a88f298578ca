"""What the scan found as a link, read as what it names."""

from __future__ import annotations

from typing import NamedTuple

from vaultdots.note.dialects import shortcode_target, site_path
from vaultdots.note.inline import FoundLink
from vaultdots.note.model import Link, LinkKind, Lookup
from vaultdots.note.targets import (
    Target,
    is_external,
    markdown_target,
    plain_address,
    wikilink_target,
)
from vaultdots.text.spans import Lines, Span


class Links(NamedTuple):
    """Makes the links of one note. site_url: the address of the site that it is published on."""

    text: str
    lines: Lines
    site_url: str

    def read(self, item: FoundLink, section: int) -> Link | None:
        """A link of the body; None for one that names nothing."""
        if item.form == "wiki":
            target = wikilink_target(item.content)
            if target is None:
                return None
            if item.text is not None:
                target = target._replace(display=item.text)
            kind: LinkKind = "embed" if item.embed else "wikilink"
            return self.link(kind, "wiki", item.span, target, section)
        if item.form == "shortcode":
            target = shortcode_target(item.content)
            if target is None:
                if item.text is None:
                    return None
                target = Target(item.content, (), None)
                return self.link("markdown", "markdown", item.span, target, section, external=True)
            target = target._replace(display=item.text)
            return self.link("shortcode", "site", item.span, target, section)
        if item.form == "autolink":
            return self.addressed("markdown", item.span, item.content, None, section)
        address = plain_address(item.content)
        if not address.strip():
            return None
        kind = "embed" if item.embed else "reference" if item.form == "reference" else "markdown"
        return self.addressed(kind, item.span, address, item.text, section)

    def addressed(
        self, kind: LinkKind, span: Span, address: str, shown: str | None, section: int
    ) -> Link:
        """A link that names its target by a URL or a URL-encoded path."""
        inside = site_path(address, self.site_url)
        if inside is None and (is_external(address) or address.startswith("mailto:")):
            target = Target(address, (), shown)
            return self.link(kind, "markdown", span, target, section, external=True)
        target = markdown_target(inside if inside is not None else address)._replace(display=shown)
        lookup: Lookup = "site" if inside is not None else "markdown"
        return self.link(kind, lookup, span, target, section)

    def link(
        self,
        kind: LinkKind,
        lookup: Lookup,
        span: Span,
        target: Target,
        section: int,
        *,
        external: bool = False,
    ) -> Link:
        """A link whose target is known. section: its ordinal, -1 in properties."""
        line, column = self.lines.position(span.start)
        return Link(
            kind,
            lookup,
            span,
            line,
            column,
            span.of(self.text),
            target.name,
            target.subpath,
            target.display,
            section,
            external,
        )
