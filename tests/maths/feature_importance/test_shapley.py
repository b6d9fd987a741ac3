"""Shapley values: orders against weights, the fast way against brute force, and the axioms."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.tree import DecisionTreeRegressor

from scenes.maths.feature_importance import shapley
from scenes.maths.feature_importance.patients import TICKET, grown, split


def random_game(players: int, seed: int) -> dict[frozenset[int], float]:
    rng = np.random.default_rng(seed)
    return {each: float(rng.normal()) for each in shapley.coalitions(players)}


@pytest.mark.parametrize("players", [2, 3, 4, 5])
def test_orders_and_weights_agree(players: int) -> None:
    game = random_game(players, players)
    np.testing.assert_allclose(shapley.by_orders(game, players), shapley.by_weights(game, players))


def test_the_game_by_hand() -> None:
    np.testing.assert_allclose(shapley.marginals(shapley.HAND, (0, 1)), [40, 40])
    np.testing.assert_allclose(shapley.marginals(shapley.HAND, (1, 0)), [60, 20])
    np.testing.assert_allclose(shapley.by_orders(shapley.HAND, 2), [50, 30])


def test_paths_on_edges_are_the_weights_of_the_formula() -> None:
    for player in range(3):
        for known, paths in shapley.walked(3, player).items():
            assert paths / 6 == pytest.approx(shapley.weight(len(known), 3))


def test_axioms_hold() -> None:
    one, other = random_game(4, 1), random_game(4, 2)
    both = {each: one[each] + other[each] for each in one}
    np.testing.assert_allclose(  # additivity
        shapley.by_orders(both, 4), shapley.by_orders(one, 4) + shapley.by_orders(other, 4)
    )
    assert shapley.by_orders(one, 4).sum() == pytest.approx(  # efficiency
        one[frozenset(range(4))] - one[frozenset()]
    )
    without = {each: one[each - {2}] for each in one}
    assert shapley.by_orders(without, 4)[2] == pytest.approx(0)  # dummy
    swap = {0: 1, 1: 0}
    equal = {each: one[each] + one[frozenset(swap.get(p, p) for p in each)] for each in one}
    values = shapley.by_orders(equal, 4)
    assert values[0] == pytest.approx(values[1])  # symmetry


def test_only_the_shapley_value_has_all_four() -> None:
    """Every game of three is a sum of unanimity games, whose shares efficiency, symmetry and dummy force."""
    game = random_game(3, 7)
    forced = np.zeros(3)
    for team in shapley.coalitions(3):
        if team:
            size = sum(
                (-1) ** (len(team) - len(part)) * game[part] for part in shapley.coalitions(3) if part <= team
            )
            forced[list(team)] += size / len(team)
    np.testing.assert_allclose(forced, shapley.by_orders(game, 3))


def test_the_fast_way_is_brute_force() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(80, 6))
    outcomes = rows[:, 0] * rows[:, 1] + np.abs(rows[:, 2]) + rng.normal(size=80)
    tree = DecisionTreeRegressor(max_depth=7, random_state=0).fit(rows, outcomes)
    fast = shapley.shap_tree(tree, rows[:8])
    for row, values in zip(rows[:8], fast, strict=True):
        game = shapley.game_of(tree, row)
        np.testing.assert_allclose(values, shapley.by_weights(game, 6), atol=1e-10)
        assert game[frozenset(range(6))] == pytest.approx(tree.predict(row[None])[0])
        assert game[frozenset()] == pytest.approx(outcomes.mean())


def test_shares_add_up_for_each_patient() -> None:
    told = shapley.of_split(0)
    np.testing.assert_allclose(told.base + told.values.sum(axis=1), told.said)
    parts = split(0)
    forest = grown(parts)
    np.testing.assert_allclose(told.said, forest.predict(parts.held))
    assert max(tree.get_depth() for tree in forest.estimators_) <= 2 * shapley.NODES
    # A column is learnt by the forest though it is chance: some patients are paid for it.
    assert np.abs(told.values[:, TICKET]).max() > 1


def test_the_small_tree() -> None:
    small = shapley.small()
    np.testing.assert_allclose(small.values, shapley.shap_tree(small.tree, small.row[None])[0])
    np.testing.assert_allclose(small.values, shapley.by_weights(small.game, 3))
    cuts = shapley.path(small.tree, small.row)
    assert [feature for feature, *_ in cuts] == [2, 0, 1]
    left, right = cuts[0][2:]
    assert left + right == len(split(0).seen)
    ways = small.tree.tree_
    mixed = [float(ways.value[each, 0, 0]) for each in (ways.children_left[0], ways.children_right[0])]
    assert small.game[frozenset()] == pytest.approx((left * mixed[0] + right * mixed[1]) / (left + right))


def test_small_games_show_their_axioms() -> None:
    games = shapley.axioms()
    assert games["efficiency"][:2].sum() == pytest.approx(games["efficiency"][2])
    assert games["symmetry"][0] == pytest.approx(games["symmetry"][1])
    np.testing.assert_allclose(games["dummy"], [40, 0])
    assert games["linearity"][:2].sum() == pytest.approx(games["linearity"][2])
