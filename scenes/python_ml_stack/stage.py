"""What the acts of the lesson share: its data, the colours of its species, and its photograph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from manim import ManimColor

from scenes.kit import ink
from scenes.kit.lesson import Lesson
from scenes.maths.python_ml_stack import data

SPECIES_COLORS: Final[Mapping[str, ManimColor]] = {
    "Adelie": ink.second,
    "Chinstrap": ink.fourth,
    "Gentoo": ink.third,
}
"""A species has one colour from its first dot to the last frame; no array of numbers has one of these."""


class PythonMlStackStage(Lesson):
    """The stage of the lesson."""

    def stage(self) -> None:
        """The photograph (427, 640, 3) and the table of 344 birds."""
        self.photo_bytes = data.photograph()
        self.birds = data.penguins()
