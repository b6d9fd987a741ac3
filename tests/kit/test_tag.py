"""The tag: what is under it does not show between its letters, and it moves as one."""

from __future__ import annotations

import numpy as np
from manim import VMobject

from scenes.kit import ink, words
from scenes.kit.tag import Tag
from tests.golden import assert_golden, draw


def line() -> VMobject:
    mobject = VMobject(stroke_color=ink.chalk, stroke_width=6)
    return mobject.set_points_as_corners(np.array([(-6.0, 0.0, 0.0), (6.0, 0.0, 0.0)]))


def test_a_line_under_it_is_hidden_as_far_as_the_plate_reaches() -> None:
    tag = Tag(words.label("axis"), opacity=1.0)
    seen = [draw(*things, width=854, height=480) for things in ((line(), tag), (tag,))]
    half = np.array([tag.plate.width, tag.plate.height]) / 2 * 60
    inside = (
        slice(int(240 - half[1]) + 4, int(240 + half[1]) - 3),
        slice(int(427 - half[0]) + 4, int(427 + half[0]) - 3),
    )
    np.testing.assert_array_equal(seen[0][inside], seen[1][inside])
    assert (seen[0][240, 100] != seen[1][240, 100]).any()


def test_words_and_plate_move_together() -> None:
    tag = Tag(words.label("axis")).move_to((2.0, 1.0, 0.0))
    np.testing.assert_allclose(tag.plate.get_center(), (2.0, 1.0, 0.0), atol=1e-9)
    np.testing.assert_allclose(tag.text.get_center(), (2.0, 1.0, 0.0), atol=1e-9)


def test_the_tag() -> None:
    assert_golden("tag", line(), Tag(words.label("a name", ink.focus)), text=True)
