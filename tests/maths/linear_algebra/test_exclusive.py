"""Exclusive or: that no line parts it is asked of a linear programme, and of what ReLU makes of it too."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from scenes.maths.linear_algebra.exclusive import SAME, UNLIKE, WEIGHTS, hidden, score
from scenes.maths.linear_algebra.solving import null_space


def some_line_parts(ones: np.ndarray, others: np.ndarray) -> bool:
    """Whether w and b exist with w·x + b at least 1 on the one side and at most -1 on the other."""
    signed = np.concatenate(
        [np.column_stack([ones, np.ones(len(ones))]), -np.column_stack([others, np.ones(len(others))])]
    )
    return bool(
        linprog(np.zeros(3), A_ub=-signed, b_ub=-np.ones(len(signed)), bounds=[(None, None)] * 3).success
    )


def test_no_line_parts_them_before_relu_and_one_does_after() -> None:
    assert not some_line_parts(UNLIKE, SAME)
    assert not some_line_parts(UNLIKE @ WEIGHTS.T, SAME @ WEIGHTS.T)
    assert some_line_parts(hidden(UNLIKE), hidden(SAME))


def test_both_layers_tell_exclusive_or() -> None:
    assert (score(UNLIKE) > 0).all()
    assert (score(SAME) < 0).all()


def test_the_alike_inputs_are_a_line_that_lands_on_zero() -> None:
    (line,) = null_space(WEIGHTS)
    np.testing.assert_allclose(np.abs(line), np.sqrt([0.5, 0.5]))
    np.testing.assert_allclose(SAME @ WEIGHTS.T, 0)
