"""Where inertia gets stuck, and what is done about it."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, Mobject, VGroup, linear

from scenes.clustering.falling import Wells, poses
from scenes.clustering.stage import (
    BALL,
    BIG,
    CENTROID,
    CLUSTERS,
    MARK,
    UNKNOWN,
    ClusteringStage,
    Floats,
    Run,
    dye,
    five_plane,
    glow,
    in_row,
    maths,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.shot import Region, chart
from scenes.kit.tag import Tag
from scenes.maths.clustering import centroids as kmeans
from scenes.maths.clustering import data

CROWD_X: Final = (-6.4, 10.9)
CROWD_Y: Final = (-4.3, 4.9)
MIDDLED: Final = (-8.75, 8.55)
"""The same, with the crowds in the middle."""
BESIDE: Final = (8.3, 0.4)
"""Where words stand beside the crowds."""
GALLERY: Final = (0, 1, 2, 3, 4, 5)
"""Seeds of the runs that are shown side by side."""
SPREAD: Final = 0.035
"""How far dots of one row stand apart upwards."""
WAY: Final = (-0.45, 1.3)
"""Shares of the way from the stuck centroids to the best ones that are drawn."""
HIGH: Final = (150.0, 1620.0)
"""Inertia that is drawn on it."""
DRAWN: Final = 0
"""Seed of the start by k-means++ that is shown."""
TALL: Final = 3.3
"""Height of the tallest bar over the five points."""


def wells_end() -> Wells:
    """As the chapter on inertia ends."""
    wells = Wells()
    wells.pose(*poses()[-1])
    return wells


def crowd_plane(place: Region | None = None, x: tuple[float, float] = CROWD_X) -> Plane:
    """A plane without axes for the crowds, with room for words on its right."""
    plane = (place or shot.EDGES.inset(0.25)).plane(x, CROWD_Y, equal=True, x_ticks=[], y_ticks=[])
    plane.frame.set_stroke(opacity=0)
    return plane


def panel(place: Region, seed: int) -> tuple[VGroup, float]:
    """The end of one run on the crowds, small; and its inertia."""
    end = kmeans.lloyd(data.crowds()[0], kmeans.random_start(data.crowds()[0], 5, seed))[-1]
    above, below = place.rows(6, 1, gap=0.05)
    plane = above.plane((-7.6, 7.2), CROWD_Y, equal=True, x_ticks=[], y_ticks=[])
    plane.frame.set_stroke(opacity=0)
    points = data.crowds()[0]
    clouds = [plane.cloud(points[end.labels == number], CLUSTERS[number], 0.05, 1.0) for number in range(5)]
    marks = plane.dots(end.centroids, CENTROID, "diamond", radius=0.16)
    number = below.put(words.headline(f"$J =$ {end.inertia:,.0f}", size=ink.AXIS))
    return VGroup(plane, *clouds, marks, number), end.inertia


class Stuck(VGroup):
    """How often runs got stuck on ten draws of the crowds, a dot for each draw, by how they started."""

    def __init__(self) -> None:
        super().__init__()
        self.plane = chart(
            shot.safe(titled=False),
            (-2.0, 52.0),
            (0.0, 3.0),
            x_ticks=(0, 10, 20, 30, 40, 50),
            y_ticks=[],
            x_label="runs that got stuck (%): a dot for each of ten data sets",
        )
        self.plane.frame.set_stroke(opacity=0)
        self.law = Tag(
            words.headline("stuck: $J$ more than 1%\nabove the lowest found", ink.quiet, ink.AXIS).move_to(
                self.plane.at(41, 1.5)
            )
        )
        self.rows = VGroup()
        self.draws: list[Dots] = []
        self.texts: list[words.Words] = []
        for height, (name, shares, at) in zip((2.5, 1.5, 0.5), self.told(), strict=True):
            ups = height + SPREAD * (np.argsort(np.argsort(7 * np.arange(len(shares)) % len(shares))) - 4.5)
            dots = self.plane.dots(np.column_stack([shares, ups]), ink.quiet, radius=0.11)
            mean = self.plane.dots([(shares.mean(), height)], CENTROID, "diamond", radius=MARK)
            mean[0].set_stroke(ink.ground, width=LINE)
            number = words.headline(f"{shares.mean():.0f}%", CENTROID, ink.POINT)
            number.next_to(self.plane.at(shares.mean(), height + 0.22), UP, buff=0.05)
            text = words.headline(name, size=ink.AXIS)
            text.next_to(self.plane.at(at, height), RIGHT, buff=0)
            self.rows.add(VGroup(text, dots, mean, number))
            self.draws.append(dots)
            self.texts.append(text)
        self.add(self.plane, self.law, self.rows)

    @staticmethod
    def told() -> tuple[tuple[str, Floats, float], ...]:
        """A row for each way to start: its name, its ten percentages, and where the name stands."""
        return (
            ("from random points", 100 * kmeans.stuck_shares("random"), 0.0),
            ("k-means++", 100 * kmeans.stuck_shares("plus"), 0.0),
            (f"k-means++, the lowest of {kmeans.TENS} runs", 100 * kmeans.stuck_of_ten("plus"), 4.0),
        )


class BadStarts(ClusteringStage):
    """Where inertia gets stuck, and what is done about it."""

    # --- bad starts

    @chapter("A bad start gets stuck", "bad starts", "k-means++", goes_on=True)
    def a_bad_start_gets_stuck(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        wells = wells_end()
        self.add(*wells.parts)
        self.get_stuck()
        self.cross_the_hill()
        self.start_again()
        self.draw_by_hand()
        self.draw_far_crowds()
        self.count_the_stuck()

    def get_stuck(self) -> None:
        """Five crowds, five centroids, and a start that ends badly."""
        points = data.crowds()[0]
        plane = crowd_plane()
        walk = kmeans.stuck_walk()
        self.run = run = Run(plane, points, walk[0].centroids, radius=0.075)
        dye(run.dots, np.full(len(points), -2))
        with self.beat("Other data now, which we drew in five crowds.") as beat:
            beat.until("five")
            self.exchange(run.dots)
            beat.over(
                LaggedStart(*(words.light(dot, ink.chalk) for dot in run.dots[::8]), lag_ratio=pace.LAG)
            )
        rounds = ParameterSweep(np.arange(1, len(walk) + 1))
        way = rounds.mixed(np.array([each.centroids for each in walk]))
        falls = rounds.score(np.array([each.inertia for each in walk]))
        shown = Tag(
            Readout(falls, 0, label="inertia $J$", size=ink.POINT, digits=4).move_to(plane.at(*BESIDE))
        )
        with self.beat("Five centroids start on random points, and run.") as beat:
            beat.over(
                LaggedStart(*(FadeIn(mark, shift=-UP) for mark in run.marks), lag_ratio=pace.LAG), until="run"
            )
            self.remove(run.dots, run.marks)
            self.add(run.cells, run.dots, run.marks)
            dye(run.dots, run.labels)
            self.play(FadeIn(run.cells, shown), run_time=pace.QUICK)
            way.draws(run.move, run.cells, run.dots, run.marks)
            beat.over(rounds.to(len(walk), rate_func=linear), least=pace.SLOW)
        with self.beat(
            "Converged, and wrong: one centroid serves two crowds, while two others share one."
        ) as beat:
            shared = np.flatnonzero(np.bincount(run.labels) < 60)
            wide = int(np.bincount(run.labels).argmax())
            beat.over(
                "one centroid",
                words.light(run.marks[wide], ink.chalk),
                glow(run.cells[wide]),
                until="two others",
            )
            beat.over(
                *(words.light(run.marks[int(number)], ink.chalk) for number in shared),
                glow(*(run.cells[int(number)] for number in shared)),
                least=pace.CALM,
            )

    def cross_the_hill(self) -> None:
        """Inertia on the straight way from where the run is stuck to the best centroids."""
        left, right = shot.safe(titled=False).columns(1.25, 1, gap=0.5)
        plane = crowd_plane(left, (-6.4, 6.2))
        points = data.crowds()[0]
        run = Run(plane, points, kmeans.on_the_way(0.0), radius=0.065)
        hill = chart(
            right.inset(0.0, words.GAP),
            WAY,
            HIGH,
            x_ticks=[],
            y_ticks=(500, 1000, 1500),
            y_label="inertia $J$",
        )
        shares = np.linspace(*WAY, 141)
        curve = hill.curve(shares, kmeans.slice_of_inertia(tuple(shares.tolist())), ink.chalk, LINE)
        ball = hill.dots([(0.0, 0.0)], CENTROID, radius=0.13)

        def go(share: float) -> list[Mobject]:
            ball.redraw([(share, float(kmeans.slice_of_inertia((share,))[0]))])
            return [*run.move(kmeans.on_the_way(share)), ball]

        go(0.0)
        stuck, best = (float(kmeans.slice_of_inertia((share,))[0]) for share in (0.0, 1.0))
        names = [
            words.headline(f"{stuck:,.0f}", CENTROID, ink.POINT).next_to(
                hill.at(0.0, stuck - 60), -UP, buff=0.2
            ),
            words.headline(f"{best:,.0f}", CENTROID, ink.POINT).next_to(
                hill.at(1.0, best + 80), UP, buff=0.2
            ),
        ]
        term = words.headline("local minimum", size=ink.AXIS).move_to(hill.at(0.1, 430))
        dip = hill.polygon(
            [(-0.32, stuck - 210), (0.52, stuck - 210), (0.52, stuck + 190), (-0.32, stuck + 190)]
        )
        with self.beat("It is at a local minimum: neither step lowers its inertia, 1,244.") as beat:
            self.exchange(plane, run, hill, ball)
            self.shot(shot.split(titled=False))
            beat.over(Create(curve), FadeIn(term), until="lowers", least=pace.SLOW)
            beat.over(FadeIn(names[0]))
        with self.beat("Move all five a little towards the best places, and it rises.") as beat:
            self.play(FadeOut(term, names[0], hill.numbers, hill.names), run_time=pace.QUICK)
            self.shot(shot.close_up())
            beat.over(self.frame.to(dip, share=0.9), until="towards", least=pace.CALM)
            beat.over(glide(go, 0.0, 0.17, run.cells, run.dots, run.marks, ball), least=pace.SLOW)
        with self.beat("Beyond that hill another grouping has 339. From here no step leads there.") as beat:
            beat.over(self.frame.back(), FadeIn(hill.numbers, hill.names), until="another", least=pace.SLOW)
            self.shot(shot.split(titled=False))
            beat.over(
                glide(go, 0.17, 1.0, run.cells, run.dots, run.marks, ball),
                FadeIn(names[1]),
                until="From",
                least=pace.SLOW,
            )
            beat.over(glide(go, 1.0, 0.0, run.cells, run.dots, run.marks, ball), least=pace.SLOW)
        self.run, self.hill = run, hill

    def start_again(self) -> None:
        """Six starts side by side; the lowest inertia is kept."""
        above, below = shot.safe(titled=False).rows(0.5, 6, gap=0.2)
        heading = above.put(words.headline("random restarts", size=ink.POINT))
        panels = [panel(place, seed) for place, seed in zip(below.cells(2, 3, 0.15), GALLERY, strict=True)]
        lowest = min(each[1] for each in panels)
        best = [each[0] for each in panels if each[1] < 1.001 * lowest]
        name = words.headline("initialisation", size=ink.POINT).move_to(self.hill.at(0.75, 1450))
        with self.beat("Where the centroids begin is the initialisation, and it decides.") as beat:
            beat.over(*(words.light(mark, ink.chalk) for mark in self.run.marks), until="initialisation")
            beat.over(FadeIn(name))
        with self.beat(
            "So start again from other points, several times: random restarts. In code, n_init."
        ) as beat:
            self.exchange(panels[0][0], heading)
            self.shot(shot.gallery(2, 3, titled=False))
            beat.over(LaggedStart(*(FadeIn(each[0]) for each in panels[1:]), lag_ratio=pace.LAG))
        with self.beat("Then keep the run with the lowest inertia.") as beat:
            beat.over("lowest", self.spotlight(heading, *best))

    def draw_by_hand(self) -> None:
        """On the five points: the next centroid is drawn by squared distance."""
        line = five_plane(4.35)
        dots = line.dots(in_row(self.five, 0.25), UNKNOWN, radius=BALL)
        mark = line.dots([(0.0, 0.25)], CENTROID, "diamond", radius=MARK)
        far = (self.five - self.five[0]) ** 2
        chances = kmeans.chances(data.FIVE, data.FIVE[:1])
        unit = TALL / far.max()
        bars = VGroup(
            *(
                line.polygon([(x - 0.3, 0.55)] * 2 + [(x + 0.3, 0.55)] * 2, CENTROID, THIN, 0.5)
                for x in self.five[1:]
            )
        )
        squares = [
            words.headline(f"{size:g}", size=ink.POINT).move_to(line.at(x, 0.85 + size * unit))
            for x, size in zip(self.five[1:], far[1:], strict=True)
        ]
        shares = [
            words.headline(
                f"{100 * share:.1g}%" if share < 0.01 else f"{100 * share:.0f}%", size=ink.POINT
            ).move_to(text)
            for share, text in zip(chances[1:], squares, strict=True)
        ]

        def grow(share: float) -> VGroup:
            for bar, x, size in zip(bars, self.five[1:], far[1:], strict=True):
                top = 0.55 + share * size * unit
                bar.redraw([(x - 0.3, 0.55), (x + 0.3, 0.55), (x + 0.3, top), (x - 0.3, top)])
            return bars

        formula = maths("P(x) = {{ D(x)^2 : far }} / {{ sum D^2 : all }}", BIG).move_to(line.at(4.6, 3.2))
        name = words.headline("k-means++", size=ink.HEADLINE).move_to(line.at(4.6, 4.1))
        self.shot(shot.close_up())
        with self.beat(
            "Can a start be better? By hand: one centroid stands at zero. Square each distance to it."
        ) as beat:
            beat.until("By")
            self.play(self.lights_on(run_time=pace.QUICK))
            self.exchange(line, dots, mark)
            beat.over(drive(grow, bars), LaggedStart(*(FadeIn(each) for each in squares), lag_ratio=pace.LAG))
        with self.beat(
            "k-means++ draws the next centroid with a probability proportional to these squares."
        ) as beat:
            beat.over(FadeIn(name), until="draws")
            beat.over(FadeIn(formula), until="proportional")
            beat.over(words.light(formula.part("far")))
        with self.beat(
            "Why far ones? Each crowd without a centroid is far from those that have one."
        ) as beat:
            beat.over(*(words.light(bar, ink.chalk) for bar in bars), until="Each")
            beat.over(words.light(bars[-1], ink.chalk), words.light(dots[-1], ink.chalk))
        with self.beat(
            "Here the farthest point gets 55 percent. Far points are likely, not certain.", pause=pace.CALM
        ) as beat:
            beat.over(
                *(words.rewrite(old, new) for old, new in zip(squares, shares, strict=True)),
                words.light(formula.part("all")),
            )

    def draw_far_crowds(self) -> None:
        """On the crowds: what is far glows; a start, and its run."""
        points = data.crowds()[0]
        plane = crowd_plane(x=MIDDLED)
        start = kmeans.plus_plus(points, 5, DRAWN)
        walk = kmeans.lloyd(points, start)
        run = Run(plane, points, start, radius=0.075)
        dye(run.dots, np.full(len(points), -2))

        def glow(picked: int) -> Floats:
            far = kmeans.squared(points, start[:picked]).min(axis=1)
            return np.asarray(0.12 + 0.88 * np.minimum(1, far / np.quantile(far, 0.97)))

        levels = [glow(picked) for picked in range(1, 6)]
        run.dots.shade(levels[0])
        with self.beat(
            "On the crowds, far points glow. Each draw falls where it is bright, most likely."
        ) as beat:
            self.exchange(run.dots, run.marks[0])
            for number in range(1, 5):
                self.play(
                    FadeIn(run.marks[number], scale=3),
                    glide(run.dots.shade, levels[number - 1], levels[number]),
                    run_time=pace.BRISK,
                )
            beat.rest()
        rounds = ParameterSweep(np.arange(1, len(walk) + 1))
        way = rounds.mixed(np.array([each.centroids for each in walk]))
        with self.beat("The run from here is short, and finds the five crowds.") as beat:
            run.dots.shade(1.0)
            self.remove(run.dots, *run.marks)
            self.add(run.cells, run.dots, run.marks)
            dye(run.dots, run.labels)
            self.play(FadeIn(run.cells), run_time=pace.QUICK)
            way.draws(run.move, run.cells, run.dots, run.marks)
            beat.over(rounds.to(len(walk), rate_func=linear), least=pace.SLOW)

    def count_the_stuck(self) -> None:
        """How often each start gets stuck, over ten draws of such crowds."""
        found = Stuck()
        self.shot(shot.wide())
        with self.beat(
            "How often does a run get stuck? From random points, in 36 percent of runs on such crowds."
        ) as beat:
            self.exchange(found.plane, found.law)
            beat.over(
                "From",
                FadeIn(found.rows[0][0], *found.rows[0][2:]),
                LaggedStart(*(FadeIn(dot, shift=UP) for dot in found.draws[0]), lag_ratio=pace.LAG),
            )
        with self.beat(
            "k-means++: in 17. Keep the lowest of several such runs, and here none was stuck."
        ) as beat:
            beat.over(
                FadeIn(found.rows[1][0], *found.rows[1][2:]),
                LaggedStart(*(FadeIn(dot, shift=UP) for dot in found.draws[1]), lag_ratio=pace.LAG),
                until="Keep",
            )
            beat.over(
                FadeIn(found.rows[2][0], *found.rows[2][2:]),
                LaggedStart(*(FadeIn(dot, shift=UP) for dot in found.draws[2]), lag_ratio=pace.LAG),
            )
        with self.beat("In scikit-learn a single run is the default. So set n_init to ten.") as beat:
            beat.over(*(words.light(dot, ink.chalk) for dot in found.draws[1]), until="So")
            beat.over(words.light(found.texts[2]), *(words.light(dot, ink.chalk) for dot in found.draws[2]))
