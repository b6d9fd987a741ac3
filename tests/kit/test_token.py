"""Tokens on their seats, arcs between them, stacks beside them and odds of what comes next."""

from __future__ import annotations

import numpy as np
import pytest
from manim import DOWN, LEFT, RIGHT, UP

from scenes.kit import ink, words
from scenes.kit.arc import WIDEST, Arcs
from scenes.kit.probability_bars import ProbabilityBars
from scenes.kit.residual_stack import ResidualStack
from scenes.kit.token import Tokens
from tests.golden import assert_golden

TEXT = ["Ada", "tea", "Ben", "jam"]

# Tokens


def test_tokens_sit_side_by_side_and_change_seats() -> None:
    tokens = Tokens(TEXT, width=1.2, gap=0.3).shift((1.0, 2.0, 0.0))
    middles = np.array([tokens.at(i) for i in range(4)])
    np.testing.assert_allclose(np.diff(middles[:, 0]), 1.5)
    np.testing.assert_allclose(middles.mean(axis=0), (1, 2, 0), atol=1e-9)
    assert tokens.sit([3, 2, 1, 0]) is tokens
    np.testing.assert_allclose([tokens.at(i) for i in range(4)], middles[::-1], atol=1e-9)
    tokens.sit([0, 1, 2.5, 3])
    np.testing.assert_allclose(tokens.at(2), (middles[2] + middles[3]) / 2, atol=1e-9)
    np.testing.assert_allclose(tokens.tops(0.1)[2], tokens.at(2, UP) + 0.1 * UP, atol=1e-9)
    np.testing.assert_allclose(tokens.words[2].get_x(), tokens.at(2)[0], atol=0.02)


def test_words_of_tokens_stand_on_one_line() -> None:
    tokens = Tokens(["jam", "Ada", "map"])
    assert np.ptp([words.baseline(word) for word in tokens.words]) < 1e-9


def test_tokens_step_back_and_return_and_take_colours() -> None:
    tokens = Tokens(TEXT, color=[ink.first, ink.second, ink.first, ink.second]).only([1])
    assert tokens.words[1].glyphs[0].get_fill_opacity() == 1
    assert tokens.words[0].glyphs[0].get_fill_opacity() < 0.7
    assert tokens.boxes[0].get_stroke_opacity() < 0.4
    tokens.shade(1.0)
    assert tokens.boxes[0].get_stroke_opacity() == 1
    assert 0 < tokens.boxes[0].get_fill_opacity() < 0.3
    tokens.tint(ink.focus, [0])
    assert tokens.boxes[0].get_stroke_color() == ink.focus
    assert tokens.boxes[1].get_stroke_color() == ink.second
    assert tokens.words[0].glyphs[0].get_fill_color() == ink.focus
    assert list(tokens.subset([2])) == [tokens[2]]


def test_impossible_rows_of_tokens_are_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        Tokens([])
    with pytest.raises(ValueError, match="too narrow"):
        Tokens(TEXT, width=0.5)


# Arcs


def test_arcs_are_as_wide_and_as_bright_as_their_weights() -> None:
    places = Tokens(TEXT).tops()
    weights = np.array([[1, 0, 0, 0], [0.5, 0.5, 0, 0], [0.1, 0.2, 0.7, 0], [0.002, 0, 0, 0.998]])
    arcs = Arcs(places, places, weights)
    wide = np.array([[arcs.arc(i, j).get_stroke_width() for j in range(4)] for i in range(4)])
    bright = np.array([[arcs.arc(i, j).get_stroke_opacity() for j in range(4)] for i in range(4)])
    assert (wide[weights < 0.004] == 0).all()
    order = np.argsort(weights[weights > 0.004])
    assert (np.diff(wide[weights > 0.004][order]) >= 0).all()
    assert (np.diff(bright[weights > 0.004][order]) >= 0).all()
    assert wide.max() <= WIDEST + 1.2
    assert arcs.redraw(0.0) is arcs
    assert all(arc.get_stroke_width() == 0 for arc in arcs)


def test_an_arc_runs_from_the_answer_to_the_asker() -> None:
    places = np.array([[-2.0, 0, 0], [0, 0, 0], [3, 0, 0]])
    arcs = Arcs(places, places, 0.5, bow=0.4)
    np.testing.assert_allclose(arcs.along(2, 0, 0.0), places[0])
    np.testing.assert_allclose(arcs.along(2, 0, 1.0), places[2])
    np.testing.assert_allclose(arcs.along(2, 0, 0.5), (0.5, 0.4 * 5, 0))
    np.testing.assert_allclose(arcs.along(1, 1, 1.0), places[1])
    moved = arcs.follow(places + UP, places)
    np.testing.assert_allclose(moved.along(0, 2, 1.0), places[0] + UP)
    assert Arcs(places, places, bow=-0.4).along(2, 0, 0.5)[1] == pytest.approx(-2.0)


def test_arcs_to_a_higher_shelf_stay_between_the_shelves() -> None:
    low, high = np.array([[-2.0, 0, 0], [1, 0, 0]]), np.array([[-1.0, 2, 0], [2, 2, 0]])
    arcs = Arcs(high, low, 1.0)
    for row in range(2):
        for column in range(2):
            ys = [arcs.along(row, column, share)[1] for share in np.linspace(0, 1, 21)]
            assert (np.diff(ys) > 0).all()
            assert min(ys) == 0
            assert max(ys) == 2


# Stacks


