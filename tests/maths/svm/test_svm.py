"""The street against exact arithmetic, scikit-learn, geometry and the conditions of optimality."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from sklearn.svm import SVC

from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm.svm import (
    middle_line,
    normal,
    price_dial,
    push_forces,
    rubber_bands,
    separating_range,
    shortest_bridge,
    soft_street,
    street_at,
    turn,
    widen,
    widest_street,
)

PAIR = (Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH)
EASY = irises(PAIR, (Species.SETOSA, Species.VERSICOLOR))
HARD = irises(PAIR, (Species.VERSICOLOR, Species.VIRGINICA))
POINTS, SIDES = EASY.points, EASY.sides
KERB = [24, 41, 98]


def blobs(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Two separable clouds, different in size and direction for each seed."""
    rng = np.random.default_rng(seed)
    apart = normal(rng.uniform(0, 360)) * 9
    counts = rng.integers(3, 30, 2)
    points = np.concatenate([rng.normal(size=(counts[0], 2)), rng.normal(size=(counts[1], 2)) + apart])
    return points, np.repeat([-1.0, 1.0], counts)


def exact_street() -> tuple[list[Fraction], list[Fraction]]:
    """(w1, w2, b) and the three forces, solved from the kerb equations in rational arithmetic."""
    corners = [[Fraction(round(10 * float(v)), 10) for v in POINTS[row]] for row in KERB]
    sides = [-1, -1, 1]
    w_b = solve([[*corner, Fraction(1)] for corner in corners], [Fraction(side) for side in sides])
    pulls = [[side * corner[axis] for corner, side in zip(corners, sides, strict=True)] for axis in (0, 1)]
    forces = solve([*pulls, [Fraction(side) for side in sides]], [w_b[0], w_b[1], Fraction(0)])
    return w_b, forces


