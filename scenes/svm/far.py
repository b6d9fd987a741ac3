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
from scenes.kit.photo import Photo
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.tag import Tag
from scenes.maths.svm import contest, kernel, neighbour, search, svm, tube
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
TILE = (-2.0, 3.0), (-1.4, 1.9)
"""Limits of the small pictures of moons."""
STRAIGHT = (0.8, 5.4), (1.85, 4.55)
"""Limits of the small picture of irises, in cm."""
LAST = (0.6, 6.29), (1.45, 4.65)
"""What the last picture shows of the irises, in cm."""
BENT = 3
"""Degree of the kernel that bends the street of the last picture."""
TRIED = (1, 3, 5, 9, 15, 31, 61)
"""Numbers of neighbours, of which the best is shown."""
PAIRS = 6
"""Digits that are shown, each beside its nearest neighbour."""


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
        self.name_digits()
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
        dimensions = words.Readout(reel.score(reel.stops), 0, label="dimensions", digits=4)
        ratio = words.Readout(reel.score(crowd.ratio), 2, label="nearest ÷ farthest")
        ratio.move_to((room.right, room.top, 0.0), aligned_edge=RIGHT + UP)
        dimensions.move_to((room.left, room.top, 0.0), aligned_edge=LEFT + UP)

        margin = (room.width - room.height) / 2
        legend = words.note(
            f"{distance.shape[1]} random points; distance as a share of the farthest", width=margin
        ).next_to(dimensions, DOWN, buff=0.35, aligned_edge=LEFT)
        median = words.note("median of many askers", width=margin)
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
            "Neighbours must be near. Here are random points around you, at true distances."
        ) as beat:
            self.play(FadeOut(*left_over), FadeIn(you, farthest), run_time=beat.fill("Here"))
            beat.over(drive(show), until="true", least=pace.SLOW)
            beat.over(FadeIn(dimensions, ratio, legend, median))
        reel.draws(lambda _: show(1.0), others, nearest)
        with self.beat("Add dimensions, and watch the nearest walk out towards the farthest.") as beat:
            beat.over(reel.to(200, rate_func=linear), least=pace.LONG)
        with self.beat("In a thousand, it is ninety percent as far.") as beat:
            beat.over(reel.to(1000, rate_func=linear), until="ninety")
            self.play(words.light(ratio), run_time=pace.BRISK)
            gap = disc.segment((-1.0, 0.0), (-float(crowd.ratio[-1]), 0.0), ink.error, width=6.0)
            start = float(disc.at(-1.0, 0.0)[0]) - 0.5
            beat.over(
                self.frame.to_region((start, start + 3.8), (-0.7, 1.2)),
                FadeOut(dimensions, ratio, legend, median),
                Create(gap),
                least=pace.SLOW,
            )
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
            names.append(words.note(told).next_to(rail.at(0, 0.75), UP, buff=0.1, aligned_edge=LEFT))
            ten = words.note(f"${SIDE}^({count})$ points", ink.focus, size=LARGE)
            counts.append(ten.next_to(rail.at(1, 0.75), UP, buff=0.1, aligned_edge=RIGHT))
        title = words.note(
            f"The [edge:focus] of a box that holds {100 * SHARE:.0f} % of the room, whose edge is 1:"
        )
        title.move_to((room.left, room.top, 0.0), aligned_edge=LEFT + UP)
        growth = words.note(
            f"{SIDE} points along each edge: exponential growth, ${SIDE}^d$", colors={"d": ink.chalk}
        )
        growth.move_to(title, aligned_edge=LEFT)
        curse = words.headline("the curse of dimensionality", ink.focus)
        curse.move_to(title, aligned_edge=LEFT)
        with self.beat(
            "To hold the same small share of the room, a box needs nearly the whole edge: not local."
        ) as beat:
            self.play(*(Create(each) for each in rooms), FadeIn(*names, title), run_time=pace.BRISK)
            for at, ruler in enumerate(rulers):
                self.play(Create(ruler), run_time=beat.fill() / (len(rulers) - at) if at else pace.CALM)
        with self.beat(
            "To keep neighbours as near, the points you need grow exponentially with dimensions: data are sparse. "
            "That is the curse of dimensionality."
        ) as beat:
            self.play(
                *(ruler.animate.set_stroke(opacity=0.3) for ruler in rulers),
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
        chart = shot.safe(titled=False).plane(
            (-0.2, 4.1),
            (25, 104),
            x_label="columns of pure noise beside the four measures of the irises",
            y_label=f"right, unseen (%): same folds, same noise; k-NN at its best k, from {TRIED[0]} to {TRIED[-1]}",
            x_names={spot: str(count) for spot, count in zip(at, NOISE, strict=True)},
            y_ticks=(40, 60, 80, 100),
        )
        rivals = (
            ("k-NN", told.nearest, ink.chalk, False, DOWN + RIGHT),
            ("RBF SVM", told.rbf, BOUNDARY, True, RIGHT),
            ("linear SVM", told.linear, BOUNDARY, False, UP + RIGHT),
        )
        falls = [
            chart.curve(at, 100 * each, color, width=7.0, dashed=dashed, share=0.0)
            for _, each, color, dashed, _ in rivals
        ]
        ends = [
            VGroup(
                chart.dots([(at[-1], 100 * each[-1])], color, radius=0.12),
                chart.label(at[-1], 100 * each[-1], f"{name} {100 * each[-1]:.0f} %", side, color, gap=0.2),
            )
            for name, each, color, _, side in rivals
        ]
        chance = VGroup(
            chart.segment((-0.2, 100 / 3), (4.1, 100 / 3), ink.quiet, dashed=True),
            chart.label(3.6, 100 / 3, "guessing: 33 %", UP, ink.quiet),
        )
        clean = 100 * np.array([each[0] for _, each, *_ in rivals])
        tie = VGroup(
            *(chart.dots([(0.0, 100 * each[0])], color, radius=0.12) for _, each, color, *_ in rivals),
            chart.label(0.0, clean.min(), f"{clean.min():.0f}–{clean.max():.0f} %", DOWN, ink.chalk, gap=0.3),
        )
        weights = contest.weights(NOISE[-1])
        spots = np.linspace(0.0, 2.1, len(weights))
        tall = 22 / weights.max()
        bars = [
            chart.stems(spots[part], 37.0, 37.0 + tall * weights[part], color, width=6.0)
            for part, color in ((slice(0, 4), ink.focus), (slice(4, None), ink.quiet))
        ]
        names = [
            chart.label(0.0, 37.0 + tall * weights.max(), "4 measures", UP + RIGHT, ink.focus),
            chart.label(
                1.15,
                37.0 + tall * weights[4:].max(),
                f"{NOISE[-1]} noise: weights of the linear SVM",
                UP,
                ink.quiet,
            ),
        ]
        with self.beat(
            "On the irises, k-NN and both SVMs tie. "
            "Add sixty-four columns of noise: k-NN, at its best k, falls to 73 percent, a linear SVM to 83."
        ) as beat:
            self.play(FadeIn(chart, chance, tie), run_time=pace.BRISK)
            beat.until("Add")
            beat.over(*(glide(fall.reveal, 0.0, 1.0) for fall in falls), until="73", least=pace.SLOW)
            beat.over(FadeIn(ends[0]), until="linear")
            beat.over(FadeIn(ends[1], ends[2]))
        with self.beat(
            "Both SVMs learn weights. A vote counts each column alike: drop useless ones first."
        ) as beat:
            self.play(
                LaggedStart(*(Create(each) for each in bars), lag_ratio=pace.LAG),
                FadeIn(*names),
                run_time=beat.fill("vote"),
            )
            beat.over(words.light(ends[0]), until="drop")
            beat.over(bars[1].animate.set_stroke(opacity=0.15), least=pace.CALM)
        self.clear_stage(run_time=pace.QUICK)

    def name_digits(self) -> None:
        """Digits that nobody has chosen, each beside its nearest neighbour."""
        self.shot(shot.gallery(2, 3, titled=False))
        digits = neighbour.name_digits()
        rbf, straight = contest.digits_by_machines()
        room = shot.safe(titled=False)
        cells = shot.Region(room.left, room.bottom, room.right, room.top - 0.7).cells(2, 3, 0.35)
        pairs, names = [], []
        chaos = self.rng.uniform(0.0, 1.0, (PAIRS, *digits.asked.shape[1:]))
        for number, cell in enumerate(cells[:PAIRS]):
            side = min(cell.height - 0.55, (cell.width - 0.15) / 2)
            asked = Photo(chaos[number], side, smooth=False)
            near = Photo(digits.known[digits.nearest[number]], side, smooth=False)
            both = Group(asked, near).arrange(RIGHT, buff=0.1)
            cell.put(both, UP)
            pairs.append((asked, near))
            truth, said = digits.label[number], digits.verdict[number]
            text, color = (
                (f"{truth}, vote {said} ✓", ink.chalk)
                if truth == said
                else (f"{truth}, vote {said} ✗", ink.error)
            )
            names.append(words.caption(both, text, DOWN, color, gap=0.14))
        left = float(pairs[0][0].get_left()[0])
        head = words.label(
            f"unseen half: 3-NN {100 * digits.accuracy:.0f} %, RBF SVM {100 * rbf:.0f} %, "
            f"linear SVM {100 * straight:.0f} %, guessing {100 * digits.guessing:.0f} %"
        )
        head.move_to((left, room.top, 0.0), aligned_edge=LEFT + UP)
        with self.beat(
            "Noise has no structure; digits have. By as many pixels, k-NN names 96 percent."
        ) as beat:
            beat.over(LaggedStart(*(FadeIn(asked) for asked, _ in pairs), lag_ratio=pace.LAG), until="digits")
            clear = [
                glide(asked.redraw, noise, digit)
                for (asked, _), noise, digit in zip(pairs, chaos, digits.asked, strict=False)
            ]
            beat.over(*clear, until="pixels")
            beat.over(
                LaggedStart(
                    *(FadeIn(near, shift=place.NUDGE * RIGHT) for _, near in pairs), lag_ratio=pace.LAG
                ),
                FadeIn(head),
                until="names",
            )
            beat.over(FadeIn(*names))
        self.clear_stage(run_time=pace.QUICK)

    def choose(self) -> None:
        """A map of which method to take, rows across and features up; where regions overlap, both will do."""
        self.shot(shot.wide())
        land = shot.safe(titled=False).plane(
            (100, 2e6),
            (1, 3e3),
            log_x=True,
            log_y=True,
            x_label="rows",
            y_label="useful features (a rule of thumb)",
            x_names={1e2: "100", 1e4: "10,000", 1e6: "1 million"},
            y_names={1: "1", 10: "10", 100: "100", 1000: "1,000"},
        )
        many, huge, flat, few = 2e4, 1e6, 2e2, 12.0
        regions = [
            land.polygon(corners, color, 4.0, fill)
            for corners, color, fill in (
                ([(100, flat), (many, flat), (many, 1), (2e6, 1), (2e6, 3e3), (100, 3e3)], BOUNDARY, 0.1),
                ([(100, 1), (many, 1), (many, flat), (100, flat)], BOUNDARY, 0.22),
                ([(100, 1), (huge, 1), (huge, few), (100, few)], ink.chalk, 0.12),
            )
        ]
        corners = ((1.2e2, flat, 3e3), (1.2e2, few, flat), (1.2e2, 1, few))
        texts = (
            "[linear SVM:focus]\nmany features, or many rows",
            "[kernel SVM:focus]\n[polynomial:focus]: products\n[RBF:focus]: shape unknown",
            "[k-NN:focus]\nnew rows at once",
        )
        tiles: list[VGroup] = []
        names = []
        for (left, low, high), level, text in zip(corners, self.borders(), texts, strict=True):
            foot, top = land.at(left, low), land.at(left, high)
            side = float(top[1] - foot[1]) - 0.3
            limits = TILE if tiles else STRAIGHT
            tile = Plane(*limits, 1.6 * side, side, x_ticks=[], y_ticks=[])
            tile.move_to((foot + top) / 2, aligned_edge=LEFT)
            moons = kernel.moons()
            cloud = (moons.points, moons.sides) if tiles else (self.points, self.sides)
            tiles.append(self.points_on(tile, *cloud, level))
            names.append(words.note(text).next_to(tile.frame, RIGHT, buff=0.3))
        with self.beat(
            "Which to take? With many features, or many rows: a linear SVM. "
            "Fewer rows, a bent border: polynomial if products matter, RBF if its shape is unknown."
        ) as beat:
            self.play(FadeIn(land, regions[0], tiles[0][0]), run_time=pace.BRISK)
            beat.at("many", Create(tiles[0][1]), FadeIn(names[0]), run_time=pace.CALM)
            beat.at("Fewer", FadeIn(regions[1], tiles[1][0]), run_time=pace.BRISK)
            beat.over(FadeIn(names[1]), until="RBF", least=pace.BRISK)
            beat.over(Create(tiles[1][1]))
        with self.beat(
            "Few useful features: k-NN. New rows count at once, but each answer searches the data."
        ) as beat:
            region, picture, name = regions[2], tiles[2], names[2]
            beat.over(FadeIn(region, picture[0]), until="k-NN")
            beat.over(Create(picture[1]), until="New", least=pace.BRISK)
            beat.over(FadeIn(name), until="answer")
            beat.over(words.light(name))
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

    def points_on(self, tile: Plane, points: Floats, sides: Floats, level: Floats) -> VGroup:
        """Points (n, 2) of two ``sides`` (n,) on a tile, and the border where ``level`` (ny, nx) is zero."""
        clouds = [
            backdrop(tile.cloud(points[sides == side], color, radius=0.025))
            for side, color in ((-1.0, ink.first), (1.0, ink.second))
        ]
        return VGroup(VGroup(*clouds), tile.contour(level, color=BOUNDARY, width=4.0))

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
        around = tube.straight_tube(points[sides > 0])
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
        held, margin, bend, wall, asked = (
            Tag(garden.label(x, y, text, side, color, gap=0.3, size=ink.NOTE), opacity=0.8)
            for text, x, y, side, color in (
                ("support\nvectors", *points[self.fit.support_vectors].min(axis=0), RIGHT, HELD),
                ("margin", 2.7, 4.1, ORIGIN, BOUNDARY),
                ("kernel", 2.7, 4.1, ORIGIN, BOUNDARY),
                ("ε-tube: SVR", 4.9, around.slope * 4.9 + around.level + around.epsilon, UP, BOUNDARY),
                ("k-NN", *NEW_FLOWER, DOWN, ink.chalk),
            )
        )
        law = words.formula(
            "min {{ 1/2 norm(bold(w))^2 : short }} + {{ C : price }} {{ sum_i xi_i : slack }}",
            {"slack": ink.error},
            size=ink.POINT,
        )
        slack = words.label("slack", ink.error).next_to(law.part("slack"), DOWN, buff=0.25)
        cost = Tag(VGroup(law, slack), opacity=0.8)
        shot.safe(titled=False).put(cost, RIGHT + UP)

        with self.beat(
            "Support vectors hold the margin, C prices trespass, a kernel bends the border, "
            "a tube predicts a number, neighbours vote.",
        ) as beat:
            self.play(FadeIn(street, dots, stranger), run_time=pace.QUICK)
            beat.over(Create(rings), FadeIn(held, margin), until="C")
            beat.over(FadeIn(cost), until="kernel", least=pace.BRISK)
            beat.over(
                glide(street.wind, flat, bent),
                FadeOut(margin, held),
                FadeIn(bend),
                until="tube",
                least=pace.SLOW,
            )
            beat.over(
                glide(street.wind, bent, around.over(mesh)),
                FadeOut(rings, bend),
                FadeIn(wall),
                until="neighbours",
                least=pace.SLOW,
            )
            beat.over(FadeOut(street, wall, cost), Create(voices), FadeIn(asked), least=pace.CALM)
            self.bring_to_front(stranger)
        level = float(street_now.level(NEW_FLOWER))
        answer = Tag(garden.label(2.52, 2.5, f"$f = {level:.2f}$", DOWN, ink.second, size=ink.POINT))
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
            beat.over(FadeOut(rivals), FadeIn(street, rings), until="for this")
            self.bring_to_front(dots, rings, stranger)
            beat.over(stranger.animate.set_color(ink.second), FadeIn(answer))
