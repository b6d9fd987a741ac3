"""The lesson neural-networks: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from scenes.maths.neural_networks import depth, hand, network, perceptron
from scenes.neural_networks import fold, forward
from tests.scenes.harness.table import Claims, Figures, Waivers

EXAMPLE = network.worked_example()
WIRE = hand.Wire()


def by_hand(x1: float, x2: float) -> float:
    """The sum of the perceptron that says AND."""
    w1, w2, b = hand.AND_BY_HAND
    return w1 * x1 + w2 * x2 + b


@cache
def spirals() -> network.Training:
    return network.unwind((197,))


def judged_right(step: int) -> float:
    return float(200 * spirals().right[step])


def steepest(bend: network.Bend) -> float:
    return float(bend.slope(np.linspace(-5, 5, 1001)).max())


def loop() -> int:
    walk = perceptron.correct(perceptron.XOR, start=hand.RAISED)
    assert walk.loop is not None
    return walk.loop[1] - walk.loop[0]


def slope(layer: int, row: int, column: int) -> float:
    return float(EXAMPLE.blame.weights[layer][row, column])


def first_from_last() -> float:
    signal = depth.profile("sigmoid", "Xavier").signal
    return float(signal[0] / signal[-1])


def spread(bend: str, start: str, layer: int) -> float:
    return float(depth.profile(bend, start).spread[layer - 1])


FIGURES: Figures = {
    "a_perceptron_is_a_line": {
        "Four points": lambda: len(perceptron.CORNERS),
        "three of": lambda: perceptron.best_count(perceptron.XOR),
        "the four": lambda: len(perceptron.XOR),
        "minus one and a half": lambda: hand.AND_BY_HAND[2],
        "a half, above": lambda: by_hand(1, 1),
        "minus a half": lambda: by_hand(1, 0),
        "three numbers": lambda: len(hand.AND_BY_HAND),
    },
    "one_midpoint_decides_it": {
        "nine": lambda: len(perceptron.correct(perceptron.AND, start=hand.RAISED).corner),
        "Four corrections": loop,
    },
    "a_hidden_layer_moves_the_points": {
        "27": lambda: network.count_solved(2),
        "fifty random": lambda: fold.STARTS,
        "Eight": lambda: fold.COUNTS[1],
        "fifty of": lambda: network.count_solved(8),
        "of fifty": lambda: fold.STARTS,
    },
    "the_forward_pass_with_numbers": {
        "minus a half": lambda: EXAMPLE.passed.sums[0][0, 1],
        "two and a half": lambda: EXAMPLE.passed.outputs[0, 0],
        "six": lambda: sum(layer.weights.size for layer in EXAMPLE.layers),
        "three biases": lambda: sum(layer.bias.size for layer in EXAMPLE.layers),
    },
    "a_bend_between_the_layers": {
        "Three": lambda: len(forward.BENDS),
        "a quarter": lambda: steepest(network.SIGMOID),
        "four": lambda: forward.REACH,
        "0.02": lambda: network.SIGMOID.slope(np.array(forward.REACH)),
        "five": lambda: len(forward.DEEP) - 1,
    },
    "what_a_wrong_guess_costs": {
        "two and a half": lambda: EXAMPLE.passed.outputs[0, 0],
        "0.924": lambda: EXAMPLE.guess,
        "0.076": lambda: 1 - EXAMPLE.guess,
        "2.58": lambda: EXAMPLE.loss,
    },
    "one_wire": {
        "three gives": lambda: hand.START,
        "six": lambda: WIRE.guess(hand.START),
        "five": lambda: WIRE.y,
        "guess moves twice": lambda: WIRE.x,
        "loss moves twice": lambda: WIRE.by_guess(hand.START),
        "four times": lambda: WIRE.slope(hand.START),
        "At three": lambda: hand.START,
        "is four": lambda: WIRE.slope(hand.START),
        "a tenth": lambda: hand.RATE,
        "from three": lambda: hand.START,
        "2.6": lambda: WIRE.descend(hand.START, hand.RATE, 1)[-1],
        "0.04": lambda: WIRE.loss(WIRE.descend(hand.START, hand.RATE, 1)[-1]),
    },
    "blame_runs_left": {
        "0.924": lambda: EXAMPLE.blame.sums[1][0, 0],
        "minus 0.924": lambda: EXAMPLE.blame.sums[1][0, 0] * EXAMPLE.layers[1].weights[1, 0],
        "1.848": lambda: EXAMPLE.blame.sums[0][0, 0],
        "3.697": lambda: slope(0, 1, 0),
        "zero": lambda: slope(0, 1, 1),
    },
    "measuring_is_not_moving": {
        "1.848": lambda: EXAMPLE.nudged(0, 0, 0),
        "five": lambda: sum(layer.weights.size for layer in EXAMPLE.layers) - 1,
        "2.579": lambda: EXAMPLE.loss,
        "1.560": lambda: EXAMPLE.after(0.05).loss,
        "0.924": lambda: EXAMPLE.guess,
        "0.790": lambda: EXAMPLE.after(0.05).guess,
    },
    "a_thousand_small_turns": {
        "two hundred": lambda: len(network.spirals().points),
        "eight": lambda: spirals().layers[-1][0].weights.shape[1],
        "105": lambda: network.count_numbers(network.SPIRAL_SIZES),
        "197": lambda: np.argmax(spirals().right >= 0.99),
        "199": lambda: judged_right(197),
        "200": lambda: judged_right(2000),
        "two thousand": lambda: len(spirals().loss) - 1,
        "0.003": lambda: spirals().loss[2000],
    },
    "deep_sigmoid_stacks_go_silent": {
        "twenty": lambda: len(depth.profile("sigmoid", "Xavier").spread),
        "hundred": lambda: depth.stack("Xavier")[1].weights.shape[0],
        "ten thousandfold": lambda: 1e-4 / 1e-8,
        "0.238": lambda: depth.profile("sigmoid", "Xavier").kept,
        "a quarter": lambda: steepest(network.SIGMOID),
        "150": lambda: len(depth.learn("sigmoid", "Xavier")) - 1,
        "2.300": lambda: depth.learn("sigmoid", "Xavier")[-1],
        "2.303": lambda: np.log(depth.digits().truth.shape[1]),
        "0.945": lambda: depth.profile("tanh", "Xavier").kept,
        "0.014": lambda: depth.learn("tanh", "Xavier")[-1],
        "0.979": lambda: depth.profile("ReLU", "He").kept,
    },
    "start_neither_silent_nor_screaming": {
        "one half": lambda: network.triplets().weights[0, 0, 0],
        "three thousand": lambda: network.triplets().steps[-1],
        "3.926": lambda: network.triplets().weights[-1, 0, 2],
        "sixteen": lambda: np.floor(np.log10(spread("ReLU", "large", 20))),
        "four": lambda: round(spread("ReLU", "large", 20) / 1e16),
        "hundred": lambda: depth.stack("large")[1].weights.shape[0],
        "tenfold": lambda: np.sqrt(depth.WIDTH) * depth.STARTS["large"](100, 100),
        "a tenth": lambda: depth.STARTS["Xavier"](100, 100),
        "0.56": lambda: spread("tanh", "Xavier", 1),
        "0.18": lambda: spread("tanh", "Xavier", 20),
        "two": lambda: (depth.STARTS["He"](100, 100) / depth.STARTS["Xavier"](100, 100)) ** 2,
        "0.83": lambda: spread("ReLU", "He", 1),
        "0.54": lambda: spread("ReLU", "He", 20),
    },
}

CLAIMS: Claims = {
    "one_midpoint_decides_it": {
        "it is impossible": "test_only_xor_and_its_opposite_cannot_be_parted",
    },
    "blame_runs_left": {
        "times zero, and nothing gets through": "zero",
        "those weights learn nothing here": "zero",
    },
    "measuring_is_not_moving": {
        "give all slopes at once": "test_both_runs_cost_less_than_three_to_the_right",
        "a little against its slope": "test_a_step_against_the_slopes_lowers_the_loss_as_the_slopes_say",
    },
    "a_thousand_small_turns": {
        "After two thousand all are": "200",
    },
    "start_neither_silent_nor_screaming": {
        "Then every sum is zero": "test_zero_weights_give_zeros_and_teach_nothing_but_the_last_bias",
        "all three say 3.926": "3.926",
    },
}

WAIVERS: Waivers = {}


def test_the_first_layer_hears_a_million_millionth() -> None:
    assert first_from_last() == pytest.approx(1e-12, rel=0.5)


def test_a_nudge_answers_to_a_billionth() -> None:
    for layer, weights in enumerate(EXAMPLE.blame.weights):
        for (row, column), found in np.ndenumerate(weights):
            assert abs(EXAMPLE.nudged(layer, row, column) - found) < 1e-9


def test_both_runs_cost_less_than_three_to_the_right() -> None:
    for sizes in ((2, 2, 1), network.SPIRAL_SIZES, (64, *[100] * 20, 10)):
        right, left = network.count_multiplications(sizes)
        assert right + left < 3 * right


def test_zero_weights_never_move() -> None:
    start = tuple(network.Layer(np.zeros(shape), np.zeros(shape[1])) for shape in ((2, 3), (3, 1)))
    training = network.train_on_xor(start, steps=50)
    assert not any(layer.weights.any() for layer in training.layers[-1])


def test_the_sums_that_are_written_are_those_of_the_example() -> None:
    first, last = EXAMPLE.layers
    assert EXAMPLE.passed.sums[0][0].tolist() == [0.5 * 1 + 0.5 * 2 - 0.5, -1 * 1 + 0.5 * 2 - 0.5]
    assert EXAMPLE.passed.outputs[0, 0] == 2 * 1 - 1 * 0 + 0.5
    assert network.melt((first, last)).weights[:, 0].tolist() == [2, 0.5]
    assert EXAMPLE.truth[0, 0] == 0
