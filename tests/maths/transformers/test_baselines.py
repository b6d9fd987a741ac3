"""The guess in blanks against a count by hand, and the needed heads against a table that can be read."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.maths.transformers import baselines, evidence, toy, transformers


def test_the_guess_takes_the_likeliest_thing_that_is_named_elsewhere() -> None:
    habits = toy.habits()
    ada = np.argsort(-habits[0])[:3]  # Ada's favourite, and the two after it
    names = np.array([0, 1, 2, 3, 0, 1, 2, 3, 0, 1])
    for own, others, right in ((ada[1], ada[2], True), (ada[1], ada[0], False)):
        things = np.where(names == 0, own, others) + toy.FIRST_THING
        line = np.stack([names, things], axis=1).ravel()
        assert baselines.named_in_blanks(line[None]) == right


def test_named_things_beat_the_favourite_and_stay_below_the_encoder() -> None:
    text = transformers.exam_rounds()
    assert evidence.favourite_in_blanks(text) + 0.2 < baselines.named_in_blanks(text) < 0.6


def test_a_layer_needs_the_head_whose_cut_leaves_least() -> None:
    cuts = np.array([[1.0, 0.3, 0.9, 0.8, 0.5], [1.0, 0.7, 0.6, 0.2, 0.4]])
    assert baselines.needed_heads(cuts) == pytest.approx(np.array([[0.3, 0.5], [0.6, 0.2]]))
