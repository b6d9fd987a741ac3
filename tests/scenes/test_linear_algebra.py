"""The lesson linear-algebra: what is said is what was computed, and what the catalog promises is taught."""

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
from scenes.linear_algebra import CELLS, COMPARED, PLACED, THREE
from scenes.maths import linear, picture
from scenes.maths.linear import PUSH, SIDEWAYS, UPWARD

pytestmark = pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")

ROOT = Path(__file__).parents[2]
NUMERAL = re.compile(r"−?\d+(?:,\d{3})*(?:\.\d+)?")
IN_WORDS = {
    "sixty-four": 64, "twenty-first": 21, "thirty-seventh": 37, "eight": 8, "twice": 2, "half": 0.5, "doubles": 2,
    "halves": 0.5, "two": 2, "one": 1, "ten": 10, "fifty": 50, "twenty": 20, "a fifth": 0.2, "zero": 0, "three": 3,
    "four": 4, "five": 5,
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Chapter]:
    """The chapters by name, told dry at the silent pace."""
    set_canvas(320, 180, 15, tmp_path_factory.mktemp("canvas"))
    lesson = perform("scenes.linear_algebra", None, voice=SilentPace())
    return {chapter.name: chapter for chapter in lesson.told}


def beats(told: dict[str, Chapter]) -> Iterator[tuple[str, Beat]]:
    return ((name, beat) for name, chapter in told.items() for beat in chapter.beats)


# Truth


@cache
def plaids() -> picture.Plaids:
    return picture.weave(picture.photograph())


def share_stored(count: int) -> float:
    return plaids().stored(count) / picture.photograph().size


def cosine(row: int, centred: bool = False) -> float:
    data = picture.digits()
    away = data.mean if centred else 0.0
    return float(picture.cosine(data.values[THREE] - away, data.values[[row]] - away)[0])


def angle(times: int) -> float:
    return float(linear.degrees_of(linear.push_again(PUSH, (1, 0), times))[-1])


def turned() -> float:
    steps = linear.take_apart(PUSH)
    return float(linear.swing(PUSH, steps.longest[None])[0])


TRUTH = {
    "an_arrow_is_a_list": {
        "a fifth": lambda: share_stored(50),
        "eight": lambda: np.sqrt(picture.digits().values.shape[1]),
        "0": lambda: picture.digits().values.min(),
        "16": lambda: picture.digits().values.max(),
        "sixty-four": lambda: picture.digits().values.shape[1],
        "13": lambda: picture.digits().values[THREE, CELLS[0]],
        "12": lambda: picture.digits().values[THREE, CELLS[1]],
    },
    "a_shadow": {
        "zero": lambda: linear.shadow(linear.arrow(104.0), linear.arrow(14.0)),
        "0.88": lambda: cosine(13),
        "0.62": lambda: cosine(0),
        "0.57": lambda: cosine(13, centred=True),
        "−0.16": lambda: cosine(0, centred=True),
        "98.9": lambda: 100 * picture.named_by_nearest(picture.digits()),
        "1,797": lambda: len(picture.digits().kinds),
    },
    "two_arrows_decide": {
        "3": lambda: (PUSH @ [2, 1])[0],
        "2.5": lambda: (PUSH @ [2, 1])[1],
    },
    "two_slides": {},
    "the_determinant_is_an_area": {
        "one": lambda: linear.signed_area(PUSH),
        "zero": lambda: linear.signed_area(np.array([[1, 1], [0.5, 0.5]])),
    },
    "two_arrows_keep_their_line": {
        "twice": lambda: linear.eigen(PUSH).values[0],
        "half": lambda: linear.eigen(PUSH).values[1],
        "27": lambda: angle(1),
        "40": lambda: angle(2),
        "44": lambda: angle(3),
        "45": lambda: angle(4),
    },
    "turn_stretch_turn": {
        "2": lambda: np.linalg.norm(PUSH @ linear.eigen(PUSH).vectors[0]),
        "2.065": lambda: linear.take_apart(PUSH).stretch[0],
        "11": turned,
        "0.484": lambda: linear.take_apart(PUSH).stretch[1],
    },
    "a_stack_of_plaids": {
        "427": lambda: picture.photograph().shape[0],
        "640": lambda: picture.photograph().shape[1],
        "12": lambda: 100 * plaids().error[20],
        "a fifth": lambda: share_stored(50),
    },
    "a_layer_is_a_matrix": {
        "ten": lambda: len(picture.fit_layer().weights),
        "three": lambda: int(np.argmax(picture.fit_layer().scores(picture.digits().values[THREE]))),
        "1.67": lambda: picture.fit_layer().scores(picture.digits().values[THREE]).max(),
    },
}  # fmt: skip
"""Spoken numbers, by chapter, and where they come from."""
LIMITS = {"a_stack_of_plaids": {"7": lambda: 100 * plaids().error[50]}}
"""Numbers of which it is said that something stays under them."""


