"""One perceptron against brute force by other means, linear programming and scikit-learn."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.optimize import linprog

from scenes.maths.neural_networks.perceptron import AND, CORNERS, XOR, Ruler, best_count, correct, turned


def separable(labels: np.ndarray) -> bool:
    """Whether any line gets all corners: a linear programme decides."""
    sides = np.where(labels == 1, 1.0, -1.0)[:, None]
    rows = -sides * np.column_stack([CORNERS, np.ones(4)])
    return bool(linprog(np.zeros(3), rows, -np.ones(4), bounds=(None, None)).success)


@pytest.mark.parametrize("labels", list(itertools.product((0, 1), repeat=4)))
def test_best_count_is_four_just_where_a_line_exists(labels: tuple[int, ...]) -> None:
    wanted = np.array(labels)
    assert best_count(wanted) == (4 if separable(wanted) else 3)


def test_only_xor_and_its_opposite_cannot_be_parted() -> None:
    impossible = [t for t in itertools.product((0, 1), repeat=4) if not separable(np.array(t))]
    assert impossible == [(0, 1, 1, 0), (1, 0, 0, 1)]


def test_a_ruler_answers_by_the_side_of_its_line() -> None:
    ruler = turned(np.pi / 4, -0.2)
    np.testing.assert_array_equal(ruler.answers(CORNERS), AND)
    assert ruler.right(AND) == 4
    assert ruler.right(XOR) == 1
    # The offset is how far the line lies from the middle of the square, along the arrow.
    middle = np.array([0.5, 0.5]) + 0.2 * ruler.w
    assert middle @ ruler.w + ruler.b == pytest.approx(0.0)


def rosenblatt(labels: np.ndarray, rounds: int) -> list[tuple[float, ...]]:
    """The rule spelled out once more, with plain numbers; the weights after each round."""
    w1 = w2 = b = 0.0
    ends: list[tuple[float, ...]] = []
    for _ in range(rounds):
        for (x1, x2), label in zip(CORNERS.tolist(), labels.tolist(), strict=True):
            answer = 1 if w1 * x1 + w2 * x2 + b > 0 else 0
            w1, w2, b = w1 + (label - answer) * x1, w2 + (label - answer) * x2, b + (label - answer)
        ends.append((w1, w2, b))
    return ends


def test_on_and_the_rule_ends_clean() -> None:
    walk = correct(AND)
    assert walk.errors == (1, 3, 3, 2, 1, 0)
    assert walk.loop is None
    w = walk.weights[-1]
    assert tuple(w) == rosenblatt(AND, 6)[-1]
    assert Ruler(w[:2], float(w[2])).right(AND) == 4


def test_on_xor_the_weights_come_back_and_the_loop_is_closed() -> None:
    walk = correct(XOR)
    assert walk.loop is not None
    first, again = walk.loop
    np.testing.assert_array_equal(walk.weights[first], walk.weights[again])
    np.testing.assert_array_equal(walk.weights[first], [-1, 0, 1])
    ends = rosenblatt(XOR, 12)
    assert ends[1:] == [(-1, 0, 1)] * 11
    assert walk.errors == (2, 3, 4)


def test_each_correction_moves_by_what_was_seen() -> None:
    walk = correct(XOR)
    steps = np.diff(walk.weights, axis=0)
    np.testing.assert_array_equal(np.abs(steps[:, 2]), 1)
    np.testing.assert_array_equal(steps[:, :2] * steps[:, 2:], CORNERS[walk.corner])
    assert len(walk.turn) == len(walk.corner) == sum(walk.errors)


def test_a_walk_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="after 2 rounds"):
        correct(AND, rounds=2)
