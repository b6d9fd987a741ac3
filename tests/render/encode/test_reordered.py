"""Numbers of pictures that are shown in another order than they are decoded in."""

from __future__ import annotations

from pathlib import Path

import pytest

from render.core.fault import JobFault
from render.core.profile import Profile
from render.encode.reordered import Order, Reordered, shown_at, widened
from render.encode.skip_slices import UnreadableStream, nal_units
from tests.render.film import copy_film, shoot


def order(place: int, *, is_key: bool = False) -> Order:
    return Order(is_key, 0, place)


def test_the_order_of_showing_is_counted_over_idr_pictures() -> None:
    orders = [order(0, is_key=True), order(2), order(1), order(0, is_key=True), order(1)]
    assert shown_at(orders) == [0, 2, 1, 3, 4]


@pytest.mark.parametrize("places", [[0, 1, 1], [0, 2], [0, 3, 1]])
def test_a_frame_that_is_missing_or_there_twice_is_told(places: list[int]) -> None:
    orders = [order(place, is_key=not number) for number, place in enumerate(places)]
    with pytest.raises(JobFault, match=f"frames 0 to {len(places) - 1} are not shown once each"):
        shown_at([*orders, order(0, is_key=True)])


def test_a_gop_that_is_open_is_told() -> None:
    """A picture that is decoded behind an IDR picture and shown before it."""
    with pytest.raises(JobFault, match="frames 0 to 1 are not shown once each before the next IDR picture"):
        shown_at([order(0, is_key=True), order(2), order(0, is_key=True), order(1)])


def test_a_stream_opens_with_an_idr_picture() -> None:
    for orders in ([], [order(0), order(0, is_key=True)]):
        with pytest.raises(JobFault, match="does not open with an IDR picture"):
            shown_at(orders)


def test_a_wider_number_is_read_back_and_moves_the_rest_by_a_byte(tmp_path: Path) -> None:
    copy, _ = copy_film(tmp_path / "copy.h264", [(30, 0)])
    sps, pps, *slices = nal_units(copy.read_bytes())
    syntax = Reordered(sps, pps)
    wider = Reordered(widened(sps), pps)
    for unit in slices:
        was = syntax.order(unit)
        placed = wider.placed(unit, 1000)
        assert wider.order(placed) == Order(was.is_key, was.frame_number, 1000)
        assert placed[-20:] == unit[-20:]
        assert len(placed) - len(unit) in (1, 2), "two where a byte was needed that prevents a start code"


def test_a_stream_without_b_frames_is_another_syntax(tmp_path: Path) -> None:
    segment, _ = shoot(tmp_path / "segment.h264", [(3, 0)], Profile("small", 320, 180, 15, 26))
    sps, pps, *_ = nal_units(segment.path.read_bytes())
    with pytest.raises(UnreadableStream, match="pictures without an order of their own"):
        Reordered(sps, pps)
