"""The lesson calculus-optimization: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.calculus_optimization import fog, zoom
from scenes.maths.calculus_optimization import chain, landscape, slope
from tests.scenes.harness.table import Claims, Figures, Waivers

LINE = chain.Line()


def gradient() -> np.ndarray:
    """At the point where the valley is measured."""
    return landscape.valley_gradient(landscape.VALLEY_START)


FIGURES: Figures = {
    "close_enough_a_curve_is_a_line": {
        "Ten times": lambda: zoom.NEAR[1] / zoom.NEAR[2],
        "A hundred times": lambda: zoom.NEAR[2] / zoom.NEAR[3],
        "two percent": lambda: 100 * slope.gap(zoom.BACK[0]),
        "sixteen": lambda: 100 * slope.gap(zoom.BACK[1]),
        "at three, is": lambda: slope.AT,
        "nine": lambda: slope.square(slope.AT),
        "a tenth": lambda: zoom.RUN,
        "9.61": lambda: slope.square(slope.AT + zoom.RUN),
        "6.1": lambda: slope.quotient(slope.square, slope.AT, zoom.RUN),
        "A hundredth": lambda: zoom.SMALL_RUN,
        "6.01": lambda: slope.quotient(slope.square, slope.AT, zoom.SMALL_RUN),
        "closes in on six": lambda: slope.quotient(slope.square, slope.AT, 1e-9),
        "at three, six": lambda: slope.AT,
        "three, six": lambda: slope.quotient(slope.square, slope.AT, 1e-9),
    },
    "two_slopes_make_one_arrow": {
        "minus four": lambda: gradient()[0],
        "twenty-five times": lambda: landscape.CURVATURES[1],
        "it is twenty-five": lambda: gradient()[1],
        "sixty-seven": lambda: slope.miss(landscape.VALLEY_START, gradient(), landscape.VALLEY_MINIMUM),
    },
    "along_a_chain_rates_multiply": {
        "five": lambda: LINE.w,
        "eleven": lambda: LINE.prediction,
        "eight": lambda: LINE.y,
        "three": lambda: LINE.error,
        "nine": lambda: LINE.loss,
        "a hundredth": lambda: chain.NUDGE,
        "twice as much": lambda: LINE.x,
        "about six times": lambda: (LINE.nudged(chain.NUDGE).loss - LINE.loss) / (chain.NUDGE * LINE.x),
        "times six": lambda: LINE.shared,
        "twelve": lambda: LINE.slope_w,
        "ten links": lambda: len(chain.along()) - 1,
        "one half": lambda: chain.LINK,
        "a thousandth": lambda: chain.along()[-1],
    },
    "backwards_and_shared": {
        "e: six": lambda: LINE.shared,
        "one: six": lambda: LINE.slope_b,
        "x: twelve": lambda: LINE.slope_w,
        "a twentieth": lambda: chain.RATE,
        "halved": lambda: LINE.stepped().error / LINE.error,
        "nine": lambda: LINE.loss,
        "2.25": lambda: LINE.stepped().loss,
        "For a million": lambda: chain.count_weights(chain.WIDE),
        "a million runs": lambda: chain.count_runs(chain.count_weights(chain.WIDE))[0],
        "twelve again": LINE.measured,
    },
    "step_feel_step_again": {
        "four": lambda: fog.by_hand()[0],
        "eight": lambda: 2 * fog.by_hand()[0],
        "0.3": lambda: fog.HAND,
        "2.4": lambda: fog.by_hand()[0] - fog.by_hand()[1],
        "1.6": lambda: fog.by_hand()[1],
        "0.64": lambda: fog.by_hand()[2],
    },
}

CLAIMS: Claims = {}

WAIVERS: Waivers = {}


def test_the_hill_is_one_hill_whose_gap_passes_the_run() -> None:
    """Of the sentence that a gap opens to more than the run itself."""
    assert slope.gap(zoom.BACK[2]) > 1


def test_slopes_of_the_walk_by_hand_shrink() -> None:
    walk = fog.by_hand()
    assert np.all(np.diff(np.abs(np.diff(walk))) < 0)
    assert walk[1:] == pytest.approx((1 - 2 * fog.HAND) * walk[:-1])
