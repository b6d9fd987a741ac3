"""Dials, reels, gauges and trails: what is turned, what answers, and what is written about it."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene, linear, tempconfig

from scenes.kit import ink, place
from scenes.kit.dial import Dial
from scenes.kit.gauge import Gauge
from scenes.kit.growing_curve import GrowingCurve
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.plane import Plane
from tests.golden import assert_golden

# Dials


def test_the_knob_points_at_the_value_also_after_the_dial_moved() -> None:
    dial = Dial("price", (0, 1, 4), width=4.0).shift(np.array([2.0, -1.0, 0.0]))
    for value, share in ((0, 0.0), (1, 0.25), (3, 0.75), (9, 1.0), (-9, 0.0)):
        dial.redraw(value)
        start, end = dial.scale_line.get_start(), dial.scale_line.get_end()
        np.testing.assert_allclose(dial.knob.get_center(), start + share * (end - start), atol=1e-9)


def test_a_logarithmic_dial_gives_each_factor_of_ten_the_same_way() -> None:
    dial = Dial("C", (0.1, 1, 10, 100), log=True)
    steps = np.diff([dial.redraw(value).knob.get_x() for value in (0.1, 1, 10, 100)])
    np.testing.assert_allclose(steps, steps[0])


@pytest.mark.parametrize(("marks", "log"), [((1,), False), ((2, 1), False), ((0, 1), True)])
def test_an_impossible_dial_is_refused(marks: tuple[float, ...], log: bool) -> None:
    with pytest.raises(ValueError, match="rising marks"):
        Dial("C", marks, log=log)
    with pytest.raises(ValueError, match="rising stops"):
        ParameterSweep(marks, log=log)


# Reels


def test_a_reel_shows_its_samples_at_the_stops_and_mixes_between_them() -> None:
    stops = np.array([1.0, 2.0, 4.0, 8.0])
    samples = np.random.default_rng(0).normal(size=(4, 3, 2))
    reel = ParameterSweep(stops)
    for row, stop in enumerate(stops):
        assert reel.turn(stop).row == row
        np.testing.assert_allclose(reel.mix(samples), samples[row])
    np.testing.assert_allclose(reel.turn(3.0).mix(samples), (samples[1] + samples[2]) / 2)
    assert reel.turn(99).value == 8.0
    assert reel.turn(-1).row == 0
    with pytest.raises(ValueError, match="4 stops cannot show 3"):
        reel.mix(samples[:3])


def test_a_logarithmic_reel_is_half_way_at_the_geometric_mean() -> None:
    reel = ParameterSweep([1.0, 100.0], log=True, value=10.0)
    assert reel.mix([0.0, 1.0]) == pytest.approx(0.5)


def test_a_reel_runs_evenly_from_where_it_stands_and_ends_where_it_is_sent() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        reel, dial = (
            ParameterSweep(np.geomspace(0.1, 100, 13), log=True, value=1.0),
            Dial("C", (0.1, 100), log=True),
        )
        seen: list[float] = []

        def show() -> Changed:
            seen.append(reel.value)
            return (dial.redraw(reel.value),)

        scene.add(dial)
        scene.play(reel.run(100.0, show, rate_func=linear), run_time=1)
        assert seen[0] == pytest.approx(1.0)
        assert reel.value == pytest.approx(100.0)
        steps = np.diff(np.log(seen[1:-1]))
        np.testing.assert_allclose(steps[steps > 1e-9], steps[-1], rtol=1e-6)
        scene.play(reel.run(0.1, show), run_time=0.4)
        assert dial.value == pytest.approx(0.1)
        assert scene.mobjects[0] is dial


# Gauges


def test_gauges_fill_the_column_and_stand_flush_right_whatever_their_digits() -> None:
    shown = {"count": 100.0}
    gauges = [Gauge("flowers", lambda: shown["count"], 0), Gauge("width", lambda: 1.397, 3)]
    place.aside(*gauges)
    for gauge in gauges:
        assert gauge.get_left()[0] == pytest.approx(place.ASIDE, abs=1e-6)
        assert gauge.get_right()[0] == pytest.approx(place.RIGHT_EDGE, abs=0.05)
    last = gauges[0].readout.get_right()[0]
    shown["count"] = 3.0
    gauges[0].readout.refresh()
    assert gauges[0].readout.shown == "3"
    assert gauges[0].readout.get_right()[0] == pytest.approx(last, abs=0.03)
    assert gauges[0].name_words.get_left()[0] == pytest.approx(place.ASIDE, abs=1e-6)


def test_a_gauge_takes_what_counts_as_a_number_and_refuses_a_name_without_room() -> None:
    assert Gauge("right", lambda: np.int64(54), 0).readout.shown == "54"
    with pytest.raises(ValueError, match="no room"):
        Gauge("the share of new flowers that were judged right", lambda: 0.0)


# Trails


def test_a_trail_grows_to_where_it_came_and_keeps_its_way_when_it_turns_back() -> None:
    xs = np.linspace(10, 0, 41)
    trail = GrowingCurve(xs, xs**2, (0, 10), (0, 100), numbers=False)
    trail.shift(np.array([3.0, 1.0, 0.0]))
    trail.reach(4.0)
    np.testing.assert_allclose(trail.tip.values, [[4.0, 16.0]], atol=0.02)
    assert trail.chart.inverse(trail.curve.points)[:, 0].min() == pytest.approx(4.0)
    trail.reach(7.0)
    np.testing.assert_allclose(trail.tip.values, [[7.0, 49.0]], atol=0.02)
    assert trail.chart.inverse(trail.curve.points)[:, 0].min() == pytest.approx(4.0)
    with pytest.raises(ValueError, match="must rise, or fall, all the way"):
        GrowingCurve([0, 1, 0], [0, 1, 2], (0, 1), (0, 2), numbers=False)


# What the plane gained for lessons: classes by row, bars, named ticks


def test_classes_keep_the_order_of_their_rows() -> None:
    plane = Plane((0, 5), (0, 5), 5, 5, numbers=False)
    rng = np.random.default_rng(1)
    points, labels = rng.uniform(0, 5, (20, 2)), rng.integers(0, 3, 20)
    dots = plane.classes(points, labels, radius=np.linspace(0.05, 0.1, 20))
    np.testing.assert_allclose(dots.values, points)
    np.testing.assert_allclose(dots.radii, np.linspace(0.05, 0.1, 20))
    assert [dot.get_fill_color() for dot in dots] == [ink.CLASSES[label] for label in labels]
    dots.only(labels == 1)
    assert [dot.get_fill_opacity() == 1 for dot in dots] == (labels == 1).tolist()
    np.testing.assert_allclose(
        [dot.get_fill_opacity() for dot in dots.shade(np.linspace(0, 1, 20))], np.linspace(0, 1, 20)
    )
    with pytest.raises(ValueError, match=r"not \[4\]"):
        plane.classes(points, np.full(20, 4))


def test_rings_move_to_other_dots() -> None:
    plane = Plane((0, 5), (0, 5), 5, 5, numbers=False)
    dots = plane.dots([(1, 1), (4, 4), (2, 3)])
    ring = dots.ring([])
    assert len(ring.points) == 0
    np.testing.assert_allclose(ring.follow(dots, [2]).get_center(), plane.at(2, 3), atol=1e-9)
    dots.redraw([(1, 1), (4, 4), (3, 3)])
    np.testing.assert_allclose(ring.follow(dots).get_center(), plane.at(3, 3), atol=1e-9)


def test_bars_reach_from_the_ground_to_their_heights_and_are_cut_at_the_edge() -> None:
    plane = Plane((0, 4), (-1, 2), 4, 3, numbers=False)
    bars = plane.bars([1, 2, 3], [1.0, -0.5, 9.0], thick=0.5)
    outlines = plane.inverse(bars.points).reshape(3, -1, 2)
    np.testing.assert_allclose(outlines.min(axis=1), [(0.75, 0), (1.75, -0.5), (2.75, 0)], atol=1e-9)
    np.testing.assert_allclose(outlines.max(axis=1), [(1.25, 1), (2.25, 0), (3.25, 2)], atol=1e-9)
    np.testing.assert_allclose(plane.inverse(bars.redraw(1.0).points)[:, 1].max(), 1.0)


def test_ticks_can_have_names_in_place_of_numbers() -> None:
    plane = Plane((0, 11), (0, 1), x_names={0: "Jan", 3: "Apr"}, y_ticks=[])
    assert [number.source_text for number in plane.numbers] == ["Jan", "Apr"]
    for number, month in zip(plane.numbers, (0, 3), strict=True):
        assert number.get_x() == pytest.approx(plane.at(month, 0)[0], abs=0.02)


def test_golden_dots_of_classes_bars_and_trail() -> None:
    plane = Plane((0, 7), (0, 4), 12, 6, numbers=False)
    rng = np.random.default_rng(3)
    dots = plane.classes(rng.uniform((0.3, 1.6), (6.7, 3.8), (30, 2)), np.arange(30) % 4, radius=0.14)
    dots.mute([0, 1, 2])
    trail = GrowingCurve(np.arange(20.0), np.sqrt(np.arange(20.0)), (0, 20), (0, 5), numbers=False).reach(12)
    trail.move_to(plane.at(5.6, 0.9))
    assert_golden(
        "dial-answers", plane, plane.bars([1, 2, 3], [1.2, 0.4, 0.9]), dots, dots.ring([4, 9]), trail
    )
