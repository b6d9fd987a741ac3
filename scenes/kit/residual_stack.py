"""A residual stack: blocks beside a road, the residual stream; each block reads the road and adds its output to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
from manim import RIGHT, Animation, Circle, Line, ManimColor, VGroup, VMobject

from scenes.kit import ink, words
from scenes.kit.box import Box
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats, chain, loops

_SUM: Final = 0.17
"""Radius of the sign of a sum."""
_TIP: Final = 0.13


class ResidualStack(VGroup):
    """Blocks ``names``, the first at the bottom, on the right of a straight road that runs upwards.

    From the road a branch leads into each block, and its output comes back above, to be added at a plus; what was on
    the road goes on.  ``through`` names a small box that each branch passes first (a norm).  ``colors`` are
    the blocks'.  ``width`` and ``height`` are a block's, ``step`` is from block to block, in scene units.
    Raises ``ValueError`` for no names or for colours that are not as many.
    """

    def __init__(
        self,
        names: Sequence[str],
        colors: Sequence[ManimColor] | None = None,
        *,
        through: str = "",
        width: float = 2.7,
        height: float = 0.72,
        step: float = 1.35,
    ) -> None:
        super().__init__()
        if not names or (colors is not None and len(colors) != len(names)):
            raise ValueError(f"{len(names)} blocks cannot have {len(colors or ())} colours")
        dyes = list(colors or [ink.chalk] * len(names))
        self.step, self.count = step, len(names)
        self.road = Line(
            (0, 0, 0), (0, step * len(names) + 0.3, 0), stroke_color=ink.chalk, stroke_width=LINE
        )
        aside = 0.55
        self.gates: list[VGroup] = []
        self.blocks, self.branches, self.sums = VGroup(), VGroup(), VGroup()
        for level, (name, dye) in enumerate(zip(names, dyes, strict=True)):
            middle = step * (level + 0.45)
            fork, joint = step * level + 0.18, step * (level + 1) - 0.12
            gate = Box(words.label(through, ink.quiet), ink.quiet, height=height) if through else VGroup()
            block = Box(words.label(name, dye), dye, width=width, height=height)
            gate.next_to((aside, middle, 0), RIGHT, buff=0)
            left = aside + (float(gate.width) + 0.35 if through else 0.0)
            block.next_to((left, middle, 0), RIGHT, buff=0)
            right = float(block.get_right()[0])
            turn = aside / 2
            parts = [[(0, fork), (turn, fork), (turn, middle), (aside, middle)]]
            if through:
                parts.append([(left - 0.35, middle), (left, middle)])
            parts.append([(right, middle), (right + 0.3, middle), (right + 0.3, joint), (_SUM + 0.02, joint)])
            self.branches.add(_branch(parts))
            self.gates.append(gate)
            self.blocks.add(block)
            self.sums.add(_plus(joint))
        self.marker = Circle(radius=0.12, color=ink.focus, fill_opacity=1.0, stroke_width=0)
        self.add(self.road, self.branches, VGroup(*self.gates), self.blocks, self.sums, self.marker)
        self.drive_to(0.0)
        self.center()

    def at(self, level: float) -> Floats:
        """Scene point (3,) of the road below block ``level``; after the last block it is the road's end."""
        low, high = self.road.get_start(), self.road.get_end()
        return np.asarray(low + min(level / self.count, 1.0) * (high - low))

    def joint(self, level: int) -> Floats:
        """Scene point (3,) of the plus at which the output of block ``level`` is added."""
        return np.asarray(self.sums[level].get_center())

    def drive_to(self, level: float) -> Self:
        """Move the marker to the road below block ``level``, counted from 0; fractions lie between two blocks."""
        self.marker.move_to(self.at(level))
        return self

    def light_gate(self, level: int, run_time: float = 0.8) -> Animation:
        """An animation: the name in the small box before block ``level`` lights up, and returns to its colour."""
        return words.light(self.gates[level][1], run_time=run_time)

    def part(self, level: int) -> VGroup:
        """All that belongs to one block: branch, gate, block and sum, to be shown together."""
        return VGroup(self.branches[level], self.gates[level], self.blocks[level], self.sums[level])


def _plus(height: float) -> VGroup:
    ring = Circle(
        radius=_SUM, stroke_color=ink.chalk, stroke_width=THIN, fill_color=ink.ground, fill_opacity=1.0
    )
    arm = 0.55 * _SUM
    cross = VMobject(stroke_color=ink.chalk, stroke_width=THIN)
    cross.points = np.concatenate(
        [chain(np.array([[-arm, 0, 0], [arm, 0, 0]])), chain(np.array([[0, -arm, 0], [0, arm, 0]]))]
    )
    return VGroup(ring, cross).move_to((0, height, 0))


def _branch(parts: Sequence[Sequence[tuple[float, float]]]) -> VGroup:
    """Bent lines with a tip at the end of each."""
    runs = [np.array([(x, y, 0.0) for x, y in part]) for part in parts]
    line = VMobject(stroke_color=ink.quiet, stroke_width=THIN)
    line.points = np.concatenate([chain(run) for run in runs])
    tips = VMobject(fill_color=ink.quiet, fill_opacity=1.0, stroke_width=0)
    corners = []
    for run in runs:
        ahead = (run[-1] - run[-2]) / np.linalg.norm(run[-1] - run[-2])
        beside = np.array([-ahead[1], ahead[0], 0]) * _TIP / 2
        corners.append([run[-1], run[-1] - _TIP * ahead + beside, run[-1] - _TIP * ahead - beside])
    tips.points = loops(np.array(corners))
    return VGroup(line, tips)
