"""The plane: where things are, how lines are cut, what is drawn, and that nouns redraw in place."""

from __future__ import annotations

import itertools
from typing import cast

import numpy as np
import pytest
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    FadeIn,
    Mobject,
    Scene,
    Succession,
    VGroup,
    linear,
    tempconfig,
)
from scipy.ndimage import map_coordinates

from scenes.kit import ink, words
from scenes.kit.contour import contours, regions_below
from scenes.kit.dot import Shape
from scenes.kit.drive import drive
from scenes.kit.line import unit_circle
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.street import Street
from tests.golden import assert_golden, draw

# manim 0.22 draws images in a way that Pillow 13 will refuse; Pillow is held below it.
pytestmark = pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")

RNG = np.random.default_rng(4)
SHAPES: tuple[Shape, ...] = ("disc", "square", "triangle", "diamond", "ring", "cross")


def bare(x: tuple[float, float] = (-2, 3), y: tuple[float, float] = (-1, 2), **how: bool) -> Plane:
    return Plane(x, y, 7.5, 4.5, numbers=False, **how)  # type: ignore[arg-type]


def anchors(mobject: Mobject) -> Floats:
    return cast(Floats, mobject.points).reshape(-1, 4, 3)[:, [0, 3]].reshape(-1, 3)


# Where things are


@pytest.mark.parametrize("log", [(False, False), (True, False), (True, True)])
def test_inverse_undoes_at_after_the_plane_moved(log: tuple[bool, bool]) -> None:
    plane = (
        bare((0.01, 100), (1, 50), log_x=log[0], log_y=log[1]).shift((1.0, -2.0, 0.0)).scale(0.7).rotate(0.3)
    )
    points = RNG.uniform((0.01, 1), (100, 50), (40, 2))
    assert plane.at(points).shape == (40, 3)
    np.testing.assert_allclose(plane.inverse(plane.at(points)), points, rtol=1e-9)


def test_the_box_is_where_the_limits_are() -> None:
    plane = bare().shift((2.0, 0.5, 0.0))
    np.testing.assert_allclose(plane.at(plane.corners), plane.box)
    np.testing.assert_allclose(plane.box[2] - plane.box[0], [7.5, 4.5, 0.0])
    np.testing.assert_allclose(plane.at(0.5, 0.5), plane.box.mean(0))


def test_a_logarithmic_axis_gives_each_power_of_ten_the_same_length() -> None:
    plane = bare((0.1, 1000), (0, 1), log_x=True)
    steps = np.diff(plane.at(np.array([0.1, 1, 10, 100, 1000]), 0.0)[:, 0])
    np.testing.assert_allclose(steps, 7.5 / 4)


def test_equal_units_keep_right_angles_and_fit() -> None:
    plane = bare((0, 10), (0, 2), equal=True)
    across, up = plane.at(1, 0) - plane.at(0, 0), plane.at(0, 1) - plane.at(0, 0)
    assert np.linalg.norm(across) == pytest.approx(np.linalg.norm(up)) == pytest.approx(0.75)


@pytest.mark.parametrize(("limits", "log"), [((1.0, 1.0), False), ((0.0, 1.0), True)])
def test_an_impossible_axis_is_refused(limits: tuple[float, float], log: bool) -> None:
    with pytest.raises(ValueError, match="x axis cannot run"):
        Plane(limits, (0, 1), numbers=False, log_x=log)


def test_ticks_are_round_and_within_the_limits() -> None:
    plane = Plane((-0.31, 0.52), (0, 12345), 7, 4, numbers=False)
    ticks = plane.inverse(anchors(plane.frame)[4::2])
    below = ticks[np.isclose(ticks[:, 1], 0.0)][:, 0]
    np.testing.assert_allclose(below[:9], np.arange(-0.3, 0.51, 0.1), atol=1e-9)


# Lines


