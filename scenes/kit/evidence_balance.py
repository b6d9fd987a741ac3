"""A table balance on which named weights of evidence are added up: they fall on two plates, and the beam tilts.

In units of log-odds, as naive Bayes and logistic regression add them, these are the *weights of evidence* of Good
(1950).  Weights at places along a beam are a :class:`scenes.kit.balance_beam.BalanceBeam`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import LEFT, RIGHT, Animation, ManimColor, Rectangle, VGroup, VMobject

from scenes.kit import ink, words
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.noun import LINE
from scenes.kit.path import Floats, chain, loop
from scenes.kit.review_hints import backdrop, belongs

_STEEP: Final = 0.13
"""Radians of the beam under any sum that is large."""
_SOFT: Final = 3.0
"""A sum of so much tilts the beam by three quarters of that."""
_DEEP: Final = 60.0
"""What a weight without bound counts for in the tilt."""
_TALLEST: Final = 6.0
"""A block is not higher than one of this weight."""
_POST: Final = 0.42
"""From an end of the beam up to its plate."""
_LEAST: Final = 0.5
"""Height of the lowest block."""
_FLOOR: Final = -3.05
"""Height of the ground."""
_TOUCH: Final = 0.9
"""Of its way a block has so much behind it when the beam begins to feel it."""
_SIDE: Final = 0.22
"""Between a block's edge and the words on it."""


