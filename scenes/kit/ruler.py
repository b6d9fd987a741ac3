"""A ruler: one axis with marks that slide, distances between them, and a scale that may bend, to logarithms say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import UP, ManimColor, VGroup, VMobject

from scenes.kit import ink, words
from scenes.kit.axis import Range, number_texts, round_ticks
from scenes.kit.coordinates import Coordinates
from scenes.kit.dot import Dots
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats, dashes, pieces
from scenes.kit.readout import numeral

Warp = Callable[[Floats], npt.ArrayLike]
"""A function of values that rises throughout, such as ``np.log10``."""

_TICK: Final = 0.14
_GAP: Final = 0.16
_RADIUS: Final = 0.14
_FIRST: Final = 0.62
"""Height of the lowest distance above the axis, in scene units."""
_STEP: Final = 0.78
"""From one distance to the one above it."""
_LEVEL: Final = 1.0
"""Height of a level above the axis, in scene units; half as much above marks that are lifted."""
_FADE: Final = 0.08
"""Of a tick's step to the next: where one set of ticks goes over into another."""


@dataclass(frozen=True, slots=True)
class _State:
    """What is drawn."""

    marks: Floats
    limits: Floats
    warped: float
    levels: Floats
    measured: float


class Ruler(Coordinates):
    """An axis from the lower to the upper of ``limits``, ``length`` scene units long, and ``marks`` (n,) on it.

    :meth:`redraw` slides the marks, moves the limits, and bends the scale by ``warp``, a function that rises: the
    marks flow to where it puts them, between ``warp_limits`` (those of the ruler unless told).  ``distances`` are
    pairs of marks, by number; each is drawn above the one before, with its value in data units, ``decimals`` places,
    which follows what is drawn.  ``levels`` are dashed lines across the axis.  ``names`` (n,) stand above the marks
    and give way where they would meet.  ``colors`` are one for all marks or one for each; ``jitter`` lifts each by an
    amount of its own, up to so many scene units.

    ``ticks`` stay the same throughout; if they are ``None`` they are round numbers, which follow the limits (where one
    step goes over into the next, those of one of them alone are half as bright), and for the bent scale
    ``warped_ticks``, or powers of ten.  What leaves the limits is not drawn.

    Raises ``ValueError`` for limits that do not rise, for a ``warp`` that is not finite at its limits or does not
    rise, and for colours, names or pairs that do not fit the marks.
    """

    def __init__(
        self,
        limits: Range,
        marks: npt.ArrayLike = (),
        length: float = 12.0,
        *,
        colors: ManimColor | Sequence[ManimColor] = ink.first,
        names: Sequence[str] = (),
        distances: Sequence[tuple[int, int]] = (),
        decimals: int = 0,
        levels: npt.ArrayLike = (),
        label: str = "",
        ticks: Sequence[float] | None = None,
        warp: Warp | None = None,
        warp_limits: Range | None = None,
        warped_ticks: Sequence[float] | None = None,
        radius: float = _RADIUS,
        jitter: float = 0.0,
    ) -> None:
        super().__init__((0.0, 1.0), (-1.0, 1.0), length, 2.0)
        self.shift((-length / 2, -1.0, 0.0))
        self._long, self.radius, self.decimals = length, radius, decimals
        self.warp, self.ticks = warp, ticks
        self._ends = np.asarray(limits if warp_limits is None else warp_limits, dtype=float)
        if warp is not None:
            self._bent(np.array(self._ends))
        self.warped_ticks: Sequence[float] = self._bent_ticks(warped_ticks)
        values = np.asarray(marks, dtype=float)
        if names and len(names) != len(values):
            raise ValueError(f"{len(values)} marks cannot have {len(names)} names")
        self.pairs = tuple(distances)
        for pair in self.pairs:
            if not all(0 <= each < len(values) for each in pair):
                raise ValueError(f"no distance {pair} between {len(values)} marks, which are counted from 0")
        dyes = [colors] * len(values) if isinstance(colors, ManimColor) else list(colors)
        if len(dyes) != len(values):
            raise ValueError(f"expected one colour, or {len(values)}, not {len(dyes)}")
        # By the golden ratio neighbours in the list lie far apart.
        self._beside = jitter * (np.arange(len(values)) * 0.618034 % 1.0)
        self._tall = max(_LEVEL, jitter + _LEVEL / 2)
        self.axis = VMobject(stroke_color=ink.faint, stroke_width=THIN)
        self.tick_lines = VGroup(*(VMobject(stroke_color=ink.faint, stroke_width=THIN) for _ in range(3)))
        self.numbers = VGroup(*(_numbers(ink.quiet) for _ in range(3)))
        self.levels = VMobject(stroke_color=ink.focus, stroke_width=LINE)
        self.spans = VGroup(*(VMobject(stroke_color=ink.quiet, stroke_width=THIN) for _ in self.pairs))
        self.figures = VGroup(*(_numbers(ink.chalk) for _ in self.pairs))
        self.dots = Dots(self, np.zeros((len(values), 2)), dyes, radius=radius)
        self.names = [words.label(name) for name in names]
        self.axis_name = VGroup()
        if label:
            line = 1.45 * ink.UNITS_PER_PIXEL * ink.SMALL
            below = self.at(0.5, -_TICK - _GAP - line)
            self.axis_name.add(words.caption(below, label, -UP, ink.quiet, gap=_GAP))
        self.add(self.axis, self.tick_lines, self.numbers, self.levels, self.spans, self.dots, self.figures)
        self.add(*self.names, self.axis_name)
        self._draw(_State(values, self._rising(limits), 0.0, np.asarray(levels, dtype=float), 1.0))

    # What it shows

    def redraw(
        self,
        marks: npt.ArrayLike | None = None,
        limits: npt.ArrayLike | None = None,
        warped: float | None = None,
        levels: npt.ArrayLike | None = None,
        measured: float | None = None,
    ) -> Self:
        """Slide the ``marks`` (n,) or ``levels``, move the ``limits``, bend the scale by a share ``warped`` (0 to 1).

        ``measured`` (0 to 1) is how far distances have grown, each from its first mark.  What is not named stays.
        """
        now = self._state
        values = now.marks if marks is None else np.asarray(marks, dtype=float)
        if values.shape != now.marks.shape:
            raise ValueError(f"expected {len(now.marks)} marks, not an array of {values.shape}")
        if warped and self.warp is None:
            raise ValueError("this ruler has no warp to bend by: Ruler(..., warp=np.log10)")
        return self._draw(
            replace(
                now,
                marks=values,
                limits=now.limits if limits is None else self._rising(limits),
                warped=now.warped if warped is None else min(max(warped, 0.0), 1.0),
                levels=now.levels if levels is None else np.asarray(levels, dtype=float),
                measured=now.measured if measured is None else min(max(measured, 0.0), 1.0),
            )
        )

    @property
    def marks(self) -> Floats:
        """Values (n,) of the marks, in data units."""
        return self._state.marks.copy()

    @property
    def limits_now(self) -> Range:
        """The values at the ruler's ends."""
        low, high = self._state.limits
        return float(low), float(high)

    @property
    def shown_texts(self) -> tuple[str, ...]:
        """The numbers at the distances."""
        return tuple(map(self._text, self.pairs)) if self._state.measured >= 1 else ()

    def spot(self, value: npt.ArrayLike, above: npt.ArrayLike = 0.0) -> Floats:
        """Scene points (3,) or (n, 3) of ``value`` on the axis, or so many scene units ``above`` it."""
        return self.at(self._share(np.asarray(value, dtype=float), self._state), above)

    def caption(self, which: int, text: str, color: ManimColor = ink.chalk) -> words.Words:
        """``text`` above a mark, where it is now; to be added to the stage."""
        return words.caption(self.dots[which], text, UP, color)

    # How it is drawn

    def _share(self, values: Floats, state: _State) -> Floats:
        """Where values lie (…), as shares of the ruler's length; nan where the bent scale has no place for them."""
        low, high = state.limits
        straight = (values - low) / (high - low)
        if not state.warped or self.warp is None:
            return np.asarray(straight)
        with np.errstate(divide="ignore", invalid="ignore"):
            begin, end = np.asarray(self.warp(self._ends), dtype=float)
            bent = (np.asarray(self.warp(values), dtype=float) - begin) / (end - begin)
            mixed = (1 - state.warped) * straight + state.warped * bent
        return np.where(np.isfinite(mixed), mixed, np.nan)

    def _draw(self, state: _State) -> Self:
        self._state = state
        self.axis.points = pieces(self.at(np.array([[0.0, 0.0]])), self.at(np.array([[1.0, 0.0]])))
        self._draw_ticks(state)
        places = self._share(state.marks, state)
        seen = (places >= -1e-9) & (places <= 1 + 1e-9)
        known = np.where(np.isfinite(places), np.clip(places, 0.0, 1.0), 0.0)
        if len(known):
            self.dots.redraw(
                np.column_stack([known, self._beside]), np.where(seen, self._scale * self.radius, 0.0)
            )
        self._draw_names(known, seen)
        self._draw_spans(state, known, seen)
        self._draw_levels(state)
        return self

    @property
    def _scale(self) -> float:
        box = self.box
        return float(np.linalg.norm(box[1] - box[0])) / self._long

    def _draw_ticks(self, state: _State) -> None:
        sets = sorted(self._tick_sets(state).items(), reverse=True)
        for index, (lines, numbers) in enumerate(zip(self.tick_lines, self.numbers, strict=True)):
            opacity, ticks = sets[index] if index < len(sets) else (0.0, [])
            places = self._share(np.array(ticks), state)
            kept = [n for n, place in enumerate(places) if -1e-9 <= place <= 1 + 1e-9]
            spots = np.column_stack([places[kept], np.zeros(len(kept))])
            lines.points = pieces(self.at(spots), self.at(spots - [0, _TICK])) if kept else self._nothing()
            texts = _texts(ticks)
            paths = [
                self._scale * numeral(texts[n], ink.SMALL)
                + self.at(places[n], -_TICK - _GAP - _half(ink.SMALL))
                for n in kept
            ]
            numbers.points = np.concatenate(paths) if paths else self._nothing()
            lines.stroke_rgbas[:, 3] = opacity
            numbers.fill_rgbas[:, 3] = opacity

    def _tick_sets(self, state: _State) -> dict[float, list[float]]:
        """Ticks by their opacity, three at the most."""
        if self.ticks is not None:
            return {1.0: [float(tick) for tick in self.ticks]}
        straight, bent = max(1 - 2 * state.warped, 0.0), max(2 * state.warped - 1, 0.0)
        strength = {tick: bent for tick in self.warped_ticks if state.warped}
        low, high = (float(limit) for limit in state.limits)
        # Two lengths of the ruler, a little apart: near a change of steps they have other ticks.
        for longer, share in ((1 + _FADE, 0.5), (1 - _FADE, 0.5)):
            for tick in round_ticks((low, high), False, self._long * longer):
                strength[tick] = strength.get(tick, 0.0) + share * (
                    1.0 if tick in self.warped_ticks else straight
                )
        sets: dict[float, list[float]] = {}
        for tick, opacity in strength.items():
            sets.setdefault(round(min(opacity, 1.0), 6), []).append(tick)
        return {opacity: ticks for opacity, ticks in sets.items() if opacity}

    def _draw_names(self, places: Floats, seen: npt.NDArray[np.bool_]) -> None:
        """Above the marks; of two that would meet, the later one gives way."""
        taken: list[tuple[float, float]] = []
        for index, name in enumerate(self.names):
            above = self.at(places[index], self._beside[index] + self.radius + _GAP)
            half = float(name.width) / 2
            middle = float(above[0])
            apart = min((abs(middle - x) - half - other for x, other in taken), default=np.inf)
            clear = min(max(apart / (_GAP / 2), 0.0), 1.0) * seen[index]
            low = float(name.get_bottom()[1]) if "\n" in name.source_text else words.baseline(name)
            name.shift(np.array([middle - float(name.get_center()[0]), float(above[1]) - low, 0.0]))
            for glyph in name.glyphs:
                glyph.fill_rgbas[:, 3] = clear
            if clear:
                taken.append((middle, half))

    def _draw_spans(self, state: _State, places: Floats, seen: npt.NDArray[np.bool_]) -> None:
        for number, (pair, span, figure) in enumerate(zip(self.pairs, self.spans, self.figures, strict=True)):
            first, last = places[list(pair)]
            tip = first + state.measured * (last - first)
            lift = 2 * _GAP + 2 * _half(ink.LABEL) if len(self.names) else _GAP / 2
            foot, high = self.radius + lift, _FIRST + lift + number * _STEP
            runs = [((first, high), (tip, high)), ((first, foot), (first, high + _TICK / 2))]
            runs.append(((tip, foot if state.measured >= 1 else high), (tip, high + _TICK / 2)))
            span.points = pieces(*(self.at(np.array([run[end] for run in runs])) for end in (0, 1)))
            shown = float(seen[list(pair)].all())
            span.stroke_rgbas[:, 3] = shown
            middle = self.at((first + last) / 2, high + _GAP + _half(ink.LABEL))
            figure.points = self._scale * numeral(self._text(pair)) + middle
            figure.fill_rgbas[:, 3] = shown * max(4 * state.measured - 3, 0.0)

    def _draw_levels(self, state: _State) -> None:
        places = self._share(state.levels, state)
        lines = [
            dashes(self.at(np.array([[place, -_TICK], [place, self._tall]])))
            for place in places
            if -1e-9 <= place <= 1 + 1e-9
        ]
        self.levels.points = np.concatenate(lines) if lines else self._nothing()

    def _text(self, pair: tuple[int, int]) -> str:
        apart = abs(float(np.diff(self._state.marks[list(pair)])[0]))
        return f"{apart:z.{self.decimals}f}"

    def _nothing(self) -> Floats:
        """A path that shows nothing; manim turns one into another only where both have points."""
        return np.repeat(self.at(np.array([[0.0, 0.0]])), 4, axis=0)

    # What it is given

    def _rising(self, limits: npt.ArrayLike) -> Floats:
        ends = np.asarray(limits, dtype=float)
        if ends.shape != (2,) or not ends[0] < ends[1] or not np.isfinite(ends).all():
            raise ValueError(
                f"a ruler runs from a lower to a higher value, not from {np.asarray(limits).tolist()}"
            )
        return ends

    def _bent(self, limits: Floats) -> None:
        low, high = self._rising(limits)
        assert self.warp is not None
        with np.errstate(divide="ignore", invalid="ignore"):
            bent = np.asarray(self.warp(np.linspace(low, high, 65)), dtype=float)
        if not np.isfinite(bent).all() or not (np.diff(bent) > 0).all():
            raise ValueError(
                f"the warp has to be finite and to rise from {low:g} to {high:g}; give warp_limits"
            )

    def _bent_ticks(self, ticks: Sequence[float] | None) -> list[float]:
        if self.warp is None:
            return []
        if ticks is not None:
            return [float(tick) for tick in ticks]
        low, high = (float(end) for end in self._ends)
        return round_ticks((low, high), low > 0, self._long)


def _half(size: float) -> float:
    """Half the height of capitals of that size, in scene units."""
    return size * ink.UNITS_PER_PIXEL / 2


def _texts(ticks: list[float]) -> list[str]:
    """Of ticks far apart, each in as few digits as tell it; of even ones, all with the same decimals."""
    if len({float(f"{step:.6g}") for step in np.diff(sorted(ticks))}) > 1:
        return [number_texts([tick], False)[0] for tick in ticks]
    return number_texts(ticks, False)


def _numbers(color: ManimColor) -> VMobject:
    return VMobject(fill_color=color, fill_opacity=1.0, stroke_width=0)
