"""The lesson linear-algebra: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from scenes.linear_algebra import area
from scenes.linear_algebra.chain import FOLLOWED
from scenes.linear_algebra.eigen import OUTER, QUARTER, SPLIT, WATCHED
from scenes.linear_algebra.landing import ADDED
from scenes.linear_algebra.layer import KINDS, NUDGED, SHIFTS
from scenes.linear_algebra.pieces import FEW
from scenes.linear_algebra.rank import MISSED, ONE_OF_MANY
from scenes.linear_algebra.shadow import ALIKE, BEHIND, ZERO
from scenes.linear_algebra.singular import SYMMETRIC
from scenes.linear_algebra.stage import THREE
from scenes.maths.linear_algebra import depth, exclusive, likeness, linear, picture, plane, solving, spectrum
from scenes.maths.linear_algebra.cutting import cut_away
from scenes.maths.linear_algebra.linear import PUSH, SIDEWAYS, UPWARD
from scenes.maths.shared.flower import irises
from tests.scenes.harness.table import Claims, Figures, Waivers


@cache
def pieces() -> picture.Pieces:
    return picture.take_to_pieces(picture.photograph())


@cache
def mixed() -> picture.Pieces:
    return picture.take_to_pieces(picture.shuffled(picture.photograph()))


def share_stored(count: int) -> float:
    return pieces().stored(count) / picture.photograph().size


def answers() -> np.ndarray:
    """What the layer says of the lesson's three, the loudest first."""
    return np.sort(picture.fit_layer().scores(picture.digits().values[THREE]))[::-1]


def ours() -> picture.Pieces:
    return picture.take_to_pieces(PUSH)


FIGURES: Figures = {
    "anything_you_can_list": {
        "Four numbers": lambda: PUSH.size,
        "handwritten three": lambda: picture.digits().kinds[THREE],
        "64": lambda: picture.digits().values.shape[1],
        "Four measures": lambda: irises().points.shape[1],
    },
    "shadow_times_a_length": {
        "five long": lambda: np.linalg.norm(plane.X),
        "w is ten": lambda: np.linalg.norm(plane.W),
        "4.8": lambda: linear.shadow(plane.X, plane.W),
        "48": lambda: linear.shadow(plane.X, plane.W) * np.linalg.norm(plane.W),
        "add: three": lambda: plane.X[0],
        "times eight": lambda: plane.W[0],
        "four times": lambda: plane.X[1],
        "times six": lambda: plane.W[1],
        "three across": lambda: plane.X[0],
        "four up": lambda: plane.X[1],
        "to three": lambda: plane.X[0],
        "as eight": lambda: plane.W[0],
        "is to ten": lambda: np.linalg.norm(plane.W),
        "shadow times ten": lambda: np.linalg.norm(plane.W),
        "is three times": lambda: plane.X[0],
    },
    "divide_by_the_lengths": {
        "0.88": lambda: likeness.of_pair(THREE, ALIKE),
        "same three": lambda: picture.digits().kinds[THREE],
        "0.62": lambda: likeness.of_pair(THREE, ZERO),
        "nine tenths": lambda: likeness.same_from(likeness.of_pair(THREE, ALIKE)),
    },
    "two_landing_places": {
        "four numbers": lambda: PUSH.size,
        "a half": lambda: PUSH[1, 0],
        "three halves": lambda: PUSH[1, 1],
        "3": lambda: (PUSH @ plane.POINT)[0],
        "2.5": lambda: (PUSH @ plane.POINT)[1],
        "three numbers": lambda: len(np.vstack([PUSH, [0.0, 1.0]]) @ plane.POINT),
    },
    "one_map_after_another": {
        "half its": lambda: UPWARD[1, 0],
    },
    "how_much_larger": {
        "area four": lambda: cut_away(PUSH).box.prod(),
        "four triangles": lambda: sum(len(piece) == len(cut_away(PUSH).pieces[0]) for piece in cut_away(PUSH).pieces),
        "three in all": lambda: cut_away(PUSH).areas.sum(),
        "a half": lambda: linear.signed_area(area.lowered(PUSH[0, 0])),
    },
    "what_became_one": {
        "Three": lambda: np.linalg.matrix_rank(depth.cube()),
    },
    "back_to_the_ring": {
        "three": lambda: len([*OUTER, linear.degrees_of(linear.eigen(PUSH).vectors[0])]),
        "twice": lambda: linear.eigen(PUSH).values[0],
        "half as long": lambda: linear.eigen(PUSH).values[1],
        "minus five halves": lambda: np.poly(PUSH)[1],
        "at a half": lambda: min(np.roots(np.poly(PUSH))),
    },
    "a_grid_of_its_own": {
        "doubles": lambda: linear.eigen(PUSH).values[0],
        "halves": lambda: linear.eigen(PUSH).values[1],
        "three steps": lambda: len(linear.through_eigenbasis(PUSH)[1:]),
        "A quarter": lambda: linear.degrees_of(linear.rotation(QUARTER)[:, 0]) / np.rad2deg(2 * np.pi),
    },
    "which_arrow_grows_most": {
        "2.065": lambda: linear.take_apart(PUSH).stretch[0],
    },
    "how_many_pieces": {
        "62": lambda: 100 * picture.left_by_grey(picture.photograph()),
        "Keep twenty": lambda: np.linalg.matrix_rank(pieces().keep(FEW)),
        "12": lambda: 100 * pieces().error[FEW],
        "58": lambda: 100 * mixed().error[FEW],
        "8 percent": lambda: 100 * share_stored(FEW),
    },
    "a_layer_is_a_matrix": {
        "Our three": lambda: picture.digits().kinds[THREE],
        "b three": lambda: np.argmax(picture.fit_layer().scores(picture.digits().values[THREE])),
        "2.96": lambda: answers()[0],
        "90 percent": lambda: 100 * picture.unseen_accuracy(picture.fit_layer()),
    },
}  # fmt: skip