def solve(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """Gauss-Jordan elimination without rounding."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for pivot in range(len(rows)):
        swap = next(i for i in range(pivot, len(rows)) if rows[i][pivot])
        rows[pivot], rows[swap] = rows[swap], rows[pivot]
        rows[pivot] = [value / rows[pivot][pivot] for value in rows[pivot]]
        for other in range(len(rows)):
            if other != pivot:
                rows[other] = [
                    a - rows[other][pivot] * b for a, b in zip(rows[other], rows[pivot], strict=True)
                ]
    return [row[-1] for row in rows]


# --- Widen until you touch ----------------------------------------------------------------------------------


def test_widest_street_is_the_rational_one():
    w_b, forces = exact_street()
    assert w_b == [Fraction(44, 35), Fraction(-24, 35), Fraction(-37, 35)]
    fit = widest_street(POINTS, SIDES)
    np.testing.assert_allclose([*fit.street.w, fit.street.b], [float(v) for v in w_b], atol=1e-12)
    np.testing.assert_allclose(fit.alpha[KERB], [float(v) for v in forces], atol=1e-12)


def test_no_flower_stands_in_the_rational_street_and_three_touch_it():
    (w1, w2, b), forces = exact_street()
    levels = [
        int(side) * (w1 * Fraction(round(10 * x), 10) + w2 * Fraction(round(10 * y), 10) + b)
        for (x, y), side in zip(POINTS.tolist(), SIDES, strict=True)
    ]
    assert min(levels) == 1
    assert [row for row, level in enumerate(levels) if level == 1] == KERB
    assert min(forces) > 0, "pushing forces: the street is the widest, not just one that touches three"


def test_widest_street_has_the_printed_numbers():
    fit = widest_street(POINTS, SIDES)
    assert f"{fit.street.width:.3f}" == "1.397"
    assert [f"{v:.3f}" for v in fit.street.w] == ["1.257", "-0.686"]
    assert f"{fit.street.b:.3f}" == "-1.057"
    assert f"{fit.street.degrees:.1f}" == "-28.6"
    assert fit.support_vectors.tolist() == KERB
    assert POINTS[KERB].tolist() == [[1.9, 3.4], [1.3, 2.3], [3.0, 2.5]]
    assert f"{fit.primal:.4f}" == f"{fit.dual:.4f}" == "1.0253"
    assert [f"{v:.4f}" for v in fit.alpha[KERB]] == ["0.8098", "0.2155", "1.0253"]


def test_widest_street_is_what_scikit_learn_finds():
    model = SVC(kernel="linear", C=1e8, tol=1e-10).fit(POINTS, SIDES)
    fit = widest_street(POINTS, SIDES)
    np.testing.assert_allclose(fit.street.w, model.coef_[0], atol=1e-6)
    np.testing.assert_allclose(fit.street.b, model.intercept_[0], atol=1e-4)
    assert fit.support_vectors.tolist() == model.support_.tolist()


def test_turning_finds_the_same_width_and_the_printed_ones():
    gap = turn(POINTS, SIDES, np.array([15.0, 30.0, 60.0]))
    assert [f"{v:.3f}" for v in gap.width[:2]] == ["0.726", "0.303"]
    assert gap.width[2] < 0
    best = widest_street(POINTS, SIDES).street
    around = turn(POINTS, SIDES, best.degrees + np.linspace(-60, 60, 12_001))
    assert around.width.max() == pytest.approx(best.width, abs=1e-12)
    assert around.degrees[around.width.argmax()] == pytest.approx(best.degrees, abs=1e-9)
    assert street_at(POINTS, SIDES, best.degrees).b == pytest.approx(best.b, abs=1e-9)


def test_turning_touches_the_flowers_that_bound_the_gap():
    gap = turn(POINTS, SIDES, np.linspace(-70, 38, 55))
    for degrees, width, (minus, plus) in zip(gap.degrees, gap.width, gap.touch, strict=True):
        assert (SIDES[minus], SIDES[plus]) == (-1, 1)
        assert (POINTS[plus] - POINTS[minus]) @ normal(degrees) == pytest.approx(width)
        levels = SIDES * street_at(POINTS, SIDES, degrees).level(POINTS)
        assert levels.min() == pytest.approx(1)
        assert levels[[minus, plus]] == pytest.approx([1, 1])


@pytest.mark.parametrize("seed", [*range(12)])
def test_separating_range_ends_where_the_gap_closes(seed):
    points, sides = blobs(seed)
    low, high = separating_range(points, sides)
    hair = 1e-6
    inside = turn(points, sides, np.linspace(low + hair, high - hair, 50)).width
    outside = turn(points, sides, np.array([low - hair, high + hair])).width
    assert inside.min() > 0 > outside.max()


def test_separating_range_of_the_irises():
    assert separating_range(POINTS, SIDES) == pytest.approx((-71.02959, 38.29016), abs=1e-5)


def test_widening_stops_at_the_first_flower():
    offset = 2.4
    reach = widen(POINTS, SIDES, 0.0, offset)
    assert reach.minus == pytest.approx(offset - POINTS[SIDES < 0, 0].max()) == 0.5
    assert reach.plus == pytest.approx(POINTS[SIDES > 0, 0].min() - offset) == pytest.approx(0.6)
    assert POINTS[reach.first_touch, 0] == 1.9
    assert reach.half == reach.minus
    assert widen(POINTS, SIDES, 0.0, 2.8).first_touch == reach.plus_touch


def test_line_between_the_means_separates_and_is_narrow():
    street = middle_line(POINTS, SIDES)
    means = np.stack([POINTS[SIDES < 0].mean(axis=0), POINTS[SIDES > 0].mean(axis=0)])
    assert street.level(means).sum() == pytest.approx(0)
    across = means[1] - means[0]
    assert street.w[0] * across[1] == pytest.approx(street.w[1] * across[0])
    assert (SIDES * street.level(POINTS)).min() == pytest.approx(1)
    assert f"{street.width / 2:.2f}" == "0.27"
    assert f"{widest_street(POINTS, SIDES).street.width / 2:.2f}" == "0.70"


def test_what_cannot_be_separated_says_so():
    with pytest.raises(ValueError, match=r"overlap by 1\.078"):
        street_at(POINTS, SIDES, 60.0)
    with pytest.raises(ValueError, match="does not separate"):
        widen(POINTS, SIDES, 0.0, 1.5)
    with pytest.raises(ValueError, match="no line separates"):
        separating_range(HARD.points, HARD.sides)
    with pytest.raises(ValueError, match="no flat cut"):
        widest_street(HARD.points, HARD.sides)
    with pytest.raises(ValueError, match="do not settle"):
        push_forces(HARD.points, HARD.sides)


# --- Three flowers hold it up -------------------------------------------------------------------------------


def test_street_stays_while_the_others_leave():
    whole = widest_street(POINTS, SIDES)
    leaving = np.random.default_rng(0).permutation(np.setdiff1d(np.arange(100), KERB))
    for gone in (20, 50, 80, 97):
        fit = widest_street(POINTS, SIDES, keep=np.setdiff1d(np.arange(100), leaving[:gone]))
        np.testing.assert_allclose(
            [*fit.street.w, fit.street.b], [*whole.street.w, whole.street.b], atol=1e-12
        )
        assert fit.support_vectors.tolist() == KERB


def test_street_jumps_when_one_kerb_flower_is_lifted():
    fit = widest_street(POINTS, SIDES, keep=np.delete(np.arange(100), 98))
    assert f"{fit.street.width:.3f}" == "1.708"
    assert fit.alpha[98] == 0
    assert POINTS[fit.support_vectors].tolist() == [[1.9, 3.4], [1.3, 2.3], [3.3, 2.4]]


def test_dragging_a_far_flower_changes_nothing():
    whole = widest_street(POINTS, SIDES)
    far = int((SIDES * whole.street.level(POINTS)).argmax())
    moved = POINTS.copy()
    moved[far] += [1.0, 0.0]
    np.testing.assert_allclose(widest_street(moved, SIDES).street.w, whole.street.w, atol=1e-12)


@pytest.mark.parametrize("seed", [*range(12)])
def test_widest_street_obeys_the_conditions_of_optimality(seed):
    points, sides = blobs(seed)
    fit = widest_street(points, sides)
    levels = sides * fit.street.level(points)
    assert levels.min() >= 1 - 1e-9
    assert fit.alpha.min() >= 0
    assert np.abs(fit.alpha * (levels - 1)).max() < 1e-9, "only points on the kerb press"
    np.testing.assert_allclose((fit.alpha * sides) @ points, fit.street.w, atol=1e-9)
    assert fit.alpha @ sides == pytest.approx(0, abs=1e-9)
    assert fit.primal == pytest.approx(fit.dual, abs=1e-9)


# --- Two rubber bands, one bridge ---------------------------------------------------------------------------


def test_bridge_of_the_irises():
    bridge = shortest_bridge(POINTS, SIDES)
    assert [f"{v:.3f}" for v in bridge.minus] == ["1.774", "3.169"]
    assert bridge.plus.tolist() == [3.0, 2.5]
    assert f"{bridge.length:.3f}" == "1.397"
    edge = rubber_bands(POINTS, SIDES).minus
    assert {24, 41} <= set(edge.tolist()), "the near end lies between two corners of the setosa band"


@pytest.mark.parametrize("seed", [*range(12)])
def test_bridge_is_as_long_as_the_street_is_wide(seed):
    points, sides = blobs(seed)
    bridge, fit = shortest_bridge(points, sides), widest_street(points, sides)
    assert bridge.length == pytest.approx(fit.street.width, abs=1e-9)
    np.testing.assert_allclose(bridge.bisector.w, fit.street.w, atol=1e-9)
    assert bridge.bisector.b == pytest.approx(fit.street.b, abs=1e-9)
    np.testing.assert_allclose(bridge.weights, fit.alpha * 2 / fit.alpha.sum(), atol=1e-9)


def test_rubber_bands_hold_their_flowers():
    bands = rubber_bands(POINTS, SIDES)
    for corners, group in ((bands.minus, POINTS[SIDES < 0]), (bands.plus, POINTS[SIDES > 0])):
        start, edge = POINTS[corners], np.roll(POINTS[corners], -1, axis=0) - POINTS[corners]
        away = group[:, None] - start
        assert (edge[:, 0] * away[..., 1] - edge[:, 1] * away[..., 0]).min() > -1e-12


# --- From one side widen, from the other push ---------------------------------------------------------------


@pytest.mark.parametrize("seed", [*range(6)])
def test_pushing_climbs_in_balance_to_the_widest_street(seed):
    points, sides = blobs(seed)
    push, fit = push_forces(points, sides), widest_street(points, sides)
    assert push.dual[0] == 0
    assert np.diff(push.dual).min() > -1e-12
    assert push.alpha.min() >= 0
    assert np.abs(push.alpha @ sides).max() < 1e-12
    assert push.dual[-1] == pytest.approx(fit.primal, abs=1e-9)
    moved = np.diff(push.alpha, axis=0) != 0
    assert all(set(np.flatnonzero(row)) <= set(pair) for row, pair in zip(moved, push.pair, strict=True))


def test_each_push_goes_as_far_as_the_dual_rises():
    push = push_forces(POINTS, SIDES)
    for alpha, (i, j) in zip(push.alpha[1:], push.pair, strict=True):
        pull = SIDES - POINTS @ ((alpha * SIDES) @ POINTS)
        free = alpha[[i, j]].min() > 0
        assert pull[i] == pytest.approx(pull[j], abs=1e-12) if free else pull[i] > pull[j] - 1e-12


@pytest.mark.parametrize("seed", [*range(12)])
def test_overlap_by_one_point_has_no_street(seed):
    points, sides = blobs(seed)
    inner = points[sides < 0].mean(axis=0)
    with pytest.raises(ValueError, match="no flat cut"):
        widest_street(np.vstack([points, inner]), np.r_[sides, 1.0])


# --- A price for trespassing --------------------------------------------------------------------------------


def test_price_dial_has_the_printed_numbers():
    fits = price_dial(HARD.points, HARD.sides, (0.1, 1, 10, 100))
    assert [f"{fit.street.width:.3f}" for fit in fits] == ["1.379", "0.577", "0.412", "0.362"]
    assert [f"{fit.slack.sum():.1f}" for fit in fits] == ["33.0", "18.0", "15.6", "15.5"]
    assert [len(fit.support_vectors) for fit in fits] == [54, 33, 20, 18]
    assert [len(fit.trespassers) for fit in fits] == [54, 29, 16, 14]
    assert [len(fit.wrong) for fit in fits] == [8, 6, 6, 6]


def exact_support(price: Fraction) -> int:
    """How many flowers press at C = ``price``: the optimum in rational arithmetic, held to all its conditions.

    Who stands where is guessed from the fit, and proved: the problem is convex, so what obeys its conditions solves it.
    Flowers that coincide are one point with a bound of C each, since any share of their forces is as good; all of
    them count.
    """
    spots, twins = np.unique(
        np.c_[np.rint(10 * HARD.points), HARD.sides].astype(int), axis=0, return_counts=True
    )
    xs = [(Fraction(x, 10), Fraction(y, 10)) for x, y, _ in spots.tolist()]
    sides, bounds = spots[:, 2].tolist(), [int(each) * price for each in twins]
    street = soft_street(HARD.points, HARD.sides, float(price)).street
    levels = spots[:, 2] * street.level(spots[:, :2] / 10)
    past, on = np.flatnonzero(levels < 1 - 1e-6), np.flatnonzero(np.abs(levels - 1) < 1e-6)
    one, nil = Fraction(1), Fraction(0)
    rows = [
        [one, nil, nil, *(-sides[i] * xs[i][0] for i in on)],
        [nil, one, nil, *(-sides[i] * xs[i][1] for i in on)],
        *([sides[i] * xs[i][0], sides[i] * xs[i][1], Fraction(sides[i]), *(nil for _ in on)] for i in on),
    ]
    right = [sum((bounds[i] * sides[i] * xs[i][axis] for i in past), nil) for axis in (0, 1)] + [
        one for _ in on
    ]
    pull = sum((bounds[i] * sides[i] for i in past), nil)
    if len(on):
        rows, right = [*rows, [nil, nil, nil, *(Fraction(sides[i]) for i in on)]], [*right, -pull]
    else:
        assert pull == 0
        rows, right = [*rows, [nil, nil, one]], [*right, Fraction(street.b).limit_denominator(1000)]
    w1, w2, b, *alpha = solve(rows, right)
    exact = [side * (w1 * x + w2 * y + b) for (x, y), side in zip(xs, sides, strict=True)]
    rest = np.setdiff1d(np.arange(len(spots)), [*past, *on])
    assert all(exact[i] < 1 for i in past) and all(exact[i] > 1 for i in rest)
    assert all(0 < each < bounds[i] for each, i in zip(alpha, on, strict=True))
    return int(twins[past].sum() + twins[on].sum())


@pytest.mark.parametrize(("price", "count"), [("1/10", 54), ("1", 33), ("10", 20), ("100", 18)])
def test_as_many_flowers_press_as_in_rational_arithmetic(price, count):
    assert exact_support(Fraction(price)) == count
    assert len(soft_street(HARD.points, HARD.sides, float(Fraction(price))).support_vectors) == count


def test_at_the_lowest_price_one_flower_stands_on_the_centre_line():
    fit = soft_street(HARD.points, HARD.sides, 0.1)
    assert (np.abs(fit.street.level(HARD.points)) < 1e-9).sum() == 1


@pytest.mark.parametrize("price", [0.1, 0.7, 1, 5, 10, 100])
def test_soft_street_obeys_the_conditions_of_optimality(price):
    fit = soft_street(HARD.points, HARD.sides, price)
    levels = HARD.sides * fit.street.level(HARD.points)
    assert fit.primal == pytest.approx(fit.dual, rel=1e-9)
    assert fit.alpha.min() >= 0
    assert fit.alpha.max() <= price * (1 + 1e-12)
    assert fit.alpha @ HARD.sides == pytest.approx(0, abs=1e-9)
    assert levels[fit.alpha == 0].min() > 1 - 1e-7
    assert fit.alpha[levels < 1 - 1e-7] == pytest.approx(price), "who trespasses presses with all the price"
    np.testing.assert_allclose(fit.slack, np.maximum(0, 1 - levels))
    on_or_past = np.flatnonzero(levels <= 1 + 1e-7)
    assert fit.support_vectors.tolist() == on_or_past.tolist()


@pytest.mark.parametrize("price", [0.1, 1, 10, 100])
def test_soft_street_is_never_worse_than_that_of_scikit_learn(price):
    model = SVC(kernel="linear", C=price, tol=1e-10).fit(HARD.points, HARD.sides)
    slack = np.maximum(0, 1 - HARD.sides * model.decision_function(HARD.points))
    theirs = float(model.coef_[0] @ model.coef_[0]) / 2 + price * slack.sum()
    fit = soft_street(HARD.points, HARD.sides, price)
    assert fit.primal <= theirs + 1e-9
    assert fit.primal == pytest.approx(theirs, rel=1e-4)
    np.testing.assert_allclose(fit.street.w, model.coef_[0], rtol=1e-3)
    assert abs(len(fit.support_vectors) - len(model.support_)) <= 1, (
        "they differ by a twin on the kerb at most"
    )


def test_dear_trespassing_is_the_hard_margin():
    hard, soft = widest_street(POINTS, SIDES), soft_street(POINTS, SIDES, 1e6)
    np.testing.assert_allclose(soft.street.w, hard.street.w, atol=1e-9)
    assert soft.support_vectors.tolist() == KERB
