"""The irises: lines in centimetres, a machine that finds no line, and accuracies."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.svm import SVC, LinearSVC

from scenes.maths.multiclass import flowers, schemes


def test_lines_in_centimetres_answer_as_those_of_standardised_petals() -> None:
    points, _ = flowers.petals()
    scaled, species = flowers.standard()
    theirs = schemes.one_vs_rest(scaled, species).scores(scaled)
    np.testing.assert_allclose(flowers.rest().scores(points), theirs, atol=1e-9)


@pytest.mark.parametrize("price", [1.0, 100.0])
def test_the_linear_machine_claims_no_flower_for_versicolor(price: float) -> None:
    scaled, species = flowers.standard()
    fit = SVC(kernel="linear", C=price).fit(scaled, species == flowers.MIDDLE)
    assert fit.predict(scaled).sum() == 0
    assert (fit.predict(scaled) == (species == flowers.MIDDLE)).mean() == pytest.approx(2 / 3)
    assert not (flowers.rest().scores(flowers.petals()[0])[:, flowers.MIDDLE] > 0).any()


def test_no_direction_has_a_wider_margin_around_setosa() -> None:
    points, species = flowers.standard()
    weights, offset = flowers.street()
    ours = flowers.petals()[0] @ weights + offset
    assert np.abs(ours).min() == pytest.approx(1.0, abs=1e-3)
    assert ((ours > 0) == (species == 0)).all()
    turns = np.linspace(0, 2 * np.pi, 7200, endpoint=False)
    heights = points @ np.stack([np.cos(turns), np.sin(turns)])
    widest = (heights[species == 0].min(axis=0) - heights[species != 0].max(axis=0)).max()
    spread = flowers.scale(flowers.petals()[0])[1]
    assert 2 / np.linalg.norm(weights * spread) == pytest.approx(widest, rel=2e-3)


def test_a_squared_hinge_loss_claims_some_flowers() -> None:
    """What is told of the linear machine is told of the hinge loss."""
    scaled, species = flowers.standard()
    fit = LinearSVC().fit(scaled, species == flowers.MIDDLE)
    assert 10 < fit.predict(scaled).sum() < 30


def test_a_higher_price_mends_part_of_it() -> None:
    assert flowers.unseen("rest")[0] + 0.02 < flowers.unseen("rest dear")[0] < flowers.unseen("squares")[0]


def test_no_line_parts_versicolor_from_the_rest() -> None:
    points, species = flowers.petals()
    sides = np.where(species == flowers.MIDDLE, 1.0, -1.0)
    # sides · (w·x + b) ≥ 1 has no solution: the two groups are not linearly separable.
    rows = -sides[:, None] * np.column_stack([points, np.ones(len(points))])
    found = linprog(np.zeros(3), rows, -np.ones(len(points)), bounds=(None, None))
    assert found.status == 2


def test_accuracy_is_that_of_cross_validation() -> None:
    points, species = flowers.petals()
    folds = StratifiedKFold(5, shuffle=True, random_state=4)
    theirs = cross_val_score(flowers.model("rest"), points, species, cv=folds)
    np.testing.assert_allclose(flowers.folds("rest")[20:25, 0], theirs)


def test_pairs_beat_the_linear_rest_in_all_ten_shuffles() -> None:
    pairs, rest = (flowers.folds(each)[:, 0].reshape(10, 5).mean(1) for each in ("pairs", "rest"))
    assert (pairs > rest).all()


def test_all_schemes_but_the_linear_rest_are_within_one_percent() -> None:
    found = [
        flowers.unseen(scheme)[0] for scheme in ("squares", "kernel", "rest logistic", "pairs", "softmax")
    ]
    assert max(found) - min(found) < 0.01


def test_squares_and_a_kernel_close_around_versicolor() -> None:
    points, species = flowers.petals()
    for score in (flowers.squares, flowers.bent):
        assert ((score(points) > 0) == (species == flowers.MIDDLE)).mean() > 0.95
