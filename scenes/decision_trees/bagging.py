"""Many trees, and why their mean is calm only where they differ."""

from __future__ import annotations

import numpy as np
from manim import UP, Animation, FadeIn, FadeOut, LaggedStart, linear

from scenes.decision_trees.stage import MIDDLE, NAMES, SPRAY, DecisionTreesStage, X, Y, across, stack
from scenes.kit import ink, pace, place, words
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.small_multiples import SmallMultiples
from scenes.kit.value import Value
from scenes.maths.decision_trees import forest, tree

TYPICAL = 154
"""The point of the noisy data where variance, of one tree and of fifty, is nearest to its mean over all points."""


class Bagging(DecisionTreesStage):
    """Many trees, and why their mean is calm only where they differ."""

    # --- a crowd

    @chapter(
        "Shake the cellar, and the tree changes its mind", "Random Forest as bagged, de-correlated trees"
    )
    def the_tree_changes_its_mind(self) -> None:
        self.add(self.plane, self.wines)

        self.shake_the_cellar()
        self.grow_a_tree_on_each()
        self.hide_a_column()

    def shake_the_cellar(self) -> None:
        """Resamples of the bottles, and the first cut of a tree on each."""
        spray = forest.spray(self.points, self.labels, SPRAY)
        knife = self.knife(self.plane, int(spray.column[0]), float(spray.threshold[0]))
        cuts = np.array(
            [across(int(c), float(t)) for c, t in zip(spray.column, spray.threshold, strict=True)]
        )
        thin = self.plane.segment(cuts[:0, 0], cuts[:0, 1], ink.focus, width=2)
        thin.set_stroke(opacity=0.35)
        now = np.ones(len(self.points))

        def shake(seed: int) -> Animation:
            before = now.copy()
            now[:] = np.bincount(forest.resample(len(self.points), seed), minlength=len(self.points))
            after = now.copy()

            def path(share: float) -> Changed:
                times = (1 - share) * before + share * after
                self.wines.redraw(radius=0.075 * np.sqrt(np.maximum(times, 0.7)))
                return (self.wines.shade(np.clip(times, 0.14, 1)),)

            return drive(path)

        with self.beat(
            "Sample the cellar: draw 178 bottles, and put each one back. Some come twice, and a third stays out."
        ) as beat:
            beat.at("draw", shake(0), run_time=1.4)
        with self.beat(
            "Its best first question is another one: proline at most 903. The next sample asks about flavanoids."
        ) as beat:
            beat.at("question", FadeIn(knife), run_time=0.6)
            beat.until("next")
            thin.redraw(cuts[:1, 0], cuts[:1, 1])
            self.add(thin, self.wines, knife)
            self.play(shake(1), FadeOut(knife), run_time=0.8)
            knife.redraw(*cuts[1])
            self.play(FadeIn(knife), run_time=0.5)

        gauges = [self.asking(column) for column in (1, 0)]
        self.asked = np.bincount(spray.column[:2], minlength=2)
        stack(gauges, top=2.2, left=0.7)

        def pour(share: float) -> Changed:
            count = round(2 + share * (SPRAY - 2))
            self.asked = np.bincount(spray.column[:count], minlength=2)
            return (thin.redraw(cuts[:count, 0], cuts[:count, 1]),)

        with self.beat(
            "Of two hundred samples, 147 first ask about proline, 53 about flavanoids: a nervous expert."
        ) as beat:
            self.play(FadeOut(knife), FadeIn(*gauges), run_time=0.5)
            self.play(drive(pour, rate_func=linear), run_time=max(beat.fill("147"), 2.0))
            self.play(gauges[0].light())
            beat.at("53", gauges[1].light())
        self.play(FadeOut(thin, *gauges), shake_back(self.wines, now), run_time=0.7)

    def asking(self, column: int) -> Gauge:
        """How many first questions are about a column."""
        self.asked = np.zeros(2, dtype=int)
        return Gauge(f"ask about {NAMES[column]}", lambda: self.asked[column], 0, digits=3, width=4.6)

    def grow_a_tree_on_each(self) -> None:
        """Twelve of two hundred full trees as little maps, and the vote of all on the large one."""
        mesh = self.plane.mesh()
        asked = mesh.reshape(-1, 2)
        shape = (*mesh.shape[:2], 3)
        self.votes = [forest.ballots(self.points, self.labels, asked, SPRAY, columns) for columns in (2, 1)]
        self.panes = SmallMultiples(3, 4, X, Y, 6.2, 4.0)
        self.panes.move_to((MIDDLE, 2.55, 0.0), aligned_edge=UP)
        self.little = self.panes.fields(self.votes[0][:12].reshape(12, *shape[:2]), opacity=0.6)
        field = self.plane.field(forest.poll(self.votes[0][:1], 3).reshape(shape), opacity=0.5)
        scores = 100 * forest.score_bags(self.points, self.labels, (1, SPRAY), 2)
        self.vote_field, self.shape = field, shape
        self.voters, self.score = 1, 0.0
        gauges = [
            Gauge("trees that vote", lambda: self.voters, 0, digits=3, width=6.2),
            Gauge("unseen bottles right", lambda: self.score, 1, "%", ink.focus, width=6.2),
        ]
        stack(gauges, top=-1.85, left=-0.1)

        with self.beat(
            "So do not trust one. Grow a full tree on each sample, with a map of its own."
        ) as beat:
            coming = [
                FadeIn(little, pane) for little, pane in zip(self.little, self.panes.submobjects, strict=True)
            ]
            beat.at("Grow", LaggedStart(*coming, lag_ratio=0.15), run_time=2.6)

        def count(share: float) -> Changed:
            self.voters = round(SPRAY**share)
            return (field.redraw(forest.poll(self.votes[0][: self.voters], 3).reshape(shape)),)

        with self.beat("Then let them vote: slivers fade, and borders get soft.") as beat:
            self.add(field, self.plane, self.wines)
            self.play(FadeIn(field, gauges[0]), run_time=0.7)
            self.play(drive(count, rate_func=linear), run_time=beat.fill() + 1.0)
        alone = 100 * float(tree.score_depths(self.points, self.labels, (30,)).unseen[0])
        self.score = alone
        with self.beat("A single full tree judges 82.4 percent of unseen bottles right.") as beat:
            beat.at("82.4", FadeIn(gauges[1]))
        with self.beat("Two hundred votes reach 85.0.") as beat:
            rise = drive(lambda t: self.rate(alone + t * (scores[1] - alone)), gauges[1])
            self.play(rise, run_time=beat.fill("85.0"))
        self.vote_gauges = gauges

    def rate(self, score: float) -> None:
        """The score that is shown."""
        self.score = score

    def hide_a_column(self) -> None:
        """The same trees, when every cut may look at one column only."""
        shape, before = self.shape, self.score
        after = 100 * float(forest.score_bags(self.points, self.labels, (SPRAY,), 1)[0])
        others = self.panes.fields(self.votes[1][:12].reshape(12, *shape[:2]), opacity=0.6)
        polls = [forest.poll(votes, 3).reshape(shape) for votes in self.votes]

        def show(share: float) -> Changed:
            self.score = before + share * (after - before)
            return (self.vote_field.redraw((1 - share) * polls[0] + share * polls[1]),)

        with self.beat(
            "Now make them differ more. At every cut, hide one of the two measurements, drawn by chance."
        ) as beat:
            beat.until("hide")
            self.add(*others, *self.panes.submobjects)
            self.play(FadeOut(*self.little), FadeIn(*others), run_time=1.4)
        with self.beat(
            "Their vote reaches 88.6. Sampled rows and hidden columns make a random forest."
        ) as beat:
            self.play(drive(show), run_time=beat.fill("88.6") + 0.4)
            self.play(self.vote_gauges[1].light())
        with self.beat("The pruned tree is about as good. But here nobody had to choose a price.") as beat:
            beat.at("good", self.vote_gauges[1].light(), run_time=0.8)

    # --- why they must differ

    @chapter("Crowds help only if they differ", "variance reduction by averaging trees")
    def crowds_help_only_if_they_differ(self) -> None:
        self.crowds = {columns: forest.crowd(columns) for columns in (10, 4, 2)}
        self.watch_the_mean()
        self.split_the_variance()
        self.pay_with_bias()

    def watch_the_mean(self) -> None:
        """What fifty trees say at one place, for forty training sets."""
        said = self.crowds[10].said[:, :, TYPICAL]
        sets, trees = said.shape
        off = said - said.mean()
        chart = place.picture(
            Plane(
                (0, sets + 1),
                (-26, 26),
                x_label="training sets",
                y_label="away from their mean",
                x_ticks=(1, 10, 20, 30, 40),
                y_ticks=(-20, 0, 20),
            )
        )
        at = np.repeat(np.arange(1.0, sets + 1), trees)
        cloud = chart.cloud(np.zeros((0, 2)), ink.first, radius=0.03, opacity=0.75)
        means = chart.dots(
            np.column_stack([np.arange(1.0, sets + 1), off.mean(axis=1)]), ink.focus, radius=0.085
        )
        self.add(chart)

        def fill(count: float) -> Changed:
            shown = slice(round(count))
            return (cloud.redraw(np.column_stack([at[shown], off.ravel()[shown]])),)

        with self.beat(
            "Why must they differ? Take noisy data whose truth is known, forty training sets of it, "
            "and fifty trees on each."
        ) as beat:
            self.add(cloud)
            beat.over("noisy", glide(fill, 0.0, float(off.size), rate_func=linear), beyond=0.5)
        one, mean = words.note("one tree", ink.first), words.note("mean of fifty", ink.focus)
        place.aside(one, mean)
        with self.beat("A blue dot is what one tree says about one place.") as beat:
            beat.at("blue", FadeIn(one))
        with self.beat(
            "A yellow dot is the mean of fifty. What each errs alone has cancelled. What they share has not."
        ) as beat:
            stepped_back = glide(cloud.set_stroke, {"opacity": 0.75}, {"opacity": 0.35})
            beat.at("yellow", FadeIn(means, mean), stepped_back)
            beat.at("share", words.light(mean))
        self.clear_stage(run_time=0.5)

    def split_the_variance(self) -> None:
        """Variance of the mean of B trees: the shared part as a floor, the rest shrinking on it."""
        counts = np.array([1, 2, 5, 10, 25, 50])
        at = np.arange(1.0, len(counts) + 1)
        chart = place.picture(
            Plane(
                (0.4, 6.6),
                (0, 45),
                x_label="trees $B$ in the mean",
                y_label="variance of the mean",
                x_names={spot: f"{count}" for spot, count in zip(at, counts, strict=True)},
                y_ticks=(0, 10, 20, 30, 40),
            )
        )
        crowd, calmer = self.crowds[10], self.crowds[4]
        whole = chart.bars(at, 0.0, ink.first)
        floor = chart.bars(at, 0.0, ink.error)
        tops = [
            np.column_stack([at, [each.measured(int(count)) for count in counts]]) for each in (crowd, calmer)
        ]
        measured = chart.dots(tops[0], ink.chalk, "ring", radius=0.1)
        variance, fifty, low = Value(crowd.variance), Value(crowd.measured(50)), Value(crowd.floor)
        form = words.formula(
            "{{ rho sigma^2 : floor }} + {{ (1 - rho) sigma^2 \\/ B : rest }}",
            {"floor": ink.error, "rest": ink.first},
        )
        gauges = [
            Gauge("one tree, $sigma^2$", variance, 1),
            Gauge("mean of fifty", fifty, 1),
            Gauge("floor, $rho sigma^2$", low, 1, color=ink.error),
        ]
        place.aside(form, *gauges)

        with self.beat(
            "Over all places, one tree has a variance of 38.3. The mean of fifty still has 4.6."
        ) as beat:
            self.play(FadeIn(chart), run_time=0.5)
            beat.until("one tree")
            self.play(FadeIn(measured[0], gauges[0], scale=1.2), run_time=0.5)
            coming = [FadeIn(dot, scale=2) for dot in measured[1:]]
            beat.over(LaggedStart(*coming, lag_ratio=0.3), until="4.6")
            self.play(FadeIn(gauges[1]), run_time=0.5)

        with self.beat("Two parts give these dots. The blue one is divided by the number of trees.") as beat:
            self.add(whole, floor, measured)
            rising = glide(whole.redraw, 0.0, crowd.predicted(counts)), glide(floor.redraw, 0.0, crowd.floor)
            beat.at("parts", *rising, words.write(form), run_time=1.4)
            beat.at("blue", words.light(form.part("rest"), ink.first), run_time=0.9)

        with self.beat(
            "The red one is what trees have in common: rho is their correlation. No crowd gets below 3.9."
        ) as beat:
            beat.at("red", words.light(form.part("floor"), ink.focus), run_time=0.9)
            beat.at("3.9", FadeIn(gauges[2]))

        with self.beat(
            "So make them share less: let every cut look at only four of ten columns. The floor sinks to 2.5."
        ) as beat:
            beat.over(
                "four",
                glide(whole.redraw, crowd.predicted(counts), calmer.predicted(counts)),
                glide(floor.redraw, crowd.floor, calmer.floor),
                glide(measured.redraw, tops[0], tops[1]),
                *(variance.to(calmer.variance), fifty.to(calmer.measured(50)), low.to(calmer.floor)),
                until="2.5",
                least=1.5,
            )
            self.play(gauges[2].light())
        self.clear_stage(run_time=0.5)

    def pay_with_bias(self) -> None:
        """Squared bias and variance of the forest for ten, four and two columns."""
        at = np.arange(1.0, 4.0)
        crowds = list(self.crowds.values())
        chart = place.picture(
            Plane(
                (0.3, 3.7),
                (0, 10),
                x_label="columns that a cut may look at",
                y_label="squared error of fifty trees",
                x_names={spot: f"{columns}" for spot, columns in zip(at, self.crowds, strict=True)},
                y_ticks=(0, 5, 10),
            )
        )
        bias = np.array([each.bias for each in crowds])
        loss = np.array([each.loss for each in crowds])
        whole = chart.bars(at, bias, ink.second, thick=0.5)
        low = chart.bars(at, 0.0, ink.fourth, thick=0.5)
        names = [words.note("variance", ink.second), words.note("bias²", ink.fourth)]
        place.aside(*names)
        totals = [chart.label(spot, value, f"{value:.1f}") for spot, value in zip(at, loss, strict=True)]
        whole.redraw(0.0)
        with self.beat(
            "That has a price. Trees that may not look lean further from the truth: their bias grows."
        ) as beat:
            self.play(FadeIn(chart), run_time=0.5)
            self.add(whole, low)
            beat.over("Trees", glide(low.redraw, 0.0, bias), until="bias")
            self.play(FadeIn(names[1]), run_time=0.5)
        with self.beat(
            "Now put the variance on top: 8.6 with ten columns, 7.9 with four, 8.9 with two. "
            "Hide too much, and you lose."
        ) as beat:
            self.play(glide(whole.redraw, bias, loss), FadeIn(names[0]), run_time=pace.SLOW)
            for word, total in zip(("8.6", "7.9", "8.9"), totals, strict=True):
                beat.at(word, FadeIn(total, scale=1.3), run_time=0.5)


def shake_back(wines: Dots, times: Floats) -> Animation:
    """Every bottle is there once again."""
    before = times.copy()

    def path(share: float) -> Changed:
        now = (1 - share) * before + share
        wines.redraw(radius=0.075 * np.sqrt(np.maximum(now, 0.7)))
        return (wines.shade(np.clip(now, 0.14, 1)),)

    return drive(path)