class EvidenceBalance(VGroup):
    """Blocks ``names`` of ``values`` (n,): negative ones belong to the left plate, positive ones to the right.

    A block is as high as it weighs, ``unit`` scene units for 1, and carries its name and its value with ``decimals``
    places.  ``colors`` are those of the left and the right side, ``sides`` their names.  Before it falls a block hangs
    at its own of ``hang`` (n, 2), scene points.  ``arm`` is half the beam's length, ``pivot`` where it turns.
    :meth:`redraw` says how far each block has fallen (0 to 1) and how clear it is; the beam's tilt is that of the sum
    of all that lie on it.  Raises ``ValueError`` for another number of values or places than of names.
    """

    def __init__(
        self,
        names: Sequence[str],
        values: npt.ArrayLike,
        hang: npt.ArrayLike,
        *,
        colors: tuple[ManimColor, ManimColor] = (ink.first, ink.second),
        sides: tuple[str, str] = ("against", "for"),
        unit: float = 0.42,
        arm: float = 4.15,
        plate: float = 4.3,
        pivot: tuple[float, float] = (0.0, -1.95),
        decimals: int = 2,
        size: float = ink.AXIS,
    ) -> None:
        super().__init__()
        self.values: Floats = np.asarray(values, dtype=float)
        if not len(names) == len(self.values) == np.size(hang) / 2:
            raise ValueError(f"{len(names)} blocks have as many values and places to hang at")
        self.hang: Floats = np.asarray(hang, dtype=float).reshape(len(self.values), 2)
        self.arm, self.wide, self.pivot = arm, plate, np.array(pivot)
        finite = np.nan_to_num(self.values, neginf=-_DEEP, posinf=_DEEP)
        self.felt = finite
        self.tall = np.maximum(unit * np.minimum(np.abs(finite), _TALLEST), _LEAST)
        self.foot = VMobject(fill_color=ink.faint, fill_opacity=1.0, stroke_width=0)
        self.beam = VMobject(stroke_color=ink.chalk, stroke_width=3 * LINE)
        self.posts = VMobject(stroke_color=ink.chalk, stroke_width=2 * LINE)
        self.plates = [VMobject(stroke_color=color, stroke_width=3 * LINE) for color in colors]
        x, y = self.pivot
        base = [(x, y), (x + 0.75, _FLOOR), (x - 0.75, _FLOOR)]
        self.foot.points = loop(np.array([(*corner, 0.0) for corner in base]))
        self.sides = VGroup(
            *(
                words.headline(text, color, ink.POINT).move_to(self.ground_at(way * arm))
                for text, color, way in zip(sides, colors, (-1, 1), strict=True)
            )
        )
        self.blocks: list[VGroup] = []
        for name, value, tall in zip(names, self.values, self.tall, strict=True):
            color = colors[int(value > 0)]
            plate_ = Rectangle(
                width=plate - 0.2, height=float(tall), stroke_color=ink.ground, stroke_width=LINE
            )
            plate_.set_fill(color, 1.0)
            said = words.label(name, ink.ground, size)
            number = words.label(signed(value, decimals), ink.ground, size)
            inside = np.array([_SIDE, 0.0, 0.0])
            said.move_to(plate_.get_left() + inside, aligned_edge=LEFT)
            number.move_to(plate_.get_right() - inside, aligned_edge=RIGHT)
            words.align_baseline(said, number)
            self.blocks.append(VGroup(belongs(plate_, said, number), said, number))
        self.add(backdrop(self.foot), self.posts, self.beam, *self.plates, self.sides, *self.blocks)
        self.landed: Floats = np.zeros(len(self.values))
        self.seen: Floats = np.ones(len(self.values))
        self.redraw()

    def ground_at(self, along: float) -> Floats:
        """A scene point on the ground, ``along`` to the right of the pivot."""
        return np.append(self.pivot[0] + along, np.array([_FLOOR, 0.0]))

    def redraw(
        self,
        landed: npt.ArrayLike | None = None,
        seen: npt.ArrayLike | None = None,
    ) -> Self:
        """Blocks have ``landed`` (n,), from 0 (hanging) to 1, and are ``seen`` (n,)."""
        if landed is not None:
            self.landed = np.asarray(landed, dtype=float)
        if seen is not None:
            self.seen = np.asarray(seen, dtype=float)
        angle = -_STEEP * np.tanh(self.sum() / _SOFT)
        way = self.arm * np.array([np.cos(angle), np.sin(angle)])
        ends = np.array([self.pivot - way, self.pivot + way])
        tops = ends + np.array([0.0, _POST])
        self.beam.points = chain(_flat(ends))
        self.posts.points = np.concatenate(
            [chain(_flat(np.array(pair))) for pair in zip(ends, tops, strict=True)]
        )
        half = np.array([self.wide / 2, 0.0])
        for plate, top in zip(self.plates, tops, strict=True):
            plate.points = chain(_flat(np.array([top - half, top + half])))
        level = tops[:, 1] + 0.05
        for number, (block, value, tall) in enumerate(zip(self.blocks, self.values, self.tall, strict=True)):
            side = int(value > 0)
            rest = np.array([tops[side, 0], level[side] + tall / 2])
            spot = self.hang[number] + self.landed[number] * (rest - self.hang[number])
            block.shift(np.append(spot, 0.0) - block[0].get_center())
            level[side] += tall * min(self.landed[number] * 20, 1.0)
            share = float(self.seen[number])
            block[0].set_fill(opacity=share).set_stroke(opacity=share)
            for text in block[1:]:
                text.set_fill(opacity=share)
        return self

    def drop(self, number: int) -> Drive:
        """The animation in which one block comes, and falls on its plate."""
        landed, seen = (each.copy() for each in self.state)
        landed[number] = seen[number] = 1.0
        return glide(self.redraw, self.state, (landed, seen))

    def lit(self, *numbers: int) -> list[Animation]:
        """Animations that point at blocks, of all if none is numbered."""
        chosen = numbers or range(len(self.blocks))
        return [words.light(self.blocks[number][0], ink.focus) for number in chosen]

    def sum(self) -> float:
        """What lies on the plates: the log-odds."""
        felt = np.clip((self.landed - _TOUCH) / (1 - _TOUCH), 0.0, 1.0)
        return float((felt * self.felt).sum())

    @property
    def state(self) -> tuple[Floats, Floats]:
        """What :meth:`redraw` takes to come back to here."""
        return self.landed, self.seen


def _flat(points: Floats) -> Floats:
    return np.column_stack([points, np.zeros(len(points))])


def signed(value: float, decimals: int = 2) -> str:
    """A weight as it is written, with a true sign; what has no bound as ∞."""
    return f"{value:+.{decimals}f}".replace("-", "−").replace("inf", "∞")
