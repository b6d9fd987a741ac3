"""Histograms: bins count as numpy does, piles become bars, groups part, and a threshold counts both sides."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene, tempconfig
from scipy import stats

from scenes.kit.glide import glide
from scenes.kit.histogram import MOST_DROPS, Histogram
from scenes.kit.plane import Plane
from tests.golden import assert_golden

RNG = np.random.default_rng(1)
VALUES = np.concatenate([RNG.normal(3, 1, 40), RNG.normal(7, 1, 20)]).clip(0, 10)
GROUPS = np.repeat([0, 1], [40, 20])
EDGES = np.array([0.0, 1, 2, 3, 4, 6, 8, 10])


def plane(top: float = 30.0, bottom: float = 0.0) -> Plane:
    return Plane((0, 10), (bottom, top), 10.0, 5.0, numbers=False)


def histogram(**how: object) -> Histogram:
    return Histogram(plane(), VALUES, EDGES, GROUPS, **how)  # type: ignore[arg-type]


def boxes(made: Histogram, group: int, behind: bool = False) -> np.ndarray:
    """Left, right, bottom and top of each bar (m, 4) of a group, in data units."""
    points = (made.behind if behind else made.bars)[group].points
    if np.ptp(points, axis=0).max() == 0:
        return np.zeros((0, 4))
    corners = made.plane.inverse(points).reshape(-1, 16, 2)
    edges = [corners[..., 0].min(1), corners[..., 0].max(1), corners[..., 1].min(1), corners[..., 1].max(1)]
    return np.round(np.column_stack(edges), 9)


def test_bars_are_what_numpy_counts() -> None:
    made = histogram().redraw(1.0, 1.0)
    wanted = [np.histogram(VALUES[group == GROUPS], EDGES)[0] for group in (0, 1)]
    assert made.counts().tolist() == np.histogram(VALUES, EDGES)[0].tolist()
    below = np.zeros(len(EDGES) - 1)
    for group in (0, 1):
        seen = wanted[group] > 0
        columns = [EDGES[:-1][seen], EDGES[1:][seen], below[seen], (below + wanted[group])[seen]]
        np.testing.assert_allclose(boxes(made, group), np.column_stack(columns))
        below = below + wanted[group]
    made.redraw(parted=1.0)
    assert (boxes(made, 1)[:, 2] == 0).all()


def test_densities_are_shares_of_all_and_of_a_parted_group() -> None:
    made = histogram(density=True).redraw(1.0, 1.0)
    np.testing.assert_allclose(made.heights(), np.histogram(VALUES, EDGES, density=True)[0])
    for group in (0, 1):
        alone = np.histogram(VALUES[group == GROUPS], EDGES, density=True)[0]
        np.testing.assert_allclose(made.heights(group, parted=True), alone)


def test_each_value_falls_at_its_x_into_its_bin_and_bars_count_the_landed() -> None:
    made = histogram().redraw(fallen=0.5, solid=1.0)
    landed = sum(float(box[3] - box[2]) for group in (0, 1) for box in boxes(made, group))
    assert 0 < landed < len(VALUES) and landed == round(landed)
    high = made.dots.values[:, 1]
    air = (high > made.seats()[:, 1] + 1e-9) & (high > 27)
    assert air.any()
    np.testing.assert_allclose(made.dots.values[air, 0], VALUES[air])
    np.testing.assert_allclose(made.redraw(fallen=1.0).dots.values, made.seats(), atol=1e-9)
    across, up = made.seats().T
    assert (np.searchsorted(EDGES, across, "right") - 1).tolist() == (
        np.searchsorted(EDGES, VALUES, "right") - 1
    ).tolist()
    # No two share a place.
    assert len({(round(x, 6), round(y, 6)) for x, y in zip(across, up, strict=True)}) == len(VALUES)


def test_mirrored_groups_hang_from_the_ground() -> None:
    made = Histogram(plane(20, -20), VALUES, EDGES, GROUPS, mirrored=True).redraw(1.0, 1.0, 1.0)
    assert (boxes(made, 0)[:, 2] == 0).all() and (boxes(made, 1)[:, 3] == 0).all()
    assert -boxes(made, 1)[:, 2].sum() == 20


def test_a_threshold_cuts_bars_and_counts_values_not_bins() -> None:
    made = histogram().redraw(1.0, 1.0).cut(3.4)
    wanted = [
        [int(((VALUES < 3.4) & (g == GROUPS)).sum()), int(((VALUES >= 3.4) & (g == GROUPS)).sum())]
        for g in (0, 1)
    ]
    assert made.cut_counts(3.4).tolist() == wanted
    assert made.shown_texts == tuple(str(count) for pair in wanted for count in pair)
    assert boxes(made, 0)[:, 0].min() == 3.4 and boxes(made, 0, behind=True)[:, 1].max() == 3.4
    assert made.plane.inverse(made.line.points)[:, 0] == pytest.approx(3.4)
    assert not made.cut(-np.inf).shown_texts and made.line.height == 0


def test_a_density_is_drawn_in_the_units_of_the_bars() -> None:
    counts = Histogram(plane(), VALUES, np.arange(0, 10.5, 0.5), GROUPS)
    curve = counts.fit(stats.norm(3, 1).pdf, 0)
    assert curve.y_at(3.0) == pytest.approx(stats.norm(3, 1).pdf(3) * 40 * 0.5, rel=1e-3)
    assert histogram(density=True).fit(stats.norm(3, 1).pdf, 0).y_at(3.0) == pytest.approx(0.3989, rel=1e-3)
    with pytest.raises(ValueError, match="not equally wide"):
        histogram().fit(stats.norm(3, 1).pdf)


def test_it_glides_animates_and_moves_with_its_plane() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, made = Scene(), histogram()
        scene.add(made)
        scene.play(glide(made.redraw, 0.0, 1.0))
        scene.play(made.animate.redraw(solid=1.0))
        scene.play(made.animate.cut(5.0))
        scene.play(made.animate.cut(-np.inf))
        assert all(not bars.submobjects for bars in (*made.bars, *made.behind, made.line))
        made.plane.shift((1.0, 0.5, 0.0))
        made.redraw(parted=1.0)
        assert made.bars[0].fill_rgbas[0, 3] == 1 and (boxes(made, 1)[:, 2] == 0).all()


def test_many_values_are_not_drawn_one_by_one() -> None:
    many = Histogram(plane(3000), np.linspace(0, 10, MOST_DROPS + 1), EDGES).redraw(fallen=1.0)
    assert len(many.dots) == 0 and boxes(many, 0)[:, 3].sum() == MOST_DROPS + 1


def test_what_makes_no_histogram_is_refused() -> None:
    with pytest.raises(ValueError, match="edges or more that rise"):
        Histogram(plane(), VALUES, [0, 2, 1])
    with pytest.raises(ValueError, match="as many groups"):
        Histogram(plane(), VALUES, EDGES, [0, 1])
    with pytest.raises(ValueError, match="finite values"):
        Histogram(plane(), [1.0, np.nan], EDGES)
    with pytest.raises(ValueError, match="numbered 0 to 3"):
        Histogram(plane(), VALUES, EDGES, GROUPS * 7)


def test_histogram_golden() -> None:
    falling = histogram().redraw(fallen=0.7)
    assert_golden("histogram-falling", falling.plane, falling)
    split = Histogram(plane(0.6), VALUES, EDGES, GROUPS, density=True).redraw(1.0, 1.0, 1.0).cut(4.6)
    assert_golden("histogram-split", split.plane, split)
