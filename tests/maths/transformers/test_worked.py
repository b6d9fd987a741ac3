"""The worked examples against fractions and scipy, the map against scikit-learn, the head against the whole model."""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
import pytest
from scipy import special, stats
from sklearn.decomposition import PCA

from scenes.maths.transformers import attention, toy, trained, transformer, transformers, worked


def test_the_look_by_hand_is_attention() -> None:
    for scaled in (False, True):
        done = worked.look(scaled)
        queries = worked.QUERY[None] * (1 if scaled else 2.0)  # attention divides by the root of four
        other = attention.attend(queries, worked.KEYS, worked.VALUES)
        np.testing.assert_allclose(done.scores, other.scores[0])
        np.testing.assert_allclose(done.weights, special.softmax(done.scores))
        np.testing.assert_allclose(done.mixed, other.mixed[0])
    np.testing.assert_array_equal(worked.look().scores, [4, 0, 2])
    np.testing.assert_array_equal(worked.look(scaled=True).scores, [2, 0, 1])
    np.testing.assert_allclose(worked.look().weights, [0.867, 0.016, 0.117], atol=5e-4)
    np.testing.assert_allclose(worked.look(scaled=True).weights, [0.67, 0.09, 0.24], atol=5e-3)


def test_the_typical_row_lies_near_the_medians_of_all_widths() -> None:
    spread = attention.spread_scores((4, 64), 80)
    row = worked.typical_row(spread)
    tops = special.softmax(spread.sample.reshape(2, -1, 16), axis=2).max(axis=2)
    own = special.softmax(row, axis=1).max(axis=1)
    for width in range(2):
        low, high = np.quantile(tops[width], [0.2, 0.8])
        assert low < own[width] < high


def test_the_masked_row_is_the_softmax_of_what_may_be_read() -> None:
    weights = worked.masked_weights(worked.AHEAD, 2)
    assert weights[0] == pytest.approx(exp(2) / (exp(2) + exp(1)))
    assert weights[1] == pytest.approx(exp(1) / (exp(2) + exp(1)))
    assert weights[2] == 0


def test_sums_of_coins_are_binomial() -> None:
    values, cases = np.unique(worked.coin_sums(4), return_counts=True)
    np.testing.assert_array_equal(values, [-4, -2, 0, 2, 4])
    np.testing.assert_allclose(cases / 16, stats.binom.pmf(np.arange(5), 4, 0.5))
    for coins in (1, 4, 9):
        assert worked.coin_sums(coins).std() == pytest.approx(sqrt(coins))


def test_each_pair_of_tokens_has_a_score() -> None:
    rows = np.ones((30, 4))
    assert worked.score_counts([30, 60]).tolist() == [(rows @ rows.T).size, 4 * (rows @ rows.T).size]


def test_surprise_is_a_logarithm() -> None:
    assert worked.surprise(1.0) == 0
    assert worked.surprise(exp(-2)) == pytest.approx(2)


def test_the_map_is_of_principal_components() -> None:
    rows = np.random.default_rng(0).normal(size=(14, 32))
    pca = PCA(3).fit(rows)
    found = worked.principal_map(rows)
    np.testing.assert_allclose(np.abs(found.points), np.abs(pca.transform(rows)), atol=1e-10)
    assert found.share == pytest.approx(pca.explained_variance_ratio_.sum())


def test_the_first_direction_parts_names_from_things() -> None:
    model = trained.train_model()
    across = worked.principal_map(model.weights["embed"][: toy.BLANK]).points[:, 0]
    names, things = across[: toy.FIRST_THING], across[toy.FIRST_THING :]
    assert names.min() > 0 > things.max()


def test_training_begins_where_the_untrained_embeddings_are() -> None:
    model = trained.train_model()
    start = worked.untrained_embeddings(model)
    assert start.shape == model.weights["embed"].shape
    assert start.std() == pytest.approx(0.5, abs=0.03)


def test_the_first_head_is_that_of_the_model() -> None:
    model = trained.train_model()
    text = toy.tokens_of(transformers.PAD)
    head = worked.first_head(model, text, causal=True)
    looked = transformer.run(model.weights, model.shape, text[None]).looked[0]
    np.testing.assert_allclose(head.weights, looked.weights[0, 0], atol=1e-12)
    np.testing.assert_allclose(head.outputs, looked.mixed[0, 0], atol=1e-12)
    free = worked.first_head(model, text, causal=False)
    np.testing.assert_allclose(free.weights, special.softmax(free.scores, axis=1), atol=1e-12)
