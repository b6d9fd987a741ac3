"""The thumbnail: a pile rains into the hump that averages of thirty make, which still leans."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, UP, VGroup, interpolate_color

from scenes.kit import ink, shot, words
from scenes.kit.noun import Mark
from scenes.kit.shot import bare
from scenes.maths.probability_statistics import averages, processes, visits
from scenes.probability_statistics.pile import boxes
from scenes.probability_statistics.stage import DATA, MEAN, MODEL

_GROUND: Final = 0.0
_PILE: Final = (-6.7, -0.6)
"""Scene units between which the pile lies."""
_HUMP: Final = (-0.9, 7.0)
"""Scene units between which the averages lie."""
N: Final = 30
"""Draws in each average."""
_ARCS: Final = 34


def thumbnail() -> VGroup:
    """The whole picture."""
    plane = bare(shot.Region(shot.EDGES.left, 0.0, shot.EDGES.right, shot.EDGES.top * 2))
    shares = visits.tally()[:16] / visits.tally().max()
    edges = np.linspace(*_PILE, len(shares) + 1)
    pile = Mark(plane, color=DATA, fill=0.95)
    pile.draw(boxes(plane, edges, 5.6 * shares))
    shape, bins = np.histogram(averages.averages(N), np.arange(0.5 - 0.5 / N, 6.6, 0.2), density=True)
    place = np.interp(bins, (bins[0], bins[-1]), _HUMP)
    hump = Mark(plane, color=MEAN, fill=0.95)
    hump.draw(boxes(plane, place, 4.9 * shape / shape.max()))
    middle, spread = visits.summary(visits.visits()).mean, averages.standard_error(N)
    xs = np.linspace(bins[0], bins[-1], 160)
    bell = plane.curve(
        np.interp(xs, (bins[0], bins[-1]), _HUMP),
        4.9 * processes.normal(xs, middle, spread) / shape.max(),
        MODEL,
        width=14,
    )
    peak = float(np.interp(middle, (bins[0], bins[-1]), _HUMP))
    rng = np.random.default_rng(7)
    drops = VGroup()
    for _ in range(_ARCS):
        column = int(rng.choice(len(shares), p=shares / shares.sum()))
        start = np.array([(edges[column] + edges[column + 1]) / 2, _GROUND + 5.6 * shares[column]])
        end = np.array([rng.normal(peak, 0.3), _GROUND + 3.2])
        for share in rng.random(4):
            spot = start + share * (end - start)
            spot[1] += 4 * share * (1 - share) * 1.2
            color = interpolate_color(DATA, MEAN, share)
            drops.add(plane.dots([spot], color, radius=0.13))
    text = words.headline("A bell? [Almost:focus]", size=1.15 * ink.POSTER)
    shot.SAFE.put(text, UP)
    count = plane.label(_HUMP[1] - 0.2, 2.9, f"n = {N}", LEFT, MEAN, size=0.8 * ink.POSTER)
    picture = shot.EDGES.inset(0.0, 0.2).put(VGroup(drops, pile, hump, bell, count), DOWN)
    return VGroup(picture, text)
