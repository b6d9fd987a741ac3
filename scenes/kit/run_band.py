"""A run band: learning curves of several runs, with the band that holds most of them and their median."""

from __future__ import annotations

from typing import Final, Self

import numpy as np
import numpy.typing as npt
from manim import ManimColor, VGroup

from scenes.kit import ink
from scenes.kit.coordinates import Coordinates
from scenes.kit.line import Area, Curve
from scenes.kit.noun import HAIR, LINE, Mark, OnPlane
from scenes.kit.path import EMPTY, Floats, clip_pieces, pieces

_BAND: Final = (0.1, 0.9)
"""Quantiles between which the band lies."""


class RunBand(OnPlane, VGroup):
    """``runs`` (k, n), measured at ``xs`` (n,), rising, on ``plane``: drawn as far as :meth:`reach` has come.

    ``threads`` draws each run as a thin line, ``band`` the area between the tenth and the ninetieth percentile; the
    median is a line of full strength, dashed if ``dashed``.  Raises ``ValueError`` for ``xs`` that do not rise.
    """

    def __init__(
        self,
        plane: Coordinates,
        xs: npt.ArrayLike,
        runs: npt.ArrayLike,
        color: ManimColor = ink.first,
        *,
        threads: bool = True,
        band: bool = False,
        dashed: bool = False,
    ) -> None:
        super().__init__()
        self.plane = plane
        self.xs: Floats = np.asarray(xs, dtype=float)
        self.runs: Floats = np.asarray(runs, dtype=float)
        if len(self.xs) < 2 or not (np.diff(self.xs) > 0).all():
            raise ValueError("runs are measured at two rising places or more")
        self.band = Area(plane, color=color, fill=0.18 if band else 0.0)
        self.threads = Mark(plane, color=color, width=HAIR, opacity=0.7 if threads else 0.0)
        self.middle = Curve(plane, color, LINE, dashed)
        self.add(self.band, self.threads, self.middle)

    def reach(self, x: float) -> Self:
        """Draw every run, the band and the median from the first of ``xs`` as far as ``x``."""
        xs, runs = self._until(x)
        low, high = np.quantile(runs, _BAND, axis=0)
        self.band.redraw(xs, low, high)
        self.middle.redraw(xs, np.median(runs, axis=0))
        ways = np.stack([np.broadcast_to(xs, runs.shape), runs], axis=-1)
        starts, ends, _ = clip_pieces(
            ways[:, :-1].reshape(-1, 2), ways[:, 1:].reshape(-1, 2), *self.plane.limits
        )
        self.threads.draw(pieces(self.plane.at(starts), self.plane.at(ends)) if len(starts) else EMPTY)
        return self

    def _until(self, x: float) -> tuple[Floats, Floats]:
        """Places (m,) and runs (k, m) as far as ``x``, the last piece in part."""
        place = float(np.interp(x, self.xs, np.arange(len(self.xs))))
        whole = min(int(place), len(self.xs) - 2)
        share = place - whole
        tip = (1 - share) * self.runs[:, whole] + share * self.runs[:, whole + 1]
        end = (1 - share) * self.xs[whole] + share * self.xs[whole + 1]
        return np.append(self.xs[: whole + 1], end), np.column_stack([self.runs[:, : whole + 1], tip])
