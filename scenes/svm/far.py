"""Why many dimensions take the neighbours away, and the picture to keep."""

from __future__ import annotations

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
from scenes.kit.frame import WHOLE
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.tag import Tag
from scenes.maths.svm import contest, kernel, neighbour, search, svm
from scenes.svm.margin import LARGE
from scenes.svm.meadow import NEW_FLOWER
from scenes.svm.neighbours import Ballot
from scenes.svm.stage import BOUNDARY, HELD, SvmStage, with_large_numbers

DIMENSIONS = (2, 10, 1000)
"""The boxes that are shown side by side."""
SHARE = 0.01
"""Of the volume, that each of them holds."""
SIDE = 10
"""Points along each edge of a room that is filled evenly."""
NOISE = (0, 4, 16, 64)
"""Columns of noise that are added to the irises."""
TILE = (-1.6, 2.8), (-2.16, 2.62)
"""Limits of the small pictures of moons."""
STRAIGHT = (0.8, 5.4), (0.7, 5.7)
"""Limits of the small picture of irises, in cm."""
TILE_SHAPE = 0.92
"""How many times as wide as high the small pictures are."""
LAST = (0.6, 6.29), (1.45, 4.65)
"""What the last picture shows of the irises, in cm."""
BENT = 3
"""Degree of the kernel that bends the street of the last picture."""
TRIED = (1, 3, 5, 9, 15, 31, 61)
"""Numbers of neighbours, of which the best is shown."""


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
        self.clear_stage(run_time=pace.QUICK)
        self.frame.look(WHOLE)

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
            self.play(*(Create(each) for each in rooms), FadeIn(*names, title), run_time=pace.BRISK)
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
        self.clear_stage(run_time=pace.QUICK)

    def drown_in_noise(self) -> None:
        """Columns of pure noise on real flowers: neighbours against both machines, on the same folds."""
        self.shot(shot.wide())
        told = contest.run(NOISE, TRIED)
        at = np.arange(len(NOISE), dtype=float)
        chart = (
            shot.safe(titled=False)
            .inset(0.1)
            .plane(
                (-0.65, 5.2),
                (25, 104),
                x_label=f"columns of pure noise beside the four measures, standardised; {contest.SEEDS} draws",
                y_label="right on held folds (%)",
                x_names={spot: str(count) for spot, count in zip(at, NOISE, strict=True)},
                y_ticks=(40, 60, 80, 100),
            )
        )
        with_large_numbers(chart)
        rivals = (
            (told.nearest, ink.chalk, False),
            (told.rbf, BOUNDARY, True),
            (told.linear, BOUNDARY, False),
        )
        falls = [
            chart.curve(at, 100 * each, color, width=7.0, dashed=dashed, share=0.0)
            for each, color, dashed in rivals
        ]
        ends = [chart.dots([(at[-1], 100 * each[-1])], color, radius=0.12) for each, color, _ in rivals]
        nearest, machines = told.nearest[-1], (told.rbf[-1] + told.linear[-1]) / 2
        names = [
            chart.label(at[-1], 100 * high, text, side, color, 0.3, LARGE)
            for high, text, side, color in (
                (nearest, f"k-NN, best k: {100 * nearest:.0f} %", DOWN + RIGHT, ink.chalk),
                (machines, f"SVMs: about {100 * machines:.0f} %\n(RBF dashed)", UP + RIGHT, BOUNDARY),
            )
        ]
        chance = VGroup(
            chart.segment((-0.65, 100 / 3), (5.2, 100 / 3), ink.quiet, dashed=True),
            chart.label(4.2, 100 / 3, "guessing: 33 %", UP, ink.quiet, size=LARGE),
        )
        clean = 100 * np.array([each[0] for each, *_ in rivals])
        tie = VGroup(
            *(chart.dots([(0.0, 100 * each[0])], color, radius=0.12) for each, color, _ in rivals),
            chart.label(
                0.0, clean.min(), f"{clean.min():.0f}–{clean.max():.0f} %", DOWN, ink.chalk, 0.3, LARGE
            ),
        )
        with self.beat(
            "On the irises, k-NN and two SVMs tie. Add sixty-four columns of noise: "
            "k-NN falls to 73 percent, the SVMs to about 80."
        ) as beat:
            self.play(FadeIn(chart, chance, tie), run_time=pace.BRISK)
            beat.until("Add")
            beat.over(glide(falls[0].reveal, 0.0, 1.0), until="73", least=pace.SLOW)
            beat.over(FadeIn(ends[0], names[0]), until="the")
            beat.over(*(glide(fall.reveal, 0.0, 1.0) for fall in falls[1:]), until="80", least=pace.BRISK)
            beat.over(FadeIn(*ends[1:], names[1]))

        def walk(left: float) -> list[Mobject]:
            return [
                end.redraw([(left, 100 * float(np.interp(left, at, each)))])
                for end, (each, *_) in zip(ends, rivals, strict=True)
            ]

        with self.beat(
            "Standardising does not cure noise columns. Drop them, and the scores are back."
        ) as beat:
            beat.over(*(words.light(each) for each in names), until="Drop")
            beat.over(
                glide(walk, float(at[-1]), 0.0, *ends), FadeOut(*names), until="scores", least=pace.LONG
            )
            self.play(words.light(tie), run_time=pace.CALM)
        self.clear_stage(run_time=pace.QUICK)

    def choose(self) -> None:
        """Three methods side by side: which border, for which data, at what cost."""
        self.shot(shot.gallery(1, 3, titled=False))
        texts = (
            ("linear SVM", "many features,\nor many rows"),
            ("kernel SVM", "fewer rows,\na bent border"),
            ("k-NN", "few useful\nfeatures"),
        )
        columns: list[tuple[Group, VGroup, words.Words, words.Words]] = []
        for cell, level, (name, fit) in zip(
            shot.safe(titled=False).cells(1, 3, shot.GUTTER), self.borders(), texts, strict=True
        ):
            limits = TILE if columns else STRAIGHT
            tile = Plane(*limits, cell.width, cell.width / TILE_SHAPE, x_ticks=[], y_ticks=[])
            cell.put(tile, UP)
            moons = kernel.moons()
            cloud = (moons.points, moons.sides) if columns else (self.points, self.sides)
            heading, purpose = words.headline(name, ink.focus, size=ink.POINT), words.note(fit, size=LARGE)
            heading.next_to(tile.box[0], DOWN, buff=0.35).align_to(tile.box[0], LEFT)
            if columns:
                heading.align_to(columns[0][2], UP)
            purpose.next_to(heading, DOWN, buff=0.3, aligned_edge=LEFT)
            if columns:
                purpose.align_to(columns[0][3], UP)
            columns.append((*self.points_on(tile, *cloud, level), heading, purpose))
        straight, bent, lazy = columns
        with self.beat(
            "Which to take? Many features leave room for a flat cut, and many rows want a cheap one: a linear SVM."
        ) as beat:
            beat.over(
                LaggedStart(
                    *(FadeIn(column[0], column[2]) for column in columns),
                    lag_ratio=pace.LAG,
                ),
                until="Many",
            )
            beat.over(Create(straight[1]), FadeIn(straight[3]), until="a linear", least=pace.BRISK)
            beat.over(words.light(straight[2]))
        with self.beat(
            "Fewer rows and a bent border: a kernel SVM, whose training costs the square of the rows, or more."
        ) as beat:
            beat.over(Create(bent[1]), FadeIn(bent[3]), until="a kernel", least=pace.BRISK)
            beat.over(words.light(bent[2]), until="square")
            beat.over(words.light(bent[3]))
        with self.beat("Few useful features: k-NN.", pause=pace.BRISK) as beat:
            beat.over(FadeIn(lazy[3]), Create(lazy[1]), until="k-NN")
            beat.over(words.light(lazy[2]), least=pace.CALM)
        self.clear_stage(run_time=pace.QUICK)

    def borders(self) -> list[Floats]:
        """Levels (ny, nx) of the widest street of the irises, of the RBF kernel and of one neighbour on the moons."""
        moons = kernel.moons()
        xs, ys = axes_of(TILE)
        mesh = np.stack(np.meshgrid(*axes_of(STRAIGHT)), axis=-1)
        votes = neighbour.map_votes(
            moons.points, (moons.sides > 0).astype(np.intp), np.array([1], dtype=np.intp), xs, ys
        )
        return [
            self.fit.street.level(mesh.reshape(-1, 2)).reshape(mesh.shape[:2]),
            search.landscape(1.0, 1.0, xs, ys),
            votes.verdict[0] - 0.5,
        ]

    def points_on(self, tile: Plane, points: Floats, sides: Floats, level: Floats) -> tuple[Group, VGroup]:
        """Points (n, 2) of two ``sides`` (n,) on a shaded tile, and the border where ``level`` (ny, nx) is zero."""
        clouds = [
            backdrop(tile.cloud(points[sides == side], color, radius=0.04))
            for side, color in ((-1.0, ink.first), (1.0, ink.second))
        ]
        field = tile.field(level, largest=float(np.abs(level).max()))
        return Group(field, *clouds), VGroup(tile.contour(level, color=BOUNDARY, width=5.0))

    def remember(self) -> None:
        """The street through the whole frame, and what the lesson has made of it."""
        self.shot(shot.wide())
        points, sides, street_now = self.points, self.sides, self.fit.street
        garden = shot.EDGES.plane(*LAST, equal=True, x_ticks=[], y_ticks=[])
        garden.remove(garden.frame)
        mesh = garden.mesh(128, 72)
        dots = garden.classes(points, sides > 0, radius=0.11)
        flat = street_now.level(mesh.reshape(-1, 2)).reshape(mesh.shape[:2])
        axes = mesh[0, :, 0], mesh[:, 0, 1]
        cloud = kernel.Cloud(points, sides)
        (bent,) = kernel.wind_by_degree(cloud, cloud, (BENT,), *axes).level
        street = garden.band((1, 0), 0.0, color=BOUNDARY, fill=0.16).wind(flat)
        stranger = garden.dots([NEW_FLOWER], ink.quiet, "diamond", radius=0.2)
        rings = dots.ring(self.fit.support_vectors, HELD)
        low, high = svm.separating_range(points, sides)
        rivals = VGroup()
        for degrees in np.linspace(low, high, 9)[1:-1]:
            rival = svm.street_at(points, sides, float(degrees))
            rivals.add(backdrop(garden.line(rival.w, rival.b, color=ink.chalk, width=4.0)))
        votes = neighbour.neighbours(NEW_FLOWER, points, (sides > 0).astype(np.intp), 3)
        voices = garden.segment(np.tile(NEW_FLOWER, (3, 1)), points[votes.rows], ink.chalk).set_stroke(
            width=6
        )
        held, margin, bend, asked = (
            Tag(garden.label(x, y, text, side, color, gap=0.3, size=LARGE), opacity=0.8)
            for text, x, y, side, color in (
                ("support\nvectors", *points[self.fit.support_vectors].min(axis=0), RIGHT, HELD),
                ("margin", 2.7, 4.1, ORIGIN, BOUNDARY),
                ("kernel", 2.7, 4.1, ORIGIN, BOUNDARY),
                ("k-NN", *NEW_FLOWER, DOWN, ink.chalk),
            )
        )
        law = words.formula(
            "min {{ 1/2 norm(bold(w))^2 : short }} + {{ C : price }} {{ sum_i xi_i : slack }}",
            {"slack": ink.error},
            size=ink.POINT,
        )
        slack = words.label("slack", ink.error, LARGE).next_to(law.part("slack"), DOWN, buff=0.25)
        cost = Tag(VGroup(law, slack), opacity=0.8)
        shot.safe(titled=False).put(cost, RIGHT + UP)

        with self.beat(
            "Support vectors hold the margin, C prices trespass, a kernel bends the border, or neighbours vote.",
        ) as beat:
            self.play(FadeIn(street, dots, stranger), run_time=pace.QUICK)
            beat.over(Create(rings), FadeIn(held, margin), until="C")
            beat.over(FadeIn(cost), until="kernel", least=pace.BRISK)
            beat.over(
                glide(street.wind, flat, bent),
                FadeOut(margin, held),
                FadeIn(bend),
                until="neighbours",
                least=pace.SLOW,
            )
            beat.over(FadeOut(street, rings, bend, cost), Create(voices), FadeIn(asked), least=pace.CALM)
            self.bring_to_front(stranger)
        level = float(street_now.level(NEW_FLOWER))
        answer = Tag(
            garden.label(
                float(NEW_FLOWER[0]),
                float(NEW_FLOWER[1]),
                f"$f = {level:.2f}$",
                DOWN + LEFT,
                ink.second,
                gap=0.2,
                size=ink.POINT,
            )
        )
        with self.beat(
            "So which line would you trust with the next flower? "
            "The widest margin is a sound default; for this flower, trust it just a little.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(voices, asked), run_time=pace.QUICK)
            beat.over(
                LaggedStart(*(Create(rival) for rival in rivals), lag_ratio=pace.LAG), until="The widest"
            )
            street.wind(flat)
            self.add(street, dots, stranger)
            beat.over(FadeOut(rivals), FadeIn(street, rings, margin, cost), until="for this")
            self.bring_to_front(dots, rings, stranger)
            beat.over(stranger.animate.set_color(ink.second), FadeIn(answer))
