"""Random cuts: by hand, by simulated search trees, and against scikit-learn's scores."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import LocalOutlierFactor

from scenes.maths.anomaly_detection import fences, isolation


def test_one_cut_isolates_the_far_point_by_hand() -> None:
    line = np.array(isolation.LINE)
    gap = (line[-1] - line[-2]) / (line[-1] - line[0])
    assert gap == pytest.approx(16 / 19)
    once = [len(isolation.isolate(line[:, None], 4, seed)) == 1 for seed in range(4000)]
    assert np.mean(once) == pytest.approx(gap, abs=0.02)
    assert min(len(isolation.isolate(line[:, None], 1, seed)) for seed in range(500)) == 2


def test_the_usual_length_is_that_of_random_search_trees() -> None:
    def mean_depth(size: int, rng: np.random.Generator) -> float:
        total, cells = 0, [size]
        while cells:
            here = cells.pop()
            if here > 1:
                total += here
                left = int(rng.integers(1, here))
                cells += [left, here - left]
        return total / size

    rng = np.random.default_rng(0)
    for size in (2, 10, 257):
        drawn = np.mean([mean_depth(size, rng) for _ in range(3000)])
        assert drawn == pytest.approx(isolation.usual_length(size), rel=0.01)


def test_each_cut_parts_the_cell_and_the_last_leaves_one() -> None:
    points = isolation.cloud()
    for row in (isolation.LONE, isolation.middle()):
        steps = isolation.isolate(points, row, isolation.SHOWN)
        counts = [len(step.rows) for step in steps]
        assert counts == sorted(counts, reverse=True) and counts[-1] == 1
        for step in steps:
            assert step.place in (step.low[step.column], step.high[step.column])
            inside = (points >= step.low) & (points <= step.high)
            assert np.flatnonzero(inside.all(axis=1)).tolist() == sorted(step.rows.tolist())


def test_both_ways_to_grow_a_tree_tell_one_length() -> None:
    points = isolation.cloud()
    lone = np.mean([isolation.depths(points, seed)[isolation.LONE] for seed in range(400)])
    assert lone == pytest.approx(isolation.lone_paths().mean(), abs=0.2)
    crowd = np.mean([isolation.depths(points, seed)[: isolation.CROWD].mean() for seed in range(100)])
    assert crowd == pytest.approx(isolation.crowd_paths().mean(), abs=0.4)


def test_the_lone_dot_has_the_highest_score_and_a_librarys_order_is_alike() -> None:
    points, own = isolation.cloud(), isolation.forest_scores()
    assert own.argmax() == isolation.LONE
    library = -IsolationForest(n_estimators=200, random_state=0).fit(points).score_samples(points)
    assert library.argmax() == isolation.LONE
    assert stats.spearmanr(own, library).statistic > 0.9


def test_a_path_of_usual_length_scores_a_half() -> None:
    assert isolation.score(isolation.usual_length(257), 257) == pytest.approx(0.5)
    assert isolation.score(0, 257) == pytest.approx(1.0)


def test_who_is_tall_and_light_is_first_by_lof_and_not_by_cuts() -> None:
    people = fences.bodies()
    scaled = (people - people.mean(axis=0)) / people.std(axis=0)
    for k in (5, 10, 20, 50):
        theirs = -LocalOutlierFactor(k).fit(scaled).negative_outlier_factor_
        assert theirs.argmax() == len(people) - 1
    assert isolation.body_ranks().min() > 1


def test_idle_columns_waste_cuts() -> None:
    """Beside columns of noise the lone dot is no longer first."""
    first = []
    for seed in range(8):
        noise = np.random.default_rng(seed).normal(size=(len(isolation.cloud()), 48))
        table = np.column_stack([isolation.cloud(), noise])
        found = -IsolationForest(random_state=seed).fit(table).score_samples(table)
        first.append(found.argmax() == isolation.LONE)
    assert np.mean(first) < 0.5