CLAIMS: Claims = {
    "what_became_one": {
        "nowhere else": "test_the_inverse_as_it_is_written_undoes_the_map",
        "Off the column space, y has none": "test_off_the_line_that_the_flat_map_reaches_there_is_no_solution",
    },
    "which_arrow_grows_most": {
        "Every matrix, of any shape": "test_any_shape_has_pieces_as_many_as_its_rank",
    },
    "how_many_pieces": {
        "The sum of all pieces": "test_the_pieces_add_up_to_the_picture",
    },
}

WAIVERS: Waivers = {}


def test_the_compared_digits_are_a_three_and_a_zero() -> None:
    assert picture.digits().kinds[[THREE, ALIKE, ZERO]].tolist() == [3, 3, 0]


def test_behind_the_shadow_is_negative_and_u_as_long() -> None:
    assert np.linalg.norm(BEHIND) == np.linalg.norm(plane.X)
    assert plane.products(BEHIND, plane.W).sum() == -14


def test_the_shadows_of_the_components_add_up_and_have_the_shape_of_w() -> None:
    parts = np.diag(plane.X)
    shadows = [linear.shadow(part, plane.W) for part in parts]
    assert shadows == pytest.approx([2.4, 2.4])
    assert sum(shadows) == pytest.approx(linear.shadow(plane.X, plane.W))
    np.testing.assert_allclose(shadows / plane.X, plane.W / np.linalg.norm(plane.W))
    np.testing.assert_allclose(np.linalg.norm(plane.W) * np.array(shadows), plane.X * plane.W)


def test_a_third_row_gives_the_third_number_that_is_written() -> None:
    assert (np.vstack([PUSH, [0.0, 1.0]]) @ plane.POINT).tolist() == [3.0, 2.5, 1.0]


def test_the_vectors_that_show_sums_and_products_leave_their_lines() -> None:
    assert (linear.swing(PUSH, [*ADDED, FOLLOWED]) > 5).all()