def test_a_line_is_cut_where_brute_force_finds_its_ends() -> None:
    plane = bare()
    low, high = plane.limits
    for _ in range(60):
        w, b, level = RNG.normal(size=2), RNG.normal(), RNG.normal()
        ends = plane.crossing(w, b, level)
        foot = (level - b) / (w @ w) * w
        way = foot + np.linspace(-12, 12, 240_001)[:, None] * np.array([-w[1], w[0]]) / np.linalg.norm(w)
        inside = way[((way >= low) & (way <= high)).all(1)]
        if not len(inside):
            assert ends.shape == (0, 2)
            continue
        np.testing.assert_allclose(ends @ w + b, level, atol=1e-9)
        brute = inside[[0, -1]]
        assert min(np.abs(ends - brute).max(), np.abs(ends[::-1] - brute).max()) < 3e-4


@pytest.mark.parametrize("w", [(1.0, 0.0), (0.0, 1.0)])
def test_a_line_along_an_axis_crosses_the_whole_box_or_misses(w: tuple[float, float]) -> None:
    plane = bare()
    assert np.linalg.norm(np.diff(plane.crossing(w, 0.0), axis=0)) == pytest.approx(3.0 if w[0] else 5.0)
    assert len(plane.crossing(w, 9.0)) == 0


def test_no_line_without_a_direction() -> None:
    with pytest.raises(ValueError, match="w = 0"):
        bare().crossing((0, 0), 1.0)
    with pytest.raises(ValueError, match="logarithmic"):
        bare((1, 2), (1, 2), log_x=True).crossing((1, 0), 1.0)


def test_the_street_covers_just_the_points_between_its_kerbs() -> None:
    plane = bare()
    for w, b, half in [
        ((1.0, -0.8), 0.2, 0.7),
        ((0.2, 2.0), -1.0, 1.0),
        ((-1.0, 0.0), 0.5, 0.4),
        ((1, 1), 4.5, 0.6),
    ]:
        street = plane.band(w, b, half)
        outline = plane.inverse(anchors(street.body)[::2])
        x, y = outline.T
        area = 0.5 * abs(x @ np.roll(y, -1) - y @ np.roll(x, -1))
        mesh = plane.mesh(900, 900)
        share = (np.abs(mesh @ np.asarray(w) + b) <= half).mean()
        assert area == pytest.approx(15 * share, abs=0.03)


def test_a_street_winding_along_a_straight_function_is_the_straight_street() -> None:
    plane = bare()
    w, b = np.array([1.0, -0.8]), 0.2
    straight, winding = plane.band(w, b), plane.band((1, 0), 0).wind(plane.mesh(40, 30) @ w + b)
    for one, other in zip((straight.lower, straight.centre), (winding.lower, winding.centre), strict=True):
        ends = anchors(one)[[0, -1]]
        others = anchors(other)[[0, -1]]
        assert min(np.abs(ends - others).max(), np.abs(ends - others[::-1]).max()) < 1e-6
    seen = [draw(street.body, width=320, height=180).astype(int) for street in (straight, winding)]
    assert np.abs(seen[0] - seen[1]).max() <= 2


def test_a_curve_is_cut_at_the_box_and_shown_in_part() -> None:
    plane = bare()
    xs = np.linspace(-2, 3, 101)
    curve = plane.curve(xs, 3 * xs)
    reached = plane.inverse(anchors(curve))
    np.testing.assert_allclose(reached[[0, -1]], [[-1 / 3, -1], [2 / 3, 2]], atol=1e-9)
    np.testing.assert_allclose(curve.redraw(xs, xs / 3).tip(0.505), [0.525, 0.175])
    np.testing.assert_allclose(plane.inverse(anchors(curve.reveal(0.505)))[-1], [0.525, 0.175])


def test_a_dashed_curve_does_not_bridge_what_lies_outside() -> None:
    plane = bare()
    xs = np.linspace(-2, 3, 400)
    dashes = anchors(plane.curve(xs, 3 * np.cos(2 * xs), dashed=True)).reshape(-1, 2, 3)
    middles = plane.inverse(dashes.mean(1))
    assert np.abs(3 * np.cos(2 * middles[:, 0]) - middles[:, 1]).max() < 0.15


