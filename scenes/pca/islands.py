"""Maps of the digits: the flat shadow, t-SNE and UMAP, and what may be read from them."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from manim import DOWN, LEFT, UP, FadeIn, FadeOut, Group, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.image_grid import Arrangement, ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.maths.pca import digit, maps
from scenes.maths.pca.maps import Name
from scenes.pca.pixels import bytes_of, tile
from scenes.pca.stage import AXIS, KEPT, LOST, PcaStage, maths, percent

SHOWN: Final = np.arange(0, 1797, 8)
"""Digits that are drawn on a map, of all that are on it."""
BRIGHT: Final = 0.62
"""Of the digits on a map: hundreds of them move at once, and are not to flash."""
TALL: Final = 0.5
"""Scene units of a digit on a map."""
ROLL: Final = 2.7
"""Scene units of the spiral's radius."""
MIXED: Final = (1, 5, 8)
"""Digits that lie on each other in the flat map."""


def arranged(points: Floats, room: shot.Region) -> Arrangement:
    """The drawn digits at their ``points`` (1797, 2) on a map that fills ``room``."""
    low, high = points[SHOWN].min(axis=0), points[SHOWN].max(axis=0)
    middle = (low + high) / 2
    factor = min((room.width - TALL) / (high - low)[0], (room.height - TALL) / (high - low)[1])
    spots = (points[SHOWN] - middle) * factor + room.middle[:2]
    return Arrangement(spots, np.full(len(SHOWN), TALL), {})


def wide(name: Name) -> Floats:
    """(1797, 2): a map, its longer side across."""
    points = maps.placed(name)
    spread = np.ptp(points, axis=0)
    return points if spread[0] >= spread[1] else points[:, ::-1]


