"""Local density: beside a tight crowd a small gap is large."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.anomaly_detection.stage import (
    CUT,
    DOT,
    MANY,
    NEAR,
    ODD,
    PLAIN,
    AnomalyDetectionStage,
    cloud_plane,
    light_up,
    maths,
    people_plane,
    quiet_plane,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.noun import LINE, THIN
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.anomaly_detection import fences, isolation, neighbours, scores

SIZE: Final = 0.24
"""Radius of a dot on the line."""
CLOSE: Final = 0.42
"""Of one that is looked at from near."""
FROM: Final = (3, 60, 91, 130, isolation.LONE, 17, 44, 200, 230)
"""Dots of the cloud that become the nine on the line."""
TIGHT: Final = ((-1.6, 4.4), (-1.0, 2.6))
"""What is seen of the two crowds."""
LINE_AT: Final = -0.5
"""Height of the line when it is looked at from near."""
LOW: Final = 0.95
TOP: Final = 1.9
"""Heights of the two arcs there."""


def bow(
    plane: Plane, start: float, end: float, height: float, foot: float = 0.0, width: float = LINE
) -> Curve:
    """An arc over the line, which lies at height ``foot``, from ``start`` to ``end``."""
    turn = np.linspace(0, np.pi, 60)
    middle, half = (start + end) / 2, (end - start) / 2
    return plane.curve(middle - half * np.cos(turn), foot + 0.35 + height * np.sin(turn), NEAR, width)


def whole_line() -> Plane:
    """All nine dots, to the edges of the frame."""
    return quiet_plane((-1.7, 33.7), (-3.4, 3.4))


def left_part() -> Plane:
    """The five on the left, from near."""
    return quiet_plane((-0.9, 6.9), (-3.4, 3.4))


def on_line(height: float) -> Floats:
    """(9, 2): the nine dots on a line at that height."""
    return np.column_stack([neighbours.LINE, np.full(neighbours.LINE.size, height)])


class Crowding(AnomalyDetectionStage):
    """The Local Outlier Factor."""

    @chapter("Beside a tight crowd a small gap is large", "Local Outlier Factor and local density")
    def small_gap(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.nine_on_a_line()
        self.reach_by_hand()
        self.factor_by_hand()
        self.two_crowds()
        self.our_dots()

    def nine_on_a_line(self) -> None:
        """Nine dots of the cloud slide onto a line."""
        ground, plane = cloud_plane(), whole_line()
        chosen = np.array(FROM)
        dots = plane.dots(plane.inverse(ground.at(self.points[chosen])), PLAIN, radius=DOT)
        rest = ground.dots(np.delete(self.points, chosen, axis=0), MANY, radius=DOT)
        odd = neighbours.ODD
        with self.beat("How far is far? That may depend on where a dot lives.") as beat:
            self.play(FadeIn(rest, dots), run_time=pace.QUICK)
            beat.over(self.frame.to(rest, share=0.98), least=pace.LONG)
        line = neighbours.LINE
        pairs = [(line[odd - 1], line[odd]), *pairwise(line[5:])]
        gaps = [bow(plane, *pair, 0.48 * (pair[1] - pair[0])) for pair in pairs]
        sizes = VGroup(
            *(
                plane.label(
                    sum(pair) / 2,
                    0.35 + 0.48 * (pair[1] - pair[0]),
                    f"{pair[1] - pair[0]:g}",
                    UP,
                    NEAR,
                    size=ink.HEADLINE,
                )
                for pair in pairs
            )
        )
        with self.beat(
            "Take nine on a line. The fifth has a gap of three. On the right, gaps of four are the rule."
        ) as beat:
            beat.over(
                FadeOut(rest),
                self.frame.back(),
                glide(dots.redraw, (dots.values, DOT), (on_line(0.0), SIZE)),
                until="fifth",
                least=pace.SLOW,
            )
            beat.over(
                Create(gaps[0]),
                FadeIn(sizes[0]),
                dots[odd].animate.set_fill(ODD),
                until="On",
                least=pace.CALM,
            )
            beat.over(*map(Create, gaps[1:]), FadeIn(*sizes[1:]), least=pace.SLOW)
        here = plane.label(3.4, -0.6, "odd here", DOWN, ODD, size=ink.HEADLINE)
        there = plane.label(26, -0.6, "ordinary there", DOWN, PLAIN, size=ink.HEADLINE)
        with self.beat(
            "Odd here, ordinary there. So compare a dot with its own neighbours.", pause=pace.CALM
        ) as beat:
            beat.over(FadeIn(here), until="ordinary", least=pace.QUICK)
            beat.over(FadeIn(there), until="So")
            close = plane.inverse(left_part().at(on_line(LINE_AT)))
            beat.over(
                FadeOut(*gaps, sizes, here, there),
                glide(dots.redraw, (dots.values, SIZE), (close, CLOSE)),
                least=pace.LONG,
            )
        self.nine = dots

    def reach_by_hand(self) -> None:
        """Two neighbours, their reachability distances, and what densities those make."""
        plane = left_part()
        found = neighbours.lof(neighbours.LINE, neighbours.K_LINE)
        odd = neighbours.ODD
        here = neighbours.LINE[odd]
        near, next_one = (neighbours.LINE[each] for each in found.neighbours[odd])
        dots = self.nine
        arcs = [bow(plane, near, here, LOW, LINE_AT), bow(plane, next_one, here, TOP, LINE_AT)]
        foot = LINE_AT + 0.35
        named = words.label("k nearest neighbours", NEAR, ink.HEADLINE)
        shot.SAFE.put(named, DOWN)
        k_distance = plane.label(
            (next_one + here) / 2,
            foot + TOP,
            f"k-distance {found.k_distances[odd]:g}",
            UP,
            NEAR,
            size=ink.POINT,
        )
        with self.beat(
            "Take the k nearest neighbours of a point, here two. The distance to the farther is its k-distance."
        ) as beat:
            beat.over(*map(Create, arcs), FadeIn(named), until="distance", least=pace.SLOW)
            beat.over(FadeIn(k_distance), least=pace.CALM)
        rule = maths('"reachability distance" = max(k"-distance"(o), d(p, o))', 0.95 * ink.POINT)
        shot.SAFE.put(rule, UP)
        reach = found.k_distances[found.neighbours[odd][0]]
        own = plane.segment((near, LINE_AT - 0.65), (near, LINE_AT - 0.65), NEAR, 3 * LINE)
        own_size = plane.label(
            near - reach / 2, LINE_AT - 0.75, f"its own k-distance: {reach:g}", DOWN, NEAR, size=ink.POINT
        )
        with self.beat(
            "The reachability distance to a neighbour is at least that neighbour's own k-distance."
        ) as beat:
            beat.over(FadeOut(k_distance, named), FadeIn(rule), until="least", least=pace.CALM)
            level = LINE_AT - 0.65
            beat.over(
                glide(own.redraw, ((near, level), (near, level)), ((near - reach, level), (near, level))),
                FadeIn(own_size),
                least=pace.SLOW,
            )
        reaches = VGroup(
            *(
                plane.label((low + here) / 2, foot + height, f"{each:g}", UP, ODD, gap=0.16, size=ink.POINT)
                for low, height, each in zip((near, next_one), (LOW, TOP), found.reach[odd], strict=True)
            )
        )
        with self.beat(
            "Why? It calms tiny gaps within a crowd. Here three and four stay as they are."
        ) as beat:
            beat.over(words.light(own_size), until="Here", least=pace.SLOW)
            beat.over(FadeIn(*reaches, lag_ratio=pace.LAG), FadeOut(own, own_size), least=pace.CALM)
        mean, others = 1 / found.densities[odd], 1 / found.densities[found.neighbours[odd][0]]
        density = words.label(f"local density: 1 / {mean:g}", ODD, ink.POINT)
        theirs = words.label(f"neighbours: 1 / {others:g}", NEAR, ink.POINT)
        shot.SAFE.put(density, DOWN + RIGHT)
        shot.SAFE.put(theirs, DOWN + LEFT)
        with self.beat(
            "One over the mean reachability distance is the local density: one over three and a half."
        ) as beat:
            beat.over(words.light(reaches), until="local", least=pace.CALM)
            beat.over(FadeIn(density))
        with self.beat("Its neighbours live denser: their mean is one and a half.") as beat:
            ring = dots.ring([int(each) for each in found.neighbours[odd]], NEAR, 1.2 * CLOSE)
            beat.over(FadeIn(ring), until="their", least=pace.CALM)
            beat.over(FadeIn(theirs))
        self.by_hand = (VGroup(rule, reaches, ring, *arcs), VGroup(theirs, density))

    def factor_by_hand(self) -> None:
        """The ratio of densities, and all nine."""
        dots = self.nine
        leaving, pair = self.by_hand
        plane, wide = left_part(), whole_line()
        found = neighbours.lof(neighbours.LINE, neighbours.K_LINE)
        odd = neighbours.ODD
        texts = [f"{value:.2f}" if value > 1.01 else f"{value:.0f}" for value in found.factors]
        colors = [ODD if at == odd else PLAIN for at in range(len(texts))]
        factor = maths('"LOF"(p) = ("mean density of the neighbours") / ("own density")', 1.2 * ink.POINT)
        shot.SAFE.put(factor, UP)
        values = VGroup(
            *(
                plane.label(x, LINE_AT - 0.5, text, DOWN, color, size=ink.HEADLINE)
                for x, text, color in zip(neighbours.LINE[:5], texts, colors, strict=False)
            )
        )
        with self.beat(
            "The Local Outlier Factor: the mean density of my neighbours over mine. About one is ordinary.",
            pause=pace.LONG,
        ) as beat:
            self.play(FadeOut(leaving), run_time=pace.QUICK)
            beat.over(FadeIn(factor), words.light(pair), until="About", least=pace.SLOW)
            beat.over(FadeIn(*values, lag_ratio=pace.LAG), FadeOut(pair), least=pace.CALM)
        large = VGroup(
            *(
                wide.label(x, LINE_AT - 0.45, text, DOWN, color, size=ink.POINT)
                for x, text, color in zip(neighbours.LINE, texts, colors, strict=True)
            )
        )
        far = on_line(LINE_AT)
        with self.beat(
            "Ours has more than two; the wide group on the right is ordinary too.", pause=pace.CALM
        ) as beat:
            beat.over(words.light(values[odd]), until="wide", least=pace.CALM)
            beat.over(
                FadeOut(values),
                glide(dots.redraw, (dots.values, CLOSE), (far, SIZE)),
                FadeIn(large),
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
        dots = ground.dots(self.points, MANY, radius=DOT)
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
        self.tall_and_light()
        with self.beat("Distances compare columns, so scale them first, and try several k.") as beat:
            self.exchange(dots, threads, run_time=pace.BRISK)
            beat.over(self.frame.to_region(*span(ground, (-0.6, 4.4), (-0.6, 3.7))), least=pace.LONG)

    def tall_and_light(self) -> None:
        """The one who is odd as a pair: first by LOF, and not by random cuts."""
        people = fences.bodies()
        plane = people_plane()
        factors = neighbours.lof((people - people.mean(axis=0)) / people.std(axis=0), neighbours.K).factors
        dots = plane.dots(people, MANY, radius=1.15 * DOT)
        ranks = isolation.body_ranks()
        lines = [
            words.label(
                f"LOF: rank {neighbours.rank(factors, len(people) - 1)} of {len(people)}", ODD, ink.POINT
            ),
            words.label(f"random cuts: rank {np.mean(ranks):.0f}", CUT, ink.POINT),
        ]
        VGroup(*lines).arrange(DOWN, buff=0.3, aligned_edge=LEFT).move_to(plane.at(155, 95))
        with self.beat(
            "And the tall and light one? Near such people it is alone: LOF ranks it first."
        ) as beat:
            self.exchange(plane, dots, run_time=pace.BRISK)
            beat.over(
                light_up(dots, np.zeros(len(people)), scores.brightness(factors), fresh=True, radius=1.15 * DOT),
                until="LOF", least=pace.SLOW,
            )  # fmt: skip
            beat.over(FadeIn(lines[0]))
        with self.beat("Random cuts go along one column at a time, and put it fifth.") as beat:
            beat.over(words.light(dots[len(people) - 1], ODD), until="and", least=pace.SLOW)
            beat.over(FadeIn(lines[1]))
