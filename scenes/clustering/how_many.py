"""How many clusters: the elbow, and the silhouette."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import RIGHT, UP, Animation, Create, FadeIn, FadeOut, LaggedStart, ManimColor, VGroup

from scenes.clustering.stage import (
    BALL,
    BIG,
    CENTROID,
    CLUSTERS,
    FIVE_ACROSS,
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
from scenes.clustering.starts import Stuck, crowd_plane
from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.noun import LINE, THIN
from scenes.kit.plane import Plane
from scenes.kit.shot import chart
from scenes.kit.tag import Tag
from scenes.maths.clustering import agreement, data
from scenes.maths.clustering import centroids as kmeans

MOST: Final = 6
"""Clusters up to which the curve on the crowds is drawn."""
ROWS_ACROSS: Final = (-1.0, 15.0)
"""Room for the five points, and for K beside them."""
NAMED: Final = 13.4
"""Where K stands beside its row."""
POINT: Final = 2
"""The point, 4, whose silhouette is computed by hand."""
GROUND: Final = 0.5
"""Height of the points by hand over their axis."""
ARC: Final = 0.2
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

    @chapter("Take the bend, not the lowest inertia", "choosing K by the elbow", goes_on=True)
    def find_the_elbow(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        stuck = Stuck()
        self.add(stuck)
        self.bend_by_hand(stuck)
        self.bend_of_crowds()
        self.noise_has_none()

    def bend_by_hand(self, stuck: Stuck) -> None:
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
            beat.over(*(words.light(draw, ink.chalk) for draw in stuck.draws), until="What")
            self.exchange(line, curve_plane, *names, bare)
        with self.beat("By hand: one centroid for five points leaves 94. Two leave 10.7.") as beat:
            beat.over(FadeIn(rows[0], dots[0], numbers[0]), until="Two")
            self.remove(bare)
            beat.over(FadeIn(rows[1], dots[1], numbers[1]), glide(curve.reveal, 0.0, 0.25))
        with self.beat(
            "More centroids, less inertia, down to zero with one on each point. So the lowest is no guide."
        ) as beat:
            for number in range(2, 5):
                self.play(
                    FadeIn(rows[number], dots[number], numbers[number]),
                    glide(curve.reveal, 0.25 * (number - 1), 0.25 * number),
                    run_time=pace.CALM,
                )
            beat.over(words.light(numbers[4], CENTROID), words.light(rows[4], ink.chalk))
        name = words.headline("elbow method", size=BIG).move_to(curve_plane.at(3.7, 70))
        ring = dots.ring([1], CENTROID, 0.3)
        with self.beat("The elbow method: take the K after which the fall turns slow. Here, two.") as beat:
            beat.over(FadeIn(name), until="take")
            beat.over(glide(curve.reveal, 0.0, 1.0), until="Here")
            self.play(FadeOut(curve_plane.names, line, *rows, *names), run_time=pace.QUICK)
            beat.over(Create(ring), self.frame.to(*dots[1:], name, share=0.75), least=pace.SLOW)

    def bend_of_crowds(self) -> None:
        """One to six clusters of the crowds."""
        left, right = shot.safe(titled=False).columns(1.25, 1, gap=0.6)
        self.crowd_plane = plane = crowd_plane(left, (-6.4, 6.2))
        self.share_chart = share_chart = chart(
            right,
            (0.6, MOST + 0.5),
            (0.0, 1.1),
            x_ticks=tuple(range(1, MOST + 1)),
            y_ticks=(0, 0.5, 1),
            x_label="number of clusters $K$",
            y_label="share of inertia left",
        )
        points, falls = data.crowds()[0], kmeans.elbow()
        curve, dots = self.fall(falls, False)
        runs = self.runs(points, [kmeans.best_of(count) for count in range(1, MOST + 1)])
        shown = dye(plane.dots(points, radius=0.065), runs[0].labels)
        with self.beat(
            "Now the five crowds, with one to six clusters. What share of inertia is left?"
        ) as beat:
            self.exchange(plane, shown, share_chart, also=[self.frame.back()], run_time=pace.CALM)
            self.grow(shown, runs, curve, dots)
        ring = dots.ring([4], CENTROID, 0.3)
        name = words.headline("five crowds", size=ink.AXIS).move_to(share_chart.at(2.25, 0.1))
        with self.beat("It bends at five: a sixth centroid hardly helps.") as beat:
            self.swap(shown, runs[-1], runs[4])
            beat.over(Create(ring), FadeIn(name))
        self.rest = [shown, runs[4].cells, runs[4].marks, ring]
        self.kept = [curve, dots, name]

    def runs(self, points: Floats, ends: list[kmeans.Round]) -> list[Run]:
        """The ends as runs: what was one cluster and still is keeps its colour as their number grows."""
        middles = [ends[0].centroids]
        for end in ends[1:]:
            middles.append(kmeans.in_line(middles[-1], end.centroids))
        return [Run(self.crowd_plane, points, each, radius=0.065) for each in middles]

    def fall(self, falls: Floats, dashed: bool) -> tuple[Curve, Dots]:
        """Inertia as a share of that with one centroid: a curve that shows nothing yet, and its dots."""
        steps = np.arange(1, len(falls) + 1)
        share = falls / falls[0]
        color = ink.quiet if dashed else ink.chalk
        curve = self.share_chart.curve(steps, share, color, LINE, dashed=dashed, share=0.0)
        return curve, self.share_chart.dots(np.column_stack([steps, share]), CENTROID, radius=0.13)

    def swap(self, shown: Dots, old: Run, new: Run, *also: Animation) -> None:
        """One grouping goes, another one comes; dots change colour while there are no cells."""
        self.play(FadeOut(old.cells, old.marks), run_time=pace.QUICK)
        dye(shown, new.labels)
        self.bring_to_back(new.cells)
        self.play(FadeIn(new.cells, new.marks), *also, run_time=pace.BRISK)

    def grow(self, shown: Dots, runs: list[Run], curve: Curve, dots: Dots) -> None:
        """One cluster, two, three ... and the curve goes on."""
        self.bring_to_back(runs[0].cells)
        self.play(FadeIn(runs[0].cells, runs[0].marks, dots[0]), run_time=pace.BRISK)
        last = len(runs) - 1
        for number in range(1, len(runs)):
            self.swap(
                shown,
                runs[number - 1],
                runs[number],
                FadeIn(dots[number]),
                glide(curve.reveal, (number - 1) / last, number / last),
            )

    def noise_has_none(self) -> None:
        """One to six clusters of points without groups, in the same chart."""
        points, falls = data.noise(), kmeans.elbow_of_noise()
        curve, dots = self.fall(falls, True)
        runs = self.runs(points, [kmeans.best_noise(count) for count in range(1, MOST + 1)])
        shown = dye(self.crowd_plane.dots(points, radius=0.065), runs[0].labels)
        with self.beat("And points strewn evenly, without groups? K-means still returns K clusters.") as beat:
            self.play(*map(FadeOut, self.rest), FadeIn(shown), run_time=pace.CALM)
            self.grow(shown, runs, curve, dots)
            beat.rest()
        name = words.headline("strewn points", ink.quiet, ink.AXIS).move_to(self.share_chart.at(4.6, 0.55))
        with self.beat("This curve has its sharpest corner at two, and there are no two groups.") as beat:
            beat.over(FadeIn(name), Create(dots.ring([1], CENTROID, 0.3)), until="and")
            self.swap(shown, runs[-1], runs[1])
        with self.beat("No clear bend, no answer: the elbow is an aid, not a test.") as beat:
            beat.over(glide(curve.reveal, 0.0, 1.0), until="aid")
            beat.over(glow(*runs[1].cells))

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
        mean_a = maths(f"a = (4 + 3) / 2 = {a:g}", BIG, color=CLUSTERS[0]).move_to(line.at(1.45, 2.75))
        mean_b = maths(f"b = (5 + 7) / 2 = {b:g}", BIG, color=CLUSTERS[1]).move_to(line.at(10.05, 2.75))
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
        formula.move_to(line.at(7.0, 3.75))
        name = words.headline("silhouette", size=ink.POINT).move_to(line.at(0.7, 3.75))
        with self.beat(
            "Its silhouette, s, is b minus a, divided by the larger of both: 0.42.", pause=pace.CALM
        ) as beat:
            beat.over(FadeIn(name), words.light(mean_b, ink.chalk), until="b")
            beat.over(FadeIn(formula), words.light(mean_a, ink.chalk), until="divided")
            beat.over(words.light(formula.part("rule")))
        self.rest = [ring, own, other, own_numbers, other_numbers, mean_a, mean_b, name]

    def place_on_the_scale(self) -> None:
        """A bar for each of the five points, from minus one to one."""
        line, dots = self.line, self.dots
        scale = chart(
            shot.safe(titled=False),
            FIVE_ACROSS,
            (-1.12, 1.15),
            x_ticks=data.FIVE[:, 0].tolist(),
            y_ticks=(-1, 0, 1),
            y_label="silhouette $s$",
            tick_size=1.2 * ink.AXIS,
        )
        zero = scale.segment((FIVE_ACROSS[0], 0), (FIVE_ACROSS[1], 0), ink.faint, THIN)
        labels = kmeans.grouped_by_hand(2)
        moved = labels.copy()
        moved[POINT] = 1
        values, after = (agreement.silhouettes(data.FIVE, each) for each in (labels, moved))
        bars = VGroup(
            *(
                scale.bars([x], [0.0], CLUSTERS[label], 0.5)
                for x, label in zip(self.five, labels, strict=True)
            )
        )

        def rise(heights: Floats) -> VGroup:
            for bar, height in zip(bars, heights, strict=True):
                bar.redraw([height])
            return bars

        notes = [
            words.headline(text, size=ink.AXIS).move_to(scale.at(6.6, y))
            for text, y in (("well placed", 0.9), ("on a border", 0.12), ("nearer to another\ncluster", -0.8))
        ]
        lies = words.headline(f"{after[POINT]:.2f}".replace("-", "−"), CLUSTERS[1], ink.POINT).next_to(
            scale.at(self.five[POINT], after[POINT]), -UP, buff=0.15
        )
        with self.beat("Near one: well placed. Zero: on a border.") as beat:
            self.play(FadeOut(line, dots, self.formula, *self.rest), FadeIn(scale, zero), run_time=pace.CALM)
            self.add(bars)
            beat.over(glide(rise, np.zeros(5), values, bars), FadeIn(notes[0]), until="Zero")
            beat.over(FadeIn(notes[1]))
        with self.beat(
            "Put four with the orange ones, and it falls below zero: nearer to another cluster."
        ) as beat:
            bars[POINT].set_fill(CLUSTERS[1])
            beat.over(glide(rise, values, after, bars), until="nearer", least=pace.SLOW)
            beat.over(FadeIn(notes[2], lies))

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
        dots = dye(plane.dots(self.places, radius=0.1), data.species())
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
            beat.over(
                self.frame.back(),
                *(words.tint(dot, CLUSTERS[label]) for dot, label in zip(dots, groups[0], strict=True)),
                until="Judge",
                least=pace.LONG,
            )
            beat.over(FadeIn(plane.numbers, plane.names))
