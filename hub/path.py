"""The learning path: topics in columns, each to the right of all that it builds on, with as few crossings as found.

A layered drawing in the manner of Sugiyama, Tagawa and Toda (1981): ranks by the longest way from a start, long
edges led through every column between, orders by sweeps over the columns, heights by the mean of the neighbours.
All is integer or rounded, so that the same catalog gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from random import Random
from typing import Final, NamedTuple

from hub.page import Subject

WIDTH: Final = 121
"""Of a topic's box, in pixels, as all lengths here."""
HEIGHT: Final = 54
GAP: Final = 25
"""Between columns."""
ROW: Final = 64
"""Between the middles of two boxes in a column."""
BEND: Final = 18
"""Between an edge that passes by and its neighbours above and below."""
SIDE: Final = 5
"""Left and right of the drawing, for rings."""
TOP: Final = 24
"""Above and below it, for rings and for words above a box."""

STARTS: Final = 16
"""Orders from which the search starts; more of them find a crossing less, but take seconds."""
SWEEPS: Final = 12
SETTLES: Final = 40


class Spot(NamedTuple):
    """A box (``to`` is empty) or a bend of the edge from ``slug`` to ``to``."""

    rank: int
    slug: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A topic; ``x`` and ``y`` are its upper left corner, ``lines`` its words with their baselines."""

    topic: Subject
    x: float
    y: float
    lines: tuple[tuple[str, float], ...]
    needs: tuple[Subject, ...]
    leads: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """From what is needed to what it leads to; ``line`` is SVG path data."""

    start: str
    end: str
    line: str


@dataclass(frozen=True, slots=True)
class LearningPath:
    """The whole drawing.  Boxes stand in the order in which they are best watched."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]

    @property
    def columns(self) -> tuple[tuple[Box, ...], ...]:
        """The boxes of each column, from top to bottom: what can be watched once all before it was."""
        found: dict[float, list[Box]] = {}
        for box in sorted(self.boxes, key=lambda box: (box.x, box.y)):
            found.setdefault(box.x, []).append(box)
        return tuple(map(tuple, found.values()))


def draw_path(subjects: Mapping[str, Subject]) -> LearningPath:
    """Lay out all ``subjects`` by what they need; what is needed and unknown is left out."""
    needs = {slug: [n for n in subject.prerequisites if n in subjects] for slug, subject in subjects.items()}
    rank = _rank(needs)
    chains = {(need, slug): _chain(need, slug, rank) for slug, some in needs.items() for need in some}
    columns = _order([Spot(rank[slug], slug) for slug in needs], list(chains.values()))
    middle = _settle(columns, list(chains.values()))
    lowest = min(middle.values(), default=0.0)
    y = {spot: round(TOP + HEIGHT / 2 + at - lowest, 1) for spot, at in middle.items()}
    places = {slug: (SIDE + rank[slug] * (WIDTH + GAP), y[Spot(rank[slug], slug)]) for slug in needs}
    return LearningPath(
        width=2 * SIDE + len(columns) * (WIDTH + GAP) - GAP,
        height=round(max(y.values(), default=0.0) + HEIGHT / 2 + TOP),
        boxes=tuple(
            Box(
                topic=subject,
                x=places[slug][0],
                y=round(places[slug][1] - HEIGHT / 2, 1),
                lines=_lines(short_title(subject.title), places[slug][1]),
                needs=tuple(subjects[need] for need in needs[slug]),
                leads=tuple(subjects[other] for other, some in needs.items() if slug in some),
            )
            for slug, subject in subjects.items()
        ),
        edges=tuple(
            Edge(start, end, _line([(places[start][0], y[chain[0]]), *_bends(chain[1:], y)]))
            for (start, end), chain in chains.items()
        ),
    )


def short_title(title: str) -> str:
    """What stands before a colon: ``Gradient Boosting``."""
    return title.partition(":")[0]


