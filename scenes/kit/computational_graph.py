"""A computational graph: operations as nodes, values over the arrows between them, derivatives under these.

A forward pass leaves values on the arrows, a backward pass derivatives; a token travels either way::

    graph = ComputationalGraph({"w": (-4, 1), "x": (-4, -1), "×": (-1, 0), "L": (2, 0)}, [("w", "×"), ...], open_at="L")
    self.play(graph.travel(graph.token(("w", "×")), ("w", "×"), ("×", "L")), FadeIn(graph.value(("×", "L"), "6")))
    self.play(graph.travel(token, ("×", "L"), back=True), FadeIn(graph.derivative(("×", "L"), "1")))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from manim import DOWN, Circle, ManimColor, VGroup, linear

from scenes.kit import ink, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive, drive
from scenes.kit.flow import Arrow, Edge
from scenes.kit.noun import LINE
from scenes.kit.path import Floats, pieces
from scenes.kit.tag import Tag
from scenes.kit.words import Words

RADIUS: Final = 0.6
"""Of a node, in scene units."""
SIGN: Final = 58.0
"""Capitals of what stands in a node."""
VALUE: Final = 49.0
"""Capitals of values and derivatives."""
TOKEN: Final = 0.2
"""Radius of what travels, in scene units."""
_GAP: Final = 0.06
"""Scene units between the tip of an arrow and the node that it leads to."""
_BESIDE: Final = 0.16
"""Scene units between an arrow and what stands beside it."""
_BARE: Final = 0.6
"""Radius of a node without a circle, as a share of the others'."""


