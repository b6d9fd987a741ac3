"""A flow: named blocks, arrows between them, groups around them, and tokens that travel and are transformed.

An author names blocks and edges; where they lie follows from that::

    flow = Flow([("x", "conv 1"), ("conv 1", "conv 2"), ("conv 2", "+"), ("x", "+")], groups={"residual block": [...]})
    self.play(flow.travel(image, "x", "conv 1", "conv 2", "+", becomes={"conv 1": map}))

Blocks lie in layers, each one layer after the last block that leads to it.  An arrow to the next layer goes straight
or through the gap; one that skips a layer goes around on a lane of its own, and one that leads back on the other side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal, Self

import numpy as np
from manim import UL, LineJointType, ManimColor, Mobject, RoundedRectangle, VGroup, VMobject, smooth

from scenes.kit import ink, words
from scenes.kit.drive import Drive, drive
from scenes.kit.glide import glide
from scenes.kit.noun import HAIR, LINE, THIN, slowly
from scenes.kit.path import Floats, loop
from scenes.kit.review_hints import backdrop, belongs

Edge = tuple[str, str]
Direction = Literal["right", "down"]
Lights = Mapping[str | Edge, float]
"""How bright blocks and arrows are, 0 to 1."""

_INSIDE: Final = 0.13
"""Opacity of a block's inside, and of one that is lit."""
_LIT: Final = 0.4
_PADDING: Final = np.array([0.3, 0.24])
"""Scene units around the words of a block."""
_RADIUS: Final = 0.08
_GAP: Final = 0.95
"""Scene units between two layers, and between two blocks of one, unless more are asked for; the least of the first."""
_ACROSS: Final = 0.45
_LEAST: Final = 0.5
_LANE: Final = 0.42
"""Scene units from blocks to the first lane, and from lane to lane."""
_BEND: Final = 0.2
"""Radius of an arrow's corners."""
_TIP: Final = np.array([0.22, 0.1])
"""Length and half width of an arrow's tip."""
_FRAME: Final = 0.26
"""Scene units between a group's frame and what is in it."""
_GLOW: Final = 0.5
"""Scene units before a block at which it begins to be lit by what comes."""
_SIGN: Final = 0.66
"""Diameter of a circle around a sign."""
_SIGNS: Final = frozenset("+−×÷·⊕⊗σΣ=")
"""Names that are drawn in a circle."""
_QUARTER: Final = 4 / 3 * (np.sqrt(2) - 1)


class Block(VGroup):
    """Words in a box, a sign in a circle, or a place without either in which a token can stand."""

    def __init__(
        self, text: str, size: tuple[float, float], color: ManimColor, letters: words.Words | None
    ) -> None:
        super().__init__()
        self.text, self.color_at_rest = text, color
        self.words = letters
        width, height = size
        radius = min(size) / 2 - 1e-3 if text in _SIGNS else _RADIUS
        self.box = RoundedRectangle(corner_radius=radius, width=width, height=height)
        self.add(self.box)
        if letters is None:
            self.box.set_stroke(width=0, opacity=0).set_fill(opacity=0)
        else:
            if "\n" not in text and text not in _SIGNS:  # others are in the middle as they stand
                half = letters.capital * ink.UNITS_PER_PIXEL / 2
                letters.shift((0.0, -half - words.baseline(letters), 0.0))
            belongs(self.box, letters)
            self.add(letters)
        self.light(0.0)

    @property
    def is_open(self) -> bool:
        """Whether it is a place without a box."""
        return self.words is None

    def light(self, share: float) -> Self:
        """Be lit by ``share``, 0 to 1."""
        if self.words is not None:
            color = self.color_at_rest.interpolate(ink.focus, share)
            self.box.set_stroke(color, THIN + share * (LINE - THIN), 1.0)
            self.box.set_fill(color, _INSIDE + share * (_LIT - _INSIDE))
        return self


