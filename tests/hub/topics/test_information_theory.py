"""The page of information-theory: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import heapq

import numpy as np
import pytest
from scipy import special, stats

from hub.note import note_path, read_note
from scenes.figure.information_theory import START, figure
from scenes.maths.information_theory import bits, temperature
from tests.hub.asking import Ask, Seen, ask_demo

ENTRY = """
import { crossEntropy, huffman, redistribute, softmax } from "./hub/demos/information-theory";
const calls: { [name: string]: (...args: any[]) => unknown } = { crossEntropy, huffman, redistribute, softmax };
"""
FOUND = (
    "p=0.5,0.5,0,0,0,0,0,0&q=0.49,0.49,0.02,0,0,0,0,0",
    "p=0.5,0.25,0.125,0.125,0,0,0,0",
    "view=softmax&heat=0.25",
)
"""A state for each thing to be found by hand, as an address says it."""


def look(*fragments: str) -> list[Seen]:
    return ask_demo("information-theory", figure(), *fragments)


def least(p: np.ndarray) -> float:
    """Expected length of Huffman's code: the sum of all joined weights."""
    heap = [share for share in p if share > 0]
    heapq.heapify(heap)
    total = 0.0
    while len(heap) > 1:
        both = heapq.heappop(heap) + heapq.heappop(heap)
        total += both
        heapq.heappush(heap, both)
    return total


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    prints = read_note(note_path("information-theory")).note.core.prints
    h, cross = bits.entropy(bits.P), bits.cross_entropy(bits.P, bits.Q)
    assert prints.strip().splitlines() == [
        f"entropy {h}, Huffman's expected length {least(np.array(bits.P))}, cross-entropy {cross}",
        f"KL of p from q {bits.kl(bits.P, bits.Q)}, of q from p {bits.kl(bits.Q, bits.P)}",
    ]


def test_the_figure_prices_as_the_lesson_does() -> None:
    (start,) = look("")
    p, q = np.array(START)
    assert start.result["entropy"] == pytest.approx(bits.entropy(p))
    assert start.result["cross"] == pytest.approx(bits.cross_entropy(p, q))
    assert start.result["forward"] == pytest.approx(stats.entropy(p, q, base=2))
    assert start.result["reverse"] == pytest.approx(stats.entropy(q, p, base=2))
    assert start.result["huffman"] == pytest.approx(least(p))


def test_the_four_letters_have_the_lessons_numbers() -> None:
    (seen,) = look("p=0.5,0.25,0.125,0.125,0,0,0,0&q=0.125,0.5,0.25,0.125,0,0,0,0")
    assert seen.result["entropy"] == pytest.approx(1.75) == pytest.approx(seen.result["huffman"])
    assert seen.result["forward"] == pytest.approx(bits.kl(bits.P, bits.Q))
    assert seen.result["reverse"] == pytest.approx(bits.kl(bits.Q, bits.P))


def test_codes_and_prices_on_random_histograms(ask: Ask) -> None:
    rng = np.random.default_rng(2)
    for _ in range(30):
        p, q = rng.dirichlet(np.full(8, 0.5)), rng.dirichlet(np.ones(8))
        lengths, cross = ask(("huffman", p), ("crossEntropy", p, q))
        assert p @ lengths == pytest.approx(least(p))
        assert sum(2.0**-length for length in lengths) == pytest.approx(1)
        assert cross == pytest.approx(stats.entropy(p, base=2) + stats.entropy(p, q, base=2))


def test_zero_for_what_happens_costs_without_limit() -> None:
    (seen,) = look(FOUND[0])
    assert seen.said.count("infinite") == 1
    assert seen.readouts["KL of q from p"] == "∞"


def test_a_dragged_bar_takes_from_the_others_in_proportion(ask: Ask) -> None:
    p = np.array(START[0])
    moved, gone, alone = ask(
        ("redistribute", p, 0, 0.5), ("redistribute", p, 7, 0.001), ("redistribute", np.eye(8)[0], 0, 0.3)
    )
    assert moved[0] == 0.5 and np.allclose(np.array(moved[1:]) / p[1:], 0.5 / 0.7)
    assert gone[7] == 0 and sum(gone) == pytest.approx(1)
    assert alone == pytest.approx([0.3, *[0.1] * 7])


@pytest.mark.parametrize("heat", [0.25, 1.0, 5.0])
def test_the_softmax_is_the_lessons(heat: float) -> None:
    doubt = temperature.most_doubtful()
    (seen,) = look(f"view=softmax&heat={heat}")
    assert seen.result["chances"] == pytest.approx(special.softmax(doubt.logits / heat), abs=1e-4)
    assert seen.result["warmth"] == pytest.approx(doubt.entropy(heat), abs=1e-3)


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = look("", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_nonsense_in_an_address_harms_nothing() -> None:
    for seen in look("p=NaN,-1,1e9&q=0,0,0,0,0,0,0,0&heat=-3&view=none", "heat=NaN&view=softmax&p=1"):
        assert "NaN" not in seen.picture and "Infinity" not in seen.picture
        assert sum(seen.state["p"]) == pytest.approx(1)
