"""The camera draws what manim's camera draws: pixel for pixel for shapes, within a shade for images."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import pytest
from manim import (
    RED,
    UP,
    Camera,
    Circle,
    Dot,
    ImageMobject,
    Line,
    LineJointType,
    Mobject,
    PMobject,
    Square,
    VGroup,
    VMobject,
)
from PIL import Image

from render.draw.camera import Camera as OurCamera
from scenes.kit import ink, words
from scenes.kit.plane import Plane

Kind = TypeVar("Kind", bound=Camera)


def view(kind: type[Kind]) -> Kind:
    return kind(pixel_width=480, pixel_height=270, background_color=ink.ground)


def both(*mobjects: Mobject) -> tuple[np.ndarray, np.ndarray]:
    pictures = []
    for one in (view(Camera), view(OurCamera)):
        one.capture_mobjects(mobjects)
        pictures.append(one.pixel_array.copy())
    return pictures[0], pictures[1]


def scatter() -> VGroup:
    rng = np.random.default_rng(3)
    plane = Plane(x=(0, 1), y=(0, 1))
    street = plane.band((1.0, -0.6), -0.3, 0.2)
    return VGroup(plane, street, plane.dots(rng.random((60, 2)), ink.first, "diamond"))


def background_stroke() -> VMobject:
    return Square(color=RED, fill_opacity=0.5).set_stroke(width=12, background=True)


SHAPES = {
    "dots on a plane": scatter,
    "words": lambda: words.note("A *street* with two kerbs, $frac(2, norm(w))$ wide"),
    "an open line": lambda: Line((-3.0, -1.0, 0.0), (3.0, 2.0, 0.0)),
    "a stroke and a fill": lambda: Circle(radius=2, color=ink.focus, fill_opacity=0.4, stroke_width=9),
    "joints": lambda: Square(color=ink.error, stroke_width=30, joint_type=LineJointType.ROUND),
    "what leaves no mark": lambda: Square(stroke_width=0, fill_opacity=0),
    "a gradient": lambda: Circle(fill_opacity=1).set_color_by_gradient(ink.first, ink.second),
    "a background stroke": background_stroke,
    "what is half off the frame": lambda: Dot(radius=3).shift(4 * UP),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_are_drawn_pixel_for_pixel(name: str) -> None:
    theirs, ours = both(SHAPES[name]())
    np.testing.assert_array_equal(ours, theirs)


def test_shapes_are_drawn_as_they_are_now() -> None:
    """Again and again, while others move, change their colour, and turn into outlines of other sizes."""
    still, mover = scatter(), Square(color=RED, fill_opacity=0.5)
    theirs, ours = view(Camera), view(OurCamera)
    for step in range(6):
        if step == 3:
            mover.become(Circle(color=ink.focus, stroke_width=6))
        if step == 4:
            still[0].set_color(ink.second)
        mover.shift(0.3 * UP)
        for one in (theirs, ours):
            one.reset()
            one.capture_mobjects([still, mover])
        np.testing.assert_array_equal(ours.pixel_array, theirs.pixel_array, f"picture {step}")


def test_a_shape_that_changes_in_place_is_drawn_as_it_is_now() -> None:
    shape = Square(color=RED, fill_opacity=1)
    ours = view(OurCamera)
    for _ in range(3):
        ours.reset()
        ours.capture_mobject(shape)
    shape.points += (1.0, 0.5, 0.0)
    ours.reset()
    ours.capture_mobject(shape)
    np.testing.assert_array_equal(ours.pixel_array, both(shape)[0])


def spike(turn: float) -> VMobject:
    """A thin needle with a thick stroke, whose mitre reaches far beyond its points."""
    needle = VMobject(color=RED, stroke_width=30)
    needle.set_points_as_corners([(-0.3, -1, 0), (0, 0.2, 0), (0.3, -1, 0)])
    return needle.rotate(turn)


def test_a_picture_is_begun_again_where_it_was_drawn_on() -> None:
    """By all ways to draw: shapes, what manim draws, upright and turned images, points."""
    image = np.random.default_rng(2).integers(0, 256, (20, 30, 3), np.uint8)
    cloud = PMobject(stroke_width=9).add_points(np.random.default_rng(3).normal(0, 1, (40, 3)))
    movers = [
        lambda: spike(0),
        lambda: Circle(fill_opacity=1).set_color_by_gradient(ink.first, ink.second),
        lambda: ImageMobject(image).set(height=2),
        lambda: ImageMobject(image).set(height=2).rotate(0.4),
        lambda: background_stroke(),
        lambda: cloud.copy(),
    ]
    ours, theirs = view(OurCamera), view(Camera)
    theirs.reset()
    grounds = [theirs.pixel_array.copy()]
    theirs.capture_mobjects(scatter())
    grounds.append(theirs.pixel_array.copy())
    parts, asked = list[float](), np.zeros_like(ours.pixel_array)
    for step in range(24):
        ground = grounds[step // 12]
        mobjects = [movers[step % 6]().shift((step % 5 - 2, 3 * (-1) ** step, 0))]
        ours.set_frame_to_background(ground)
        ours.capture_mobjects(mobjects)
        fresh = view(OurCamera)
        fresh.set_frame_to_background(ground.copy())
        fresh.capture_mobjects(mobjects)
        np.testing.assert_array_equal(ours.pixel_array, fresh.pixel_array, f"picture {step}")
        if step % 5 != 3:  # a picture that nobody asked about counts with the next one
            changed, differs = ours.changed(), (ours.pixel_array != asked).any(axis=2)
            columns = np.arange(480)
            told = (changed[:, :1] <= columns) & (columns < changed[:, 1:])
            assert not (differs & ~told).any(), f"picture {step}"
            parts.append(told.mean())
            asked = ours.pixel_array.copy()
    assert min(parts) < 0.5, "some picture changed but in a part"
    ours.reset()
    np.testing.assert_array_equal(ours.pixel_array, ours.background)


def test_what_is_drawn_on_what() -> None:
    """By depth, and what occurs twice where it occurs last."""
    low, high, twice = (Square(side_length=2, color=c, fill_opacity=1) for c in (RED, ink.first, ink.third))
    high.shift(0.5 * UP).set_z_index(2)
    family = VGroup(twice, VGroup(high), low)
    theirs, ours = both(family, twice)
    np.testing.assert_array_equal(ours, theirs)


def test_an_outline_of_several_lines_closes_those_that_come_back() -> None:
    shape = VMobject(color=ink.first, stroke_width=24, fill_opacity=0.3)
    shape.append_points(Square(side_length=2).points)
    shape.append_points(Line((-3.0, -1.0, 0.0), (-2.0, 1.0, 0.0)).points)
    shape.append_points(Circle(radius=1).shift(3 * UP).points + 1e-7)
    theirs, ours = both(shape)
    np.testing.assert_array_equal(ours, theirs)


def test_points_that_are_not_finite_draw_what_manim_draws() -> None:
    shape = Square(fill_opacity=1)
    shape.points[3] = np.nan
    theirs, ours = both(Circle(color=ink.first), shape)
    np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("shift", [(0.0, 0.0), (3.017, -1.3), (6.0, 3.0), (20.0, 0.0)])
def test_upright_images_are_drawn_where_they_lie(shift: tuple[float, float]) -> None:
    ramp = np.zeros((40, 60, 4), np.uint8)
    ramp[..., 0], ramp[..., 1] = np.linspace(0, 255, 60), np.linspace(0, 255, 40)[:, None]
    ramp[..., 3] = 200
    image = ImageMobject(ramp, resampling_algorithm=Image.Resampling.BILINEAR)
    image.scale_to_fit_width(5).shift((*shift, 0.0))
    theirs, ours = both(Circle(radius=2, fill_opacity=1), image)
    difference = np.abs(ours.astype(int) - theirs).max(axis=2)
    (left, top), (right, _), (_, bottom) = view(Camera).points_to_subpixel_coords(image, image.points)[:3]
    rows, columns = np.mgrid[:270, :480] + 0.5
    inside = np.minimum.reduce([columns - left, right - columns, rows - top, bottom - rows])
    assert difference[inside > 2].max(initial=0) <= 3
    assert not difference[inside < -2].any(), "nothing is drawn beyond the picture"


def test_a_turned_image_is_left_to_manim() -> None:
    image = ImageMobject(np.full((20, 20, 4), 180, np.uint8)).scale_to_fit_width(3).rotate(0.4)
    theirs, ours = both(image)
    np.testing.assert_array_equal(ours, theirs)
