"""The page of clustering: its code and its figure compute what the lesson computes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from sklearn.cluster import KMeans

from hub.note import note_path, read_note
from scenes.figure.clustering import BRANCHES, MOST, TREES, clouds, figure, order
from scenes.maths.clustering import agreement, centroids, data, density, merging
from tests.hub.asking import ask_demo
from tests.hub.conftest import Visit
from tests.hub.topics.figure import drag, readout, ready

FIGURE = figure()
CLOUDS = clouds()
STUCK = centroids.stuck_walk()[-1].centroids
FOUND = (
    f"data=crowds&k=5&spots={','.join(f'{value:.3f}' for value in STUCK.ravel())}",
    f"k=6&spots={','.join(f'{value:.3f}' for value in centroids.best_petals(6).centroids.ravel())}",
    "data=moons&by=density&eps=0.25",
    "by=merges&height=8",
)
"""A state for each thing to be found by hand, as an address says it."""


def said(spots: object) -> str:
    """Centroids (k, 2) as an address has them."""
    return ",".join(repr(float(value)) for value in np.asarray(spots).ravel())


def test_the_code_beside_the_video_prints_the_lessons_numbers() -> None:
    best = centroids.best_petals(3)
    sizes = sorted(np.bincount(best.labels).tolist())
    flood = density.flooded_petals()
    two = sorted(np.bincount(merging.groups(merging.petal_tree("ward"), 2)).tolist())
    assert read_note(note_path("clustering")).note.core.prints.strip().splitlines() == [
        f"K-means: inertia {best.inertia:.1f}, clusters of {sizes}",
        f"DBSCAN: {flood.count} clusters, {(flood.labels < 0).sum()} points of noise",
        f"Ward, cut in two: clusters of {two}",
    ]


@pytest.mark.parametrize(("name", "seed"), [("irises", 3), ("crowds", 0), ("crowds", 4), ("moons", 1)])
def test_centroids_step_as_in_the_lesson(name: str, seed: int) -> None:
    points = CLOUDS[name]
    start = centroids.random_start(points, 4, seed)
    rounds = centroids.lloyd(points, start)
    for now, after in ((rounds[0], rounds[1]), (rounds[-1], rounds[-1])):
        (seen,) = ask_demo("clustering", FIGURE, f"data={name}&k=4&spots={said(now.centroids)}")
        assert seen.result["labels"] == now.labels.tolist()
        assert seen.result["cost"] == pytest.approx(now.inertia)
        assert np.allclose(seen.result["next"], after.centroids)
        assert seen.result["rest"] is (now is rounds[-1])


@pytest.mark.parametrize("name", CLOUDS)
def test_no_run_of_scikit_learn_gets_below_the_lowest_inertia(name: str) -> None:
    asked = [f"data={name}&k={count}&spots=0,0" for count in range(1, MOST + 1)]
    least = [seen.result["least"] for seen in ask_demo("clustering", FIGURE, *asked)]
    best = {"irises": centroids.best_petals, "crowds": centroids.best_of}
    for count, found in enumerate(least, 1):
        if name in best:
            assert found <= best[name](count).inertia + 1e-3
        reference = KMeans(count, n_init=20, random_state=count).fit(CLOUDS[name]).inertia_
        assert found <= 1.0005 * reference


@pytest.mark.parametrize(
    ("name", "eps", "minimum"),
    [("moons", 0.18, 5), ("moons", 0.05, 5), ("moons", 0.25, 5), ("irises", 0.35, 5), ("crowds", 0.5, 8)],
)
def test_density_floods_as_in_the_lesson(name: str, eps: float, minimum: int) -> None:
    (seen,) = ask_demo("clustering", FIGURE, f"data={name}&by=density&eps={eps}&minimum={minimum}")
    flood = density.dbscan(CLOUDS[name], eps, minimum)
    assert seen.result["labels"] == flood.labels.tolist()
    assert seen.result["flood"]["kinds"] == [density.Kind(kind).name.lower() for kind in flood.kinds]
    assert seen.result["count"] == flood.count


def test_the_moons_of_the_page_are_those_of_the_lesson() -> None:
    (seen,) = ask_demo("clustering", FIGURE, "data=moons&by=density&eps=0.18")
    flood = density.flooded()
    rows = order(data.moons()[0])
    assert seen.result["flood"]["kinds"] == [density.Kind(kind).name.lower() for kind in flood.kinds[rows]]


@pytest.mark.parametrize("linkage", TREES)
@pytest.mark.parametrize("name", CLOUDS)
def test_a_cut_leaves_what_the_lesson_says(name: str, linkage: merging.Linkage) -> None:
    tree = merging.merges(CLOUDS[name], linkage)
    tops = tree.heights[1 - BRANCHES :]
    between = [(low + high) / 2 for low, high in itertools.pairwise(tops) if high - low > 1e-3]
    asked = [f"data={name}&by=merges&linkage={linkage}&height={float(height)}" for height in between]
    for height, seen in zip(between, ask_demo("clustering", FIGURE, *asked), strict=True):
        known = merging.cut_at(tree, float(height))
        assert seen.result["count"] == known.max() + 1
        assert agreement.adjusted_rand(known, seen.result["labels"]) == 1.0


def test_all_that_is_to_be_found_can_be_found() -> None:
    start, *states = ask_demo("clustering", FIGURE, "", *FOUND)
    assert not any(start.found) and len(start.found) == len(FOUND)
    assert [state.found[quest] for quest, state in enumerate(states)] == [True] * len(FOUND)


def test_a_centroid_is_moved_by_mouse_and_keys(visit: Visit) -> None:
    page = visit("clustering/")
    figure_ = ready(page)
    before = readout(page, "inertia J")
    centroid = figure_.locator(".spot").first
    drag(page, centroid, 60, -30)
    assert readout(page, "inertia J") != before
    centroid.focus()
    placed = centroid.get_attribute("aria-valuetext")
    centroid.press("Shift+ArrowUp")
    assert centroid.get_attribute("aria-valuetext") != placed


def test_steps_to_the_end_change_nothing_more(visit: Visit) -> None:
    page = visit("clustering/")
    figure_ = ready(page)
    assert readout(page, "update step") == "moves on"
    figure_.get_by_role("button", name="Repeat to the end").click()
    assert readout(page, "update step") == "changes nothing"
