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
Complexes = NDArray[np.complex128]
Ints = NDArray[np.int64]
Point = tuple[float, float]

VERSION = 3
"""Raised when maps are laid out by other rules (columns, distances), so that no kept place of an
older one is taken. Places that differ as they do for another seed are no reason: a map stays."""
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
LARGE_STEPS = (80, 20, 20)
"""Of a large map: on MESH, on MESH_LARGE, on one twice as fine. As long as what moves goes further
than a cell, no finer mesh is of use: at 10,000 notes links are as long, nearest dots as far apart
and the map as even, within 3 to 8 %, as after STEPS with MESH_LARGE throughout."""
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
    ends = [(index[edge.source], index[edge.target]) for edge in data.edges]
    parent = list(range(count))
    for edge, (a, b) in zip(data.edges, ends, strict=True):
        if edge.kind == "contains" and data.nodes[b].kind == "section":
            parent[b] = a
    owner = np.array([_root(parent, i) for i in range(count)], dtype=np.int64)
    between = np.sort(owner[np.array(ends, dtype=np.int64).reshape(-1, 2)], axis=1)
    between = between[between[:, 0] != between[:, 1]]
    _, first = np.unique(between[:, 0] * count + between[:, 1], return_index=True)
    links = between[np.sort(first)]
    degree = np.bincount(links.ravel(), minlength=count).astype(float)
    damp = 1 / np.sqrt(np.maximum(1, degree / HUB))
    # -1 for what is itself a section.
    sections = np.bincount(owner, minlength=count) - 1
    radius = 8 + 2.2 * np.sqrt(np.minimum(degree, 60))
    radius = np.where(sections > 0, [ring_radius(int(k)) for k in sections], radius)

    bands = [axis.band(node) for node in data.nodes]
    dated = np.array([band is not None for band in bands], dtype=bool)
    free = (axis.low, axis.high) if axis.years else (-np.inf, np.inf)
    low, high = np.array([band or free for band in bands]).T
    gravity = math.pi / (ROOM * LINK)
    is_review = _is_review(data, np.arange(count))
    # Screens are wide, so y pulls more than x; reviews keep the line through their columns,
    # whatever a year's notes pull at.
    pull_x = np.where(dated, TIME, 0.3) * gravity
    pull_y = np.where(dated & is_review, 10.0, 0.75) * gravity
    weight = damp[links[:, 0]] * damp[links[:, 1]]
    return _Bodies(owner, radius, links, weight, degree, low, high, dated, pull_x, pull_y)


def _root(parent: list[int], i: int) -> int:
    if parent[i] == i:
        return i
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
    ties = _Ties(bodies.pairs, bodies.weight / LINK, len(names))
    begin = _beside_neighbours if warm else _start
    start = _complex(begin(bodies, known, names, seed))
    heat = LINK if warm else max(LINK, max(_extent(start)) / 12)
    # A tether ten times the pull of the middle: what stood on the map moves by a few units.
    tether = np.where(old, 10 * math.pi / (ROOM * LINK), 0.0) if warm else np.zeros(len(names))
    place = start.copy()
    charge = 1 + 0.25 * np.sqrt(bodies.degree) + (bodies.radius / LINK) ** 2
    middle = _middle(bodies)
    # Each moves by force over stiffness (a Jacobi step): a hub of 500 links does not overshoot.
    stiff = ties.held + np.maximum(bodies.pull_x, bodies.pull_y) + tether + 0.5 / LINK
    meshes = _meshes(len(names), warm=warm)
    for step, mesh in enumerate(meshes):
        force = charge * _repulsion(place, charge, mesh) + ties.pull(place)
        wanted = np.where(bodies.dated, place.real.clip(bodies.low_x, bodies.high_x), middle)
        force.real += bodies.pull_x * (wanted - place.real)
        force.imag -= bodies.pull_y * place.imag
        if warm:
            force += tether * (start - place)
        move = 0.7 * force / stiff
        limit = heat * (1 - step / len(meshes)) + 0.5
        place += move * np.minimum(1, limit / np.maximum(np.abs(move), 1e-9))
    return _part(_spread(place.view(float).reshape(-1, 2), bodies), bodies)


