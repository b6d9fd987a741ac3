"""Rows that a tree has never seen, and the error that they tell for nothing."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.decision_trees import scores
from scenes.decision_trees.pixels import SHOWN, Rivals
from scenes.decision_trees.scores import small_tree
from scenes.decision_trees.stage import DecisionTreesStage
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.photo import Photo
from scenes.kit.tile import Tiles
from scenes.maths.decision_trees import forest, outofbag, wine_forest

DIGITS: Final = (SHOWN, SHOWN + 1, SHOWN + 2, SHOWN + 3)
"""Rows of the table, one after the other; the first is judged by hand. Picked so that each has three judges."""
JUDGES: Final = 8
"""Trees that are asked."""
STOPS: Final = (5, 10, 20, 40, 80, 150, 300)
"""Trees in the forests whose error is drawn."""
READ: Final = 44.0
"""Pixels of the capitals of names in the chart."""
ABREAST: Final = 4
"""Trees in a line."""
SEAT: Final = 1.35
"""Side of the square that stands for a tree beside one large digit, in scene units."""
SMALL_SEAT: Final = 0.7
"""Its side beside one of four digits."""
CALL: Final = 0.45
"""Height of what a tree says, as a share of its square."""
BELOW: Final = 0.6
"""Scene units under a chart for a line of names."""
FOOT: Final = 0.85
"""Scene units under a bench for its verdict."""
RAISED: Final = 0.12
"""Scene units under a verdict, so that it clears the captions while it lights up."""


class Bench:
    """A square for each of the first trees, and what they say of the digit in a ``row`` of the table."""

    def __init__(self, exam: forest.OutOfBag, row: int, where: shot.Region, side: float) -> None:
        self.missed = exam.missed[:JUDGES, row]
        said = exam.verdict[:JUDGES, row]
        self.vote = int(exam.vote(JUDGES)[row])
        across, down = np.arange(JUDGES) % ABREAST, np.arange(JUDGES) // ABREAST
        step = (where.width - side) / (ABREAST - 1)
        lines = JUDGES // ABREAST
        drop = min(step, (where.height - side) / (lines - 1))
        spots = np.column_stack(
            [where.left + side / 2 + across * step, where.top - side / 2 - down * drop, np.zeros(JUDGES)]
        )
        self.trees = Tiles(np.zeros((JUDGES, 1)), side, heat=ink.faint).put(spots)
        for seat in self.trees:
            seat.set_stroke(ink.faint, 3, 1.0).set_fill(ink.faint, 0.4)
        size = CALL * side / ink.UNITS_PER_PIXEL
        names = [
            words.label(f"{call}", size=size).move_to(spot) for call, spot in zip(said, spots, strict=True)
        ]
        self.calls = [name for name, unseen in zip(names, self.missed, strict=True) if unseen]
        self.knowing = [name for name, unseen in zip(names, self.missed, strict=True) if not unseen]

    def leave(self) -> list[Any]:
        """Those that saw the digit fall silent, and the others' squares light up."""
        lit = [
            seat.animate.set_stroke(ink.chalk, 6).set_fill(ink.faint, 0.0)
            for seat, unseen in zip(self.trees, self.missed, strict=True)
            if unseen
        ]
        return [*lit, *map(FadeOut, self.knowing)]

    def dismiss(self) -> None:
        """As after :meth:`leave`."""
        for seat, unseen in zip(self.trees, self.missed, strict=True):
            if unseen:
                seat.set_stroke(ink.chalk, 5).set_fill(ink.faint, 0.0)


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
        """One digit and eight trees: most were grown on it, and the others have to judge."""
        rivals = Rivals()
        beside = rivals.beside
        bench = Bench(self.exam, SHOWN, beside.rows(1.35, 1, gap=0.4)[0], SEAT)
        words_under = shot.Region(
            beside.left, beside.bottom, beside.right, float(bench.trees.get_bottom()[1])
        )
        seen = words_under.put(words.note("grew on this digit:\nknow it by heart", size=ink.POINT), LEFT)
        never = words_under.put(
            words.note(f"never saw it:\n[out of bag:focus]\n\nvote {bench.vote} ✓", size=ink.POINT), LEFT
        )
        self.add(rivals.photo, rivals.name, rivals.standing())
        with self.beat(
            "Take one digit, and eight trees of a forest. Those that grew on it know it by heart."
        ) as beat:
            self.play(FadeOut(rivals.name, rivals.standing()), FadeIn(bench.trees), run_time=pace.CALM)
            beat.over(
                "Those",
                LaggedStart(*(FadeIn(each, scale=2) for each in bench.knowing), lag_ratio=pace.LAG),
                FadeIn(seen),
            )
        with self.beat(
            "But a bootstrap sample leaves rows out: three trees never saw it. They alone judge it, and vote."
        ) as beat:
            beat.until("three")
            self.play(*bench.leave(), FadeOut(seen), run_time=pace.CALM)
            beat.at("They", LaggedStart(*(FadeIn(each, scale=2) for each in bench.calls), lag_ratio=pace.LAG))
            beat.over(words.write(never))

    def judge_four_digits(self) -> None:
        """Four digits, eight trees each: those that never saw the digit say what it is."""
        cells = self.shot(shot.gallery(2, len(DIGITS) // 2, titled=False, gap=0.5))
        pictures, kinds = forest.digit_pictures(np.array(DIGITS))
        photos, benches, verdicts = [], [], []
        for row, cell, picture, kind in zip(DIGITS, cells, pictures, kinds, strict=True):
            photo = Photo(picture, cell.height, smooth=False)
            cell.put(photo, LEFT)
            left = float(photo.get_right()[0]) + 0.35
            bench = Bench(
                self.exam, row, shot.Region(left, cell.bottom + FOOT, cell.right, cell.top), SMALL_SEAT
            )
            bench.dismiss()
            right = bench.vote == kind
            verdict = words.label(
                f"vote {bench.vote} {'✓' if right else '✗'}",
                ink.focus if right else ink.error,
                size=ink.POINT,
            )
            shot.Region(left, cell.bottom + RAISED, cell.right, cell.top).put(verdict, LEFT + DOWN)
            photos.append(photo)
            benches.append(bench)
            verdicts.append(verdict)
        with self.beat("Do so for all digits: the share of wrong verdicts is the out-of-bag error.") as beat:
            self.exchange(*photos)
            self.play(*(FadeIn(bench.trees, *bench.calls) for bench in benches), run_time=pace.CALM)
            beat.over(
                LaggedStart(*map(words.write, verdicts), lag_ratio=pace.LAG),
                until="out-of-bag",
                least=pace.SLOW,
            )
            beat.over(words.light(verdicts[2], ink.chalk), least=pace.CALM)

    def add_trees(self) -> None:
        """The out-of-bag error of forests of more and more trees, beside ten folds."""
        (frame,) = self.shot(shot.headline())
        runs = 100 * outofbag.curves(STOPS)
        error = runs.mean(axis=0)
        at = np.arange(float(len(STOPS)))
        end = len(STOPS) - 0.4
        ends = (STOPS[0], STOPS[-1])
        chart = frame.plane(
            (-0.6, end),
            (0, 22),
            x_names={
                spot: f"{count}{' trees' if count in ends else ''}"
                for spot, count in zip(at, STOPS, strict=True)
            },
            y_names={0: "0", 10: "10", 20: "20"},
            y_label=f"out-of-bag error (%), mean and range of {len(runs)} forests; guessing: 90",
            tick_size=scores.TICKED,
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
        few = chart.label(
            at[0],
            error[0],
            f"{self.exam.missed[: STOPS[0]].sum(axis=0).mean():.1f} judges a digit",
            RIGHT,
            gap=0.4,
            size=READ,
        )
        with self.beat(
            "Five trees leave a digit about two judges. With more, the error falls, "
            "and settles near two percent."
        ) as beat:
            self.exchange(chart)
            self.play(FadeIn(dots[0], scale=2), run_time=pace.QUICK)
            beat.at("two", FadeIn(few))
            beat.until("With")
            beat.over(
                LaggedStart(*(FadeIn(dot, scale=2) for dot in dots[1:]), lag_ratio=pace.LAG),
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
        spots = ((1.0, 2.0), (3.5, 4.5))
        lot = shot.Region(frame.left, frame.bottom + BELOW, frame.right, frame.top)
        label = f"digits judged wrong: mean and range of {len(pairs[0])} forests"
        chart = lot.plane(
            (0.3, 5.2), (0, 9.4), x_names={}, y_names={}, y_label=label, tick_size=scores.TICKED
        )
        heads = [
            VGroup(
                chart.label(sum(at) / 2, 8.6, f"learnt: {text}", UP, size=ink.POINT),
                *(
                    chart.label(spot, 0, name, DOWN, gap=0.18, size=READ)
                    for spot, name in zip(at, ("out-of-bag", rest), strict=True)
                ),
            )
            for at, text, rest in zip(
                spots, ("a random half", "the first rows"), ("other half", "later rows"), strict=True
            )
        ]
        told = []
        for pair, at, color in zip(pairs, spots, (ink.truth, ink.error), strict=True):
            for side, dye in enumerate((ink.chalk, color)):
                errors = pair[:, side]
                number = chart.label(
                    at[side], errors.max(), f"{errors.mean():.1f} %", UP, dye, gap=0.15, size=ink.HEADLINE
                )
                reach = chart.stems([at[side]], [errors.min()], [errors.max()], ink.focus, width=6.0)
                told.append((chart.bars([at[side]], 0.0, dye), float(errors.mean()), VGroup(reach, number)))

        def rise(which: int) -> Animation:
            bar, mean, _ = told[which]
            return glide(bar.redraw, 0.0, mean)

        with self.beat(
            "Learn digits that are drawn at random: on the rest, out-of-bag keeps its promise."
        ) as beat:
            self.exchange(chart, heads[0])
            beat.over(rise(0), until="on", least=pace.BRISK)
            self.play(FadeIn(told[0][2]), run_time=pace.QUICK)
            beat.over(rise(1), until="promise", least=pace.BRISK)
            beat.over(FadeIn(told[1][2]))
        with self.beat(
            "But learn the first rows of the table: out-of-bag promises 2.2 percent, "
            "and on the later rows it is 6.6."
        ) as beat:
            self.play(FadeIn(heads[1]), run_time=pace.BRISK)
            beat.over(rise(2), until="2.2", least=pace.BRISK)
            beat.over(FadeIn(told[2][2]), until="on")
            beat.over(rise(3), until="6.6", least=pace.BRISK)
            beat.over(FadeIn(told[3][2]))
        drawn = small_tree(self)
        with self.beat(
            "To judge by their order, those come from other writers. "
            "So it holds for rows like yours: not for time series or new people."
        ) as beat:
            beat.over(words.light(heads[1][0]), until="So", least=pace.CALM)
            beat.over(words.light(heads[0][0]), until="not", least=pace.CALM)
            beat.over(words.light(told[3][2][1], ink.chalk))
        self.exchange(drawn)
