"""`dots check`."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from vaultdots.cli.output import (
    Column,
    confirm,
    counted,
    cut,
    force_option,
    here,
    is_terminal,
    listing_options,
    note,
    passing,
    print_table,
    printed,
    say,
    style,
    terminal_width,
    translated,
    width,
)
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import Session

if TYPE_CHECKING:
    from vaultdots.edit.fixing import Fix
    from vaultdots.vault import Problem

_FEW = 3
"""Problems of a kind that are shown before the rest is only counted."""
_ATTACHED = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif|heic|pdf|mp[34]|m4a|mov|wav|webm|zip)\b", re.IGNORECASE
)
_MARKS = {"error": "✗", "warning": "!", "info": "·"}


@click.command(cls=OwnHelp)
@option("--code", "codes", multiple=True, help="Only problems with this code; may be repeated.")
@option("--all", "everything", is_flag=True, help="Every problem, not the first of a kind.")
@option("--fix", "fix_", is_flag=True, help="Mend what can be mended safely.")
@option("--near", is_flag=True, help="With --fix: links with one near match, unasked.")
@option("--yes", "-y", is_flag=True, help="With --fix: write without asking.")
@option("--dry-run", "-n", is_flag=True, help="With --fix: show a diff, write nothing.")
@force_option
@listing_options
@passing
def check(
    session: Session,
    codes: tuple[str, ...],
    everything: bool,
    fix_: bool,
    near: bool,
    yes: bool,
    dry_run: bool,
    force: bool,
    **asked: bool,
) -> int:
    """What is wrong in the vault.

    Links that lead nowhere, properties that cannot be read, files that were not, the worst first; a
    line a kind with the first of it. Exit code 1 where there is an error or a warning.
    docs/check.md explains the codes.

    --fix mends old spellings of properties, block ids that stand twice, and links to notes that
    another program has moved; for links with one near match it asks, one by one. `dots undo` takes
    it back.

    Example: dots check --code unresolved-note
    """
    if fix_:
        how = {"yes": yes, "dry_run": dry_run, "force": force}
        form = {"json": asked["as_json"], "jsonl": asked["jsonl"]}
        return _fix(session, codes, near=near, **how, **form)
    if near or yes or dry_run or force:
        raise click.UsageError("--near, --yes, --dry-run and --force go with --fix")
    with session.vault() as vault:
        found = vault.links.check()
        known = vault.links.check_codes()
    _check_codes(codes, known)
    if codes:
        found = [problem for problem in found if problem.code in codes]
    if printed(found, **asked):
        pass
    elif found:
        _show(found, known, everything=everything or bool(codes))
        counts = {s: sum(p.severity == s for p in found) for s in _MARKS}
        note(", ".join(_counted(name, n) for name, n in counts.items() if n))
    else:
        note("nothing is wrong")
    return 1 if any(problem.severity != "info" for problem in found) else 0


def _check_codes(codes: Sequence[str], known: Mapping[str, str]) -> None:
    for code in codes:
        if code not in known:
            raise click.UsageError(f"there is no code '{code}'; the codes are {', '.join(known)}")


def _fix(session: Session, codes: Sequence[str], *, near: bool, **how: bool) -> int:
    """Mend what is sure, and of the rest what a person says yes to."""
    from vaultdots.cli.renaming import made

    with session.vault() as vault:
        _check_codes(codes, vault.links.check_codes())
        found = [fix for fix in vault.links.fixes() if not codes or fix.code in codes]
        chosen = [fix for fix in found if fix.sure or near]
        left = [fix for fix in found if not fix.sure and not near]
        if left and is_terminal(sys.stdin) and not how["yes"] and not how["dry_run"]:
            chosen += [fix for fix in left if confirm(_asked(fix))]
        elif left:
            for fix in left:
                note(translated("near: {0}", _asked(fix)))
            note("links with a near match are asked for on a terminal; --near writes them, too")
        prepared, unmended = vault.links.mended(chosen)
        for fix, error in unmended:
            note(translated("left as it is: {0} ({1})", _asked(fix), error.one_line()))
        if not prepared:
            printed((), as_json=how["json"], jsonl=how["jsonl"])
            note("nothing to mend")
            return 0
        return made(vault, prepared, **how)


def _asked(fix: Fix) -> str:
    return f"{here(fix.path)}:{fix.line}  {fix.before} -> {fix.after}"


def _show(found: Sequence[Problem], known: Mapping[str, str], *, everything: bool) -> None:
    """A line a kind with its count, and below it the problems, or the first few of many."""
    kinds: dict[tuple[str, str, bool], list[Problem]] = {}
    for problem in found:
        kind = (problem.severity, problem.code, _is_picture(problem))
        kinds.setdefault(kind, []).append(problem)
    order = list(_MARKS)
    for number, kind in enumerate(sorted(kinds, key=lambda kind: (order.index(kind[0]), kind[1:]))):
        severity, code, pictures = kind
        of_kind = kinds[kind]
        if number:
            say("")
        said = "a picture or file that is not there" if pictures else known.get(code, "")
        head = f"{_MARKS[severity]} {len(of_kind):,}  "
        room = terminal_width() - width(f"{head}{code}  ")
        say(
            style(head, fg="yellow")
            + style(code, bold=True)
            + style(f"  {cut(translated(said), room)}", dim=True)
        )
        shown = of_kind if everything or len(of_kind) <= _FEW + 1 else of_kind[:_FEW]
        rows = [(f"  {here(one.path)}:{one.line}", translated(one.message)) for one in shown]
        print_table([Column(give=True, keep_end=True), Column(give=True)], rows)
        if len(shown) < len(of_kind):
            left = len(of_kind) - len(shown)
            say(style("   " + translated("… and {0} more (--all)", f"{left:,}"), dim=True))


def _is_picture(problem: Problem) -> bool:
    """Whether a link to an attachment leads nowhere: another sort of loss than a missing note."""
    return problem.code == "unresolved-note" and bool(_ATTACHED.search(problem.message))


def _counted(name: str, n: int) -> str:
    return translated("{0} info", f"{n:,}") if name == "info" else counted(n, name)