@pytest.mark.parametrize("p", [1.0, 1.5, 2.0, 7.0, np.inf])
def test_a_ball_reaches_its_radius_in_its_own_metric(p: float) -> None:
    plane = bare()
    rim = plane.inverse(anchors(plane.ball((0.5, 0.4), 0.6, p)))
    np.testing.assert_allclose(np.linalg.norm(rim - [0.5, 0.4], ord=p, axis=1), 0.6)


def test_a_ball_changes_shape_without_a_jump() -> None:
    shapes = [unit_circle(p) for p in (*np.linspace(1, 2, 21), *(1 / np.linspace(0.5, 1e-9, 21)))]
    assert max(np.abs(a - b).max() for a, b in itertools.pairwise(shapes)) < 0.05
    np.testing.assert_allclose(unit_circle(1e9), unit_circle(np.inf), atol=1e-6)


def test_arrows_end_where_they_point_and_short_ones_shrink_their_tip() -> None:
    plane = bare()
    arrows = plane.vector([(0, 0), (1, 1)], [(1.5, 1.0), (1.05, 1.0)])
    outlines = anchors(arrows)[::2].reshape(2, 7, 3)
    np.testing.assert_allclose(plane.inverse(outlines[:, 3]), [(1.5, 1.0), (1.05, 1.0)])
    lengths = np.linalg.norm(
        plane.at(np.array([(1.5, 1.0), (1.05, 1.0)])) - plane.at(np.array([(0, 0), (1, 1)])), axis=1
    )
    backs = np.linalg.norm(outlines[:, 3] - (outlines[:, 2] + outlines[:, 4]) / 2, axis=1)
    assert backs[0] == pytest.approx(0.26)
    assert backs[1] < lengths[1]


# Level sets


def bumps(x: Floats, y: Floats) -> Floats:
    return np.asarray(np.sin(2.3 * x) * np.cos(3.1 * y) + 0.3 * x * y)


@pytest.mark.parametrize("level", [-0.7, 0.0, 0.4])
def test_contours_lie_on_the_level_with_larger_values_on_their_left(level: float) -> None:
    plane = bare()
    mesh = plane.mesh(120, 90)
    values = bumps(mesh[..., 0], mesh[..., 1])
    paths = contours(values, level)
    assert paths
    for path in paths:
        here = map_coordinates(values, path.T[::-1], order=1)
        np.testing.assert_allclose(here, level, atol=1e-9)
        way = np.diff(path, axis=0)
        left = (path[1:] + path[:-1]) / 2 + 0.2 * way[:, ::-1] * [-1, 1] / np.maximum(np.abs(way).max(), 1e-9)
        assert (map_coordinates(values, left.T[::-1], order=1, mode="nearest") >= level - 1e-3).mean() > 0.98
    drawn = plane.inverse(anchors(plane.contour(values, level)))
    assert np.abs(bumps(*drawn.T) - level).max() < 5e-3


def test_contours_cross_every_side_whose_ends_differ_once() -> None:
    values = RNG.normal(size=(23, 31))
    above = values > 0
    crossed = (above[:, 1:] != above[:, :-1]).sum() + (above[1:] != above[:-1]).sum()
    paths = contours(values, 0.0)
    closed = sum(np.array_equal(path[0], path[-1]) for path in paths)
    assert sum(map(len, paths)) - closed == crossed


def test_regions_below_have_the_area_that_counting_finds() -> None:
    mesh = bare().mesh(200, 160)
    values = bumps(mesh[..., 0], mesh[..., 1])
    for level in (-0.5, 0.0, 0.6, 99.0):
        area = sum(
            float(x @ np.roll(y, -1) - y @ np.roll(x, -1))
            for x, y in (r.T for r in regions_below(values, level))
        )
        assert -area / 2 / (199 * 159) == pytest.approx((values <= level).mean(), abs=0.01)


# Dots and fields


