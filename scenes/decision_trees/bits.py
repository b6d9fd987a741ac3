"""Entropy: how many questions are left, and what a split answers of them."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.decision_trees import scores
from scenes.decision_trees.growing import LEVELS
from scenes.decision_trees.hunt import Hunt
from scenes.decision_trees.question import BIG, LARGE, MOST, block
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.decision_trees.vineyard import Vineyard
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.plane import Plane
from scenes.maths.decision_trees import by_hand, capped, paired, tree

TALL: Final = 5.7
"""Height of the game's picture, in blocks."""
BASE: Final = 1.0
"""Height at which the blocks begin, over the bottles."""
ABOVE: Final = 1.25
"""Blocks over the highest one at which a question stands, over its cut."""
COSTS: Final = 0.72
"""Blocks over the highest one at which stands what a class costs."""
LINE_UP: Final = np.array([(0.5 + row, 2.8) for row in range(8)])
"""Eight bottles before the first question, in the units of the game's picture."""
LIMITS: Final = (81.5, 93.0)
"""Scores that the comparison shows, in percent."""
MOST_BITS: Final = 0.75
"""The largest information gain that the charts show."""
SUM: Final = 50.0
"""Pixels of capitals of what a share costs."""
TOTAL: Final = 60.0
"""Pixels of capitals of the sum over the game."""
READ: Final = 42.0
"""Pixels of the capitals of a note on the map."""
SEEN: Final = 0.46
"""Radius of a bottle of the game once it is asked about."""


