"""A dial: a named scale with a knob, for one number that changes while the picture follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
from manim import DOWN, LEFT, UP, Dot, Line, ManimColor, VGroup

from scenes.kit import ink, words
from scenes.kit.noun import HAIR, THIN

_KNOB: Final = 0.11
_TICK: Final = 0.09


class Dial(VGroup):
    """A name, a scale with ``marks``, and a knob that :meth:`redraw` moves.

    The knob starts at ``value``, or at the first mark.  ``width`` is the scale's, in scene units.  ``log`` spaces
    values by their logarithms.  Raises ``ValueError`` for marks that do not rise, fewer than two of them, or marks
    that are not positive on a logarithmic scale.
    """

    def __init__(
        self,
        name: str,
        marks: Sequence[float],
        *,
        log: bool = False,
        width: float = 3.0,
        color: ManimColor = ink.focus,
        value: float | None = None,
    ) -> None:
        super().__init__()
        values = np.asarray(marks, dtype=float)
        if len(values) < 2 or not (np.diff(values) > 0).all() or (log and values[0] <= 0):
            raise ValueError(f"a dial needs at least two rising marks{' above 0' * log}: {list(marks)}")
        self._log = log
        self._low, self._high = float(values[0]), float(values[-1])
        self.value = self._low if value is None else value
        self.scale_line = Line((0.0, 0.0, 0.0), (width, 0.0, 0.0), stroke_color=ink.faint, stroke_width=THIN)
        self.name_words = words.note(name, color=color).next_to(
            self.scale_line, UP, buff=0.25, aligned_edge=LEFT
        )
        self.knob = Dot(radius=_KNOB, color=color)
        ticks, numbers = VGroup(), VGroup()
        for mark in values:
            spot = self._spot(float(mark))
            tick = Line(spot, spot + _TICK * DOWN, stroke_color=ink.faint, stroke_width=HAIR)
            ticks.add(tick)
            numbers.add(words.tick(f"{mark:g}").next_to(tick, DOWN, buff=0.1))
        self.add(self.name_words, self.scale_line, ticks, numbers, self.knob)
        self.redraw(self.value)

    def redraw(self, value: float) -> Self:
        """Point at ``value``; beyond the scale's ends it stays at the end."""
        self.value = float(np.clip(value, self._low, self._high))
        self.knob.move_to(self._spot(self.value))
        return self

    def _spot(self, value: float) -> np.ndarray:
        low, high, at = (
            np.log([self._low, self._high, value]) if self._log else (self._low, self._high, value)
        )
        start, end = self.scale_line.get_start(), self.scale_line.get_end()
        return np.asarray(start + (at - low) / (high - low) * (end - start))
