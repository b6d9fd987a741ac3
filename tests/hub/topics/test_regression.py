"""The page of regression: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression

from hub.note import note_path, read_note
from scenes.figure.__main__ import plain
from scenes.figure.regression import figure
from scenes.maths.regression import engel, least_squares, patients, penalty, tumours
from tests.hub.asking import Ask, ask_demo

ENTRY = """
import { leastSquares, rss } from "./hub/demos/regression";
const calls: { [name: string]: (...args: any[]) => unknown } = { leastSquares, rss };
"""
FOUND = ("left=4.134&right=10.088", "left=10&right=4", "moved=11,15.5,1.6")
"""A state for each thing to be found by hand, as an address says it."""


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    table = patients.patients()
    target = penalty.centred(table)
    plain_fit, steady = (penalty.ridge(table.features, target, each)[4] for each in (0.0, 20.0))
    fitted = patients.explained(table.features, table.target)
    weight = tumours.by_radius()
    loss = tumours.losses(tumours.tumours().malignant, tumours.probability(tumours.tumours().radius)).mean()
    prints = read_note(note_path("regression")).note.core.prints
    assert prints.strip().splitlines() == [
        "orthogonal: True",
        f"R² {fitted:.2f}, VIF of s1 {patients.inflation(table.features)[4]:.0f}",
        f"weight of s1: {plain_fit:.1f}, with ridge {steady:.1f}",
        f"log loss {loss:.2f}, odds ratio {np.exp(weight[1]):.1f}",
    ]


def test_the_best_line_is_that_of_scikit_learn(ask: Ask) -> None:
    points = np.random.default_rng(0).normal((9.0, 6.0), (3.0, 2.0), (12, 2))
    reference = LinearRegression().fit(points[:, :1], points[:, 1])
    best, cost = ask(("leastSquares", points), ("rss", points, [1.0, 0.5]))
    assert best == pytest.approx([reference.intercept_, reference.coef_[0]])
    assert cost == pytest.approx(((points[:, 1] - 1.0 - 0.5 * points[:, 0]) ** 2).sum())


def test_the_figure_has_the_lessons_sums() -> None:
    twelve = engel.twelve()
    start, solved = ask_demo("regression", figure(), "", FOUND[0])
    assert start.result["rss"] == pytest.approx(
        least_squares.rss(twelve.income, twelve.food, least_squares.flat(twelve.food))
    )
    assert start.result["share"] == pytest.approx(0, abs=1e-9)
    best = least_squares.fit(twelve.income, twelve.food)
    published = plain(figure())
    assert isinstance(published, dict) and published["best"] == pytest.approx(best, rel=1e-5)
    assert solved.result["best"] == pytest.approx(best, rel=1e-4)
    assert solved.result["share"] == pytest.approx(
        least_squares.r_squared(twelve.income, twelve.food, best), abs=1e-4
    )


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("regression", figure(), "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_nonsense_in_an_address_harms_nothing() -> None:
    for seen in ask_demo("regression", figure(), "left=NaN&right=1e99", "moved=1,2", "moved=40,1,1"):
        assert "NaN" not in seen.picture and "Infinity" not in seen.picture
