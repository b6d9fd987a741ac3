"""The page of gradient-boosting: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingRegressor

from hub.note import note_path, read_note
from scenes.figure.gradient_boosting import MOST, figure
from scenes.maths.gradient_boosting import leaves, ordered, stairs
from tests.hub.asking import Ask, ask_demo

ENTRY = """
import { boost, grow } from "./hub/demos/gradient-boosting";
const calls: { [name: string]: (...args: any[]) => unknown } = { boost, grow };
"""


def kept_out() -> tuple[np.ndarray, np.ndarray]:
    """Years that are fitted and years that are not, (15, 12) and (5, 12)."""
    told = figure()
    warmth, held = np.asarray(told["warmth"]), np.asarray(told["held"])
    return warmth[held == 0], warmth[held == 1]


def theirs(rows: np.ndarray, rate: float, depth: int) -> list[np.ndarray]:
    """What scikit-learn's trees say of each month, (12,), after none, one, and so on."""
    fit = GradientBoostingRegressor(n_estimators=MOST, learning_rate=rate, max_depth=depth, random_state=0)
    fit.fit(np.tile(np.arange(12.0), len(rows))[:, None], rows.ravel())
    return [np.full(12, rows.mean()), *fit.staged_predict(np.arange(12.0)[:, None])]


def errors(models: list[np.ndarray], rows: np.ndarray) -> np.ndarray:
    """Mean squared errors of models on years."""
    return np.array([((rows - model) ** 2).mean() for model in models])


def found() -> tuple[str, str, str]:
    """A state for each thing to be found by hand, as an address says it."""
    fitted, unseen = kept_out()
    everything = np.concatenate([fitted, unseen])
    slow = errors(theirs(everything, 0.1, 1), everything)
    deep = errors(theirs(everything, 1.0, 3), everything)
    new = errors(theirs(fitted, 1.0, 1), unseen)
    return (
        f"rate=0.1&trees={int(np.argmax(slow < 1.6))}",
        f"depth=3&trees={int(np.argmax(deep < 1.21))}",
        f"years=some&trees={int(np.argmin(new))}",
    )


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    lines = read_note(note_path("gradient-boosting")).note.core.prints.strip().splitlines()
    wanted = []
    for rate in (1.0, 0.5):
        model = stairs.by_hand(rate).at(stairs.HAND_X)
        wanted.append(f"eta {rate}: {model}, error {stairs.error(stairs.HAND_Y, model):.2f}")
    gradient, hessian = leaves.hand()
    for penalty in (0, 2):
        weight = float(leaves.weight(gradient[:2].sum(), hessian[:2].sum(), penalty))
        wanted.append(
            f"lambda {penalty}: left weight {weight}, gains {np.round(leaves.hand_gains(penalty), 1)}"
        )
    codes = ordered.in_order(ordered.HAND_SHOPS, ordered.HAND_LABELS, ordered.hand_order())
    wanted.append("codes in order: " + " ".join(str(float(code)) for code in codes))
    assert lines == wanted


@pytest.mark.parametrize(("rate", "depth"), [(1.0, 1), (0.1, 1), (0.3, 2), (1.0, 3)])
def test_the_figure_boosts_as_scikit_learn_does(ask: Ask, rate: float, depth: int) -> None:
    fitted, unseen = kept_out()
    (told,) = ask(("boost", fitted, unseen, MOST, rate, depth))
    models = theirs(fitted, rate, depth)
    np.testing.assert_allclose(told["models"], models, atol=1e-6)
    np.testing.assert_allclose(told["fitted"], errors(models, fitted), atol=1e-6)
    np.testing.assert_allclose(told["unseen"], errors(models, unseen), atol=1e-6)


def test_the_figure_has_the_lessons_stairs() -> None:
    for seen, steps in zip(
        ask_demo("gradient-boosting", figure(), "trees=0", "", "trees=12"), (0, 1, 12), strict=True
    ):
        np.testing.assert_allclose(seen.result["models"][steps], stairs.year().at(np.arange(12.0), steps))
        assert seen.result["fitted"][steps] == pytest.approx(stairs.errors()[steps])
        assert seen.result["unseen"] == []


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("gradient-boosting", figure(), "", *found())
    assert not any(start.found) and len(start.found) == len(found())
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(found())


def test_nonsense_in_an_address_harms_nothing() -> None:
    for seen in ask_demo(
        "gradient-boosting", figure(), "trees=NaN&rate=x", "depth=9&years=0", "rate=1e99&trees=-4"
    ):
        assert "NaN" not in seen.picture and "Infinity" not in seen.picture
