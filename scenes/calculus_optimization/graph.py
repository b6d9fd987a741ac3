"""A computational graph: operations as nodes, values over the arrows between them, derivatives under these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from manim import DOWN, Circle, ManimColor, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.flow import Arrow
from scenes.kit.noun import LINE
from scenes.kit.path import Floats, pieces
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.words import Words

RADIUS: Final = 0.55
"""Of a node, in scene units."""
SIGN: Final = 56.0
"""Capitals of what stands in a node."""
VALUE: Final = 50.0
"""Capitals of values and derivatives."""


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow from one node to another."""

    start: str
    end: str


PLACES: Final[Mapping[str, tuple[float, float]]] = {
    "w": (-6.4, 2.4),
    "x": (-6.4, -0.9),
    "×": (-4.0, 0.7),
    "b": (-1.5, 3.2),
    "+": (-1.5, 0.7),
    "y": (-0.3, -1.3),
    "−": (1.4, 0.7),
    "²": (4.2, 0.7),
    "L": (6.3, 0.7),
}
"""Where nodes stand, in scene units; the last is where the loss comes out."""
LINKS: Final = (
    Link("w", "×"),
    Link("x", "×"),
    Link("×", "+"),
    Link("b", "+"),
    Link("+", "−"),
    Link("y", "−"),
    Link("−", "²"),
    Link("²", "L"),
)
SIGNS: Final[Mapping[str, str]] = {"²": "$square^2$", "w": "$w$", "x": "$x$", "b": "$b$", "y": "$y$"}
"""What stands in a node, where it is not its name."""
LOWER: Final = ("x×", "y−")
"""Arrows from below, whose values stand under them."""
OPEN: Final = "L"
"""The node without a circle."""


class Graph(VGroup):
    """The graph of a prediction w x + b, its error against y, and its square.

    ``nodes`` and ``arrows`` are found by name and by the names of both ends.
    """

    def __init__(self) -> None:
        super().__init__()
        plane = shot.EDGES.plane(
            (shot.EDGES.left, shot.EDGES.right),
            (shot.EDGES.bottom, shot.EDGES.top),
            equal=True,
            x_ticks=[],
            y_ticks=[],
        )
        self.nodes: dict[str, VGroup] = {}
        self.arrows: dict[str, Arrow] = {}
        self.spots = {name: plane.at(*place) for name, place in PLACES.items()}
        for name in PLACES:
            self.nodes[name] = self._node(plane, name)
        for link in LINKS:
            self.arrows[link.start + link.end] = self._arrow(link)
        self.add(*self.arrows.values(), *self.nodes.values())

    def _node(self, plane: Plane, name: str) -> VGroup:
        is_input = name in "wxby"
        ring = Circle(RADIUS, color=ink.quiet if is_input else ink.chalk, stroke_width=LINE)
        ring.set_fill(ink.ground, opacity=1.0).move_to(self.spots[name])
        sign = words.label(SIGNS.get(name, name), size=SIGN).move_to(ring)
        for glyph in sign.family_members_with_points():
            glyph.set_fill(ink.chalk)
        if name == OPEN:
            ring.set_stroke(opacity=0)
            sign = words.label("$L$", size=80.0).move_to(ring)
            for glyph in sign.family_members_with_points():
                glyph.set_fill(ink.error)
        return VGroup(ring, sign)

    def _arrow(self, link: Link) -> Arrow:
        start, end = self.spots[link.start], self.spots[link.end]
        ahead = (end - start) / np.linalg.norm(end - start)
        short = RADIUS * (0.6 if link.end == OPEN else 1.0)
        return Arrow(pieces((start + RADIUS * ahead)[None], (end - (short + 0.06) * ahead)[None]))

    def middle(self, name: str) -> Floats:
        """Scene point (3,) in the middle of the arrow ``name``."""
        start, end = self.ends(name)
        return np.asarray((start + end) / 2)

    def ends(self, name: str) -> tuple[Floats, Floats]:
        """Scene points (3,) where the arrow ``name`` begins and ends."""
        way = self.arrows[name].way
        return way[0], way[-1]

    def over(self, name: str, text: str, color: ManimColor = ink.chalk) -> Words:
        """``text`` on the upper side of the arrow ``name``: what is passed along it."""
        return self._beside(name, text, color, -1.0 if name in LOWER else 1.0)

    def under(self, name: str, text: str, color: ManimColor = ink.second) -> Words:
        """``text`` on the lower side of the arrow ``name``: what comes back along it."""
        return self._beside(name, text, color, -1.0)

    def _beside(self, name: str, text: str, color: ManimColor, turn: float) -> Words:
        start, end = self.ends(name)
        way = (end - start) / np.linalg.norm(end - start)
        aside = np.array([-way[1], way[0], 0.0])
        aside = aside if aside[1] > 1e-6 else -aside
        shown = words.label(text, color, size=VALUE)
        half = np.array([float(shown.width), float(shown.height)]) / 2
        reach = float(np.abs(aside[:2]) @ half) + 0.16
        return shown.move_to(self.middle(name) + turn * reach * aside)

    def rate(self, name: str, text: str) -> Tag:
        """``text`` under the node ``name``: by how much it multiplies a change."""
        shown = words.label(text, ink.second, size=VALUE)
        return Tag(shown.next_to(self.nodes[name], DOWN, buff=0.2))

    def outer(self, *names: str) -> VGroup:
        """The nodes of these names, for the camera."""
        return VGroup(*(self.nodes[name] for name in names))
