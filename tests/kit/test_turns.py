"""What comes where something goes waits until that is nearly gone; all other fades keep their time."""

from __future__ import annotations

import pytest
from manim import RIGHT, FadeIn, FadeOut, Square, VGroup, linear

from scenes.kit.turns import take_turns


def shares(*animations: FadeIn | FadeOut) -> list[list[float]]:
    """How far each has come after 0, 1, 2, 3 and 4 quarters of a play."""
    take_turns(animations)
    return [[one.rate_func(quarter / 4) for quarter in range(5)] for one in animations]


def test_two_pictures_at_one_place_do_not_lie_over_each_other() -> None:
    gone, come = shares(FadeOut(Square(), rate_func=linear), FadeIn(Square(), rate_func=linear))
    assert gone == pytest.approx([0, 0.25 / 0.55, 0.5 / 0.55, 1, 1])
    assert come == pytest.approx([0, 0, 0.05 / 0.55, 0.3 / 0.55, 1])


def test_what_fades_elsewhere_keeps_its_time() -> None:
    told = shares(
        FadeOut(Square(), rate_func=linear),
        FadeIn(Square().shift(9 * RIGHT), rate_func=linear),
        FadeOut(VGroup(), rate_func=linear),
    )
    assert told == [[0, 0.25, 0.5, 0.75, 1]] * 3
