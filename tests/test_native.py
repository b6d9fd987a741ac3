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

from render.fingerprint import software

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
    mlhub_native.convert(rgba, np.invert(rgba), *found, 0)
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
    assert mlhub_native.differ(after, kept) == 31
    assert mlhub_native.convert(after, kept, *samples, 31) == 2
    assert mlhub_native.differ(after, kept) == -1
    for one, other in zip(samples, taken(after), strict=True):
        np.testing.assert_array_equal(one, other)
    assert mlhub_native.convert(after, kept, *samples, 0) == 0


def test_arrays_that_do_not_fit_are_refused_and_left_alone() -> None:
    rgba = np.full(SHAPE, 9, np.uint8)
    luma, blue, red = planes(*SHAPE[:2])
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
            mlhub_native.convert(*wrong)
    fixed = rgba.copy()
    fixed.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        mlhub_native.convert(rgba, fixed, luma, blue, red, 0)
    with pytest.raises(ValueError, match="unlike sizes"):
        mlhub_native.differ(rgba, rgba[:-2])
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
    context: cairo.Context[cairo.ImageSurface], *shapes: VMobject, first: int = 0
) -> tuple[int, np.ndarray]:
    rows = np.array((np.inf, -np.inf))
    return mlhub_native.paint(context, list(shapes), first, 1.0, JOINS, CAPS, rows), rows


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


def test_rows_hold_all_that_was_drawn_on() -> None:
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
        _, (top, bottom) = paint(context, line)
        drawn = np.flatnonzero(pixels.any(axis=(1, 2)))
        if len(drawn):
            assert top <= drawn[0]
            assert bottom > drawn[-1]
            spikes += drawn[0] < 30 - 6 * points[:, 1].max() - 6 * width
    assert spikes, "some corner reaches farther than the stroke is wide"


def test_what_leaves_no_mark_touches_nothing() -> None:
    pixels, context = canvas()
    done, rows = paint(context, shape(fill_rgbas=np.zeros((1, 4)), stroke_rgbas=np.zeros((1, 4))))
    assert done == 1
    assert list(rows) == [np.inf, -np.inf]
    assert not pixels.any()


@pytest.mark.parametrize(
    ("place", "wrong", "error", "words"),
    [
        (0, None, TypeError, "expected a cairo.Context, not NoneType"),
        (1, (), TypeError, "expected a list of mobjects"),
        (2, -1, TypeError, "a place in it"),
        (2, "one", TypeError, "integer"),
        (3, "thick", TypeError, "must be real number"),
        (4, [], TypeError, "two tuples"),
        (6, np.zeros(3), ValueError, "rows: expected 2 numbers"),
        (6, np.zeros(2, np.float32), ValueError, "rows: expected 2 numbers"),
    ],
)
def test_wrong_arguments_are_named(place: int, wrong: object, error: type[Exception], words: str) -> None:
    pixels, context = canvas()
    given: list[object] = [context, [shape()], 0, 1.0, JOINS, CAPS, np.zeros(2)]
    given[place] = wrong
    with pytest.raises(error, match=words):
        mlhub_native.paint(*given)  # type: ignore[arg-type]
    assert not pixels.any()


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
