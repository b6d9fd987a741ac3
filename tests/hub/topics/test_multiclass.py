"""The page of multiclass: its code and its figure compute what the lesson computes."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy import special

from hub.note import note_path, read_note
from scenes.figure.multiclass import figure
from scenes.maths.multiclass import cost, flowers, logits, schemes
from tests.hub.asking import Ask, ask_demo

ENTRY = """
import { ask, pairs, softmax } from "./hub/demos/multiclass";
const calls: { [name: string]: (...args: any[]) => unknown } = { ask, pairs, softmax };
"""
FOUND = ("classes=5&x=8.89&y=0.06", "plan=pairs&classes=3&x=-0.11&y=-0.18", "plan=softmax&classes=6&x=0&y=0")
"""A state for each thing to be found by hand, as an address says it."""
PLACES = np.array([(0.0, 0.0), (2.0, 4.0), (-7.5, 1.0), (0.3, 0.1), (8.9, 0.06), (-0.11, -0.18)])


@cache
def drawn() -> dict[str, object]:
    """The numbers of the figure."""
    return figure()


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    prints = read_note(note_path("multiclass")).note.core.prints.strip().splitlines()
    schemes_of: tuple[tuple[str, flowers.Scheme], ...] = (
        ("one-vs-rest", "rest"),
        ("one-vs-one ", "pairs"),
        ("softmax    ", "softmax"),
    )
    assert prints[:3] == [f"irises, {name}: {flowers.unseen(kind)[0]:.3f}" for name, kind in schemes_of]
    points, labels = schemes.blobs(5)
    rest, pairs = schemes.one_vs_rest(points, labels), schemes.one_vs_one(points, labels)
    assert prints[3] == f"5 classes: {len(rest.offsets)} curtains, {len(pairs.offsets)} fences"
    scores = rest.scores(np.array([[0.3, 0.1]]))[0]
    votes = schemes.tally(pairs.scores(np.array([[0.3, 0.1]])) > 0, 5)[0]
    assert prints[4] == f"claims {(scores > 0).sum()}, argmax {scores.argmax()}, vote {votes.argmax()}"
    assert prints[5] == (
        f"probabilities {logits.softmax(logits.HAND).round(2)} loss {logits.loss(logits.HAND, 0):.2f}"
    )
    assert prints[6] == f"gradient {logits.gradient(logits.HAND, 0).round(2)}"


def test_pairs_and_softmax_are_those_of_the_mathematics(ask: Ask) -> None:
    three, six, shares = ask(("pairs", 3), ("pairs", 6), ("softmax", [0.3, -2.0, 40.0, 39.0]))
    assert three == [list(pair) for pair in schemes.pairs(3)]
    assert six == [list(pair) for pair in schemes.pairs(6)]
    assert shares == pytest.approx(special.softmax([0.3, -2.0, 40.0, 39.0]))


@pytest.mark.parametrize("classes", sorted(schemes.SEEDS))
@pytest.mark.parametrize("price", ["0.01", "1", "100"])
def test_the_figure_says_what_the_lesson_says(classes: int, price: str) -> None:
    points, labels = schemes.blobs(classes)
    rest, pairs, soft = (
        fit(points, labels, float(price))
        for fit in (schemes.one_vs_rest, schemes.one_vs_one, schemes.softmax)
    )
    plans = ("rest", "pairs", "softmax")
    asked = [f"classes={classes}&price={price}&x={x}&y={y}&plan={plan}" for x, y in PLACES for plan in plans]
    seen_all = ask_demo("multiclass", drawn(), *asked)
    for number, place in enumerate(PLACES):
        curtains, fences, shares = seen_all[3 * number : 3 * number + 3]
        scores = rest.scores(place[None])[0]
        assert curtains.result["values"] == pytest.approx(scores, abs=2e-3)
        assert curtains.result["first"] == np.flatnonzero(scores > 0).tolist()
        assert curtains.result["named"] == scores.argmax()
        votes = schemes.tally(pairs.scores(place[None]) > 0, classes)[0]
        assert fences.result["values"] == votes.tolist()
        most = np.flatnonzero(votes == votes.max())
        sums = schemes.sums(pairs, place[None], classes)[0]
        assert fences.result["named"] == most[sums[most].argmax()]
        assert shares.result["values"] == pytest.approx(logits.softmax(soft.scores(place[None])[0]), abs=3e-3)
        each = len(points) // classes
        for seen, bill in ((curtains, cost.rest(classes, each)), (fences, cost.pairs(classes, each))):
            assert (seen.result["models"], seen.result["rows"]) == (bill.models, bill.rows)


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("multiclass", drawn(), "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_nonsense_in_an_address_harms_nothing() -> None:
    wrong = ("classes=9&plan=x", "x=NaN&y=1e99", "price=-1&view=7", "classes=6&plan=pairs&x=99")
    for seen in ask_demo("multiclass", drawn(), *wrong):
        assert "NaN" not in seen.picture and "Infinity" not in seen.picture
