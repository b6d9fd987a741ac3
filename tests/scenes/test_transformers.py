"""The lesson transformers: what is said is what was computed, and what the catalog promises is taught."""

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
from scenes import transformers as scene
from scenes.maths import attention, cafe, sampling, transformer, transformers, waiter
from scenes.maths.transformer import Trained

pytestmark = pytest.mark.filterwarnings("ignore:'mode' parameter:DeprecationWarning")

ROOT = Path(__file__).parents[2]
NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Chapter]:
    """The chapters by name, told dry at the silent pace."""
    set_canvas(320, 180, 15, tmp_path_factory.mktemp("canvas"))
    lesson = perform("scenes.transformers", None, voice=SilentPace())
    return {chapter.name: chapter for chapter in lesson.told}


def beats(told: dict[str, Chapter]) -> Iterator[tuple[str, Beat]]:
    return ((name, beat) for name, chapter in told.items() for beat in chapter.beats)


# Truth


@cache
def learnt() -> Trained:
    return waiter.train_waiter()


def weight(layer: int, head: int, asker: int, answer: int) -> float:
    looked = transformers.read(learnt(), transformers.PAD).looked[layer]
    return float(looked.weights[0, head, asker, answer])


def spread(name: str, width: int) -> float:
    widths = tuple(int(w) for w in np.unique(np.rint(np.geomspace(4, 1024, 25))).astype(int))
    return float(getattr(attention.spread_scores(widths), name)[widths.index(width)])


def steps_to_learn(places: float) -> float:
    model = waiter.train_waiter(places=places)
    return float(model.step[np.argmax(model.watched >= 0.99)])


def alike(apart: int) -> float:
    clocks = attention.clocks(20, 32)
    return float(clocks[3] @ clocks[3 + apart])


def uncut() -> float:
    return 100 * transformers.accuracy(learnt())


def cut(layer: int, head: int) -> float:
    return 100 * transformers.accuracy(learnt(), (layer, head))


def reads(head: int) -> float:
    return 100 * float(transformers.measure_reach(learnt()).answers[1, head])


def share(part: str) -> float:
    ledger = transformers.count_numbers(learnt())
    return 100 * float(getattr(ledger, part)) / ledger.total


def filled(causal: bool) -> float:
    return 100 * transformers.guess_first_mentions(waiter.train_reader(causal=causal))


def after_ada(temperature: float = 1.0) -> np.ndarray:
    return sampling.warm(transformers.dish_logits(learnt(), "Ada"), temperature)


def best_three(place: int) -> float:
    chances = after_ada()
    return float(np.sort(sampling.share_again(chances, sampling.keep_top_k(chances, 3)))[-1 - place])


TRUTH = {
    "look_back": {
        "32": lambda: learnt().shape.width,
        "99.8": lambda: 100 * transformers.next_chances(learnt(), transformers.PAD).max(),
    },
    "ask_answer_mix": {
        "32": lambda: learnt().shape.width,
        "16": lambda: learnt().shape.head_width,
        "0.82": lambda: weight(0, 0, scene.HAT, scene.OWNER),
        "0.18": lambda: weight(0, 0, scene.HAT, 0),
    },
    "divide": {
        "16": lambda: 16,
        "1,024": lambda: 1024,
        "32": lambda: spread("raw", 1024),
        "0.97": lambda: spread("top", 1024),
        "0.003": lambda: spread("slope", 1024),
    },
    "places": {
        "16": lambda: alike(0) if len(attention.turning_speeds(32)) == 16 else np.nan,
        "15.3": lambda: alike(1),
        "13.7": lambda: alike(2),
        "500": lambda: steps_to_learn(0.0),
        "240": lambda: steps_to_learn(0.5),
    },
    "tag_then_search": {
        "0.82": lambda: weight(0, 0, scene.HAT, scene.OWNER),
        "0.18": lambda: weight(0, 0, scene.HAT, 0),
        "32": lambda: learnt().shape.width,
        "16": lambda: learnt().shape.head_width,
    },
    "map_is_not_reason": {
        "0.000": lambda: weight(1, 1, scene.ASKER, scene.OWNER),
        "100": uncut,
        "33": lambda: cut(0, 0),
        "81": lambda: cut(0, 1),
        "99": lambda: reads(1),
        "82": lambda: reads(0),
        "60": lambda: 100 * transformers.accuracy(waiter.train_waiter(layers=1)),
    },
    "keep_the_road": {
        "32": lambda: learnt().shape.width,
        "64": lambda: learnt().shape.hidden,
        "46": lambda: share("attention"),
        "47": lambda: share("feed_forward"),
    },
    "no_peeking": {
        "84": lambda: filled(causal=False),
        "29": lambda: filled(causal=True),
    },
    "choose_the_next_word": {
        "0.75": lambda: after_ada(0.25)[0],
        "0.21": lambda: after_ada(2.0)[0],
        "0.46": lambda: best_three(0),
        "0.32": lambda: best_three(1),
        "0.22": lambda: best_three(2),
        "0.8": lambda: 0.8,
    },
}
"""Every number that is spoken in figures, by chapter, and where it comes from.  One that stands for a setting and
not for a result is itself."""