def test_the_marker_travels_along_the_road_also_after_the_stack_moved() -> None:
    stack = ResidualStack(["look", "think", "look"]).shift((2.0, -1.0, 0.0)).scale(0.8)
    xs = [stack.drive_to(level).marker.get_center() for level in (0, 1, 2, 3)]
    np.testing.assert_allclose(np.diff(xs, axis=0)[:, 1], np.diff(xs, axis=0)[0, 1])
    np.testing.assert_allclose(xs[3], stack.road.get_end(), atol=1e-9)
    np.testing.assert_allclose(stack.joint(1)[0], stack.road.get_x(), atol=1e-9)
    assert stack.at(1)[1] < stack.joint(1)[1] < stack.at(2)[1] + 0.2
    assert stack.blocks[0] in stack.part(0).submobjects
    with pytest.raises(ValueError, match="1 colours"):
        ResidualStack(["look", "think"], [ink.first])


# Odds


def test_bars_are_as_long_as_chances_and_what_is_cut_off_is_hollow() -> None:
    odds = ProbabilityBars(["a", "b", "c"], [0.5, 0.3, 0.2], unit=4.0)
    assert odds.bars.width == pytest.approx(2.0)
    odds.redraw([0.6, 0.4, 0.0], kept=[True, False, False])
    assert odds.bars.width == pytest.approx(2.4)
    assert odds.hollow.width == pytest.approx(1.6)
    odds.redraw([0.6, 0.4, 0.0], kept=[1.0, 0.25, 0.25])
    assert odds.waning.width == pytest.approx(1.6)
    assert odds.waning.get_fill_opacity() == pytest.approx(0.25)
    odds.shift((1.0, 1.0, 0.0)).scale(0.5)
    assert odds.redraw([0.25, 0.25, 0.5]).bars.width == pytest.approx(1.0)
    np.testing.assert_allclose(odds.bars.get_left()[0], odds.axis.get_x(), atol=1e-6)


def test_laid_end_to_end_the_chances_fill_the_strip() -> None:
    odds = ProbabilityBars(["a", "b", "c"], [0.5, 0.3, 0.2], unit=4.0).line_up(1.0)
    np.testing.assert_allclose(odds.bars.get_left(), odds.on_strip(0.0), atol=1e-6)
    np.testing.assert_allclose(odds.bars.get_right(), odds.on_strip(1.0), atol=1e-6)
    starts = odds.bars.points[::16, 0]
    np.testing.assert_allclose(starts, [odds.on_strip(share)[0] for share in (0, 0.5, 0.8)], atol=1e-6)
    assert odds.numbers.get_fill_opacity() == 0
    assert odds.line_up(0.0).bars.get_left()[0] == pytest.approx(odds.axis.get_x())


def test_the_numbers_of_bars_can_be_read_by_who_checks_them() -> None:
    odds = ProbabilityBars(["a", "b", "c"], [0.5, 0.3, 0.2], unit=4.0).redraw([0.5, 0.3, 0.2], [1, 1, 0])
    assert odds.shown_texts == ("0.50", "0.30")
    assert odds.line_up(1.0).shown_texts == ()


def test_tallies_are_shares_of_what_was_drawn() -> None:
    odds = ProbabilityBars(["a", "b"], [0.5, 0.5], unit=4.0).tally([30, 10])
    assert odds.tallies.width == pytest.approx(3.0)
    assert odds.tally([30, 10], total=80).tallies.width == pytest.approx(1.5)
    assert len(odds.tally([0, 0]).tallies.points) == 0
    with pytest.raises(ValueError, match="2 chances"):
        odds.redraw([0.5, 0.3, 0.2])
    with pytest.raises(ValueError, match="from 0 to 1"):
        odds.redraw([1.5, -0.5])


# Pictures


def test_tokens_and_arcs_golden() -> None:
    tokens = Tokens(["Ada", "tea", "Ben", "hat", "Ben"], pills=[True, False, True, False, True], width=1.3)
    tokens.shift(1.4 * UP + 2 * LEFT).only([0, 3, 4])
    rows = np.tri(5) * [1.0, 0.2, 0.1, 0.6, 0.1]
    arcs = Arcs(tokens.tops(0.05), tokens.tops(0.05), rows / rows.sum(axis=1, keepdims=True), bow=0.3)
    low = Tokens(["a", "b", "c"], color=[ink.first, ink.second, ink.third], width=1.2).shift(
        3 * DOWN + 3 * LEFT
    )
    high = low.tops(1.6)
    links = Arcs(high, low.tops(0.05), np.array([[1, 0, 0], [0.3, 0.7, 0], [0.1, 0.1, 0.8]]), ink.first)
    assert_golden("tokens", tokens, arcs, low, links, text=True, width=854, height=480)


def test_stack_and_odds_golden() -> None:
    stack = ResidualStack(["attention", "feed-forward"], [ink.focus, ink.third], through="norm").shift(
        3.7 * LEFT
    )
    odds = ProbabilityBars(["tea", "jam", "map"], [0.6, 0.3, 0.1], unit=4.0).shift(3.2 * RIGHT + 2 * UP)
    odds.redraw([0.6, 0.3, 0.1], kept=[True, True, False]).tally([5, 4, 1])
    laid = (
        ProbabilityBars(["tea", "jam", "map"], [0.6, 0.3, 0.1], unit=4.0)
        .shift(3.2 * RIGHT + 1.8 * DOWN)
        .line_up(1.0)
    )
    assert_golden("stack-odds", stack.drive_to(0.6), odds, laid, text=True, width=854, height=480)
