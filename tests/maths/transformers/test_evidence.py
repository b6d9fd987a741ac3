"""Baselines, other trainings and cuts, counted again by plain loops."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from scenes.maths.transformers import evidence, toy, trained, transformers

ROUNDS = transformers.fresh_rounds(60)


@cache
def cuts() -> np.ndarray:
    return evidence.cut_each_head()


def test_habit_alone_and_among_the_named_are_what_a_loop_counts() -> None:
    habits = toy.habits()
    alone, among, asked = 0, 0, 0
    for text in ROUNDS:
        named = [int(text[place]) for place in (1, 3, 5, 7)]
        for place in range(8, 19, 2):
            name, thing = int(text[place]), int(text[place + 1])
            alone += int(habits[name].argmax()) + toy.FIRST_THING == thing
            among += max(named, key=lambda one: habits[name, one - toy.FIRST_THING]) == thing
            asked += 1
    assert evidence.habit_alone(ROUNDS) == pytest.approx(alone / asked)
    assert evidence.habit_among_named(ROUNDS) == pytest.approx(among / asked)


def test_the_favourite_is_right_as_often_as_the_habit_has_it() -> None:
    assert evidence.habit_alone(transformers.fresh_rounds()) == pytest.approx(toy.habits().max(), abs=0.02)
    exam = transformers.exam_rounds()
    blanks = toy.first_mentions(exam)
    right = [
        toy.habits()[text[place - 1]].argmax() + toy.FIRST_THING == text[place]
        for text, place in zip(exam, blanks, strict=True)
    ]
    assert evidence.favourite_in_blanks(exam) == pytest.approx(np.mean(right))


def test_whole_models_are_right_and_cuts_are_those_of_accuracy() -> None:
    assert cuts().shape == (len(evidence.SEEDS), 5)
    assert cuts()[:, 0].min() > 0.99
    model = trained.train_model(seed=2, steps=evidence.SHORT)
    assert cuts()[2, 3] == transformers.accuracy(model, (1, 0))


def test_in_each_training_one_searcher_is_needed_and_a_tagger_too() -> None:
    searchers = evidence.searchers(cuts())
    assert searchers[:, 0].max() < 0.75
    assert searchers[:, 1].min() > 0.8
    assert cuts()[:, 1:3].min(axis=1).max() < 0.85


def test_one_layer_stays_at_what_the_named_things_allow() -> None:
    among = evidence.habit_among_named(transformers.fresh_rounds())
    assert evidence.one_layer() == pytest.approx(among, abs=0.02)


def test_without_positions_every_training_gets_there_and_later() -> None:
    with_, without = evidence.progress(0.5, evidence.SEEDS), evidence.progress(0.0, evidence.FEWER)
    assert with_.learnt_by().max() <= 300
    assert without.learnt_by().min() > 260
    assert np.isfinite(without.learnt_by()).all()
    assert np.median(without.learnt_by()) > np.median(with_.learnt_by())


def test_progress_tells_when_a_level_is_first_seen() -> None:
    made = evidence.Progress(np.array([0.0, 20, 40]), np.array([[0.1, 0.95, 0.8], [0.1, 0.2, 0.3]]))
    assert made.learnt_by().tolist() == [20, np.inf]


def test_absent_names_get_a_thing_of_the_text() -> None:
    model = trained.train_model()
    absent = evidence.ask_absent_names(model)
    assert absent.named.mean() == pytest.approx(0.93, abs=0.01)
    assert np.median(absent.sure) == pytest.approx(0.93, abs=0.01)
    one = evidence.ask_absent_names(model, 1)
    assert one.named.shape == one.sure.shape == (1,)


def test_blocks_of_gpt_3_hold_what_its_paper_says() -> None:
    stack = evidence.GPT3
    assert stack.feed_forward / (stack.attention + stack.feed_forward) == pytest.approx(2 / 3)
    assert stack.total == pytest.approx(174.6e9, rel=0.001)
