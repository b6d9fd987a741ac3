"""The lesson neural-networks: what is said is what was computed, and what the catalog promises is taught."""

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
from scenes.maths import depth, network, perceptron

pytestmark = pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")

ROOT = Path(__file__).parents[2]
NUMERAL = re.compile(r"\d+(?:\.\d+)?")
IN_WORDS = {
    "a quarter": 0.25, "eight": 8, "fifty": 50, "five": 5, "four": 4, "half": 0.5, "hundred": 100,
    "one": 1, "one half": 0.5, "sixteen": 16, "tenfold": 10, "ten": 10, "ten thousandfold": 1e4, "tenth": 0.1,
    "three": 3, "three thousand": 3000, "twenty": 20, "two": 2, "two and a half": 2.5, "two hundred": 200,
    "two thousand": 2000, "zero": 0, "million-millionth": 1e-12,
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Chapter]:
    """The chapters by name, told dry at the silent pace."""
    set_canvas(320, 180, 15, tmp_path_factory.mktemp("canvas"))
    lesson = perform("scenes.neural_networks", None, voice=SilentPace())
    return {chapter.name: chapter for chapter in lesson.told}


def beats(told: dict[str, Chapter]) -> Iterator[tuple[str, Beat]]:
    return ((name, beat) for name, chapter in told.items() for beat in chapter.beats)


EXAMPLE = network.worked_example()


@cache
def spirals() -> network.Training:
    return network.unwind((197,))


def judged_right(step: int) -> float:
    return float(200 * spirals().right[step])


def steepest(bend: network.Bend) -> float:
    return float(bend.slope(np.linspace(-5, 5, 1001)).max())


def loop() -> int:
    walk = perceptron.correct(perceptron.XOR)
    assert walk.loop is not None
    return walk.loop[1] - walk.loop[0]


def slope(layer: int, row: int, column: int) -> float:
    return float(EXAMPLE.blame.weights[layer][row, column])


def first_from_last() -> float:
    signal = depth.profile("sigmoid", "Xavier").signal
    return float(signal[0] / signal[-1])


def spread(bend: str, start: str, layer: int) -> float:
    return float(depth.profile(bend, start).spread[layer - 1])


TRUTH = {
    "one_line_cannot_cut_xor": {
        "four": loop,
        "three": lambda: perceptron.best_count(perceptron.XOR),
        "ten": lambda: sum(perceptron.correct(perceptron.AND).errors),
    },
    "two_bends_fold_the_corners_together": {
        "27": lambda: network.count_solved(2),
        "fifty": lambda: network.count_solved(8),
    },
    "multiply_add_bend": {
        "one": lambda: EXAMPLE.passed.sums[0][0, 0],
        "zero": lambda: EXAMPLE.passed.activations[1][0, 1],
        "two and a half": lambda: EXAMPLE.passed.outputs[0, 0],
        "a quarter": lambda: steepest(network.SIGMOID),
        "0.924": lambda: EXAMPLE.guess,
        "2.579": lambda: EXAMPLE.loss,
    },
    "blame_runs_left": {
        "0.924": lambda: EXAMPLE.blame.sums[1][0, 0],
        "1.848": lambda: EXAMPLE.blame.sums[0][0, 0],
        "3.697": lambda: slope(0, 1, 0),
        "zero": lambda: slope(0, 1, 1),
    },
    "measuring_is_not_moving": {
        "1.848": lambda: EXAMPLE.nudged(0, 0, 0),
        "five": lambda: sum(layer.weights.size for layer in EXAMPLE.layers) - 1,
        "2.579": lambda: EXAMPLE.loss,
        "1.560": lambda: EXAMPLE.after(0.05).loss,
        "0.924": lambda: EXAMPLE.guess,
        "0.790": lambda: EXAMPLE.after(0.05).guess,
    },
    "a_thousand_small_turns": {
        "two hundred": lambda: len(network.spirals().points),
        "eight": lambda: network.SPIRAL_SIZES[1],
        "105": lambda: network.count_numbers(network.SPIRAL_SIZES),
        "197": lambda: np.argmax(spirals().right >= 0.99),
        "199": lambda: judged_right(197),
        "200": lambda: judged_right(2000),
        "two thousand": lambda: len(spirals().loss) - 1,
        "0.003": lambda: spirals().loss[2000],
    },
    "deep_sigmoid_stacks_go_silent": {
        "twenty": lambda: depth.DEPTH,
        "hundred": lambda: depth.WIDTH,
        "ten thousandfold": lambda: 1e-4 / 1e-8,
        "0.238": lambda: depth.profile("sigmoid", "Xavier").kept,
        "a quarter": lambda: steepest(network.SIGMOID),
        "150": lambda: len(depth.learn("sigmoid", "Xavier")) - 1,
        "2.300": lambda: depth.learn("sigmoid", "Xavier")[-1],
        "2.303": lambda: np.log(depth.CLASSES),
        "0.945": lambda: depth.profile("tanh", "Xavier").kept,
        "0.014": lambda: depth.learn("tanh", "Xavier")[-1],
        "0.979": lambda: depth.profile("ReLU", "He").kept,
    },
    "start_neither_silent_nor_screaming": {
        "one half": lambda: network.triplets().weights[0, 0, 0],
        "three thousand": lambda: network.triplets().steps[-1],
        "3.926": lambda: network.triplets().weights[-1, 0, 2],
        "sixteen": lambda: np.floor(np.log10(spread("ReLU", "large", 20))),
        "four": lambda: round(spread("ReLU", "large", 20) / 1e16),
        "hundred": lambda: depth.WIDTH,
        "tenfold": lambda: np.sqrt(depth.WIDTH) * depth.STARTS["large"](100, 100),
        "tenth": lambda: depth.STARTS["Xavier"](100, 100),
        "0.56": lambda: spread("tanh", "Xavier", 1),
        "0.18": lambda: spread("tanh", "Xavier", 20),
        "two": lambda: (depth.STARTS["He"](100, 100) / depth.STARTS["Xavier"](100, 100)) ** 2,
        "0.83": lambda: spread("ReLU", "He", 1),
        "0.54": lambda: spread("ReLU", "He", 20),
    },
}
"""Numbers that are spoken, by chapter, and where they come from."""


