"""The bet on a wide margin: its parts against scikit-learn, exact shares of lines, and its outcome with other seeds."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.svm import SVC

from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm import bet

FLOWERS = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.SETOSA, Species.VERSICOLOR))


def test_each_draw_has_two_of_each_class_and_a_line_without_an_error() -> None:
    told = bet.bet(FLOWERS.points, FLOWERS.sides)
    assert told.taught.shape == (bet.DRAWS, 2 * bet.OF_EACH)
    for rows, normal, offset in zip(told.taught, told.normal, told.offset, strict=True):
        assert sorted(FLOWERS.sides[rows]) == [-1, -1, 1, 1]
        assert np.linalg.norm(normal) == pytest.approx(1)
        assert (np.sign(FLOWERS.points[rows] @ normal - offset) == FLOWERS.sides[rows]).all()


def test_the_widest_street_is_that_of_another_solver() -> None:
    told = bet.bet(FLOWERS.points, FLOWERS.sides)
    for seed in range(5):
        rows = told.taught[seed]
        model = SVC(kernel="linear", C=1e8, tol=1e-9).fit(FLOWERS.points[rows], FLOWERS.sides[rows])
        assert told.streets[seed].w == pytest.approx(model.coef_[0], rel=1e-3)
        others = np.setdiff1d(np.arange(len(FLOWERS.sides)), rows)
        assert told.widest[seed] == model.score(FLOWERS.points[others], FLOWERS.sides[others])


def test_lines_are_drawn_evenly() -> None:
    """Between -1 and 1 on an axis, a line at angle a has offsets in ±|cos a|: directions have density |cos a|."""
    points, sides = np.array([[-1.0, 0.0], [1.0, 0.0]]), np.array([-1.0, 1.0])
    rng = np.random.default_rng(0)
    lines = [bet.free_line(points, sides, rng) for _ in range(2000)]
    across = np.array([normal[0] for normal, _ in lines])
    assert np.mean(across) == pytest.approx(np.pi / 4, abs=0.02)  # of cos a weighted by cos a, a in ±90°
    places = np.array([offset / normal[0] for normal, offset in lines])
    assert np.mean(np.abs(places)) == pytest.approx(0.5, abs=0.03)


def test_the_widest_wins_the_bet_with_other_draws_too() -> None:
    told = bet.bet(FLOWERS.points, FLOWERS.sides)
    assert f"{told.widest.mean():.1%}" == "99.9%"
    assert f"{told.line.mean():.0%}" == "94%"
    error = told.line.std() / np.sqrt(bet.DRAWS)
    assert told.widest.mean() - told.line.mean() > 5 * error
    more = bet.bet(FLOWERS.points, FLOWERS.sides, 3 * bet.DRAWS)
    fresh = slice(bet.DRAWS, None)
    assert more.line[fresh].mean() == pytest.approx(told.line.mean(), abs=4 * error)
    assert more.widest[fresh].mean() > more.line[fresh].mean()
