"""What the models of diamonds say: against scikit-learn, and stable over samples."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from sklearn.inspection import partial_dependence

from scenes.maths.partial_dependence import curves, diamonds, prices
from scenes.maths.partial_dependence.diamonds import CARAT, CLARITY, HIGH, LOW, WIDTH


@cache
def samples() -> list[prices.Opinion]:
    """All samples."""
    return [prices.opinion(seed) for seed in range(prices.SEEDS)]


@cache
def quarrels() -> list[prices.Quarrel]:
    """Samples of two models."""
    return [prices.quarrel(seed) for seed in range(prices.FEW)]


def test_the_partial_dependence_is_that_of_scikit_learn() -> None:
    drawn = diamonds.sample(0)
    model = prices.trees().fit(drawn.train[:, :5], drawn.train_price)
    theirs = partial_dependence(
        model, drawn.drawn[:, :5], [CLARITY], kind="both", method="brute",
        custom_values={CLARITY: np.arange(8.0)},
    )  # fmt: skip
    said = prices.opinion(0)
    assert said.curves == pytest.approx(theirs["individual"][0], abs=1e-6)
    assert said.mean == pytest.approx(theirs["average"][0], abs=1e-6)
    assert said.fit == pytest.approx(model.score(drawn.test[:, :5], drawn.test_price), abs=1e-9)


def test_the_model_is_good_and_the_mean_price_is_the_baseline() -> None:
    said = prices.opinion(0)
    assert round(said.fit, 2) == 0.98
    assert 1 - said.error**2 / said.spread**2 == pytest.approx(said.fit)


def test_clarity_pays_in_each_sample_where_raw_means_fall() -> None:
    rises = [each.mean[HIGH] - each.mean[LOW] for each in samples()]
    assert (np.mean(rises), np.std(rises)) == pytest.approx((2.32, 0.11), abs=0.006)
    raw = [each.marginal[HIGH] - each.marginal[LOW] for each in samples()]
    assert (np.mean(raw), np.std(raw)) == pytest.approx((-2.55, 0.07), abs=0.006)
    assert min(rises) > 0 > max(raw)


def test_local_effects_of_clarity_agree_with_its_partial_dependence() -> None:
    effects = [each.effects[HIGH] - each.effects[LOW] for each in samples()]
    assert (np.mean(effects), np.std(effects)) == pytest.approx((2.20, 0.02), abs=0.006)


def test_gains_grow_with_weight_in_each_sample() -> None:
    gains = np.array([each.gains for each in samples()])
    assert gains.mean(axis=0) == pytest.approx([0.41, 1.44, 4.8, 5.1], abs=0.06)
    assert (np.diff(gains[:, :3], axis=1) > 0).all()
    assert (gains[:, 2:] > 3 * gains[:, 1:2] - 0.9).all()


def test_on_log_price_the_groups_are_near_each_other() -> None:
    factors = np.array([each.factors for each in samples()]).mean(axis=0)
    assert factors == pytest.approx([1.76, 1.76, 1.95, 1.55], abs=0.01)


def test_the_post_is_stable() -> None:
    posts = [each.post for each in samples()]
    assert (np.mean(posts), np.std(posts)) == pytest.approx((5.06, 0.25), abs=0.01)


def test_the_stone_that_is_followed_is_the_first_of_its_weight() -> None:
    said = prices.opinion(0)
    row = prices.gold(said)
    assert said.stones[row, :4] == pytest.approx([0.71, 3, 3, 3]) and said.price[row] == 2.623
    assert not [weight for weight in said.stones[:row, CARAT] if 0.70 <= weight <= 0.72]


def test_the_surface_is_brute_force() -> None:
    drawn, made = diamonds.sample(0), prices.surface(0)
    model = prices.trees().fit(drawn.train[:, :5], drawn.train_price)
    for level, number in ((1, 0), (6, 13)):
        forced = drawn.drawn[:, :5].copy()
        forced[:, CARAT], forced[:, CLARITY] = prices.SHADES[number], level
        assert made.heights[level, number] == pytest.approx(model.predict(forced).mean(), abs=1e-6)
    assert made.share == pytest.approx(0.035, abs=0.0005)
    assert made.support.tolist() == [[193, 287], [219, 33]]


def test_weight_and_width_are_tied() -> None:
    drawn = diamonds.sample(0)
    tied = np.corrcoef(drawn.train[:, CARAT], drawn.train[:, WIDTH])[0, 1]
    assert prices.quarrel(0).tied == pytest.approx(tied) and round(float(tied), 2) == 0.98


def test_forced_stones_are_lonely() -> None:
    drawn, made = diamonds.sample(0), prices.quarrel(0)
    seen = drawn.train
    for weight, share in ((0.3, 0.33), (1.0, 0.51), (2.0, 0.88)):
        near = [row[WIDTH] for row in seen if abs(row[CARAT] - weight) < prices.NEAR]
        alone = [min(abs(width - row[WIDTH]) for width in near) > prices.APART for row in drawn.drawn]
        assert np.mean(alone) == pytest.approx(share, abs=0.005)
        at = int(abs(prices.GRID - weight).argmin())
        assert made.lonely[at] == pytest.approx(np.mean(alone))


def test_two_models_agree_on_real_stones_and_quarrel_over_forced_ones() -> None:
    assert prices.quarrel(0).fit.round(2).tolist() == [0.98, 0.98]
    real = [each.apart_real for each in quarrels()]
    forced = [each.apart(2.0) for each in quarrels()]
    assert (np.mean(real), np.std(real)) == pytest.approx((0.22, 0.02), abs=0.006)
    assert (np.mean(forced), np.std(forced)) == pytest.approx((9.7, 5.3), abs=0.06)
    assert min(forced) > 10 * max(real)


def test_a_price_below_zero_is_found_in_each_sample() -> None:
    assert max(float(each.curves[1].min()) for each in quarrels()) < 0
    worst = prices.quarrel(0).worst
    assert prices.quarrel(0).curves[:, worst, -1] == pytest.approx([14.5, -13.5], abs=0.05)


def test_the_two_models_agree_better_on_local_effects() -> None:
    means = np.array([each.rise(0.3, 1.0) for each in quarrels()])
    effects = np.array([[one.rise(0.3, 1.0) for one in each.effects] for each in quarrels()])
    assert means.mean(axis=0) == pytest.approx([3.49, 0.8], abs=0.05)
    assert effects.mean(axis=0) == pytest.approx([3.11, 3.84], abs=0.01)
    assert abs(np.diff(effects, axis=1)).mean() < 0.5 * abs(np.diff(means, axis=1)).mean()


def test_local_effects_ask_for_fewer_predictions_than_curves() -> None:
    asked = {"ice": 0, "ale": 0}

    def counting(name: str) -> curves.Predict:
        def predict(rows: curves.Floats) -> curves.Floats:
            asked[name] += len(rows)
            return np.asarray(rows[:, 0])

        return predict

    rows = diamonds.sample(0).drawn
    curves.ice(counting("ice"), rows, CARAT, prices.GRID)
    curves.ale(counting("ale"), rows, CARAT)
    assert (asked["ice"], asked["ale"]) == (len(rows) * len(prices.GRID), 2 * len(rows))


def test_rises_shares_and_quarrels_are_those_of_the_samples() -> None:
    assert prices.rises()[3] == pytest.approx(
        [line[HIGH] - line[LOW] for line in (samples()[3].mean, samples()[3].raw, samples()[3].marginal)]
    )
    shares = prices.shares()
    assert len(shares) == prices.SEEDS and shares[0] == prices.surface(0).share
    assert shares.min() > 0.02 and shares.max() < 0.1


def test_local_effects_of_the_two_models_are_nearer_than_their_partial_dependences() -> None:
    apart = prices.apart(0.3, 1.0)
    assert apart.mean(axis=0) == pytest.approx([3.1, 0.7], abs=0.05)
    assert (apart[:, 1] < apart[:, 0]).sum() == 8


def test_an_interval_holds_the_rows_whose_local_effects_are_averaged() -> None:
    effects = prices.quarrel(0).effects[0]
    interval = prices.walls(17)
    assert (interval.low, interval.high) == (effects.edges[17], effects.edges[18])
    assert len(interval.stones) == effects.counts[17]
    assert np.diff(interval.said).mean() == pytest.approx(effects.steps[17])


def test_few_rows_gain_what_the_mean_gains() -> None:
    shares = [prices.like_the_mean(each).mean() for each in samples()]
    assert (np.mean(shares), max(shares)) == pytest.approx((0.096, 0.14), abs=0.006)


def test_in_each_sample_the_polynomial_prices_a_forced_stone_below_zero() -> None:
    assert all(each.curves[1, :, -1].min() < 0 for each in quarrels())


def test_farther_up_the_local_effects_part_as_well() -> None:
    near, far = prices.apart(0.3, 1.0), prices.apart(0.3, 1.5)
    assert (far[:, 1] > near[:, 1]).all() and far[0, 1] > far[0, 0]
