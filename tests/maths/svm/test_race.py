"""The race of the widest line against scikit-learn, and against lines that are drawn in another way."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import NearestCentroid
from sklearn.svm import SVC

from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm import race

TABLE, KIND = load_iris(return_X_y=True)
POINTS, SIDES = TABLE[KIND < 2][:, [2, 1]], np.where(KIND[KIND < 2] == 0, -1.0, 1.0)


def test_the_widest_line_wins_on_held_out_flowers():
    result = race.run()
    assert result.rows.shape == (200, 6)
    assert f"{result.widest.mean():.4f}" == "0.9996"
    assert f"{result.other.mean():.3f}" == "0.937"
    assert (result.widest >= result.other).all()


def test_its_scores_are_those_of_a_hard_margin_machine():
    flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.SETOSA, Species.VERSICOLOR))
    np.testing.assert_allclose(flowers.points, POINTS)
    result = race.run()
    for rows, share in zip(result.rows[:40], result.widest[:40], strict=True):
        model = SVC(kernel="linear", C=1e8, tol=1e-10).fit(POINTS[rows], SIDES[rows])
        out = np.setdiff1d(np.arange(100), rows)
        assert model.score(POINTS[out], SIDES[out]) == pytest.approx(share)


def test_rivals_separate_what_they_are_drawn_for():
    rng = np.random.default_rng(3)
    for _ in range(20):
        rows = race.draw(POINTS, SIDES, rng)
        for rival in race.random_rivals(POINTS[rows], SIDES[rows], 10, rng):
            assert race.share_right(rival, POINTS[rows], SIDES[rows]) == 1.0


def test_rivals_drawn_by_throwing_away_lines_that_fail_do_no_better():
    rng = np.random.default_rng(5)
    shares = []
    for rows in race.run().rows[:60]:
        seen, side = POINTS[rows], SIDES[rows]
        out = np.setdiff1d(np.arange(100), rows)
        kept = 0
        while kept < 20:
            w = rng.normal(size=2)
            offset = rng.uniform(*np.sort(seen @ w)[[0, -1]])
            if (side * (seen @ w - offset) > 0).all():
                shares.append(np.mean(SIDES[out] * (POINTS[out] @ w - offset) > 0))
                kept += 1
    assert 0.9 < np.mean(shares) < 0.99


def test_other_draws_change_no_digit_that_is_spoken():
    for seed in (1, 2):
        again = race.run(seed=seed)
        assert again.widest.mean() > 0.999
        assert f"{again.other.mean():.2f}" == "0.94"


def test_other_careful_rules_tie_with_the_widest_line():
    result = race.run()
    careful = []
    for rows, share in zip(result.rows, result.nearest_mean, strict=True):
        seen, side = POINTS[rows], SIDES[rows]
        out = np.setdiff1d(np.arange(100), rows)
        assert NearestCentroid().fit(seen, side).score(POINTS[out], SIDES[out]) == pytest.approx(share)
        careful.append(LogisticRegression().fit(seen, side).score(POINTS[out], SIDES[out]))
    assert abs(result.nearest_mean.mean() - result.widest.mean()) < 0.001
    assert abs(np.mean(careful) - result.widest.mean()) < 0.001
