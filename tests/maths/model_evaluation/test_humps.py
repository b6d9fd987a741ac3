"""The spread of scores."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import logit

from scenes.maths.model_evaluation import digits, humps

WHOLE = digits.everything()


def test_log_odds_are_those_of_scipy() -> None:
    np.testing.assert_allclose(humps.log_odds(WHOLE.scores), logit(WHOLE.scores))


def test_each_hump_has_area_one() -> None:
    grid = np.linspace(-16, 12, 4000)
    for group in (WHOLE.positive, ~WHOLE.positive):
        assert np.trapezoid(humps.density(WHOLE.scores[group], grid), grid) == pytest.approx(1, abs=1e-3)


def test_copies_give_the_prevalence() -> None:
    times = humps.copies(174, 1623, 0.01)
    assert 174 / (174 + times * 1623) == pytest.approx(0.01)
    assert times == pytest.approx(10.6, abs=0.05)
