"""The lesson linear-algebra: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from scenes.linear_algebra.stage import THREE
from scenes.linear_algebra.vectors import CELLS, COMPARED, PLACED
from scenes.maths.linear_algebra import linear, picture
from scenes.maths.linear_algebra.linear import PUSH, SIDEWAYS, UPWARD
from tests.scenes.harness.table import Claims, Figures, Waivers
from tests.scenes.harness.telling import telling


@cache
def plaids() -> picture.Plaids:
    return picture.weave(picture.photograph())


def share_stored(count: int) -> float:
    return plaids().stored(count) / picture.photograph().size


def cosine(row: int, centred: bool = False) -> float:
    data = picture.digits()
    away = data.mean if centred else 0.0
    return float(picture.cosine(data.values[THREE] - away, data.values[[row]] - away)[0])


def angle(times: int) -> float:
    return float(linear.degrees_of(linear.push_again(PUSH, (1, 0), times))[-1])


def turned() -> float:
    steps = linear.take_apart(PUSH)
    return float(linear.swing(PUSH, steps.longest[None])[0])


FIGURES: Figures = {
    "an_arrow_is_a_list": {
        "a fifth": lambda: share_stored(50),
        "handwritten three": lambda: picture.digits().kinds[THREE],
        "eight": lambda: np.sqrt(picture.digits().values.shape[1]),
        "0": lambda: picture.digits().values.min(),
        "16": lambda: picture.digits().values.max(),
        "sixty-four": lambda: picture.digits().values.shape[1],
        "13": lambda: picture.digits().values[THREE, CELLS[0]],
        "12": lambda: picture.digits().values[THREE, CELLS[1]],
    },
    "a_shadow": {
        "zero": lambda: linear.shadow(linear.arrow(104.0), linear.arrow(14.0)),
        "another three": lambda: picture.digits().kinds[COMPARED[-1]],
        "0.88": lambda: cosine(13),
        "0.62": lambda: cosine(0),
        "0.57": lambda: cosine(13, centred=True),
        "−0.16": lambda: cosine(0, centred=True),
        "98.9": lambda: 100 * picture.named_by_nearest(picture.digits()),
        "1,797": lambda: len(picture.digits().kinds),
    },
    "two_arrows_decide": {
        "3": lambda: (PUSH @ [2, 1])[0],
        "2.5": lambda: (PUSH @ [2, 1])[1],
    },
    "two_slides": {"half": lambda: UPWARD[1, 0]},
    "the_determinant_is_an_area": {
        "one": lambda: linear.signed_area(PUSH),
        "zero": lambda: linear.signed_area(np.array([[1, 1], [0.5, 0.5]])),
    },
    "two_arrows_keep_their_line": {
        "twice": lambda: linear.eigen(PUSH).values[0],
        "half": lambda: linear.eigen(PUSH).values[1],
        "doubles": lambda: linear.eigen(PUSH).values[0],
        "halves": lambda: linear.eigen(PUSH).values[1],
        "27": lambda: angle(1),
        "40": lambda: angle(2),
        "44": lambda: angle(3),
        "45": lambda: angle(4),
    },
    "turn_stretch_turn": {
        "2": lambda: np.linalg.norm(PUSH @ linear.eigen(PUSH).vectors[0]),
        "2.065": lambda: linear.take_apart(PUSH).stretch[0],
        "11": turned,
        "0.484": lambda: linear.take_apart(PUSH).stretch[1],
    },
    "a_stack_of_plaids": {
        "427": lambda: picture.photograph().shape[0],
        "640": lambda: picture.photograph().shape[1],
        "12": lambda: 100 * plaids().error[20],
        "7": lambda: 100 * plaids().error[50],
        "a fifth": lambda: share_stored(50),
    },
    "a_layer_is_a_matrix": {
        "ten": lambda: len(picture.fit_layer().weights),
        "three": lambda: int(np.argmax(picture.fit_layer().scores(picture.digits().values[THREE]))),
        "1.67": lambda: picture.fit_layer().scores(picture.digits().values[THREE]).max(),
    },
}  # fmt: skip

CLAIMS: Claims = {
    "an_arrow_is_a_list": {
        "Only these, on two lines": "test_eigenvectors_are_lapacks_and_keep_their_line",
        "Every cell is a brightness": "16",
    },
    "a_shadow": {
        "Even with all its ink": "98.9",
    },
    "the_determinant_is_an_area": {
        "All the red points are now one": "test_the_red_points_really_become_one",
    },
    "two_arrows_keep_their_line": {
        "there the arrows only stretch": "test_the_pushs_eigenpairs_on_paper",
        "In this grid nothing slides": "test_eigenvectors_are_lapacks_and_keep_their_line",
        "A quarter turn moves every arrow": "test_a_matrix_without_just_two_lines_is_refused",
    },
    "turn_stretch_turn": {
        "That is our push, exactly": "test_the_pushs_steps_on_paper",
        "every matrix can be taken apart": "test_turn_stretch_turn_is_the_matrix_and_lapacks_stretch",
        "and never negative": "test_turn_stretch_turn_is_the_matrix_and_lapacks_stretch",
    },
    "a_stack_of_plaids": {
        "only 12 percent is missing": "12",
        "No other matrix of rank fifty": "test_no_other_picture_of_that_rank_comes_nearer",
    },
}

WAIVERS: Waivers = {}


def test_the_cells_that_are_named_are_the_cells_that_are_drawn() -> None:
    text = " ".join(beat.text for beat in telling("linear-algebra").chapters["an_arrow_is_a_list"].beats)
    assert "two of them" in text
    spots = picture.digits().values[[*PLACED, THREE]][:, CELLS]
    apart = np.linalg.norm(spots[:, None] - spots[None], axis=2) + 99 * np.eye(len(spots))
    assert apart.min() > 2  # of 18 units on an axis of five scene units: no picture hides another


def test_the_compared_digits_are_one_of_each_other_kind_and_a_three() -> None:
    assert picture.digits().kinds[list(COMPARED)].tolist() == [0, 1, 2, 4, 5, 6, 7, 8, 9, 3]
    assert cosine(13) == max(cosine(row) for row in COMPARED)
    assert cosine(13, centred=True) == max(cosine(row, centred=True) for row in COMPARED)


def test_the_two_slides_make_the_push_and_swapped_they_do_not() -> None:
    assert (UPWARD @ SIDEWAYS == PUSH).all()
    assert not np.allclose(SIDEWAYS @ UPWARD, PUSH)


def test_the_red_points_really_become_one() -> None:
    flat = np.array([[1.0, 1.0], [0.5, 0.5]])
    line = np.linspace(-1.0, 1.5, 6)
    fallen = np.column_stack([2 - line, line]) @ flat.T
    np.testing.assert_allclose(fallen, fallen[:1].repeat(6, axis=0))
    assert np.linalg.matrix_rank(flat) == 1


def test_the_longest_stretch_is_not_the_eigenvectors() -> None:
    stretch = np.linalg.norm(linear.circle(3600) @ PUSH.T, axis=1)
    assert stretch.max() == pytest.approx(linear.take_apart(PUSH).stretch[0], abs=1e-5)
    assert stretch.max() > linear.eigen(PUSH).values[0] + 0.06
