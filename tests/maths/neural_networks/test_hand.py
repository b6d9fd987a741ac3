"""What the lesson computes by hand, spelled out with plain numbers."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.special import expit
from sklearn.metrics import log_loss

from scenes.maths.neural_networks import hand, network
from scenes.maths.neural_networks.perceptron import AND, CORNERS, XOR, Ruler, best_count, correct


def test_and_by_hand() -> None:
    w1, w2, b = hand.and_weights()
    ruler = Ruler(np.array([w1, w2]), b)
    np.testing.assert_array_equal(CORNERS @ ruler.w + b, [-1.5, -0.5, -0.5, 0.5])
    assert ruler.right(AND) == 4


def test_from_a_raised_bias_the_rule_finds_and() -> None:
    walk = correct(AND, start=hand.RAISED)
    assert len(walk.corner) == 9
    np.testing.assert_array_equal(walk.weights[-1], [2, 1, -2.5])
    assert Ruler(walk.weights[-1][:2], float(walk.weights[-1][2])).right(AND) == 4


def test_from_a_raised_bias_xor_runs_in_a_circle() -> None:
    walk = correct(XOR, start=hand.RAISED)
    assert walk.loop is not None
    first, again = walk.loop
    assert again - first == 4
    np.testing.assert_array_equal(walk.weights[first], walk.weights[again])
    sums = np.column_stack([CORNERS, np.ones(4)]) @ walk.weights[first : again + 1].T
    assert np.abs(sums).min() == 0.5  # no boundary runs through a point


def test_two_clamps_solve_xor() -> None:
    for (x1, x2), (h1, h2), out, label in zip(
        CORNERS.tolist(),
        hand.hidden_corners().tolist(),
        hand.xor_outputs().tolist(),
        XOR.tolist(),
        strict=True,
    ):
        assert (h1, h2) == (max(0, x1 + x2), max(0, x1 + x2 - 1))
        assert out == h1 - 2 * h2 == label


def test_the_line_between_hidden_corners_keeps_clear_of_them() -> None:
    np.testing.assert_array_equal((hand.xor_outputs() > 0.5).astype(int), XOR)


def test_the_price_of_a_guess_is_the_log_loss() -> None:
    example = network.worked_example()
    assert hand.price(np.array(example.guess)) == pytest.approx(example.loss)
    assert example.loss == pytest.approx(log_loss([1], [example.guess], labels=[0, 1]))


@pytest.mark.parametrize("truth", [0, 1])
def test_the_slope_at_the_output_is_guess_minus_truth(truth: int) -> None:
    def loss(z: float) -> float:
        return float(log_loss([truth], [expit(z)], labels=[0, 1]))

    for z in (-1.5, 0.3, 2.5):
        p = float(expit(z))
        product = hand.price_slope(p, truth) * hand.sigmoid_slope(p)
        assert product == pytest.approx(p - truth)
        assert product == pytest.approx((loss(z + 1e-5) - loss(z - 1e-5)) / 2e-5, abs=1e-7)


def test_relu_keeps_half_of_the_squares() -> None:
    before, after = hand.squares()
    assert before.tolist() == [4, 1, 1, 4] and after.tolist() == [0, 0, 1, 4]
    z = np.random.default_rng(0).normal(size=200_000)
    assert np.square(np.maximum(z, 0)).mean() / np.square(z).mean() == pytest.approx(0.5, abs=0.01)


def test_the_slopes_of_a_wire_are_those_of_finite_differences() -> None:
    wire = hand.Wire()
    assert (wire.guess(3.0), float(wire.loss(3.0)), wire.by_guess(3.0), wire.slope(3.0)) == (6, 1, 2, 4)
    for w in (1.0, 2.5, 3.0):
        assert wire.slope(w) == pytest.approx(
            float(wire.loss(w + 1e-6) - wire.loss(w - 1e-6)) / 2e-6, abs=1e-6
        )
    assert float(wire.loss(3.01)) == pytest.approx(1.0404)


def test_the_rates_of_a_wire() -> None:
    wire = hand.Wire()
    np.testing.assert_allclose(wire.descend(3.0, hand.RATE, 1), [3.0, 2.6])
    assert float(wire.loss(2.6)) == pytest.approx(0.04)
    wild = wire.loss(wire.descend(3.0, hand.WILD_RATE, 3))
    assert (np.diff(wild) > 0).all()
    slow = wire.loss(wire.descend(3.0, hand.SLOW_RATE, 3))
    assert (np.diff(slow) < 0).all()
    assert slow[3] > 0.5


def test_the_open_fold_has_four_right_and_an_area() -> None:
    layer, last = network.open_fold()
    hidden = network.forward((layer, last), CORNERS, network.TANH).activations[1]
    np.testing.assert_array_equal((last(hidden) > 0)[:, 0], XOR)
    blue, orange = np.linalg.norm(hidden[0] - hidden[3]), np.linalg.norm(hidden[1] - hidden[2])
    assert blue < 0.4 < 1.5 < orange
    grid = np.stack(np.meshgrid(*[np.linspace(-0.25, 1.25, 31)] * 2), axis=-1).reshape(-1, 2)
    stretch = np.abs(np.linalg.det(layer.weights)) * network.TANH.slope(layer(grid)).prod(axis=1)
    assert 1.5**2 * stretch.mean() > 0.45


def test_where_a_line_parts_the_corners_the_rule_finds_one() -> None:
    for labels in itertools.product((0, 1), repeat=4):
        wanted = np.array(labels)
        walk = correct(wanted, start=hand.RAISED)
        found = Ruler(walk.weights[-1][:2], float(walk.weights[-1][2])).right(wanted) == 4
        assert found == (best_count(wanted) == 4)
