"""Rows that a tree has never seen, and the error that they tell for nothing."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Group, LaggedStart, VGroup

from scenes.decision_trees import scores
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.photo import Photo
from scenes.kit.tile import Tiles
from scenes.maths.decision_trees import forest

DIGITS: Final = (918, 919, 920, 921)
"""Rows of the table, one after the other; the first is judged by hand. Picked so that each has three judges."""
JUDGES: Final = 8
"""Trees that are asked."""
STOPS: Final = (5, 10, 20, 40, 80, 150, 300)
"""Trees in the forests whose error is drawn."""
CAPPED: Final = 3
"""Depth at which the trees of the shallow forest stop."""
READ: Final = 44.0
"""Pixels of the capitals of names in the chart."""
SEAT: Final = 0.6
"""Side of the square that stands for a tree, in scene units."""


class Judges(DecisionTreesStage):
    """Rows that a tree has never seen, and the error that they tell for nothing."""

    @chapter("Every tree has rows it never saw", "out-of-bag evaluation")
    def rows_it_never_saw(self) -> None:
        self.untitled()
        self.exam = forest.examine()
        self.judge_four_digits()
        self.add_trees()
        self.ask_other_hands()

    def judge_four_digits(self) -> None:
        """Four digits, eight trees each: those that never saw the digit say what it is."""
        cells = self.shot(shot.gallery(2, len(DIGITS) // 2, titled=False, gap=0.5))
        pictures, kinds = forest.digit_pictures(np.array(DIGITS))
        missed = self.exam.missed[:JUDGES, DIGITS]
        said = self.exam.verdict[:JUDGES, DIGITS]
        votes = self.exam.vote(JUDGES)[list(DIGITS)]
        photos, boards, seats, ballots, verdicts = [], [], [], [], []
        for column, (cell, picture) in enumerate(zip(cells, pictures, strict=True)):
            photo = Photo(picture, cell.height, smooth=False)
            cell.put(photo, LEFT)
            calls = VGroup()
            left = float(photo.get_right()[0]) + 0.35
            across, down = np.arange(JUDGES) % 4, np.arange(JUDGES) // 4
            step = (cell.right - left - SEAT) / 3
            tops = cell.top - SEAT / 2 - down * (SEAT + 0.25)
            spots = np.column_stack([left + SEAT / 2 + across * step, tops, np.zeros(JUDGES)])
            trees = Tiles(np.zeros((JUDGES, 1)), SEAT, heat=ink.faint).put(spots)
            for seat, unseen, call, spot in zip(
                trees, missed[:, column], said[:, column], spots, strict=True
            ):
                seat.set_stroke(ink.chalk if unseen else ink.faint, 5 if unseen else 2, 1.0)
                seat.set_fill(ink.faint, 0.0 if unseen else 0.4)
                if unseen:
                    calls.add(words.label(f"{call}", size=ink.POINT).move_to(spot))
            right = votes[column] == kinds[column]
            verdict = words.label(
                f"vote {votes[column]} {'✓' if right else '✗'}",
                ink.focus if right else ink.error,
                size=ink.POINT,
            )
            verdict.next_to(trees, DOWN, buff=0.4, aligned_edge=LEFT)
            photos.append(photo)
            seats.append(trees)
            ballots.append(calls)
            verdicts.append(verdict)
            boards.append(Group(photo, trees))
        first = Group(photos[0], seats[0], verdicts[0])
        fresh = VGroup(*(seat for seat, out in zip(seats[0], missed[:, 0], strict=True) if out))
        grown = VGroup(*(seat for seat, out in zip(seats[0], missed[:, 0], strict=True) if not out))
        by_heart = VGroup(
            *(
                words.label(f"{call}", size=ink.POINT).move_to(seat)
                for seat, call in zip(grown, said[~missed[:, 0], 0], strict=True)
            )
        )
        self.add(photos[0])
        with self.beat(
            "A bootstrap sample leaves rows out. So for each row there are trees that never saw it."
        ) as beat:
            beat.over(self.frame.to(photos[0], share=0.85), until="So", least=pace.SLOW)
            beat.over(
                self.frame.to(first, share=0.95), LaggedStart(*map(FadeIn, seats[0]), lag_ratio=pace.LAG)
            )
        with self.beat(
            "Here are eight trees. Five were grown on this digit and know it by heart; three were not."
        ) as beat:
            beat.at("Five", *(seat.animate.set_fill(opacity=0.8) for seat in grown))
            beat.over("heart", FadeIn(by_heart), until="three", least=pace.QUICK)
            beat.over("three", *(seat.animate.set_stroke(ink.focus) for seat in fresh))
        with self.beat(
            "Let these three vote: three, eight, three. The verdict is three, and it is right."
        ) as beat:
            self.play(FadeOut(by_heart), run_time=pace.QUICK)
            for word, call in zip(("three eight", "eight", "three The"), ballots[0], strict=True):
                beat.at(word, FadeIn(call, scale=1.5), run_time=pace.QUICK)
            beat.over("verdict", words.write(verdicts[0]), until="right", least=pace.QUICK)
        others = [Group(*each) for each in zip(photos[1:], seats[1:], strict=True)]
        with self.beat("Do so for all digits. The share of wrong verdicts is the out-of-bag error.") as beat:
            beat.over(self.frame.back(), until="share", least=pace.LONG)
            self.play(LaggedStart(*map(FadeIn, others), lag_ratio=pace.LAG), run_time=pace.CALM)
            beat.over(*map(FadeIn, ballots[1:]), until="wrong", least=pace.BRISK)
            beat.over(LaggedStart(*map(words.write, verdicts[1:]), lag_ratio=pace.LAG), least=pace.CALM)
            self.play(words.light(verdicts[2], ink.chalk), run_time=pace.CALM)

    def add_trees(self) -> None:
        """The out-of-bag error of forests of more and more trees, beside ten folds, and of shallow ones."""
        (frame,) = self.shot(shot.headline())
        error = 100 * self.exam.error[np.array(STOPS) - 1]
        at = np.arange(float(len(STOPS)))
        end = len(STOPS) - 0.4
        chart = frame.plane(
            (-0.6, end),
            (0, 60),
            x_label="trees in the forest",
            y_label="out-of-bag error (%), digits; guessing: 90",
            x_names={spot: f"{count}" for spot, count in zip(at, STOPS, strict=True)},
            y_ticks=(0, 20, 40, 60),
        )
        dots = chart.dots(np.column_stack([at, error]), ink.focus, radius=0.15)
        capped = 100 * forest.shallow(CAPPED)[np.array(STOPS) - 1]
        stumps = chart.dots(np.column_stack([at, capped]), ink.error, "diamond", radius=0.15)
        folds = chart.segment(
            (-0.6, 100 * self.exam.fresh), (end, 100 * self.exam.fresh), ink.truth, dashed=True
        )
        settled = 100 * forest.settled()
        judged = 100 * (1 - self.exam.unjudged[STOPS[0] - 1])
        names = [
            chart.label(
                0,
                error[0],
                f"[{error[0]:.0f} %:focus] of the {judged:.0f} % that have a judge",
                RIGHT,
                gap=0.35,
                size=READ,
            ),
            chart.label(
                at[-1],
                error[-1],
                f"[{settled.min():.1f} to {settled.max():.1f} %:focus], {len(settled)} seeds",
                UP + LEFT,
                gap=0.4,
                size=READ,
            ),
            chart.label(
                at[3],
                capped[3],
                f"trees of depth {CAPPED}: {capped[-1]:.0f} %",
                UP + RIGHT,
                ink.error,
                gap=0.3,
                size=READ,
            ),
            chart.label(
                -0.5,
                100 * self.exam.fresh,
                f"ten folds: {100 * self.exam.fresh:.1f} %",
                UP + RIGHT,
                ink.truth,
                size=READ,
            ),
        ]
        with self.beat("With five trees, 18 percent are wrong, of the digits that have a judge.") as beat:
            self.exchange(chart)
            beat.over(FadeIn(dots[0], scale=2), until="digits")
            beat.over(words.write(names[0]))
        with self.beat("More trees, more judges: the error falls, and settles near two percent.") as beat:
            beat.over(
                LaggedStart(*(FadeIn(dot, scale=2) for dot in dots[1:]), lag_ratio=pace.LAG),
                FadeOut(names[0]),
                until="settles",
                least=pace.LONG,
            )
            beat.over(words.write(names[1]))
        with self.beat(
            "This validation is free. Cross-validation says nearly the same, for many times the work."
        ) as beat:
            beat.over(*(words.light(dot, ink.chalk) for dot in dots), until="Cross-validation")
            beat.over(Create(folds), FadeIn(names[3]), least=pace.SLOW)
        acts = words.label("against overfitting: depth, leaf size, max_features", size=READ)
        acts.move_to(chart.at(at[3], 52))
        with self.beat(
            "So more trees do not overfit. What does act is depth, leaf size and max_features."
        ) as beat:
            beat.over(
                LaggedStart(*(words.light(dot, ink.chalk) for dot in dots), lag_ratio=pace.LAG), until="What"
            )
            beat.over("depth", words.write(acts))
        with self.beat(
            "Nor does averaging repair bias: a forest of shallow trees flattens too, but higher."
        ) as beat:
            beat.over(
                "averaging",
                FadeIn(names[2]),
                LaggedStart(*(FadeIn(dot, scale=2) for dot in stumps), lag_ratio=pace.LAG),
                least=pace.SLOW,
            )

    def ask_other_hands(self) -> None:
        """Forests on half of the digits: their out-of-bag error, and their error on the other half."""
        (frame,) = self.shot(shot.headline())
        mixed, halves = forest.mixed_halves(), forest.halves()
        values = 100 * np.array([mixed.out_of_bag, mixed.second, halves.out_of_bag, halves.second])
        chart = BarChart(
            [
                "random half:\nout-of-bag",
                "the other half",
                "first half:\nout-of-bag",
                "second half:\nother hands",
            ],
            0 * values,
            (0, 7.8),
            frame.width,
            frame.height - 0.2,
            colors=[ink.focus, ink.truth, ink.focus, ink.error],
            ticks=(0, 2, 4, 6),
            label="digits judged wrong (%); guessing: 90",
        )
        frame.put(chart)
        numbers = [scores.number(chart, row, value, 1, " %") for row, value in enumerate(values)]
        steps = [values * (np.arange(len(values)) < row) for row in range(len(values) + 1)]
        with self.beat(
            "Learn digits that are drawn at random: on the rest, out-of-bag keeps its promise."
        ) as beat:
            self.exchange(chart)
            beat.over(glide(chart.redraw, steps[0], steps[1]), until="on", least=pace.BRISK)
            self.play(FadeIn(numbers[0]), run_time=pace.QUICK)
            beat.over(glide(chart.redraw, steps[1], steps[2]), until="promise", least=pace.BRISK)
            beat.over(FadeIn(numbers[1]))
        with self.beat(
            "But learn the digits of some writers alone. Out-of-bag promises 2.1 percent."
        ) as beat:
            beat.over(glide(chart.redraw, steps[2], steps[3]), until="2.1", least=pace.BRISK)
            beat.over(FadeIn(numbers[2]))
        with self.beat("On the rest, written mostly by other hands, it is 6.2.") as beat:
            beat.over(glide(chart.redraw, steps[3], steps[4]), until="6.2", least=pace.CALM)
            beat.over(FadeIn(numbers[3]))
        with self.beat("It holds for rows like yours: not for time series, and not for new people.") as beat:
            beat.over(words.light(numbers[0]), words.light(numbers[1]), until="not", least=pace.CALM)
            beat.over(words.light(numbers[3]), words.light(chart.names[3]))
