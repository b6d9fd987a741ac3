"""The lesson on clustering: what computes its figures, and what holds its claims."""

from __future__ import annotations

import numpy as np

from scenes.clustering import failures, how_many, linkage, rounds, tree
from scenes.maths.clustering import agreement, centroids, data, density, merging
from tests.scenes.harness.table import Claims, Figures, Waivers

HAND = centroids.by_hand()


def five(row: int) -> float:
    """One of the five points."""
    return float(data.FIVE[row, 0])


def away(row: int, point: int = how_many.POINT) -> float:
    """How far one of the five points lies from another one."""
    return abs(five(row) - five(point))


def moved(round_: int, number: int) -> float:
    """Where a centroid stands as a round by hand begins."""
    return float(HAND[round_].centroids[number, 0])


def stuck(how: str) -> float:
    """Percentage of runs that got stuck, over ten draws of crowds."""
    return float(100 * centroids.stuck_shares(how).mean())


def tops(linkage: merging.Linkage) -> list[float]:
    """Heights of the merges of the five points."""
    return [float(height) for height in merging.hand(linkage).heights]


FIGURES: Figures = {
    "flowers_without_labels": {"hundred and fifty": lambda: len(data.petals())},
    "assign_update_repeat": {
        "five points": lambda: len(data.FIVE),
        "other four": lambda: int((HAND[0].labels == 1).sum()),
        "One, four": lambda: five(2),
        "nine": lambda: five(3),
        "eleven have": lambda: five(4),
        "6.25": lambda: moved(1, 1),
        "means are one half": lambda: moved(2, 0),
        "and eight": lambda: moved(2, 1),
        "Four: it": lambda: five(2),
        "to one half": lambda: moved(2, 0),
        "to eight": lambda: moved(2, 1),
        "x three": lambda: 1 + int(np.flatnonzero(data.FIVE[:, 0] == 4)[0]),
        "c three": lambda: 1 + int(np.flatnonzero(data.FIVE[:, 0] == 4)[0]),
    },
    "two_steps_in_the_plane": {
        "Three centroids": lambda: len(centroids.long_walk()[0].centroids),
        "three of the flowers": lambda: len(centroids.long_walk()[0].centroids),
        "eleven assignments": lambda: len(centroids.long_walk()),
        "a thousand": lambda: len(centroids.walk_lengths()),
        "median is eight": lambda: float(np.median(centroids.walk_lengths())),
    },
    "inertia_goes_down": {
        "Five points": lambda: len(data.FIVE),
        "173": lambda: HAND[0].inertia,
    },
    "a_bad_start_gets_stuck": {
        "five crowds": lambda: len(np.unique(data.crowds()[1])),
        "Five centroids": lambda: len(centroids.stuck_walk()[0].centroids),
        "55 percent": lambda: 100 * float(centroids.chances(data.FIVE, data.FIVE[:1]).max()),
        "36 percent": lambda: stuck("random"),
        "17": lambda: stuck("plus"),
        "1,244": lambda: float(centroids.slice_of_inertia((0.0,))[0]),
        "all five": lambda: len(centroids.on_the_way(0.0)),
        "339": lambda: float(centroids.slice_of_inertia((1.0,))[0]),
        "n_init to ten": lambda: centroids.SPREAD_STARTS / len(centroids.tens("plus", 0)),
    },
    "find_the_elbow": {
        "five points": lambda: len(data.FIVE),
        "94": lambda: centroids.elbow_by_hand()[0],
        "10.7": lambda: centroids.elbow_by_hand()[1],
        "Five crowds": lambda: len(np.unique(data.crowds()[1])),
        "six clusters": lambda: len(centroids.elbow()),
        "a sixth": lambda: 1 / len(centroids.elbow()),
        "bends at five": lambda: (
            2 + int((np.diff(centroids.elbow())[:-1] / np.diff(centroids.elbow())[1:]).argmax())
        ),
    },
    "nearer_to_mine": {
        "four and": lambda: away(0),
        "and three": lambda: away(1),
        "3.5": lambda: agreement.near_and_far(data.FIVE, HAND[-1].labels)[0][how_many.POINT],
        "cluster: five": lambda: away(3),
        "and seven": lambda: away(4),
        "is six": lambda: agreement.near_and_far(data.FIVE, HAND[-1].labels)[1][how_many.POINT],
        "0.42": lambda: agreement.silhouettes(data.FIVE, HAND[-1].labels)[how_many.POINT],
        "five crowds": lambda: len(np.unique(data.crowds()[1])),
        "peak is five": lambda: 2 + int(agreement.mean_silhouettes("crowds").argmax()),
        "Put four": lambda: five(how_many.POINT),
        "0.77": lambda: agreement.mean_silhouettes("petals")[0],
        "With three": lambda: len(np.unique(centroids.best_petals(3).labels)),
        "0.66": lambda: agreement.mean_silhouettes("petals")[1],
        "botanist says three": lambda: len(np.unique(data.species())),
    },
    "round_equal_scaled": {
        "0.29": lambda: failures.mean_agreement("unequal"),
        "twenty": lambda: len(failures.agreements("unequal")),
        "53": lambda: int(agreement.wines_elsewhere(False).sum()),
        "six such": lambda: int(agreement.wines_elsewhere(True).sum()),
        "thirteen": lambda: data.bottles()[0].shape[1],
    },
    "dense_enough": {
        "3.5": lambda: density.hand().eps,
        "here it is three": lambda: density.hand().min_points,
        "one and four": lambda: five(2),
        "And four": lambda: five(2),
        "Nine": lambda: five(3),
        "eleven": lambda: five(4),
        "of three": lambda: len(np.unique(density.hand().kinds)),
    },
    "water_runs": {
        "minPts is five": lambda: density.flooded().min_points,
        "fifth": lambda: density.flooded().min_points,
        "the three": lambda: len(np.unique(data.two_densities()[1])),
        "18": lambda: int((density.many_densities_keep() >= density.KEPT).sum()),
        "twenty": lambda: len(density.many_densities_keep()),
        "0.21": lambda: density.flooded_petals(density.FINE_EPS).eps,
        "five dense": lambda: density.flooded_petals(density.FINE_EPS).count,
        "0.35": lambda: density.flooded_petals().eps,
    },
    "merge_and_draw": {
        "nine": lambda: five(3),
        "and eleven": lambda: five(4),
        "Now four": lambda: five(2),
        "three away": lambda: away(1),
        "four from": lambda: away(0),
        "pair: three": lambda: tops("single")[2],
        "At five": lambda: tops("single")[3],
        "pair: four": lambda: tops("complete")[2],
        "last eleven": lambda: tops("complete")[3],
        "of five": lambda: tops("single")[3],
        "down, three": lambda: 1 + int(merging.cut_at(merging.hand("complete"), tree.LOW_CUT).max()),
    },
    "linkage_decides": {
        "Six distances": lambda: int(np.prod(np.bincount(HAND[-1].labels))),
        "8.3": lambda: tops("average")[3],
        "150": lambda: merging.petal_tree("ward").count,
        "three, close": lambda: len(np.unique(data.species())),
        "24 strays": lambda: int((data.moons()[1] < 0).sum()),
        "four answers": lambda: len(linkage.answers()),
        "52 percent": lambda: 100 * float(merging.strewn_stretches()[:, 1].mean()),
        "65": lambda: 100 * merging.stretch(merging.petal_tree("ward"))[1],
        "gave three": lambda: len(np.unique(centroids.best_petals(3).labels)),
    },
}

