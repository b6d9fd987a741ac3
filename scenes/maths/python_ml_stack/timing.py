"""How long a Python loop takes over the photograph, and how long one vectorised operation: measured once, and kept.

Run it to measure anew on your own machine; what the lesson says is what stands in ``timing.json``::

    python -m scenes.maths.python_ml_stack.timing

Drawing a lesson measures nothing.  Seconds are those in which a processor worked on the job (``time.process_time``),
and each time is the least of several runs, since whatever else a machine does can only add to it (Python manual,
``timeit``).
"""

from __future__ import annotations

import json
import platform
import time
import timeit
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from scenes.maths.python_ml_stack import data

FACTOR: Final = 1.5
"""By which each number of the photograph is multiplied."""
FILE: Final = Path(__file__).with_name("timing.json")
RUNS: Final = 15
"""Of which the fastest is kept, for what is slow."""
QUICK: Final = 1000
"""And for the one line."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of each job, the least of several runs, and where they were measured.

    ``list_loop`` and ``array_loop`` multiply ``numbers`` float64 one by one, by index, in a list and in an array;
    ``one_line`` is the same array times a number.
    """

    numbers: int
    list_loop: float
    array_loop: float
    one_line: float
    machine: str
    date: str
    python: str
    numpy: str

    @property
    def machine_name(self) -> str:
        """The processor without its maker's marks."""
        return self.machine.replace("(R)", "").removesuffix(" Processor")

    @property
    def gain(self) -> float:
        """How many times as long the loop over the array takes as the one line."""
        return self.array_loop / self.one_line

    @property
    def over_list(self) -> float:
        """How many times as long the loop over the list takes as the one line."""
        return self.list_loop / self.one_line

    @property
    def wrapping(self) -> float:
        """How many times as long the loop over the array takes as that over the list."""
        return self.array_loop / self.list_loop


def brighten(values: Sequence[float] | np.ndarray, out: list[float] | np.ndarray) -> object:
    """Multiply ``values`` (n,) by the factor one by one, into ``out`` (n,): the loop that is measured."""
    for i in range(len(values)):
        out[i] = values[i] * FACTOR
    return out


def read() -> Timing:
    """What was measured and kept."""
    return Timing(**json.loads(FILE.read_text(encoding="utf-8")))


def measure(runs: int = RUNS, quick: int = QUICK) -> Timing:
    """Measure on this machine: ``runs`` of what is slow, ``quick`` of the one line."""
    array = data.photograph().ravel().astype(np.float64)
    numbers = array.tolist()
    filled, empty = [0.0] * len(numbers), np.empty_like(array)
    return Timing(
        len(numbers),
        least(lambda: brighten(numbers, filled), runs),
        least(lambda: brighten(array, empty), runs),
        least(lambda: array * FACTOR, quick),
        _machine(),
        datetime.now(UTC).date().isoformat(),
        platform.python_version(),
        np.__version__,
    )


def least(job: Callable[[], object], runs: int) -> float:
    """Seconds of the fastest of ``runs``."""
    return min(timeit.repeat(job, timer=time.process_time, number=1, repeat=runs))


def _machine() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


if __name__ == "__main__":
    FILE.write_text(json.dumps(asdict(measure()), indent=2) + "\n", encoding="utf-8")
