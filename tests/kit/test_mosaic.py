"""Mosaics: areas are probabilities at every moment, and what is kept fills the square as Bayes' theorem has it."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene, tempconfig

from scenes.kit.mosaic import Mosaic
from tests.golden import assert_golden

MAILS = np.array([[2.0, 1.0], [1.0, 5.0]])
NAMES = ["spam", "ham"], ["free", "not free"]


def mosaic(table: object = MAILS, **how: object) -> Mosaic:
    return Mosaic(table, *NAMES, width=4.0, height=5.0, **how)  # type: ignore[arg-type]


def sizes(one: Mosaic) -> np.ndarray:
    """Widths and heights (m, k, 2) of the parts as they are drawn, in shares of the square."""
    square = np.ptp(one.square.box, axis=0)[:2]
    return np.array([[np.ptp(tile.plate.points, axis=0)[:2] / square for tile in row] for row in one.tiles])


def test_widths_heights_and_areas_are_probabilities() -> None:
    drawn = sizes(mosaic().scale(0.7).shift((1.0, 2.0, 0.0)))
    np.testing.assert_allclose(drawn[:, :, 0], [[1 / 3] * 2, [2 / 3] * 2])
    np.testing.assert_allclose(drawn[:, :, 1], [[2 / 3, 1 / 3], [1 / 6, 5 / 6]])
    np.testing.assert_allclose(drawn.prod(axis=2), MAILS / 9)


def test_counts_and_probabilities_draw_the_same() -> None:
    np.testing.assert_allclose(sizes(mosaic(MAILS / 9)), sizes(mosaic(MAILS)))


def test_parts_tile_the_square() -> None:
    one = Mosaic(np.arange(1, 13).reshape(3, 4), list("abc"), list("wxyz"))
    tiles = [tile.plate for column in one.tiles for tile in column]
    assert sum(tile.width * tile.height for tile in tiles) == pytest.approx(25.0)
    low = np.min([tile.get_corner((-1, -1, 0)) for tile in tiles], axis=0)
    high = np.max([tile.get_corner((1, 1, 0)) for tile in tiles], axis=0)
    np.testing.assert_allclose([low, high], one.square.box[[0, 2]], atol=1e-9)


def test_what_glides_between_two_tables_is_a_table() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, one = Scene(), mosaic()
        scene.add(one)
        areas: list[float] = []
        one.add_updater(lambda _: areas.append(float(sizes(one).prod(axis=2).sum())))
        scene.play(one.animate.redraw([[1, 8], [1, 10]]), run_time=1)
        np.testing.assert_allclose(areas, 1.0)
        np.testing.assert_allclose(sizes(one).prod(axis=2), np.array([[1, 8], [1, 10]]) / 20)


@pytest.mark.parametrize("row", [0, 1])
def test_pooled_parts_keep_their_areas_and_stay_in_the_square(row: int) -> None:
    one = mosaic()
    for step in np.linspace(1, 2, 11):
        drawn = sizes(one.given(NAMES[1][row], float(step)))[:, row]
        np.testing.assert_allclose(drawn.prod(axis=1), MAILS[:, row] / 9)
        assert drawn[:, 0].sum() <= 1 + 1e-9
    np.testing.assert_allclose(drawn[:, 1], MAILS[:, row].sum() / 9)
    assert drawn[:, 0].sum() == pytest.approx(1.0)


def test_what_fills_the_square_is_the_posterior_by_bayes() -> None:
    prior, likelihood = np.array([0.05, 0.95]), np.array([0.46, 0.14])
    one = mosaic(prior[:, None] * np.stack([likelihood, 1 - likelihood], axis=1)).given("free", 3.0)
    posterior = prior * likelihood / (prior @ likelihood)
    np.testing.assert_allclose(sizes(one)[:, 0], np.stack([posterior, [1.0, 1.0]], axis=1))
    assert one.tile("ham", "free").shown_texts == ("85 %",)
    np.testing.assert_allclose(sizes(one.given("free", 0.0)), sizes(mosaic(one.joint)))


def test_numbers_are_those_of_what_is_drawn_or_not_there() -> None:
    one = mosaic()
    assert one.tile("spam", "free").shown_texts == ("22 %",)
    for step in (1.0, 2.0):
        assert one.given("free", step).tile("spam", "free").shown_texts == ("22 %",)
        assert one.tile("spam", "not free").shown_texts == ()
    assert one.given("free", 2.5).tile("spam", "free").shown_texts == ()
    assert one.given("free", 3.0).tile("spam", "free").shown_texts == ("67 %",)
    shares = mosaic(numbers="within")
    assert shares.tile("ham", "free").shown_texts == ("17 %",)
    assert shares.given("free", 1.0).tile("ham", "free").shown_texts == ("11 %",)
    assert mosaic(numbers=None).tile("ham", "free").shown_texts == ()
    assert mosaic(decimals=1).tile("ham", "not free").shown_texts == ("55.6 %",)


def test_a_number_without_room_is_not_shown() -> None:
    one = mosaic([[1, 99], [50, 50]])
    assert one.tile("spam", "free").shown_texts == () != one.tile("ham", "free").shown_texts


def test_names_stand_over_their_columns_but_never_on_each_other() -> None:
    wide = mosaic()
    for name, column in zip(wide.names, wide.tiles, strict=True):
        assert name.get_x() == pytest.approx(column[0].plate.get_x())
    thin = Mosaic([[1, 1], [1, 1], [98, 98]], ["rarely", "seldom", "mostly"], NAMES[1])
    edges = [(name.get_left()[0], name.get_right()[0]) for name in thin.names]
    assert edges[0][1] < edges[1][0] and edges[1][1] < edges[2][0]


def test_parts_are_pulled_out_and_put_back() -> None:
    one = mosaic()
    before = one.tile("spam", "free").get_center()
    assert one.pull("spam", "free", (-0.5, 0.25)) is one
    np.testing.assert_allclose(one.tile("spam", "free").get_center() - before, (-0.5, 0.25, 0), atol=1e-9)
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        scene.add(one)
        scene.play(one.animate.pull("spam", None, (0.0, 0.0)), one.animate.given("free", 1.0), run_time=0.2)
    np.testing.assert_allclose(one.tile("spam", "free").get_center(), before, atol=1e-9)
    assert one.tile("ham", "not free").plate.get_fill_opacity() == 0.0
    assert len(one.row("free")) == 3 and len(one.column("ham")) == 4


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: mosaic([1, 2]), "columns of counts"),
        (lambda: mosaic([[0, 0], [0, 0]]), "not all 0"),
        (lambda: mosaic([[1, -1], [0, 0]]), "columns of counts"),
        (lambda: mosaic([[1, 2, 3]]), r"\(1, 3\) has no 2 columns of 2 rows"),
        (lambda: mosaic().redraw([[1, 2]]), "cannot show"),
        (lambda: mosaic().given("rare", 1), "none named 'rare'"),
        (lambda: mosaic().given("free", 3.5), "steps 0 to 3"),
        (lambda: mosaic([[0, 1], [0, 2]]).given("free", 2), "probability 0"),
        (lambda: mosaic().tile("eggs", "free"), "none named 'eggs'"),
    ],
)
def test_impossible_mosaics_are_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=message):
        make()


def test_the_mosaic() -> None:
    one = Mosaic([[3, 5, 4], [2, 1, 6], [0, 1, 0]], ["low", "mid", "top"], ["a", "b", "c"], width=9.0)
    assert_golden("mosaic", one.pull("top", None, (0.4, 0.0)), text=True, width=854, height=480)


def test_the_mosaic_pooled() -> None:
    assert_golden("mosaic-pooled", mosaic().given("free", 1.6), text=True, width=854, height=480)
