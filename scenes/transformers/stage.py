"""What the acts of the lesson share: its stage, and what more than one of them does with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from manim import Animation

from scenes.kit import ink, place
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.lesson import Lesson
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.token import Tokens
from scenes.maths.transformers import cafe, transformers, waiter

QUERY: Final = ink.focus
KEY: Final = ink.first
VALUE: Final = ink.second
POSITION: Final = ink.fourth
"""What each of the four is drawn and written in, from the first frame to the last."""
PAD: Final = transformers.PAD.split()
ASKER: Final = len(PAD) - 1
"""The last Ben."""
HAT, OWNER = 3, 2
"""Where hat stands on the notepad, and the Ben who ordered it."""
MIDDLE: Final = (place.LEFT_EDGE + place.ASIDE - 0.4) / 2
"""Where the middle of the picture is, across."""


def bench(text: Sequence[str], y: float, x: float = MIDDLE, width: float = 0.9, gap: float = 0.12) -> Tokens:
    """The words of a text on their seats; names have round ends."""
    names = [word in cafe.NAMES for word in text]
    return Tokens(text, width=width, gap=gap, pills=names).move_to((x, y, 0.0))


class TransformersStage(Lesson):
    """The stage of the lesson, and what several acts do on it."""

    edition = 1

    def stage(self) -> None:
        """The trained waiter, what it does with the notepad, and the whole frame as a plane to put marks on."""
        self.waiter = waiter.train_waiter()
        self.done = transformers.read(self.waiter, transformers.PAD)
        self.sky = Plane(
            (-ink.FRAME_WIDTH / 2, ink.FRAME_WIDTH / 2),
            (-ink.FRAME_HEIGHT / 2, ink.FRAME_HEIGHT / 2),
            ink.FRAME_WIDTH,
            ink.FRAME_HEIGHT,
            x_ticks=[],
            y_ticks=[],
        )

    def map_of(self, layer: int, head: int) -> Floats:
        """Weights (9, 9) of one head on the notepad, layers and heads counted from 0."""
        return np.asarray(self.done.looked[layer].weights[0, head])

    def step_back(self, seats: Tokens, start: float | Floats, end: float | Floats) -> Animation:
        """Words step back, or forward again: from the strengths ``start`` to ``end``, one or one for each."""
        begin, stop = np.asarray(start), np.asarray(end)
        return drive(lambda t: seats.shade((1 - t) * begin + t * stop), *seats.boxes, *seats.words)

    def spot(self, point: Floats, color: object = ink.focus, radius: float = 0.13) -> Dots:
        """A dot that may go anywhere."""
        return self.sky.dots([point[:2]], color, radius=radius)  # type: ignore[arg-type]
