"""Losers stop early: Successive Halving, Hyperband, and pruning in Optuna."""

from __future__ import annotations

import itertools
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, ManimColor, VGroup

from scenes.hyperparameter_tuning.stage import (
    LOSER,
    HyperparameterTuningStage,
    come,
    glow,
    maths,
    raised,
    span,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.noun import LINE, THIN
from scenes.kit.photo import Photo
from scenes.kit.tag import Tag
from scenes.maths.hyperparameter_tuning import halving, studies
from scenes.maths.hyperparameter_tuning.landscape import Ints

DRAW: Final = 0
"""Of the twenty draws, the one that is shown."""
ALIVE: Final = ink.chalk
ACROSS: Final = 6
"""Half of the digits in a row of the picture of the first budget."""
GUESSED: Final = 0.2
"""Accuracy under which a setting hardly does better than guessing."""
NARROWER: Final = np.array([1.0, 0.2, 0.2, 0.2])
"""The same at later rungs, as a share of that at the first."""
JITTER: Final = 0.055
"""How far heads stand apart that would lie on each other, as a share of a rung."""
SPENT: Final = sum(rung.cost for rung in halving.rungs())
FULL: Final = halving.SETTINGS * halving.BUDGETS[-1]
STUDY: Final = 0
"""Of the twenty studies, the one that is shown."""
RUNGS: Final = np.arange(len(halving.BUDGETS))

HEIGHTS: Final = {0.7: "0.7", 0.8: "0.8", 0.9: "0.9", 1: "1"}
CODE: Final = """rate = trial.suggest_float(
  "rate", 1e-5, 1, log=True)
for epoch in range(20):
  score = train(rate)
  trial.report(score, epoch)
  if trial.should_prune():
    raise TrialPruned()"""


def behind() -> tuple[float, float]:
    """How far halving's survivor, and the best of four full runs, are below the best of all; means over draws."""
    race = halving.race()
    best = race[:, -1].max(axis=1)
    winners = np.array([scores[-1, halving.winner(scores)] for scores in race])
    four = np.array([halving.best_of(scores[-1], len(halving.BUDGETS)) for scores in race])
    return float((best - winners).mean()), float((best - four).mean())


class Budget(HyperparameterTuningStage):
    """The race."""

    @chapter("Losers stop early", "Successive Halving")
    def losers_stop(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.start()
        self.race()
        self.bill()
        self.crossing()
        self.verdict_of_race()

    def start(self) -> None:
        """27 settings after 48 rows."""
        scores = halving.race()[DRAW]
        names = {int(rung): f"{budget:,}" for rung, budget in zip(RUNGS, halving.BUDGETS, strict=True)}
        chart = self.track = shot.chart(
            shot.SAFE, (-0.3, 3.15), (0, 1.08), x_names=names, y_names={0.5: "0.5", 1: "1"},
            x_label="budget: digits to learn from", y_label="accuracy",
        )  # fmt: skip
        ladder = halving.survivors(scores)
        self.shift = JITTER * (np.arange(halving.SETTINGS) % 9 - 4)
        self.runs = [
            chart.curve(RUNGS + self.shift[each] * NARROWER, scores[:, each], ALIVE, LINE, share=0.0)
            for each in range(halving.SETTINGS)
        ]
        self.heads = chart.dots(np.column_stack([self.shift, scores[0]]), ALIVE, radius=0.15)
        for depth, alive in enumerate(ladder):
            for each in alive:
                self.runs[each].set_z_index(depth)
                self.heads[each].set_z_index(depth)
        rows = halving.first_digits().reshape(-1, 8, 8) / 16
        (left, low), (right, high) = chart.at(np.array([(0.55, 0.1), (2.95, 0.8)]))[:, :2]
        across = 2 * ACROSS
        pages = np.pad(rows, ((0, 0), (1, 1), (1, 1))).reshape(-1, across, 10, 10)
        photo = Photo(np.vstack([np.hstack(list(row)) for row in pages]), 1.0, smooth=False)
        photo.set_width(right - left).move_to(((left + right) / 2, (low + high) / 2, 0))
        with self.beat(
            "There is another saving: bad settings often show it early. What guesses after a few rows seldom wins."
        ) as beat:
            self.play(FadeIn(chart), run_time=pace.BRISK)
            beat.over(FadeIn(self.heads, lag_ratio=pace.LAG), until="What", least=pace.SLOW)
            beat.over(FadeIn(photo), until="seldom", least=pace.CALM)
            beat.over(
                *(glow(self.heads[int(each)]) for each in np.flatnonzero(scores[0] < GUESSED)),
                least=pace.CALM,
            )
        term = raised(Tag(words.headline("budget = resource", ink.focus)).move_to(chart.at(1.75, 0.94)))
        with self.beat(
            "The budget is what a trial may use: rows, epochs or trees. Here 27 settings learn from 48 digits each."
        ) as beat:
            beat.over(FadeIn(term), until="rows", least=pace.BRISK)
            beat.over(glow(term.text), until="Here", least=pace.CALM)
            beat.over(glow(self.heads), least=pace.SLOW)
        self.leave(photo, term, run_time=pace.QUICK)

    def go(self, alive: Ints, rung: int) -> list[Drive]:
        """Those that are left run on to the next rung."""
        scores = halving.race()[DRAW]
        old = self.heads.values
        new = old.copy()
        new[alive] = np.column_stack([rung + self.shift[alive] * NARROWER[rung], scores[rung, alive]])
        steps = len(RUNGS) - 1
        return [
            *(glide(self.runs[each].reveal, (rung - 1) / steps, rung / steps) for each in alive),
            glide(self.heads.redraw, (old,), (new,)),
        ]

    def race(self) -> None:
        """Keep the best third, triple the budget."""
        scores = halving.race()[DRAW]
        ladder = halving.survivors(scores)
        gone = [np.setdiff1d(a, b) for a, b in itertools.pairwise(ladder)]
        chart = self.track
        with self.beat(
            "Keep the best third, and give them three times the budget. Do so again, and again, until one is left."
        ) as beat:
            beat.over(*self.dim(gone[0]), until="and give", least=pace.CALM)
            beat.over(*self.go(ladder[1], 1), until="Do so", least=pace.SLOW)
            self.play(*self.dim(gone[1]), run_time=pace.QUICK)
            beat.over(*self.go(ladder[2], 2), until="until", least=pace.CALM)
            self.play(*self.dim(gone[2]), run_time=pace.QUICK)
            beat.over(*self.go(ladder[3], 3), least=pace.CALM)
        term = raised(Tag(words.headline("Successive Halving", ink.focus)).move_to(chart.at(1.75, 0.58)))
        levels = VGroup(
            *(
                raised(Tag(words.label(f"rung {rung}", ink.focus, ink.POINT), 1.0)).move_to(
                    chart.at(float(rung) - (0.16 if rung == RUNGS[-1] else 0.0), 0.35)
                )
                for rung in RUNGS
            )
        )
        walls = chart.segment(
            np.column_stack([RUNGS, 0 * RUNGS]), np.column_stack([RUNGS, 0 * RUNGS + 1.05]), ink.faint, THIN
        )
        with self.beat(
            "Small budgets for all, keep the best, multiply the budget: Successive Halving. Each step is a rung."
        ) as beat:
            beat.over(FadeIn(term), until="Each", least=pace.SLOW)
            beat.over(Create(walls), FadeIn(levels), least=pace.SLOW)
        self.leave(term, walls, levels, run_time=pace.QUICK)

    def dim(self, out: Ints) -> list[Animation]:
        """Those that go."""
        dots, runs = [self.heads[each] for each in out], [self.runs[each] for each in out]
        return [
            *(dot.animate.set_fill(LOSER, opacity=0.35) for dot in dots),
            *(run.animate.set_stroke(LOSER, opacity=0.35) for run in runs if len(run.points)),
        ]

    def bill(self) -> None:
        """Each rung costs the same."""
        safe = shot.SAFE
        bare = shot.bare()
        upper = shot.Region(safe.left, safe.bottom + 2.75, safe.right, safe.top)
        lower = shot.Region(safe.left, safe.bottom, safe.right, safe.bottom + 2.5)
        rows = upper.rows(*[1] * len(RUNGS), gap=0.25)
        blocks, names = VGroup(), VGroup()
        for row, rung in zip(rows, halving.rungs(), strict=True):
            cells = shot.Region(row.left + 4.2, row.bottom, row.right, row.top).columns(
                *[1] * rung.settings, gap=0.06
            )
            blocks.add(
                VGroup(
                    *(
                        bare.polygon(
                            [(c.left, c.bottom), (c.right, c.bottom), (c.right, c.top), (c.left, c.top)], ALIVE,
                            width=0, fill=0.7,
                        )
                        for c in cells
                    )
                )
            )  # fmt: skip
            names.add(
                bare.label(
                    row.left,
                    row.middle[1],
                    f"{rung.settings} × {rung.budget:,}",
                    RIGHT,
                    ink.chalk,
                    0.0,
                    ink.HEADLINE,
                )
            )
        with self.beat(
            "What does it cost? Settings fall as fast as budgets grow, so each rung costs the same."
        ) as beat:
            self.exchange(names[0], blocks[0], run_time=pace.BRISK)
            self.shot(shot.gallery(4, 1, titled=False))
            for at, word in ((1, "Settings"), (2, "budgets"), (3, "same")):
                beat.over(
                    FadeIn(names[at], blocks[at], shift=place.NUDGE * DOWN), until=word, least=pace.QUICK
                )
        rule = maths(
            "{{ n_r : left }} {{ b_r : budget }} = {{ n_0 / eta^r dot b_0 eta^r : eta }} = n_0 b_0, quad eta = 3",
            0.85 * ink.HEADLINE,
        )
        sum_up = words.headline(f"{SPENT:,} of {FULL:,} rows = {SPENT / FULL:.0%}", ink.focus)
        lower.put(rule, UP)
        lower.put(sum_up, DOWN)
        with self.beat(
            "On rung r, n r settings have b r rows. The factor eta cancels. In all, that is 15 percent of full runs.",
            pause=pace.SLOW,
        ) as beat:
            beat.over(FadeIn(rule), until="have", least=pace.BRISK)
            beat.over(glow(rule.part("left")), glow(rule.part("budget")), until="The factor", least=pace.CALM)
            beat.over(glow(rule.part("eta")), until="In all", least=pace.CALM)
            beat.over(FadeIn(sum_up), least=pace.CALM)

    def crossing(self) -> None:
        """Two losers of the first rung would have won."""
        scores = halving.race()[DRAW]
        best = np.flatnonzero(scores[-1] == scores[-1].max())
        chart = self.track
        ghosts = [
            chart.curve(
                RUNGS + self.shift[each] * NARROWER,
                scores[:, each],
                LOSER,
                1.5 * LINE,
                dashed=True,
                share=0.0,
            )
            for each in best
        ]
        survivor = self.runs[halving.winner(scores)]
        near = span(chart, (2.0, 3.18), (0.88, 1.04))
        with self.beat(
            "But the survivor is not the best of all. Let two that went at the first rung run on to the end."
        ) as beat:
            self.exchange(chart, *self.runs, self.heads, run_time=pace.BRISK)
            self.shot(shot.wide())
            beat.over(glow(survivor), until="Let", least=pace.CALM)
            beat.over(*(glide(ghost.reveal, 0.0, 1.0) for ghost in ghosts), least=pace.LONG)
        last = scores[-1]
        name = VGroup(
            words.label(f"went first: {last[best[0]]:.3f}", LOSER, ink.SMALL).move_to(chart.at(2.7, 1.03)),
            words.label(f"survivor: {last[halving.winner(scores)]:.3f}", ALIVE, ink.SMALL).move_to(
                chart.at(2.7, 0.945)
            ),
        )
        with self.beat(
            "In the end both read one digit more. Most that lead early also lead late, "
            "but learning curves cross: that is the price."
        ) as beat:
            beat.over(self.frame.to_region(*near), until="but", least=pace.LONG)
            beat.over(FadeIn(name), *(glow(ghost, LOSER) for ghost in ghosts), least=pace.CALM)

    def verdict_of_race(self) -> None:
        """Twenty draws; Hyperband; and what to ask first."""
        values = np.array(behind())
        (room,) = shot.headline().places
        bars = BarChart(
            ["Successive Halving", "four full runs, same cost"], values, (0, 0.016), room.width, room.height,
            decimals=3, colors=[ink.focus, ink.quiet], label="behind the best of 27, mean of 20 draws",
        )  # fmt: skip
        room.put(bars)
        bars.shade([1.0, 0.0])
        with self.beat(
            "On average the survivor lies 0.004 behind the best of all; the best of four full runs, 0.013."
        ) as beat:
            self.whole()
            self.exchange(bars, run_time=pace.BRISK)
            self.shot(shot.headline())
            beat.over(glow(bars.bars[0]), until="the best of four", least=pace.SLOW)
            beat.over(come(bars, [1, 0], [1, 1]), least=pace.SLOW)
        brackets = halving.brackets()
        side, rest = shot.SAFE.columns(1, 7.2, gap=0.3)
        columns = rest.columns(*[1] * len(brackets), gap=0.35)
        pictures, heads = VGroup(), VGroup()
        bare = shot.bare()
        budgets = VGroup(
            *(
                bare.label(side.left, row.middle[1], f"{budget:,}", RIGHT, ink.quiet, 0.0, ink.POINT)
                for row, budget in zip(
                    shot.Region(side.left, side.bottom, side.right, side.top - 1.0).rows(
                        *[1] * len(RUNGS), gap=0.3
                    ),
                    halving.BUDGETS,
                    strict=True,
                )
            )
        )
        for column, bracket in zip(columns, brackets, strict=True):
            part = VGroup()
            inner = shot.Region(column.left, column.bottom, column.right, column.top - 1.0)
            rows = inner.rows(*[1] * len(RUNGS), gap=0.3)
            for rung in bracket:
                row = rows[halving.BUDGETS.index(rung.budget)]
                wide = min(rung.settings, 9)
                lines = -(-rung.settings // wide)
                spots = np.array(
                    [
                        (
                            row.left + (at % wide + 0.5) * row.width / 9,
                            row.middle[1] + ((lines - 1) / 2 - at // wide) * 0.36,
                        )
                        for at in range(rung.settings)
                    ]
                )
                part.add(bare.dots(spots, ALIVE, "square", radius=0.12))
            pictures.add(part)
            heads.add(
                bare.label(
                    column.left,
                    column.top,
                    f"bracket of {bracket[0].settings}",
                    DOWN + RIGHT,
                    ink.focus,
                    0.0,
                    1.15 * ink.LABEL,
                )
            )
        title = raised(
            Tag(words.headline("Hyperband", ink.focus, ink.HEADLINE)).move_to(
                columns[2].middle, aligned_edge=DOWN
            )
        )
        title.move_to(
            shot.Region(columns[2].left, columns[2].middle[1], columns[3].right, columns[2].top - 0.8).middle
        )
        with self.beat(
            "Hyperband hedges: it runs brackets, from many short trials to few long ones. "
            "Where early ranks mislead, long trials help."
        ) as beat:
            self.exchange(pictures[0], heads[0], budgets, run_time=pace.BRISK)
            self.shot(shot.gallery(1, 4, titled=False))
            for at, word in ((1, "brackets"), (2, "many"), (3, "few")):
                beat.over(FadeIn(pictures[at], heads[at]), until=word, least=pace.QUICK)
            beat.over(FadeIn(title), least=pace.BRISK)
        self.early_and_late()

    def early_and_late(self) -> None:
        """Places of all 27 settings on the first rung, against those with the full budget."""
        early, late = halving.ranks(halving.race()[DRAW])
        last = halving.SETTINGS
        ticks = [1, 9, last]
        chart = shot.chart(
            shot.SAFE, (0, last + 0.7), (-0.2, last + 1.4), x_ticks=ticks,
            y_names={last + 1 - each: str(each) for each in ticks},
            x_label="place after 48 digits", y_label="place after 1,296",
        )  # fmt: skip
        best = halving.race()[DRAW, -1] == halving.race()[DRAW, -1].max()
        dots = Dots(
            chart,
            np.column_stack([early, last + 1 - late]),
            [LOSER if each else ALIVE for each in best],
            radius=0.2,
        )
        kept = chart.area([0, last / 3 + 0.5], -0.2, last + 1.4, ink.focus, 0.14)
        name = words.label("kept at the\nfirst rung", ink.focus, ink.POINT).move_to(
            chart.at(last / 6 + 0.25, 4.5)
        )
        with self.beat(
            "So ask first whether early rank predicts late rank. "
            "To see it, run a few to the end, and compare the ranks."
        ) as beat:
            self.exchange(chart, run_time=pace.BRISK)
            self.shot(shot.wide())
            beat.over(FadeIn(dots, lag_ratio=pace.LAG), until="To see", least=pace.SLOW)
            beat.over(FadeIn(kept, name), until="compare", least=pace.CALM)
            beat.over(*(glow(dots[int(each)], LOSER) for each in np.flatnonzero(best)), least=pace.CALM)

    # --- studies

    @chapter("A study prunes as it runs", "Optuna with pruning")
    def study_prunes(self) -> None:
        self.untitled()
        picture, column = self.shot(shot.picture_and_column(6.5, "left", titled=False))
        kept = studies.studies()
        right = kept.pruned[STUDY] / studies.HELD
        used = (kept.pruned[STUDY] > 0).sum(axis=1)
        chart = shot.chart(
            picture, (1, studies.EPOCHS), (0.64, 1.0), x_ticks=[1, 10, 20], y_names=HEIGHTS, x_label="epoch",
            y_label="validation accuracy",
        )  # fmt: skip
        code = words.code(CODE)
        column.put(code, LEFT)
        epochs = np.arange(1, studies.EPOCHS + 1)

        def curve(trial: int, color: ManimColor = ALIVE) -> Curve:
            return chart.curve(epochs[: used[trial]], right[trial, : used[trial]], color, LINE, share=0.0)

        first = [each for each in range(studies.STARTUP + 3) if used[each] == studies.EPOCHS][
            : studies.STARTUP
        ]
        full = [curve(each) for each in first]
        term = raised(
            shot.Region(column.left, column.bottom, column.right, column.top).put(
                Tag(words.headline("Optuna: a study", ink.focus)), UP + LEFT
            )
        )
        with self.beat("Training in epochs can be stopped midway. A library that does it is Optuna.") as beat:
            self.play(FadeIn(chart), run_time=pace.QUICK)
            beat.over(glide(full[0].reveal, 0.0, 1.0), until="A library", least=pace.CALM)
            beat.over(glide(full[1].reveal, 0.0, 1.0), FadeIn(term), least=pace.CALM)
        with self.beat(
            "In Optuna the whole search is a study; it stores each trial, and proposes the next one by TPE."
        ) as beat:
            beat.over(glide(full[2].reveal, 0.0, 1.0), FadeIn(code), until="stores", least=pace.CALM)
            beat.over(*(glide(each.reveal, 0.0, 1.0) for each in full[3:]), least=pace.CALM)
        with self.beat("suggest draws a setting. Then report sends the score of each epoch.") as beat:
            self.play(FadeOut(term), run_time=pace.QUICK)
            beat.over(
                self.frame.to(code, share=0.95),
                glow(code.part("suggest_float")),
                until="Then",
                least=pace.CALM,
            )
            beat.over(glow(code.part("report")), least=pace.CALM)
            self.play(self.frame.back(), run_time=pace.CALM)
        done = np.array([right[each] for each in first])
        middle = np.median(done, axis=0)
        median = chart.curve(epochs, middle, ink.focus, 2 * LINE, dashed=True)
        median.set_z_index(2)
        name = words.label("dashed:\nmedian so far", ink.focus, ink.POINT).move_to(chart.at(13.2, 0.76))
        lost = [each for each in range(studies.TRIALS) if used[each] < studies.EPOCHS]
        runs = [curve(each, LOSER) for each in lost]
        tips = [
            chart.dots([(used[each], right[each, used[each] - 1])], LOSER, "cross", radius=0.14)
            for each in lost
        ]
        with self.beat(
            "Pruning stops a trial whose best score so far lies below the median of earlier trials at this epoch.",
            pause=pace.CALM,
        ) as beat:
            beat.over(
                Create(median),
                FadeIn(name),
                glow(code.part("should_prune")),
                until="so far",
                least=pace.SLOW,
            )
            beat.over(glide(runs[0].reveal, 0.0, 1.0), until="earlier", least=pace.CALM)
            beat.over(FadeIn(tips[0], scale=2), least=pace.CALM)
        term = raised(Tag(words.headline("pruning: median pruner", LOSER, ink.POINT)))
        term.next_to(code, UP, buff=0.5)
        with self.beat(
            "This is the median pruner. The trials go on: red ones are stopped, and others have their epochs."
        ) as beat:
            beat.over(FadeIn(term), until="The trials", least=pace.BRISK)
            others = [
                curve(each)
                for each in range(studies.TRIALS)
                if used[each] == studies.EPOCHS and each not in first
            ]
            beat.over(
                *(glide(each.reveal, 0.0, 1.0) for each in (*runs[1:], *others)), FadeIn(VGroup(*tips[1:])),
                glide(median.redraw, (epochs, middle), (epochs, np.median(right[used == studies.EPOCHS], axis=0))),
                least=pace.LONG,
            )  # fmt: skip
        kept_on = [chart, code, *full, *others, *runs, *tips, median]
        self.twenty_studies()
        with self.beat(
            "So give trials a warm-up before they may be cut: a slow start is not a bad end."
        ) as beat:
            warm = chart.area([1, 1 + studies.WARMUP], 0.64, 1.0, ink.focus, 0.22)
            self.exchange(*kept_on, run_time=pace.BRISK)
            self.shot(shot.picture_and_column(6.5, "left", titled=False))
            beat.over(
                glide(warm.redraw, ([1, 1.01], 0.64, 1.0), ([1, 1 + studies.WARMUP], 0.64, 1.0)),
                until="before",
                least=pace.CALM,
            )
            beat.over(self.frame.to(warm, share=1.1), until="slow", least=pace.CALM)
            beat.over(self.frame.back(), least=pace.SLOW)

    def twenty_studies(self) -> None:
        """Epochs that each of the twenty studies used, and what pruning costs."""
        kept = studies.studies()
        whole = studies.TRIALS * studies.EPOCHS
        used, half = np.sort(kept.epochs), float(np.median(kept.epochs))
        xs, last = np.arange(1, len(used) + 1), len(used) + 0.8
        chart = shot.chart(
            shot.SAFE, (0.2, last), (0, 1000), x_ticks=[], y_ticks=[200, 400, whole],
            x_label="20 studies", y_label="epochs",
        )  # fmt: skip
        stems = chart.stems(xs, 0.0, 0 * used, ALIVE, 6 * LINE)
        full = chart.segment((0.2, whole), (last, whole), LOSER, LINE, dashed=True)
        median = chart.segment((0.2, half), (last, half), ink.focus, 1.5 * LINE, dashed=True)
        above = chart.label(0.5, whole, "without pruning", UP + RIGHT, LOSER, 0.1, ink.POINT)
        saved = raised(Tag(words.headline(f"median {half:.0f} of {whole}", ink.focus, ink.POINT), 0.9))
        saved.move_to(chart.at(4.6, half))
        near = words.label("best score: at most 1 image of 540 apart", ink.chalk, ink.POINT)
        fewer = words.label("as many epochs in full trials: up to 3 fewer", ink.quiet, ink.POINT)
        near.move_to(chart.at(last / 2, 930))
        fewer.move_to(chart.at(last / 2, 810))
        with self.beat(
            "In 20 studies, nearly a third of the epochs is saved. "
            "Without pruning, the best score would differ by at most one image of 540. "
            "Spent on full trials, the same epochs lose up to three images."
        ) as beat:
            self.exchange(chart, run_time=pace.BRISK)
            self.shot(shot.wide())
            beat.over(
                glide(stems.redraw, (xs, 0.0, 0 * used), (xs, 0.0, used), stems), Create(full), FadeIn(above),
                until="epochs", least=pace.CALM,
            )  # fmt: skip
            beat.over(Create(median), FadeIn(saved), until="Without", least=pace.CALM)
            beat.over(FadeIn(near, shift=place.NUDGE * DOWN), until="at most", least=pace.CALM)
            beat.over(glow(near), until="Spent", least=pace.CALM)
            beat.over(FadeIn(fewer, shift=place.NUDGE * DOWN), until="lose", least=pace.CALM)
            beat.over(glow(fewer), least=pace.CALM)
