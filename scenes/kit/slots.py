"""Slots: named places side by side along one axis, and values along the other, for bars and for boxes.

:class:`Slots` draws the names, the line at 0, ticks and the axis' name.  Its kinds draw what stands
in the slots: :class:`scenes.kit.bar_chart.BarChart`, :class:`scenes.kit.box_plot.BoxPlot`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, RIGHT, UP, VGroup, VMobject

from scenes.kit import ink, words
from scenes.kit.axis import Range, number_texts, round_ticks
from scenes.kit.coordinates import Coordinates
from scenes.kit.noun import HAIR, THIN
from scenes.kit.path import Floats, chain, pieces
from scenes.kit.review_hints import backdrop

GAP: Final = 0.18
"""Scene units between words and what they name."""
MUTED: Final = 0.3
"""Opacity of items that others are to be seen before."""
_LINE: Final = 1.45
"""Height of a line of words, tails included, as a multiple of its capitals."""


class Slots(Coordinates):
    """``names`` in slots numbered from 0, from the top downwards or, ``upright``, from the left; values beside them.

    ``limits`` are the lowest and the highest value, in data units.  ``width`` and ``height`` are those of the whole,
    names, numbers and head included, in scene units; ``ends`` are kept free beyond the limits, for what is written at
    them, and ``head`` above.  ``ticks`` are values, round ones if it is ``None``; ``label`` names the values' axis,
    with its unit.

    Raises ``ValueError`` for no names, for equal ones, for empty limits, and where names leave no room.
    """

    def __init__(
        self,
        names: Sequence[str],
        limits: Range,
        width: float,
        height: float,
        *,
        upright: bool = False,
        label: str = "",
        ticks: Sequence[float] | None = None,
        ends: tuple[float, float] = (0.0, 0.0),
        head: float = 0.0,
    ) -> None:
        if not names or len(set(names)) < len(names):
            raise ValueError(f"slots have one name each, all different, not {list(names)}")
        self.slot_names: Final = tuple(names)
        self.upright: Final = upright
        made = [words.label(name) for name in names]
        wide, high = (max(float(getattr(name, side)) for name in made) for side in ("width", "height"))
        line = ink.UNITS_PER_PIXEL * _LINE
        title = line * ink.LABEL + (1 + upright) * GAP if label else 0.0
        numbers = line * ink.SMALL + GAP
        if upright:
            spots = self._ticks(ticks, limits, height)
            texts = [words.tick(text) for text in number_texts(spots, log=False)]
            beside = max((float(text.width) for text in texts), default=0.0) + GAP * bool(texts)
            low = np.array([beside, max(high, line * ink.LABEL) + GAP + ends[0]])
            top = np.array([0.0, title + head + ends[1]])
        else:
            spots = self._ticks(ticks, limits, width - wide)
            texts = [words.tick(text) for text in number_texts(spots, log=False)]
            low = np.array([wide + GAP + ends[0], title + numbers * bool(texts)])
            top = np.array([ends[1] + (float(texts[-1].width) / 2 if texts else 0.0), head])
        room = np.array([width, height]) - low - top
        if min(room) <= 0:
            raise ValueError(f"names and numbers leave no room in {width:g} × {height:g} scene units")
        if upright and wide > room[0] / len(names) - GAP / 2:
            raise ValueError(
                f"the widest name takes {wide:.2f} scene units and its slot has {room[0] / len(names):.2f}: "
                "break it into lines, or lay the slots one below the other"
            )
        along = (0.0, float(len(names))), (-float(len(names)), 0.0)
        super().__init__(along[0] if upright else limits, limits if upright else along[1], *map(float, room))
        self.value_limits: Final = limits
        self._free = ends
        # Never drawn: the whole is as large as was asked, whatever stands in the slots.
        self._outline = VMobject(stroke_width=0, stroke_opacity=0)
        self._outline.points = chain(np.array([[*-low, 0.0], [*(room + top), 0.0]]))
        self.grid = backdrop(VMobject(stroke_color=ink.faint, stroke_width=HAIR, stroke_opacity=0.35))
        self.zero = VMobject(stroke_color=ink.faint, stroke_width=THIN)
        self.names = made
        self.numbers = VGroup(*texts)
        self.axis_name = VGroup()
        self._draw_axes(spots, label)
        self.add(self._outline, self.grid, self.zero, self.numbers, self.axis_name, *made)

    @staticmethod
    def _ticks(ticks: Sequence[float] | None, limits: Range, span: float) -> list[float]:
        if not limits[0] < limits[1]:
            raise ValueError(
                f"values run from a lower limit to a higher one, not from {limits[0]} to {limits[1]}"
            )
        return round_ticks(limits, log=False, span=span) if ticks is None else [float(tick) for tick in ticks]

    # Where things are

    def spot(self, value: npt.ArrayLike, place: npt.ArrayLike) -> Floats:
        """Scene points (3,) or (n, 3) of ``value``, in data units, in the middle of the slot numbered ``place``."""
        value, place = np.broadcast_arrays(
            np.asarray(value, dtype=float), np.asarray(place, dtype=float) + 0.5
        )
        return self.at(place, value) if self.upright else self.at(value, -place)

    def reading(self, points: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Values in data units and places, each (...), of scene ``points`` (..., 3)."""
        data = self.inverse(points)
        value, place = (data[..., 1], data[..., 0]) if self.upright else (data[..., 0], -data[..., 1])
        return value, place - 0.5

    def number_of(self, which: int | str) -> int:
        """The number, from 0, of the item named ``which``.  Raises ``ValueError`` for one that there is not."""
        if isinstance(which, str):
            if which not in self.slot_names:
                raise ValueError(f"no {which!r} among {', '.join(self.slot_names)}")
            return self.slot_names.index(which)
        if not 0 <= which < len(self.slot_names):
            raise ValueError(f"no number {which} among {len(self.slot_names)}: {', '.join(self.slot_names)}")
        return which

    # What is bright

    def shade(self, strength: npt.ArrayLike) -> Self:
        """Let what stands in the slots step back, with its name: ``strength`` from 0 to 1, one or (n,)."""
        raise NotImplementedError

    def only(self, *which: int | str) -> Self:
        """Bring the items named to full strength, and let all others step back."""
        lit = [self.number_of(each) for each in which]
        return self.shade([1.0 if number in lit else MUTED for number in range(len(self.slot_names))])

    def light(self) -> Self:
        """Bring all items back to full strength."""
        return self.shade(1.0)

    # How it is drawn

    def _draw_axes(self, ticks: list[float], label: str) -> None:
        count, (low, high) = len(self.slot_names), self.value_limits
        first, last = -0.5, count - 0.5
        if ticks:
            spots = np.array(ticks)
            self.grid.points = pieces(self.spot(spots, first), self.spot(spots, last))
        ground = float(np.clip(0.0, low, high))
        self.zero.points = pieces(self.spot([ground], first), self.spot([ground], last))
        below = DOWN if not self.upright else LEFT
        edge = last if not self.upright else first
        for text, tick in zip(self.numbers, ticks, strict=True):
            text.next_to(self.spot(tick, edge), below, buff=GAP)
        box = self.box
        capital = ink.LABEL * ink.UNITS_PER_PIXEL
        for place, name in enumerate(self.names):
            if self.upright:
                foot = box[0, 1] - self._free[0] - GAP
                name.next_to((self.spot(low, place)[0], foot, 0.0), DOWN, buff=0.0)
                if "\n" not in self.slot_names[place]:  # all stand on one line, with and without tails
                    name.shift((0.0, foot - capital - words.baseline(name), 0.0))
            else:
                middle = self.spot(low, place)
                name.next_to((box[0, 0] - self._free[0], middle[1], 0.0), LEFT, buff=GAP)
                if "\n" not in self.slot_names[place]:
                    name.shift((0.0, middle[1] - capital / 2 - words.baseline(name), 0.0))
        if not label:
            return
        name = words.label(label, color=ink.quiet)
        if self.upright:
            corner = min([box[3, 0], *(float(text.get_left()[0]) for text in self.numbers)])
            name.next_to((corner, box[3, 1] + self._free[1], 0.0), UP + RIGHT, buff=0.0).shift(2 * GAP * UP)
        else:
            floor = min([box[0, 1], *(float(text.get_bottom()[1]) for text in self.numbers)])
            name.next_to((box[:2, 0].mean(), floor, 0.0), DOWN, buff=GAP)
        self.axis_name.add(name)
