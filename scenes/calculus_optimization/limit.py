"""The steepest wall limits the step, and momentum adds up what agrees: a valley of two curvatures."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, ManimColor, Mobject, VGroup, linear

from scenes.calculus_optimization.stage import (
    BALL,
    GOAL,
    GRADIENT,
    WRONG,
    CalculusOptimizationStage,
    inline,
    maths,
    walked,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Contour
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.walker import Walker
from scenes.kit.words import Words
from scenes.maths.calculus_optimization import landscape, optimiser

HAND_START: Final = 4.0
"""Where descent on x² begins."""
HAND_VIEW: Final = ((-5.2, 5.2), (-3.6, 18.5))
"""Limits along x and y of the view of x² in which the chapter before has ended."""
HAND_RATES: Final = (0.05, 0.25, 1.1)
"""Learning rates on x² that creep, halve and diverge."""
RATES: Final = (0.004, 0.06, 0.082)
"""Learning rates in the valley: too small, right, and a hair past the limit."""
NEAR: Final = ((-4.75, -2.25), (1.85, 1.5))
"""Corners of the map's part in which the three walk."""
KINDS: Final[tuple[ManimColor, ...]] = (ink.chalk, ink.first, WRONG)
"""Colours of the three: the one that is kept has that of gradient descent."""
STEPS: Final = 100
"""Over which losses are told."""
SEEN: Final = 22
"""Steps that are walked on the map: the diverging ball has left it then."""
LEVELS: Final[Floats] = 0.35 * np.arange(1.0, 32.0) ** 2
"""Heights of contour lines: the outer ones come into the map when it is squeezed."""
BETAS: Final = (0.0, 0.5, 0.9)
HAND_BETA: Final = 0.5
BELOW: Final = 0.01
"""A loss under which a walk has arrived."""
TUNED: Final[Floats] = np.round(np.arange(0.002, 0.16, 0.002), 3)
"""Rates among which the best is looked for."""
PATIENCE: Final = 1000
"""Steps within which a walk is to arrive."""
LARGE: Final = 60.0
"""Capitals of what is told by hand, in pixels."""
TALL: Final = 45.0
"""The largest loss that the chart of losses shows."""
POST: Final = 13.0
"""Half the height of a mark on the ruler, in heights of the ruler."""
SQUEEZE: Final = 5.0
"""By how much the map is squeezed along x, so that its contour lines are circles."""


def by_hand(rate: float, steps: int) -> Floats:
    """Places x (steps + 1,) of descent on x² from four."""
    return optimiser.descend(lambda x: 2 * x, [HAND_START], rate, steps)[:, 0]


def valley_walk(rate: float, steps: int = STEPS, beta: float = 0.0) -> Floats:
    """The walk (steps + 1, 2) in the valley from its start."""
    return optimiser.roll(landscape.valley_gradient, landscape.VALLEY_START, rate, beta, steps)


def arrival(beta: float) -> int:
    """Steps until the loss stays below a hundredth, with the rate that is right without momentum."""
    return optimiser.settled(landscape.valley(valley_walk(RATES[1], 400, beta)), BELOW)


@cache
def tuned(beta: float, by: float = 1.0) -> tuple[int, float]:
    """The fewest steps until the loss stays below a hundredth, over all :data:`TUNED` rates, and the rate with them.

    ``by`` is how many times as large the units are in which x is measured.
    """
    curvatures = np.array(landscape.CURVATURES) * [by**2, 1.0]
    found = []
    for rate in TUNED.tolist():
        with np.errstate(over="ignore", invalid="ignore"):  # those that diverge
            walk = optimiser.roll(lambda p: curvatures * p, landscape.VALLEY_START, rate, beta, PATIENCE)
            losses = 0.5 * walk**2 @ curvatures
        if losses[-1] < BELOW:
            found.append((optimiser.settled(losses, BELOW), rate))
    return min(found)


def rotation(degrees: float) -> Floats:
    """The matrix (2, 2) that turns points, written as columns, by so many degrees."""
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[cosine, -sine], [sine, cosine]])


