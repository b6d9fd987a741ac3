"""Why many dimensions take the neighbours away, and the picture to keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    ManimColor,
    Mobject,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.tag import Tag
from scenes.maths.svm import duel, kernel, neighbour, search, svm
from scenes.svm.margin import LARGE
from scenes.svm.meadow import NEW_FLOWER
from scenes.svm.neighbours import Ballot
from scenes.svm.stage import BOUNDARY, HELD, SvmStage

DIMENSIONS = (2, 10, 1000)
"""The boxes that are shown side by side."""
SHARE = 0.01
"""Of the volume, that each of them holds."""
SIDE = 10
"""Points along each edge of a room that is filled evenly."""
LINES: Final[dict[str, tuple[ManimColor, bool]]] = {
    "linear SVM": (BOUNDARY, True),
    "RBF SVM": (BOUNDARY, False),
    "k-NN": (ink.chalk, False),
    "logistic regression": (ink.quiet, True),
}
"""The methods of the duel: the colour of each, and whether its curve is dashed."""
TILE = (-1.4, 2.45), (-1.6, 2.0)
NEAR = (-0.2, 1.1), (-0.52, 0.93)
"""Limits of the cards with moons: all of them, and those around the point that asks."""
STRAIGHT = (0.7, 5.5), (1.1, 5.1)
"""Limits of the card with irises, in cm."""
UNSURE = np.array([0.45, 0.2])
"""A point between the moons that asks its neighbours."""
VOTERS = 5
"""So many are asked."""
NARROW = 38.0
"""Capitals of what stands within half of the margin, in pixels."""
BESIDE = np.array([0.385, 0.25])
"""How far right of and above the last flower its score stands, in cm: between the street's middle and its edge."""
LAST = (0.6, 6.29), (1.45, 4.65)
"""What the last picture shows of the irises, in cm."""


@dataclass(frozen=True, slots=True)
class Card:
    """A picture across a third of the frame: its ``ground``, and the ``border`` that is drawn when it is spoken of."""

    ground: Group
    border: VGroup


def axes_of(limits: tuple[tuple[float, float], tuple[float, float]]) -> tuple[Floats, Floats]:
    """Where a function is sampled on a small picture with these limits: columns (160,) and rows (100,)."""
    return np.linspace(*limits[0], 160), np.linspace(*limits[1], 100)


