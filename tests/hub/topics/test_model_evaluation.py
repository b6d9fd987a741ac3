"""The page of model-evaluation: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import numpy as np
import pytest

from hub.note import note_path, read_note
from scenes.figure.model_evaluation import figure
from scenes.maths.model_evaluation import bill, digits, humps, metrics
from tests.hub.asking import ask_demo
from tests.hub.conftest import Visit
from tests.hub.topics.figure import drag, readout, ready

WHOLE = digits.everything()
SHARE = float(WHOLE.positive.mean())
FOUND = ("cut=-2.85", "cut=-0.56", "prevalence=1", "miss=1&cut=0.1")
"""A state for each thing to be found by hand, as an address says it."""


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    now = metrics.counts(WHOLE.positive, WHOLE.scores, 0.5)
    never = metrics.counts(WHOLE.positive, WHOLE.scores, 1.01)
    assert read_note(note_path("model-evaluation")).note.core.prints.strip().splitlines() == [
        f"TP {now.tp}, FP {now.fp}, FN {now.fn}, TN {now.tn}",
        f"accuracy {now.accuracy:.3f}, baseline {never.accuracy:.3f}",
        f"precision {now.precision:.2f}, recall {now.recall:.2f}, F1 {now.f1:.2f}",
        f"AUC, the share of won pairs: {metrics.auc(WHOLE.positive, WHOLE.scores):.3f}",
    ]


@pytest.mark.parametrize("threshold", [0.9, 0.5, 0.3, 0.1, 0.002])
@pytest.mark.parametrize("miss", [1, 10])
def test_a_threshold_is_judged_as_in_the_lesson(threshold: float, miss: int) -> None:
    (seen,) = ask_demo("model-evaluation", figure(), f"cut={humps.log_odds(threshold):.3f}&miss={miss}")
    now = metrics.counts(WHOLE.positive, WHOLE.scores, threshold)
    for name in ("tp", "fp", "fn", "tn", "accuracy", "precision", "recall", "f1"):
        assert seen.result[name] == pytest.approx(getattr(now, name), rel=1e-6), name
    assert seen.result["bill"] == pytest.approx(now.bill(miss))
    assert seen.result["least"] == pytest.approx(bill.bills(WHOLE.positive, WHOLE.scores, miss)[1].min())
    best = humps.log_odds(bill.best(WHOLE.positive, WHOLE.scores, miss))
    assert seen.result["best"] == pytest.approx(float(best), abs=1e-4)


@pytest.mark.parametrize("prevalence", [0.01, 0.2, 0.5])
def test_rarer_eights_leave_the_roc_curve_and_lower_precision(prevalence: float) -> None:
    (seen,) = ask_demo("model-evaluation", figure(), f"cut=-0.847&prevalence={100 * prevalence:g}")
    walk = metrics.roc(WHOLE.positive, WHOLE.scores)
    assert np.allclose(seen.result["walk"]["fpr"], walk.fpr) and np.allclose(
        seen.result["walk"]["tpr"], walk.tpr
    )
    assert seen.result["auc"] == pytest.approx(metrics.auc(WHOLE.positive, WHOLE.scores))
    assert seen.result["ap"] == pytest.approx(walk.average_precision(prevalence))
    assert seen.result["precision"] == pytest.approx(walk.precision_at(0.3, prevalence))
    weights = np.where(WHOLE.positive, prevalence / SHARE, (1 - prevalence) / (1 - SHARE))
    called = WHOLE.scores >= 0.3
    assert seen.result["tp"] == pytest.approx(weights[called & WHOLE.positive].sum())
    assert seen.result["tn"] == pytest.approx(weights[~called & ~WHOLE.positive].sum())


def test_where_nothing_is_called_there_is_no_precision() -> None:
    (seen,) = ask_demo("model-evaluation", figure(), "cut=5.2")
    assert seen.result["precision"] is None and "undefined" in seen.said
    assert seen.result["accuracy"] == pytest.approx(1 - SHARE)


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("model-evaluation", figure(), "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_the_threshold_is_moved_by_mouse_and_keys(visit: Visit) -> None:
    page = visit("model-evaluation/")
    figure_ = ready(page)
    before = readout(page, "precision · recall")
    drag(page, figure_.locator(".grip"), -60, 0)
    assert readout(page, "precision · recall") != before
    grip = figure_.locator(".grip")
    grip.focus()
    moved = grip.get_attribute("aria-valuetext")
    grip.press("Shift+ArrowRight")
    assert grip.get_attribute("aria-valuetext") != moved
