"""Two ways to be wrong: errors of a test that tells a fair coin from one that is not.

Source: G. Casella and R. L. Berger, Statistical Inference, 2nd edition (2002), section 8.3.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

FAIR: Final = 0.5
"""Chance of heads if the null hypothesis holds."""
LOADED: Final = 0.7
"""Chance of heads of the coin that is to be found out."""
ALPHA: Final = 0.05
"""The significance level."""
SIZES: Final = (20, 50, 100)
"""Numbers of tosses that are compared."""
TRIED: Final = 20
"""True null hypotheses that are tested in a round."""
ROUNDS: Final = 10_000
"""Rounds of such tests."""


@dataclass(frozen=True, slots=True)
class CoinTest:
    """Reject the null hypothesis of a fair coin from ``cut`` heads of ``n`` tosses; ``loaded`` is the alternative."""

    n: int
    cut: int
    loaded: float = LOADED

    @property
    def false_positive(self) -> float:
        """P(reject | H₀), the probability of a type I error."""
        return float(stats.binom.sf(self.cut - 1, self.n, FAIR))

    @property
    def miss(self) -> float:
        """P(do not reject | H₁), the probability β of a type II error."""
        return float(stats.binom.cdf(self.cut - 1, self.n, self.loaded))

    @property
    def power(self) -> float:
        """P(reject | H₁)."""
        return float(stats.binom.sf(self.cut - 1, self.n, self.loaded))

    def piles(self) -> NDArray[np.float64]:
        """Probabilities (2, n + 1) of each number of heads: of the fair coin, and of the other."""
        heads = np.arange(self.n + 1)
        return np.array([stats.binom.pmf(heads, self.n, chance) for chance in (FAIR, self.loaded)])


def at_level(n: int, alpha: float = ALPHA, loaded: float = LOADED) -> CoinTest:
    """The test of ``n`` tosses that rejects from the lowest count whose false positives are at most ``alpha``."""
    heads = np.arange(n + 2)
    cut = int(heads[stats.binom.sf(heads - 1, n, FAIR) <= alpha][0])
    return CoinTest(n, cut, loaded)


def false_positives(
    tests: int = TRIED, alpha: float = ALPHA, rounds: int = ROUNDS, seed: int = 0
) -> NDArray[np.int_]:
    """False positives (rounds,) among independent ``tests`` of true null hypotheses.

    Their p-values are drawn evenly between 0 and 1, as those of a test are whose statistic is continuous.
    """
    return np.asarray((np.random.default_rng(seed).random((rounds, tests)) <= alpha).sum(axis=1))


def of_rounds(tests: int = TRIED, alpha: float = ALPHA) -> NDArray[np.float64]:
    """Probabilities (tests + 1,) of each number of false positives in such a round: a binomial."""
    return np.asarray(stats.binom.pmf(np.arange(tests + 1), tests, alpha))


def at_least_one(tests: int = TRIED, alpha: float = ALPHA) -> float:
    """Probability of one false positive or more among independent ``tests`` of true null hypotheses."""
    return 1 - (1 - alpha) ** tests
