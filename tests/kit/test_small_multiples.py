"""Panes: many planes of one look, in reading order, inside the room that was given."""

from __future__ import annotations

import numpy as np
import pytest
from manim import VGroup

from scenes.kit.small_multiples import SmallMultiples
from tests.golden import assert_golden


def test_a_grid_of_fields() -> None:
    panes = SmallMultiples(2, 3, (0, 2), (0, 1), 9.0, 5.0)
    mesh = panes.planes[0].mesh(30, 20)
    fields = panes.fields([(mesh[..., 0] > 0.3 * n).astype(int) for n in range(6)])
    assert_golden("panes-fields", *fields, panes, panes.planes[4].dots([(1, 0.5)]))


def test_they_fill_the_room_in_reading_order() -> None:
    panes = SmallMultiples(3, 4, (0, 2), (0, 1), 8.0, 4.0, gap=0.2)
    corners = np.concatenate([plane.box for plane in panes.planes])
    np.testing.assert_allclose(np.ptp(corners, axis=0)[:2], [8.0, 4.0])
    first, second, below = (panes.planes[n].box for n in (0, 1, 4))
    assert second[0, 0] - first[1, 0] == pytest.approx(0.2)
    assert first[0, 1] - below[3, 1] == pytest.approx(0.2)


def test_planes_know_where_they_are_after_a_move() -> None:
    panes = SmallMultiples(1, 2, (0, 2), (0, 1), 4.0, 2.0)
    before = panes.planes[1].at(1, 0.5)
    VGroup(panes).shift(np.array([1.0, -2.0, 0.0]))
    np.testing.assert_allclose(panes.planes[1].at(1, 0.5), before + np.array([1, -2, 0]))


def test_what_has_no_room_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        SmallMultiples(1, 30, (0, 1), (0, 1), 4.0, 2.0, gap=0.2)
    with pytest.raises(ValueError, match="cannot show 3"):
        SmallMultiples(1, 2, (0, 1), (0, 1), 4.0, 2.0).fields(np.zeros((3, 4, 4)))
