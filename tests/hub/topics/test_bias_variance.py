"""The page of bias-variance: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import Ridge

from hub.note import note_path, read_note
from scenes.figure.bias_variance import figure
from scenes.maths.bias_variance import curves, faults
from tests.hub.asking import Ask, ask_demo

ENTRY = """
import { fit, parts, truth } from "./hub/demos/bias-variance";
const calls: { [name: string]: (...args: any[]) => unknown } = { fit, parts, truth };
"""
FOUND = ("degree=5", "degree=7&count=320", "price=1")
"""A state for each thing to be found by hand, as an address says it."""


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    prints = read_note(note_path("bias-variance")).note.core.prints
    lines = []
    for degree in curves.DEGREES:
        each = curves.parts(degree)
        seen = curves.measured(degree, curves.draw())
        lines.append(
            f"degree {degree:2}: {each.bias:.3f} + {each.variance:.3f} + {each.noise:.3f}"
            f" = {each.total:.3f}, measured {seen:.3f}"
        )
    rate = faults.mistakes().rates
    lines.append(
        f"errors: all {faults.mistakes().slices.sum()}, worst slice {rate.argmax()} with {rate.max():.0%}"
    )
    assert prints.strip().splitlines() == lines


@pytest.mark.parametrize("degree", [0, 1, 5, 10, 12])
@pytest.mark.parametrize(("count", "price"), [(20, 0.0), (20, 10.0), (320, 0.0), (80, 1.0)])
def test_the_parts_of_the_error_are_the_lessons(ask: Ask, degree: int, count: int, price: float) -> None:
    known = curves.parts(degree, count, 0.45, price)
    (found,) = ask(("parts", degree, count, 0.45, price))
    assert found == pytest.approx(
        {"bias": known.bias, "variance": known.variance, "noise": known.noise}, rel=1e-7, abs=1e-9
    )


def test_a_fit_is_scikit_learns(ask: Ask) -> None:
    readings = curves.draw(1, seed=3).readings
    (found,) = ask(("fit", readings, 6, 0.7))
    basis = np.polynomial.chebyshev.chebvander(2 * curves.places() - 1, 6)
    known = Ridge(alpha=0.7).fit(basis[:, 1:], readings[0])
    assert found[0] == pytest.approx([known.intercept_, *known.coef_], abs=1e-8)


def test_the_figure_starts_with_the_lessons_sample_and_its_errors() -> None:
    start, stiff, fifty = ask_demo("bias-variance", figure(), "", "degree=1", "shown=50")
    sample = curves.draw().readings[curves.SHOWN]
    assert start.result["readings"] == pytest.approx(sample, abs=1e-3)
    for seen, degree in ((start, 10), (stiff, 1)):
        own = curves.smoother(degree) @ sample
        assert seen.result["training"] == pytest.approx(((own - sample) ** 2).mean(), abs=1e-3)
        assert seen.result["totals"] == pytest.approx(
            [curves.parts(each).total for each in range(curves.LAST + 1)], rel=1e-6
        )
    assert len(start.result["fits"]) == 1 and len(fifty.result["fits"]) == 50
    assert start.result["best"] == curves.best_degree()


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("bias-variance", figure(), "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_nonsense_in_an_address_harms_nothing() -> None:
    wrong = ("degree=NaN&count=7", "sigma=1e99&price=x", "draw=-3&shown=2", "degree=99&draw=5&shown=50")
    for seen in ask_demo("bias-variance", figure(), *wrong):
        assert "NaN" not in seen.picture and "Infinity" not in seen.picture


def test_other_samples_have_the_variance_that_is_told() -> None:
    found = [ask_demo("bias-variance", figure(), f"shown=50&degree=5&draw={draw}")[0] for draw in (1, 2, 3)]
    basis = np.polynomial.chebyshev.chebvander(2 * curves.GRID - 1, 5)
    spread = np.mean(
        [np.var(np.array(seen.result["fits"]) @ basis.T, axis=0, ddof=1).mean() for seen in found]
    )
    assert spread == pytest.approx(curves.parts(5).variance, rel=0.25)
