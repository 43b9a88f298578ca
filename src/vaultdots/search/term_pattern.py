"""What a typed word or phrase looks like in a text, and where it stands as far as letters go.

A term pattern is walked along run by run, from one place where its first letters stand to the
next. Only the short patterns of its runs are compiled for a query: one pattern with "no letter
before" and "no letter after" in it takes 3 ms to compile, longer than the search itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from vaultdots.search.tokens import (
    DENSE,
    GAP,
    PICTOGRAPHS,
    is_letter,
    prefix_token,
    runs_in,
    word_token,
)
from vaultdots.text.folding import folded
from vaultdots.text.hangul import syllables_of
from vaultdots.text.tuples import NamedTuple

Raw = tuple[int, int, tuple[str, ...]]
"""Start, end, and the English words that the match took in."""


@cache
def _between(bridged: bool) -> re.Pattern[str]:
    """What may stand where a query goes from one script to another: `2-phase` finds `2 phase`.

    bridged: between two runs of the same; without a sign between them they would be one run.
    """
    if bridged:
        return re.compile(rf"\s?(?:[^\w\s{DENSE}{PICTOGRAPHS}]|_){{1,3}}\s?")
    return re.compile(rf"(?:[^\w{DENSE}{PICTOGRAPHS}]|_){{0,3}}")


class Run(NamedTuple):
    """One stretch of one script in a word.

    begins: the letters that it must begin with, "" where it has a choice. pattern: None where it
    is those letters and no more. kind: as in `tokens.RUN`. stem: the token that an English word
    must have; where the word is still being typed, the word as typed. ends: what may not follow a
    word: "word" (a letter or ++), "letter", "" (anything may). lonely: a `#` may not either.
    """

    kind: str
    begins: str
    pattern: re.Pattern[str] | None
    stem: str | None = None
    ends: str = ""
    lonely: bool = False
    bridged: bool = False


class TermPattern(NamedTuple):
    """One way to write a word.

    caseless: it stands in a text as written wherever it stands in the folded one. stems: those of
    its English words. strict: only a whole word counts. dense: it holds characters that are written
    without reliable spaces.
    """

    runs: tuple[Run, ...]
    caseless: bool
    stems: tuple[str, ...]
    size: int
    strict: bool
    begins_dense: bool
    ends_dense: bool
    prefix: bool
    stem_prefix: bool
    factor: float


def _english(word: str, prefix: bool) -> Run:
    """A folded word of letters: any form of it, or any word that begins so."""
    plain = word.isascii() and word.isalpha()
    if prefix and not word.endswith(("+", "#")):
        if not plain:
            return Run("word", word, None)
        begin = prefix_token(word)
        return Run("word", begin, re.compile(f"{re.escape(begin)}[a-z]*"), word)
    if not plain:
        ends = "letter" if word.endswith("#") else "" if word.endswith("+") else "word"
        return Run("word", word, None, None, ends, len(word) == 1)
    token = word_token(word)
    # A stem can end in letters that the word has not (happy, happi; hoping, hope).
    begin = token[:-1] if len(token) > 2 else token
    pattern = re.compile(f"{re.escape(begin)}[a-z]*")
    return Run("word", begin, pattern, token, "word", len(word) == 1)


def _dense(run: str, last: bool, prefix: bool, bridged: bool) -> Run:
    chars = [c for c in run if not c.isspace()]
    if last and prefix:
        first, final = syllables_of(chars[-1])
        pattern = GAP.join([*map(re.escape, chars[:-1]), f"[{first}-{final}{chars[-1]}]"])
        begins = chars[0] if len(chars) > 1 else ""
        return Run("dense", begins, re.compile(pattern), bridged=bridged)
    if len(chars) == 1:
        return Run("dense", chars[0], None, bridged=bridged)
    return Run("dense", chars[0], re.compile(GAP.join(map(re.escape, chars))), bridged=bridged)


@lru_cache(maxsize=512)
def term_pattern(
    text: str, *, strict: bool = False, prefix: bool = False, factor: float = 1
) -> TermPattern:
    """Compile one spelling of a word; `text` holds at least one run of `tokens.RUN`."""
    found = list(runs_in(folded(text)))
    runs: list[Run] = []
    size = 0
    for number, run in enumerate(found):
        last = number == len(found) - 1
        if run.lastgroup == "dense":
            bridged = number > 0 and found[number - 1].lastgroup == "dense"
            runs.append(_dense(run[0], last, prefix, bridged))
            size += len(run[0])
        elif run.lastgroup == "word":
            runs.append(_english(run[0], last and prefix))
        else:
            runs.append(Run("sign", run[0], None))
    return TermPattern(
        tuple(runs),
        len(runs) == 1 and runs[0].kind == "dense",
        tuple(run.stem for run in runs if run.stem is not None),
        size,
        strict,
        runs[0].kind == "dense",
        runs[-1].kind == "dense",
        prefix,
        prefix and found[-1][0].isascii() and found[-1][0].isalpha(),
        factor,
    )


_PLAIN_ENDS = frozenset((" ", "\n", ".", ","))


def raw_matches(text: str, one: TermPattern) -> Iterator[Raw]:
    """Where the runs of a term pattern stand in a folded text, one after the other."""
    first = one.runs[0]
    if len(one.runs) == 1 and first.pattern is not None:
        # Most words are one run. A word's pattern takes all its letters, so what does not fit where
        # it begins or ends holds nothing that does.
        if first.kind != "word":
            for found in first.pattern.finditer(text):
                yield *found.span(), ()
            return
        ends, lonely = first.ends, first.lonely
        for found in first.pattern.finditer(text):
            start, end = found.span()
            if start and text[start - 1].isalnum() and is_letter(text[start - 1]):
                continue
            # Nearly every word ends at a space, where there is nothing to ask.
            if text[end : end + 1] in _PLAIN_ENDS or _may_end(text, end, ends, lonely):
                yield start, end, (found[0],)
        return
    anchor = first.begins
    if not anchor:
        yield from _unanchored(text, one)
        return
    at = text.find(anchor)
    while at >= 0:
        match = _match(text, at, one.runs)
        if match is None:
            at = text.find(anchor, at + 1)
        else:
            yield match
            at = text.find(anchor, match[1])


def _unanchored(text: str, one: TermPattern) -> Iterator[Raw]:
    """The same for a term pattern whose first syllable is still being typed."""
    pattern = one.runs[0].pattern
    assert pattern is not None
    at = 0
    while (begin := pattern.search(text, at)) is not None:
        match = _match(text, begin.start(), one.runs)
        if match is None:
            at = begin.start() + 1
        else:
            yield match
            at = match[1]


def _match(text: str, start: int, runs: tuple[Run, ...]) -> Raw | None:
    """The runs from `start` on; nothing in them leaves a choice, so nothing is taken back."""
    at = start
    words: list[str] = []
    for number, run in enumerate(runs):
        if number:
            between = _between(run.bridged).match(text, at)
            if between is None:
                return None
            at = between.end()
        if run.kind == "word" and at and is_letter(text[at - 1]):
            return None
        if run.pattern is None:
            if not text.startswith(run.begins, at):
                return None
            end = at + len(run.begins)
        else:
            match = run.pattern.match(text, at)
            if match is None:
                return None
            end = match.end()
            if run.stem is not None:
                words.append(match[0])
        if not _may_end(text, end, run.ends, run.lonely):
            return None
        at = end
    return start, at, tuple(words)


def _may_end(text: str, end: int, ends: str, lonely: bool) -> bool:
    """Whether a word can end here, for what follows it; see `Run`."""
    if not ends and not lonely:
        return True
    after = text[end : end + 1]
    if not after:
        return True
    if ends and is_letter(after):
        return False
    if ends == "word" and after == "+" and text.startswith("++", end):
        return False
    return not (lonely and after == "#" and not is_letter(text[end + 1 : end + 2] or " "))


_UNSEEN = r"[*_~=`]{0,3}\s+(?:>\s*)*[*_~=`]{0,3}"


class ExactPhrase(NamedTuple):
    """A phrase between quotes, compiled. anchor: the letters that it begins with. word_first: no
    letter may stand before it. ends: as in `Run`. plus, sharp: these signs may not follow."""

    pattern: re.Pattern[str]
    anchor: str
    word_first: bool
    ends: str
    plus: bool
    sharp: bool

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, end) of the phrase in a text, folded unless case counts."""
        if not self.anchor:  # nothing between the quotes: it is everywhere
            yield 0, 0
            return
        at = text.find(self.anchor)
        while at >= 0:
            match = self.pattern.match(text, at)
            if match is None or not self._fits(text, at, match.end()):
                at = text.find(self.anchor, at + 1)
            else:
                yield at, match.end()
                at = text.find(self.anchor, match.end())

    def search(self, text: str) -> bool:
        """Whether the phrase stands in a text."""
        return next(self.spans(text), None) is not None

    def _fits(self, text: str, start: int, end: int) -> bool:
        if self.word_first and start and is_letter(text[start - 1]):
            return False
        if self.plus and text.startswith("+", end):
            return False
        if self.ends and not _may_end(text, end, self.ends, False):
            return False
        return not (self.sharp and text.startswith("#", end))


@lru_cache(maxsize=256)
def exact_phrase(phrase: str, *, case: bool = False) -> ExactPhrase:
    """An exact phrase: white space matches white space, words of letters are whole ones.

    What a page does not show between two words is no difference: emphasis that ends or begins, the
    mark of a quotation that goes on in the next line. case: the text will not be folded.
    """
    # A sign may fold to white space (`¨`): the phrase ends before it.
    written = (phrase if case else folded(phrase)).strip()
    parts = written.split()
    body = _UNSEEN.join(map(re.escape, parts))
    runs = list(runs_in(written))
    plus = written.endswith("+")
    ends_in_word = bool(runs) and runs[-1].lastgroup == "word" and runs[-1].end() == len(written)
    return ExactPhrase(
        re.compile(body),
        parts[0] if parts else "",
        bool(runs) and runs[0].lastgroup == "word" and runs[0].start() == 0,
        "word" if ends_in_word and not plus else "",
        plus,
        ends_in_word and not written.endswith("#"),
    )
