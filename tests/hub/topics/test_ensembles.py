"""The page of ensembles: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import AdaBoostClassifier
from sklearn.tree import DecisionTreeClassifier

from hub.note import note_path, read_note
from scenes.figure.ensembles import figure
from scenes.maths.ensembles import boosting
from tests.hub.asking import Ask, ask_demo

ENTRY = """
import { answer, boost, lean } from "./hub/demos/ensembles";
const calls: { [name: string]: (...args: any[]) => unknown } = { answer, boost, lean };
"""


def found() -> tuple[str, str, str]:
    """A state for each thing to be found by hand, as an address says it."""
    heaviest = len(boosting.moons()[0]) * boosting.shown().weights.max(axis=1)
    noisy = boosting.shown_flipped()
    which = boosting.flipped(boosting.moons()[1], 0)[1]
    at, number = np.unravel_index(np.argmax(noisy.weights[:, which]), noisy.weights[:, which].shape)
    return (
        f"round={int(np.argmax(heaviest > 20))}",
        "round=60",
        f"labels=noisy&round={at}&point={which[number]}",
    )


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    lines = read_note(note_path("ensembles")).note.core.prints.strip().splitlines()
    boosted = boosting.shown()
    table, true = boosting.unseen()
    wrong = ((boosted.lean(table) > 0) != true).mean()
    assert lines[:3] == [
        "alpha: " + " ".join(f"{alpha:.2f}" for alpha in boosted.alphas[:4]),
        f"heaviest point: {200 * boosted.weights[4].max():.1f} times the mean",
        f"60 stumps wrong on unseen points: {wrong:.1%}",
    ]


def test_the_figure_boosts_as_the_lesson_does(ask: Ask) -> None:
    start = figure()
    points, labels = boosting.moons()
    for name, told, given in (
        ("clean", boosting.shown(), labels),
        ("noisy", boosting.shown_flipped(), boosting.flipped(labels, 0)[0]),
    ):
        (rounds,) = ask(("boost", start["points"], given, start[name]))
        assert rounds["errors"] == pytest.approx(told.errors, abs=1e-6)
        assert rounds["alphas"] == pytest.approx(told.alphas, abs=1e-6)
        assert np.array(rounds["weights"]) == pytest.approx(told.weights, abs=1e-6)
        (lean,) = ask(("lean", start[name], told.alphas, 20, points[0]))
        assert lean == pytest.approx(told.lean(points[:1], 20)[0], abs=1e-6)


def test_the_votes_error_is_scikit_learns() -> None:
    points, labels = boosting.moons()
    base = DecisionTreeClassifier(max_depth=1, random_state=0)
    theirs = AdaBoostClassifier(base, n_estimators=60, random_state=0).fit(points, labels)
    (seen,) = ask_demo("ensembles", figure(), "round=60")
    assert seen.result["wrong"] == pytest.approx(1 - theirs.score(points, labels), abs=0.02)


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("ensembles", figure(), "round=0", *found())
    assert not any(start.found) and len(start.found) == len(found())
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(found())


def test_nonsense_in_an_address_harms_nothing() -> None:
    for seen in ask_demo("ensembles", figure(), "round=NaN&point=9999", "labels=x&round=-5", "round=1e99"):
        assert "NaN" not in seen.picture and "Infinity" not in seen.picture
