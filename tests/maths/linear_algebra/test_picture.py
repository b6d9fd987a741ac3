"""Pictures as numbers against loops, scikit-learn, the tails of singular values, and other low ranks."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.special import softmax
from sklearn.datasets import load_sample_image
from sklearn.linear_model import LogisticRegression
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.neighbors import KNeighborsClassifier

from scenes.maths.linear_algebra.picture import (
    HALF,
    Pieces,
    cosine,
    digits,
    fit_layer,
    named_by_nearest,
    photograph,
    take_to_pieces,
    unseen_accuracy,
)

DIGITS = digits()


@cache
def flower() -> tuple[np.ndarray, Pieces]:
    picture = photograph()
    return picture, take_to_pieces(picture)


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


def test_the_pieces_add_up_to_the_picture() -> None:
    picture, pieces = flower()
    np.testing.assert_allclose(pieces.keep(427), picture, atol=1e-9)
    np.testing.assert_allclose(pieces.columns.T @ pieces.columns, np.eye(427), atol=1e-9)
    assert (np.diff(pieces.values) <= 0).all()
    np.testing.assert_array_less(-1e-9, pieces.columns.sum(0))


def test_a_fraction_lies_between_two_ranks() -> None:
    _, pieces = flower()
    np.testing.assert_allclose(pieces.keep(2.25), 0.75 * pieces.keep(2) + 0.25 * pieces.keep(3), atol=1e-12)


@pytest.mark.parametrize("count", [0, 1, 5, 20, 50, 427])
def test_the_error_is_that_of_the_picture_that_is_kept(count: int) -> None:
    picture, pieces = flower()
    left = np.linalg.norm(picture - pieces.keep(count)) / np.linalg.norm(picture)
    assert pieces.error[count] == pytest.approx(left, abs=1e-9)
    assert pieces.stored(count) == count * (427 + 640 + 1)


def test_no_other_picture_of_that_rank_comes_nearer() -> None:
    picture, pieces = flower()
    rng = np.random.default_rng(0)
    for count in (1, 5, 20):
        for columns in (rng.normal(size=(427, count)), picture[:, rng.permutation(640)[:count]]):
            rows = np.linalg.lstsq(columns, picture, rcond=None)[0]
            other = np.linalg.norm(picture - columns @ rows) / np.linalg.norm(picture)
            assert pieces.error[count] < other


def test_the_pieces_add_up_one_by_one_and_each_has_rank_one() -> None:
    _, pieces = flower()
    np.testing.assert_allclose(sum(pieces.piece(n) for n in range(5)), pieces.keep(5), atol=1e-9)
    assert [np.linalg.matrix_rank(pieces.piece(n)) for n in range(3)] == [1, 1, 1]


def test_any_shape_has_pieces_as_many_as_its_rank() -> None:
    rng = np.random.default_rng(3)
    for rows, columns, rank in ((5, 3, 3), (3, 7, 2), (6, 6, 4), (1, 4, 1), (9, 2, 1)):
        matrix = rng.normal(size=(rows, rank)) @ rng.normal(size=(rank, columns))
        pieces = take_to_pieces(matrix)
        np.testing.assert_allclose(pieces.keep(len(pieces.values)), matrix, atol=1e-12)
        assert int((pieces.values > 1e-10).sum()) == rank == np.linalg.matrix_rank(matrix)


def test_the_squared_singular_values_add_up_to_the_squared_entries() -> None:
    picture, pieces = flower()
    assert pieces.squares.sum() == pytest.approx((picture**2).sum())
    for matrix in np.random.default_rng(6).normal(size=(8, 5, 3)):
        assert take_to_pieces(matrix).squares.sum() == pytest.approx(np.linalg.norm(matrix, "fro") ** 2)


def test_the_layer_is_where_the_loss_is_flat_on_what_it_has_seen() -> None:
    layer = fit_layer()
    inputs, truth = DIGITS.values[HALF:] / 16, np.eye(10)[DIGITS.kinds[HALF:]]
    late = softmax(inputs @ layer.weights.T + layer.bias, axis=1) - truth
    np.testing.assert_allclose(late.T @ inputs + layer.weights / 0.1, 0, atol=0.05)
    np.testing.assert_allclose(late.sum(0), 0, atol=0.05)


def test_the_unseen_half_is_named_as_scikit_learn_names_it() -> None:
    model = LogisticRegression(C=0.1, max_iter=5000).fit(DIGITS.values[HALF:] / 16, DIGITS.kinds[HALF:])
    theirs = model.score(DIGITS.values[:HALF] / 16, DIGITS.kinds[:HALF])
    assert unseen_accuracy(fit_layer()) == pytest.approx(theirs, abs=2e-3)
    assert HALF > 3


def test_the_scores_are_ten_dot_products() -> None:
    layer, three = fit_layer(), DIGITS.values[3]
    by_hand = [
        sum(w * v / 16 for w, v in zip(row, three, strict=True)) + b
        for row, b in zip(layer.weights, layer.bias, strict=True)
    ]
    np.testing.assert_allclose(layer.scores(three), by_hand)
    assert int(np.argmax(by_hand)) == 3
