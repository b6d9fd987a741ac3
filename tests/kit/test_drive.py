"""Motion by numbers: what comes with a motion fades in, whatever shapes it meanwhile."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT, Dot, Scene, Square, VGroup

from render.draw.renderer import Renderer
from scenes.kit.drive import ENTRY, appear, drive
from scenes.kit.readout import Readout
from scenes.kit.review_hints import backdrop, belongs, is_backdrop, owners_of
from scenes.kit.value import Value


class Opacities:
    """A sink that notes the opacity of one mobject in every picture."""

    def __init__(self, mobject: Square) -> None:
        self.mobject = mobject
        self.seen: list[float] = []

    def show(self, picture: np.ndarray, repeat: int = 1, changed: np.ndarray | None = None) -> None:
        self.seen += [float(self.mobject.get_fill_opacity())] * repeat


def test_what_a_motion_brings_fades_in_and_what_is_there_does_not() -> None:
    square, dot = Square(fill_opacity=0.8), Dot()
    sink = Opacities(square)
    scene = Scene(renderer=Renderer(sink))
    scene.add(dot)
    scene.play(drive(lambda t: (square.move_to(t * RIGHT), dot.move_to(-t * RIGHT))), run_time=1.0)
    assert sink.seen[0] == 0
    assert np.all(np.diff(sink.seen) >= 0)
    rate = scene.camera.frame_rate
    assert np.allclose(sink.seen[round(ENTRY * rate) + 1 :], 0.8)
    assert square.get_fill_opacity() == 0.8
    assert dot.get_fill_opacity() == 1
    sink.seen.clear()
    scene.play(drive(lambda t: square.move_to(t * RIGHT)), run_time=0.4)
    assert set(sink.seen) == {0.8}


def test_a_part_of_what_is_there_is_not_new() -> None:
    square = Square(fill_opacity=1)
    sink = Opacities(square)
    scene = Scene(renderer=Renderer(sink))
    scene.add(square)
    scene.play(drive(lambda t: VGroup(square).shift(0 * RIGHT)), run_time=0.4)
    assert set(sink.seen) == {1.0}


def test_appear_lets_others_set_opacities_meanwhile() -> None:
    square, above = Square(fill_opacity=1), Dot()
    sink = Opacities(square)
    scene = Scene(renderer=Renderer(sink))
    scene.add(square, above)
    scene.play(
        drive(lambda t: square.set_fill(opacity=1 - t / 2)), appear(square, run_time=1.0), run_time=1.0
    )
    assert sink.seen[0] == 0
    assert max(sink.seen) < 0.75
    assert square.get_fill_opacity() == 0.5
    assert scene.mobjects.index(square) < scene.mobjects.index(above)


@pytest.mark.parametrize("first", [0, 1])
def test_what_is_brought_twice_in_one_play_fades_in_once(first: int) -> None:
    square = Square(fill_opacity=0.8)
    sink = Opacities(square)
    scene = Scene(renderer=Renderer(sink))
    pair = [drive(lambda t: square.move_to(t * RIGHT)), appear(square, run_time=1.0)]
    scene.play(pair[first], pair[1 - first], run_time=1.0)
    assert sink.seen[0] == 0
    assert np.all(np.diff(sink.seen) >= 0)
    assert square.get_fill_opacity() == 0.8
    scene.play(drive(lambda t: square.set_fill(opacity=0.8 - t / 2)), run_time=0.4)
    assert np.isclose(square.get_fill_opacity(), 0.3)


def test_a_motion_brings_no_copy_that_only_reads_its_number() -> None:
    number = Value(1)
    shown = Readout(number)
    scene = Scene(renderer=Renderer(Opacities(Square())))
    scene.add(shown)
    copy = shown.copy()
    scene.play(drive(lambda t: number.set(1 + t)), run_time=0.4)
    assert shown in scene.mobjects and copy not in scene.mobjects
    assert shown.shown == copy.shown == "2.00"


def test_intent_is_kept_without_keeping_its_objects() -> None:
    mark, owner = Dot(), Square()
    assert belongs(mark, owner) is mark
    assert owners_of(mark) == (owner,)
    assert owners_of(mark.copy()) == (owner,), "a copy belongs to the same, not to a copy of it"
    del owner
    assert not is_backdrop(mark)
    assert is_backdrop(backdrop(mark))
    assert not is_backdrop(backdrop(mark, stands_back=False))
