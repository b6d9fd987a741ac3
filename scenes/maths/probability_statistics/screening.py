"""A test for a disease, and Bayes' theorem by counting.

Source: L. Wasserman, All of Statistics (2004), section 1.7.  The test is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

PEOPLE: Final = 1000
"""People of whom each that is ill, and each that gets an alarm, can be counted."""


@dataclass(frozen=True, slots=True)
class Screening:
    """A test: the ``prior`` share of ill people, the share of them that it ``catches``, and its ``false_alarms``.

    ``false_alarms`` is the share of the well that get an alarm.  All from 0 to 1; ``ValueError`` otherwise.
    """

    prior: float = 0.01
    catches: float = 0.80
    false_alarms: float = 0.10

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
        """Who of :data:`PEOPLE` people is ill, and who gets an alarm, each (people,).

        The ill come first, and who gets an alarm first among the ill and first among the well.
        """
        sick = round(self.prior * PEOPLE)
        number = np.arange(PEOPLE)
        ill = number < sick
        caught, scared = round(self.catches * sick), round(self.false_alarms * (PEOPLE - sick))
        return ill, np.where(ill, number < caught, number < sick + scared)
