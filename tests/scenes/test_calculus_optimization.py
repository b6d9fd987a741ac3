"""The lesson calculus-optimization: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.calculus_optimization import balls, heavy, limit, moments, shrink
from scenes.maths.calculus_optimization import batches, chain, landscape, optimiser, race, slope
from tests.scenes.harness.table import Claims, Figures, Waivers

LINE = chain.Line()
HAND = slope.Square()
WALK = HAND.walk()


def run(number: int) -> float:
    """Rise over run of the square by hand."""
    return slope.quotient(slope.square, HAND.at, HAND.runs[number])


def gradient() -> np.ndarray:
    """At the point where the valley is measured."""
    return landscape.valley_gradient(landscape.VALLEY_START)


FIGURES: Figures = {
    "close_enough_a_curve_is_a_line": {
        "at three, is": lambda: HAND.at,
        "nine": lambda: slope.square(HAND.at),
        "a tenth": lambda: HAND.runs[0],
        "9.61": lambda: slope.square(HAND.at + HAND.runs[0]),
        "6.1": lambda: run(0),
        "A hundredth": lambda: HAND.runs[1],
        "6.01": lambda: run(1),
        "closes in on six": lambda: slope.quotient(slope.square, HAND.at, 1e-9),
        "at three it": lambda: HAND.at,
        "it is six": lambda: HAND.slope,
    },
    "two_slopes_make_one_arrow": {
        "half of": lambda: landscape.valley((1, 0)),
        "minus four": lambda: gradient()[0],
        "twenty-five times": lambda: landscape.valley_gradient((0, 1))[1],
        "it is twenty-five": lambda: gradient()[1],
        "sixty-seven": lambda: slope.miss(landscape.VALLEY_START, gradient(), landscape.VALLEY_MINIMUM),
    },
    "along_a_chain_rates_multiply": {
        "five": lambda: LINE.w,
        "eleven": lambda: LINE.prediction,
        "eight": lambda: LINE.y,
        "three": lambda: LINE.error,
        "nine": lambda: LINE.loss,
        "a hundredth": lambda: LINE.nudge,
        "about six times": lambda: (LINE.nudged(LINE.nudge).loss - LINE.loss) / (LINE.nudge * LINE.x),
        "times six": lambda: LINE.shared,
        "one half": lambda: chain.Deep().rate,
    },
    "backwards_and_shared": {
        "e: six": lambda: LINE.shared,
        "one: six": lambda: LINE.slope_b,
        "x: twelve": lambda: LINE.slope_w,
        "nine": lambda: LINE.loss,
        "2.25": lambda: LINE.stepped().loss,
        "For a million": lambda: chain.count_weights(chain.WIDE),
    },
    "step_feel_step_again": {
        "four": lambda: WALK[0],
        "eight": lambda: 2 * WALK[0],
        "0.3": lambda: HAND.rate,
        "2.4": lambda: WALK[0] - WALK[1],
        "1.6": lambda: WALK[1],
    },
    "the_steepest_wall_limits_the_step": {
        "four": lambda: limit.by_hand(limit.HAND_RATES[0], 1)[0],
        "1.1": lambda: -np.diff(limit.by_hand(limit.HAND_RATES[2], 1))[0] / (2 * limit.by_hand(1, 1)[0]),
        "twenty-five there": lambda: np.diff(landscape.valley_gradient([(0, 0), (0, 1)])[:, 1])[0],
        "twenty-five eta": lambda: landscape.valley_gradient((0, 1))[1],
        "0.08": lambda: optimiser.largest_rate(max(landscape.CURVATURES)),
        "Three learning": lambda: len([limit.valley_walk(rate, 1) for rate in limit.RATES]),
        "a hundred": lambda: len(limit.valley_walk(limit.RATES[0])) - 1,
        "here twenty-five": lambda: limit.condition(),
    },
    "momentum_adds_up_what_agrees": {
        "55": lambda: limit.arrival(limit.BETAS[0]),
        "24": lambda: limit.arrival(limit.BETAS[1]),
        "0.9": lambda: optimiser.Usual().beta,
        "tenfold": lambda: optimiser.running_sums([1.0] * 500, optimiser.Usual().beta)[-1],
    },
    "adam_gives_each_parameter_its_step": {
        "minus four": lambda: moments.first_gradient()[0],
        "twenty-five": lambda: moments.first_gradient()[1],
        "momentum's: 0.9": lambda: 1 - optimiser.moments([1.0])[0][0],
        "0.999": lambda: 1 - optimiser.moments([1.0])[1][0],
        "0.001": lambda: optimiser.Usual().rate,
    },
    "averages_that_start_empty_are_too_small": {
        "a hundred times": lambda: optimiser.moments([1.0])[0][0] / optimiser.moments([1.0])[1][0],
        "more than three": lambda: optimiser.uncorrected(1),
    },
    "three_balls_one_start": {
        "Three balls": lambda: len([balls.one_walk(kind) for kind in race.KINDS]),
        "about half": lambda: race.reached("Adam"),
        "62 percent": lambda: 100 * race.reached("momentum"),
    },
    "noisy_slopes_keep_a_constant_step_moving": {
        "five hundred": lambda: batches.descend("constant").shape[1],
        "0.2": lambda: batches.rates("constant")[0],
        "0.005": lambda: batches.rates("constant", batches.LOW)[0],
    },
    "a_shrinking_step_forgives": {
        "of 0.2": lambda: batches.rates("constant")[0],
        "2.4 percent": lambda: shrink.left("constant"),
        "three schedules": lambda: len(shrink.KINDS),
        "about 0.2": lambda: shrink.left("cosine"),
    },
}

CLAIMS: Claims = {
    "three_balls_one_start": {
        "A convex function never": "test_a_convex_bowl_never_rises_above_a_chord_and_the_toy_does",
    },
    "a_shrinking_step_forgives": {
        "Warm-up gains nothing": "test_warm_up_gains_nothing_here",
    },
}

WAIVERS: Waivers = {}


def test_slopes_of_the_walk_by_hand_shrink() -> None:
    walk = WALK
    assert np.all(np.diff(np.abs(np.diff(walk))) < 0)
    assert walk[1:] == pytest.approx((1 - 2 * HAND.rate) * walk[:-1])


def test_strong_momentum_pays_in_the_narrow_valley_and_not_in_the_wide_one() -> None:
    usual = optimiser.Usual().beta
    assert limit.arrival(usual) > limit.arrival(0.0)
    pull = np.array([heavy.NARROW, 1.0])
    slow, fast = (landscape.valley(pull * heavy.narrow_walk(beta)[-1]) for beta in (0.0, usual))
    assert fast < slow / 50


def test_scaled_to_a_bowl_the_valley_takes_far_fewer_steps() -> None:
    assert limit.arrival_squeezed() == 6
    assert limit.arrival(0.0) == 55


def test_the_first_steps_of_adam_without_correction_are_longer() -> None:
    rough, fair = (
        np.linalg.norm(np.diff(moments.adam_walk(moments.ROUGH, corrected=each), axis=0), axis=1)
        for each in (False, True)
    )
    assert np.all(rough[:12] > fair[:12])
    assert rough[0] == pytest.approx(optimiser.uncorrected(1) * fair[0])


def test_correction_mends_the_size_of_adams_first_averages_and_not_their_noise() -> None:
    """The square has its later size in the mean from the first step on, and scatters far more there."""
    many = np.array(
        [
            optimiser.moments(batches.noisy_gradients(0, shrink.EARLY, seed=seed))[1]
            / optimiser.filled(optimiser.BETA_2, np.arange(1, shrink.EARLY + 1))
            for seed in range(500)
        ]
    )
    assert many[:, 0].mean() == pytest.approx(many[:, -1].mean(), rel=0.1)
    assert np.sqrt(many[:, 0]).std() > 5 * np.sqrt(many[:, -1]).std()
    assert shrink.usual_sizes().shape == (shrink.DRAWS, shrink.EARLY)
    assert shrink.usual_sizes().max() < 62


def test_how_the_race_ends_is_told_with_other_rates_too() -> None:
    assert [balls.span(min(each), max(each)) for each in balls.tried()] == ["52 %", "56–64 %", "51–52 %"]
