"""Inertia, why it falls, and where it gets stuck."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from manim import RIGHT, UP, Animation, Create, FadeIn, FadeOut, LaggedStart, Mobject, VGroup, linear

from scenes.clustering.rounds import walked
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
    petal_plane,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.noun import LINE, THIN
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.shot import Region, chart
from scenes.kit.tag import Tag
from scenes.maths.clustering import centroids as kmeans
from scenes.maths.clustering import data

BOWL: Final = 9.6 / 173
"""Units of the plane of squares for one unit of inertia."""
BELOW: Final = -0.6
"""How far below the points the centroids stand in the plane of squares."""
NEAR_PLACE: Final = (2.4, 0.3)
"""Where the bars stand when the frame is near, so that they hardly wander on the way there."""
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


def poses() -> list[tuple[Floats, npt.NDArray[np.intp]]]:
    """Centroids (2,) and labels (5,) after each half-step by hand, until nothing changes."""
    rounds = kmeans.by_hand()
    found = []
    for number, now in enumerate(rounds[:-1]):
        found += [(now.centroids[:, 0], now.labels), (rounds[number + 1].centroids[:, 0], now.labels)]
    return found


def corners(centroids: Floats, labels: npt.NDArray[np.intp]) -> Floats:
    """Corners (5, 4, 2) of the square that stands on each of the five points' way to its centroid."""
    x, to = data.FIVE[:, 0], centroids[labels]
    left, right = np.minimum(x, to), np.maximum(x, to)
    size = right - left
    zero = np.zeros_like(size)
    return np.stack(
        [np.column_stack(pair) for pair in ((left, zero), (right, zero), (right, size), (left, size))], axis=1
    )


class Wells(VGroup):
    """The five points with a true square on each way to the centroid, and a bar of inertia for each half-step."""

    def __init__(self) -> None:
        super().__init__()
        left, right = shot.safe(titled=False).columns(1.12, 1, gap=0.5)
        self.plane = left.plane((-0.7, 11.9), (-1.2, 10.1), equal=True, x_ticks=data.FIVE[:,
            0].tolist(), y_ticks=[], tick_size=1.2 * ink.AXIS,)  # fmt: skip
        self.plane.frame.set_stroke(opacity=0)
        (x0, y0), (x1, _) = self.plane.limits
        self.plane.add(self.plane.segment((x0, y0), (x1, y0), ink.faint, THIN))
        self.squares = VGroup(*(Polygon(self.plane, color=UNKNOWN, width=THIN, fill=0.25) for _ in data.FIVE))
        self.dots = self.plane.dots(in_row(data.FIVE, 0), radius=BALL)
        self.marks = self.plane.dots(in_row(data.FIVE[:2], BELOW), CENTROID, "diamond", radius=MARK)
        self.chart = chart(right, (0.4, 6.6), (-8, 190), x_ticks=[], y_ticks=[])
        self.chart.frame.set_stroke(opacity=0)
        (a, _), (b, _) = self.chart.limits
        self.chart.add(self.chart.segment((a, 0), (b, 0), ink.faint, THIN))
        self.falls = kmeans.half_steps(data.FIVE, kmeans.by_hand())[: len(poses())]
        self.bars = VGroup(*(self.chart.bars([number + 1], [fall],
            CENTROID if number % 2 else ink.quiet, 0.72) for number, fall in enumerate(self.falls)))  # fmt: skip
        self.numbers = VGroup(*(words.headline(f"{fall:.3g}", size=ink.LABEL).next_to(
            self.chart.at(number + 1, fall), UP, buff=0.12) for number, fall in enumerate(self.falls)))  # fmt: skip
        self.names = VGroup(words.headline("after assign", ink.quiet, ink.AXIS).next_to(
            self.chart.at(1.5, self.falls[0] - 8), RIGHT, buff=0.15), words.headline("after update",
            CENTROID, ink.AXIS).next_to(self.chart.at(2.5, self.falls[1] + 9), RIGHT, buff=0.15),)  # fmt: skip
        self.pose(*poses()[0])

    def pose(self, centroids: Floats, labels: npt.NDArray[np.intp]) -> list[Mobject]:
        """Squares and colours for ``centroids`` (2,) and ``labels`` (5,)."""
        self.lie(corners(centroids, labels))
        for square, label in zip(self.squares, labels, strict=True):
            square.set_stroke(CLUSTERS[label]).set_fill(CLUSTERS[label])
        dye(self.dots, labels)
        self.marks.redraw(in_row(centroids, BELOW))
        return [self.squares, self.dots, self.marks]

    def lie(self, shapes: Floats) -> VGroup:
        """The squares have these corners (5, 4, 2)."""
        for square, rim in zip(self.squares, shapes, strict=True):
            square.redraw(rim)
        return self.squares

    @property
    def parts(self) -> list[Mobject]:
        """All parts, from behind."""
        return [self.plane, self.squares, self.dots, self.marks, self.chart, self.bars, self.numbers,
            self.names,]  # fmt: skip


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
        self.plane = chart(shot.safe(titled=False), (-2.0, 52.0), (0.0, 3.0), x_ticks=(0, 10, 20, 30,
            40, 50), y_ticks=[], x_label="runs that got stuck (%): a dot for each of ten data sets",)  # fmt: skip
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


