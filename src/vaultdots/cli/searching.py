"""`dots search`."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from vaultdots.cli.hits import hit_lines, that_fit
from vaultdots.cli.output import (
    beside,
    clean,
    cut,
    here,
    is_terminal,
    listing_options,
    note,
    paged,
    passing,
    printed,
    say,
    screen_height,
    style,
    terminal_width,
    translated,
)
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import ProgressBar, Session
from vaultdots.cli.words import complete_query, note_argument

if TYPE_CHECKING:
    from vaultdots.cli.picker import Choice
    from vaultdots.search.related import Because
    from vaultdots.search.searcher import Answer, Searcher, SearchOptions
    from vaultdots.vault import Vault

_BECAUSE = {
    "text": "both say",
    "linked": "",
    "cited-together": "linked together by",
    "links-to-same": "both link to",
}
"""How each signal of `related` is told; its text follows."""
_SCORE = 6
"""Columns of the score before a related note."""
_SORTS = ("score", "path", "title", "created", "modified", "links")
ECHOED = 120
"""Columns of a query that are said again where it found nothing."""


class QueryCommand(OwnHelp):
    """A command whose words may begin with `-`: `dots search 캐시 -제외` leaves 제외 out."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Part the options from the words of the query, and hand the words on behind `--`."""
        valued = {
            name
            for param in self.params
            if isinstance(param, click.Option) and not param.is_flag
            for name in param.opts
        }
        options: list[str] = []
        words: list[str] = []
        rest = iter(args)
        for arg in rest:
            if arg == "--":
                words += rest
            elif arg.startswith("--") or _SHORT.fullmatch(arg):
                options.append(arg)
                if arg in valued:
                    options += [value for value in [next(rest, None)] if value is not None]
            else:
                words.append(arg)
        return super().parse_args(ctx, [*options, "--", *words] if words else options)


_SHORT = re.compile(r"-(?:n\d*|[i0h])")


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1, metavar="QUERY", shell_complete=complete_query)
@option(
    "-n",
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many hits; 0 for all.",
)
@option("--sort", type=click.Choice(_SORTS), default="score", show_default=True)
@option("--group-by", type=click.Choice(["note"]), help="One hit a note.")
@option("--prefix", is_flag=True, help="The last word is still being typed.")
@option("--literal", is_flag=True, help="Only what holds every word, or nothing.")
@option("--explain", is_flag=True, help="Say why each hit stands where it does.")
@option("-i", "--interactive", is_flag=True, help="Search while typing, and choose.")
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
    **asked: bool,
) -> int:
    """Find the sections that QUERY means.

    The best first. Words are AND'ed; OR, -not, ( ), "exact phrase", tag:#x, path:, year:2023,
    kind:review… narrow it down (docs/search.md). Spacing and Korean particles are forgiven.

    Example: dots search 회고 year:2023
    """
    from vaultdots.search.saved import expand
    from vaultdots.search.searcher import SearchOptions

    text = " ".join(query)
    if interactive:
        return _pick(session, text, sort)
    if not query:
        raise click.UsageError("Missing argument 'QUERY'.")
    options = SearchOptions(
        limit=limit or None,
        sort=sort,
        by_note=group_by == "note",
        prefix=prefix,
        relax=not literal,
    )
    with session.vault(indexing=True) as vault:
        bar = ProgressBar("indexing text")
        try:
            searcher = vault.searcher(progress=bar.update)
            text = expand(text, vault.config_table("query"))
            answer = searcher.ask(text, options)
        finally:
            bar.done()
        offers = _offers(searcher, text, answer) if is_terminal(sys.stderr) else ()
        found = answer.hits
        for_program = asked["as_json"] or asked["jsonl"] or asked["paths"]
        if found and not for_program:
            _show(vault, searcher, text, answer, options, explain=explain)
    for notice in answer.notices:
        note(notice)
    if not printed(found, **asked) and not found:
        note(f"nothing found for {cut(text, ECHOED)}")
    for other in offers:
        note(f"did you mean: {other}")
    return 0 if found else 1


