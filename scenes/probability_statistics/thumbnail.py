"""The thumbnail: a pile rains into the hump that averages of thirty make, which still leans."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, UP, VGroup, interpolate_color

from scenes.kit import ink, shot, words
from scenes.kit.noun import Mark
from scenes.kit.path import Floats
from scenes.kit.shot import bare
from scenes.maths.probability_statistics import averages, processes, visits
from scenes.probability_statistics.pile import boxes
from scenes.probability_statistics.stage import DATA, MEAN, MODEL

_GROUND: Final = 0.0
MOST: Final = 9
"""Visits up to which the pile is drawn."""
_EDGE: Final = 6.8
"""Where the axis of visits ends, in scene units to both sides."""
_TALL: Final = 9.6
"""Scene units for a density of one a visit: the same for pile, averages and bell."""
N: Final = 30
"""Draws in each average."""
_ARCS: Final = 30


def across(visits_: Floats) -> Floats:
    """Where numbers of visits lie, in scene units: one axis for the pile, its averages, and the bell."""
    return np.interp(visits_, (-0.5, MOST + 0.5), (-_EDGE, _EDGE))


def thumbnail() -> VGroup:
    """The whole picture."""
    plane = bare(shot.Region(shot.EDGES.left, 0.0, shot.EDGES.right, shot.EDGES.top * 2))
    shares = (visits.tally() / visits.tally().sum())[: MOST + 1]
    edges = across(np.arange(MOST + 2) - 0.5)  # type: ignore[arg-type]
    pile = Mark(plane, color=DATA, fill=0.95)
    pile.draw(boxes(plane, edges, _TALL * shares))
    shape, bins = np.histogram(averages.averages(N), np.arange(0.5 - 0.5 / N, 6.6, 0.2), density=True)
    hump = Mark(plane, color=MEAN, fill=0.8)
    hump.draw(boxes(plane, across(bins), _TALL * shape))
    middle, spread = visits.summary(visits.visits()).mean, averages.standard_error(N)
    xs = np.linspace(bins[0], bins[-1], 160)
    bell = plane.curve(across(xs), _TALL * processes.normal(xs, middle, spread), MODEL, width=14)
    peak = float(across(np.array([middle]))[0])
    rng = np.random.default_rng(7)
    drops = VGroup()
    for _ in range(_ARCS):
        column = int(rng.choice(len(shares), p=shares / shares.sum()))
        start = np.array([(edges[column] + edges[column + 1]) / 2, _GROUND + _TALL * shares[column]])
        end = np.array([rng.normal(peak, 0.3), _GROUND + _TALL * float(shape.max())])
        for share in rng.random(4):
            spot = start + share * (end - start)
            spot[1] += 4 * share * (1 - share) * 1.2
            color = interpolate_color(DATA, MEAN, share)
            drops.add(plane.dots([spot], color, radius=0.13))
    text = words.headline("A bell? [Almost:focus]", size=1.15 * ink.POSTER)
    shot.SAFE.put(text, UP)
    count = plane.label(_EDGE - 0.2, 2.9, f"n = {N}", LEFT, MEAN, size=0.8 * ink.POSTER)
    picture = shot.EDGES.inset(0.0, 0.2).put(VGroup(drops, pile, hump, bell, count), DOWN)
    return VGroup(picture, text)
