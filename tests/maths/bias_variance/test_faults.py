"""The diagnosed classifier, held to scikit-learn and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.neighbors import NearestCentroid
from statsmodels.stats.proportion import proportion_confint

from scenes.maths.bias_variance import faults


@pytest.mark.filterwarnings("ignore:self.within_class_std_dev_")
def test_one_prototype_a_kind_is_the_nearest_centroid() -> None:
    table, kinds = faults.digits()
    rows, test = faults.halves()
    known = NearestCentroid().fit(table[rows], kinds[rows]).predict(table[test])
    assert np.array_equal(faults.unseen({}), known)


def test_mistakes_of_the_lesson() -> None:
    _, kinds = faults.digits()
    rows, test = faults.halves()
    wrong = faults.answers({}) != kinds[rows]
    ones, eights = kinds[rows] == 1, kinds[rows] == 8
    assert (int(wrong.sum()), len(rows)) == (88, 898)
    assert (int(wrong[ones].sum()), int(ones.sum())) == (20, 91)
    assert (int(wrong[eights].sum()), int(eights.sum())) == (18, 87)
    assert int((faults.unseen({}) != kinds[test]).sum()) == 100


@pytest.mark.parametrize(("wrong", "of"), [(20, 91), (18, 87), (1, 89), (0, 10)])
def test_the_interval_is_statsmodels(wrong: int, of: int) -> None:
    known = proportion_confint(wrong, of, method="wilson")
    assert np.allclose(faults.wilson(wrong, of), known, atol=1e-12)


def test_learning_curves_meet_high_or_leave_a_gap() -> None:
    mean, machine = faults.mean_curves(), faults.machine_curves()
    assert (np.diff(mean.training) > 0).all() and (np.diff(mean.validation[:-1]) < 0).all()
    assert mean.validation[-1] - mean.training[-1] < 0.02 < mean.training[-1]
    assert machine.training.max() == 0.0 and machine.validation[0] > 0.3 > 0.02 > machine.validation[-1]


def test_mending_repairs_and_breaks() -> None:
    before, after = faults.mistakes(), faults.mistakes(faults.ONES)
    assert before.slices.tolist() == [1, 20, 9, 11, 6, 10, 3, 1, 18, 9]
    assert (after.slices[1], after.slices[9], after.slices.sum()) == (8, 14, 80)
    assert faults.mistakes(faults.ALL).slices.sum() == 40
    test = faults.opened()
    assert (test.before.sum(), test.repaired) == (100, 72)
    assert test.broken in {11, 12}  # a picture between two prototypes: processors differ
    assert test.after.sum() == test.before.sum() - test.repaired + test.broken


def test_twenty_splits_tell_the_same() -> None:
    found = faults.splits()
    worst = np.argsort(-found.slices, axis=1)[:, :2]
    assert (worst[:, 0] == 1).sum() == 18 and all(1 in row for row in worst)
    assert (found.ones[:, 9] > found.slices[:, 9]).all()
    assert (found.ones[:, 1] < found.slices[:, 1]).all()
    assert round(float(found.before.mean())) == 92 and round(float(found.after.mean())) == 38


def test_a_wilson_interval_covers_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(0)
    drawn = rng.binomial(91, 0.1, size=20_000)
    ends = {wrong: faults.wilson(int(wrong), 91) for wrong in np.unique(drawn)}
    covered = np.mean([ends[wrong][0] <= 0.1 <= ends[wrong][1] for wrong in drawn])
    assert covered == pytest.approx(0.95, abs=0.02)
