"""The lesson svm: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from scenes.kit import shot
from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm import bet, duel, kernel, margin, neighbour, search, svm, tube, unseen
from scenes.svm import dual
from scenes.svm import margin as act
from scenes.svm import neighbours as votes
from scenes.svm.columns import FEATURES
from scenes.svm.gallery import SHOWN, Gallery
from scenes.svm.kernel import COLUMNS, LIFTED, OTHER
from scenes.svm.meadow import NEW_FLOWER
from scenes.svm.neighbours import FEW, KS, MANY, PLATEAU, SMOOTH, STEADY, picked_flower
from scenes.svm.neighbours import sepals as sepal_flowers
from scenes.svm.reach import GRAPES, STOPS
from scenes.svm.reach import SHOWN as MEASURES
from scenes.svm.soft import TURNED
from scenes.svm.tube import ASKED, MOVED
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


def hull_weights() -> np.ndarray:
    """Of the support vectors, in the ends of the shortest bridge."""
    points, sides, fit = easy()
    return np.asarray(svm.shortest_bridge(points, sides).weights[fit.support_vectors])


def without_a_kerb_flower() -> svm.Street:
    points, sides, fit = easy()
    lifted = fit.support_vectors[sides[fit.support_vectors] > 0][0]
    return svm.widest_street(points, sides, np.setdiff1d(np.arange(len(points)), lifted)).street


@cache
def bent() -> kernel.Winding:
    axes = np.linspace(0, 1, 2), np.linspace(0, 1, 2)
    return kernel.wind_by_degree(kernel.moons(), kernel.moons(kernel.UNSEEN, 2), (1, 3), *axes)


def by_gamma() -> tuple[np.ndarray, np.ndarray]:
    """Percent of seen and of unseen points right at each gamma, means over training sets."""
    scores = unseen.gamma_scores()
    return 100 * scores.seen.mean(axis=1), 100 * scores.unseen.mean(axis=1)


def sepals() -> tuple[np.ndarray, np.ndarray]:
    flowers = irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))
    return flowers.points, flowers.species


def left_out(k: int) -> float:
    return 100 * float(neighbour.leave_one_out(*sepals(), [k]).score[0])


def in_noise(method: str, columns: int) -> float:
    """Mean percent of unseen moons right."""
    told = duel.duel()
    (at,) = np.flatnonzero(told.noise == columns)
    return 100 * float(told.score[[*duel.METHODS].index(method), at].mean())


@cache
def grid() -> search.Grid:
    return search.search(np.linspace(-1, 2, 4), np.linspace(-1, 1, 3))


def asked(k: int) -> neighbour.Neighbours:
    flowers = sepal_flowers()
    return neighbour.neighbours(picked_flower(flowers), flowers.points, flowers.species, k)


FIGURES: Figures = {
    "which_line_would_you_trust": {
        "a hundred": lambda: len(easy()[0]),
        "five": lambda: len(margin.tilted(*easy()[:2], np.array(act.ASKED))),
    },
    "grow_the_line_into_a_street": {
        "three": lambda: by_hand().street.w @ margin.two_points()[0][1],
        "Less two": lambda: -by_hand().street.b,
        "a half": lambda: by_hand().street.w @ by_hand().street.w,
        "four": lambda: margin.steps_across(by_hand().street),
        "2.83": lambda: by_hand().street.width,
    },
    "three_of_a_hundred_hold_it": {
        "1.397": lambda: easy()[2].street.width,
        "half": lambda: easy()[2].primal / (easy()[2].street.w @ easy()[2].street.w),
        "three": lambda: len(easy()[2].support_vectors),
        "ninety-seven": lambda: len(easy()[0]) - len(easy()[2].support_vectors),
        "0.36": lambda: margin.room(svm.street_at(*easy()[:2], act.FIRST), easy()[0]),
        "four": lambda: bet.bet(*easy()[:2]).taught.shape[1],
        "94": lambda: 100 * bet.bet(*easy()[:2]).line.mean(),
        "99.9": lambda: 100 * bet.bet(*easy()[:2]).widest.mean(),
    },
    "the_same_optimum_from_the_other_side": {
        "three": lambda: len(easy()[2].support_vectors),
        "two setosa": lambda: (hull_weights()[:2] > 0).sum(),
        "one versicolor": lambda: hull_weights()[2],
    },
    "trespassing_has_a_price": {
        "92": lambda: 100 * unseen.soft_margin_scores()[TURNED].min(),
        "93": lambda: 100 * unseen.soft_margin_scores()[TURNED].max(),
        "50": lambda: 100 * np.mean(pair(Species.VERSICOLOR, Species.VIRGINICA)[1] > 0),
    },
    "lift_then_cut_flat": {
        "four": lambda: kernel.raise_bowl(np.array([LIFTED]))[0, 2] - LIFTED[0] ** 2,
        "five": lambda: kernel.raise_bowl(np.array([LIFTED]))[0, 2],
        "three": lambda: kernel.raise_bowl(np.array([LIFTED])).shape[1],
        "5,050": lambda: kernel.product_columns(FEATURES),
    },
    "nobody_has_to_build_the_lift": {
        "product is 46": lambda: np.prod(kernel.raise_bowl(np.array([LIFTED, OTHER])), axis=0).sum(),
        "is six": lambda: kernel.polynomial_kernel(np.array(LIFTED), np.array(OTHER), 1) - 1,
        "46 again": lambda: kernel.bowl_kernel(np.array(LIFTED), np.array(OTHER)),
        "86": lambda: 100 * bent().test_accuracy[0],
        "three": lambda: bent().dial[1],
        "93": lambda: 100 * bent().test_accuracy[1],
    },
    "gamma_says_how_far": {
        "94": lambda: by_gamma()[1][np.abs(np.array(unseen.GAMMAS) - STOPS[1]).argmin()],
        "66": lambda: 100 * unseen.wine_scores(MEASURES, GRAPES).raw,
        "90": lambda: 100 * unseen.wine_scores(MEASURES, GRAPES).standardised,
    },
    "chosen_together": {
        "five": lambda: len(np.unique(search.deal(kernel.moons().sides))),
        "train on four": lambda: len(np.unique(search.deal(kernel.moons().sides))) - 1,
        "95": lambda: 100 * grid().score.max(),
        "94": lambda: 100 * search.kept_apart(search.GAMMAS[SHOWN[0]], search.PRICES[SHOWN[1]]),
    },
    "inside_the_tube": {
        "three": lambda: len(tube.examples()),
        "0.83": lambda: tube.years_held_back(1.0).tube.mean(),
        "0.85": lambda: tube.years_held_back(1.0).mean.mean(),
    },
    "let_the_nearest_vote": {
        "Three classes": lambda: len(Species),
        "Three say": lambda: len(asked(KS[1]).rows),
        "five": lambda: len(asked(KS[2]).rows),
        "three across": lambda: votes.steps()[0],
        "four up": lambda: votes.steps()[1],
        "nine": lambda: votes.steps()[0] ** 2,
        "sixteen": lambda: votes.steps()[1] ** 2,
        "three and": lambda: votes.steps()[0],
        "and four are": lambda: votes.steps()[1],
        "seven": lambda: votes.by_hand()[0],
        "alone: four": lambda: votes.by_hand()[2],
        "69": lambda: left_out(FEW),
        "80": lambda: np.mean([left_out(k) for k in range(PLATEAU[0], PLATEAU[1] + 1, 2)]),
        "ninety-nine": lambda: MANY * (left_out(MANY) < left_out(PLATEAU[1])),
        "71": lambda: left_out(MANY),
    },
    "all_are_equally_far": {
        "thousand": lambda: neighbour.crowd([2, 1000]).dimension[-1],
        "93": lambda: in_noise("k-NN", 0),
        "sixty-four": lambda: duel.duel().noise[-1],
        "76": lambda: in_noise("k-NN", 64),
        "81": lambda: in_noise("RBF SVM", 64),
    },
}  # fmt: skip

CLAIMS: Claims = {
    "all_are_equally_far": {
        "the same for all": "test_fewer_columns_are_the_first_of_the_same_noise",
    },
    "which_line_would_you_trust": {
        "None of these lines makes an error": (
            "test_the_five_lines_make_no_error_and_the_grey_flower_changes_its_class"
        ),
    },
    "three_of_a_hundred_hold_it": {
        "Now every flower may shift": "test_the_widest_line_leaves_the_most_room_for_error",
        "with every point on or beyond": "test_no_flower_stands_in_the_rational_street_and_three_touch_it",
    },
    "the_same_optimum_from_the_other_side": {
        "so none is wider": "test_bridge_is_as_long_as_the_street_is_wide",
        "the data enter as dot products only": "test_the_dual_needs_dot_products_alone",
        "only the support vectors have alpha above zero": "test_widest_street_obeys_the_conditions_of_optimality",
    },
    "lift_then_cut_flat": {"all products of two": "5,050"},
    "nobody_has_to_build_the_lift": {
        "Nobody.": "test_the_cut_by_its_kernel_is_the_cut_through_the_bowl",
        "all products of up to d features": "test_polynomial_kernel_is_a_dot_product_of_all_products",
    },
    "gamma_says_how_far": {
        "every power": "test_the_rbf_kernel_sums_the_powers_of_the_dot_product",
    },
    "chosen_together": {
        "The best pair has 95 percent": "95",
    },
    "inside_the_tube": {
        "only those on the tube or outside": "test_only_months_on_the_wall_or_past_it_shape_the_curve",
    },
}

WAIVERS: Waivers = {}


def test_the_street_refitted_on_what_is_left_has_the_same_digits() -> None:
    points, sides, fit = easy()
    leaving = margin.farthest_first(fit.street, points, fit.support_vectors)
    assert len(leaving) == 97
    for street in margin.refits(points, sides, leaving):
        assert [f"{value:.6f}" for value in (*street.w, street.b)] == ["1.257143", "-0.685714", "-1.057143"]


def test_the_vote_of_the_picked_flower_flips_twice() -> None:
    assert [asked(k).verdict for k in KS] == [Species.VERSICOLOR, Species.SETOSA, Species.VERSICOLOR]
    assert [round(float(asked(k).share.max() * k)) for k in KS] == [1, 2, 3]


def test_the_three_metrics_by_hand() -> None:
    assert votes.steps().tolist() == [3, 4]
    assert votes.by_hand().tolist() == [7, 5, 4]


def test_the_ring_of_the_picked_flower_keeps_clear_of_the_next_neighbour() -> None:
    for k in KS:
        near = asked(k + 1).distance
        assert near[-1] - near[-2] > 0.03


def test_halves_of_the_flowers_agree_more_with_fifteen_neighbours_than_with_one() -> None:
    x, y = np.linspace(3.0, 9.2, 40), np.linspace(1.9, 4.55, 20)
    maps = neighbour.borders_of_halves(*sepals(), (FEW, STEADY), x, y)
    assert neighbour.disagreement(maps[:, 1]) < 0.65 * neighbour.disagreement(maps[:, 0])


def test_the_chosen_k_lies_on_the_plateau() -> None:
    assert PLATEAU[0] <= SMOOTH <= PLATEAU[1]
    assert left_out(SMOOTH) > left_out(FEW) + 10


def test_between_eleven_and_sixty_one_neighbours_do_alike() -> None:
    scores = [left_out(k) for k in range(PLATEAU[0], PLATEAU[1] + 1, 2)]
    assert (round(min(scores)), round(max(scores))) == (79, 83)
    error = 100 * neighbour.standard_error(left_out(SMOOTH) / 100, len(sepals()[0]))
    assert f"{error:.0f}" == "3"
    assert max(scores) - min(scores) < 2 * error


def test_ties_of_one_neighbour_are_shared_as_breaking_them_would_move_its_score() -> None:
    one = neighbour.leave_one_out(*sepals(), [FEW])
    assert one.lowest[0] < one.score[0] < one.highest[0]
    assert (f"{one.lowest[0]:.0%}", f"{one.highest[0]:.0%}") == ("61%", "80%")


def test_the_shown_pair_wins_and_both_corners_lie_below_it() -> None:
    score = 100 * grid().score
    np.testing.assert_allclose([score[SHOWN], score.max()], [95.0, 95.0])
    assert (score == score.max()).sum() == 1
    np.testing.assert_allclose([score[0, 0], score[-1, -1]], [81.5, 88.5])


def test_the_five_lines_make_no_error_and_the_grey_flower_changes_its_class() -> None:
    points, sides, _ = easy()
    lines = margin.tilted(points, sides, np.array(act.ASKED))
    assert [margin.errors(line, points, sides) for line in lines] == [0] * 5
    assert {float(np.sign(line.level(NEW_FLOWER))) for line in lines} == {-1.0, 1.0}
    assert sorted(act.ASKED) == list(act.STOPS)


def test_the_grey_flower_is_versicolor_by_a_little_at_last() -> None:
    _, _, fit = easy()
    assert f"{fit.street.level(NEW_FLOWER):.2f}" == "0.19"


def test_the_margin_jumps_without_the_one_versicolor_that_holds_it() -> None:
    assert f"{without_a_kerb_flower().width:.3f}" == "1.708"


def test_the_new_flower_flips_to_setosa_without_that_versicolor() -> None:
    assert f"{without_a_kerb_flower().level(NEW_FLOWER):+.2f}" == "-0.03"


def test_the_multipliers_of_each_class_add_up_to_the_optimum() -> None:
    _, sides, fit = easy()
    for side in (-1, 1):
        assert fit.alpha[sides == side].sum() == pytest.approx(fit.primal)


def test_no_multiplier_exceeds_c() -> None:
    for price in (0.1, 1.0, 100.0):
        assert soft(price).alpha.max() <= price * (1 + 1e-6)


def test_the_ends_of_the_bridge_are_means_weighted_by_alpha() -> None:
    points, sides, fit = easy()
    bridge, half = svm.shortest_bridge(points, sides), fit.alpha.sum() / 2
    for side, end in ((-1, bridge.minus), (1, bridge.plus)):
        np.testing.assert_allclose((fit.alpha * (sides == side)) @ points / half, end, atol=1e-9)
    assert half == pytest.approx(2 / bridge.length**2)
    assert [f"{each:.2f}" for each in fit.alpha[fit.support_vectors]] == ["0.81", "0.22", "1.03"]


def test_w_is_the_bridge_times_half_the_sum_of_alphas() -> None:
    points, sides, fit = easy()
    bridge, half = svm.shortest_bridge(points, sides), fit.alpha.sum() / 2
    np.testing.assert_allclose(half * (bridge.plus - bridge.minus), fit.street.w, atol=1e-9)
    np.testing.assert_allclose(half * bridge.weights, fit.alpha, atol=1e-9)
    assert [f"{each:.2f}" for each in hull_weights()] == ["0.79", "0.21", "1.00"]


def test_w_is_the_bridge_stretched_until_f_is_one_at_the_nearest_points() -> None:
    points, sides, fit = easy()
    bridge = svm.shortest_bridge(points, sides)
    scale = margin.scale_of(bridge.length)
    np.testing.assert_allclose(scale * (bridge.weights * sides) @ points, fit.street.w, atol=1e-9)
    np.testing.assert_allclose((bridge.weights > 1e-9).nonzero()[0], fit.support_vectors)
    np.testing.assert_allclose((sides * fit.street.level(points))[fit.support_vectors], 1.0, atol=1e-9)
    assert f"{scale:.2f}" == "1.03"


def test_the_widest_line_leaves_the_most_room_for_error() -> None:
    points, sides, fit = easy()
    most = margin.room(fit.street, points)
    assert most == pytest.approx(fit.street.width / 2)
    low, high = svm.separating_range(points, sides)
    others = [svm.street_at(points, sides, each) for each in np.linspace(low + 0.01, high - 0.01, 500)]
    assert max(margin.room(each, points) for each in others) <= most
    turns = np.linspace(0, 2 * np.pi, 60)
    for share, errs in ((0.999, False), (1.001, True)):
        moved = points[:, None] + share * most * np.column_stack([np.cos(turns), np.sin(turns)])
        on = sides[:, None] * (moved @ fit.street.w + fit.street.b)
        nearest = points - share * most * sides[:, None] * fit.street.w / np.linalg.norm(fit.street.w)
        assert (min(on.min(), (sides * fit.street.level(nearest)).min()) < 0) == errs


def test_f_by_hand_is_zero_along_the_line_and_one_at_the_nearest_points() -> None:
    points, y = margin.two_points()
    street = by_hand().street
    np.testing.assert_allclose(street.w, [0.5, 0.5])
    assert street.b == pytest.approx(-2)
    slides = points.mean(axis=0) + np.array(act.SLIDE)[:, None] * (1, -1)
    np.testing.assert_allclose(street.level(slides), 0, atol=1e-12)
    np.testing.assert_allclose(street.level(points), y)


def test_the_dual_of_the_two_points_peaks_at_two_over_the_squared_bridge() -> None:
    points, y = margin.two_points()
    bridge = points[1] - points[0]
    assert bridge @ bridge == 8
    np.testing.assert_allclose(margin.made_of(points, y, np.full(2, 0.3)), 0.3 * bridge)
    tried = np.linspace(0, 0.5, 201)
    values = [margin.dual_value(points, y, np.full(2, each)) for each in tried]
    np.testing.assert_allclose(values, 2 * tried - tried**2 * (bridge @ bridge) / 2)
    assert tried[np.argmax(values)] == max(values) == pytest.approx(2 / 8)
    assert max(values) == pytest.approx(by_hand().primal)


def test_unseen_points_score_highest_at_the_middle_gamma_and_a_large_one_trades_them_for_seen_ones() -> None:
    seen, fresh = by_gamma()
    assert unseen.GAMMAS[fresh.argmax()] == pytest.approx(STOPS[1])
    assert seen[-1] > seen[fresh.argmax()] + 4 and fresh[-1] < fresh.max() - 4


def test_in_noise_three_methods_tie_and_neighbours_fall_behind() -> None:
    told = duel.duel()
    score = dict(zip(duel.METHODS, 100 * told.score, strict=True))
    mean = {name: each.mean(axis=1) for name, each in score.items()}
    for name in ("linear SVM", "RBF SVM", "logistic regression"):
        assert f"{mean[name][-1]:.0f}" == "81"
        assert ((score[name][-1] - score["k-NN"][-1]) > 0).mean() > 0.9
    assert abs(mean["RBF SVM"][0] - mean["k-NN"][0]) < 0.5
    apart = score["linear SVM"] - score["logistic regression"]
    assert (np.abs(apart.mean(axis=1)) < apart.std(axis=1)).all()


def test_a_ridge_of_five_pairs_lies_within_the_standard_error_of_the_best() -> None:
    gallery = Gallery(shot.safe(titled=False))
    score = 100 * grid().score
    error = 100 * gallery.tour.error
    assert f"{error:.1f}" == "2.2"
    tied = {gallery.pair(number) for number in gallery.tied}
    assert tied == {
        (gamma, price)
        for row, gamma in enumerate(search.GAMMAS)
        for column, price in enumerate(search.PRICES)
        if score[row, column] >= score.max() - error
    }
    assert len(tied) == 5


def test_most_of_ninety_nine_voices_are_strangers() -> None:
    _, species = sepals()
    own = min(np.bincount(species)) - 1
    assert own < 99 / 2


def test_the_hook_moves_from_the_first_frame_until_all_is_said() -> None:
    hook = telling("svm").timeline.chapters[0]
    assert sum(hook.plays[:4]) / 15 >= hook.beats[0].speech


def test_the_bars_start_apart_and_meet_where_street_and_bridge_are_equally_long() -> None:
    points, sides, fit = easy()
    middles = [points[sides == side].mean(axis=0) for side in (-1, 1)]
    bridge = svm.shortest_bridge(points, sides)
    width, length = [], []
    for share in np.linspace(0, 1, 21):
        tilt = dual.POOR + share * (fit.street.degrees - dual.POOR)
        width.append(svm.street_at(points, sides, tilt).width)
        one, other = (
            (1 - share) * a + share * b for a, b in zip(middles, (bridge.minus, bridge.plus), strict=True)
        )
        length.append(float(np.linalg.norm(other - one)))
    assert width[0] < 1 and 2.5 < length[0] < dual.TOP
    assert (np.diff(width) > 0).all() and (np.diff(length) < 0).all()
    np.testing.assert_allclose([width[-1], length[-1]], fit.street.width, rtol=1e-9)
    assert all((points == corner).all(axis=1).any() for corner in dual.FAR)


def test_the_sum_of_alphas_less_half_of_w_squared_is_the_bound_of_the_bridge() -> None:
    points, sides, fit = easy()
    bound = margin.bridge_bound(svm.shortest_bridge(points, sides).length)
    assert fit.alpha.sum() - fit.primal == pytest.approx(bound) == pytest.approx(fit.primal)
    assert f"{bound:.3f}" == "1.025"


def test_the_weights_of_the_bridge_add_up_as_they_are_written() -> None:
    written = [round(float(each), 2) for each in hull_weights()]
    assert written[0] + written[1] == pytest.approx(written[2], abs=1e-9)


def test_support_vectors_at_c_of_one_are_all_flowers_on_or_past_their_margin_line() -> None:
    points, sides = pair(Species.VERSICOLOR, Species.VIRGINICA)
    near = np.flatnonzero(sides * soft(1.0).street.level(points) < 1 + 1e-6)
    np.testing.assert_array_equal(near, soft(1.0).support_vectors)


def test_the_dual_of_the_two_points_is_what_is_written() -> None:
    points, sides = margin.two_points()
    for alpha in (0.0, 0.1, 0.25, 0.5):
        apart = margin.made_of(points, sides, np.full(2, alpha))
        np.testing.assert_allclose(apart, [2 * alpha, 2 * alpha])
        assert margin.dual_value(points, sides, np.full(2, alpha)) == pytest.approx(2 * alpha - 4 * alpha**2)


def test_the_six_columns_are_the_products_of_up_to_two_features() -> None:
    x, z = np.array(LIFTED), np.array(OTHER)
    parts = kernel.square_products(x, z)
    assert len(COLUMNS) == len(parts)
    assert parts.sum() == pytest.approx((x @ z + 1) ** 2)
    bare = [np.array([1.0, a, b, a * a, a * b, b * b]) for a, b in (x, z)]
    np.testing.assert_allclose(parts / (bare[0] * bare[1]), [1, 2, 2, 1, 2, 1])


def test_the_drawn_set_of_moons_scores_as_twenty_others_do() -> None:
    means = 100 * unseen.degree_scores((1, 3)).unseen.mean(axis=1)
    np.testing.assert_allclose(means, 100 * bent().test_accuracy, atol=1.0)


def test_warm_outliers_lift_the_widest_tube_off_the_rest() -> None:
    record, year = tube.sea_months(), np.arange(12.0)
    warm = record.temperature - tube.medians(record)[record.month.astype(int)] > 2.5
    (whole,) = tube.lay_tubes(record.month, record.temperature, [2.0], year).curve
    (rest,) = tube.lay_tubes(record.month[~warm], record.temperature[~warm], [2.0], year).curve
    assert np.mean(record.temperature < whole[record.month.astype(int)]) > 0.75
    assert (rest < whole - 0.1).all()


def test_the_picked_reading_takes_least_squares_along_and_the_tube_soon_stops() -> None:
    road = np.linspace(*MOVED, 41)
    told = tube.pull(ASKED, road, np.linspace(-0.4, 11.4, 160))
    assert told.months.temperature[ASKED] == MOVED[0]
    assert (told.months.year[ASKED], told.months.month[ASKED]) == (2010, 8)
    middle, squares = (np.abs(each - each[0]).max(axis=1) for each in (told.tube, told.squares))
    assert squares[-1] > 2.5 and (np.diff(squares) > 0.05).all()
    assert middle[-1] < 0.4
    assert np.abs(told.tube[20:] - told.tube[-1]).max() < 1e-4


def test_with_one_neighbour_93_percent_of_the_seen_flowers_are_right_as_some_share_a_spot() -> None:
    points, species = sepals()
    told = [neighbour.neighbours(point, points, species, 1).verdict for point in points]
    assert f"{100 * np.mean(told == species):.0f}" == "93"


def test_the_folds_flatter_the_winner_by_a_percent() -> None:
    pair = search.GAMMAS[SHOWN[0]], search.PRICES[SHOWN[1]]
    assert pair == (1.0, 10.0)
    assert f"{100 * search.kept_apart(*pair):.1f}" == "93.9"
    assert f"{100 * grid().score[SHOWN]:.1f}" == "95.0"
