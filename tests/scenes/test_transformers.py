"""The lesson transformers: what computes its figures, and what holds its claims."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from scenes.maths.transformers import (
    attention,
    baselines,
    evidence,
    sampling,
    toy,
    trained,
    transformer,
    transformers,
    worked,
)
from scenes.maths.transformers.transformer import Trained
from scenes.transformers import block, choose, circuit, position, reader, scale, several
from scenes.transformers.lookup import KINDS
from scenes.transformers.mask import CHANGED, TEXTS
from scenes.transformers.scale import COINS
from scenes.transformers.stage import ASKER, GIVEN_TEXT, HAT, OWNER, PAD
from tests.scenes.harness.table import Claims, Figures, Waivers


@cache
def learnt() -> Trained:
    return trained.train_model()


def weight(layer: int, head: int, asker: int, answer: int) -> float:
    looked = transformers.read(learnt(), transformers.PAD).looked[layer]
    return float(looked.weights[0, head, asker, answer])


def text() -> np.ndarray:
    return toy.tokens_of(transformers.PAD)


def alone(word: str) -> float:
    """Probability of ``word`` after Ben alone."""
    return float(transformers.next_chances(learnt(), "Ben")[toy.VOCABULARY.index(word)])


@cache
def drawn() -> attention.Spread:
    return scale.spread()


def uncut() -> float:
    return 100 * transformers.accuracy(learnt())


def cut(layer: int, head: int) -> float:
    return 100 * transformers.accuracy(learnt(), (layer, head))


def filled(causal: bool) -> float:
    return 100 * transformers.guess_first_mentions(trained.train_reader(causal=causal))


def after_ada(temperature: float = 1.0) -> np.ndarray:
    return sampling.warm(transformers.thing_logits(learnt(), "Ada"), temperature)


def sure() -> np.ndarray:
    return sampling.warm(transformers.thing_logits(learnt(), transformers.PAD), 1.0)


def stranger() -> str:
    return " ".join([*PAD[:-1], choose.ABSENT])


def attend_by_hand() -> tuple[list[float], float]:
    """The terms of the output of "bites", and their sum."""
    terms = (position.WEIGHTS * position.VALUES).tolist()
    return terms, float(position.WEIGHTS @ position.VALUES)


FIGURES: Figures = {
    "what_comes_next": {
        "31": lambda: 100 * alone("pie"),
        "6.5": lambda: 100 * alone("hat"),
        "99.8": lambda: 100 * transformers.next_chances(learnt(), transformers.PAD).max(),
    },
    "words_become_vectors": {
        "32": lambda: learnt().weights["embed"].shape[1],
        "17,632": lambda: learnt().size,
        "three": lambda: worked.principal_map(learnt().weights["embed"][: toy.BLANK]).points.shape[1],
    },
    "look_directly": {
        "five": lambda: len(worked.first_head(learnt(), text(), causal=True).weights) - 1 - HAT,
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
    "does_attention_know_the_order": {
        "three keys": lambda: len(attend_by_hand()[0]),
        "three values": lambda: len(attend_by_hand()[0]),
    },
    "two_needs_one_mixture": {
        "32": lambda: learnt().shape.width,
        "16": lambda: learnt().shape.head_width,
    },
    "hat_does_not_say_ben": {
        "1.00": lambda: weight(1, 1, ASKER, HAT),
        "100": uncut,
        "31": lambda: 100 * evidence.habit_alone(transformers.fresh_rounds()),
        "59": lambda: 100 * evidence.habit_among_named(transformers.fresh_rounds()),
        "33": lambda: np.mean([cut(0, 0), cut(1, 1)]),
        "six shorter": lambda: len(evidence.cut_each_head()),
        "five": lambda: len(evidence.one_layer()),
    },
    "look_think_add": {
        "three": lambda: block.BY_HAND[1],
        "eight": lambda: block.BY_HAND[2],
        "four": lambda: block.BY_HAND.mean(),
        "2.94": lambda: block.BY_HAND.std(),
        "64": lambda: learnt().shape.hidden,
        "two thirds": lambda: (
            evidence.GPT3.feed_forward / (evidence.GPT3.attention + evidence.GPT3.feed_forward)
        ),
        "96": lambda: evidence.GPT3.layers,
        "175 billion": lambda: evidence.GPT3.total,
    },
    "when_the_evidence_lies_ahead": {
        "a thousand": lambda: len(transformers.exam_rounds()),
        "84": lambda: filled(causal=False),
        "29": lambda: filled(causal=True),
        "gets 29": lambda: 100 * evidence.favourite_in_blanks(transformers.exam_rounds()),
        "57": lambda: 100 * baselines.named_in_blanks(transformers.exam_rounds()),
    },
    "which_token_is_written": {
        "a quarter": lambda: choose.STOPS[0],
        "0.75": lambda: after_ada(0.25)[0],
        "0.21": lambda: after_ada(2.0)[0],
        "here three": lambda: sampling.keep_top_k(after_ada(), choose.RULES.k).sum(),
        "0.8": lambda: choose.RULES.p,
        "five": lambda: sampling.keep_top_p(after_ada(), choose.RULES.p).sum(),
        "keeps three": lambda: sampling.keep_top_k(sure(), choose.RULES.k).sum(),
        "ten thousand": lambda: len(evidence.ask_absent_names(learnt()).sure),
        "0.93": lambda: np.median(evidence.ask_absent_names(learnt()).sure),
    },
}

CLAIMS: Claims = {
    "all_at_once": {
        "they all do": "test_after_a_changed_last_token_no_earlier_output_stirs_unless_the_mask_is_lifted",
        "none sees its answer": "test_blocked_places_get_nothing_and_rows_share_their_unit_anew",
    },
    "two_needs_one_mixture": {"reads all 32 numbers": "32"},
    "look_think_add": {"reads no other token": "test_feed_forward_reads_its_own_token_alone"},
    "when_the_evidence_lies_ahead": {
        "The only evidence comes later": "test_the_blank_is_filled_by_who_may_look_ahead_and_the_evidence_comes_later",
    },
}

WAIVERS: Waivers = {}


# Words that claim something without a figure


def test_pie_is_the_habit_and_hat_is_far_down() -> None:
    alone = transformers.next_chances(learnt(), "Ben")[toy.FIRST_THING : toy.BLANK]
    order = [toy.THINGS[thing] for thing in np.argsort(-alone)]
    assert order[0] == "pie"
    assert order.index("hat") >= 5


def test_two_orders_of_the_same_words_give_bites_the_same_output() -> None:
    terms, total = attend_by_hand()
    assert sum(terms[::-1]) == pytest.approx(total) == pytest.approx(6.0)
    assert position.WEIGHTS.sum() == pytest.approx(1.0)


def test_without_mask_and_positions_shuffled_inputs_give_shuffled_outputs() -> None:
    weights = learnt().weights
    embed = weights["embed"][toy.tokens_of(" ".join(PAD[:6]))]
    seats = position.SHUFFLED

    def see(stream: np.ndarray) -> np.ndarray:
        q, k, v = (stream @ weights[f"{name}.0"][:, :16] for name in ("query", "key", "value"))
        return attention.attend(q, k, v).mixed

    np.testing.assert_allclose(see(embed[np.argsort(seats)])[seats], see(embed), atol=1e-12)
    masked = attention.attend(embed[:, :16], embed[:, :16], embed[:, 16:], attention.no_peeking(6)).mixed
    other = embed[np.argsort(seats)]
    again = attention.attend(other[:, :16], other[:, :16], other[:, 16:], attention.no_peeking(6)).mixed
    assert np.abs(again[seats] - masked).max() > 0.01


def test_after_a_changed_last_token_no_earlier_output_stirs_unless_the_mask_is_lifted() -> None:
    text = toy.tokens_of(" ".join(GIVEN_TEXT))
    other = np.append(text[:-1], toy.VOCABULARY.index(CHANGED))
    count = len(text)
    for causal in (True, False):
        shape = transformer.Shape(len(toy.VOCABULARY), causal=causal)
        one, two = (transformer.run(learnt().weights, shape, each[None]).logits[0] for each in (text, other))
        stirred = (one != two).any(axis=1)
        assert stirred.tolist() == ([False] * (count - 1) + [True] if causal else [True] * count)
        heads = [worked.first_head(learnt(), each, causal).outputs for each in (text, other)]
        assert worked.stirred(*heads).tolist() == stirred.tolist()


def test_one_even_look_forgets_who_gave_what_and_two_looks_do_not() -> None:
    one, two = several.LOOKS
    given, swapped = several.GIVEN, several.GIVEN[::-1]
    np.testing.assert_array_equal(one @ given, one @ swapped)
    assert not np.array_equal(two @ given, two @ swapped)


def test_each_thing_looks_mostly_at_the_name_beside_it() -> None:
    for thing in circuit.THINGS_AT:
        row = transformers.read(learnt(), transformers.PAD).looked[0].weights[0, 0, thing]
        assert row.argmax() == thing - 1
        assert row[thing - 1] > 0.6


def test_the_first_ben_gets_next_to_nothing() -> None:
    assert weight(1, 1, ASKER, OWNER) < 0.005


def test_heads_beside_tagger_and_induction_head_cost_less() -> None:
    assert cut(0, 0) == pytest.approx(33, abs=0.5)
    assert cut(1, 1) == pytest.approx(33, abs=0.5)
    assert min(cut(0, 1), cut(1, 0)) > 80


def test_each_layer_has_a_head_that_is_clearly_missed_in_other_trainings() -> None:
    cuts = 100 * evidence.cut_each_head()
    assert cuts[:, 0].min() > 99.5
    assert baselines.needed_heads(cuts).max() < 81


def test_each_thing_is_looked_at_from_by_one_head_at_its_owner_and_by_the_other_at_itself() -> None:
    first, second = transformers.read(learnt(), transformers.PAD).looked[0].weights[0]
    for thing in circuit.THINGS_AT:
        assert first[thing, thing - 1] > 0.6
        assert second[thing, thing] > 0.6


def test_as_a_rule_trainings_learn_later_without_positions() -> None:
    told, bare = (
        evidence.progress(places, seeds).learnt_by()
        for places, seeds in ((learnt().shape.places, evidence.SEEDS), (0.0, evidence.FEWER))
    )
    assert (bare[:, None] > told).mean() > 0.8
    assert bare.max() < evidence.SHORT


def test_feed_forward_reads_its_own_token_alone() -> None:
    thought = transformers.read(learnt(), transformers.PAD).thought[0]
    weights = learnt().weights
    for token, row in enumerate(thought.normed.out[0]):
        active = np.maximum(row @ weights["up.0"] + weights["bias.0"], 0)
        np.testing.assert_allclose(thought.added[0, token], active @ weights["down.0"], atol=1e-12)


def test_the_blank_is_filled_by_who_may_look_ahead_and_the_evidence_comes_later() -> None:
    text = transformers.exam_rounds()[reader.EXAM]
    hole = int(toy.first_mentions(text[None])[0])
    truth = int(text[hole]) - toy.FIRST_THING
    both, left = (
        transformers.fill_hole(trained.train_reader(causal=causal), text, hole) for causal in (False, True)
    )
    assert both.argmax() == truth != left.argmax()
    assert text[hole - 1] not in text[: hole - 1]
    assert text[hole - 1] in text[hole + 1 :]


def test_the_causal_twin_is_right_as_often_as_the_favourite() -> None:
    favourite = 100 * evidence.favourite_in_blanks(transformers.exam_rounds())
    assert filled(causal=True) == pytest.approx(favourite, abs=0.5)


def test_the_model_writes_on_in_its_own_language() -> None:
    text = list(PAD)
    for _ in range(reader.WRITTEN):
        text.append(toy.VOCABULARY[int(transformers.next_chances(learnt(), " ".join(text)).argmax())])
    assert text[len(PAD)] == "hat"
    assert text[len(PAD) + 1] in toy.NAMES


def test_three_are_kept_by_k_one_by_p_and_five_after_ada() -> None:
    assert sampling.keep_top_k(sure(), choose.RULES.k).sum() == 3
    assert sampling.keep_top_p(sure(), choose.RULES.p).sum() == 1
    assert sampling.keep_top_p(after_ada(), choose.RULES.p).sum() == 5


def test_who_was_never_named_gets_hat() -> None:
    chances = transformers.next_chances(learnt(), stranger())
    assert toy.VOCABULARY[int(chances.argmax())] == "hat"
