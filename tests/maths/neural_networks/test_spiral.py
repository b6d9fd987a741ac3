"""The spirals against scikit-learn's own descent, and what the lesson says of one start and of twenty."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from scenes.maths.neural_networks import network, spiral
from scenes.maths.neural_networks.network import TANH

TICKS = (0, 20, 60, 120, 300, 571, 1000)


def test_the_run_is_that_of_scikit_learn() -> None:
    data, layers = spiral.spirals(), spiral.start(0)
    model = MLPClassifier(
        (8, 8), activation="tanh", solver="sgd", alpha=0.0, batch_size=200, learning_rate_init=spiral.RATE,
        momentum=0.0, nesterovs_momentum=False, shuffle=False, max_iter=1,
    )  # fmt: skip
    model.partial_fit(data.points, data.arm, classes=[0, 1])
    model.coefs_[:] = [layer.weights.copy() for layer in layers]
    model.intercepts_[:] = [layer.bias.copy() for layer in layers]
    model._optimizer.params = model.coefs_ + model.intercepts_
    model._optimizer.velocities = [np.zeros_like(each) for each in model._optimizer.params]
    for _ in range(60):
        model.partial_fit(data.points, data.arm)
    ours = spiral.unwind(TICKS)
    there = ours.layers[TICKS.index(60)]
    for layer, weights in zip(there, model.coefs_, strict=True):
        np.testing.assert_allclose(layer.weights, weights, atol=1e-9)


def test_what_is_right_at_the_ticks() -> None:
    run = spiral.unwind(TICKS)
    assert (200 * run.right[list(TICKS)]).round().astype(int).tolist() == [115, 123, 139, 184, 196, 200, 200]
    np.testing.assert_allclose(run.loss[[0, 120, 300, 1000]], [0.714, 0.331, 0.100, 0.0115], atol=6e-4)
    assert int(np.argmax(run.right == 1)) == 571
    outputs = network.forward(run.layers[TICKS.index(300)], spiral.spirals().points, TANH).outputs[:, 0]
    assert int(((outputs > 0) != (spiral.spirals().arm == 1)).sum()) == 4


def test_twenty_starts_end_alike() -> None:
    found = spiral.repeat()
    assert (found.seen.min(), found.seen.max(), len(found.seen)) == (195, 200, 20)
    assert found.seen[0] == 200
    assert np.median(found.unseen) == pytest.approx(0.993, abs=1e-3)
    assert found.unseen.min() == pytest.approx(0.983, abs=1e-3)


def test_fresh_points_are_other_points_of_the_same_arms() -> None:
    seen, fresh = spiral.spirals(), spiral.spirals(1000, seed=1)
    assert fresh.points.shape == (2000, 2)
    assert not set(map(tuple, seen.points)) & set(map(tuple, fresh.points))
    quiet = spiral.spirals(noise=0.0)
    np.testing.assert_allclose(quiet.points[:100], -quiet.points[100:], atol=1e-12)


def test_no_straight_line_comes_near() -> None:
    data = spiral.spirals()
    rng = np.random.default_rng(7)
    line = (network.Layer(rng.normal(size=(2, 1)), np.zeros(1)),)
    flat = network.train(line, data.points, data.truth, TANH, rate=1.0, steps=400)
    assert flat.right[-1] < 0.8


def test_the_line_of_logistic_regression_gets_little_more_than_half() -> None:
    assert spiral.straight_share() == pytest.approx(0.62, abs=5e-3)
