"""Walkers: they stand where the given steps have led, and run along segments between them, flat and on a surface."""

from __future__ import annotations

import numpy as np
import pytest
from manim import DEGREES, Scene, VGroup, tempconfig

from scenes.kit import ink
from scenes.kit.plane import Plane
from scenes.kit.space import Space
from scenes.kit.walker import AIM, BALL, SolidWalker, Walker
from tests.golden import assert_golden

WALK = np.array([[-3.0, 2.0], [1.0, 2.0], [1.0, -1.0], [2.0, 0.0]])


def plane() -> Plane:
    return Plane((-4, 4), (-3, 3), 8.0, 6.0, numbers=False)


def bowl(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.asarray(x**2 + y**2)


def place(one: Walker) -> np.ndarray:
    """Data units (2,) of the middle of the ball as it is drawn."""
    return np.asarray(one.plane.inverse(one.ball.get_center()))


@pytest.mark.parametrize(
    ("steps", "where"), [(0, (-3, 2)), (1, (1, 2)), (1.5, (1, 0.5)), (2.25, (1.25, -0.75)), (3, (2, 0))]
)
def test_the_ball_stands_where_the_steps_have_led(steps: float, where: tuple[float, float]) -> None:
    one = Walker(plane().scale(0.8).shift((1, 0.5, 0)), WALK)
    np.testing.assert_allclose(place(one.step(steps)), where, atol=1e-9)
    np.testing.assert_allclose(one.position, where)


def test_the_trail_leads_from_the_start_to_the_ball_and_marks_where_steps_ended() -> None:
    one = Walker(plane(), WALK).step(1.5)
    corners = one.plane.inverse(np.concatenate([one.trail.points[:1], one.trail.points[3::4]]))
    np.testing.assert_allclose(corners, [*WALK[:2], (1, 0.5)], atol=1e-9)
    discs = one.plane.inverse(one.marks.points.reshape(-1, 16, 3).mean(axis=1))
    np.testing.assert_allclose(discs, WALK[:2], atol=1e-9)


def test_an_arrow_grows_before_the_ball_runs_along_it() -> None:
    one = Walker(plane(), WALK, arrows=True)
    assert not len(one.arrow.points)
    np.testing.assert_allclose(place(one.step(AIM / 2)), WALK[0], atol=1e-9)
    assert one.plane.inverse(one.arrow.get_right())[0] == pytest.approx(-1.0)
    np.testing.assert_allclose(place(one.step(AIM)), WALK[0], atol=1e-9)
    assert one.plane.inverse(one.arrow.get_right())[0] == pytest.approx(1.0)
    np.testing.assert_allclose(place(one.step((1 + AIM) / 2)), (-1.0, 2.0), atol=1e-9)
    np.testing.assert_allclose(place(one.step(1)), WALK[1], atol=1e-9)
    assert not len(one.arrow.points)


def test_arrows_can_be_of_something_else_than_the_step() -> None:
    one = Walker(plane(), WALK, arrows=[(0.0, -2.0)] * 3).step(AIM)
    assert one.plane.inverse(one.arrow.get_bottom())[1] == pytest.approx(0.0)


def test_beyond_the_box_nothing_is_drawn() -> None:
    one = Walker(plane(), [(0, 0), (8, 0), (-8, 0), (0, 1)], name="gone").step(1)
    assert not len(one.ball.points) and one.tag and one.tag[0].get_fill_opacity() == 0
    assert one.plane.inverse(one.trail.get_right())[0] == pytest.approx(4.0)
    assert len(one.step(3).ball.points) and one.tag[0].get_fill_opacity() == 1


def test_it_walks_and_changes_its_way_under_animate() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, one = Scene(), Walker(plane(), WALK)
        scene.add(one)
        ball = one.ball
        scene.play(one.animate.step(2), run_time=0.3)
        np.testing.assert_allclose(place(one), WALK[2], atol=1e-9)
        scene.play(one.animate.redraw(WALK / 2), run_time=0.3)
        np.testing.assert_allclose(place(one), WALK[2] / 2, atol=1e-9)
        assert one.ball is ball


def test_seen_from_above_the_walk_on_a_surface_is_the_walk_on_the_plane() -> None:
    flat = Walker(plane(), WALK).step(1.5)
    solid = SolidWalker(Space(flat.plane, (0, 20)), WALK, bowl).step(1.5)
    np.testing.assert_allclose(solid.ball.points[0], flat.ball.get_center(), atol=1e-9)
    assert solid.ball.get_stroke_width() == pytest.approx(200 * BALL)
    np.testing.assert_allclose(solid.trail.get_corner((1, 1, 0)), flat.trail.get_corner((1, 1, 0)), atol=1e-9)
    np.testing.assert_allclose(
        solid.trail.get_corner((-1, -1, 0)), flat.trail.get_corner((-1, -1, 0)), atol=1e-9
    )


def test_on_a_surface_it_keeps_to_the_surface() -> None:
    solid = SolidWalker(Space(plane(), (0, 20)), WALK, bowl).step(2.5)
    for points in (solid.trail.starts, solid.trail.ends, solid.ball.starts, solid.stem.ends):
        np.testing.assert_allclose(points[:, 2], bowl(points[:, 0], points[:, 1]), atol=1e-9)
    np.testing.assert_allclose(solid.ball.starts[0], (1.5, -0.5, 2.5))
    assert (solid.marks.radii[:3] > 0).all() and solid.marks.radii[3] < 1e-9


def test_above_the_top_of_the_space_nothing_is_drawn() -> None:
    solid = SolidWalker(Space(plane(), (0, 6)), WALK, bowl)
    assert not len(solid.ball.points) and len(solid.step(2).ball.points)


def test_on_a_surface_it_moves_under_animate() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, solid = Scene(), SolidWalker(Space(plane(), (0, 20)), WALK, bowl)
        scene.add(solid)
        scene.play(solid.animate.step(3), run_time=0.3)
        np.testing.assert_allclose(solid.position, WALK[3])
        scene.play(solid.animate.redraw(WALK / 2), run_time=0.3)
        np.testing.assert_allclose(solid.ball.starts[0], (1.0, 0.0, 1.0), atol=1e-9)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Walker(plane(), [(0, 0)]), r"\(n \+ 1, 2\), not \(1, 2\)"),
        (lambda: Walker(plane(), [(0, 0), (np.inf, 0)]), "finite"),
        (lambda: Walker(plane(), WALK, arrows=[(0, 1)]), r"3 steps have arrows \(3, 2\), not \(1, 2\)"),
        (lambda: Walker(plane(), WALK).step(3.5), "3 steps has no step 3.5"),
        (lambda: Walker(plane(), WALK).redraw(WALK[:2]), "cannot become one of 1 steps"),
        (lambda: SolidWalker(Space(plane(), (0, 1)), WALK, bowl).step(-1), "no step -1"),
    ],
)
def test_impossible_walks_are_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=message):
        make()


def test_the_walker() -> None:
    box = Plane((-4, 4), (-3, 3), 9.0, 6.5, numbers=False)
    one = Walker(box, WALK, ink.first, arrows=True).step(1 + AIM)
    other = Walker(box, -WALK, ink.second).step(2.5)
    assert_golden("walker", VGroup(box, one, other), width=640, height=360)


def test_the_walker_on_a_surface() -> None:
    space = Space(Plane((-4, 4), (-3, 3), 8.0, 5.0, numbers=False), (0, 25), height=3.0)
    parts = space.floor(), space.surface(bowl, shape=(17, 17)), SolidWalker(space, WALK, bowl).step(2.5)
    space.look(tilt=60 * DEGREES, turn=25 * DEGREES, lift=1.0)
    assert_golden("walker-surface", VGroup(*parts), width=640, height=360)
