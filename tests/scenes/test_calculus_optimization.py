"""The lesson calculus-optimization: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.calculus_optimization import balls, correct, heavy, limit, links, moments, noise, shrink
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
        "Go two": lambda: HAND.runs[0],
        "25": lambda: slope.square(HAND.at + HAND.runs[0]),
        "run is eight": lambda: run(0),
        "A tenth": lambda: HAND.runs[1],
        "9.61": lambda: slope.square(HAND.at + HAND.runs[1]),
        "6.1": lambda: run(1),
        "is six h": lambda: run(1) - HAND.runs[1],
        "leaves six": lambda: run(0) - HAND.runs[0],
        "zero, six": lambda: slope.quotient(slope.square, HAND.at, 1e-9),
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
    },
    "backwards_and_shared": {
        "e: six": lambda: LINE.shared,
        "one: six": lambda: LINE.slope_b,
        "x: twelve": lambda: LINE.slope_w,
        "nine": lambda: LINE.loss,
        "2.25": lambda: LINE.stepped().loss,
        "multiply: six": lambda: chain.along(*links.FACTORS[:2]),
        "and four": lambda: chain.along(*links.FACTORS[2:]),
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
        "At 0.06": lambda: (
            (1 - limit.valley_walk(limit.RATES[1], 1)[1, 1]) / landscape.valley_gradient((0, 1))[1]
        ),
        "minus 0.5": lambda: limit.valley_walk(limit.RATES[1], 2)[1, 1],
        "0.08": lambda: optimiser.largest_rate(max(landscape.CURVATURES)),
        "Three learning": lambda: len([limit.valley_walk(rate, 1) for rate in limit.RATES]),
        "six steps": limit.arrival_squeezed,
        "0.94": lambda: limit.valley_walk(limit.RATES[1], 1)[1, 0] / landscape.VALLEY_START[0],
    },
    "momentum_adds_up_what_agrees": {
        "55 steps": lambda: limit.arrival(limit.BETAS[0]),
        "24": lambda: limit.arrival(limit.BETAS[1]),
        "0.9": lambda: optimiser.Usual().beta,
    },
    "adam_gives_each_parameter_its_step": {
        "minus four": lambda: moments.first_gradient()[0],
        "twenty-five": lambda: moments.first_gradient()[1],
        "momentum's: 0.9": lambda: 1 - optimiser.moments([1.0])[0][0],
        "0.999": lambda: 1 - optimiser.moments([1.0])[1][0],
        "takes 62 steps": moments.adam_arrival,
        "62 again": lambda: moments.adam_arrival(by=heavy.NARROW),
        "past 0.08": lambda: optimiser.largest_rate(max(landscape.CURVATURES)),
        "0.001": lambda: optimiser.Usual().rate,
    },
    "averages_that_start_empty_are_too_small": {
        "a hundred times": lambda: optimiser.moments([1.0])[0][0] / optimiser.moments([1.0])[1][0],
        "more than three": lambda: optimiser.uncorrected(1),
        "more than six": lambda: optimiser.uncorrected(np.arange(1, 3000)).max(),
    },
    "three_balls_one_start": {
        "Three balls": lambda: len([balls.one_walk(kind) for kind in race.KINDS]),
        "about half": lambda: race.reached("Adam"),
        "62 percent": lambda: 100 * race.reached("momentum"),
    },
    "noisy_slopes_keep_a_constant_step_moving": {
        "ten gradients": lambda: len(noise.mini_batch(np.random.default_rng(0))),
        "0.2": lambda: batches.rates("constant")[0],
        "0.005": lambda: batches.rates("constant", batches.LOW)[0],
    },
    "a_shrinking_step_forgives": {
        "six of": lambda: (shrink.first_steps()[:, 0] > 0).sum(),
        "twenty draws": lambda: len(shrink.first_steps()),
        "0.12 percent": lambda: shrink.forgiven("constant").min(),
        "0.10": lambda: shrink.forgiven("cosine").min(),
        "at 0.2": lambda: batches.rates("constant")[0],
        "a tenth": lambda: shrink.left("cosine") / shrink.left("constant"),
    },
}

CLAIMS: Claims = {
    "three_balls_one_start": {
        "A convex function never": "test_a_convex_bowl_never_rises_above_a_chord_and_the_toy_does",
    },
    "a_shrinking_step_forgives": {
        "The best constant rate": "test_tuned_cosine_decay_leaves_less_than_a_tuned_constant_rate",
    },
}

WAIVERS: Waivers = {}


def test_slopes_of_the_walk_by_hand_shrink() -> None:
    walk = WALK
    assert np.all(np.diff(np.abs(np.diff(walk))) < 0)
    assert walk[1:] == pytest.approx((1 - 2 * HAND.rate) * walk[:-1])


def test_strong_momentum_pays_in_the_narrow_valley_and_not_in_the_wide_one() -> None:
    """Each with the best of all rates that were tried, and in the wide valley with one rate too."""
    usual = optimiser.Usual().beta
    assert limit.arrival(usual) > limit.arrival(0.0)
    assert limit.tuned(usual)[0] > limit.tuned(0.0)[0] > 3 * limit.tuned(limit.BETAS[1])[0]
    assert 8 * limit.tuned(usual, heavy.NARROW)[0] < limit.tuned(0.0, heavy.NARROW)[0]


def test_turned_the_valley_costs_adam_at_small_rates_and_not_at_larger_ones() -> None:
    """By 30 degrees Adam's count nearly doubles at the rate of the race; with twice that rate, it is as before."""
    assert moments.adam_arrival() == 62
    assert moments.adam_arrival(moments.TURNED) == 118
    assert moments.adam_arrival(moments.TURNED, 0.2) == 63
    small, large = (
        [rate for rate in moments.GRID if low <= rate < high]
        for low, high in ((moments.ADAM_FROM, 0.1), (0.2, 1.0))
    )
    assert all(
        moments.adam_arrival(moments.TURNED, rate) > 1.4 * moments.adam_arrival(rate=rate) for rate in small
    )
    assert all(moments.adam_arrival(moments.TURNED, rate) < 80 for rate in large)
    assert all(moments.adam_arrival(rate=rate) < 80 for rate in large)


