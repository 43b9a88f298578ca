"""Where every dot stands on the map: a force layout that ten thousand notes do not slow down.

Repulsion is computed on a mesh (charges onto a grid, one FFT convolution with the force of a point
charge, forces read back), so a step costs the grid and not n². Links pull; hubs are damped, or the
index note of a vault would swallow it. x is time (`time_axis`): what is dated stays in its column,
y is free. Sections are no free particles: they form a ring around their note, each on the side that
it links to. Notes without any link are packed under their column (`shelves`). The same data and
seed give the same map.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from vaultdots.graph.model import GraphData
from vaultdots.graph.section_ring import place_sections, ring_radius
from vaultdots.graph.shelves import pack
from vaultdots.graph.time_axis import Columns, TimeAxis, time_axis

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Point = tuple[float, float]

VERSION = 3
"""Raised when the same graph gives another map, so that no kept place of the old one is taken."""
LINK = 60.0
"""Distance, in map units, at which the pull of one link and the push of two notes are equal."""
ROOM = 4.0
"""Area of the map a note gets, in LINK². 2.5 left no space for labels at 70 notes, 8 a void."""
HUB = 12.0
"""Links of a note from which each pulls less: weight 1/√(degree/HUB)."""
STEPS = 160
FINE_STEPS = 30
"""The last steps run on a mesh twice as fine, which parts neighbours inside one coarse cell."""
WARM_STEPS = 40
MESH = 128
MESH_LARGE = 256
MESH_LARGE_FROM = 1500
"""Bodies from which the larger mesh pays: below it 128² resolves half a LINK (2 ms a step)."""
DENSE_MAX = 1500
"""Up to this many bodies overlaps are removed pair by pair: n² is 2 M distances, 30 ms a look."""
WIDE = 1.45
"""Width of the map over the root of its area: a screen is wider than it is high."""
TIME = 60.0
"""Pull of its band on what is dated, in the middle's: a note of 2023 is never among those of 2022,
whatever it links to."""
FULL = 60
"""Notes of a year from which its column is filled evenly."""
FEW_BODIES = 40
"""Below that nobody is far out: every note is a large share of the map."""
GAP = 14.0
"""Space between two dots that do not overlap: half a line of label."""


@dataclass(frozen=True, slots=True)
class _Bodies:
    """What moves freely: a note with its sections is one body.

    owner: node → body. pairs: the linked bodies, a row each, with the weight of their pull.
    radius: space a body covers. low_x, high_x: the band of x that time leaves it, the whole map
    where nothing dates it. dated: whether something does. pull_x, pull_y: strength of the pull into
    the band and to the middle line.
    """

    owner: Ints
    radius: Floats
    pairs: Ints
    weight: Floats
    degree: Floats
    low_x: Floats
    high_x: Floats
    dated: NDArray[np.bool_]
    pull_x: Floats
    pull_y: Floats


def layout(
    data: GraphData,
    *,
    seed: int = 1,
    previous: Mapping[str, Point] | None = None,
    axis: TimeAxis | None = None,
) -> dict[str, Point]:
    """Give every node of `data` a place: node id → (x, y), y downwards, about 60 units a link.

    previous: a map drawn before; what stands on it stays about where it is, and what is new joins
    its neighbours, so that adding a note does not reshuffle the map. axis: the columns to stand in,
    else those of `axis_of`; the ones that `previous` was drawn in, for it to mean anything.
    """
    if not data.nodes:
        return {}
    axis = axis or axis_of(data)
    bodies = _bodies(data, axis)
    ids = [node.id for node in data.nodes]
    heads = np.unique(bodies.owner)
    known = _previous_places(ids, previous or {})
    loose = bodies.degree[heads] + bodies.dated[heads] * _is_review(data, heads) == 0
    place = np.zeros((len(ids), 2))

    free = heads[~loose]
    if len(free):
        place[free] = _settle(_only(bodies, free), [ids[i] for i in free], seed, known[free])
    place_sections(data, bodies.owner, place)
    alone = heads[loose].tolist()
    if alone:
        pack(data, axis, alone, place, place[np.isin(bodies.owner, free)], known)
        place_sections(data, bodies.owner, place)
    place = np.round(place, 1) + 0.0
    return {name: (float(x), float(y)) for name, (x, y) in zip(ids, place, strict=True)}


def _is_review(data: GraphData, nodes: Ints) -> NDArray[np.bool_]:
    return np.array([data.nodes[i].kind == "review" for i in nodes], dtype=bool)


def axis_of(data: GraphData, before: Columns | None = None) -> TimeAxis:
    """The columns of years that the map of `data` stands in. before: those of the map before."""
    notes = sum(node.kind != "section" for node in data.nodes)
    return time_axis(data, width=WIDE * LINK * math.sqrt(ROOM * notes), before=before)


def _previous_places(ids: list[str], previous: Mapping[str, Point]) -> Floats:
    """Known places, a row a node; NaN where there is none (or what was stored is not a number)."""
    known = np.full((len(ids), 2), np.nan)
    for row, name in enumerate(ids):
        point = previous.get(name)
        if point is not None and math.isfinite(point[0]) and math.isfinite(point[1]):
            known[row] = point
    return known


def _bodies(data: GraphData, axis: TimeAxis) -> _Bodies:
    count = len(data.nodes)
    index = {node.id: i for i, node in enumerate(data.nodes)}
    parent = list(range(count))
    pairs: dict[tuple[int, int], None] = {}
    for edge in data.edges:
        if edge.kind == "contains" and data.nodes[index[edge.target]].kind == "section":
            parent[index[edge.target]] = index[edge.source]
    owner = np.array([_root(parent, i) for i in range(count)], dtype=np.int64)
    for edge in data.edges:
        a, b = int(owner[index[edge.source]]), int(owner[index[edge.target]])
        if a != b:
            pairs[min(a, b), max(a, b)] = None
    links = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    degree = np.bincount(links.ravel(), minlength=count).astype(float)
    damp = 1 / np.sqrt(np.maximum(1, degree / HUB))
    # -1 for what is itself a section.
    sections = np.bincount(owner, minlength=count) - 1
    radius = 8 + 2.2 * np.sqrt(np.minimum(degree, 60))
    radius = np.where(sections > 0, [ring_radius(int(k)) for k in sections], radius)

    low = np.full(count, axis.low if axis.years else -np.inf)
    high = np.full(count, axis.high if axis.years else np.inf)
    dated = np.zeros(count, dtype=bool)
    for i, node in enumerate(data.nodes):
        band = axis.band(node)
        if band is not None:
            (low[i], high[i]), dated[i] = band, True
    gravity = math.pi / (ROOM * LINK)
    is_review = _is_review(data, np.arange(count))
    # Screens are wide, so y pulls more than x; reviews keep the line through their columns,
    # whatever a year's notes pull at.
    pull_x = np.where(dated, TIME, 0.3) * gravity
    pull_y = np.where(dated & is_review, 10.0, 0.75) * gravity
    weight = damp[links[:, 0]] * damp[links[:, 1]]
    return _Bodies(owner, radius, links, weight, degree, low, high, dated, pull_x, pull_y)


def _root(parent: list[int], i: int) -> int:
    seen = {i}
    while parent[i] not in seen:
        i = parent[i]
        seen.add(i)
    return i


def _only(bodies: _Bodies, rows: Ints) -> _Bodies:
    new = np.full(len(bodies.owner), -1)
    new[rows] = np.arange(len(rows))
    return _Bodies(
        owner=np.arange(len(rows)),
        radius=bodies.radius[rows],
        pairs=new[bodies.pairs],
        weight=bodies.weight,
        degree=bodies.degree[rows],
        low_x=bodies.low_x[rows],
        high_x=bodies.high_x[rows],
        dated=bodies.dated[rows],
        pull_x=bodies.pull_x[rows],
        pull_y=bodies.pull_y[rows],
    )


def _settle(bodies: _Bodies, names: list[str], seed: int, known: Floats) -> Floats:
    """Let the bodies move until they rest; from `known` places a short and tethered walk."""
    old = ~np.isnan(known[:, 0])
    warm = bool(old.mean() > 0.5)
    start = _beside_neighbours(bodies, known, names, seed) if warm else _start(bodies, names, seed)
    steps = WARM_STEPS if warm else STEPS
    mesh = MESH_LARGE if len(names) >= MESH_LARGE_FROM else MESH
    heat = LINK if warm else max(LINK, float(np.ptp(start, axis=0).max()) / 12)
    # A tether ten times the pull of the middle: what stood on the map moves by a few units.
    tether = np.where(old, 10 * math.pi / (ROOM * LINK), 0.0) if warm else np.zeros(len(names))
    place = start.copy()
    charge = 1 + 0.25 * np.sqrt(bodies.degree) + (bodies.radius / LINK) ** 2
    middle = _middle(bodies)
    a, b = bodies.pairs[:, 0], bodies.pairs[:, 1]
    spring = bodies.weight / LINK
    # Each moves by force over stiffness (a Jacobi step): a hub of 500 links does not overshoot.
    held = np.bincount(a, spring, len(names)) + np.bincount(b, spring, len(names))
    stiff = held + np.maximum(bodies.pull_x, bodies.pull_y) + tether + 0.5 / LINK
    for step in range(steps):
        fine = step >= steps - FINE_STEPS and len(names) > 60
        force = charge[:, None] * _repulsion(place, charge, mesh * (2 if fine else 1))
        stretch = spring[:, None] * (place[b] - place[a])
        for axis in (0, 1):
            pull = np.bincount(a, stretch[:, axis], len(names))
            force[:, axis] += pull - np.bincount(b, stretch[:, axis], len(names))
        wanted = np.where(bodies.dated, place[:, 0].clip(bodies.low_x, bodies.high_x), middle)
        force[:, 0] += bodies.pull_x * (wanted - place[:, 0])
        force[:, 1] -= bodies.pull_y * place[:, 1]
        force += tether[:, None] * (start - place)
        move = 0.7 * force / stiff[:, None]
        length = np.hypot(move[:, 0], move[:, 1])
        limit = heat * (1 - step / steps) + 0.5
        place += move * np.minimum(1, limit / np.maximum(length, 1e-9))[:, None]
    return _part(_spread(place, bodies), bodies)


def _spread(place: Floats, bodies: _Bodies) -> Floats:
    """Fill the columns evenly, and fetch back what drifted off.

    A full column pushes its notes to its edges, where they would stand on one line: their order
    along x is kept, their distances are evened out, the more the fuller the column. A pair of notes
    that nothing holds is pushed far out of the map, whose picture would shrink for it.
    """
    width = bodies.high_x - bodies.low_x
    for low in np.unique(bodies.low_x[bodies.dated & (width > 0)]):
        rows = np.flatnonzero(bodies.dated & (bodies.low_x == low) & (width > 0))
        rank = np.empty(len(rows))
        rank[np.lexsort((rows, place[rows, 1], place[rows, 0]))] = np.arange(len(rows)) + 0.5
        even = low + rank / len(rows) * width[rows]
        share = min(1.0, len(rows) / FULL)
        place[rows, 0] = (1 - share) * place[rows, 0] + share * even
    if len(place) > FEW_BODIES:
        middle = float(np.median(place[:, 1]))
        far = np.abs(place[:, 1] - middle)
        reach = 1.15 * float(np.quantile(far, 0.985))
        over = far > reach
        # Not on one line: how far one had drifted still says who stands further out.
        pull = reach * (0.94 + 0.12 * np.tanh((far[over] - reach) / reach))
        place[over, 1] = middle + np.sign(place[over, 1] - middle) * pull
    return place


def _middle(bodies: _Bodies) -> float:
    low, high = float(bodies.low_x.min()), float(bodies.high_x.max())
    return (low + high) / 2 if math.isfinite(low + high) else 0.0


def _start(bodies: _Bodies, names: list[str], seed: int) -> Floats:
    """A first guess that already knows the large shape: noise smoothed along the links.

    The noise of a note comes from its id alone, so a new note leaves the start of the others.
    """
    size = LINK * math.sqrt(ROOM * len(names)) / 2
    place = _noise(names, seed)
    a, b = bodies.pairs[:, 0], bodies.pairs[:, 1]
    share = 1 / (1 + bodies.degree)
    for _ in range(30):
        for axis in (0, 1):
            around = np.bincount(a, place[b, axis], len(names))
            around += np.bincount(b, place[a, axis], len(names))
            place[:, axis] = (place[:, axis] + around) * share
        place -= place.mean(axis=0)
        place /= np.maximum(place.std(axis=0), 1e-9)
    place = place * size * 0.5 + _noise(names, seed + 1) * LINK
    place[:, 0] += _middle(bodies)
    place[:, 0] = place[:, 0].clip(bodies.low_x, bodies.high_x)
    return place


def _noise(names: list[str], seed: int) -> Floats:
    salt = f"{seed}:"
    bits = [(crc32(f"{salt}x{n}".encode("utf-8", "surrogatepass")),
             crc32(f"{salt}y{n}".encode("utf-8", "surrogatepass"))) for n in names]  # fmt: skip
    return np.array(bits, dtype=float).reshape(-1, 2) / 2**31 - 1


def _beside_neighbours(bodies: _Bodies, known: Floats, names: list[str], seed: int) -> Floats:
    old = ~np.isnan(known[:, 0])
    place = np.where(old[:, None], known, 0.0)
    middle = place[old].mean(axis=0)
    a, b = bodies.pairs[:, 0], bodies.pairs[:, 1]
    near = np.bincount(a, old[b].astype(float), len(names))
    near += np.bincount(b, old[a].astype(float), len(names))
    jitter = _noise(names, seed) * LINK / 2
    for axis in (0, 1):
        around = np.bincount(a, place[b, axis] * old[b], len(names))
        around += np.bincount(b, place[a, axis] * old[a], len(names))
        guess = np.where(near > 0, around / np.maximum(near, 1), middle[axis]) + jitter[:, axis]
        place[:, axis] = np.where(old, place[:, axis], guess)
    return place


def _repulsion(place: Floats, charge: Floats, mesh: int) -> Floats:
    """The push of all charges on each (LINK/distance in the plane), by convolution on a mesh.

    The charges fill the middle half of the periodic mesh, so no image of theirs is felt.
    """
    low = place.min(axis=0)
    cell = max(float((place.max(axis=0) - low).max()) / (mesh // 2 - 2), 1e-6)
    grid = (place - low) / cell + mesh // 4
    corner = grid.astype(np.int64)
    part = grid - corner
    base = corner[:, 0] * mesh + corner[:, 1]
    shares = [
        (base, (1 - part[:, 0]) * (1 - part[:, 1])), (base + mesh, part[:, 0] * (1 - part[:, 1])),
        (base + 1, (1 - part[:, 0]) * part[:, 1]), (base + mesh + 1, part[:, 0] * part[:, 1]),
    ]  # fmt: skip
    density = np.zeros(mesh * mesh)
    for cells, share in shares:
        density += np.bincount(cells, share * charge, mesh * mesh)
    spectrum = np.fft.rfft2(density.reshape(mesh, mesh))
    force = np.zeros_like(place)
    for axis, kernel in enumerate(_kernels(mesh)):
        field = np.fft.irfft2(spectrum * kernel, s=(mesh, mesh)).ravel()
        for cells, share in shares:
            force[:, axis] += field[cells] * share
    return force * (LINK / cell)


_KERNELS: dict[int, tuple[NDArray[np.complex128], NDArray[np.complex128]]] = {}


def _kernels(mesh: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """Spectra of the force of a unit charge along x and y, in cells; softened below one cell."""
    if mesh not in _KERNELS:
        offset = np.fft.fftfreq(mesh, 1 / mesh)
        dx, dy = np.meshgrid(offset, offset, indexing="ij")
        square = dx * dx + dy * dy + 0.5
        _KERNELS[mesh] = (np.fft.rfft2(dx / square), np.fft.rfft2(dy / square))
    return _KERNELS[mesh]


def _part(place: Floats, bodies: _Bodies) -> Floats:
    """Push overlapping bodies apart, pair by pair; past DENSE_MAX the mesh has to do.

    None leaves its band by it: only a review may stand aside for another of its year.
    """
    count, radius = len(place), bodies.radius
    slack = np.where(bodies.high_x > bodies.low_x, 0.0, 2 * GAP)
    low, high = bodies.low_x - slack, bodies.high_x + slack
    place[:, 0] = place[:, 0].clip(low, high)
    if count > DENSE_MAX:
        return place
    # Two on one spot have no direction to part in: a hair's breadth by their order gives one.
    place = place + np.arange(count)[:, None] * np.array([1e-3, 7e-4])
    for _ in range(8):
        a, b = _near_pairs(place, radius)
        reach = radius[a] + radius[b] + GAP
        # A heavy body (a review with its section ring) yields less than the notes around it.
        give = radius[b] / (radius[a] + radius[b])
        for _ in range(10):
            delta = place[a] - place[b]
            gap = np.maximum(np.hypot(delta[:, 0], delta[:, 1]), 1e-9)
            push = 0.8 * np.maximum(reach - gap, 0) / gap
            if not push.any():
                return place
            for axis in (0, 1):
                step = delta[:, axis] * push
                place[:, axis] += np.bincount(a, step * give, count)
                place[:, axis] -= np.bincount(b, step * (1 - give), count)
            place[:, 0] = place[:, 0].clip(low, high)
    return place


def _near_pairs(place: Floats, radius: Floats) -> tuple[Ints, Ints]:
    """Pairs that overlap or may do so soon; all distances, so asked for once in ten rounds."""
    x, y = place[:, 0], place[:, 1]
    square = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
    near = square < (radius[:, None] + radius + 2 * GAP) ** 2
    a, b = np.nonzero(np.triu(near, 1))
    return a, b
