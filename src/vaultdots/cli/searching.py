"""`dots search`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from vaultdots.cli.output import (
    clean,
    listing_options,
    note,
    passing,
    print_json,
    print_paths,
    say,
    terminal_width,
)
from vaultdots.cli.session import ProgressBar, Session

if TYPE_CHECKING:
    from vaultdots.search.find import Hit

_SORTS = ("score", "path", "title", "created", "modified", "links")
_KEYS = (
    "path",
    "title",
    "kind",
    "year",
    "section",
    "line",
    "score",
    "snippet",
    "ranges",
    "corrected",
)


@click.command(context_settings={"ignore_unknown_options": False})
@click.argument("query", nargs=-1, required=True, metavar="QUERY")
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
@listing_options
@passing
def search(
    session: Session,
    query: tuple[str, ...],
    limit: int,
    sort: Any,
    group_by: str | None,
    prefix: bool,
    as_json: bool,
    jsonl: bool,
    paths: bool,
    zero: bool,
) -> int:
    """Find the sections that QUERY means.

    The best first. Words are AND'ed; OR, -not, ( ), "exact phrase", tag:#x, path:, year:2023,
    kind:review… narrow it down (docs/search.md). Spacing and Korean particles are forgiven. A query
    that begins with `-` goes after `--`.

    Example: dots search 회고 year:2023
    """
    from vaultdots.search.find import Wish

    text = " ".join(query)
    with session.vault(indexing=True) as vault:
        bar = ProgressBar("indexing text")
        try:
            searcher = vault.searcher(progress=bar.update)
            answer = searcher.ask(
                text, Wish(limit=limit or None, sort=sort, by_note=group_by == "note", begun=prefix)
            )
        finally:
            bar.done()
    for notice in answer.notices:
        note(notice)
    found = answer.hits
    if as_json or jsonl:
        print_json([{key: getattr(hit, key) for key in _KEYS} for hit in found], lines=jsonl)
    elif paths:
        print_paths((hit.path for hit in found), zero=zero)
    elif found:
        for hit in found:
            _show(hit)
    else:
        note(f"nothing found for {text}")
    return 0 if found else 1


def _show(hit: Hit) -> None:
    """A hit in three lines: title and heading path; place; the words around the matches."""
    head = click.style(clean(hit.title), bold=True)
    section = hit.section[1:] if hit.section[:1] == (hit.title,) else hit.section
    if section:
        head += click.style(" › " + " › ".join(clean(part) for part in section), fg="cyan")
    say(head)
    say(click.style(f"  {hit.path}:{hit.line}", dim=True))
    for line in _marked(hit):
        say("  " + line)
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
            current += click.style(word, fg="yellow", bold=True) if is_match else word
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
