"""The two landscapes on which visitors let three optimisers run, and the settings of the lesson."""

from __future__ import annotations

from scenes.maths.calculus_optimization import landscape, optimiser, race


def figure() -> dict[str, object]:
    """``curvatures`` (2,) of the valley and ``wall`` of the toy; ``valley`` and ``hollows`` (2,), where walks start.

    ``shallow``, ``deep`` and ``pass`` (2,) are the toy's minima and its saddle point; ``betas`` (2,) and ``epsilon``
    are Adam's usual settings.
    """
    return {
        "curvatures": landscape.CURVATURES,
        "wall": landscape.WALL,
        "valley": landscape.VALLEY_START,
        "hollows": landscape.TOY_START,
        "shallow": race.hollow(race.SHALLOW),
        "deep": race.hollow(race.DEEP),
        "pass": race.saddle(),
        "betas": (optimiser.BETA_1, optimiser.BETA_2),
        "epsilon": optimiser.EPSILON,
    }