def _rank(needs: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Length of the longest way to each topic.  The catalog has no circles."""
    rank: dict[str, int] = {}

    def of(slug: str) -> int:
        if slug not in rank:
            rank[slug] = 1 + max((of(need) for need in needs[slug]), default=-1)
        return rank[slug]

    for slug in needs:
        of(slug)
    return rank


def _chain(start: str, end: str, rank: Mapping[str, int]) -> list[Spot]:
    """The edge as the spots that it joins, one in each column."""
    between = [Spot(column, start, end) for column in range(rank[start] + 1, rank[end])]
    return [Spot(rank[start], start), *between, Spot(rank[end], end)]


# Order: which spot is above which.

_Neighbours = Mapping[Spot, Sequence[Spot]]


def _order(boxes: Iterable[Spot], chains: Sequence[Sequence[Spot]]) -> list[list[Spot]]:
    """The columns, each from top to bottom: the best that is found from the catalog's order and from some others."""
    spots = list(dict.fromkeys([*boxes, *(spot for chain in chains for spot in chain)]))
    columns = [[s for s in spots if s.rank == rank] for rank in range(1 + max(s.rank for s in spots))]
    left, right = _neighbours(chains)
    shuffle = Random(0).shuffle
    found = []
    for start in range(STARTS):
        if start:
            columns = [list(column) for column in columns]
            for column in columns:
                shuffle(column)
        found.append(_swap(_sweep_over(columns, left, right), right))
    return min(found, key=lambda columns: _crossings(columns, right))


def _sweep_over(columns: Sequence[Sequence[Spot]], left: _Neighbours, right: _Neighbours) -> list[list[Spot]]:
    """The best of the orders that sweeps to and fro come upon."""
    orders = [[list(column) for column in columns]]
    for sweep in range(SWEEPS):
        last = orders[-1]
        orders.append(_sweep(last[::-1], right)[::-1] if sweep % 2 else _sweep(last, left))
    return min(orders, key=lambda columns: _crossings(columns, right))


def _neighbours(chains: Sequence[Sequence[Spot]]) -> tuple[_Neighbours, _Neighbours]:
    left: dict[Spot, list[Spot]] = {}
    right: dict[Spot, list[Spot]] = {}
    for chain in chains:
        for one, other in pairwise(chain):
            right.setdefault(one, []).append(other)
            left.setdefault(other, []).append(one)
    return left, right


def _sweep(columns: Sequence[Sequence[Spot]], before: _Neighbours) -> list[list[Spot]]:
    """Each column sorted by the mean place of its neighbours in the one before."""
    swept = [list(columns[0])] if columns else []
    for column in columns[1:]:
        place = {spot: index for index, spot in enumerate(swept[-1])}
        own = {spot: index for index, spot in enumerate(column)}

        def mean(spot: Spot, place: Mapping[Spot, int] = place, own: Mapping[Spot, int] = own) -> float:
            near = before.get(spot, ())
            return sum(place[other] for other in near) / len(near) if near else own[spot]

        swept.append(sorted(column, key=mean))
    return swept


def _swap(found: Sequence[Sequence[Spot]], right: _Neighbours) -> list[list[Spot]]:
    """Swap neighbours in a column wherever that undoes a crossing, until nothing is left to gain."""
    columns = [list(column) for column in found]
    fewest, gained = _crossings(columns, right), True
    while gained:
        gained = False
        for column in columns:
            for index in range(len(column) - 1):
                column[index : index + 2] = column[index : index + 2][::-1]
                crossings = _crossings(columns, right)
                if crossings < fewest:
                    fewest, gained = crossings, True
                else:
                    column[index : index + 2] = column[index : index + 2][::-1]
    return columns


def _crossings(columns: Sequence[Sequence[Spot]], right: _Neighbours) -> int:
    count = 0
    for one, other in pairwise(columns):
        place = {spot: index for index, spot in enumerate(other)}
        ends = [place[end] for start in one for end in sorted(right.get(start, ()), key=place.__getitem__)]
        count += sum(a > b for index, a in enumerate(ends) for b in ends[index + 1 :])
    return count


# Height: where in its column each spot is.


def _settle(columns: Sequence[Sequence[Spot]], chains: Sequence[Sequence[Spot]]) -> dict[Spot, float]:
    """The middle of each spot: near the mean of its neighbours, in its order and with room between."""
    left, right = _neighbours(chains)
    y: dict[Spot, float] = {}
    for column in columns:
        y.update(zip(column, _spread([0.0] * len(column), _rooms(column)), strict=True))
    both = {spot: [*left.get(spot, ()), *right.get(spot, ())] for spot in y}
    for number in range(SETTLES):
        near = both if number == SETTLES - 1 else (left, right)[number % 2]
        for column in columns if number % 2 == 0 else columns[::-1]:
            wanted = [_mean([y[other] for other in near.get(spot, ())], y[spot]) for spot in column]
            y.update(zip(column, _spread(wanted, _rooms(column)), strict=True))
    return y


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _rooms(column: Sequence[Spot]) -> list[float]:
    """Least distance of each spot from the one above it: half of what either takes."""
    takes = [BEND if spot.to else ROW for spot in column]
    return [0.0, *((above + below) / 2 for above, below in pairwise(takes))]


def _spread(wanted: Sequence[float], rooms: Sequence[float]) -> list[float]:
    """What is nearest to ``wanted`` (in squares) and keeps order and room: pooled adjacent violators."""
    blocks: list[tuple[float, int]] = []  # mean of what its members want, less the room above them; how many
    above, offsets = 0.0, []
    for want, room in zip(wanted, rooms, strict=True):
        above += room
        offsets.append(above)
        blocks.append((want - above, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (one, many), (other, more) = blocks[-2:]
            blocks[-2:] = [((one * many + other * more) / (many + more), many + more)]
    pooled = [mean for mean, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(pooled, offsets, strict=True)]


# Drawing: lines and words.


def _bends(chain: Sequence[Spot], y: Mapping[Spot, float]) -> list[tuple[float, float]]:
    return [(SIDE + spot.rank * (WIDTH + GAP), y[spot]) for spot in chain]


def _line(points: Sequence[tuple[float, float]]) -> str:
    """Level through every column, in a soft turn from one to the next; ``points`` are left edges of columns."""
    (x, y), *rest = points
    data = f"M{x + WIDTH:g} {y:g}"
    for number, (to, at) in enumerate(rest, 1):
        turn = to - GAP / 2
        data += f"C{turn:g} {y:g} {turn:g} {at:g} {to:g} {at:g}"
        if number < len(rest):
            data += f"H{to + WIDTH:g}"
        y = at
    return data


_NARROW, _BROAD = frozenset("ijltfrI.,:;'()- "), frozenset("mwMWO&Q@")


def _breadth(text: str) -> float:
    """About how wide ``text`` is, in em of Inter."""
    return sum(0.31 if c in _NARROW else 0.86 if c in _BROAD else 0.68 if c.isupper() else 0.56 for c in text)


SIZE: Final = 12.5
"""Of the words in a box."""
_LEADING: Final = 15.0


def _lines(title: str, middle: float) -> tuple[tuple[str, float], ...]:
    """The title in as few lines as fit the box, evenly filled, with baselines around ``middle``."""
    words = title.split()
    for count in range(1, len(words) + 1):
        lines = min(_cuts(words, count), key=lambda lines: max(map(_breadth, lines)))
        if max(map(_breadth, lines)) * SIZE <= WIDTH - 18:
            break
    first = middle + SIZE * 0.36 - _LEADING * (len(lines) - 1) / 2
    return tuple((line, round(first + _LEADING * number, 1)) for number, line in enumerate(lines))


def _cuts(words: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    """Every way to set ``words`` in ``count`` lines."""
    for inner in combinations(range(1, len(words)), count - 1):
        yield tuple(" ".join(words[start:end]) for start, end in pairwise((0, *inner, len(words))))
