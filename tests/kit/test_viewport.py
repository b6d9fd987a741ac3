"""Viewports: what is seen is the crop, each pixel where `at` says, and near enough it is a square."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_sample_image

from scenes.kit import ink, shot
from scenes.kit.shot import Region
from scenes.kit.viewport import Crop, Viewport
from tests.golden import assert_golden, draw

pytestmark = pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")

PIXELS = np.random.default_rng(5).integers(0, 256, (9, 16, 3)).astype(np.uint8)


def seen_at(view: Viewport, row: float, column: float) -> list[int]:
    picture = draw(view, width=640, height=360)
    x, y, _ = view.at(row, column)
    return [
        int(c)
        for c in picture[int((0.5 - y / ink.FRAME_HEIGHT) * 360), int((0.5 + x / ink.FRAME_WIDTH) * 640)]
    ]


@pytest.mark.parametrize("crop", [None, Crop(4.5, 8, 3), Crop(6, 4, 2.5)])
def test_each_pixel_is_seen_where_it_lies(crop: Crop | None) -> None:
    view = Viewport(PIXELS, shot.EDGES, crop)
    for row, column in view.whole_pixels():
        np.testing.assert_allclose(seen_at(view, row + 0.5, column + 0.5), PIXELS[row, column], atol=3)


def test_all_rows_that_fit_are_seen_at_first() -> None:
    assert len(Viewport(PIXELS, shot.EDGES).whole_pixels()) == 9 * 16
    assert Viewport(PIXELS, Region(-4, -4, 4, 4)).crop == Crop(4.5, 8, 9)
    assert Viewport(PIXELS, Region(-4, -1, 4, 1)).crop == Crop(4.5, 8, 4)


def test_beyond_the_photograph_is_the_ground() -> None:
    view = Viewport(PIXELS, shot.EDGES, Crop(0, 0, 9))
    assert (0, 0) in view.whole_pixels()
    assert min(view.whole_pixels()) == (0, 0)
    np.testing.assert_allclose(seen_at(view, -2, -2), ink.ground.to_int_rgb(), atol=2)


def test_a_redrawn_viewport_is_a_new_one() -> None:
    other = PIXELS[::-1]
    view = Viewport(PIXELS, shot.EDGES).look(Crop(4, 8, 4)).redraw(other)
    fresh = Viewport(other, shot.EDGES, Crop(4, 8, 4))
    np.testing.assert_array_equal(draw(view, width=320, height=180), draw(fresh, width=320, height=180))


def test_one_point_keeps_its_place_as_a_crop_changes() -> None:
    start, end = Crop(10, 20, 16), Crop(4, 8, 2)
    assert start.toward(end, 0.0) == start
    assert start.toward(end, 1.0) == end
    middle = start.toward(end, 0.5)
    assert middle.rows == pytest.approx(np.sqrt(16 * 2))
    share = (start.rows - middle.rows) / (start.rows - end.rows)
    assert middle.row == pytest.approx(10 + share * (4 - 10))
    assert start.toward(Crop(0, 0, 16), 0.5) == Crop(5, 10, 16)


def test_what_is_no_colour_photograph_is_refused() -> None:
    for wrong in (PIXELS[0], PIXELS / 255.0, PIXELS[:, :, :2]):
        with pytest.raises(ValueError, match="bytes"):
            Viewport(wrong, shot.EDGES)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="cannot show"):
        Viewport(PIXELS, shot.EDGES).redraw(PIXELS[:4])
    with pytest.raises(ValueError, match="positive"):
        Crop(0, 0, 0)


def test_golden_viewport() -> None:
    photo = load_sample_image("flower.jpg")
    left, right = shot.SAFE.columns(1, 1)
    assert_golden("viewport", Viewport(photo, left), Viewport(photo, right, Crop(205, 325, 9)))