class Bits(DecisionTreesStage):
    """Entropy, where its logarithm comes from, and information gain."""

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

    def guess_the_grape(self, old: VGroup) -> None:
        """Twenty questions with eight bottles: each question puts a block over whom it is asked about."""
        self.shot(shot.headline())
        whole = shot.safe(titled=False)
        count = int(by_hand.GAME.sum())
        self.game = game = Plane(
            (0, count), (0, TALL), whole.width, whole.height, x_ticks=[], y_ticks=[], numbers=False
        )
        game.frame.set_stroke(opacity=0)
        game.move_to(whole.middle)
        kinds = np.repeat(np.arange(3), by_hand.GAME)
        bottles = game.classes(LINE_UP, kinds, radius=1.9 * BIG)
        ends = np.cumsum(by_hand.GAME).tolist()
        groups = list(zip([0, *ends[:-1]], ends, ink.CLASSES[:3], (1, 2, 2), strict=True))
        cuts = [game.segment((at, 0.0), (at, BASE + 2), ink.chalk, width=7.0) for at in ends[:2]]
        asks = [
            words.label(f"grape {number}?", size=READ).move_to(game.at(at, BASE + 2 + ABOVE))
            for number, at in enumerate(ends[:2], 1)
        ]
        rows = [
            [
                game.polygon(
                    block(x + 0.06, BASE + row + 0.06, x + 0.94, BASE + row + 0.94), ink.focus, 0, 0.85
                )
                for x in range(start, count)
            ]
            for row, start in enumerate((0, ends[0]))
        ]
        self.halvings = [VGroup(*each) for each in rows]
        middles = [(low + high) / 2 for low, high, *_ in groups]
        self.counts_of = [
            words.label(f"{many} question{'s' * (many > 1)}", ink.quiet, READ).move_to(
                game.at(middle, BASE + 2 + COSTS)
            )
            for middle, (*_, many) in zip(middles, groups, strict=True)
        ]
        self.costs = [
            words.formula(f"-log_2 {share} = {many}", size=SUM).move_to(game.at(middle, BASE + 2 + COSTS))
            for middle, share, (*_, many) in zip(middles, ("1/2", "1/4", "1/4"), groups, strict=True)
        ]
        with self.beat(
            "There is another measure. Guess the grape of one of eight bottles: four, two and two."
        ) as beat:
            beat.over(words.light(old[3]), until="measure")
            self.play(FadeOut(old), FadeIn(bottles), run_time=pace.BRISK)
            for word, kind in (("four", 0), ("two", 1), ("and", 2)):
                beat.at(
                    word,
                    bottles.subset(kinds == kind).animate.shift(2 * place.NUDGE * UP),
                    run_time=pace.QUICK,
                )
        start = bottles.centres, bottles.radii
        end = game.at(np.column_stack([np.arange(count) + 0.5, np.full(count, BASE / 2)]))
        with self.beat(
            "Ask: is it grape one? Half the games end there, after one question. The others need one more.",
            pause=pace.CALM,
        ) as beat:
            beat.over(glide(bottles.put, start, (end, np.full(count, SEEN))), until="grape")
            self.play(FadeIn(asks[0], cuts[0]), run_time=pace.QUICK)
            beat.over("Half", FadeIn(self.halvings[0], shift=place.NUDGE * UP), until="after")
            beat.at("one question", FadeIn(self.counts_of[0]))
            beat.at("others", FadeIn(asks[1], cuts[1]))
            self.play(FadeIn(self.halvings[1], shift=place.NUDGE * UP), run_time=pace.BRISK)
            self.play(FadeIn(*self.counts_of[1:]), run_time=pace.QUICK)
        mean = by_hand.questions_asked(by_hand.GAME)
        self.sum = words.formula(
            f"1/2 dot 1 + 1/4 dot 2 + 1/4 dot 2 = {{{{{mean:g} : value}}}}",
            {"value": ink.focus},
            size=TOTAL,
        )
        self.sum.move_to((whole.right, whole.top, 0.0), aligned_edge=RIGHT + UP)
        level = game.segment((0, BASE + mean), (count, BASE + mean), ink.truth, 7.0, dashed=True)
        average = words.label(f"{mean:g} on average", ink.truth, LARGE)
        average.next_to(game.at(0.1, BASE + mean), UP + RIGHT, buff=words.GAP)
        self.asks = VGroup(*asks)
        with self.beat("That is 1.5 questions on average.") as beat:
            beat.over(words.write(self.sum), Create(level), FadeIn(average))

    def name_entropy(self) -> None:
        """Entropy, and where its logarithm comes from: each halving is a block."""
        whole = shot.safe(titled=False)
        name = words.headline("entropy", ink.focus)
        name.move_to((whole.left, self.sum.get_y(), 0.0), aligned_edge=LEFT)
        rule = words.formula(
            "{{H : bits}} = limits(sum)_k {{p_k : share}} dot {{(-log_2 p_k) : cost}}",
            {"bits": ink.focus},
            size=TOTAL,
        )
        rule.move_to((whole.right, whole.top, 0.0), aligned_edge=RIGHT + UP)
        with self.beat("Entropy, in bits: no scheme of yes-or-no questions needs fewer, on average.") as beat:
            beat.at("Entropy", FadeIn(name))
            beat.over(words.light(self.sum.part("value"), ink.chalk))
        with self.beat(
            "Each answer can cut what is left in two, and costs one bit. "
            "So a class of share p costs minus log two of p bits."
        ) as beat:
            beat.over(words.light(self.halvings[0], ink.chalk), until="costs")
            beat.over(words.light(self.halvings[1], ink.chalk), until="So")
            self.play(FadeOut(*self.counts_of, self.asks), run_time=pace.QUICK)
            beat.over(LaggedStart(*(FadeIn(each) for each in self.costs), lag_ratio=pace.LAG))
        with self.beat(
            "The rarer a class, the more bits. Their average is the entropy, H.", pause=pace.CALM
        ) as beat:
            beat.over(*(words.light(each) for each in self.costs[1:]), until="Their")
            self.play(FadeOut(self.sum), run_time=pace.QUICK)
            beat.at("average", words.write(rule))
            beat.over(words.light(rule.part("share")), words.light(rule.part("cost")))
        self.name_the_gain()

    def name_the_gain(self) -> None:
        """The parent's bar less those of its children: what the first question of the game removes."""
        upper, lower = self.shot(shot.formula(titled=False))
        gain = words.formula(
            '"gain" = {{H("parent") : parent}} - {{limits(sum)_i n_i/n H_i : children}}',
            size=ink.HEADLINE,
        )
        title = words.headline("information gain", ink.focus)
        upper.stack(title, gain, gap=0.4)
        sides = np.array([[by_hand.GAME[0], 0, 0], [0, *by_hand.GAME[1:]]])
        start = float(tree.entropy(by_hand.GAME))
        left = float(sides.sum(axis=1) @ tree.entropy(sides)) / float(by_hand.GAME.sum())
        low = shot.Region(lower.left, lower.bottom, lower.right, float(gain.get_bottom()[1]) - 0.3)
        board = Plane(
            (-0.9, start + 0.5), (0, 3), low.width, low.height, x_ticks=[], y_ticks=[], numbers=False
        )
        board.frame.set_stroke(opacity=0)
        board.move_to(low.middle)
        spans = ((2, 0.0, start, ink.chalk), (1, 0.0, left, ink.chalk), (0, left, start, ink.focus))
        bars = [
            board.polygon(block(a, y + 0.15, b, y + 0.85), color, width=0, fill=0.85)
            for y, a, b, color in spans
        ]
        names = [
            words.note(text, size=LARGE).move_to(board.at(-0.08, y + 0.5), aligned_edge=RIGHT)
            for text, (y, *_) in zip(("parent", "children", "gain"), spans, strict=True)
        ]
        ends = [
            words.note(f"{b - a:g} bit{'s' * (b - a != 1)}", color, size=LARGE).move_to(
                board.at(b + 0.05, y + 0.5), aligned_edge=LEFT
            )
            for y, a, b, color in spans
        ]
        with self.beat(
            "The entropy that a split removes is its information gain. Is it grape one? That removes one bit."
        ) as beat:
            self.exchange(bars[0], names[0], ends[0])
            self.play(FadeIn(bars[1], names[1], ends[1]), run_time=pace.BRISK)
            beat.over(words.write(gain), until="information", least=pace.BRISK)
            self.play(FadeIn(title), run_time=pace.QUICK)
            beat.until("That")
            beat.over(
                FadeIn(bars[2], names[2], ends[2]), words.light(gain.part("children")), least=pace.BRISK
            )

    def hunt_in_bits(self) -> None:
        """The same hunt with the other measure: another peak."""
        self.shot(shot.wide())
        hunt = Hunt(self.points, self.labels, tree.entropy, MOST_BITS, "information gain", "bits")
        for stroke in hunt.strokes:
            self.allow(stroke, hunt.yard.across, "the stroke passes over the name of an axis on its way")
            self.allow(stroke, hunt.yard.up, "the stroke passes over the name of an axis on its way")
        with self.beat("Sweep both features of our wines again: what does each threshold remove?") as beat:
            self.exchange(hunt.yard, hunt.strokes[0], run_time=pace.QUICK)
            self.play(FadeIn(hunt.corner, hunt.measure), run_time=pace.QUICK)
            self.add(hunt.charts[0])
            self.play(hunt.at.to(1.0, rate_func=linear), run_time=pace.LONG)
            self.play(FadeOut(hunt.strokes[0]), FadeIn(hunt.strokes[1]), run_time=pace.QUICK)
            self.add(hunt.charts[1])
            self.play(hunt.at.to(2.0, rate_func=linear), run_time=pace.LONG)
        hunt.is_tracing = False
        hunt.at.draws(hunt.climb, *hunt.strokes)
        _, peak, asks = hunt.verdict()
        self.flavanoids_asked = asks
        with self.beat("Now the highest peak is elsewhere: flavanoids go first.") as beat:
            self.play(FadeOut(hunt.strokes[1]), run_time=pace.QUICK)
            hunt.at.set(1.0)
            self.play(FadeIn(hunt.strokes[0]), run_time=pace.QUICK)
            beat.over(hunt.at.to(hunt.peak), until="flavanoids", least=pace.SLOW)
            beat.at("flavanoids", FadeIn(peak, scale=2), FadeIn(asks, shift=place.NUDGE * UP))
            beat.over(words.light(asks, ink.chalk), words.light(peak, ink.chalk))
        self.compare_both()

    def compare_both(self) -> None:
        """Both measures on bottles that were held out, twenty times over; and back to the map."""
        (frame,) = self.shot(shot.headline())
        gini, entropy = (
            paired.score(paired.Model(depth=LEVELS, criterion=measure)) for measure in ("gini", "entropy")
        )
        rivals = scores.Rivals(
            frame, (gini, entropy), ("Gini", "entropy"), LIMITS, 100 * capped.guessing(self.labels)
        )
        with self.beat(
            "So two measures, two first questions. On bottles not seen, "
            "two splits deep, Gini gets 87 percent right, entropy 89."
        ) as beat:
            beat.over(words.light(self.flavanoids_asked, ink.chalk), until="On")
            self.exchange(rivals.chart, rivals.guess)
            for side, word in enumerate(("Gini", "entropy")):
                beat.at(word, FadeIn(rivals.dots[side], rivals.names[side]))
        yard = Vineyard(self.points, self.labels)
        best = tree.best_cut(self.points, self.labels)
        stroke = yard.stroke(best.column, best.threshold)
        with self.beat(
            "Shuffle the bottles again and again: entropy is ahead in most turns, not in all. "
            "Gini is a usual default: proline goes first."
        ) as beat:
            beat.over(rivals.compare(), until="all", least=pace.SLOW)
            self.play(FadeIn(rivals.verdict), run_time=pace.QUICK)
            beat.until("Gini")
            self.exchange(yard)
            beat.over(Create(stroke), least=pace.CALM)