def test_the_two_slides_make_the_push_and_swapped_they_do_not() -> None:
    assert (UPWARD @ SIDEWAYS == PUSH).all()
    assert not np.allclose(SIDEWAYS @ UPWARD, PUSH)


def test_the_flat_map_has_no_inverse_and_a_line_lands_on_one_point() -> None:
    flat = area.lowered(area.FLAT)
    along = solving.null_space(flat)[0]
    line = ONE_OF_MANY + np.linspace(-2, 2, 9)[:, None] * along
    np.testing.assert_allclose(line @ flat.T, np.tile(flat @ ONE_OF_MANY, (9, 1)))
    assert (flat @ ONE_OF_MANY).tolist() == [1.0, 0.5]
    np.testing.assert_allclose(flat @ along, 0, atol=1e-12)
    assert np.linalg.matrix_rank(flat) == 1
    with pytest.raises(np.linalg.LinAlgError):
        np.linalg.inv(flat)


def test_off_the_line_that_the_flat_map_reaches_there_is_no_solution() -> None:
    flat = area.lowered(area.FLAT)
    assert np.linalg.matrix_rank(np.column_stack([flat, MISSED])) > np.linalg.matrix_rank(flat)


def test_the_singular_values_of_a_turn_are_one() -> None:
    for turn in (
        linear.rotation(linear.take_apart(PUSH).first),
        linear.rotation(QUARTER),
        np.diag([1.0, -1.0]),
    ):
        np.testing.assert_allclose(np.linalg.svd(turn, compute_uv=False), 1)
        np.testing.assert_allclose(turn.T @ turn, np.eye(2), atol=1e-12)


def test_powers_go_through_the_eigenbasis_and_parts_grow_or_die_out() -> None:
    kept = linear.eigen(PUSH)
    back = kept.vectors.T
    for rounds in WATCHED:
        power = back @ np.diag(kept.values**rounds) @ np.linalg.inv(back)
        np.testing.assert_allclose(power, np.linalg.matrix_power(PUSH, int(rounds)), atol=1e-12)
        np.testing.assert_allclose(
            power @ (np.array(SPLIT) @ kept.vectors), (np.array(SPLIT) * kept.values**rounds) @ kept.vectors
        )


def test_the_spectrum_of_shuffled_pixels_is_slow_in_any_order() -> None:
    grey = picture.photograph()
    for seed in range(3):
        other = np.random.default_rng(seed + 1).permutation(grey.ravel()).reshape(grey.shape)
        assert picture.take_to_pieces(other).error[FEW] == pytest.approx(mixed().error[FEW], abs=0.002)


def test_both_squares_lie_in_the_null_space_of_the_first_layer() -> None:
    np.testing.assert_allclose(exclusive.SAME @ exclusive.WEIGHTS.T, 0)
    assert len(solving.null_space(exclusive.WEIGHTS)) == 1


def test_what_a_null_vector_adds_changes_no_fit() -> None:
    data = np.column_stack([np.arange(5.0)] * 2)
    along = solving.null_space(data)[0]
    weights, *_ = np.linalg.lstsq(data, np.array([1.0, 0.0, 2.0, 5.0, 3.0]), rcond=None)
    for steps in (-2.0, 1.0, 3.0):
        np.testing.assert_allclose(data @ (weights + steps * along), data @ weights, atol=1e-12)


def test_dots_and_squares_have_one_middle() -> None:
    np.testing.assert_allclose(exclusive.SAME.mean(axis=0), exclusive.UNLIKE.mean(axis=0))


def test_the_squared_length_is_what_the_product_with_the_transpose_tells() -> None:
    for degrees in range(0, 180, 15):
        v = linear.arrow(degrees)
        assert np.linalg.norm(PUSH @ v) ** 2 == pytest.approx(v @ PUSH.T @ PUSH @ v)


