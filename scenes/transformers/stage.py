"""What the acts of the lesson share: its stage, and what more than one of them does with it."""

from __future__ import annotations

from typing import Final

import numpy as np

from scenes.kit import ink, shot
from scenes.kit.lesson import Lesson
from scenes.kit.path import Floats
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


class TransformersStage(Lesson):
    """The stage of the lesson, and what several acts do on it."""

    def stage(self) -> None:
        """The trained model, what it does with the text, and the whole frame as a plane to put marks on."""
        self.model = trained.train_model()
        self.done = transformers.read(self.model, transformers.PAD)
        self.sky = shot.bare()

    def map_of(self, layer: int, head: int) -> Floats:
        """Weights (9, 9) of one head on the text, layers and heads counted from 0."""
        return np.asarray(self.done.looked[layer].weights[0, head])
