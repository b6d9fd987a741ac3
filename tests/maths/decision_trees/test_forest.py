"""Forests against scikit-learn, simulation and the formulas of their sources."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.decision_trees import forest, tree

POINTS, LABELS = tree.bottles()


def test_a_resample_leaves_out_more_than_a_third() -> None:
    left = [1 - len(np.unique(forest.resample(178, seed))) / 178 for seed in range(300)]
    exact = (1 - 1 / 178) ** 178
    assert exact == pytest.approx(0.367, abs=5e-4)
    assert abs(np.mean(left) - exact) < 4 * np.std(left) / np.sqrt(300)


def test_the_spray_is_of_the_best_first_cuts() -> None:
    spray = forest.spray(POINTS, LABELS, 8)
    for seed in range(8):
        rows = forest.resample(178, seed)
        cut = tree.best_cut(POINTS[rows], LABELS[rows])
        column = int(spray.column[seed])
        gained = tree.sweep(POINTS[rows][:, column], LABELS[rows])
        near = int(np.argmin(np.abs(gained.threshold - spray.threshold[seed])))
        assert gained.threshold[near] == pytest.approx(spray.threshold[seed], abs=1e-5)
        assert gained.gain[near] == pytest.approx(cut.gain, abs=1e-12)


def test_a_poll_is_a_share_of_ballots() -> None:
    asked = POINTS[::9]
    votes = forest.ballots(POINTS, LABELS, asked, 12, 1)
    rows = forest.resample(178, 5)
    model = DecisionTreeClassifier(max_features=1, random_state=5).fit(POINTS[rows], LABELS[rows])
    assert votes[5].tolist() == model.predict(asked).tolist()
    shares = forest.poll(votes, 3)
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(asked)))
    assert shares[0].tolist() == [float(np.mean(votes[:, 0] == kind)) for kind in range(3)]


# Variance


def test_the_formula_holds_for_trees_of_known_correlation() -> None:
    rng = np.random.default_rng(0)
    sets, trees, asked, sigma, rho = 400, 10, 200, 3.0, 0.3
    shared, own = rng.normal(size=(sets, 1, asked)), rng.normal(size=(sets, trees, asked))
    crowd = forest.Crowd(5 + sigma * (np.sqrt(rho) * shared + np.sqrt(1 - rho) * own), np.full(asked, 4.0))
    assert crowd.variance == pytest.approx(9.0, rel=0.02)
    assert crowd.correlation == pytest.approx(0.3, abs=0.01)
    assert crowd.floor == pytest.approx(2.7, rel=0.03)
    assert crowd.bias == pytest.approx(1.0, rel=0.03)
    for count in (1, 2, 5, 10):
        assert crowd.measured(count) == pytest.approx(2.7 + 6.3 / count, rel=0.03)


# Out of bag


@pytest.fixture(scope="module")
def exam() -> forest.OutOfBag:
    return forest.examine()


def test_the_exam_is_the_librarys_where_everybody_has_a_judge(exam: forest.OutOfBag) -> None:
    pixels, digit = load_digits(return_X_y=True)
    assert exam.unjudged[59] == 0
    model = RandomForestClassifier(60, oob_score=True, random_state=0).fit(pixels, digit)
    assert exam.error[59] == pytest.approx(1 - model.oob_score_, abs=2e-3)  # ties of votes are broken alike


def test_a_row_is_judged_by_trees_that_left_it_out(exam: forest.OutOfBag) -> None:
    assert exam.missed.mean() == pytest.approx((1 - 1 / 1797) ** 1797, abs=2e-3)
    # What a full tree has seen it knows.
    assert exam.right[~exam.missed].all()
    assert 0.75 < exam.right[exam.missed].mean() < 0.85
    assert exam.unjudged[:3] == pytest.approx([np.mean(~exam.missed[:n].any(axis=0)) for n in (1, 2, 3)])


def test_the_first_tree_is_judged_on_what_it_missed(exam: forest.OutOfBag) -> None:
    assert exam.error[0] == pytest.approx(1 - exam.right[0][exam.missed[0]].mean())


def test_the_vote_is_the_curve(exam: forest.OutOfBag) -> None:
    for trees in (1, 8, 100):
        vote = exam.vote(trees)
        judged = vote >= 0
        assert exam.unjudged[trees - 1] == pytest.approx(1 - judged.mean())
        assert exam.error[trees - 1] == pytest.approx((vote[judged] != exam.digit[judged]).mean())


def test_digits_are_pictures_of_ink() -> None:
    pictures, kinds = forest.digit_pictures(np.array([0, 1]))
    assert pictures.shape == (2, 8, 8) and kinds.tolist() == [0, 1]
    assert pictures.min() == 0 and pictures.max() == 1


# Credit


# Scores, halves, two trees by hand


def test_each_split_draws_its_columns_anew() -> None:
    may = forest.draw_columns(2000, 10, 4)
    assert (may.sum(axis=1) == 4).all()
    assert may.mean(axis=0) == pytest.approx(np.full(10, 0.4), abs=4 * np.sqrt(0.24 / 2000))


def test_two_trees_by_hand_obey_the_law() -> None:
    for alike, correlation in ((False, 0.0), (True, 1.0)):
        errors = forest.two_errors(alike)
        assert errors.mean(axis=0).tolist() == [0, 0] and errors.var(axis=0).tolist() == [4, 4]
        assert (errors[:, 0] * errors[:, 1]).mean() / 4 == correlation
        assert errors.mean(axis=1).var() == correlation * 4 + (1 - correlation) * 4 / 2
