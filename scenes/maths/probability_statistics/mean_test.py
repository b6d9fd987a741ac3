"""A test of a mean by its z-score: how far it lies from what the null hypothesis says, in standard errors."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from scenes.maths.probability_statistics.processes import within, z_score


@dataclass(frozen=True, slots=True)
class MeanTest:
    """The mean ``seen`` of ``n`` values, where the null hypothesis says ``mu``, and ``sigma`` is known.

    Source: G. Casella and R. L. Berger, Statistical Inference, 2nd edition (2002), section 8.3.
    """

    seen: float = 105.0
    mu: float = 100.0
    sigma: float = 15.0
    n: int = 36

    @property
    def error(self) -> float:
        """The standard error: sigma over root n."""
        return self.sigma / sqrt(self.n)

    @property
    def z(self) -> float:
        """How many standard errors the mean lies above mu."""
        return z_score(self.seen, self.mu, self.error)

    @property
    def p_value(self) -> float:
        """Probability, if the null hypothesis holds, of a mean at least so far from mu, to either side."""
        return 1 - within(abs(self.z))
