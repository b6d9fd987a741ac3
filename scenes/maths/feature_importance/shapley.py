"""Shapley values: of a game by all orders, of a tree by brute force, and of a forest by the fast way.

A tree's game is path-dependent: where a feature is not known, both branches are taken, weighted by their rows.
Sources: L. S. Shapley, A value for n-person games (1953); G. Owen, Multilinear extensions of games, Management Science
18 (1972); S. Lundberg and S.-I. Lee, A unified approach to interpreting model predictions, NeurIPS (2017);
S. Lundberg et al., From local explanations to global understanding with explainable AI for trees, Nature Machine
Intelligence 2 (2020).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, permutations
from math import factorial
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestRegressor
from sklearn.tree import DecisionTreeRegressor

from scenes.maths.feature_importance.patients import BLOOD, MASS, PRESSURE, Floats, grown, split, twinned
from scenes.maths.shared.memo import remembered

Coalition = frozenset[int]
Game = Mapping[Coalition, float]

HAND: Final[Game] = {
    frozenset(): 150.0,
    frozenset({0}): 190.0,
    frozenset({1}): 170.0,
    frozenset({0, 1}): 230.0,
}
"""What is predicted with nothing known, with body mass, with pressure, and with both: numbers to follow in the head."""
THREE: Final = (MASS, PRESSURE, BLOOD)
"""Features of the small tree."""
NODES: Final = 12
"""Of the quadrature: exact where at most 24 features are on a path."""


def coalitions(players: int) -> list[Coalition]:
    """All sets of ``players``, the small ones first."""
    return [frozenset(each) for size in range(players + 1) for each in combinations(range(players), size)]


def marginals(game: Game, order: tuple[int, ...]) -> Floats:
    """(m,): what each player adds to those that came before it in ``order``; in the players' own order."""
    added = np.zeros(len(order))
    known: Coalition = frozenset()
    for player in order:
        added[player] = game[known | {player}] - game[known]
        known |= {player}
    return added


def all_orders(players: int) -> list[tuple[int, ...]]:
    """The m! orders in which players can come."""
    return list(permutations(range(players)))


def by_orders(game: Game, players: int) -> Floats:
    """(m,): Shapley values: marginal contributions, averaged over all orders."""
    return np.asarray(np.mean([marginals(game, order) for order in all_orders(players)], axis=0))


def weight(size: int, players: int) -> float:
    """|S|! (m − |S| − 1)! / m!: the share of orders in which just the ``size`` players of S come before another one."""
    return factorial(size) * factorial(players - size - 1) / factorial(players)


def by_weights(game: Game, players: int) -> Floats:
    """(m,): Shapley values by the formula: a weighted sum over coalitions without the player."""
    values = np.zeros(players)
    for player in range(players):
        for known in coalitions(players):
            if player not in known:
                gain = game[known | {player}] - game[known]
                values[player] += weight(len(known), players) * gain
    return values


def walked(players: int, player: int) -> dict[Coalition, int]:
    """How many orders have a given player join each coalition without it."""
    count = {known: 0 for known in coalitions(players) if player not in known}
    for order in all_orders(players):
        count[frozenset(order[: order.index(player)])] += 1
    return count


def axioms() -> dict[str, Floats]:
    """Shapley values of small games, one an axiom.

    Those of :data:`HAND` and their sum; of twins, which add the same; of a feature beside one that adds 0; and of the
    first of two features in two trees and in their sum.
    """
    twins = {frozenset(): 150.0, frozenset({0}): 230.0, frozenset({1}): 230.0, frozenset({0, 1}): 230.0}
    idle = {known: HAND[known & {0}] for known in HAND}
    other = {frozenset(): 100.0, frozenset({0}): 120.0, frozenset({1}): 150.0, frozenset({0, 1}): 190.0}
    both = {known: HAND[known] + other[known] for known in HAND}
    hand = by_orders(HAND, 2)
    return {
        "efficiency": np.array([*hand, HAND[frozenset({0, 1})] - HAND[frozenset()]]),
        "symmetry": by_orders(twins, 2),
        "dummy": by_orders(idle, 2),
        "linearity": np.array([by_orders(game, 2)[0] for game in (HAND, other, both)]),
    }


def known_prediction(tree: DecisionTreeRegressor, row: Floats, known: Coalition) -> float:
    """Prediction for ``row`` (d,) when only ``known`` features are: both branches elsewhere, weighted by their rows."""
    inner = tree.tree_
    cells = np.asarray(row, dtype=np.float32)

    def walk(node: int) -> float:
        left, right = int(inner.children_left[node]), int(inner.children_right[node])
        if left < 0:
            return float(inner.value[node, 0, 0])
        feature = int(inner.feature[node])
        if feature in known:
            return walk(left if cells[feature] <= inner.threshold[node] else right)
        rows = inner.weighted_n_node_samples
        return float((rows[left] * walk(left) + rows[right] * walk(right)) / rows[node])

    return walk(0)


