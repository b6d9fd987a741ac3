"""The opposite creed: nearest neighbours, and why many dimensions take them away."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, VGroup, linear, there_and_back

from scenes.kit import ink, place, words
from scenes.kit.dot import Dots
from scenes.kit.drive import appear, drive
from scenes.kit.gauge import Gauge
from scenes.kit.growing_curve import GrowingCurve
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.space import Space
from scenes.maths.shared import wine
from scenes.maths.shared.flower import Measure, irises
from scenes.maths.svm import kernel, neighbour
from scenes.svm.stage import SvmStage, garden


class Neighbours(SvmStage):
    """The opposite creed: nearest neighbours, and why many dimensions take them away."""

    # --- the opposite creed

    @chapter("Or let everyone vote", "choice of k, from jagged to smooth", "distance metrics in KNN")
    def or_let_everyone_vote(self) -> None:
        iris = irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))
        plane = garden((4.1, 8.1), (1.9, 4.55), "sepal length (cm)")
        flowers = plane.classes(iris.points, iris.species, radius=0.065)
        self.add(plane, flowers)
        with self.beat(
            "K nearest neighbours has the opposite creed. The street was held by three flowers; "
            "here everybody has a vote."
        ) as beat:
            flowers.mute()
            self.play(flowers.animate.light(), run_time=beat.fill("everybody"))
            self.play(flowers.animate.scale(1.04), rate_func=there_and_back, run_time=0.8)

        self.change_the_ruler(plane, flowers, iris.species)
        self.level_the_wines()
        self.turn_k(plane, iris.points, iris.species)

    def change_the_ruler(self, plane: Plane, flowers: Dots, kinds: np.ndarray) -> None:
        """Three neighbours of a new flower, seen from near, by three rulers."""
        points = flowers.values
        lens = garden((6.02, 7.2), (2.28, 3.05), "sepal length (cm)")
        near, far = lens.at(points), flowers.centres
        seen = ((points > lens.limits[0]) & (points < lens.limits[1])).all(axis=1)

        def zoom(share: float) -> Changed:
            flowers.put((1 - share) * far + share * near, 0.065 + 0.055 * share)
            return (flowers.shade(np.where(seen, 1.0, np.clip(1 - 2 * share, 0, 1))),)

        asked = neighbour.find_quarrel(
            points, kinds, 3, np.arange(6.55, 6.65, 0.005), np.arange(2.6, 2.72, 0.005)
        ).query
        reach = neighbour.neighbours(asked, points, kinds, 3).reach
        query = lens.dots([asked], ink.chalk, radius=0.16)
        ball = lens.ball(asked, 1e-3, 2.0, ink.chalk, width=4, fill=0.08)
        rings = flowers.ring([])
        self.allow(rings, "pop", "a ring snaps on when the circle reaches its flower")
        self.share = np.zeros(3)

        def vote(kind: int) -> float:
            return 3 * float(self.share[kind])

        votes = [
            Gauge(name, partial(vote, kind), 0, color=ink.CLASSES[kind])
            for kind, name in ((1, "versicolor"), (2, "virginica"))
        ]
        heading = words.label("votes", ink.quiet)
        place.aside(heading, *votes)

        def grow(share: float) -> Changed:
            inside = neighbour.measure(asked[None], points)[0] <= share * reach + 1e-9
            return (ball.redraw(asked, max(share * reach, 1e-3)), rings.follow(flowers, inside))

        def ask(ruler: float) -> Changed:
            found = neighbour.neighbours(asked, points, kinds, 3, ruler)
            self.share = found.share
            query.set_fill(ink.CLASSES[found.verdict])
            return (ball.redraw(asked, found.reach, ruler), rings.follow(flowers, found.rows), query)

        with self.beat(
            "A new flower asks: a circle grows until it holds three neighbours, and they vote."
        ) as beat:
            self.play(FadeOut(plane), drive(zoom), run_time=1.2)
            self.play(FadeIn(lens), FadeIn(query, scale=2), run_time=0.5)
            beat.until("circle")
            self.add(ball, rings, query)
            self.play(drive(grow), appear(ball, rings), run_time=beat.fill("vote"))
            ask(2.0)
            self.play(FadeIn(heading, *votes), run_time=0.5)

        with self.beat(
            "Change the ruler, and you change the neighbours. Count steps along the axes: "
            "the circle is a diamond, and the vote turns."
        ) as beat:
            beat.until("steps")
            self.play(drive(lambda t: ask(2 - t)), run_time=beat.fill("vote"))
            self.play(votes[0].light())

        with self.beat("Count the longest step alone, and it is a square.") as beat:
            beat.at("longest", drive(lambda t: ask(1 / (1 - 0.98 * t))), run_time=1.8)
        self.leave(lens, flowers, query, ball, rings, heading, *votes)

    def level_the_wines(self) -> None:
        """One column of a table decides who is near, until all have the same spread."""
        wines = wine.wines()
        spread = np.sort(wines.spread**2)[::-1]
        shares = 100 * spread / spread.sum(), np.full(len(spread), 100 / len(spread))
        scores = [
            100 * neighbour.fold_accuracy(wines.measures, wines.cultivar, scaled=scaled)
            for scaled in (False, True)
        ]
        plane = place.picture(
            Plane(
                (0.3, 13.7),
                (0, 100),
                x_label="13 columns of the wine table",
                y_label="share of squared distance (%)",
                x_ticks=[],
            )
        )
        bars = plane.bars(np.arange(1.0, 14.0), 0.0)
        proline = words.label("proline").next_to(plane.at(1.4, 92), RIGHT, buff=0.25)
        self.right = scores[0]
        right = Gauge("judged right", lambda: self.right, 0, "%", ink.focus)
        place.aside(right)

        def level(share: float) -> Changed:
            self.right = (1 - share) * scores[0] + share * scores[1]
            return (bars.redraw((1 - share) * shares[0] + share * shares[1]),)

        with self.beat(
            "And mind the units. In this table of wines one column, proline, makes nearly all of the distance: "
            "66 percent right."
        ) as beat:
            self.play(FadeIn(plane), run_time=0.6)
            beat.until("one")
            self.add(bars)
            self.play(drive(lambda t: bars.redraw(t * shares[0])), run_time=1.2)
            self.play(FadeIn(proline), run_time=0.4)
            beat.at("66", FadeIn(right))

        with self.beat("Give every column the same spread, and 96 percent are right.") as beat:
            self.play(FadeOut(proline), drive(level), run_time=beat.fill("96"))
            self.play(right.light())
        self.leave(plane, bars, right)

    def turn_k(self, plane: Plane, points: Floats, kinds: np.ndarray) -> None:
        """Borders and score as k climbs from 1 to 99."""
        flowers = plane.classes(points, kinds, radius=0.065)
        reel = ParameterSweep(np.arange(1, 100, 2))
        ks = reel.stops.astype(np.intp)
        mesh = plane.mesh(110, 73)
        verdict = neighbour.map_votes(points, kinds, ks, mesh[0, :, 0], mesh[:, 0, 1]).verdict
        score = 100 * neighbour.leave_one_out(points, kinds, ks).score
        field = plane.field(verdict[0], opacity=0.34)
        trail = GrowingCurve(
            ks, score, (0, 100), (60, 90), x_label="neighbours $k$", y_label="right (%)", x_ticks=(1, 47, 99)
        )
        gauges = [
            Gauge("$k$", lambda: ks[reel.row], 0, digits=2),
            Gauge("right, one left out", lambda: score[reel.row], 1, "%"),
        ]
        place.aside(*gauges, trail)

        def show() -> Changed:
            return (field.redraw(verdict[reel.row]), trail.reach(reel.value))

        with self.beat(
            "And how many should you ask? With one neighbour, every iris owns an island, and 69.3 percent are right."
        ) as beat:
            self.play(FadeIn(plane, flowers), run_time=0.6)
            beat.until("one")
            self.add(field, flowers)
            self.play(FadeIn(field), run_time=0.9)
            beat.at("69.3", FadeIn(*gauges, trail))

        with self.beat("With forty-seven the borders are smooth, and 82.7 percent are right.") as beat:
            self.play(reel.run(47, show, rate_func=linear), run_time=beat.fill() + 1.0)

        with self.beat(
            "With ninety-nine, most voices must come from other species, and it falls to 70.7."
        ) as beat:
            self.play(reel.run(99, show, rate_func=linear), run_time=beat.fill())

    # --- the curse

    @chapter("Far away, all are equal", "curse of dimensionality")
    def far_away_all_are_equal(self) -> None:
        reel = ParameterSweep(np.unique(np.geomspace(2, 1000, 60).astype(int)), log=True)
        dimensions = Gauge("dimensions", lambda: reel.stops[reel.row], 0, digits=4)
        self.spread_out(reel, dimensions)
        self.fill_a_cube(reel, dimensions)
        self.drown_in_noise()
        self.remember()

    def spread_out(self, reel: ParameterSweep, dimensions: Gauge) -> None:
        """Five hundred points at their true distances, while dimensions are added."""
        crowd = neighbour.crowd(reel.stops.astype(np.intp))
        distance = crowd.distance / crowd.distance.max(axis=1, keepdims=True)
        angles = self.rng.uniform(0, 2 * np.pi, distance.shape[1])
        around = np.column_stack([np.cos(angles), np.sin(angles)])
        disc = place.picture(Plane((-1.05, 1.05), (-1.05, 1.05), 5.6, 5.6, x_ticks=[], y_ticks=[]))
        you = disc.dots([(0, 0)], ink.focus, radius=0.1)
        others = disc.cloud(around, ink.chalk, radius=0.035)
        nearest, farthest = disc.circle((0, 0), 0.1, ink.focus, width=4), disc.circle((0, 0), 1.0, ink.quiet)
        ratio = Gauge("nearest ÷ farthest", lambda: crowd.ratio[reel.row], 2)
        place.aside(dimensions, ratio)

        def show() -> Changed:
            radii = reel.mix(distance)
            return (others.redraw(radii[:, None] * around), nearest.redraw((0, 0), float(radii.min())))

        show()
        self.add(farthest, you)
        with self.beat(
            "What does near mean? Here are five hundred random points around you, in two dimensions, "
            "each at its true distance."
        ) as beat:
            beat.at("five hundred", FadeIn(others), run_time=0.8)
            beat.at("two", FadeIn(dimensions))
            beat.at("true", FadeIn(nearest, ratio), run_time=0.8)

        with self.beat("Add dimensions, and watch the nearest walk out towards the farthest.") as beat:
            self.play(reel.run(200, show, rate_func=linear), run_time=beat.fill() + 1.6)

        with self.beat(
            "In a thousand dimensions the nearest is almost as far as the farthest: ninety percent of the way."
        ) as beat:
            self.play(reel.run(1000, show, rate_func=linear), run_time=beat.fill("ninety"))
            self.play(ratio.light())
        self.leave(others, nearest, farthest, you, ratio)

    def fill_a_cube(self, reel: ParameterSweep, dimensions: Gauge) -> None:
        """How wide a box must be that holds one percent of the room."""
        cube = place.picture(Plane(x=(0, 1), y=(0, 1), width=5, height=5, x_ticks=[], y_ticks=[]))
        frame = cube.polygon(cube.corners, ink.quiet)
        box = cube.polygon(cube.corners, ink.focus, width=4, fill=0.25)
        edges = neighbour.edge_holding(0.01, reel.stops.astype(np.intp))
        edge = Gauge("edge for 1 %", lambda: 100 * edges[reel.row], 1, "%", ink.focus, digits=2)
        place.under(edge, dimensions, gap=0.45)

        def show() -> Changed:
            return (box.redraw(cube.corners * float(reel.mix(edges))),)

        reel.turn(2)
        show()
        with self.beat("One percent of a square takes a tenth of its edge.") as beat:
            self.play(FadeIn(frame), run_time=0.5)
            beat.at("One percent", FadeIn(box))
            beat.at("tenth", FadeIn(edge))

        with self.beat(
            "One percent of a cube with a thousand dimensions takes 99.5 percent of every edge."
        ) as beat:
            self.play(reel.run(1000, show, rate_func=linear), run_time=beat.fill("99.5"))
            self.play(edge.light())
        self.leave(frame, box, edge, dimensions)

    def drown_in_noise(self) -> None:
        """Columns of pure noise on real flowers, and why real data are not all lost."""
        columns = (0, 4, 16, 64, 256, 1024)
        drowned = neighbour.drown(columns)
        at = np.arange(len(columns), dtype=float)
        chart = place.picture(
            Plane(
                x=(-0.3, 5.5),
                y=(20, 100),
                x_label="columns of pure noise added to the irises",
                y_label="judged right (%), with the range of five noises",
                x_names={spot: str(count) for spot, count in zip(at, columns, strict=True)},
            )
        )
        fall = chart.curve(at, 100 * drowned.score, ink.focus, share=0.0)
        ranges = chart.stems(at[:0], 0, 0, ink.focus)
        with self.beat(
            "Now add columns of pure noise to the irises, and the five nearest become arbitrary: "
            "96 percent, then 79, then 66, then 40."
        ) as beat:
            self.play(FadeIn(chart), run_time=0.6)
            self.add(fall, ranges)
            begin = 0
            for word, row in (("96", 0), ("79", 2), ("66", 3), ("40", 5)):
                beat.until(word)
                self.play(self.reveal(fall, begin / 5, row / 5), run_time=0.5)
                ranges.redraw(
                    at[: row + 1], 100 * drowned.lowest[: row + 1], 100 * drowned.highest[: row + 1]
                )
                dot = chart.dots([(row, 100 * drowned.score[row])], ink.focus, radius=0.1)
                value = words.label(f"{100 * drowned.score[row]:.0f} %", ink.focus).next_to(
                    dot, UP + RIGHT, buff=0.12
                )
                self.play(FadeIn(dot, value, scale=1.4), run_time=0.4)
                begin = row

        with self.beat(
            "Real data often lie on a thin sheet in all that room. So neighbours still work on pictures."
        ):
            self.play(FadeOut(*self.mobjects[1:]), run_time=0.5)
            space = Space(
                place.picture(Plane((-2, 2), (-2, 2), 6, 5, x_ticks=[], y_ticks=[])),
                z=(-1, 1),
                height=2.6,
            )
            spots = self.rng.uniform(-1.9, 1.9, (160, 2))
            sheet = space.surface(lambda x, y: 0.8 * np.sin(1.6 * x) * np.cos(0.8 * y))
            dots = space.dots(
                np.column_stack([spots, 0.8 * np.sin(1.6 * spots[:, 0]) * np.cos(0.8 * spots[:, 1])]),
                ink.first,
            )
            space.look(tilt=68 * DEGREES, turn=-30 * DEGREES, lift=1.0)
            self.play(FadeIn(sheet, dots), run_time=0.8)
            self.play(space.turning(turn=15 * DEGREES), run_time=4.5)
        self.leave(sheet, dots)

    def reveal(self, curve: Curve, begin: float, end: float) -> Animation:
        """The curve grows from the share ``begin`` to ``end``."""
        return drive(lambda t: curve.reveal(begin + (end - begin) * t), curve)

    def remember(self) -> None:
        """The picture to keep: the street on three flowers, and the same cut in the lifted bowl."""
        held = self.fit.support_vectors
        VGroup(self.plane, self.flowers, self.street).scale(0.72).move_to(3.5 * LEFT + 0.1 * DOWN)
        self.flowers.only(held, 0.3)
        with self.beat("The widest street wins."):
            self.play(FadeIn(self.plane.frame, self.street, self.flowers), run_time=0.8)
        with self.beat("Only the few points on its kerb hold it."):
            self.play(FadeIn(self.flowers.ring(held), scale=1.6), run_time=0.8)

        data = kernel.core_and_ring()
        plane = Plane((-1.35, 1.35), (-1.35, 1.35), 5, 4.6, equal=True, x_ticks=[], y_ticks=[])
        plane.move_to(3.7 * RIGHT + 0.1 * DOWN)
        space = Space(plane, z=(0, 1.9), height=3.2)
        lifted = kernel.raise_bowl(data.points)
        top, slope = kernel.cut_flat(data.points, data.sides).plane()
        dots = [
            space.dots(lifted[data.sides < 0], ink.first),
            space.dots(lifted[data.sides > 0], ink.second, "square"),
        ]
        solid = [space.floor(), space.surface(lambda x, y: x**2 + y**2), space.sheet(top, *slope)]
        space.look()
        with self.beat("And when it will not lie flat, lift the points, and cut there.") as beat:
            self.play(FadeIn(*dots), run_time=0.6)
            beat.at("lift", appear(*solid))
            self.play(space.turning(tilt=74 * DEGREES, turn=-25 * DEGREES, lift=1.0), run_time=2.4)
        with self.beat(
            "Next comes a model that does not measure at all. It asks questions: the decision tree."
        ):
            self.play(space.turning(turn=20 * DEGREES), run_time=4.0)
