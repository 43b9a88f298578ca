"""The page of a vault: what is asked of the vault, put together for `render`."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from vaultdots.page.bodies import BUDGET, LARGE_BUDGET, Body, BodyRenderer, shares
from vaultdots.page.html import Extras, Lang, render
from vaultdots.page.packing import Packing
from vaultdots.page.payload import home_rows, text
from vaultdots.vault import GraphData, GraphEdge

if TYPE_CHECKING:
    from vaultdots.vault import Connection, NoteText, Vault

NOTE_KINDS = ("review", "project", "book", "study", "index", "daily", "note")
HINTS_MOST = 3_000
"""Notes up to which suggestions, bridges and gaps are worked out for the page: past it they take
longer than the map (gaps: 4 s at 10,000 notes)."""
MADE = 2
"""Another number once `_made` gives something else for the same vault."""
MOST_CONCEPTS = 60
"""Names whose way through the years the page holds, and places of one: more are no picture."""
MOST_PLACES = 14
SAID = 120
"""Code points of the line in which a name is spoken of."""
MOST_LISTED = 400
FEW_LINKS = 0.5
EDITORS = {
    "obsidian": "obsidian://open?vault={vault}&file={{file}}",
    "vscode": "vscode://file{root}/{{path}}:{{line}}",
    "vscodium": "vscodium://file{root}/{{path}}:{{line}}",
    "cursor": "cursor://file{root}/{{path}}:{{line}}",
    "zed": "zed://file{root}/{{path}}:{{line}}",
    "idea": "idea://open?file={root}/{{path}}&line={{line}}",
    "emacs": "emacs://open?url=file://{root}/{{path}}&line={{line}}",
}
"""How a note is opened from the page. All but Obsidian's put the vault's place into it."""


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What the person asked for. lang: None follows the reader's browser. bodies: whether the texts
    of the notes are in the page. masked: no name is in it. editor: a key of `EDITORS`. start: the
    address that the page opens with."""

    title: str
    lang: Lang | None = None
    bodies: bool = True
    masked: bool = False
    editor: str = "obsidian"
    start: str = ""


def needs_names(data: GraphData, options: PageOptions) -> bool:
    """Whether the page shows what rests on the names in the vault's prose: suggestions, gaps."""
    return not options.masked and len(_note_paths(data)) <= HINTS_MOST


def _note_paths(data: GraphData) -> list[str]:
    return [node.path for node in data.nodes if node.kind in NOTE_KINDS and node.path is not None]


def page_of(vault: Vault, data: GraphData, options: PageOptions) -> str:
    """The page of a vault's graph as one HTML text."""
    if options.masked:
        shown, ids = vault.map.masked(data)
        places = {ids[name]: place for name, place in vault.map.layout(data).items()}
        axis, row = _axis(vault, data), _rows(shown)
        community, communities = _communities(vault, shown, row)
        extras = Extras(
            axis=axis,
            day=vault.map.parts_of_years(shown),
            community=community,
            communities=[{"name": "●●●"} for _ in communities],
            start=options.start,
        )
        return render(shown, places, title=options.title, lang=options.lang, extras=extras)
    paths = _note_paths(data)
    key = [str(MADE), vault.map.stamp(data), str(options.bodies)]
    made = vault.kept("page", key, lambda: _made(vault, data, paths, options.bodies))
    data = _with_hints(data, made["similar"])
    extras = Extras(
        axis=_axis(vault, data),
        day=vault.map.parts_of_years(data),
        **{name: made[name] for name in PARTS},
        named=_named(vault),
        start=options.start,
        editor=_editor(vault, options.editor),
    )
    places = vault.map.layout(data)
    return render(data, places, title=options.title, lang=options.lang, extras=extras)


PARTS = (
    "community", "communities", "goals", "concepts", "hints", "bridges", "gaps", "arcs", "bodies",
)  # fmt: skip
"""What of `Extras` is worked out from the whole vault."""


def _made(vault: Vault, data: GraphData, paths: Sequence[str], bodies: bool) -> dict[str, Any]:
    """What takes longer than the drawing, as JSON: `PARTS`, and as `similar` the suggested links
    that are drawn where a vault has few of its own."""
    deep = len(paths) <= HINTS_MOST
    hints = vault.connect() if deep else []
    # A shelf of dots says nothing: what might be linked is drawn, with a switch of its own.
    similar = _similar(data, hints) if _is_unlinked(data, len(paths)) else []
    data = _with_hints(data, similar)
    row = _rows(data)
    place = _Place(data, row)
    # First of all: many texts are rendered beside this process while it goes on.
    with Packing(_bodies(vault, data, row, paths) if bodies else []) as packing:
        return {
            **_found(vault, data, place, hints, bodies=bodies, deep=deep),
            "similar": similar,
            "bodies": packing.parts(),
        }