def test_rank_and_null_space_make_up_the_columns() -> None:
    for matrix in (PUSH, area.lowered(area.FLAT), depth.onto((1.0, 0.0, 0.35))):
        assert np.linalg.matrix_rank(matrix) + len(solving.null_space(matrix)) == matrix.shape[1]


def test_two_vectors_span_the_plane_and_two_on_a_line_do_not() -> None:
    assert np.linalg.matrix_rank([plane.POINT, plane.OTHER]) == 2
    assert np.linalg.matrix_rank([plane.POINT, -plane.POINT]) == 1
    assert (plane.POINT + plane.OTHER).tolist() == [1, 2]


def test_the_inverse_as_it_is_written_undoes_the_map() -> None:
    np.testing.assert_allclose(np.array([[1.5, -1.0], [-0.5, 1.0]]) @ PUSH, np.eye(2))


def test_full_rank_an_inverse_and_a_determinant_come_together() -> None:
    for matrix in (PUSH, SIDEWAYS, UPWARD, area.lowered(area.FLAT), area.lowered(area.SUNK)):
        assert (np.linalg.matrix_rank(matrix) == 2) == (abs(np.linalg.det(matrix)) > 1e-12)


def test_the_two_pieces_are_what_is_written_and_their_sum_is_the_matrix() -> None:
    apart = picture.take_to_pieces(PUSH)
    np.testing.assert_allclose(apart.piece(0).round(2), [[0.69, 1.18], [0.78, 1.34]])
    np.testing.assert_allclose(apart.piece(1).round(2), [[0.31, -0.18], [-0.28, 0.16]])
    np.testing.assert_allclose(apart.piece(0) + apart.piece(1), PUSH)


def test_without_the_second_piece_23_percent_of_the_norm_are_missing() -> None:
    assert ours().error[1] == pytest.approx(0.484 / np.sqrt(4.5), abs=1e-3) == pytest.approx(0.23, abs=0.005)


def test_the_squared_singular_values_are_the_eigenvalues_that_are_written() -> None:
    assert (PUSH.T @ PUSH).tolist() == [[1.25, 1.75], [1.75, 3.25]]
    values = np.linalg.eigvalsh(PUSH.T @ PUSH)[::-1]
    np.testing.assert_allclose(values, linear.take_apart(PUSH).stretch ** 2)
    assert linear.take_apart(PUSH).stretch.round(3).tolist() == [2.065, 0.484]


def test_the_singular_pair_is_the_one_whose_right_angle_stays_one() -> None:
    longest = linear.take_apart(PUSH).longest
    for degrees in np.arange(0.0, 90.0, 0.5):
        one, other = PUSH @ linear.arrow(degrees), PUSH @ linear.arrow(degrees + 90.0)
        if abs(degrees - float(linear.degrees_of(longest))) > 1:
            assert abs(one @ other) > 1e-3
    assert PUSH @ longest @ PUSH @ linear.rotation(90) @ longest == pytest.approx(0, abs=1e-9)


def test_where_a_symmetric_matrix_has_no_negative_eigenvalue_both_agree() -> None:
    found = linear.eigen(SYMMETRIC)
    np.testing.assert_allclose(found.values, np.linalg.svd(SYMMETRIC, compute_uv=False))
    assert abs(found.vectors[0] @ linear.take_apart(SYMMETRIC).longest) == pytest.approx(1)
    assert (SYMMETRIC == SYMMETRIC.T).all()
    assert found.vectors[0] @ found.vectors[1] == pytest.approx(0, abs=1e-9)
    assert abs(linear.eigen(PUSH).vectors[0] @ linear.eigen(PUSH).vectors[1]) > 0.1


