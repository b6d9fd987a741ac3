"""A space with arrows, marks of right angles, and words that stay beside a point of it."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor

from scenes.kit import ink
from scenes.kit.landscape import pointed
from scenes.kit.noun import LINE, Mark
from scenes.kit.path import Floats
from scenes.kit.solid import SolidSegments
from scenes.kit.space import Space
from scenes.kit.view import Ranks, View
from scenes.kit.words import Words


class SolidArrow(Mark):
    """An arrow in space; its tip keeps its size, and shrinks with an arrow that is shorter."""

    def __init__(self, view: View, color: ManimColor, half: float) -> None:
        super().__init__(view.plane, color=color, fill=1.0)
        self.view = view
        self.half = half
        self.ends: Floats = np.zeros((2, 3))

    def redraw(self, start: npt.ArrayLike, end: npt.ArrayLike) -> Self:
        """Run from ``start`` to ``end``, each (3,) in data units."""
        self.ends = np.array([start, end], dtype=float)
        self.project()
        self.view.arrange()
        return self

    def project(self) -> None:
        """Draw it as seen now."""
        begin, stop = self.view.at(self.ends)
        self.draw(pointed(begin, stop, self.half))

    def ranks(self) -> Ranks:
        """One path, over what lies in its slab."""
        middle = self.view.solid(self.ends.mean(axis=0)[None])
        return [(float(self.view.slabs(middle)[0]), 1e3, self)]


class Beside:
    """Words that stay ``offset`` scene units (3,) from a point (3,) of the space, however it is looked at."""

    def __init__(self, view: View, words: Words, point: npt.ArrayLike, offset: npt.ArrayLike) -> None:
        self.view, self.words = view, words
        self.point: Floats = np.asarray(point, dtype=float)
        self.offset: Floats = np.asarray(offset, dtype=float)

    def project(self) -> None:
        """Move to where the point is seen now."""
        self.words.move_to(self.view.at(self.point[None])[0] + self.offset)

    def ranks(self) -> Ranks:
        """All its paths, over everything."""
        return [(1e3, np.inf, leaf) for leaf in self.words.family_members_with_points()]


class Room(Space):
    """A space whose heights have the unit of its plane, so that right angles are right."""

    def arrow(
        self, start: npt.ArrayLike, end: npt.ArrayLike, color: ManimColor = ink.chalk, half: float = 0.045
    ) -> SolidArrow:
        """An arrow from ``start`` to ``end``, each (3,), whose shaft is ``half`` scene units wide on each side."""
        return self._keep(SolidArrow(self, color, half)).redraw(start, end)

    def segments(
        self,
        starts: npt.ArrayLike,
        ends: npt.ArrayLike,
        color: ManimColor = ink.quiet,
        width: float = LINE,
        rank: float | None = None,
    ) -> SolidSegments:
        """Straight segments from ``starts`` to ``ends``, each (n, 3)."""
        return self._keep(SolidSegments(self, color, width, rank)).redraw(starts, ends)

    def corner(
        self,
        foot: npt.ArrayLike,
        one: npt.ArrayLike,
        other: npt.ArrayLike,
        size: float = 0.25,
        color: ManimColor = ink.chalk,
    ) -> SolidSegments:
        """The mark of a right angle at ``foot`` (3,) between the directions ``one`` and ``other``, both (3,)."""
        base = np.asarray(foot, dtype=float)
        a, b = (
            size * np.asarray(way, dtype=float) / np.linalg.norm(np.asarray(way, dtype=float))
            for way in (one, other)
        )
        return self.segments([base + a, base + a + b], [base + a + b, base + b], color)

    def name(self, words: Words, point: npt.ArrayLike, offset: npt.ArrayLike) -> Words:
        """``words`` beside a point of the space."""
        beside = Beside(self, words, point, offset)
        self._things.append(beside)
        beside.project()
        self.arrange()
        return words
