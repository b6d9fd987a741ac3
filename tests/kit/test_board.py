"""The board: where tiles are, what light and arrows mean, and that nouns redraw in place."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.board import MOVES, TURNS, Board, turned
from tests.golden import assert_golden, draw

ROWS = ("...G", ".#.P", "S...")
OPEN = np.array([(r, c) for r, row in enumerate(ROWS) for c, kind in enumerate(row) if kind != "#"])
RNG = np.random.default_rng(3)


def at(board: Board, mobject: Mobject) -> np.ndarray:
    """Data units of a path's corners."""
    return board.inverse(np.asarray(mobject.points).reshape(-1, 4, 3)[:, 0])


def test_tiles_are_counted_from_the_upper_left_wherever_the_board_is():
    board = Board(ROWS, 6, 4).shift((1.0, -0.5, 0.0)).scale(0.5)
    np.testing.assert_allclose(board.spot([(0, 0), (2, 3)]), [(0.5, 2.5), (3.5, 0.5)])
    np.testing.assert_allclose(board.middle((1, 1)) - board.middle((2, 0)), [board.unit, board.unit, 0])
    assert board.unit == pytest.approx(4 / 3 * 0.5)
    np.testing.assert_allclose(board.walls.get_center(), board.middle((1, 1)))


def test_rows_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match="one length"):
        Board(("..", "."))


def test_light_tells_sign_by_hue_and_size_by_brightness():
    board = Board(ROWS)
    lights = board.lights(OPEN)
    patches = list(lights)
    values = np.linspace(-1, 1, len(OPEN))
    lights.redraw(values)
    assert list(lights) == patches
    shine = np.array([patch.get_fill_opacity() for patch in lights])
    assert (np.diff(shine[values > 0]) > 0).all()
    assert (np.diff(shine[values < 0]) < 0).all()
    assert shine.max() == pytest.approx(0.5)
    for value, patch in zip(values, lights, strict=True):
        hue = ink.positive if value >= 0 else ink.negative
        assert patch.get_fill_color().to_hex() == hue.to_hex()
    assert lights.redraw(np.zeros(len(OPEN)))[0].get_fill_opacity() == 0
    with pytest.raises(ValueError, match="11 lights cannot show 4"):
        lights.redraw(np.zeros(4))


def test_wedges_lie_on_the_side_that_their_move_goes_to():
    board = Board(ROWS)
    wedges = board.wedges(OPEN)
    for number, wedge in enumerate(wedges):
        tile, move = divmod(number, 4)
        way = at(board, wedge).mean(0) - board.spot(OPEN[tile])
        assert way @ MOVES[move] > 0.2
        assert abs(way @ MOVES[(move + 1) % 4]) < 1e-9


def test_arrows_point_along_their_moves_and_turn_the_shorter_way():
    board = Board(ROWS)
    compass = board.compass(OPEN[:4]).redraw(TURNS)
    corners = at(board, compass).reshape(4, 7, 2)
    np.testing.assert_allclose(corners[:, 3] - board.spot(OPEN[:4]), 0.29 * MOVES, atol=1e-9)
    assert len(at(board, compass.redraw(TURNS, [0, 1, 0, 0.5]))) == 14
    assert len(compass.redraw(TURNS, 0.0).points) == 0
    np.testing.assert_allclose(turned([np.pi, 0.0], [-np.pi / 2, 1.0], 0.5), [1.25 * np.pi, 0.5])


def test_the_area_of_a_sector_is_the_chance():
    board = Board(ROWS)
    chances = RNG.dirichlet(np.ones(4), size=1)
    corners = at(board, board.fans(OPEN[:1]).redraw(chances)).reshape(4, 10, 2)
    x, y = corners[..., 0], corners[..., 1]
    areas = np.abs((x * np.roll(y, -1, 1) - y * np.roll(x, -1, 1)).sum(1)) / 2
    np.testing.assert_allclose(areas / areas.sum(), chances[0])
    for move, corner in zip(MOVES, corners.mean(1) - board.spot(OPEN[0]), strict=True):
        assert corner @ move == pytest.approx(np.linalg.norm(corner))


