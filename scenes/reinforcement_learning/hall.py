"""Depth over the map: a space whose floor stays in place, however high things stand on it, and boards in layers."""

from __future__ import annotations

from typing import Final, TypeVar

import numpy as np
from manim import Mobject

from scenes.kit.path import Floats
from scenes.kit.solid import FLOOR, Laid
from scenes.kit.space import Space
from scenes.kit.view import Ranks

M = TypeVar("M", bound=Mobject)

NEAREST: Final = 7.0
"""Scene units beyond which what comes nearer grows no more: a tower is to leave the frame, not to swallow it."""


class Layer(Laid):
    """A path drawn flat on the plane, which now lies ``height`` scene units above the floor, at a ``rank``."""

    def __init__(self, view: Hall, leaf: Mobject, height: float, rank: float) -> None:
        super().__init__(view, leaf)
        self.height, self.rank = height, rank

    def project(self) -> None:
        """Draw the flat points as seen now."""
        self.leaf.points = self.view.seen(self.view.laid(self.flat) + np.array([0.0, 0.0, self.height]))[0]

    def ranks(self) -> Ranks:
        """Its path, at the rank of its layer."""
        return [(self.rank, 0.0, self.leaf)]


class Hall(Space):
    """A space that turns about the middle of its floor, which is seen ``sunk`` scene units lower from the side."""

    sunk = 0.0

    def seen(self, solid: Floats) -> tuple[Floats, Floats]:
        """As in any space, but that the floor stays where it is."""
        points, depth = super().seen(solid + np.array([0.0, 0.0, self.height * self.lift / 2]))
        return points - np.array([0.0, self.sunk * np.sin(self.tilt), 0.0]), depth

    def growth(self, depth: Floats) -> Floats:
        """As in any space, up to :data:`NEAREST`."""
        return super().growth(np.minimum(depth, NEAREST))

    def lay(self, *mobjects: Mobject, height: float = 0.0, rank: float = FLOOR) -> list[Layer]:
        """Let what was drawn on the plane lie ``height`` scene units above the floor; returns its paths there."""
        leaves = [leaf for each in mobjects for leaf in each.family_members_with_points()]
        return [self._keep(Layer(self, leaf, height, rank)) for leaf in leaves]
