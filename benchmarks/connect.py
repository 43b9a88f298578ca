"""How good the suggested connections are: labelled sections, and links hidden and found again.

`python -m benchmarks connect`. The labels are tests/connect/expected/*.toml, written by hand before
the code was run; the vaults are the corpora of `DOTS_SHARED` (else `../shared`).
"""

from __future__ import annotations

import os
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.report import Report
from vaultdots.graph.line_profiles import sections_of
from vaultdots.graph.links import ResolvedLink, links
from vaultdots.graph.mention_scanner import Scanner
from vaultdots.graph.mentions import Mentions
from vaultdots.graph.note_names import name_key, title_names
from vaultdots.note.parse import parse_note
from vaultdots.retrospective.connect import connections
from vaultdots.retrospective.connect_choice import DEFAULT_MOST
from vaultdots.retrospective.evidence import Collector
from vaultdots.retrospective.model import Connection
from vaultdots.retrospective.weights import MONTH_SHARE, NEAR_DAYS, SIGNALS, WEIGHTS, Weights
from vaultdots.store.answers import LinkRow, NoteRow, SectionRow
from vaultdots.store.mention_rows import NoteText
from vaultdots.text.spans import Lines
from vaultdots.vault import Vault

ROOT = Path(__file__).parent.parent
CORPORA = Path(os.environ.get("DOTS_SHARED") or ROOT.parent / "shared") / "corpora"
EXPECTED = ROOT / "tests" / "connect" / "expected"
HIDDEN = ("obsidian-help-en", "obsidian-help-ko", "obsidian-giwan")
PRECISION_AT, RECALL_AT = 3, 10


class Label(NamedTuple):
    """What a person said of one section. may: patterns of what is neither asked for nor wrong."""

    note: str
    heading: tuple[str, ...]
    expect: frozenset[str]
    may: tuple[str, ...]
    deep: bool
    last: bool

    @property
    def partnerless(self) -> bool:
        """Whether the section must stay empty."""
        return not self.expect and not self.may


class Quality(NamedTuple):
    """The figures of a labelled set. strict counts what is only allowed (`may`) as wrong."""

    precision: float
    strict: float
    recall: float
    empty: int
    partnerless: int
    shown: int
    sections: int


class Recovery(NamedTuple):
    """Hidden links found again, named: those whose words are a name of the target."""

    links: int
    named: int
    named_1: float
    named_5: float
    all_1: float
    all_5: float


def labels(corpus: str) -> list[Label]:
    """The labelled sections of a corpus."""
    data = tomllib.loads((EXPECTED / f"{corpus}.toml").read_text(encoding="utf-8"))
    return [
        Label(
            entry["note"],
            tuple(entry["heading"]),
            frozenset(entry["expect"]),
            tuple(entry["may"]),
            entry.get("deep", False),
            entry.get("last", False),
        )
        for entry in data["section"]
    ]


def labelled() -> list[str]:
    """The corpora that have labels."""
    return sorted(path.stem for path in EXPECTED.glob("*.toml"))


def ranked(found: Sequence[Connection], label: Label) -> list[Connection]:
    """The connections of the section that a label means, best first."""
    wanted = tuple(_plain(part) for part in label.heading)
    here: dict[str, Connection] = {}
    for connection in found:
        path = tuple(_plain(part) for part in connection.section)
        if path[-len(wanted) :] == wanted or (label.deep and wanted[-1] in path):
            for target in connection.notes or (connection.target,):
                best = here.get(target)
                if best is None or best.score < connection.score:
                    here[target] = connection._replace(target=target)
    return sorted(here.values(), key=lambda c: -c.score)


def _plain(heading: str) -> str:
    return "".join(c for c in heading if c.isalnum())


def judge(
    vault: Vault,
    mentions: Mentions,
    sections: Sequence[Label],
    weights: Weights = WEIGHTS,
    least: float | None = None,
) -> Quality:
    """Compare what is suggested (and what is linked already) with what a person wrote down."""
    return total(rate(vault, mentions, sections, weights, least))


def rate(
    vault: Vault,
    mentions: Mentions,
    sections: Sequence[Label],
    weights: Weights = WEIGHTS,
    least: float | None = None,
    most: int = DEFAULT_MOST,
) -> list[tuple[Label, list[Connection]]]:
    """Each label with what is suggested for it; links that the section has are left out."""
    found: dict[str, list[Connection]] = {}
    answers = []
    for label in sections:
        row = vault.catalog.note(label.note)
        assert row is not None, label.note
        if label.note not in found:
            found[label.note] = connections(
                vault.catalog, mentions, row, most=most, weights=weights, least=least
            )
        linked = {
            link.target
            for link in links(vault.catalog, label.note)
            if _within(vault, row, link, label)
        }
        open_label = label._replace(expect=label.expect - linked)
        answers.append((open_label, ranked(found[label.note], label)))
    return answers