def _meshes(count: int, *, warm: bool) -> list[int]:
    """The mesh of each step."""
    if count < MESH_LARGE_FROM:
        steps = WARM_STEPS if warm else STEPS
        fine = FINE_STEPS if count > 60 else 0
        return [MESH] * (steps - fine) + [2 * MESH] * fine
    if warm:
        return [MESH_LARGE] * (WARM_STEPS - FINE_STEPS) + [2 * MESH_LARGE] * FINE_STEPS
    coarse, middle, fine = LARGE_STEPS
    return [MESH] * coarse + [MESH_LARGE] * middle + [2 * MESH_LARGE] * fine


class _Ties:
    """What pulls at what: the linked bodies from both ends, in the order of the first.

    held: of each body the sum of its pulls' strengths.
    """

    def __init__(self, pairs: Ints, strength: Floats, count: int) -> None:
        ends = pairs.T.ravel()
        order = np.argsort(ends, kind="stable")
        links = np.bincount(ends, minlength=count)
        self.tied = np.flatnonzero(links)
        self.first = (np.cumsum(links) - links)[self.tied]
        self.others = pairs[:, ::-1].T.ravel()[order]
        self.strength = np.concatenate([strength, strength])[order]
        self.held = np.bincount(ends, np.concatenate([strength, strength]), count)

    def pull(self, place: Complexes) -> Complexes:
        """The pull of all others on each."""
        found = -self.held * place
        if len(self.tied):
            each = self.strength * place[self.others]
            found[self.tied] += np.add.reduceat(each, self.first)
        return found


def _complex(place: Floats) -> Complexes:
    """Places as complex numbers: x and y are moved by one operation."""
    return np.ascontiguousarray(place).view(complex).ravel()


def _extent(place: Complexes) -> tuple[float, float]:
    return float(np.ptp(place.real)), float(np.ptp(place.imag))


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


def _start(bodies: _Bodies, known: Floats, names: list[str], seed: int) -> Floats:
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


def _repulsion(place: Complexes, charge: Floats, mesh: int) -> Complexes:
    """The push of all charges on each (LINK/distance in the plane), by convolution on a mesh.

    The charges fill a quarter of the periodic mesh, so no image of theirs is felt; of the rest
    nothing is computed that would be zero or is not read.
    """
    half = mesh // 2
    low = complex(place.real.min(), place.imag.min())
    cell = max(max(_extent(place)) / (half - 2), 1e-6)
    grid = ((place - low) / cell).view(float).reshape(-1, 2)
    corner = grid.astype(np.int64)
    x, y = (grid - corner).T
    base = corner[:, 0] * half + corner[:, 1]
    cells = np.array([base, base + half, base + 1, base + half + 1])
    shares = np.array([(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y])
    density = np.bincount(cells.ravel(), (shares * charge).ravel(), half * half)
    mass = density.astype(np.float32).reshape(half, half)
    spectrum = np.fft.fft(np.fft.rfft(mass, mesh, axis=1), mesh, axis=0)
    field = np.empty((half, half), dtype=np.complex64)
    for part, kernel in zip((field.real, field.imag), _kernels(mesh), strict=True):
        columns = np.fft.ifft(spectrum * kernel, axis=0)[:half]
        part[...] = np.fft.irfft(columns, mesh, axis=1)[:, :half]
    force: Complexes = (field.ravel()[cells] * shares).sum(axis=0)
    return force * (LINK / cell)


_KERNELS: dict[int, tuple[NDArray[np.complex64], NDArray[np.complex64]]] = {}


def _kernels(mesh: int) -> tuple[NDArray[np.complex64], NDArray[np.complex64]]:
    """Spectra of the force of a unit charge along x and y, in cells; softened below one cell."""
    if mesh not in _KERNELS:
        offset = np.fft.fftfreq(mesh, 1 / mesh)
        dx, dy = np.meshgrid(offset, offset, indexing="ij")
        square = dx * dx + dy * dy + 0.5
        # What is symmetrical along x is so along y: one transform gives both.
        along = np.fft.fft2(dx / square).astype(np.complex64)
        width = mesh // 2 + 1
        _KERNELS[mesh] = (
            np.ascontiguousarray(along[:, :width]),
            np.ascontiguousarray(along.T[:, :width]),
        )
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