def condition(squeeze: float = 1.0) -> float:
    """The condition number of the valley, when x is measured in units ``squeeze`` times as large."""
    curvatures = np.array(landscape.CURVATURES) * [squeeze**2, 1.0]
    return float(curvatures.max() / curvatures.min())


def arrival_squeezed() -> int:
    """The same in the bowl that the squeezed valley is, with the same rate."""
    return optimiser.settled(landscape.valley(squeezed(SQUEEZE) * [SQUEEZE, 1.0]), BELOW)


def plain(x: float) -> str:
    """A number as it is read, with a true minus sign."""
    return f"{x:.3g}".replace("-", "−")


class Valley:
    """The valley from above, through the whole frame; it can be squeezed along x."""

    def __init__(self, lesson: CalculusOptimizationStage) -> None:
        self.plane, _ = lesson.valley_map()
        self.contour = Contour(self.plane, LEVELS, ink.quiet, THIN)
        self.contour.set_stroke(opacity=0.45)
        self.goal = self.plane.dots([landscape.VALLEY_MINIMUM], GOAL, "diamond", radius=0.17)
        self.squeeze(1.0)

    def squeeze(self, by: float, turned: float = 0.0) -> Contour:
        """Draw the map when x is measured in units ``by`` times as large, ``turned`` by so many degrees."""
        mesh = self.plane.mesh(241, 141) @ rotation(turned) * [by, 1.0]
        return self.contour.redraw(landscape.valley(mesh), LEVELS)

    def walker(self, walk: Floats, color: ManimColor) -> Walker:
        """A ball on the map, its trail in ``color``."""
        return Walker(self.plane, walk, color)


def squeezed(by: float) -> Floats:
    """The walk of the right rate when x is measured in units ``by`` times as large, in those of the map."""
    pull = np.array([by, 1.0])

    def gradient(points: Floats) -> Floats:
        return np.asarray(landscape.valley_gradient(points * pull) * pull)

    return optimiser.descend(gradient, np.array(landscape.VALLEY_START) / pull, RATES[1], SEEN)


def ends_of_limit(lesson: CalculusOptimizationStage) -> tuple[Valley, Walker, Tag]:
    """The squeezed valley with its walk: as the chapter of the limit ends."""
    valley = Valley(lesson)
    valley.squeeze(SQUEEZE)
    walker = valley.walker(squeezed(SQUEEZE), KINDS[1]).step(SEEN)
    name = kappa(condition(SQUEEZE), arrival_squeezed())
    return valley, walker, name


def kappa(number: float, steps: int = 0, parts: str = "") -> Tag:
    """The condition number, its ``parts``, and after how many ``steps`` the right rate has arrived, upper left."""
    told = f"\nη = {plain(RATES[1])}: loss below {BELOW:g} in {steps} steps" if steps else ""
    text = words.headline(f"condition number [κ = {parts}{number:.0f}:focus]{told}", size=ink.POINT)
    return Tag(shot.safe(titled=False).put(text, LEFT + UP))


