"""Entropy: how many questions are left, and what a split answers of them."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup, linear

from scenes.decision_trees.hunt import Hunt
from scenes.decision_trees.question import BIG, LARGE, MOST, block
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import Vineyard
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.plane import Plane
from scenes.maths.decision_trees import by_hand, capped, tree

LINE_UP: Final = np.array([(1.3 + 2.55 * row, 2.4) for row in range(8)])
"""Eight bottles before the first question, in the units of the game's picture."""
FIRST_ASKED: Final = np.array([(x, 3.3) for x in (0.5, 1.5, 2.5, 3.5, 5.7, 6.7, 7.7, 8.7)])
"""After it: half of them are named."""
THEN_ASKED: Final = np.array(
    [(x, 3.3) for x in (0.5, 1.5, 2.5, 3.5)] + [(x, 1.2) for x in (4.7, 5.7, 8.7, 9.7)]
)
"""After the second."""
MOST_BITS: Final = 0.75
"""The largest information gain that the charts show."""
SUM: Final = 42.0
"""Pixels of capitals of the sums beside the game."""
RULE: Final = 58.0
"""And of the formula that they become."""
LEVELS: Final = 2
"""Depth of the trees whose scores are compared."""


class Bits(DecisionTreesStage):
    """Entropy, information gain, and whether the choice matters."""

    @chapter("Entropy: how many questions are left", "entropy of a split", "information gain", goes_on=True)
    def how_many_questions_are_left(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        hunt = Hunt(self.points, self.labels, tree.gini, MOST).finish()
        old = VGroup(hunt.yard, *hunt.charts, hunt.corner, hunt.measure, *hunt.verdict())
        self.add(*old)

        self.guess_the_grape(old)
        self.name_entropy()
        self.hunt_in_bits()
        self.compare_the_scores()

    def guess_the_grape(self, old: VGroup) -> None:
        """Twenty questions with eight bottles."""
        self.shot(shot.split(titled=False))
        left, self.column = shot.safe(titled=False).columns(1.25, 1, gap=0.5)
        game = Plane((0, 11), (0, 6), left.width, left.height, x_ticks=[], y_ticks=[], numbers=False)
        game.move_to(left.middle)
        kinds = np.repeat(np.arange(3), by_hand.GAME)
        bottles = game.classes(LINE_UP, kinds, radius=2 * BIG)
        first, then = (
            words.label(f"grape {number}?", size=LARGE).move_to(game.at(*spot))
            for number, spot in ((1, (4.6, 4.4)), (2, (7.2, 2.3)))
        )
        links = [
            game.segment([start, start], ends, ink.faint)
            for start, ends in (
                ((4.6, 4.0), [(2.0, 3.7), (7.2, 3.7)]),
                ((7.2, 1.95), [(5.2, 1.6), (9.2, 1.6)]),
            )
        ]
        asked = [
            words.label(text, ink.quiet).move_to(game.at(*spot))
            for text, spot in (
                ("1 question", (2.0, 2.6)),
                ("2 questions", (5.2, 0.5)),
                ("2 questions", (9.2, 0.5)),
            )
        ]
        with self.beat(
            "There is another measure. Guess the grape of one of eight bottles: four, two and two."
        ) as beat:
            beat.over(words.light(old[3]), until="measure")
            self.play(FadeOut(old), FadeIn(bottles), run_time=pace.BRISK)
            for word, kind in (("four", 0), ("two", 1), ("two and", 2)):
                group = bottles.subset(kinds == kind)
                beat.at(
                    word if kind < 2 else "and",
                    group.animate.shift(2 * place.NUDGE * UP),
                    run_time=pace.QUICK,
                )
        for asks in (first, then):
            self.allow(bottles, asks, "the bottles fall past the question on their way")
        start = bottles.centres, bottles.radii
        end = game.at(FIRST_ASKED), np.full(len(kinds), BIG)
        mean = by_hand.questions_asked(by_hand.GAME)
        self.sum = words.formula(
            f"{{{{1/2 dot 1 : one}}}} + {{{{1/4 dot 2 : two}}}} + {{{{1/4 dot 2 : three}}}} = {{{{{mean:g} : value}}}}",
            {"one": ink.first, "two": ink.second, "three": ink.third, "value": ink.focus},
            size=SUM,
        )
        self.column.put(self.sum, UP + LEFT)
        counted = [self.sum.part(name) for name in ("one", "two", "three")]
        with self.beat(
            "Ask: is it grape one? Half the games end there, after one question. The others need one more."
        ) as beat:
            beat.at("grape", FadeIn(first, links[0]))
            beat.over("Half", glide(bottles.put, start, end), until="after")
            beat.at("one question", FadeIn(asked[0], counted[0]))
            beat.at("others", FadeIn(then, links[1]))
            self.play(
                glide(bottles.put, end, (game.at(THEN_ASKED), np.full(len(kinds), BIG))), run_time=pace.SLOW
            )
            self.play(FadeIn(*asked[1:], *counted[1:]), run_time=pace.QUICK)
        known = {glyph for part in counted for glyph in part.get_family()}
        rest = VGroup(*(glyph for glyph in self.sum.glyphs if glyph not in known))
        with self.beat("That is 1.5 questions on average.") as beat:
            self.play(FadeIn(rest), run_time=pace.BRISK)
            beat.over(words.light(self.sum.part("value")))
        self.game = VGroup(bottles, first, then, *links, *asked)

    def name_entropy(self) -> None:
        """The formula of what was counted."""
        self.shot(shot.formula(titled=False))
        rule = words.formula(
            "{{H : bits}} = -limits(sum)_k {{p_k : share}} {{log_2 p_k : cost}}",
            {"bits": ink.focus},
            size=RULE,
        )
        name = words.headline("entropy", ink.focus)
        least = words.note("no scheme of questions\nneeds fewer, on average", ink.quiet, size=SUM)
        costs = words.formula("-log_2 1/2 = 1 quad -log_2 1/4 = 2", size=SUM)
        self.column.stack(self.sum.copy(), name, least, rule, costs, gap=0.38)
        with self.beat("Entropy, in bits: no scheme of yes-or-no questions needs fewer, on average.") as beat:
            beat.at("Entropy", FadeIn(name))
            beat.at("no scheme", FadeIn(least))
            beat.over("average", words.write(rule))
        with self.beat(
            "A class of share p costs minus log two of p: the rarer it is, the more bits."
        ) as beat:
            beat.at("share", words.light(rule.part("share")))
            beat.at("minus", words.light(rule.part("cost")))
            beat.at("the rarer", FadeIn(costs))
            beat.at("more", words.light(costs))
        gain = words.formula(
            '"gain" = {{H("parent") : parent}} - {{limits(sum)_i n_i/n H_i : children}}',
            size=1.3 * ink.pixels(ink.HEADLINE),
        )
        title = words.headline("information gain", ink.focus)
        upper, lower = self.shot(shot.formula(titled=False))
        upper.put(title, UP)
        gain.next_to(title, DOWN, buff=0.6)
        below = words.note("the entropy that the split removes", ink.quiet, size=LARGE)
        lower.put(below, UP)
        with self.beat("The entropy that a split removes is its information gain.") as beat:
            self.exchange(below)
            self.play(words.write(gain), run_time=pace.CALM)
            beat.at("information", FadeIn(title), words.light(gain.part("children")))

    def hunt_in_bits(self) -> None:
        """The same hunt with the other measure: another peak."""
        self.shot(shot.wide())
        hunt = Hunt(self.points, self.labels, tree.entropy, MOST_BITS, "information gain", "bits")
        start = float(tree.entropy(self.counts))
        for stroke in hunt.strokes:
            self.allow(stroke, hunt.yard.across, "the stroke passes over the name of an axis on its way")
            self.allow(stroke, hunt.yard.up, "the stroke passes over the name of an axis on its way")
        all_ = words.label(f"all bottles: {start:.3f} bits").next_to(hunt.measure, DOWN, buff=2 * words.GAP)
        all_.align_to(hunt.measure, RIGHT)
        with self.beat(
            "Our bottles hold 1.567 bits. Sweep both features again, "
            "and at each threshold weigh what is left on either side."
        ) as beat:
            self.exchange(hunt.yard, hunt.strokes[0], run_time=pace.QUICK)
            beat.at("1.567", FadeIn(all_))
            beat.until("Sweep")
            self.play(FadeIn(hunt.corner, hunt.measure), run_time=pace.QUICK)
            self.add(hunt.charts[0])
            self.play(hunt.at.to(1.0, rate_func=linear), run_time=pace.LONG)
            self.play(FadeOut(hunt.strokes[0]), FadeIn(hunt.strokes[1]), run_time=pace.QUICK)
            self.add(hunt.charts[1])
            self.play(hunt.at.to(2.0, rate_func=linear), run_time=pace.LONG)
        hunt.is_tracing = False
        hunt.at.draws(hunt.climb, *hunt.strokes)
        _, peak, asks = hunt.verdict()
        with self.beat("Now the highest peak is elsewhere: flavanoids at most 1.575.") as beat:
            self.play(FadeOut(hunt.strokes[1]), run_time=pace.QUICK)
            hunt.at.set(1.0)
            self.play(FadeIn(hunt.strokes[0]), run_time=pace.QUICK)
            beat.over(hunt.at.to(hunt.peak), until="flavanoids", least=pace.SLOW)
            beat.at("flavanoids", FadeIn(peak, scale=2), FadeIn(asks, shift=place.NUDGE * UP))
            beat.over(words.light(asks, ink.chalk), words.light(peak, ink.chalk))
        self.bits = VGroup(
            hunt.yard, *hunt.charts, hunt.corner, hunt.measure, hunt.strokes[0], peak, asks, all_
        )

    def compare_the_scores(self) -> None:
        """Two levels of either measure, judged on bottles that were not seen."""
        self.shot(shot.headline())
        scores = [
            capped.score_depths(self.points, self.labels, (LEVELS,), measure)
            for measure in ("gini", "entropy")
        ]
        room = shot.safe(titled=False)
        chart = room.plane(
            (0, 100),
            (-0.6, 2.6),
            x_label="unseen bottles right (%), two levels; ± standard error",
            x_ticks=(0, 50, 100),
            y_ticks=[],
        )
        values = [100 * float(score.mean[0]) for score in scores] + [100 * capped.guessing(self.labels)]
        rows = [chart.polygon(block(0, y - 0.3, 0.1, y + 0.3), ink.faint, fill=0.6) for y in (2, 1, 0)]
        names = [
            words.headline(f"{value:.0f} %", size=LARGE).move_to(chart.at(max(value - 9, 33), y))
            for y, value in zip((2, 1, 0), values, strict=True)
        ]
        names += [
            words.headline(name, size=LARGE).move_to(chart.at(1.5, y), aligned_edge=LEFT)
            for y, name in zip((2, 1, 0), ("Gini", "entropy", "guessing"), strict=True)
        ]
        errors = [
            chart.segment(
                (value - 100 * score.error[0], y), (value + 100 * score.error[0], y), ink.focus, 8.0
            )
            for y, value, score in zip((2, 1), values, scores, strict=False)
        ]
        grow = [
            glide(
                row.redraw,
                (block(0, y - 0.3, 0.1, y + 0.3),),
                (block(0, y - 0.3, value, y + 0.3),),
            )
            for row, y, value in zip(rows, (2, 1, 0), values, strict=True)
        ]
        with self.beat(
            "Usually the choice hardly matters. Here the first questions differ, "
            "but on unseen bottles the scores are too close to tell."
        ) as beat:
            beat.over(words.light(self.bits[-2], ink.chalk), until="Here")
            self.play(FadeOut(self.bits), FadeIn(chart, *rows), run_time=pace.BRISK)
            beat.over(*grow, FadeIn(*names[3:]), until="scores", least=pace.SLOW)
            beat.over(FadeIn(*names[:3]), *(Create(each) for each in errors), until="too", least=pace.BRISK)
            beat.over(*(words.light(each, ink.chalk) for each in errors))
        yard = Vineyard(self.points, self.labels)
        best = tree.best_cut(self.points, self.labels)
        stroke = yard.stroke(best.column, best.threshold)
        with self.beat("Gini is a usual default, so proline is asked first.") as beat:
            beat.over(words.light(names[3]), words.light(names[0]), until="so")
            self.shot(shot.wide())
            self.exchange(yard)
            self.play(Create(stroke), run_time=pace.CALM)
