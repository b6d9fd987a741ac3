"""What the acts of the lesson share: its stage, and what more than one of them does with it."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import DOWN, RIGHT, UP, ManimColor, VGroup, VMobject

from scenes.kit import ink
from scenes.kit.lesson import Lesson
from scenes.kit.noun import HAIR
from scenes.kit.path import Floats, loops, pieces
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.maths.transformers import trained, transformers

QUERY: Final = ink.focus
KEY: Final = ink.first
VALUE: Final = ink.second
POSITION: Final = ink.fourth
"""What each of the four is drawn and written in, from the first frame to the last."""
PAD: Final = transformers.PAD.split()
ASKER: Final = len(PAD) - 1
"""The last Ben."""
HAT, OWNER = 3, 2
"""Where hat stands in the text, and the Ben before it."""
GIVEN_TEXT: Final = PAD[:ASKER]
"""The text before the last Ben: names and their things, each told once."""


def at(x: float, y: float) -> Floats:
    """Scene point (3,) in the frame at rest."""
    return np.array([x, y, 0.0])


def gridded(count: int, gap: float) -> Floats:
    """Places (count,) in a row around 0, ``gap`` apart."""
    return np.asarray(gap * (np.arange(count) - (count - 1) / 2))


class Strips(VGroup):
    """Vectors as bars: each row of ``values`` (n, m) is a strip of m numbers, a bar to one side for a positive one, to
    the other for a negative one.

    A strip lies around its own of ``middles`` (n, 3), ``length`` scene units long; a bar of ``largest`` reaches
    ``half`` scene units to its side.  ``upright`` strips are read downwards, positive bars to the right; else
    from the left, positive bars upwards.
    """

    def __init__(
        self,
        values: npt.ArrayLike,
        middles: npt.ArrayLike,
        length: float,
        half: float,
        color: ManimColor = ink.chalk,
        *,
        largest: float = 2.0,
        upright: bool = False,
    ) -> None:
        super().__init__()
        table = np.atleast_2d(np.asarray(values, dtype=float))
        self.middles: Floats = np.atleast_2d(np.asarray(middles, dtype=float))
        self.length, self.half, self.largest, self.upright = length, half, largest, upright
        self.strips = [
            VMobject(fill_color=color, fill_opacity=1.0, stroke_width=0, stroke_opacity=0) for _ in table
        ]
        self.grounds = [backdrop(VMobject(stroke_color=ink.faint, stroke_width=HAIR)) for _ in table]
        for ground, strip in zip(self.grounds, self.strips, strict=True):
            self.add(VGroup(ground, strip))
        self.redraw(table)

    def redraw(self, values: npt.ArrayLike) -> Self:
        """Show ``values`` (n, m)."""
        self.values: Floats = np.atleast_2d(np.asarray(values, dtype=float))
        return self.put(self.middles)

    def put(self, middles: npt.ArrayLike) -> Self:
        """Lie around ``middles`` (n, 3)."""
        self.middles = np.atleast_2d(np.asarray(middles, dtype=float))
        count = self.values.shape[1]
        step = self.length / count
        along, across = (DOWN, RIGHT) if self.upright else (RIGHT, UP)
        sides = gridded(count, step)[:, None] + step * np.array([-0.36, 0.36, 0.36, -0.36])
        ends = np.array([along, -along]) * self.length / 2
        rows = zip(self.grounds, self.strips, self.middles, self.values, strict=True)
        for ground, strip, middle, row in rows:
            reach = self.half * np.clip(row / self.largest, -1.0, 1.0)
            tall = reach[:, None] * np.array([0.0, 0.0, 1.0, 1.0])
            strip.points = loops(middle + sides[:, :, None] * along + tall[:, :, None] * across)
            ground.points = pieces(middle + ends[:1], middle + ends[1:])
        return self

    def shade(self, strength: npt.ArrayLike) -> Self:
        """Let strips step back: ``strength`` from 0 to 1, one or (n,)."""
        for strip, share in zip(self.strips, np.broadcast_to(strength, (len(self.strips),)), strict=True):
            backdrop(strip, float(share) < 1).set_fill(opacity=float(share))
        return self


class TransformersStage(Lesson):
    """The stage of the lesson, and what several acts do on it."""

    def stage(self) -> None:
        """The trained model, what it does with the text, and the whole frame as a plane to put marks on."""
        self.model = trained.train_model()
        self.done = transformers.read(self.model, transformers.PAD)
        self.sky = Plane(
            (-ink.FRAME_WIDTH / 2, ink.FRAME_WIDTH / 2),
            (-ink.FRAME_HEIGHT / 2, ink.FRAME_HEIGHT / 2),
            ink.FRAME_WIDTH,
            ink.FRAME_HEIGHT,
            x_ticks=[],
            y_ticks=[],
        )

    def map_of(self, layer: int, head: int) -> Floats:
        """Weights (9, 9) of one head on the text, layers and heads counted from 0."""
        return np.asarray(self.done.looked[layer].weights[0, head])
