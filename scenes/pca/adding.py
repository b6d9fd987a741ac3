"""A digit built from components: the mean digit, then one score after the other; how many are enough."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, FadeIn, FadeOut, Group, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.image_grid import ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.matrix import Matrix
from scenes.kit.noun import LINE
from scenes.maths.pca import digit
from scenes.maths.pca.axes import Components
from scenes.pca.pixels import bytes_of, picture, tile
from scenes.pca.stage import KEPT, PcaStage, maths

SHOWN: Final = 12 * 22
"""Digits of the gallery around the one."""
DRAWN: Final = 41
"""Components of the charts."""


class Adding(PcaStage):
    """Ten scores show the digit; how many are enough."""

    @chapter("Ten numbers show it, twenty-nine show it well", "variance explained and choosing k")
    def ten_show_it(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        known = digit.fit()
        grid = ImageGrid(bytes_of(digit.values()[:SHOWN]), width=ink.FRAME_WIDTH, height=ink.FRAME_HEIGHT)
        with self.beat(
            "Back to the digits. The same turn works with as many features as there are pixels."
        ) as beat:
            beat.over(FadeIn(grid), until="The same", least=pace.CALM)
            beat.over(glide(partial(grid.enlarge, digit.THREE), 0.0, 1.0), least=pace.LONG)
        self.clear_stage()
        self.show_the_axes(known)
        self.add_them_up(known)
        self.compare_the_rivals(known)
        self.choose_how_many(known)

    def show_the_axes(self, known: Components) -> None:
        """The mean digit and the first ten eigenvectors as pictures."""
        cells = self.shot(shot.gallery(2, 5, titled=False, gap=0.35))
        reach = float(np.abs(known.axes[:, : digit.FEW]).max())
        faces = [
            Matrix(
                picture(known.axes[:, which]),
                min(cell.width, cell.height) / digit.SIDE,
                largest=reach,
                lines=False,
            )
            for which, cell in enumerate(cells)
        ]
        for face, cell in zip(faces, cells, strict=True):
            cell.put(face)
        with self.beat(
            "An eigenvector now has a loading for each pixel, so it is a picture: blue adds ink, red takes it away."
        ) as beat:
            beat.over(FadeIn(*faces, lag_ratio=pace.LAG), least=pace.SLOW)
        with self.beat(
            "The first ones hold coarse shapes, later ones finer detail. They stand at right angles to each other."
        ) as beat:
            beat.over(self.frame.to(*faces[:3], share=0.9), least=pace.SLOW)
            self.play(self.frame.back(), run_time=pace.CALM)
        self.faces = faces

    def add_them_up(self, known: Components) -> None:
        """Mean digit plus score times eigenvector, one after the other."""
        left, right = shot.split(titled=False).places
        mean = tile(known.mean, min(left.width, left.height))
        left.put(mean)
        law = maths("hat(bold(x)) = mu + sum_(j=1)^k z_j bold(v)_j", ink.HEADLINE)
        count = words.headline("k = 0", KEPT)
        VGroup(law, count).arrange(DOWN, buff=0.9)
        right.put(VGroup(law, count))
        self.shot(shot.split(titled=False))
        with self.beat("Start from the mean digit: what one would guess before any score is known.") as beat:
            beat.over(FadeOut(*self.faces), FadeIn(mean), least=pace.CALM)
        one = digit.values()[[digit.THREE]]

        def build(kept: float) -> ImageGrid:
            return mean.redraw(images=bytes_of(known.rebuilt(one, kept)))

        with self.beat("Add each component, times its score: one, two, three, and on.") as beat:
            beat.over(words.write(law), until="one")
            beat.over(glide(build, 0.0, float(digit.FEW), mean), FadeIn(count), least=pace.LONG)
            ten = words.headline(f"k = {digit.FEW}", KEPT).move_to(count)
            self.play(FadeOut(count), FadeIn(ten), run_time=pace.QUICK)
        with self.beat("Ten numbers, and you can see a three.") as beat:
            beat.over(words.light(ten), least=pace.CALM)
        self.clear_stage()

    def compare_the_rivals(self, known: Components) -> None:
        """Share of variance that ten numbers keep: components, pixels with regression, random directions."""
        (room,) = self.shot(shot.headline())
        shares = 100 * np.array(
            [
                known.cumulative[digit.FEW - 1],
                digit.kept_by_pixels(regress=True),
                float(digit.kept_by_chance().mean()),
            ]
        )
        bars = BarChart(
            ("10 components", "10 pixels, rest by regression", "10 random directions"),
            shares, (0, 100), room.width, room.height, decimals=0, colors=[KEPT, ink.quiet, ink.quiet],
            label="variance kept (%)",
        )  # fmt: skip
        room.put(bars)
        with self.beat(
            "But how much do they keep? Seventy-four percent of the variance. "
            "As many pixels, with regression for the rest, keep fifty-five."
        ) as beat:
            beat.over(glide(bars.redraw, 0 * shares, shares), least=pace.LONG)
        with self.beat("As many random directions, on average, sixteen.") as beat:
            beat.over(glide(bars.shade, np.ones(3), np.array([0.6, 0.6, 1.0])), least=pace.BRISK)
        self.play(FadeOut(bars), run_time=pace.QUICK)

    def choose_how_many(self, known: Components) -> None:
        """Scree plot, then the cumulative curve with its marks."""
        self.shot(shot.wide())
        frame = shot.safe(titled=False)
        ks = np.arange(1, len(known.ratios) + 1)
        scree = shot.chart(
            frame, (0, 42), (0, 16), x_label="component", y_label="scree plot: variance explained (%)",
            x_ticks=(1, 10, 20, 30, 40), y_ticks=(0, 5, 10, 15),
        )  # fmt: skip
        bars = scree.bars(ks[:DRAWN], 100 * known.ratios[:DRAWN], KEPT)
        with self.beat(
            "Eigenvalues in falling order make the scree plot. Some look for its elbow; here it is faint."
        ) as beat:
            self.play(FadeIn(scree), run_time=pace.QUICK)
            beat.over(
                glide(bars.redraw, 0 * known.ratios[:DRAWN], 100 * known.ratios[:DRAWN]), least=pace.SLOW
            )
        total = shot.chart(
            frame, (0, 42), (0, 105), x_label="components k", y_label="cumulative explained variance (%)",
            x_ticks=(1, 10, 20, 30, 40), y_ticks=(0, 50, 100),
        )  # fmt: skip
        stacked = total.curve(ks[:DRAWN], 100 * known.cumulative[:DRAWN], KEPT, 3 * LINE, share=0.0)
        k = known.enough(0.95)
        mark = total.segment((0, 95), (k, 95), ink.focus, LINE)
        fall = total.segment((k, 95), (k, 0), ink.focus, LINE)
        told = total.label(k, 50, f"95 %: k = {k}", RIGHT, ink.focus, 0.25, ink.POINT)
        with self.beat("Added up from the left, they give the cumulative explained variance.") as beat:
            self.play(FadeOut(bars, scree), FadeIn(total), run_time=pace.QUICK)
            self.add(stacked)
            beat.over(glide(stacked.reveal, 0.0, 1.0), least=pace.SLOW)
        with self.beat(
            "How many are enough? Often k is taken where ninety-five percent is reached: here, twenty-nine components."
        ) as beat:
            self.add(mark, fall)
            beat.over(FadeIn(mark, fall), until="here")
            beat.over("here", FadeIn(told))
        self.clear_stage()
        self.show_the_price(known)

    def show_the_price(self, known: Components) -> None:
        """The digit at k = 2, 10, 29 and 64 side by side, and the singular value decomposition."""
        cells = self.shot(shot.gallery(1, 4, titled=False, gap=0.4))
        one = digit.values()[[digit.THREE]]
        kept = (2, digit.FEW, known.enough(0.95), 64)
        tiles = [tile(known.rebuilt(one, k)[0], cells[0].width) for k in kept]
        names = [words.label(f"k = {k}", KEPT, ink.POINT) for k in kept]
        for each, name, cell in zip(tiles, names, cells, strict=True):
            cell.put(each, UP * 0)
            name.next_to(each, DOWN, buff=0.3)
        with self.beat(
            "With each of them the picture comes nearer to the original, and the last gain is small. "
            "So it takes few numbers to see the digit, and some more to see it well."
        ) as beat:
            beat.over(FadeIn(Group(*tiles), *names, lag_ratio=pace.LAG), least=pace.SLOW)
        law = maths(r'X_"c" = U S V^top, quad lambda_j = s_j^2 \/ (n - 1)', ink.HEADLINE)
        name = words.label("singular value decomposition (SVD)", size=ink.POINT)
        shot.safe(titled=False).put(law, UP)
        shot.safe(titled=False).put(name, DOWN)
        with self.beat(
            "Libraries take the same axes from the singular value decomposition of the centred data: the columns of V."
        ) as beat:
            beat.over(words.write(law), FadeIn(name), until="columns")
            beat.over(words.light(law))
