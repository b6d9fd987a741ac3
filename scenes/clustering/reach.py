"""DBSCAN: dense regions, by hand and on the moons; and one epsilon for one density."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import UP, Create, FadeIn, FadeOut, LaggedStart, ManimColor, Mobject, VGroup

from scenes.clustering.failures import bare_moons
from scenes.clustering.stage import (
    BALL,
    CLUSTERS,
    DOT,
    NOISE,
    UNKNOWN,
    ClusteringStage,
    dye,
    five_plane,
    in_row,
    moon_plane,
    petal_plane,
    rim,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive, drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Ball
from scenes.kit.noun import LINE, THIN
from scenes.kit.plane import Plane
from scenes.kit.shot import chart
from scenes.kit.tag import Tag
from scenes.maths.clustering import data, density
from scenes.maths.clustering.density import Kind

REACH_ACROSS: Final = (-3.9, 15.0)
LEVEL: Final = 3.95
"""Height of the five points over their axis."""
HEADED: Final = 8.25
"""Height at which settings stand."""
TALL: Final = 9.1
MOON_DOT: Final = 0.09
EPSILONS: Final = (0.05, 0.25)
"""Too small, and too large, for the moons."""
NEAR_X, NEAR_Y = (-0.5, 1.2), (-0.62, 0.72)
"""The part of two densities that is enlarged."""
FAR_X, FAR_Y = (1.4, 10.6), (-4.3, 4.3)
"""The part with the thin crowd."""
APART: Final = (0.12, 0.16)
"""Epsilons between which the two tight crowds merge."""


def moon_dots(plane: Plane) -> Dots:
    """The moons with their strays."""
    return plane.dots(data.moons()[0], UNKNOWN, radius=MOON_DOT)


def reach_end() -> tuple[Plane, Dots, VGroup]:
    """The five points with what they are: as the chapter by hand ends."""
    line = five_plane(TALL, across=REACH_ACROSS)
    dots = line.dots(in_row(data.FIVE, LEVEL), radius=1.3 * BALL)
    rim(dye(dots, density.hand().labels), np.flatnonzero(density.hand().kinds == Kind.BORDER))
    names = VGroup(
        *(
            words.headline(text, NOISE if text == "noise" else CLUSTERS[0], ink.AXIS).move_to(line.at(x, y))
            for text, x, y in (
                ("border point", -1.3, LEVEL - 1.0),
                ("core point", 1.0, LEVEL + 1.0),
                ("border point", 4.0, LEVEL - 1.0),
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
        radius = line.segment((1, LEVEL), (1, LEVEL + density.HAND_EPS), ink.chalk, LINE)
        name = words.headline(f"ε-neighbourhood, $epsilon = {density.HAND_EPS:g}$", size=ink.POINT).move_to(
            line.at(1.6, HEADED)
        )
        need = words.headline("minPts $= 3$", size=ink.POINT).move_to(line.at(10.6, HEADED))
        with self.beat(
            "When is a place dense? By hand: give each point a reach, epsilon. Here it is 3.5."
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
        with self.beat("Then say how many are enough to be dense. That is minPts; here it is three.") as beat:
            beat.over(
                LaggedStart(*(words.light(dot, ink.chalk) for dot in dots[:3]), lag_ratio=pace.LAG),
                until="minPts",
            )
            beat.over(FadeIn(need), FadeOut(radius))
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
                self.frame.to_region(*self.around_one()), FadeOut(name, need), until="zero", least=pace.SLOW
            )
            beat.over(
                LaggedStart(*(words.light(dot, ink.chalk) for dot in dots[:3]), lag_ratio=pace.LAG),
                until="So",
            )
            beat.over(dots[1].animate.set_fill(CLUSTERS[0]), FadeIn(self.labels[1]))

    def around_one(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The part of the stage around the first three points, with their numbers."""
        low, high = self.line.at(-3.0, -1.1), self.line.at(7.0, 6.0)
        return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))

    def slide(self, to: float) -> Drive:
        """The circle goes on to another point."""
        start = float(self.line.inverse(self.circle.get_center())[0])
        return glide(self.circle.redraw, ((start, LEVEL), density.HAND_EPS), ((to, LEVEL), density.HAND_EPS))

    def edge(self, row: int) -> Drive:
        """A dot takes the looks of a border point: the colour of its cluster around a dark middle."""
        dot = self.dots[row]

        def become(fill: ManimColor, stroke: ManimColor) -> list[Mobject]:
            dot.set_fill(fill, opacity=1.0).set_stroke(stroke, width=LINE, opacity=1.0)
            return [dot]

        return glide(become, (UNKNOWN, UNKNOWN), (ink.ground, CLUSTERS[0]), dot)

    def the_others(self) -> None:
        """Border points and noise."""
        dots, names = self.dots, self.labels
        with self.beat("Around zero lie two: too few. But it lies within reach of a core.") as beat:
            beat.over(
                self.frame.back(),
                FadeIn(self.name, self.need),
                self.slide(0),
                FadeOut(names[1]),
                until="But",
                least=pace.SLOW,
            )
            beat.over(words.light(dots[1], ink.chalk))
        with self.beat("Not dense itself, but near a core: a border point. It joins the cluster.") as beat:
            beat.over(words.light(dots[0], ink.chalk), until="but")
            beat.over(words.light(dots[1], ink.chalk), until="border")
            beat.over(self.edge(0), FadeIn(names[0]))
        with self.beat("And four? Is it a core point, a border point, or neither?") as beat:
            beat.over(self.slide(4), least=pace.SLOW)
        self.think()
        with self.beat("Two in its reach, one of them a core: a border point as well.") as beat:
            beat.over(words.light(dots[2], ink.chalk), until="one")
            beat.over(words.light(dots[1], ink.chalk), until="border")
            beat.over(self.edge(2), FadeIn(names[2]))
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
        with self.beat(
            "So DBSCAN leaves strays out. K-means takes each into a cluster, where it pulls the mean."
        ) as beat:
            beat.over(*(words.light(dots[row], ink.chalk) for row in (3, 4)), until="K-means")
            beat.over(self.slide(10.0), *(words.light(dots[row], ink.chalk) for row in (3, 4)))
        code = words.code(
            f"DBSCAN(eps={density.HAND_EPS:g}, min_samples={density.HAND_MIN})", size=ink.POINT
        ).move_to(self.line.at(5.5, HEADED))
        with self.beat("So each point is one of three: core, border or noise.", pause=pace.CALM) as beat:
            beat.over(words.light(dots[1], ink.chalk), FadeIn(names[1]), FadeOut(self.circle), until="border")
            beat.over(words.light(dots[0], ink.chalk), words.light(dots[2], ink.chalk), until="noise")
            beat.over(*(words.light(dots[row], ink.chalk) for row in (3, 4)))
        with self.beat("One cluster and two strays. In code, minPts is called min_samples.") as beat:
            beat.over(FadeOut(self.name, self.need), words.light(dots[1], ink.chalk), until="In")
            beat.over(FadeIn(code), *(words.light(dots[row], ink.chalk) for row in (3, 4)))
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
        with self.beat("Now the moons, with strays. Can such small circles find their shape?") as beat:
            self.exchange(dots)
            beat.over("small", Create(circle), FadeIn(setting))
        name = Tag(words.headline("density-connected", size=ink.HEADLINE)).move_to(plane.at(-0.78, 1.45))
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
            beat.over(FadeIn(name))
        dry = plane.circle(
            data.moons()[0][int(np.flatnonzero((found.labels == 1) & (found.waves == 0))[0])],
            density.MOON_EPS,
            ink.chalk,
            LINE,
        )
        with self.beat("Is a core still dry? Then pour again: that is the next cluster.") as beat:
            beat.over(FadeOut(name), Create(dry), until="pour")
            beat.over(self.wet(dots, found, 1), FadeOut(dry), least=pace.LONG)
        border = np.flatnonzero(found.kinds == Kind.BORDER)
        noise = np.flatnonzero(found.kinds == Kind.NOISE)
        with self.beat("A border point gets wet, and stops it. What stays dry is noise.") as beat:
            ring = dots.ring(border, ink.chalk, 0.2)
            for number in (0, 1):
                rim(dots, border[found.labels[border] == number], number=number)
            beat.over(Create(ring), until="What")
            beat.over(
                FadeOut(ring),
                *(
                    dots[int(row)].animate.set_fill(NOISE, opacity=0.0).set_stroke(NOISE, width=THIN)
                    for row in noise
                ),
            )
        count = Tag(words.headline("two clusters", size=ink.HEADLINE)).move_to(plane.at(-0.9, 1.45))
        with self.beat("Two clusters, and you did not have to say how many.") as beat:
            beat.over(FadeIn(count), words.light(dots.subset(found.labels == 0), ink.chalk), until="you")
            beat.over(words.light(dots.subset(found.labels == 1), ink.chalk))

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
            "How do you find epsilon? minPts is five, so measure how far each point's fifth nearest is, itself"
            " counted."
        ) as beat:
            beat.until("minPts")
            self.exchange(plot)
            beat.over(Create(curve))
        with self.beat(
            "Sorted, this is the k-distance plot. Where it bends upward, a useful epsilon lies."
        ) as beat:
            beat.over(FadeIn(name), until="bends")
            beat.over(Create(level), FadeIn(eps))
        plane = self.moon_plane
        small, large = (density.flooded(eps) for eps in EPSILONS)
        dots = dye(moon_dots(plane), small.labels)
        chain = points[density.link(EPSILONS[1])]
        bridge = plane.segment(chain[:-1], chain[1:], ink.focus, 2 * LINE)
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
            beat.over(FadeOut(texts[0]), FadeIn(texts[1]), until="one bridge")
            beat.over(Create(bridge), self.frame.to(bridge, share=0.09), least=pace.SLOW)

    def two_densities(self) -> None:
        """Tight crowds, enlarged, and a thin one: no epsilon serves both."""
        points, known = data.two_densities()
        above, below = shot.safe(titled=False).rows(5, 1.45, gap=0.1)
        rooms = above.columns(1, 1, gap=0.3)
        near, far = (
            room.plane(x, y, equal=True, x_ticks=[], y_ticks=[])
            for room, x, y in zip(rooms, (NEAR_X, FAR_X), (NEAR_Y, FAR_Y), strict=True)
        )
        for plane in (near, far):
            plane.frame.set_stroke(opacity=0)
        groups = [
            plane.dots(points[rows], UNKNOWN, radius=0.06)
            for plane, rows in ((near, known < 2), (far, known == 2))
        ]
        rows = [np.flatnonzero(known < 2), np.flatnonzero(known == 2)]
        circles = [
            plane.circle(middle, APART[0], ink.chalk, LINE)
            for plane, middle in ((near, (0.35, 0.36)), (far, (6.0, 0.0)))
        ]
        times = (near.at(1, 0)[0] - near.at(0, 0)[0]) / (far.at(1, 0)[0] - far.at(0, 0)[0])
        names = [
            Tag(words.headline(text, ink.quiet, ink.AXIS)).next_to(plane.frame, UP, buff=-0.6)
            for text, plane in ((f"two tight crowds, {times:.0f}× nearer", near), ("a thin crowd", far))
        ]
        found = [density.dbscan(points, eps, density.MIN_POINTS).labels for eps in APART]
        found.append(density.from_the_left(points, density.many_densities()[density.SHOWN]))
        texts = [below.put(words.headline(f"$epsilon = {eps:g}$", size=ink.HEADLINE)) for eps in APART]

        def show(labels: np.ndarray) -> None:
            for group, own in zip(groups, rows, strict=True):
                dye(group, labels[own])

        def widen(eps: float) -> list[Ball]:
            circles[0].redraw((0.35, 0.36), eps)
            circles[1].redraw((6.0, 0.0), eps)
            return circles

        with self.beat("Other data: two tight crowds and a thin one. One epsilon fits one density.") as beat:
            self.exchange(near, far, *groups, *names, also=[self.frame.back()], run_time=pace.CALM)
            beat.over("One", *(Create(circle) for circle in circles), FadeIn(texts[0]))
        with self.beat("A small one finds the tight two, but calls the whole thin crowd noise.") as beat:
            beat.until("tight")
            show(found[0])
            beat.over(*(words.light(dot, ink.chalk) for dot in groups[0][::9]), until="calls")
            beat.over(*(words.light(dot, ink.chalk) for dot in groups[1][::5]))
        with self.beat("A larger one already merges the tight two.") as beat:
            beat.over(FadeOut(texts[0]), glide(widen, APART[0], APART[1], *circles), until="merges")
            show(found[1])
            beat.over(FadeIn(texts[1]), *(words.light(dot, ink.chalk) for dot in groups[0][::9]))
        kept = density.one_epsilon_keeps().max(axis=1) >= density.KEPT
        saved = density.many_densities_keep() >= density.KEPT
        told = [
            f"kept apart: {100 * density.KEPT:.0f}% of each crowd in a cluster of its own",
            f"best of {len(density.EPSILONS)} epsilons: {kept.sum()} of {len(kept)} draws",
            f"HDBSCAN: {saved.sum()} of {len(saved)} draws",
        ]
        upper, lower = below.rows(1, 1, gap=0.1)
        sides = lower.columns(1, 1, gap=0.3)
        lines = [
            place.put(words.headline(text, color, ink.AXIS))
            for place, text, color in zip(
                (upper, *sides), told, (ink.quiet, ink.chalk, ink.chalk), strict=True
            )
        ]
        with self.beat(
            "In twenty draws, one epsilon kept the three apart in none. HDBSCAN, which reads many densities, did in 18."
        ) as beat:
            beat.over(FadeOut(texts[1]), FadeIn(lines[0], lines[1]), until="HDBSCAN", least=pace.SLOW)
            show(found[2])
            beat.over(
                FadeOut(*circles),
                FadeIn(lines[2]),
                *(words.light(dot, ink.chalk) for group in groups for dot in group[::7]),
            )

    def flood_the_flowers(self) -> None:
        """The irises: by one epsilon five dense regions, by another two."""
        plane = petal_plane()
        fine, found = density.flooded_petals(density.FINE_EPS), density.flooded_petals()
        dots = plane.dots(self.places, UNKNOWN, radius=DOT)
        texts = [
            Tag(
                words.headline(
                    f"$epsilon = {flood.eps:g}$ cm, minPts $= {flood.min_points}$:\n{name} dense regions",
                    size=ink.POINT,
                ).move_to(plane.at(2.45, 2.2))
            )
            for flood, name in ((fine, "five"), (found, "two"))
        ]
        with self.beat("And our irises? At epsilon 0.21 there are five dense regions.") as beat:
            self.exchange(plane, dots, texts[0])
            beat.over(*(self.wet(dots, fine, number) for number in range(fine.count)), least=pace.LONG)
            dye(dots, fine.labels)
        with self.beat("At 0.35 there are two. The setting decides.", pause=pace.CALM) as beat:
            self.play(FadeOut(texts[0]), run_time=pace.QUICK)
            dye(dots, found.labels)
            beat.over(FadeIn(texts[1]), *(words.light(dot, ink.chalk) for dot in dots[::4]), until="setting")
            beat.over(*(words.light(dot, ink.chalk) for dot in dots[2::4]))
        self.leave(texts[1], run_time=pace.QUICK)
