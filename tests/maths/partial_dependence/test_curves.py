"""Curves and effects hold against scikit-learn, a second way to compute each, and functions whose effects are known."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from sklearn.ensemble import RandomForestRegressor
from sklearn.inspection import partial_dependence

from scenes.maths.partial_dependence import curves, hand

CHANCE = np.random.default_rng(4)
ROWS = CHANCE.normal(0, 1, (240, 3))
ROWS[:, 1] += 0.8 * ROWS[:, 0]
MODEL = RandomForestRegressor(20, min_samples_leaf=3, random_state=0).fit(
    ROWS, ROWS[:, 0] * ROWS[:, 1] + ROWS[:, 2] ** 2
)
GRID = np.array([-1.0, -0.25, 0.5, 1.5])


def additive(rows: curves.Floats) -> curves.Floats:
    """A sum of functions of one feature each."""
    return np.asarray(2 * rows[:, 0] + np.sin(rows[:, 1]) + rows[:, 2] ** 2)


def product(rows: curves.Floats) -> curves.Floats:
    """Two features that interact, and have no effect of their own where they are centred."""
    return np.asarray(rows[:, 0] * rows[:, 1])


def ale_by_loops(rows: curves.Floats, column: int, parts: int) -> tuple[curves.Floats, curves.Floats]:
    """Accumulated local effects as Apley and Zhu write them, row by row; only for intervals that are all different."""
    ordered = np.sort(rows[:, column])
    edges = [float(np.quantile(ordered, share)) for share in np.linspace(0, 1, parts + 1)]
    total, values, middles = 0.0, [0.0], []
    for number, (low, high) in enumerate(pairwise(edges)):
        mine = [row for row in rows if low < row[column] <= high or (number == 0 and row[column] == low)]
        changes = []
        for row in mine:
            left, right = row.copy(), row.copy()
            left[column], right[column] = low, high
            before, after = MODEL.predict([left, right])
            changes.append(after - before)
        total += sum(changes) / len(changes)
        values.append(total)
        middles += [(values[-2] + values[-1]) / 2] * len(mine)
    return np.array(edges), np.array(values) - np.mean(middles)


def test_curves_and_their_mean_are_those_of_scikit_learn() -> None:
    theirs = partial_dependence(MODEL, ROWS, [1], kind="both", custom_values={1: GRID})
    assert curves.ice(MODEL.predict, ROWS, 1, GRID) == pytest.approx(theirs["individual"][0])
    assert curves.partial_dependence(MODEL.predict, ROWS, 1, GRID) == pytest.approx(theirs["average"][0])


def test_two_features_at_once_are_those_of_scikit_learn() -> None:
    theirs = partial_dependence(MODEL, ROWS, [0, 1], method="brute", custom_values={0: GRID, 1: GRID[:2]})[
        "average"
    ][0]
    places = [(one, other) for one in GRID for other in GRID[:2]]
    assert curves.joint(MODEL.predict, ROWS, (0, 1), places).reshape(4, 2) == pytest.approx(theirs)


def test_a_curve_forces_one_feature_and_keeps_all_others() -> None:
    asked: list[curves.Floats] = []
    curves.ice(lambda rows: asked.append(rows) or rows[:, 0], ROWS, 1, GRID)  # type: ignore[func-returns-value]
    (forced,) = asked
    assert len(forced) == len(ROWS) * len(GRID)
    assert (forced[:, 1].reshape(len(ROWS), -1) == GRID).all()
    assert (forced.reshape(len(ROWS), len(GRID), 3)[:, :, [0, 2]] == ROWS[:, None, [0, 2]]).all()


def test_partial_dependence_of_a_sum_is_its_part() -> None:
    said = curves.partial_dependence(additive, ROWS, 1, GRID)
    assert said - said[0] == pytest.approx(np.sin(GRID) - np.sin(GRID[0]))


def test_centred_curves_of_an_additive_model_coincide() -> None:
    fan = curves.centred(curves.ice(additive, ROWS, 2, GRID), 1)
    assert fan == pytest.approx(np.tile(fan[:1], (len(ROWS), 1)))
    assert np.ptp(curves.centred(curves.ice(product, ROWS, 0, GRID), 1), axis=0).max() > 1


def test_the_mean_of_centred_curves_is_the_centred_mean() -> None:
    own = curves.ice(MODEL.predict, ROWS, 1, GRID)
    assert curves.centred(own, 2).mean(axis=0) == pytest.approx(own.mean(axis=0) - own.mean(axis=0)[2])


@pytest.mark.parametrize("parts", [4, 11])
def test_local_effects_are_those_of_a_second_way(parts: int) -> None:
    ours = curves.ale(MODEL.predict, ROWS, 0, parts)
    edges, values = ale_by_loops(ROWS, 0, parts)
    assert ours.edges == pytest.approx(edges) and ours.values == pytest.approx(values)
    assert ours.counts.sum() == len(ROWS) and np.ptp(ours.counts) <= 1


def test_local_effects_of_a_line_are_its_slope_whatever_goes_with_it() -> None:
    said = curves.ale(lambda rows: np.asarray(3 * rows[:, 0] - 2 * rows[:, 1]), ROWS, 0)
    assert np.diff(said.values) / np.diff(said.edges) == pytest.approx(3)


def test_local_effects_are_centred_over_the_rows() -> None:
    said = curves.ale(MODEL.predict, ROWS, 0, 10)
    assert ((said.values[1:] + said.values[:-1]) / 2 * said.counts).sum() == pytest.approx(0, abs=1e-9)


def test_effects_of_other_features_cancel_in_the_difference() -> None:
    alone = curves.ale(lambda rows: np.asarray(rows[:, 0] ** 2), ROWS, 0)
    beside = curves.ale(lambda rows: np.asarray(rows[:, 0] ** 2 + 50 * rows[:, 1]), ROWS, 0)
    assert beside.steps == pytest.approx(alone.steps)


def test_a_row_steps_only_within_its_interval() -> None:
    edges = curves.edges_of(ROWS[:, 0], 12)
    at = curves.interval_of(ROWS[:, 0], edges)
    assert (edges[at] <= ROWS[:, 0]).all() and (ROWS[:, 0] <= edges[at + 1]).all()


def test_ale_asks_for_two_predictions_a_row() -> None:
    asked: list[int] = []

    def counted(rows: curves.Floats) -> curves.Floats:
        asked.append(len(rows))
        return additive(rows)

    curves.ale(counted, ROWS, 0, 7)
    assert sum(asked) == 2 * len(ROWS)


def test_levels_step_between_neighbours() -> None:
    rows = np.column_stack([np.repeat([0.0, 1.0, 2.0], 20), np.linspace(0, 1, 60)])
    said = curves.ale_levels(lambda each: np.asarray(each[:, 0] ** 2 + each[:, 1]), rows, 0, 3)
    assert said == pytest.approx([0, 1, 4])


def test_the_marginal_plot_is_a_mean_by_group() -> None:
    feature, said = curves.marginal(MODEL.predict, ROWS, 0, 8)
    order = np.argsort(ROWS[:, 0], kind="stable").reshape(8, -1)
    assert feature == pytest.approx(ROWS[order, 0].mean(axis=1))
    assert said == pytest.approx(MODEL.predict(ROWS)[order].mean(axis=1))


def test_the_marginal_plot_adds_what_goes_with_the_feature() -> None:
    feature, said = curves.marginal(lambda rows: np.asarray(rows[:, 1]), ROWS, 0, 8)
    assert np.polyfit(feature, said, 1)[0] == pytest.approx(0.8, abs=0.15)
    assert np.diff(curves.partial_dependence(lambda rows: rows[:, 1], ROWS, 0, GRID)) == pytest.approx(0)


def h_by_loops(predict: curves.Predict, rows: curves.Floats) -> float:
    """H² from its definition: at each row, means over all rows of predictions with one or both features forced."""
    values = []
    for at in rows:
        forced = [[*at[:2], *row[2:]] for row in rows], [[at[0], *row[1:]] for row in rows]
        third = [[row[0], at[1], *row[2:]] for row in rows]
        values.append([predict(np.array(each)).mean() for each in (*forced, third)])
    both, one, other = (np.array(values) - np.mean(values, axis=0)).T
    return float(((both - one - other) ** 2).sum() / (both**2).sum())


@pytest.mark.parametrize("predict", [additive, product, MODEL.predict])
def test_h_is_that_of_brute_force(predict: curves.Predict) -> None:
    rows = ROWS[:40]
    ours = curves.h_squared(
        curves.joint(predict, rows, (0, 1), rows[:, :2]),
        curves.partial_dependence(predict, rows, 0, rows[:, 0]),
        curves.partial_dependence(predict, rows, 1, rows[:, 1]),
    )
    assert ours == pytest.approx(h_by_loops(predict, rows), abs=1e-12)
    if predict is additive:
        assert ours == pytest.approx(0, abs=1e-12)


def test_the_examples_by_hand_are_what_is_computed() -> None:
    low, high = hand.forced().mean(axis=0)
    assert (low, high) == (4, 7)
    assert curves.centred(hand.forced(), 0)[:, 1].tolist() == [1, 2, 6]
    sums, shifted = hand.stairs()
    assert hand.steps().tolist() == [3, 2] and sums.tolist() == [0, 3, 5]
    assert shifted.tolist() == [-2.75, 0.25, 2.25]
