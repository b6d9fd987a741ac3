"""What the acts of the lesson share: its data, the colours of its species, and its photograph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from manim import Animation, FadeIn, FadeOut, ManimColor, Mobject

from scenes.kit import ink, pace
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

    def exchange(
        self, *coming: Mobject, also: Sequence[Animation] = (), run_time: float = pace.BRISK
    ) -> None:
        """Let all that is there leave while ``coming`` comes: no frame between two pictures is empty."""
        there = [each for each in self.mobjects if each not in coming]
        self.play(*map(FadeOut, there), FadeIn(*coming), *also, run_time=run_time)
