"""Negative gradients are derivatives; trees go the nearest way that they can."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from sklearn.metrics import log_loss

from scenes.maths.gradient_boosting import losses, stairs


@pytest.mark.parametrize("kind", get_args(losses.Loss))
@pytest.mark.parametrize("label", [0.0, 1.0])
def test_downhill_is_minus_the_derivative(kind: losses.Loss, label: float) -> None:
    at, hair = np.array([-2.0, -0.3, 0.4, 3.0]), 1e-6
    slope = (losses.loss(kind, label, at + hair) - losses.loss(kind, label, at - hair)) / (2 * hair)
    np.testing.assert_allclose(losses.downhill(kind, label, at), -slope, atol=1e-6)


def test_log_loss_is_that_of_log_odds() -> None:
    odds = np.array([-1.0, 0.5, 2.0])
    labels = np.array([0.0, 1.0, 0.0])
    p = 1 / (1 + np.exp(-odds))
    assert losses.loss("log", labels, odds).mean() == pytest.approx(log_loss(labels, p))


def test_the_residual_is_the_arrow_of_half_the_squared_error() -> None:
    start = stairs.by_hand().at(stairs.HAND_X, 0)
    np.testing.assert_allclose(losses.downhill("squared", stairs.HAND_Y, start), [-8, -2, 4, 6])


def test_the_path_goes_down_the_bowl() -> None:
    path = losses.path()
    np.testing.assert_allclose(path, [[10, 10], [5, 5], [2, 6], [3, 7]])
    np.testing.assert_allclose(losses.bowl(*path.T), [34, 9, 2, 1])


def test_a_leaf_goes_the_nearest_way_on_the_diagonal() -> None:
    arrow = losses.downhill("squared", stairs.HAND_Y, 10.0)[losses.PAIR]
    tried = np.linspace(-20, 20, 4001)
    far = [((arrow - step) ** 2).sum() for step in tried]
    np.testing.assert_allclose(losses.shadow(), tried[int(np.argmin(far))], atol=0.01)
