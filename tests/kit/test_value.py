"""Values: who reads a number shows it, at once, in every picture, and at no cost where nothing changes."""

from __future__ import annotations

import gc
from collections.abc import Callable

import numpy as np
import pytest
from manim import (
    RIGHT,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    Group,
    ImageMobject,
    Mobject,
    Scene,
    Succession,
    VGroup,
    VMobject,
    linear,
)

from render.draw.renderer import Renderer
from scenes.kit import words
from scenes.kit.dial import Dial
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import Lesson
from scenes.kit.line import Curve
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.value import Reading, Value


class Pictures:
    """A sink that keeps every picture, and asks what was to be known beside each."""

    def __init__(self, beside: Callable[[], object] = lambda: None) -> None:
        self.beside = beside
        self.seen: list[np.ndarray] = []
        self.asked: list[object] = []

    def show(self, picture: np.ndarray, repeat: int = 1, changed: np.ndarray | None = None) -> None:
        self.seen += [picture.copy()] * repeat
        self.asked += [self.beside()] * repeat


def stage(beside: Callable[[], object] = lambda: None) -> tuple[Scene, Pictures]:
    sink = Pictures(beside)
    return Scene(renderer=Renderer(sink)), sink


def moving(scene: Scene, animation: Animation) -> list[Mobject]:
    """What manim draws anew in each picture of a play."""
    scene.compile_animation_data(animation)
    scene.begin_animations()
    return [each for each in scene.mobjects if each in scene.moving_mobjects]


# Reading


def test_setting_a_value_changes_all_that_read_it_at_once() -> None:
    gamma = Value(2.0)
    gauge, label = Gauge("gamma", gamma, 1), Readout(gamma.of(lambda g: g**2), 0, label="squared")
    dial = Dial("gamma", (0, 10))
    assert gamma.draws(dial.redraw) == (dial,)
    assert gamma.set(5) == (gauge.readout, label, dial)
    assert (gauge.readout.shown, label.shown, dial.value) == ("5.0", "25", 5.0)
    assert label.source_text == "squared 25"


def test_a_plain_number_stays_what_it_is() -> None:
    assert Gauge("flowers", np.int64(54), 0).readout.shown == "54"
    readout = Readout(1.25)
    assert not readout.updaters
    assert readout.refresh().shown == "1.25"


def test_a_reading_of_several_values_is_computed_once_for_all_numbers() -> None:
    calls: list[tuple[float, float]] = []
    width, share = Value(4.0), Value(0.0)

    def spread(w: float, s: float) -> float:
        calls.append((w, s))
        return w * (1 - s)

    made = Reading(spread, width, share)
    drawn: list[float] = []
    gauges = [Gauge("spread", made), Gauge("twice", made.of(lambda each: 2 * each))]
    made.draws(drawn.append, gauges[0])
    assert calls == [(4.0, 0.0)]
    share.set(0.5)
    assert calls == [(4.0, 0.0), (4.0, 0.5)]
    assert [gauge.readout.shown for gauge in gauges] == ["2.00", "4.00"]
    share.set(0.5)
    assert len(calls) == 2
    assert drawn == [4.0, 2.0], "a picture is not drawn again for the same number"


def test_what_nobody_keeps_is_forgotten_and_what_is_drawn_is_kept() -> None:
    gamma = Value(1.0)
    gauge = Gauge("gamma", gamma)
    drawn: list[float] = []
    gamma.draws(drawn.append, Mobject())
    for _ in range(5):
        gauge.copy()
    gc.collect()
    (shown, _) = gamma.set(2.0)
    assert shown is gauge.readout
    assert drawn == [1.0, 2.0]


def test_copies_read_on_and_frozen_ones_do_not() -> None:
    gamma = Value(1.0)
    gauge = Gauge("gamma", gamma)
    twin, frozen = gauge.copy(), gauge.copy().readout.freeze()
    late = frozen.copy()
    gamma.set(3.0)
    assert [each.shown for each in (gauge.readout, twin.readout, frozen, late)] == [
        "3.00",
        "3.00",
        "1.00",
        "1.00",
    ]
    assert gauge.readout.source is gamma is twin.readout.source


