"""How many clusters: the elbow, and the silhouette."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, ManimColor, Mobject, VGroup

from scenes.clustering.falling import crowd_plane, stuck_chart
from scenes.clustering.stage import (
    BALL,
    BIG,
    CENTROID,
    CLUSTERS,
    MARK,
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
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.plane import Plane
from scenes.kit.shot import chart
from scenes.kit.tag import Tag
from scenes.maths.clustering import agreement, data
from scenes.maths.clustering import centroids as kmeans

MOST: Final = 7
"""Clusters up to which the curve on the crowds is drawn."""
ROWS_ACROSS: Final = (-1.0, 15.0)
"""Room for the five points, and for K beside them."""
NAMED: Final = 13.4
"""Where K stands beside its row."""
POINT: Final = 2
"""The point, 4, whose silhouette is computed by hand."""
GROUND: Final = 0.5
"""Height of the points by hand over their axis."""
ARC: Final = 0.31
"""Height of an arc for one unit of distance."""
GAP: Final = 0.7
"""Width that an arc leaves for its number."""
CLEAR: Final = (2.3, 2.2)
"""Petal length and width where words stand."""


def rows_plane(place: shot.Region) -> Plane:
    """The five points in five rows, one for each number of clusters."""
    return five_plane(5.2, place, ROWS_ACROSS)


def grouped_row(plane: Plane, count: int, level: float) -> VGroup:
    """The best grouping of the five points into ``count`` clusters, with its centroids."""
    labels = kmeans.grouped_by_hand(count)
    middles = kmeans.update(data.FIVE, labels, count)
    dots = dye(plane.dots(in_row(data.FIVE, level), radius=BALL), labels)
    marks = plane.dots(in_row(middles, level + 0.36), CENTROID, "diamond", radius=0.8 * MARK)
    threads = VGroup(
        *(
            plane.segment(spot, in_row(middles, level + 0.36)[label], CLUSTERS[label], THIN)
            for spot, label in zip(in_row(data.FIVE, level), labels, strict=True)
        )
    )
    return VGroup(threads, dots, marks)


def curve_chart(
    place: shot.Region, values: Floats, top: float, text: str = "inertia $J$", first: int = 1
) -> Plane:
    """A chart of ``values`` (n,) by the number of clusters."""
    numbers = np.arange(first, first + len(values))
    return chart(
        place,
        (first - 0.4, first + len(values) - 0.5),
        (0.0, top),
        x_ticks=numbers.tolist(),
        y_ticks=[],
        x_label="number of clusters $K$",
        y_label=text,
    )


def silhouette_bars(plane: Plane, labels: np.ndarray, values: Floats) -> VGroup:
    """One bar a flower, sorted within its cluster: as one mobject a cluster."""
    found = VGroup()
    row = 0
    for number in np.unique(labels):
        own = np.sort(values[labels == number])[::-1]
        xs = row + np.arange(len(own))
        found.add(plane.bars(xs, own, CLUSTERS[number], 1.0))
        row += len(own) + 3
    return found


class HowMany(ClusteringStage):
    """How many clusters: the elbow, and the silhouette."""

    # --- the elbow

    @chapter("More centroids always help, until they do not matter", "choosing K by the elbow", goes_on=True)
    def find_the_elbow(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        stuck = stuck_chart()
        self.add(stuck)
        self.bend_by_hand(stuck)
        self.bend_of_crowds()
        self.noise_has_none()

    def bend_by_hand(self, stuck: Mobject) -> None:
        """One to five clusters of five points, and what inertia is left."""
        left, right = shot.safe(titled=False).columns(1.1, 1, gap=0.6)
        line = rows_plane(left)
        falls = kmeans.elbow_by_hand()
        curve_plane = curve_chart(right, falls, 104)
        levels = [4.35, 3.4, 2.45, 1.5, 0.55]
        rows = [grouped_row(line, count, level) for count, level in zip(range(1, 6), levels, strict=True)]
        curve = curve_plane.curve(np.arange(1, 6), falls, ink.chalk, LINE, share=0.0)
        dots = curve_plane.dots(np.column_stack([np.arange(1, 6), falls]), CENTROID, radius=0.13)
        numbers = [
            words.headline(f"{fall:.3g}", size=ink.AXIS).next_to(
                curve_plane.at(count, fall), RIGHT + UP, buff=0.2
            )
            for count, fall in zip(range(1, 6), falls, strict=True)
        ]
        names = [
            words.headline(f"$K = {count}$", ink.quiet, ink.LABEL).move_to(line.at(NAMED, level))
            for count, level in zip(range(1, 6), levels, strict=True)
        ]
        bare = dye(line.dots(in_row(data.FIVE, levels[0]), radius=BALL), np.full(5, -2))
        with self.beat("So far we gave K. What if nobody knows the number of clusters?") as beat:
            beat.over(*(words.light(stuck.row(number), ink.chalk) for number in range(3)), until="What")
            self.exchange(line, curve_plane, *names, bare)
        with self.beat("By hand: one centroid for five points leaves 94. Two leave 10.7.") as beat:
            beat.over(FadeIn(rows[0], dots[0], numbers[0]), until="Two")
            self.remove(bare)
            beat.over(FadeIn(rows[1], dots[1], numbers[1]), glide(curve.reveal, 0.0, 0.25))
        with self.beat("More centroids, less inertia. With one on each point, it is zero.") as beat:
            for number in range(2, 5):
                self.play(
                    FadeIn(rows[number], dots[number], numbers[number]),
                    glide(curve.reveal, 0.25 * (number - 1), 0.25 * number),
                    run_time=pace.CALM,
                )
            beat.over(words.light(numbers[4], CENTROID))
        name = words.headline("elbow method", size=BIG).move_to(curve_plane.at(3.7, 70))
        with self.beat("So the lowest inertia is no reason to choose.") as beat:
            beat.over(words.light(rows[4], ink.chalk))
        ring = dots.ring([1], CENTROID, 0.3)
        with self.beat("The elbow method: take the K after which the fall turns slow. Here, two.") as beat:
            beat.over(FadeIn(name), until="take")
            beat.over(glide(curve.reveal, 0.0, 1.0), until="Here")
            self.play(FadeOut(curve_plane.names, line, *rows, *names), run_time=pace.QUICK)
            beat.over(Create(ring), self.frame.to(*dots[1:], name, share=0.75), least=pace.SLOW)

    def bend_of_crowds(self) -> None:
        """One to seven clusters of the crowds."""
        self.fall_of(
            "Five crowds, one to seven clusters. The curve bends at five.",
            data.crowds()[0],
            [kmeans.best_of(count) for count in range(1, MOST + 1)],
            kmeans.elbow(),
            "bends",
            4,
        )

    def noise_has_none(self) -> None:
        """One to seven clusters of points without groups."""
        self.fall_of(
            "And points strewn evenly, without groups? K-means still returns K clusters. There is no clear bend.",
            data.noise(),
            [kmeans.best_noise(count) for count in range(1, MOST + 1)],
            kmeans.elbow_of_noise(),
            "There",
            None,
        )
        with self.beat("No bend, no answer: the elbow is an aid, not a test.") as beat:
            beat.over(glide(self.curve.reveal, 0.0, 1.0), glow(*self.cells))

    def fall_of(
        self,
        text: str,
        points: Floats,
        ends: list[kmeans.Round],
        falls: Floats,
        word: str,
        bend: int | None,
    ) -> None:
        """Clusters on the left, inertia on the right, as their number grows."""
        left, right = shot.safe(titled=False).columns(1.25, 1, gap=0.6)
        plane = crowd_plane(left, (-6.4, 6.2))
        curve_plane = curve_chart(right, falls, 1.08 * falls[0])
        steps = np.arange(1, len(falls) + 1)
        self.curve = curve = curve_plane.curve(steps, falls, ink.chalk, LINE, share=0.0)
        dots = curve_plane.dots(np.column_stack([steps, falls]), CENTROID, radius=0.13)
        runs = [Run(plane, points, end.centroids, radius=0.065) for end in ends]
        shown = plane.dots(points, radius=0.065)
        dye(shown, runs[0].labels)
        with self.beat(text) as beat:
            self.exchange(plane, shown, curve_plane, also=[self.frame.back()], run_time=pace.CALM)
            self.bring_to_back(runs[0].cells)
            marks = runs[0].marks
            self.play(FadeIn(runs[0].cells, marks, dots[0]), run_time=pace.BRISK)
            for number in range(1, len(runs)):
                old, new = runs[number - 1], runs[number]
                self.bring_to_back(new.cells)
                dye(shown, new.labels)
                self.play(
                    FadeOut(old.cells, old.marks),
                    FadeIn(new.cells, new.marks, dots[number]),
                    glide(curve.reveal, (number - 1) / (len(runs) - 1), number / (len(runs) - 1)),
                    run_time=pace.BRISK,
                )
            if bend is not None:
                beat.until(word)
                old, new = runs[-1], runs[bend]
                self.bring_to_back(new.cells)
                dye(shown, new.labels)
                self.play(
                    FadeOut(old.cells, old.marks),
                    FadeIn(new.cells, new.marks),
                    Create(dots.ring([bend], CENTROID, 0.3)),
                    run_time=pace.CALM,
                )
            beat.until(word)
        self.cells = runs[-1].cells

    # --- the silhouette

    @chapter("Nearer to mine than to the next?", "choosing K by the silhouette")
    def nearer_to_mine(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        self.measure_one()
        self.place_on_the_scale()
        self.peak_of_crowds()
        self.shot(shot.wide())
        self.ask_the_flowers()

    def arcs_to(self, line: Plane, others: list[int]) -> tuple[VGroup, VGroup]:
        """Arcs from the point 4 to ``others``, and the distances over them."""
        arcs, numbers = VGroup(), VGroup()
        start = self.five[POINT]
        for other in others:
            end = self.five[other]
            reach = abs(end - start)
            room = GAP / reach
            arcs.add(
                VGroup(
                    *(
                        line.curve(
                            start + (end - start) * (1 - np.cos(turn)) / 2,
                            GROUND + 0.16 + ARC * reach * np.sin(turn),
                            self.color_of(other),
                            LINE,
                        )
                        for turn in (
                            np.linspace(0, np.pi / 2 - room, 20),
                            np.linspace(np.pi / 2 + room, np.pi, 20),
                        )
                    )
                )
            )
            number = words.headline(f"{reach:g}", self.color_of(other), ink.POINT)
            numbers.add(number.move_to(line.at((start + end) / 2, GROUND + 0.16 + ARC * reach)))
        return arcs, numbers

    def color_of(self, other: int) -> ManimColor:
        """The colour of the cluster of one of the five points."""
        return CLUSTERS[kmeans.grouped_by_hand(2)[other]]

    def measure_one(self) -> None:
        """a and b of the point 4, and its silhouette."""
        self.line = line = five_plane(4.35)
        labels = kmeans.grouped_by_hand(2)
        self.dots = dots = dye(line.dots(in_row(self.five, GROUND), radius=1.2 * BALL), labels)
        self.add(line, dots)
        ring = dots.ring([POINT], CENTROID, 0.42)
        with self.beat("A bend is read by eye. Can a point itself tell how well it is placed?") as beat:
            beat.over(
                LaggedStart(*(words.light(dot, ink.chalk) for dot in dots), lag_ratio=pace.LAG), until="point"
            )
            beat.over(Create(ring))
        own, own_numbers = self.arcs_to(line, [0, 1])
        a, b = (each[POINT] for each in agreement.near_and_far(data.FIVE, labels))
        mean_a = maths(f"a = (4 + 3) / 2 = {a:g}", BIG, color=CLUSTERS[0]).move_to(line.at(1.6, 3.4))
        mean_b = maths(f"b = (5 + 7) / 2 = {b:g}", BIG, color=CLUSTERS[1]).move_to(line.at(9.6, 3.6))
        with self.beat("To its own cluster: four and three. The mean distance, a, is 3.5.") as beat:
            beat.over(*(Create(arc) for arc in own), until="four")
            beat.over(FadeIn(own_numbers), until="mean")
            beat.over(FadeIn(mean_a))
        other, other_numbers = self.arcs_to(line, [3, 4])
        with self.beat("To the nearest other cluster: five and seven. The mean, b, is six.") as beat:
            beat.over(*(Create(arc) for arc in other), until="five")
            beat.over(FadeIn(other_numbers), until="mean")
            beat.over(FadeIn(mean_b))
        self.formula = formula = maths("s = {{ (b - a) / max(a, b) : rule }} = 2.5 / 6 = 0.42", BIG)
        formula.move_to(line.at(5.6, 3.65))
        name = words.headline("silhouette", size=ink.HEADLINE).move_to(line.at(1.3, 2.75))
        with self.beat(
            "Its silhouette, s, is b minus a, divided by the larger of both: 0.42.", pause=pace.SLOW
        ) as beat:
            beat.over(FadeOut(mean_a, mean_b, own_numbers, other_numbers), FadeIn(name), until="b")
            beat.over(FadeIn(formula), until="divided")
            beat.over(words.light(formula.part("rule")))
        self.rest = [ring, own, other, name]

    def place_on_the_scale(self) -> None:
        """All five points on the scale from minus one to one."""
        line, dots = self.line, self.dots
        scale = chart(
            shot.safe(titled=False),
            (-1.12, 1.12),
            (0, 4.35),
            x_ticks=(-1, 0, 1),
            y_ticks=[],
            x_label="silhouette $s$",
            tick_size=1.2 * ink.AXIS,
        )
        scale.frame.set_stroke(opacity=0)
        (x0, y0), (x1, _) = scale.limits
        scale.add(scale.segment((x0, y0), (x1, y0), ink.faint, THIN))
        values = agreement.silhouettes(data.FIVE, kmeans.grouped_by_hand(2))
        start = dots.centres
        end = scale.at(np.column_stack([values, [0.5, 1.05, 0.5, 1.6, 2.15]]))
        notes = [
            words.headline(text, size=ink.POINT).move_to(scale.at(x, 3.4))
            for x, text in (
                (0.78, "well placed"),
                (0.0, "on a border"),
                (-0.72, "nearer to\nanother cluster"),
            )
        ]
        with self.beat(
            "Near one: well placed. Zero: on a border. Below zero: nearer to another cluster."
        ) as beat:
            self.play(
                FadeOut(line, self.formula, *self.rest),
                FadeIn(scale),
                glide(dots.put, (start, 1.2 * BALL), (end, 1.2 * BALL)),
                run_time=pace.SLOW,
            )
            beat.over(FadeIn(notes[0]), until="Zero")
            beat.over(FadeIn(notes[1]), until="Below")
            beat.over(FadeIn(notes[2]))

    def peak_of_crowds(self) -> None:
        """The mean silhouette on the crowds peaks at five."""
        means = agreement.mean_silhouettes("crowds")
        left, right = shot.safe(titled=False).columns(1.25, 1, gap=0.6)
        plane = crowd_plane(left, (-6.4, 6.2))
        run = Run(plane, data.crowds()[0], kmeans.best_of(5).centroids, radius=0.065)
        peak = curve_chart(right, means, 0.85, "mean silhouette", 2)
        steps = np.arange(2, 2 + len(means))
        curve = peak.curve(steps, means, ink.chalk, LINE, share=0.0)
        dots = peak.dots(np.column_stack([steps, means]), CENTROID, radius=0.13)
        best = words.headline(f"{means.max():.2f}", size=ink.POINT).next_to(
            peak.at(5, means.max()), UP, buff=0.5
        )
        with self.beat(
            "Average it over all points, and compare K. On the five crowds, the peak is five."
        ) as beat:
            self.exchange(plane, run, peak)
            beat.over(
                glide(curve.reveal, 0.0, 1.0),
                LaggedStart(*(FadeIn(dot) for dot in dots), lag_ratio=pace.LAG),
                until="peak",
            )
            self.add(curve, dots)
            beat.over(Create(dots.ring([3], CENTROID, 0.3)), FadeIn(best))

    def ask_the_flowers(self) -> None:
        """The silhouette plot of the irises with two and with three clusters, and the botanist's three species."""
        means = agreement.mean_silhouettes("petals")
        room = shot.safe(titled=False)
        bars_plane = chart(
            room,
            (-4, 162),
            (-0.04, 1.13),
            x_ticks=[],
            y_ticks=(0, 0.5, 1),
            y_label="silhouette of each flower",
        )
        groups = [kmeans.from_the_left(self.petals, kmeans.best_petals(count).labels) for count in (2, 3)]
        plots = [
            silhouette_bars(bars_plane, each, agreement.silhouettes(self.petals, each)) for each in groups
        ]
        levels = [
            bars_plane.segment((-4, mean), (162, mean), ink.chalk, LINE, dashed=True) for mean in means[:2]
        ]
        names = [
            Tag(
                words.headline(f"$K = {count}$: mean {mean:.2f}", size=ink.POINT).move_to(
                    bars_plane.at(120, 1.04)
                )
            )
            for count, mean in zip((2, 3), means[:2], strict=True)
        ]
        with self.beat(
            "Back to the irises: one bar for each flower, two clusters. The mean is 0.77."
        ) as beat:
            self.exchange(bars_plane, plots[0])
            beat.over("mean", Create(levels[0]), FadeIn(names[0]))
        with self.beat("With three clusters it is lower, 0.66. So the silhouette says two.") as beat:
            beat.over(FadeOut(plots[0], levels[0], names[0]), FadeIn(plots[1]), until="lower")
            beat.over(Create(levels[1]), FadeIn(names[1]))
        plane = petal_plane()
        dots = dye(plane.dots(self.petals, radius=0.1), data.species())
        title = Tag(words.headline("three species", size=ink.HEADLINE).move_to(plane.at(*CLEAR)))
        with self.beat("The botanist says three: two species overlap in these petals.") as beat:
            self.exchange(plane, dots, run_time=pace.BRISK)
            beat.over(FadeIn(title), until="overlap")
            self.play(FadeOut(plane.numbers, plane.names, title), run_time=pace.QUICK)
            beat.over(
                self.frame.to(VGroup(*(dots[row] for row in (70, 106, 119, 77, 134, 138))), share=0.5),
                least=pace.LONG,
            )
        with self.beat(
            "The silhouette likes round, separate clusters. Judge by what you need them for, too."
        ) as beat:
            beat.over(self.frame.back(), until="Judge", least=pace.LONG)
            beat.over(FadeIn(plane.numbers, plane.names))
