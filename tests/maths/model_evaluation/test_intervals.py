"""Intervals of metrics against scipy's bootstrap and that of DeLong."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from scenes.maths.model_evaluation import digits, intervals, metrics

WHOLE = digits.everything()


def test_the_area_varies_as_delong_says() -> None:
    """E. DeLong, D. DeLong and D. Clarke-Pearson (Biometrics 44, 1988): variances of the shares of won pairs."""
    won = metrics.duels(WHOLE.positive, WHOLE.scores) > 0
    eights, others = won.mean(axis=1), won.mean(axis=0)
    error = np.sqrt(eights.var(ddof=1) / len(eights) + others.var(ddof=1) / len(others))
    low, high = intervals.interval("auc")
    assert (high - low) / 2 == pytest.approx(1.96 * error, rel=0.1)
    assert low < metrics.auc(WHOLE.positive, WHOLE.scores) < high


@pytest.mark.parametrize("name", ["precision", "recall"])
def test_shares_vary_as_those_of_a_binomial(name: intervals.Name) -> None:
    now = metrics.counts(WHOLE.positive, WHOLE.scores, 0.5)
    of = now.called if name == "precision" else now.positives
    expected = binomtest(now.tp, of).proportion_ci(method="wilson")
    assert intervals.interval(name) == pytest.approx((expected.low, expected.high), abs=0.015)


def test_f1_lies_in_its_interval() -> None:
    low, high = intervals.interval("f1")
    assert low < metrics.counts(WHOLE.positive, WHOLE.scores, 0.5).f1 < high