def test_adam_does_not_feel_how_an_axis_is_scaled() -> None:
    """Nor how the loss is: its walk stays, and in the narrow valley it arrives as soon."""
    assert moments.adam_arrival(by=heavy.NARROW) == moments.adam_arrival() == 62
    steep = optimiser.adam(
        lambda p: np.array([0.04, 100.0]) * landscape.valley_gradient(p),
        landscape.VALLEY_START,
        moments.RATE,
        60,
    )
    np.testing.assert_allclose(steep.walk, moments.adam_walk(60), atol=1e-5)


def test_without_correction_adam_arrives_later() -> None:
    losses = landscape.valley(moments.adam_walk(400, corrected=False))
    assert optimiser.settled(losses, limit.BELOW) == correct.ROUGH > moments.adam_arrival()


def test_warm_up_gains_nothing_in_this_bowl() -> None:
    assert shrink.left("warm-up") > shrink.left("cosine")


def test_schedules_leave_less_than_a_tenth() -> None:
    assert max(shrink.left(kind) for kind in shrink.KINDS) < shrink.left("constant") / 10


def test_tuned_rates_keep_the_order_of_momentum() -> None:
    plain, tuned = [
        [each(beta) for beta in limit.BETAS] for each in (limit.arrival, lambda b: limit.tuned(b)[0])
    ]
    assert all(new < old for new, old in zip(tuned, plain, strict=True))
    assert np.argsort(tuned).tolist() == np.argsort(plain).tolist()


def test_a_schedule_forgives_what_is_too_large_and_not_what_is_too_small() -> None:
    constant, cosine = shrink.forgiven("constant"), shrink.forgiven("cosine")
    assert np.all(cosine[-6:] < constant[-6:] / 2)
    assert np.all(cosine[:2] > 8 * constant[:2])


def test_tuned_cosine_decay_leaves_less_than_a_tuned_constant_rate() -> None:
    """Over the first rates that are drawn: by a fifth, and the standard error of each is about a twentieth."""
    constant, cosine = shrink.forgiven("constant"), shrink.forgiven("cosine")
    assert cosine.min() < 0.8 * constant.min()
    assert shrink.FIRSTS[int(constant.argmin())] == 0.01
    assert shrink.FIRSTS[int(cosine.argmin())] == 0.02


def test_scaled_to_a_bowl_the_valley_takes_far_fewer_steps() -> None:
    assert limit.arrival_squeezed() == 6
    assert limit.arrival(0.0) == 55


def test_the_first_steps_of_adam_without_correction_are_longer() -> None:
    rough, fair = (
        np.linalg.norm(np.diff(moments.adam_walk(correct.ROUGH, corrected=each), axis=0), axis=1)
        for each in (False, True)
    )
    assert np.all(rough[:12] > fair[:12])
    assert rough[0] == pytest.approx(optimiser.uncorrected(1) * fair[0])


def test_corrected_adams_first_step_is_full_whichever_way_the_first_gradient_points() -> None:
    steps = shrink.first_steps()
    np.testing.assert_allclose(np.abs(steps[:, 0]), 1.0)
    assert np.abs(steps).mean(axis=0)[-1] < 0.7
    assert (steps[:, -1] > 0).sum() == 0


def test_how_the_race_ends_is_told_with_other_rates_too() -> None:
    assert [balls.span(min(each), max(each)) for each in balls.tried()] == ["52 %", "56–64 %", "51–52 %"]
