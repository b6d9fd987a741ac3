"""The lesson neural-networks: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from scenes.maths.neural_networks import check, depth, digit, hand, network, perceptron, spiral
from scenes.neural_networks import fold, forward, many, nudge, price
from tests.scenes.harness.table import Claims, Figures, Waivers

EXAMPLE = network.worked_example()
WIRE = hand.Wire()


def descent() -> np.ndarray:
    """The wire's weight before and after its first step."""
    return WIRE.descend(hand.START, hand.RATE, 1)


def by_hand(x1: float, x2: float) -> float:
    """The sum of the perceptron that says AND."""
    w1, w2, b = hand.and_weights()
    return float(w1 * x1 + w2 * x2 + b)


@cache
def spirals() -> network.Training:
    return spiral.unwind(many.LOOKED)


def moved(number: int, by: float) -> float:
    """By how much a nudge moves a number of the worked net."""
    after = check.numbers(check.nudged(EXAMPLE, number, by).layers)
    return float(after[number] - check.numbers(EXAMPLE.layers)[number])


def steepest(bend: network.Bend) -> float:
    return float(bend.slope(np.linspace(-5, 5, 1001)).max())


def loop() -> int:
    walk = perceptron.correct(perceptron.XOR, start=hand.RAISED)
    assert walk.loop is not None
    return walk.loop[1] - walk.loop[0]


def slope(layer: int, row: int, column: int) -> float:
    return float(EXAMPLE.blame.weights[layer][row, column])


FIGURES: Figures = {
    "a_perceptron_is_a_line": {
        "Four points": lambda: len(perceptron.CORNERS),
        "three of": lambda: perceptron.best_count(perceptron.XOR),
        "the four": lambda: len(perceptron.XOR),
        "minus one and a half": lambda: hand.and_weights()[2],
        "a half, above": lambda: by_hand(1, 1),
        "minus a half": lambda: by_hand(1, 0),
    },
    "one_midpoint_decides_it": {
        "nine": lambda: len(perceptron.correct(perceptron.AND, start=hand.RAISED).corner),
        "four corrections": loop,
    },
    "a_hidden_layer_moves_the_points": {
        "27": lambda: network.count_solved(2),
        "fifty random": lambda: len(network.solved(2)),
        "Eight": lambda: network.random_layers((2, fold.COUNTS[1], 1), [0])[0].bias.size,
        "fifty of": lambda: network.count_solved(8),
        "of fifty": lambda: len(network.solved(8)),
    },
    "the_forward_pass_with_numbers": {
        "three and": lambda: EXAMPLE.x[0, 0],
        "is four": lambda: EXAMPLE.passed.sums[0][0, 0],
        "minus 1.8": lambda: EXAMPLE.passed.sums[0][0, 1],
        "Four, and": lambda: EXAMPLE.passed.activations[1][0, 0],
        "minus one and a half": lambda: EXAMPLE.passed.outputs[0, 0],
        "six": lambda: sum(layer.weights.size for layer in EXAMPLE.layers),
        "three biases": lambda: sum(layer.bias.size for layer in EXAMPLE.layers),
    },
    "a_bend_between_the_layers": {
        "a quarter": lambda: steepest(network.SIGMOID),
        "five": lambda: len(forward.deep_layers()),
    },
    "what_a_wrong_guess_costs": {
        "into 0.1824": lambda: EXAMPLE.guess,
        "given 0.1824": lambda: EXAMPLE.guess,
        "1.70": lambda: EXAMPLE.loss,
    },
    "one_wire": {
        "three gives": lambda: descent()[0],
        "six": lambda: WIRE.guess(hand.START),
        "five": lambda: WIRE.y,
        "guess moves twice": lambda: WIRE.x,
        "loss moves twice": lambda: WIRE.by_guess(hand.START),
        "four times": lambda: WIRE.slope(hand.START),
        "At three": lambda: descent()[0],
        "is four": lambda: WIRE.slope(hand.START),
        "a tenth": lambda: (descent()[0] - descent()[1]) / WIRE.slope(descent()[0]),
        "from three": lambda: descent()[0],
        "2.6": lambda: descent()[1],
        "0.04": lambda: WIRE.loss(descent()[1]),
    },
    "backpropagation_on_the_same_wires": {
        "0.1824": lambda: EXAMPLE.guess,
        "minus 0.8176": lambda: EXAMPLE.blame.sums[1][0, 0],
        "minus 0.6": lambda: EXAMPLE.layers[1].weights[0, 0],
        "is 0.49": lambda: EXAMPLE.blame.sums[0][0, 0],
        "0.49 times": lambda: EXAMPLE.blame.sums[0][0, 0],
        "times three": lambda: EXAMPLE.x[0, 0],
        "1.47": lambda: slope(0, 0, 0),
        "0.98": lambda: slope(0, 1, 0),
    },
    "measuring_is_not_moving": {
        "Nine": lambda: len(check.slopes(EXAMPLE)),
        "a thousandth": lambda: moved(0, nudge.NUDGE),
        "0.00147": lambda: check.rises(EXAMPLE, nudge.NUDGE)[0],
        "eight": lambda: len(check.rises(EXAMPLE)) - 1,
        "about three": lambda: 1 + nudge.work(),
        "1.07": lambda: EXAMPLE.after(nudge.RATE).loss,
    },
    "many_small_steps": {
        "62": lambda: 100 * spiral.straight_share(),
        "of eight": lambda: spirals().layers[-1][0].weights.shape[1],
        "99": lambda: 100 * np.median(spiral.repeat().unseen),
        "96.5": lambda: 100 * digit.rivals().mean(axis=0)[1],
        "96.0": lambda: 100 * digit.rivals().mean(axis=0)[0],
    },
    "deep_sigmoid_networks_stop_learning": {
        "twenty layers": lambda: len(depth.profile("sigmoid", "Xavier").spread),
        "most a quarter": lambda: steepest(network.SIGMOID),
        "ten times": lambda: depth.factors("ReLU").weights[-1],
        "about half": lambda: (depth.profile("ReLU", "Xavier").activations == 0).mean(),
        "about sevenfold": lambda: depth.factors("ReLU").product[-1],
    },
    "start_neither_too_small_nor_too_large": {
        "one half": lambda: network.triplets().weights[0, 0, 0],
        "three thousand": lambda: network.triplets().steps[-1],
        "half of": lambda: hand.squares()[1].mean() / hand.squares()[0].mean(),
        "four points": lambda: len(perceptron.CORNERS),
    },
}

