"""The frame: it goes to what is named, follows it, comes back, and leaves what is pinned where it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from manim import DOWN, LEFT, RIGHT, UP, Camera, Dot, LaggedStart, Line, Rectangle, Square, VGroup, linear

from render.draw.camera import Camera as OurCamera
from render.draw.renderer import Picture, Renderer, renderer_of, set_canvas
from scenes.kit import ink
from scenes.kit.drive import drive
from scenes.kit.frame import CLOSEST, SAFE, WHOLE, Frame, Sight, is_pinned, moves_in
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.spotlight import Dimming
from tests.kit.test_lesson import OneASecond


class Film:
    """A sink that keeps every picture."""

    def __init__(self) -> None:
        self.pictures: list[Picture] = []

    def show(self, picture: Picture, repeat: int = 1, changed: np.ndarray | None = None) -> None:
        self.pictures += [picture.copy()] * repeat


Kind = TypeVar("Kind", bound=Camera)


def camera_of(kind: type[Kind]) -> Kind:
    return kind(pixel_width=320, pixel_height=180, background_color=ink.ground)


def arrived(frame: Frame, move) -> Sight:
    move.begin()
    move.finish()
    return frame.sight


@pytest.mark.parametrize("share", [0.3, 0.8, 1.0])
def test_a_target_fills_its_share_of_what_captions_leave_free(share: float) -> None:
    frame, target = Frame(), Rectangle(width=2.0, height=0.5).shift(3 * RIGHT + UP)
    sight = arrived(frame, frame.to(target, share=share))
    low, high = sight.seen(np.array([target.get_corner(DOWN + LEFT), target.get_corner(UP + RIGHT)]))
    assert high[0] - low[0] == pytest.approx(share * ink.FRAME_WIDTH)
    assert (low + high)[0] / 2 == pytest.approx(0)
    assert (low + high)[1] / 2 == pytest.approx(sum(SAFE[1]) / 2)


def test_several_targets_are_brought_into_the_picture_together() -> None:
    frame, one, other = Frame(), Dot().shift(5 * RIGHT), Dot().shift(3 * UP)
    sight = arrived(frame, frame.to(one, other, share=0.9))
    for dot in (one, other):
        x, y, _ = sight.seen(dot.get_center())
        assert abs(x) < ink.FRAME_WIDTH / 2
        assert SAFE[1][0] < y < SAFE[1][1]


def test_a_target_may_be_brought_beside_the_middle() -> None:
    frame, target = Frame(), Square().shift(2 * UP)
    sight = arrived(frame, frame.to(target, share=0.5, at=(-3.0, 1.0)))
    assert sight.seen(target.get_center())[:2] == pytest.approx([-3.0, 1.0])


def test_a_region_fills_what_captions_leave_free() -> None:
    frame = Frame()
    sight = arrived(frame, frame.to_region((1.0, 3.0), (0.0, 0.2)))
    assert sight.zoom == pytest.approx(ink.FRAME_WIDTH / 2)
    assert sight.seen(np.array([1.0, 0.1, 0.0]))[0] == pytest.approx(-ink.FRAME_WIDTH / 2)


def test_it_does_not_go_closer_than_is_of_use() -> None:
    frame = Frame()
    assert arrived(frame, frame.to(Line((0, 0, 0), (1e-6, 0, 0)))).zoom == CLOSEST


def test_on_its_way_one_point_stays_and_sizes_grow_evenly() -> None:
    start, end = Sight(0.0, 0.0, 1.0), Sight(3.0, 1.5, 4.0)
    assert start.toward(end, 0) is start
    assert start.toward(end, 1) is end
    way = [start.toward(end, share) for share in np.linspace(0, 1, 9)]
    assert np.diff(np.log([sight.zoom for sight in way])) == pytest.approx(np.log(4) / 8)
    still = np.array([4.0, 2.0])  # what both sights show at one place
    assert np.ptp([sight.seen(still) for sight in way], axis=0) == pytest.approx(0)


def test_between_sights_of_one_enlargement_it_goes_straight() -> None:
    middle = Sight(0.0, 0.0, 2.0).toward(Sight(4.0, -2.0, 2.0), 0.25)
    assert (middle.x, middle.y, middle.zoom) == pytest.approx((1.0, -0.5, 2.0))


@pytest.mark.parametrize(
    ("move", "says"),
    [
        (lambda frame: frame.to(), "something to go to"),
        (lambda frame: frame.to(VGroup()), "something to go to"),
        (lambda frame: frame.to(Dot(), share=0), "share above 0"),
        (lambda frame: frame.follow(VGroup()), "something to go to"),
        (lambda frame: frame.to_region((1, 1), (0, 2)), "width and height"),
    ],
)
def test_a_place_that_is_none_is_refused(move, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        move(Frame())


def test_there_is_one_frame() -> None:
    frame = Frame()
    assert frame.copy() is frame


def test_moves_are_found_in_groups_of_animations() -> None:
    frame = Frame()
    move = frame.to(Dot())
    assert moves_in([LaggedStart(frame.back(), LaggedStart(move)), drive(lambda _: Dot())])[-1] is move


# -- in a lesson


class Voyage(Lesson):
    """A dot that is gone to, followed, and left."""

    def stage(self) -> None:
        self.dot = Dot(radius=0.3, color=ink.first).shift(3 * RIGHT)
        self.square = Square(color=ink.second, fill_opacity=1).shift(UP)
        self.note = Square(side_length=0.5, color=ink.third, fill_opacity=1).to_corner()

    @chapter("There")
    def there(self) -> None:
        self.pin(self.note)
        self.add(self.square, self.dot, self.note)
        with self.beat("Look at the dot again.") as beat:
            beat.at("dot", self.frame.to(self.dot, share=0.5), run_time=1)
        self.seen = self.frame.sight

    @chapter("Along")
    def along(self) -> None:
        self.add(self.square, self.dot)
        with self.beat("It walks."):
            walk = drive(self.walk, self.dot, rate_func=linear)
            self.play(self.frame.follow(self.dot), walk, run_time=1)

    def walk(self, share: float) -> None:
        self.dot.move_to((3 - 5 * share, share, 0.0))

    @chapter("Both at once")
    def both(self) -> None:
        self.add(self.square, self.dot)
        with self.beat("It walks."):
            self.play(self.frame.to(self.dot, share=0.3), drive(self.walk, self.dot), run_time=1)
        self.seen = self.frame.sight


def told(only: str, fps: int = 15, width: int = 320) -> tuple[Voyage, list[Picture]]:
    set_canvas(width, width * 9 // 16, fps, Path("/nonexistent"))
    film = Film()
    lesson = Voyage(renderer=Renderer(film), voice=OneASecond(), only=only)
    lesson.construct()
    return lesson, film.pictures


def test_what_stands_still_is_drawn_where_the_frame_shows_it() -> None:
    """No picture of a move is mixed from two sights: each is what a camera draws that was always there."""
    lesson, pictures = told("there")
    camera = camera_of(OurCamera)
    camera.look(lesson.seen, Dimming())
    camera.capture_mobjects(lesson.mobjects)
    np.testing.assert_array_equal(camera.pixel_array, pictures[-1])
    camera.look(WHOLE, Dimming())
    camera.reset()
    camera.capture_mobjects(lesson.mobjects)
    np.testing.assert_array_equal(camera.pixel_array, pictures[0])
    assert len({picture.tobytes() for picture in pictures}) > 12


def test_a_frame_elsewhere_shows_what_manims_camera_shows_there() -> None:
    lesson, _ = told("there")
    sight = lesson.seen
    theirs, ours = camera_of(Camera), camera_of(OurCamera)
    theirs.frame_center = np.array([sight.x, sight.y, 0.0])
    theirs.frame_width, theirs.frame_height = ink.FRAME_WIDTH / sight.zoom, ink.FRAME_HEIGHT / sight.zoom
    ours.look(sight, Dimming())
    for camera in (theirs, ours):
        camera.capture_mobjects([lesson.square.set_stroke(width=0), lesson.dot])
    np.testing.assert_array_equal(ours.pixel_array, theirs.pixel_array)


def test_what_is_pinned_stays_and_is_drawn_in_its_order() -> None:
    lesson, pictures = told("there")
    corner = [picture[150:, :40] for picture in pictures]  # the note; nothing else comes there
    assert (corner[0] != corner[0][0, 0]).any()
    assert all(np.array_equal(corner[0], one) for one in corner)
    assert is_pinned(lesson.note.copy())
    assert lesson.title_words is not None
    assert all(map(is_pinned, lesson.title_words.get_family()))


def test_who_is_followed_keeps_its_place_in_the_picture() -> None:
    _, pictures = told("along")
    dot = np.array([np.round(255 * c) for c in ink.first.to_rgb()])
    places = [np.argwhere((picture[:, :, :3] == dot).all(axis=2)).mean(axis=0) for picture in pictures[:15]]
    assert np.ptp(places, axis=0) == pytest.approx([0, 0], abs=0.6)
    assert not np.array_equal(pictures[0], pictures[14])  # the square goes by


def test_a_target_that_moves_is_met_where_it_comes_to_be() -> None:
    lesson, _ = told("both")
    x, y, _ = lesson.seen.seen(np.array([-2.0, 1.0, 0.0]))
    assert (x, y) == pytest.approx((0.0, sum(SAFE[1]) / 2))


def test_every_quality_agrees_where_the_frame_is() -> None:
    slow, fast = told("there", fps=5)[1], told("there", fps=15)[1]
    assert len(fast) == 3 * len(slow)
    for one, other in zip(slow, fast[::3], strict=True):
        np.testing.assert_array_equal(one, other)


def test_each_chapter_begins_with_the_whole_stage_and_tells_where_it_goes() -> None:
    set_canvas(64, 36, 15, Path("/nonexistent"))
    begun: list[Any] = []

    def opened(_: str) -> None:
        begun.append(lesson.frame.sight)

    def told(one: Lesson, _: Any) -> None:
        begun.append(one.camera_moves)

    lesson = Voyage(renderer=Renderer(), voice=OneASecond(), listener=told, opener=opened)
    lesson.construct()
    assert lesson.frame.sight != WHOLE
    assert renderer_of(lesson).num_plays > 3
    moves = begun[1], begun[3], begun[5]
    assert [[(move.tick, len(move.targets)) for move in each] for each in moves] == [
        [(45, 1)],
        [(0, 1)],
        [(0, 1)],
    ]
    lesson.set_stage("poster")
    assert lesson.frame.sight == WHOLE
