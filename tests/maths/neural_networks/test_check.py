"""Nudges against backpropagation, and numbers in their order."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.maths.neural_networks import check, network

EXAMPLE = network.worked_example()


def test_numbers_go_unit_by_unit_and_come_back() -> None:
    flat = check.numbers(EXAMPLE.layers)
    assert flat.tolist() == [0.7, 1.1, -0.3, -1.2, 0.8, 0.2, -0.6, 0.5, 0.9]
    for made, layer in zip(check.with_numbers(EXAMPLE.layers, flat), EXAMPLE.layers, strict=True):
        np.testing.assert_array_equal(made.weights, layer.weights)
        np.testing.assert_array_equal(made.bias, layer.bias)


def test_each_nudge_answers_with_its_slope() -> None:
    slopes, rises = check.slopes(EXAMPLE), check.rises(EXAMPLE)
    assert len(slopes) == len(rises) == 9
    np.testing.assert_allclose(rises / 1e-3, slopes, atol=1.5e-3)
    assert rises[0] == pytest.approx(0.00147, abs=5e-6)
    closer = [
        (check.nudged(EXAMPLE, number, 1e-6).loss - check.nudged(EXAMPLE, number, -1e-6).loss) / 2e-6
        for number in range(9)
    ]
    np.testing.assert_allclose(closer, slopes, atol=1e-9)


def test_a_backward_pass_changes_no_number() -> None:
    before = check.numbers(EXAMPLE.layers).copy()
    check.slopes(EXAMPLE)
    np.testing.assert_array_equal(check.numbers(EXAMPLE.layers), before)
