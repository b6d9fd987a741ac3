"""Pictures as numbers against loops, scikit-learn, the tails of singular values, and other low ranks."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.special import softmax
from sklearn.datasets import load_sample_image
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.neighbors import KNeighborsClassifier

from scenes.maths.linear_algebra.picture import (
    Plaids,
    cosine,
    digits,
    fit_layer,
    named_by_nearest,
    photograph,
    weave,
)

DIGITS = digits()


@cache
def flower() -> tuple[np.ndarray, Plaids]:
    picture = photograph()
    return picture, weave(picture)


def test_the_digits_are_the_files() -> None:
    assert DIGITS.values.shape == (1797, 64)
    assert (DIGITS.values.min(), DIGITS.values.max()) == (0, 16)
    assert DIGITS.kinds[[0, 1, 3, 13]].tolist() == [0, 1, 3, 3]


def test_cosine_is_scikit_learns() -> None:
    theirs = cosine_similarity(DIGITS.values[3:4], DIGITS.values[:50])[0]
    np.testing.assert_allclose(cosine(DIGITS.values[3], DIGITS.values[:50]), theirs)


def test_the_nearest_names_as_scikit_learns_neighbour_does() -> None:
    model = KNeighborsClassifier(2, metric="cosine", algorithm="brute").fit(DIGITS.values, DIGITS.kinds)
    rows = model.kneighbors(DIGITS.values, return_distance=False)
    others = [row[row != own][0] for own, row in enumerate(rows)]
    assert named_by_nearest(DIGITS) == pytest.approx((DIGITS.kinds[others] == DIGITS.kinds).mean(), abs=1e-12)


def test_the_photograph_is_grey_and_whole() -> None:
    picture, _ = flower()
    assert picture.shape == (427, 640)
    assert 0 <= picture.min() < 0.05
    assert 0.85 < picture.max() <= 1
    red, green, blue = load_sample_image("flower.jpg")[200, 300] / 255
    assert picture[200, 300] == pytest.approx(0.299 * red + 0.587 * green + 0.114 * blue)


def test_the_plaids_add_up_to_the_picture() -> None:
    picture, plaids = flower()
    np.testing.assert_allclose(plaids.keep(427), picture, atol=1e-9)
    np.testing.assert_allclose(plaids.columns.T @ plaids.columns, np.eye(427), atol=1e-9)
    assert (np.diff(plaids.values) <= 0).all()
    np.testing.assert_array_less(-1e-9, plaids.columns.sum(0))


def test_a_fraction_lies_between_two_ranks() -> None:
    _, plaids = flower()
    np.testing.assert_allclose(plaids.keep(2.25), 0.75 * plaids.keep(2) + 0.25 * plaids.keep(3), atol=1e-12)


@pytest.mark.parametrize("count", [0, 1, 5, 20, 50, 427])
def test_the_error_is_that_of_the_picture_that_is_kept(count: int) -> None:
    picture, plaids = flower()
    left = np.linalg.norm(picture - plaids.keep(count)) / np.linalg.norm(picture)
    assert plaids.error[count] == pytest.approx(left, abs=1e-9)
    assert plaids.stored(count) == count * (427 + 640 + 1)


def test_no_other_picture_of_that_rank_comes_nearer() -> None:
    picture, plaids = flower()
    rng = np.random.default_rng(0)
    for count in (1, 5, 20):
        for columns in (rng.normal(size=(427, count)), picture[:, rng.permutation(640)[:count]]):
            rows = np.linalg.lstsq(columns, picture, rcond=None)[0]
            other = np.linalg.norm(picture - columns @ rows) / np.linalg.norm(picture)
            assert plaids.error[count] < other


def test_the_layer_is_where_the_loss_is_flat() -> None:
    layer = fit_layer()
    inputs, truth = DIGITS.values / 16, np.eye(10)[DIGITS.kinds]
    late = softmax(inputs @ layer.weights.T + layer.bias, axis=1) - truth
    np.testing.assert_allclose(late.T @ inputs + layer.weights / 0.01, 0, atol=0.05)
    np.testing.assert_allclose(late.sum(0), 0, atol=0.05)


def test_the_scores_are_ten_dot_products() -> None:
    layer, three = fit_layer(), DIGITS.values[3]
    by_hand = [
        sum(w * v / 16 for w, v in zip(row, three, strict=True)) + b
        for row, b in zip(layer.weights, layer.bias, strict=True)
    ]
    np.testing.assert_allclose(layer.scores(three), by_hand)
    assert int(np.argmax(by_hand)) == 3
