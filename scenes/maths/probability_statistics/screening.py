"""A test for a disease, and Bayes' theorem by counting.

Source: L. Wasserman, All of Statistics (2004), section 1.7.  The test is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

SIDE: Final = 100
"""People along each side of the square in which they stand."""


@dataclass(frozen=True, slots=True)
class Screening:
    """A test: the ``prior`` share of ill people, the share of them that it ``catches``, and its ``false_alarms``.

    ``false_alarms`` is the share of the well that get an alarm.  All from 0 to 1; ``ValueError`` otherwise.
    """

    prior: float = 0.01
    catches: float = 0.90
    false_alarms: float = 0.05

    def __post_init__(self) -> None:
        """Check that all three are probabilities."""
        if not all(0 <= share <= 1 for share in (self.prior, self.catches, self.false_alarms)):
            raise ValueError(f"shares lie between 0 and 1: {self}")

    @property
    def true_alarm(self) -> float:
        """P(alarm and ill): an area of the unit square."""
        return self.prior * self.catches

    @property
    def false_alarm(self) -> float:
        """P(alarm and well): an area of the unit square."""
        return (1 - self.prior) * self.false_alarms

    @property
    def evidence(self) -> float:
        """P(alarm): both areas."""
        return self.true_alarm + self.false_alarm

    @property
    def posterior(self) -> float:
        """P(ill | alarm), by Bayes' theorem.  ``ZeroDivisionError`` where nobody gets an alarm."""
        return self.true_alarm / self.evidence

    def people(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Who of ``SIDE`` × ``SIDE`` people is ill, and who gets an alarm, each (rows, columns), row 0 lowest.

        The ill stand in the first columns, and who gets an alarm in the lowest rows.
        """
        columns, rows = np.meshgrid(np.arange(SIDE) + 0.5, np.arange(SIDE) + 0.5)
        ill = columns < self.prior * SIDE
        alarm = rows < np.where(ill, self.catches, self.false_alarms) * SIDE
        return ill, alarm
