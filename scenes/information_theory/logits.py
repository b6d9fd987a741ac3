"""Three logits worked by hand: their powers of e, the shares of the sum, and a temperature that divides them first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from manim import DOWN, LEFT, ManimColor, VGroup

from scenes.information_theory.stage import maths
from scenes.kit import ink, shot, words
from scenes.kit.path import Floats
from scenes.kit.value import Value
from scenes.maths.information_theory import temperature

COLUMNS: Final = (4.3, 8.6)
ROWS: Final = (1.15, 1.15, 3.5, 0.95)
"""Sizes of the table: names and numbers across; logits, powers, bars and shares down."""
HEATED: Final = (
    "{{ q_i : share }} = {{ e^(s_i {{ \\/ T : heat }}) : raised }} / {{ sum_j e^(s_j \\/ T) : sum }}"
)


def divided(logit: float) -> Callable[[float], float]:
    """A logit over the temperature, by the temperature."""
    return lambda heat: logit / heat


def raised(logit: float) -> Callable[[float], float]:
    """e to a logit over the temperature, by the temperature."""
    return lambda heat: float(np.exp(logit / heat))


def share_of(at: int) -> Callable[[float], float]:
    """Share of one of the three logits of the worked example, by the temperature."""
    return lambda heat: float(temperature.softmax(np.array(temperature.LOGITS), heat)[at])


class ThreeLogits(VGroup):
    """The table of the worked example at a temperature ``heat`` of 1 that can be moved.

    ``scores``, ``powers`` and ``shares`` are its rows of numbers, ``bars`` the shares; ``names`` and ``formula`` are
    those without a temperature, ``heated_names`` and ``heated`` those with one; ``dial`` shows it.
    """

    def __init__(self) -> None:
        column, rest = shot.safe(titled=False).columns(*COLUMNS, gap=0.4)
        rows, left = (each.rows(*ROWS, gap=0.05) for each in (rest, column))
        cells = [rows[at].columns(1, 1, 1) for at in (0, 1, 3)]
        self.heat = heat = Value(1.0, log=True)
        self.logits: Floats = np.array(temperature.LOGITS)
        plane = rows[2].plane((-0.5, 2.5), (0, 1), x_ticks=[], y_ticks=[], numbers=False)
        self.plane = plane
        self.bars = plane.bars(np.arange(3), temperature.softmax(self.logits), ink.second, thick=0.62)

        def row(
            at: int, finds: list[Callable[[float], float]], places: int, color: ManimColor
        ) -> list[words.Readout]:
            return [
                cell.put(words.Readout(heat.of(find), places, color=color, size=ink.HEADLINE, digits=2))
                for find, cell in zip(finds, cells[at], strict=True)
            ]

        self.scores = row(0, [divided(each) for each in temperature.LOGITS], 1, ink.chalk)
        self.powers = row(1, [raised(each) for each in temperature.LOGITS], 2, ink.chalk)
        self.shares = row(2, [share_of(at) for at in range(len(self.logits))], 2, ink.second)
        self.names, self.heated_names = (
            [
                left[0].put(words.label(first, size=ink.POINT), LEFT),
                left[1].put(words.label(second, size=ink.HEADLINE), LEFT),
            ]
            for first, second in (("logits $s$", "$e^s$"), ("logits $s \\/ T$", "$e^(s \\/ T)$"))
        )
        self.softmax = left[2].put(words.label("softmax", ink.second, size=ink.POINT), LEFT + DOWN)
        under = left[2].rows(2.6, 0.9, gap=0.0)[0]
        self.formula = under.put(words.label("$q_i = display(e^(s_i) / (sum_j e^(s_j)))$", size=60.0), LEFT)
        self.heated = under.put(maths(HEATED, 60.0), LEFT)
        self.dial = left[3].put(
            words.Readout(heat, 2, label="$T$ =", color=ink.focus, size=ink.HEADLINE), LEFT
        )
        super().__init__(self.bars, *self.scores, *self.powers, *self.shares, self.softmax)

    def follow(self) -> None:
        """From now on the bars go with the temperature."""
        self.heat.draws(lambda now: self.bars.redraw(temperature.softmax(self.logits, now)), self.bars)

    def corners(self, share: float) -> tuple[Floats, Floats]:
        """Lower left and upper right scene points (3, 2) of the bars if each had this ``share``."""
        half = self.bars.thick / 2
        lows = [self.plane.at(at - half, 0.0) for at in range(len(self.logits))]
        highs = [self.plane.at(at + half, share) for at in range(len(self.logits))]
        return np.array(lows), np.array(highs)
