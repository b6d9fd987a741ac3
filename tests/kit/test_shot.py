"""Shots: places that do not meet, and leave captions, margins and the title what is theirs."""

from __future__ import annotations

from itertools import combinations

import pytest
from manim import DOWN, LEFT, RIGHT, UP, Rectangle

from scenes.kit import ink, shot, words
from scenes.kit.lesson import Lesson
from scenes.kit.shot import EDGES, SAFE, Region, Shot

SHOTS = {
    "split": shot.split(),
    "picture and column": shot.picture_and_column(),
    "picture and column on the left": shot.picture_and_column(side="left"),
    "close-up": shot.close_up(),
    "formula": shot.formula(),
    "headline": shot.headline(),
    "gallery": shot.gallery(5, 6),
}


@pytest.mark.parametrize("name", SHOTS)
def test_places_keep_clear_of_edges_captions_and_each_other(name: str) -> None:
    places = SHOTS[name].places
    for place in places:
        assert SAFE.left - 1e-9 <= place.left
        assert place.right <= SAFE.right + 1e-9
        assert SAFE.bottom - 1e-9 <= place.bottom
        assert place.top <= SAFE.top + 1e-9
    for one, other in combinations(places, 2):
        apart = (
            one.right < other.left
            or other.right < one.left
            or one.top < other.bottom
            or other.top < one.bottom
        )
        assert apart


def test_the_titles_room_is_the_pictures_when_it_has_left() -> None:
    title = words.title("A claim of this chapter")
    assert title.get_bottom()[1] > shot.safe().top
    assert shot.safe(titled=False).top == SAFE.top
    assert shot.wide().places == (EDGES,)


def test_a_column_takes_lines_of_some_twenty_letters() -> None:
    picture, column = shot.picture_and_column().places
    assert words.note("support vectors hold").width < column.width
    assert picture.width * picture.height > 0.6 * (SAFE.width * SAFE.height) * (picture.height / SAFE.height)


def test_which_place_is_the_picture_does_not_depend_on_its_side() -> None:
    right, left = shot.picture_and_column().places, shot.picture_and_column(side="left").places
    assert right[0].width == pytest.approx(left[0].width)
    assert left[0].left > left[1].right
    assert right[0].right < right[1].left


def test_rows_and_columns_share_as_told() -> None:
    one, other = Region(0, 0, 10, 4).columns(3, 1, gap=2)
    assert (one.left, one.right, other.left, other.right) == pytest.approx((0, 6, 8, 10))
    upper, lower = Region(0, 0, 10, 4).rows(1, 1, gap=1)
    assert (upper.top, upper.bottom, lower.top, lower.bottom) == pytest.approx((4, 2.5, 1.5, 0))
    cells = Region(0, 0, 7, 3).cells(2, 3, gap=1)
    assert [cell.left for cell in cells] == pytest.approx([0, 8 / 3, 16 / 3] * 2)
    assert [cell.top for cell in cells] == pytest.approx([3, 3, 3, 1, 1, 1])


def test_things_are_put_in_the_middle_at_an_edge_and_as_large_as_fits() -> None:
    place, thing = Region(1, -1, 5, 2), Rectangle(width=1, height=0.5)
    assert place.put(thing).get_center()[:2] == pytest.approx([3, 0.5])
    place.put(thing, DOWN + LEFT)
    assert (thing.get_left()[0], thing.get_bottom()[1]) == pytest.approx((1, -1))
    place.put(thing, UP)
    assert (thing.get_center()[0], thing.get_top()[1]) == pytest.approx((3, 2))
    assert place.fit(thing).width == pytest.approx(4)
    assert place.holds(thing)
    assert not place.holds(thing.shift(0.1 * RIGHT))


def test_a_stack_begins_at_the_top_with_left_edges_in_line() -> None:
    place, rows = Region(1, -1, 5, 2), [Rectangle(width=w, height=0.5) for w in (3, 1)]
    place.stack(*rows, gap=0.25)
    assert [row.get_left()[0] for row in rows] == pytest.approx([1, 1])
    assert [row.get_top()[1] for row in rows] == pytest.approx([2, 1.25])


@pytest.mark.parametrize(
    "options", [{}, {"numbers": False}, {"log_y": True, "y_label": "loss"}, {"equal": True}]
)
def test_a_plane_fills_its_place_with_numbers_and_names(options: dict[str, object]) -> None:
    place = shot.picture_and_column().places[0]
    plane = place.plane((0.5, 12), (0.001, 80), x_label="petal length (cm)", **options)
    assert place.holds(plane, 0.02)
    sides = plane.width / place.width, plane.height / place.height
    assert max(sides) == pytest.approx(1, abs=0.02)
    if "equal" not in options:
        assert min(sides) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    "bad",
    [
        lambda: Region(1, 0, 1, 2),
        lambda: Region(0, 0, 1, 1).columns(1, 1, gap=2),
        lambda: Region(0, 0, 1, 1).columns(),
        lambda: Region(0, 0, 1, 1).rows(1, 0),
        lambda: Region(0, 0, 1, 1).plane((0, 1), (0, 1), x_label="x", y_label="y"),
    ],
)
def test_what_has_no_room_is_refused(bad) -> None:
    with pytest.raises(ValueError, match=r"units|width and height"):
        bad()


def test_a_lesson_notes_in_which_shot_it_is() -> None:
    lesson = Lesson()
    lesson.tick = 30
    places = lesson.shot(Shot("wide", (EDGES,)))
    assert places == (EDGES,)
    assert lesson.shots == [(30, "wide")]
    assert pytest.approx(SAFE.width + 2 * ink.MARGIN) == EDGES.width


def test_places_on_a_bare_plane_are_scene_points_and_it_is_not_seen() -> None:
    place = Region(-3.0, -1.0, 5.0, 2.5)
    for plane, region in ((shot.bare(), EDGES), (shot.bare(place), place)):
        low, high = plane.at([(region.left, region.bottom), (region.right, region.top)])
        assert low == pytest.approx((region.left, region.bottom, 0.0))
        assert high == pytest.approx((region.right, region.top, 0.0))
        assert plane.at(1.0, 0.5) == pytest.approx((1.0, 0.5, 0.0))
        assert not any(each.get_stroke_opacity() for each in plane.family_members_with_points())


def test_a_charts_numbers_and_names_are_larger_and_its_place_is_taken_up() -> None:
    place = shot.safe(titled=False)
    small, large = place.plane((0, 4), (0, 2), x_label="x"), shot.chart(place, (0, 4), (0, 2), x_label="x")
    assert place.holds(large)
    assert large.width == pytest.approx(place.width)
    for one, other, share in (
        (small.numbers[0], large.numbers[0], ink.AXIS / ink.SMALL),
        (small.names[0], large.names[0], ink.AXIS / ink.LABEL),
    ):
        assert float(other.height) == pytest.approx(share * float(one.height), rel=0.01)
    own = shot.chart(place, (0, 4), (0, 2), tick_size=ink.SMALL)
    assert own.numbers[0].height == pytest.approx(small.numbers[0].height)