@pytest.mark.parametrize(("name", "number"), [(name, number) for name in TRUTH for number in TRUTH[name]])
def test_a_spoken_number_is_the_computed_one(name: str, number: str) -> None:
    decimals = len(number.partition(".")[2])
    computed = float(TRUTH[name][number]())
    assert computed == pytest.approx(float(number.replace(",", "")), abs=0.5 * 10**-decimals + 1e-9)


def test_every_number_that_is_spoken_is_held_against_the_maths(told: dict[str, Chapter]) -> None:
    for name, beat in beats(told):
        said = {number.rstrip(",.") for number in NUMERAL.findall(beat.text)}
        assert said <= set(TRUTH[name]), f"{name}: {sorted(said - set(TRUTH[name]))} in {beat.text!r}"


def test_every_number_of_the_table_is_spoken(told: dict[str, Chapter]) -> None:
    for name, truths in TRUTH.items():
        text = " ".join(beat.text for beat in told[name].beats)
        assert [
            number for number in truths if not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text)
        ] == []


# Words that claim something without a figure


def test_pie_is_the_habit_and_hat_is_far_down() -> None:
    alone = transformers.next_chances(learnt(), "Ben")[cafe.FIRST_DISH : cafe.BLANK]
    order = [cafe.DISHES[dish] for dish in np.argsort(-alone)]
    assert order[0] == "pie"
    assert order.index("hat") >= 5


def test_nearly_the_whole_unit_lands_on_hat() -> None:
    assert weight(1, 1, scene.ASKER, scene.HAT) > 0.999


def test_each_dish_looks_mostly_at_the_name_beside_it() -> None:
    for dish in scene.DISHES_AT:
        row = transformers.read(learnt(), transformers.PAD).looked[0].weights[0, 0, dish]
        assert row.argmax() == dish - 1
        assert row[dish - 1] > 0.6


def test_two_at_width_four_one_after_division_and_both_cut_heads_of_layer_two() -> None:
    assert round(spread("raw", 4)) == 2
    assert spread("scaled_raw", 4) == pytest.approx(1, abs=0.05)
    assert spread("scaled_raw", 1024) == pytest.approx(1, abs=0.05)
    assert cut(1, 1) == pytest.approx(33, abs=0.5)
    assert cut(1, 0) > 99.5


def test_after_a_changed_last_word_no_earlier_place_stirs_unless_the_mask_is_lifted() -> None:
    text = cafe.tokens_of(transformers.PAD)[None]
    other = text.copy()
    other[0, -1] = cafe.NAMES.index("Eve")
    for causal in (True, False):
        shape = transformer.Shape(len(cafe.VOCABULARY), causal=causal)
        one, two = (transformer.run(learnt().weights, shape, each).logits[0] for each in (text, other))
        stirred = (one != two).any(axis=1)
        assert stirred.tolist() == ([False] * 8 + [True] if causal else [True] * 9)


def test_the_hole_is_filled_by_who_may_look_ahead_and_the_evidence_comes_later() -> None:
    text = transformers.exam_rounds()[scene.EXAM]
    hole = int(cafe.first_mentions(text[None])[0])
    truth = int(text[hole]) - cafe.FIRST_DISH
    both, left = (
        transformers.fill_hole(waiter.train_reader(causal=causal), text, hole) for causal in (False, True)
    )
    assert both.argmax() == truth != left.argmax()
    assert text[hole - 1] not in text[: hole - 1]
    assert text[hole - 1] in text[hole + 1 :]


def test_three_are_kept_by_k_one_by_p_and_five_after_ada() -> None:
    sure = sampling.warm(transformers.dish_logits(learnt(), transformers.PAD), 1.0)
    assert sampling.keep_top_k(sure, 3).sum() == 3
    assert sampling.keep_top_p(sure, 0.8).sum() == 1
    assert sampling.keep_top_p(after_ada(), 0.8).sum() == 5


# How it is told


def test_the_chapters_teach_what_the_catalog_promises(told: dict[str, Chapter]) -> None:
    topics = load_catalog(ROOT / "catalog.yaml").topics
    promised = next(topic for topic in topics if topic.slug == "transformers")
    taught = [item for chapter in told.values() for item in chapter.explains]
    assert sorted(taught) == sorted(promised.explains)


def test_sentences_are_no_longer_than_a_breath_and_chapters_keep_their_lengths(
    told: dict[str, Chapter],
) -> None:
    for name, beat in beats(told):
        for sentence in re.split(r"(?<=[.?!])\s+", beat.text):
            assert len(sentence.split()) <= 22, f"{name}: {sentence}"
    for name, chapter in told.items():
        assert 20 <= chapter.seconds <= 90, f"{name} lasts {chapter.seconds:.0f} s"
    assert 240 <= sum(chapter.seconds for chapter in told.values()) <= 500
