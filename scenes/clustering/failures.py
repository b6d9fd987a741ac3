"""What K-means assumes, and how it fails without."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.clustering.stage import (
    CENTROID,
    CLUSTERS,
    DOT,
    UNKNOWN,
    ClusteringStage,
    Floats,
    Run,
    dye,
    glow,
    moon_plane,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.clustering import agreement, data
from scenes.maths.clustering import centroids as kmeans

PROLINE, ALCOHOL = 12, 0
"""Columns of the wines that are drawn."""
DRAWS: Final = 20
"""Draws over which agreement is averaged."""
SCALE_X: Final = 6.6
"""Where the scale of agreement stands beside the crowds."""
SCALE_Y: Final = (-3.2, 3.2)
"""Heights of zero and one on it."""


def agreements(of: str) -> list[float]:
    """Agreement of K-means with the crowds or moons that were drawn, for :data:`DRAWS` draws."""
    return [agreement.agreement_of_kmeans(of, seed) for seed in range(DRAWS)]


def mean_agreement(of: str) -> float:
    """Mean of the agreement of K-means with the crowds or moons that were drawn, over :data:`DRAWS` draws."""
    return float(np.mean(agreements(of)))


def clean_moons() -> Floats:
    """The moons that are drawn, without strays."""
    return data.moons()[0][: data.MOON_DOTS]


def cut_moons(plane: Plane) -> Run:
    """Two centroids on the moons, where they end."""
    return Run(plane, clean_moons(), kmeans.restarts(clean_moons(), 2, 10).centroids)


class Failures(ClusteringStage):
    """What K-means assumes, and how it fails without."""

    @chapter("K-means wants round, equal, scaled clusters", "where each method fails")
    def round_equal_scaled(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.unequal_crowds()
        self.wines_in_their_units()
        self.moons()

    def scale(self, plane: Plane) -> VGroup:
        """The scale of the adjusted Rand index, from zero to one, upright beside a picture."""
        low, high = SCALE_Y
        post = plane.segment((SCALE_X, low), (SCALE_X, high), ink.quiet, 2 * LINE)
        ends = [
            Tag(words.headline(text, size=ink.AXIS).next_to(plane.at(SCALE_X, y), RIGHT, buff=0.2))
            for text, y in (("1  same groups", high), ("0  chance", low))
        ]
        return VGroup(post, *ends)

    def unequal_crowds(self) -> None:
        """A wide crowd is divided, and two small ones are merged."""
        points, known = data.unequal()
        plane = shot.EDGES.inset(0.25).plane((-6.3, 10.5), (-4.7, 4.8), equal=True, x_ticks=[], y_ticks=[])
        plane.frame.set_stroke(opacity=0)
        found = kmeans.from_the_left(points, kmeans.restarts(points, 3, 10).labels)
        run = Run(plane, points, kmeans.update(points, found, 3), radius=0.075)
        dye(run.dots, known)
        with self.beat("Our crowds were round and equal. What if one is wide, and two are small?") as beat:
            beat.over(FadeIn(run.dots.subset(known == 0)), until="two")
            beat.over(FadeIn(run.dots.subset(known > 0)))
            self.add(run.dots)
        with self.beat("K-means divides the wide crowd, and one centroid serves both small ones.") as beat:
            dye(run.dots, run.labels)
            self.remove(*run.dots, run.dots)
            self.add(run.cells, run.dots)
            beat.over(FadeIn(run.cells, run.marks), until="one")
            self.add(run.marks)
            beat.over(self.frame.to(run.dots.subset(known > 0), share=0.8))
        with self.beat(
            "Squares want equal spreads: cutting a wide crowd saves more than splitting small ones."
        ) as beat:
            beat.over(self.frame.back(), until="cutting")
            beat.over(glow(*run.cells))
        scale = self.scale(plane)
        name = Tag(words.headline("adjusted Rand index", size=ink.AXIS).move_to(plane.at(7.9, 4.1)))
        with self.beat(
            "Here we know the groups. The adjusted Rand index is one where both agree, and zero, on average,"
            " for chance."
        ) as beat:
            beat.over("adjusted", FadeIn(name), Create(scale[0]), until="one")
            beat.over(FadeIn(scale[1]), until="zero")
            beat.over(FadeIn(scale[2]))
        value = mean_agreement("unequal")
        height = SCALE_Y[0] + value * (SCALE_Y[1] - SCALE_Y[0])
        mark = plane.dots([(SCALE_X, height)], CENTROID, radius=0.2)
        number = Tag(words.headline(f"{value:.2f}", CENTROID, ink.HEADLINE).next_to(mark, RIGHT, buff=0.2))
        with self.beat("K-means reaches 0.29, on average over twenty such draws.") as beat:
            beat.over(FadeIn(mark, shift=UP), FadeIn(number))

    def wines_in_their_units(self) -> None:
        """In their own units the wines are one line: proline."""
        raw, _ = data.bottles()
        pair = raw[:, [PROLINE, ALCOHOL]]
        scaled = data.standardised(raw)
        flat = shot.EDGES.inset(0.3).plane((180, 1780), (-380, 420), equal=True, x_ticks=[], y_ticks=[])
        tall = shot.safe(titled=False).plane((-1.9, 3.3), (-3.3, 3.3), x_ticks=[], y_ticks=[])
        for plane in (flat, tall):
            plane.frame.set_stroke(opacity=0)
        start = pair - [0, pair[:, 1].mean()]
        end = flat.inverse(tall.at(scaled[:, [PROLINE, ALCOHOL]]))[:, :2]
        found = [
            kmeans.from_the_left(pair, kmeans.restarts(points, 3, 10).labels) for points in (raw, scaled)
        ]
        dots = dye(flat.dots(start, radius=0.12), np.full(len(raw), -2))
        axis = flat.vector((200, -70), (1760, -70), ink.quiet, LINE)
        name = words.headline("proline (mg/L): 99.8% of the variance", size=ink.POINT)
        name.move_to(flat.at(980, -150))
        with self.beat(
            "Other data: wines, with thirteen measures. In raw units, one of them, proline, has nearly the whole"
            " variance."
        ) as beat:
            beat.until("wines")
            self.exchange(dots)
            beat.over("raw", Create(axis), FadeIn(name))
        values = [agreement.agreement_of_kmeans(of) for of in ("wines", "scaled")]
        texts = [
            Tag(words.headline(f"adjusted Rand index {value:.2f}", size=ink.HEADLINE)).move_to(
                flat.at(980, 220)
            )
            for value in values
        ]
        with self.beat("So K-means sees proline alone, and agrees with the grape varieties at 0.37.") as beat:
            beat.over(
                "K-means",
                LaggedStart(
                    *(words.tint(dot, CLUSTERS[label]) for dot, label in zip(dots, found[0], strict=True)),
                    lag_ratio=pace.LAG,
                ),
                until="agrees",
            )
            beat.over(FadeIn(texts[0]))
        term = Tag(words.headline("feature scaling", size=ink.HEADLINE).move_to(tall.at(0.7, -2.95)))
        with self.beat(
            "Feature scaling first: give each measure the same spread. Now each of them counts.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeOut(axis, name, texts[0]), FadeIn(term), until="give")
            beat.over(glide(dots.redraw, (start,), (end,)), until="Now", least=pace.SLOW)
            beat.over(*(words.light(dot, ink.chalk) for dot in dots[::6]))
        with self.beat("The agreement rises to 0.90.") as beat:
            texts[1].move_to(tall.at(0.7, 2.9))
            dye(dots, found[1])
            beat.over(*(words.light(dot, ink.chalk) for dot in dots[::3]), FadeIn(texts[1]))

    def moons(self) -> None:
        """Straight walls cut the moons across."""
        plane = moon_plane()
        run = cut_moons(plane)
        value = mean_agreement("moons")
        text = Tag(
            words.headline(f"adjusted Rand index {value:.2f},\nmean of {DRAWS} draws", size=ink.POINT)
        ).move_to(plane.at(1.75, 1.25))
        dye(run.dots, np.full(len(clean_moons()), -2))
        with self.beat("And two moons? Straight walls go right through them.") as beat:
            self.exchange(run.dots)
            beat.until("Straight")
            dye(run.dots, run.labels)
            self.remove(run.dots)
            self.add(run.cells, run.dots)
            beat.over(FadeIn(run.cells, run.marks))
            self.add(run)
        with self.beat(
            "So for K-means, standardise first, and expect round clusters of similar size."
        ) as beat:
            beat.over(FadeIn(text), until="expect")
            beat.over(glow(*run.cells))
        self.leave(text, run_time=pace.QUICK)
        name = Tag(words.headline("density-based: DBSCAN", size=ink.HEADLINE)).move_to(plane.at(0.5, 1.42))
        with self.beat("You see two moons. How? They are crowded, and between them it is empty.") as beat:
            beat.over(FadeOut(run.cells, run.marks), until="How")
            dye(run.dots, np.full(len(clean_moons()), -2))
            order = np.argsort(clean_moons()[:, 0])[::3]
            beat.over(
                LaggedStart(
                    *(words.light(run.dots[int(row)], ink.chalk) for row in order), lag_ratio=pace.LAG
                )
            )
        with self.beat(
            "Then let clusters be dense regions, parted by sparse ones. A density-based method is DBSCAN."
        ) as beat:
            beat.over(words.light(run.dots, ink.chalk), until="density-based")
            beat.over(FadeIn(name))
        self.leave(name, run_time=pace.QUICK)


def bare_moons(plane: Plane) -> Dots:
    """The moons without clusters: as the chapter ends."""
    return plane.dots(clean_moons(), UNKNOWN, radius=DOT)
