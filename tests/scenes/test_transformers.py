"""The lesson transformers: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from scenes.maths.transformers import attention, cafe, sampling, transformer, transformers, waiter
from scenes.maths.transformers.transformer import Trained
from scenes.transformers.decoder import EXAM
from scenes.transformers.heads import DISHES_AT
from scenes.transformers.stage import ASKER, HAT, OWNER
from tests.scenes.harness.table import Claims, Figures, Waivers


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
    run_record = transformers.count_numbers(learnt())
    return 100 * float(getattr(run_record, part)) / run_record.total


def filled(causal: bool) -> float:
    return 100 * transformers.guess_first_mentions(waiter.train_reader(causal=causal))


def after_ada(temperature: float = 1.0) -> np.ndarray:
    return sampling.warm(transformers.dish_logits(learnt(), "Ada"), temperature)


def best_three(place: int) -> float:
    chances = after_ada()
    return float(np.sort(sampling.share_again(chances, sampling.keep_top_k(chances, 3)))[-1 - place])


FIGURES: Figures = {
    "look_back": {
        "32": lambda: learnt().shape.width,
        "99.8": lambda: 100 * transformers.next_chances(learnt(), transformers.PAD).max(),
    },
    "ask_answer_mix": {
        "32": lambda: learnt().shape.width,
        "16": lambda: learnt().shape.head_width,
        "four": lambda: np.sqrt(learnt().shape.head_width),
        "nine": lambda: len(transformers.read(learnt(), transformers.PAD).looked[0].weights[0, 0]),
        "0.82": lambda: weight(0, 0, HAT, OWNER),
        "0.18": lambda: weight(0, 0, HAT, 0),
    },
    "divide": {
        "the four": lambda: np.sqrt(learnt().shape.head_width),
        "16 wide": lambda: learnt().shape.head_width,
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
        "0.82": lambda: weight(0, 0, HAT, OWNER),
        "0.18": lambda: weight(0, 0, HAT, 0),
        "32": lambda: learnt().shape.width,
        "16": lambda: learnt().shape.head_width,
    },
    "map_is_not_reason": {
        "0.000": lambda: weight(1, 1, ASKER, OWNER),
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
        "here three": lambda: sampling.keep_top_k(after_ada(), 3).sum(),
        "takes five": lambda: sampling.keep_top_p(after_ada(), 0.8).sum(),
        "0.46": lambda: best_three(0),
        "0.32": lambda: best_three(1),
        "0.22": lambda: best_three(2),
        "0.8": lambda: 0.8,
    },
}

CLAIMS: Claims = {
    "look_back": {
        "pie before all": "test_pie_is_the_habit_and_hat_is_far_down",
    },
    "ask_answer_mix": {
        "exactly one unit of attention": "test_rows_of_attention_share_out_one_unit",
    },
    "divide": {
        "At every width": "test_scores_spread_as_the_root_of_the_width_and_division_takes_it_back",
    },
    "places": {
        "But attention only compares": "test_without_places_attention_sees_a_bag",
    },
    "map_is_not_reason": {
        "it has nowhere to put a tag": "test_one_layer_cannot_tag_before_it_searches",
    },
    "keep_the_road": {
        "Nothing on it is ever overwritten": "test_the_stream_is_a_running_sum",
        "of all that is learnt": "test_every_learnt_number_is_counted_once",
    },
    "no_peeking": {
        "every score above the diagonal": "test_blocked_places_get_nothing_and_rows_share_their_unit_anew",
        "Lift the mask": "test_after_a_changed_last_word_no_earlier_place_stirs_unless_the_mask_is_lifted",
        "The only evidence comes later": "test_the_hole_is_filled_by_who_may_look_ahead_and_the_evidence_comes_later",
        "it can only guess": "test_who_reads_both_ways_uses_what_comes_later_and_who_may_not_guesses_by_habit",
    },
    "choose_the_next_word": {
        "Only a temperature of one": "test_temperature_raises_chances_to_a_power",
    },
}

WAIVERS: Waivers = {}


# Words that claim something without a figure


def test_pie_is_the_habit_and_hat_is_far_down() -> None:
    alone = transformers.next_chances(learnt(), "Ben")[cafe.FIRST_DISH : cafe.BLANK]
    order = [cafe.DISHES[dish] for dish in np.argsort(-alone)]
    assert order[0] == "pie"
    assert order.index("hat") >= 5


def test_nearly_the_whole_unit_lands_on_hat() -> None:
    assert weight(1, 1, ASKER, HAT) > 0.999


def test_each_dish_looks_mostly_at_the_name_beside_it() -> None:
    for dish in DISHES_AT:
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
    text = transformers.exam_rounds()[EXAM]
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