class Falling(ClusteringStage):
    """Inertia, why it falls, and where it gets stuck."""

    # --- inertia

    @chapter("Inertia can only go down", "inertia going down", goes_on=True)
    def inertia_goes_down(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.measure_the_threads()
        self.see_the_squares()
        self.slide_to_the_mean()
        self.fall_on()

    def measure_the_threads(self) -> None:
        """From each iris a thread to its centroid, and the sum of their squares."""
        plane = petal_plane()
        run = walked(plane)
        self.add(plane, run)
        spokes = VGroup(*run.spokes())
        formula = Tag(
            maths("{{ J : all }} = sum_i {{ norm(x_i - mu_(c_i))^2 : one }}", BIG).move_to(
                plane.at(2.35, 2.25)
            )
        )
        name = Tag(words.headline("inertia", size=ink.HEADLINE).move_to(plane.at(2.35, 1.45)))
        with self.beat(
            "Is this a good grouping? Take each flower's distance to its centroid, and square it."
        ) as beat:
            self.remove(run.dots, run.marks)
            self.add(run.cells, spokes, run.dots, run.marks)
            beat.over(
                "distance",
                LaggedStart(*(Create(each) for each in spokes), lag_ratio=pace.LAG),
                until="square",
            )
            beat.over(*(words.light(each, ink.chalk) for each in spokes))
        with self.beat(
            "Add up the squares, and you have the inertia, J, also called the within-cluster sum of squares.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeIn(formula), until="inertia")
            beat.over(FadeIn(name), words.light(formula.text.part("all"), ink.focus), until="also")
            beat.over(words.light(formula.text.part("one"), ink.chalk))

    def see_the_squares(self) -> None:
        """By hand the squares are drawn."""
        self.wells = wells = Wells()
        flat = corners(*poses()[0])
        flat[:, 2:, 1] = 0
        with self.beat(
            "By hand you can see each square. Five points, and the two centroids where they began."
        ) as beat:
            beat.until("Five")
            wells.lie(flat)
            self.exchange(wells.plane, wells.squares, wells.dots, wells.marks)
            self.shot(shot.split(titled=False))
            beat.over(glide(wells.lie, flat, corners(*poses()[0]), wells.squares))
        with self.beat("Together they are 173.") as beat:
            beat.over(
                FadeIn(wells.chart, wells.names[0]),
                glide(wells.bars[0].redraw, [0.0], [wells.falls[0]]),
                FadeIn(wells.numbers[0]),
            )

    def slide_to_the_mean(self) -> None:
        """The centroid slides along, and the sum of squares draws a bowl."""
        wells, plane = self.wells, self.wells.plane
        labels = poses()[0][1]
        own = self.five[labels == 1]
        places = np.linspace(0.7, 11.6, 90)
        heights = ((places[:, None] - own) ** 2).sum(axis=1) * BOWL
        curve = plane.curve(places, heights, ink.chalk, LINE)
        ball = plane.dots([(1.0, 0.0)], CENTROID, radius=0.16)
        end = poses()[1][0][1]

        def slide(place: float) -> list[Mobject]:
            wells.pose(np.array([0.0, place]), labels)
            ball.redraw([(place, float(((place - own) ** 2).sum()) * BOWL)])
            return [wells.squares, wells.dots, wells.marks, ball]

        name = Tag(words.headline("sum of these squares", size=ink.AXIS).move_to(plane.at(6.2, 9.5)))
        floor = Tag(
            words.headline("the mean", CENTROID, ink.AXIS).move_to(plane.at(6.25, 62.75 * BOWL + 2.6))
        )
        with self.beat("Now slide one centroid along. The sum of its squares draws a bowl.") as beat:
            slide(1.0)
            beat.over(FadeIn(ball), until="sum")
            beat.over(glide(slide, 1.0, 11.0, wells.squares, wells.dots, wells.marks, ball),
                Create(curve), FadeIn(name), least=pace.LONG,)  # fmt: skip
        with self.beat("Its floor is the mean. So the update step goes to the floor.") as beat:
            beat.over(glide(slide, 11.0, end, wells.squares, wells.dots, wells.marks, ball), least=pace.SLOW)
            beat.over(
                FadeIn(floor),
                glide(wells.bars[1].redraw, [0.0], [wells.falls[1]]),
                FadeIn(wells.numbers[1], wells.names[1]),
            )
        with self.beat(
            "That is why distances are squared: without squares, the floor would be the median."
        ) as beat:
            beat.over(glow(*wells.squares), until="without")
            beat.over(words.light(curve, CENTROID), words.light(floor.text, ink.chalk))
        self.leave(curve, ball, name, floor, run_time=pace.QUICK)

    def step(self, number: int) -> list[Animation]:
        """The animations of one half-step: squares, centroids, and the next bar."""
        wells = self.wells
        (c0, l0), (c1, l1) = poses()[number - 1], poses()[number]
        before, after = corners(c0, l0), corners(c1, l1)

        def go(centroids: Floats, shapes: Floats) -> list[Mobject]:
            wells.pose(centroids, l1)
            wells.lie(shapes)
            return [wells.squares, wells.dots, wells.marks]

        return [
            glide(go, (c0, before), (c1, after), wells.squares, wells.dots, wells.marks),
            glide(wells.bars[number].redraw, [0.0], [wells.falls[number]]),
            FadeIn(wells.numbers[number]),
        ]

    def fall_on(self) -> None:
        """The remaining half-steps."""
        with self.beat("Assign: the point one takes a nearer centroid, so its square shrinks.") as beat:
            beat.over("nearer", *self.step(2))
        with self.beat("Neither step raises inertia. Round after round it falls, or stays.") as beat:
            beat.over(*self.step(3), until="Round", least=pace.CALM)
            beat.over(*self.step(4), until="falls", least=pace.CALM)
            beat.over(*self.step(5), least=pace.CALM)
        wells = self.wells
        with self.beat(
            "A round that changes the groups lowers inertia, so no grouping returns. There are finitely many: it must"
            " stop."
        ) as beat:
            beat.over(*(words.light(dot, ink.chalk) for dot in wells.dots), until="so no")
            beat.over(*(words.light(number) for number in wells.numbers), until="finitely")
            beat.over(glow(*wells.squares))
        with self.beat("It has converged: neither step lowers inertia any more.") as beat:
            beat.over(self.frame.to(*wells.bars[1:], *wells.numbers[1:], share=0.55, at=NEAR_PLACE),
                FadeOut(wells.names), until="neither", least=pace.LONG,)  # fmt: skip
            beat.over(words.light(wells.numbers[5], CENTROID))
        with self.beat(
            "Here this is the lowest there is. Elsewhere another grouping may be lower: converged does not mean best."
        ) as beat:
            beat.over(self.frame.back(), FadeIn(wells.names), until="converged", least=pace.SLOW)
            beat.over(*(words.light(square, ink.chalk) for square in wells.squares))

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
            beat.over("one centroid", words.light(run.marks[wide], ink.chalk), glow(run.cells[wide]),
                until="two others",)  # fmt: skip
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
        hill = chart(right.inset(0.0, words.GAP), WAY, HIGH, x_ticks=[], y_ticks=(500, 1000, 1500),
            y_label="inertia $J$",)  # fmt: skip
        shares = np.linspace(*WAY, 141)
        curve = hill.curve(shares, kmeans.slice_of_inertia(tuple(shares.tolist())), ink.chalk, LINE)
        ball = hill.dots([(0.0, 0.0)], CENTROID, radius=0.13)

        def go(share: float) -> list[Mobject]:
            ball.redraw([(share, float(kmeans.slice_of_inertia((share,))[0]))])
            return [*run.move(kmeans.on_the_way(share)), ball]

        go(0.0)
        stuck, best = (float(kmeans.slice_of_inertia((share,))[0]) for share in (0.0, 1.0))
        names = [words.headline(f"{stuck:,.0f}", CENTROID, ink.POINT).next_to(hill.at(0.0, stuck - 60),
            -UP, buff=0.2), words.headline(f"{best:,.0f}", CENTROID, ink.POINT).next_to(hill.at(1.0,
            best + 80), UP, buff=0.2),]  # fmt: skip
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
            beat.over(glide(go, 0.17, 1.0, run.cells, run.dots, run.marks, ball), FadeIn(names[1]),
                until="From", least=pace.SLOW,)  # fmt: skip
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
