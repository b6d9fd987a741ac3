"""How far a point reaches: the decision function of the RBF kernel as a landscape, and its gamma."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.contour import contours
from scenes.kit.drive import appear, drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.solid import SolidDots
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.kit.view import Ranks
from scenes.maths.shared import wine
from scenes.maths.svm import kernel, unseen
from scenes.svm.kernel import PAIR, SYMBOLS
from scenes.svm.margin import LARGE
from scenes.svm.stage import BOUNDARY, SvmStage

LOW_SUN: dict[str, Any] = {"tilt": 60 * DEGREES, "turn": 40 * DEGREES, "lift": 2.0, "zoom": 0.95}
"""How single hills are looked at: twice as high as the landscape later, and side by side."""
THREE_QUARTER: dict[str, Any] = {"tilt": 50 * DEGREES, "turn": 140 * DEGREES, "lift": 0.75, "zoom": 0.72}
"""How the landscape is looked at, at each gamma: from over the pits, so that the hills rise behind and hide nothing."""
HILL = (0.1, 1.2)
PIT = (0.9, -0.6)
"""Near these stand the two points that are shown alone, one of each class."""
STOPS = (0.1, 10**0.5, 100.0)
"""The gammas at which the landscape stops: too stiff, where unseen points score highest, and too wild."""
STEEP = 3.0
"""The gamma of the hill and the pit that are added: both are seen whole."""
BEHIND = 0.42
"""How large the landscape is seen while a formula stands over it."""
SERIES = 66.0
"""Capitals of the series of the exponential, in pixels."""
FAINT = 0.25
"""Opacity of the other points while one hill is looked at."""
SHOWN = ("proline", "flavanoids")
"""The two measures of the wines that are drawn, and by which they are told apart."""
GRAPES = (1, 2)
"""The cultivars that are told apart, a picked pair: numbers from 0."""
RIM = 0.02
"""What is lower is sea."""


class OnTop(SolidDots):
    """Dots that no land covers: under a translucent hill they would turn grey, and their class would be lost."""

    def ranks(self) -> Ranks:
        """Over all else in the space, the nearest last."""
        return [(np.inf, depth, dot) for _, depth, dot in super().ranks()]


class Land(Space):
    """A space in which the dots lie over hills and pits."""

    def dots(self, points: Any, color: Any = ink.chalk, shape: Any = "disc", radius: Any = 0.1) -> SolidDots:
        """Data points (n, 3): x, y and height."""
        return self._keep(OnTop(self, points, color, shape, radius)).redraw()


class Reach(SvmStage):
    """How far a point reaches: the decision function of the RBF kernel as a landscape, and its gamma."""

    def lay_land(self) -> None:
        """Two moons on a floor that runs to the edges, and the space over it."""
        self.train = kernel.moons()
        self.moor: Plane = shot.EDGES.plane((-2.0, 3.2), (-1.1, 1.83), equal=True, x_ticks=[], y_ticks=[])
        self.mesh = self.moor.mesh(125, 71)
        self.space: Space = Land(self.moor, z=(-2.6, 2.6), height=8.0)
        at_sea = np.column_stack([self.train.points, np.zeros(len(self.train.points))])
        self.moons = [
            self.space.dots(at_sea[self.train.sides < 0], ink.first, radius=0.1),
            self.space.dots(at_sea[self.train.sides > 0], ink.second, "square", radius=0.1),
        ]
        self.land = [
            self.space.surface(self.half(np.zeros(self.mesh.shape[:2]), side), color, 0.5, 4)
            for side, color in ((-1, ink.first), (1, ink.second))
        ]
        self.sea = self.space.sheet(0.0, color=ink.quiet, fill=0.05)
        self.shore = self.space.curve(np.zeros((2, 3)), BOUNDARY, 2 * LINE)
        self.scenery = (self.sea, *self.land, self.shore, *self.moons)
        self.space.look()

    def half(self, level: Floats, side: int) -> Floats:
        """The part of a landscape above (1) or below (-1) zero, with its rim; nothing elsewhere."""
        return kernel.half_land(level, side, RIM)

    def shape(self, level: Floats) -> None:
        """The landscape has these heights (ny, nx); its shore lies where they are zero."""
        for surface, side in zip(self.land, (-1, 1), strict=True):
            surface.redraw(self.half(level, side))
        self.shore.redraw(self.coast(level))

    def coast(self, level: Floats) -> Floats:
        """Points (n, 3) along which ``level`` is zero; a gap between one shore and the next."""
        low, high = self.moor.limits
        step = (high - low) / (np.array(level.shape[::-1]) - 1)
        gap = np.full((1, 3), np.nan)
        shores = [
            np.concatenate([np.column_stack([low + path * step, np.zeros(len(path))]), gap])
            for path in contours(level, 0.0)
        ]
        return np.concatenate(shores) if shores else np.zeros((2, 3))

    def stand(self, heights: Floats) -> None:
        """The points stand at ``heights`` (n,)."""
        for dots, side in zip(self.moons, (-1, 1), strict=True):
            chosen = self.train.sides == side
            dots.redraw(np.column_stack([self.train.points[chosen], heights[chosen]]))

    def place_of(self, row: int) -> int:
        """Which of the dots of its class the point of that row is."""
        return int(np.flatnonzero(np.flatnonzero(self.train.sides == self.train.sides[row]) == row)[0])

    def bump(self, row: int, gamma: float) -> Floats:
        """What the point of that row adds everywhere: a hill or a pit (ny, nx)."""
        return float(self.train.sides[row]) * kernel.radial_kernel(self.mesh, self.train.points[row], gamma)

    @chapter("Gamma says how far a point reaches", "RBF kernel and γ", goes_on=True)
    def gamma_says_how_far(self) -> None:
        self.lay_land()
        self.raise_one_hill()
        self.add_them_up()
        self.turn_gamma()
        self.count_what_is_unseen()
        self.standardise_first()

    def raise_one_hill(self) -> None:
        """One point, and how its kernel fades."""
        self.shot(shot.wide())
        axes = self.mesh[0, :, 0], self.mesh[:, 0, 1]
        bent, wilder = kernel.wind_by_degree(self.train, self.train, (3, 5), *axes).level
        street = self.moor.band((1, 0), 0.0, color=BOUNDARY).wind(bent)
        field = self.moor.field(bent, largest=2.0)
        self.rows = [
            int(
                np.flatnonzero(self.train.sides == side)[
                    np.argmin(np.linalg.norm(self.train.points[self.train.sides == side] - near, axis=1))
                ]
            )
            for side, near in ((-1, HILL), (1, PIT))
        ]
        hill = self.rows[1]
        gamma = ParameterSweep([0.1, 1, 10], log=True, value=1.0)
        form = words.formula(
            "K(bold(x), bold(z)) = exp(-{{gamma : gamma}} norm(bold(x) - bold(z))^2)",
            size=ink.POINT,
            symbols=SYMBOLS,
        )
        name = words.note("[RBF kernel:focus], or Gaussian", size=LARGE)
        head = Tag(VGroup(form, name).arrange(DOWN, aligned_edge=LEFT))
        shot.safe(titled=False).put(head, UP + LEFT)
        foot = Tag(words.Readout(gamma, 1, "", "$gamma$ =", digits=2, size=ink.POINT), opacity=1.0)
        shot.safe(titled=False).put(foot, RIGHT + UP)
        self.pin(head, foot)
        self.add(field, street, *self.moons, *filter(None, [self.title_words]))
        with self.beat(
            "A polynomial bends the whole plane at once. The RBF kernel stays near: "
            "it fades with squared distance; gamma says how fast."
        ) as beat:
            beat.over(
                glide(street.wind, bent, wilder),
                glide(field.redraw, bent, wilder),
                self.title_leaves(),
                until="whole",
                least=pace.SLOW,
            )
            beat.over(glide(street.wind, wilder, bent), glide(field.redraw, wilder, bent), until="RBF")
            self.play(FadeOut(field, street), self.space.turning(**LOW_SUN), run_time=pace.SLOW)
            self.shape(np.zeros(self.mesh.shape[:2]))
            self.add(self.sea, *self.land, *self.moons)
            alone = self.bump(hill, 1.0)
            mark = self.space.ring(self.moons[1], [self.place_of(hill)], ink.chalk)
            self.play(
                appear(self.sea),
                FadeIn(mark, head),
                self.moons[0].animate.mute(None, FAINT),
                self.moons[1].animate.only(self.place_of(hill), FAINT),
                run_time=pace.BRISK,
            )
            beat.over(
                glide(self.shape, 0 * alone, alone, *self.scenery, mark),
                appear(*self.land),
                until="gamma",
                least=pace.SLOW,
            )
            self.mark = mark
            beat.at("gamma", words.light(form.part("gamma")))
        gamma.draws(lambda g: self.shape(self.bump(hill, g)), *self.scenery, self.mark)
        with self.beat("A small gamma makes a broad hill, a large one a needle.") as beat:
            self.play(
                FadeIn(foot.plate), run_time=pace.QUICK
            )  # the words come when nothing shines through any more
            self.play(FadeIn(foot.text), run_time=pace.QUICK)
            beat.over(gamma.to(0.1), until="large", least=pace.SLOW)
            beat.over("large", gamma.to(10.0), least=pace.SLOW)
        self.words_of_one = (head, foot)

    def add_them_up(self) -> None:
        """A hill and a pit are added, and then the bumps of all support vectors."""
        pit, hill = self.rows
        alone = self.bump(hill, STEEP)
        pair = alone + self.bump(pit, STEEP)
        axes = self.mesh[0, :, 0], self.mesh[:, 0, 1]
        self.sweep = ParameterSweep(np.geomspace(STOPS[0], STOPS[-1], 25), log=True, value=1.0)
        self.wound = kernel.wind_by_gamma(self.train, self.train, self.sweep.stops, *axes)
        self.standing = np.array(
            [kernel.levels_at(self.train, gamma, self.train.points) for gamma in self.sweep.stops]
        )
        one = self.bump(hill, 10.0)
        whole, heights = self.sweep.mix(self.wound.level), self.sweep.mix(self.standing)
        with self.beat("One hill up for one class, one pit for the other, and add them.") as beat:
            self.play(
                glide(self.shape, one, alone, *self.scenery),
                FadeOut(self.words_of_one[1], self.mark),
                *(dots.animate.mute(None, 1.0) for dots in self.moons),
                run_time=pace.CALM,
            )
            beat.over(
                "pit",
                glide(self.shape, alone, pair, *self.scenery),
                appear(self.shore),
                FadeOut(self.words_of_one[0]),
            )
        with self.beat(
            "Do so at all support vectors, weighted by alpha, and add b: "
            "f is a landscape, its zero level the boundary.",
            pause=pace.BRISK,
        ) as beat:
            names = self.name_the_land()
            beat.over(
                glide(self.shape, pair, whole, *self.scenery),
                glide(self.stand, np.zeros(len(heights)), heights, *self.moons),
                self.space.turning(**THREE_QUARTER),
                until="landscape",
                least=pace.LONG,
            )
            beat.at("landscape", FadeIn(*names[:2]))
            beat.at("zero", FadeIn(names[2]), run_time=pace.BRISK)
            beat.over(words.light(names[2]), least=pace.CALM)
        powers = words.note(
            "$e^(2 gamma bold(x) dot bold(z)) = 1 + 2 gamma bold(x) dot bold(z) "
            "+ (2 gamma bold(x) dot bold(z))^2 \\/ 2 + dots.c$",
            colors=PAIR,
            size=SERIES,
        )
        joint = words.note("inside $K$: all powers of $bold(x) dot bold(z)$", colors=PAIR, size=LARGE)
        series = Tag(VGroup(powers, joint).arrange(DOWN, aligned_edge=LEFT), opacity=0.9)
        shot.safe(titled=False).put(series, UP + LEFT)
        self.pin(series)
        with self.beat(
            "Which lift is that? Inside K stands every power of x dot z: a lift into infinitely many dimensions.",
            pause=pace.BRISK,
        ) as beat:
            beat.over(FadeOut(names), self.space.turning(zoom=BEHIND), until="Inside")
            beat.over(FadeIn(series), until="every")
            beat.over(words.light(powers), self.space.orbit(-6 * DEGREES), until="infinitely")
            beat.over(self.space.orbit(-6 * DEGREES))
        self.series = series

    def name_the_land(self) -> VGroup:
        """What is up, what is down, and the boundary between, in their colours and in a calm corner."""
        names = VGroup(
            words.note("$f > 0$", ink.second, LARGE, colors={"f": ink.second}),
            words.note("$f < 0$", ink.first, LARGE, colors={"f": ink.first}),
            words.note("boundary:\n$f = 0$", BOUNDARY, LARGE, colors={"f": BOUNDARY}),
        ).arrange(DOWN, aligned_edge=LEFT, buff=0.3)
        shot.safe(titled=False).put(names, UP + LEFT)
        self.pin(names)
        return names

    def turn_gamma(self) -> None:
        """The landscape from stiff to wild, with a stop at three gammas."""
        sweep = self.sweep
        sweep.mixed(self.wound.level).draws(lambda level: self.shape(level), *self.scenery)
        sweep.mixed(self.standing).draws(lambda heights: self.stand(heights), *self.moons)
        reading = Tag(words.Readout(sweep, 1, "", "$gamma$ =", digits=3, size=ink.POINT))
        shot.safe(titled=False).put(reading, UP + LEFT)
        verdicts = [
            shot.safe(titled=False).put(Tag(words.note(text, size=LARGE)), UP + RIGHT)
            for text in ("too stiff: [underfitting:focus]", "follows the bend", "a bed of nails")
        ]
        self.pin(reading, *verdicts)
        stiff, good, wild = verdicts
        with self.beat("A small gamma is too stiff to follow the two moons: underfitting.") as beat:
            self.play(FadeOut(self.series), FadeIn(reading), run_time=pace.QUICK)
            beat.over(
                sweep.to(STOPS[0]), self.space.turning(**THREE_QUARTER), until="follow", least=pace.SLOW
            )
            self.play(FadeIn(stiff), run_time=pace.QUICK)
            beat.over(words.light(stiff.text))
        with self.beat("A middle one follows the bend.", pause=pace.CALM) as beat:
            self.play(FadeOut(stiff), run_time=pace.QUICK)
            beat.over(sweep.to(STOPS[1]), least=pace.LONG)
            self.play(FadeIn(good), run_time=pace.QUICK)
        with self.beat("A large one fits single points, a bed of nails.", pause=pace.BRISK) as beat:
            beat.until("fits")
            self.play(FadeOut(good), run_time=pace.QUICK)
            beat.over(sweep.to(STOPS[2]), until="nails", least=pace.LONG)
            self.play(FadeIn(wild), run_time=pace.QUICK)
            beat.over(words.light(wild.text), least=pace.CALM)
        self.reading = VGroup(reading, wild)

    def count_what_is_unseen(self) -> None:
        """Seen and unseen scores along gamma, means of twenty training sets."""
        self.shot(shot.wide())
        scores, gammas = unseen.gamma_scores(), np.array(unseen.GAMMAS)
        seen, fresh = 100 * scores.seen.mean(axis=1), 100 * scores.unseen.mean(axis=1)
        chart = (
            shot.safe(titled=False)
            .inset(0.1)
            .plane(
                (0.01, 100),
                (78, 101.5),
                log_x=True,
                x_label="$gamma$",
                y_label="right (%): mean of 20 training sets, guessing 50",
                x_names={0.01: "0.01", 0.1: "0.1", 1: "1", STOPS[1]: f"{STOPS[1]:.1f}", 10: "10", 100: "100"},
                y_ticks=(80, 90, 100),
                tick_size=ink.LABEL,
                name_size=LARGE,
            )
        )
        lines = [
            chart.curve(gammas, each, color, width * LINE)
            for each, color, width in ((seen, ink.quiet, 1.5), (fresh, ink.chalk, 2.0))
        ]
        stops = [int(np.abs(np.log(gammas / stop)).argmin()) for stop in STOPS]
        dots = chart.dots(np.column_stack([gammas[stops], fresh[stops]]), ink.chalk, radius=0.12)
        names = [
            chart.label(at, high, text, side, color, size=LARGE)
            for at, high, text, side, color in (
                (12, float(np.interp(12, gammas, seen)), "seen", UP + LEFT, ink.quiet),
                (45, float(np.interp(45, gammas, fresh)), "unseen", DOWN + LEFT, ink.chalk),
            )
        ]
        values = [
            chart.label(gammas[at], fresh[at], f"{fresh[at]:.0f} %", side, ink.chalk, size=LARGE)
            for at, side in zip(stops, (DOWN + RIGHT, DOWN, DOWN + LEFT), strict=True)
        ]
        values.append(
            chart.label(gammas[-1], seen[-1], f"{seen[-1]:.0f} %", UP + LEFT, ink.quiet, size=LARGE)
        )
        zones = [
            chart.label(0.03, 91, "[underfitting:focus]", UP, size=LARGE),
            chart.label(20, 79.5, "[overfitting:focus]:\nlower $gamma$ or $C$", UP, size=LARGE),
        ]
        drop = chart.segment((STOPS[1], 78), (STOPS[1], fresh[stops[1]] - 3.2), ink.quiet, dashed=True)
        price = chart.label(0.9, 79.5, "$C = 1$", UP, ink.quiet, size=LARGE)
        gap = chart.area(gammas, fresh, np.maximum(seen, fresh), ink.error, 0.25)
        with self.beat("On unseen points, the middle gamma has 94 percent right.") as beat:
            self.play(
                FadeOut(self.sea, *self.land, *self.moons, self.shore, self.reading),
                FadeIn(chart, price),
                run_time=pace.BRISK,
            )
            beat.over(
                drive(
                    lambda t: [
                        line.redraw(gammas, each, t) for line, each in zip(lines, (seen, fresh), strict=True)
                    ],
                    *lines,
                ),
                until="94",
                least=pace.SLOW,
            )
            beat.over(FadeIn(dots, *values[:2], *names), Create(drop))
        with self.beat(
            "A large one is better on seen points, worse on unseen ones: overfitting. Then lower gamma, or C.",
            pause=pace.BRISK,
        ) as beat:
            beat.over("better", words.light(lines[0]), FadeIn(values[3]), until="worse")
            beat.over(words.light(lines[1]), FadeIn(gap, values[2]), until="overfitting")
            beat.over(FadeIn(*zones), until="lower")
            beat.over(words.light(zones[1]), least=pace.CALM)
        self.chart = VGroup(chart, price, *lines, dots, *names, *values, *zones, gap, drop)

    def standardise_first(self) -> None:
        """Wines in raw units lie along a needle; standardised they are three clouds."""
        self.shot(shot.wide())
        wines = wine.wines()
        score = unseen.wine_scores(SHOWN, GRAPES)
        chosen = np.isin(wines.cultivar, GRAPES)
        table = wines.measures[chosen][:, [wines.names.index(name) for name in SHOWN]]
        spread, mean = table.std(axis=0), table.mean(axis=0)
        raw = table - mean
        scaled = raw / spread
        room = shot.safe(titled=False)
        plane = shot.Region(room.left + 0.9, room.bottom + 0.1, room.right, room.top - 0.1).plane(
            (-2.3, 7.4),
            (-2.0, 4.5),
            x_ticks=[-2, 0, 2],
            y_ticks=[-2, 0, 2],
            x_label="proline (standard deviations)",
            y_label="flavanoids (standard deviations)",
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        # One raw unit is as long both ways, as a distance takes it.
        across, up = (
            tuple(centre + spread[0] * limit for limit in limits)
            for centre, limits in zip(mean, np.transpose(plane.limits), strict=True)
        )
        (left, low, _), _, (right, high, _), _ = plane.box
        units = Plane(
            across,
            up,
            float(right - left),
            float(high - low),
            x_ticks=[500, 1000],
            y_ticks=[0, 500],
            x_label="proline (raw units)",
            y_label="flavanoids (raw units)",
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        units.shift(plane.box[0] - units.box[0])
        needle = raw / spread[0]
        dots = plane.classes(scaled, wines.cultivar[chosen] == GRAPES[1], radius=0.12)
        right, high = plane.limits[1]
        rule = plane.label(
            right, high, "[standardise:focus]: mean 0,\nstandard deviation 1", DOWN + LEFT, size=LARGE
        )
        small, power = f"{score.raw_gamma:.1e}".split("e")
        power, tried = str(int(power)), len(unseen.RAW_GAMMAS)
        board = VGroup(
            words.note("RBF, $C = 1$; unseen right:", size=LARGE),
            words.note(f"guessing {100 * score.majority:.0f} %", ink.quiet, size=LARGE),
            words.note(f"raw, $gamma = {small} dot 10^({power})$: {100 * score.raw:.0f} %", size=LARGE),
            words.note(f"best of {tried} other $gamma$: {100 * score.raw_best:.0f} %", size=LARGE),
            words.note(
                f"[standardised:focus], $gamma = {score.scaled_gamma:.1f}$: "
                f"[{100 * score.standardised:.0f} %:focus]",
                size=LARGE,
            ),
        ).arrange(DOWN, aligned_edge=RIGHT, buff=0.22)
        board.next_to(rule, DOWN, buff=3 * words.GAP).align_to(rule, RIGHT)
        with self.beat(
            "Gamma acts on distances, and those add up units. "
            "Two grapes, picked: proline's large numbers crush them to a line. Other gammas hardly help."
        ) as beat:
            beat.over(FadeOut(self.chart), FadeIn(dots), until="Two")
            beat.over("Two", glide(dots.redraw, scaled, needle), FadeIn(units), until="line", least=pace.LONG)
            beat.over(FadeIn(*board[:3]), until="Other", least=pace.CALM)
            beat.over(FadeIn(board[3]), least=pace.BRISK)
        with self.beat(
            "So standardise first: give each feature mean zero and standard deviation one. "
            "Instead of 66 percent of unseen wines, 90 are right."
        ) as beat:
            beat.over(
                "standardise",
                glide(dots.redraw, needle, scaled),
                FadeOut(units),
                FadeIn(plane, rule),
                until="Instead",
                least=pace.LONG,
            )
            beat.over(words.light(board[2]), until="90")
            beat.over(FadeIn(board[4]), least=pace.CALM)
