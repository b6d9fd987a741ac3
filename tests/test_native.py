"""The compiled loops, held against NumPy and pycairo."""

from __future__ import annotations

import hashlib
import importlib.metadata
from pathlib import Path
from typing import Any

import cairo
import mlhub_native
import numpy as np
import pytest
from manim import CapStyleType, LineJointType, VMobject

from render.draw.dirty_rows import everywhere, nowhere
from render.plan.fingerprint import software

PROJECT = Path(__file__).parents[1]
SHAPE = (70, 150, 4)
"""An odd number of pairs of lines, and columns that no whole number of pieces covers."""


def planes(height: int, width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Planes whose lines lie further apart than they are long."""
    sizes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    luma, blue, red = (np.zeros((lines, columns + 7), np.uint8)[:, :columns] for lines, columns in sizes)
    return luma, blue, red


def bt709(rgba: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rec. ITU-T BT.709-6, section 3, in limited range, before rounding; chroma of the mean of four pixels."""
    red, green, blue = (rgba[..., k].astype(float) for k in range(3))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    height, width = luma.shape

    def mean(samples: np.ndarray) -> np.ndarray:
        four: np.ndarray = samples.reshape(height // 2, 2, width // 2, 2)
        return np.asarray(four.mean((1, 3)))

    chroma = [
        128 + 224 / 255 * mean((color - luma) / scale) for color, scale in ((blue, 1.8556), (red, 1.5748))
    ]
    return 16 + 219 / 255 * luma, chroma[0], chroma[1]


def taken(rgba: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    found = planes(*rgba.shape[:2])
    mlhub_native.convert(rgba, np.invert(rgba), *found, 0, everywhere(*rgba.shape[:2]))
    return found


def test_samples_are_those_of_bt709() -> None:
    rgba = np.random.default_rng(1).integers(0, 256, SHAPE, np.uint8)
    for samples, exact in zip(taken(rgba), bt709(rgba), strict=True):
        assert np.abs(samples - exact).max() < 0.502  # half a step is rounding


def test_corners_of_the_cube_and_every_grey() -> None:
    corners = np.array([[r, g, b, 9] for r in (0, 255) for g in (0, 255) for b in (0, 255)], np.uint8)
    rgba = np.repeat(np.repeat(corners[None], 2, axis=0), 2, axis=1)
    for samples, exact in zip(taken(rgba), bt709(rgba), strict=True):
        assert np.array_equal(samples, np.floor(exact + 0.5))
    greys = np.repeat(np.repeat(np.arange(256, dtype=np.uint8)[:, None], 4, axis=1)[None], 2, axis=0)
    luma, blue, red = taken(greys)
    assert (luma[0, 0], luma[0, -1]) == (16, 235)
    assert set(blue.ravel()) == set(red.ravel()) == {128}


def test_only_what_changed_is_converted_and_all_of_it() -> None:
    rng = np.random.default_rng(2)
    before = rng.integers(0, 256, SHAPE, np.uint8)
    kept, samples = before.copy(), taken(before)
    after = before.copy()
    after[31, 63] ^= 255  # the last column of a piece and the lower of two lines
    after[68:, 140:] ^= 255  # the last piece, which is narrow
    part = everywhere(*SHAPE[:2])
    assert mlhub_native.differ(after, kept, part) == 31
    assert mlhub_native.convert(after, kept, *samples, 31, part) == 2
    assert mlhub_native.differ(after, kept, part) == -1
    for one, other in zip(samples, taken(after), strict=True):
        np.testing.assert_array_equal(one, other)
    assert mlhub_native.convert(after, kept, *samples, 0, part) == 0


def test_only_the_part_that_is_named_is_looked_at() -> None:
    before = np.zeros(SHAPE, np.uint8)
    after = before.copy()
    after[10, 5] = after[40, 100] = after[41, 149] = 255
    part = nowhere(SHAPE[0])
    assert mlhub_native.differ(after, before, part) == -1
    part[10], part[40], part[41] = (6, 150), (100, 101), (-5, 300)
    assert mlhub_native.differ(after, before, part) == 40
    part[10, 0] = 5
    assert mlhub_native.differ(after, before, part) == 10
    kept, samples = before.copy(), taken(before)
    assert mlhub_native.convert(after, kept, *samples, 0, part) == 3
    for one, other in zip(samples, taken(after), strict=True):
        np.testing.assert_array_equal(one, other)
    part[40:42] = nowhere(2)
    kept = before.copy()
    assert mlhub_native.convert(after, kept, *samples, 0, part) == 1
    assert mlhub_native.convert(after, kept, *samples, 0, nowhere(SHAPE[0])) == 0


def test_a_picture_is_begun_where_it_is_asked_for() -> None:
    rng = np.random.default_rng(6)
    picture, ground = rng.integers(0, 256, (2, *SHAPE), np.uint8)
    expected, part = picture.copy(), nowhere(SHAPE[0])
    part[3], part[4], part[69] = (20, 31), (31, 20), (-9, 999)
    expected[3, 20:31] = ground[3, 20:31]
    expected[69] = ground[69]
    mlhub_native.begin(picture, ground, part)
    np.testing.assert_array_equal(picture, expected)
    with pytest.raises(ValueError, match="unlike sizes"):
        mlhub_native.begin(picture, ground[:-1], part)
    with pytest.raises(ValueError, match=r"spans: expected int32 of shape \(70, 2\)"):
        mlhub_native.begin(picture, ground, part[:-1])
    with pytest.raises(ValueError, match="spans: expected int32"):
        mlhub_native.differ(picture, ground, part.astype(np.int64))
    with pytest.raises(ValueError, match="spans: expected int32"):
        mlhub_native.convert(picture, ground, *planes(*SHAPE[:2]), 0, part.astype(np.uint32))


def test_arrays_that_do_not_fit_are_refused_and_left_alone() -> None:
    rgba = np.full(SHAPE, 9, np.uint8)
    luma, blue, red = planes(*SHAPE[:2])
    part = everywhere(*SHAPE[:2])
    for wrong in (
        (rgba[:, ::2], rgba.copy(), luma, blue, red, 0),
        (rgba, rgba[:-2].copy(), luma, blue, red, 0),
        (rgba, rgba.copy(), luma[:-1], blue, red, 0),
        (rgba, rgba.copy(), luma, red.T, red, 0),
        (rgba, rgba.copy(), luma, blue, red[:, :-1], 0),
        (rgba, rgba.copy(), luma, blue, red, SHAPE[0] + 1),
        (rgba, rgba.copy(), luma.astype(np.int8), blue, red, 0),
        (rgba[:69], rgba[:69].copy(), luma[:69], blue, red, 0),
    ):
        with pytest.raises(ValueError, match=r"expected|do not fit"):
            mlhub_native.convert(*wrong, part)  # type: ignore[call-arg]
    fixed = rgba.copy()
    fixed.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        mlhub_native.convert(rgba, fixed, luma, blue, red, 0, everywhere(*SHAPE[:2]))
    with pytest.raises(ValueError, match="unlike sizes"):
        mlhub_native.differ(rgba, rgba[:-2], everywhere(*SHAPE[:2]))
    assert not luma.any()
    assert not blue.any()
    assert not red.any()


def canvas() -> tuple[np.ndarray, cairo.Context[cairo.ImageSurface]]:
    pixels = np.zeros((60, 80, 4), np.uint8)
    return pixels, cairo.Context(cairo.ImageSurface.create_for_data(pixels.data, cairo.FORMAT_ARGB32, 80, 60))


JOINS = (LineJointType.AUTO, 0, LineJointType.ROUND, 1, LineJointType.BEVEL, 2)
CAPS = (CapStyleType.AUTO, 0, CapStyleType.SQUARE, 2)
FILL, STROKE = (1.0, 0.5, 0.0, 1.0), (0.0, 0.2, 1.0, 0.5)
HOUSE = np.array(
    [(10, 50, 0), (10, 40, 0), (10, 30, 0), (10, 20, 0), (10, 20, 0), (30, 0, 0), (50, 0, 0), (70, 20, 0)],
    float,
)


def shape(points: np.ndarray = HOUSE, **other: Any) -> VMobject:
    """A shape with round corners and square ends; ``other`` are attributes."""
    found = VMobject()
    found.points = points
    given = {
        "fill_rgbas": np.array([FILL]),
        "stroke_rgbas": np.array([STROKE]),
        "stroke_width": 3.0,
        "joint_type": LineJointType.ROUND,
        "cap_style": CapStyleType.SQUARE,
    }
    for name, value in (given | other).items():
        setattr(found, name, value)
    return found


def paint(
    context: cairo.Context[cairo.ImageSurface],
    *shapes: VMobject,
    first: int = 0,
    patches: mlhub_native.Patches | None = None,
) -> tuple[int, np.ndarray]:
    touched = nowhere(60)
    patches = patches or mlhub_native.patches(0)
    return mlhub_native.paint(context, list(shapes), first, 1.0, JOINS, CAPS, patches, touched), touched


def test_a_shape_is_what_pycairo_draws() -> None:
    pixels, context = canvas()
    expected, plain = canvas()
    assert paint(context, shape(np.vstack([HOUSE, HOUSE[:3]])))[0] == 1  # three points are no curve
    plain.move_to(10, 50)
    plain.curve_to(10, 40, 10, 30, 10, 20)
    plain.curve_to(30, 0, 50, 0, 70, 20)
    plain.set_source_rgba(*np.array(FILL)[[2, 1, 0, 3]])
    plain.fill_preserve()
    plain.set_source_rgba(*np.array(STROKE)[[2, 1, 0, 3]])
    plain.set_line_width(3)
    plain.set_line_join(cairo.LINE_JOIN_ROUND)
    plain.set_line_cap(cairo.LINE_CAP_SQUARE)
    plain.stroke()
    np.testing.assert_array_equal(pixels, expected)
    assert pixels.any()


def test_points_may_lie_scattered() -> None:
    pixels, context = canvas()
    expected, other = canvas()
    wide = np.repeat(HOUSE, 2, axis=1)[::-1]
    paint(context, shape(wide[:, ::2]))
    paint(other, shape(HOUSE[::-1].copy()))
    np.testing.assert_array_equal(pixels, expected)
    assert pixels.any()


NOT_PLAIN: list[dict[str, Any]] = [
    {"fill_rgbas": np.array([FILL, FILL])},
    {"stroke_rgbas": np.array([STROKE], np.float32)},
    {"background_stroke_width": 2.0},
    {"background_image": "paper.png"},
    {"stroke_width": "3"},
    {"joint_type": None},
    {"points": np.where(HOUSE == 70, np.nan, HOUSE)},
    {"points": np.where(HOUSE == 70, np.inf, HOUSE)},
    {"points": HOUSE.astype(np.float32)},
    {"points": HOUSE[:, :2]},
]


@pytest.mark.parametrize("other", NOT_PLAIN, ids=lambda other: next(iter(other)))
def test_what_is_not_plain_is_left(other: dict[str, Any]) -> None:
    pixels, context = canvas()
    plain = shape(fill_rgbas=np.zeros((1, 4)), stroke_width=0.0)
    assert paint(context, plain, plain, shape(**other), shape())[0] == 2
    assert not pixels.any()
    assert paint(context, plain, shape(**other), shape(), first=2)[0] == 3
    assert pixels.any()


def test_an_attribute_that_is_missing_is_not_plain() -> None:
    odd = shape()
    del odd.fill_rgbas
    assert paint(canvas()[1], odd)[0] == 0


def drawn_on(pixels: np.ndarray) -> np.ndarray:
    """Spans of what is not blank."""
    found = nowhere(len(pixels))
    for line in np.flatnonzero(pixels.any(axis=(1, 2))):
        columns = np.flatnonzero(pixels[line].any(axis=1))
        found[line] = columns[0], columns[-1] + 1
    return found


def test_spans_hold_all_that_was_drawn_on() -> None:
    """Corners of a mitre too, which reach far beyond the points."""
    rng = np.random.default_rng(5)
    spikes = 0
    for turn in range(200):
        pixels, context = canvas()
        context.set_matrix(cairo.Matrix(6, 0, 0, -6, 40, 30))
        points = rng.normal(0, 2, (8, 3))
        points[3:5] = points[3]
        width = float(rng.choice([0.0, 0.3, 2.0]))
        joint = (LineJointType.AUTO, LineJointType.ROUND)[turn % 2]
        line = shape(points, stroke_width=width, joint_type=joint, fill_rgbas=np.zeros((1, 4)))
        touched, drawn = paint(context, line)[1], drawn_on(pixels)
        assert (touched[:, 0] <= drawn[:, 0]).all()
        assert (touched[:, 1] >= drawn[:, 1]).all()
        lines = np.flatnonzero(pixels.any(axis=(1, 2)))
        spikes += len(lines) and lines[0] < 30 - 6 * points[:, 1].max() - 6 * width
    assert spikes, "some corner reaches farther than the stroke is wide"


def test_what_leaves_no_mark_touches_nothing() -> None:
    pixels, context = canvas()
    unseen = shape(fill_rgbas=np.zeros((1, 4)), stroke_rgbas=np.zeros((1, 4)))
    done, touched = paint(context, unseen, shape(HOUSE + 500), shape(HOUSE - 500))
    assert done == 3
    np.testing.assert_array_equal(touched, nowhere(60))
    assert not pixels.any()


def test_what_looks_the_same_on_the_same_ground_is_not_drawn_again() -> None:
    """Shown by what it takes for granted: that nobody changes how edges are smoothed."""
    pixels, context = canvas()
    patches, house = mlhub_native.patches(2**20), shape()
    for _ in range(2):
        pixels[:] = 40
        paint(context, house, patches=patches)
    expected = pixels.copy()
    context.set_antialias(cairo.ANTIALIAS_NONE)
    pixels[:] = 40
    _, touched = paint(context, house, patches=patches)
    np.testing.assert_array_equal(pixels, expected)
    drawn = drawn_on(pixels != 40)
    assert (touched[:, 0] <= drawn[:, 0]).all()
    assert (touched[:, 1] >= drawn[:, 1]).all()
    hard, plain = canvas()
    plain.set_antialias(cairo.ANTIALIAS_NONE)
    pixels[:] = hard[:] = 41
    paint(context, house, patches=patches)
    paint(plain, house)
    np.testing.assert_array_equal(pixels, hard, "on another ground it is drawn, and so with hard edges")
    hard[:] = 40
    paint(plain, house)
    assert (hard != expected).any(), "hard edges are no smooth ones"


def test_patches_change_no_picture() -> None:
    """Shapes of all kinds that change now and then, on a ground that does, against drawing them all."""
    rng = np.random.default_rng(7)
    shapes = [shape(HOUSE / 4 + (60 * x, 40 * y, 0)) for x, y in rng.random((12, 2))]
    for limit in (2**20, 10_000, 0):
        patches = mlhub_native.patches(limit)
        pixels, context = canvas()
        for turn in range(60):
            pixels[:] = (
                rng.integers(0, 256, 4 if turn % 2 else (60, 80, 4), np.uint8) if turn % 7 == 0 else 90
            )
            one = shapes[rng.integers(len(shapes))]
            match turn % 6:
                case 0:
                    one.points = one.points + np.array((1, 0, 0))
                case 1:
                    one.points[0] += 0.5
                case 2:
                    one.fill_rgbas = rng.random((1, 4))
                case 3:
                    one.stroke_width = float(rng.integers(3))
                case 4:
                    shapes.insert(0, shapes.pop())
                case 5:
                    context.set_matrix(cairo.Matrix(1, 0, 0, 1, turn % 4, 0))
                    one.points = one.points[:4] if len(one.points) == 8 else HOUSE / 5 + (9, 9, 0)
            fresh, plain = canvas()
            fresh[:] = pixels
            plain.set_matrix(context.get_matrix())
            paint(context, *shapes, patches=patches)
            paint(plain, *shapes)
            np.testing.assert_array_equal(pixels, fresh, f"limit {limit}, picture {turn}")


def test_patches_serve_pictures_of_any_size() -> None:
    patches, house = mlhub_native.patches(2**20), shape(HOUSE + 30)
    for _ in range(2):
        for width, height in ((80, 60), (160, 120), (50, 50), (160, 120)):
            surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, width, height)
            touched, done = nowhere(height), [house]
            for _ in range(3):
                context = cairo.Context(surface)
                mlhub_native.paint(context, done, 0, 1.0, JOINS, CAPS, patches, touched)
            expected = cairo.ImageSurface(cairo.FORMAT_ARGB32, width, height)
            for _ in range(3):
                fresh = mlhub_native.patches(0)
                mlhub_native.paint(cairo.Context(expected), done, 0, 1.0, JOINS, CAPS, fresh, touched)
            assert bytes(surface.get_data()) == bytes(expected.get_data())
    surface.finish()
    touched = nowhere(120)
    with pytest.raises(cairo.Error, match="finished"):
        mlhub_native.paint(context, done, 0, 1.0, JOINS, CAPS, patches, touched)
    np.testing.assert_array_equal(touched, nowhere(120), "refused before a shape was looked at")


def test_another_shape_at_the_same_address_is_another() -> None:
    pixels, context = canvas()
    patches = mlhub_native.patches(2**20)
    addresses = set()
    for turn in range(30):
        pixels[:] = 0
        one = shape(HOUSE + turn % 3, stroke_width=float(turn % 2))
        paint(context, one, patches=patches)
        fresh, plain = canvas()
        paint(plain, one)
        np.testing.assert_array_equal(pixels, fresh)
        addresses.add(id(one))
        del one
    assert len(addresses) < 30


def test_a_limit_is_a_number_of_bytes() -> None:
    with pytest.raises(OverflowError):
        mlhub_native.patches(-1)
    with pytest.raises(TypeError):
        mlhub_native.patches("much")  # type: ignore[arg-type]


def test_families_are_gathered_in_the_order_of_drawing() -> None:
    points = [shape() for _ in range(4)]
    empty = VMobject()
    family = VMobject().add(points[0], VMobject().add(points[1], empty), points[2])
    assert mlhub_native.gather([family, points[3], points[0]]) == [*points, points[0]]
    assert mlhub_native.gather(iter([empty])) == []
    for wrong, error in (([1], AttributeError), (7, TypeError)):
        with pytest.raises(error):
            mlhub_native.gather(wrong)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        mlhub_native.is_updated(1)  # type: ignore[arg-type]
    assert not mlhub_native.is_updated(family)
    points[1].add_updater(lambda mobject: None)
    assert [mlhub_native.is_updated(one) for one in (family, points[1], points[0])] == [True, True, False]
    circle = VMobject()
    circle.submobjects = [circle]
    with pytest.raises(RecursionError, match="family of mobjects"):
        mlhub_native.gather([circle])
    with pytest.raises(RecursionError, match="family of mobjects"):
        mlhub_native.is_updated(circle)


@pytest.mark.parametrize(
    ("place", "wrong", "error", "words"),
    [
        (0, None, TypeError, "expected a cairo.Context, not NoneType"),
        (1, (), TypeError, "expected a list of mobjects"),
        (2, -1, TypeError, "a place in it"),
        (2, "one", TypeError, "integer"),
        (3, "thick", TypeError, "must be real number"),
        (4, [], TypeError, "two tuples"),
        (6, None, ValueError, "PyCapsule"),
        (7, nowhere(59), ValueError, "spans: expected int32 of shape"),
        (7, nowhere(60).astype(float), ValueError, "spans: expected int32"),
    ],
)
def test_wrong_arguments_are_named(place: int, wrong: object, error: type[Exception], words: str) -> None:
    pixels, context = canvas()
    given: list[object] = [context, [shape()], 0, 1.0, JOINS, CAPS, mlhub_native.patches(0), nowhere(60)]
    given[place] = wrong
    with pytest.raises(error, match=words):
        mlhub_native.paint(*given)  # type: ignore[arg-type]
    assert not pixels.any()


def test_only_pictures_of_four_bytes_a_pixel_are_drawn_on() -> None:
    grey = cairo.Context(cairo.ImageSurface(cairo.FORMAT_A8, 80, 60))
    with pytest.raises(ValueError, match="FORMAT_ARGB32"):
        paint(grey, shape())


def test_an_outline_is_filled() -> None:
    pixels, context = canvas()
    assert mlhub_native.fill(context, HOUSE, 1e-6)
    assert pixels[25, 40, 3] == 255
    before = pixels.copy()
    assert not mlhub_native.fill(context, HOUSE * np.nan, 1e-6)
    np.testing.assert_array_equal(pixels, before)
    for wrong, error in ((HOUSE[:, :2].copy(), ValueError), (HOUSE.astype(np.float32), TypeError)):
        with pytest.raises(error, match="points: expected"):
            mlhub_native.fill(context, wrong, 1e-6)  # type: ignore[arg-type]


def test_the_version_names_the_source() -> None:
    """So that what is drawn by other code has another key."""

    folder = PROJECT / "native"
    source = b"\0".join((folder / name).read_bytes() for name in ("native.c", "setup.py"))
    installed = importlib.metadata.version("mlhub-native")
    assert installed == f"1+{hashlib.sha256(source).hexdigest()[:12]}", "run make setup"
    assert software()["version of mlhub-native"] == installed