CLAIMS: Claims = {
    "one_midpoint_decides_it": {
        "it is impossible": "test_only_xor_and_its_opposite_cannot_be_parted",
    },
    "start_neither_too_small_nor_too_large": {
        "Only the output's bias": "test_zero_weights_never_move",
    },
}

WAIVERS: Waivers = {}


def test_the_first_layer_gets_about_a_million_millionth_of_the_last() -> None:
    left = depth.profile("sigmoid", "Xavier").left
    assert left[0] == pytest.approx(1e-12, rel=0.5)


def test_what_the_ladder_says_of_one_start_holds_for_five() -> None:
    for seed in range(5):
        assert depth.profile("sigmoid", "Xavier", seed).kept == pytest.approx(0.235, abs=0.0025)
        assert depth.profile("tanh", "Xavier", seed).kept > 0.9


def test_ten_times_larger_weights_explode_with_relu_and_tanh_whose_slope_falls() -> None:
    for seed in range(3):
        relu, tanh, sigmoid = (depth.factors(bend, (1.0, 10.0), seed) for bend in ("ReLU", "tanh", "sigmoid"))
        assert relu.product[1] == pytest.approx(7, rel=0.03)
        assert relu.slopes[1] == pytest.approx(relu.slopes[0], rel=0.02)
        assert 2.1 < tanh.product[1] < 2.4 and tanh.slopes[1] < tanh.slopes[0] / 3
        assert sigmoid.slopes[1] < sigmoid.slopes[0] / 2
        assert sigmoid.product[0] < 0.25 < 0.65 < relu.product[0] < tanh.product[0] < 1


def test_of_twenty_starts_he_loses_most_of_the_difference_between_digits() -> None:
    apart = depth.differences("ReLU", "He")
    assert len(apart) == 20 and apart[:, 0].min() > 0.79
    assert apart[:, -1].max() < 0.45 and np.median(apart[:, -1]) == pytest.approx(0.27, abs=0.01)


def test_of_twenty_starts_he_keeps_its_size_under_relu_and_xavier_does_not() -> None:
    kept, faded = depth.spreads("ReLU", "He")[:, -1], depth.spreads("ReLU", "Xavier")[:, -1]
    assert len(kept) == 20
    assert kept.min() > 0.4 and kept.max() < 1.4
    assert faded.max() < 0.0015


def test_the_forward_signal_fades() -> None:
    for seed in range(5):
        across = depth.profile("sigmoid", "Xavier", seed).across
        assert across[0] > 0.17 and across[-1] < 3e-13


def test_tanh_loses_far_less_of_both_signals() -> None:
    for seed in range(5):
        kept = depth.profile("tanh", "Xavier", seed)
        assert kept.across[-1] > 0.14 and kept.left[0] > 0.18


def test_relu_loses_what_its_closed_gates_stop() -> None:
    for seed in range(3):
        assert depth.factors("ReLU", (1.0,), seed).slopes[0] == pytest.approx(np.sqrt(1 / 2), rel=0.04)