@pytest.mark.parametrize(("name", "number"), [(name, number) for name in TRUTH for number in TRUTH[name]])
def test_a_spoken_number_is_the_computed_one(name: str, number: str) -> None:
    computed = float(TRUTH[name][number]())
    if number[0].isdigit():
        decimals = len(number.partition(".")[2])
        assert f"{computed:.{decimals}f}" == number
    else:
        assert computed == pytest.approx(IN_WORDS[number], rel=1e-9)


def test_the_first_layer_hears_a_million_millionth() -> None:
    assert first_from_last() == pytest.approx(1e-12, rel=0.5)


def test_every_numeral_that_is_spoken_is_held_against_the_maths(told: dict[str, Chapter]) -> None:
    for name, beat in beats(told):
        said = set(NUMERAL.findall(beat.text))
        assert said <= set(TRUTH[name]), f"{name}: {sorted(said - set(TRUTH[name]))} in {beat.text!r}"


def test_every_number_of_the_table_is_spoken(told: dict[str, Chapter]) -> None:
    for name, truths in TRUTH.items():
        text = " ".join(beat.text for beat in told[name].beats).casefold()
        missing = [number for number in truths if not re.search(rf"\b{re.escape(number)}\b", text)]
        assert missing == []


def test_a_nudge_answers_to_a_billionth() -> None:
    for layer, weights in enumerate(EXAMPLE.blame.weights):
        for (row, column), found in np.ndenumerate(weights):
            assert abs(EXAMPLE.nudged(layer, row, column) - found) < 1e-9


def test_both_runs_cost_less_than_three_to_the_right() -> None:
    for sizes in ((2, 2, 1), network.SPIRAL_SIZES, (64, *[100] * 20, 10)):
        right, left = network.count_multiplications(sizes)
        assert right + left < 3 * right


def test_zero_weights_never_move() -> None:
    start = tuple(network.Layer(np.zeros(shape), np.zeros(shape[1])) for shape in ((2, 3), (3, 1)))
    training = network.train_on_xor(start, steps=50)
    assert not any(layer.weights.any() for layer in training.layers[-1])


def test_the_sums_that_are_written_are_those_of_the_example() -> None:
    first, last = EXAMPLE.layers
    assert EXAMPLE.passed.sums[0][0].tolist() == [0.5 * 1 + 0.5 * 2 - 0.5, -1 * 1 + 0.5 * 2 - 0.5]
    assert EXAMPLE.passed.outputs[0, 0] == 2 * 1 - 1 * 0 + 0.5
    assert network.melt((first, last)).weights[:, 0].tolist() == [2, 0.5]
    assert EXAMPLE.truth[0, 0] == 0


def test_the_chapters_teach_what_the_catalog_promises(told: dict[str, Chapter]) -> None:
    topics = load_catalog(ROOT / "catalog.yaml").topics
    promised = next(topic for topic in topics if topic.slug == "neural-networks")
    taught = [item for chapter in told.values() for item in chapter.explains]
    assert sorted(taught) == sorted(promised.explains)


def test_no_sentence_is_longer_than_a_breath(told: dict[str, Chapter]) -> None:
    for name, beat in beats(told):
        for sentence in re.split(r"(?<=[.?!])\s+", beat.text):
            assert len(sentence.split()) <= 22, f"{name}: {sentence}"


def test_chapters_and_lesson_keep_their_lengths(told: dict[str, Chapter]) -> None:
    assert 5 <= len(told) <= 9
    for name, chapter in told.items():
        assert 20 <= chapter.seconds <= 100, f"{name} lasts {chapter.seconds:.0f} s"
    assert 240 <= sum(chapter.seconds for chapter in told.values()) <= 510