class Arrow(VGroup):
    """An arrow along a path with round corners: its ``line`` and its ``tip``."""

    def __init__(self, path: Floats) -> None:
        super().__init__()
        ahead = path[-1] - path[-2]
        ahead = ahead / np.linalg.norm(ahead)
        self.line = VMobject(stroke_width=THIN)
        self.line.joint_type = LineJointType.ROUND
        self.line.points = np.concatenate([path[:-1], [path[-1] - 0.8 * _TIP[0] * ahead]])
        aside = _TIP[1] * np.array([-ahead[1], ahead[0], 0.0])
        self.tip = VMobject(stroke_width=0, fill_opacity=1.0)
        back = path[-1] - _TIP[0] * ahead
        self.tip.points = loop(np.array([path[-1], back + aside, back - aside]))
        self.add(self.line, self.tip)
        self.light(0.0)

    @property
    def way(self) -> Floats:
        """Scene points (n, 3) along it as it lies now, from its start to the end of its tip."""
        t = np.linspace(0, 1, 13)[:-1, None]
        a, b, c, d = self.line.points.reshape(-1, 4, 3).swapaxes(0, 1)[:, :, None]
        curve = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
        return np.concatenate([curve.reshape(-1, 3), self.line.points[-1:], self.tip.points[:1]])

    def light(self, share: float) -> Self:
        """Be lit by ``share``, 0 to 1."""
        color = ink.quiet.interpolate(ink.focus, share)
        self.line.set_stroke(color, THIN + share * (LINE - THIN))
        self.tip.set_fill(color)
        return self


class Enclosure(VGroup):
    """A frame around the blocks of a group, with its ``title`` at the upper left."""

    def __init__(self, box: Floats, name: words.Words) -> None:
        super().__init__()
        (left, bottom), (right, top) = box
        self.box = backdrop(
            RoundedRectangle(
                corner_radius=0.14,
                width=right - left,
                height=top - bottom,
                stroke_color=ink.faint,
                stroke_width=HAIR,
                fill_color=ink.chalk,
                fill_opacity=0.04,
            )
        ).move_to(((left + right) / 2, (bottom + top) / 2, 0.0))
        self.title = name.move_to((left + _FRAME, top - 0.7 * _FRAME, 0.0), aligned_edge=UL)
        belongs(self.box, name)
        self.add(self.box, name)


