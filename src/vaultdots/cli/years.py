"""`dots reviews`, `review`, `books`, `on`, `concepts`, `compare`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from vaultdots.cli.goals import goal_lines
from vaultdots.cli.output import (
    NAMED,
    Column,
    and_more,
    clean,
    counted,
    cut,
    json_options,
    listing_options,
    months_named,
    named,
    note,
    passing,
    print_object,
    print_table,
    printed,
    reasons,
    say,
    style,
    terminal_width,
    translated,
    width,
    write,
)
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import Session
from vaultdots.cli.words import YEAR

if TYPE_CHECKING:
    from vaultdots.vault import Digest

_SHOWN = 6
_NEW = 12
"""Tags and folders that are new which are shown."""
_TOPICS = 10
"""Topics that went unmentioned which are shown."""


def _bold(text: str) -> None:
    say(style(text, bold=True))


@click.command(cls=OwnHelp)
@option("--explain", is_flag=True, help="Which rules decided kind and year.")
@listing_options
@passing
def reviews(session: Session, explain: bool, **asked: bool) -> int:
    """The reviews of the vault, by year and period.

    "Goals made" are those that a review sets, as with "dots goals --made-in". "dots compare" and
    "dots review" count those that were set for a year, as with "dots goals --for".

    Example: dots reviews
    """
    with session.vault() as vault:
        found = vault.years.reviews()
        rules = {row.path: row for row in vault.notes.rows()} if explain else {}
    if printed(found, **asked):
        return 0 if found else 1
    if explain and found:
        print_table(
            [
                Column("year", bold=True),
                Column("period", dim=True),
                Column("path", give=True),
                Column("kind by"),
                Column("year by"),
            ],
            [
                (
                    str(r.year or "?"),
                    named("period", r.period or ""),
                    r.path,
                    reasons(rules[r.path].kind_rule),
                    translated(rules[r.path].year_rule),
                )
                for r in found
            ],
        )
    elif found:
        print_table(
            [
                Column("year", bold=True),
                Column("period", dim=True),
                Column("sections", right=True),
                Column("goals made", right=True),
                Column("books", right=True),
                Column("title", give=True),
                Column("in one line", give=True, dim=True),
            ],
            [
                (
                    str(r.year or "?"),
                    named("period", r.period or ""),
                    str(r.sections),
                    str(r.goals or ""),
                    str(r.books or ""),
                    r.title + ("" if r.status == "final" else f" ({named('review', r.status)})"),
                    r.summary,
                )
                for r in found
            ],
        )
    else:
        note("no reviews found")
    return 0 if found else 1


@click.command(cls=OwnHelp)
@click.argument("year", type=YEAR, required=False, metavar="[YEAR]")
@option("--json", "as_json", is_flag=True, help="One JSON object.")
@option("--markdown", is_flag=True, help="Markdown, to paste into a note.")
@option("--all", "everything", is_flag=True, help="Every topic that went unmentioned.")
@passing
def review(
    session: Session, year: int | None, as_json: bool, markdown: bool, everything: bool
) -> int:
    """A year as a page: its review, goals and their fate, books, projects, what went unmentioned.

    Without YEAR it is this year.

    Example: dots review 2024
    """
    from vaultdots.vault import as_markdown

    with session.vault(indexing=True) as vault:
        digest = vault.review(date.today().year if year is None else year)
        paths = {path for section in digest.sections for path in (section.path, *section.suggested)}
        titles = vault.notes.titles(paths)
    if as_json:
        print_object(digest)
    elif markdown:
        write(as_markdown(digest))
    else:
        _show_digest(digest, titles, everything=everything)
    return 0


def _show_digest(digest: Digest, titles: dict[str, str], *, everything: bool) -> None:
    title = digest.title or translated("no review of this year")
    _bold(f"{digest.year}  {clean(title)}")
    if digest.summary:
        say(f"  {clean(digest.summary)}")
    _show_sections(digest, titles)
    if digest.goals:
        say("")
        _bold(translated("Goals for {0}", digest.year))
        for line in goal_lines(digest.goals, evidence=True):
            say(line)
    if digest.next_goals:
        say("")
        _bold(translated("Goals made in {0}", digest.year))
        for line in goal_lines(digest.next_goals, evidence=False):
            say(line)
    if digest.books:
        say("")
        _bold(translated("Books"))
        dated = any(book.finished for book in digest.books)
        for book in digest.books:
            author = f" / {book.author}" if book.author else ""
            again = f" ({translated('again')})" if book.reread else ""
            day = f"{book.finished or '':<10}  " if dated else ""
            room = terminal_width() - width(day + again) - 2
            say(f"  {day}{cut(clean(book.title + author), room)}{again}")
    for name, notes in (
        (translated("Projects"), digest.projects),
        (translated("Studies"), digest.studies),
    ):
        if notes:
            say("")
            _bold(name)
            for item in notes:
                day = f"{(item.date or '')[:10]:<10}"
                say(f"  {day}  {cut(clean(item.title), terminal_width() - width(day) - 4)}")
    if digest.unmentioned:
        say("")
        _bold(translated("Written and not mentioned"))
        shown = digest.unmentioned if everything else digest.unmentioned[:_TOPICS]
        for group in shown:
            mentioned = ", ".join(item.title for item in group.notes[:_SHOWN])
            others = and_more(len(group.notes) - _SHOWN)
            count = counted(len(group.notes), "note")
            if not group.topic:
                where = translated("{0} on something else", count)
            elif "/" in group.topic and not group.topic.startswith("#"):
                where = translated("{0} in {1}", count, clean(group.topic))
            else:
                where = translated("{0} on {1}", count, clean(group.topic))
            say(cut(f"  {where}: {clean(mentioned)}", terminal_width() - width(others)) + others)
        rest = len(digest.unmentioned) - len(shown)
        if rest:
            say(style("  " + translated("… and {0} more topics (--all)", rest), dim=True))
    if digest.new:
        say("")
        _bold(translated("New this year"))
        names = [f"#{new.name}" if new.kind == "tag" else f"{new.name}/" for new in digest.new]
        most = len(names) if everything else _NEW
        line = ""
        for name in [clean(name) for name in names[:most]]:
            if line and width(line) + width(name) + 2 > terminal_width():
                say(line)
                line = ""
            line += f"  {name}"
        say(line + and_more(len(names) - most))


def _show_sections(digest: Digest, titles: dict[str, str]) -> None:
    """Each section with its months, what it says first, its links and those that it should have."""
    empty: list[str] = []
    path = digest.review
    room = terminal_width()
    for n, section in enumerate(digest.sections):
        parent = digest.sections[n + 1 : n + 2]
        nothing = not (section.opening or section.links or section.suggested)
        if nothing and section.span and not (parent and parent[0].level > section.level):
            empty.append(section.heading)
            continue
        _show_empty(empty)
        if section.path != path:
            path = section.path
            say("")
            _bold(f"{digest.year}  {clean(titles.get(path, path))}")
        top = min(s.level for s in digest.sections if s.path == section.path)
        indent = "  " * (1 + section.level - top)
        months = f"  {months_named(*section.span)}" if section.span else ""
        kind = "" if section.kind == "other" else f"  {named('section', section.kind)}"
        if n == 0 or section.level == top:
            say("")
        say(indent + clean(section.heading) + style(f"{months}{kind}", dim=True))
        if section.opening:
            say(indent + "  " + cut(clean(section.opening), room - len(indent) - 2))
        for arrow, names in (
            ("→", [link.title for link in section.links]),
            ("⇢", [titles.get(target, target) for target in section.suggested]),
        ):
            if names:
                more = and_more(len(names) - _SHOWN)
                told = f"{arrow} {clean(', '.join(names[:_SHOWN]))}{more}"
                told += f" {translated('(not linked)')}" if arrow == "⇢" else ""
                say(indent + "  " + style(cut(told, room - len(indent) - 2), fg="cyan"))
    _show_empty(empty)


def _show_empty(headings: list[str]) -> None:
    """Months of which nothing is written, in one line; the list is emptied."""
    if headings:
        say(style("  " + translated("nothing written: {0}", clean(", ".join(headings))), dim=True))
        headings.clear()


@click.command(cls=OwnHelp)
@click.argument("of_year", type=YEAR, required=False, metavar="[YEAR]")
@option("--year", type=YEAR, metavar="YEAR", help="Books of one year.")
@json_options
@passing
def books(session: Session, of_year: int | None, year: int | None, **asked: bool) -> int:
    """The books that the reviews and book notes say were read; with YEAR those of that year.

    Where a review counts its books itself, a difference is told.

    Example: dots books --year 2024
    """
    year = of_year if year is None else year
    with session.vault() as vault:
        found = vault.years.books()
    chosen = [book for book in found.books if year is None or book.year == year]
    counts = [c for c in found.counts if c.differs and (year is None or c.year == year)]
    for_a_program = printed(chosen, **asked)
    if chosen and not for_a_program:
        print_table(
            [
                Column("year", bold=True),
                Column("finished", dim=True),
                Column("title", give=True),
                Column("author", give=True),
                Column(""),
                Column("comment", give=True, dim=True),
            ],
            [
                (
                    str(b.year or "?"),
                    b.finished or "",
                    b.title,
                    b.author or "",
                    translated("again") if b.reread else "",
                    b.comment or "",
                )
                for b in chosen
            ],
        )
    elif not for_a_program:
        note("no books found")
    for count in counts:
        place = f"{count.path}:{count.line}"
        if count.about:
            note(f"{place}: says about {count.said} books, found {count.found}")
        else:
            note(f"{place}: says {count.said} books, found {count.found}")
    return 0 if chosen else 1


@click.command(cls=OwnHelp)
@click.argument("day", nargs=-1, metavar="[MM-DD|today]")
@json_options
@passing
def on(session: Session, day: tuple[str, ...], **asked: bool) -> int:
    """On this day in other years: dated lines and notes.

    DAY is MM-DD, 12월 25일, 25 December, a whole date of which the day counts, or today (오늘);
    without it today is meant.

    Example: dots on 12-25
    """
    from vaultdots.vault import read_day

    month, date, but_year = read_day(" ".join(day) or None)
    with session.vault() as vault:
        found = vault.years.on(month, date, but_year)
    if printed(found, **asked):
        return 0 if found else 1
    if found:
        print_table(
            [
                Column("date", bold=True),
                Column("what", give=True),
                Column("path", give=True, dim=True),
            ],
            [(event.date, event.text, f"{event.path}:{event.line}") for event in found],
        )
    else:
        note(f"nothing is dated {month:02d}-{date:02d}")
    return 0 if found else 1


@click.command(cls=OwnHelp)
@click.argument("name", required=False)
@json_options
@passing
def concepts(session: Session, name: str | None, **asked: bool) -> int:
    """The names that several years, or reviews of one year, share, or the thread of one NAME.

    A name in both scripts is one (도커, Docker). In the thread a year is the one that a review
    tells of, a day the one on which a note was written.

    Example: dots concepts Redis
    """
    with session.vault() as vault:
        years = vault.years
        one = years.concept(name) if name is not None else None
        found = years.concepts() if name is None else [one] if one is not None else []
    if printed(found, **asked):
        return 0 if found else 1
    if one is not None:
        _bold(f"{clean(one.name)}  {one.first}–{one.last}")
        print_table(
            [
                Column("", bold=True),
                Column("", dim=True),
                Column("", give=True),
                Column("", give=True, dim=True),
            ],
            [
                (p.written or str(p.year), named("place", p.how), p.text, f"{p.path}:{p.line}")
                for p in one.places
            ],
        )
    elif found:
        print_table(
            [
                Column("first", bold=True),
                Column("last"),
                Column("years", right=True),
                Column("name", give=True),
                Column("first place", give=True, dim=True),
            ],
            [
                (str(c.first), str(c.last), str(len(c.years)), c.name, c.places[0].path)
                for c in found
            ],
        )
    else:
        note(f"nothing says '{name}'" if name else "no name recurs in several years or reviews")
    return 0 if found else 1


@click.command(cls=OwnHelp)
@click.argument("before", type=YEAR, metavar="YEAR")
@click.argument("after", type=YEAR, metavar="YEAR")
@option("--json", "as_json", is_flag=True, help="One JSON object.")
@passing
def compare(session: Session, before: int, after: int, as_json: bool) -> int:
    """Two years side by side: what their sections are about, counts, goals in and out.

    Example: dots compare 2023 2024
    """
    with session.vault() as vault:
        found = vault.years.compare(before, after)
    if as_json:
        print_object(found)
        return 0
    one, two = found.before, found.after
    print_table(
        [Column(""), Column(str(one.year), right=True), Column(str(two.year), right=True)],
        [
            (named("count", name), *(str(getattr(side, name.split()[0])) for side in (one, two)))
            for name in NAMED["count"]
        ],
    )
    say("")
    print_table(
        [
            Column("about", bold=True),
            Column(str(one.year), give=True),
            Column(str(two.year), give=True),
        ],
        [
            (named("section", row.kind), ", ".join(row.before), ", ".join(row.after))
            for row in found.kinds
        ],
    )
    if found.repeated:
        say("")
        _bold(translated("Headings in both"))
        say("  " + clean(", ".join(found.repeated)))
    if found.goals:
        say("")
        _bold(translated("Goals"))
        signs = {"both": "=", "out": "-", "in": "+"}
        for change in found.goals:
            status = named("status", change.status)
            text = cut(clean(change.text), terminal_width() - width(status) - 6)
            say(f"  {signs[change.change]} {text}  {status}")
    return 0
