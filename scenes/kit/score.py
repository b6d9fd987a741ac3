"""A score: a metric of states that were computed, such as the accuracy of a fitted model.

Between two fitted models there is a picture, which may be mixed, but no model, and so nothing that could have an
accuracy.  A score therefore keeps the number of the last state that was reached until the next one is::

    gamma = ParameterSweep(gammas, log=True)
    place.aside(Gauge("gamma", gamma), Gauge("error", gamma.score(errors), 3))
    self.play(gamma.to(10.0), run_time=pace.LONG)
"""

from __future__ import annotations

import math
from typing import Any, Final, NoReturn, Protocol

import numpy as np
import numpy.typing as npt

from scenes.kit.path import Floats
from scenes.kit.value import Source, Value


class Stops(Protocol):
    """What a score needs of a sweep: see :class:`scenes.kit.parameter_sweep.ParameterSweep`."""

    stops: Floats

    @property
    def roots(self) -> tuple[Value, ...]:
        """The values that it depends on."""

    @property
    def place(self) -> float:
        """Where it stands among the stops."""

    @property
    def value(self) -> float:
        """The parameter now."""


_HAIR: Final = 1e-9
"""Of the way between two stops: what is nearer has reached one."""


class Score(Source[float]):
    """One of ``numbers`` (m,) for each stop of ``sweep``: that of the stop which it stands at, or has passed last.

    Raises ``ValueError`` for another count of numbers than stops, and for a sweep that begins between two of them;
    ``TypeError`` where it is taken for an array, as who mixes it would.
    """

    def __init__(self, sweep: Stops, numbers: npt.ArrayLike) -> None:
        super().__init__(sweep.roots)
        self._numbers = np.array(numbers, dtype=float)
        if self._numbers.shape != sweep.stops.shape:
            raise ValueError(
                f"{len(sweep.stops)} stops have a score each, a number; not {self._numbers.shape} numbers"
            )
        self._sweep = sweep
        self._row = round(sweep.place)
        self._seen = sweep.place
        if abs(sweep.place - self._row) > _HAIR:
            raise ValueError(
                f"a score begins at a state that was computed, not at {sweep.value:g} between two of the stops "
                f"{sweep.stops.tolist()}"
            )

    @property
    def value(self) -> float:
        """The number of the state that was reached last."""
        place = self._sweep.place
        reached = math.floor(place + _HAIR) if place >= self._seen else math.ceil(place - _HAIR)
        low, high = sorted((self._seen, place))
        if low - _HAIR <= reached <= high + _HAIR:
            self._row = reached
        self._seen = place
        return float(self._numbers[self._row])

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a score has no value between two states that were computed, and cannot be mixed")