class Limit(CalculusOptimizationStage):
    """How long a step may be, and what a running sum of gradients does about it."""

    @chapter("The steepest wall limits the step", "step size too small, right and diverging", goes_on=True)
    def the_steepest_wall_limits_the_step(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.on_one_curve()
        self.two_curves()
        self.on_the_map()
        self.tell_losses()
        self.squeeze_the_valley()

    # --- one parameter

    def on_one_curve(self) -> None:
        """x squared from four, with three learning rates."""
        plane = shot.EDGES.plane((-6.7, 6.7), (-10.5, 36), x_ticks=[], y_ticks=[])
        plane.frame.set_opacity(0)
        xs = np.linspace(-6, 6, 121)
        self.curve = plane.curve(xs, xs**2, ink.chalk, 1.6 * LINE)
        nearer = shot.EDGES.plane(*HAND_VIEW, x_ticks=[], y_ticks=[])
        side = np.linspace(*HAND_VIEW[0], len(xs))
        before = plane.inverse(nearer.at(np.column_stack([side, side**2])))
        self.curve.redraw(*before.T)
        flat = nearer.segment((HAND_VIEW[0][0], 0), (HAND_VIEW[0][1], 0), GRADIENT, 1.2 * LINE)
        ball = nearer.dots([(0, 0)], BALL, radius=0.2)
        name = inline("loss  $x^2$", LARGE).move_to(plane.at(0, 25))
        walkers = []
        for rate, steps in zip(HAND_RATES, (9, 5, 3), strict=True):
            places = by_hand(rate, steps)
            walkers.append(Walker(plane, np.column_stack([places, places**2]), BALL))
        told = [self.row_of(rate) for rate in HAND_RATES]
        self.hand_plane = plane
        with self.beat("How long may a step be? Take x squared, and start at four.") as beat:
            self.add(self.curve, flat, ball)
            beat.until("Take")
            self.play(
                glide(self.curve.redraw, tuple(before.T), (xs, xs**2)),
                FadeOut(flat, ball),
                run_time=pace.CALM,
            )
            self.play(FadeIn(name), run_time=pace.QUICK)
            beat.at("four", FadeIn(walkers[0], scale=2))
        with self.beat("With a small learning rate, x creeps.") as beat:
            self.play(FadeOut(name), FadeIn(told[0]), run_time=pace.BRISK)
            beat.over(walked(walkers[0], 9, linear), least=pace.LONG)
        with self.beat("With a larger one, it comes down fast.") as beat:
            self.play(FadeOut(walkers[0], told[0]), FadeIn(walkers[1], told[1]), run_time=pace.CALM)
            beat.over(walked(walkers[1], 5, linear), least=pace.LONG)
        with self.beat("And with 1.1, each step lands on the other wall, farther out than before.") as beat:
            self.play(FadeOut(walkers[1], told[1]), FadeIn(walkers[2], told[2]), run_time=pace.CALM)
            beat.over(walked(walkers[2], 2, linear), least=pace.LONG)
        name = words.headline("[divergence:error]", size=ink.HEADLINE).move_to(plane.at(0, 8))
        with self.beat("It overshoots, and the loss grows without bound: divergence.") as beat:
            beat.over(walked(walkers[2], 3, linear), until="loss")
            beat.over(words.light(told[2], WRONG), until="divergence")
            beat.over(FadeIn(name, scale=1.1))
        self.play(FadeOut(walkers[2], told[2], name), run_time=pace.QUICK)

    def row_of(self, rate: float) -> Words:
        """What a learning rate does to x, in a row under the curve."""
        places = by_hand(rate, 3)
        row = "  →  ".join(plain(round(x, 2)) for x in places[:3])
        text = words.label(f"[η = {plain(rate)}:focus]      {row}  …", size=LARGE)
        return shot.safe(titled=False).put(text, DOWN)

    def two_curves(self) -> None:
        """The two cuts through the valley, and how fast their slopes change."""
        plane, (flat, steep) = self.hand_plane, landscape.CURVATURES
        xs = np.linspace(-6.6, 6.6, 401)
        along = plane.curve(xs, 0.5 * flat * xs**2, ink.chalk, 1.5 * LINE)
        across = plane.curve(xs, 0.5 * steep * xs**2, ink.chalk, 1.5 * LINE)
        names = (
            plane.label(5.2, 6.0, "along x", DOWN, ink.chalk, size=LARGE),
            plane.label(2.0, 27, "along y", RIGHT, ink.chalk, size=LARGE),
        )
        tangents = [plane.segment((0, 0), (0, 0), GRADIENT, 1.5 * LINE) for _ in range(2)]
        dots = [plane.dots([(0, 0)], BALL, radius=0.15) for _ in range(2)]
        slopes = [words.label(f"curvature [{plain(each)}:focus]", size=LARGE) for each in (flat, steep)]
        shot.safe(titled=False).put(slopes[0], DOWN + RIGHT)
        slopes[1].move_to(plane.at(-4.2, 27))

        def swing(share: float) -> list[Mobject]:
            changed: list[Mobject] = []
            for curvature, tangent, dot in zip((flat, steep), tangents, dots, strict=True):
                at = 1.5 * share
                height, slope = 0.5 * curvature * at**2, curvature * at
                tilt = np.array([1.0, slope / 3.5])
                reach = 2.2 * tilt / np.linalg.norm(tilt)
                tangent.redraw(
                    (at - reach[0], height - slope * reach[0]), (at + reach[0], height + slope * reach[0])
                )
                dot.redraw([(at, height)])
                changed += [tangent, dot]
            return changed

        with self.beat(
            "A valley has two parameters. Cut along x, it is flat; cut along y, its walls are steep."
        ) as beat:
            beat.over(glide(self.curve.redraw, (xs, xs**2), (xs, 0.5 * flat * xs**2)), until="flat")
            beat.over(FadeOut(self.curve), FadeIn(along, names[0]), until="cut along y")
            beat.over(FadeIn(across, names[1]))
        with self.beat(
            "Curvature, the second derivative, is how fast the slope itself changes: one here, twenty-five there."
        ) as beat:
            beat.over(drive(swing, *tangents, *dots), until="one here", least=pace.LONG)
            beat.at("one", FadeIn(slopes[0]))
            beat.at("twenty-five", FadeIn(slopes[1]))
        self.cuts = VGroup(along, across, *names, *tangents, *dots, *slopes)

    # --- two parameters

    def on_the_map(self) -> None:
        """The limit, marked before three balls start."""
        self.valley = valley = Valley(self)
        plane = valley.plane
        limit = optimiser.largest_rate(max(landscape.CURVATURES))
        step = Tag(
            maths(
                "y <- y - eta dot.c {{ 25 y : slope }} = {{ (1 - 25 eta) : factor }} y",
                58.0,
                {"slope": GRADIENT},
            )
        )
        bound = Tag(
            maths(
                "{{ abs(1 - 25 eta) < 1 : inside }} quad => quad {{ eta < 2 / lambda_max : limit }} = 2/25 = 0.08",
                50.0,
            )
        )
        corner = shot.safe(titled=False)
        corner.put(step, UP)
        corner.put(bound, UP)
        start = plane.dots([landscape.VALLEY_START], BALL, radius=0.16)
        tried = valley.walker(valley_walk(RATES[1], 2), BALL)
        row = factors(RATES[1])
        row.next_to(step, DOWN, buff=0.2)
        with self.beat(
            "From above, this is its map. Each step multiplies y by a factor: one less twenty-five eta."
        ) as beat:
            self.play(FadeOut(self.cuts), FadeIn(valley.contour, valley.goal, start), run_time=pace.CALM)
            beat.over(FadeIn(step), until="one less", least=pace.CALM)
            beat.over(words.light(step.text.part("factor")))
        with self.beat("At 0.06, y goes from one to minus 0.5, then back: it zigzags.") as beat:
            beat.over(FadeIn(row), until="from")
            self.play(FadeOut(start), FadeIn(tried), run_time=pace.QUICK)
            beat.over(walked(tried, 1, linear), until="then", least=pace.BRISK)
            beat.over(walked(tried, 2, linear), least=pace.CALM)
        gauge, marks, balls = self.rate_ruler(limit)
        with self.beat(
            "With a factor below minus one it grows. So the border is a rate of 0.08: two over lambda max, the largest"
            " curvature."
        ) as beat:
            beat.over(FadeOut(step, row, tried), FadeIn(bound, start), until="So")
            beat.over(FadeIn(gauge, marks), until="two over")
            beat.over(words.light(bound.text.part("limit")), least=pace.CALM)
        with self.beat("Three learning rates start here. Which of them arrive?") as beat:
            for ball in balls:
                self.play(FadeIn(ball, scale=1.5), run_time=pace.QUICK)
            beat.rest()
        self.think()
        low, high = plane.at(NEAR)
        self.pin(gauge, marks, *balls)
        self.play(
            FadeOut(bound), self.frame.to_region((low[0], high[0]), (low[1], high[1])), run_time=pace.CALM
        )
        walkers = [
            valley.walker(valley_walk(rate, SEEN), color) for rate, color in zip(RATES, KINDS, strict=True)
        ]
        front = (gauge, marks, *balls)
        told = ("Too small is safe and slow.", "This one zigzags, and comes down.")
        for text, walker, ball in zip(told, walkers, balls, strict=False):
            with self.beat(text) as beat:
                leaving = [FadeOut(start)] if walker is walkers[0] else []
                self.play(*leaving, FadeIn(walker), run_time=pace.QUICK)
                self.bring_to_front(*front)
                beat.over(walked(walker, SEEN, linear), words.light(ball[1]), least=pace.LONG)
        with self.beat("And a hair past the limit, the valley throws you out.") as beat:
            self.play(FadeIn(walkers[2]), run_time=pace.QUICK)
            self.bring_to_front(*front)
            beat.over(walked(walkers[2], SEEN, linear), words.light(balls[2][1]), least=pace.LONG)
        self.walkers, self.gauge_drawn = walkers, VGroup(gauge, marks, *balls)

    def rate_ruler(self, limit: float) -> tuple[Tag, VGroup, list[VGroup]]:
        """A ruler of learning rates at the foot, its limit, and the three balls on it."""
        foot = shot.safe(titled=False)
        line = Plane((0.0, 0.1), (0, 1), foot.width - 1.6, 0.02, x_ticks=[], y_ticks=[])
        shot.Region(foot.left + 0.8, foot.bottom, foot.right, foot.bottom + 1.5).put(line)
        free = line.segment((0, 0), (limit, 0), ink.chalk, 1.5 * LINE)
        past = line.segment((limit, 0), (0.1, 0), WRONG, 2.5 * LINE)
        eta = words.label("[η:focus]", size=LARGE).next_to(line.at(0, 0), LEFT, buff=0.25)
        line.frame.set_opacity(0)
        gauge = Tag(VGroup(line, free, past, eta))
        gauge.plate.stretch_to_fit_height(2.4).stretch_to_fit_width(ink.FRAME_WIDTH + 1.0).set_fill(
            opacity=1.0
        )
        band = shot.Region(
            shot.EDGES.left - 0.5, foot.bottom - 0.9, shot.EDGES.right + 0.5, foot.bottom + 1.5
        )
        band.put(gauge.plate)
        stop = line.at(limit, 0)
        post = words.label("limit 0.08", size=44.0).next_to(stop, UP, buff=0.28)
        cross = line.segment((limit, -POST), (limit, POST), ink.chalk, 2 * LINE)
        balls = []
        for rate, color, side in zip(RATES, KINDS, (DOWN, DOWN, DOWN), strict=True):
            spot = line.at(rate, 0)
            name = words.label(plain(rate), color, size=44.0).next_to(spot, side, buff=0.22)
            dot = line.dots([(rate, 0)], color, radius=0.14)
            balls.append(VGroup(dot, name))
        return gauge, VGroup(post, cross), balls

    def tell_losses(self) -> None:
        """The three losses over a hundred steps, as far as the chart goes."""
        frame = shot.safe(titled=False)
        chart = frame.plane(
            (0, STEPS + 48),
            (0, TALL),
            x_ticks=[0, 50, 100],
            y_ticks=[0, 20, 40],
            x_label="step",
            y_label="loss",
            tick_size=40.0,
            name_size=40.0,
        )
        steps = np.arange(STEPS + 1)
        curves, ends = [], []
        for rate, color in zip(RATES, KINDS, strict=True):
            losses = landscape.valley(valley_walk(rate))
            seen = losses <= TALL
            curve = chart.curve(steps[seen], losses[seen], color, 2 * LINE)
            curves.append(curve)
            text = f"η = {plain(rate)}: {told_loss(float(losses[-1]))}" + (
                " at step 100" if losses[-1] > TALL else ""
            )
            spot = (float(steps[seen][-1]) + 1, float(losses[seen][-1]) + (3.5 if losses[-1] > 1 else 1.5))
            ends.append(chart.label(*spot, text, RIGHT, color, size=48.0))
        with self.beat(
            "Read their losses. Too small, and it creeps. Right: it drops, then flattens. Too large: it climbs."
        ) as beat:
            leaving = (self.valley.contour, self.valley.goal, *self.walkers, self.gauge_drawn)
            self.play(FadeOut(*leaving), FadeIn(chart), self.frame.back(), run_time=pace.CALM)
            self.shot(shot.headline())
            beat.over(
                *(Create(curve, rate_func=linear) for curve in curves),
                until="creeps",
                least=pace.CALM,
            )
            for word, end in zip(("creeps", "drops", "climbs"), ends, strict=True):
                beat.at(word, FadeIn(end))
        self.told_losses = VGroup(chart, *curves[:2], *ends[:2])
        with self.beat("When a loss keeps climbing, take a smaller rate.") as beat:
            beat.over(words.light(ends[2]), words.light(curves[2], ink.chalk), until="take")
            beat.over(FadeOut(curves[2], ends[2]), words.light(ends[1]))

    def squeeze_the_valley(self) -> None:
        """The condition number, and how scaling lowers it."""
        valley = self.valley
        walker = self.walkers[1].step(SEEN)
        flat, steep = landscape.CURVATURES
        name = kappa(condition(), parts=f"{plain(steep)} / {plain(flat)} = ")
        rate = RATES[1]
        both = VGroup(
            *(
                words.label(
                    f"{axis}:  1 − {plain(each) if each != 1 else ''}η = [{plain(1 - each * rate)}:focus]",
                    size=56.0,
                )
                for axis, each in (("y", steep), ("x", flat))
            )
        ).arrange(DOWN, buff=0.25, aligned_edge=LEFT)
        factor = Tag(shot.safe(titled=False).put(both, DOWN + LEFT))
        self.pin(factor)
        low, high = valley.plane.at(NEAR)
        with self.beat("The condition number is the largest curvature divided by the smallest.") as beat:
            self.shot(shot.wide())
            self.play(
                FadeOut(self.told_losses), FadeIn(valley.contour, valley.goal, walker), run_time=pace.CALM
            )
            beat.over("condition", FadeIn(name), until="largest")
            beat.over(words.light(name.text))
        with self.beat(
            "The steep wall limits the step, so the flat floor needs many: x keeps 0.94 of itself in each."
        ) as beat:
            walker.step(0)
            beat.over(
                FadeIn(factor.plate, both[0]),
                self.frame.to_region((low[0], high[0]), (low[1], high[1])),
                walked(walker, 3, linear),
                until="flat",
                least=pace.CALM,
            )
            beat.over(FadeIn(both[1]), walked(walker, SEEN, linear), least=pace.LONG)
        rounder = kappa(condition(SQUEEZE), arrival_squeezed())
        with self.beat(
            "Put features on one scale, and the valley of their weights gets rounder: in this bowl, six steps do."
        ) as beat:

            def squeeze(share: float) -> tuple[Contour, Walker]:
                by = SQUEEZE**share
                return valley.squeeze(by), walker.redraw(squeezed(by))

            self.play(FadeOut(name, factor), self.frame.back(), run_time=pace.CALM)
            beat.over(drive(squeeze, valley.contour, walker), until="this bowl", least=pace.LONG)
            self.play(FadeIn(rounder), run_time=pace.CALM)
            walker.step(0)
            beat.over(walked(walker, SEEN, linear), least=pace.LONG)


def factors(rate: float) -> Tag:
    """The factor of y at a ``rate``, and y after none, one and two steps."""
    places = "  →  ".join(plain(y) for y in valley_walk(rate, 2)[:, 1])
    factor = plain(1 - max(landscape.CURVATURES) * rate)
    return Tag(words.label(f"η = {plain(rate)}:  factor [{factor}:focus]     y:  {places}", size=52.0))


def told_loss(loss: float) -> str:
    """A loss as it is read: few digits, no powers."""
    if loss >= 1000:
        return f"{round(loss, -5):,.0f}".replace(",", " ")
    return f"{loss:.5f}" if loss < 0.01 else f"{loss:.1f}"
