"""The lesson regression: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np

from scenes.maths.regression import engel, least_squares, patients, penalty, tumours, unseen
from scenes.regression import bend, costs, fence, threads, twins, walk
from tests.scenes.harness.table import Claims, Figures, Waivers

ALL = engel.households()
TWELVE = engel.twelve()
ROWS = (TWELVE.income, TWELVE.food)
HAND_X, HAND_Y = least_squares.HAND_X, least_squares.HAND_Y
HAND_BEST = least_squares.fit(HAND_X, HAND_Y)
LEFT_FLAT = least_squares.residuals(HAND_X, HAND_Y, least_squares.flat(HAND_Y))
LEFT_BEST = least_squares.residuals(HAND_X, HAND_Y, HAND_BEST)
SPREADS = least_squares.spreads(
    ALL.income,
    least_squares.residuals(ALL.income, ALL.food, least_squares.fit(ALL.income, ALL.food)),
)


def longer(limit: float) -> float:
    """How many times as long the slope's robust standard error is as the usual one, below an income."""
    rows = ALL.income[ALL.income < limit], ALL.food[ALL.income < limit]
    return least_squares.robust_error(*rows) / least_squares.usual_error(*rows)


def inflation(name: str) -> float:
    """The VIF of one of the patients' features."""
    table = patients.patients()
    return float(patients.inflation(table.features)[table.column(name)])


def straight(radius: float) -> float:
    """What the straight line says of a radius."""
    b0, b1 = tumours.line(tumours.tumours().radius, tumours.tumours().malignant)
    return float(b0 + b1 * radius)


def odds(number: int) -> float:
    """Odds of the example by hand, from its probability."""
    p = tumours.chance(bend.ODDS)[number]
    return float(p / (1 - p))


def gap(number: int) -> float:
    """How far a point by hand lies from the flat line."""
    return float(abs(LEFT_FLAT[number]))


