"""The diagnosed classifier, held to scikit-learn and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.neighbors import NearestCentroid
from statsmodels.stats.proportion import proportion_confint

from scenes.maths.bias_variance import faults


@pytest.mark.filterwarnings("ignore:self.within_class_std_dev_")
def test_one_prototype_a_kind_is_the_nearest_centroid() -> None:
    table, kinds = faults.digits()
    rows, test = faults.halves()
    known = NearestCentroid().fit(table[rows], kinds[rows]).predict(table[test])
    assert np.array_equal(faults.unseen({}), known)


@pytest.mark.parametrize(("kind", "count"), [(1, 2), (8, 3), (9, 8)])
def test_k_means_is_as_tight_as_scikit_learns(kind: int, count: int) -> None:
    table, kinds = faults.digits()
    own = table[kinds == kind]
    found = faults.k_means(own, count)
    spread = ((own[:, None] - found[None]) ** 2).sum(axis=2).min(axis=1).sum()
    known = KMeans(count, n_init=10, random_state=0).fit(own).inertia_
    assert spread < 1.01 * known
    again = own[((own[:, None] - found[None]) ** 2).sum(axis=2).argmin(axis=1) == 0].mean(axis=0)
    assert np.allclose(again, found[0])


def test_halves_share_nothing_and_are_all() -> None:
    rows, test = faults.halves()
    assert (len(rows), len(test)) == (898, 899)
    assert sorted([*rows, *test]) == list(range(1797))


def test_nothing_but_the_opening_reads_the_test_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """With other images in the test set, all that leads to the choice stays as it was."""
    table, kinds = faults.digits()
    _, test = faults.halves()
    known = faults.answers(faults.ONES), faults.answers(faults.each(3))
    spoilt = table.copy()
    spoilt[test] = np.random.default_rng(0).uniform(size=(len(test), 64))
    monkeypatch.setattr(faults, "digits", lambda: (spoilt, kinds))
    assert np.array_equal(faults.answers(faults.ONES), known[0])
    assert np.array_equal(faults.answers(faults.each(3)), known[1])
    rows = set(faults.halves()[0])
    assert all(
        set(train) | set(held) <= rows and not set(train) & set(held) for train, held in faults._splits()
    )


def test_mistakes_of_the_lesson() -> None:
    _, kinds = faults.digits()
    rows, _ = faults.halves()
    wrong = faults.answers({}) != kinds[rows]
    ones, eights = kinds[rows] == 1, kinds[rows] == 8
    assert (int(wrong.sum()), len(rows)) == (88, 898)
    assert (int(wrong[ones].sum()), int(ones.sum())) == (19, 91)
    assert (int(wrong[eights].sum()), int(eights.sum())) == (18, 87)


@pytest.mark.parametrize(("wrong", "of"), [(19, 91), (18, 87), (1, 89), (0, 10)])
def test_the_interval_is_statsmodels(wrong: int, of: int) -> None:
    known = proportion_confint(wrong, of, method="wilson")
    assert np.allclose(faults.wilson(wrong, of), known, atol=1e-12)


def test_learning_curves_meet_high_or_leave_a_gap() -> None:
    mean, machine = faults.mean_curves(), faults.machine_curves()
    training, validation = mean.training.mean(axis=0), mean.validation.mean(axis=0)
    assert (np.diff(training) > 0).all() and (np.diff(validation) < 0).all()
    assert validation[-1] - training[-1] < 0.01 < 0.08 < training[-1]
    assert machine.training.max() == 0.0 and (np.diff(machine.validation.mean(axis=0)) < 0).all()
    assert machine.validation[:, -1].max() < mean.validation[:, -1].min()


def test_the_machine_was_chosen_by_folds_of_the_development_set() -> None:
    errors = faults.machine_errors()
    at = faults.PRICES.index(faults.CHOSEN[0]), faults.WIDTHS.index(faults.CHOSEN[1])
    assert errors[at] == errors.min()


def test_mending_the_ones_repairs_and_breaks() -> None:
    before, after = faults.mistakes(), faults.mistakes(faults.ONES)
    assert before.slices.tolist() == [1, 19, 8, 6, 5, 11, 1, 5, 18, 14]
    assert after.slices[1] == 4 and after.slices[8] == 19 and after.slices[9] == 15
    new = np.setdiff1d(after.rows, before.rows)
    assert (len(np.setdiff1d(before.rows, after.rows)), len(new)) == (18, 5)
    assert [int(after.said[after.rows == row][0]) for row in new].count(1) == 4


def test_each_folding_repairs_more_than_it_breaks_and_breaks_some() -> None:
    found = faults.foldings()
    assert (found.ones[:, 1] < found.slices[:, 1]).all() and (found.ones[:, 9] > found.slices[:, 9]).all()
    assert (found.breaks.min(), found.breaks.max()) == (4, 12) and (found.repair > found.breaks).all()


def test_more_prototypes_make_fewer_mistakes_in_the_mean_of_twenty_foldings() -> None:
    mean = faults.foldings().all.mean(axis=0)
    assert (np.diff(mean) < 0).all() and faults.best() == 8
    assert mean.round().tolist() == [87, 53, 39, 31, 27]


def test_ones_or_eights_are_worst_in_nine_of_ten_resamples() -> None:
    found = faults.resampled_worst()
    assert found.sum() == faults.RESAMPLES and found[[1, 8]].sum() == pytest.approx(920, abs=20)
    assert abs(found[1] - found[8]) < 0.1 * found.sum()


def test_the_test_set_repaired_and_broken() -> None:
    test = faults.opened()
    assert test.before.sum() - test.repaired + test.broken == test.after.sum()
    assert (test.before.sum(), test.after.sum(), test.repaired, test.broken) == (98, 23, 81, 6)


def test_a_wilson_interval_covers_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(0)
    drawn = rng.binomial(91, 0.1, size=20_000)
    ends = {wrong: faults.wilson(int(wrong), 91) for wrong in np.unique(drawn)}
    covered = np.mean([ends[wrong][0] <= 0.1 <= ends[wrong][1] for wrong in drawn])
    assert covered == pytest.approx(0.95, abs=0.02)
