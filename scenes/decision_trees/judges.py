"""Rows that a tree has never seen, and the error that they tell for nothing."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, Mobject, VGroup

from scenes.decision_trees.greedy import INSIDE
from scenes.decision_trees.grove import Forest
from scenes.decision_trees.scores import small_tree
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.kit import ink, pace, shot, words
from scenes.kit.lesson import chapter
from scenes.kit.photo import Photo
from scenes.kit.tile import Tiles
from scenes.maths.decision_trees import forest, outofbag, wine_forest

DIGITS: Final = (918, 919, 920, 921)
"""Rows of the table, one after the other; the first is judged by hand. Picked so that each has three judges."""
JUDGES: Final = 8
"""Trees that are asked."""
STOPS: Final = (5, 10, 20, 40, 80, 150, 300)
"""Trees in the forests whose error is drawn."""
READ: Final = 44.0
"""Pixels of the capitals of names in the chart."""
SEAT: Final = 0.6
"""Side of the square that stands for a tree, in scene units."""


class Judges(DecisionTreesStage):
    """Rows that a tree has never seen, and the error that they tell for nothing."""

    @chapter("Every tree has rows it never saw", "out-of-bag evaluation", goes_on=True)
    def rows_it_never_saw(self) -> None:
        self.untitled()
        self.exam = forest.examine()
        self.ask_who_never_saw_it()
        self.judge_four_digits()
        self.add_trees()
        self.ask_other_hands()

    def ask_who_never_saw_it(self) -> None:
        """The forest that voted on a bottle: most of its trees were grown on it."""
        wood = Forest()
        wood.standing()
        fresh = wood.fresh

        def those(which: np.ndarray) -> list[Mobject]:
            lots = zip(wood.trees, wood.ways, wood.votes, which, strict=True)
            return [each for drawn, way, vote, lit in lots if lit for each in (drawn, way, vote)]

        self.add(*wood.trees, *wood.ways, *wood.votes)
        seen = wood.foot.put(words.note("grown on this bottle", size=READ), LEFT + DOWN)
        never = wood.foot.put(words.note("never saw it: [out of bag:focus]", size=READ), LEFT + DOWN)
        with self.beat(
            "The bottle that these trees voted on was in most of their samples. Those know it by heart."
        ) as beat:
            beat.until("was")
            self.play(self.spotlight(*those(~fresh)), FadeIn(seen), run_time=pace.CALM)
            beat.over(
                "Those",
                LaggedStart(
                    *(words.light(vote) for vote, new in zip(wood.votes, fresh, strict=True) if not new),
                    lag_ratio=pace.LAG,
                ),
            )
        verdict = wood.count(fresh)
        with self.beat(
            "But a bootstrap sample leaves rows out: some trees never saw it. They vote alone, and are wrong."
        ) as beat:
            beat.until("some")
            self.play(self.lights_on(run_time=pace.QUICK), FadeOut(seen), run_time=pace.QUICK)
            self.play(self.spotlight(*those(fresh)), FadeIn(never), run_time=pace.CALM)
            beat.at("vote", FadeIn(verdict))
            beat.over(
                LaggedStart(
                    *(words.light(vote) for vote, new in zip(wood.votes, fresh, strict=True) if new),
                    lag_ratio=pace.LAG,
                )
            )
        self.play(self.lights_on(run_time=pace.QUICK), run_time=pace.QUICK)

    def judge_four_digits(self) -> None:
        """Four digits, eight trees each: those that never saw the digit say what it is."""
        cells = self.shot(shot.gallery(2, len(DIGITS) // 2, titled=False, gap=0.5))
        pictures, kinds = forest.digit_pictures(np.array(DIGITS))
        missed = self.exam.missed[:JUDGES, DIGITS]
        said = self.exam.verdict[:JUDGES, DIGITS]
        votes = self.exam.vote(JUDGES)[list(DIGITS)]
        photos, seats, ballots, verdicts = [], [], [], []
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
        with self.beat(
            "Do so for all rows, here of handwritten digits. The share of wrong verdicts is the out-of-bag error."
        ) as beat:
            self.exchange(*photos)
            beat.over(LaggedStart(*map(FadeIn, seats), lag_ratio=pace.LAG), until="digits", least=pace.CALM)
            beat.over(*map(FadeIn, ballots), until="share", least=pace.BRISK)
            beat.over(LaggedStart(*map(words.write, verdicts), lag_ratio=pace.LAG), until="out-of-bag")
            beat.over(words.light(verdicts[2], ink.chalk), least=pace.CALM)

    def add_trees(self) -> None:
        """The out-of-bag error of forests of more and more trees, beside ten folds."""
        (frame,) = self.shot(shot.headline())
        runs = 100 * outofbag.curves(STOPS)
        error = runs.mean(axis=0)
        at = np.arange(float(len(STOPS)))
        end = len(STOPS) - 0.4
        chart = frame.plane(
            (-0.6, end),
            (0, 22),
            x_label="trees in the forest, about twice as many at each step",
            y_label="out-of-bag error (%), mean and range of 5 forests; guessing: 90",
            x_names={spot: f"{count}" for spot, count in zip(at, STOPS, strict=True)},
            y_ticks=(0, 5, 10, 15, 20),
        )
        stems = [
            chart.stems([x], [low], [high], ink.truth, width=5.0)
            for x, low, high in zip(at, runs.min(axis=0), runs.max(axis=0), strict=True)
        ]
        dots = [
            VGroup(stem, dot)
            for stem, dot in zip(
                stems, chart.dots(np.column_stack([at, error]), ink.truth, radius=0.15), strict=True
            )
        ]
        folds = chart.segment(
            (-0.6, 100 * self.exam.fresh), (end, 100 * self.exam.fresh), ink.quiet, dashed=True
        )
        names = [
            chart.label(
                at[-1],
                error[-1],
                f"[{runs[:, -1].min():.1f} to {runs[:, -1].max():.1f} %:truth], {len(runs)} forests",
                UP + LEFT,
                gap=0.7,
                size=READ,
            ),
            chart.label(
                -0.5,
                100 * self.exam.fresh,
                f"cross-validation: {100 * self.exam.fresh:.1f} %",
                UP + RIGHT,
                ink.quiet,
                size=READ,
            ),
        ]
        with self.beat("More trees, more judges: the error falls, and settles near two percent.") as beat:
            self.exchange(chart)
            beat.over(
                LaggedStart(*(FadeIn(dot, scale=2) for dot in dots), lag_ratio=pace.LAG),
                until="settles",
                least=pace.LONG,
            )
            beat.over(words.write(names[0]))
        with self.beat(
            "This validation is free. Cross-validation says nearly the same, for many times the work."
        ) as beat:
            beat.over(*(words.light(dot, ink.chalk) for dot in dots), until="Cross-validation")
            beat.over(Create(folds), FadeIn(names[1]), least=pace.SLOW)
        acts = words.note("what acts:\ndepth,\nsamples per leaf,\nmax_features", size=ink.POINT)
        acts.move_to(chart.at(end - 0.1, 21), aligned_edge=RIGHT + UP)
        with self.beat(
            "So more trees do not overfit. What acts is depth, samples per leaf and max_features."
        ) as beat:
            beat.over(
                LaggedStart(*(words.light(dot, ink.chalk) for dot in dots), lag_ratio=pace.LAG), until="What"
            )
            beat.over("depth", words.write(acts))

    def ask_other_hands(self) -> None:
        """Forests on half of the digits: their out-of-bag error, and their error on the other half."""
        (frame,) = self.shot(shot.headline())
        pairs = [100 * wine_forest.paired_halves(by_writer) for by_writer in (False, True)]
        spots = ((1.0, 2.2), (3.4, 4.6))
        chart = frame.inset(0.0, INSIDE).plane(
            (0.2, 5.4),
            (0, 8),
            y_label="digits judged wrong (%); a line a forest",
            x_ticks=(),
            y_ticks=(0, 2, 4, 6),
        )
        halves = [
            [chart.label(spot, 0.15, text, UP, gap=0.0) for spot, text in zip(at, texts, strict=True)]
            for at, texts in zip(
                spots,
                (("random half:\nout-of-bag", "other\nhalf"), ("first rows:\nout-of-bag", "later\nrows")),
                strict=True,
            )
        ]
        sides = [
            [
                chart.dots(np.column_stack([np.full(len(pair), spot), pair[:, side]]), color, radius=0.15)
                for side, (spot, color) in enumerate(zip(at, (ink.chalk, color), strict=True))
            ]
            for pair, at, color in zip(pairs, spots, (ink.truth, ink.error), strict=True)
        ]
        lines = [
            [chart.segment((at[0], one), (at[1], other), ink.quiet) for one, other in pair]
            for pair, at in zip(pairs, spots, strict=True)
        ]
        numbers = [
            chart.label(spot, mean, f"{mean:.1f} %", side, color, gap=0.35, size=ink.POINT)
            for pair, at, color in zip(pairs, spots, (ink.truth, ink.error), strict=True)
            for spot, mean, side, color in zip(
                at, pair.mean(axis=0), (LEFT, RIGHT), (ink.chalk, color), strict=True
            )
        ]
        with self.beat(
            "Learn digits that are drawn at random: on the rest, out-of-bag keeps its promise."
        ) as beat:
            self.exchange(chart, *halves[0])
            beat.over(FadeIn(sides[0][0]), until="on", least=pace.BRISK)
            self.play(FadeIn(numbers[0]), run_time=pace.QUICK)
            beat.over(*map(Create, lines[0]), FadeIn(sides[0][1]), until="promise", least=pace.BRISK)
            beat.over(FadeIn(numbers[1]))
        with self.beat("But learn the first rows of the table, and out-of-bag promises 2.2 percent.") as beat:
            beat.over(FadeIn(sides[1][0], *halves[1]), until="2.2", least=pace.BRISK)
            beat.over(FadeIn(numbers[2]))
        inferred = words.note("writers: inferred from\nthe order of the rows", size=READ)
        inferred.move_to(chart.at(0.5, 7.7), aligned_edge=LEFT + UP)
        with self.beat(
            "On the later rows it is 6.6. To judge by their order, these digits come from other writers."
        ) as beat:
            beat.over(*map(Create, lines[1]), FadeIn(sides[1][1]), until="6.6", least=pace.CALM)
            self.play(FadeIn(numbers[3]), run_time=pace.QUICK)
            beat.over("order", words.write(inferred))
        drawn = small_tree(self)
        with self.beat("It holds for rows like yours: not for time series or new people.") as beat:
            beat.over(words.light(numbers[0]), words.light(numbers[1]), until="not", least=pace.CALM)
            beat.over(words.light(numbers[3], ink.chalk))
        self.exchange(drawn)
