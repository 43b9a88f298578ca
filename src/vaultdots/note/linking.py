"""What the scan found as a link, read as what it names."""

from __future__ import annotations

from vaultdots.note.dialects import is_page_ref, shortcode_target, site_span
from vaultdots.note.inline import FoundLink
from vaultdots.note.model import Link, LinkForm, LinkKind, Lookup
from vaultdots.note.targets import (
    Target,
    address_target,
    is_external,
    plain_address,
    trimmed,
    wikilink_target,
)
from vaultdots.text.spans import Lines, Span
from vaultdots.text.tuples import NamedTuple


class Links(NamedTuple):
    """Makes the links of one note. site_url: the address of the site that it is published on."""

    text: str
    lines: Lines
    site_url: str

    def read(self, item: FoundLink, section: int) -> Link | None:
        """A link of the body; None for one that names nothing."""
        if item.form in ("wikilink", "braced"):
            target = wikilink_target(item.content.of(self.text), item.content.start)
            if target is None:
                return None
            if item.shown is not None:
                words, span = item.shown.of(self.text), item.shown
                target = target._replace(
                    display=words.strip(), display_span=trimmed(words, span.start)
                )
            kind: LinkKind = "embed" if item.embed else "wikilink"
            return self.link(kind, "wiki", item.form, item.span, target, section)
        if item.form == "shortcode":
            call = item.content.of(self.text)
            target = shortcode_target(call, item.content.start)
            if target is None:
                if item.shown is None:
                    return None
                target = Target(call, (), None, item.content)
                return self.link(
                    "markdown", "markdown", "shortcode", item.span, target, section, external=True
                )
            target = self._showing(target, item.shown)
            if item.embed and item.shown is None:
                return self.link("embed", "markdown", "shortcode", item.span, target, section)
            lookup: Lookup = "page" if is_page_ref(call) else "site"
            return self.link("shortcode", lookup, "shortcode", item.span, target, section)
        if item.form != "autolink" and not item.content.of(self.text).strip():
            return None
        kind = "embed" if item.embed else "reference" if item.form == "reference" else "markdown"
        return self.addressed(kind, item.form, item.span, item.content, item.shown, section)

    def addressed(
        self,
        kind: LinkKind,
        form: LinkForm,
        span: Span,
        address: Span,
        shown: Span | None,
        section: int,
    ) -> Link:
        """A link that names its target by a URL or a URL-encoded path, written at `address`."""
        written = address.of(self.text)
        inside = site_span(written, self.site_url)
        if inside is not None:
            start = address.start + inside.start
            target = address_target(inside.of(written), start, coded=form != "autolink")
            if not target.name:
                target = target._replace(name="/")
            return self.link(kind, "site", form, span, self._showing(target, shown), section)
        plain = plain_address(written) if form != "autolink" else written
        if form == "autolink" and not is_external(plain):
            plain = "mailto:" + plain
        if is_external(plain) or plain.startswith("mailto:"):
            target = self._showing(Target(plain, (), None, address), shown)
            return self.link(kind, "markdown", form, span, target, section, external=True)
        target = self._showing(address_target(written, address.start), shown)
        return self.link(kind, "markdown", form, span, target, section)

    def _showing(self, target: Target, shown: Span | None) -> Target:
        if shown is None:
            return target
        return target._replace(display=shown.of(self.text), display_span=shown)

    def link(
        self,
        kind: LinkKind,
        lookup: Lookup,
        form: LinkForm,
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
            form,
            span,
            line,
            column,
            span.of(self.text),
            target.name,
            target.subpath,
            target.display,
            section,
            target.name_span,
            target.subpath_span,
            target.display_span,
            external,
        )
