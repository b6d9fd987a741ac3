"""The page of feature-importance: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest

from hub.note import note_path, read_note
from scenes.figure.feature_importance import figure
from scenes.maths.feature_importance import selected, shapley, twenty
from scenes.maths.feature_importance.patients import BLOOD, MASS, NAMES, TICKET
from tests.hub.asking import Ask, ask_demo

ENTRY = """
import { beside, means, nearest, ranked } from "./hub/demos/feature-importance";
const calls: { [name: string]: (...args: any[]) => unknown } = { beside, means, nearest, ranked };
"""
RULES = ("impurity", "permutation", "drop", "shap")


@cache
def drawn() -> dict[str, object]:
    """The numbers of the figure."""
    return figure()


def other_top() -> int:
    """A patient whose largest SHAP value is neither body mass nor s5."""
    top = np.abs(shapley.of_split(0).values).argmax(axis=1)
    return int(np.flatnonzero(~np.isin(top, (MASS, BLOOD)))[0])


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    prints = read_note(note_path("feature-importance")).note.core.prints.strip().splitlines()
    kept = twenty.kept()
    assert prints[0] == f"baseline score {kept['score'][0]:.3f}"
    for text, column in zip(prints[1:4], (MASS, BLOOD, TICKET), strict=True):
        assert text.startswith(NAMES[column])
        impurity, shuffled, dropped = map(float, re.findall(r"-?\d\.\d\d", text))
        assert impurity == round(float(kept[f"impurity {NAMES[column]}"][0]), 2)
        assert shuffled == pytest.approx(kept[f"permutation {NAMES[column]}"][0], abs=0.05)  # other shuffles
        assert dropped == pytest.approx(kept[f"drop {NAMES[column]}"][0], abs=0.0051)
    mass, pressure = shapley.by_orders(shapley.HAND, 2)
    assert prints[4] == str({"m": float(mass), "p": float(pressure)})
    first, inside = selected.leak()[0]
    assert prints[5] == f"chance: selected first {first:.2f}, inside the folds {inside:.2f}"


def test_means_and_ranks_are_numpys(ask: Ask) -> None:
    table = twenty.paid("drop")
    means, ranks = ask(("means", table), ("ranked", table.mean(axis=0)))
    assert means == pytest.approx(table.mean(axis=0))
    assert ranks == np.argsort(-table.mean(axis=0)).tolist()


def test_neighbours_are_those_by_prediction(ask: Ask) -> None:
    said = [30.0, 10.0, 20.0]
    assert ask(
        ("nearest", said, 18), ("beside", said, 1, 1), ("beside", said, 0, 5), ("beside", said, 1, -1)
    ) == [
        2,
        2,
        0,
        1,
    ]


@pytest.mark.parametrize("rule", RULES)
def test_the_figure_pays_what_the_lesson_pays(rule: str) -> None:
    plain, twice = ask_demo("feature-importance", drawn(), f"rule={rule}", f"rule={rule}&twin=on")
    mean = twenty.paid(rule).mean(axis=0)
    close = 0.01 if rule == "shap" else 1e-4
    assert {bar["name"]: bar["to"] for bar in plain.result["bars"]} == pytest.approx(
        dict(zip(NAMES, mean, strict=True)), abs=close
    )
    assert [bar["name"] for bar in plain.result["bars"][:2]] == [
        NAMES[each] for each in np.argsort(-mean)[:2]
    ]
    assert plain.result["below"] == int((mean[:TICKET] < mean[TICKET]).sum())
    told = [bar["to"] for bar in twice.result["bars"]]
    assert told[:3] == pytest.approx([mean[MASS], *twenty.twin(rule).mean(axis=0)], abs=close)
    if rule in ("permutation", "drop"):
        assert told[3] == pytest.approx(twenty.kept()[f"twin {rule} both"].mean(), abs=close)


@pytest.mark.parametrize("patient", [0, 7, 132])
def test_shares_of_a_patient_add_up(patient: int) -> None:
    (seen,) = ask_demo("feature-importance", drawn(), f"rule=patient&patient={patient}")
    told = shapley.of_split(0)
    bars = seen.result["bars"]
    assert bars[0]["to"] == pytest.approx(told.base, abs=0.01)
    assert bars[-2]["to"] == pytest.approx(told.said[patient], abs=0.1)
    assert bars[-1]["to"] == pytest.approx(told.said[patient], abs=0.01)
    assert {bar["name"]: bar["to"] - bar["from"] for bar in bars[1:-1]} == pytest.approx(
        dict(zip(NAMES, told.values[patient], strict=True)), abs=0.01
    )


def test_all_that_is_to_be_found_can_be_found() -> None:
    found = ("rule=impurity", "rule=drop&twin=on", f"rule=patient&patient={other_top()}")
    start, *states = ask_demo("feature-importance", drawn(), "rule=permutation", *found)
    assert not any(start.found) and len(start.found) == len(found)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(found)


def test_nonsense_in_an_address_harms_nothing() -> None:
    wrong = ("rule=x&twin=7", "patient=NaN&rule=patient", "patient=1e9&rule=patient&twin=on", "patient=-3.7")
    for seen in ask_demo("feature-importance", drawn(), *wrong):
        assert "NaN" not in seen.picture and "Infinity" not in seen.picture
