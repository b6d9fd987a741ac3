"""Entropy: how many questions are left, and what a split answers of them."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

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
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.tile import Tiles
from scenes.kit.value import Value
from scenes.maths.decision_trees import by_hand, paired, tree

LINE_UP: Final = np.array([(0.7 + 1.37 * row, 2.5) for row in range(8)])
"""Eight bottles before the first question, in the units of the game's picture."""
FIRST_ASKED: Final = np.array([(x, 2.9) for x in (0.5, 1.2, 1.9, 2.6, 5.9, 6.6, 7.3, 8.0)])
"""After it: half of them are named."""
THEN_ASKED: Final = np.array(
    [(x, 2.9) for x in (0.5, 1.2, 1.9, 2.6)] + [(x, 0.85) for x in (5.2, 5.9, 8.9, 9.6)]
)
"""After the second."""
MOST_BITS: Final = 0.75
"""The largest information gain that the charts show."""
SUM: Final = 50.0
"""Pixels of capitals of what a share costs."""
TOTAL: Final = 60.0
"""Pixels of capitals of the sum over the game."""
READ: Final = 42.0
"""Pixels of the capitals of a note on the map."""
SEEN: Final = 0.38
"""Radius of a bottle of the game once it is asked about."""
HALVINGS: Final = 3
"""How often a row of bottles is halved, to show where the logarithm comes from."""
BLOCK: Final = 0.85
"""Side of the square that stands for a bit, in scene units."""


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
        """Twenty questions with eight bottles."""
        self.shot(shot.headline())
        whole = shot.safe(titled=False)
        game = Plane((0, 11), (0, 5), whole.width, whole.height, x_ticks=[], y_ticks=[], numbers=False)
        game.move_to(whole.middle)
        kinds = np.repeat(np.arange(3), by_hand.GAME)
        bottles = game.classes(LINE_UP, kinds, radius=1.9 * BIG)
        first, then = (
            words.headline(f"grape {number}?").move_to(game.at(*spot))
            for number, spot in ((1, (2.0, 4.4)), (2, (6.6, 2.05)))
        )
        links = [
            game.segment(np.array([start] * len(ends)), ends, ink.faint)
            for start, ends in (
                ((2.0, 4.05), [(1.55, 3.4), (6.6, 3.4)]),
                ((6.6, 1.7), [(5.55, 1.3), (9.25, 1.3)]),
                ((6.6, 3.4), [(6.6, 2.45)]),
            )
        ]
        asked = [
            words.label(text, ink.quiet, size=LARGE).move_to(game.at(*spot))
            for text, spot in (
                ("1 question", (1.55, 2.2)),
                ("2 questions", (5.55, 0.25)),
                ("2 questions", (9.25, 0.25)),
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
        end = game.at(FIRST_ASKED), np.full(len(kinds), SEEN)
        mean = by_hand.questions_asked(by_hand.GAME)
        self.sum = words.formula(
            f"{{{{1/2 dot 1 : one}}}} + {{{{1/4 dot 2 : two}}}} + {{{{1/4 dot 2 : three}}}} = {{{{{mean:g} : value}}}}",
            {"one": ink.first, "two": ink.second, "three": ink.third, "value": ink.focus},
            size=TOTAL,
        )
        self.sum.move_to((whole.right, whole.top, 0.0), aligned_edge=RIGHT + UP)
        counted = [self.sum.part(name) for name in ("one", "two", "three")]
        with self.beat(
            "Ask: is it grape one? Half the games end there, after one question. The others need one more."
        ) as beat:
            beat.at("grape", FadeIn(first, links[0]))
            beat.over("Half", glide(bottles.put, start, end), until="after")
            beat.at("one question", FadeIn(asked[0], counted[0]))
            beat.at("others", FadeIn(then, *links[1:]))
            self.play(
                glide(bottles.put, end, (game.at(THEN_ASKED), np.full(len(kinds), SEEN))), run_time=pace.SLOW
            )
            self.play(FadeIn(*asked[1:], *counted[1:]), run_time=pace.QUICK)
        known = {glyph for part in counted for glyph in part.get_family()}
        rest = VGroup(*(glyph for glyph in self.sum.glyphs if glyph not in known))
        with self.beat("That is 1.5 questions on average.") as beat:
            self.play(FadeIn(rest), run_time=pace.BRISK)
            beat.over(words.light(self.sum.part("value")))

    def name_entropy(self) -> None:
        """Entropy, and where its logarithm comes from: halvings are counted."""
        name = words.headline("entropy", ink.focus)
        name.next_to(self.sum, DOWN, buff=0.35, aligned_edge=RIGHT)
        least = words.note("no scheme needs fewer;\nmet by shares ½, ¼, ¼", ink.quiet)
        least.next_to(name, DOWN, buff=0.3, aligned_edge=RIGHT)
        with self.beat("Entropy, in bits: no scheme of yes-or-no questions needs fewer, on average.") as beat:
            beat.at("Entropy", FadeIn(name))
            beat.at("no scheme", FadeIn(least))
            beat.over(words.light(self.sum.part("value"), ink.chalk))
        self.halve_a_row()
        self.name_the_gain()

    def halve_a_row(self) -> None:
        """A row of bottles is halved, one bit a cut, and blocks count what each share costs."""
        self.shot(shot.formula(titled=False))
        head, body, foot = shot.safe(titled=False).rows(1.2, 2.9, 1.4, gap=0.2)
        left, right = head.columns(4, 1)
        count = 2**HALVINGS
        row = Plane((0, count), (0, 1), left.width, left.height, x_ticks=[], y_ticks=[], numbers=False)
        row.frame.set_stroke(opacity=0)
        row.move_to(left.middle)
        bottles = row.dots([(0.5 + spot, 0.5) for spot in range(count)], ink.chalk, radius=1.2 * SEEN)
        bits = Value(0.0)
        counter = right.put(Readout(bits, 0, label="bits:", color=ink.focus, size=ink.HEADLINE), RIGHT)
        board = Plane((0, HALVINGS), (0, 1), body.width, body.height, x_ticks=[], y_ticks=[], numbers=False)
        board.move_to(body.middle)
        cuts, stacks, costs = [], [], []
        for each in range(1, HALVINGS + 1):
            at = count / 2**each
            cuts.append(row.segment((at, 0), (at, 1), ink.focus, width=7.0))
            stack = Tiles(np.ones((each, 1)), BLOCK * 0.94, heat=ink.focus)
            stack.put(stack.column((0.0, 0.0, 0.0), BLOCK))
            foot_at = board.at(each - 0.85, 0.0)
            stacks.append(stack.move_to(foot_at, aligned_edge=DOWN))
            costs.append(
                words.formula(f"-log_2 1/{2**each} = {each}", size=SUM).next_to(
                    stack, RIGHT, buff=0.3, aligned_edge=DOWN
                )
            )
        rule = words.formula(
            "{{H : bits}} = limits(sum)_k {{p_k : share}} dot {{(-log_2 p_k) : cost}}",
            {"bits": ink.focus},
            size=ink.HEADLINE,
        )
        foot.put(rule, LEFT)
        with self.beat(
            "Each yes or no can cut what is left in two, and costs one bit. "
            "So a class of share p costs minus log two of p bits."
        ) as beat:
            self.exchange(bottles, counter, run_time=pace.QUICK)
            for each, (cut, stack) in enumerate(zip(cuts, stacks, strict=True), 1):
                shade = np.where(np.arange(count) < count / 2**each, 1.0, 0.2)
                before = np.where(np.arange(count) < count / 2 ** (each - 1), 1.0, 0.2)
                lasts = beat.fill("share") / (HALVINGS + 1 - each)
                self.play(
                    FadeIn(cut, stack),
                    glide(bottles.shade, before, shade, bottles),
                    bits.to(float(each)),
                    run_time=max(lasts, pace.BRISK),
                )
            beat.over(LaggedStart(*(FadeIn(each) for each in costs), lag_ratio=pace.LAG), least=pace.SLOW)
        with self.beat("The rarer a class, the more bits it costs. Their average is the entropy, H.") as beat:
            beat.over(words.light(costs[-1]), words.light(stacks[-1], ink.chalk), until="Their")
            beat.at("average", words.write(rule))
            beat.over(words.light(rule.part("share")), words.light(rule.part("cost")))

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
        start = float(tree.entropy(self.counts))
        for stroke in hunt.strokes:
            self.allow(stroke, hunt.yard.across, "the stroke passes over the name of an axis on its way")
            self.allow(stroke, hunt.yard.up, "the stroke passes over the name of an axis on its way")
        all_ = words.label(f"all bottles: {start:.3f} bits").next_to(hunt.measure, DOWN, buff=2 * words.GAP)
        all_.align_to(hunt.measure, RIGHT)
        with self.beat(
            "Our bottles hold 1.567 bits. Sweep both features again: what does each threshold remove?"
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
        yard = Vineyard(self.points, self.labels)
        best = tree.best_cut(self.points, self.labels)
        stroke = yard.stroke(best.column, best.threshold)
        both = [paired.Model(depth=LEVELS, criterion=measure) for measure in ("gini", "entropy")]
        tie = Tag(
            words.note(
                f"unseen bottles right, {LEVELS} levels:\n"
                f"Gini {scores.percent(paired.score(both[0]))}, entropy {scores.percent(paired.score(both[1]))}",
                size=READ,
            ),
            opacity=1.0,
        )
        tie.next_to(yard.up, DOWN, buff=0.2, aligned_edge=LEFT)
        with self.beat(
            "So two measures, two first questions. On unseen bottles, small trees by either tie here. "
            "Gini is a usual default: proline goes first."
        ) as beat:
            beat.over(words.light(asks, ink.chalk), until="On")
            self.exchange(yard)
            beat.over(FadeIn(tie), until="Gini", least=pace.QUICK)
            beat.over(words.light(tie.text), until="proline", least=pace.QUICK)
            beat.over(FadeOut(tie), Create(stroke), least=pace.CALM)
