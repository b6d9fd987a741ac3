"""A parameter sweep: results that were computed at some values of a parameter, shown at any value between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self, SupportsFloat

import numpy as np
import numpy.typing as npt
from manim import Mobject, smooth

from scenes.kit.drive import Drive, drive
from scenes.kit.path import Floats
from scenes.kit.score import Score
from scenes.kit.value import Mixture, Reading, Value

Changed = tuple[Mobject, ...]
"""What a function that is driven has changed: the mobjects themselves, as they are on the stage."""


class ParameterSweep(Value):
    """Rising values ``stops`` (m,) of a parameter at which results are known, and its ``value`` now.

    Whatever has one entry for each stop can be seen at that value: arrays are mixed by :meth:`mix`, all else is
    taken from the nearest stop, number :attr:`row`.  A metric of what was computed at the stops is never mixed, and
    changes when one of them is reached: :meth:`score`.  As a :class:`Value` it is read by gauges and pictures::

        gamma = ParameterSweep(gammas, log=True)
        gamma.draws(lambda _: street.wind(gamma.mix(levels)))
        place.aside(Gauge("gamma", gamma), Gauge("error", gamma.score(errors)))
        self.play(gamma.to(10.0), run_time=pace.LONG)

    ``log`` spaces values by their logarithms.  Raises ``ValueError`` for stops that do not rise, fewer than two
    of them, or stops that are not positive on a logarithmic scale.
    """

    def __init__(self, stops: npt.ArrayLike, *, log: bool = False, value: float | None = None) -> None:
        self.stops: Floats = np.asarray(stops, dtype=float)
        if len(self.stops) < 2 or not (np.diff(self.stops) > 0).all() or (log and self.stops[0] <= 0):
            raise ValueError(
                f"a parameter sweep needs at least two rising stops{' above 0' * log}: {self.stops.tolist()}"
            )
        super().__init__(self.stops[0], log=log)
        self.set(self.stops[0] if value is None else value)

    def set(self, number: SupportsFloat) -> Changed:
        """Stand at ``number``; beyond the first and the last stop it stays there."""
        number = float(np.clip(float(number), self.stops[0], self.stops[-1]))
        way = self._spaced(self.stops)
        self._place = float(np.interp(self._spaced(number), way, np.arange(len(way))))
        return super().set(number)

    def turn(self, value: float) -> Self:
        """As :meth:`set`, for who goes on with the reel."""
        self.set(value)
        return self

    @property
    def place(self) -> float:
        """Where it stands among the stops: 2.5 is half way from number 2 to number 3."""
        return self._place

    @property
    def row(self) -> int:
        """Number of the nearest stop."""
        return round(self._place)

    def mix(self, samples: npt.ArrayLike) -> Floats:
        """``samples`` (m, ...) as they are at the value: straight between the two stops around it."""
        entries = self._entries(samples)
        before = min(int(self._place), len(self.stops) - 2)
        share = self._place - before
        return np.asarray((1 - share) * entries[before] + share * entries[before + 1])

    def mixed(self, samples: npt.ArrayLike) -> Mixture[Floats]:
        """For pictures: what :meth:`mix` makes of ``samples`` (m, ...) wherever the value stands.

        No live number shows it as it is: what is computed of a mixed state may be shown, by :meth:`Mixture.of`.
        """
        entries = self._entries(samples)
        return Mixture(lambda _: self.mix(entries), self)

    def score(self, numbers: npt.ArrayLike) -> Score:
        """For gauges: ``numbers`` (m,), a metric of what was computed at each stop; it changes when one is reached."""
        return Score(self, numbers)

    def nearest(self, samples: npt.ArrayLike) -> Reading[Floats]:
        """For pictures: the entry of ``samples`` (m, ...) for the stop that is nearest to the value."""
        entries = self._entries(samples)
        return self.of(lambda _: entries[self.row])

    def run(
        self,
        to: float,
        show: Callable[[], Changed],
        run_time: float = 1.0,
        rate_func: Callable[[float], float] = smooth,
    ) -> Drive:
        """An animation from the value at this call to ``to``, at an even pace (of the logarithm, if ``log``).

        ``show`` is called on each frame; it draws what belongs to the value and returns the mobjects that it
        changes, as for :func:`scenes.kit.drive.drive`.
        """
        start, end = self._spaced(np.array([self.value, to]))

        def path(share: float) -> Changed:
            here = start + share * (end - start)
            self.turn(float(np.exp(here) if self.log else here))
            return show()

        return drive(path, run_time=run_time, rate_func=rate_func)

    def _entries(self, samples: npt.ArrayLike) -> npt.NDArray[Any]:
        """``samples`` as an array; ``ValueError`` unless it has one entry for each stop."""
        entries = np.asarray(samples)
        if len(entries) != len(self.stops):
            raise ValueError(f"{len(self.stops)} stops cannot show {len(entries)} samples")
        return entries

    def _spaced(self, values: npt.ArrayLike) -> Floats:
        return np.log(values) if self.log else np.asarray(values, dtype=float)
