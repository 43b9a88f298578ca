"""`dots search`."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from vaultdots.cli.output import (
    clean,
    cut,
    is_terminal,
    listing_options,
    note,
    passing,
    print_json,
    print_paths,
    say,
    style,
    terminal_width,
)
from vaultdots.cli.session import ProgressBar, Session

if TYPE_CHECKING:
    from vaultdots.cli.picker import Choice
    from vaultdots.search.searcher import Answer, Hit, Searcher

_BECAUSE = {
    "text": "both say",
    "linked": "",
    "cited-together": "linked together by",
    "links-to-same": "both link to",
}
"""How each signal of `related` is told; its text follows."""
_SORTS = ("score", "path", "title", "created", "modified", "links")
ECHOED = 120
"""Columns of a query that are said again where it found nothing."""


class QueryCommand(click.Command):
    """A command whose words may begin with `-`: `dots search 캐시 -제외` leaves 제외 out."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Part the options from the words of the query, and hand the words on behind `--`."""
        options: list[str] = []
        words: list[str] = []
        rest = iter(args)
        for arg in rest:
            if arg == "--":
                words += rest
            elif arg.startswith("--") or _SHORT.fullmatch(arg):
                options.append(arg)
                if arg in _WITH_VALUE:
                    options += [value for value in [next(rest, None)] if value is not None]
            else:
                words.append(arg)
        return super().parse_args(ctx, [*options, "--", *words] if words else options)


_SHORT = re.compile(r"-(?:n\d*|[i0h])")
_WITH_VALUE = ("-n", "--limit", "--sort", "--group-by")


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1, metavar="QUERY")
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many hits; 0 for all.",
)
@click.option("--sort", type=click.Choice(_SORTS), default="score", show_default=True)
@click.option("--group-by", type=click.Choice(["note"]), help="One hit a note.")
@click.option("--prefix", is_flag=True, help="The last word is still being typed.")
@click.option("--literal", is_flag=True, help="Only what holds every word, or nothing.")
@click.option("--explain", is_flag=True, help="Say why each hit stands where it does.")
@click.option("-i", "--interactive", is_flag=True, help="Search while typing, and choose.")
@listing_options
@passing
def search(
    session: Session,
    query: tuple[str, ...],
    limit: int,
    sort: Any,
    group_by: str | None,
    prefix: bool,
    literal: bool,
    explain: bool,
    interactive: bool,
    as_json: bool,
    jsonl: bool,
    paths: bool,
    zero: bool,
) -> int:
    """Find the sections that QUERY means.

    The best first. Words are AND'ed; OR, -not, ( ), "exact phrase", tag:#x, path:, year:2023,
    kind:review… narrow it down (docs/search.md). Spacing and Korean particles are forgiven.

    Example: dots search 회고 year:2023
    """
    from vaultdots.search.searcher import SearchOptions

    text = " ".join(query)
    if interactive:
        return _pick(session, text, sort)
    if not query:
        raise click.UsageError("Missing argument 'QUERY'.")
    with session.vault(indexing=True) as vault:
        bar = ProgressBar("indexing text")
        try:
            searcher = vault.searcher(progress=bar.update)
            answer = searcher.ask(
                text,
                SearchOptions(
                    limit=limit or None,
                    sort=sort,
                    by_note=group_by == "note",
                    prefix=prefix,
                    relax=not literal,
                ),
            )
        finally:
            bar.done()
        offers = _offers(searcher, text, answer) if is_terminal(sys.stderr) else ()
    for notice in answer.notices:
        note(notice)
    found = answer.hits
    if as_json or jsonl:
        print_json(found, lines=jsonl)
    elif paths:
        print_paths((hit.path for hit in found), zero=zero)
    elif found:
        for hit in found:
            _show(hit, explain)
    else:
        note(f"nothing found for {cut(text, ECHOED)}")
    for other in offers:
        note(f"did you mean: {other}")
    return 0 if found else 1


def _offers(searcher: Searcher, text: str, answer: Answer) -> tuple[str, ...]:
    """Other queries where a word of this one is nowhere: for a person, who waits for them."""
    if answer.corrected or (answer.hits and not answer.hits[0].relaxed):
        return ()
    return searcher.suggest(text)


def _pick(session: Session, text: str, sort: Any) -> int:
    """The full-screen picker; prints `path:line` of the choice."""
    choice = choose(session, text, sort)
    if choice is None:
        return 1
    say(f"{choice.on_disk}:{choice.line}")
    return 0


