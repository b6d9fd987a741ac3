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
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.shot import chart
from scenes.kit.tag import Tag
from scenes.maths.clustering import agreement, data
from scenes.maths.clustering import centroids as kmeans

PROLINE, FLAVANOIDS = 12, 6
"""Columns of the wines that are drawn."""
DRAWS: Final = 20
"""Draws over which agreement is averaged."""


def agreements(of: str) -> list[float]:
    """Agreement of K-means with the crowds or moons that were drawn, for :data:`DRAWS` draws."""
    return [agreement.agreement_of_kmeans(of, seed) for seed in range(DRAWS)]


def mean_agreement(of: str) -> float:
    """Mean of the agreement of K-means with the crowds or moons that were drawn, over :data:`DRAWS` draws."""
    return float(np.mean(agreements(of)))


def clean_moons() -> Floats:
    """The moons that are drawn, without strays."""
    return data.moons()[0][: data.MOON_DOTS]


def lower_tip() -> int:
    """Row of the point of the upper moon that lies farthest to the right."""
    known = data.moons()[1][: data.MOON_DOTS]
    left = known == known[clean_moons()[:, 0].argmin()]
    return int(np.where(left, clean_moons()[:, 0], -np.inf).argmax())


def cut_moons(plane: Plane) -> Run:
    """Two centroids on the moons, where they end."""
    return Run(plane, clean_moons(), kmeans.restarts(clean_moons(), 2, 10).centroids)


