"""What the cures of a deep Q-network are worth, over five seeds, and what a random walk reaches."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.maths.reinforcement_learning import cures
from scenes.maths.reinforcement_learning.dqn import paint


def test_the_table_is_that_of_the_trainings():
    result, painting = cures.ablate(), paint(1)
    for name in result.names:
        assert result.of(name)[1] == 100 * painting.reached[painting.row(name)]
        assert result.peak(name)[1] == painting.largest[:, painting.row(name)].max()


def test_both_cures_reach_the_flag_and_one_alone_does_not():
    result = cures.ablate()
    assert result.of("both").min() > 65
    single = np.concatenate([result.of("replay"), result.of("target")])
    assert (single < 25).sum() == 9
    assert result.peak("replay").min() > 1e5
    assert result.peak("both").max() < 2


def test_a_random_walk_reaches_the_flag_one_time_in_ten():
    share = cures.random_walk()
    assert share == pytest.approx(0.1, abs=0.01)
    assert cures.random_walk(seed=3) == pytest.approx(share, abs=0.01)


def test_the_first_steps_are_those_of_the_training():
    first, painting = cures.break_out(), paint(1)
    assert first.step[-1] == painting.step[0] == 200
    assert first.largest[-1] == pytest.approx(painting.largest[0, painting.row("replay")], rel=1e-3)
    assert first.largest[0] < 1 < 100 < first.largest[-1]
