"""Matrices: cells, numbers, names and what points at them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from manim import Group, Scene, linear, tempconfig

from scenes.kit import ink
from scenes.kit.matrix import Matrix
from tests.golden import assert_golden, draw

VALUES = np.array([[1.0, 0.5, 0.0], [-1.0, -0.25, np.nan]])


def pixel(matrix: Matrix, row: int, column: int) -> np.ndarray:
    picture = draw(matrix, width=1422, height=800)
    x, y, _ = matrix.at(row, column) + np.array([0.2, 0.2, 0.0])
    color: np.ndarray = picture[round((4 - y) * 100), round((x + 64 / 9) * 100)].astype(int)
    return color


def test_cells_follow_the_signed_colour_law() -> None:
    matrix = Matrix(VALUES, cell=1.0)
    expected = {(0, 0): ink.positive, (0, 1): ink.signed(0.5), (0, 2): ink.ground, (1, 0): ink.negative}
    expected |= {(1, 1): ink.signed(-0.25), (1, 2): ink.ground}
    for cell, color in expected.items():
        np.testing.assert_allclose(pixel(matrix, *cell), color.to_int_rgb(), atol=3, err_msg=str(cell))


def test_heat_runs_from_the_ground_and_knows_no_sign() -> None:
    matrix = Matrix([[0.0, 1.0, -1.0]], cell=1.0, heat=ink.focus, largest=2.0).shift((1.0, 0.5, 0.0))
    half = (np.array(ink.focus.to_int_rgb()) + ink.ground.to_int_rgb()) / 2
    for column, color in enumerate([ink.ground.to_int_rgb(), half, ink.ground.to_int_rgb()]):
        np.testing.assert_allclose(pixel(matrix, 0, column), color, atol=3)


def test_show_redraws_in_place_also_after_the_table_was_moved_and_scaled() -> None:
    matrix = Matrix(np.zeros((2, 3)), cell=0.8, decimals=1).scale(1.5).shift((2.0, 1.0, 0.0))
    box = matrix.box()
    assert matrix.redraw(np.nan_to_num(VALUES)) is matrix
    np.testing.assert_allclose(matrix.box(), box)
    np.testing.assert_allclose(matrix.at(0, 0), (2 - 1.2, 1 + 0.6, 0), atol=1e-9)
    fresh = Matrix(np.nan_to_num(VALUES), cell=0.8, decimals=1).scale(1.5).shift((2.0, 1.0, 0.0))
    redrawn, drawn = (draw(each, width=427, height=240) for each in (matrix, fresh))
    np.testing.assert_array_equal(redrawn, drawn)


def test_numbers_take_the_ink_that_reads_on_their_cell_and_empty_cells_have_none() -> None:
    matrix = Matrix([[0.0, 1.0], [np.nan, np.inf]], cell=1.0, decimals=1)
    bright, dark = matrix.bright.get_center(), matrix.dark.get_center()
    np.testing.assert_allclose(bright, matrix.at(0, 0), atol=0.03)
    np.testing.assert_allclose(dark, matrix.at(0, 1), atol=0.03)
    assert len(matrix.redraw(np.full((2, 2), np.nan)).bright.points) == 0


def test_stepping_back_is_a_share_of_what_is_shown() -> None:
    matrix = Matrix([[1.0, 1.0]], cell=1.0).shade([[1.0, 0.5]])
    np.testing.assert_allclose(pixel(matrix, 0, 1), ink.signed(0.5).to_int_rgb(), atol=3)
    np.testing.assert_allclose(pixel(matrix, 0, 0), ink.positive.to_int_rgb(), atol=3)


def test_change_goes_straight_to_the_new_values() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, matrix = Scene(), Matrix([[0.0, np.nan]])
        seen: list[np.ndarray] = []
        show = matrix.redraw

        def watched(values: npt.ArrayLike, largest: float | None = None) -> Matrix:
            seen.append(np.asarray(values, dtype=float).copy())
            return show(values, largest)

        scene.add(matrix)
        matrix.redraw = watched  # type: ignore[method-assign]
        scene.play(matrix.change([[1.0, 4.0]], largest=4.0, rate_func=linear), run_time=1)
        steps = np.unique(np.round([values[0, 0] for values in seen], 9))
        np.testing.assert_allclose(steps, np.arange(16) / 15, atol=1e-9)
        assert {4.0} == {values[0, 1] for values in seen if np.isfinite(values[0, 1])}
        np.testing.assert_array_equal(matrix.values, [[1.0, 4.0]])
        assert matrix.largest == 4.0


def test_a_faded_table_stays_faded_when_it_is_redrawn() -> None:
    matrix = Matrix([[1.0]], cell=1.0)
    matrix.cells.set_opacity(0.5)
    matrix.redraw([[-1.0]])
    np.testing.assert_allclose(pixel(matrix, 0, 0), ink.signed(-0.5).to_int_rgb(), atol=3)


def test_a_frame_lies_around_what_it_points_at_and_moves() -> None:
    matrix = Matrix(np.zeros((3, 4)), cell=(0.6, 0.4))
    frame = matrix.frame(row=1)
    assert (frame.width, frame.height) == pytest.approx((2.4, 0.4))
    np.testing.assert_allclose(frame.get_center(), matrix.at(1, 1.5), atol=1e-9)
    assert frame.redraw(column=-1) is frame
    np.testing.assert_allclose(frame.get_center(), matrix.at(1, 3), atol=1e-9)
    assert frame.height == pytest.approx(1.2)
    np.testing.assert_allclose(frame.redraw(0, 0.5).get_center(), matrix.at(0, 0.5), atol=1e-9)
    assert frame.copy().matrix is matrix
    np.testing.assert_allclose(matrix.box(1, 2).mean(axis=0), matrix.at(1, 2), atol=1e-9)


def test_impossible_tables_are_refused() -> None:
    with pytest.raises(ValueError, match="rows and columns"):
        Matrix([1.0, 2.0])
    with pytest.raises(ValueError, match="2 rows cannot have 1 names"):
        Matrix(VALUES, rows=["one"])
    with pytest.raises(ValueError, match="has room for"):
        Matrix(VALUES, cell=0.3, decimals=3)
    with pytest.raises(ValueError, match="cannot show"):
        Matrix(VALUES).redraw(VALUES.T)


def test_many_cells_cost_few_mobjects() -> None:
    table = Matrix(np.zeros((64, 64)), cell=0.08)
    assert len(table.get_family()) < 10


def test_matrix_golden() -> None:
    rng = np.random.default_rng(0)
    numbered = Matrix(VALUES, cell=(1.4, 0.9), decimals=2, rows=["a", "b"], columns=["x", "y", "z"])
    heat = Matrix(rng.uniform(0, 1, (9, 9)) * np.tri(9), cell=0.36, heat=ink.focus).shift((4, 1.5, 0))
    heat.shade(np.where(np.arange(9)[:, None] == 4, 1, 0.4))
    large = Matrix(rng.normal(0, 0.5, (64, 64)), cell=0.05).shift((3.5, -2.2, 0))
    numbered.shift((-3.3, 1.5, 0))
    turned = Group(
        numbered, numbered.frame(1), heat, heat.frame(4), large, heat.frame(column=2, color=ink.chalk)
    )
    assert_golden("matrix", *turned, text=True, width=854, height=480)


def test_numbers_can_be_read_by_who_checks_them() -> None:
    assert Matrix([[-0.25, np.nan], [1.0, 0.5]], cell=1.0, decimals=1).shown_texts == ("−0.2", "1.0", "0.5")
    assert Matrix([[0.25]], cell=1.0).shown_texts == ()
