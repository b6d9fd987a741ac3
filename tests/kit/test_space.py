"""The lifted plane: the flat picture is its beginning, and what is behind is drawn first."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from manim import DEGREES, Mobject, Scene, linear, tempconfig

from scenes.kit import ink
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.space import Space
from tests.golden import assert_golden, draw

RNG = np.random.default_rng(7)
SLANTED = {"tilt": 65 * DEGREES, "turn": 25 * DEGREES, "lift": 1.0}


def bare(z: tuple[float, float] = (0.0, 2.0)) -> Space:
    return Space(Plane((-1, 1), (-1, 1), 5, 5, numbers=False), z, 3.0)


def bowl(x: Floats, y: Floats) -> Floats:
    return np.asarray(2 * (x**2 + y**2))


def anchors(mobject: Mobject) -> Floats:
    return cast(Floats, mobject.points).reshape(-1, 4, 3)[:, [0, 3]].reshape(-1, 3)


def points(count: int = 40) -> Floats:
    flat = RNG.uniform(-0.95, 0.95, (count, 2))
    return np.column_stack([flat, RNG.uniform(0, 2, count)])


@pytest.mark.parametrize("lift", [0.0, 0.6, 1.0])
def test_from_above_the_space_is_the_plane_whatever_the_heights(lift: float) -> None:
    space = bare().look(tilt=0.0, turn=0.0, lift=lift)
    spots = points()
    np.testing.assert_allclose(space.at(spots), space.plane.at(spots[:, :2]), atol=1e-12)


def test_lifted_dots_start_as_the_very_picture_of_flat_dots() -> None:
    space = bare()
    space.plane.shift((1.0, 0.3, 0.0))
    space = Space(space.plane, (0, 2))
    spots = points()
    lifted, flat = (
        space.dots(spots, ink.second, "square"),
        space.plane.dots(spots[:, :2], ink.second, "square"),
    )
    order = np.argsort([dot.z_index for dot in lifted], kind="stable")
    assert order.tolist() == list(range(len(spots)))  # flat, nothing hides anything: the order is the data's
    seen = [draw(dots, width=427, height=240) for dots in (lifted, flat)]
    np.testing.assert_array_equal(seen[0], seen[1])


def test_the_view_changes_without_a_jump() -> None:
    space = bare()
    spots = points()
    ways = []
    for share in np.linspace(0, 1, 60):
        space.look(tilt=share * 1.2, turn=share * 0.8, lift=share, zoom=1 - 0.2 * share)
        ways.append(space.at(spots))
    assert np.abs(np.diff(ways, axis=0)).max() < 0.15


def test_heights_rise_upwards_and_straight_lines_stay_straight() -> None:
    space = bare().look(**SLANTED)
    low, high = space.at(np.array([[0.3, 0.2, 0.0], [0.3, 0.2, 2.0]]))
    assert high[1] - low[1] > 2.0
    line = np.linspace(0, 1, 30)[:, None] * [1.6, -1.4, 1.5] + [-0.8, 0.9, 0.1]
    seen = space.at(line)[:, :2]
    offset = seen - seen[0]
    assert np.abs(offset[:, 0] * offset[-1, 1] - offset[:, 1] * offset[-1, 0]).max() < 1e-9


def test_nearer_dots_are_larger_brighter_and_drawn_later() -> None:
    space = bare().look(**SLANTED)
    dots = space.dots([(0, 0.9, 1), (0, -0.9, 1), (0, 0, 1)])
    assert dots.radii[0] < dots.radii[2] < dots.radii[1]
    assert dots[0].get_fill_opacity() < dots[2].get_fill_opacity() < dots[1].get_fill_opacity()
    assert dots[0].z_index < dots[2].z_index < dots[1].z_index < 0
    assert all(line.z_index < dots[0].z_index for line in (space.floor(), space.drop((0, 0.9, 1))))


def test_a_muted_dot_stays_muted_while_the_space_turns() -> None:
    space = bare()
    dots = space.dots([(0, 0.9, 1), (0, -0.9, 1)])
    dots.mute([1])
    muted = dots[1].get_fill_opacity()
    space.look(**SLANTED).look(tilt=0.3, turn=1.0)
    assert dots[1].get_fill_opacity() <= muted
    space.look(tilt=0.0)
    np.testing.assert_allclose([dot.get_fill_opacity() for dot in dots], [1.0, muted])


@pytest.mark.parametrize("tilt", [30, 65, 100])
@pytest.mark.parametrize("turn", [-60, 25, 170])
def test_a_sheet_is_drawn_between_what_it_hides_and_what_hides_it(tilt: float, turn: float) -> None:
    space = bare().look(tilt=tilt * DEGREES, turn=turn * DEGREES, lift=1.0)
    spots = points(60)
    dots, sheet = space.dots(spots), space.sheet(1.0, 0.3, -0.4)
    # By brute force: walk from each dot toward the viewer, and see whether the sheet is met on the way.
    toward = _toward_viewer(space, spots)
    heights = [sheet.above(spots + step * toward) for step in np.linspace(0, 12, 4000)]
    hidden = (np.sign(heights) != np.sign(heights[0])).any(0)
    assert 5 < hidden.sum() < 55
    for dot, behind in zip(dots, hidden, strict=True):
        assert (dot.z_index < sheet.body.z_index) == behind


def _toward_viewer(space: Space, spots: Floats) -> Floats:
    """From each spot a way in data units that is seen as a point and comes nearer."""
    ways = []
    for spot in spots:
        step = 1e-4 * np.eye(3)
        here, depth = space.seen(space.solid(spot[None]))
        there, depths = space.seen(space.solid(spot + step))
        slope = ((there - here) / 1e-4)[:, :2].T
        way = np.linalg.svd(slope)[2][2]
        ways.append(way * np.sign(way @ (depths - depth)) / np.linalg.norm(way))
    return np.array(ways)


def test_two_sheets_are_ordered_with_the_dots_between_them() -> None:
    space = bare().look(**SLANTED)
    dots = space.dots([(0, 0, 0.2), (0, 0, 1.0), (0, 0, 1.8)])
    upper, lower = space.sheet(1.4), space.sheet(0.6)
    order = [dots[0], lower.body, dots[1], upper.body, dots[2]]
    assert sorted(order, key=lambda path: path.z_index) == order
    lower.redraw(1.2)
    assert dots[1].z_index < lower.body.z_index < upper.body.z_index


def test_a_sheet_below_the_eye_is_seen_from_above_even_when_the_view_tilts_under_it() -> None:
    space = bare().look(tilt=91 * DEGREES, lift=1.0)
    dots, sheet = space.dots([(0, 0, 0.1), (0, 0, 1.8)]), space.sheet(0.2)
    assert dots[0].z_index < sheet.body.z_index < dots[1].z_index


def test_the_sheet_is_cut_by_the_box() -> None:
    space = bare()
    sheet = space.sheet(1.0, 2.0, 0.0)
    corners = sheet.outline()
    assert corners.shape == (4, 3)
    np.testing.assert_allclose(sheet.above(corners), 0, atol=1e-12)
    np.testing.assert_allclose(sorted(corners[:, 2]), [0, 0, 2, 2], atol=1e-12)
    assert len(sheet.redraw(9.0).outline()) == 0


def test_a_surface_is_cut_at_the_top_and_along_the_sheet_and_keeps_its_area() -> None:
    space = bare()
    surface = space.surface(bowl, shape=(41, 41))

    def area() -> float:
        total = 0.0
        for shape in surface.skin.shapes:
            x, y = shape[..., 0], shape[..., 1]
            total += float((x * np.roll(y, -1, 1) - y * np.roll(x, -1, 1)).sum()) / 2
        return total

    whole = area()
    assert whole == pytest.approx(np.pi, rel=5e-3)  # the part of the floor where 2(x² + y²) ≤ 2
    assert max(float(shape[..., 2].max()) for shape in surface.skin.shapes) <= 2 + 1e-9
    sheet = space.sheet(0.9, 0.2, -0.3)
    assert area() == pytest.approx(whole)
    for shapes in (surface.skin.shapes, surface.wires.shapes):
        for shape in shapes:
            heights = sheet.above(shape)
            assert ((heights <= 1e-9).all(1) | (heights >= -1e-9).all(1)).all()


def test_parts_of_the_surface_behind_the_sheet_are_drawn_before_it() -> None:
    space = bare().look(**SLANTED)
    surface, sheet = space.surface(bowl), space.sheet(0.9)
    below = [path for slab, _, path in surface.ranks() if slab == 0]
    above = [path for slab, _, path in surface.ranks() if slab == 1]
    assert max(path.z_index for path in below) < sheet.body.z_index < min(path.z_index for path in above)
    rim = space.at(np.array([[0.67, 0, 0.9], [-0.67, 0, 0.9]]))[:, 1].max() + 1.0
    assert all(anchors(path)[:, 1].max() < rim for path in below)


def test_a_surface_is_redrawn_in_place() -> None:
    space = bare()
    surface, sheet = space.surface(bowl), space.sheet(0.5)
    space.look(**SLANTED)
    members = set(surface.get_family())
    for height in np.linspace(0.2, 1.6, 8):
        sheet.redraw(height)
        space.look(turn=height)
    assert len(surface.get_family()) < 60
    assert members <= set(surface.get_family())
    space.look(tilt=0.0)
    for slices in (surface.skin, surface.wires):
        assert len(slices.ranks) < len(slices)
        assert sum(len(path.points) > 0 for path in slices) == len(slices.ranks)
    heights = space.plane.mesh(25, 25)[..., 0] + 1
    surface.redraw(heights)
    assert max(float(shape[..., 2].max()) for shape in surface.skin.shapes) == pytest.approx(2.0)


def test_what_is_carried_tilts_with_the_floor_and_returns() -> None:
    space = bare()
    street, flat = space.plane.band((1, 0.3), 0.1, 0.4), space.plane.dots([(0.5, -0.5)])
    before = [path.points.copy() for path in (*street, flat[0], space.plane.frame)]
    for thing in (space.plane, street, flat):
        assert space.carry(thing) is thing
    space.look(**SLANTED)
    np.testing.assert_allclose(flat.centres, space.at(np.array([(0.5, -0.5, 0.0)])), atol=1e-9)
    ends = np.column_stack([space.plane.crossing((1, 0.3), 0.1), [0.0, 0.0]])
    np.testing.assert_allclose(anchors(street.centre), space.at(ends), atol=1e-9)
    space.look(tilt=0, turn=0)
    for path, points_before in zip((*street, flat[0], space.plane.frame), before, strict=True):
        np.testing.assert_allclose(path.points, points_before, atol=1e-9)


def test_turning_moves_all_that_stands_in_the_space_and_only_that() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, space = Scene(), bare()
        aside = space.plane.dots([(0, 0)])
        dots, surface, hidden = space.dots(points(6)), space.surface(bowl), space.sheet(1.0)
        scene.add(aside, dots, surface)
        scene.play(space.turning(**SLANTED, rate_func=linear))
        assert set(dots.submobjects) <= set(scene.moving_mobjects)
        assert hidden not in scene.mobjects
        assert len(scene.mobjects) == 3
        assert (space.tilt, space.turn, space.lift) == pytest.approx(tuple(SLANTED.values()))
        np.testing.assert_allclose(dots.centres, space.at(dots.spots), atol=1e-9)


def test_the_camera_goes_around_nearer_and_back() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, space = Scene(), bare()
        scene.add(space.dots(points(6)))
        scene.play(space.turning(**SLANTED, rate_func=linear))
        tilt, turn = space.tilt, space.turn
        scene.play(space.orbit(0.7, run_time=1))
        assert (space.tilt, space.turn, space.zoom) == pytest.approx((tilt, turn + 0.7, 1.0))
        scene.play(space.dolly(2.0, run_time=1))
        assert (space.turn, space.zoom) == pytest.approx((turn + 0.7, 2.0))
        scene.play(space.dolly(0.5, run_time=1))
        assert space.zoom == pytest.approx(1.0)
    with pytest.raises(ValueError, match="expected a factor above 0"):
        space.dolly(0.0)
    assert space.orbit(0.1).moves_camera
    assert not space.turning(lift=1.0).moves_camera, "what rises is no camera that moves"


def test_driving_a_sheet_moves_the_surface_and_dots_that_it_passes() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, space = Scene(), bare().look(**SLANTED)
        dots, surface, sheet = space.dots(points(6)), space.surface(bowl), space.sheet(0.1)
        scene.add(dots, surface, sheet)
        scene.play(space.drive(lambda share: sheet.redraw(0.1 + 1.8 * share)))
        moving = set(scene.moving_mobjects)
        assert {*dots, *surface.skin, *surface.wires, sheet.body} <= moving
        assert sheet.heights[0] == pytest.approx(1.9)
        assert sum(dot.z_index < sheet.body.z_index for dot in dots) == (dots.spots[:, 2] < 1.9).sum()


def test_a_ring_follows_its_dots() -> None:
    space = bare()
    dots = space.dots(points(5))
    ring = space.ring(dots, [2])
    space.look(**SLANTED)
    np.testing.assert_allclose(ring.points.mean(0), dots.centres[2], atol=1e-9)
    assert ring.z_index > dots[2].z_index


def test_an_empty_range_of_heights_is_refused() -> None:
    with pytest.raises(ValueError, match="heights cannot run"):
        bare((1.0, 1.0))


# Pictures, looked at and blessed


def test_golden_bowl_with_its_sheet() -> None:
    space = bare()
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring, core = ([(r * np.cos(t), r * np.sin(t), 2 * r * r) for t in turns] for r in (0.85, 0.4))
    shown = [
        space.floor(),
        space.surface(bowl),
        space.dots(ring, ink.first),
        space.dots(core, ink.second, "square"),
    ]
    shown += [space.sheet(0.8, 0.1, -0.2), space.drop(ring[::6]), space.ring(shown[3], [0])]  # type: ignore[arg-type]
    space.look(**SLANTED)
    assert_golden("space-bowl", *shown)


def test_golden_saddle_between_two_sheets() -> None:
    space = bare((-1.0, 1.0))
    saddle = space.surface(lambda x, y: x**2 - y**2, color=ink.fourth, fill=0.25)
    turn = np.linspace(0, 2 * np.pi, 80)
    rim = space.curve(
        np.column_stack([0.7 * np.cos(turn), 0.7 * np.sin(turn), 0.49 * np.cos(2 * turn)]), ink.focus
    )
    sheets = [space.sheet(a, color=ink.truth, fill=0.15) for a in (-0.4, 0.4)]
    space.look(tilt=60 * DEGREES, turn=-35 * DEGREES, lift=1.0, zoom=0.9)
    assert_golden("space-saddle", space.floor(), saddle, rim, *sheets)


def test_golden_street_tilting_with_its_plane() -> None:
    plane = Plane((-1, 1), (-1, 1), 5, 5, numbers=False, grid=True)
    space = Space(plane, (0, 2), 3.0)
    street = plane.band((1, 0.4), 0.1, 0.35)
    space.carry(plane)
    space.carry(street)
    dots = space.dots([(-0.8, 0.3, 0.0), (0.7, -0.4, 0.0), (0.2, 0.9, 1.5)], ink.second)
    space.look(**SLANTED)
    assert_golden("space-street", plane, street, dots)
