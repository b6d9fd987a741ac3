"""Components as a model's input: fewer numbers, fitted on training rows; and when they mislead."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.tag import Tag
from scenes.maths.pca import axes, digit, stripes
from scenes.maths.shared.wine import wines
from scenes.pca.pixels import bytes_of
from scenes.pca.stage import AXIS, KEPT, LOST, PcaStage, maths, open_plane, percent
from scenes.pca.turned import iris_axes, iris_plane

TRIED: Final = (1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 64)
"""Components with which the classifier is tried."""
ACROSS: Final = 16
DOWNWARD: Final = 9
TRAINED: Final = 7
"""Rows of the drawn digits that are for training."""
STRIPES: Final = 1.02
"""Scene units of a unit of the stripes."""
SHOWN: Final = {
    "alcohol": "alcohol",
    "malic_acid": "malic acid",
    "alcalinity_of_ash": "alcalinity",
    "magnesium": "magnesium",
    "flavanoids": "flavanoids",
    "color_intensity": "colour",
    "hue": "hue",
    "proline": "proline",
}
"""Measures of the wines that are drawn, by their names in the table."""


class Inputs(PcaStage):
    """Fewer numbers for a model, and what has to be scaled before."""

    @chapter("A smaller input for a model", "PCA for preprocessing")
    def smaller_input(self) -> None:
        self.untitled()
        self.keep_the_wall()
        self.try_each_number()
        self.drop_the_label()

    def keep_the_wall(self) -> None:
        """Axes come from training rows alone."""
        self.shot(shot.wide())
        grid = ImageGrid(
            bytes_of(digit.values()[: ACROSS * DOWNWARD]), width=ink.FRAME_WIDTH, height=ink.FRAME_HEIGHT
        )
        unseen = np.arange(ACROSS * DOWNWARD) >= TRAINED * ACROSS
        fit = Tag(words.headline("training rows: [fit:first] the axes"))
        apply = Tag(words.headline("other rows: [apply:focus] them"))
        leak = Tag(words.headline("fitted before the split: [data leakage:error]"))
        shot.SAFE.put(leak, UP)
        shot.SAFE.put(fit)
        shot.SAFE.put(apply, DOWN)
        with self.beat("A model can read scores instead of pixels. Fit the axes on training rows.") as beat:
            beat.over(FadeIn(grid), until="Fit", least=pace.CALM)
            beat.over(grid.animate.shade(np.where(unseen, 0.25, 0.7)), FadeIn(fit), least=pace.CALM)
        with self.beat(
            "Then apply them to the others. Fitting before the split is data leakage: the "
            "test rows would have a say."
        ) as beat:
            beat.over(
                grid.animate.shade(np.where(unseen, 0.7, 0.25)),
                FadeIn(apply),
                until="Fitting",
                least=pace.CALM,
            )
            beat.over(FadeIn(leak))
        self.clear_stage()

    def try_each_number(self) -> None:
        """Accuracy in unseen folds against the number of components."""
        self.shot(shot.headline())
        chart = shot.chart(
            shot.safe(titled=False), (0, 66), (0, 105), x_label="components k",
            y_label=f"accuracy of {digit.NEIGHBOURS} nearest neighbours, unseen folds (%)",
            x_ticks=(2, 10, 20, 40, 64), y_ticks=(0, 50, 100),
        )  # fmt: skip
        right = np.array([100 * digit.accuracy(k).mean() for k in TRIED])
        curve = chart.curve(np.array(TRIED), right, KEPT, 3 * LINE, share=0.0)
        marks = chart.dots(np.column_stack([TRIED, right]), KEPT, radius=0.11)
        guess = chart.segment(
            (0, 100 * digit.guessing()), (66, 100 * digit.guessing()), ink.quiet, LINE, dashed=True
        )
        named = chart.label(50, 100 * digit.guessing(), "guessing", UP, ink.quiet, 0.15, ink.AXIS)
        two = chart.label(2, right[1], f"k = 2: {right[1]:.0f} %", DOWN + RIGHT, KEPT, 0.2, ink.POINT)
        with self.beat(
            "The nearest neighbours vote on the digit. With two scores, sixty-three percent are right."
        ) as beat:
            self.play(FadeIn(chart, guess, named), run_time=pace.BRISK)
            beat.over(FadeIn(marks[0], marks[1]), FadeIn(two), least=pace.CALM)
        enough = digit.nearly_as_good(TRIED)
        twenty = chart.label(
            enough,
            right[TRIED.index(enough)],
            f"k = {enough}: {right[TRIED.index(enough)]:.1f} %",
            DOWN + RIGHT,
            KEPT,
            0.25,
            ink.POINT,
        )
        full = chart.label(64, right[-1], f"all: {right[-1]:.1f} %", DOWN + LEFT, ink.chalk, 0.95, ink.POINT)
        pixels = 100 * float(digit.accuracy(digit.FEW, pixels=True).mean())
        rival = chart.dots([(digit.FEW, pixels)], LOST, "cross", radius=0.18)
        said = chart.label(
            digit.FEW, pixels, f"{digit.FEW} pixels: {pixels:.0f} %", DOWN + RIGHT, LOST, 0.3, ink.POINT
        )
        with self.beat("With twenty it is nearly as good as with the whole picture.") as beat:
            beat.over(
                FadeOut(two),
                glide(curve.reveal, 0.0, 1.0),
                FadeIn(*marks[2:]),
                until="nearly",
                least=pace.SLOW,
            )
            beat.over(FadeIn(twenty, full))
        with self.beat("Pixels instead of scores, as many of them, do worse.") as beat:
            beat.over(FadeOut(twenty, full), FadeIn(rival, said), least=pace.CALM)
        self.clear_stage()

    def drop_the_label(self) -> None:
        """Two stripes whose label is the thin direction."""
        self.shot(shot.wide())
        plane = open_plane(STRIPES)
        drawn = stripes.stripes()
        known = axes.components(drawn.points)
        rows = drawn.points - known.mean
        dots = plane.classes(rows, drawn.labels, radius=0.1)
        first, second = known.axes.T
        line = plane.line((-first[1], first[0]), 0.0, color=AXIS, width=LINE)
        other = plane.line((-second[1], second[0]), 0.0, color=AXIS, width=LINE)
        name = words.label("unsupervised: no labels used", size=ink.POINT)
        shot.SAFE.put(name, UP + LEFT)
        with self.beat(
            "But PCA is unsupervised: it does not look at labels. Here is a case built to show it."
        ) as beat:
            beat.over(FadeIn(*dots, lag_ratio=pace.LAG), FadeIn(name), least=pace.CALM)
        held = words.headline(f"{percent(known.ratios[0])} of the variance", KEPT)
        shot.SAFE.put(held, UP + LEFT)
        shade = axes.shadows(rows, first)
        with self.beat(
            "The first component keeps ninety-seven percent of the variance, and mixes the two classes: "
            "a classifier on it guesses."
        ) as beat:
            beat.over(Create(line), FadeOut(name), FadeIn(held), until="mixes", least=pace.CALM)
            beat.over(glide(dots.redraw, rows, shade), least=pace.LONG)
        thin = axes.shadows(rows, second)
        with self.beat("What was dropped held the label.") as beat:
            self.play(glide(dots.redraw, shade, rows), FadeOut(line, held), run_time=pace.BRISK)
            beat.over(Create(other), glide(dots.redraw, rows, thin), least=pace.SLOW)
        with self.beat("So choose k by validation score. Variance is not importance.") as beat:
            beat.over(self.frame.to(dots, share=0.9), least=pace.SLOW)

    # --- units

    @chapter("Units decide, unless you scale", "whitening")
    def units_decide(self) -> None:
        self.untitled()
        self.weigh_the_wines()
        self.make_it_round()

    def weigh_the_wines(self) -> None:
        """The loadings of the first component: of raw measures proline alone, of standardised ones many."""
        (room,) = self.shot(shot.headline())
        table = wines()
        which = [table.names.index(name) for name in SHOWN]
        raw = np.abs(axes.components(table.measures).axes[which, 0])
        scaled = np.abs(axes.components(axes.standardised(table.measures)).axes[which, 0])
        bars = BarChart(
            list(SHOWN.values()), raw, (0, 1), room.width, room.height, decimals=2,
            label="size of the loading in the first component",
        )  # fmt: skip
        room.put(bars)
        with self.beat(
            "A hundred and seventy-eight wines, thirteen measures, eight of them drawn. The "
            "first axis is proline alone."
        ) as beat:
            beat.over(glide(bars.redraw, 0 * raw, raw), least=pace.LONG)
        with self.beat("Proline is counted in hundreds, so its variance wins by its unit.") as beat:
            beat.over(glide(bars.shade, np.ones(len(raw)), np.where(raw > 0.5, 1.0, 0.6)), least=pace.CALM)
        with self.beat(
            "Standardisation: centre each feature, and divide by its standard deviation. Now "
            "many measures count."
        ) as beat:
            scaled_name = words.label("standardisation", KEPT, 1.1 * ink.POINT)
            room.inset(0.4).put(scaled_name, UP + RIGHT)
            beat.over(
                glide(bars.shade, np.where(raw > 0.5, 1.0, 0.6), np.ones(len(raw))),
                FadeIn(scaled_name),
                until="Now",
                least=pace.CALM,
            )
            beat.over(bars.change(scaled), least=pace.SLOW)
        with self.beat("Scale where units differ. Where units agree, as for pixels, it is a choice.") as beat:
            beat.over(words.light(scaled_name), least=pace.CALM)
        self.play(FadeOut(bars, scaled_name), run_time=pace.QUICK)

    def make_it_round(self) -> None:
        """Whitening: the ellipse of the irises becomes a circle, and noise across swells."""
        self.shot(shot.wide())
        plane = iris_plane()
        rows = axes.centred(self.leaves)
        known = axes.components(rows)
        turn = np.radians(np.linspace(0, 360, 121)[:-1])
        hoop = np.column_stack([np.cos(turn), np.sin(turn)])
        round_ = axes.ellipse(rows)[:-1]
        level = hoop * np.sqrt(known.variances)
        cloud = plane.dots(rows, ink.chalk, radius=0.08)
        ring = plane.polygon(round_, AXIS, 2 * LINE, 0.12)
        lines = iris_axes(plane)
        frame = VGroup(lines[0], lines[1])
        with self.beat(
            "One step more. Take the scores of the irises: the cloud lies level, its covariance is zero."
        ) as beat:
            self.play(FadeIn(frame, cloud, ring), run_time=pace.BRISK)
            angle = -np.radians(axes.angle(known.axes[:, 0]))

            def level_out(share: float) -> Changed:
                part = share * angle
                spin = np.array([[np.cos(part), np.sin(part)], [-np.sin(part), np.cos(part)]])
                cloud.redraw(rows @ spin)
                ring.redraw(round_ @ spin)
                return (cloud, ring)

            beat.over(glide(level_out, 0.0, 1.0, cloud, ring), least=pace.LONG)
        law = maths("tilde(z)_j = z_j / sqrt(lambda_j)", 1.2 * ink.HEADLINE)
        name = words.headline("whitening")
        shot.SAFE.put(name, UP + RIGHT)
        shot.SAFE.put(law, UP + LEFT)
        with self.beat(
            "Whitening divides each score by its standard deviation, root lambda: each variance is one now."
        ) as beat:
            beat.over(words.write(law), FadeIn(name), until="each variance", least=pace.CALM)
            beat.over(
                glide(cloud.redraw, known.scores(rows), known.whitened(rows)),
                glide(ring.redraw, level, hoop),
                least=pace.LONG,
            )
        with self.beat("A thin direction is stretched most, and with it whatever noise it holds.") as beat:
            self.play(FadeOut(law, name), run_time=pace.QUICK)
            beat.over(self.frame.to(ring, share=1.4), least=pace.SLOW)