FIGURES: Figures = {
    "each_miss_carries_a_square": {
        "Twelve": lambda: len(TWELVE),
        "three points": lambda: len(HAND_X),
        "at two": lambda: least_squares.flat(HAND_Y)[0],
        "minus two": lambda: LEFT_FLAT[0],
        "twice as": lambda: gap(0) / gap(1),
        "four times": lambda: gap(0) ** 2 / gap(1) ** 2,
        "tray: four": lambda: gap(0) ** 2,
        "six": lambda: least_squares.rss(HAND_X, HAND_Y, least_squares.flat(HAND_Y)),
        "1.5": lambda: least_squares.rss(HAND_X, HAND_Y, HAND_BEST),
    },
    "the_sum_has_one_lowest_place": {
        "Twelve": lambda: len(TWELVE),
    },
    "residuals_stand_at_right_angles": {
        "three points": lambda: len(HAND_X),
        "three numbers": lambda: len(HAND_Y),
        "minus a half, one": lambda: LEFT_BEST[0],
        "and minus a half": lambda: LEFT_BEST[2],
    },
    "walking_down_reaches_the_same_line": {
        "zero, three": lambda: HAND_Y[1],
        "three. Their": lambda: HAND_Y[2],
        "residual, six": lambda: -least_squares.gradient(HAND_X, HAND_Y, (0, 0))[1],
        "halved": lambda: least_squares.gradient(HAND_X, HAND_Y, (0, 0))[1] / (-2 * np.mean(HAND_X * HAND_Y)),
        "a tenth": lambda: (
            least_squares.descend(HAND_X, HAND_Y, walk.RATE, 1)[1][0]
            / -least_squares.gradient(HAND_X, HAND_Y, (0, 0))[0]
        ),
        "two hundred": lambda: len(least_squares.descend(HAND_X, HAND_Y, walk.RATE, walk.STEPS)) - 1,
    },
    "r_squared_is_the_area_that_vanished": {
        "six": lambda: least_squares.rss(HAND_X, HAND_Y, least_squares.flat(HAND_Y)),
        "three quarters": lambda: least_squares.r_squared(HAND_X, HAND_Y, HAND_BEST),
        "0.86": lambda: least_squares.r_squared(*ROWS, least_squares.fit(*ROWS)),
        "three columns": lambda: unseen.noise().shape[1],
        "0.58": lambda: unseen.unseen_shares()[-1],
    },
    "leftovers_should_have_no_shape": {
        "44": lambda: SPREADS[0],
        "190": lambda: SPREADS[-1],
        "3.6": lambda: longer(np.inf),
        "2.1": lambda: longer(ALL.income.max()),
    },
    "twins_make_weights_wobble": {
        "twice x": lambda: patients.copied(*twins.FITS[0], np.ones(1))[0],
        "All three": lambda: len(twins.tried()),
        "does five": lambda: twins.tried()[:, 0].max(),
        "minus three": lambda: twins.tried()[:, 1].min(),
        "minus seventy-five": lambda: patients.central(patients.twin_weights()[:, 0])[0],
        "of twenty": lambda: patients.twin_weights()[:, 0].std(),
        "has six": lambda: patients.twin_weights().sum(axis=1).std(),
        "eight": lambda: patients.typical_predictions().std(),
        "fifty-nine": lambda: inflation("s1"),
        "five to": lambda: patients.inflated(0.8),
        "to ten": lambda: patients.inflated(0.9),
    },
    "a_fence_around_the_weights": {
        "one and a half": lambda: penalty.ridge_by_hand(fence.RIDGE)[0],
        "and one quarter": lambda: penalty.ridge_by_hand(fence.RIDGE)[1],
        "one comes off": lambda: (penalty.ridge_by_hand(0.0) - penalty.lasso_by_hand(fence.LASSO))[0],
    },
    "tighten_it_and_features_leave": {
        "where four": lambda: len(penalty.survivors(threads.KEPT)[1]),
        "With four": lambda: len(penalty.survivors(threads.KEPT)[1]),
        "0.49": lambda: penalty.score_curve("lasso").max(),
        "0.46": lambda: penalty.scored(penalty.survivors(threads.KEPT)[0]),
    },
    "bend_the_line_into_a_probability": {
        "177": lambda: 100 * straight(tumours.tumours().radius.max()),
        "Three to": lambda: odds(1),
        "three of": lambda: 4 * tumours.chance(bend.ODDS)[1],
        "of four": lambda: 1 + odds(1),
        "Nine to": lambda: odds(2),
        "factor, three": lambda: odds(2) / odds(1),
        "nine of": lambda: 10 * tumours.chance(bend.ODDS)[2],
        "of ten": lambda: 1 + odds(2),
        "log-odds of 1.1": lambda: tumours.log_odds(tumours.chance(bend.ODDS)[1]),
        "three quarters": lambda: tumours.sigmoid(tumours.log_odds(tumours.chance(bend.ODDS)[1])),
        "2.8": lambda: np.exp(tumours.by_radius()[1]),
    },
    "sure_and_wrong_costs_most": {
        "0.9": lambda: np.exp(-tumours.losses(1, costs.GIVEN[0])),
        "0.11": lambda: tumours.losses(1, costs.GIVEN[0]),
        "4.61": lambda: tumours.losses(1, costs.GIVEN[1]),
        "0.29": lambda: tumours.unseen("radius")[:, 1].mean(),
        "more than twice": lambda: tumours.guess()[1] / tumours.unseen("radius")[:, 1].mean(),
    },
    "the_boundary_is_a_straight_cut": {
        "one half": lambda: tumours.sigmoid(0.0),
        "88": lambda: 100 * tumours.unseen("radius")[:, 0].mean(),
        "91": lambda: 100 * tumours.unseen("concave")[:, 0].mean(),
        "63": lambda: 100 * tumours.guess()[0],
    },
}

CLAIMS: Claims = {
    "twins_make_weights_wobble": {
        "All three predict": "test_copies_predict_alike_where_their_weights_have_one_sum",
    },
    "a_fence_around_the_weights": {
        "the same everywhere": "test_at_one_size_the_touch_has_the_least_rss",
        "exactly zero": "test_by_hand_ridge_takes_a_share_and_lasso_an_amount",
    },
    "tighten_it_and_features_leave": {
        "they all fade": "test_ridge_keeps_all_ten_and_lasso_lets_go",
        "none stays there": "test_ridge_paths_cross_zero_and_none_stays",
        "The best scores": "test_the_penalty_hardly_improves_prediction",
    },
    "the_boundary_is_a_straight_cut": {"always calling": "63"},
}

WAIVERS: Waivers = {}
