"""A test by shuffling: how often chance alone would put as many of those who improved into one group.

Data: 32 students of economics, 14 of them taught by a new plan (PSI), and whose grade improved.
L. C. Spector and M. Mazzeo, Probit analysis and economic education, Journal of Economic Education 11 (1980), 37-44,
as shipped with statsmodels (``spector``, public domain).  Who took the plan was not shown to be randomised.

Source of the test: G. Casella and R. L. Berger, Statistical Inference, 2nd edition (2002), section 8.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy import stats

Whole = NDArray[np.int_]

SHUFFLES: Final = 20_000
"""How often it is shuffled."""
TOSSES: Final = 6
"""Tosses of the coin of the example by hand, all heads."""


@dataclass(frozen=True, slots=True)
class Students:
    """Who was taught by the new ``plan`` and whose grade ``improved``, each (32,)."""

    plan: NDArray[np.bool_]
    improved: NDArray[np.bool_]

    @property
    def seen(self) -> int:
        """How many with the plan improved: the test statistic."""
        return int((self.plan & self.improved).sum())

    @property
    def table(self) -> Whole:
        """Improved and not (2 columns) with the plan and without (2 rows)."""
        return np.array(
            [
                [int((group & side).sum()) for side in (self.improved, ~self.improved)]
                for group in (self.plan, ~self.plan)
            ]
        )

    @property
    def shares(self) -> tuple[float, float]:
        """Share that improved, with the plan and without."""
        return float(self.improved[self.plan].mean()), float(self.improved[~self.plan].mean())


@cache
def students() -> Students:
    """The 32 students, those with the plan first and those who improved first in each group."""
    data = sm.datasets.spector.load_pandas().data
    plan, improved = data["PSI"].to_numpy() > 0, data["GRADE"].to_numpy() > 0
    order = np.lexsort([~improved, ~plan])
    return Students(plan[order], improved[order])


def shuffled(seed: int, times: int = SHUFFLES) -> Whole:
    """How many with the plan improved (times,), where who improved is dealt out anew each time."""
    given = students()
    dealt = np.argsort(np.random.default_rng(seed).random((times, len(given.plan))), axis=1)
    return np.asarray(given.improved[dealt[:, : int(given.plan.sum())]].sum(axis=1))


def deals(seed: int, times: int) -> NDArray[np.bool_]:
    """Who improved (times, 32) in the first shuffles of :func:`shuffled`, students in the order of the groups."""
    given = students()
    dealt = np.argsort(np.random.default_rng(seed).random((times, len(given.plan))), axis=1)
    return np.asarray(given.improved[dealt])


def null() -> stats.rv_discrete:
    """The distribution of the test statistic if the null hypothesis holds: hypergeometric (R. A. Fisher, 1935)."""
    given = students()
    return stats.hypergeom(len(given.plan), int(given.improved.sum()), int(given.plan.sum()))


def p_value(two_sided: bool = False) -> float:
    """Probability, if the null hypothesis holds, of a result at least as extreme as that seen.

    One tail: as many as seen or more.  Two-sided: all results that are at most as probable as that seen.
    """
    seen = students().seen
    if not two_sided:
        return float(null().sf(seen - 1))
    pmf = null().pmf(np.arange(len(students().plan) + 1))
    return float(pmf[pmf <= pmf[seen] * (1 + 1e-7)].sum())


def sequences(tosses: int = TOSSES) -> Whole:
    """All results (2**tosses, tosses) of that many tosses, heads as 1; the last row is all heads."""
    return np.array([[number >> bit & 1 for bit in range(tosses)] for number in range(2**tosses)])
