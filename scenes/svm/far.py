"""Why many dimensions take the neighbours away, and the picture to keep."""

from __future__ import annotations

import numpy as np
from manim import (
    DEGREES,
    DOWN,
    LEFT,
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
from scenes.kit.drive import appear, drive
from scenes.kit.frame import WHOLE
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.photo import Photo
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.maths.svm import kernel, neighbour, search, svm, tube
from scenes.svm.meadow import NEW_FLOWER
from scenes.svm.neighbours import ASKED, Cellar
from scenes.svm.stage import BOUNDARY, HELD, SvmStage

DIMENSIONS = (2, 10, 1000)
"""The boxes that are shown side by side."""
SHARE = 0.01
"""Of the volume, that each of them holds."""
NOISE = (0, 4, 16, 64)
"""Columns of noise that are added to the irises."""
TILE = (-2.0, 3.0), (-1.4, 1.9)
"""Limits of the small pictures of moons."""
STRAIGHT = (0.8, 5.4), (1.85, 4.55)
"""Limits of the small picture of irises, in cm."""
PAIRS = 6
"""Digits that are shown, each beside its nearest neighbour."""


def axes_of(limits: tuple[tuple[float, float], tuple[float, float]]) -> tuple[Floats, Floats]:
    """Where a function is sampled on a small picture with these limits: columns (160,) and rows (100,)."""
    return np.linspace(*limits[0], 160), np.linspace(*limits[1], 100)


def beyond(plane: Plane) -> Plane:
    """The plane that goes on with the coordinates of ``plane`` past all edges of the frame, seen from anywhere near."""
    (low, _, high, _), (first, last) = plane.box, plane.limits
    more = last - first
    wide = Plane(
        (first[0] - more[0], last[0] + more[0]),
        (first[1] - more[1], last[1] + more[1]),
        3 * float(high[0] - low[0]),
        3 * float(high[1] - low[1]),
        x_ticks=[],
        y_ticks=[],
    )
    return wide.shift(plane.at(*first) - wide.at(*first))


class Far(SvmStage):
    """The curse of dimensionality, and the end."""

    @chapter("Far away, all are equally far", "curse of dimensionality", goes_on=True)
    def all_are_equally_far(self) -> None:
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
        cellar = Cellar(room)
        cellar.level(cellar.fair)
        cellar.dots.mute(None, 0.5)
        cellar.plane.remove(cellar.plane.names)
        self.add(cellar.plane, cellar.dots, cellar.links[1], cellar.hood)

        def show(share: float) -> tuple[Mobject, ...]:
            radii = share * reel.mix(distance)
            return others.redraw(radii[:, None] * around), nearest.redraw(
                (0, 0), max(float(radii.min()), 1e-3)
            )

        with self.beat(
            "Neighbours must be near. Here are random points around you, at true distances."
        ) as beat:
            beat.over(words.light(cellar.hood, ink.chalk), until="Here")
            self.play(
                self.title_leaves(pace.QUICK),
                FadeOut(cellar.plane, cellar.dots, cellar.links[1], cellar.hood),
                FadeIn(you, farthest),
                run_time=pace.QUICK,
            )
            beat.over(drive(show), until="true", least=pace.SLOW)
            beat.over(FadeIn(dimensions, ratio, legend, median))
        reel.draws(lambda _: show(1.0), others, nearest)
        with self.beat("Add dimensions, and watch the nearest walk out towards the farthest.") as beat:
            beat.over(reel.to(200, rate_func=linear), least=pace.LONG)
        with self.beat(
            "In a thousand, it is ninety percent as far: a sum of many independent differences varies little."
        ) as beat:
            beat.over(reel.to(1000, rate_func=linear), until="ninety")
            self.play(words.light(ratio), run_time=pace.BRISK)
            gap = disc.segment((-1.0, 0.0), (-float(crowd.ratio[-1]), 0.0), ink.error, width=6.0)
            start = float(disc.at(-1.0, 0.0)[0]) - 0.5
            beat.over(
                self.frame.to_region((start, start + 3.8), (-0.7, 1.2)),
                FadeOut(dimensions, ratio, legend, median),
                Create(gap),
                until="sum",
                least=pace.SLOW,
            )
            law = words.note(
                "squared distance:\na sum of $d$ differences;\nits relative spread\nfalls like $1 \\/ sqrt(d)$",
                colors={"d": ink.chalk},
            )
            self.pin(shot.safe(titled=False).put(law, RIGHT + UP))
            beat.over(FadeIn(law))
        self.clear_stage(run_time=pace.QUICK)
        self.frame.look(WHOLE)

    def fill_a_box(self) -> None:
        """How wide a box must be that holds one percent of the volume."""
        room = shot.safe(titled=False)
        cells = room.columns(1, 1, 1, gap=0.55)
        edges = neighbour.edge_holding(SHARE, DIMENSIONS)
        squares, boxes, rulers, names = [], [], [], []
        for cell, edge, count in zip(cells, edges, DIMENSIONS, strict=True):
            side = min(cell.width, cell.height - 1.1)
            square = Plane((0, 1), (0, 1), side, side, x_ticks=[], y_ticks=[])
            square.move_to((cell.middle[0], cell.bottom, 0.0), aligned_edge=DOWN)
            squares.append(square.polygon(square.corners, ink.quiet, width=3.0))
            boxes.append(square.polygon(square.corners * 1e-3, ink.chalk, width=3.0, fill=0.1))
            rulers.append(square.segment((0, 0), (edge, 0), ink.focus).set_stroke(width=14))
            names.append(
                words.caption(
                    square,
                    f"{count:,} dimensions\nedge {edge:.3f}".replace("0.100", "0.1").replace("0.631", "0.63"),
                    UP,
                    gap=0.2,
                )
            )
        title = words.note(
            f"The [edge:focus] of a box that holds {100 * SHARE:.0f} % of the volume, to scale:"
        )
        title.move_to((room.left, room.top, 0.0), aligned_edge=LEFT + UP)
        curse = Tag(words.headline("the curse of dimensionality", ink.focus), opacity=1.0)
        curse.move_to((room.left, room.top, 0.0), aligned_edge=LEFT + UP)
        with self.beat(
            "To hold the same small share of the room, a box needs nearly the whole edge: not local."
        ) as beat:
            self.play(*(Create(square) for square in squares), FadeIn(*names, title), run_time=pace.BRISK)
            grow = [
                glide(box.redraw, 1e-3 * box.plane.corners, edge * box.plane.corners)
                for box, edge in zip(boxes, edges, strict=True)
            ]
            for at, (move, ruler) in enumerate(zip(grow, rulers, strict=True)):
                self.play(move, Create(ruler), run_time=beat.fill() / (len(grow) - at) if at else pace.CALM)
        with self.beat(
            "In many dimensions data are sparse and distances alike: the curse of dimensionality."
        ) as beat:
            beat.over(*(words.light(ruler, ink.chalk) for ruler in rulers), until="distances")
            beat.at("the curse", FadeOut(title), FadeIn(curse, shift=place.NUDGE * RIGHT))
            beat.over(words.light(curse.text, ink.chalk))
        self.clear_stage(run_time=pace.QUICK)

    def drown_in_noise(self) -> None:
        """Columns of pure noise on real flowers."""
        drowned = neighbour.drown(NOISE, k=ASKED)
        at = np.arange(len(NOISE), dtype=float)
        score = 100 * drowned.score
        chart = shot.safe(titled=False).plane(
            (-0.25, 3.25),
            (20, 104),
            x_label="columns of pure noise added to the four of the irises",
            y_label=f"right, unseen (%): k = {ASKED}, columns standardised; mean and range of five noises",
            x_names={spot: str(count) for spot, count in zip(at, NOISE, strict=True)},
            y_ticks=(20, 40, 60, 80, 100),
        )
        fall = chart.curve(at, score, ink.chalk, width=6.0, share=0.0)
        chance = chart.segment((-0.25, 100 / 3), (3.25, 100 / 3), ink.quiet, dashed=True)
        guess = chart.label(0.1, 100 / 3, "guessing: 33 %", UP, ink.quiet)
        marks = [
            VGroup(
                chart.stems([x], 100 * low, 100 * high, ink.chalk, width=5.0),
                chart.dots([(x, y)], ink.chalk, radius=0.14),
                chart.label(x, y, f"{y:.0f} %", UP if x < at[-1] else UP + LEFT, ink.chalk, gap=0.3),
            )
            for x, y, low, high in zip(at, score, drowned.lowest, drowned.highest, strict=True)
        ]
        with self.beat(
            "Add sixty-four columns of noise to the irises, and right answers fall to 66 percent."
        ) as beat:
            self.play(FadeIn(chart, chance, guess, marks[0]), run_time=pace.BRISK)
            for row, word in ((1, "columns"), (2, "irises"), (3, "answers")):
                beat.until(word)
                ways = (row - 1) / (len(NOISE) - 1), row / (len(NOISE) - 1)
                self.play(glide(fall.reveal, *ways), run_time=pace.CALM)
                self.play(FadeIn(marks[row]), run_time=pace.QUICK)
            beat.over(words.light(marks[3][2]))
        self.clear_stage(run_time=pace.QUICK)

    def name_digits(self) -> None:
        """Digits that nobody has chosen, each beside its nearest neighbour."""
        self.shot(shot.gallery(2, 3, titled=False))
        digits = neighbour.name_digits()
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
            f"second half, asked of the first: vote of three right {100 * digits.accuracy:.0f} %, "
            f"guessing {100 * digits.guessing:.0f} %"
        )
        head.move_to((left, room.top, 0.0), aligned_edge=LEFT + UP)
        with self.beat(
            "Noise has no structure. Digits have: by as many columns, k-NN names 96 percent of unseen ones."
        ) as beat:
            beat.over(LaggedStart(*(FadeIn(asked) for asked, _ in pairs), lag_ratio=pace.LAG), until="Digits")
            clear = [
                glide(asked.redraw, noise, digit)
                for (asked, _), noise, digit in zip(pairs, chaos, digits.asked, strict=False)
            ]
            beat.over(*clear, until="columns")
            beat.over(
                LaggedStart(
                    *(FadeIn(near, shift=place.NUDGE * RIGHT) for _, near in pairs), lag_ratio=pace.LAG
                ),
                until="names",
            )
            beat.over(FadeIn(head, *names))
        with self.beat("So drop useless features first.") as beat:
            for pair, name in list(zip(pairs, names, strict=True))[2:4]:
                self.play(self.spotlight(*pair, name), run_time=pace.BRISK)
            beat.over(self.lights_on())
        self.clear_stage(run_time=pace.QUICK)

    def choose(self) -> None:
        """A map of which method to take, rows across and features up; where regions overlap, both will do."""
        self.shot(shot.wide())
        land = shot.safe(titled=False).plane(
            (100, 1e7),
            (1, 3e3),
            log_x=True,
            log_y=True,
            x_label="rows",
            y_label="features, or useful directions among them (a rule of thumb)",
            x_names={1e2: "100", 1e4: "10,000", 1e6: "1 million"},
            y_names={1: "1", 10: "10", 100: "100", 1000: "1,000"},
        )
        many, huge, flat, few = 2e4, 1e6, 2e2, 12.0
        regions = [
            land.polygon(corners, color, 4.0, fill)
            for corners, color, fill in (
                ([(100, flat), (many, flat), (many, 1), (1e7, 1), (1e7, 3e3), (100, 3e3)], BOUNDARY, 0.1),
                ([(100, 1), (many, 1), (many, flat), (100, flat)], BOUNDARY, 0.22),
                ([(100, 1), (huge, 1), (huge, few), (100, few)], ink.chalk, 0.12),
            )
        ]
        corners = ((1.2e2, flat, 3e3), (1.2e2, few, flat), (1.2e2, 1, few))
        texts = (
            "[linear SVM:focus]\nmany features, or many rows",
            "[kernel SVM:focus]\na bent border",
            "[k-NN:focus]\nragged border",
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
            "Which to take? With many features, or many rows: a linear SVM. Fewer rows and a bent border: a kernel."
        ) as beat:
            self.play(FadeIn(land, regions[0], tiles[0][0]), run_time=pace.BRISK)
            beat.at("many", Create(tiles[0][1]), FadeIn(names[0]), run_time=pace.CALM)
            beat.at("Fewer", FadeIn(regions[1], tiles[1][0]), run_time=pace.BRISK)
            self.play(Create(tiles[1][1]), FadeIn(names[1]), run_time=pace.CALM)
        with self.beat(
            "Few useful directions and a ragged border: k-NN, though each answer searches the data. Standardise first."
        ) as beat:
            region, picture, name = regions[2], tiles[2], names[2]
            beat.over(FadeIn(region, picture[0]), until="ragged")
            beat.over(Create(picture[1]), FadeIn(name), until="answer", least=pace.CALM)
            beat.over(words.light(name), until="Standardise")
            beat.over(*(words.light(each) for each in names))
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
        """What belongs together in one picture, and at last the street alone, through the whole frame."""
        self.shot(shot.wide())
        points, sides, street_now = self.points, self.sides, self.fit.street
        room = shot.safe(titled=False)
        left, right = room.columns(9, 5, gap=0.2)
        _, lower = left.rows(1, 6, gap=0.05)
        garden = Plane(*STRAIGHT, lower.width, lower.height, equal=True, x_ticks=[], y_ticks=[])
        lower.put(garden)
        wide = beyond(garden)
        dots = garden.classes(points, sides > 0, radius=0.09)
        street = garden.band(street_now.w, street_now.b, color=BOUNDARY, fill=0.12)
        stranger = garden.dots([NEW_FLOWER], ink.quiet, "diamond", radius=0.16)
        rings = dots.ring(self.fit.support_vectors, HELD)
        low, high = svm.separating_range(points, sides)
        rivals = VGroup()
        for degrees in np.linspace(low, high, 9)[1:-1]:
            rival = svm.street_at(points, sides, float(degrees))
            rivals.add(backdrop(wide.line(rival.w, rival.b, color=ink.chalk, width=4.0)))
        votes = neighbour.neighbours(NEW_FLOWER, points, (sides > 0).astype(np.intp), 3)
        voices = garden.segment(np.tile(NEW_FLOWER, (3, 1)), points[votes.rows], ink.chalk).set_stroke(
            width=5
        )

        upper, lowest = right.rows(5, 3, gap=0.3)
        above, below = upper.rows(1, 6, gap=0.1)
        bowl, raised, solid = self.small_bowl(below)
        sea = self.small_sea(lowest)
        names = [
            Tag(words.caption(garden.at(x, y), text, side, color, gap=0.25), opacity=1.0)
            for text, x, y, side, color in (
                ("margin", 3.55, 3.9, RIGHT, BOUNDARY),
                ("support vectors", 2.9, 2.0, DOWN + RIGHT, HELD),
                ("k-NN", *NEW_FLOWER, DOWN, ink.chalk),
            )
        ]
        asked = names.pop()
        names.append(Tag(above.put(words.label("kernel", BOUNDARY)), opacity=1.0))
        law = words.formula(
            "min quad {{ 1/2 norm(bold(w))^2 : short }} + {{ C : price }} {{ sum_i xi_i : slack }}",
            {"slack": ink.error},
            size=ink.POINT,
        )
        law.move_to((room.left, room.top, 0.0), aligned_edge=LEFT + UP)
        slack = words.label("slack", ink.error).next_to(law.part("slack"), RIGHT, buff=0.35)

        with self.beat(
            "Support vectors hold the margin, C prices trespass, a kernel bends the border, "
            "and a tube predicts a number."
        ) as beat:
            self.play(FadeIn(street, dots, stranger), run_time=pace.QUICK)
            beat.over(Create(rings), FadeIn(*names[:2]), until="C")
            beat.over(words.write(law), FadeIn(slack, *raised), until="kernel", least=pace.BRISK)
            beat.over(
                bowl.turning(tilt=70 * DEGREES, turn=-25 * DEGREES, lift=1.0),
                appear(*solid),
                FadeIn(names[2]),
                until="tube",
                least=pace.SLOW,
            )
            beat.over(FadeIn(*sea), least=pace.BRISK)
        with self.beat("Nearest neighbours keep the data instead, and let the nearest vote.") as beat:
            beat.over(bowl.turning(turn=-10 * DEGREES), until="nearest")
            beat.over(Create(voices), FadeIn(asked))
            self.bring_to_front(stranger)
        gone = [law, slack, *names, asked, voices, *raised, *solid, *sea]
        through = wide.band(street_now.w, street_now.b, color=BOUNDARY, fill=0.12)
        (x0, x1), (y0, y1) = STRAIGHT
        corners = garden.at(np.array([[x0, y0], [x1, y1]]))
        near = ink.FRAME_WIDTH / float(corners[1, 0] - corners[0, 0])
        level = float(street_now.level(NEW_FLOWER))
        answer = Tag(
            words.caption(
                stranger,
                f"$f = {level:.2f}$",
                DOWN,
                ink.second,
                gap=0.2,
                size=ink.pixels(ink.HEADLINE) / near,
            )
        )
        with self.beat(
            "So which line would you trust with the next flower? "
            "The one with the widest margin; and for this flower, just a little.",
            pause=pace.SLOW,
        ) as beat:
            self.play(FadeOut(*gone), appear(through), FadeOut(street), run_time=pace.BRISK)
            self.bring_to_front(dots, rings, stranger)
            self.play(
                self.frame.to_region(tuple(corners[:, 0]), tuple(corners[:, 1])),
                run_time=pace.SLOW,
            )
            beat.over(LaggedStart(*(Create(rival) for rival in rivals), lag_ratio=pace.LAG), until="The one")
            beat.over(FadeOut(rivals), words.light(through.centre), until="for this")
            beat.over(stranger.animate.set_color(ink.second), FadeIn(answer))

    def small_bowl(self, room: shot.Region) -> tuple[Space, list[Mobject], list[Mobject]]:
        """The bowl of the toy data with the flat cut: its space, its points, and what is solid."""
        data = kernel.core_and_ring()
        ground = Plane((-1.35, 1.35), (-1.35, 1.35), 2.7, 2.7, x_ticks=[], y_ticks=[])
        room.put(ground)
        bowl = Space(ground, z=(0, 1.9), height=2.3)
        lifted = kernel.raise_bowl(data.points)
        top, slope = kernel.cut_flat(data.points, data.sides).plane()
        raised: list[Mobject] = [
            bowl.dots(lifted[data.sides < 0], ink.first, radius=0.08),
            bowl.dots(lifted[data.sides > 0], ink.second, "square", radius=0.08),
        ]
        solid: list[Mobject] = [
            bowl.floor(),
            bowl.surface(lambda x, y: x**2 + y**2),
            bowl.sheet(top, float(slope[0]), float(slope[1]), BOUNDARY),
        ]
        bowl.look()
        return bowl, raised, solid

    def small_sea(self, room: shot.Region) -> tuple[Mobject, ...]:
        """The tube along the sea, with its months and its name."""
        record = tube.sea_months()
        name = words.label("ε-tube: SVR", BOUNDARY)
        plane = Plane(
            (-0.5, 11.5), (18.5, 29.8), room.width, room.height - name.height - 0.2, x_ticks=[], y_ticks=[]
        )
        room.put(plane, UP)
        name.next_to(plane.frame, DOWN, buff=0.1)
        xs = np.linspace(-0.4, 11.4, 160)
        (middle,) = tube.lay_tubes(record.month, record.temperature, (1.0,), xs).curve
        street = plane.band((0, 1), -24.0, 0.0, BOUNDARY).run_along(xs, middle - 1.0, middle + 1.0)
        aside = self.rng.uniform(-0.18, 0.18, len(record.month))
        months = plane.cloud(
            np.column_stack([record.month + aside, record.temperature]), ink.quiet, radius=0.03
        )
        return street, months, name
