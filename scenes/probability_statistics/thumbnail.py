"""The thumbnail: a jagged pile rains into a glowing bell."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, UP, VGroup, interpolate_color

from scenes.kit import ink, shot, words
from scenes.kit.noun import Mark
from scenes.kit.shot import bare
from scenes.maths.probability_statistics import processes, visits
from scenes.probability_statistics.pile import boxes
from scenes.probability_statistics.stage import DATA, MEAN

_GROUND: Final = 0.0
_PILE: Final = (-6.7, -0.6)
"""Scene units between which the pile lies."""
_BELL: Final = (3.7, 0.95)
"""Middle and standard deviation of the bell, in scene units."""
_ARCS: Final = 34


def thumbnail() -> VGroup:
    """The whole picture."""
    plane = bare(shot.Region(shot.EDGES.left, 0.0, shot.EDGES.right, shot.EDGES.top * 2))
    shares = visits.tally()[:16] / visits.tally().max()
    edges = np.linspace(*_PILE, len(shares) + 1)
    pile = Mark(plane, color=DATA, fill=0.95)
    pile.draw(boxes(plane, edges, 5.6 * shares))
    xs = np.linspace(0.4, 7.0, 120)
    bell = 5.4 * processes.normal(xs, *_BELL) / processes.normal(0.0, 0.0, _BELL[1])
    glow = VGroup(
        *(
            plane.curve(xs, _GROUND + bell, MEAN, width=width).set_stroke(opacity=opacity)
            for width, opacity in ((60, 0.08), (40, 0.12), (24, 0.2))
        )
    )
    body = plane.area(xs, _GROUND, _GROUND + bell, MEAN, fill=0.35)
    rim = plane.curve(xs, _GROUND + bell, MEAN, width=12)
    rng = np.random.default_rng(7)
    drops = VGroup()
    for _ in range(_ARCS):
        column = int(rng.choice(len(shares), p=shares / shares.sum()))
        start = np.array([(edges[column] + edges[column + 1]) / 2, _GROUND + 5.6 * shares[column]])
        end = np.array([rng.normal(_BELL[0], 0.4 * _BELL[1]), _GROUND + 2.6])
        for share in rng.random(4):
            spot = start + share * (end - start)
            spot[1] += 4 * share * (1 - share) * 1.2
            color = interpolate_color(DATA, MEAN, share)
            drops.add(plane.dots([spot], color, radius=0.13))
    text = words.headline("Chaos [averages out:focus]", size=1.15 * ink.POSTER)
    shot.SAFE.put(text, UP)
    picture = shot.EDGES.inset(0.0, 0.2).put(VGroup(glow, body, drops, pile, rim), DOWN)
    return VGroup(picture, text)
