"""Local density: beside a tight crowd a small gap is large."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from manim import DOWN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.anomaly_detection.stage import (
    DOT,
    NEAR,
    ODD,
    PLAIN,
    AnomalyDetectionStage,
    cloud_plane,
    light_up,
    maths,
    quiet_plane,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.noun import LINE, THIN
from scenes.kit.plane import Plane
from scenes.maths.anomaly_detection import isolation, neighbours, scores

SIZE: Final = 0.19
"""Radius of a dot on the line."""
CLOSE: Final = 0.75
"""Of one that is looked at from near."""
LEFT_PART: Final = (-2.2, 9.0)
"""The part of the line that is looked at."""
FROM: Final = (3, 60, 91, 130, isolation.LONE, 17, 44, 200, 230)
"""Dots of the cloud that become the nine on the line."""
TIGHT: Final = ((-1.6, 4.4), (-1.0, 2.6))
"""What is seen of the two crowds."""
LOW: Final = 0.22
TOP: Final = 0.44
"""Heights of the two arcs there."""
SCALE: Final = 2.9
"""By which the camera is nearer then, as far as words go."""


def bow(plane: Plane, start: float, end: float, height: float, width: float = LINE) -> Curve:
    """An arc over the line from ``start`` to ``end``."""
    turn = np.linspace(0, np.pi, 60)
    middle, half = (start + end) / 2, (end - start) / 2
    return plane.curve(middle - half * np.cos(turn), 0.22 + height * np.sin(turn), NEAR, width)


class Crowding(AnomalyDetectionStage):
    """The Local Outlier Factor."""

    @chapter("Beside a tight crowd a small gap is large", "Local Outlier Factor and local density")
    def small_gap(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.factor_by_hand(*self.nine_on_a_line())
        self.two_crowds()
        self.our_dots()

    def nine_on_a_line(self) -> tuple[Plane, VGroup]:
        """Nine dots of the cloud slide onto a line."""
        ground = cloud_plane()
        plane = quiet_plane((-2.2, 34.2), (-3.4, 3.4))
        spots = np.column_stack([neighbours.LINE, 0 * np.array(neighbours.LINE)])
        chosen = np.array(FROM)
        dots = plane.dots(plane.inverse(ground.at(self.points[chosen])), PLAIN, radius=DOT)
        rest = ground.dots(np.delete(self.points, chosen, axis=0), PLAIN, radius=DOT)
        odd = neighbours.ODD
        with self.beat(
            "How far is far? That may depend on where a dot lives. Take nine dots on a line."
        ) as beat:
            self.play(FadeIn(rest, dots), run_time=pace.QUICK)
            beat.until("Take")
            beat.over(FadeOut(rest), glide(dots.redraw, (dots.values, DOT), (spots, SIZE)), least=pace.LONG)
        line = np.array(neighbours.LINE)
        gaps = [
            bow(plane, line[odd - 1], line[odd], 1.0),
            *(bow(plane, *pair, 1.0) for pair in pairwise(line[5:])),
        ]
        sizes = VGroup(
            *(
                plane.label((low + high) / 2, 1.4, f"{high - low:g}", UP, NEAR, size=ink.POINT)
                for low, high in [(line[odd - 1], line[odd]), *pairwise(line[5:])]
            )
        )
        with self.beat(
            "The fifth has a gap of three. On the right, gaps of four are the rule.", pause=pace.CALM
        ) as beat:
            beat.over(
                Create(gaps[0]),
                FadeIn(sizes[0]),
                dots[odd].animate.set_fill(ODD),
                until="On",
                least=pace.CALM,
            )
            beat.over(*map(Create, gaps[1:]), FadeIn(*sizes[1:]), least=pace.SLOW)
        with self.beat("Odd here, ordinary there. So compare a dot with its own neighbours.") as beat:
            beat.over(
                FadeOut(*gaps, sizes),
                self.frame.to_region(*span(plane, LEFT_PART, (-0.85, 1.15))),
                dots.animate.redraw(radius=SIZE / 1.3),
                least=pace.LONG,
            )
        return plane, dots

    def factor_by_hand(self, plane: Plane, dots: VGroup) -> None:
        """Two neighbours, reachability distances, densities, and their ratio."""
        found = neighbours.lof(neighbours.LINE, neighbours.K_LINE)
        odd = neighbours.ODD
        here = neighbours.LINE[odd]
        near, next_one = (neighbours.LINE[each] for each in found.neighbours[odd])
        arcs = [bow(plane, near, here, LOW, THIN), bow(plane, next_one, here, TOP, THIN)]
        size = ink.POINT / SCALE
        named = words.label("k nearest neighbours", NEAR, ink.HEADLINE)
        shot.SAFE.put(named, DOWN)
        self.pin(named)
        k_distance = plane.label(
            (next_one + here) / 2,
            0.22 + TOP,
            f"k-distance {found.k_distances[odd]:g}",
            UP,
            NEAR,
            gap=0.05,
            size=size,
        )
        with self.beat(
            "Take the k nearest neighbours of a point, here two. The distance to the farther is its k-distance."
        ) as beat:
            beat.over(*map(Create, arcs), FadeIn(named), until="distance", least=pace.SLOW)
            beat.over(FadeIn(k_distance), least=pace.CALM)
        rule = maths('"reachability distance" = max(k"-distance"(o), d(p, o))', 0.95 * ink.POINT)
        shot.SAFE.put(rule, UP)
        self.pin(rule)
        own = bow(plane, neighbours.LINE[1], neighbours.LINE[3], 0.0, 3 * LINE)
        own.redraw([near, near - found.k_distances[3]], [-0.25, -0.25])
        own_size = plane.label(
            near - found.k_distances[3] / 2,
            -0.5,
            f"its own: {found.k_distances[3]:g}",
            DOWN,
            NEAR,
            gap=0.05,
            size=size,
        )
        with self.beat(
            "The reachability distance to a neighbour is at least that neighbour's own k-distance."
        ) as beat:
            beat.over(FadeOut(k_distance, named), FadeIn(rule), until="least", least=pace.CALM)
            beat.over(Create(own), FadeIn(own_size), least=pace.SLOW)
        reaches = VGroup(
            *(
                plane.label((low + here) / 2, 0.22 + height, f"{reach:g}", UP, ODD, gap=0.05, size=size)
                for low, height, reach in zip((near, next_one), (LOW, TOP), found.reach[odd], strict=True)
            )
        )
        with self.beat(
            "Why? It calms tiny gaps within a crowd. Here three and four stay as they are."
        ) as beat:
            beat.until("Here")
            beat.over(FadeIn(*reaches, lag_ratio=pace.LAG), FadeOut(own, own_size), least=pace.CALM)
        mean, others = 1 / found.densities[odd], 1 / found.densities[found.neighbours[odd][0]]
        density = words.label(f"local density: 1 / {mean:g}", ODD, ink.POINT)
        theirs = words.label(f"neighbours: 1 / {others:g}", NEAR, ink.POINT)
        pair = VGroup(theirs, density).arrange(RIGHT, buff=1.2)
        shot.SAFE.put(pair, DOWN)
        self.pin(pair)
        with self.beat(
            "One over the mean reachability distance is the local density: one over three and a half."
        ) as beat:
            beat.over(words.light(reaches), until="local", least=pace.CALM)
            beat.over(FadeIn(density))
        with self.beat("Its neighbours live denser: their mean is one and a half.") as beat:
            ring = dots.ring([int(each) for each in found.neighbours[odd]], NEAR)
            beat.over(FadeIn(ring), until="their", least=pace.CALM)
            beat.over(FadeIn(theirs))
            self.play(FadeOut(ring), run_time=pace.QUICK)
        factor = maths('"LOF"(p) = ("neighbours\' density") / ("own density")', 1.15 * ink.POINT)
        shot.SAFE.put(factor, UP)
        self.pin(factor)
        values = VGroup(
            *(
                plane.label(
                    x,
                    -0.25,
                    f"{value:.2f}" if value > 1.01 else f"{value:.0f}",
                    DOWN,
                    ODD if at == odd else PLAIN,
                    gap=0.0,
                    size=size,
                )
                for at, (x, value) in enumerate(zip(neighbours.LINE, found.factors, strict=True))
            )
        )
        with self.beat(
            "The Local Outlier Factor: my neighbours' density over mine. About one is ordinary.",
            pause=pace.LONG,
        ) as beat:
            self.play(FadeOut(rule, reaches, *arcs), run_time=pace.QUICK)
            beat.over(FadeIn(factor), until="About", least=pace.SLOW)
            beat.over(FadeIn(*values[:5], lag_ratio=pace.LAG), FadeOut(pair), least=pace.CALM)
        large = VGroup(
            *(
                plane.label(
                    x,
                    -0.5,
                    f"{value:.2f}" if value > 1.01 else f"{value:.0f}",
                    DOWN,
                    ODD if at == odd else PLAIN,
                    size=ink.POINT,
                )
                for at, (x, value) in enumerate(zip(neighbours.LINE, found.factors, strict=True))
            )
        )
        with self.beat(
            "Ours has more than two; the wide group on the right is ordinary too.", pause=pace.CALM
        ) as beat:
            beat.over(words.light(values[odd]), until="wide", least=pace.CALM)
            beat.over(
                self.frame.back(),
                FadeOut(values[:5]),
                FadeIn(large),
                dots.animate.redraw(radius=SIZE),
                least=pace.SLOW,
            )

    def two_crowds(self) -> None:
        """Circles to the twentieth neighbour, and two rankings."""
        points = neighbours.crowds()
        found = neighbours.lof(points, neighbours.K)
        plane = shot.EDGES.plane(
            (-1.0, 13.1), (-2.95, 4.95), x_ticks=[], y_ticks=[], numbers=False, equal=True
        )
        plane.frame.set_stroke(opacity=0)
        dots = plane.dots(points, PLAIN, radius=0.045)
        beside = neighbours.BESIDE
        wide = plane.circle(points[beside], 0.01, ODD, LINE)
        close = [int(each) for each in found.neighbours[beside][:6]]
        small = [plane.circle(points[each], float(found.k_distances[each]), NEAR, THIN) for each in close]
        with self.beat("Now two crowds, one tight, one wide, and a dot beside the tight one.") as beat:
            self.exchange(dots, run_time=pace.BRISK)
            beat.over(
                self.frame.to_region(*span(plane, *TIGHT)),
                dots[beside].animate.set_fill(ODD),
                until="dot",
                least=pace.SLOW,
            )
            self.play(words.light(dots[beside]), run_time=pace.CALM)
        with self.beat("Its circle to the twentieth neighbour is huge. Theirs are tiny.") as beat:
            beat.over(
                glide(
                    wide.redraw, (points[beside], 0.01), (points[beside], float(found.k_distances[beside]))
                ),
                until="Theirs",
                least=pace.SLOW,
            )
            beat.over(*map(Create, small), least=pace.SLOW)
        everywhere = np.zeros(len(points))
        plain, local = scores.brightness(found.k_distances), scores.brightness(found.factors)
        ranks = [neighbours.rank(each, beside) for each in (found.k_distances, found.factors)]
        lines = [
            words.label(
                f"distance to the\n{neighbours.K}th neighbour:\nrank {ranks[0]} of {len(points)}",
                PLAIN,
                ink.POINT,
            ),
            words.label(f"LOF:\nrank {ranks[1]} of {len(points)}", ODD, ink.POINT),
        ]
        for line in lines:
            shot.SAFE.put(line, UP + RIGHT)
        with self.beat(
            "Rank by that distance alone, and the wide crowd's rim comes first: ours is thirty-third."
        ) as beat:
            self.play(FadeOut(wide, *small), self.frame.back(), run_time=pace.CALM)
            beat.over(
                light_up(dots, everywhere, plain, fresh=True, radius=0.07), FadeIn(lines[0]), least=pace.LONG
            )
        with self.beat(
            "Rank by LOF, and it is first. Odd means odd for this neighbourhood.", pause=pace.CALM
        ) as beat:
            self.play(FadeOut(lines[0]), FadeIn(lines[1]), run_time=pace.QUICK)
            beat.over(light_up(dots, plain, local, radius=0.07), until="Odd", least=pace.SLOW)
            beat.over(self.frame.to_region(*span(plane, *TIGHT)), FadeOut(lines[1]), least=pace.LONG)

    def our_dots(self) -> None:
        """The dots of the lesson by their LOF."""
        ground = cloud_plane()
        dots = ground.dots(self.points, PLAIN, radius=DOT)
        found = neighbours.lof(self.points, neighbours.K)
        there = self.points[found.neighbours[isolation.LONE]]
        threads = ground.segment(np.tile(self.lone, (len(there), 1)), there, NEAR, THIN)
        with self.beat(
            "And our lone dot? Its twenty neighbours live far denser, so LOF finds it too."
        ) as beat:
            self.exchange(dots, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(Create(threads), until="live", least=pace.CALM)
            beat.over(
                light_up(dots, self.nobody, scores.brightness(scores.scored("LOF")), fresh=True),
                least=pace.SLOW,
            )
        with self.beat("Distances compare columns, so scale them first, and try several k.") as beat:
            beat.over(self.frame.to_region(*span(ground, (-0.6, 4.4), (-0.6, 3.7))), least=pace.LONG)
