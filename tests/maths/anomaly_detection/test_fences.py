"""Fences of one column, against scipy, closed forms and many draws."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from scenes.maths.anomaly_detection import fences, isolation


def test_by_hand() -> None:
    mean, deviation = fences.spread(fences.HAND)
    assert (mean, deviation) == pytest.approx((10, np.sqrt(2.5)))
    assert fences.z_scores([fences.STRANGER], fences.HAND)[0] == pytest.approx(6 / np.sqrt(2.5))
    together = [*fences.HAND, fences.STRANGER]
    assert fences.spread(together) == pytest.approx((11, np.sqrt(8)))
    assert fences.z_scores(together)[-1] == pytest.approx(5 / np.sqrt(8))
    assert fences.quartiles(together)[::2] == pytest.approx((9.25, 11.75))
    assert fences.tukey(together)[1] == pytest.approx(15.5)


def test_z_scores_are_scipys() -> None:
    values = fences.readings()
    assert fences.z_scores(values) == pytest.approx(stats.zscore(values, ddof=1))


@pytest.mark.parametrize("count", [5, 6, 10, 11, 50])
def test_no_z_is_larger_than_the_largest_possible(count: int) -> None:
    far = np.zeros(count)
    far[-1] = 1e9
    assert fences.z_scores(far)[-1] == pytest.approx(fences.largest_possible(count))
    rng = np.random.default_rng(count)
    drawn = [np.abs(fences.z_scores(rng.standard_cauchy(count))).max() for _ in range(2000)]
    assert max(drawn) <= fences.largest_possible(count) + 1e-9


def test_of_ten_values_none_is_three_deviations_off() -> None:
    assert fences.largest_possible(10) < fences.Z_FENCE < fences.largest_possible(11)


def test_three_intruders_hide_in_all_draws() -> None:
    assert fences.largest_z(0).min() > 3
    assert [fences.largest_z(step).max() < 3 for step in (2, 3)] == [True, True]
    assert [fences.caught(step) for step in range(4)] == [1, 1, 1, 1]


@pytest.mark.parametrize(("law", "of"), [("bell", stats.norm()), ("log-normal", stats.lognorm(1))])
def test_shares_beyond_the_fence_are_those_of_many_draws(law: str, of: stats.rv_continuous) -> None:
    drawn = of.rvs(200_000, random_state=np.random.default_rng(0))
    assert fences.beyond(drawn).mean() == pytest.approx(fences.flagged_share(law), abs=2e-3)


def test_logarithms_leave_no_spending_beyond() -> None:
    spent = fences.spending()
    assert len(spent) == 72
    assert fences.beyond(spent).sum() == 4
    assert not fences.beyond(np.log(spent)).any()


def test_the_tall_and_light_one_is_ordinary_in_each_column_and_odd_as_a_pair() -> None:
    table = fences.bodies()
    assert not fences.beyond(table[:, 0])[-1] and not fences.beyond(table[:, 1])[-1]
    off = table - table[:-1].mean(axis=0)
    far = np.einsum("ni,ij,nj->n", off, np.linalg.inv(np.cov(table[:-1].T)), off)
    assert far.argmax() == len(table) - 1


def test_the_lone_dot_is_beyond_three_in_each_column() -> None:
    for column in isolation.cloud().T:
        z = np.abs(fences.z_scores(column))
        assert z.argmax() == isolation.LONE and z[isolation.LONE] > fences.Z_FENCE


@pytest.mark.parametrize(("count", "alike"), [(21, 1), (22, 2), (23, 3), (25, 5)])
def test_equal_outliers_stay_below_their_bound_and_come_near_it(count: int, alike: int) -> None:
    others = np.random.default_rng(0).normal(size=count - alike)
    bound = fences.largest_alike(count, alike)
    z = [stats.zscore(np.append(others, np.full(alike, far)), ddof=1).max() for far in (10, 100, 1e4, 1e6)]
    assert max(z) < bound
    assert z[-1] == pytest.approx(bound, rel=1e-4)
    if alike == 1:
        assert bound == pytest.approx(fences.largest_possible(count))


def test_three_intruders_end_at_one_z_score_however_far_out_they_are() -> None:
    three = np.array(fences.INTRUDERS[2])
    bound = fences.largest_alike(20 + len(three), len(three))
    for far in (0, 4, 8, 32, 1e3, 1e6):
        z = fences.z_scores(fences.readings(intruders=three + far))[20:]
        assert z.max() < fences.Z_FENCE
    assert z == pytest.approx([bound] * 3, rel=1e-4)
