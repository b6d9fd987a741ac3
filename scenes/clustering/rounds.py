"""The question, Lloyd's algorithm by hand, and the same two steps in the plane."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, Mobject, VGroup, linear

from scenes.clustering.stage import (
    BALL,
    BIG,
    CENTROID,
    CLUSTERS,
    DOT,
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
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon, Segments
from scenes.kit.noun import LINE, THIN
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.maths.clustering import centroids as kmeans
from scenes.maths.clustering import data, merging, outlines

TRIED: Final = (2, 3, 5)
"""Numbers of kinds that rings try."""
ASKED: Final = (2.3, 2.2)
"""Petal length and width at which words stand on the field: nothing grows there."""
TAKEN: Final = (22, 43, 98, 77, 118)
"""Irises whose dots become the five points."""
ROWS: Final = 4
TOP: Final = 4.35
"""Height of the plane of rows."""
LEVELS: Final = (3.55, 2.6, 1.65, 0.7)
"""Heights of the rows, the first round on top."""
MIDDLE: Final = 1.9
"""Height at which the first row stands while it is alone."""
LIFT: Final = 0.34
"""How far above its row a centroid stands."""
INSIDE: Final = ((0.3, 2.1), (2.3, 0.5))
"""Petal widths at which a bar stands on the left and on the right wall of a cell, before and after."""
BEYOND: Final = 9.0
"""How far a rival begins outside of the picture."""
HELD: Final = 2.7
"""Standard deviations that a ring around two kinds reaches: all flowers lie inside."""
THIRD: Final = 2
"""Row of the point that is told in letters."""
WRITTEN: Final = (2.3, 9.0)
"""Where its squares stand, across."""


def row_of(plane: Plane, number: int) -> VGroup:
    """One round: threads, dots, centroids."""
    now = kmeans.by_hand()[number]
    level = LEVELS[number]
    dots = dye(plane.dots(in_row(data.FIVE, level), radius=BALL), now.labels)
    return VGroup(threads(plane, number), dots, marks_at(plane, number), values_at(plane, number))


def threads(plane: Plane, number: int) -> VGroup:
    """From each dot of a round a thread to its centroid."""
    now, level = kmeans.by_hand()[number], LEVELS[number]
    spots, middles = in_row(data.FIVE, level), in_row(now.centroids, level + LIFT)
    return VGroup(
        *(
            plane.segment(spot, middles[label], CLUSTERS[label], LINE)
            for spot, label in zip(spots, now.labels, strict=True)
        )
    )


def marks_at(plane: Plane, number: int) -> Dots:
    """The centroids of a round."""
    middles = in_row(kmeans.by_hand()[number].centroids, LEVELS[number] + LIFT)
    return plane.dots(middles, CENTROID, "diamond", radius=MARK)


def values_at(plane: Plane, number: int) -> VGroup:
    """The numbers at the centroids of a round: beside each, away from its threads."""
    found = VGroup()
    for side, (value, height) in zip(
        (RIGHT + UP, RIGHT + UP),
        in_row(kmeans.by_hand()[number].centroids, LEVELS[number] + LIFT),
        strict=True,
    ):
        text = words.label(f"{value:.2f}".rstrip("0").rstrip("."), CENTROID, ink.AXIS)
        found.add(text.next_to(plane.at(value, height), side, buff=0.22))
    return found


def rule(plane: Plane) -> VGroup:
    """Both steps as formulas, above the last row."""
    both = maths(
        'c_i = limits("arg min")_k norm(x_i - mu_k)^2 \\ '
        '{{ mu_k = "mean of the" x_i "with" c_i = k : mean }}',
        BIG,
    )
    return VGroup(both.move_to(plane.at(5.5, 2.85)))


def hand_end() -> tuple[Plane, VGroup, VGroup]:
    """The last round with its formulas: as the chapter by hand ends."""
    plane = five_plane(TOP)
    return plane, row_of(plane, ROWS - 1), rule(plane)


def walked(plane: Plane) -> Run:
    """The irises with three centroids, after the long walk."""
    walk = kmeans.long_walk()
    return Run(plane, data.petals(), walk[-1].centroids, shown=data.spread_out())


class Rounds(ClusteringStage):
    """The question, Lloyd's algorithm by hand, and the same two steps in the plane."""

    # --- the question

    @chapter("150 flowers without labels")
    def flowers_without_labels(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.plane, self.flowers = self.petal_field()
        self.ask()
        self.name_it()

    def kinds(self) -> list[Floats]:
        """Rings (5, 65, 2) for each number of kinds that is tried: those that are one lie on each other."""
        labels = [kmeans.best_petals(count).labels for count in TRIED]
        labels[0] = merging.groups(merging.petal_tree("ward"), TRIED[0])
        states = []
        finest = labels[-1]
        for each in labels:
            rings = (
                outlines.rings(self.petals, each, HELD)
                if each is labels[0]
                else outlines.rings(self.petals, each)
            )
            states.append(rings[outlines.parents(each, finest)])
        return states

    def ask(self) -> None:
        """Dots fall into the field; rings try two, three and five kinds."""
        plane, flowers = self.plane, self.flowers
        states = self.kinds()
        self.rings = rings = VGroup(*(plane.polygon(ring, ink.chalk, LINE) for ring in states[0]))
        self.states = states

        def draw(now: Floats) -> VGroup:
            for ring, path in zip(rings, now, strict=True):
                ring.redraw(path)
            return rings

        self.draw = draw
        order = np.argsort(self.petals[:, 0])
        self.add(plane)
        with self.beat(
            "A hundred and fifty irises. Each dot is one flower: how long its petal is, and how wide. Equal ones stand"
            " side by side."
        ) as beat:
            beat.over(
                LaggedStart(*(FadeIn(flowers[int(row)], shift=UP) for row in order), lag_ratio=pace.LAG),
                until="how wide",
            )
            self.add(flowers)
        counts = [
            words.headline(f"{count} kinds?", size=1.4 * ink.HEADLINE).move_to(plane.at(*ASKED))
            for count in TRIED
        ]
        unknown = words.headline("how many kinds?", size=1.2 * ink.HEADLINE).move_to(plane.at(*ASKED))
        with self.beat("We hide their labels. How many kinds are there, and who decides?") as beat:
            beat.over(Create(rings), FadeIn(counts[0]), until="How")
            beat.over(
                glide(draw, states[0], states[1], rings), words.rewrite(counts[0], counts[1]), until="there"
            )
            beat.over(glide(draw, states[1], states[2], rings), words.rewrite(counts[1], counts[2]))
        self.play(FadeOut(rings), words.rewrite(counts[2], unknown), run_time=pace.CALM)
        self.think(2.5)
        self.unknown = unknown

    def name_it(self) -> None:
        """Unsupervised learning, clustering, a cluster."""
        plane, flowers, rings, states = self.plane, self.flowers, self.rings, self.states
        names = [
            words.headline(text, size=ink.HEADLINE).move_to(plane.at(*ASKED))
            for text in ("unsupervised\nlearning", "clustering", "cluster")
        ]
        self.draw(states[0])
        with self.beat("With no labels to learn from, this is unsupervised learning.") as beat:
            beat.over(
                LaggedStart(*(words.light(dot, ink.chalk) for dot in flowers[::5]), lag_ratio=pace.LAG),
                FadeOut(self.unknown),
                until="unsupervised",
            )
            beat.over(FadeIn(names[0]))
        with self.beat("Grouping what is alike is called clustering.") as beat:
            beat.over(Create(rings), until="clustering")
            beat.over(words.rewrite(names[0], names[1]))
        small = np.flatnonzero(self.petals[:, 0] < 2.2)
        pairs = small[[0, 13, 22, 18, 41, 5]]
        near = plane.segment(self.places[pairs], self.places[np.roll(pairs, -1)], ink.first, LINE)
        far = plane.segment(self.places[pairs[:3]], self.places[[98, 60, 79]], ink.second, LINE, dashed=True)
        names[2].move_to(plane.at(1.9, 1.3))
        with self.beat(
            "A cluster is a group of points that are closer to one another than to the rest.", pause=pace.LONG
        ) as beat:
            self.add(flowers)
            self.play(FadeOut(names[1], plane.numbers, plane.names, plane.frame), run_time=pace.QUICK)
            beat.over(self.frame.to_region(*self.corner()), until="than", least=pace.LONG)
            beat.over(FadeIn(names[2]), Create(near), least=pace.CALM)
            beat.over(Create(far), least=pace.CALM)
        with self.beat("But look at the large cloud: is it one long group, or two that touch?") as beat:
            self.play(FadeOut(near, far, names[2]), run_time=pace.QUICK)
            beat.over(self.frame.back(), least=pace.LONG)
        with self.beat("Closer by which rule? Each method answers in its own way.") as beat:
            beat.over(
                FadeIn(plane.numbers, plane.names, plane.frame),
                glide(self.draw, states[0], states[1], rings),
                until="Each",
            )
            beat.over(glide(self.draw, states[1], states[2], rings))
        with self.beat("So before you choose a method, say what a cluster is to you.") as beat:
            beat.over(glide(self.draw, states[2], states[0], rings), until="cluster")
            beat.over(FadeOut(rings))

    def corner(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The part of the stage around the small petals."""
        low, high = self.plane.at(0.3, -0.25), self.plane.at(4.8, 1.75)
        return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))

    # --- by hand

    @chapter("Assign, update, repeat", "Lloyd's algorithm step by step", goes_on=True)
    def assign_update_repeat(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        self.field, self.flowers = self.petal_field()
        self.add(self.field, self.flowers)
        self.line = five_plane(TOP)
        self.take_five()
        self.first_round()
        self.go_on()
        self.write_the_rule()

    def take_five(self) -> None:
        """Five dots of the field become five points on a line."""
        field, line = self.field, self.line
        self.down = line.at(0, MIDDLE) - line.at(0, LEVELS[0])
        self.dots = dots = line.dots(in_row(self.five, MIDDLE), UNKNOWN, radius=BALL)
        start = line.inverse(field.at(self.places[list(TAKEN)]))
        end = in_row(self.five, MIDDLE)
        dots.redraw(start, DOT)
        with self.beat("Start small, by hand: five points on a line.") as beat:
            self.add(dots)
            beat.over(FadeOut(field, self.flowers), until="five")
            beat.over(FadeIn(line), glide(dots.redraw, (start, DOT), (end, BALL)), least=pace.SLOW)
        count = words.headline("number of clusters  $K = 2$", size=BIG).move_to(line.at(5.5, 3.7))
        with self.beat("You choose K, the number of clusters. Here it is two.") as beat:
            beat.over(FadeIn(count), until="two")
            beat.over(words.light(count))
        marks = marks_at(line, 0).shift(self.down)
        name = words.headline("centroids", CENTROID, ink.POINT).next_to(marks, RIGHT, buff=0.35)
        with self.beat(
            "Each cluster has a centroid, the mean of its points. To begin, place them on two points."
        ) as beat:
            beat.over(FadeIn(name), until="To begin")
            beat.over(
                LaggedStart(*(FadeIn(mark, shift=-UP) for mark in marks), lag_ratio=pace.LAG),
            )
            self.add(marks)
        self.marks, self.name, self.asked_for = marks, name, count

    def first_round(self) -> None:
        """Assignment, then update, slowly."""
        line = self.line
        self.spun = spun = threads(line, 0).shift(self.down)
        assign = words.headline("assignment step", size=BIG).move_to(line.at(5.5, 3.7))
        with self.beat("Assignment step: each point joins its nearest centroid.") as beat:
            beat.over(FadeIn(assign), FadeOut(self.asked_for, self.name), until="each")
            beat.over(self.joining(0), LaggedStart(*(Create(each) for each in spun), lag_ratio=pace.LAG))
        with self.beat("Zero stays alone. The other four are nearer to the centroid at one.") as beat:
            beat.over(words.light(self.dots[0], ink.chalk), until="other")
            beat.over(*(words.light(dot, ink.chalk) for dot in self.dots[1:]))
        update = words.headline("update step", size=BIG).move_to(line.at(5.5, 1.3))
        mean = maths("(1 + 4 + 9 + 11) / 4 = 6.25", BIG).move_to(line.at(6.0, 1.45))
        with self.beat("Update step: each centroid moves to the mean of its points.") as beat:
            row = VGroup(self.dots, self.marks, spun)
            beat.over(FadeIn(update), FadeOut(assign), row.animate.shift(-self.down), until="mean")
            self.play(FadeOut(update), run_time=pace.QUICK)
            beat.over(FadeIn(mean))
        with self.beat("One, four, nine and eleven have the mean 6.25.") as beat:
            beat.over(words.light(mean), until="mean")
            beat.over(self.updating(0), FadeOut(mean), least=pace.SLOW)
            self.step_back()

    def step_back(self) -> None:
        """The row that was left stands back; the new one has the light, and its numbers come."""
        self.play(self.spotlight(self.line, self.dots, self.marks), FadeIn(self.values), run_time=pace.QUICK)

    def joining(self, number: int) -> LaggedStart:
        """The dots of the row take the colours of their clusters, one after the other."""
        labels = kmeans.by_hand()[number].labels
        return LaggedStart(
            *(words.tint(dot, CLUSTERS[label]) for dot, label in zip(self.dots, labels, strict=True)),
            lag_ratio=pace.LAG,
        )

    def updating(self, number: int) -> Drive:
        """Centroids go to their means in the next row, and a copy of the dots comes along."""
        line, now = self.line, kmeans.by_hand()
        start = in_row(now[number].centroids, LEVELS[number] + LIFT)
        end = in_row(now[number + 1].centroids, LEVELS[number + 1] + LIFT)
        trail = line.segment(start, start, CENTROID, THIN, dashed=False)
        marks = marks_at(line, number + 1).redraw(start)
        dots = dye(line.dots(in_row(self.five, LEVELS[number]), radius=BALL), now[number].labels)
        self.dots, self.marks = dots, marks

        def go(here: Floats, level: float) -> list[Mobject]:
            trail.redraw(start, here)
            marks.redraw(here)
            dots.redraw(in_row(self.five, level))
            return [trail, marks, dots]

        self.values = values_at(line, number + 1)
        return glide(go, (start, LEVELS[number]), (end, LEVELS[number + 1]), trail, marks, dots)

    def go_on(self) -> None:
        """Two more rounds, and one in which nothing changes."""
        line = self.line
        spun = [threads(line, number) for number in range(ROWS)]
        with self.beat("Assign again: the point one is nearer to zero now.") as beat:
            beat.over(self.joining(1), *(Create(each) for each in spun[1]), until="nearer")
            beat.over(words.light(self.dots[1], ink.chalk))
        with self.beat("Update: the means are one half and eight.") as beat:
            beat.over(self.updating(1), least=pace.SLOW)
            self.step_back()
        ends = kmeans.by_hand()[2].centroids[:, 0]
        level = LEVELS[2] + LIFT
        near, far = (abs(end - self.five[THIRD]) for end in ends)
        gaps = maths(f"{{{{ 4 - 0.5 = {near:g} : near }}}} quad < quad {{{{ 8 - 4 = {far:g} : far }}}}", BIG)
        gaps.move_to(line.at(self.five[THIRD], LEVELS[3] + 0.1))
        reach = line.segment(
            in_row([self.five[THIRD]] * 2, LEVELS[2]), in_row(ends, level), ink.chalk, LINE, dashed=True
        )
        with self.beat("Assign again. Which point changes sides this time?") as beat:
            beat.over(*(words.light(dot, ink.chalk) for dot in self.dots))
        self.think()
        with self.beat("Four: it is nearer to one half than to eight, so it joins the blue ones.") as beat:
            self.add(self.dots, self.marks)
            beat.over(Create(reach), until="half")
            beat.over(FadeIn(gaps), until="joins")
            beat.over(self.joining(2), *(Create(each) for each in spun[2]))
        with self.beat("Update: the centroids move once more.") as beat:
            beat.over(FadeOut(reach, gaps), until="move")
            beat.over(self.updating(2), least=pace.SLOW)
            self.step_back()
        with self.beat("Assign again: the groups stay as they are. So it stops.") as beat:
            beat.over(self.joining(3), *(Create(each) for each in spun[3]), until="stops")
            beat.over(*(words.light(dot, ink.chalk) for dot in self.dots))
        self.last = VGroup(spun[3], self.dots, self.marks, self.values)

    def write_the_rule(self) -> None:
        """Lloyd's algorithm by name, then both steps in letters."""
        line = self.line
        name = words.headline("Lloyd's algorithm: K-means", size=BIG).move_to(line.at(5.5, 3.4))
        (both,) = rule(line)
        with self.beat(
            "Assign, update, repeat until the groups stay the same: Lloyd's algorithm. Most people say K-means."
        ) as beat:
            beat.over(
                self.lights_on(), *(words.light(mark, ink.chalk) for mark in self.marks), until="Lloyd's"
            )
            self.clear_stage(line, *self.last)
            beat.over(FadeIn(name))
        mean = both.part("mean")
        first = [glyph for glyph in both if glyph not in mean.get_family()]
        dots, marks = self.dots, self.marks
        here, ends = self.five[THIRD], kmeans.by_hand()[-1].centroids[:, 0]
        point = maths("x_3 = 4", BIG).move_to(line.at(here + 1.35, LEVELS[3] + 0.25))
        squares = [
            maths(
                f"(4 - {f'{end:.2f}'.rstrip('0').rstrip('.')})^2 = {(here - end) ** 2:.2g}", BIG, color=color
            ).move_to(line.at(x, LEVELS[3] + 1.1))
            for end, color, x in zip(ends, CLUSTERS, WRITTEN, strict=False)
        ]
        with self.beat("Now in letters. Take the third point, x three, and square its distances.") as beat:
            beat.over(FadeOut(name), self.frame.to(dots, marks, *squares, share=0.88), until="third")
            beat.over(FadeIn(point), words.light(dots[THIRD], ink.chalk), until="square")
            beat.over(FadeIn(squares[0]), least=pace.BRISK)
            beat.over(FadeIn(squares[1]), least=pace.BRISK)
        with self.beat(
            "Argmin asks: for which k is this least? For the blue centroid. So c three is blue."
        ) as beat:
            beat.over(self.frame.back(), FadeIn(VGroup(*first)), until="least")
            beat.over(words.light(squares[0]), until="So")
            beat.over(words.light(dots[THIRD], ink.chalk), words.light(marks[0], ink.chalk))
        with self.beat(
            "And mu k, a centroid, is the mean of the points with c equal to k.", pause=pace.QUICK
        ) as beat:
            beat.over(FadeOut(point, *squares), until="mean")
            beat.over(FadeIn(mean), *(words.light(mark, ink.chalk) for mark in marks))
        with self.beat(
            "K is yours to choose. The rest follows from where the centroids start.", pause=pace.CALM
        ) as beat:
            beat.over(*(words.light(dot, ink.chalk) for dot in dots), until="start")
            beat.over(*(words.light(mark, ink.chalk) for mark in marks))

    # --- in the plane

    @chapter("The same two steps in the plane", goes_on=True)
    def two_steps_in_the_plane(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        line, row, formulas = hand_end()
        self.add(line, row, *formulas)
        self.come_back(line, row, formulas)
        self.march()
        self.stay_inside()

    def come_back(self, line: Plane, row: VGroup, formulas: VGroup) -> None:
        """The line gains a second axis, and the irises come back."""
        plane = petal_plane()
        walk = kmeans.long_walk()
        self.run = run = Run(plane, self.petals, walk[0].centroids, shown=self.places)
        dye(run.dots, np.full(len(self.petals), -2))
        five = row[1]
        with self.beat("Do the same two steps work with two measures? Back to the irises.") as beat:
            beat.over(FadeOut(formulas, row[0], row[2], row[3]), until="Back")
            home = plane.at(self.places[list(TAKEN)])
            away = five.centres
            beat.over(
                FadeOut(line),
                FadeIn(plane),
                glide(five.put, (away, BALL), (home, DOT)),
                FadeIn(run.dots),
            )
        self.remove(five)
        with self.beat("Three centroids start on three of the flowers.") as beat:
            beat.over(
                LaggedStart(*(FadeIn(mark, shift=-UP) for mark in run.marks), lag_ratio=pace.LAG),
                until="flowers",
            )
            self.add(run.marks)
        name = Tag(words.headline("Voronoi cells", size=ink.HEADLINE).move_to(plane.at(*ASKED)))
        with self.beat("Where a centroid is the nearest, that is its Voronoi cell.") as beat:
            self.remove(run.dots, run.marks)
            self.add(run.cells, run.dots, run.marks)
            dye(run.dots, run.labels)
            beat.over(FadeIn(run.cells), until="Voronoi")
            beat.over(FadeIn(name))
        with self.beat(
            "On a wall, two centroids are equally far away. So each wall is a straight line."
        ) as beat:
            wall = self.on_the_wall(run)
            self.play(FadeOut(name), self.frame.to(wall, share=0.85), run_time=pace.CALM)
            beat.over(Create(wall), until="So")
            beat.over(FadeOut(wall), glow(*run.cells))

    def on_the_wall(self, run: Run) -> Segments:
        """From a place on the wall between two centroids a line to each of them."""
        one, other = run.centroids[1], run.centroids[2]
        along = np.array([[0.0, -1.0], [1.0, 0.0]]) @ (other - one)
        spot = (one + other) / 2 + 0.15 * along
        return run.plane.segment([spot, spot], [one, other], ink.focus, 1.5 * LINE, dashed=True)

    def march(self) -> None:
        """The long walk, round by round."""
        run, walk = self.run, kmeans.long_walk()
        plane = run.plane
        rounds = ParameterSweep(np.arange(1, len(walk) + 1))
        way = rounds.mixed(np.array([each.centroids for each in walk]))
        way.draws(run.move, run.cells, run.dots, run.marks)
        shown = Readout(
            rounds.score(np.arange(1, len(walk) + 1)), 0, label="assignment", size=ink.HEADLINE, digits=2
        )
        shown.move_to(plane.at(*ASKED))
        number = Tag(shown)
        with self.beat(
            "Each update moves the centroids, the walls swing along, and flowers change sides."
        ) as beat:
            beat.over(self.frame.back(), FadeIn(number), until="walls")
            beat.over(rounds.to(5, rate_func=linear), least=pace.SLOW)
        with self.beat(
            "This start was picked for its long walk, eleven assignments. Over a thousand random starts, the median"
            " is eight."
        ) as beat:
            beat.over(rounds.to(len(walk), rate_func=linear), until="Over", least=pace.LONG)
            beat.over(*(words.light(mark, ink.chalk) for mark in run.marks))
        self.number = number

    def stay_inside(self) -> None:
        """A bar between two points of a cell never leaves it."""
        run, plane = self.run, self.run.plane
        left, middle, right = run.centroids[np.argsort(run.centroids[:, 0])]
        away = np.array([BEYOND, 0.0])
        piece = plane.polygon(kmeans.cell([middle], 0, *plane.limits), CLUSTERS[1], LINE, 0.2)

        def cut(one: Floats, other: Floats) -> Polygon:
            return piece.redraw(kmeans.cell([middle, one, other], 0, *plane.limits))

        bars = [(self.on_side(low, middle, left), self.on_side(high, middle, right)) for low, high in INSIDE]
        bar = plane.segment(*bars[0], ink.chalk, 1.5 * LINE)
        name = Tag(words.headline("convex", size=ink.HEADLINE).move_to(plane.at(6.5, 0.45)))
        with self.beat("Each rival cuts its side off, with one straight wall.") as beat:
            beat.over(FadeOut(self.number), FadeIn(piece), until="cuts")
            beat.over(glide(cut, (left - away, right + away), (left, right + away), piece), until="one")
            beat.over(glide(cut, (left, right + away), (left, right), piece))
        with self.beat("What is left is convex: a line between two points of it stays inside.") as beat:
            beat.over(FadeIn(name), until="line")
            beat.over(Create(bar), until="stays")
            beat.over(glide(bar.redraw, bars[0], bars[1]))
        with self.beat("So K-means cannot draw rings, or moons, or snakes.", pause=pace.SLOW) as beat:
            beat.over(FadeOut(bar, piece), until="rings")
            beat.over(glow(*run.cells))
        self.leave(name, run_time=pace.QUICK)

    def on_side(self, height: float, middle: Floats, rival: Floats) -> Floats:
        """The place at this height on the wall between two centroids."""
        normal, mean = rival - middle, (rival + middle) / 2
        return np.array([mean[0] - normal[1] * (height - mean[1]) / normal[0], height])