def test_dots_know_where_they_are_and_move_in_place() -> None:
    plane = bare()
    points = RNG.uniform((-2, -1), (3, 2), (30, 2))
    for shape in SHAPES:
        dots = plane.dots(points, ink.first, shape)
        members = list(dots)
        np.testing.assert_allclose(dots.values, points)
        dots.redraw(points / 2, radius=np.linspace(0.05, 0.1, 30))
        np.testing.assert_allclose(dots.values, points / 2)
        np.testing.assert_allclose(dots.radii, np.linspace(0.05, 0.1, 30))
        assert list(dots) == members
    with pytest.raises(ValueError, match="30 dots cannot"):
        dots.redraw(points[:4])


def test_dots_step_back_and_come_forward() -> None:
    dots = bare().dots(np.zeros((4, 2)))
    opacities = lambda: [dot.get_fill_opacity() for dot in dots]  # noqa: E731
    dots.only([1])
    assert opacities()[1] == 1.0
    assert max(opacities()[0], *opacities()[2:]) < 0.3
    dots.light().mute(np.array([True, False, False, True]))
    assert [opacity < 1 for opacity in opacities()] == [True, False, False, True]


def test_a_copy_of_a_noun_lies_on_the_same_plane_and_a_copied_group_on_its_own() -> None:
    plane = bare()
    dots, street = plane.dots([(0, 0), (1, 1)]), plane.band((1, 0), 0)
    copied = dots.copy()
    assert copied.plane is plane
    assert copied[0].points is not dots[0].points
    both = VGroup(plane, street).copy()
    other_plane, other_street = cast(Plane, both[0]), cast(Street, both[1])
    assert other_plane is not plane
    assert other_street.plane is other_plane
    assert dots.plane is plane
    assert street.plane is plane


def test_the_field_at_a_dot_has_the_dots_colour() -> None:
    plane = bare((0, 10), (0, 4)).shift((0.6, 0.3, 0.0))
    mesh = plane.mesh(50, 30)
    spots = np.array([(9.0, 0.5), (1.0, 0.6), (1.5, 3.5), (9.2, 3.6)])
    numbers = np.linalg.norm(mesh[:, :, None] - spots, axis=3).argmin(axis=2)
    shares = np.eye(4)[numbers]
    for values in (numbers, shares):
        picture = draw(plane.field(values, opacity=1.0), width=640, height=360)
        for spot, color in zip(spots, ink.CLASSES, strict=True):
            x, y, _ = plane.at(*spot)
            seen = picture[round(180 - y * 45), round(320 + x * 45)]
            assert np.abs(seen.astype(int) - color.to_int_rgb()).max() <= 4


def test_a_signed_field_covers_the_box_and_clears_at_zero() -> None:
    plane = bare((-1, 1), (-1, 1))
    field = plane.field(plane.mesh()[..., 0], opacity=1.0)
    picture = draw(field, width=640, height=360).astype(int)
    rows, columns = np.nonzero(np.abs(picture - ink.ground.to_int_rgb()).max(2) > 40)
    (left, bottom, _), _, (right, top, _), _ = plane.box
    for edge, pixel in ((left, columns.min()), (right, columns.max() + 1)):
        assert pixel == pytest.approx(320 + edge * 45, abs=1.5)
    for edge, pixel in ((top, rows.min()), (bottom, rows.max() + 1)):
        assert pixel == pytest.approx(180 - edge * 45, abs=1.5)
    assert np.abs(picture[180, 320] - ink.ground.to_int_rgb()).max() <= 3
    assert np.abs(picture[180, columns.min() + 3] - ink.first.to_int_rgb()).max() <= 6
    field.redraw(-plane.mesh()[..., 0])
    assert (
        np.abs(
            draw(field, width=640, height=360)[180, columns.min() + 3] - np.array(ink.second.to_int_rgb())
        ).max()
        <= 6
    )


# Motion