def test_eigenvectors_of_any_symmetric_matrix_serve_as_singular_vectors_with_sizes_as_values() -> None:
    for matrix in (SYMMETRIC, np.diag([1.0, -1.0]), np.array([[1.0, 2.0], [2.0, -1.0]])):
        values, vectors = np.linalg.eigh(matrix)
        np.testing.assert_allclose(np.linalg.norm(matrix @ vectors, axis=0), np.abs(values))
        np.testing.assert_allclose(
            np.sort(np.abs(values)), np.sort(np.linalg.svd(matrix, compute_uv=False)), atol=1e-12
        )
        np.testing.assert_allclose(vectors.T @ vectors, np.eye(2), atol=1e-12)


def test_the_nudged_matrix_keeps_two_lines_too() -> None:
    found = linear.eigen([[PUSH[0, 0], NUDGED], PUSH[1]])
    assert (found.values > 0).all()
    assert abs(found.vectors[0] @ linear.eigen(PUSH).vectors[0]) < 0.95


def test_the_shuffled_picture_is_little_more_than_its_mean() -> None:
    assert mixed().values[0] > 14 * mixed().values[1]
    grey = picture.left_by_grey(picture.photograph())
    assert mixed().error[1] == pytest.approx(grey, abs=0.002)
    assert picture.left_by_grey(picture.shuffled(picture.photograph())) == pytest.approx(grey)


def test_the_transposed_product_is_the_dot_product() -> None:
    assert plane.W[None] @ plane.X[:, None] == [[plane.X @ plane.W]] == [[48.0]]


def test_the_product_of_the_eigenvalues_is_the_determinant() -> None:
    assert linear.eigen(PUSH).values.prod() == pytest.approx(linear.signed_area(PUSH))


def test_a_shear_keeps_one_line() -> None:
    _, vectors = np.linalg.eig(SIDEWAYS)
    assert abs(vectors[:, 0] @ vectors[:, 1]) == pytest.approx(1)


def test_two_layers_with_biases_are_one() -> None:
    rows = np.random.default_rng(0).normal(size=(50, 2))
    both = (rows @ UPWARD.T + SHIFTS[0]) @ SIDEWAYS.T + SHIFTS[1]
    one = rows @ np.array([[1.5, 1.0], [0.5, 1.0]]).T + SIDEWAYS @ SHIFTS[0] + SHIFTS[1]
    np.testing.assert_allclose(both, one)


def test_any_line_fails_and_relu_lets_one_part_them() -> None:
    inputs = np.array([*exclusive.UNLIKE, *exclusive.SAME])
    for degrees in np.arange(0.0, 360.0, 0.5):
        heights = inputs @ linear.arrow(degrees)
        assert heights[:2].min() <= heights[2:].max()
    assert (exclusive.score(exclusive.UNLIKE) > 0).all()
    assert (exclusive.score(exclusive.SAME) < 0).all()
    np.testing.assert_allclose(exclusive.SAME @ exclusive.WEIGHTS.T, 0)


def test_the_eigenvector_that_is_found_on_paper_is_one() -> None:
    np.testing.assert_allclose(PUSH - 2 * np.eye(2), np.array([[-1, 1], [0.5, -0.5]]))
    np.testing.assert_allclose((PUSH - 2 * np.eye(2)) @ [1, 1], 0)
    np.testing.assert_allclose(PUSH @ [1, 1], [2, 2])


def test_trace_and_determinant_are_sum_and_product_of_the_eigenvalues() -> None:
    values = linear.eigen(PUSH).values
    assert values.sum() == pytest.approx(PUSH.trace()) == 2.5
    assert spectrum.characteristic(PUSH, [0.0, *values]) == pytest.approx([values.prod(), 0, 0])


def test_every_kind_has_a_row() -> None:
    assert picture.fit_layer().weights.shape == (KINDS, picture.digits().values.shape[1])


def test_the_longest_stretch_is_not_the_eigenvectors() -> None:
    stretch = np.linalg.norm(linear.circle(3600) @ PUSH.T, axis=1)
    assert stretch.max() == pytest.approx(linear.take_apart(PUSH).stretch[0], abs=1e-5)
    assert stretch.max() > linear.eigen(PUSH).values[0] + 0.06
