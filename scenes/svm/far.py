"""Why many dimensions take the neighbours away, and the picture to keep."""

from __future__ import annotations

from dataclasses import dataclass

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
from scenes.maths.svm import kernel, neighbour, search, svm
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
NOISE = (0, 4, 16, 64)
"""Columns of noise that are added to the irises."""
DRAWS = 20
"""Of the noise."""
TRIED = (1, 3, 5, 9, 15, 31, 61)
"""Numbers of neighbours, of which the best is shown."""
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


def best_of_tried() -> neighbour.ScoreCurve:
    """Scores in noise at the best k of those tried, chosen at each number of columns by the mean over draws."""
    tried = [neighbour.drown(NOISE, DRAWS, k) for k in TRIED]
    best = np.argmax([each.score for each in tried], axis=0)
    score, lowest, highest = (
        np.array([getattr(tried[row], name)[at] for at, row in enumerate(best)])
        for name in ("score", "lowest", "highest")
    )
    return neighbour.ScoreCurve(np.asarray(NOISE), score, lowest, highest)


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
        self.drown_in_noise()
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
        with self.beat("In a thousand, the nearest is ninety percent as far as the farthest.") as beat:
            beat.over(reel.to(1000, rate_func=linear), until="ninety")
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

    def drown_in_noise(self) -> None:
        """Columns of pure noise on real flowers: what neighbours make of them, over draws of the noise."""
        self.shot(shot.wide())
        told = best_of_tried()
        at = np.arange(len(NOISE), dtype=float)
        mean, low, high = 100 * told.score, 100 * told.lowest, 100 * told.highest
        room = shot.safe(titled=False).inset(0.1)
        chart = room.plane(
            (-0.35, 3.6),
            (25, 105),
            x_label="columns of pure noise beside the four measures",
            y_label="right on held folds (%), all standardised",
            x_names={spot: str(count) for spot, count in zip(at, NOISE, strict=True)},
            y_ticks=(40, 60, 80, 100),
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        band = chart.area(at, low, high, ink.chalk, fill=0.22)
        fall = chart.curve(at, mean, ink.chalk, width=8.0, share=0.0)
        end = chart.dots([(at[-1], mean[-1])], ink.chalk, radius=0.14)
        clean = VGroup(
            chart.dots([(0.0, mean[0])], ink.chalk, radius=0.14),
            chart.label(0.0, mean[0], f"{mean[0]:.0f} %", DOWN, ink.chalk, 0.3, ink.POINT),
        )
        name = chart.label(at[-1], mean[-1], f"{mean[-1]:.0f} %", RIGHT, ink.chalk, 0.3, ink.POINT)
        protocol = words.note(
            f"150 irises, best of {len(TRIED)} k:\nmean and range of {DRAWS} draws", ink.quiet, LARGE
        ).move_to(chart.at(3.55, 104), aligned_edge=RIGHT + UP)
        chance = VGroup(
            chart.segment((-0.35, 100 / 3), (3.6, 100 / 3), ink.quiet, dashed=True),
            chart.label(0.35, 100 / 3, "guessing: 33 %", UP, ink.quiet, size=LARGE),
        )
        with self.beat(
            "On the irises, k-NN has 96 percent right. Add sixty-four columns of noise: it falls to 73."
        ) as beat:
            self.play(FadeOut(self.boxes), FadeIn(chart, chance, clean), run_time=pace.BRISK)
            beat.until("Add")
            beat.over(FadeIn(protocol), glide(fall.reveal, 0.0, 1.0), until="it", least=pace.SLOW)
            self.add(band, fall, clean)
            beat.over(FadeIn(band, end, name))

        walker = chart.dots([(at[-1], mean[-1])], ink.focus, radius=0.17)

        def walk(left: float) -> Mobject:
            return walker.redraw([(left, float(np.interp(left, at, mean)))])

        with self.beat(
            "Standardising does not cure noise columns. Drop them, and the score is back."
        ) as beat:
            beat.over(words.light(name), FadeIn(walker), until="Drop")
            beat.over(glide(walk, float(at[-1]), 0.0, walker), until="score", least=pace.LONG)
            self.play(words.light(clean), run_time=pace.CALM)
        self.chart = VGroup(chart, chance, clean, protocol, band, fall, end, name, walker)

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
            ("linear SVM", "many features,\nor many rows"),
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
            "Which to take? Many features leave room for a flat cut, or many rows want a cheap one: a linear SVM."
        ) as beat:
            self.add(*(card.ground for card in cards), *veils)
            self.play(
                FadeOut(self.chart),
                FadeIn(*(card.ground for card in cards), *veils, *heads, *fits),
                run_time=pace.CALM,
            )
            beat.over(
                "Many",
                FadeOut(veils[0]),
                fits[0].animate.set_color(ink.chalk),
                until="a linear",
                least=pace.BRISK,
            )
            self.add(straight.border)
            beat.over(Create(straight.border), words.light(heads[0]))
        with self.beat(
            "Fewer rows and a bent border: a kernel SVM, whose training costs the square of the rows, or more."
        ) as beat:
            beat.over(
                FadeIn(veils[0]), FadeOut(veils[1]), fits[1].animate.set_color(ink.chalk), until="a kernel"
            )
            beat.over(Create(bent.border), words.light(heads[1]), until="square", least=pace.BRISK)
            beat.over(words.light(fits[1]))
        with self.beat("Few useful features: k-NN.", pause=pace.CALM) as beat:
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