class Failures(ClusteringStage):
    """What K-means assumes, and how it fails without."""

    @chapter("What K-means takes for granted", "where each method fails")
    def round_equal_scaled(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        self.unequal_crowds()
        self.wines_in_their_units()
        self.shot(shot.wide())
        self.moons()

    def unequal_crowds(self) -> None:
        """A wide crowd is divided, and two small ones are merged: as drawn on the left, by K-means on the right."""
        points, known = data.unequal()
        above, below = shot.safe(titled=False).rows(5.2, 1.3, gap=0.1)
        planes = [
            room.plane((-5.9, 6.1), (-6.1, 4.9), equal=True, x_ticks=[], y_ticks=[])
            for room in above.columns(1, 1, gap=0.2)
        ]
        for plane in planes:
            plane.frame.set_stroke(opacity=0)
        drawn, plane = planes
        order = kmeans.from_the_left(points, known)
        crowd = dye(drawn.dots(points, radius=0.06), order)
        found = kmeans.from_the_left(points, kmeans.restarts(points, 3, 10).labels)
        run = Run(plane, points, kmeans.update(points, found, 3), radius=0.06, mark=0.2)
        names = [
            Tag(words.headline(text, size=ink.AXIS).move_to(each.at(3.7, 4.3)))
            for text, each in (("as drawn", drawn), ("K-means", plane))
        ]
        with self.beat("Our crowds were round and equal. What if one is wide, and two are small?") as beat:
            beat.over(FadeIn(crowd.subset(known == 0)), until="two")
            beat.over(FadeIn(crowd.subset(known > 0)), FadeIn(names[0]))
            self.remove(*crowd)
            self.add(crowd)
        small = VGroup(*(run.dots[int(row)] for row in np.flatnonzero(known > 0)))
        with self.beat("K-means divides the wide crowd, and one centroid serves both small ones.") as beat:
            beat.over(FadeIn(run), until="one")
            beat.over(self.frame.to(small, run.marks, share=0.9))
        sums = [
            words.headline(f"$J =$ {value:,.0f}", CENTROID, ink.POINT).move_to(
                (each.get_center()[0], below.middle[1], 0)
            )
            for value, each in zip(agreement.inertia_of_unequal(), planes, strict=True)
        ]
        with self.beat(
            "A bad search? No: its inertia is lower than that of the crowds as we drew them."
        ) as beat:
            beat.over(self.frame.back(), until="inertia")
            beat.over(FadeIn(sums[1], names[1]), until="crowds")
            beat.over(FadeIn(sums[0]))
        with self.beat(
            "So the squares are to blame: cutting a wide crowd saves more than splitting small ones."
        ) as beat:
            beat.over(glow(*run.cells), until="cutting")
            beat.over(*(words.light(mark, ink.chalk) for mark in run.marks))
        scale = below.plane((-0.45, 1.6), (0, 1), x_ticks=[], y_ticks=[])
        scale.frame.set_stroke(opacity=0)
        post = scale.segment((0, 0.5), (1, 0.5), ink.quiet, 2 * LINE)
        ends = [
            words.headline(text, size=ink.AXIS).next_to(scale.at(x, 0.5), side, buff=0.2)
            for text, x, side in (("chance 0", 0, -RIGHT), ("1 the same", 1, RIGHT))
        ]
        name = words.headline("adjusted Rand index", size=ink.AXIS).move_to(scale.at(0.5, 0.86))
        with self.beat(
            "How far do both groupings agree? The adjusted Rand index is one where they are the same, and zero, on"
            " average, for chance."
        ) as beat:
            beat.over(*(words.light(dot, ink.chalk) for dot in crowd[::6]), FadeOut(*sums), until="adjusted")
            beat.over(FadeIn(name, post), until="one")
            beat.over(FadeIn(ends[1]), until="zero")
            beat.over(FadeIn(ends[0]))
        value = mean_agreement("unequal")
        mark = scale.dots([(value, 0.5)], CENTROID, radius=0.17)
        number = Tag(words.headline(f"{value:.2f}", CENTROID, ink.AXIS)).next_to(mark, -UP, buff=0.08)
        with self.beat("Here it is 0.29, on average over twenty such draws.") as beat:
            beat.over(FadeIn(mark, shift=RIGHT), FadeIn(number))

    def wines_in_their_units(self) -> None:
        """In their own units the wines are one line: proline; and two groupings of them, in raw units and scaled."""
        raw, _ = data.bottles()
        pair = raw[:, [PROLINE, FLAVANOIDS]]
        scaled = data.standardised(raw)[:, [PROLINE, FLAVANOIDS]]
        flat = shot.EDGES.inset(0.3).plane((180, 1780), (-380, 420), equal=True, x_ticks=[], y_ticks=[])
        flat.frame.set_stroke(opacity=0)
        dots = dye(flat.dots(pair - [0, pair[:, 1].mean()], radius=0.12), np.full(len(raw), -2))
        axis = flat.vector((200, -70), (1760, -70), ink.quiet, LINE)
        name = words.headline("proline (mg/L): 99.8% of the variance", size=ink.POINT)
        name.move_to(flat.at(980, -150))
        heads, charts, groups, rings = [], [], [], []
        for room, done, text in zip(
            shot.split(titled=False).places, (False, True), ("raw units", "scaled"), strict=True
        ):
            above, below = room.rows(1.4, 6, gap=0.1)
            plane = chart(
                below,
                (-1.8, 3.3),
                (-2.0, 3.4),
                x_ticks=[],
                y_ticks=[],
                x_label="proline",
                y_label="flavanoids",
            )
            charts.append(plane)
            groups.append(dye(plane.dots(scaled, radius=0.085), np.full(len(raw), -2)))
            strangers = np.flatnonzero(agreement.wines_elsewhere(done))
            rings.append(groups[-1].ring(strangers, ink.chalk, 0.13))
            value = agreement.agreement_of_kmeans("scaled" if done else "wines")
            heads.append(
                above.put(
                    words.headline(
                        f"{text}: {len(strangers)} elsewhere,\nadjusted Rand index {value:.2f}", size=ink.AXIS
                    )
                )
            )

        def colour(which: int) -> LaggedStart:
            labels = agreement.wine_groups(bool(which))
            order = np.argsort(scaled[:, 0])
            return LaggedStart(
                *(words.tint(groups[which][int(row)], CLUSTERS[labels[row]]) for row in order),
                lag_ratio=pace.LAG,
            )

        with self.beat(
            "Other data: wines, with thirteen measures. In raw units, one of them, proline, has nearly the whole"
            " variance."
        ) as beat:
            beat.until("wines")
            self.exchange(dots)
            beat.over(
                LaggedStart(*(words.light(dot, ink.chalk) for dot in dots[::6]), lag_ratio=pace.LAG),
                until="raw",
            )
            beat.over(Create(axis), FadeIn(name))
        with self.beat(
            "So K-means cuts by proline alone. Ringed are 53 wines that are not in their grape variety's group."
        ) as beat:
            self.exchange(charts[0], groups[0])
            beat.over(colour(0), until="Ringed")
            beat.over(Create(rings[0]), FadeIn(heads[0]))
        term = Tag(words.headline("feature scaling", size=ink.POINT)).move_to(charts[1].at(0.75, 0.6))
        with self.beat(
            "Feature scaling: give each measure the same spread, by dividing by its standard deviation."
        ) as beat:
            beat.over(
                FadeIn(charts[1], term),
                *(words.light(dot, ink.chalk) for dot in groups[0][::5]),
                until="dividing",
            )
            beat.over(
                FadeOut(term), FadeIn(groups[1]), *(words.light(dot, ink.chalk) for dot in groups[0][2::5])
            )
        with self.beat("Now each of the thirteen counts, and six such wines are left.") as beat:
            beat.over(colour(1), until="six")
            beat.over(Create(rings[1]), FadeIn(heads[1]))
        with self.beat(
            "So scale for any method that uses distances, if units differ. Our irises have one, centimetres."
        ) as beat:
            beat.over(
                words.light(heads[1]), *(words.light(dot, ink.chalk) for dot in groups[1][1::5]), until="Our"
            )
            beat.over(*(words.light(dot, ink.chalk) for dot in groups[1][::5]))

    def moons(self) -> None:
        """Straight walls cut the moons across."""
        plane = moon_plane()
        run = cut_moons(plane)
        dye(run.dots, np.full(len(clean_moons()), -2))
        with self.beat("And two moons? Straight walls go right through them.") as beat:
            self.exchange(run.dots)
            beat.until("Straight")
            dye(run.dots, run.labels)
            self.remove(run.dots)
            self.add(run.cells, run.dots)
            beat.over(FadeIn(run.cells, run.marks))
            self.add(run)
        with self.beat("So expect round clusters of similar size and spread from K-means.") as beat:
            beat.over(glow(*run.cells))
        name = Tag(words.headline("density-based: DBSCAN", size=ink.HEADLINE)).move_to(plane.at(0.5, 1.42))
        tips = clean_moons()[[int(clean_moons()[:, 0].argmin()), lower_tip()]]
        across = plane.segment(tips[0], tips[1], ink.chalk, LINE, dashed=True)
        with self.beat("The ends of one moon lie far apart: closer to one another does not fit it.") as beat:
            beat.over(FadeOut(run.cells, run.marks), Create(across))
            beat.over(FadeOut(across))
        order = np.argsort(clean_moons()[:, 0])[::3]
        with self.beat(
            "Then let clusters be dense regions, parted by sparse ones. A density-based method is DBSCAN."
        ) as beat:
            dye(run.dots, np.full(len(clean_moons()), -2))
            beat.over(
                LaggedStart(
                    *(words.light(run.dots[int(row)], ink.chalk) for row in order), lag_ratio=pace.LAG
                ),
                until="density-based",
            )
            beat.over(FadeIn(name))
        self.leave(name, run_time=pace.QUICK)


def bare_moons(plane: Plane) -> Dots:
    """The moons without clusters: as the chapter ends."""
    return plane.dots(clean_moons(), UNKNOWN, radius=DOT)