class ComputationalGraph(VGroup):
    """Nodes at ``places``, by name in scene units, and the ``edges`` along which values pass from node to node.

    A node shows its name, or what ``texts`` has for it, in chalk or in the colour that ``colors`` has; nodes that no
    edge leads to are the inputs, and stand back.  ``open_at`` is the node without a circle, at which the result comes
    out.  ``nodes`` are found by name, ``arrows`` by the names of both ends.

    Raises ``ValueError`` for no edges, for ends without a place, for two edges that are the same, and for texts,
    colours or an open end of nodes that are not there.
    """

    def __init__(
        self,
        places: Mapping[str, tuple[float, float]],
        edges: Sequence[Edge],
        *,
        texts: Mapping[str, str] | None = None,
        colors: Mapping[str, ManimColor] | None = None,
        open_at: str | None = None,
        radius: float = RADIUS,
        size: float = SIGN,
    ) -> None:
        super().__init__()
        texts, colors = texts or {}, colors or {}
        _check(places, edges, {*texts, *colors, *([open_at] if open_at else [])})
        self.radius, self.open_at = radius, open_at
        self.plane = shot.EDGES.plane(
            (shot.EDGES.left, shot.EDGES.right),
            (shot.EDGES.bottom, shot.EDGES.top),
            equal=True,
            x_ticks=[],
            y_ticks=[],
        )
        self.spots = {name: np.asarray(self.plane.at(*place)) for name, place in places.items()}
        reached = {end for _, end in edges}
        self.nodes: dict[str, VGroup] = {}
        for name in places:
            ring = Circle(radius, color=ink.chalk if name in reached else ink.quiet, stroke_width=LINE)
            ring.set_fill(ink.ground, opacity=1.0).move_to(self.spots[name])
            sign = words.label(texts.get(name, name), size=size)
            for glyph in sign.family_members_with_points():
                glyph.set_fill(colors.get(name, ink.chalk))
            if name == open_at:
                ring.set_stroke(opacity=0).set_fill(opacity=0.0)
            self.nodes[name] = VGroup(ring, sign.move_to(ring))
        self.arrows = {edge: self._arrow(edge) for edge in edges}
        self.add(*self.arrows.values(), *self.nodes.values())

    def _arrow(self, edge: Edge) -> Arrow:
        start, end = (self.spots[name] for name in edge)
        ahead = (end - start) / np.linalg.norm(end - start)
        short = self.radius * (_BARE if edge[1] == self.open_at else 1.0) + _GAP
        return Arrow(pieces((start + self.radius * ahead)[None], (end - short * ahead)[None]))

    # Its parts

    def node(self, name: str) -> VGroup:
        """A node: its ring and what stands in it.  Raises ``ValueError`` where there is none of that name."""
        if name not in self.nodes:
            raise ValueError(f"the graph has the nodes {', '.join(self.nodes)}, and none named {name!r}")
        return self.nodes[name]

    def arrow(self, edge: Edge) -> Arrow:
        """The arrow of an ``edge``.  Raises ``ValueError`` where there is none."""
        if edge not in self.arrows:
            raise ValueError(f"no arrow goes from {edge[0]!r} to {edge[1]!r}")
        return self.arrows[edge]

    def group(self, *names: str) -> VGroup:
        """The nodes of these names, such as for the camera to go to."""
        return VGroup(*map(self.node, names))

    # What passes along it

    def value(self, edge: Edge, text: str, color: ManimColor = ink.chalk, *, below: bool = False) -> Words:
        """``text`` on the upper side of an arrow, or ``below`` it: the value that is passed along it."""
        return self._beside(edge, text, color, -1.0 if below else 1.0)

    def derivative(self, edge: Edge, text: str, color: ManimColor = ink.second) -> Words:
        """``text`` on the lower side of an arrow: the derivative that comes back along it, or a change."""
        return self._beside(edge, text, color, -1.0)

    def local(self, name: str, text: str, color: ManimColor = ink.second) -> Tag:
        """``text`` under a node: its local derivative, by which it multiplies a small change."""
        return Tag(words.label(text, color, size=VALUE).next_to(self.node(name), DOWN, buff=0.2))

    def _beside(self, edge: Edge, text: str, color: ManimColor, side: float) -> Words:
        way = self.arrow(edge).way
        start, end = way[0], way[-1]
        ahead = (end - start) / np.linalg.norm(end - start)
        aside = np.array([-ahead[1], ahead[0], 0.0])
        aside = aside if aside[1] > 1e-6 else -aside
        shown = words.label(text, color, size=VALUE)
        half = np.array([float(shown.width), float(shown.height)]) / 2
        reach = float(np.abs(aside[:2]) @ half) + _BESIDE
        return shown.move_to((start + end) / 2 + side * reach * aside)

    # What travels

    def token(
        self, edge: Edge, color: ManimColor = ink.focus, *, back: bool = False, radius: float = TOKEN
    ) -> Dots:
        """A disc of ``radius`` (scene units) where an arrow starts, or with ``back`` where it ends.

        :meth:`travel` moves it.
        """
        spot = self.arrow(edge).way[-1 if back else 0]
        return Dots(self.plane, [self.plane.inverse(spot)], color, radius=radius)

    def travel(
        self,
        token: Dots,
        *edges: Edge,
        back: bool = False,
        light: bool = True,
        rate_func: Callable[[float], float] = linear,
    ) -> Drive:
        """An animation: ``token`` goes along the arrows of ``edges``, which light up, and through the nodes between.

        With ``back`` it goes against the arrows, from the end of the first to the start of the last; unless ``light``
        is on nothing lights up.  It covers no sign where it comes to rest.  Raises ``ValueError`` for no edges, and
        for edges that do not follow each other.
        """
        if not edges:
            raise ValueError("a token travels along one edge or more")
        arrows = [self.arrow(edge) for edge in edges]
        ways = [edge[::-1] if back else edge for edge in edges]
        for before, after in pairwise(ways):
            if before[1] != after[0]:
                raise ValueError(f"the way comes to {before[1]!r}, and goes on from {after[0]!r}")
        ends = [arrow.way[[-1, 0] if back else [0, -1]] for arrow in arrows]
        stops: Floats = np.concatenate(ends)
        along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(stops, axis=0), axis=1))])

        def go(share: float) -> object:
            gone = share * along[-1]
            token.put(np.array([[np.interp(gone, along, side) for side in stops.T]]), token.radii)
            if light:
                for number, arrow in enumerate(arrows):
                    arrow.light(float(np.interp(gone, along[2 * number : 2 * number + 2], (0.0, 1.0))))
            return token

        return drive(go, token, *(arrows if light else ()), rate_func=rate_func)

    def dark(self) -> ComputationalGraph:
        """Let no arrow be lit."""
        for arrow in self.arrows.values():
            arrow.light(0.0)
        return self


def _check(places: Mapping[str, tuple[float, float]], edges: Sequence[Edge], named: set[str]) -> None:
    if not edges:
        raise ValueError("a computational graph needs edges")
    if len(set(edges)) < len(edges):
        raise ValueError("two edges of the graph are the same")
    if lost := sorted({name for edge in edges for name in edge} - set(places)):
        raise ValueError(f"edges lead to {', '.join(lost)}, which have no place")
    if strange := sorted(named - set(places)):
        raise ValueError(f"the graph has no nodes {', '.join(strange)}")