def _within(vault: Vault, row: NoteRow, link: ResolvedLink, label: Label) -> bool:
    sections = {s.ordinal: s.headings for s in vault.catalog.sections(row.id)}
    path = tuple(_plain(part) for part in sections.get(link.section, ()))
    wanted = tuple(_plain(part) for part in label.heading)
    return path[-len(wanted) :] == wanted or (label.deep and wanted[-1] in path)


def total(answers: Iterable[tuple[Label, list[Connection]]]) -> Quality:
    """precision@3 over the suggestions that were made, recall@10 over those asked for."""
    right = strict = shown = found = asked = empty = partnerless = sections = 0
    for label, suggested in answers:
        sections += 1
        top = suggested[:PRECISION_AT]
        shown += len(top)
        strict += sum(c.target in label.expect for c in top)
        right += sum(c.target in label.expect or _may(c.target, label) for c in top)
        asked += len(label.expect)
        found += len(label.expect & {c.target for c in suggested[:RECALL_AT]})
        if label.partnerless:
            partnerless += 1
            empty += not suggested
    return Quality(
        right / max(1, shown),
        strict / max(1, shown),
        found / max(1, asked),
        empty,
        partnerless,
        shown,
        sections,
    )


def _may(path: str, label: Label) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in label.may)


# -- hidden links --------------------------------------------------------------------------------


class Hidden(NamedTuple):
    """A link without its brackets: the line as it then reads, and the words that were the link."""

    source: NoteRow
    target: str
    words: str
    line: str


def hide(vault: Vault) -> Iterator[Hidden]:
    """Every link from a note to another note, one at a time, the others left as they are."""
    for row in vault.notes.rows():
        text = vault.catalog.text(row.id)
        lines = Lines.of(text)
        for link in links(vault.catalog, row.path):
            if (
                link.kind not in ("wikilink", "markdown", "reference", "embed")
                or link.target is None
                or link.target == row.path
                or vault.catalog.note(link.target) is None
            ):
                continue
            start = lines.starts[link.line - 1]
            end = lines.starts[link.line] if link.line < len(lines.starts) else len(text)
            words = link.display or link.name.rpartition("/")[2].removesuffix(".md")
            line = text[start : link.start] + words + text[link.end : end]
            yield Hidden(row, link.target, words, line.rstrip("\r\n"))


def recover(vault: Vault, mentions: Mentions, weights: Weights = WEIGHTS) -> Recovery:
    """Look for each hidden link's target with its line alone."""
    scanner = Scanner(mentions.rows.keys())
    count = named = named_1 = named_5 = all_1 = all_5 = 0
    for hidden in hide(vault):
        order = find_again(vault, mentions, scanner, hidden, weights)
        place = order.index(hidden.target) if hidden.target in order else len(order) + 5
        count += 1
        all_1 += place < 1
        all_5 += place < 5
        if is_named(vault, hidden):
            named += 1
            named_1 += place < 1
            named_5 += place < 5
    return Recovery(
        count,
        named,
        named_1 / max(1, named),
        named_5 / max(1, named),
        all_1 / max(1, count),
        all_5 / max(1, count),
    )


def is_named(vault: Vault, hidden: Hidden) -> bool:
    """Whether a link's words are the target's title, an alias or its file's name."""
    row = vault.catalog.note(hidden.target)
    assert row is not None
    stem = row.path.rpartition("/")[2].rsplit(".", 1)[0]
    names = {name_key(name) for name in (*title_names(row.title), *row.aliases, stem)}
    return name_key(hidden.words) in names


