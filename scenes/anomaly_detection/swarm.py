"""Thirty intruders side by side, and the settings that see through them."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, Create, FadeIn, FadeOut, VGroup

from scenes.anomaly_detection.stage import (
    CUT,
    DOT,
    NEAR,
    ODD,
    ORDINARY,
    PLAIN,
    TRUE,
    AnomalyDetectionStage,
    blended,
    cloud_plane,
    light_up,
    span,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.anomaly_detection import flows, isolation, neighbours, scores

SHADES: Final = 6
"""Brightnesses of a score map."""
FLOW: Final = 0.055
"""Radius of a flow."""
SMALL: Final = 0.55 * DOT
"""Radius of a dot of a heap."""
SWEEP: Final = ((7.6, 11.0), (1.55, 2.5))
"""What is seen of the plane around the swarm."""


def flow_plane() -> Plane:
    """Bytes and hosts of network flows."""
    return shot.chart(
        shot.SAFE, (4.6, 13.2), (-0.45, 2.6), x_ticks=[6, 8, 10, 12], y_ticks=[0, 1, 2],
        x_label="log bytes sent", y_label="log hosts contacted"
    )  # fmt: skip


def score_map(plane: Plane, points: Floats, shares: Floats) -> VGroup:
    """Very many points in the light of their scores, ``shares`` (n,) from 0 to 1, the brightest on top."""
    kinds = np.minimum((shares * SHADES).astype(int), SHADES - 1)
    return VGroup(
        *(
            plane.cloud(
                points[kinds == kind],
                blended(ORDINARY, ODD, kind / (SHADES - 1)),
                FLOW * (1 + 0.6 * kind / (SHADES - 1)),
                1.0,
            )
            for kind in range(SHADES)
        )
    )


class Swarm(AnomalyDetectionStage):
    """A collective anomaly."""

    @chapter("A swarm hides in its own crowd", "network intrusion as a worked case")
    def own_crowd(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.twins()
        self.network()
        self.small_samples()
        self.tally()

    def twins(self) -> None:
        """Thirty dots where one was."""
        ground = cloud_plane()
        points = neighbours.joined()
        crowd = isolation.CROWD
        alone = np.concatenate([scores.brightness(scores.scored("LOF")), np.ones(neighbours.TWINS - 1)])
        start = points.copy()
        start[crowd:] = self.lone
        dots = ground.dots(start, ORDINARY, radius=DOT)
        few = scores.brightness(neighbours.lof(points, neighbours.K).factors)
        with self.beat("Our lone dot stood alone. What if a whole swarm comes together?") as beat:
            self.play(light_up(dots, alone, alone), run_time=pace.QUICK)
            beat.over(
                glide(dots.redraw, (start, DOT), (points, SMALL)),
                self.frame.to_region(*span(ground, (-0.2, 4.5), (0.0, 3.75))),
                least=pace.LONG,
            )
        with self.beat("To LOF they are one another's neighbours, and they go dark.") as beat:
            beat.over(light_up(dots, alone, few, radius=SMALL), least=pace.LONG)
        named = ground.label(3.6, 3.0, "collective anomaly", DOWN + LEFT, ODD, gap=0.2)
        with self.beat(
            "Points that are odd as a group, whether each is or not, are a collective anomaly.",
            pause=pace.CALM,
        ) as beat:
            ring = ground.circle(self.lone, 0.3, TRUE, LINE)
            beat.over(Create(ring), until="collective", least=pace.SLOW)
            beat.over(FadeIn(named))

    def network(self) -> None:
        """Simulated flows, scored by LOF with few and with many neighbours."""
        plane = flow_plane()
        points, swarm = flows.flows(), flows.swarm()
        crowd = plane.cloud(points[~swarm], PLAIN, FLOW, 1.0)
        heap = plane.cloud(points[swarm], PLAIN, FLOW, 1.0)
        middle = points[swarm].mean(axis=0)
        sweeps = plane.label(
            middle[0], middle[1], "one machine\nsweeps the network", RIGHT, TRUE, gap=0.45, size=ink.POINT
        )
        with self.beat(
            "Intruders do it. These are simulated network flows: two services in daily use."
        ) as beat:
            self.exchange(plane, crowd, also=[self.frame.back()], run_time=pace.CALM)
            beat.over(self.frame.to_region(*span(plane, (5.2, 12.6), (-0.35, 2.05))), least=pace.LONG)
        with self.beat(
            "And one machine that sweeps the network, asking host after host the same thing."
        ) as beat:
            self.play(self.frame.back(), run_time=pace.CALM)
            beat.over(FadeIn(heap), until="asking")
            beat.over(FadeIn(sweeps), words.light(heap, TRUE), least=pace.CALM)
        maps = [
            score_map(plane, points, scores.brightness(flows.factors(k))) for k in (flows.FEW, flows.MANY)
        ]
        names = [
            plane.label(4.9, 2.42, f"LOF, k = {k}", RIGHT, NEAR, size=ink.POINT)
            for k in (flows.FEW, flows.MANY)
        ]
        with self.beat("With twenty neighbours, LOF leaves the swarm dark.") as beat:
            self.play(FadeOut(sweeps), run_time=pace.QUICK)
            beat.over(FadeIn(maps[0], names[0]), FadeOut(crowd, heap), until="leaves", least=pace.CALM)
            beat.over(self.frame.to_region(*span(plane, *SWEEP)), FadeOut(names[0]), least=pace.SLOW)
        with self.beat(
            "Ask for a hundred, over three times the swarm, and most of its neighbours lie outside it."
        ) as beat:
            self.play(self.frame.back(), run_time=pace.CALM)
            beat.over(FadeIn(maps[1], names[1]), FadeOut(maps[0]), least=pace.LONG)
        self.lit = VGroup(maps[1], names[1])

    def small_samples(self) -> None:
        """A small random subsample thins the swarm out."""
        plane = flow_plane()
        points, swarm = flows.flows(), flows.swarm()
        order = np.random.default_rng(flows.SHOWN).permutation(len(points))
        crowd = plane.cloud(points[~swarm], PLAIN, FLOW, 1.0)
        heap = plane.cloud(points[swarm], ODD, FLOW, 1.0)
        drawn = order[: flows.SMALL]
        few = plane.dots(points[drawn], PLAIN, radius=1.6 * FLOW)
        few.subset(np.flatnonzero(swarm[drawn])).set_fill(ODD)
        named = plane.label(4.9, 2.42, f"subsample of {flows.SMALL}", RIGHT, CUT, size=ink.POINT)
        with self.beat("Random cuts have the same trouble: a crowded heap takes many of them.") as beat:
            self.exchange(plane, crowd, heap, run_time=pace.BRISK)
            beat.over(words.light(heap, ODD), least=pace.LONG)
        with self.beat(
            "So each tree is grown on a small random subsample. There the swarm is no crowd.", pause=pace.CALM
        ) as beat:
            beat.over(FadeOut(crowd, heap), FadeIn(few, named), until="There", least=pace.LONG)
            beat.over(few.animate.redraw(radius=2.2 * FLOW), least=pace.CALM)

    def tally(self) -> None:
        """Intruders among the thirty highest scores."""
        found = flows.found()
        names = (
            f"LOF, k = {flows.FEW}",
            f"LOF, k = {flows.MANY}",
            f"trees on {flows.LARGE}",
            f"trees on {flows.SMALL}",
            "largest z-score",
            "luck",
        )
        luck = 100 * flows.SWARM / len(flows.swarm())
        values = np.array(
            [
                *(
                    100 * found[each].mean()
                    for each in ("LOF, few", "LOF, many", "trees, large", "trees, small", "z")
                ),
                luck,
            ]
        )
        room = shot.safe(titled=False)
        chart = BarChart(
            names, 0 * values, (0, 100), room.width, room.height, decimals=0, colors=[NEAR, NEAR, CUT, CUT, ODD, PLAIN],
            label=f"intruders among the {flows.SWARM} highest scores, %, mean of {flows.DRAWS} draws",
        )  # fmt: skip
        room.put(chart, ORIGIN)
        shown = [
            np.array([1.0, 1.0, *(share,) * 2, last, 1.0])
            for share, last in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
        ]
        chart.shade(shown[0])
        with self.beat("Of the highest LOF scores, three percent are intruders, then seventy-seven.") as beat:
            self.exchange(chart, run_time=pace.BRISK)
            beat.over(chart.change(values), least=pace.LONG)
        with self.beat("Smaller subsamples help the trees likewise.") as beat:
            beat.over(glide(chart.shade, shown[0], shown[1]), least=pace.LONG)
        with self.beat("A plain z-score does well too, for this swarm is extreme in one column.") as beat:
            beat.over(glide(chart.shade, shown[1], shown[2]), least=pace.LONG)
        with self.beat(
            "So run more than one score, with k several times the largest swarm you fear.", pause=pace.CALM
        ) as beat:
            beat.over(self.spotlight(chart.row(1), chart.row(3), chart.row(4)), least=pace.LONG)
