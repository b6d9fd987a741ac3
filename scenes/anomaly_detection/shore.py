"""Hills that grow from dots, water that rises, and the shoreline as a frontier."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.anomaly_detection.stage import (
    ALARM,
    BALL,
    DOT,
    HILL,
    MANY,
    ODD,
    PLAIN,
    TRUE,
    AnomalyDetectionStage,
    cloud_plane,
    light_up,
    maths,
    quiet_plane,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.maths.anomaly_detection import frontier, isolation, neighbours, scores

SIDE: Final[dict[str, Any]] = {"tilt": 58 * DEGREES, "turn": 24 * DEGREES, "lift": 1.0, "zoom": 1.0}
"""How the land is looked at."""
ABOVE: Final[dict[str, Any]] = {"tilt": 0.0, "turn": 0.0, "zoom": 1.0}
"""The same from above."""
FINE: Final = (45, 79)
"""Samples (ny, nx) of the land."""
SHORE: Final = (181, 121)
"""Samples (nx, ny) of a frontier."""


def crowd_plane() -> Plane:
    """The two crowds, to the edges of the frame."""
    return quiet_plane((-1.3, 7.4), (-3.3, 5.2))


class Shore(AnomalyDetectionStage):
    """The One-Class SVM."""

    @chapter("Hills and a shoreline", "One-Class SVM as a frontier")
    def shoreline(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.three_hills()
        self.land()
        self.two_knobs()
        self.our_frontier()

    def three_hills(self) -> None:
        """Three dots, their hills, and the water."""
        ground = crowd_plane()
        crowd = ground.dots(neighbours.crowds(), PLAIN, radius=0.8 * DOT)
        with self.beat(
            "LOF goes back to the neighbours for each new point. Why not draw one border around the bulk?"
        ) as beat:
            beat.over(FadeIn(crowd), least=pace.LONG)
        named = words.label("One-Class SVM", ALARM, ink.HEADLINE)
        shot.SAFE.put(named, UP + RIGHT)
        with self.beat("A One-Class SVM learns such a frontier. By hand, three dots.") as beat:
            beat.over(FadeIn(named), until="By", least=pace.SLOW)
        feet = np.array(frontier.HAND)
        plane = quiet_plane((-2.6, 6.6), (-0.5, 2.1))
        dots = plane.dots(np.column_stack([feet, 0 * feet]), PLAIN, radius=BALL)
        base = plane.segment((-2.6, 0), (6.6, 0), ink.quiet, LINE / 2)
        xs = np.linspace(-2.6, 6.6, 300)
        each = frontier.hills(xs, feet)
        hills = [plane.curve(xs, 0 * xs, HILL, LINE) for _ in feet]
        numbers = VGroup(*(plane.label(x, 0, f"{x:g}", DOWN, PLAIN, gap=0.4, size=ink.POINT) for x in feet))
        with self.beat("Each grows a kernel hill: one at its foot's place, and lower with distance.") as beat:
            self.exchange(base, dots, numbers, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(
                *(
                    glide(hill.redraw, (xs, 0 * xs), (xs, column))
                    for hill, column in zip(hills, each.T, strict=True)
                ),
                least=pace.LONG,
            )
        whole = plane.curve(xs, each[:, 0], HILL, 2.2 * LINE)
        with self.beat("Add the hills. The two close dots lift each other; the third stands alone.") as beat:
            beat.over(
                glide(whole.redraw, (xs, each[:, 0]), (xs, each.sum(axis=1))), until="two", least=pace.SLOW
            )
            tops = frontier.hills(feet, feet).sum(axis=1)
            values = VGroup(
                *(
                    plane.label(x, top, f"{top:.1f}", side, HILL, gap=0.25, size=ink.POINT)
                    for x, top, side in zip(feet, tops, (LEFT, RIGHT, DOWN), strict=True)
                )
            )
            beat.over(
                FadeIn(*values, lag_ratio=pace.LAG),
                *(hill.animate.set_stroke(opacity=0.5) for hill in hills),
                least=pace.SLOW,
            )
        water = plane.area(xs, -0.5, -0.5, ALARM, fill=0.22)
        rim = plane.segment((-2.6, 0.0), (6.6, 0.0), ALARM, 1.5 * LINE)
        level = frontier.WATER
        with self.beat(
            "Let water rise to one point one. The third dot drowns: it is outside.", pause=pace.CALM
        ) as beat:
            self.play(FadeOut(values), run_time=pace.QUICK)
            beat.over(
                glide(water.redraw, (xs, -0.5, -0.5), (xs, -0.5, level)),
                glide(rim.redraw, ((-2.6, 0.0), (6.6, 0.0)), ((-2.6, level), (6.6, level))),
                until="third",
                least=pace.LONG,
            )
            beat.over(
                dots[2].animate.set_fill(ODD),
                self.frame.to(dots[1], dots[2], numbers[1:], rim, share=0.75),
                least=pace.SLOW,
            )

    def land(self) -> None:
        """Hills over the plane; water up to ρ; the shoreline from above."""
        points = neighbours.crowds()
        found = frontier.around_crowds()
        plane = crowd_plane()
        top = float(found.heights(points).max())
        space = Space(plane, z=(0.0, 1.1 * top), height=3.0)
        mesh = plane.mesh(FINE[1], FINE[0])
        heights = found.over(mesh[..., 0], mesh[..., 1])
        tops = found.heights(points)
        hills = space.surface(0 * heights, HILL, 0.35, 3)
        dots = space.dots(np.column_stack([points, 0 * tops]), PLAIN, radius=0.8 * DOT)
        feet = np.array(found.rows)
        space.look(**ABOVE)

        def rise(share: float) -> None:
            hills.redraw(share * heights)
            dots.redraw(np.column_stack([points, share * tops]))

        with self.beat(
            "In the plane, hills grow from a few dots, mostly at the rim: the support vectors."
        ) as beat:
            self.exchange(dots, also=[self.frame.back()], run_time=pace.BRISK)
            self.play(*(dots[int(row)].animate.set_fill(HILL) for row in feet), run_time=pace.BRISK)
            self.play(space.turning(**SIDE), run_time=pace.SLOW)
            beat.over(space.drive(rise), appear(hills), least=pace.LONG)
        sea = space.sheet(0.0, color=ALARM, fill=0.2)
        rho = Tag(words.label("water level ρ", ALARM, ink.POINT))
        shot.SAFE.put(rho, UP + LEFT)
        out = np.flatnonzero(found.outside(points))
        with self.beat("The water rises to a level called rho. What it covers lies outside.") as beat:
            beat.over(
                glide(sea.redraw, 0.0, found.rho, *space.nouns),
                appear(sea),
                FadeIn(rho),
                until="What",
                least=pace.LONG,
            )
            beat.over(
                *(dots[int(row)].animate.set_fill(ODD) for row in out),
                space.orbit(-14 * DEGREES),
                least=pace.SLOW,
            )
        coast = plane.contour(
            found.over(*np.moveaxis(plane.mesh(*SHORE), -1, 0)), found.rho, ALARM, 1.5 * LINE
        )
        with self.beat("From above, the shoreline is the frontier.", pause=pace.CALM) as beat:
            beat.over(space.turning(**ABOVE), FadeOut(rho), until="frontier", least=pace.LONG)
            self.play(FadeOut(sea, hills), Create(coast), run_time=pace.SLOW)
        rule = maths(
            "f(x) = {{ sum_i alpha_i K(x_i, x) : land }} - {{ rho : water }}",
            1.2 * ink.POINT,
            {"land": HILL, "water": ALARM},
        )
        shot.SAFE.put(rule, UP + LEFT)
        with self.beat(
            "Height of the weighted hills minus water: below zero, an anomaly.", pause=pace.LONG
        ) as beat:
            beat.over(FadeIn(rule), least=pace.CALM)
            self.play(words.light(rule.part("land")), run_time=pace.CALM)
            self.play(words.light(rule.part("water")), run_time=pace.CALM)
        self.crowd, self.coast, self.rule = dots, coast, rule

    def two_knobs(self) -> None:
        """What ν and γ do."""
        points = neighbours.crowds()
        found = frontier.around_crowds()
        plane = crowd_plane()
        outside, supports = found.outside(points).mean(), len(found.rows) / len(points)
        lines = [
            words.label(f"outside {100 * outside:.0f} %", ODD, ink.POINT),
            words.label(f"ν = {100 * frontier.NU:.0f} %", ALARM, ink.POINT),
            words.label(f"support vectors {100 * supports:.0f} %", HILL, ink.POINT),
        ]
        VGroup(*lines).arrange(DOWN, buff=0.3, aligned_edge=LEFT)
        shot.SAFE.put(VGroup(*lines), UP + LEFT)
        with self.beat("You set nu: at most this share of the training points lies outside.") as beat:
            self.play(FadeOut(self.rule), run_time=pace.QUICK)
            beat.over(FadeIn(lines[1]), until="lies", least=pace.CALM)
            beat.over(
                FadeIn(lines[0]),
                words.light(self.crowd.subset(np.flatnonzero(found.outside(points)))),
                least=pace.SLOW,
            )
        with self.beat(
            "And at least this share are support vectors. Ten percent lies between five and thirteen."
        ) as beat:
            beat.over(FadeIn(lines[2]), until="Ten", least=pace.CALM)
            beat.over(words.light(lines[1]), least=pace.SLOW)
        mesh = np.moveaxis(plane.mesh(*SHORE), -1, 0)
        with self.beat("A larger gamma makes narrower hills, and the frontier closes in.") as beat:
            self.play(
                FadeOut(*lines), *(dot.animate.set_fill(PLAIN) for dot in self.crowd), run_time=pace.QUICK
            )
            old = self.coast
            for gamma in frontier.GAMMAS[1:]:
                tight = frontier.around_crowds(gamma)
                new = plane.contour(tight.over(*mesh), tight.rho, ALARM, 1.5 * LINE)
                self.play(FadeOut(old), Create(new), run_time=pace.SLOW)
                old = new
            beat.over(self.frame.to_region(*span(plane, (-1.0, 4.4), (-1.6, 2.6))), least=pace.SLOW)

    def our_frontier(self) -> None:
        """The frontier around the dots of the lesson."""
        ground = cloud_plane()
        found = frontier.around_cloud()
        dots = ground.dots(self.points, MANY, radius=DOT)
        coast = ground.contour(
            found.over(*np.moveaxis(ground.mesh(*SHORE), -1, 0)), found.rho, ALARM, 1.5 * LINE
        )
        with self.beat("Around our own dots, the frontier leaves the lone one farthest below water.") as beat:
            self.exchange(dots, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(Create(coast), until="lone", least=pace.SLOW)
            beat.over(
                light_up(dots, self.nobody, scores.brightness(scores.scored("One-Class SVM")), fresh=True),
                least=pace.SLOW,
            )
        with self.beat("Scale the columns, choose gamma, and train on data as clean as you can get.") as beat:
            beat.over(
                FadeIn(dots.ring(isolation.LONE, TRUE)),
                self.frame.to_region(*span(ground, (-1.6, 4.45), (-1.2, 3.7))),
                least=pace.LONG,
            )
