"""A histogram: values that fall into bins and pile up as bars, of one group or of several that part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from manim import LEFT, RIGHT, ManimColor, VGroup, VMobject

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.dot import Dots
from scenes.kit.line import Curve, Stems
from scenes.kit.noun import HAIR, LINE, OnPlane
from scenes.kit.path import Floats, loops
from scenes.kit.readout import numeral

MOST_DROPS: Final = 1500
"""More values than these are not drawn one by one."""
_AIR: Final = 0.3
"""Share of the whole fall that one value is in the air."""
_STEPPED_BACK: Final = 0.35
"""Opacity of what lies below a threshold."""
_OVERLAID: Final = 0.78
"""Opacity of bars that stand before others."""
_GAP: Final = 0.2


@dataclass(frozen=True, slots=True)
class _State:
    """What is drawn: shares from 0 to 1, and the value below which bars step back."""

    fallen: float
    solid: float
    parted: float
    cut: float


class Histogram(OnPlane, VGroup):
    """Counts of ``values`` (n,) in bins between ``edges`` (k + 1,), which rise; on a ``plane`` whose x they share.

    ``groups`` (n,) number the values' groups from 0; each has its colour of ``colors``.  Groups are stacked at first;
    parted they stand before each other, each on the ground, or ``mirrored``: the second one hangs from it.  With
    ``density`` y is the share of all values, or of a parted group's, per unit of x, and not a count.

    Nothing has fallen at first: :meth:`redraw` lets it.  Each value is a dot, ``dots``, that takes up as much of a bar
    as it counts; there are none where there are more than :data:`MOST_DROPS`.  A value on an edge belongs to the bin
    above it, on the last edge to that below, as numpy has it; what lies outside is left out.

    Raises ``ValueError`` for values or groups that are no list of finite numbers of one length, for edges that do not
    rise, and for more groups than colours.
    """

    def __init__(
        self,
        plane: Coordinates,
        values: npt.ArrayLike,
        edges: npt.ArrayLike,
        groups: npt.ArrayLike | None = None,
        colors: Sequence[ManimColor] = ink.CLASSES,
        *,
        density: bool = False,
        mirrored: bool = False,
    ) -> None:
        super().__init__()
        self.plane = plane
        self.density, self.mirrored = density, mirrored
        self.values: Final[Floats] = np.asarray(values, dtype=float)
        self.edges: Final[Floats] = np.asarray(edges, dtype=float)
        self.groups: Final = np.zeros(len(self.values), int) if groups is None else np.asarray(groups)
        if (
            self.values.ndim != 1
            or not np.isfinite(self.values).all()
            or self.groups.shape != self.values.shape
        ):
            raise ValueError(
                f"expected finite values (n,) and as many groups, not {self.values.shape} and {self.groups.shape}"
            )
        if self.edges.ndim != 1 or len(self.edges) < 2 or not (np.diff(self.edges) > 0).all():
            raise ValueError(f"expected two edges or more that rise, not {self.edges.tolist()}")
        self.kinds = int(self.groups.max(initial=0)) + 1
        if self.kinds > len(colors) or self.groups.min(initial=0) < 0:
            raise ValueError(
                f"groups are numbered 0 to {len(colors) - 1}, not {sorted({*self.groups.tolist()})}"
            )
        self.colors = tuple(colors[: self.kinds])
        inside = (self.values >= self.edges[0]) & (self.values <= self.edges[-1])
        self._bins = np.clip(np.searchsorted(self.edges, self.values, "right") - 1, 0, len(self.edges) - 2)
        self._bins[~inside] = -1
        self._seat = self._piled()
        self.behind, self.bars = (VGroup(*map(self._blank, self.colors)) for _ in range(2))
        drawn = len(self.values) <= MOST_DROPS
        self.dots = Dots(
            plane,
            np.zeros((len(self.values) * drawn, 2)),
            [self.colors[g] for g in self.groups[: len(self.values) * drawn]],
        )
        self.line = Stems(plane, ink.focus, LINE)
        self.figures = VGroup(
            *(VMobject(fill_color=color, fill_opacity=1.0, stroke_width=0) for color in self.colors)
        )
        self.add(self.behind, self.bars, self.dots, self.line, self.figures)
        self._draw(_State(0.0, 0.0 if drawn else 1.0, 0.0, -np.inf))

    def _blank(self, color: ManimColor) -> VMobject:
        return VMobject(fill_color=color, fill_opacity=1.0, stroke_color=ink.ground, stroke_width=HAIR)

    def redraw(
        self, fallen: float | None = None, solid: float | None = None, parted: float | None = None
    ) -> Self:
        """Show it with a share, each from 0 to 1, of the values ``fallen``, of the pile turned ``solid``, of the groups
        ``parted``; what is not named stays.

        Values fall in their order, and bars count those that have landed.
        """
        given = {"fallen": fallen, "solid": solid, "parted": parted}
        named = {name: min(max(share, 0.0), 1.0) for name, share in given.items() if share is not None}
        return self._draw(replace(self._state, **named))

    def cut(self, at: float) -> Self:
        """Draw a threshold at ``at``, in data units of x: what lies below steps back, and both sides are counted.

        Numbers count the values themselves, so that they are true wherever the threshold is; -inf takes it away.
        """
        return self._draw(replace(self._state, cut=at))

    # What it says

    def counts(self, group: int | None = None) -> npt.NDArray[np.int_]:
        """Values (k,) in each bin, of one group or of all."""
        chosen = self._bins >= 0 if group is None else (self._bins >= 0) & (self.groups == group)
        return np.bincount(self._bins[chosen], minlength=len(self.edges) - 1)

    def heights(self, group: int | None = None, parted: bool = False) -> Floats:
        """Of the bars (k,): counts, or with ``density`` shares per unit of x, of all or, ``parted``, of the group."""
        return np.asarray(self.counts(group) * self._unit(group, float(parted)))

    def seats(self) -> Floats:
        """Data units (n, 2) of the places of all values in the piles, as far as their groups have parted.

        Other dots may go there: ``glide(dots.redraw, dots.values, histogram.seats())``.
        """
        return self._points(np.ones(len(self.values)), self._state.parted)

    def fit(
        self,
        pdf: Callable[[Floats], npt.ArrayLike],
        group: int | None = None,
        color: ManimColor = ink.chalk,
        samples: int = 200,
        **style: Any,
    ) -> Curve:
        """The curve of a probability density ``pdf`` (of x, per unit of x) in the units of the bars.

        That of a ``group`` fits its parted bars.  For counts it is multiplied by the number of values and the width
        of a bin, so bins have to be equally wide; raises ``ValueError`` where they are not.
        """
        xs = np.linspace(self.edges[0], self.edges[-1], samples)
        ys = np.asarray(pdf(xs), dtype=float)
        if not self.density:
            widths = np.diff(self.edges)
            if not np.allclose(widths, widths[0]):
                raise ValueError("a density has no one height in counts where bins are not equally wide")
            ys = ys * widths[0] * self._count(group)
        side = -1.0 if self.mirrored and group == 1 else 1.0
        return Curve(self.plane, color, **style).redraw(xs, side * ys)

    def cut_counts(self, at: float) -> npt.NDArray[np.int_]:
        """Values of each group below ``at`` and at or above it (groups, 2)."""
        above = self.values >= at
        return np.array(
            [[np.sum((self.groups == g) & side) for side in (~above, above)] for g in range(self.kinds)]
        )

    @property
    def shown_texts(self) -> tuple[str, ...]:
        """The numbers beside the threshold: below and above it, group by group."""
        return (
            tuple(map(str, self.cut_counts(self._state.cut).ravel())) if np.isfinite(self._state.cut) else ()
        )

    # How it is drawn

    def _draw(self, state: _State) -> Self:
        self._state = state
        way = self._way(state.fallen)
        bases, tops = self._stacks(self._table(way >= 1), state.parted)
        for group, (front, back) in enumerate(zip(self.bars, self.behind, strict=True)):
            # What stands before others lets them shine through.
            full = 1 - state.parted * (1 - _OVERLAID) * (group > 0 and not self.mirrored)
            sides = (front, state.cut, np.inf, full), (back, -np.inf, state.cut, full * _STEPPED_BACK)
            for bars, low, high, share in sides:
                bars.points = self._boxes(bases[group], tops[group], low, high)
                bars.fill_rgbas[:, 3] = state.solid * share
                bars.stroke_rgbas[:, 3] = state.solid
        if len(self.dots):
            known = (self._bins >= 0) & (way > 0)
            self.dots.redraw(self._points(way, state.parted), np.where(known, self._radius(), 0.0))
            self.dots.shade((1 - state.solid) * np.where(self.values < state.cut, _STEPPED_BACK, 1.0))
        self._draw_threshold(state.cut)
        return self

    def _draw_threshold(self, at: float) -> None:
        (_, low), (_, high) = self.plane.limits
        if not np.isfinite(at):
            for each in (self.line, *self.figures):
                each.points = self._nothing()
            return
        self.line.redraw([at], low, high)
        foot, top = self.plane.at(at, low), self.plane.at(at, high)
        down = (foot - top) / np.linalg.norm(foot - top)
        line = 1.7 * ink.LABEL * ink.UNITS_PER_PIXEL
        for group, (figure, counts) in enumerate(zip(self.figures, self.cut_counts(at), strict=True)):
            paths = []
            for count, side in zip(counts, (LEFT, RIGHT), strict=True):
                path = numeral(str(count))
                aside = float(np.ptp(path[:, 0])) / 2 + _GAP
                paths.append(path + top + (group + 0.5) * line * down + aside * side)
            figure.points = np.concatenate(paths)

    def _way(self, fallen: float) -> Floats:
        """How far each value has fallen (n,), 0 to 1."""
        begin = np.arange(len(self.values)) / max(len(self.values), 1)
        return np.clip((fallen * (1 + _AIR) - begin) / _AIR, 0.0, 1.0)

    def _points(self, way: Floats, parted: float) -> Floats:
        """Data units (n, 2) of the values after ``way`` (n,) of their fall: each goes down at its own x to its bin."""
        bases, tops = self._stacks(self._table(np.ones(len(self.values), bool)), parted)
        across, up = self._seat
        base, top = bases[self.groups, self._bins], tops[self.groups, self._bins]
        ends = np.column_stack([across, base + up * (top - base)])
        starts = np.column_stack([self.values, np.full(len(self.values), self.plane.limits[1][1])])
        settled = np.clip((way - 0.6) / 0.4, 0.0, 1.0)
        shares = np.column_stack([settled**2 * (3 - 2 * settled), way**2])
        return np.asarray(starts + shares * (ends - starts))

    def _piled(self) -> tuple[Floats, Floats]:
        """Where in its bin each value lies: its x (n,) in data units, and how high in its group's bar (n,), 0 to 1."""
        rank = np.zeros(len(self.values), int)
        for group in range(self.kinds):
            for number in range(len(self.edges) - 1):
                members = np.flatnonzero((self.groups == group) & (self._bins == number))
                rank[members] = np.arange(len(members))
        columns, counts = self._columns()[self._bins], self._table(self._bins >= 0)[self.groups, self._bins]
        left, wide = self.edges[self._bins], np.diff(self.edges)[self._bins]
        across = left + (rank % columns + 0.5) / columns * wide
        return across, (rank // columns + 0.5) * columns / np.maximum(counts, 1)

    def _columns(self) -> npt.NDArray[np.int_]:
        """Dots side by side in each bin (k,), so that one takes as much room upwards as across."""
        wide, high = self._sizes()
        return np.maximum(np.rint(np.sqrt(wide / high)), 1).astype(int)

    def _radius(self) -> float:
        """Of the dots, in scene units: as large as the narrowest bin has room for."""
        wide, high = self._sizes()
        columns = self._columns()
        return 0.46 * float(np.minimum(wide / columns, high * columns).min())

    def _sizes(self) -> tuple[Floats, Floats]:
        """Scene units (k,) that a bin is wide, and that one value is high in it."""
        bottom = self.plane.limits[0][1]
        corners = self.plane.at(self.edges, bottom)
        tops = self.plane.at(self.edges[:-1], bottom + self._unit(None, 0.0))
        return np.linalg.norm(np.diff(corners, axis=0), axis=1), np.linalg.norm(tops - corners[:-1], axis=1)

    def _unit(self, group: int | None, parted: float) -> Floats:
        """Height (k,) of one value of a group, in units of y."""
        wide = np.diff(self.edges)
        if not self.density:
            return np.ones(len(wide))
        return np.asarray(((1 - parted) / self._count(None) + parted / self._count(group)) / wide)

    def _count(self, group: int | None) -> int:
        return max(int(self.counts(group).sum()), 1)

    def _table(self, which: npt.NDArray[np.bool_]) -> npt.NDArray[np.int_]:
        """Counts (groups, k) of the values (n,) chosen by a mask."""
        chosen, bins = which & (self._bins >= 0), len(self.edges) - 1
        flat = np.bincount(self.groups[chosen] * bins + self._bins[chosen], minlength=self.kinds * bins)
        return flat.reshape(self.kinds, bins)

    def _stacks(self, counts: npt.NDArray[np.int_], parted: float) -> tuple[Floats, Floats]:
        """Where the bars of each group begin and end (groups, k), in units of y."""
        high = counts * np.array([self._unit(group, parted) for group in range(self.kinds)])
        bases = (1 - parted) * (high.cumsum(axis=0) - high)
        down = np.array([self.mirrored and group == 1 for group in range(self.kinds)])[:, None]
        return bases, bases + high * np.where(down, 1 - 2 * parted, 1.0)

    def _boxes(self, bases: Floats, tops: Floats, low: float, high: float) -> Floats:
        """Outlines of the bars' parts between two values of x."""
        edges = np.clip(self.edges, low, high)
        seen = (edges[1:] > edges[:-1]) & (bases != tops)
        if not seen.any():
            return self._nothing()
        left, right, base, top = edges[:-1][seen], edges[1:][seen], bases[seen], tops[seen]
        corners = np.stack([left, base, right, base, right, top, left, top], axis=-1).reshape(-1, 2)
        return loops(self.plane.at(np.clip(corners, *self.plane.limits)).reshape(-1, 4, 3))

    def _nothing(self) -> Floats:
        """A path that shows nothing; manim turns one into another only where both have points."""
        return np.repeat(self.plane.box[:1], 4, axis=0)