def test_who_does_not_say_what_it_draws_is_told_how() -> None:
    with pytest.raises(TypeError, match=r"draws\(\) does not know .* name them: draws\(path, street, dots\)"):
        Value(1.0).draws(lambda value: None)


# Moving


def test_a_value_moves_evenly_on_its_scale_and_arrives_exactly() -> None:
    near, far = Value(1.0), Value(1.0, log=True)
    scene, sink = stage(lambda: (near.value, far.value))
    scene.add(Gauge("a", near, digits=3), Gauge("b", far, digits=3))
    scene.play(near.to(100.3, rate_func=linear), far.to(100.3, rate_func=linear), run_time=1.0)
    seen = np.array(sink.asked)
    np.testing.assert_allclose(np.diff(seen[:, 0]), np.diff(seen[:, 0])[0])
    np.testing.assert_allclose(np.diff(np.log(seen[:, 1])), np.diff(np.log(seen[:, 1]))[0])
    assert (near.value, far.value) == (100.3, 100.3)


def test_a_value_moves_from_where_it_is_when_its_turn_comes() -> None:
    gamma = Value(0.0)
    gauge = Gauge("gamma", gamma, 1)
    scene, sink = stage(lambda: gauge.readout.shown)
    scene.add(gauge)
    there, back = gamma.to(4.0, rate_func=linear), gamma.to(2.0, rate_func=linear)
    scene.play(Succession(there, back))
    assert sink.asked[0] == "0.0"
    assert sink.asked[len(sink.asked) // 2] == "4.0"
    assert gauge.readout.shown == "2.0"
    assert len({picture.tobytes() for picture in sink.seen}) > 20, "the gauge is drawn anew in both"


@pytest.mark.parametrize("number", [0.0, -1.0])
def test_what_moves_by_factors_stays_above_zero(number: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Value(number, log=True)
    with pytest.raises(ValueError, match="above 0"):
        Value(1.0, log=True).to(number)


def test_only_what_reads_the_value_is_drawn_anew() -> None:
    """A readout that asks a function is moving in every play, and so is all that lies above it."""
    gamma, other = Value(1.0), Value(1.0)
    below, above = Gauge("gamma", gamma), Gauge("other", other)
    scene, _ = stage()
    scene.add(below, above)
    assert moving(scene, other.to(2.0)) == [above]
    assert moving(scene, drive(lambda t: gamma.set(t))) == [below, above]
    polled = Gauge("polled", lambda: 1.0)
    scene.add(polled)
    scene.bring_to_back(polled)
    assert moving(scene, other.to(2.0)) == [polled, below, above]


def test_a_motion_that_sets_a_value_beside_other_things_moves_its_readers_too() -> None:
    """Nobody has to name the gauges of a number that a path sets on its way."""
    gamma, plane = Value(0.0), Plane((0, 1), (0, 1), numbers=False)
    curve, gauge = plane.curve((0, 1), (0, 1)), Gauge("gamma", gamma, 1)

    def path(share: float) -> Curve:
        gamma.set(9 * share)
        return curve.reveal(1 - share)

    for animation in (drive(path), drive(path, curve)):
        scene, sink = stage(lambda: gauge.readout.shown)
        scene.add(gauge.to_corner(), curve)
        scene.play(animation, run_time=1.0)
        assert sink.asked[0] == "0.0"
        assert gauge.readout.shown == "9.0"
        assert len({picture[:270].tobytes() for picture in sink.seen}) > 10
        assert scene.mobjects == [gauge, curve]


def test_nothing_comes_to_the_stage_because_its_number_moves() -> None:
    gamma = Value(0.0)
    gauge = Gauge("gamma", gamma)
    scene, _ = stage()
    scene.play(gamma.to(1.0))
    assert scene.mobjects == []
    assert gauge.readout.shown == "1.00", "but it is right when it comes"


def test_a_picture_between_two_plays_shows_what_was_set_before() -> None:
    """A readout that asks a function would keep its digits until the next play."""
    gamma = Value(0.0)
    scene, sink = stage()
    scene.add(Gauge("gamma", gamma))
    scene.wait(0.2)
    gamma.set(8.0)
    scene.wait(0.2)
    assert len({picture.tobytes() for picture in sink.seen}) == 2


# With other animations


ORDERS = [lambda a, b: (a, b), lambda a, b: (b, a)]


@pytest.mark.parametrize("order", ORDERS, ids=["number last", "number first"])
@pytest.mark.parametrize(
    "act",
    [
        FadeIn,
        lambda gauge: gauge.animate.shift(2 * RIGHT + UP),
        lambda gauge: words.light(gauge.readout),
        lambda gauge: FadeIn(VGroup(gauge), shift=UP),
    ],
    ids=["fade", "move", "light", "fade in a group"],
)
def test_digits_are_right_after_whatever_else_was_done_to_them(act, order) -> None:
    gamma = Value(1.0)
    gauge, twin = (Gauge("gamma", gamma, digits=4) for _ in range(2))
    scene, _ = stage()
    scene.add(gauge)
    scene.play(*order(act(gauge), gamma.to(4321.0)), run_time=0.6)
    assert gauge.readout.shown == "4321.00"
    twin.move_to(gauge)
    for ours, right in zip(gauge.readout.number.glyphs, twin.readout.number.glyphs, strict=True):
        np.testing.assert_allclose(ours.points, right.points, atol=1e-6)
    gamma.set(7.0)
    assert gauge.readout.shown == "7.00"


def test_a_gauge_that_left_reads_on_and_comes_back_right() -> None:
    gamma = Value(1.0)
    gauge = Gauge("gamma", gamma)
    scene, _ = stage()
    scene.add(gauge)
    scene.play(FadeOut(gauge), gamma.to(2.0), run_time=0.4)
    assert scene.mobjects == []
    gamma.set(3.0)
    scene.play(FadeIn(gauge), run_time=0.4)
    assert gauge.readout.shown == "3.00"


# Sweeps are values


def test_a_sweep_is_read_by_gauges_and_pictures() -> None:
    gamma = ParameterSweep(np.geomspace(0.1, 1000, 5), log=True, value=1.0)
    scores, levels = np.array([10, 20, 30, 40, 50]), np.arange(5.0)
    shown = [
        Gauge("gamma", gamma, 1, digits=4),
        Gauge("score", gamma.score(scores), 0),
        Gauge("level", gamma.mixed(levels).of(float), 2),
    ]
    drawn: list[float] = []
    gamma.mixed(levels).draws(lambda level: drawn.append(float(level)), shown[0])
    scene, _ = stage()
    scene.add(*shown)
    scene.play(gamma.to(31.6, rate_func=linear), run_time=1.0)
    assert [gauge.readout.shown for gauge in shown] == ["31.6", "30", "2.50"]
    np.testing.assert_allclose(np.diff(drawn)[1:-1], np.diff(drawn)[2])
    gamma.turn(1e9)
    assert [gauge.readout.shown for gauge in shown] == ["1000.0", "50", "4.00"]
    for reading in (gamma.nearest, gamma.mixed):
        with pytest.raises(ValueError, match="5 stops cannot show 3"):
            reading(scores[:3])


# Names


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Scene, ("clear_stage", "title_words")),
        (Plane, ("label",)),
        (Curve, ("label", "y_at")),
        (Readout, ("reread", "source")),
    ],
)
def test_our_names_hide_nothing_of_manim(kind: type, names: tuple[str, ...]) -> None:
    theirs = {name for each in (Mobject, VMobject, VGroup, Group, ImageMobject, Scene) for name in dir(each)}
    plain = {*vars(Mobject()), *vars(VMobject()), *vars(Scene())}
    assert not {*names} & (theirs | plain)
    ours = Lesson if kind is Scene else kind
    assert all(hasattr(ours, name) or name in {"source", "title_words"} for name in names)


def test_what_is_read_afresh_tells_what_has_changed_beside_the_value() -> None:
    beside = [1.0]
    value = Value(2.0)
    reading = value.of(lambda number: number * beside[0])
    twice = Readout(reading.of(lambda number: 2 * number), 1)
    assert (reading.value, reading.afresh(), twice.due) == (2.0, 2.0, "4.0")
    beside[0] = 3.0
    assert (reading.value, reading.afresh(), twice.shown, twice.due) == (2.0, 6.0, "4.0", "12.0")
    assert twice.freeze().due == "4.0"
    assert value.afresh() == 2.0
