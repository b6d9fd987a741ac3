"""A gauge: a name and its live number on one line, as wide as the column beside the picture."""

from __future__ import annotations

from manim import RIGHT, Animation, ManimColor, VGroup

from scenes.kit import ink, pace, place, words
from scenes.kit.readout import Shown

_APART = 0.2
"""Least space between name and number, in scene units."""


class Gauge(VGroup):
    """``name`` on the left, on the right the number that follows ``value``, written as a :class:`Readout`::

        gamma = Value(1.0)
        place.aside(Gauge("gamma", gamma), Gauge("error", gamma.of(error_at), 3))

    Numbers of gauges one above the other stand flush right, so that a digit more moves nothing.  Room is kept
    for ``digits`` characters before the point.  Raises ``ValueError`` for a name that leaves its number no room.
    """

    def __init__(
        self,
        name: str,
        value: Shown,
        decimals: int = 2,
        unit: str = "",
        color: ManimColor = ink.chalk,
        *,
        digits: int | None = None,
        width: float = place.ASIDE_WIDTH,
    ) -> None:
        super().__init__()
        self.readout = words.Readout(value, decimals, unit, color=color, digits=digits)
        self.name_words = words.label(name, color=ink.quiet if color == ink.chalk else color)
        room = width - float(self.name_words.width) - _APART
        if float(self.readout.width) > room:
            raise ValueError(f"the gauge {name!r} leaves its number {self.readout.shown!r} no room")
        self.name_words.align_to(self.readout, RIGHT).shift((float(self.name_words.width) - width) * RIGHT)
        words.align_baseline(self.name_words, self.readout)
        self.add(self.name_words, self.readout)

    def light(self, run_time: float = pace.CALM) -> Animation:
        """An animation: the number lights up, and returns to its colour."""
        return words.light(self.readout, run_time=run_time)