def find_again(
    vault: Vault, mentions: Mentions, scanner: Scanner, hidden: Hidden, weights: Weights
) -> list[str]:
    """The notes that a line should be connected to, best first."""
    row = hidden.source
    note = parse_note(row.path, hidden.line, vault.config.options)
    regions = [(r.kind, r.span.start, r.span.end) for r in note.regions]
    linked = [link for link in note.links if link.span.end > link.span.start]
    size = len(hidden.line)
    names, _ = scanner.scan(
        NoteText(
            row.id,
            hidden.line,
            regions,
            [(0, 0)],
            [(link.span.start, link.span.end, link.external) for link in linked],
            [(tag.span.start, tag.span.end) for tag in note.tags],
        )
    )
    whole = SectionRow(0, row.id, 0, 0, (), (), 0, 1, 0, 0, size)
    inner = [(k.span.start, k.span.end) for k in linked if not k.external]
    sections = sections_of(row, hidden.line, regions, [whole], inner, NEAR_DAYS, MONTH_SHARE)
    collector = Collector(vault.catalog, mentions, row, weights)
    external = [_external(row.path, link) for link in linked if link.external]
    lines = collector.lines(sections[0], names, external, row.year)
    others = {
        link.target
        for link in links(vault.catalog, row.path)
        if link.raw in hidden.line and link.target != hidden.target
    }
    scored = sorted(
        (-max(e.score for e in evidence), collector.facts.note(target).path)
        for target, evidence in lines.items()
    )
    return [path for _, path in scored if path not in others]


def _external(source: str, link: Any) -> LinkRow:
    return LinkRow(
        source, "note", "obsidian", 0, link.kind, link.lookup, link.span.start, link.span.end,
        link.line, link.column, link.raw, link.target, None, (), link.display, 0, True, False,
        link.form, link.target_span.start, link.target_span.end, None, None, None, None,
    )  # fmt: skip


# -- the tables ----------------------------------------------------------------------------------


def measure_connect(report: Report, work: Path) -> None:
    """The figures among the other benchmarks'; the ablation table is printed."""
    run()


def run(names: Sequence[str] = ()) -> int:
    """Print the figures and the ablation table."""
    with tempfile.TemporaryDirectory(prefix="vaultdots-connect-") as cache:
        sets = []
        print("\nLabelled sections\n")
        print("| corpus | sections | precision@3 | strict | recall@10 | empty |")
        print("|---|---|---|---|---|---|")
        for corpus in labelled():
            if not (CORPORA / corpus).is_dir():
                print(f"| {corpus} | not there | | | | |")
                continue
            vault = Vault.open(CORPORA / corpus, cache=cache)
            mentions = Mentions(vault.catalog)
            sets.append((vault, mentions, labels(corpus)))
            print(_row(corpus, judge(*sets[-1])))
        if sets:
            print(_row("both", _together(sets, WEIGHTS, None)))
            _ablation(sets)
        _hidden(cache)
        for vault, _, _ in sets:
            vault.close()
    return 0


def _together(
    sets: Sequence[tuple[Vault, Mentions, list[Label]]], weights: Weights, least: float | None
) -> Quality:
    answers = []
    for vault, mentions, sections in sets:
        answers += rate(vault, mentions, sections, weights, least)
    return total(answers)


def _row(name: str, quality: Quality) -> str:
    return (
        f"| {name} | {quality.sections} | {quality.precision:.2f} | {quality.strict:.2f} |"
        f" {quality.recall:.2f} | {quality.empty} of {quality.partnerless} |"
    )


def _ablation(sets: Sequence[tuple[Vault, Mentions, list[Label]]]) -> None:
    print("\nWithout one signal, and with one alone (both corpora)\n")
    print("| signals | sections | precision@3 | strict | recall@10 | empty |")
    print("|---|---|---|---|---|---|")
    for signal in SIGNALS:
        print(_row(f"without {signal}", _together(sets, WEIGHTS.without(signal), None)))
    for signal in SIGNALS:
        others = [other for other in SIGNALS if other != signal]
        print(_row(f"{signal} alone", _together(sets, WEIGHTS.without(*others), None)))
    for least in (0.1, 0.2, 0.3, 0.4, 0.5):
        print(_row(f"threshold {least:.2f}", _together(sets, WEIGHTS, least)))


def _hidden(cache: str) -> None:
    print("\nLinks hidden and found again from their line\n")
    print("| corpus | links | named | named @1 | named @5 | all @1 | all @5 |")
    print("|---|---|---|---|---|---|---|")
    for corpus in HIDDEN:
        if not (CORPORA / corpus).is_dir():
            print(f"| {corpus} | not there | | | | | |")
            continue
        with Vault.open(CORPORA / corpus, cache=cache) as vault:
            found = recover(vault, Mentions(vault.catalog))
        print(
            f"| {corpus} | {found.links} | {found.named} | {found.named_1:.3f} |"
            f" {found.named_5:.3f} | {found.all_1:.3f} | {found.all_5:.3f} |"
        )


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