class Far(SvmStage):
    """The curse of dimensionality, and the end."""

    @chapter("Far away, all are equally far", "curse of dimensionality", goes_on=True)
    def all_are_equally_far(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.spread_out()
        self.fill_a_box()
        self.meet_in_noise()
        self.choose()
        self.remember()

    def spread_out(self) -> None:
        """Five hundred points at their true distances, while dimensions are added."""
        reel = ParameterSweep(np.unique(np.geomspace(2, 1000, 60).astype(int)), log=True)
        crowd = neighbour.crowd(reel.stops.astype(np.intp))
        distance = crowd.distance / crowd.distance.max(axis=1, keepdims=True)
        angles = self.rng.uniform(0, 2 * np.pi, distance.shape[1])
        around = np.column_stack([np.cos(angles), np.sin(angles)])
        room = shot.safe(titled=False)
        disc = Plane((-1.05, 1.05), (-1.05, 1.05), room.height, room.height, x_ticks=[], y_ticks=[])
        room.put(disc)
        you = disc.dots([(0, 0)], ink.chalk, "diamond", radius=0.13)
        others = disc.cloud(0 * around, ink.quiet, radius=0.05)
        nearest = disc.circle((0, 0), 1e-3, ink.chalk, width=6.0)
        farthest = disc.circle((0, 0), 1.0, ink.quiet, width=3.0)
        dimensions = words.Readout(reel.score(reel.stops), 0, label="dimensions", digits=4, size=LARGE)
        ratio = words.Readout(reel.score(crowd.ratio), 2, label="nearest ÷ farthest", size=LARGE)
        ratio.move_to((room.right, room.top, 0.0), aligned_edge=RIGHT + UP)
        dimensions.move_to((room.left, room.top, 0.0), aligned_edge=LEFT + UP)

        legend = words.note(f"{distance.shape[1]} random\npoints", size=LARGE).next_to(
            dimensions, DOWN, buff=0.35, aligned_edge=LEFT
        )
        median = words.note("median", size=LARGE)
        median.next_to(ratio, DOWN, buff=0.35, aligned_edge=RIGHT)
        before = Ballot(room, self.rng)
        left_over = before.finish()
        self.add(*left_over)

        def show(share: float) -> tuple[Mobject, ...]:
            radii = share * reel.mix(distance)
            return others.redraw(radii[:, None] * around), nearest.redraw(
                (0, 0), max(float(radii.min()), 1e-3)
            )

        with self.beat(
            "k-NN needs neighbours that are near. Here are random points around you, at true distances."
        ) as beat:
            self.play(FadeOut(*left_over), FadeIn(you, farthest), run_time=beat.fill("Here"))
            beat.over(drive(show), until="true", least=pace.SLOW)
            beat.over(FadeIn(dimensions, ratio, legend, median))
        reel.draws(lambda _: show(1.0), others, nearest)
        with self.beat(
            "Add dimensions, features of pure chance: each distance sums over more of them, so they come out alike."
        ) as beat:
            beat.over(reel.to(200, rate_func=linear), least=pace.LONG)
        with self.beat("In a thousand, the nearest is nearly as far as the farthest.") as beat:
            beat.over(reel.to(1000, rate_func=linear), until="nearly")
            self.play(words.light(ratio), run_time=pace.BRISK)
            gap = disc.segment((-1.0, 0.0), (-float(crowd.ratio[-1]), 0.0), ink.error, width=6.0)
            low, high = float(disc.at(-1.12, 0.0)[0]), float(disc.at(0.12, 0.0)[0])
            tall = (high - low) * ink.FRAME_HEIGHT / ink.FRAME_WIDTH / 2
            far = Tag(words.label(f"nearest ÷ farthest {crowd.ratio[-1]:.2f}", size=LARGE), opacity=1.0)
            shot.safe(titled=False).put(far, RIGHT + UP)
            self.pin(far)
            beat.over(
                self.frame.to_region((low, high), (-tall, tall)),
                FadeOut(dimensions, ratio, legend, median),
                Create(gap),
                least=pace.SLOW,
            )
            self.play(FadeIn(far), run_time=pace.QUICK)
        self.ring = VGroup(you, others, nearest, farthest, gap, far)

    def fill_a_box(self) -> None:
        """How wide a box must be that holds one percent of the volume."""
        room = shot.safe(titled=False)
        edges = neighbour.edge_holding(SHARE, DIMENSIONS)
        lower = shot.Region(room.left, room.bottom, room.right, room.top - 1.0)
        rooms, rulers, names, grids, counts = [], [], [], [], []
        for cell, edge, count in zip(lower.rows(1, 1, 1, gap=0.2), edges, DIMENSIONS, strict=True):
            rail = Plane((0, 1), (0, 1), cell.width - 0.3, cell.height / 2, x_ticks=[], y_ticks=[])
            cell.put(rail, DOWN)
            rooms.append(rail.segment((0, 0.5), (1, 0.5), ink.quiet).set_stroke(width=8))
            rulers.append(rail.segment((0, 0.5), (edge, 0.5), ink.focus).set_stroke(width=22))
            spots = np.column_stack([np.arange(0.05, 1.0, 0.1), np.full(SIDE, 0.5)])
            grids.append(rail.dots(spots, ink.chalk, radius=0.1))
            told = f"{count:,} dimensions: edge {edge:.3f}".replace("0.100", "0.1").replace("0.631", "0.63")
            names.append(
                words.note(told, size=LARGE).next_to(rail.at(0, 0.75), UP, buff=0.1, aligned_edge=LEFT)
            )
            ten = words.note(f"${SIDE}^({count})$ points", ink.focus, size=LARGE)
            counts.append(ten.next_to(rail.at(1, 0.75), UP, buff=0.1, aligned_edge=RIGHT))
        title = words.note(
            f"The [edge:focus] of a box that holds {100 * SHARE:.0f} % of the room, whose edge is 1:",
            size=LARGE,
        )
        title.move_to((room.left, room.top, 0.0), aligned_edge=LEFT + UP)
        growth = words.note(
            f"{SIDE} points along each edge: exponential growth, ${SIDE}^d$",
            colors={"d": ink.chalk},
            size=LARGE,
        )
        growth.move_to(title, aligned_edge=LEFT)
        curse = words.headline("the curse of dimensionality", ink.focus)
        curse.move_to(title, aligned_edge=LEFT + UP)
        with self.beat(
            "And the room is empty: to hold the same small share of it, a box needs nearly the whole edge."
        ) as beat:
            self.play(
                self.frame.back(), FadeOut(self.ring), FadeIn(*rooms, *names, title), run_time=pace.CALM
            )
            for at, ruler in enumerate(rulers):
                self.play(Create(ruler), run_time=beat.fill() / (len(rulers) - at) if at else pace.CALM)
        with self.beat(
            "To fill it, points must grow exponentially: data are sparse. That is the curse of dimensionality."
        ) as beat:
            self.play(
                *(ruler.animate.set_stroke(opacity=0.5) for ruler in rulers),
                FadeOut(title),
                FadeIn(growth),
                LaggedStart(*(FadeIn(grid) for grid in grids), lag_ratio=pace.LAG),
                run_time=pace.CALM,
            )
            beat.over(LaggedStart(*(FadeIn(each) for each in counts), lag_ratio=pace.LAG), until="sparse")
            beat.over(*(words.light(each) for each in counts), until="That")
            self.play(FadeOut(growth), run_time=pace.QUICK)
            beat.over(FadeIn(curse, shift=place.NUDGE * RIGHT))
        self.boxes = VGroup(*rooms, *rulers, *names, *grids, *counts, curse)

    def meet_in_noise(self) -> None:
        """Four methods on the same moons, with the same columns of pure noise; folds of the seen part tune each."""
        self.shot(shot.wide())
        told = duel.duel()
        at = np.arange(len(told.noise), dtype=float)
        mean, spread = 100 * told.score.mean(axis=2), 100 * told.score.std(axis=2)
        chart = (
            shot.safe(titled=False)
            .inset(0.1)
            .plane(
                (-0.3, 3.75),
                (73, 96),
                x_label="columns of pure noise beside the two coordinates",
                y_label=f"unseen moons right (%), mean ± sd of {told.score.shape[2]} draws, guessing 50",
                x_names={spot: str(count) for spot, count in zip(at, told.noise, strict=True)},
                y_ticks=(75, 80, 85, 90, 95),
                tick_size=ink.LABEL,
                name_size=LARGE,
            )
        )
        curves, bands = {}, {}
        for (name, (color, dashed)), line, about in zip(LINES.items(), mean, spread, strict=True):
            curves[name] = chart.curve(at, line, color, width=7.0, dashed=dashed)
            bands[name] = chart.area(at, line - about, line + about, color, fill=0.15)
        straight, bent, near, odds = LINES
        ends = {name: float(value) for name, value in zip(LINES, mean[:, -1], strict=True)}
        starts = {name: float(value) for name, value in zip(LINES, mean[:, 0], strict=True)}
        marks = [
            chart.dots([(0.0, starts[each])], color, radius=0.15)
            for each, color in ((near, ink.chalk), (straight, BOUNDARY))
        ]
        bends = chart.label(
            0.0, starts[near], f"[RBF SVM:truth] and k-NN: {starts[near]:.0f} %", RIGHT, gap=0.4, size=LARGE
        )
        lines = chart.label(
            -0.2,
            starts[straight] - 1.4,
            f"[linear SVM:truth]: {starts[straight]:.0f} %\nlogistic regression: {starts[odds]:.0f} %",
            DOWN + RIGHT,
            size=LARGE,
        )
        first = VGroup(*marks, bends, lines)
        last = VGroup(
            chart.label(at[-1], ends[near], f"{ends[near]:.0f} %", RIGHT, ink.chalk, 0.3, ink.POINT),
            chart.label(
                at[-1], ends[straight], f"{ends[straight]:.0f} %", RIGHT + UP, BOUNDARY, 0.3, ink.POINT
            ),
        )
        with self.beat(
            "So is k-NN worse? Here is a fair match on the moons. "
            "Folds tune each method, and k-NN and an RBF machine have 93 percent right."
        ) as beat:
            self.play(FadeOut(self.boxes), FadeIn(chart), run_time=pace.BRISK)
            beat.over("Folds", FadeIn(marks[1], lines), until="k-NN and")
            beat.over(FadeIn(marks[0], bends), until="93")
            beat.over(words.light(bends))
        walls = chart.segment((0.0, 73), (0.0, 96), ink.quiet, dashed=True)

        def sweep(share: float) -> list[Mobject]:
            here = share * float(at[-1])
            changed: list[Mobject] = [curve.reveal(share) for curve in curves.values()]
            return [*changed, walls.redraw((here, 73), (here, 96))]

        with self.beat(
            "Add columns of noise, the same for all. At sixty-four, k-NN falls to 76, "
            "and the RBF machine, at 81, is no better than a line."
        ) as beat:
            self.add(*(curve.reveal(0.0) for curve in curves.values()))
            self.play(FadeIn(walls), run_time=pace.QUICK)
            self.bring_to_front(first)
            beat.over(drive(sweep, *curves.values(), walls), until="k-NN", least=pace.LONG)
            beat.over(FadeIn(bands[near], last[0]), FadeOut(walls), until="RBF")
            beat.over(FadeIn(*(bands[name] for name in (straight, bent, odds)), last[1]))
        with self.beat(
            "Logistic regression is as good. What helps each of them is to drop useless columns.",
            pause=pace.CALM,
        ) as beat:
            beat.over(words.light(curves[odds], ink.focus), words.light(lines), until="What")
            walker = chart.dots([(at[-1], ends[near])], ink.focus, radius=0.17)
            self.play(FadeIn(walker), run_time=pace.QUICK)

            def walk(left: float) -> Mobject:
                return walker.redraw([(left, float(np.interp(left, at, mean[2])))])

            beat.over(glide(walk, float(at[-1]), 0.0, walker), least=pace.LONG)
        self.chart = VGroup(chart, *curves.values(), *bands.values(), last, first, walker)

    def choose(self) -> None:
        """Three cards across the frame, one for each method: its picture, and the data that it suits."""
        self.shot(shot.gallery(1, 3, titled=False))
        foot = shot.SAFE.bottom + 2.2
        above = shot.Region(shot.EDGES.left, foot, shot.EDGES.right, shot.EDGES.top)
        cells = above.columns(1, 1, 1, gap=0.1)
        planes = [
            Plane(*limits, cell.width, cell.height, x_ticks=[], y_ticks=[])
            for cell, limits in zip(cells, (STRAIGHT, TILE, NEAR), strict=True)
        ]
        cards = []
        for cell, plane, paint in zip(
            cells, planes, (self.paint_street, self.paint_bend, self.paint_vote), strict=True
        ):
            plane.remove(plane.frame)
            cell.put(plane)
            cards.append(paint(plane))
        texts = (
            ("linear SVM", "or logistic: many\nfeatures or rows"),
            ("kernel SVM", "fewer rows,\na bent border"),
            ("k-NN", "few useful\nfeatures"),
        )
        heads, fits = [], []
        for cell, (name, fit) in zip(cells, texts, strict=True):
            head, purpose = words.headline(name, ink.focus, size=ink.POINT), words.note(fit, size=LARGE)
            shot.Region(max(cell.left + 0.3, shot.SAFE.left), shot.SAFE.bottom, cell.right, foot - 0.2).put(
                head, LEFT + UP
            )
            purpose.next_to(head, DOWN, buff=0.25, aligned_edge=LEFT).set_color(ink.quiet)
            heads.append(head)
            fits.append(purpose)
        veils = [
            plane.polygon(plane.corners, ink.ground, width=0.0).set_fill(opacity=0.65) for plane in planes
        ]
        (straight, bent, vote) = cards
        with self.beat(
            "Which should you take? Many features, or many rows, want a flat and cheap cut: "
            "a linear SVM, or logistic regression."
        ) as beat:
            self.add(*(card.ground for card in cards), *veils)
            self.play(
                FadeOut(self.chart),
                FadeIn(*(card.ground for card in cards), *veils, *heads, *fits),
                run_time=pace.CALM,
            )
            beat.over(
                "flat",
                FadeOut(veils[0]),
                fits[0].animate.set_color(ink.chalk),
                until="a linear",
                least=pace.BRISK,
            )
            self.add(straight.border)
            beat.over(Create(straight.border), words.light(heads[0]))
        with self.beat(
            "Fewer rows and a bent border want a kernel SVM, whose training costs the square of the rows, or more."
        ) as beat:
            beat.over(
                FadeIn(veils[0]), FadeOut(veils[1]), fits[1].animate.set_color(ink.chalk), until="want a"
            )
            beat.over(Create(bent.border), words.light(heads[1]), until="square", least=pace.BRISK)
            beat.over(words.light(fits[1]))
        with self.beat("With few useful features, take k-NN.", pause=pace.CALM) as beat:
            beat.over(FadeIn(veils[1]), FadeOut(veils[2]), fits[2].animate.set_color(ink.chalk), until="k-NN")
            beat.over(Create(vote.border), words.light(heads[2]), least=pace.SLOW)
        self.cards = Group(*(Group(card.ground, card.border) for card in cards), *veils[:2], *heads, *fits)

    def paint_street(self, plane: Plane) -> Card:
        """The widest street of the irises, with its three rings."""
        flowers = plane.classes(self.points, self.sides > 0, radius=0.07)
        street = plane.band(self.fit.street.w, self.fit.street.b, color=BOUNDARY, fill=0.16)
        return Card(Group(flowers), VGroup(street, flowers.ring(self.fit.support_vectors, HELD)))

    def paint_bend(self, plane: Plane) -> Card:
        """The RBF kernel on the moons."""
        level = search.landscape(1.0, 1.0, *axes_of(TILE))
        field = plane.field(level, largest=float(np.abs(level).max()))
        return Card(
            Group(field, self.moons_on(plane)), VGroup(plane.contour(level, color=BOUNDARY, width=8.0))
        )

    def paint_vote(self, plane: Plane) -> Card:
        """A point of the moons, and the five nearest that vote on it."""
        moons = kernel.moons()
        found = neighbour.neighbours(UNSURE, moons.points, (moons.sides > 0).astype(np.intp), VOTERS)
        asked = plane.dots([UNSURE], ink.chalk, "diamond", radius=0.16)
        links = plane.segment(np.tile(UNSURE, (VOTERS, 1)), moons.points[found.rows], ink.chalk).set_stroke(
            width=8
        )
        ball = plane.circle(UNSURE, 1.04 * float(found.distance[-1]), ink.chalk, width=5.0, fill=0.1)
        return Card(Group(self.moons_on(plane, 0.13), asked), VGroup(ball, links))

    def moons_on(self, plane: Plane, radius: float = 0.08) -> VGroup:
        """The points of the two moons that lie within the card."""
        moons = kernel.moons()
        low, high = plane.limits + np.array([[1], [-1]]) * radius / 2
        inside = ((moons.points > low) & (moons.points < high)).all(axis=1)
        return backdrop(plane.classes(moons.points[inside], moons.sides[inside] > 0, radius=radius))

    def remember(self) -> None:
        """The street through the whole frame, and what the lesson has made of it."""
        self.shot(shot.wide())
        points, sides, street_now = self.points, self.sides, self.fit.street
        garden = shot.EDGES.plane(*LAST, equal=True, x_ticks=[], y_ticks=[])
        garden.remove(garden.frame)
        dots = garden.classes(points, sides > 0, radius=0.11)
        street = garden.band(street_now.w, street_now.b, color=BOUNDARY, fill=0.16)
        stranger = garden.dots([NEW_FLOWER], ink.quiet, "diamond", radius=0.2)
        rings = dots.ring(self.fit.support_vectors, HELD)
        low, high = svm.separating_range(points, sides)
        rivals = VGroup()
        for degrees in np.linspace(low, high, 9)[1:-1]:
            rival = svm.street_at(points, sides, float(degrees))
            rivals.add(backdrop(garden.line(rival.w, rival.b, color=ink.chalk, width=4.0)))
        highest = points[self.fit.support_vectors][points[self.fit.support_vectors][:, 1].argmax()]
        held, margin = (
            garden.label(x, y, text, side, color, gap=0.26, size=size)
            for text, x, y, side, color, size in (
                ("support\nvectors", *highest, RIGHT, HELD, NARROW),
                ("margin", 2.7, 4.1, ORIGIN, BOUNDARY, LARGE),
            )
        )
        law = words.formula(
            "min {{ 1/2 norm(bold(w))^2 : short }} + {{ C : price }} {{ sum_i xi_i : slack }}",
            {"slack": ink.error},
            size=ink.POINT,
        )
        slack = words.label("slack", ink.error, LARGE).next_to(law.part("slack"), DOWN, buff=0.25)
        cost = VGroup(law, slack)
        shot.safe(titled=False).put(cost, RIGHT + UP)
        level = float(street_now.level(NEW_FLOWER))
        x, y = NEW_FLOWER + BESIDE
        answer = garden.label(x, y, f"$f = {level:.2f}$", ORIGIN, ink.second, size=NARROW)
        with self.beat("So which line would you trust with the next flower?") as beat:
            self.play(FadeOut(self.cards), FadeIn(dots, stranger), run_time=pace.BRISK)
            beat.over(LaggedStart(*(Create(rival) for rival in rivals), lag_ratio=pace.LAG))
        with self.beat(
            "The widest margin is a sound default: support vectors hold it, and C prices trespass."
        ) as beat:
            self.add(street, dots, stranger)
            beat.over(FadeOut(rivals), FadeIn(street, margin), until="support")
            beat.over(Create(rings), FadeIn(held), until="C")
            beat.over(FadeIn(cost))
        with self.beat("For this flower, trust it just a little.", pause=pace.CALM) as beat:
            self.bring_to_front(dots, rings, stranger)
            beat.over(stranger.animate.set_color(ink.second), FadeIn(answer), least=pace.CALM)
