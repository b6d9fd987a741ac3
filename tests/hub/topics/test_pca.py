"""The page of PCA: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import numpy as np
import pytest

from hub.note import note_path, read_note
from scenes.figure.pca import KEPT, figure
from scenes.maths.pca import axes, digit
from scenes.maths.shared.flower import Measure, irises
from tests.hub.asking import ask_demo
from tests.hub.conftest import Visit
from tests.hub.topics.figure import drag, readout, ready

POINTS = irises((Measure.PETAL_LENGTH, Measure.SEPAL_LENGTH)).points
FOUND = ("angle=23.2", "angle=68.2", "show=digit&k=21", "show=digit&k=29")
"""A state for each thing to be found by hand, as an address says it."""


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    known = digit.fit()
    prints = read_note(note_path("pca")).note.core.prints.strip().splitlines()
    kept = f"ten components keep {known.cumulative[9]:.1%}, {known.enough(0.95)} keep 95%"
    rest = known.variances[10:].sum()
    assert prints == [kept, f"error {rest:.1f}, dropped eigenvalues {rest:.1f}"]


@pytest.mark.parametrize("angle", [0.0, 23.2, 60.0, 113.2, 150.0])
def test_a_line_keeps_and_loses_what_the_lesson_says(angle: float) -> None:
    (seen,) = ask_demo("pca", figure(), f"angle={angle}")
    split = axes.split(POINTS, axes.direction(angle))
    assert seen.result["kept"] == pytest.approx(split.kept, rel=1e-3)
    assert seen.result["lost"] == pytest.approx(split.lost, rel=1e-3, abs=0.05)
    assert seen.result["best"] == pytest.approx(axes.angle(axes.components(POINTS).axes[:, 0]), abs=0.06)


@pytest.mark.parametrize("kept", [0, 1, 10, 29, KEPT])
def test_a_digit_is_built_as_in_the_lesson(kept: int) -> None:
    (seen,) = ask_demo("pca", figure(), f"show=digit&k={kept}")
    known, one = digit.fit(), digit.values()[[digit.THREE]]
    rebuilt = known.rebuilt(one, kept)
    assert np.allclose(seen.result["rebuilt"], rebuilt[0], atol=0.02)
    assert seen.result["explained"] == pytest.approx(float(known.ratios[:kept].sum()), abs=1e-3)
    error = ((one - rebuilt) ** 2).sum() / ((one - known.mean) ** 2).sum()
    assert seen.result["error"] == pytest.approx(float(error), abs=2e-3)


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("pca", figure(), "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_the_line_is_turned_by_mouse_and_keys(visit: Visit) -> None:
    page = visit("pca/")
    figure_ = ready(page)
    before = readout(page, "squared drops")
    drag(page, figure_.locator(".grip"), 120, 40)
    assert readout(page, "squared drops") != before
    grip = figure_.locator(".grip")
    grip.focus()
    turned = grip.get_attribute("aria-valuetext")
    grip.press("Shift+ArrowUp")
    assert grip.get_attribute("aria-valuetext") != turned
