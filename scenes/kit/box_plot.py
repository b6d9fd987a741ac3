"""A box plot: median, quartiles, whiskers and outliers of groups side by side, out of the very points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup, VMobject

from scenes.kit import ink
from scenes.kit.axis import Range
from scenes.kit.dot import Dots
from scenes.kit.line import Segments
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats, loop, pieces
from scenes.kit.slots import Slots

_THICK: Final = 0.52
"""Of a box, as a share of its slot."""
_CAP: Final = 0.22
"""Of a whisker's end, as a share of the slot."""
_FILL: Final = 0.28
_RADIUS: Final = 0.085
_SWARM: Final = 0.86
"""Of all dots side by side, as a share of the slot."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a box plot tells of a sample, in data units."""

    low: float
    """Where the lower whisker ends."""
    first: float
    """The first quartile."""
    median: float
    third: float
    """The third quartile."""
    high: float
    """Where the upper whisker ends."""
    fences: tuple[float, float]
    """What lies beyond is an outlier."""

    @property
    def iqr(self) -> float:
        """The interquartile range, the length of the box."""
        return self.third - self.first


@dataclass(frozen=True, slots=True)
class _State:
    """What is drawn."""

    samples: tuple[Floats, ...]
    gathered: float
    strength: Floats


class BoxPlot(Slots):
    """A box for each sample of ``samples``, named by ``names``: lying one below the other, or ``upright`` side by side.

    Each value is a dot at first; as they gather, the box opens across at its quartiles, the dots close up and fade,
    and outliers stay.  Quartiles are numpy's, between two values where they have to be.  Whiskers reach the last
    value within ``reach`` interquartile ranges of the box (1.5 is Tukey's rule), or with ``reach=None`` the least
    and the greatest.  ``colors`` are one for all or one for each; ``radius`` is a dot's, in scene units.

    ``limits``, ``label``, ``ticks``, ``width`` and ``height`` are those of :class:`Slots`, and so are the errors;
    raises ``ValueError`` too for samples that are not as many as the names, empty, or not finite, and for a reach
    below 0.
    """

    def __init__(
        self,
        names: Sequence[str],
        samples: Sequence[npt.ArrayLike],
        limits: Range,
        width: float = 12.0,
        height: float = 5.4,
        *,
        upright: bool = False,
        colors: ManimColor | Sequence[ManimColor] = ink.first,
        reach: float | None = 1.5,
        radius: float = _RADIUS,
        label: str = "",
        ticks: Sequence[float] | None = None,
    ) -> None:
        if reach is not None and not reach >= 0:
            raise ValueError(f"whiskers reach 0 or more interquartile ranges, not {reach}")
        dyes = [colors] * len(names) if isinstance(colors, ManimColor) else list(colors)
        if len(dyes) != len(names) or len(samples) != len(names):
            raise ValueError(
                f"{len(names)} names want as many samples and colours, not {len(samples)}, {len(dyes)}"
            )
        super().__init__(names, limits, width, height, upright=upright, label=label, ticks=ticks)
        self.reach, self.radius = reach, radius
        given = self._given(samples)
        self.dots = [Dots(self, np.zeros((len(each), 2)), dye) for each, dye in zip(given, dyes, strict=True)]
        self.boxes = [
            VMobject(stroke_color=dye, stroke_width=LINE, fill_color=dye, fill_opacity=_FILL) for dye in dyes
        ]
        self.whiskers = [VMobject(stroke_color=dye, stroke_width=THIN) for dye in dyes]
        self.medians = [VMobject(stroke_color=ink.chalk, stroke_width=1.5 * LINE) for _ in dyes]
        self.add(*self.whiskers, *self.boxes, *self.medians, *self.dots)
        self._draw(_State(given, 0.0, np.ones(len(names))))
        self.center()

    def redraw(self, samples: Sequence[npt.ArrayLike] | None = None, gathered: float | None = None) -> Self:
        """Show ``samples`` of as many values as before, ``gathered`` (0 to 1) into their boxes; one of both may stay.

        The boxes are those of the values that are drawn, also on their way.
        """
        now = self._state
        return self._draw(
            replace(
                now,
                samples=now.samples if samples is None else self._given(samples),
                gathered=now.gathered if gathered is None else min(max(gathered, 0.0), 1.0),
            )
        )

    def shade(self, strength: npt.ArrayLike) -> Self:
        """Let groups step back, with their names: ``strength`` from 0 to 1, one or (n,)."""
        return self._draw(
            replace(self._state, strength=np.broadcast_to(strength, (len(self.boxes),)).astype(float))
        )

    # What it says, and its parts

    def summary(self, which: int | str) -> Summary:
        """Quartiles, whiskers and fences of the group of that name or number, as it is drawn now."""
        return self._summary(self._state.samples[self.number_of(which)])

    def outliers(self, which: int | str) -> npt.NDArray[np.bool_]:
        """Which values of a group lie beyond its whiskers (m,)."""
        number = self.number_of(which)
        values, told = self._state.samples[number], self.summary(number)
        return np.asarray((values < told.low) | (values > told.high))

    def group(self, which: int | str) -> VGroup:
        """All that belongs to one group: its name, its box and whiskers, and its dots."""
        number = self.number_of(which)
        drawn = self.whiskers[number], self.boxes[number], self.medians[number], self.dots[number]
        return VGroup(self.names[number], *drawn)

    def beyond(self, which: int | str) -> VGroup:
        """The dots of a group's outliers."""
        number = self.number_of(which)
        return self.dots[number].subset(self.outliers(number))

    def fences(self, which: int | str, color: ManimColor = ink.focus) -> Segments:
        """Dashed lines at both fences of a group, beyond which values are outliers; to be added to the stage."""
        number = self.number_of(which)
        levels = np.array(self.summary(number).fences)
        seen = levels[(levels >= self.value_limits[0]) & (levels <= self.value_limits[1])]
        starts, ends = (self.inverse(self.spot(seen, number + side)).reshape(-1, 2) for side in (-0.5, 0.5))
        return Segments(self, color, LINE, dashed=True).redraw(starts, ends)

    # How it is drawn

    def _draw(self, state: _State) -> Self:
        self._state = state
        opened = min(2 * state.gathered, 1.0)
        for number, values in enumerate(state.samples):
            told, strength = self._summary(values), float(state.strength[number])
            half = opened * _THICK / 2
            sides = number + np.array([-half, -half, half, half])
            ends = np.clip([told.first, told.third, told.third, told.first], *self.value_limits)
            self.boxes[number].points = loop(self.spot(ends, sides))
            middle = np.clip(told.median, *self.value_limits)
            self.medians[number].points = pieces(
                self.spot([middle], number - half), self.spot([middle], number + half)
            )
            self.whiskers[number].points = self._whisker_path(told, number, max(2 * state.gathered - 1, 0.0))
            beyond = self.outliers(number)
            self._draw_dots(number, values, beyond, state)
            for stroked in (self.boxes[number], self.medians[number]):
                stroked.stroke_rgbas[:, 3] = strength * (opened > 0)
            self.whiskers[number].stroke_rgbas[:, 3] = strength * (state.gathered > 0.5)
            self.boxes[number].fill_rgbas[:, 3] = strength * _FILL
            for glyph in self.names[number].glyphs:
                glyph.fill_rgbas[:, 3] = strength
        return self

    def _draw_dots(self, number: int, values: Floats, beyond: npt.NDArray[np.bool_], state: _State) -> None:
        """Those within the whiskers close up to the middle and fade; outliers stay where they are."""
        low, high = self.value_limits
        place = number + np.where(beyond, 1.0, 1 - state.gathered) * self._swarm(values)
        seen = (values >= low) & (values <= high)
        self.dots[number].redraw(self.inverse(self.spot(values, place)), self.radius)
        fading = np.where(beyond, 1.0, 1 - state.gathered)
        self.dots[number].shade(state.strength[number] * np.where(seen, fading, 0.0))

    def _swarm(self, values: Floats) -> Floats:
        """How far beside the middle of its slot each dot lies (m,), in slots, so that few cover each other."""
        slot = float(np.linalg.norm(self.spot(self.value_limits[0], 1) - self.spot(self.value_limits[0], 0)))
        across = self.spot(np.sort(values), 0)
        along = np.linalg.norm(across - across[:1], axis=1)
        step = 2.1 * self.radius
        beside, middles = np.zeros(len(values)), np.zeros(len(values))
        rank, begin = 0, 0.0
        for index, way in enumerate(along):
            rank = rank + 1 if index and way - begin < step else 0
            begin = begin if rank else way
            beside[index] = (rank + 1) // 2 * (1 if rank % 2 else -1) * step / slot
            if rank % 2:  # an even number of dots has its middle between two of them
                middles[index - rank : index + 1] = step / slot / 2
            else:
                middles[index - rank : index + 1] = 0.0
        beside -= middles
        widest = 2 * np.abs(beside).max()
        placed = np.empty(len(values))
        placed[np.argsort(values, kind="stable")] = beside * min(1.0, _SWARM / widest if widest else 1.0)
        return placed

    def _whisker_path(self, told: Summary, number: int, share: float) -> Floats:
        """Lines from the box outwards, ``share`` of their way; each has its end when it has come there."""
        lines = []
        for begin, end in ((told.first, told.low), (told.third, told.high)):
            begin, end = np.clip([begin, end], *self.value_limits)
            tip = begin + share * (end - begin)
            lines.append(pieces(self.spot([begin], number), self.spot([tip], number)))
            half = _CAP / 2 * (share >= 1)
            lines.append(pieces(self.spot([tip], number - half), self.spot([tip], number + half)))
        return np.concatenate(lines)

    def _summary(self, values: Floats) -> Summary:
        first, median, third = (float(each) for each in np.percentile(values, [25, 50, 75]))
        if self.reach is None:
            fences = float(values.min()), float(values.max())
        else:
            fences = first - self.reach * (third - first), third + self.reach * (third - first)
        within = values[(values >= fences[0]) & (values <= fences[1])]
        # A whisker never ends inside the box.
        low, high = min(float(within.min()), first), max(float(within.max()), third)
        return Summary(low, first, median, third, high, fences)

    def _given(self, samples: Sequence[npt.ArrayLike]) -> tuple[Floats, ...]:
        arrays = tuple(np.asarray(each, dtype=float) for each in samples)
        for name, values in zip(self.slot_names, arrays, strict=False):
            if values.ndim != 1 or not len(values) or not np.isfinite(values).all():
                raise ValueError(f"{name}: expected finite values (m,), one or more, not {values.tolist()}")
        sizes = [len(dots) for dots in getattr(self, "dots", arrays)]
        if [len(values) for values in arrays] != sizes:
            raise ValueError(
                f"expected samples of {sizes} values, not of {[len(values) for values in arrays]}"
            )
        return arrays
