"""The lesson transformers: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np

from scenes.maths.transformers import attention, cafe, sampling, transformer, transformers, waiter, worked
from scenes.maths.transformers.transformer import Trained
from scenes.transformers import scale
from scenes.transformers.decoder import EXAM
from scenes.transformers.heads import DISHES_AT
from scenes.transformers.lookup import KINDS
from scenes.transformers.mask import CHANGED, TEXTS
from scenes.transformers.scale import COINS
from scenes.transformers.stage import ASKER, HAT, OWNER
from tests.scenes.harness.table import Claims, Figures, Waivers


@cache
def learnt() -> Trained:
    return waiter.train_waiter()


def weight(layer: int, head: int, asker: int, answer: int) -> float:
    looked = transformers.read(learnt(), transformers.PAD).looked[layer]
    return float(looked.weights[0, head, asker, answer])


def alone(word: str) -> float:
    """Probability of ``word`` after Ben alone."""
    return float(transformers.next_chances(learnt(), "Ben")[cafe.VOCABULARY.index(word)])


@cache
def drawn() -> attention.Spread:
    return scale.spread()


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
    "what_comes_next": {
        "31": lambda: 100 * alone("pie"),
        "6.5": lambda: 100 * alone("hat"),
        "99.8": lambda: 100 * transformers.next_chances(learnt(), transformers.PAD).max(),
    },
    "words_become_vectors": {
        "32": lambda: learnt().weights["embed"].shape[1],
        "17,632": lambda: learnt().size,
        "three": lambda: worked.principal_map(learnt().weights["embed"][: cafe.BLANK]).points.shape[1],
    },
    "look_directly": {
        "five": lambda: len(transformers.PAD.split()) - 1 - transformers.PAD.split().index("hat"),
    },
    "query_key_value": {
        "three new ones": lambda: len(KINDS),
        "by three": lambda: len(KINDS),
        "three earlier": lambda: len(worked.KEYS),
        "is four": lambda: worked.look().scores[0],
    },
    "why_divide": {
        "Four coins": lambda: np.log2(len(worked.coin_sums(COINS))),
        "16 outcomes": lambda: len(worked.coin_sums(COINS)),
        "variance, is four": lambda: worked.coin_sums(COINS).var(),
        "at four entries": lambda: drawn().width[0],
        "32": lambda: drawn().raw[-1],
        "1,024": lambda: drawn().width[-1],
        "0.42": lambda: drawn().top[0],
        "0.96": lambda: drawn().top[-1],
        "have four": lambda: len(worked.QUERY),
    },
    "all_at_once": {
        "five": lambda: worked.AHEAD[2],
        "a thousand": lambda: np.sqrt(worked.score_counts(TEXTS)[0]),
        "a million": lambda: worked.score_counts(TEXTS)[0],
        "twice": lambda: np.sqrt(np.divide(*worked.score_counts(TEXTS[::-1]))),
        "four times": lambda: np.divide(*worked.score_counts(TEXTS[::-1])),
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
    "all_at_once": {
        "they all do": "test_after_a_changed_last_token_no_earlier_output_stirs_unless_the_mask_is_lifted",
        "none sees its answer": "test_blocked_places_get_nothing_and_rows_share_their_unit_anew",
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
        "Lift the mask": "test_after_a_changed_last_token_no_earlier_output_stirs_unless_the_mask_is_lifted",
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


def test_after_a_changed_last_token_no_earlier_output_stirs_unless_the_mask_is_lifted() -> None:
    text = cafe.tokens_of(transformers.PAD)
    other = np.append(text[:-1], cafe.VOCABULARY.index(CHANGED))
    for causal in (True, False):
        shape = transformer.Shape(len(cafe.VOCABULARY), causal=causal)
        one, two = (transformer.run(learnt().weights, shape, each[None]).logits[0] for each in (text, other))
        stirred = (one != two).any(axis=1)
        assert stirred.tolist() == ([False] * 8 + [True] if causal else [True] * 9)
        heads = [worked.first_head(learnt(), each, causal).outputs for each in (text, other)]
        assert worked.stirred(*heads).tolist() == stirred.tolist()


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
