"""The page of calculus-optimization: its figure walks downhill as the lesson does."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.figure.calculus_optimization import figure
from scenes.maths.calculus_optimization import landscape, optimiser, race
from tests.hub.asking import Ask, ask_demo

ENTRY = """
import { height, slope, walk } from "./hub/demos/calculus-optimization";
const calls: { [name: string]: (...args: any[]) => unknown } = {
  heights: (map, points, figure) => points.map((point: any) => height(map, point, figure)),
  slopes: (map, points, figure) => points.map((point: any) => slope(map, point, figure)),
  walk: (state, figure) => walk(state, figure).points,
};
"""
VALLEY = {
    "map": "valley",
    "kind": "gd",
    "rate": 0.06,
    "beta": 0.9,
    "fog": "off",
    "x": -4.0,
    "y": 1.0,
    "steps": 40,
}
HOLLOWS = {**VALLEY, "map": "hollows", "rate": 0.05, "x": -2.0, "y": 0.8}
FOUND = (
    "rate=0.082&steps=100",
    "map=hollows&rate=0.05&x=1&y=0&steps=300",
    "map=hollows&kind=momentum&rate=0.01&beta=0.5&x=-2&y=0.8&steps=300",
)
"""A state for each thing to be found by hand, as an address says it."""


def plain_figure() -> dict[str, object]:
    return {name: np.asarray(value).tolist() for name, value in figure().items()}


def test_landscapes_and_slopes_are_the_lessons(ask: Ask) -> None:
    points = race.starts(5, 12)
    given = points.tolist()
    high, deep, steep, bent = ask(
        ("heights", "valley", given, plain_figure()), ("heights", "hollows", given, plain_figure()),
        ("slopes", "valley", given, plain_figure()), ("slopes", "hollows", given, plain_figure()),
    )  # fmt: skip
    np.testing.assert_allclose(high, landscape.valley(points))
    np.testing.assert_allclose(deep, landscape.toy(points))
    np.testing.assert_allclose(steep, landscape.valley_gradient(points))
    np.testing.assert_allclose(bent, landscape.toy_gradient(points))


@pytest.mark.parametrize("place", [VALLEY, HOLLOWS])
def test_walks_are_the_lessons(ask: Ask, place: dict[str, object]) -> None:
    gradient = landscape.valley_gradient if place["map"] == "valley" else landscape.toy_gradient
    rate = float(str(place["rate"]))
    start = np.array([float(str(place[axis])) for axis in "xy"])
    down, rolled, adapted = ask(
        ("walk", place, plain_figure()), ("walk", {**place, "kind": "momentum"}, plain_figure()),
        ("walk", {**place, "kind": "adam"}, plain_figure()),
    )  # fmt: skip
    np.testing.assert_allclose(down, optimiser.descend(gradient, start, rate, 40), atol=1e-9)
    np.testing.assert_allclose(rolled, optimiser.roll(gradient, start, rate, 0.9, 40), atol=1e-7)
    np.testing.assert_allclose(adapted, optimiser.adam(gradient, start, rate, 40).walk, atol=1e-7)


def test_the_limit_is_that_of_the_lesson() -> None:
    down, rolled, adapted = ask_demo(
        "calculus-optimization", figure(), "", "kind=momentum&beta=0.8", "kind=adam"
    )
    assert down.result["limit"] == pytest.approx(optimiser.largest_rate(25.0))
    assert rolled.result["limit"] == pytest.approx(optimiser.largest_rate(25.0, 0.8))
    assert adapted.result["limit"] is None


def test_all_that_is_to_be_found_can_be_found_and_nothing_else_finds_it() -> None:
    start, *states = ask_demo("calculus-optimization", figure(), "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_nonsense_in_an_address_harms_nothing() -> None:
    for seen in ask_demo(
        "calculus-optimization", figure(),
        "map=sea&kind=&rate=NaN&beta=9&fog=x&steps=-3&x=1e99&y=NaN",
        "map=valley&rate=0.4&steps=300&kind=momentum&beta=0.98", "map=hollows&rate=0.4&steps=300&fog=on",
    ):  # fmt: skip
        assert "NaN" not in seen.picture and "Infinity" not in seen.picture
