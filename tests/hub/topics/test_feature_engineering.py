"""The page of feature-engineering: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import numpy as np
import pytest

from hub.note import note_path, read_note
from scenes.figure.feature_engineering import figure
from scenes.maths.feature_engineering import noise, scales
from tests.hub.asking import ask_demo
from tests.hub.conftest import Visit
from tests.hub.topics.figure import drag, readout, ready

FOUND = ("last=31", "last=14", "show=noise&width=1&shuffle=9", "show=noise&width=2")
"""A state for each thing to be found by hand, as an address says it."""


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    outside, inside = noise.scores().mean(axis=0)
    prints = read_note(note_path("feature-engineering")).note.core.prints.strip().splitlines()
    assert prints == [
        f"chosen on all rows: {outside:.0%} right",
        f"chosen on the training folds: {inside:.0%} right",
    ]


@pytest.mark.parametrize("last", [5, 8, 31, 100])
@pytest.mark.parametrize(
    ("name", "rule"), [("standard", "standard"), ("minmax", "min-max"), ("robust", "robust")]
)
def test_five_values_are_scaled_as_in_the_lesson(last: int, name: str, rule: str) -> None:
    (seen,) = ask_demo("feature-engineering", figure(), f"last={last}")
    values = scales.with_outlier(float(last))
    centre, width = scales.centre_and_width(values, rule)
    found = seen.result[name]
    assert (found["centre"], found["width"]) == pytest.approx((centre, width))
    np.testing.assert_allclose(found["at"], scales.scaled(values, rule), atol=1e-12)
    assert found["spread"] == pytest.approx(np.ptp(scales.scaled(values, rule)[:4]))


@pytest.mark.parametrize("width", range(len(noise.WIDTHS)))
def test_noise_scores_as_in_the_lesson(width: int) -> None:
    shuffle = 7
    (seen,) = ask_demo("feature-engineering", figure(), f"show=noise&width={width}&shuffle={shuffle}")
    scores = noise.by_width()[width]
    means = (seen.result["outside"], seen.result["inside"])
    assert means == pytest.approx(tuple(scores.mean(axis=0)), abs=1e-4)
    assert (seen.result["leaked"], seen.result["honest"]) == pytest.approx(tuple(scores[shuffle]), abs=1e-4)


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("feature-engineering", figure(), "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_the_outlier_is_moved_by_mouse_and_keys(visit: Visit) -> None:
    page = visit("feature-engineering/")
    figure_ = ready(page)
    before = readout(page, "whole range")
    drag(page, figure_.locator(".grip"), 120, 0)
    assert readout(page, "whole range") != before
    grip = figure_.locator(".grip")
    grip.focus()
    moved = grip.get_attribute("aria-valuetext")
    grip.press("Shift+ArrowRight")
    assert grip.get_attribute("aria-valuetext") != moved