def test_figures_show_their_values_in_the_middle_of_their_tiles():
    board = Board(ROWS)
    figures = board.figures(OPEN)
    figures.redraw(np.arange(len(OPEN)) / 10).shade(np.linspace(0, 1, len(OPEN)))
    for row, figure in enumerate(figures):
        assert figure.source_text == f"{row / 10:.2f}"
        assert np.linalg.norm(figure.get_center() - board.middle(OPEN[row])) < 0.06
    shown = [float(figure.family_members_with_points()[0].get_fill_opacity()) for figure in figures]
    assert shown[-1] == 1
    assert shown[0] == 0


def test_a_courier_hops_along_its_way_and_stops_at_its_end():
    board = Board(ROWS)
    courier = board.courier([(2, 0), (2, 1), (2, 1)])
    np.testing.assert_allclose(courier.values, [board.spot((2, 0))])
    np.testing.assert_allclose(courier.walk(0.5).values, [board.spot((2, 0.5)) + np.array([0, 0.16])])
    np.testing.assert_allclose(courier.walk(1.5).values, [board.spot((2, 1)) + np.array([0, 0.16])])
    np.testing.assert_allclose(courier.walk(9).values, [board.spot((2, 1))], atol=1e-9)
    np.testing.assert_allclose(courier.take([(0, 3)]).walk(2).values, [board.spot((0, 3))])


def test_a_thread_stays_on_its_tiles_and_grows():
    board = Board(ROWS)
    way = np.array([(0, 0), (0, 1), (0, 2), (0, 1)])
    thread = board.thread(way)
    assert len(thread.reach(0).points) == 0
    assert len(thread.reach(1.5).points) == 8
    np.testing.assert_allclose(thread.points[-1], board.at(thread.spots[1:3].mean(0)))
    assert len(thread.reach(7).points) == 12
    assert (np.abs(thread.spots - board.spot(way)) < 0.3).all()
    assert not np.allclose(thread.spots[1], thread.spots[3])


def test_a_copy_of_board_and_light_is_a_board_of_its_own():
    board = Board(ROWS)
    lights = board.lights(OPEN)
    both = VGroup(board, lights).copy().scale(0.5)
    other, light = both.submobjects
    assert isinstance(other, Board)
    assert isinstance(light, type(lights))
    assert light.plane is other
    assert lights.plane is board
    assert other.unit == pytest.approx(board.unit / 2)


def test_an_edge_lies_around_its_tile():
    board = Board(ROWS)
    corners = at(board, board.edge((0, 2)))
    np.testing.assert_allclose(corners.mean(0), board.spot((0, 2)))
    picture = draw(board.edge([(0, 0), (2, 3)]), width=320, height=180)
    assert picture.max() > 200


def test_golden_board_with_lights_arrows_and_a_courier():
    board = Board(ROWS, 12, 7)
    values = np.linspace(-1, 1, len(OPEN))
    way = np.array([(2, 0), (1, 0), (0, 0), (0, 1), (0, 0), (0, 1), (0, 2)])
    assert_golden(
        "board-lights",
        board.lights(OPEN).redraw(values),
        board,
        board.compass(OPEN).redraw(np.linspace(0, 2 * np.pi, len(OPEN)), np.linspace(0.3, 1, len(OPEN))),
        board.thread(way).reach(5.5),
        board.courier(way).walk(5.5),
        board.edge((2, 1)),
    )


def test_golden_board_with_wedges_and_fans():
    board = Board(ROWS, 12, 7)
    rng = np.random.default_rng(1)
    assert_golden(
        "board-wedges",
        board,
        board.wedges(OPEN[:6]).redraw(rng.uniform(-1, 1, (6, 4))),
        board.fans(OPEN[6:]).redraw(rng.dirichlet(np.ones(4), 5)),
        board.fans(OPEN[6:], ink.focus, outlined=True).redraw(np.full((5, 4), 0.25)),
    )