class Flow(VGroup):
    """Blocks and the ``edges`` between them, from block to block, laid out to the ``direction``.

    A block shows its name, or what ``texts`` has for it; a lone sign (``+``, ``×``) stands in a circle; ``colors`` are
    roles of blocks.  ``places`` are blocks without a box, by name their width and height in scene units, for what goes
    in and what comes out.  ``layers`` says which blocks lie side by side, where the edges are not to decide.
    ``groups`` are frames by name around blocks; one that holds all of another lies around it.  ``width`` and ``height``
    spread the whole, if it has several layers and several blocks in one; ``curved`` lets arrows swing instead of
    turning at right angles.

    Raises ``ValueError`` for no edges, for names that are not blocks, for a block in no layer or in two, and for a
    ``width`` or ``height`` that is too small.
    """

    def __init__(
        self,
        edges: Sequence[Edge],
        *,
        texts: Mapping[str, str] | None = None,
        colors: Mapping[str, ManimColor] | None = None,
        places: Mapping[str, tuple[float, float]] | None = None,
        layers: Sequence[Sequence[str]] = (),
        groups: Mapping[str, Sequence[str]] | None = None,
        direction: Direction = "right",
        width: float | None = None,
        height: float | None = None,
        curved: bool = False,
        size: float = ink.LABEL,
    ) -> None:
        super().__init__()
        texts, colors, places, groups = texts or {}, colors or {}, places or {}, groups or {}
        names = list(dict.fromkeys(name for edge in edges for name in edge))
        _check(names, edges, {"texts": texts, "colors": colors, "places": places})
        ranks = _ranks(names, edges, layers)
        letters = {
            name: words.label(texts.get(name, name), size=size) for name in names if name not in places
        }
        titles = {name: words.label(name, color=ink.quiet, size=size) for name in groups}
        sizes = _sizes(letters, places, ranks, direction)
        self.members = _members(groups, names)
        plan = _Plan(edges, ranks, sizes, self.members, titles, direction, curved)
        drawing = plan.fitted(width, height)
        self.edges, self.direction = list(edges), direction
        self.blocks = {
            name: Block(
                texts.get(name, name), sizes[name], colors.get(name, ink.chalk), letters.get(name)
            ).shift(drawing.middles[name])
            for name in names
        }
        self.arrows = {edge: Arrow(drawing.routes[edge]) for edge in edges}
        self.frames = {name: Enclosure(box, titles[name]) for name, box in drawing.frames.items()}
        self.lights: dict[str | Edge, float] = {}
        self._shapes: dict[Mobject, list[Floats]] = {}
        self._sizes: dict[Mobject, float] = {}
        outermost_first = sorted(self.frames.values(), key=lambda frame: -float(frame.width))
        self.add(*outermost_first, *self.arrows.values(), *self.blocks.values())
        self.center()

    # Its parts

    def block(self, name: str) -> Block:
        """A block.  Raises ``ValueError`` where there is none of that name."""
        if name not in self.blocks:
            raise ValueError(f"the flow has the blocks {', '.join(self.blocks)}, and none named {name!r}")
        return self.blocks[name]

    def arrow(self, start: str, end: str) -> Arrow:
        """The arrow between two blocks.  Raises ``ValueError`` where there is none."""
        if (start, end) not in self.arrows:
            raise ValueError(f"no arrow goes from {start!r} to {end!r}")
        return self.arrows[start, end]

    def group(self, name: str) -> VGroup:
        """The frame of a group, and the blocks and arrows in it.  Raises ``ValueError`` where there is none."""
        if name not in self.frames:
            raise ValueError(
                f"the flow has the groups {', '.join(self.frames) or 'of no name'}, not {name!r}"
            )
        inside = self.members[name]
        arrows = [arrow for edge, arrow in self.arrows.items() if inside.issuperset(edge)]
        return VGroup(self.frames[name], *arrows, *(self.blocks[each] for each in inside))

    # What it shows

    def redraw(self, lights: Lights) -> Self:
        """Light blocks, by name, and arrows, by both their ends, as ``lights`` has it; all others are dark.

        Raises ``ValueError`` for what is neither.
        """
        for key in {*lights, *self.lights}:
            self._lit(key, lights.get(key, 0.0))
        return self

    @slowly(redraw)
    def _redraw_slowly(self, lights: Lights, anim_args: Mapping[str, Any] | None = None) -> Drive:
        keys = {*lights, *self.lights}
        start, end = ({key: held.get(key, 0.0) for key in keys} for held in (self.lights, lights))
        return glide(self.redraw, (start,), (end,), **(anim_args or {}))

    def _lit(self, key: str | Edge, share: float) -> None:
        (self.block(key) if isinstance(key, str) else self.arrow(*key)).light(share)
        self.lights[key] = share

    # What travels

    def travel(
        self,
        token: Mobject,
        *stops: str,
        becomes: Mapping[str, Mobject] | None = None,
        light: bool = True,
        run_time: float = 1.0,
        rate_func: Callable[[float], float] = smooth,
    ) -> Drive:
        """An animation: ``token`` goes from block to block along the arrows between ``stops``.

        It goes into a block and comes out behind it, as another thing where ``becomes`` has one for that block; the
        block is lit while it is inside, unless ``light`` is off.  On a place without a box it is seen.  Raises
        ``ValueError`` for less than two stops, for stops without an arrow between them, and for blocks of ``becomes``
        that it does not come to.
        """
        forms = dict(becomes or {})
        if len(stops) < 2:
            raise ValueError("a token travels between two blocks or more")
        if strange := sorted(set(forms) - set(stops)):
            raise ValueError(f"the token does not come to {', '.join(strange)}")
        arrows = [self.arrow(*pair) for pair in pairwise(stops)]
        things = list(dict.fromkeys([token, *forms.values()]))
        for thing in things:
            if thing not in self._shapes:
                middle = thing.get_center()
                self._shapes[thing] = [each.points - middle for each in thing.get_family()]
                self._sizes[thing] = max(float(thing.width), float(thing.height)) / 2

        def path(share: float) -> object:
            journey = _Journey([self.blocks[name] for name in stops], [arrow.way for arrow in arrows])
            spot, reached, free = journey.at(share)
            seen = token
            for name in stops[: reached + 1]:
                seen = forms.get(name, seen)
            for thing in things:
                self._put(thing, spot, min(free.min() / self._sizes[thing], 1.0) if thing is seen else 0.0)
            if light:
                for name, far in zip(stops, free, strict=True):
                    self._lit(name, 0.0 if self.blocks[name].is_open else float(max(1 - far / _GLOW, 0.0)))
            return self

        return drive(path, self, *things, run_time=run_time, rate_func=rate_func)

    def _put(self, thing: Mobject, spot: Floats, scale: float) -> None:
        for each, points in zip(thing.get_family(), self._shapes[thing], strict=True):
            if len(points):
                each.points = spot + scale * points


