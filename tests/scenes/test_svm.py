"""The lesson svm: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache
from itertools import combinations_with_replacement

import numpy as np

from scenes.maths.shared import wine
from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm import kernel, neighbour, svm, tube, unseen
from scenes.svm.kernel import FEATURES, LIFTED, OTHER, RING
from tests.scenes.harness.table import Claims, Figures, Waivers
from tests.scenes.harness.telling import telling


def pair(*species: Species) -> tuple[np.ndarray, np.ndarray]:
    flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), species)
    return flowers.points, flowers.sides


@cache
def easy() -> tuple[np.ndarray, np.ndarray, svm.Fit]:
    points, sides = pair(Species.SETOSA, Species.VERSICOLOR)
    return points, sides, svm.widest_street(points, sides)


@cache
def soft(price: float) -> svm.Fit:
    return svm.soft_street(*pair(Species.VERSICOLOR, Species.VIRGINICA), price)


def without_a_kerb_flower() -> float:
    points, sides, fit = easy()
    lifted = fit.support_vectors[sides[fit.support_vectors] > 0][0]
    return svm.widest_street(points, sides, np.setdiff1d(np.arange(len(points)), lifted)).street.width


@cache
def bent() -> kernel.Winding:
    axes = np.linspace(0, 1, 2), np.linspace(0, 1, 2)
    return kernel.wind_by_degree(kernel.moons(), kernel.moons(kernel.UNSEEN, 2), (1, 3, 5), *axes)


def by_gamma() -> tuple[np.ndarray, np.ndarray]:
    """Percent of seen and of unseen points right at each gamma, means over training sets."""
    scores = unseen.gamma_scores()
    return 100 * scores.seen.mean(axis=1), 100 * scores.unseen.mean(axis=1)


def fresh_toy(lifted: bool) -> float:
    """Percent of unseen points of the toy that a line, or the plane through the bowl, has right."""
    seen, fresh = kernel.core_and_ring(RING), kernel.core_and_ring(RING, 4000, 1)
    if lifted:
        level = kernel.cut_flat(seen.points, seen.sides).street.level(kernel.raise_bowl(fresh.points))
    else:
        level = svm.soft_street(seen.points, seen.sides, 1.0).street.level(fresh.points)
    return 100 * kernel.accuracy(level, fresh.sides)


def in_tube(epsilon: float) -> int:
    sea = tube.sea_months()
    tubes = tube.lay_tubes(sea.month, sea.temperature, [epsilon], np.linspace(0, 11, 2))
    return int(tubes.support_vectors.sum())


def sepals() -> tuple[np.ndarray, np.ndarray]:
    flowers = irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))
    return flowers.points, flowers.species


def left_out(k: int) -> float:
    return 100 * float(neighbour.leave_one_out(*sepals(), [k]).score[0])


def wines(scaled: bool) -> float:
    table = wine.wines()
    return 100 * neighbour.fold_accuracy(table.measures, table.cultivar, scaled=scaled)


@cache
def drowned() -> np.ndarray:
    return 100 * neighbour.drown([0, 16, 64, 1024]).score


FIGURES: Figures = {
    "widen_until_you_touch": {
        "hundred": lambda: len(easy()[0]),
        "1.397": lambda: easy()[2].street.width,
        "0.27": lambda: svm.middle_line(*easy()[:2]).width / 2,
        "0.70": lambda: easy()[2].street.width / 2,
    },
    "three_flowers_hold_it_up": {
        "three": lambda: len(easy()[2].support_vectors),
        "ninety-seven": lambda: len(easy()[0]) - len(easy()[2].support_vectors),
        "1.397": lambda: easy()[2].street.width,
        "1.708": without_a_kerb_flower,
    },
    "two_rubber_bands": {
        "three": lambda: len(easy()[2].support_vectors),
        "1.397": lambda: svm.shortest_bridge(*easy()[:2]).length,
        "half": lambda: easy()[2].dual / (easy()[2].street.w @ easy()[2].street.w),
        "1.025": lambda: easy()[2].dual,
        "0.81": lambda: easy()[2].alpha[easy()[2].support_vectors[0]],
        "0.22": lambda: easy()[2].alpha[easy()[2].support_vectors[1]],
        "1.03": lambda: easy()[2].alpha[easy()[2].support_vectors[2]],
    },
    "trespassing_has_a_price": {
        "fifty-four": lambda: len(soft(0.1).support_vectors),
        "eighteen": lambda: len(soft(100.0).support_vectors),
        "92": lambda: 100 * unseen.soft_margin_scores()[1:].min(),
        "93": lambda: 100 * unseen.soft_margin_scores()[1:].max(),
        "50": lambda: 100 * np.mean(pair(Species.VERSICOLOR, Species.VIRGINICA)[1] > 0),
    },
    "lift_then_cut_flat": {
        "four": lambda: kernel.raise_bowl(np.array([LIFTED]))[0, 2] - LIFTED[0] ** 2,
        "five": lambda: kernel.raise_bowl(np.array([LIFTED]))[0, 2],
        "three": lambda: kernel.raise_bowl(np.array([LIFTED])).shape[1],
        "60": lambda: fresh_toy(lifted=False),
        "99.9": lambda: fresh_toy(lifted=True),
        "a hundred": lambda: len({one for one, _ in combinations_with_replacement(range(FEATURES), 2)}),
        "5,050": lambda: kernel.product_columns(FEATURES),
    },
    "nobody_has_to_build_the_lift": {
        "product is 55": lambda: np.prod(kernel.raise_bowl(np.array([LIFTED, OTHER])), axis=0).sum(),
        "is five": lambda: kernel.polynomial_kernel(np.array(LIFTED), np.array(OTHER), 1) - 1,
        "55 again": lambda: kernel.bowl_kernel(np.array(LIFTED), np.array(OTHER)),
        "86": lambda: 100 * bent().test_accuracy[0],
        "50": lambda: 100 * np.mean(kernel.moons(kernel.UNSEEN, 2).sides > 0),
        "three": lambda: bent().dial[1],
        "and five": lambda: bent().dial[2],
        "93": lambda: 100 * bent().test_accuracy[1:].mean(),
    },
    "gamma_says_how_far": {
        "94": lambda: by_gamma()[1].max(),
        "90": lambda: by_gamma()[1][-1],
        "99": lambda: by_gamma()[0][-1],
        "three": lambda: len(np.unique(wine.wines().cultivar)),
        "68": lambda: 100 * unseen.wine_scores().raw,
        "98": lambda: 100 * unseen.wine_scores().standardised,
    },
    "turned_inside_out": {
        "twenty": lambda: len(np.unique(tube.sea_months().year)),
        "sixty-seven": lambda: in_tube(1.0),
        "140": lambda: in_tube(0.5),
        "twenty-seven": lambda: in_tube(2.0),
    },
    "or_let_everyone_vote": {
        "three": lambda: len(easy()[2].support_vectors),
        "66": lambda: wines(scaled=False),
        "96": lambda: wines(scaled=True),
        "69.3": lambda: left_out(1),
        "forty-seven": lambda: 1 + 2 * int(np.argmax([left_out(k) for k in range(1, 100, 2)])),
        "82.7": lambda: left_out(47),
        "ninety-nine": lambda: 99,
        "70.7": lambda: left_out(99),
    },
    "far_away_all_are_equal": {
        "five hundred": lambda: neighbour.crowd([2]).distance.shape[1],
        "thousand": lambda: 1000,
        "ninety": lambda: 100 * neighbour.crowd([1000]).ratio[0],
        "one percent": lambda: 100 * neighbour.edge_holding(0.01, [2])[0] ** 2,
        "a tenth": lambda: neighbour.edge_holding(0.01, [2])[0],
        "99.5": lambda: 100 * neighbour.edge_holding(0.01, [1000])[0],
        "96": lambda: drowned()[0],
        "79": lambda: drowned()[1],
        "66": lambda: drowned()[2],
        "40": lambda: drowned()[3],
    },
}  # fmt: skip

CLAIMS: Claims = {
    "widen_until_you_touch": {
        "Every tilt of this line separates": "test_separating_range_of_the_irises",
        "keeps them all 0.70 away": "0.70",
    },
    "three_flowers_hold_it_up": {
        "Only three flowers touch": "test_no_flower_stands_in_the_rational_street_and_three_touch_it",
        "drag a far flower": "test_dragging_a_far_flower_changes_nothing",
    },
    "two_rubber_bands": {
        "exactly the width of the street": "test_bridge_is_as_long_as_the_street_is_wide",
        "Only the three on the kerb still push": "three",
    },
    "trespassing_has_a_price": {
        "all points on or past their margin line": "test_soft_street_obeys_the_conditions_of_optimality",
    },
    "nobody_has_to_build_the_lift": {
        "Nobody.": "test_the_cut_by_its_kernel_is_the_cut_through_the_bowl",
        "all products of up to d features": "test_polynomial_kernel_is_a_dot_product_of_all_products",
    },
    "turned_inside_out": {
        "every month of twenty years": "test_record_is_240_months_in_order",
        "Only the sixty-seven": "test_only_months_on_the_wall_or_past_it_shape_the_curve",
    },
    "far_away_all_are_equal": {
        "99.5 percent of every edge": "test_cube_that_holds_one_percent_reaches_almost_everywhere",
        "Only the few points on its kerb": "test_street_stays_while_the_others_leave",
    },
}

WAIVERS: Waivers = {}


def test_the_street_refitted_on_what_is_left_has_the_same_digits() -> None:
    points, sides, fit = easy()
    rest = np.setdiff1d(np.arange(len(points)), fit.support_vectors)
    leaving = rest[np.argsort(-np.abs(fit.street.level(points[rest])))]
    for gone in np.cumsum([len(group) for group in np.array_split(leaving, 4)]):
        left = np.setdiff1d(np.arange(len(points)), leaving[:gone])
        street = svm.widest_street(points, sides, left).street
        assert [f"{value:.6f}" for value in (*street.w, street.b)] == ["1.257143", "-0.685714", "-1.057143"]


def test_the_three_neighbours_stand_on_spots_of_their_own() -> None:
    points, species = sepals()
    quarrel = neighbour.find_quarrel(
        points, species, 3, np.arange(6.55, 6.65, 0.005), np.arange(2.6, 2.72, 0.005)
    )
    for found in quarrel.by_ruler:
        assert [int((points == points[row]).all(axis=1).sum()) for row in found.rows] == [1, 1, 1]
    assert [found.verdict for found in quarrel.by_ruler] == [1, 2, 1]


def test_most_of_ninety_nine_voices_are_strangers() -> None:
    _, species = sepals()
    own = min(np.bincount(species)) - 1
    assert own < 99 / 2


def test_the_hook_moves_from_the_first_frame_until_all_is_said() -> None:
    hook = telling("svm").timeline.chapters[0]
    assert hook.plays[0] / 15 >= hook.beats[0].speech