def _found(
    vault: Vault,
    data: GraphData,
    place: _Place,
    hints: Sequence[Connection],
    *,
    bodies: bool,
    deep: bool,
) -> dict[str, Any]:
    """Of `_made` what is found in the whole vault."""
    row = place.row
    community, communities = _communities(vault, data, row)
    return {
        "community": community,
        "communities": communities,
        # Without bodies no sentence of the author is in the page: no goal, no line, no reason.
        "goals": _goals(vault, place) if bodies else [],
        "concepts": _concepts(vault, place) if bodies and deep else [],
        "hints": _hints(hints, place, said=bodies),
        "bridges": _bridges(vault, row) if deep else [],
        "gaps": _gaps(vault, row, said=bodies) if deep else [],
        "arcs": _arcs(vault, place),
    }


class _Place:
    """Where in the graph a line of a file stands: a review's section, else the note."""

    def __init__(self, data: GraphData, row: Mapping[str, int]) -> None:
        self.row = row
        self.nodes = data.nodes
        self.homes = home_rows(data)
        self.sections: dict[str, list[tuple[int, int]]] = {}
        for i, node in enumerate(data.nodes):
            if node.kind == "section" and node.path is not None:
                self.sections.setdefault(node.path, []).append((node.line, i))
        for found in self.sections.values():
            found.sort()

    def kind(self, path: str) -> str:
        """The kind of the note at a path; "" where it is not drawn."""
        return self.nodes[self.row[path]].kind if path in self.row else ""

    def kind_of(self, row: int) -> str:
        """The kind of the note that a dot stands in."""
        return self.nodes[self.homes[row]].kind

    def at(self, path: str, line: int) -> int | None:
        """The row of the dot that holds a line, None where the file has none."""
        found = self.sections.get(path, [])
        at = bisect_right(found, (line, len(self.row))) - 1
        return found[at][1] if at >= 0 else self.row.get(path)


def _rows(data: GraphData) -> dict[str, int]:
    return {node.id: i for i, node in enumerate(data.nodes)}


def _axis(vault: Vault, data: GraphData) -> dict[str, Any]:
    axis = vault.map.axis(data)
    return {"years": list(axis.years), "x0": axis.x0, "step": axis.step}


def _communities(
    vault: Vault, data: GraphData, row: Mapping[str, int]
) -> tuple[list[int], list[dict[str, Any]]]:
    of = [-1] * len(data.nodes)
    found = vault.map.communities(data)
    for number, part in enumerate(found):
        for member in part.members:
            of[row[member]] = number
    homes = home_rows(data)
    return [of[home] for home in homes], [{"name": text(part.name)} for part in found]


def _goals(vault: Vault, place: _Place) -> list[dict[str, Any]]:
    """Every goal of the reviews that are drawn; `next`: the number of what takes it up."""
    goals = [goal for goal in vault.years.goals() if goal.path in place.row and goal.made_in]
    number = {(goal.path, goal.line): k for k, goal in enumerate(goals)}
    records = []
    for goal in goals:
        following = getattr(goal, "next", None)
        at = (following.path, following.line) if following is not None else None
        records.append(
            {
                "text": text(goal.text),
                "made": goal.made_in,
                "target": goal.target_year,
                "status": goal.status,
                "row": place.row[goal.path],
                "line": goal.line,
                "next": number.get(at) if at is not None else None,
                "evidence": [
                    [there, proof.line, text(proof.text)]
                    for proof in goal.evidence
                    if (there := place.at(proof.path, proof.line)) is not None
                ],
            }
        )
    return records


def _concepts(vault: Vault, place: _Place) -> list[dict[str, Any]]:
    """Names that are spoken of in two years or more, each with a place a year and kind of note."""
    records = []
    for concept in vault.years.concepts():
        if concept.last == concept.first:
            continue
        found: dict[tuple[int, str], tuple[float, list[Any]]] = {}
        for one in concept.places:
            at = place.at(one.path, one.line)
            if at is None:
                continue
            part = _part(one.written, one.year)
            key = (one.year, place.kind(one.path))
            if key not in found or part < found[key][0]:
                said = text(one.text)[:SAID]
                found[key] = (part, [one.year, part, at, one.line, said, one.how])
        places = sorted((spot for _, spot in found.values()), key=lambda spot: spot[:2])
        if len({year for year, *_ in places}) > 1:
            records.append({"name": text(concept.name), "places": places[:MOST_PLACES]})
    records.sort(key=lambda one: -len({place.kind_of(spot[2]) for spot in one["places"]}))
    return records[:MOST_CONCEPTS]


def _part(written: str | None, year: int) -> float:
    """How far into its year something was written; the middle where its day is not known."""
    if not written or written[:4] != str(year) or not written[5:7].isdigit():
        return 0.5
    day = int(written[8:10]) if written[8:10].isdigit() else 15
    return round(min(0.98, (int(written[5:7]) - 1 + day / 31) / 12), 3)


