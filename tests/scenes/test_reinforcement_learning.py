"""The lesson reinforcement-learning: what is said is what was computed, and what the catalog promises is taught."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from render.catalog import load_catalog
from render.easel import perform, set_canvas
from render.timeline import Beat, Chapter
from render.voice import SilentPace
from scenes.maths import dqn, gridworld, policy, qlearning

pytestmark = pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")

ROOT = Path(__file__).parents[2]
NUMERAL = re.compile(r"\d+(?:\.\d+)?")
IN_WORDS = {
    "two hundred and eighty": 280, "two hundred": 200, "seventy-five": 75, "twenty-five": 25, "thirty-two": 32,
    "ten thousand": 10_000, "a thousand": 1000, "nine tenths": 0.9, "almost six-fold": 6, "one in four": 4,
    "all hundred": 100, "tenth": 10, "eleventh": 11, "eight tiles": 8, "forty bags": 40, "twenty runs": 20,
    "all twenty": 20, "five of twenty": 5, "one move in ten": 10, "ten steps": 10, "three": 3,
}  # fmt: skip

WORLD = gridworld.read_map()
SWEEPS = gridworld.iterate_values(WORLD)
TRUTH_Q = SWEEPS.q[-1]
RUN = qlearning.learn(WORLD, 9)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Chapter]:
    """The chapters by name, told dry at the silent pace."""
    set_canvas(320, 180, 15, tmp_path_factory.mktemp("canvas"))
    lesson = perform("scenes.reinforcement_learning", None, voice=SilentPace())
    return {chapter.name: chapter for chapter in lesson.told}


def beats(told: dict[str, Chapter]) -> Iterator[tuple[str, Beat]]:
    return ((name, beat) for name, chapter in told.items() for beat in chapter.beats)


# Truth


def knowing(trips: int) -> int:
    return int((RUN.q[trips].max(axis=1) > 0.01).sum())


def right(q: np.ndarray) -> int:
    return int(gridworld.right_moves(WORLD, q, TRUTH_Q).sum())


@cache
def trial(name: str) -> qlearning.Trial:
    return qlearning.try_schedule(name)


def reached(name: dqn.Name, seed: int = 1) -> float:
    painting = dqn.paint(seed)
    return 100 * float(painting.reached[painting.row(name)])


def largest(name: dqn.Name) -> np.ndarray:
    painting = dqn.paint()
    return np.asarray(painting.largest[:, painting.row(name)])


@cache
def rival(clip: float | None) -> policy.Drift:
    return policy.ppo(WORLD, 7, clip=clip)


def ratio_of_variances() -> float:
    plain, less = policy.throw_darts().spread()
    return round(plain / less)


def arrows() -> int:
    painting = dqn.paint()
    return (
        right(RUN.q[-1]) + right(painting.q[painting.row("both")]) + right(rival(policy.CLIP).climb.theta[-1])
    )


TRUTH = {
    "one_point_very_late": {
        "two hundred and eighty": lambda: len(RUN.trips[0].moves),
        "nine tenths": lambda: gridworld.DISCOUNT,
        "ten steps": lambda: len(gridworld.shortest_way(WORLD, WORLD.start)) - 1,
        "0.39": lambda: SWEEPS.value[-1][WORLD.start],
    },
    "worth_borrows_from_its_neighbour": {
        "nine tenths": lambda: SWEEPS.value[-1][WORLD.tile(0, 4)],
        "tenth": lambda: (SWEEPS.value[:, WORLD.start] > 0).argmax(),
        "eleventh": lambda: 1 + (np.abs(SWEEPS.value - SWEEPS.value[-1]).max(axis=1) == 0).argmax(),
    },
    "good_news_walks_backwards": {
        "all hundred": lambda: 4 * len(WORLD.live),
        "280": lambda: len(RUN.trips[0].moves),
        "0.50": lambda: RUN.q[1].max(),
        "nine tenths": lambda: qlearning.pulls(WORLD, RUN, WORLD.tile(2, 6), 0)[0].target / 0.5,
        "eight tiles": lambda: knowing(10),
        "twenty-five": lambda: min(knowing(20), right(RUN.q[-1])),
        "two hundred": lambda: len(RUN.trips),
        "0.002": lambda: np.ceil(1000 * qlearning.errors(RUN, TRUTH_Q)[-1]) / 1000,
    },
    "the_greedy_never_find_out": {
        "one move in ten": lambda: 1 / qlearning.one_in_ten(1),
        "two hundred": lambda: qlearning.TRIPS,
        "twenty runs": lambda: len(trial("greedy").error),
        "1": lambda: np.median(trial("greedy").error),
        "0.9": lambda: np.median(trial("tenth").error),
        "0.001": lambda: np.median(trial("wander").error),
        "twenty-five": lambda: trial("wander").right.min(),
        "all twenty": lambda: (trial("wander").right == 25).sum(),
        "ten thousand": lambda: round(trial("wander").steps.mean(), -3),
        "2.3": lambda: trial("greedy").steps.mean() / 1000,
        "2.4": lambda: trial("tenth").steps.mean() / 1000,
    },
    "a_net_stands_on_its_own_wet_paint": {
        "911": lambda: largest("replay").max() / 1000,
        "two hundred": lambda: dqn.Lesson().copy,
        "thirty-two": lambda: dqn.Lesson().batch,
        "1.05": lambda: largest("both")[-1],
        "99": lambda: reached("both"),
        "3": lambda: reached("replay"),
        "18": lambda: reached("target"),
        "86": lambda: reached("both", 0),
        "69": lambda: reached("both", 2),
    },
    "push_what_paid_on_average": {
        "a thousand": lambda: len(policy.throw_darts().plain),
        "one in four": lambda: round(1 / policy.throw_darts().backward()[0]),
        "almost six-fold": ratio_of_variances,
        "forty bags": lambda: 40,
        "0.60": lambda: policy.reinforce(WORLD, np.random.default_rng(7), 40).score[-1],
        "0.66": lambda: policy.best_score(WORLD),
    },
    "do_not_leave_your_evidence": {
        "ten steps": lambda: len(rival(None).ratio) - 1,
        "three": lambda: np.floor(rival(None).ratio[-1].max()),
        "forty bags": lambda: len(rival(None).climb.score) - 1,
        "0.04": lambda: rival(None).climb.score[-1],
        "1.2": lambda: 1 + policy.CLIP,
        "0.8": lambda: 1 - policy.CLIP,
        "2.06": lambda: rival(policy.CLIP).ratio[-1].max(),
        "0.66": lambda: rival(policy.CLIP).climb.score[-1],
        "five of twenty": lambda: (policy.compete().free[:, -1] < 0.5).sum(),
        "0.5": lambda: 0.5,
        "0.60": lambda: policy.compete().clipped[:, -1].min(),
    },
    "light_from_the_goal": {
        "seventy-five": arrows,
        "nine tenths": lambda: gridworld.DISCOUNT,
    },
}


@pytest.mark.parametrize(("name", "number"), [(name, number) for name in TRUTH for number in TRUTH[name]])
def test_a_spoken_number_is_the_computed_one(name: str, number: str) -> None:
    computed = float(TRUTH[name][number]())
    decimals = len(number.partition(".")[2]) if number[0].isdigit() else 9
    shown = float(number) if number[0].isdigit() else float(IN_WORDS[number])
    # Half a unit of the last place spoken, and a hair for what lies exactly between.
    assert computed == pytest.approx(shown, abs=0.5 * 10**-decimals + 1e-9)


def test_every_number_that_is_spoken_is_held_against_the_maths(told: dict[str, Chapter]) -> None:
    for name, beat in beats(told):
        said = set(NUMERAL.findall(beat.text))
        said |= {
            word for word in ("seventy-five", "twenty-five", "thirty-two") if word in beat.text.casefold()
        }
        assert said <= set(TRUTH[name]), f"{name}: {sorted(said - set(TRUTH[name]))} in {beat.text!r}"


def test_every_number_of_the_table_is_spoken(told: dict[str, Chapter]) -> None:
    for name, truths in TRUTH.items():
        text = " ".join(beat.text for beat in told[name].beats).casefold()
        assert [number for number in truths if not re.search(rf"\b{re.escape(number)}\b", text)] == []


def test_the_frozen_policy_faces_walls() -> None:
    chances = policy.shares(rival(None).climb.theta[-1])[WORLD.live]
    bumps = WORLD.after[WORLD.live] == WORLD.live[:, None]
    assert ((chances * bumps).sum(axis=1) > 0.5).sum() >= 3


def test_the_greedy_keep_arrows_that_are_wrong() -> None:
    rights = [
        right(qlearning.learn(WORLD, 9, qlearning.SCHEDULES[name]).q[-1])
        for name in ("greedy", "tenth", "wander")
    ]
    assert rights == [22, 24, 25]


def test_with_a_baseline_hardly_a_dart_points_back() -> None:
    assert policy.throw_darts().backward()[1] < 0.005


# What is taught, and how


def test_the_chapters_teach_what_the_catalog_promises(told: dict[str, Chapter]) -> None:
    topics = load_catalog(ROOT / "catalog.yaml").topics
    promised = next(topic for topic in topics if topic.slug == "reinforcement-learning")
    taught = [item for chapter in told.values() for item in chapter.explains]
    assert sorted(taught) == sorted(promised.explains)


def test_no_sentence_is_longer_than_a_breath(told: dict[str, Chapter]) -> None:
    for name, beat in beats(told):
        for sentence in re.split(r"(?<=[.?!])\s+", beat.text):
            assert len(sentence.split()) <= 22, f"{name}: {sentence}"


def test_chapters_and_lesson_keep_their_lengths(told: dict[str, Chapter]) -> None:
    assert 5 <= len(told) <= 9
    for name, chapter in told.items():
        assert 20 <= chapter.seconds <= 90, f"{name} lasts {chapter.seconds:.0f} s"
    assert 240 <= sum(chapter.seconds for chapter in told.values()) <= 490
