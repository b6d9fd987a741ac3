"""The page of Naive Bayes: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import numpy as np
import pytest

from hub.note import note_path, read_note
from scenes.figure.naive_bayes import WORDS, figure
from scenes.maths.naive_bayes import bayes, distil, hand, studies
from scenes.maths.naive_bayes.classifiers import multinomial
from tests.hub.asking import ask_demo
from tests.hub.conftest import Visit
from tests.hub.topics.figure import drag, readout, ready

NUMBER = {word: number for number, word in enumerate(WORDS)}
OWN = len(WORDS)


def read(*words: str) -> str:
    return "read=" + ",".join(str(NUMBER[word]) for word in words)


FOUND = (
    f"{read('free')}&prior={bayes.prior_for(0.5, *studies.seen('free').shares):.4f}",
    read(*["credit"] * 5),
    read("guaranteed", "wrote", "perl"),
    f"{read('guaranteed', 'free', 'credit')},{OWN}&spam=0&ham=0.1",
)
"""A state for each thing to be found by hand, as an address says it."""


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    model = hand.by_hand(multinomial)
    z = float(model.prior[1] - model.prior[0] + hand.counted() @ model.word_weights)
    lines = read_note(note_path("naive-bayes")).note.core.prints.strip().splitlines()
    assert lines[0] == f"weights {model.word_weights.round(2)}"
    assert lines[1] == f"log-odds {z:.2f}: spam with {float(bayes.sigmoid(z)):.0%}"


def test_words_of_the_figure_are_ordinary_ones_of_the_distilled_table() -> None:
    assert set(WORDS) <= set(distil.SHOWN)
    ratios = [np.log(np.divide(*studies.seen(word).shares)) for word in WORDS]
    assert all(ratio > 0 for ratio in ratios[:11])
    assert all(ratio < 0 for ratio in ratios[11:])


@pytest.mark.parametrize("word", WORDS)
def test_a_word_alone_leads_to_the_posterior_of_the_lesson(word: str) -> None:
    for prior in (0.05, studies.seen(word).prior, 0.8):
        (seen,) = ask_demo("naive-bayes", figure(), f"{read(word)}&prior={prior}")
        assert seen.result["posterior"] == pytest.approx(studies.seen(word).posterior(prior), abs=2e-4)


def test_words_multiply_as_if_independent() -> None:
    words = studies.FOUR
    (seen,) = ask_demo("naive-bayes", figure(), read(*words))
    prior = studies.seen("free").prior
    odds = bayes.odds(prior) * np.prod([np.divide(*studies.seen(word).shares) for word in words])
    assert seen.result["z"] == pytest.approx(float(np.log(odds)), abs=2e-3)
    assert seen.result["before"] + seen.result["weights"][-1]["weight"] == pytest.approx(seen.result["z"])


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_word_of_ones_own_counted_again(times: int) -> None:
    own = ",".join([str(OWN)] * times)
    (seen,) = ask_demo("naive-bayes", figure(), f"prior=0.5&read={own}&spam=0.4&ham=0.1")
    assert seen.result["posterior"] == pytest.approx(hand.again(times), abs=1e-6)


def test_a_share_of_zero_has_the_last_word() -> None:
    (seen,) = ask_demo("naive-bayes", figure(), FOUND[-1])
    assert seen.result["posterior"] == 0
    assert "−∞" in seen.said


def test_nonsense_in_an_address_harms_nothing() -> None:
    start, seen = ask_demo("naive-bayes", figure(), "", "prior=x&read=99,-1,0.5,2,2,2,2,2,2,2&spam=7")
    assert seen.state["prior"] == pytest.approx(start.state["prior"], abs=1e-3)
    assert seen.state["read"] == [2] * 6
    assert seen.state["spam"] == 1


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("naive-bayes", figure(), "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_the_prior_is_dragged_and_moved_by_keys_and_words_are_read(visit: Visit) -> None:
    page = visit("naive-bayes/")
    figure_ = ready(page)
    before = readout(page, "posterior of spam")
    grip = figure_.locator(".grip").first
    drag(page, grip, 40, 0)
    assert readout(page, "posterior of spam") != before
    grip.focus()
    stood = grip.get_attribute("aria-valuetext")
    grip.press("Shift+ArrowUp")
    assert grip.get_attribute("aria-valuetext") != stood
    figure_.get_by_role("button", name="perl").click()
    assert readout(page, "sum of log-odds").startswith("−")
