"""The lesson's map, and every move that its courier made on it in two hundred trips."""

from __future__ import annotations

from scenes.maths.reinforcement_learning import gridworld, ice, qlearning

SEED = 9
"""Of the run that the lesson shows."""


def figure() -> dict[str, object]:
    """``rows`` of the map; the run's constants; ``starts`` (200,) tiles where its trips begin, and ``moves``, one
    digit a move (0 north, 1 east, 2 south, 3 west), a word a trip; ``truth`` (n, 4): Q by value iteration; ``slip`` and
    ``fading``: the share of moves that go astray on ice, and the power by which a pull may shrink."""
    world = gridworld.read_map()
    run = qlearning.learn(world, SEED)
    return {
        "rows": world.rows,
        "seed": SEED,
        "rate": qlearning.RATE,
        "discount": gridworld.DISCOUNT,
        "trips": qlearning.TRIPS,
        "longest": qlearning.LONGEST,
        "starts": [trip.tiles[0] for trip in run.trips],
        "moves": ["".join(map(str, trip.moves)) for trip in run.trips],
        "truth": gridworld.iterate_values(world).q[-1],
        "slip": ice.SLIP,
        "fading": ice.FADING,
    }
