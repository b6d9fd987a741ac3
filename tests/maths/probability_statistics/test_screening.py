"""Bayes' theorem against counting and simulation."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.maths.probability_statistics.screening import PEOPLE, Screening


def test_counting_people_gives_bayes_theorem() -> None:
    for prior in (0.01, 0.05, 0.1, 0.5):
        test = Screening(prior)
        ill, alarm = test.people()
        assert ill.mean() == pytest.approx(prior)
        assert alarm.mean() == pytest.approx(test.evidence)
        assert (ill & alarm).sum() / alarm.sum() == pytest.approx(test.posterior)


def test_of_ten_ill_eight_and_of_the_well_99_get_an_alarm() -> None:
    ill, alarm = Screening().people()
    assert ((ill & alarm).sum(), (~ill & alarm).sum(), ill.size) == (8, 99, PEOPLE)
    assert Screening().posterior == pytest.approx(8 / 107)
    assert Screening(0.1).posterior == pytest.approx(8 / 17)


def test_a_simulation_agrees() -> None:
    rng, test, n = np.random.default_rng(0), Screening(), 1_000_000
    ill = rng.random(n) < test.prior
    alarm = rng.random(n) < np.where(ill, test.catches, test.false_alarms)
    assert ill[alarm].mean() == pytest.approx(test.posterior, abs=4 * (0.08 / alarm.sum()) ** 0.5)


def test_shares_are_shares() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Screening(prior=1.2)