@pytest.mark.parametrize(("name", "number"), [(name, number) for name in TRUTH for number in TRUTH[name]])
def test_a_spoken_number_is_the_computed_one(name: str, number: str) -> None:
    computed = float(TRUTH[name][number]())
    if number in IN_WORDS:
        assert computed == pytest.approx(IN_WORDS[number], rel=0.03, abs=1e-9)
        return
    decimals = len(number.partition(".")[2])
    shown = float(number.replace("−", "-").replace(",", ""))
    assert computed == pytest.approx(shown, abs=0.5 * 10**-decimals + 1e-9)


def test_under_seven_percent_is_under_and_not_far() -> None:
    for limits in LIMITS.values():
        for limit, computed in limits.items():
            assert float(limit) - 1 < float(computed()) < float(limit)


def test_every_numeral_that_is_spoken_is_held_against_the_maths(told: dict[str, Chapter]) -> None:
    for name, beat in beats(told):
        known = {*TRUTH[name], *LIMITS.get(name, {})}
        said = set(NUMERAL.findall(beat.text))
        assert said <= known, f"{name}: {sorted(said - known)} in {beat.text!r}"


def test_every_number_of_the_table_is_spoken(told: dict[str, Chapter]) -> None:
    for name, truths in TRUTH.items():
        text = " ".join(beat.text for beat in told[name].beats).casefold()
        assert [n for n in truths if not re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text)] == []


def test_the_cells_that_are_named_are_the_cells_that_are_drawn(told: dict[str, Chapter]) -> None:
    text = " ".join(beat.text for beat in told["an_arrow_is_a_list"].beats)
    assert "two of them" in text
    spots = picture.digits().values[[*PLACED, THREE]][:, CELLS]
    apart = np.linalg.norm(spots[:, None] - spots[None], axis=2) + 99 * np.eye(len(spots))
    assert apart.min() > 2  # of 18 units on an axis of five scene units: no picture hides another


def test_the_compared_digits_are_one_of_each_other_kind_and_a_three() -> None:
    assert picture.digits().kinds[list(COMPARED)].tolist() == [0, 1, 2, 4, 5, 6, 7, 8, 9, 3]
    assert cosine(13) == max(cosine(row) for row in COMPARED)
    assert cosine(13, centred=True) == max(cosine(row, centred=True) for row in COMPARED)


def test_the_two_slides_make_the_push_and_swapped_they_do_not() -> None:
    assert (UPWARD @ SIDEWAYS == PUSH).all()
    assert not np.allclose(SIDEWAYS @ UPWARD, PUSH)


def test_the_red_points_really_become_one() -> None:
    flat = np.array([[1.0, 1.0], [0.5, 0.5]])
    line = np.linspace(-1.0, 1.5, 6)
    fallen = np.column_stack([2 - line, line]) @ flat.T
    np.testing.assert_allclose(fallen, fallen[:1].repeat(6, axis=0))
    assert np.linalg.matrix_rank(flat) == 1


def test_the_longest_stretch_is_not_the_eigenvectors() -> None:
    stretch = np.linalg.norm(linear.circle(3600) @ PUSH.T, axis=1)
    assert stretch.max() == pytest.approx(linear.take_apart(PUSH).stretch[0], abs=1e-5)
    assert stretch.max() > linear.eigen(PUSH).values[0] + 0.06


# What is taught, and how


def test_the_chapters_teach_what_the_catalog_promises(told: dict[str, Chapter]) -> None:
    topics = load_catalog(ROOT / "catalog.yaml").topics
    promised = next(topic for topic in topics if topic.slug == "linear-algebra")
    taught = [item for chapter in told.values() for item in chapter.explains]
    assert sorted(taught) == sorted(promised.explains)


def test_no_sentence_is_longer_than_a_breath(told: dict[str, Chapter]) -> None:
    for name, beat in beats(told):
        for sentence in re.split(r"(?<=[.?!])\s+", beat.text):
            assert len(sentence.split()) <= 22, f"{name}: {sentence}"


def test_chapters_and_lesson_keep_their_lengths(told: dict[str, Chapter]) -> None:
    for name, chapter in told.items():
        assert 20 <= chapter.seconds <= 80, f"{name} lasts {chapter.seconds:.0f} s"
    assert 240 <= sum(chapter.seconds for chapter in told.values()) <= 480
