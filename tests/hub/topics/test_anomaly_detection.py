"""The page of anomaly-detection: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from hub.note import note_path, read_note
from scenes.figure.anomaly_detection import CLOUDS, GAMMAS, NUS, figure, points_of
from scenes.maths.anomaly_detection import fences, frontier, isolation, neighbours, scores
from tests.hub.asking import Ask, ask_demo

ENTRY = """
import { beyond, drowned, lengths, lof, usual, zScores } from "./hub/demos/anomaly-detection";
const calls: { [name: string]: (...args: any[]) => unknown } = { beyond, drowned, lengths, lof, usual, zScores };
"""
FOUND = ("data=crowds&x=0.9&y=0.9", "data=swarm&x=3.9&y=3.3&k=60", "x=0&y=0")
"""A state for each thing to be found by hand, as an address says it."""


def placed(name: str) -> np.ndarray:
    """(n + 1, 2): the points of a cloud, and the dot where it starts."""
    return np.concatenate([points_of(name), [CLOUDS[name][2]]])


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    prints = read_note(note_path("anomaly-detection")).note.core.prints
    readings = [*fences.HAND, fences.STRANGER]
    path = isolation.lone_paths().mean()
    lines = [
        f"16 among six readings: z = {fences.z_scores(readings)[-1]:.1f}, Tukey fence at {fences.tukey(readings)[1]:g}",
        f"lone dot: {path:.1f} cuts, score {float(isolation.score(path, 257)):.2f}",
    ]
    for name, detector in (("forest", "isolation"), ("LOF", "LOF"), ("One-Class SVM", "One-Class SVM")):
        score = scores.scored(detector)
        lines.append(f"{name}: rank {neighbours.rank(score, isolation.LONE)} of {len(score)}")
    assert prints.strip().splitlines() == lines


@pytest.mark.parametrize("name", list(CLOUDS))
def test_z_scores_and_fences_are_the_lessons(ask: Ask, name: str) -> None:
    points = placed(name)
    z, over = ask(("zScores", points), ("beyond", points))
    assert z == pytest.approx(np.max([np.abs(fences.z_scores(column)) for column in points.T], axis=0))
    flagged = np.any([fences.beyond(column) for column in points.T], axis=0)
    assert np.array_equal(np.array(over) > fences.REACH, flagged)


@pytest.mark.parametrize("k", [2, 20, 60])
@pytest.mark.parametrize("name", list(CLOUDS))
def test_factors_are_the_lessons(ask: Ask, name: str, k: int) -> None:
    points = placed(name)
    (found,) = ask(("lof", points, k))
    assert found["factors"] == pytest.approx(neighbours.lof(points, k).factors)


def test_path_lengths_are_those_of_the_lessons_trees(ask: Ask) -> None:
    found, usual = ask(("lengths", placed("dots"), 257), ("usual", 257))
    assert usual == pytest.approx(isolation.usual_length(257))
    assert found[-1] == pytest.approx(isolation.lone_paths().mean(), abs=0.5)
    assert np.mean(found[:-1]) == pytest.approx(isolation.crowd_paths().mean(), abs=0.4)


@pytest.mark.parametrize("nu", NUS)
def test_the_water_stands_where_the_lessons_machine_has_it(ask: Ask, nu: float) -> None:
    points = points_of("crowds")
    known = frontier.train(points, nu, GAMMAS["crowds"])
    machine = {"rows": known.rows, "weights": known.weights.tolist(), "rho": known.rho, "shore": []}
    (found,) = ask(("drowned", points, machine, points, known.gamma))
    assert found == pytest.approx(known.rho - known.heights(points))


@pytest.mark.parametrize("nu", NUS)
@pytest.mark.parametrize("name", list(CLOUDS))
def test_no_frontier_of_the_figure_has_a_hole(name: str, nu: float) -> None:
    """Outside is one piece, so no dot in the midst of a crowd is called odd; beside the tight crowd it is outside."""
    points = points_of(name)
    found = frontier.train(points, nu, GAMMAS[name])
    low, high = points.min(axis=0) - 3, points.max(axis=0) + 3
    heights = found.over(*np.meshgrid(np.linspace(low[0], high[0], 160), np.linspace(low[1], high[1], 160)))
    assert ndimage.label(heights < found.rho)[1] == 1
    if name == "crowds":
        assert found.outside(np.array([CLOUDS[name][2]])).all()


def test_the_figure_starts_with_the_lone_dot_first_by_each_score() -> None:
    (start,) = ask_demo("anomaly-detection", figure(), "")
    assert start.result["ranks"] == [1, 1, 1, 1, 1]
    assert start.result["total"] == len(isolation.cloud())
    assert len(start.result["cuts"]) == start.state["cuts"] == 3
    assert start.result["path"] == pytest.approx(isolation.lone_paths().mean(), abs=0.5)


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("anomaly-detection", figure(), "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_nonsense_in_an_address_harms_nothing() -> None:
    wrong = ("x=NaN&y=1e99", "data=none&score=x&k=-3", "sample=7&nu=9&cuts=NaN", "data=swarm&k=1e9")
    for seen in ask_demo("anomaly-detection", figure(), *wrong):
        assert "NaN" not in seen.picture and "Infinity" not in seen.picture