class Islands(PcaStage):
    """What a flat map keeps of sixty-four dimensions."""

    @chapter("A shadow cannot unroll", "PCA for visualisation", "contrast with t-SNE", "contrast with UMAP")
    def shadows_cannot_unroll(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.grid = ImageGrid(bytes_of(digit.values()[SHOWN]), width=ink.FRAME_WIDTH, height=ink.FRAME_HEIGHT)
        self.look_at_the_shadow()
        self.roll_it_up()
        self.weigh_the_neighbours()
        self.let_islands_form()
        self.compare_the_three()

    def look_at_the_shadow(self) -> None:
        """The digits at their first two scores."""
        grid = self.grid
        grid.redraw(arranged(wide("pca"), shot.EDGES))
        share = Tag(words.headline(f"{percent(digit.fit().cumulative[1], 1)} of the variance", KEPT))
        shot.SAFE.put(share, UP + LEFT)
        with self.beat(
            "For a picture, keep two scores. PCA makes a map: each digit stands at its two."
        ) as beat:
            beat.over(FadeIn(grid), least=pace.CALM)
        with self.beat(
            "They keep 28.5 percent of the variance. Say so on your map: the kinds overlap."
        ) as beat:
            beat.over(FadeIn(share), until="Say", least=pace.BRISK)
            self.pin(share)
            mixed = np.isin(digit.kinds()[SHOWN], MIXED)
            beat.over(grid.animate.shade(np.where(mixed, 1.0, 0.25)), least=pace.CALM)
        self.play(FadeOut(grid, share), run_time=pace.QUICK)

    def roll_it_up(self) -> None:
        """A curve rolled up in the plane: its shadow lays the folds on each other."""
        ground = shot.bare()
        points, share = maps.roll()
        spots = ROLL * points + [0.0, 0.45]
        reach = shot.SAFE.width / 2 - 0.4
        flat = np.column_stack([spots[:, 0], np.full(len(spots), -3.0)])
        true = np.column_stack([(2 * share - 1) * reach, np.full(len(spots), -3.0)])
        dots = ground.classes(spots, (3 * 0.999 * share).astype(int), 0.12, shapes=["disc"] * 4)
        name = words.headline("manifold", size=ink.HEADLINE)
        shot.SAFE.put(name, UP + LEFT)
        self.pin(name)
        with self.beat(
            "Data often lie near a curved sheet of few dimensions inside many: a manifold."
        ) as beat:
            beat.over(
                FadeIn(*dots, lag_ratio=pace.LAG),
                FadeIn(name),
                self.frame.to(dots, share=0.85),
                least=pace.SLOW,
            )

        with self.beat(
            "A flat shadow lays its folds on top of each other. Colours that were far apart mix."
        ) as beat:
            beat.over(glide(dots.redraw, spots, flat), self.frame.back(), least=pace.LONG)
        with self.beat("What one would like is to unroll it, and keep who is near whom.") as beat:
            self.play(glide(dots.redraw, flat, spots), run_time=pace.BRISK)
            beat.over(glide(dots.redraw, spots, true), least=pace.SLOW)
        self.clear_stage()

    def weigh_the_neighbours(self) -> None:
        """Three neighbours at 1, 1 and 3, and their probabilities."""
        (room,) = self.shot(shot.headline())
        shares = maps.neighbour_shares(maps.HAND)
        bars = BarChart(
            ("distance 1", "distance 1 ", "distance 3"), shares, (0, 0.6), room.width, 3.6, decimals=3,
            label="t-SNE: probability of being the neighbour", colors=[KEPT, KEPT, LOST],
        )  # fmt: skip
        room.put(bars, DOWN)
        law = maths("p_j = e^(-d_j^2 \\/ 2 sigma^2) \\/ sum_i e^(-d_i^2 \\/ 2 sigma^2)", 1.1 * ink.POINT)
        room.put(law, UP)
        with self.beat(
            "t-SNE gives each point neighbour probabilities. By hand: three neighbours, at "
            "distances one, one and three."
        ) as beat:
            beat.over(words.write(law), until="By", least=pace.CALM)
            beat.over(glide(bars.redraw, 0 * shares, shares), least=pace.SLOW)
        with self.beat(
            "The far one hardly counts. Perplexity sets roughly how many neighbours each "
            "point counts: here, two."
        ) as beat:
            counted = words.label(f"perplexity {maps.perplexity(shares):.1g}", AXIS, 1.1 * ink.POINT)
            counted.next_to(law, DOWN, buff=0.35)
            beat.over(glide(bars.shade, np.ones(3), np.array([1.0, 1.0, 0.6])), until="Perplexity")
            beat.over(FadeIn(counted), least=pace.BRISK)
        self.play(FadeOut(bars, law, counted), run_time=pace.QUICK)

    def let_islands_form(self) -> None:
        """The steps of t-SNE, then UMAP."""
        self.shot(shot.wide())
        grid = self.grid
        way, _ = maps.steps()
        room = shot.EDGES.inset(0.3)
        states = [arranged(each[:, ::-1], room) for each in way] + [
            arranged(maps.placed("tsne")[:, ::-1], room)
        ]
        grid.shade(1.0)
        grid.redraw(states[0])
        named = Tag(words.headline("t-SNE", AXIS))
        shot.SAFE.put(named, UP + LEFT)

        moved = [np.linalg.norm(b.centres - a.centres, axis=1).mean() for a, b in pairwise(states)]
        gone = np.concatenate([[0.0], np.cumsum(moved)]) / sum(moved)

        def step(share: float) -> ImageGrid:
            """After ``share`` of the whole way; iterations pass slowly where much happens."""
            place = float(np.interp(share, gone, np.arange(len(states))))
            low = min(int(place), len(states) - 2)
            return grid.redraw(states[low].toward(states[low + 1], place - low))

        with self.beat(
            "t-SNE moves points in the plane until its neighbour probabilities match the true ones as well as they can."
        ) as beat:
            self.play(FadeIn(grid, named), run_time=pace.QUICK)
            beat.over(glide(step, 0.0, 0.6, grid, rate_func=linear), least=pace.LONG)
        with self.beat("On the map a heavy-tailed Student t lets groups lie far apart.") as beat:
            beat.over(glide(step, 0.6, 1.0, grid, rate_func=linear), least=pace.LONG)
        other = Tag(words.headline("UMAP", AXIS))
        shot.SAFE.put(other, UP + LEFT)
        with self.beat(
            "UMAP builds a graph of nearest neighbours and lays it out; n neighbours sets how local it is."
        ) as beat:
            beat.over(
                glide(grid.redraw, states[-1], arranged(wide("umap"), room)),
                FadeOut(named),
                FadeIn(other),
                least=pace.LONG,
            )
        self.play(FadeOut(grid, other), run_time=pace.QUICK)

    def compare_the_three(self) -> None:
        """Trustworthiness of the three maps."""
        (room,) = self.shot(shot.headline())
        known = np.array([maps.by_chance(), *(maps.truth(name) for name in ("pca", "tsne", "umap"))])
        bars = BarChart(
            ("random", "PCA", "t-SNE", "UMAP"), known, (0, 1), room.width, room.height, decimals=2,
            label="trustworthiness of the ten nearest (1 is perfect)", colors=[ink.quiet, KEPT, KEPT, KEPT],
        )  # fmt: skip
        room.put(bars)
        with self.beat(
            "Trustworthiness asks how near the ten nearest on a map truly are. "
            "Random maps have a half, PCA 0.83, both others 0.99."
        ) as beat:
            beat.over(glide(bars.redraw, 0 * known, known), least=pace.LONG)
        with self.beat(
            "PCA is linear and keeps variance. These two are non-linear, and keep neighbourhoods."
        ) as beat:
            first, others = np.array([0.6, 1.0, 0.6, 0.6]), np.array([0.6, 0.6, 1.0, 1.0])
            beat.over(glide(bars.shade, np.ones(4), first), until="These")
            beat.over(glide(bars.shade, first, others), least=pace.BRISK)
        self.play(FadeOut(bars), run_time=pace.QUICK)

    # --- what the map says

    @chapter(
        "What the map says, and what it does not", "what distances in such a map mean and what they do not"
    )
    def what_the_map_says(self) -> None:
        self.untitled()
        left, right = self.shot(shot.split(titled=False))
        grid = self.grid = ImageGrid(
            BRIGHT * bytes_of(digit.values()[SHOWN]), width=ink.FRAME_WIDTH, height=ink.FRAME_HEIGHT
        )
        flat, islands, other = (arranged(maps.placed(name), left) for name in ("pca", "tsne", "low"))
        grid.redraw(flat)
        chart = shot.chart(
            right, (0, 50), (0, 165), x_label="true distance", y_label="distance on the map",
            x_ticks=(0, 20, 40), y_ticks=(0, 50, 100, 150),
        )  # fmt: skip
        true = maps.gaps(digit.values())
        pairs = [np.column_stack([true, maps.gaps(maps.placed(name))]) for name in ("pca", "tsne", "low")]
        equal = chart.segment((0, 0), (50, 50), ink.quiet, LINE, dashed=True)
        dots = chart.dots(pairs[0], KEPT, radius=0.09)
        with self.beat(
            "What may you read from such a map? Take the centres of the kinds: forty-five pairs."
        ) as beat:
            self.play(FadeIn(grid), run_time=pace.BRISK)
            beat.over(FadeIn(chart, equal), FadeIn(*dots, lag_ratio=pace.LAG), least=pace.SLOW)
        with self.beat("In a PCA plot a distance is a shadow: at most the true one.") as beat:
            beat.over(words.light(equal), least=pace.CALM)
        with self.beat(
            "In t-SNE, near points are mostly near in truth. How far apart islands lie depends on the start: "
            "this one was PCA."
        ) as beat:
            self.play(FadeOut(equal), run_time=pace.QUICK)
            beat.over(
                glide(grid.redraw, flat, islands),
                glide(dots.redraw, pairs[0], pairs[1]),
                least=pace.LONG,
            )
        chart_parts = (chart, *dots)
        with self.beat("The width of an island says little, and the axes have no meaning.") as beat:
            self.play(FadeOut(*chart_parts), run_time=pace.QUICK)
            beat.over(self.frame.to_region((left.left, left.right), (left.bottom, left.top)), least=pace.SLOW)
        with self.beat("Another perplexity, five, is another map.") as beat:
            self.play(self.frame.back(), FadeIn(*chart_parts), run_time=pace.BRISK)
            beat.over(
                glide(grid.redraw, islands, other), glide(dots.redraw, pairs[1], pairs[2]), least=pace.LONG
            )
        with self.beat(
            "Standard t-SNE cannot place a new point. UMAP can, and PCA has a formula for it."
        ) as beat:
            beat.over(FadeOut(*chart_parts), glide(grid.redraw, other, flat), until="UMAP", least=pace.CALM)
            law = maths("bold(z) = V_k^top (bold(x) - mu)", ink.HEADLINE)
            right.put(law)
            beat.over(words.write(law))
        with self.beat(
            "So read neighbours, rerun with other settings, and test with the original distances."
        ) as beat:
            self.play(FadeOut(law), run_time=pace.QUICK)
            beat.over(glide(grid.redraw, flat, islands), least=pace.LONG)
        self.clear_stage()
        self.end()

    def end(self) -> None:
        """The answer: the digit from ten and from twenty-nine numbers, and the formula of both."""
        known = digit.fit()
        one = digit.values()[[digit.THREE]]
        room = shot.safe(titled=False)
        kept = (digit.FEW, known.enough(0.95), len(known.mean))
        cells = room.columns(1, 1, 1, gap=0.5)
        tiles = Group(*(tile(known.rebuilt(one, k)[0], min(cells[0].width, cells[0].height)) for k in kept))
        names = VGroup(
            *(words.headline(f"{k}", color) for k, color in zip(kept, (KEPT, KEPT, ink.chalk), strict=True))
        )
        self.shot(shot.wide())
        for each, name, cell in zip(tiles, names, cells, strict=True):
            cell.put(each)
            name.next_to(each, DOWN, buff=0.35)
        with self.beat("How few numbers show the digit? Ten show it, twenty-nine show it well.") as beat:
            beat.over(FadeIn(tiles[2], names[2]), until="Ten", least=pace.CALM)
            beat.over("Ten", FadeIn(tiles[0], names[0]), until="twenty-nine")
            beat.over("twenty-nine", FadeIn(tiles[1], names[1]))
        with self.beat("The price, on average, is known: the eigenvalues you dropped.") as beat:
            beat.over(words.light(names[0], LOST), words.light(names[1], LOST), least=pace.CALM)
        with self.beat(
            "Centre, turn, drop. It works along straight directions, not along curved ones."
        ) as beat:
            beat.over(self.frame.to(tiles, share=1.0), least=pace.LONG)
