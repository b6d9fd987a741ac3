"""The figure of probability and statistics averages what the lesson averages, and predicts what its maths predicts."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from scenes.figure.__main__ import plain
from scenes.figure.probability_statistics import KNOWN, figure
from scenes.maths.probability_statistics import averages, visits
from tests.hub.asking import Ask, Seen, ask_demo

ENTRY = """
import { edges, inverse, moments, rain } from "./hub/demos/probability-statistics";
const calls: { [name: string]: (...args: any[]) => unknown } = {
  moments,
  edges,
  rain: (state, figure) => rain(state, figure.tally),
  inverse: (source, figure, chances) => chances.map(inverse(source, figure.tally)),
};
"""
FOUND = ("n=100&drops=5000", "n=100&drops=2000", "source=cauchy&n=100&drops=2000")


def look(*fragments: str) -> list[Seen]:
    return ask_demo("probability-statistics", figure(), *fragments)


def test_sources_are_those_of_scipy() -> None:
    for name, model in (
        ("coin", stats.bernoulli(0.5)),
        ("uniform", stats.uniform()),
        ("exponential", stats.expon()),
    ):
        mean, variance, skewness = (float(each) for each in model.stats("mvs"))
        assert KNOWN[name] == pytest.approx((mean, variance**0.5, skewness))
    assert not np.isfinite(stats.cauchy().stats("mv")).any()


def test_draws_are_quantiles(ask: Ask) -> None:
    chances = np.array([0.01, 0.2, 0.4, 0.7, 0.95])
    given = plain(figure())
    found = ask(
        *(("inverse", source, given, chances) for source in ("uniform", "exponential", "cauchy", "visits"))
    )
    for got, model in zip(found, (stats.uniform(), stats.expon(), stats.cauchy()), strict=False):
        np.testing.assert_allclose(got, model.ppf(chances), rtol=1e-9)
    wanted = np.quantile(visits.visits(), chances, method="inverted_cdf")
    assert found[3] == wanted.tolist()


def test_moments_are_those_of_scipy(ask: Ask) -> None:
    values = np.random.default_rng(0).exponential(size=500)
    (found,) = ask(("moments", values))
    assert found["mean"] == pytest.approx(values.mean())
    assert found["deviation"] == pytest.approx(values.std())
    assert found["skewness"] == pytest.approx(stats.skew(values))


def test_averages_of_visits_have_what_the_lesson_predicts() -> None:
    (seen,) = look("source=visits&n=100&drops=10000")
    predicted, measured = seen.result["predicted"], seen.result["measured"]
    assert predicted["mean"] == pytest.approx(visits.visits().mean(), rel=1e-5)
    assert predicted["deviation"] == pytest.approx(averages.standard_error(100), rel=1e-5)
    assert predicted["skewness"] == pytest.approx(averages.skewness(100), rel=1e-5)
    assert measured["mean"] == pytest.approx(predicted["mean"], abs=4 * predicted["deviation"] / 100)
    assert measured["deviation"] == pytest.approx(predicted["deviation"], rel=0.04)
    assert measured["skewness"] == pytest.approx(predicted["skewness"], abs=0.15)


def test_more_drops_go_on_from_those_that_fell(ask: Ask) -> None:
    state = {"source": "exponential", "n": 7, "seed": 3}
    few, many = ask(
        ("rain", {**state, "drops": 20}, plain(figure())), ("rain", {**state, "drops": 60}, plain(figure()))
    )
    assert many[:20] == few and len(many) == 60


def test_bins_hold_equally_many_possible_averages(ask: Ask) -> None:
    for source, n, span in (
        ("visits", 30, (-0.5, 14.5)),
        ("coin", 200, (0.36, 0.64)),
        ("visits", 1, (-0.5, 14.5)),
    ):
        (found,) = ask(("edges", list(span), source, n))
        width = np.diff(found)
        np.testing.assert_allclose(width * n, np.round(width * n), atol=1e-6)
        assert abs((found[0] * n) % 1 - 0.5) < 1e-6
        assert found[0] <= span[0] and found[-1] >= span[1] - width[0]


def test_averages_of_cauchy_draws_do_not_gather() -> None:
    (seen,) = look("source=cauchy&n=100&drops=10000")
    assert seen.result["predicted"] is None
    quartiles = np.quantile(seen.result["means"], [0.25, 0.75])
    assert quartiles == pytest.approx([-1, 1], abs=0.08)
    assert "nothing is predicted" in seen.said


def test_each_thing_to_be_found_can_be_found() -> None:
    start, *states = look("", *FOUND)
    assert not any(start.found)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_nonsense_in_an_address_harms_nothing() -> None:
    for seen in look(
        "source=dice&n=-4&drops=NaN&scale=&seed=1e99", "source=coin&n=1&drops=0&scale=root", "drops=1"
    ):
        assert "NaN" not in seen.picture and "Infinity" not in seen.picture
        assert seen.state["n"] >= 1
