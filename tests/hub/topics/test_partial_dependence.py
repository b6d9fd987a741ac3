"""The page of partial-dependence: its code and its figure compute what the lesson computes."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from hub.note import note_path, read_note
from scenes.figure.partial_dependence import STEP, figure
from scenes.maths.partial_dependence import curves, hand, known, prices
from scenes.maths.partial_dependence.diamonds import HIGH, LOW
from tests.hub.asking import Ask, ask_demo

ENTRY = """
import { centred, meanOf } from "./hub/demos/partial-dependence";
const calls: { [name: string]: (...args: any[]) => unknown } = { centred, meanOf };
"""
LEAST = int((prices.opinion().curves[:, HIGH].round(2) - prices.opinion().curves[:, LOW].round(2)).argmin())
DEAREST = int(prices.opinion().curves[:, 7].argmax())
FOUND = (f"stone={LEAST}&at=6", "feature=weight&at=0", f"stone={DEAREST}&at=7")
"""A state for each thing to be found by hand, as an address says it."""


@cache
def drawn() -> dict[str, object]:
    """The numbers of the figure."""
    return figure()


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    prints = read_note(note_path("partial-dependence")).note.core.prints.strip().splitlines()
    gains = curves.centred(hand.forced(), 0)[:, 1]
    assert prints[0] == f"three stones, means: {hand.forced().mean(axis=0)} centred: {gains}"
    case = known.twins(0)
    for line, words, which in zip(
        prints[1:4],
        ("rise of x2: truth", "partial dependence", "local effects"),
        ("truth", "pd", "ale"),
        strict=True,
    ):
        assert line == f"{words} {case.rise(which):.2f}"
    assert prints[4] == "as scikit-learn: True"


def test_means_and_centred_curves_are_those_of_the_mathematics(ask: Ask) -> None:
    made = hand.forced()
    mean, tied = ask(("meanOf", made.tolist()), ("centred", made[2].tolist(), 0))
    assert mean == pytest.approx(made.mean(axis=0)) and tied == pytest.approx(curves.centred(made, 0)[2])


@pytest.mark.parametrize("stone", [0, 3, 299])
def test_the_figure_says_what_the_lesson_says(stone: int) -> None:
    said, quarrel = prices.opinion(), prices.quarrel()
    clarity, weight = ask_demo(
        "partial-dependence", drawn(), f"stone={stone}&at=6", f"feature=weight&stone={stone}&at=17"
    )
    assert clarity.result["curve"] == pytest.approx(said.curves[stone], abs=0.006)
    assert clarity.result["mean"] == pytest.approx(said.mean, abs=0.002)
    assert clarity.result["rise"] == pytest.approx(said.fan[stone, HIGH], abs=0.011)
    assert clarity.result["meanRise"] == pytest.approx(said.fan[:, HIGH].mean(), abs=0.002)
    assert clarity.result["aleRise"] == pytest.approx(said.effects[HIGH] - said.effects[LOW], abs=0.002)
    own = quarrel.curves[0, stone, ::STEP]
    assert weight.result["curve"] == pytest.approx(own, abs=0.006)
    assert weight.result["rise"] == pytest.approx(own[7] - own[0], abs=0.011)
    assert weight.result["meanRise"] == pytest.approx(quarrel.rise(0.3, 1.0)[0], abs=0.002)
    assert weight.result["aleRise"] == pytest.approx(quarrel.effects[0].rise(0.3, 1.0), abs=0.002)
    assert weight.result["alone"] == pytest.approx(quarrel.lonely[-1])


def test_the_grid_of_weight_has_the_values_that_are_told() -> None:
    assert prices.GRID[::STEP][[0, 7, -1]] == pytest.approx([0.3, 1.0, 2.0])
    assert np.diff(prices.GRID[::STEP]) == pytest.approx(0.1)


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("partial-dependence", drawn(), "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_nonsense_in_an_address_harms_nothing() -> None:
    wrong = ("feature=9&view=x", "stone=NaN&at=1e99", "stone=-5&at=-1", "feature=weight&at=99&colour=3")
    for seen in ask_demo("partial-dependence", drawn(), *wrong):
        assert "NaN" not in seen.picture and "Infinity" not in seen.picture