CLAIMS: Claims = {
    "inertia_goes_down": {"does not mean best": "test_converged_is_not_the_best"},
    "a_bad_start_gets_stuck": {"none was stuck": "test_of_ten_runs_the_lowest_is_not_stuck"},
    "water_runs": {"apart in none": "test_no_epsilon_keeps_both_densities"},
}

WAIVERS: Waivers = {}


def test_converged_is_not_the_best() -> None:
    end = centroids.stuck_walk()[-1]
    assert np.array_equal(
        centroids.assign(data.crowds()[0], centroids.update(data.crowds()[0], end.labels, 5)), end.labels
    )
    assert end.inertia > 3 * centroids.best_of(5).inertia


def test_three_groups_by_ward_are_close_to_the_species() -> None:
    found = merging.groups(merging.petal_tree("ward"), 3)
    assert agreement.adjusted_rand(data.species(), found) > 0.88


def test_round_clusters_cut_through_a_moon() -> None:
    points, known = data.moons()
    for labels in (centroids.restarts(points, 2, 10).labels, merging.moon_groups("ward")):
        assert max(len(set(labels[known == moon])) for moon in (0, 1)) == 2


def test_the_random_runs_that_are_shown_hold_good_and_bad_ends() -> None:
    points = data.crowds()[0]
    ends = [centroids.lloyd(points, centroids.random_start(points, 5, seed))[-1].inertia for seed in range(6)]
    assert sum(end > centroids.STUCK * min(ends) for end in ends) == 2


def test_the_answers_of_four_methods() -> None:
    found = [merging.parts_the_moons(labels + 1) for labels in linkage.answers().values()]
    assert found == [False, False, True, True]


def test_all_rings_of_two_kinds_hold_their_flowers() -> None:
    points, labels = data.petals(), merging.groups(merging.petal_tree("ward"), 2)
    for number in (0, 1):
        own = points[labels == number]
        size, way = np.linalg.eigh(np.cov(own.T))
        radii = rounds.HELD * np.sqrt(size) + 0.12
        assert ((((own - own.mean(axis=0)) @ way) / radii) ** 2).sum(axis=1).max() < 1


def test_density_and_tree_say_two() -> None:
    assert density.flooded_petals().count == 2
    assert merging.stretch(merging.petal_tree("ward"))[0] == 2
