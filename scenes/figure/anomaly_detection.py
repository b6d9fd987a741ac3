"""Three clouds in which visitors place a dot, and the frontiers around them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from scenes.kit.contour import contours
from scenes.maths.anomaly_detection import frontier, isolation, neighbours

NUS: Final = (0.05, 0.1, 0.2)
FINE: Final = (61, 61)
"""Samples of a frontier, (ny, nx)."""
CLOUDS: Final[Mapping[str, tuple[tuple[float, float], tuple[float, float], tuple[float, float]]]] = {
    "dots": ((-3.75, 4.5), (-3.6, 3.75), (3.9, 3.3)),
    "crowds": ((-1.3, 7.4), (-3.3, 5.2), (0.9, 0.9)),
    "swarm": ((-3.75, 4.5), (-3.6, 3.75), (3.9, 3.3)),
}
"""Limits across and up, and where the dot starts."""
GAMMAS: Final[Mapping[str, float]] = {
    "dots": frontier.around_cloud().gamma,
    "crowds": frontier.around_crowds().gamma,
    "swarm": frontier.around_cloud().gamma,
}
"""How narrow the hills are: as in the lesson, wide enough that no frontier has a hole."""


def points_of(name: str) -> np.ndarray:
    """(n, 2): the points of a cloud but for the dot, to two decimals."""
    of = {
        "dots": isolation.cloud()[: isolation.CROWD],
        "crowds": neighbours.crowds()[: neighbours.BESIDE],
        "swarm": np.delete(neighbours.joined(), isolation.LONE, axis=0),
    }
    return np.asarray(of[name].round(2))


def shores(found: frontier.Frontier, x: tuple[float, float], y: tuple[float, float]) -> list[np.ndarray]:
    """Lines (m, 2) along which the land is as high as the water, to two decimals."""
    across, up = np.meshgrid(np.linspace(*x, FINE[1]), np.linspace(*y, FINE[0]))
    steps = np.array([(x[1] - x[0]) / (FINE[1] - 1), (y[1] - y[0]) / (FINE[0] - 1)])
    lines = contours(found.over(across, up), found.rho)
    return [(np.array([x[0], y[0]]) + line * steps).round(2) for line in lines]


def figure() -> dict[str, object]:
    """Of each of the ``clouds``: ``points``, limits ``x`` and ``y``, where the dot starts, ``gamma``, and of each ν a
    ``machine`` that was trained without the dot: support vectors, weights, the water ρ, and the shore."""
    clouds = {}
    for name, (x, y, start) in CLOUDS.items():
        points = points_of(name)
        machines = {}
        for nu in NUS:
            found = frontier.train(points, nu, GAMMAS[name])
            machines[f"{nu:g}"] = {
                "rows": found.rows,
                "weights": found.weights.round(6),
                "rho": found.rho,
                "shore": shores(found, x, y),
            }
        clouds[name] = {
            "points": points,
            "x": x,
            "y": y,
            "start": start,
            "gamma": GAMMAS[name],
            "machines": machines,
        }
    return {"clouds": clouds}
