"""The worked cases: what is told of one draw holds for many."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy import stats
from sklearn.decomposition import PCA

from scenes.maths.anomaly_detection import cases, flows


def test_more_neighbours_and_smaller_samples_find_the_swarm() -> None:
    found = flows.found()
    assert (found["LOF, few"] < found["LOF, many"]).all()
    assert (found["trees, large"] < found["trees, small"]).all()


def test_a_k_just_above_the_swarm_does_not_find_it() -> None:
    """Several times the swarm is wanted: with fewer the neighbours of the crowds reach into it as well."""
    found = [
        np.mean(
            [
                (np.argsort(-flows.factors(k, seed))[: flows.SWARM] >= flows.ORDINARY).mean()
                for seed in range(4)
            ]
        )
        for k in (flows.SWARM + 5, 2 * flows.SWARM, flows.MANY)
    ]
    assert found[0] < 0.1 < found[1] < 0.5 < found[2]


def test_contamination_moves_the_line_and_not_the_order() -> None:
    scores = cases.tumour_scores()
    sets = [cases.flagged(scores, share) for share in cases.CONTAMINATIONS]
    assert [int(each.sum()) for each in sets] == [4, 19, 38]
    for fewer, more in pairwise(sets):
        assert not (fewer & ~more).any()
    for each in sets:
        assert scores[each].min() > scores[~each].max()


def test_ten_opened_cases_hold_four_to_eight() -> None:
    assert (cases.hits().min(), cases.hits().max(), len(cases.hits())) == (4, 8, 20)
    assert cases.hits()[cases.CASES] == 7


def test_a_count_of_fences_beats_the_forest_on_these_data() -> None:
    found = cases.contest()
    assert int((found["fences"] > found["isolation"]).sum()) == 16


def test_ones_own_measure_beats_the_amount_in_all_draws() -> None:
    by_amount, own = cases.thefts().T
    assert (own > by_amount).all()


def test_the_largest_payments_are_honest() -> None:
    paid = cases.payments()
    top = np.argsort(-paid.amounts)[: cases.STOLEN]
    assert paid.stolen[top].mean() < 0.2


def test_distances_from_ones_own_median_are_those_of_the_robust_z() -> None:
    paid = cases.payments()
    far, own = cases.own_distance(paid), cases.own_z(paid)
    ratio = np.array([far[paid.who == person][own[paid.who == person] > 1].mean() for person in range(100)])
    assert np.sign(far) == pytest.approx(np.sign(own))
    assert np.median(ratio) == pytest.approx(np.median(own[own > 1]), rel=0.25)


def test_robust_z_is_scipys() -> None:
    values = np.random.default_rng(0).normal(size=40)
    scale = stats.median_abs_deviation(values, scale="normal")
    assert cases.robust_z(values) == pytest.approx((values - np.median(values)) / scale, rel=1e-3)


def test_errors_are_those_of_principal_components() -> None:
    each = cases.parts()
    flat = each.learnt.reshape(len(each.learnt), -1)
    model = PCA(10, svd_solver="full").fit(flat)
    off = each.new.reshape(len(each.new), -1) - model.mean_
    rest = (off**2).sum(axis=1) - ((off @ model.components_.T) ** 2).sum(axis=1)
    assert cases.errors(each.learnt, each.new) == pytest.approx(rest)


def test_seen_parts_set_the_line_too_low() -> None:
    for seed in range(cases.DRAWS):
        seen, held = cases.thresholds(seed)
        assert seen < held
    good, bad = cases.alarms()[:, :, 0], cases.alarms()[:, :, 1]
    assert (good[:, 0] > good[:, 1]).all()
    assert bad.min() > 0.9