class _Journey:
    """Scene points from the middle of the first block along the arrows to the middle of the last one."""

    def __init__(self, blocks: Sequence[Block], ways: Sequence[Floats]) -> None:
        middles = [block.box.get_center() for block in blocks]
        parts: list[Any] = [middles[:1]]
        for way, middle in zip(ways, middles[1:], strict=True):
            parts += [way, [middle]]
        self._points = np.concatenate(parts)
        steps = np.linalg.norm(np.diff(self._points, axis=0), axis=1)
        self._along = np.concatenate([[0.0], np.cumsum(steps)])
        # The numbers of the points at which the middles are, and between which the token is inside a block.
        self._stops = np.cumsum([0, *(len(way) + 1 for way in ways)])
        last = len(self._points) - 1
        inside = [(max(stop - 1, 0), min(stop + 1, last)) for stop in self._stops]
        self._inside = np.array(
            [
                (np.inf, np.inf) if block.is_open else self._along[list(ends)]
                for block, ends in zip(blocks, inside, strict=True)
            ]
        )

    def at(self, share: float) -> tuple[Floats, int, Floats]:
        """After ``share`` of the way: the point (3,), the last stop that was reached, and how far outside of each block
        (n,) that is along the way, in scene units."""
        here = share * self._along[-1]
        spot = np.array([np.interp(here, self._along, axis) for axis in self._points.T])
        reached = int(np.searchsorted(self._along[self._stops], here + 1e-9, side="right")) - 1
        enter, leave = self._inside.T
        return spot, reached, np.maximum(np.maximum(enter - here, here - leave), 0.0)


