"""Places: the picture, the column beside it, and what stands under what."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Rectangle

from scenes.kit import ink, place
from scenes.kit.plane import Plane


def test_the_picture_keeps_clear_of_title_captions_and_column() -> None:
    picture = place.picture(Rectangle(width=9.0, height=5.6))
    assert picture.get_left()[0] >= place.LEFT_EDGE
    assert picture.get_right()[0] <= place.ASIDE - 0.3
    assert picture.get_top()[1] <= place.TOP - place.HEAD
    assert picture.get_bottom()[1] >= place.FLOOR


def test_a_plane_of_the_size_that_planes_have_is_a_picture() -> None:
    plane = place.picture(Plane((0, 4), (0, 2), x_label="petal length (cm)", y_label="sepal width (cm)"))
    assert plane.get_left()[0] >= place.LEFT_EDGE - ink.UNITS_PER_PIXEL
    assert plane.get_right()[0] <= place.ASIDE - 0.2
    assert place.FLOOR - 0.05 <= plane.get_bottom()[1] <= plane.get_top()[1] <= place.TOP - place.HEAD + 0.05


def test_the_column_stacks_from_its_top_with_left_edges_in_line() -> None:
    rows = [Rectangle(width=width, height=0.3) for width in (3.0, 1.0, 2.0)]
    place.aside(*rows, top=2.0, gap=0.4)
    assert [row.get_left()[0] for row in rows] == pytest.approx([place.ASIDE] * 3)
    assert [row.get_top()[1] for row in rows] == pytest.approx([2.0, 1.3, 0.6])
    assert pytest.approx(ink.FRAME_WIDTH / 2 - ink.MARGIN) == place.ASIDE + place.ASIDE_WIDTH


def test_what_is_put_under_something_touches_its_edge_and_keeps_its_gap() -> None:
    first = Rectangle(width=2, height=1).move_to(np.array([1.0, 1.0, 0.0]))
    below = place.under(Rectangle(width=1, height=1), first, gap=0.25)
    assert below.get_left()[0] == pytest.approx(first.get_left()[0])
    assert first.get_bottom()[1] - below.get_top()[1] == pytest.approx(0.25)
