"""Photos and tiles: what is seen is the value, where it belongs, and it stays one thing."""

from __future__ import annotations

import numpy as np
import pytest
from manim import FadeIn, Scene, tempconfig
from sklearn.datasets import load_sample_image

from scenes.kit import ink
from scenes.kit.matrix import Matrix
from scenes.kit.photo import Photo
from scenes.kit.tile import Tiles
from tests.golden import assert_golden, draw

pytestmark = pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")

RNG = np.random.default_rng(5)


def test_each_value_is_seen_in_its_cell() -> None:
    values = RNG.uniform(0, 1, (3, 4))
    seen = draw(Photo(values, 6.0, smooth=False), width=427, height=240)
    centres_x = 213.5 + 30 * 2 * (np.arange(4) - 1.5)
    centres_y = 120 + 30 * 2 * (np.arange(3) - 1.0)
    for row, y in enumerate(centres_y):
        for column, x in enumerate(centres_x):
            want = np.array([4, 6, 10]) + values[row, column] * (
                np.array(ink.chalk.to_int_rgb()) - [4, 6, 10]
            )
            np.testing.assert_allclose(seen[int(y), int(x)], want, atol=2)


def test_a_shown_photo_is_a_new_one_in_its_place() -> None:
    one, other = RNG.uniform(0, 1, (2, 6, 9))
    photo = Photo(one, 4.0).shift((1.0, 0.5, 0.0)).redraw(other)
    fresh = Photo(other, 4.0).shift((1.0, 0.5, 0.0))
    np.testing.assert_array_equal(draw(photo, width=427, height=240), draw(fresh, width=427, height=240))
    assert [photo.width, photo.height] == pytest.approx([6.0, 4.0])


def test_values_beyond_black_and_white_are_cut() -> None:
    wild, tame = Photo([[-3.0, 0.5, 9.0]], 2.0), Photo([[0.0, 0.5, 1.0]], 2.0)
    np.testing.assert_array_equal(wild.pixel_array, tame.pixel_array)


def test_a_fading_photo_can_change() -> None:
    with tempconfig({"dry_run": True, "disable_caching": True}):
        scene = Scene()
        photo = Photo(np.zeros((4, 4)), 3.0)
        scene.play(FadeIn(photo), run_time=0.2)
    photo.redraw(np.ones((4, 4)))
    assert draw(photo, width=427, height=240)[120, 213].tolist() == list(ink.chalk.to_int_rgb())


@pytest.mark.parametrize("values", [np.ones(2), np.ones((0, 3)), np.array([[np.nan]])])
def test_what_is_no_picture_is_refused(values: np.ndarray) -> None:
    with pytest.raises(ValueError, match="rows and columns"):
        Photo(values, 3.0)
    with pytest.raises(ValueError, match="cannot show"):
        Photo([[0.0, 1.0]], 3.0).redraw([[0.0]])


def test_tiles_as_a_table_look_like_the_matrix() -> None:
    values = RNG.normal(size=(4, 6))
    tiles, matrix = Tiles(values, 0.8, largest=2.0), Matrix(values, 0.8, largest=2.0)
    difference = np.abs(draw(tiles, width=427, height=240).astype(int) - draw(matrix, width=427, height=240))
    assert np.median(difference) == 0
    centres = np.array([matrix.at(row, column) for row in range(4) for column in range(6)])
    np.testing.assert_allclose(tiles.centres, centres, atol=1e-12)


def test_lists_are_read_row_by_row() -> None:
    tiles = Tiles(np.arange(6.0).reshape(2, 3), 0.5, heat=ink.chalk, largest=5)
    column = tiles.column((1.0, 2.0, 0.0), 0.3)
    np.testing.assert_allclose(column[:, 0], 1.0)
    np.testing.assert_allclose(np.diff(column[:, 1]), -0.3)
    np.testing.assert_allclose(column.mean(0), (1.0, 2.0, 0.0))
    row = tiles.row((0.0, -1.0, 0.0), 0.4)
    np.testing.assert_allclose(np.diff(row[:, 0]), 0.4)
    np.testing.assert_allclose(row.mean(0), (0.0, -1.0, 0.0), atol=1e-12)
    tiles.put(column, 0.3)
    np.testing.assert_allclose([tile.get_center() for tile in tiles], column, atol=1e-12)
    assert [tile.fill_color.to_hex() for tile in tiles][::5] == [ink.ground.to_hex(), ink.chalk.to_hex()]
    with pytest.raises(ValueError, match="6 tiles"):
        tiles.put(column[:3])


def test_the_photo() -> None:
    grey = load_sample_image("flower.jpg") @ np.array([0.299, 0.587, 0.114]) / 255
    assert_golden("photo", Photo(grey, 6.0))


def test_the_tiles() -> None:
    signed = Tiles(np.linspace(-1, 1, 12).reshape(3, 4), 0.8)
    signed.put(signed.table((-3.0, 0.0, 0.0), 0.8))
    heat = Tiles(np.linspace(0, 1, 12).reshape(3, 4), 0.5, heat=ink.chalk)
    heat.put(heat.column((3.0, 0.0, 0.0), 0.4), 0.4)
    assert_golden("tiles", signed, heat)
