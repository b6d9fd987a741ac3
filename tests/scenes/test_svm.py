"""The lesson svm: what is said is what was computed, and what the catalog promises is taught."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from render.catalog import load_catalog
from render.easel import perform, set_canvas
from render.profile import TICKS_PER_SECOND
from render.timeline import Beat, Chapter
from render.voice import SilentPace, voice_named
from scenes.kit.lesson import Lesson
from scenes.maths import kernel, neighbour, svm, tube
from scenes.maths.flower import Measure, Species, irises

pytestmark = pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")

ROOT = Path(__file__).parents[2]
NUMERAL = re.compile(r"\d+(?:\.\d+)?")
IN_WORDS = {
    "ninety-seven": 97, "sixty-seven": 67, "twenty-seven": 27, "forty-seven": 47, "ninety-nine": 99,
    "hundred": 100, "thousand": 1000, "ninety": 90, "five hundred": 500, "six": 6, "three": 3, "twenty": 20,
}  # fmt: skip


class Clock:
    """Listens to every play of a telling, and notes how long a picture stood before something moved."""

    def __init__(self) -> None:
        self.stood: list[tuple[float, str]] = []
        self._still = 0

    def follow(self, lesson: Lesson, ticks: int) -> None:
        if lesson.is_current_animation_frozen_frame():
            self._still += ticks
        else:
            self.stood.append((self._still / TICKS_PER_SECOND, f"before line {_line(lesson)}"))
            self._still = 0


def _line(lesson: Lesson) -> int:
    return lesson._beats[-1].line if lesson._beats else 0


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Chapter], Clock]:
    """The chapters by name, told dry at the silent pace, and how long pictures stood."""
    set_canvas(320, 180, 15, tmp_path_factory.mktemp("canvas"))
    clock, play = Clock(), Lesson.play

    def timed(lesson: Lesson, *animations: object, **options: object) -> None:
        begin = lesson.tick
        play(lesson, *animations, **options)
        clock.follow(lesson, lesson.tick - begin)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Lesson, "play", timed)
        lesson = perform("scenes.svm", None, voice=SilentPace())
    return {chapter.name: chapter for chapter in lesson.told}, clock


@pytest.fixture(scope="module")
def told(telling: tuple[dict[str, Chapter], Clock]) -> dict[str, Chapter]:
    """The chapters by name."""
    return telling[0]


def beats(told: dict[str, Chapter]) -> Iterator[tuple[str, Beat]]:
    return ((name, beat) for name, chapter in told.items() for beat in chapter.beats)


# Truth


def pair(*species: Species) -> tuple[np.ndarray, np.ndarray]:
    flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), species)
    return flowers.points, flowers.sides


@cache
def easy() -> tuple[np.ndarray, np.ndarray, svm.Fit]:
    points, sides = pair(Species.SETOSA, Species.VERSICOLOR)
    return points, sides, svm.widest_street(points, sides)


@cache
def soft(price: float) -> svm.Fit:
    return svm.soft_street(*pair(Species.VERSICOLOR, Species.VIRGINICA), price)


def without_a_kerb_flower() -> float:
    points, sides, fit = easy()
    lifted = fit.support_vectors[sides[fit.support_vectors] > 0][0]
    return svm.widest_street(points, sides, np.setdiff1d(np.arange(len(points)), lifted)).street.width


def wound(gamma: float) -> kernel.Winding:
    axes = np.linspace(0, 1, 2), np.linspace(0, 1, 2)
    return kernel.wind_by_gamma(kernel.moons(), kernel.moons(2000, 2), [gamma], *axes)


def bent(degree: int) -> float:
    axes = np.linspace(0, 1, 2), np.linspace(0, 1, 2)
    winding = kernel.wind_by_degree(kernel.moons(), kernel.moons(2000, 2), [degree], *axes)
    return 100 * float(winding.test_accuracy[0])


def in_tube(epsilon: float) -> int:
    sea = tube.sea_months()
    tubes = tube.lay_tubes(sea.month, sea.temperature, [epsilon], np.linspace(0, 11, 2))
    return int(tubes.support_vectors.sum())


def sepals() -> tuple[np.ndarray, np.ndarray]:
    flowers = irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))
    return flowers.points, flowers.species


def left_out(k: int) -> float:
    return 100 * float(neighbour.leave_one_out(*sepals(), [k]).score[0])


def wines(scaled: bool) -> float:
    table = neighbour.wines()
    return 100 * neighbour.fold_accuracy(table.measures, table.cultivar, scaled=scaled)


@cache
def drowned() -> np.ndarray:
    return 100 * neighbour.drown([0, 16, 64, 1024]).score


def products() -> tuple[np.ndarray, float]:
    points = np.array([[1.0, 2.0], [3.0, 1.0]])
    return kernel.lift_squares(points).prod(axis=0), float(kernel.square_kernel(*points))


TRUTH = {
    "widen_until_you_touch": {
        "hundred": lambda: len(easy()[0]),
        "1.397": lambda: easy()[2].street.width,
        "0.27": lambda: svm.middle_line(*easy()[:2]).width / 2,
        "0.70": lambda: easy()[2].street.width / 2,
    },
    "three_flowers_hold_it_up": {
        "three": lambda: len(easy()[2].support_vectors),
        "ninety-seven": lambda: len(easy()[0]) - len(easy()[2].support_vectors),
        "1.397": lambda: easy()[2].street.width,
        "1.708": without_a_kerb_flower,
    },
    "two_rubber_bands": {
        "three": lambda: len(easy()[2].support_vectors),
        "1.397": lambda: svm.shortest_bridge(*easy()[:2]).length,
        "1.025": lambda: easy()[2].dual,
        "0.81": lambda: easy()[2].alpha[easy()[2].support_vectors[0]],
        "0.22": lambda: easy()[2].alpha[easy()[2].support_vectors[1]],
        "1.03": lambda: easy()[2].alpha[easy()[2].support_vectors[2]],
    },
    "trespassing_has_a_price": {
        "six": lambda: len(soft(1.0).wrong),
        "54": lambda: len(soft(0.1).support_vectors),
        "18": lambda: len(soft(100.0).support_vectors),
    },
    "lift_then_cut_flat": {
        "70": lambda: 100 * kernel.best_straight_line(*vars_of(kernel.core_and_ring()))[1],
        "120": lambda: int((flat_levels() >= 1 - 1e-9).sum()),
        "9": lambda: products()[0][0],
        "12": lambda: products()[0][1],
        "4": lambda: products()[0][2],
        "5": lambda: np.sqrt(products()[1]),
        "25": lambda: products()[1] if np.isclose(products()[1], products()[0].sum()) else np.nan,
    },
    "a_kernel_bends_the_street": {
        "98.5": lambda: 100 * wound(100.0).train_accuracy[0],
        "90": lambda: 100 * wound(100.0).test_accuracy[0],
        "three": lambda: 3,
        "91.5": lambda: bent(3),
        "92": lambda: bent(5),
    },
    "turned_inside_out": {
        "twenty": lambda: len(np.unique(tube.sea_months().year)),
        "sixty-seven": lambda: in_tube(1.0),
        "140": lambda: in_tube(0.5),
        "twenty-seven": lambda: in_tube(2.0),
    },
    "or_let_everyone_vote": {
        "three": lambda: len(easy()[2].support_vectors),
        "66": lambda: wines(scaled=False),
        "96": lambda: wines(scaled=True),
        "69.3": lambda: left_out(1),
        "forty-seven": lambda: 1 + 2 * int(np.argmax([left_out(k) for k in range(1, 100, 2)])),
        "82.7": lambda: left_out(47),
        "ninety-nine": lambda: 99,
        "70.7": lambda: left_out(99),
    },
    "far_away_all_are_equal": {
        "five hundred": lambda: neighbour.crowd([2]).distance.shape[1],
        "thousand": lambda: 1000,
        "ninety": lambda: 100 * neighbour.crowd([1000]).ratio[0],
        "99.5": lambda: 100 * neighbour.edge_holding(0.01, [1000])[0],
        "96": lambda: drowned()[0],
        "79": lambda: drowned()[1],
        "66": lambda: drowned()[2],
        "40": lambda: drowned()[3],
    },
}  # fmt: skip
"""Every number that is spoken, by chapter, and where it comes from.  A number that stands for a setting and not
for a result (k, a degree, a thousand dimensions) is itself."""


def vars_of(cloud: kernel.Cloud) -> tuple[np.ndarray, np.ndarray]:
    return cloud.points, cloud.sides


def flat_levels() -> np.ndarray:
    points, sides = vars_of(kernel.core_and_ring())
    return np.asarray(kernel.cut_flat(points, sides).street.level(kernel.raise_bowl(points)) * sides)


@pytest.mark.parametrize(("name", "number"), [(name, number) for name in TRUTH for number in TRUTH[name]])
def test_a_spoken_number_is_the_computed_one(name: str, number: str) -> None:
    computed = float(TRUTH[name][number]())
    decimals = len(number.partition(".")[2]) if number[0].isdigit() else 0
    shown = float(number) if number[0].isdigit() else float(IN_WORDS[number])
    # Half a unit of the last place spoken, and a hair for what lies exactly between.
    assert computed == pytest.approx(shown, abs=0.5 * 10**-decimals + 1e-9)


def test_every_number_that_is_spoken_is_held_against_the_maths(told: dict[str, Chapter]) -> None:
    for name, beat in beats(told):
        said = set(NUMERAL.findall(beat.text))
        said |= {word for word in IN_WORDS if "-" in word and word in beat.text.casefold()}
        assert said <= set(TRUTH[name]), f"{name}: {sorted(said - set(TRUTH[name]))} in {beat.text!r}"


def test_every_number_of_the_table_is_spoken(told: dict[str, Chapter]) -> None:
    for name, truths in TRUTH.items():
        text = " ".join(beat.text for beat in told[name].beats).casefold()
        assert [number for number in truths if not re.search(rf"\b{re.escape(number)}\b", text)] == []


def test_the_street_refitted_on_what_is_left_has_the_same_digits() -> None:
    points, sides, fit = easy()
    rest = np.setdiff1d(np.arange(len(points)), fit.support_vectors)
    leaving = rest[np.argsort(-np.abs(fit.street.level(points[rest])))]
    for gone in np.cumsum([len(group) for group in np.array_split(leaving, 4)]):
        left = np.setdiff1d(np.arange(len(points)), leaving[:gone])
        street = svm.widest_street(points, sides, left).street
        assert [f"{value:.6f}" for value in (*street.w, street.b)] == ["1.257143", "-0.685714", "-1.057143"]


def test_the_three_neighbours_stand_on_spots_of_their_own() -> None:
    points, species = sepals()
    quarrel = neighbour.find_quarrel(
        points, species, 3, np.arange(6.55, 6.65, 0.005), np.arange(2.6, 2.72, 0.005)
    )
    for found in quarrel.by_ruler:
        assert [int((points == points[row]).all(axis=1).sum()) for row in found.rows] == [1, 1, 1]
    assert [found.verdict for found in quarrel.by_ruler] == [1, 2, 1]


def test_most_of_ninety_nine_voices_are_strangers() -> None:
    _, species = sepals()
    own = min(np.bincount(species)) - 1
    assert own < 99 / 2


# What is taught


def test_the_chapters_teach_what_the_catalog_promises(told: dict[str, Chapter]) -> None:
    promised = next(topic for topic in load_catalog(ROOT / "catalog.yaml").topics if topic.slug == "svm")
    taught = [item for chapter in told.values() for item in chapter.explains]
    assert sorted(taught) == sorted(promised.explains)


# How it is said


def test_no_sentence_is_longer_than_a_breath(told: dict[str, Chapter]) -> None:
    for name, beat in beats(told):
        for sentence in re.split(r"(?<=[.?!])\s+", beat.text):
            assert len(sentence.split()) <= 25, f"{name}: {sentence}"


def test_chapters_and_lesson_keep_their_lengths(told: dict[str, Chapter]) -> None:
    assert 5 <= len(told) <= 9
    for name, chapter in told.items():
        assert 20 <= chapter.seconds <= 90, f"{name} lasts {chapter.seconds:.0f} s"
    assert 240 <= sum(chapter.seconds for chapter in told.values()) <= 480


def test_it_is_spoken_calmly_and_without_long_silences(told: dict[str, Chapter]) -> None:
    voice = voice_named("silent")
    for name, chapter in told.items():
        count = sum(len(beat.text.split()) for beat in chapter.beats)
        assert 120 <= count / chapter.seconds * 60 <= 175, f"{name}: {count / chapter.seconds * 60:.0f}"
        for beat in chapter.beats:
            assert beat.speech == voice.speak(beat.text).seconds
            assert beat.ticks / TICKS_PER_SECOND - beat.speech < 5.0, (
                f"{name} goes on silently after {beat.text!r}"
            )


def test_no_picture_stands_longer_than_six_seconds(telling: tuple[dict[str, Chapter], Clock]) -> None:
    assert [stood for stood in telling[1].stood if stood[0] > 6.0] == []


def test_the_hook_moves_from_the_first_frame_until_all_is_said(told: dict[str, Chapter]) -> None:
    hook = told["widen_until_you_touch"]
    assert hook.plays[0] / TICKS_PER_SECOND >= hook.beats[0].speech
