"""The page of hyperparameter-tuning: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest
from playwright.sync_api import expect
from scipy.stats import norm

from hub.note import note_path, read_note
from scenes.figure.hyperparameter_tuning import figure
from scenes.maths.hyperparameter_tuning import forest, search, surrogate
from scenes.maths.hyperparameter_tuning.landscape import EPSILON, GAMMAS, NEAR, landscape
from tests.hub.asking import Ask, ask_demo
from tests.hub.conftest import Visit
from tests.hub.topics.figure import ready

ENTRY = """
import { expectedImprovement, normal, posterior, search, shuffled } from "./hub/demos/hyperparameter-tuning";
const calls: { [name: string]: (...args: any[]) => unknown } =
  { search, shuffled, expectedImprovement, normal, posterior };
"""
FOUND = ("start=16&paid=9", "strategy=bayes&start=1&paid=6", "strategy=own&start=2&own=98,99,100")
"""A state for each thing to be found by hand, as an address says it."""


@cache
def drawn() -> dict[str, object]:
    """The numbers of the figure."""
    return figure()


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    prints = read_note(note_path("hyperparameter-tuning")).note.core.prints.strip().splitlines()
    scores, rows = landscape().scores, search.along_slice(10)
    grid = [
        scores[search.nearest([gamma])[0], column] for gamma in (-5.2, -3.5, -1.8) for column in (1, 4, 7)
    ]
    assert prints[0] == f"grid  : 9 trials, 3 values of gamma, best {max(grid):.3f}"
    assert prints[1].startswith("random: 9 trials, 9 values of gamma, best 0.9")
    assert prints[2] == f"picked {GAMMAS[rows[3:]].round(2)} best {scores[rows, search.SLICE].max():.3f}"


def test_the_normal_distribution_is_that_of_scipy(ask: Ask) -> None:
    places = np.linspace(-9, 9, 73)
    assert ask(*(("normal", float(z)) for z in places)) == pytest.approx(
        norm.cdf(places), rel=1e-9, abs=1e-15
    )


def test_the_gaussian_process_is_that_of_the_lesson(ask: Ask) -> None:
    places = forest.places()
    cells = forest.shuffled(3, 7)
    scores = forest.forest().scores.ravel()[cells]
    (belief,) = ask(("posterior", places[cells], scores, places, list(forest.LENGTHS)))
    own = surrogate.posterior(places[cells], scores, places, forest.LENGTHS)
    assert belief["mean"] == pytest.approx(own.mean, abs=1e-9)
    assert belief["deviation"] == pytest.approx(own.deviation, abs=1e-6)
    (gain,) = ask(("expectedImprovement", belief, float(scores.max())))
    assert gain == pytest.approx(surrogate.expected_improvement(own, float(scores.max())), abs=1e-9)


@pytest.mark.parametrize("name", list(forest.SEARCHES))
def test_each_search_pays_for_what_the_lesson_pays_for(name: str, ask: Ask) -> None:
    made = {key: np.asarray(value).tolist() if key != "hits" else value for key, value in drawn().items()}
    found = ask(*(("search", name, start, made) for start in range(forest.STARTS)))
    for start, paid in enumerate(found):
        assert [tuple(trial) for trial in paid] == forest.SEARCHES[name](start)


def test_the_figure_says_what_a_search_has_found() -> None:
    table, best = forest.forest(), forest.forest().scores.max()
    asked = [
        f"strategy={name}&start={start}&paid=9&map=shown" for name in forest.SEARCHES for start in (1, 7, 16)
    ]
    seen = iter(ask_demo("hyperparameter-tuning", drawn(), *asked))
    for name in forest.SEARCHES:
        for start in (1, 7, 16):
            state = next(seen)
            score = forest.best(forest.SEARCHES[name](start - 1))
            assert state.result["score"] == pytest.approx(score)
            assert state.result["near"] == (score >= best - NEAR - EPSILON)
            cell = state.result["best"]
            assert table.scores.ravel()[cell] == pytest.approx(score)
            unseen = f"{table.unseen.ravel()[cell] / len(forest.digits()[3]):.3f}"
            assert state.readouts["best so far, on unseen digits"] == unseen
            assert ("misses" in state.said) == (not state.result["near"])


def test_what_is_spent_is_what_was_trained() -> None:
    asked = [f"strategy=halving&start=1&paid={paid}" for paid in range(10)]
    counts = [len(state.result["trials"]) for state in ask_demo("hyperparameter-tuning", drawn(), *asked)]
    assert counts == [0, 9, 18, 27, 30, 33, 36, 37, 38, 39]
    paid = forest.by_halving(0)
    assert sum(forest.SHARES[share] for _, share in paid) == pytest.approx(forest.TRIALS)


def test_a_grid_sees_three_depths_and_the_hits_are_those_of_the_lesson() -> None:
    grid, random = ask_demo("hyperparameter-tuning", drawn(), "paid=9", "strategy=random&paid=9")
    assert (grid.result["depths"], grid.result["costs"]) == (3, 3)
    assert random.result["depths"] > 3
    hits = drawn()["hits"]
    assert isinstance(hits, dict)
    assert hits["grid"] == pytest.approx(forest.hits("grid", forest.STARTS))
    assert hits["grid"] < hits["random"] < hits["bayes"]


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("hyperparameter-tuning", drawn(), "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_visitors_pay_by_mouse_and_by_keys(visit: Visit) -> None:
    page = visit("hyperparameter-tuning/")
    figure_ = ready(page)
    view = page.locator(".demo-view")
    figure_.get_by_role("radio", name="You", exact=True).check()
    expect(view).to_have_attribute("aria-label", re.compile("0 of 9 trainings"))
    box = page.locator(".demo-picture").bounding_box()
    assert box
    page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"])
    expect(view).to_have_attribute("aria-label", re.compile("1 of 9 trainings"))
    cell = figure_.locator(".grip").first
    cell.focus()
    cell.press("ArrowUp")
    cell.press("Enter")
    expect(view).to_have_attribute("aria-label", re.compile("2 of 9 trainings"))
    figure_.get_by_role("button", name="Begin again").click()
    expect(view).to_have_attribute("aria-label", re.compile("Nothing is known yet"))