def test_drive_declares_what_it_changes_and_ends_at_its_end() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        plane = bare()
        still, street, over = plane.dots([(0, 0)]), plane.band((1, 0), 0), plane.dots([(1, 1)])
        scene.add(still, street, over)
        shares: list[float] = []

        def swing(share: float) -> Mobject:
            shares.append(share)
            return street.redraw((1, share), 0)

        scene.play(drive(swing, run_time=1.0, rate_func=linear))
        moving = set(scene.moving_mobjects)
        assert set(street.submobjects) <= moving
        assert over[0] in moving
        assert still[0] not in moving
        assert shares[-1] == 1.0
        assert shares == sorted(shares)
        assert len(shares) >= 15
        assert scene.mobjects == [still, street, over]


def test_drive_brings_what_is_not_on_stage_and_runs_in_a_succession() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        plane = bare()
        curve, dots = plane.curve((-2, 3), (0, 1), share=0.0), plane.dots([(0, 0)])
        scene.play(Succession(FadeIn(dots), drive(curve.reveal, curve)))
        assert curve in scene.mobjects
        np.testing.assert_allclose(plane.inverse(anchors(curve))[-1], (3, 1))
        with pytest.raises(TypeError, match="does not know what its path changes"):
            scene.play(drive(lambda t: None))


def test_drive_brings_the_whole_of_a_noun_of_which_a_part_is_on_stage() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        street = bare().band((1, 0), 0, half=0)
        scene.add(street.centre)
        scene.play(drive(lambda share: street.redraw((1, 0), 0, share)))
        assert scene.mobjects == [street]


# Names


def test_a_label_stands_beside_what_it_names_in_data_units() -> None:
    plane = bare().shift(UP)
    label = plane.label(1.5, 0.5, "here", DOWN + LEFT, ink.focus)
    np.testing.assert_allclose(
        label.get_corner(UP + RIGHT), plane.at(1.5, 0.5) + words.GAP * (DOWN + LEFT), atol=1e-9
    )
    assert label.source_text == "here"
    assert label.glyphs[0].get_fill_color() == ink.focus
    np.testing.assert_allclose(
        plane.label(1.5, 0.5, "here", ORIGIN).get_center(), plane.at(1.5, 0.5), atol=1e-9
    )
    away = plane.label(1.5, 0.5, "here", gap=0.5, size=ink.NOTE)
    assert away.get_bottom()[1] == pytest.approx(plane.at(1.5, 0.5)[1] + 0.5)
    assert away.capital == pytest.approx(ink.NOTE)


def test_a_curve_is_named_where_it_is_and_in_its_colour() -> None:
    plane = Plane((0, 9), (0, 5), numbers=False)
    curve = plane.curve((0, 4, 8), (0, 4, 0), ink.second, share=0.1)
    name = curve.label("rise", at=1.0, side=LEFT)
    np.testing.assert_allclose(name.get_right(), plane.at(1.0, 1.0) + words.GAP * LEFT, atol=0.05)
    assert name.glyphs[0].get_fill_color() == ink.second
    assert curve.label("fall", at=6.0, color=ink.chalk).glyphs[0].get_fill_color() == ink.chalk
    assert curve.y_at(6.0) == pytest.approx(2.0)


def test_a_curve_that_turns_back_is_named_where_it_comes_first_and_has_a_value() -> None:
    plane = Plane((0, 9), (0, 5), numbers=False)
    assert plane.curve((0, 4, 4, 0), (1, 1, 3, 3)).y_at(2.0) == 1.0
    assert plane.curve((8, 0), (0, 4)).y_at(2.0) == pytest.approx(3.0)
    assert plane.curve((0, 1, 2, 3), (1, np.nan, 2, 4)).y_at(2.5) == pytest.approx(3.0)
    for at in (-1.0, 0.5, 9.0):
        with pytest.raises(ValueError, match=rf"runs from 0 to 3; it has no value at {at:g}"):
            plane.curve((0, 1, 2, 3), (1, np.nan, 2, 4)).label("nowhere", at=at)


# Pictures, looked at and blessed


