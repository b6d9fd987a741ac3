"""Two slopes make one arrow: partial derivatives, the gradient, contour lines, and where steepest descent leads."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, Mobject, VGroup

from scenes.calculus_optimization.stage import (
    BALL,
    GOAL,
    GRADIENT,
    LAMP,
    VALLEY_LEVELS,
    WRONG,
    CalculusOptimizationStage,
    maths,
)
from scenes.calculus_optimization.zoom import ends_of_zoom
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.landscape import Ground, Landscape
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.calculus_optimization import slope
from scenes.maths.calculus_optimization.landscape import (
    VALLEY_MINIMUM,
    VALLEY_START,
    valley,
    valley_gradient,
)

HERE: Final = np.array(VALLEY_START)
BIG: Final = 60.0
"""Capitals of formulas on the map."""
DRAWN: Final = 1 / 18
"""Data units of the map for a slope of one."""
FAR: Final = 9.0
"""Data units at which the light takes in all of the map."""
REACH: Final = 1.1
"""Data units that the arrow of a direction is long."""
ALONG: Final = (1.3, 0.42)
"""Data units for which tangents run to either side, along x and along y."""
OPENED: Final = 0.5
"""Data units from the point to the arc of the angle between gradient and step."""
WEDGE: Final = 1.0
"""Data units from the point to the rim of the wedge."""
HUB: Final = [ink.SYMBOLS[name].to_hex() for name in ("x", "y")]
"""Colours that x and y have elsewhere; here they are plain coordinates."""
ROLLED: Final = (2.4, 0.9)
"""Data units that the ball rolls along x and along y, and back."""
TURNED: Final = -75.0
"""Degrees from the gradient at which the step begins to turn."""
NAMED: Final = 30.0
"""Capitals of a name that the camera shows twice as large."""
NAME_AT: Final = (-3.1, 0.82)
"""Where the contour line is named."""
OPEN: Final = ((-8.2, 5.6), (-0.2, 1.8))
"""What the camera shows of the lifted valley, in scene units: its width counts."""
MAPPED: Final = ((-6.3, -0.22), (-0.4, 3.6))
"""What it shows of the map around the ball; its height counts."""
MISSED: Final = ((-7.1, 2.6), (-2.1, 3.0))
"""What it shows of ball and minimum."""
CLOSE: Final = ((-7.1, -2.7), (0.0, 2.5))
"""What the camera shows at last, in scene units."""
SHORT: Final = 0.3
"""Share of the arrow of the gradient that a short step is."""
TOP: Final = 34.0
"""Height at which the valley is cut."""


def new_land(radius: float) -> tuple[Landscape, Ground]:
    """The valley, flat as its map, lit around the ball as far as ``radius``."""
    plane = shot.EDGES.plane((-5.2, 5.2), (-2.92, 2.92), equal=True, x_ticks=[], y_ticks=[])
    land = Landscape(plane, (0.0, TOP), valley, height=4.0)
    return land, land.ground(VALLEY_LEVELS, HERE, radius)


def short_way() -> Floats:
    """Where the arrow of a short step downhill ends."""
    return np.asarray(HERE - SHORT * DRAWN * valley_gradient(HERE))


def ends_of_arrow(lesson: CalculusOptimizationStage) -> VGroup:
    """The ball in the fog with its arrow downhill, near by: as the chapter of the gradient ends."""
    land, ground = new_land(2 * LAMP)
    walker = lesson.ball_on(land, [HERE, HERE])
    land.look(lift=0.0)
    down = land.plane.vector(HERE, short_way(), BALL, 2.2 * LINE)
    lesson.frame.look(lesson.frame.to_region(*CLOSE).aim())
    seen = VGroup(ground, walker, down)
    lesson.add(seen)
    return seen


class Arrow(CalculusOptimizationStage):
    """The gradient on a surface, and what it does not tell."""

    @chapter("Two slopes make one arrow", "partial derivatives", "the gradient on a surface", goes_on=True)
    def two_slopes_make_one_arrow(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.open_the_land()
        self.cut_twice()
        self.look_down()
        self.stand_square()
        self.turn_a_step()
        self.miss_the_minimum()

    def open_the_land(self) -> None:
        """The valley appears around the ball that stood on a curve."""
        square, curve, stander = ends_of_zoom(self)
        self.mountain, self.ground = new_land(LAMP)
        self.walker = self.ball_on(self.mountain, [HERE, HERE])
        self.mountain.look(tilt=55 * DEGREES, turn=-30 * DEGREES, lift=1.0, zoom=1.05)
        self.height = words.label("$f(x, y) = 1/2 (x^2 + 25 y^2)$", size=BIG)
        self.partials = VGroup(
            words.label("[$display((partial f)/(partial x))$:second] $= x = -4$", size=BIG),
            words.label("[$display((partial f)/(partial y))$:second] $= 25 y = 25$", size=BIG),
        )
        self.partials.arrange(RIGHT, buff=0.55, aligned_edge=UP)
        self.plates = [Tag(each) for each in (self.height, *self.partials)]
        for each in (self.height, *self.partials):
            for glyph in each.family_members_with_points():
                if glyph.get_fill_color().to_hex() in HUB:
                    glyph.set_fill(ink.chalk)
        shot.safe(titled=False).put(self.plates[0], UP + RIGHT)
        shot.safe(titled=False).put(VGroup(*self.plates[1:]), DOWN + LEFT)
        self.pin(*self.plates)
        with self.beat(
            "A path has one slope. On open land you can go two ways: along x, and along y. "
            "So a height is a function of both."
        ) as beat:
            beat.over(words.light(square.tangent), until="On")
            self.play(
                FadeOut(curve),
                FadeIn(self.ground),
                stander.animate.move_to(self.walker.ball),
                self.frame.to_region(*OPEN),
                run_time=pace.SLOW,
            )
            self.remove(stander)
            self.add(self.walker)
            beat.over(self.light(LAMP, FAR), until="height", least=pace.SLOW)
            beat.over("height", FadeIn(self.plates[0]))

    def light(self, start: float, end: float) -> Animation:
        """The light widens, or narrows, from ``start`` to ``end`` data units."""
        return self.mountain.drive(lambda t: self.ground.redraw(radius=np.interp(t, (0, 1), (start, end))))

    def through(self, axis: int, reach: float) -> Floats:
        """Ends (2, 3) of the tangent at the ball along an ``axis``, ``reach`` data units to either side."""
        ends = np.array([HERE, HERE])
        ends[:, axis] += reach * np.array([-1, 1])
        rise = valley_gradient(HERE)[axis] * reach * np.array([-1, 1])
        return np.column_stack([ends, valley(HERE) + rise])

    def cut(self, axis: int) -> Floats:
        """Points (n, 3) of the cut through the ball along an ``axis``, as far as it lies under the top."""
        low, high = self.mountain.plane.limits
        way = np.tile(HERE, (161, 1))
        way[:, axis] = np.linspace(low[axis], high[axis], 161)
        raised = self.mountain.raised(way)
        return np.where(raised[:, 2:] <= TOP, raised, np.nan)

    def cut_twice(self) -> None:
        """A cut along x and a cut along y, each with its tangent."""
        space = self.mountain
        cuts = [space.curve(self.cut(axis), ink.chalk, 1.4 * LINE) for axis in (0, 1)]
        lines = [space.curve(self.through(axis, ALONG[axis]), GRADIENT, 2 * LINE) for axis in (0, 1)]
        for cut in cuts:
            cut.redraw(self.cut(0)[:1])
        self.add(*cuts)
        with self.beat(
            "Hold y still and go along x: half of x squared has the slope x, here minus four."
        ) as beat:
            full = self.cut(0)
            beat.over(
                "along",
                space.drive(lambda t: cuts[0].redraw(full[: int(np.interp(t, (0, 1), (1, len(full))))])),
                until="slope",
            )
            self.play(FadeIn(lines[0]), run_time=pace.BRISK)
            beat.over(FadeIn(self.plates[1]))
        with self.beat(
            "Hold x still and go along y: twenty-five times y, and y is one. So here it is twenty-five."
        ) as beat:
            other = self.cut(1)
            beat.over(
                "along",
                space.drive(lambda t: cuts[1].redraw(other[: int(np.interp(t, (0, 1), (1, len(other))))])),
                until="twenty-five",
            )
            self.play(FadeIn(lines[1]), run_time=pace.BRISK)
            beat.over(FadeIn(self.plates[2]))
        rolling = self.ball_on(
            space, HERE + np.array([(0, 0), (ROLLED[0], 0), (0, 0), (0, -ROLLED[1]), (0, 0)])
        )
        name = Tag(words.label("[partial derivatives:second]", size=BIG))
        name.next_to(self.plates[0], DOWN, buff=0.3, aligned_edge=RIGHT)
        self.pin(name)
        with self.beat(
            "Each is a partial derivative: the slope when one variable moves and the other is held."
        ) as beat:
            beat.at("partial", FadeIn(name), run_time=pace.QUICK)
            beat.over(space.turning(turn=-40 * DEGREES), until="one", least=pace.CALM)
            for number, word in enumerate(("one", "other")):
                beat.until(word)
                self.play(
                    rolling.animate.step(2.0 * (number + 1)),
                    words.light(self.partials[number]),
                    run_time=pace.SLOW,
                )
        self.remove(rolling)
        self.marks = (*cuts, *lines, name)

    def look_down(self) -> None:
        """The camera rises until the valley is its map; both slopes become one arrow."""
        plane, space = self.mountain.plane, self.mountain
        slopes = valley_gradient(HERE) * DRAWN
        across = plane.vector(HERE, HERE + slopes * [1, 0], GRADIENT, LINE)
        side = HERE + slopes * [1, 0]
        up = plane.vector(side, HERE + slopes, GRADIENT, LINE)
        self.arrow = plane.vector(HERE, HERE + slopes, GRADIENT, 2.2 * LINE)
        self.gradient = maths(
            "{{nabla f : name}} = ((partial f) / (partial x), (partial f) / (partial y)) = (-4, 25)",
            BIG,
            {"name": GRADIENT},
        )
        plate = Tag(self.gradient)
        shot.safe(titled=False).put(plate, DOWN + RIGHT)
        self.pin(plate)
        lengths = [
            Tag(
                words.caption(plane.at(*(side - np.array([0.12, 0.0]))), "−4", LEFT, GRADIENT, size=NAMED),
                opacity=1.0,
            ),
            Tag(
                words.caption(
                    plane.at(*(side + slopes * [0, 0.5])), "25", LEFT, GRADIENT, gap=0.3, size=NAMED
                ),
                opacity=1.0,
            ),
        ]
        with self.beat("Rise until the land is its map. Lay both slopes down, tip to tail.") as beat:
            self.play(FadeOut(*self.marks, *self.plates), run_time=pace.QUICK)
            beat.over(
                space.turning(tilt=0.0, turn=0.0, lift=0.0, zoom=1.0),
                self.frame.to_region(*MAPPED),
                until="Lay",
                least=pace.SLOW,
            )
            beat.over(
                glide(across.redraw, (HERE, HERE + 1e-3), (HERE, HERE + slopes * [1, 0])),
                FadeIn(lengths[0]),
                least=pace.SLOW,
            )
        with self.beat(
            "They make one arrow, the gradient, nabla f. It points in the direction of steepest ascent."
        ) as beat:
            beat.over(
                glide(
                    up.redraw,
                    (HERE + slopes * [1, 0], HERE + slopes * [1, 0.01]),
                    (HERE + slopes * [1, 0], HERE + slopes),
                ),
                FadeIn(lengths[1]),
                until="one",
            )
            beat.over(FadeIn(self.arrow), until="gradient")
            beat.over("gradient", FadeIn(plate), FadeOut(across, up, *lengths), until="steepest")
            beat.over(words.light(self.arrow))
        self.plate = plate

    def stand_square(self) -> None:
        """The contour line through the ball, and the right angle between both."""
        plane = self.mountain.plane
        turn = np.linspace(0, 2 * np.pi, 401)
        radii = np.sqrt(2 * valley(HERE) / np.array([1.0, 25.0]))
        begin = np.arctan2(HERE[1] / radii[1], HERE[0] / radii[0])
        ring = radii * np.column_stack([np.cos(begin - turn), np.sin(begin - turn)])
        self.ring = plane.curve(ring[:, 0], ring[:, 1], ink.chalk, 1.4 * LINE)
        ahead = valley_gradient(HERE) / np.linalg.norm(valley_gradient(HERE))
        aside = np.array([ahead[1], -ahead[0]])
        size = 0.2
        edge = HERE + size * np.array([ahead, ahead + aside, aside])
        corner = plane.curve(edge[:, 0], edge[:, 1], ink.chalk, LINE)
        name = Tag(words.label("contour line", size=NAMED), opacity=1.0)
        name.move_to(plane.at(*NAME_AT))
        with self.beat(
            "Along a contour line the function keeps one value, so its slope there is zero."
        ) as beat:
            self.play(FadeIn(name), run_time=pace.QUICK)
            beat.over(glide(self.ring.reveal, 0.0, 1.0), until="slope")
            beat.over(words.light(self.ring, BALL))
        self.square, self.ring_name = corner, name

    def turn_a_step(self) -> None:
        """A direction turns around the ball, and the slope that it has."""
        plane, gradient = self.mountain.plane, valley_gradient(HERE)
        begin = float(np.degrees(np.arctan2(gradient[1], gradient[0])))
        turned = Value(TURNED)
        step = plane.vector(HERE, HERE, ink.chalk, 1.8 * LINE)
        arc = plane.curve([HERE[0], HERE[0]], [HERE[1], HERE[1]], BALL, 1.4 * LINE)
        shadow = plane.segment(HERE, HERE, GRADIENT, 3 * LINE)
        drop = plane.segment(HERE, HERE, GRADIENT, LINE, dashed=True)
        phi = Tag(words.label("[$phi$:focus]", size=1.3 * NAMED), opacity=1.0)

        def aim(degrees: float) -> list[Mobject]:
            def at(angle: npt.ArrayLike, far: float) -> Floats:
                way = np.radians(begin - np.asarray(angle))
                return HERE + far * np.stack([np.cos(way), np.sin(way)], axis=-1)

            arc.redraw(*at(np.linspace(0.0, degrees, 41), OPENED).T)
            phi.move_to(plane.at(*at(degrees / 2, 1.45 * OPENED)))
            phi.set_opacity(float(np.clip((abs(degrees) - 12) / 20, 0, 1)))
            tip = HERE + DRAWN * gradient
            foot = at(degrees, DRAWN * float(slope.directional(gradient, degrees)))
            return [
                step.redraw(HERE, at(degrees, REACH)),
                shadow.redraw(HERE, foot),
                drop.redraw(tip, foot),
                arc,
                phi,
            ]

        turned.draws(aim)
        read = words.Readout(
            turned.of(lambda d: float(slope.directional(gradient, d))),
            1,
            label="slope =",
            size=BIG,
            digits=3,
        )
        law = words.label("slope $= |nabla f| cos phi$", size=BIG)
        plate = Tag(VGroup(law, read).arrange(DOWN, buff=0.35, aligned_edge=LEFT))
        shot.safe(titled=False).put(plate, DOWN + RIGHT)
        self.pin(plate)
        with self.beat(
            "Turn a step around. Its slope is the gradient's length times the cosine of phi: largest along the"
            " gradient, at a right angle zero."
        ) as beat:
            self.play(
                FadeOut(self.plate, self.ring_name),
                FadeIn(step, arc, shadow, drop, phi, plate),
                run_time=pace.BRISK,
            )
            beat.over(turned.to(-30.0), until="largest", least=pace.CALM)
            beat.over(turned.to(0.0), until="right", least=pace.CALM)
            beat.over(turned.to(90.0), least=pace.SLOW)
        with self.beat("So the gradient is perpendicular to the contour line.") as beat:
            beat.over(FadeIn(self.square), words.light(self.arrow), words.light(self.ring, BALL))
        with self.beat("Turned right round, it is steepest descent: the negative gradient.") as beat:
            beat.over(turned.to(180.0), until="negative", least=pace.SLOW)
            beat.over(words.light(step))
        self.turning_step, self.law = VGroup(step, arc, phi, shadow, drop), plate

    def miss_the_minimum(self) -> None:
        """Steepest descent and the way to the minimum are far apart."""
        plane, gradient = self.mountain.plane, valley_gradient(HERE)
        down = plane.vector(HERE, HERE - gradient * DRAWN, BALL, 2.2 * LINE)
        goal = plane.dots([VALLEY_MINIMUM], GOAL, "diamond", radius=0.2)
        home = plane.segment(HERE, VALLEY_MINIMUM, GOAL, 1.5 * LINE, dashed=True)
        name = Tag(words.caption(goal, "[minimum:truth]", DOWN, size=46.0), opacity=1.0)
        angle = slope.miss(HERE, gradient, VALLEY_MINIMUM)
        ends = np.arctan2(*(-gradient)[::-1]), np.arctan2(*(np.array(VALLEY_MINIMUM) - HERE)[::-1])
        rim = np.linspace(*ends, 41)

        def opened(end: float) -> Floats:
            turn = np.linspace(ends[0], end, 41)
            return np.vstack([HERE, HERE + WEDGE * np.column_stack([np.cos(turn), np.sin(turn)])])

        wedge = plane.polygon(opened(rim[1]), WRONG, LINE, 0.4)
        told = Tag(words.label(f"[{angle:.0f}°:error]", size=60.0), opacity=1.0)
        middle = rim.mean()
        told.next_to(
            plane.at(*(HERE + WEDGE * np.array([np.cos(middle), np.sin(middle)]))),
            RIGHT + DOWN,
            buff=0.2,
        )
        with self.beat("Does steepest descent lead to the minimum?") as beat:
            self.play(
                FadeOut(self.law, self.arrow, self.square), self.frame.to_region(*MISSED), run_time=pace.SLOW
            )
            self.play(FadeOut(self.turning_step), FadeIn(down), run_time=pace.QUICK)
            beat.over(FadeIn(goal, name))
        self.think()
        with self.beat(
            "No. At this point it misses by sixty-seven degrees: the steep direction outweighs the flat one."
        ) as beat:
            beat.over(FadeIn(home, wedge), until="misses")
            beat.over(
                "misses",
                glide(lambda end: wedge.redraw(opened(end)), rim[1], rim[-1], wedge),
                until="sixty-seven",
            )
            beat.over(FadeIn(told), until="steep")
            beat.over(words.light(down))
        with self.beat("The gradient is local. Trust it for a short step, then measure again.") as beat:
            lit = self.ground.radius
            self.play(FadeOut(home, goal, name, wedge, told, self.ring), run_time=pace.QUICK)
            beat.over(
                self.mountain.drive(
                    lambda t: self.ground.redraw(radius=np.interp(t, (0, 1), (lit, 2 * LAMP)))
                ),
                self.frame.to_region(*CLOSE),
                glide(down.redraw, (HERE, HERE - gradient * DRAWN), (HERE, short_way())),
                least=pace.LONG,
            )
