"""A reel: what was computed at samples of a dial, shown at any place between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
import numpy.typing as npt
from manim import Mobject, smooth

from scenes.kit.drive import Drive, drive
from scenes.kit.path import Floats

Changed = tuple[Mobject, ...]
"""What a function that is driven has changed: the mobjects themselves, as they are on the stage."""


class Reel:
    """Rising ``stops`` (m,) of a dial, and the ``value`` at which it stands now.

    Whatever has one entry for each stop can be seen at that value: arrays are mixed by :meth:`mix`, all else is
    taken from the nearest stop, number :attr:`row`::

        reel = Reel(gammas, log=True)
        score = words.Readout(lambda: scores[reel.row])
        self.play(reel.run(10.0, lambda: street.wind(reel.mix(levels))), run_time=3)

    ``log`` spaces values by their logarithms.  Raises ``ValueError`` for stops that do not rise, fewer than two
    of them, or stops that are not positive on a logarithmic scale.
    """

    def __init__(self, stops: npt.ArrayLike, *, log: bool = False, value: float | None = None) -> None:
        self.stops: Floats = np.asarray(stops, dtype=float)
        self.log = log
        if len(self.stops) < 2 or not (np.diff(self.stops) > 0).all() or (log and self.stops[0] <= 0):
            raise ValueError(
                f"a reel needs at least two rising stops{' above 0' * log}: {self.stops.tolist()}"
            )
        self.turn(float(self.stops[0]) if value is None else value)

    def turn(self, value: float) -> Self:
        """Stand at ``value``; beyond the first and the last stop it stays there."""
        self.value = float(np.clip(value, self.stops[0], self.stops[-1]))
        way = self._along(self.stops)
        self._place = float(np.interp(self._along(self.value), way, np.arange(len(way))))
        return self

    @property
    def row(self) -> int:
        """Number of the nearest stop."""
        return round(self._place)

    def mix(self, samples: npt.ArrayLike) -> Floats:
        """``samples`` (m, ...) as they are at the value: straight between the two stops around it."""
        entries = np.asarray(samples)
        if len(entries) != len(self.stops):
            raise ValueError(f"{len(self.stops)} stops cannot show {len(entries)} samples")
        before = min(int(self._place), len(self.stops) - 2)
        share = self._place - before
        return np.asarray((1 - share) * entries[before] + share * entries[before + 1])

    def run(
        self,
        to: float,
        show: Callable[[], Changed],
        run_time: float = 1.0,
        rate_func: Callable[[float], float] = smooth,
    ) -> Drive:
        """An animation from the value that there is when it is made to ``to``, evenly on the dial's scale.

        ``show`` draws what there is at the value and returns the mobjects that it changes, as for
        :func:`scenes.kit.drive.drive`.
        """
        start, end = self._along(np.array([self.value, to]))

        def path(share: float) -> Changed:
            here = start + share * (end - start)
            self.turn(float(np.exp(here) if self.log else here))
            return show()

        return drive(path, run_time=run_time, rate_func=rate_func)

    def _along(self, values: npt.ArrayLike) -> Floats:
        return np.log(values) if self.log else np.asarray(values, dtype=float)
