"""DBSCAN: dense regions, by hand and on the moons; and one epsilon for one density."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import Create, FadeIn, FadeOut, LaggedStart, Mobject, VGroup

from scenes.clustering.failures import bare_moons
from scenes.clustering.stage import (
    BALL,
    CLUSTERS,
    NOISE,
    UNKNOWN,
    ClusteringStage,
    dye,
    five_plane,
    in_row,
    moon_plane,
    petal_plane,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive, drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.plane import Plane
from scenes.kit.shot import chart
from scenes.kit.tag import Tag
from scenes.maths.clustering import data, density
from scenes.maths.clustering.density import Kind

REACH_ACROSS: Final = (-3.3, 14.3)
LEVEL: Final = 3.7
"""Height of the five points over their axis."""
TALL: Final = 8.5
MOON_DOT: Final = 0.09
EPSILONS: Final = (0.05, 0.25)
"""Too small, and too large, for the moons."""
APART: Final = (0.12, 0.16)
"""Epsilons between which the two tight crowds merge."""


def moon_dots(plane: Plane) -> Dots:
    """The moons with their strays."""
    return plane.dots(data.moons()[0], UNKNOWN, radius=MOON_DOT)


def reach_end() -> tuple[Plane, Dots, VGroup]:
    """The five points with what they are: as the chapter by hand ends."""
    line = five_plane(TALL, across=REACH_ACROSS)
    dots = line.dots(in_row(data.FIVE, LEVEL), radius=1.3 * BALL)
    dye(dots, density.hand().labels)
    names = VGroup(
        *(
            words.headline(text, NOISE if text == "noise" else CLUSTERS[0], ink.POINT).move_to(line.at(x, y))
            for text, x, y in (
                ("border point", -0.9, LEVEL - 1.0),
                ("core point", 1.0, LEVEL + 1.0),
                ("border point", 4.6, LEVEL - 1.0),
                ("noise", 10.0, LEVEL - 1.0),
            )
        )
    )
    return line, dots, names


class Reach(ClusteringStage):
    """DBSCAN: dense regions, by hand and on the moons; and one epsilon for one density."""

    # --- by hand

    @chapter(
        "Dense enough, or within reach",
        "ε-neighbourhoods of DBSCAN",
        "core, border and noise points",
        goes_on=True,
    )
    def dense_enough(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.add(bare_moons(moon_plane()))
        self.shot(shot.close_up())
        self.one_is_core()
        self.the_others()

    def one_is_core(self) -> None:
        """Epsilon, minPts, and a core point."""
        self.line = line = five_plane(TALL, across=REACH_ACROSS)
        self.dots = dots = line.dots(in_row(self.five, LEVEL), UNKNOWN, radius=1.3 * BALL)
        self.circle = circle = line.circle((1, LEVEL), 0.05, ink.chalk, LINE, 0.08)
        radius = line.segment((1, LEVEL), (1, LEVEL + 3), ink.chalk, LINE)
        name = words.headline("ε-neighbourhood, $epsilon = 3$", size=ink.POINT).move_to(line.at(1.9, 7.75))
        need = words.headline("minPts $= 3$", size=ink.POINT).move_to(line.at(10.6, 7.75))
        with self.beat(
            "When is a place dense? By hand: give each point a reach, epsilon. Here it is three."
        ) as beat:
            beat.until("By")
            self.exchange(line, dots)
            beat.over(
                "reach",
                glide(circle.redraw, ((1, LEVEL), 0.05), ((1, LEVEL), density.HAND_EPS)),
                Create(radius),
            )
        with self.beat("The points within it, itself counted, are its epsilon-neighbourhood.") as beat:
            beat.over(
                LaggedStart(*(words.light(dot, ink.chalk) for dot in dots[:3]), lag_ratio=pace.LAG),
                until="epsilon-neighbourhood",
            )
            beat.over(FadeIn(name))
        with self.beat(
            "Then say how many are enough to be dense. That is minPts; here it is three as well."
        ) as beat:
            beat.over("minPts", FadeIn(need), FadeOut(radius))
        with self.beat(
            "A small reach that holds many points: that place is crowded, so it is dense.", pause=pace.CALM
        ) as beat:
            beat.over(
                glide(circle.redraw, ((1, LEVEL), density.HAND_EPS), ((1, LEVEL), 1.4)), until="that place"
            )
            beat.over(glide(circle.redraw, ((1, LEVEL), 1.4), ((1, LEVEL), density.HAND_EPS)))
        self.labels = reach_end()[2]
        self.name, self.need = name, need
        with self.beat("Around one lie zero, one and four: enough. So one is a core point.") as beat:
            beat.over(
                self.frame.to(circle, share=0.95),
                FadeOut(name, need, line.numbers),
                until="zero",
                least=pace.SLOW,
            )
            beat.over(
                LaggedStart(*(words.light(dot, ink.chalk) for dot in dots[:3]), lag_ratio=pace.LAG),
                until="So",
            )
            beat.over(dots[1].animate.set_fill(CLUSTERS[0]), FadeIn(self.labels[1]))

    def slide(self, to: float) -> Drive:
        """The circle goes on to another point."""
        start = float(self.line.inverse(self.circle.get_center())[0])
        return glide(self.circle.redraw, ((start, LEVEL), 3.0), ((to, LEVEL), 3.0))

    def the_others(self) -> None:
        """Border points and noise."""
        dots, names = self.dots, self.labels
        with self.beat("Around zero lie two: too few. But it lies within reach of a core.") as beat:
            beat.over(
                self.frame.back(),
                FadeIn(self.name, self.need, self.line.numbers),
                self.slide(0),
                FadeOut(names[1]),
                until="But",
                least=pace.SLOW,
            )
            beat.over(words.light(dots[1], ink.chalk))
        with self.beat("Not dense itself, but near a core: a border point. It joins the cluster.") as beat:
            beat.over("border", dots[0].animate.set_fill(CLUSTERS[0]), FadeIn(names[0]))
        with self.beat("And four? Is it a core point, a border point, or neither?") as beat:
            beat.over(self.slide(4), least=pace.SLOW)
        self.think()
        with self.beat("Two in its reach, one of them a core: a border point as well.") as beat:
            beat.over("border", dots[2].animate.set_fill(CLUSTERS[0]), FadeIn(names[2]))
        with self.beat("Nine and eleven: two each, and no core in reach. They are noise.") as beat:
            beat.over(self.slide(9), until="and no", least=pace.SLOW)
            beat.over(self.slide(11), until="They")
            self.play(
                *(
                    dots[row].animate.set_fill(NOISE, opacity=0.0).set_stroke(NOISE, width=THIN)
                    for row in (3, 4)
                ),
                FadeIn(names[3]),
                run_time=pace.BRISK,
            )
        with self.beat("So DBSCAN may leave points out, where K-means forces each into a cluster.") as beat:
            beat.over(*(words.light(dots[row], ink.chalk) for row in (3, 4)))
        code = words.code("DBSCAN(eps=3, min_samples=3)", size=ink.POINT).move_to(self.line.at(5.5, 7.75))
        with self.beat("So each point is one of three: core, border or noise.", pause=pace.SLOW) as beat:
            beat.over(words.light(dots[1], ink.chalk), FadeIn(names[1]), FadeOut(self.circle), until="border")
            beat.over(words.light(dots[0], ink.chalk), words.light(dots[2], ink.chalk), until="noise")
            beat.over(*(words.light(dots[row], ink.chalk) for row in (3, 4)))
        with self.beat("One cluster and two strays. In code, minPts is called min_samples.") as beat:
            beat.over(FadeOut(self.name, self.need), until="In")
            beat.over(FadeIn(code))
        self.leave(code, run_time=pace.QUICK)

    # --- water

    @chapter(
        "Water runs from core to core",
        "clusters of arbitrary shape",
        goes_on=True,
    )
    def water_runs(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.add(*reach_end())
        self.flood()
        self.choose_epsilon()
        self.two_densities()
        self.flood_the_flowers()

    def wet(self, dots: Dots, flood: density.Flood, cluster: int) -> Drive:
        """A path that lets water run through a cluster: each wave takes its colour as the share goes on."""
        last = int(flood.waves[flood.labels == cluster].max())
        rows = np.flatnonzero(flood.labels == cluster)

        def path(share: float) -> list[Mobject]:
            for row in rows:
                if flood.waves[row] <= share * (last + 0.999):
                    dots[int(row)].set_fill(CLUSTERS[cluster % len(CLUSTERS)], opacity=1.0)
            return [dots]

        return drive(path, dots)

    def flood(self) -> None:
        """Two moons, flooded; border points stop the water, noise stays dry."""
        plane = moon_plane()
        self.moon_plane = plane
        dots = moon_dots(plane)
        found = density.flooded()
        first = int(np.flatnonzero((found.labels == 0) & (found.waves == 0))[0])
        start = data.moons()[0][first]
        circle = plane.circle(start, density.MOON_EPS, ink.chalk, LINE)
        setting = Tag(
            words.headline(
                f"$epsilon = {density.MOON_EPS:g}$,  minPts $= {density.MIN_POINTS}$", size=ink.POINT
            )
        )
        setting.move_to(plane.at(2.1, 1.5))
        with self.beat(
            "Now the moons, with stray points between them. Can such small circles find their shape?"
        ) as beat:
            self.exchange(dots)
            beat.over("small", Create(circle), FadeIn(setting))
        name = Tag(words.headline("density-connected", size=ink.HEADLINE)).move_to(plane.at(-0.85, 1.45))
        with self.beat(
            "Pour water on one core. It wets its neighbourhood, and each core in there passes it on."
        ) as beat:
            beat.over("one", self.frame.to(circle, share=0.75), until="wets")
            near = np.flatnonzero((found.labels == 0) & (found.waves <= 1))
            beat.over(*(dots[int(row)].animate.set_fill(CLUSTERS[0]) for row in near), until="each core")
            beat.over(self.frame.back())
        with self.beat(
            "Points linked by such a chain of cores are density-connected: one cluster, of any shape."
        ) as beat:
            beat.over(self.wet(dots, found, 0), FadeOut(circle), until="density-connected", least=pace.LONG)
            beat.over(FadeIn(name), self.wet(dots, found, 1), least=pace.LONG)
        border = np.flatnonzero(found.kinds == Kind.BORDER)
        noise = np.flatnonzero(found.kinds == Kind.NOISE)
        with self.beat("A border point gets wet, and stops it. What stays dry is noise.") as beat:
            ring = dots.ring(border, ink.chalk)
            beat.over(FadeOut(name), Create(ring), until="What")
            beat.over(
                FadeOut(ring),
                *(
                    dots[int(row)].animate.set_fill(NOISE, opacity=0.0).set_stroke(NOISE, width=THIN)
                    for row in noise
                ),
            )
        count = Tag(words.headline("two clusters", size=ink.HEADLINE)).move_to(plane.at(-0.9, 1.45))
        with self.beat("Two clusters, and you did not have to say how many.") as beat:
            beat.over(FadeIn(count))

    def choose_epsilon(self) -> None:
        """The k-distance plot, and what a wrong epsilon does."""
        points = data.moons()[0]
        k = density.MIN_POINTS
        far = density.k_distances(points, k)
        plot = chart(
            shot.safe(titled=False),
            (0, 330),
            (0, 0.75),
            x_ticks=[],
            y_ticks=(0, 0.2, 0.4, 0.6),
            x_label="points, sorted",
            y_label=f"distance to the {k}th nearest, itself counted",
        )
        curve = plot.curve(np.arange(len(far)), far, ink.chalk, 1.5 * LINE)
        level = plot.segment((0, density.MOON_EPS), (330, density.MOON_EPS), ink.focus, LINE, dashed=True)
        name = words.headline("k-distance plot", size=ink.HEADLINE).move_to(plot.at(120, 0.52))
        eps = Tag(words.headline(f"$epsilon = {density.MOON_EPS:g}$", ink.focus, ink.POINT)).move_to(
            plot.at(120, 0.25)
        )
        with self.beat(
            "How do you find epsilon? Measure how far each point is from its fifth nearest, and sort."
        ) as beat:
            beat.until("Measure")
            self.exchange(plot)
            beat.over(Create(curve))
        with self.beat("This is the k-distance plot. Where it bends upward, a useful epsilon lies.") as beat:
            beat.over(FadeIn(name), until="bends")
            beat.over(Create(level), FadeIn(eps))
        plane = self.moon_plane
        small, large = (density.flooded(eps) for eps in EPSILONS)
        dots = dye(moon_dots(plane), small.labels)
        texts = [
            Tag(words.headline(text, size=ink.POINT)).move_to(plane.at(0.5, 1.5))
            for text in (f"$epsilon = {EPSILONS[0]:g}$: crumbs", f"$epsilon = {EPSILONS[1]:g}$: one cluster")
        ]
        with self.beat(
            "Too small, and clusters fall to crumbs. Too large, and one bridge joins the moons."
        ) as beat:
            self.exchange(dots)
            beat.over(FadeIn(texts[0]), until="Too large")
            dye(dots, large.labels)
            beat.over(
                FadeOut(texts[0]), FadeIn(texts[1]), *(words.light(dot, ink.chalk) for dot in dots[::5])
            )

    def two_densities(self) -> None:
        """Tight crowds and a thin one: no epsilon serves both."""
        points, known = data.two_densities()
        plane = shot.EDGES.inset(0.25).plane((-1.7, 11.3), (-3.6, 3.7), equal=True, x_ticks=[], y_ticks=[])
        plane.frame.set_stroke(opacity=0)
        dots = plane.dots(points, UNKNOWN, radius=np.where(known < 2, 0.03, 0.07))
        tight = dots.subset(known < 2)
        found = [density.dbscan(points, eps, density.MIN_POINTS).labels for eps in APART]
        texts = [
            Tag(words.headline(f"$epsilon = {eps:g}$", size=ink.HEADLINE)).move_to(plane.at(1.2, 2.7))
            for eps in APART
        ]
        with self.beat("Other data: two tight crowds and a thin one. One epsilon fits one density.") as beat:
            self.exchange(dots)
            beat.over("One", self.frame.to(tight, share=0.6))
        with self.beat("A small one finds the tight two, but calls the whole thin crowd noise.") as beat:
            beat.until("tight")
            dye(dots, found[0])
            beat.over(*(words.light(dot, ink.chalk) for dot in tight[::9]), until="calls")
            beat.over(self.frame.back(), FadeIn(texts[0]), least=pace.SLOW)
        with self.beat("A larger one already merges the tight two.") as beat:
            dye(dots, found[1])
            beat.over(FadeOut(texts[0]), FadeIn(texts[1]), until="merges")
            beat.over(self.frame.to(tight, share=0.6), FadeOut(texts[1]))
        rescue = Tag(words.headline("HDBSCAN", size=ink.HEADLINE)).move_to(plane.at(1.2, 2.7))
        with self.beat(
            "No epsilon we tried kept the three apart. HDBSCAN, which reads many densities, did in 18 of twenty draws."
        ) as beat:
            beat.over(self.frame.back(), until="HDBSCAN", least=pace.SLOW)
            dye(dots, density.from_the_left(points, density.many_densities()[density.SHOWN]))
            beat.over(FadeIn(rescue))

    def flood_the_flowers(self) -> None:
        """The irises: two dense regions."""
        plane = petal_plane()
        found = density.flooded_petals()
        dots = plane.dots(self.petals, UNKNOWN, radius=0.1)
        text = Tag(words.headline("two dense regions", size=ink.POINT).move_to(plane.at(2.3, 2.2)))
        with self.beat("And our irises? DBSCAN finds two dense regions.", pause=pace.SLOW) as beat:
            self.exchange(plane, dots)
            beat.over("DBSCAN", self.wet(dots, found, 0), self.wet(dots, found, 1), until="two")
            dye(dots, found.labels)
            beat.over(FadeIn(text))
        self.leave(text, run_time=pace.QUICK)
