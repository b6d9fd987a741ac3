"""The box: it is as large as is asked for or needed, and moves with what is in it."""

from __future__ import annotations

import numpy as np
import pytest
from manim import DOWN, LEFT, RIGHT, UP, VGroup

from scenes.kit import ink, words
from scenes.kit.box import Box
from scenes.kit.review_hints import owners_of
from tests.golden import assert_golden


def test_a_box_is_as_large_as_is_asked_and_larger_where_that_is_needed() -> None:
    box = Box(words.label("norm"), width=3.0, height=1.2)
    assert box.outline.width == pytest.approx(3.0)
    assert box.outline.height == pytest.approx(1.2)
    word = words.label("multi-head attention")
    box = Box(word, width=1.0, height=0.1, room=(0.3, 0.2))
    assert box.outline.width == pytest.approx(word.width + 0.6)
    assert box.outline.height == pytest.approx(word.height + 0.4)


def test_what_is_in_a_box_stays_where_it_stood_and_moves_with_it() -> None:
    word = words.label("norm").move_to((2.0, 1.0, 0.0))
    box = Box(word)
    np.testing.assert_allclose(box.outline.get_center(), (2.0, 1.0, 0.0), atol=1e-9)
    box.shift(UP)
    np.testing.assert_allclose(word.get_center(), (2.0, 2.0, 0.0), atol=1e-9)


def test_a_box_may_touch_its_words_and_has_their_colour() -> None:
    word = words.label("norm", ink.focus)
    box = Box(word, ink.focus)
    assert owners_of(box.outline) == (word,)
    assert box.outline.get_stroke_color() == ink.focus
    assert list(box) == [box.outline, box.inside]


def test_boxes_golden() -> None:
    boxes = VGroup(
        Box(words.formula("W_Q"), ink.first, width=1.7, height=1.5),
        Box(words.label("attention", ink.focus), ink.focus, height=1.2),
    ).arrange(RIGHT, buff=0.8)
    frame = Box(boxes, room=(0.4, 0.4), fill=0.0).outline
    alone = Box(words.label("norm")).next_to(frame, DOWN, aligned_edge=LEFT)
    assert_golden("boxes", boxes, frame, alone, text=True, width=854, height=480)