def test_golden_plane() -> None:
    plane = Plane((0, 10), (0, 5), 11, 6, numbers=False, grid=True)
    xs = np.linspace(0, 10, 200)
    assert_golden(
        "plane-curves",
        plane,
        plane.area(xs, 1 + 0.4 * np.sin(xs), 2.5 + 0.4 * np.cos(xs), ink.truth),
        plane.curve(xs, 2.5 + 3 * np.sin(xs), ink.first),
        plane.curve(xs, 0.5 * xs, ink.second, dashed=True, share=0.8),
        plane.stems((2, 4, 6), 0, (3, 1, 4)),
        plane.vector((7, 1), (9, 2)),
    )


def test_golden_dots() -> None:
    plane = Plane((0, 7), (0, 4), 12, 6, numbers=False)
    rows = np.arange(1, 4) * 1.0
    groups = [
        plane.dots(
            np.column_stack([np.full(3, i + 1.0), rows]), ink.CLASSES[i % 4], shape, np.array([0.1, 0.2, 0.3])
        )
        for i, shape in enumerate(SHAPES)
    ]
    groups[1].mute([0, 2])
    cloud = plane.cloud(np.random.default_rng(0).uniform((0, 0), (7, 0.5), (200, 2)), ink.truth, 0.05)
    assert_golden("plane-dots", plane, cloud, *groups, groups[0].ring([1, 2]))


def test_golden_street() -> None:
    plane = Plane((-2, 3), (-1, 2), 12, 6.8, numbers=False)
    assert_golden(
        "plane-street", plane, plane.band((1.2, -0.9), -0.3), plane.segment((-1, 0), (2, 1), dashed=True)
    )


def test_golden_winding_street_on_its_field() -> None:
    plane = Plane((-2, 3), (-1, 2), 12, 6.8, numbers=False)
    mesh = plane.mesh(60, 40)
    values = 3 * bumps(mesh[..., 0], mesh[..., 1])
    assert_golden(
        "plane-winding-street", plane.field(values, largest=3), plane, plane.band((1, 0), 0).wind(values)
    )


def test_golden_tube_and_contours() -> None:
    plane = Plane((-2, 3), (-1, 2), 12, 6.8, numbers=False)
    mesh = plane.mesh(60, 40)
    xs = np.linspace(-2, 3, 80)
    levels = plane.contour(bumps(mesh[..., 0], mesh[..., 1]), (-0.6, -0.2, 0.2, 0.6), ink.fourth, dashed=True)
    tube = plane.band((1, 0), 0).run_along(xs, 0.3 + np.sin(xs), 1.1 + np.sin(xs))
    assert_golden("plane-tube", plane, levels, tube)


def test_golden_balls_and_classes() -> None:
    plane = Plane((0, 6), (0, 3), 12, 6, numbers=False)
    mesh = plane.mesh(60, 40)
    spots = np.array([(1, 1), (3, 2), (5, 0.7)])
    nearness = np.exp(-2 * np.linalg.norm(mesh[:, :, None] - spots, axis=3))
    balls = [plane.ball(spot, 0.7, p) for spot, p in zip(spots, (1, 2, np.inf), strict=True)]
    hull = plane.polygon(spots, ink.focus, fill=0.1)
    assert_golden(
        "plane-classes", plane.field(nearness / nearness.sum(2, keepdims=True)), plane, hull, *balls
    )


def test_numbers_and_names_of_axes_are_as_large_as_is_asked() -> None:
    def heights(**sizes: float) -> tuple[float, float]:
        plane = Plane((0, 9), (0, 5), x_label="speed", **sizes)  # type: ignore[arg-type]
        return float(plane.numbers[1].height), float(plane.names[0].height)

    small, label = heights()
    large, headline = heights(tick_size=2 * ink.SMALL, name_size=1.5 * ink.LABEL)
    assert large == pytest.approx(2 * small, rel=0.02)
    assert headline == pytest.approx(1.5 * label, rel=0.02)