def test_a_nudge_answers_to_a_billionth() -> None:
    for layer, weights in enumerate(EXAMPLE.blame.weights):
        for (row, column), found in np.ndenumerate(weights):
            assert abs(EXAMPLE.nudged(layer, row, column) - found) < 1e-9


def test_a_backward_pass_costs_about_two_forward_passes() -> None:
    assert nudge.work() == pytest.approx(2, rel=0.05)
    for sizes in ((2, 2, 1), spiral.SIZES, nudge.DEEP):
        right, left = network.count_multiplications(sizes)
        assert right < left < 2 * right


def test_the_hidden_layer_that_ends_the_lesson_moves_the_points_until_one_line_parts_them() -> None:
    training = network.fold((0, 200), network.OPEN_SEED)
    right = training.right == 1
    assert not right[0] and right[int(right.argmax()) :].all() and right[200]
    moved = network.TANH.of(training.layers[0][0](perceptron.CORNERS))
    angles = np.linspace(0, 2 * np.pi, 2000)
    sums = np.column_stack([np.cos(angles), np.sin(angles)]) @ moved.T
    yes = perceptron.XOR == 1
    assert (sums[:, yes].min(axis=1) < sums[:, ~yes].max(axis=1)).all()  # no line does it at the start


def test_three_copies_leave_xor_unsolved() -> None:
    start = (
        network.Layer(np.full((2, 3), 0.5), np.zeros(3)),
        network.Layer(np.full((3, 1), 0.5), np.zeros(1)),
    )
    assert network.train_on_xor(start).right.max() == 0.75


def test_steps_after_mini_batches_jitter_and_are_ahead_after_as_many_epochs() -> None:
    for seed in range(many.SEEDS):
        loss = spiral.descend_by_batches(many.EPOCHS, seed)
        assert (np.diff(loss) > 0).mean() > 0.3
        assert len(loss) == many.EPOCHS * many.BATCHES + 1
        full = spiral.descend(many.EPOCHS, seed)
        assert loss[-1] < 0.5 * full[-1] and (np.diff(full) < 0).all()


def test_in_every_start_the_validation_loss_turns_and_the_seen_loss_falls() -> None:
    runs = digit.watched()
    assert len(runs) == 5
    for run in runs:
        low = int(run.validation_loss.argmin())
        assert 300 < run.steps[low] < 500
        assert run.validation_loss[-1] > 1.1 * run.validation_loss[low]
        assert (np.diff(run.loss[low:]) < 0).all()


def test_ten_times_larger_weights_bring_the_sigmoid_near_the_line() -> None:
    for seed in range(3):
        found = depth.factors("sigmoid", (1.0, 10.0), seed)
        assert found.weights[0] == pytest.approx(1, abs=0.05) and found.product[0] < 0.25
        assert 0.9 < found.product[1] < 1


def test_the_loss_that_falls_is_the_mean_over_four_points() -> None:
    shares = price.given_to_truth()
    kept = network.fold(price.SHOWN, network.OPEN_SEED)
    means = hand.price(shares).mean(axis=1)
    np.testing.assert_allclose(means, kept.loss[list(price.SHOWN)], atol=1e-9)
    assert means[-1] < 0.5 * means[0]


def test_the_picked_start_bends_its_border_with_tanh_and_not_without() -> None:
    layers = forward.deep_layers()
    points = np.random.default_rng(0).uniform((-4.4, -2.5), (4.4, 2.5), (2000, 2))  # what is seen of them
    melted, bent = network.melt(layers)(points), network.forward(layers, points, network.TANH).outputs
    assert ((melted > 0) != (bent > 0)).mean() > 0.2


def test_zero_weights_never_move() -> None:
    start = tuple(network.Layer(np.zeros(shape), np.zeros(shape[1])) for shape in ((2, 3), (3, 1)))
    training = network.train_on_xor(start, steps=50)
    assert not any(layer.weights.any() for layer in training.layers[-1])


def test_the_sums_that_are_written_are_those_of_the_example() -> None:
    first, last = EXAMPLE.layers
    assert EXAMPLE.passed.sums[0][0] == pytest.approx(
        [0.7 * 3 + 1.1 * 2 - 0.3, -1.2 * 3 + 0.8 * 2 + 0.2], abs=1e-12
    )
    assert EXAMPLE.passed.outputs[0, 0] == pytest.approx(-0.6 * 4 + 0.5 * 0 + 0.9)
    assert first.bias.tolist() == [-0.3, 0.2] and last.weights[:, 0].tolist() == [-0.6, 0.5]
    assert EXAMPLE.truth[0, 0] == 1
