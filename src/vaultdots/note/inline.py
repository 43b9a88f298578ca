"""The inline structure of a stretch of prose: code spans, links, tags, math, comments, HTML.

One pass with a bracket stack, as CommonMark's appendix describes, linear in the text: whatever
could be looked for again and again (a closing run of backticks, a `$`, a `]]`) is remembered
when it is missing. Positions are those of the whole text: prose is read in place, so container
prefixes (`> `) inside a paragraph are seen as text, which no rule here minds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from vaultdots.note.destinations import MAX_TAG, PUNCTUATION, read_destination
from vaultdots.note.model import LinkForm, RegionKind
from vaultdots.note.tags import may_begin, tag_end
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

_SPECIAL = re.compile(r"[`\[\]!\\$%<#{]")
_TICKS = re.compile(r"`+")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>\x00-\x20]*)>")
_EMAIL = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*>")
_HTML_TAG = re.compile(
    r"""<(?:/[A-Za-z][A-Za-z0-9-]*\s*|[A-Za-z][A-Za-z0-9-]*"""
    r"""(?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*/?)>"""
)
_HTML_OTHER = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))
_SHORTCODE = re.compile(r"\{\{[<%][^\r\n]*?[>%]\}\}|\{%[^\r\n]*?%\}")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]", re.DOTALL)
_BRACES = re.compile(r"\{(?![%:#.])([^{}\r\n]*)\}")
# Kramdown's attributes: `{:toc}`, `{: .class #id}`, and `{#id}` at a block's end.
_ATTRIBUTES = re.compile(r"\{:[^{}\r\n]*\}|\{[#.][^{}\r\n]*\}(?=\s*\Z)")
# A reference label has at most 999 characters (CommonMark 4.7).
_MAX_LABEL = 999
# Images within images: each link keeps its own text, so that nesting without a bound would cost
# the square of the file (`![` and `](x)` 20,000 times: 3 GB).
_MAX_NESTED = 16


class FoundLink(NamedTuple):
    """A link as found, by places in the text. content: between `[[` and `]]`, or the address, which
    for a reference stands in its definition. shown: the Markdown link's text, or the label in
    braces of a wiki dialect (None: none).
    """

    form: LinkForm
    embed: bool
    span: Span
    content: Span
    shown: Span | None


class Inline(NamedTuple):
    """What one stretch of prose holds, each in order of its start."""

    links: list[FoundLink]
    tags: list[Span]
    regions: list[tuple[RegionKind, Span]]


class _Opener(NamedTuple):
    position: int
    image: bool


def label_key(label: str) -> str:
    """A reference label as CommonMark matches it: case-folded, white space as one space."""
    return " ".join(label.split()).casefold()


def read_inline(
    text: str,
    span: Span,
    references: Mapping[str, Span],
    found: Inline,
    *,
    braces: bool = False,
) -> None:
    """Read the prose at `span` into `found`.

    references: label key → where its address stands. braces: `[[x]]{label}` carries its label
    after it.
    """
    _Scanner(text, span, references, found, braces).scan()


class _Scanner:
    def __init__(
        self,
        text: str,
        span: Span,
        references: Mapping[str, Span],
        found: Inline,
        braces: bool,
    ) -> None:
        self.text = text
        self.start, self.end = span
        self.references = references
        self.found = found
        self.braces = braces
        self.openers: list[_Opener] = []
        # For each opener, how deep the links nest that were read behind it; the last is the text's.
        self.nested = [0]
        self.first_link = len(found.links)
        self.disordered = False
        self.inactive_below = -1
        self.missing: set[str] = set()
        # Mark → (from where it was looked for, where it stands): see `_find`.
        self.next: dict[str, tuple[int, int]] = {}
        # Length of a run of backticks → where such runs stand; None until one is needed.
        self.runs: dict[int, list[int]] | None = None
        self.comment = -1
        self.wiki_close = -1

    def scan(self) -> None:
        text, end = self.text, self.end
        pos = self.start
        search, steps = _SPECIAL.search, _STEPS
        while True:
            match = search(text, pos, end)
            if match is None:
                break
            pos = steps[match[0]](self, match.start())
        if self.disordered:
            # A link is found at its end: those inside it came before it.
            links = self.found.links
            links[self.first_link :] = sorted(
                links[self.first_link :], key=lambda link: link.span.start
            )

    # -- one method a special character: each returns where to go on -----------------------------

    def _backslash(self, pos: int) -> int:
        after = pos + 1
        return after + 1 if after < self.end and self.text[after] in PUNCTUATION else after

    def _ticks(self, pos: int) -> int:
        run = _TICKS.match(self.text, pos, self.end)
        assert run is not None
        if self.runs is None:
            self.runs = {}
            for match in _TICKS.finditer(self.text, pos, self.end):
                self.runs.setdefault(len(match[0]), []).append(match.start())
        equal = self.runs.get(len(run[0]), ())
        index = bisect_left(equal, run.end())
        if index == len(equal):
            return run.end()
        close = equal[index] + len(run[0])
        self._region("code", pos, close)
        return close

    def _dollar(self, pos: int) -> int:
        text = self.text
        if text.startswith("$$", pos):
            close = self._find("$$", pos + 2)
            if close < 0 or close == pos + 2:
                return pos + 2
            self._region("math", pos, close + 2)
            return close + 2
        after = pos + 1
        if after >= self.end or text[after].isspace() or "$" in self.missing:
            return after
        close = after
        while True:
            close = text.find("$", close, self.end)
            if close < 0:
                self.missing.add("$")
                return after
            before, beyond = text[close - 1], text[close + 1 : close + 2]
            if before == "\\":
                close += 1
                continue
            if before.isspace() or beyond.isdecimal() or beyond == "$":
                # As in Pandoc and Obsidian: `$5 and $6` is money. The next `$` may open.
                return after
            self._region("math", pos, close + 1)
            return close + 1

    def _percent(self, pos: int) -> int:
        if not self.text.startswith("%%", pos):
            return pos + 1
        if self.comment >= 0:
            self._region("comment", self.comment, pos + 2)
            self.comment = -1
        elif self._find("%%", pos + 2) >= 0:
            self.comment = pos
        return pos + 2

    def _angle(self, pos: int) -> int:
        text = self.text
        match = _AUTOLINK.match(text, pos, min(self.end, pos + MAX_TAG))
        if match:
            span, address = Span(pos, match.end()), Span(*match.span(1))
            self._add(FoundLink("autolink", False, span, address, None))
            self._region("url", pos, match.end())
            return match.end()
        limit = min(self.end, pos + MAX_TAG)
        match = _EMAIL.match(text, pos, limit)
        if match:
            span = Span(pos, match.end())
            address = Span(pos + 1, match.end() - 1)
            self._add(FoundLink("autolink", False, span, address, None))
            self._region("url", pos, match.end())
            return match.end()
        match = _HTML_TAG.match(text, pos, limit)
        if match:
            self._region("html", pos, match.end())
            return match.end()
        for opening, closing in _HTML_OTHER:
            if text.startswith(opening, pos):
                if opening == "<!" and not text[pos + 2 : pos + 3].isalpha():
                    break
                close = self._find(closing, pos + len(opening))
                if close < 0:
                    break
                self._region("html", pos, close + len(closing))
                return close + len(closing)
        return pos + 1

    def _hash(self, pos: int) -> int:
        after = tag_end(self.text, pos + 1, self.end)
        if after == pos + 1 or not may_begin(self.text, pos, self.start):
            return pos + 1
        self.found.tags.append(Span(pos, after))
        return after

    def _brace(self, pos: int) -> int:
        attributes = _ATTRIBUTES.match(self.text, pos, self.end)
        if attributes:
            return attributes.end()
        match = self._shortcode(pos)
        if match is None:
            return pos + 1
        if _PAGE_CALL.match(match[0]):
            span = Span(pos, match.end())
            self._add(FoundLink("shortcode", False, span, span, None))
        picture = _PICTURE_CALL.match(match[0])
        if picture:
            span = Span(pos + picture.start(1), pos + picture.end(1))
            self._add(FoundLink("shortcode", True, span, span, None))
        return match.end()

    def _bang(self, pos: int) -> int:
        text = self.text
        if not text.startswith("[", pos + 1) or pos + 1 >= self.end:
            return pos + 1
        if text.startswith("[[", pos + 1):
            after = self._wikilink(pos + 1, embed=True)
            if after >= 0:
                return after
        self.openers.append(_Opener(pos, True))
        self.nested.append(0)
        return pos + 2

    def _bracket(self, pos: int) -> int:
        if self.text.startswith("[[", pos):
            after = self._wikilink(pos, embed=False)
            if after >= 0:
                return after
        self.openers.append(_Opener(pos, False))
        self.nested.append(0)
        return pos + 1

    # -- links ---------------------------------------------------------------------------------

    def _wikilink(self, pos: int, embed: bool) -> int:
        """Read `[[…]]` at `pos`: where it ends, or -1 where another bracket or none begins here."""
        text = self.text
        if self.wiki_close < pos + 2:
            self.wiki_close = self._find("]]", pos + 2)
            if self.wiki_close < 0:
                return -1
        close = self.wiki_close
        if text.startswith("[[[", pos):
            return -1
        # An inner `[[` is the link: `[[Nested [[Inner]] x]]` names Inner.
        if text.find("[[", pos + 2, close) >= 0:
            return -1
        content = text[pos + 2 : close]
        if "\n" in content or "\r" in content:
            return -1
        if "`" in content and self._code_runs_over(pos + 2, close):
            return -1
        end = close + 2
        form: LinkForm = "wikilink"
        label = None
        if self.braces or content.startswith("/"):
            match = _BRACES.match(text, end, self.end)
            if match:
                form, label, end = "braced", Span(*match.span(1)), match.end()
        begin = pos - 1 if embed else pos
        self._add(FoundLink(form, embed, Span(begin, end), Span(pos + 2, close), label))
        return end

    def _code_runs_over(self, pos: int, close: int) -> bool:
        """Whether a code span that opens in a would-be link ends behind it: it binds tighter."""
        while True:
            run = _TICKS.search(self.text, pos, close)
            if run is None:
                return False
            regions = len(self.found.regions)
            end = self._ticks(run.start())
            del self.found.regions[regions:]
            if end > close:
                return True
            pos = end

    def _close(self, pos: int) -> int:
        if not self.openers:
            return pos + 1
        opener, depth = self.openers.pop(), self.nested.pop()
        self.nested[-1] = max(self.nested[-1], depth)
        if not opener.image and opener.position < self.inactive_below:
            return pos + 1
        if depth >= _MAX_NESTED:
            return pos + 1
        inside = opener.position + (2 if opener.image else 1)
        result = read_destination(self.text, pos + 1, self.end, self._shortcode) or self._reference(
            inside, pos
        )
        if result is None:
            return pos + 1
        form, content, end = result
        whole, shown = Span(opener.position, end), Span(inside, pos)
        self._add(FoundLink(form, opener.image, whole, content, shown))
        self.nested[-1] = max(self.nested[-1], depth + 1)
        self.disordered = True
        self._region("link", pos, end)
        if not opener.image:
            self.inactive_below = opener.position
        return end

    def _reference(self, inside: int, pos: int) -> tuple[LinkForm, Span, int] | None:
        """`[x][r]`, `[x][]` or `[x]` whose text ends at `pos`, where a definition exists."""
        if not self.references or self.text.startswith("!", inside):
            # `[!note]` is a callout's type.
            return None
        text = self.text
        limit = min(self.end, pos + _MAX_LABEL + 3)
        label = _LABEL.match(text, pos + 1, limit)
        end = pos + 1
        own = text[inside:pos] if pos - inside <= _MAX_LABEL else ""
        if label:
            name = label[1] or own
            end = label.end()
        else:
            name = own
        address = self.references.get(label_key(name)) if name.strip() else None
        if address is None:
            return None
        return "reference", address, end

    # -- small things ----------------------------------------------------------------------------

    def _shortcode(self, pos: int) -> re.Match[str] | None:
        if not self.text.startswith(("{%", "{{%", "{{<"), pos, self.end):
            return None
        ends = (self._find(mark, pos) for mark in ("%}", ">}}"))
        if not any(0 <= at < pos + MAX_TAG for at in ends):
            return None
        return _SHORTCODE.match(self.text, pos, min(self.end, pos + MAX_TAG))

    def _find(self, mark: str, pos: int) -> int:
        """`text.find`, remembering the last answer, so that many openers stay linear."""
        asked, at = self.next.get(mark, (self.end + 1, -1))
        if asked <= pos and (at < 0 or pos <= at):
            return at
        at = self.text.find(mark, pos, self.end)
        self.next[mark] = (pos, at)
        return at

    def _add(self, link: FoundLink) -> None:
        self.found.links.append(link)

    def _region(self, kind: RegionKind, start: int, end: int) -> None:
        self.found.regions.append((kind, Span(start, end)))


_STEPS = {
    "`": _Scanner._ticks,
    "[": _Scanner._bracket,
    "]": _Scanner._close,
    "!": _Scanner._bang,
    "\\": _Scanner._backslash,
    "$": _Scanner._dollar,
    "%": _Scanner._percent,
    "<": _Scanner._angle,
    "#": _Scanner._hash,
    "{": _Scanner._brace,
}


_PAGE_CALL = re.compile(
    r"\{\{[<%]\s*(?:ref|relref)\b|\{\{[<%]\s*\w[\w-]*\s[^}]*\blink\s*=|\{%-?\s*(?:post_url|link)\s"
)
_PICTURE_CALL = re.compile(
    r"\{\{[<%]\s*(?:figure|img|image|picture|video|audio)\s(?:[^}]*\s)?"
    r"(src\s*=\s*(?:\"(?![a-z]+:|//)[^\"{]+\"|'(?![a-z]+:|//)[^'{]+'|(?![a-z]+:|//)[^\s>%\"'`{]+))"
)
"""The file that a shortcode of Hugo's shows: `{{< figure src="pic.png" >}}`."""