# Where things lie.  Places are (along, across): along the flow and, from the axis in its middle, across it.


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Where a plan puts everything, in scene units."""

    middles: dict[str, Floats]
    """Of blocks, (3,)."""
    routes: dict[Edge, Floats]
    """Of arrows, Bézier points (4n, 3)."""
    frames: dict[str, Floats]
    """Of groups, lower left and upper right corner (2, 2)."""
    size: Floats
    """Width and height (2,) of the whole."""


class _Plan:
    """Blocks in layers, and how arrows find their way between them."""

    def __init__(
        self,
        edges: Sequence[Edge],
        ranks: Mapping[str, int],
        sizes: Mapping[str, tuple[float, float]],
        members: Mapping[str, frozenset[str]],
        titles: Mapping[str, words.Words],
        direction: Direction,
        curved: bool,
    ) -> None:
        self.edges, self.ranks, self.members, self.titles = edges, ranks, members, titles
        self.right, self.curved = direction == "right", curved
        self.layers = _ordered(ranks, edges)
        self.sizes = {name: size if self.right else size[::-1] for name, size in sizes.items()}
        self.lanes = self._lanes()

    def fitted(self, width: float | None, height: float | None) -> _Drawing:
        """The drawing that is as wide and as high as is asked for."""
        gaps = np.array([_GAP, _ACROSS])
        wanted = np.array([width or np.nan, height or np.nan])[:: 1 if self.right else -1]
        counts = np.array([len(self.layers) - 1, max(map(len, self.layers)) - 1])
        drawing = self._drawn(*gaps)
        for _ in range(2):  # lanes and frames may grow with the gaps
            size = drawing.size[:: 1 if self.right else -1]
            more = np.divide(wanted - size, counts, out=np.zeros(2), where=counts > 0)
            gaps = gaps + np.nan_to_num(more)
            if gaps[0] < _LEAST or gaps[1] < _LEAST / 2:
                raise ValueError(
                    f"a flow of {len(self.layers)} layers has no room in {width} × {height}: "
                    f"it is {drawing.size[0]:.1f} × {drawing.size[1]:.1f} with the gaps that arrows need"
                )
            drawing = self._drawn(*gaps)
        return drawing

    def _lanes(self) -> dict[Edge, int]:
        """Edges that go around others, and on which lane, 1 the innermost; shorter ones lie inside."""
        around = [(a, b) for a, b in self.edges if self.ranks[b] - self.ranks[a] not in (0, 1) or a == b]
        lanes: dict[Edge, int] = {}
        for edge in sorted(around, key=lambda edge: abs(self.ranks[edge[1]] - self.ranks[edge[0]])):
            low, high = sorted(self.ranks[name] for name in edge)
            meets = [
                lane
                for other, lane in lanes.items()
                if self._leads_back(other) == self._leads_back(edge)
                and max(low, min(self.ranks[n] for n in other))
                <= min(high, max(self.ranks[n] for n in other))
                and {*edge} != {*other}
                and not (edge[0] == other[1] or edge[1] == other[0])
            ]
            lanes[edge] = max(meets, default=0) + 1
        return lanes

    def _leads_back(self, edge: Edge) -> bool:
        return self.ranks[edge[1]] < self.ranks[edge[0]]

    def _drawn(self, gap: float, across: float) -> _Drawing:
        self.boxes = self._placed(gap, across)
        self.routes: dict[Edge, Floats] = {}
        self.frames: dict[str, Floats] = {}
        self.pending: set[str] = set()
        for edge in self.edges:
            self._route(edge)
        for name in self.members:
            self._frame(name)
        turned = {edge: self._turned(route) for edge, route in self.routes.items()}
        middles = {name: self._turned(box.mean(axis=0)[None])[0] for name, box in self.boxes.items()}
        frames = {}
        for name, box in self.frames.items():
            corners = self._turned(box)[:, :2]
            frames[name] = np.array([corners.min(axis=0), corners.max(axis=0)])
        outer = np.concatenate([*self.boxes.values(), *self.frames.values(), *self.routes.values()])
        return _Drawing(middles, turned, frames, np.ptp(self._turned(outer)[:, :2], axis=0))

    def _placed(self, gap: float, across: float) -> dict[str, Floats]:
        """Boxes of the blocks, lower and upper corner (2, 2)."""
        boxes, start = {}, 0.0
        for layer in self.layers:
            deep = max(self.sizes[name][0] for name in layer)
            side = -(sum(self.sizes[name][1] for name in layer) + across * (len(layer) - 1)) / 2
            for name in layer:
                long, wide = self.sizes[name]
                middle = start + deep / 2
                boxes[name] = np.array([[middle - long / 2, side], [middle + long / 2, side + wide]])
                side += wide + across
            start += deep + gap
        return boxes

    def _turned(self, places: Floats) -> Floats:
        """Scene points (n, 3) of places (n, 2)."""
        x, y = (places[:, 0], -places[:, 1]) if self.right else (places[:, 1], -places[:, 0])
        return np.column_stack([x, y, np.zeros(len(places))])

    def _route(self, edge: Edge) -> Floats:
        if edge not in self.routes:
            self.routes[edge] = self._around(edge) if edge in self.lanes else self._between(edge)
        return self.routes[edge]

    def _between(self, edge: Edge) -> Floats:
        """From a block to one of the next layer, or to a neighbour in its own."""
        (low, high), (next_low, next_high) = (self.boxes[name] for name in edge)
        mid, next_mid = (low + high) / 2, (next_low + next_high) / 2
        if self.ranks[edge[0]] == self.ranks[edge[1]]:
            ends = (high[1], next_low[1]) if mid[1] < next_mid[1] else (low[1], next_high[1])
            return _bent(np.array([(mid[0], ends[0]), (next_mid[0], ends[1])]))
        start, end = np.array([high[0], mid[1]]), np.array([next_low[0], next_mid[1]])
        if abs(start[1] - end[1]) < 1e-6:
            return _bent(np.array([start, end]))
        # In the middle of the gap between the layers, not between these two blocks: arrows that join lie on each other.
        rank = self.ranks[edge[0]]
        gap = [
            max(self.boxes[n][1, 0] for n in self.layers[rank]),
            min(self.boxes[n][0, 0] for n in self.layers[rank + 1]),
        ]
        if self.curved:
            reach = np.array([0.75 * (end[0] - start[0]), 0.0])
            stop = end - np.array([_TIP[0], 0.0])
            return np.concatenate([[start, start + reach, stop - reach, stop], _straight(stop, end)])
        turn = sum(gap) / 2
        return _bent(np.array([start, (turn, start[1]), (turn, end[1]), end]))

    def _around(self, edge: Edge) -> Floats:
        """Out at a block's side, along the edge's lane, and into the other block's side."""
        first, last = (self.boxes[name] for name in edge)
        back = self._leads_back(edge)
        usual = (-1 if self.right else 1) * (-1 if back else 1)
        aside = float(first[:, 1].mean() + last[:, 1].mean())
        side = int(np.sign(aside)) if abs(aside) > 1e-6 else usual
        ranks = sorted(self.ranks[name] for name in edge)
        passed = [self.boxes[n] for n, rank in self.ranks.items() if ranks[0] <= rank <= ranks[1]]
        for name, group in self.members.items():
            inside = any(ranks[0] <= self.ranks[each] <= ranks[1] for each in group)
            if inside and not group.issuperset(edge) and name not in self.pending:
                passed.append(self._frame(name))
        edges = np.array([box[(side + 1) // 2, 1] for box in passed])
        lane = (edges.max() if side > 0 else edges.min()) + side * _LANE * self.lanes[edge]
        start, end = self._port(edge, 0, side), self._port(edge, 1, side)
        return _bent(np.array([start, (start[0], lane), (end[0], lane), end]))

    def _port(self, edge: Edge, end: int, side: int) -> Floats:
        """Where an arrow that goes around leaves (``end`` 0) or meets (1) its block."""
        name = edge[end]
        low, high = self.boxes[name]
        meeting = [
            other
            for other in self.lanes
            if name in other and self._leads_back(other) == self._leads_back(edge)
        ]
        ahead = (1 if end == 0 else -1) * (-1 if self._leads_back(edge) else 1)
        long = (high[0] - low[0]) / 2
        off = 0.45 * long * ahead if len(meeting) > 1 or edge[0] == edge[1] else 0.0
        wide = (high[1] - low[1]) / 2
        if abs(long - wide) < 1e-6 and long < 0.51 * _SIGN:  # a circle
            wide *= float(np.sqrt(1 - (off / long) ** 2))
        return np.array([(low[0] + high[0]) / 2 + off, (low[1] + high[1]) / 2 + side * wide])

    def _frame(self, name: str) -> Floats:
        """Lower and upper corner (2, 2) of a group's frame."""
        if name in self.frames:
            return self.frames[name]
        self.pending.add(name)
        group = self.members[name]
        parts = [self.boxes[each] for each in group]
        parts += [self._route(edge) for edge in self.edges if group.issuperset(edge)]
        parts += [self._frame(other) for other, inner in self.members.items() if inner < group]
        held = np.concatenate(parts)
        box = np.array([held.min(axis=0) - _FRAME, held.max(axis=0) + _FRAME])
        title = self.titles[name]
        box[0, 1 if self.right else 0] -= float(title.height) + 0.8 * _FRAME
        lacking = float(title.width) + 2 * _FRAME - (box[1] - box[0])[0 if self.right else 1]
        if lacking > 0:
            box[:, 0 if self.right else 1] += np.array([-lacking / 2, lacking / 2])
        self.pending.discard(name)
        self.frames[name] = box
        return box


def _bent(corners: Floats) -> Floats:
    """Bézier points (4n, 2) through ``corners`` (n, 2), which are rounded."""
    curves, here = [], corners[0]
    for before, corner, after in zip(corners[:-2], corners[1:-1], corners[2:], strict=True):
        into, out = corner - before, after - corner
        lengths = float(np.linalg.norm(into)), float(np.linalg.norm(out))
        radius = min(_BEND, lengths[0] / 2, lengths[1] / 2)
        if radius < 1e-6:
            continue
        begin, stop = corner - radius * into / lengths[0], corner + radius * out / lengths[1]
        curves.append(_straight(here, begin))
        curves.append(
            np.array([begin, begin + _QUARTER * (corner - begin), stop + _QUARTER * (corner - stop), stop])
        )
        here = stop
    return np.concatenate([*curves, _straight(here, corners[-1])])


def _straight(start: Floats, end: Floats) -> Floats:
    return np.asarray(start + np.array([0, 1 / 3, 2 / 3, 1])[:, None] * (end - start))


def _sizes(
    letters: Mapping[str, words.Words],
    places: Mapping[str, tuple[float, float]],
    ranks: Mapping[str, int],
    direction: Direction,
) -> dict[str, tuple[float, float]]:
    """Widths and heights of blocks: those of a layer are alike, and all are as high, or as wide, as each other."""
    plain = {name: each for name, each in letters.items() if each.source_text not in _SIGNS}
    needed = {name: np.array([each.width, each.height]) + 2 * _PADDING for name, each in plain.items()}
    along = 0 if direction == "right" else 1
    sizes: dict[str, tuple[float, float]] = {**places}
    for name in letters:
        if name not in plain:
            sizes[name] = (_SIGN, _SIGN)
            continue
        size = np.max(list(needed.values()), axis=0)
        size[along] = max(needed[other][along] for other in plain if ranks[other] == ranks[name])
        sizes[name] = (float(size[0]), float(size[1]))
    return sizes


def _ranks(names: Sequence[str], edges: Sequence[Edge], layers: Sequence[Sequence[str]]) -> dict[str, int]:
    """The number of each block's layer: one more than that of the last block that leads to it.

    An edge that would close a circle leads back.
    """
    if layers:
        listed = [name for layer in layers for name in layer]
        if sorted(listed) != sorted(names):
            missing, strange = sorted({*names} - {*listed}), sorted({*listed} - {*names})
            raise ValueError(
                f"every block is in one layer: missing {missing}, not a block {strange}, "
                f"{len(listed) - len({*listed})} named twice"
            )
        return {name: rank for rank, layer in enumerate(layers) for name in layer}
    before: dict[str, set[str]] = {name: set() for name in names}
    for start, end in edges:
        if end != start and end not in _reaching(start, before):
            before[end].add(start)
    ranks: dict[str, int] = {}
    while len(ranks) < len(names):
        for name in names:
            if name not in ranks and before[name] <= ranks.keys():
                ranks[name] = max((ranks[each] + 1 for each in before[name]), default=0)
    return ranks


def _reaching(name: str, before: Mapping[str, set[str]]) -> set[str]:
    """Blocks from which ``name`` can be reached."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        for each in before[ahead.pop()] - found:
            found.add(each)
            ahead.append(each)
    return found


def _ordered(ranks: Mapping[str, int], edges: Sequence[Edge]) -> list[list[str]]:
    """Layers in which blocks lie near what they are joined to (by the mean of its places: Sugiyama et al. 1981)."""
    layers: list[list[str]] = [[] for _ in range(max(ranks.values()) + 1)]
    for name, rank in ranks.items():
        layers[rank].append(name)
    for turn in range(4):
        for layer in layers if turn % 2 == 0 else layers[::-1]:
            spots = {name: (layer_.index(name) + 0.5) / len(layer_) for layer_ in layers for name in layer_}
            means: dict[str, float] = {}
            for name in layer:
                near = [spots[a if b == name else b] for a, b in edges if name in (a, b) and a != b]
                means[name] = round(sum(near) / len(near) if near else spots[name], 9)
            layer.sort(key=means.__getitem__)
    return layers


def _members(groups: Mapping[str, Sequence[str]], names: Sequence[str]) -> dict[str, frozenset[str]]:
    members = {name: frozenset(group) for name, group in groups.items()}
    for name, group in members.items():
        if not group or not group.issubset(names):
            raise ValueError(f"group {name!r} holds blocks, not {sorted(group - {*names}) or 'nothing'}")
        for other, others in members.items():
            if group & others and not (group < others or others < group or name == other):
                raise ValueError(f"groups {name!r} and {other!r} cut through each other")
    return members


def _check(names: Sequence[str], edges: Sequence[Edge], given: Mapping[str, Mapping[str, Any]]) -> None:
    if not edges:
        raise ValueError("a flow needs edges")
    if len({*edges}) < len(edges):
        raise ValueError("two edges of a flow are the same")
    for kind, known in given.items():
        if strange := sorted({*known} - {*names}):
            raise ValueError(f"{kind} are given for {', '.join(strange)}, which no edge names")
