"""Pace: roles that a viewer can tell apart, on the grid that all qualities share."""

from __future__ import annotations

import pytest
from manim import Dot, Scene, tempconfig

from render.core.profile import TICKS_PER_SECOND
from scenes.kit import pace
from scenes.kit.drive import drive
from scenes.kit.lesson import Lesson, chapter
from tests.kit.test_lesson import tell

ROLES = (pace.QUICK, pace.BRISK, pace.CALM, pace.SLOW, pace.LONG)


def test_every_role_is_a_whole_number_of_ticks() -> None:
    for seconds in ROLES:
        assert seconds * TICKS_PER_SECOND == pytest.approx(round(seconds * TICKS_PER_SECOND), abs=1e-12)
    assert [round(seconds * TICKS_PER_SECOND) for seconds in ROLES] == [6, 9, 12, 18, 36]


def test_a_role_is_a_length_wherever_one_is_asked_for() -> None:
    class Paced(Lesson):
        @chapter("Paced")
        def paced(self) -> None:
            dot = Dot()
            with self.beat("one two three four five", pause=0.0) as beat:
                self.play(drive(lambda t: dot.set_x(t), run_time=pace.SLOW))
                beat.at("three", dot.animate.shift((1, 0, 0)), run_time=pace.CALM)
                self.leave(dot)

    (told,) = tell(Paced)[0].told
    assert told.plays == (18, 12, 12, 9, 23), (
        "slow, waiting for three, calm, brisk, and the rest of what is said"
    )


def test_a_play_of_a_role_is_never_cut() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        seen: list[float] = []
        scene, dot = Scene(), Dot()
        scene.play(drive(seen.append, dot), run_time=pace.QUICK)
        assert seen[-1] == 1.0
