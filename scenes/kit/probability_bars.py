"""Probability bars: the chances of named things as bars, which may be cut off, laid end to end, and drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import LEFT, Line, ManimColor, VGroup, VMobject

from scenes.kit import ink, words
from scenes.kit.noun import HAIR, THIN
from scenes.kit.path import EMPTY, Floats, loops
from scenes.kit.readout import numeral

_THICK: Final = 0.62
"""Of a bar, as a share of its row."""
_TALLY: Final = 0.2
"""Of the bar of what was drawn, as a share of the row."""


class ProbabilityBars(VGroup):
    """A bar for the chance of each of ``names``, one under the other, ``unit`` scene units long for a chance of 1.

    :meth:`redraw` takes any chances, so that a scene may raise the temperature, and which of them are kept: what is
    cut off (by top-k, by top-p) is hollow.  :meth:`line_up` takes the bars down, end to end, onto a strip that is as
    long as a chance of 1: how much the first few hold together can be seen there.  :meth:`tally` shows what was
    drawn, as thin bars on the chances.  Numbers have ``decimals`` places.

    Raises ``ValueError`` for chances that are not as many as the names or lie outside 0 to 1.
    """

    def __init__(
        self,
        names: Sequence[str],
        chances: npt.ArrayLike,
        *,
        unit: float = 6.0,
        row: float = 0.48,
        decimals: int = 2,
        color: ManimColor = ink.second,
        drawn: ManimColor = ink.chalk,
    ) -> None:
        super().__init__()
        self.unit, self.row, self.decimals = unit, row, decimals
        self.laid = 0.0
        self.drawn: Floats = np.zeros(len(names))
        low = -row * (len(names) + 0.6)
        # Never drawn: its ends are where the strip is, and follow whatever moves the chart.
        self.ground = VMobject(stroke_width=0, stroke_opacity=0)
        self.ground.set_points_as_corners([(0, 0, 0), (0, low, 0), (unit, low, 0)])
        self.axis = Line(
            (0, 0.12, 0), (0, -row * len(names) + 0.02, 0), stroke_color=ink.faint, stroke_width=HAIR
        )
        self.bars = VMobject(fill_color=color, fill_opacity=1.0, stroke_color=ink.ground, stroke_width=HAIR)
        self.waning = self.bars.copy()
        self.hollow = VMobject(stroke_color=color, stroke_width=THIN, stroke_opacity=0.75)
        self.tallies = VMobject(fill_color=drawn, fill_opacity=1.0, stroke_width=0)
        self.numbers = VMobject(fill_color=ink.chalk, fill_opacity=1.0, stroke_width=0)
        self.waning_numbers = self.numbers.copy()
        self.strip = Line((0, low, 0), (unit, low, 0), stroke_color=ink.faint, stroke_width=THIN)
        self.names = [words.label(name) for name in names]
        for place, name in enumerate(self.names):
            name.next_to((-0.08, -row * (place + 0.5), 0), LEFT, buff=0.1)
            half = (
                ink.LABEL * ink.UNITS_PER_PIXEL / 2
            )  # all stand on their rows alike, with and without tails
            name.shift((0, -row * (place + 0.5) - half - words.baseline(name), 0))
        self.strip.set_stroke(opacity=0)
        self.add(self.ground, self.strip, self.axis, *self.names)
        self.add(self.bars, self.waning, self.hollow, self.tallies, self.numbers, self.waning_numbers)
        self.redraw(chances)
        self.center()

    def redraw(self, chances: npt.ArrayLike, kept: npt.ArrayLike | None = None) -> Self:
        """Take on ``chances`` (n,), and which of them are ``kept`` (n,), all unless told.

        Shares between 0 and 1 in ``kept`` are on their way to being cut off.
        """
        shares = np.asarray(chances, dtype=float)
        if shares.shape != self.drawn.shape or not ((shares >= 0) & (shares <= 1 + 1e-9)).all():
            raise ValueError(f"{len(self.drawn)} chances from 0 to 1 are wanted, not {shares.tolist()}")
        self.chances: Floats = shares
        self.kept: Floats = np.ones(len(shares)) if kept is None else np.asarray(kept, dtype=float)
        return self._draw()

    @property
    def shown_texts(self) -> tuple[str, ...]:
        """The numbers beside the bars, as they can be read now."""
        return (
            ()
            if self.laid > 0
            else tuple(f"{chance:.{self.decimals}f}" for chance in self.chances[self.kept > 0])
        )

    def line_up(self, share: float) -> Self:
        """Move the bars ``share`` (0 to 1) of the way from their rows down to the strip, where they lie end to end."""
        self.laid = float(np.clip(share, 0, 1))
        return self._draw()

    def tally(self, counts: npt.ArrayLike, total: float | None = None) -> Self:
        """Show ``counts`` (n,) of draws as shares of ``total`` (of all of them, unless told)."""
        drawn = np.asarray(counts, dtype=float)
        whole = float(drawn.sum()) if total is None else total
        self.drawn = drawn / whole if whole > 0 else np.zeros(len(drawn))
        return self._draw()

    def tip(self, place: int, gap: float = 0.0) -> Floats:
        """Scene point (3,) at the end of bar number ``place`` in its row, ``gap`` scene units farther right."""
        end: Floats = self._spot(self.chances[place], place + 0.5) + np.array([gap, 0.0, 0.0])
        return end

    def on_strip(self, share: float) -> Floats:
        """Scene point (3,) on the strip, ``share`` (0 to 1) of its length from the left: the place of that chance."""
        _, start, end = self._frame()
        return np.asarray(start + share * (end - start))

    # How it is drawn

    def _frame(self) -> tuple[Floats, Floats, Floats]:
        """Where the bars begin at the top, where the strip begins, and where it ends."""
        points = self.ground.points
        return points[0], points[3], points[7]

    def _spot(self, chance: float, rows: float) -> Floats:
        top, low, end = self._frame()
        down = (low - top) / (len(self.drawn) + 0.6)
        spot: Floats = top + chance * (end - low) + rows * down
        return spot

    def _draw(self) -> Self:
        before = np.concatenate([[0.0], self.chances.cumsum()[:-1]])
        corners = np.array(
            [
                self._bar(place, chance, self.laid * start, _THICK)
                for place, (chance, start) in enumerate(zip(self.chances, before, strict=True))
            ]
        )
        seen = self.chances > 1e-4
        full, going = self.kept >= 1, (self.kept > 0) & (self.kept < 1)
        for mobject, which in ((self.bars, full), (self.waning, going), (self.hollow, ~full)):
            mobject.points = loops(corners[which & seen]) if (which & seen).any() else EMPTY
        drawn = [self._bar(place, share, 0.0, _TALLY) for place, share in enumerate(self.drawn) if share > 0]
        self.tallies.points = loops(np.array(drawn)) if drawn else EMPTY
        self.numbers.points, self.waning_numbers.points = self._numbers(full), self._numbers(going)
        clear, left = max(0.0, 1 - 3 * self.laid), float(self.kept[going].mean()) if going.any() else 0.0
        self.numbers.set_fill(opacity=clear)
        self.waning.set_fill(opacity=left)
        self.waning_numbers.set_fill(opacity=clear * left)
        self.strip.set_stroke(opacity=self.laid)
        return self

    def _bar(self, place: int, chance: float, start: float, thick: float) -> Floats:
        """Corners (4, 3) of a bar."""
        rows = (1 - self.laid) * (place + 0.5) + self.laid * (len(self.drawn) + 0.6)
        half = thick / 2
        return np.array(
            [
                self._spot(start, rows - half),
                self._spot(start + chance, rows - half),
                self._spot(start + chance, rows + half),
                self._spot(start, rows + half),
            ]
        )

    def _numbers(self, which: npt.NDArray[np.bool_]) -> Floats:
        paths = []
        for place in np.flatnonzero(which):
            path = numeral(f"{self.chances[place]:.{self.decimals}f}")
            reach = max(self.chances[place], self.drawn[place])
            aside = np.array([0.14 + float(np.ptp(path[:, 0])) / 2, 0.0, 0.0])
            paths.append(path + self._spot(reach, place + 0.5) + aside)
        return np.concatenate(paths) if paths else EMPTY
