"""What the model and the reader have learnt, measured again by plain loops."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.stats import entropy

from scenes.maths.transformers import toy, trained, transformer, transformers
from scenes.maths.transformers.transformer import Trained


@cache
def learnt() -> Trained:
    return trained.train_model()


def by_loop(model: Trained, count: int) -> transformers.Reach:
    """:func:`measure_reach`, one look at a time, in the first ``count`` rounds."""
    own, answers, same, even = [], [], [], []
    for text in transformers.fresh_rounds()[:count, :-1]:
        looked = transformer.run(model.weights, model.shape, text[None]).looked
        maps = np.stack([each.weights[0] for each in looked])
        own += [maps[:, :, thing, thing - 1] for thing in (1, 3, 5, 7)]
        for asking in range(8, 19, 2):
            earlier = [place for place in range(0, asking, 2) if text[place] == text[asking]]
            answers.append(maps[:, :, asking, [place + 1 for place in earlier]].sum(axis=2))
            same.append(maps[:, :, asking, earlier].sum(axis=2))
            even.append(len(earlier) / (asking + 1))
    return transformers.Reach(
        np.mean(own, axis=0), np.mean(answers, axis=0), np.mean(same, axis=0), float(np.mean(even))
    )


def test_reach_is_what_a_loop_over_looks_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    few = transformers.fresh_rounds(40)
    monkeypatch.setattr(transformers, "fresh_rounds", lambda: few)
    fast, slow = transformers.measure_reach(learnt()), by_loop(learnt(), 40)
    for name in ("own_name", "answers", "same_name"):
        np.testing.assert_allclose(getattr(fast, name), getattr(slow, name), atol=1e-12)
    assert fast.even == pytest.approx(slow.even)


def test_the_model_is_right_and_its_circuit_is_there() -> None:
    reach = transformers.measure_reach(learnt())
    assert transformers.accuracy(learnt()) > 0.995
    assert reach.own_name[0, 0] > 0.7
    assert (reach.answers[1] > 0.7).all()
    assert (reach.same_name[1] < 0.01).all()
    assert 0.10 < reach.even < 0.13


def test_cutting_either_shelf_breaks_the_circuit_though_the_maps_look_alike() -> None:
    tagging, searching, spare = (transformers.accuracy(learnt(), cut) for cut in ((0, 0), (1, 1), (1, 0)))
    assert max(tagging, searching) < 0.5
    assert spare > 0.99


def test_accuracy_counts_right_answers_at_repeated_names() -> None:
    text = transformers.fresh_rounds(30)
    right = 0
    for row in text:
        for asking in range(8, 19, 2):
            logits = transformer.run(learnt().weights, learnt().shape, row[None, : asking + 1]).logits[0, -1]
            right += int(logits.argmax() == row[asking + 1])
    assert trained.right_after_names(learnt().weights, learnt().shape, text) == pytest.approx(right / 180)


def test_one_layer_cannot_tag_before_it_searches() -> None:
    assert transformers.accuracy(trained.train_model(layers=1)) < 0.62


def test_the_notepad_beats_the_habit() -> None:
    sure = transformers.next_chances(learnt(), transformers.PAD)
    alone = transformers.next_chances(learnt(), "Ben")
    assert toy.VOCABULARY[int(sure.argmax())] == "hat"
    assert toy.VOCABULARY[int(alone.argmax())] == "pie"
    assert sure.max() > 0.99


def test_habits_are_learnt_to_within_a_hundredth_of_a_nat() -> None:
    told = [transformers.next_chances(learnt(), name)[6:14] for name in toy.NAMES]
    truth = [entropy(habit, guess / guess.sum()) for habit, guess in zip(toy.habits(), told, strict=True)]
    surprise = transformers.surprise_of_habits(learnt())
    np.testing.assert_allclose(surprise, truth, atol=1e-12)
    assert surprise.max() < 0.01


def test_who_reads_both_ways_uses_what_comes_later_and_who_may_not_guesses_by_habit() -> None:
    both = transformers.guess_first_mentions(trained.train_reader())
    left = transformers.guess_first_mentions(trained.train_reader(causal=True))
    assert both > 0.75
    # Without evidence the best guess is the commonest thing of the name: right with chance 0.30.
    assert abs(left - toy.habits().max()) < 0.05


def test_every_learnt_number_is_counted_once() -> None:
    counted = transformers.count_numbers(learnt())
    assert counted.total == learnt().size == sum(w.size for w in learnt().weights.values())
    d, f, v = 32, 64, 15
    assert counted == transformers.ParameterCount(2 * 4 * d * d, 2 * (2 * d * f + f), 2 * v * d, 5 * d)
