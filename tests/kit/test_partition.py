"""The partition: strokes stay in their rooms, rooms tile the plane, and closing a room melts what is inside."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT

from scenes.kit import ink
from scenes.kit.partition import Cut, Partition
from scenes.kit.plane import Plane
from tests.golden import assert_golden

CUTS = {0: Cut(1, 6.0, 1, 2), 1: Cut(0, 3.0, 3, 4), 4: Cut(1, 2.0, 5, 6)}
FILLS = {2: (ink.first, 0.4), 3: (ink.second, 0.4), 5: (ink.third, 0.4), 6: (ink.second, 0.2)}


def plane() -> Plane:
    return Plane((0, 10), (0, 8), 8.0, 5.0, numbers=False)


def cut(**shares: float) -> Partition:
    partition = Partition(plane(), CUTS, FILLS)
    for number in CUTS:
        partition.open(number, shares.get(f"room_{number}", 1.0))
    return partition


def test_rooms_and_strokes() -> None:
    partition = cut(room_4=0.5)
    assert_golden("partition-rooms", partition.plane, partition)


def test_rooms_tile_the_box() -> None:
    partition = cut()
    seen = partition.fills()
    assert set(seen) == {2, 3, 5, 6}
    area = sum(float(np.prod(np.diff(partition.room(number), axis=0))) for number in seen)
    assert area == pytest.approx(80)


def test_a_stroke_stays_in_its_room() -> None:
    partition = cut()
    assert partition.stroke(0).tolist() == [[0, 6], [10, 6]]
    assert partition.stroke(1).tolist() == [[3, 0], [3, 6]]
    assert partition.stroke(4).tolist() == [[3, 2], [10, 2]]


def test_a_half_made_cut_is_half_as_long_and_half_as_bright() -> None:
    partition = cut(room_4=0.5)
    (color, opacity) = partition.fills()[6]
    assert opacity == pytest.approx(0.1) and color == ink.second
    ends = partition.plane.inverse(partition.strokes.points[[-4, -1]])
    assert ends.tolist() == [[3, 2], [6.5, 2]]


def test_closing_a_room_melts_all_inside() -> None:
    partition = cut()
    partition.open(1, 0.0)
    assert set(partition.fills()) == {1, 2}
    assert len(partition.strokes.points) == 4
    assert set(partition.open(1).fills()) == {2, 3, 5, 6}


def test_strokes_inside_a_closing_room_shrink_with_it() -> None:
    partition = cut(room_1=0.5)
    inner = partition.plane.inverse(partition.strokes.points[[-4, -1]])
    assert inner.tolist() == [[3, 2], [6.5, 2]]


def test_a_fill_without_opacity_lends_no_colour() -> None:
    partition = cut(room_0=0.01)
    color, opacity = partition.fills()[2]
    assert color == ink.first and opacity == pytest.approx(0.004)


def test_a_room_can_be_painted() -> None:
    assert cut().paint(2, ink.error, 0.9).fills()[2] == (ink.error, 0.9)


def test_rooms_follow_their_plane_when_redrawn() -> None:
    partition = cut()
    partition.plane.shift(RIGHT)
    partition.open(0)
    corners = partition._rooms[2].points
    np.testing.assert_allclose(corners.min(axis=0), partition.plane.at(0, 6))


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="misses it"):
        Partition(plane(), {**CUTS, 4: Cut(1, 7.0, 5, 6)})
    with pytest.raises(ValueError, match="room 3 has no cut"):
        cut().open(3)