def _is_unlinked(data: GraphData, notes: int) -> bool:
    """Whether a vault has too few links for a map: under half a link a note.

    What links to nothing yet joins no two notes: a property that names an author makes pairs, and
    a field of pairs is no map.
    """
    drawn = {node.id for node in data.nodes if node.kind in NOTE_KINDS or node.kind == "section"}
    links = sum(edge.kind in ("link", "embed") and edge.target in drawn for edge in data.edges)
    return links < notes * FEW_LINKS


def _similar(data: GraphData, hints: Sequence[Connection]) -> list[list[str]]:
    """The suggested links between two dots that none joins yet."""
    ids = {node.id for node in data.nodes}
    known = {(edge.source, edge.target) for edge in data.edges}
    pairs = sorted({(one.source, one.target) for one in hints} - known)
    return [[a, b] for a, b in pairs if a in ids and b in ids and a != b]


def _with_hints(data: GraphData, similar: Sequence[Sequence[str]]) -> GraphData:
    """The graph with suggested links as edges of their own kind."""
    more = (GraphEdge(source, target, "similar") for source, target in similar)
    return GraphData(data.nodes, (*data.edges, *more)) if similar else data


def _hints(hints: Sequence[Connection], place: _Place, *, said: bool) -> list[list[Any]]:
    found: list[list[Any]] = []
    for one in hints:
        here, there = place.at(one.source, one.line), place.row.get(one.target)
        if here is not None and there is not None:
            reasons = [text(reason.text) for reason in one.reasons] if said else []
            found.append([here, there, round(one.score, 2), reasons])
    return sorted(found, key=lambda hint: -hint[2])[:MOST_LISTED]


def _bridges(vault: Vault, row: Mapping[str, int]) -> list[list[int]]:
    found = [[row[one.path], one.loose] for one in vault.links.bridges() if one.path in row]
    return found[:MOST_LISTED]


def _gaps(vault: Vault, row: Mapping[str, int], *, said: bool) -> list[list[Any]]:
    return [
        [row[gap.one[0]], row[gap.other[0]], [text(word) for word in gap.words] if said else []]
        for gap in vault.links.gaps()
        if gap.one[0] in row and gap.other[0] in row
    ][:MOST_LISTED]


def _arcs(vault: Vault, place: _Place) -> list[list[Any]]:
    found: list[list[Any]] = []
    for arc in vault.links.each_arc(said=False):
        here, there = place.at(arc.source, arc.line), place.row.get(arc.target)
        if here is not None and there is not None:
            found.append([here, there, arc.from_[:4], arc.to[:4], arc.years])
        if len(found) == MOST_LISTED:
            break
    return found


def _named(vault: Vault) -> list[list[str]]:
    """`[views]` of dots.toml: a name and the end of an address (`"?v=goals&y=2022-2024"`)."""
    return [
        [text(str(name)), text(str(address))]
        for name, address in vault.config_table("views").items()
        if isinstance(address, str) and address.lstrip("#").startswith(("?", "/note/"))
    ]


def _editor(vault: Vault, editor: str) -> str:
    template = EDITORS.get(editor, "")
    root = quote(vault.root.as_posix())
    return template.format(vault=quote(vault.root.name, safe=""), root=root) if template else ""


def _bodies(
    vault: Vault, data: GraphData, row: Mapping[str, int], paths: Sequence[str]
) -> list[Body | None]:
    """The texts of the notes, in the order of their rows, as much of them as the budget allows."""
    degree = Counter(end for edge in data.edges for end in (edge.source, edge.target))
    length = vault.map.text_lengths()
    lengths = [length.get(path, 0) for path in paths]
    kinds = {node.path: node.kind for node in data.nodes if node.kind in NOTE_KINDS}
    order = sorted(
        range(len(paths)),
        key=lambda i: (kinds[paths[i]] != "review", -degree[paths[i]], paths[i]),
    )

    budget = BUDGET if len(paths) <= HINTS_MOST else LARGE_BUDGET
    most = dict(zip(paths, shares(lengths, order, budget), strict=True))
    reader = vault.map.texts(data)
    # Of most notes the beginning is shown: what is linked behind it need not be looked up.
    shown = reader.read((path for path in paths if most[path]), most)
    texts = {note.path: note for note in shown}
    whole: dict[str, NoteText] = {}

    def excerpt(path: str, start: int, end: int) -> NoteText | None:
        note = texts.get(path)
        if note is not None and end <= note.beginning + most[path]:
            return note
        if path not in whole:
            whole.update((note.path, note) for note in reader.read([path]))
        return whole.get(path)

    renderer = BodyRenderer(row, excerpt)
    return [
        renderer.marked(texts[path], most[path]) if path in texts and most[path] > 0 else None
        for path in paths
    ]
