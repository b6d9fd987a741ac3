"""A bundle: many curves over the same xs, drawn faintly, with their middle, a band, and one of them lit.

Learning curves of several seeds, a model fitted to many samples, a prediction for each of many people::

    fits = Bundle(plane, xs, curves, middle_color=ink.focus, band="sd")
    self.play(glide(fits.reveal, 0.0, 50.0))              # one after another, each from left to right
    self.play(fits.animate.summarise(middle=1.0))       # their mean
    self.play(fits.animate.light(7))                    # one of them
    self.play(fits.animate.redraw(others))              # and all become another bundle
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, Self

import numpy as np
import numpy.typing as npt
from manim import LineJointType, ManimColor, VGroup

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.drive import Drive, drive
from scenes.kit.glide import blend, glide
from scenes.kit.line import Area, Curve
from scenes.kit.noun import LINE, THIN, Mark, OnPlane, slowly
from scenes.kit.path import EMPTY, Floats, clip_pieces, pieces
from scenes.kit.review_hints import backdrop

Middle = Literal["mean", "median"]
Band = Literal["sd"] | tuple[float, float]

_PATHS: Final = 10
"""Paths that share the threads: where threads of several paths cross, the bundle is denser to the eye."""
_STRENGTH: Final = (0.38, 0.55)
"""Opacity of a thread among very many, and what a thread alone has more."""
_BEHIND: Final = 0.4
"""Share of their strength that threads keep behind a lit curve."""
_FILL: Final = 0.3
"""Opacity of the band."""
_CASING: Final = 2.6
"""How many times as wide as a bright curve the dark rim is that keeps it apart from the threads."""


class Bundle(OnPlane, VGroup):
    """``curves`` (n, m), measured at ``xs`` (m,), rising, all in data units, on ``plane``.

    Its parts, from behind: ``band``, ``threads`` (all curves), ``middle``, and ``lit``, one curve in ``lit_color``.
    The ``middle`` is at each x the mean or the median of the curves that are shown; the band lies one standard
    deviation (``"sd"``, of n, not n - 1) about their mean, or between two percentiles such as ``(10, 90)``.  At first
    all curves are shown, and neither middle, band nor one of them.

    Raises ``ValueError`` for ``xs`` that do not rise, curves that are not finite or not as long, and percentiles that
    are not two from 0 to 100.
    """

    def __init__(
        self,
        plane: Coordinates,
        xs: npt.ArrayLike,
        curves: npt.ArrayLike,
        color: ManimColor = ink.first,
        *,
        middle: Middle = "mean",
        band: Band = "sd",
        middle_color: ManimColor | None = None,
        lit_color: ManimColor = ink.chalk,
    ) -> None:
        super().__init__()
        self.plane = plane
        self.xs: Floats = np.asarray(xs, dtype=float)
        if self.xs.ndim != 1 or len(self.xs) < 2 or not (np.diff(self.xs) > 0).all():
            raise ValueError("a bundle is measured at two rising xs or more")
        if band != "sd" and not 0 <= band[0] < band[1] <= 100:
            raise ValueError(f"a band lies between two percentiles from 0 to 100, not {band}")
        self.curves = self._checked(curves)
        self._kind, self._limits = middle, band
        self._until, self._count = float(self.xs[-1]), float(len(self.curves))
        self._shares = (0.0, 0.0)
        self._lit: tuple[int, float] = (0, 0.0)
        self.band = Area(plane, color=middle_color or color)
        self.threads = VGroup(*(Mark(plane, color=color, width=THIN) for _ in range(_PATHS)))
        for path in self.threads:
            path.joint_type = LineJointType.ROUND
        self.middle = Curve(plane, middle_color or color, 1.5 * LINE)
        self.lit = Curve(plane, lit_color, LINE)
        self.add(backdrop(self.band), backdrop(self.threads), self.middle, self.lit)
        self._draw()

    def redraw(self, curves: npt.ArrayLike) -> Self:
        """Run through other ``curves`` (n, m): each becomes the one in the same row.

        Middle and band are at every moment those of the curves as they are drawn.
        Raises ``ValueError`` for another number of curves or of values.
        """
        self.curves = self._same_size(curves)
        return self._draw()

    @slowly(redraw)
    def _redraw_slowly(self, curves: npt.ArrayLike, anim_args: Mapping[str, Any] | None = None) -> Drive:
        return glide(self.redraw, self.curves, self._same_size(curves), **(anim_args or {}))

    def reach(self, x: float) -> Self:
        """Draw everything from the left as far as ``x``, in data units."""
        self._until = float(np.clip(x, self.xs[0], self.xs[-1]))
        return self._draw()

    @slowly(reach)
    def _reach_slowly(self, x: float, anim_args: Mapping[str, Any] | None = None) -> Drive:
        return glide(self.reach, self._until, float(x), **(anim_args or {}))

    def reveal(self, count: float) -> Self:
        """Draw the first ``count`` curves; of the last one, if ``count`` is no whole number, that share from the left.

        Middle and band are those of the whole ones.  Raises ``ValueError`` for more curves than there are.
        """
        if not 0 <= count <= len(self.curves):
            raise ValueError(f"a bundle of {len(self.curves)} curves cannot show {count:g}")
        self._count = float(count)
        return self._draw()

    @slowly(reveal)
    def _reveal_slowly(self, count: float, anim_args: Mapping[str, Any] | None = None) -> Drive:
        return glide(self.reveal, self._count, float(count), **(anim_args or {}))

    def summarise(self, middle: float | None = None, band: float | None = None) -> Self:
        """Show the middle and the band by these shares of full strength, 0 to 1; what is not named stays."""
        self._shares = self._summary(middle, band)
        return self._draw()

    @slowly(summarise)
    def _summarise_slowly(
        self,
        middle: float | None = None,
        band: float | None = None,
        anim_args: Mapping[str, Any] | None = None,
    ) -> Drive:
        return glide(self.summarise, self._shares, self._summary(middle, band), **(anim_args or {}))

    def light(self, number: int | None) -> Self:
        """Light the curve of that row, from 0, and let the others step back; ``None`` puts the light out.

        Under ``.animate`` the light goes out on one curve before it comes on another: there is none between them.
        Raises ``ValueError`` for a curve that is not there.
        """
        self._lit = self._light_on(number)
        return self._draw()

    @slowly(light)
    def _light_slowly(self, number: int | None, anim_args: Mapping[str, Any] | None = None) -> Drive:
        start, end = self._lit, self._light_on(number)
        if not start[1]:
            start = (end[0], 0.0)
        dark = ((start[0], 0.0), (end[0], 0.0))

        def path(share: float) -> None:
            if start[0] == end[0]:
                self._lit = (end[0], blend(start[1], end[1], share))
            elif share < 0.5:
                self._lit = blend(start, dark[0], 2 * share)
            else:
                self._lit = blend(dark[1], end, 2 * share - 1)
            self._draw()

        return drive(path, self, **(anim_args or {}))

    def curve(self, number: int, color: ManimColor = ink.chalk, width: float = LINE) -> Curve:
        """A curve of its own that lies on the whole one of that row as it is now: to be named, followed or kept.

        Raises ``ValueError`` for a curve that is not there.
        """
        row = self._light_on(number)[0]
        return Curve(self.plane, color, width).redraw(self.xs, self.curves[row])

    # How it is drawn

    def _draw(self) -> Self:
        place = float(np.interp(self._until, self.xs, np.arange(len(self.xs))))
        whole = int(self._count)
        shown, part = self.curves[:whole], self._count - whole
        xs, ways = self._part(shown, place)
        strength = _STRENGTH[0] + _STRENGTH[1] / max(self._count, 1.0) ** 0.5
        for number, path in enumerate(self.threads):
            drawn = self._threads(xs, ways[number::_PATHS])
            if part and whole % _PATHS == number:
                drawn = np.concatenate(
                    [drawn, self._threads(*self._part(self.curves[whole : whole + 1], part * place))]
                )
            path.points = drawn
            path.set_stroke(opacity=strength * (1 - (1 - _BEHIND) * self._lit[1]))
        if whole:
            low, middle, high = self._summed(ways)
            self.band.redraw(xs, low, high)
            self.middle.redraw(xs, middle)
        else:
            self.band.points = self.middle.points = EMPTY
        self.band.set_fill(opacity=_FILL * self._shares[1])
        xs, lit = self._part(self.curves[self._lit[0]][None], place)
        self.lit.redraw(xs, lit[0])
        for bright, share in ((self.middle, self._shares[0]), (self.lit, self._lit[1])):
            bright.set_stroke(opacity=share)
            bright.set_stroke(ink.ground, _CASING * bright.get_stroke_width(), share, background=True)
        return self

    def _threads(self, xs: Floats, ways: Floats) -> Floats:
        """The path of ``ways`` (k, m) over ``xs`` (m,), within the box."""
        points = np.stack([np.broadcast_to(xs, ways.shape), ways], axis=-1)
        starts, ends, _ = clip_pieces(
            points[:, :-1].reshape(-1, 2), points[:, 1:].reshape(-1, 2), *self.plane.limits
        )
        return pieces(self.plane.at(starts), self.plane.at(ends)) if len(starts) else EMPTY

    def _part(self, curves: Floats, place: float) -> tuple[Floats, Floats]:
        """xs (k,) and ``curves`` (n, k) as far as the sample ``place``, the last piece in part."""
        last = min(int(place), len(self.xs) - 2)
        share = place - last
        end = (1 - share) * self.xs[last] + share * self.xs[last + 1]
        tips = (1 - share) * curves[:, last] + share * curves[:, last + 1]
        return np.append(self.xs[: last + 1], end), np.column_stack([curves[:, : last + 1], tips])

    def _summed(self, ways: Floats) -> tuple[Floats, Floats, Floats]:
        """Lower edge, middle and upper edge (m,) of ``ways`` (k, m)."""
        mean = ways.mean(axis=0)
        middle = mean if self._kind == "mean" else np.median(ways, axis=0)
        if self._limits == "sd":
            spread = ways.std(axis=0)
            return mean - spread, middle, mean + spread
        low, high = np.percentile(ways, self._limits, axis=0)
        return low, middle, high

    # What is asked for

    def _checked(self, curves: npt.ArrayLike) -> Floats:
        given = np.asarray(curves, dtype=float)
        if given.ndim != 2 or not len(given) or given.shape[1] != len(self.xs):
            raise ValueError(f"curves over {len(self.xs)} xs are (n, {len(self.xs)}), not {given.shape}")
        if not np.isfinite(given).all():
            raise ValueError("the curves of a bundle must be finite")
        return given

    def _same_size(self, curves: npt.ArrayLike) -> Floats:
        given = self._checked(curves)
        if len(given) != len(self.curves):
            raise ValueError(f"a bundle of {len(self.curves)} curves cannot become one of {len(given)}")
        return given

    def _summary(self, middle: float | None, band: float | None) -> tuple[float, float]:
        now = self._shares
        return now[0] if middle is None else float(middle), now[1] if band is None else float(band)

    def _light_on(self, number: int | None) -> tuple[int, float]:
        if number is None:
            return self._lit[0], 0.0
        if not 0 <= number < len(self.curves):
            raise ValueError(f"the curves are numbered 0 to {len(self.curves) - 1}; there is no {number}")
        return int(number), 1.0
