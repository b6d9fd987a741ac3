"""The camera draws what manim's camera draws: pixel for pixel for shapes, within a shade for images."""

from __future__ import annotations

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
    Square,
    VGroup,
    VMobject,
)
from PIL import Image

from render.camera import Camera as OurCamera
from scenes.kit import ink, words
from scenes.kit.plane import Plane


def view(kind: type[Camera]) -> Camera:
    return kind(pixel_width=480, pixel_height=270, background_color=ink.ground)


def both(*mobjects: Mobject) -> tuple[np.ndarray, np.ndarray]:
    pictures = []
    for camera in (view(Camera), view(OurCamera)):
        camera.capture_mobjects(mobjects)
        pictures.append(camera.pixel_array.copy())
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