def game_of(tree: DecisionTreeRegressor, row: Floats) -> dict[Coalition, float]:
    """Predictions for ``row`` (d,), by coalition of its d features."""
    return {known: known_prediction(tree, row, known) for known in coalitions(len(row))}


@dataclass(frozen=True, slots=True)
class Small:
    """A tree of depth three on body mass, pressure and s5, and the first patient that is held out."""

    tree: DecisionTreeRegressor
    row: Floats
    game: dict[Coalition, float]

    @property
    def values(self) -> Floats:
        """(3,): its SHAP values."""
        return by_orders(self.game, 3)


def small() -> Small:
    """Of the first split."""
    parts = split(0)
    tree = DecisionTreeRegressor(max_depth=3, random_state=0).fit(parts.seen[:, THREE], parts.seen_y)
    row = parts.held[0, THREE]
    return Small(tree, row, game_of(tree, row))


def shap_tree(tree: DecisionTreeRegressor, rows: Floats) -> Floats:
    """(n, d): SHAP values of ``rows`` (n, d).

    A leaf is a product game: v(S) is its value times ∏ o over the path's features in S and ∏ z over the others, where
    o tells whether the row meets the feature's cuts on the path and z is the share of rows that does.  Its Shapley
    value is value · (o − z) ∫₀¹ ∏ (z + t(o − z)) dt over the other features (Owen 1972), by Gauss-Legendre.
    """
    inner = tree.tree_
    values = np.zeros(rows.shape)
    cells = rows.astype(np.float32)
    at, share = np.polynomial.legendre.leggauss(NODES)
    at, share = (at + 1) / 2, share / 2

    def leaf(node: int, meets: dict[int, NDArray[np.bool_]], part: dict[int, float]) -> None:
        features = list(part)
        z = np.array([part[each] for each in features])
        o = np.stack([meets[each] for each in features]).astype(float)
        mixed = z[:, None, None] + at[None, :, None] * (o - z[:, None])[:, None, :]
        for i, feature in enumerate(features):
            rest = np.prod(np.delete(mixed, i, 0), 0)
            values[:, feature] += inner.value[node, 0, 0] * (o[i] - z[i]) * (share @ rest)

    def walk(node: int, meets: dict[int, NDArray[np.bool_]], part: dict[int, float]) -> None:
        if inner.children_left[node] < 0:
            if part:
                leaf(node, meets, part)
            return
        feature = int(inner.feature[node])
        goes_left = cells[:, feature] <= inner.threshold[node]
        for child, goes in ((inner.children_left[node], goes_left), (inner.children_right[node], ~goes_left)):
            taken = float(inner.weighted_n_node_samples[child] / inner.weighted_n_node_samples[node])
            walk(
                int(child),
                {**meets, feature: meets.get(feature, np.ones(len(rows), dtype=bool)) & goes},
                {**part, feature: part.get(feature, 1.0) * taken},
            )

    walk(0, {}, {})
    return values


def shap_forest(forest: RandomForestRegressor, rows: Floats) -> Floats:
    """(n, d): SHAP values of a forest: the mean of its trees' (additivity)."""
    return np.asarray(sum(shap_tree(tree, rows) for tree in forest.estimators_) / len(forest.estimators_))


def base_of(forest: RandomForestRegressor) -> float:
    """φ₀: what the forest predicts with nothing known."""
    return float(np.mean([tree.tree_.value[0, 0, 0] for tree in forest.estimators_]))


@dataclass(frozen=True, slots=True)
class Explained:
    """SHAP values (n, d) of the patients held out, the base value, predictions (n,) and truths (n,)."""

    values: Floats
    base: float
    said: Floats
    truth: Floats

    @property
    def mean_absolute(self) -> Floats:
        """(d,): the mean of |φ| over the patients."""
        return np.asarray(np.abs(self.values).mean(axis=0))


@remembered
def of_split(seed: int, twin: bool = False) -> Explained:
    """SHAP values of a split's forest, with body mass twice if ``twin``."""
    parts = twinned(split(seed)) if twin else split(seed)
    forest = grown(parts)
    said = np.asarray(forest.predict(parts.held))
    return Explained(shap_forest(forest, parts.held), base_of(forest), said, parts.held_y)


def path(tree: DecisionTreeRegressor, row: Floats) -> list[tuple[int, float, int, int]]:
    """Cuts on the way of ``row`` (d,): feature, threshold, and rows to the left and to the right."""
    inner = tree.tree_
    node, way = 0, []
    cells = np.asarray(row, dtype=np.float32)
    while inner.children_left[node] >= 0:
        left, right = int(inner.children_left[node]), int(inner.children_right[node])
        cut = float(inner.threshold[node])
        way.append(
            (int(inner.feature[node]), cut, int(inner.n_node_samples[left]), int(inner.n_node_samples[right]))
        )
        node = left if cells[inner.feature[node]] <= cut else right
    return way
