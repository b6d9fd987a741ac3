"""The lesson svm: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np

from scenes.maths.shared import wine
from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm import kernel, margin, neighbour, svm, tube
from scenes.svm import margin as act
from scenes.svm import support
from scenes.svm.meadow import NEW_FLOWER
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


@cache
def by_hand() -> svm.Fit:
    return svm.widest_street(*margin.two_points())


def without_a_kerb_flower() -> float:
    points, sides, fit = easy()
    lifted = fit.support_vectors[sides[fit.support_vectors] > 0][0]
    return svm.widest_street(points, sides, np.setdiff1d(np.arange(len(points)), lifted)).street.width


def wound(gamma: float) -> kernel.Winding:
    axes = np.linspace(0, 1, 2), np.linspace(0, 1, 2)
    return kernel.wind_by_gamma(kernel.moons(), kernel.moons(2000, 2), [gamma], *axes)


def bent(degree: int) -> float:
    axes = np.linspace(0, 1, 2), np.linspace(0, 1, 2)
    winding = kernel.wind_by_degree(kernel.moons(), kernel.moons(2000, 2), [degree], *axes)
    return 100 * float(winding.test_accuracy[0])


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


def products() -> tuple[np.ndarray, float]:
    points = np.array([[1.0, 2.0], [3.0, 1.0]])
    return kernel.lift_squares(points).prod(axis=0), float(kernel.square_kernel(*points))


FIGURES: Figures = {
    "which_line_would_you_trust": {
        "a hundred": lambda: len(easy()[0]),
        "five": lambda: len(margin.tilted(*easy()[:2], np.array(act.ASKED))),
    },
    "grow_the_line_into_a_street": {
        "a half": lambda: by_hand().street.w @ by_hand().street.w,
        "four": lambda: margin.steps_across(by_hand().street),
        "2.83": lambda: by_hand().street.width,
    },
    "three_of_a_hundred_hold_it": {
        "1.397": lambda: easy()[2].street.width,
        "half": lambda: easy()[2].primal / (easy()[2].street.w @ easy()[2].street.w),
        "three": lambda: len(easy()[2].support_vectors),
        "ninety-seven": lambda: len(easy()[0]) - len(easy()[2].support_vectors),
        "1.708": without_a_kerb_flower,
    },
    "the_same_optimum_from_the_other_side": {
        "three": lambda: len(easy()[2].support_vectors),
"minus four": lambda: margin.dual_value(*margin.two_points(), np.ones(2)) - 2,
        "a quarter": lambda: by_hand().alpha[0],
        "half": lambda: by_hand().primal / (by_hand().street.w @ by_hand().street.w),
        "1.397": lambda: svm.shortest_bridge(*easy()[:2]).length,
        "1.025": lambda: easy()[2].dual,
    },
    "trespassing_has_a_price": {
        "six": lambda: len(soft(1.0).wrong),
        "54": lambda: len(soft(0.1).support_vectors),
        "18": lambda: len(soft(100.0).support_vectors),
    },
    "lift_then_cut_flat": {
        "70": lambda: 100 * kernel.best_straight_line(*vars_of(kernel.core_and_ring()))[1],
        "120": lambda: int((flat_levels() >= 1 - 1e-9).sum()),
        "9": lambda: products()[0][0],
        "12": lambda: products()[0][1],
        "4": lambda: products()[0][2],
        "5": lambda: np.sqrt(products()[1]),
        "25": lambda: products()[1] if np.isclose(products()[1], products()[0].sum()) else np.nan,
    },
    "a_kernel_bends_the_street": {
        "98.5": lambda: 100 * wound(100.0).train_accuracy[0],
        "90": lambda: 100 * wound(100.0).test_accuracy[0],
        "three": lambda: 3,
        "91.5": lambda: bent(3),
        "92": lambda: bent(5),
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
    "which_line_would_you_trust": {
        "None of these lines makes an error": (
            "test_the_five_lines_make_no_error_and_the_grey_flower_changes_its_class"
        ),
    },
    "three_of_a_hundred_hold_it": {
        "with every point on or beyond": "test_no_flower_stands_in_the_rational_street_and_three_touch_it",
    },
    "the_same_optimum_from_the_other_side": {
        "The data enter as dot products only": "test_the_dual_needs_dot_products_alone",
        "Only the support vectors have alpha above zero": "test_widest_street_obeys_the_conditions_of_optimality",
    },
    "trespassing_has_a_price": {
        "Only 18 still hold it": "18",
        "all flowers on their kerb or beyond it": "test_soft_street_obeys_the_conditions_of_optimality",
    },
    "lift_then_cut_flat": {
        "all 120 are right": "120",
        "And nobody has to build that height": "test_squaring_the_dot_product_is_the_dot_product_of_the_lift",
    },
    "a_kernel_bends_the_street": {
        "new ones at only 90": "90",
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


def vars_of(cloud: kernel.Cloud) -> tuple[np.ndarray, np.ndarray]:
    return cloud.points, cloud.sides


def flat_levels() -> np.ndarray:
    points, sides = vars_of(kernel.core_and_ring())
    return np.asarray(kernel.cut_flat(points, sides).street.level(kernel.raise_bowl(points)) * sides)


def test_the_street_refitted_on_what_is_left_has_the_same_digits() -> None:
    points, sides, fit = easy()
    leaving = margin.farthest_first(fit.street, points, fit.support_vectors)
    assert len(leaving) == 97
    for street in margin.refits(points, sides, leaving):
        assert [f"{value:.6f}" for value in (*street.w, street.b)] == ["1.257143", "-0.685714", "-1.057143"]


def test_the_five_lines_make_no_error_and_the_grey_flower_changes_its_class() -> None:
    points, sides, _ = easy()
    lines = margin.tilted(points, sides, np.array(act.ASKED))
    assert [margin.errors(line, points, sides) for line in lines] == [0] * 5
    assert {float(np.sign(line.level(NEW_FLOWER))) for line in lines} == {-1.0, 1.0}
    assert sorted(act.ASKED) == list(act.STOPS)


def test_the_grey_flower_is_versicolor_by_a_little_at_last() -> None:
    _, _, fit = easy()
    assert f"{fit.street.level(NEW_FLOWER):.2f}" == "0.19"


def test_a_far_flower_may_be_dragged_and_one_at_the_border_moves_the_line() -> None:
    points, sides, fit = easy()
    far = int((sides * fit.street.level(points)).argmax())
    border = int(fit.support_vectors[sides[fit.support_vectors] > 0][0])
    for row, way, stays in ((far, support.FAR, True), (border, support.NEAR, False)):
        moved = points.copy()
        moved[row] += way
        width = svm.widest_street(moved, sides).street.width
        assert (abs(width - fit.street.width) < 1e-9) is stays


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
    assert sum(hook.plays[:4]) / 15 >= hook.beats[0].speech
