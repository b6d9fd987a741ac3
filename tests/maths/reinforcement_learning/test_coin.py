"""The map with a coin: its values by hand, and how much exploration finds the flag behind it."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.maths.reinforcement_learning import coin
from scenes.maths.reinforcement_learning.gridworld import iterate_values, read_map, shortest_way

WORLD = read_map()
SMALL = coin.lay_coin(WORLD)


def test_only_the_moves_onto_the_coin_pay_otherwise_than_before():
    spot = WORLD.tile(*coin.COIN)
    onto = (WORLD.after == spot) & (np.arange(len(WORLD.tiles)) != spot)[:, None]
    assert onto.any()
    assert (SMALL.reward[onto] == coin.PRIZE).all()
    rest = ~onto
    rest[spot] = False
    np.testing.assert_array_equal(SMALL.reward[rest], WORLD.reward[rest])
    assert (SMALL.reward[spot] == 0).all()
    assert SMALL.ends[spot] and not WORLD.ends[spot]


def test_the_flag_is_worth_the_longer_way():
    way = shortest_way(SMALL, SMALL.start)
    assert WORLD.tile(*coin.COIN) not in way
    assert iterate_values(SMALL).value[-1][SMALL.start] == pytest.approx(0.9 ** (len(way) - 2))
    assert SMALL.reward.max(initial=0.0) == 1


@pytest.mark.parametrize(
    ("name", "flags"), [("greedy", 0), ("tenth", 0), ("three tenths", 0), ("falling", 17)]
)
def test_who_ends_at_the_flag(name: str, flags: int):
    found = coin.search(name)
    assert (found.flag.sum(), found.coin.sum()) == (flags, 20 - flags)


def test_as_many_steps_do_not_make_up_for_little_exploration():
    falling, alike = coin.search("falling"), coin.search("tenth", trips=coin.ALIKE)
    assert alike.coin.all()
    assert np.median(alike.steps) == pytest.approx(np.median(falling.steps), rel=0.05)


def test_a_greedy_way_ends_where_it_ends_or_is_broken_off():
    q = iterate_values(SMALL).q[-1]
    assert coin.greedy_way(SMALL, q).tolist()[-1] == SMALL.goal
    assert len(coin.greedy_way(SMALL, np.zeros_like(q))) == len(SMALL.tiles) + 1
