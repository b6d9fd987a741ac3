"""The page of gradient-boosting: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import pytest

from hub.note import note_path, read_note
from scenes.figure.gradient_boosting import figure
from scenes.maths.gradient_boosting import gradient_boosting
from scenes.maths.shared.flower import Measure, irises
from tests.hub.asking import ask_demo

POINTS = irises((Measure.PETAL_LENGTH, Measure.PETAL_WIDTH)).points
FOUND = ("x=3.758&y=1.199", "x=1.9&y=1.7")
"""A state for each thing to be found by hand, as an address says it."""


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    length, width = gradient_boosting.descend(POINTS, gradient_boosting.START)[-1]
    prints = read_note(note_path("gradient-boosting")).note.core.prints
    assert prints.strip() == f"at rest at {length:.2f} cm, {width:.2f} cm"


def test_the_figure_prices_a_guess_and_steps_as_the_lesson_does() -> None:
    start, other = ask_demo("gradient-boosting", figure(), "", "x=5.5&y=0.4")
    for seen, guess in ((start, gradient_boosting.START), (other, (5.5, 0.4))):
        assert seen.result["cost"] == pytest.approx(gradient_boosting.cost(POINTS, guess))
        assert seen.result["next"] == pytest.approx(gradient_boosting.descend(POINTS, guess)[1])


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("gradient-boosting", figure(), "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)
