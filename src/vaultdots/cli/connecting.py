"""`dots mentions`, `dots connect`: what is named and not linked, and what should be."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from vaultdots.cli.output import (
    clean,
    confirm,
    counted,
    cut,
    force_option,
    is_terminal,
    listing_options,
    note,
    pad,
    passing,
    piece_of_line,
    printed,
    printed_edits,
    say,
    style,
    terminal_width,
    translated,
    width,
)
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import Session
from vaultdots.cli.words import YEAR, note_argument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultdots.vault import Connection, Mention, Plan, Vault

_OF_GROUP = 3
"""Notes of a group that are shown by their titles."""
_MARGIN = 8
_LEAST_LINE = 16
"""Columns of the line that are shown beside the longest title."""


@click.command(cls=OwnHelp)
@note_argument()
@option("--out", is_flag=True, help="What NOTE names without a link, not who names it.")
@option("--tags", is_flag=True, help="A tag that one note alone has counts as its name.")
@listing_options
@passing
def mentions(session: Session, note_name: str, out: bool, tags: bool, **asked: bool) -> int:
    """Who names NOTE in plain text, without a link.

    Titles, aliases, file and folder names count, with or without a particle. Everyday words are no
    names.

    Example: dots mentions Redis
    """
    with session.vault(indexing=True) as vault, vault.links.naming():
        if out:
            found = vault.links.mentions_in(note_name, tags=tags)
        else:
            found = vault.links.mentions_of(note_name, tags=tags)
        if printed(found, lambda m: m.target if out else m.source, **asked):
            return 0 if found else 1
        if found:
            _print_mentions(vault, found, out=out)
        elif out:
            note(f"{note_name} names nothing")
        elif vault.links.is_everyday(note_name):
            note(
                f"{note_name} is an everyday word here, no name to look for (an alias makes it one)"
            )
        else:
            note(f"nothing names {note_name}")
    return 0 if found else 1


def _print_mentions(vault: Vault, found: Sequence[Mention], *, out: bool) -> None:
    titles = vault.notes.titles(path for one in found for path in (one.source, one.target))
    lines: dict[str, list[str]] = {}
    shown = ""
    for mention in found:
        if mention.source not in lines:
            lines[mention.source] = vault.notes.lines(mention.source)
        if mention.source != shown:
            if shown:
                say("")
            say(_head(titles, mention.source))
            shown = mention.source
        line = lines[mention.source][mention.line - 1]
        end = f"  → {clean(titles.get(mention.target, mention.target))}" if out else ""
        start = mention.column - 1
        room = max(_LEAST_LINE, terminal_width() - _MARGIN - width(end))
        before, words, after = piece_of_line(line, start, start + len(mention.text), room)
        number = style(f"{mention.line:>4}", dim=True)
        words = style(words, fg="cyan")
        say(f"  {number}  {before}{words}{after}" + style(end, dim=True))


def _head(titles: dict[str, str], path: str) -> str:
    return style(clean(titles.get(path, path)), bold=True) + style(f"  {clean(path)}", dim=True)


@click.command(cls=OwnHelp)
@note_argument(required=False)
@option("--year", type=YEAR, metavar="YYYY", help="The reviews of a year, instead of NOTE.")
@option("--all", "everything", is_flag=True, help="Every review.")
@option("-n", "most", type=click.IntRange(1),
        help="The most suggestions a section.")  # fmt: skip
@option("--with-links", is_flag=True, help="Links that are there already too.")
@option("--interactive", is_flag=True, help="Accept or reject one by one.")
@option("--apply", "apply_", is_flag=True, help="Write them into the notes, after a question.")
@option("--accept", metavar="N,M…", default="", help="Write those with these numbers.")
@option("--yes", "-y", is_flag=True, help="With --apply: write all without asking.")
@option("--dry-run", is_flag=True, help="With --apply: show what would change.")
@force_option
@option("--again", is_flag=True, help="Those too that were rejected before.")
@option("--rejected", is_flag=True, help="List what was rejected, instead.")
@listing_options
@passing
def connect(
    session: Session,
    note_name: str | None,
    year: int | None,
    everything: bool,
    most: int | None,
    with_links: bool,
    interactive: bool,
    apply_: bool,
    accept: str,
    yes: bool,
    dry_run: bool,
    force: bool,
    again: bool,
    rejected: bool,
    **asked: bool,
) -> int:
    """The notes that each section of NOTE should be connected to, and why.

    Nothing is written but what you accept: one by one (--interactive), by number (--accept 1,3), or
    all, after a question (--apply) or without one (--yes). A name in the text becomes a link in the
    note's own style; a connection without a name goes to a list under `## Related` (`## 연결`).
    `dots undo` takes it back. What you reject is remembered, and not suggested again.

    Example: dots connect "2024년 회고" --interactive
    """
    if rejected:
        return _list_rejected(session, **asked)
    if sum((note_name is not None, year is not None, everything)) != 1:
        raise click.UsageError("give one of NOTE, --year and --all")
    form = {"as_json": asked["as_json"], "jsonl": asked["jsonl"]}
    how: dict[str, bool] = {"dry_run": dry_run, "force": force, **form}
    apply_ = apply_ or yes or bool(accept)
    if dry_run and not apply_:
        raise click.UsageError("--dry-run goes with --apply")
    numbers = _numbers(accept)
    with session.vault(indexing=True) as vault:
        found = vault.connect(
            note_name,
            year=year,
            with_links=with_links and not apply_,
            again=again,
            most=most,
        )
        if interactive:
            from vaultdots.cli.asking import ask

            accepted = ask(vault, found)
            if accepted is None:
                return 1
            if not accepted:
                note("nothing accepted")
                return 0
            plan = vault.edit.connect(accepted)
            return _apply(vault, plan, sure=apply_, **how)
        if apply_:
            chosen = _chosen(found, numbers)
            asking = not (yes or accept or dry_run)
            if asking and not is_terminal(sys.stdin):
                raise click.UsageError(
                    "nothing was written; --yes writes all, --accept some, --dry-run shows"
                )
            if asking and chosen and not any(form.values()):
                _print_connections(vault, chosen)
            return _apply(vault, vault.edit.connect(chosen), sure=not asking, **how)
        targets = [path for c in found for path in c.notes or (c.target,)]
        if printed(targets if asked["paths"] else found, str, **asked):
            pass
        elif found:
            _print_connections(vault, found)
        else:
            note("nothing to connect")
    return 0 if found else 1


def _numbers(words: str) -> list[int]:
    """The numbers of `--accept`."""
    parts = words.replace(",", " ").split()
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise click.UsageError("--accept takes numbers of the list, as in 1,3")
    return [int(part) for part in parts]


def _chosen(found: Sequence[Connection], numbers: Sequence[int]) -> list[Connection]:
    """The suggestions with these numbers in the list; all where there is none."""
    for number in numbers:
        if not 1 <= number <= len(found):
            raise click.UsageError(f"no suggestion {number}; the last is {len(found)}")
    return [found[number - 1] for number in sorted(set(numbers))] if numbers else list(found)


def _print_connections(vault: Vault, found: Sequence[Connection]) -> None:
    titles = vault.notes.titles(
        path for one in found for path in (one.source, one.target, *one.notes[:_OF_GROUP])
    )
    source = section = None
    for number, connection in enumerate(found, 1):
        if connection.source != source:
            if source is not None:
                say("")
            say(_head(titles, connection.source))
            source, section = connection.source, None
        if connection.section != section:
            section = connection.section
            say("")
            say(
                style("  " + clean(" › ".join(section) or translated("(before the first heading)")))
            )
        print_connection(connection, titles, number)


def print_connection(connection: Connection, titles: dict[str, str], number: int = 0) -> None:
    """A suggestion: its number in the list, score, title, path, and a line a reason."""
    room = terminal_width()
    title = titles.get(connection.target, connection.target)
    mark = translated("linked") if connection.explicit else f"{connection.score:.2f}"
    head = f"{number or '':>3} {pad(mark, 6, right=True)}  "
    place = connection.target if not connection.notes else connection.target_kind
    path = cut(clean(place), max(12, room - width(head) - width(title) - 2))
    say(style(head, dim=True) + style(clean(title), fg="cyan") + style(f"  {path}", dim=True))
    for reason in connection.reasons:
        line = "" if reason.line == connection.line else " " + translated("(line {0})", reason.line)
        say(" " * 12 + cut(clean(translated(reason.text)) + line, room - 12))
    for path in connection.notes[:_OF_GROUP]:
        say(" " * 12 + cut("· " + clean(titles.get(path, path)), room - 12))
    more = len(connection.notes) - _OF_GROUP
    if more > 0:
        say(style(" " * 12 + translated("… and {0} more", more), dim=True))


def _apply(
    vault: Vault, plan: Plan, *, sure: bool, dry_run: bool, force: bool, **form: bool
) -> int:
    change = plan.change
    for remark in change.remarks:
        note(remark)
    prepared = vault.edit.prepare(change)
    printed_edits(prepared, dry_run=dry_run and bool(prepared), **form)
    if not prepared:
        note("nothing to write")
        return 1
    if dry_run:
        return 0
    where = (
        prepared.files[0].path if len(prepared.files) == 1 else counted(len(prepared.files), "note")
    )
    what = translated("{0} into {1}", counted(len(plan.written), "link"), where)
    if not sure and not confirm(f"Write {what}?"):
        note("nothing was written")
        return 1
    vault.edit.apply(prepared, force=force)
    note(f"wrote {what} (`dots undo` takes it back)")
    return 0


def _list_rejected(session: Session, **asked: bool) -> int:
    with session.vault(indexing=True) as vault:
        found = vault.edit.rejections()
    for_program = printed(found, lambda rejection: rejection.source, **asked)
    for rejection in () if for_program else found:
        section = " › ".join(rejection.section)
        say(f"{clean(rejection.source)}  {clean(section)}  ✗ {clean(rejection.target)}")
    if not found:
        note("nothing was rejected")
    return 0 if found else 1
