"""Intervals of metrics against scipy's bootstrap and the formula of Hanley and McNeil."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from scenes.maths.model_evaluation import digits, intervals, metrics

WHOLE = digits.everything()


def test_the_area_varies_as_hanley_and_mcneil_say() -> None:
    area = metrics.auc(WHOLE.positive, WHOLE.scores)
    n, m = int(WHOLE.positive.sum()), int((~WHOLE.positive).sum())
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    error = np.sqrt((area * (1 - area) + (n - 1) * (q1 - area**2) + (m - 1) * (q2 - area**2)) / (n * m))
    low, high = intervals.interval("auc")
    assert (high - low) / 2 == pytest.approx(1.96 * error, rel=0.25)
    assert low < area < high


@pytest.mark.parametrize("name", ["precision", "recall"])
def test_shares_vary_as_those_of_a_binomial(name: intervals.Name) -> None:
    now = metrics.counts(WHOLE.positive, WHOLE.scores, 0.5)
    of = now.called if name == "precision" else now.positives
    expected = binomtest(now.tp, of).proportion_ci(method="wilson")
    assert intervals.interval(name) == pytest.approx((expected.low, expected.high), abs=0.015)


def test_f1_lies_in_its_interval() -> None:
    low, high = intervals.interval("f1")
    assert low < metrics.counts(WHOLE.positive, WHOLE.scores, 0.5).f1 < high
