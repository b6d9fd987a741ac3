"""Gradient descent on the bowl: it comes to the line that was solved for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from manim import DEGREES, FadeIn, FadeOut, Mobject, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import Drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Segments
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import chart
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.kit.walker import SolidWalker, Walker
from scenes.maths.regression import least_squares
from scenes.maths.regression.least_squares import HAND_X, HAND_Y
from scenes.regression.shadow import solution
from scenes.regression.stage import (
    BIG,
    DATA,
    ERROR,
    FINE,
    GOAL,
    MODEL,
    WRONG,
    Look,
    RegressionStage,
    lay,
    maths,
)

RATE: Final = 0.1
"""The learning rate."""
LARGE: Final = 0.29
"""One that is too large."""
STEPS: Final = 200
SEEN: Final = 9
"""Steps of the large rate that are walked."""
TOO_FAR: Final = (0.6, 1.04)
"""From where the large rate walks."""
RIM: Final = 3.4
"""Height of RSS/(2n) above its lowest at which the bowl by hand is cut."""
RINGS: Final = 8
"""Rings of the bowl by hand."""
MARKED: Final = 1
"""The ring that is named."""
SIDE: Final[Look] = {"tilt": 72 * DEGREES, "turn": -36 * DEGREES, "lift": 1.0, "zoom": 0.85}
"""From where the bowl is seen first."""
ALONG: Final[Look] = {"tilt": 80 * DEGREES, "turn": -70 * DEGREES, "lift": 1.0, "zoom": 0.83}
"""A look along the valley."""
MAP_B0: Final = (-0.55, 1.45)
MAP_B1: Final = (-0.2, 1.6)
LINE_X: Final = (-0.5, 4.5)
TRENCH_STEPS: Final = 30
"""Steps that are walked in trench and round bowl."""
HALF: Final = 1.9
"""How far intercept and slope go on each side of the best, in trench and bowl."""
OFF: Final = (-1.5, 0.35)
"""From where, beside the best, both walks start."""
RIMS: Final = (70.0, 3.4)
"""Heights of RSS/(2n) at which trench and bowl are cut: each fills its place."""
TURN: Final = -32 * DEGREES
"""From which side trench and bowl are looked at first."""
SWING: Final = 20 * DEGREES
"""How far one goes around them at the end."""
TRENCH_LINE: Final = (5.0, 13.0)
"""Incomes between which the line is drawn beside the trench."""
LIFT: Final = 0.75
"""How far above the captions trench and bowl stand, in scene units."""
THICK: Final = 2.0 * LINE


def levels(top: float, count: int = 14) -> Floats:
    """Heights of contour lines, dense at the bottom."""
    return np.asarray(top * (np.arange(1, count + 1) / count) ** 2)


def above_best(x: Floats, y: Floats) -> Callable[[Floats, Floats], Floats]:
    """RSS/(2n) above its lowest value, as a function of intercepts and slopes."""
    best = least_squares.fit(x, y)
    matrix = least_squares.design(x)
    hessian = matrix.T @ matrix / len(x)

    def height(b0: Floats, b1: Floats) -> Floats:
        off = np.stack([b0 - best[0], b1 - best[1]], axis=-1)
        return np.asarray(0.5 * np.einsum("...i,ij,...j->...", off, hessian, off))

    return height


def rings_of(x: Floats, y: Floats, level: float, plane: Plane) -> list[Floats]:
    """Runs (n, 3), within the box of ``plane``, of the ring on which RSS/(2n) is ``level`` above its lowest value."""
    matrix = least_squares.design(x)
    size, way = np.linalg.eigh(matrix.T @ matrix / len(x))
    turn = np.linspace(0.0, 2 * np.pi, 721)
    around = np.column_stack([np.cos(turn), np.sin(turn)]) * np.sqrt(2 * level / size)
    ring = least_squares.fit(x, y) + around @ way.T
    low, high = plane.limits
    within = ((ring >= low) & (ring <= high)).all(axis=1)
    high_up = np.column_stack([ring, np.full(len(ring), level)])
    runs = np.split(np.arange(len(ring)), np.flatnonzero(np.diff(within)) + 1)
    return [high_up[run] for run in runs if within[run[0]] and len(run) > 1]


class Trough:
    """The bowl of the twelve households over intercept and slope, and a ball that walks down in it."""

    def __init__(self, place: shot.Region, x: Floats, y: Floats, rate: float, rim: float, text: str) -> None:
        best = least_squares.fit(x, y)
        self.plane = place.plane(
            (best[0] - HALF, best[0] + HALF),
            (best[1] - HALF, best[1] + HALF),
            equal=True,
            x_ticks=[],
            y_ticks=[],
        )
        self.space = Space(self.plane, (0.0, rim), 3.0)
        self.space.carry(self.plane)
        height = above_best(x, y)
        self.surface = self.space.surface(height, ERROR, fill=0.12, wires=2, shape=(41, 41))
        self.floor = self.space.floor(6)
        walk = least_squares.descend(x, y, rate, TRENCH_STEPS, best + np.array(OFF))
        self.ball = SolidWalker(self.space, walk, height, FINE)
        self.goal = self.space.dots([[*best, 0.0]], GOAL, "diamond", radius=0.2)
        self.space.look(tilt=58 * DEGREES, turn=TURN, lift=1.0, zoom=0.98)
        self.name = words.headline(text, size=ink.POINT)

    @property
    def parts(self) -> list[Mobject]:
        """All but the ball."""
        return [self.plane, self.floor, self.surface, self.goal, self.name]

    def walking(self, line: Segments | None = None) -> Drive:
        """The ball walks all its steps, and a ``line`` among the households with it."""
        parts: list[Mobject] = [self.ball] if line is None else [self.ball, line]

        def path(now: float) -> list[Mobject]:
            self.ball.step(now)
            if line is not None:
                lay(line, self.ball.position, TRENCH_LINE)
            return parts

        return glide(path, 0.0, float(TRENCH_STEPS), *parts, rate_func=linear)


def two_bowls(lesson: RegressionStage) -> tuple[Trough, Trough]:
    """The trench of raw incomes, and the round bowl of standardised ones."""
    x, y = lesson.twelve.income, lesson.twelve.food
    upper, below = shot.safe(titled=False).rows(1.3, 6, gap=0.15)
    below = shot.Region(below.left, below.bottom + LIFT, below.right, below.top)
    left, right = below.columns(1, 1, gap=0.4)
    raw = Trough(left, x, y, 0.9 * least_squares.largest_rate(x), RIMS[0], "income as it is")
    even = Trough(right, least_squares.standardised(x), y, RATE, RIMS[1], "income standardised")
    for place, bowl in zip(upper.columns(1, 1, gap=0.4), (raw, even), strict=True):
        place.put(bowl.name)
    return raw, even


def bowls_end(lesson: RegressionStage) -> list[Mobject]:
    """Trench and bowl, each with the ball where it has come to: as the chapter ends."""
    parts: list[Mobject] = []
    for bowl in two_bowls(lesson):
        bowl.ball.step(TRENCH_STEPS)
        bowl.space.look(turn=TURN + SWING)
        parts += [*bowl.parts, bowl.ball]
    return parts


class Walk(RegressionStage):
    """Gradient descent on the bowl."""

    @chapter("Walking down reaches the same line", "gradient descent to the same line", goes_on=True)
    def walking_down_reaches_the_same_line(self) -> None:
        self.untitled()
        self.shot(shot.split(titled=False))
        self.lay_the_bowl_down()
        self.take_one_step()
        self.walk_on()
        self.step_too_far()
        self.compare_two_bowls()

    def lay_the_bowl_down(self) -> None:
        """The formula leaves; the bowl comes, is seen from its side, and tips until its rings lie flat."""
        rows = solution()
        self.add(*rows)
        room = shot.safe(titled=False)
        self.top, below = room.rows(1.3, 6, gap=0.15)
        left, right = below.columns(1.05, 1, gap=0.6)
        self.map = chart(
            left, MAP_B0, MAP_B1, x_label="$b_0$", y_label="$b_1$", x_ticks=(0, 0.5, 1), y_ticks=(0, 0.5, 1)
        )
        self.space = space = Space(self.map, (0.0, RIM), 4.0)
        self.height = above_best(HAND_X, HAND_Y)
        self.surface = surface = space.surface(self.height, ERROR, fill=0.10, wires=2, shape=(33, 33))
        rings = [
            space.curve(run, ink.chalk if level == MARKED else ink.quiet, LINE if level == MARKED else THIN)
            for level in range(RINGS)
            for run in rings_of(HAND_X, HAND_Y, levels(RIM, RINGS)[level], self.map)
        ]
        self.rings = VGroup(*rings)
        space.carry(self.map)
        space.look(**SIDE)
        self.data = data = chart(
            right,
            (-0.5, 4.5),
            (-0.4, 4.3),
            x_label="feature [$x$:first]",
            y_label="target [$y$:first]",
            x_ticks=(0, 2, 4),
            y_ticks=(1, 2, 3),
        )
        self.dots = data.dots(np.column_stack([HAND_X, HAND_Y]), DATA, radius=0.17)
        self.line = lay(data.segment((0, 0), (0, 0), MODEL, THICK), np.zeros(2), LINE_X)
        self.ball = Walker(self.map, least_squares.descend(HAND_X, HAND_Y, RATE, STEPS), FINE)
        with self.beat(
            "With very many features, solving costs too much. Walk down the bowl instead."
        ) as beat:
            beat.over(FadeOut(*rows), until="Walk")
            self.play(FadeIn(self.map.grid, self.map.frame, surface, data, self.dots), run_time=pace.CALM)
            beat.over(space.orbit(12 * DEGREES), least=pace.CALM)
        name = Tag(words.headline("one ring: the same RSS", size=ink.POINT))
        name.move_to(self.map.at(sum(MAP_B0) / 2, MAP_B1[0]))
        with self.beat("From above it is a map. Along one ring, the RSS is the same.") as beat:
            self.play(FadeIn(self.rings), run_time=pace.QUICK)
            self.play(FadeOut(surface), run_time=pace.QUICK)
            beat.over(space.turning(tilt=0.0, turn=0.0, zoom=1.0), until="Along", least=pace.SLOW)
            self.play(FadeIn(name), run_time=pace.QUICK)
            beat.over(*(words.light(ring, ERROR) for ring in self.rings), least=pace.CALM)
        self.play(FadeIn(self.map.numbers, self.map.names), FadeOut(name), run_time=pace.QUICK)
        with self.beat("Start with both coefficients at zero.") as beat:
            beat.over(FadeIn(self.ball, self.line))

    def take_one_step(self) -> None:
        """The gradient by hand, and a tenth of it."""
        start = np.zeros(2)
        steepest = -least_squares.gradient(HAND_X, HAND_Y, start)
        rule = maths("b <- b + {{ eta : rate }} dot {{ 1/n X^T e : slope }}", ink.POINT, {"slope": ERROR})
        left, right = self.top.columns(1, 1)
        stems = self.data.stems(HAND_X, HAND_Y, 0.0, ERROR, 1.5 * LINE)
        aim = self.map.vector(start, RATE * steepest, ERROR, 1.5 * LINE)
        means = [
            words.headline(f"mean of [$e$:focus] = {steepest[0]:g}", size=ink.POINT),
            words.headline(f"mean of [$x$:first][$e$:focus] = {steepest[1]:g}", size=ink.POINT),
        ]
        term = left.put(words.headline("gradient descent", size=ink.POINT))
        with self.beat(
            "Gradient descent steps against the gradient of the mean squared error, halved."
        ) as beat:
            beat.over(FadeIn(term), until="against")
            beat.over(FadeIn(aim), until="mean")
            beat.over(words.light(aim, ink.chalk))
        with self.beat(
            "By hand: the residuals are zero, three, three. Their mean, two, moves the intercept."
        ) as beat:
            beat.over(FadeIn(stems), until="mean")
            self.play(FadeOut(term), FadeIn(left.put(means[0])), run_time=pace.BRISK)
            beat.over(words.light(means[0]))
        with self.beat("The mean of x times the residual, six, moves the slope.") as beat:
            beat.over(FadeIn(right.put(means[1])), until="six")
            beat.over(words.light(means[1]))
        eta = words.headline(f"learning rate [$eta = {RATE}$:third]", size=ink.POINT)
        with self.beat(
            "Both in one: X transpose e over n. The learning rate, eta, takes a tenth of it."
        ) as beat:
            beat.over(FadeOut(*means, stems), FadeIn(left.put(rule)), until="The")
            beat.over(FadeIn(right.put(eta)), words.light(rule.part("rate"), ink.chalk), until="tenth")
            beat.over(self.go(1.0), FadeOut(aim), least=pace.SLOW)
        self.rule, self.eta = rule, eta

    def go(self, steps: float) -> Drive:
        """The ball walks on, and the line with it."""
        ball, line = self.ball, self.line

        def path(now: float) -> list[Mobject]:
            ball.step(now)
            lay(line, ball.position, LINE_X)
            return [ball, line]

        return glide(path, float(ball.steps), float(steps), ball, line, rate_func=linear)

    def walk_on(self) -> None:
        """The rest of the walk, until the normal equations hold."""
        goal = self.map.dots([self.hand_best], GOAL, "diamond", radius=0.2)
        solved = lay(self.data.segment((0, 0), (0, 0), GOAL, 3.2 * LINE), self.hand_best, LINE_X)
        solved.set_stroke(opacity=0.5)
        still = self.top.columns(1, 1)[1].put(maths("X^T e approx 0", BIG))
        with self.beat("After two hundred steps, the line agrees with the one that we solved for.") as beat:
            beat.over(self.go(float(STEPS)), until="agrees", least=pace.LONG)
            self.add(solved)
            self.bring_to_front(self.line, self.dots)
            beat.over(FadeIn(goal, scale=2), FadeIn(solved))
        with self.beat("There X transpose e is nearly zero, and the steps fade.") as beat:
            beat.over(FadeOut(self.eta), FadeIn(still), until="zero")
            beat.over(words.light(self.rule.part("slope"), ink.chalk), words.light(goal, ink.chalk))
        self.goal, self.solved, self.still = goal, solved, still

    def step_too_far(self) -> None:
        """A learning rate that is too large, seen along the valley: the ball climbs out."""
        walk = least_squares.descend(HAND_X, HAND_Y, LARGE, SEEN, TOO_FAR)
        goal = self.space.dots([[*self.hand_best, 0.0]], GOAL, "diamond", radius=0.2)
        self.remove(self.goal)
        self.add(goal)
        self.play(
            FadeOut(self.ball, self.solved, self.still, self.map.numbers, self.map.names),
            run_time=pace.QUICK,
        )
        ball = SolidWalker(self.space, walk, self.height, WRONG)
        lay(self.line, walk[0], LINE_X)
        eta = self.top.columns(1, 1)[1].put(words.headline(f"[$eta = {LARGE}$:error]", size=ink.POINT))

        def path(now: float) -> list[Mobject]:
            ball.step(now)
            lay(self.line, ball.position, LINE_X)
            return [ball, self.line]

        for axis in self.map.family_members_with_points():
            self.allow(axis, "caption", "a corner of the map passes there as the valley turns")
        with self.beat(
            "With too large a learning rate, each step lands higher on the other wall: the steps diverge."
        ) as beat:
            self.play(FadeIn(eta), run_time=pace.QUICK)
            beat.over(self.space.turning(**ALONG), until="each", least=pace.SLOW)
            self.play(FadeIn(self.surface, ball), run_time=pace.QUICK)
            beat.over(glide(path, 0.0, float(SEEN), ball, self.line, rate_func=linear), least=pace.LONG)

    def compare_two_bowls(self) -> None:
        """The trench of raw incomes, and the round bowl of standardised ones."""
        self.clear_stage()
        raw, even = two_bowls(self)
        data = chart(
            shot.safe(titled=False).rows(1.3, 6, gap=0.15)[1].columns(1, 1, gap=0.4)[1],
            (4.3, 16.2),
            (1.6, 11.2),
            x_label="income (hundred francs)",
            y_label="spent on food",
            x_ticks=(6, 10, 14),
            y_ticks=(4, 6, 8, 10),
        )
        dots = data.dots(self.twelve.points, DATA, radius=0.14)
        start = np.asarray(raw.ball.position)
        line = lay(data.segment((0, 0), (0, 0), MODEL, THICK), start, TRENCH_LINE)
        with self.beat(
            "Over intercept and slope, our bowl is a trench. Its steep walls force a small rate, so the ball creeps."
        ) as beat:
            beat.over(FadeIn(*raw.parts), until="Steep")
            self.play(FadeIn(raw.ball, data, dots, line), run_time=pace.QUICK)
            beat.over(raw.walking(line), least=pace.SLOW)
        with self.beat(
            "Standardise: subtract the mean, divide by the standard deviation. For one feature, the bowl is round."
        ) as beat:
            beat.over(FadeOut(data, dots, line), FadeIn(even.name), until="subtract")
            beat.over(FadeIn(*even.parts[:-1]), until="divide")
            self.play(FadeIn(even.ball), run_time=pace.QUICK)
            beat.over(even.walking(), least=pace.SLOW)
        self.play(raw.space.orbit(SWING), even.space.orbit(SWING), run_time=pace.CALM)