def _show(
    vault: Vault,
    searcher: Searcher,
    text: str,
    answer: Answer,
    options: SearchOptions,
    *,
    explain: bool,
) -> None:
    """The hits for people: on a terminal as many as fit, unless a number was asked for; and how
    many there are, where they are not all."""
    dates: dict[str, str] = {}
    if options.sort in ("created", "modified"):
        dates = {one.path: getattr(one, options.sort) for one in vault.notes.dates()}
    hits = answer.hits
    blocks = [hit_lines(hit, explain=explain, date=dates.get(hit.path, "")) for hit in hits]
    source = click.get_current_context().get_parameter_source("limit")
    fits = is_terminal(sys.stdout) and source is ParameterSource.DEFAULT
    count = that_fit(blocks, screen_height()) if fits else len(blocks)
    with nullcontext() if fits else paged():
        for block in blocks[:count]:
            for line in block.lines:
                say(line)
    whole, exact = len(hits), True
    asked = options.limit is not None and len(hits) >= options.limit
    if asked and any(hit.relaxed is None and hit.corrected is None for hit in hits):
        whole, exact = searcher.total(text, options)
    if whole > count:
        if exact:
            note(f"{count} of {whole:,}, -n 0 for all")
        else:
            note(f"{count} of about {whole:,}, -n 0 for all")


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
    say(f"{here(choice.path)}:{choice.line}")
    return 0


def choose(session: Session, text: str, sort: Any) -> Choice | None:
    """What a person picks while typing; None where they leave."""
    from vaultdots.cli.picker import ROWS, Choice, Found, pick
    from vaultdots.search.saved import expand
    from vaultdots.search.searcher import SearchOptions

    if not is_terminal(sys.stdin):
        raise click.UsageError("-i needs a terminal to type in")
    with session.vault(indexing=True) as vault:
        saved = vault.config_table("query")
        bar = ProgressBar("indexing text")
        searcher = vault.searcher(progress=bar.update)
        searcher.warm()
        bar.done()
        asked = SearchOptions(limit=ROWS, sort=sort, prefix=True)

        def ask(typed: str) -> Found:
            answer = searcher.ask(expand(typed, saved), asked)
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
            offers = [
                translated("did you mean {0}?", other)
                for other in _offers(searcher, typed, answer)[:1]
            ]
            told = map(translated, answer.notices)
            return Found(choices, "; ".join((*told, *offers)))

        def read(path: str) -> str:
            found = vault.catalog.note(path)
            return vault.catalog.text(found.id) if found else ""

        recent = [
            Choice(row.path, 1, row.title, "", (), file=vault.notes.disk_path(row.path))
            for row, _ in vault.notes.recent(ROWS)
        ]
        return pick(ask, read, text, folder=vault.root, recent=recent)


def _said(reason: Because) -> str:
    return translated(reason.text) if reason.signal == "linked" else reason.text


@click.command(cls=OwnHelp)
@note_argument()
@option("-n", "--limit", type=click.IntRange(min=1), default=10, show_default=True)
@listing_options
@passing
def related(session: Session, note_name: str, limit: int, **asked: bool) -> int:
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
    if printed(found, **asked):
        return 0 if found else 1
    if found:
        for one in found:
            head = style(f"{one.score:.2f}  ", dim=True)
            room = terminal_width() - _SCORE - 2
            title, place = beside(clean(one.title), clean(here(one.path)), room)
            say(head + style(title, bold=True) + style(f"  {place}".rstrip(), dim=True))
            for reason in one.reasons:
                said = f"{translated(_BECAUSE[reason.signal])} {clean(_said(reason))}".strip()
                say("      " + cut(said, terminal_width() - 6))
    else:
        note(f"nothing is related to {note_name}")
    return 0 if found else 1
