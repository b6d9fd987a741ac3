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
        with self.beat("A One-Class SVM learns such a frontier. By hand, ten dots on a line.") as beat:
            beat.over(FadeIn(named), until="By", least=pace.SLOW)
        feet, machine = frontier.HAND, frontier.by_hand()
        weights = np.zeros(len(feet))
        weights[list(machine.rows)] = machine.weights
        plane = quiet_plane((-2.4, 9.4), (-0.16, 0.62))
        flat = np.column_stack([feet, 0 * feet])
        dots = plane.dots(flat, PLAIN, radius=0.75 * BALL)
        base = plane.segment((-2.4, 0), (9.4, 0), ink.quiet, LINE / 2)
        xs = np.linspace(-2.4, 9.4, 400)
        each = frontier.hills(xs, feet, machine.gamma)
        hills = [plane.curve(xs, 0 * xs, HILL, LINE) for _ in feet]
        even = 1 / len(feet)
        with self.beat("Each may grow a kernel hill on its place, lower with distance.") as beat:
            self.exchange(base, dots, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(
                *(
                    glide(hill.redraw, (xs, 0 * xs), (xs, even * column))
                    for hill, column in zip(hills, each.T, strict=True)
                ),
                least=pace.LONG,
            )
        found = VGroup(
            *(
                plane.label(x, weight, f"{weight:.2f}", UP, HILL, gap=0.2, size=ink.POINT)
                for x, weight in zip(feet[[0, -2, -1]], weights[[0, -2, -1]], strict=True)
            )
        )
        with self.beat(
            "How high? The machine finds that: inner dots get none, the rim and the lone one the most."
        ) as beat:
            beat.over(
                *(
                    glide(hill.redraw, (xs, even * column), (xs, weight * column))
                    for hill, column, weight in zip(hills, each.T, weights, strict=True)
                ),
                until="the rim",
                least=pace.LONG,
            )
            beat.over(FadeIn(*found, lag_ratio=pace.LAG))
        total = each @ weights
        land = np.column_stack([feet, machine.heights(feet[:, None])])
        whole = plane.curve(xs, 0 * xs, HILL, 2.2 * LINE)
        water = plane.area(xs, -0.16, -0.16, ALARM, fill=0.22)
        rim = plane.segment((-2.4, -0.16), (9.4, -0.16), ALARM, 1.5 * LINE)
        out = machine.outside(feet[:, None])
        with self.beat(
            "Add the hills, and find the water level. The rim lies just below it, the lone dot deepest.",
            pause=pace.CALM,
        ) as beat:
            self.play(
                FadeOut(found), *(hill.animate.set_stroke(opacity=0.4) for hill in hills), run_time=pace.QUICK
            )
            beat.over(
                glide(whole.redraw, (xs, 0 * xs), (xs, total)), glide(dots.redraw, flat, land), until="and",
                least=pace.SLOW,
            )  # fmt: skip
            beat.over(
                glide(water.redraw, (xs, -0.16, -0.16), (xs, -0.16, machine.rho)),
                glide(rim.redraw, ((-2.4, -0.16), (9.4, -0.16)), ((-2.4, machine.rho), (9.4, machine.rho))),
                until="The rim",
                least=pace.CALM,
            )
            self.play(
                *(dots[int(row)].animate.set_fill(ODD) for row in np.flatnonzero(out)), run_time=pace.BRISK
            )
            beat.over(words.light(dots[len(feet) - 1], ODD), least=pace.SLOW)

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
            "In the plane it is the same: few dots have hills, mostly at the rim. They are the support vectors."
        ) as beat:
            self.exchange(dots, also=[self.frame.back()], run_time=pace.BRISK)
            self.play(*(dots[int(row)].animate.set_fill(HILL) for row in feet), run_time=pace.BRISK)
            self.play(space.turning(**SIDE), run_time=pace.SLOW)
            beat.over(space.drive(rise), appear(hills), least=pace.LONG)
        sea = space.sheet(0.0, color=ALARM, fill=0.2)
        rho = Tag(words.label("water level ρ", ALARM, ink.POINT), 1.0)
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
        with self.beat("And at least this share are support vectors. So nu lies between the two.") as beat:
            beat.over(FadeIn(lines[2]), until="So", least=pace.CALM)
            beat.over(words.light(lines[1]), least=pace.SLOW)
        mesh = np.moveaxis(plane.mesh(*SHORE), -1, 0)
        with self.beat(
            "A larger gamma makes narrower hills: the frontier shatters, and learns the dots by heart."
        ) as beat:
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