def choose(session: Session, text: str, sort: Any) -> Choice | None:
    """What a person picks while typing; None where they leave."""
    from vaultdots.cli.picker import ROWS, Choice, Found, pick
    from vaultdots.search.searcher import SearchOptions

    with session.vault(indexing=True) as vault:
        bar = ProgressBar("indexing text")
        searcher = vault.searcher(progress=bar.update)
        searcher.warm()
        bar.done()
        asked = SearchOptions(limit=ROWS, sort=sort, prefix=True)

        def ask(typed: str) -> Found:
            answer = searcher.ask(typed, asked)
            choices = [
                Choice(
                    hit.path,
                    hit.match_line,
                    hit.title,
                    hit.snippet,
                    hit.ranges,
                    "".join(hit.section[-1:]),
                    vault.notes.disk_path(hit.path),
                )
                for hit in answer.hits
            ]
            offers = [f"did you mean {other}?" for other in _offers(searcher, typed, answer)[:1]]
            return Found(choices, "; ".join((*answer.notices, *offers)))

        def read(path: str) -> str:
            found = vault.catalog.note(path)
            return vault.catalog.text(found.id) if found else ""

        return pick(ask, read, text, folder=vault.root)


@click.command()
@click.argument("note_name", metavar="NOTE")
@click.option("-n", "--limit", type=click.IntRange(min=1), default=10, show_default=True)
@listing_options
@passing
def related(
    session: Session,
    note_name: str,
    limit: int,
    as_json: bool,
    jsonl: bool,
    paths: bool,
    zero: bool,
) -> int:
    """The notes that belong to NOTE, and why.

    By the words that they share and few others have, and by the links around them.

    Example: dots related Redis
    """
    with session.vault(indexing=True) as vault:
        bar = ProgressBar("indexing text")
        try:
            found = vault.related(note_name, limit=limit, progress=bar.update)
        finally:
            bar.done()
    if as_json or jsonl:
        print_json(found, lines=jsonl)
    elif paths:
        print_paths((one.path for one in found), zero=zero)
    elif found:
        for one in found:
            head = style(f"{one.score:.2f}  ", dim=True)
            say(head + style(clean(one.title), bold=True) + style(f"  {clean(one.path)}", dim=True))
            for reason in one.reasons:
                said = f"{_BECAUSE[reason.signal]} {clean(reason.text)}".strip()
                say("      " + cut(said, terminal_width() - 6))
    else:
        note(f"nothing is related to {note_name}")
    return 0 if found else 1


def _show(hit: Hit, explain: bool = False) -> None:
    """A hit in three lines: title and heading path; place; the words around the matches."""
    head = style(clean(hit.title), bold=True)
    section = hit.section
    if section and (section[0].startswith(hit.title) or hit.title.startswith(section[0])):
        # The note's own heading says what its title says.
        section = section[1:]
    if section:
        head += style(" › " + " › ".join(clean(part) for part in section), fg="cyan")
    say(head)
    say(style(f"  {clean(hit.path)}:{hit.line}", dim=True))
    for line in _marked(hit):
        say("  " + line)
    if explain:
        say(style(f"  {hit.score:.2f} =", dim=True))
        for reason in hit.reasons:
            say(style(f"    {reason.score:+.2f} {reason.signal}: {clean(reason.text)}", dim=True))
    say("")


def _marked(hit: Hit) -> list[str]:
    """The snippet in as many lines as it needs, matches in bold yellow."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in hit.ranges:
        pieces.append((hit.snippet[at:start], False))
        pieces.append((hit.snippet[start:end], True))
        at = end
    pieces.append((hit.snippet[at:], False))
    return _wrapped(pieces, min(terminal_width() - 2, 100))


def _wrapped(pieces: list[tuple[str, bool]], columns: int) -> list[str]:
    from vaultdots.cli.output import width

    lines: list[str] = []
    current, used = "", 0
    for text, is_match in pieces:
        for word in _words(clean(text)):
            if used + width(word.rstrip()) > columns and current.strip():
                lines.append(current.rstrip())
                current, used = "", 0
                word = word.lstrip()
            current += style(word, fg="yellow", bold=True) if is_match else word
            used += width(word)
    if current.strip():
        lines.append(current.rstrip())
    return lines


def _words(text: str) -> list[str]:
    """`text` cut behind its spaces, nothing lost."""
    parts: list[str] = []
    start = 0
    for index, char in enumerate(text):
        if char == " ":
            parts.append(text[start : index + 1])
            start = index + 1
    parts.append(text[start:])
    return [part for part in parts if part]
