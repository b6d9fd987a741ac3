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
    ManimColor,
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
from scenes.maths.shared.flower import Measure, Species, irises
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
PAIRS = 6
"""Digits that are shown, each beside its nearest neighbour."""


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
        self.add(cellar.plane, cellar.dots, cellar.rings[1], cellar.hood)

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
                FadeOut(cellar.plane, cellar.dots, cellar.rings[1], cellar.hood),
                FadeIn(you, farthest),
                run_time=pace.QUICK,
            )
            beat.over(drive(show), until="true", least=pace.SLOW)
            beat.over(FadeIn(dimensions, ratio, legend, median))
        reel.draws(lambda _: show(1.0), others, nearest)
        with self.beat("Add dimensions, and watch the nearest walk out towards the farthest.") as beat:
            beat.over(reel.to(200, rate_func=linear), least=pace.LONG)
        with self.beat(
            "In a thousand dimensions it is ninety percent as far as the farthest: near means little."
        ) as beat:
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
        cells = room.columns(1, 1, 1, gap=0.55)
        edges = neighbour.edge_holding(SHARE, DIMENSIONS)
        squares, boxes, names = [], [], []
        for cell, edge, count in zip(cells, edges, DIMENSIONS, strict=True):
            side = min(cell.width, cell.height - 1.1)
            square = Plane((0, 1), (0, 1), side, side, x_ticks=[], y_ticks=[])
            square.move_to((cell.middle[0], cell.bottom, 0.0), aligned_edge=DOWN)
            squares.append(square.polygon(square.corners, ink.quiet, width=3.0))
            boxes.append(square.polygon(square.corners * 1e-3, ink.chalk, width=5.0, fill=0.25))
            names.append(
                words.caption(
                    square,
                    f"{count:,} dimensions\nedge {edge:.3f}".replace("0.100", "0.1").replace("0.631", "0.63"),
                    UP,
                    gap=0.2,
                )
            )
        title = words.note(f"A box that holds {100 * SHARE:.0f} % of the volume, its edge drawn to scale:")
        title.move_to((room.left, room.top, 0.0), aligned_edge=LEFT + UP)
        curse = Tag(words.headline("the curse of dimensionality", ink.focus), opacity=1.0)
        curse.move_to((room.left, room.top, 0.0), aligned_edge=LEFT + UP)
        with self.beat(
            "Why? To hold the same small share of the room, a box needs more of each edge."
        ) as beat:
            self.play(*(Create(square) for square in squares), FadeIn(*names, title), run_time=pace.BRISK)
            grow = [
                glide(box.redraw, 1e-3 * box.plane.corners, edge * box.plane.corners)
                for box, edge in zip(boxes, edges, strict=True)
            ]
            for at, move in enumerate(grow):
                self.play(move, run_time=beat.fill() / (len(grow) - at) if at else pace.CALM)
        with self.beat(
            "In many dimensions data are sparse and distances alike: the curse of dimensionality."
        ) as beat:
            beat.over(*(words.light(box) for box in boxes), until="distances")
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
            truth, said = digits.label[number], digits.known_label[digits.nearest[number]]
            text, color = (
                (f"{truth}, found {said} ✓", ink.chalk)
                if truth == said
                else (f"{truth}, found {said} ✗", ink.error)
            )
            names.append(words.caption(both, text, DOWN, color, gap=0.14))
        left = float(pairs[0][0].get_left()[0])
        head = words.label(
            f"unseen digit and its nearest; vote of three right {100 * digits.accuracy:.0f} %, "
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
            y_label="features (a rule of thumb)",
            x_names={1e2: "100", 1e4: "10,000", 1e6: "1 million"},
            y_names={1: "1", 10: "10", 100: "100", 1000: "1,000"},
        )
        many, flat, few = 2e4, 2e2, 10.0
        regions = [
            land.polygon(corners, color, 4.0, fill)
            for corners, color, fill in (
                ([(100, flat), (many, flat), (many, few), (1e7, few), (1e7, 3e3), (100, 3e3)], BOUNDARY, 0.1),
                ([(100, 1), (many, 1), (many, flat), (100, flat)], BOUNDARY, 0.22),
                ([(100, 1), (1e7, 1), (1e7, few), (100, few)], ink.chalk, 0.12),
            )
        ]
        corners = ((1.2e2, flat, 3e3), (1.2e2, few, flat), (1.2 * many, 1, few))
        texts = (
            "[linear SVM:focus]\nmany features, or many rows",
            "[kernel SVM:focus]\na bent border",
            "[k-NN:focus]: ragged border,\nslow answers",
        )
        tiles, names = [], []
        for (left, low, high), level, text in zip(corners, self.borders(), texts, strict=True):
            foot, top = land.at(left, low), land.at(left, high)
            side = float(top[1] - foot[1]) - 0.3
            tile = Plane(TILE[0], TILE[1], 1.6 * side, side, x_ticks=[], y_ticks=[])
            tile.move_to((foot + top) / 2, aligned_edge=LEFT)
            tiles.append(self.moons_on(tile, level))
            names.append(words.note(text).next_to(tile.frame, RIGHT, buff=0.3))
        parts = list(zip(regions, tiles, names, strict=True))
        with self.beat(
            "Which to take? With many features, or many rows: a linear SVM. Fewer rows and a bent border: a kernel."
        ) as beat:
            self.play(FadeIn(land), run_time=pace.BRISK)
            for word, (region, picture, name) in zip(("many", "Fewer"), parts, strict=False):
                beat.at(word, FadeIn(region, picture[0]), run_time=pace.BRISK)
                self.play(Create(picture[1]), FadeIn(name), run_time=pace.CALM)
        with self.beat(
            "Few features and a ragged border: k-NN, though each answer searches the data. Standardise for both."
        ) as beat:
            region, picture, name = parts[2]
            beat.over(FadeIn(region, picture[0]), until="ragged")
            beat.over(Create(picture[1]), FadeIn(name), until="answer", least=pace.CALM)
            beat.over(words.light(name), until="Standardise")
            beat.over(*(words.light(each) for each in names[1:]))
        self.clear_stage(run_time=pace.QUICK)

    def borders(self) -> list[Floats]:
        """What a linear machine, one with the RBF kernel and one neighbour make of the moons: levels (ny, nx)."""
        moons = kernel.moons()
        xs, ys = (np.linspace(*limits, count) for limits, count in zip(TILE, (160, 100), strict=True))
        mesh = np.stack(np.meshgrid(xs, ys), axis=-1)
        straight = svm.soft_street(moons.points, moons.sides, 1.0).street
        votes = neighbour.map_votes(
            moons.points, (moons.sides > 0).astype(np.intp), np.array([1], dtype=np.intp), xs, ys
        )
        return [
            straight.level(mesh.reshape(-1, 2)).reshape(mesh.shape[:2]),
            search.landscape(1.0, 1.0, xs, ys),
            votes.verdict[0] - 0.5,
        ]

    def moons_on(self, tile: Plane, level: Floats) -> VGroup:
        """The two moons on a tile, and the border where ``level`` (ny, nx) is zero."""
        moons = kernel.moons()
        clouds = [
            backdrop(tile.cloud(moons.points[moons.sides == side], color, radius=0.025))
            for side, color in ((-1.0, ink.first), (1.0, ink.second))
        ]
        return VGroup(VGroup(*clouds), tile.contour(level, color=BOUNDARY, width=4.0))

    def remember(self) -> None:
        """The street on its three flowers, and the flat cut through the bowl, in one picture."""
        self.shot(shot.wide())
        flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.SETOSA, Species.VERSICOLOR))
        fit = svm.widest_street(flowers.points, flowers.sides)
        room = shot.safe(titled=False)
        left, right = room.columns(9, 5, gap=0.2)
        _, lower = left.rows(1, 6, gap=0.05)
        garden = Plane(
            (0.8, 5.4), (1.85, 4.55), lower.width, lower.height, equal=True, x_ticks=[], y_ticks=[]
        )
        lower.put(garden)
        space = Space(garden, z=(0, 1), height=0.01)
        kinds = [flowers.points[flowers.sides == side] for side in (-1.0, 1.0)]
        flat = [np.column_stack([points, np.zeros(len(points))]) for points in kinds]
        dots = [
            space.dots(flat[0], ink.first, radius=0.09),
            space.dots(flat[1], ink.second, "square", radius=0.09),
        ]
        low, high = svm.separating_range(flowers.points, flowers.sides)
        rivals = VGroup()
        for degrees in np.linspace(low, high, 9)[1:-1]:
            rival = svm.street_at(flowers.points, flowers.sides, float(degrees))
            rivals.add(backdrop(garden.line(rival.w, rival.b, color=ink.faint, width=2.5)))
        street = garden.band(fit.street.w, fit.street.b, color=BOUNDARY, fill=0.12)
        stranger = space.dots([(*NEW_FLOWER, 0.0)], ink.quiet, "diamond", radius=0.16)
        held = fit.support_vectors
        space.carry(street)
        first = int((flowers.sides < 0).sum())
        rings = [
            space.ring(group, [int(row) - shift for row in held if flowers.sides[row] == side], HELD)
            for side, group, shift in zip((-1.0, 1.0), dots, (0, first), strict=True)
        ]
        data = kernel.core_and_ring()
        upper, lowest = right.rows(5, 3, gap=0.3)
        above, below = upper.rows(1, 6, gap=0.1)
        ground = Plane((-1.35, 1.35), (-1.35, 1.35), 2.7, 2.7, x_ticks=[], y_ticks=[])
        below.put(ground)
        bowl = Space(ground, z=(0, 1.9), height=2.3)
        sea = self.small_sea(lowest)
        lifted = kernel.raise_bowl(data.points)
        top, slope = kernel.cut_flat(data.points, data.sides).plane()
        raised = [
            bowl.dots(lifted[data.sides < 0], ink.first, radius=0.08),
            bowl.dots(lifted[data.sides > 0], ink.second, "square", radius=0.08),
        ]
        solid = [
            bowl.floor(),
            bowl.surface(lambda x, y: x**2 + y**2),
            bowl.sheet(top, float(slope[0]), float(slope[1]), BOUNDARY),
        ]
        bowl.look()
        tilt, turned, zoom = 46 * DEGREES, -6 * DEGREES, 1.06
        space.look(tilt, turned, zoom=zoom)

        def name(text: str, x: float, y: float, side: Floats, color: ManimColor) -> Tag:
            spot = space.at([[x, y, 0.0]])[0]
            return Tag(words.caption(spot, text, side, color, gap=0.25), opacity=1.0)

        high_up = 4.3
        wall = max(
            float((side - fit.street.b - fit.street.w[1] * high_up) / fit.street.w[0]) for side in (-1, 1)
        )
        names = [
            name("margin", wall, high_up, RIGHT, BOUNDARY),
            name("support vectors", 2.9, 1.85, DOWN + RIGHT, HELD),
            Tag(words.label("kernel", BOUNDARY), opacity=1.0),
        ]
        above.put(names[2])
        votes = neighbour.neighbours(NEW_FLOWER, flowers.points, flowers.species, 3)
        turn = np.linspace(0, 2 * np.pi, 90)
        circle = np.column_stack([np.cos(turn), np.sin(turn)])
        voters = [
            space.ring(group, [int(row) - shift for row in votes.rows if flowers.sides[row] == side], HELD)
            for side, group, shift in zip((-1.0, 1.0), dots, (0, first), strict=True)
        ]
        hood = space.curve(np.zeros((0, 3)), ink.chalk, 4.0)
        space.look(tilt=0.0, turn=0.0, zoom=1.0)
        law = words.formula(
            "min quad {{ 1/2 norm(bold(w))^2 : short }} + {{ C : price }} {{ sum_i xi_i : slack }}",
            {"slack": ink.error},
            size=ink.POINT,
        )
        law.move_to((room.left, room.top, 0.0), aligned_edge=LEFT + UP)
        slack = words.label("slack", ink.error).next_to(law.part("slack"), RIGHT, buff=0.35)

        with self.beat(
            "So which line would you trust with the next flower? Trust the one with the widest margin."
        ) as beat:
            self.play(FadeIn(*dots, stranger, *raised), run_time=pace.BRISK)
            beat.over(LaggedStart(*(Create(rival) for rival in rivals), lag_ratio=pace.LAG), until="Trust")
            self.add(street, *dots, stranger)
            beat.over(appear(street), FadeOut(rivals), until="margin")
            beat.over(stranger.animate.set_color(ink.second))
        with self.beat(
            "Support vectors hold it, C prices trespass, a kernel bends it, and a tube predicts a number."
        ) as beat:
            self.play(FadeIn(*rings), run_time=pace.QUICK)
            beat.over(space.turning(tilt, turned, zoom=zoom), until="C")
            beat.over(words.write(law), FadeIn(slack, *names[:2]), until="kernel", least=pace.BRISK)
            beat.over(
                bowl.turning(tilt=70 * DEGREES, turn=-25 * DEGREES, lift=1.0),
                appear(*solid),
                FadeIn(names[2]),
                until="tube",
                least=pace.SLOW,
            )
            beat.over(FadeIn(*sea), least=pace.BRISK)
        with self.beat(
            "Nearest neighbours keep the data instead, and let the nearest vote.", pause=pace.SLOW
        ) as beat:

            def reach(share: float) -> Mobject:
                rim = NEW_FLOWER + share * votes.reach * circle
                return hood.redraw(np.column_stack([rim, np.zeros(len(rim))]))

            beat.over(bowl.turning(turn=-10 * DEGREES), FadeOut(*rings, names[1]), until="instead")
            beat.over(drive(reach), until="nearest", least=pace.SLOW)
            beat.over(FadeIn(*voters))

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
