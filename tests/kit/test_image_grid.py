"""Walls of images: their pixels, where they lie, and that each stays the picture that it is."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene, tempconfig
from sklearn.datasets import load_digits, load_sample_images

from scenes.kit import ink
from scenes.kit.image_grid import Arrangement, ImageGrid
from tests.golden import assert_golden, draw

pytestmark = pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")

DIGITS = load_digits()
LABELS = np.array([2, 0, 1, 0, 2, 2])


def grid(count: int = 6, **how: object) -> ImageGrid:
    return ImageGrid(DIGITS.images[:count] / 16, **{"width": 9.0, "height": 6.0, **how})  # type: ignore[arg-type]


def boxes(wall: ImageGrid) -> np.ndarray:
    """Left, bottom, right, top (n, 4) of the pictures as they lie on the scene."""
    corners = [(each.image.points.min(axis=0), each.image.points.max(axis=0)) for each in wall.images]
    return np.array([[*low[:2], *high[:2]] for low, high in corners])


def apart(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1])


def test_pictures_fill_the_place_in_reading_order_without_meeting() -> None:
    wall = grid().shift((1.0, -0.5, 0.0))
    drawn = boxes(wall) - [1.0, -0.5, 1.0, -0.5]
    np.testing.assert_allclose(drawn[:, 2] - drawn[:, 0], 3.0 * 0.92)
    np.testing.assert_allclose((drawn[:, 0] + drawn[:, 2]) / 2, [-3, 0, 3] * 2, atol=1e-9)
    np.testing.assert_allclose((drawn[:, 1] + drawn[:, 3]) / 2, [1.5] * 3 + [-1.5] * 3, atol=1e-9)


@pytest.mark.parametrize("count", [1, 7, 88])
def test_pictures_are_as_large_as_can_be(count: int) -> None:
    side = np.ptp(boxes(grid(count, width=13.0, height=5.6))[0, [0, 2]]) / 0.92
    best = max(min(13.0 / across, 5.6 / -(-count // across)) for across in range(1, count + 1))
    assert side == pytest.approx(best)


def test_pixels_are_squares_of_their_values() -> None:
    values = np.array([[[0.0, 0.25], [0.5, 1.0]]])
    seen = draw(ImageGrid(values, width=4.0, height=4.0), width=427, height=240)
    black, white = np.array([4, 6, 10]), np.array(ink.chalk.to_int_rgb())
    for (row, column), value in np.ndenumerate(values[0]):
        want = black + value * (white - black)
        # Off the middle of a pixel, where smoothing would have mixed it with its neighbours.
        x, y = 213 + (column - 0.5) * 2 * 20, 120 + (row - 0.5) * 2 * 20
        np.testing.assert_allclose(seen[int(y), int(x)], want, atol=2)


def test_colours_are_drawn_as_they_are() -> None:
    colours = np.zeros((2, 80, 120, 3), dtype=np.uint8)
    colours[0], colours[1] = (200, 30, 90), (10, 220, 40)
    wall = ImageGrid(colours, width=12.0, height=6.0)
    seen = draw(wall, width=427, height=240)
    assert wall.images[0].aspect == 1.5
    for number, x in enumerate((213 - 90, 213 + 90)):
        np.testing.assert_allclose(seen[120, x], colours[number, 0, 0], atol=2)


@pytest.mark.parametrize("kind", ["rows", "columns", "piles"])
def test_groups_lie_together_in_the_place(kind: str) -> None:
    wall = grid()
    arrangement = wall.groups(LABELS, kind)  # type: ignore[arg-type]
    drawn = boxes(wall.redraw(arrangement))
    assert (drawn[:, :2] >= (-4.5, -3.0)).all() and (drawn[:, 2:] <= (4.5, 3.0)).all()
    assert [*arrangement.heads] == ["0", "1", "2"]
    middles = (drawn[:, :2] + drawn[:, 2:]) / 2
    if kind == "piles":
        far = [
            np.linalg.norm(middles[label == LABELS] - middles[label == LABELS].mean(0), axis=1).max()
            for label in range(3)
        ]
        assert max(far) < 0.3
        assert all(apart(drawn[i], drawn[j]) for i in range(6) for j in range(6) if LABELS[i] != LABELS[j])
    else:
        axis = 1 if kind == "rows" else 0
        assert all(np.ptp(middles[label == LABELS, axis]) < 1e-9 for label in range(3))
        assert all(apart(drawn[i], drawn[j]) for i in range(6) for j in range(i))
    names = wall.headings(arrangement)
    assert [name.source_text for name in names] == ["0", "1", "2"]
    for name in names:
        low, high = name.get_corner((-1, -1, 0))[:2], name.get_corner((1, 1, 0))[:2]
        assert all(apart(np.array([*low, *high]), box) for box in drawn)


def test_a_picture_stays_the_one_that_it_is() -> None:
    wall = grid()
    own = list(wall.images)
    pixels = [each.image.pixel_array.copy() for each in own]
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        scene.add(wall)
        scene.play(wall.animate.redraw(wall.groups(LABELS)), run_time=0.4)
        scene.play(wall.animate.redraw(wall.grid([5, 3, 1, 0, 2, 4])), run_time=0.4)
    assert wall.images == own
    for each, was in zip(own, pixels, strict=True):
        np.testing.assert_array_equal(each.image.pixel_array, was)
    drawn, fresh = boxes(wall), boxes(grid())
    np.testing.assert_allclose(drawn[[5, 3, 1, 0, 2, 4]], fresh, atol=1e-9)


def test_what_an_order_does_not_name_shrinks_to_nothing() -> None:
    wall = grid()
    before = boxes(wall)
    drawn = boxes(wall.redraw(wall.grid([4, 1])))
    sizes = drawn[:, 2] - drawn[:, 0]
    np.testing.assert_allclose(sizes[[0, 2, 3, 5]], 0, atol=1e-9)
    np.testing.assert_allclose(sizes[[1, 4]], 4.5 * 0.92)
    np.testing.assert_allclose(drawn[0, :2], (before[0, :2] + before[0, 2:]) / 2, atol=1e-9)


def test_one_is_enlarged_over_all_others_and_goes_back() -> None:
    wall = grid()
    before = boxes(wall)
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        scene.add(wall)
        scene.play(wall.animate.enlarge(2), run_time=0.2)
    np.testing.assert_allclose(boxes(wall)[2], (-3, -3, 3, 3), atol=1e-9)
    seen = draw(wall, width=427, height=240)
    alone = draw(wall.image(2), width=427, height=240)
    np.testing.assert_array_equal(seen[60:180, 140:280], alone[60:180, 140:280])
    np.testing.assert_allclose(boxes(wall.enlarge(2, 0.0)), before, atol=1e-9)


def test_frames_and_strength_are_those_of_the_chosen() -> None:
    wall = grid().frame([1, 2], ink.error).shade(np.array([1, 1, 0.5, 1, 1, 1]))
    red = [each.frame.get_stroke_color() == ink.error for each in wall.images]
    assert red == [False, True, True, False, False, False]
    assert [each.image.pixel_array[0, 0, 3] for each in wall.images[1:3]] == [255, 127]
    assert wall.frame(1, None).image(1).frame.get_stroke_color() == ink.ground
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        scene.add(wall)
        scene.play(wall.animate.shade(0.2), run_time=0.2)
    np.testing.assert_allclose(wall.strengths, 0.2)


def test_images_can_change_in_their_places() -> None:
    wall, other = grid(), DIGITS.images[6:12] / 16
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        scene.add(wall)
        scene.play(wall.animate.redraw(images=other), run_time=0.2)
    fresh = ImageGrid(other, width=9.0, height=6.0)
    for changed, each in zip(wall.images, fresh.images, strict=True):
        np.testing.assert_allclose(changed.image.pixel_array, each.image.pixel_array, atol=1)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ImageGrid(np.zeros((4, 4)), width=1, height=1), r"not \(4, 4\)"),
        (lambda: ImageGrid(DIGITS.images[:2], width=1, height=1), "run from 0 to 1, not from 0 to 16"),
        (lambda: grid().grid([0, 0]), "once each"),
        (lambda: grid().grid([7]), "pictures 0 to 5"),
        (lambda: grid().groups([1, 2]), "6 pictures have as many labels"),
        (lambda: grid().image(6), "no picture 6"),
        (lambda: grid().enlarge(-1), "no picture -1"),
        (lambda: grid().redraw(images=np.zeros((6, 3, 3))), "cannot show"),
        (lambda: grid().redraw(Arrangement(np.zeros((2, 2)), np.zeros(2), {})), "cannot lie on 2 places"),
    ],
)
def test_impossible_walls_are_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=message):
        make()


def test_the_wall() -> None:
    assert_golden("image-grid", grid(36, width=13.0, height=6.5).frame([3, 10], ink.error))


def test_the_piles() -> None:
    wall = grid(24, width=13.0, height=6.5)
    piles = wall.groups(DIGITS.target[:24] % 3, "piles")
    assert_golden("image-piles", wall.redraw(piles), wall.headings(piles), text=True)


def test_the_enlarged() -> None:
    temple = load_sample_images().images[0][:420:3, :630:3]
    tiles = temple.reshape(4, 35, 6, 35, 3).swapaxes(1, 2).reshape(-1, 35, 35, 3)
    wall = ImageGrid(tiles, width=12.0, height=6.4)
    assert_golden("image-enlarged", wall.enlarge(8, 0.7))
