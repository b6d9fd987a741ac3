"""Bundles: threads, middle and band lie where the curves' own numbers have them, at every moment."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene, VGroup, tempconfig

from scenes.kit import ink
from scenes.kit.bundle import Bundle
from scenes.kit.plane import Plane
from tests.golden import assert_golden

XS = np.array([0.0, 1.0, 2.0, 4.0])
CURVES = np.array([[0.0, 1.0, 2.0, 3.0], [2.0, 2.0, 2.0, 2.0], [4.0, 3.0, 5.0, 1.0]])


def bundle(**how: object) -> Bundle:
    return Bundle(Plane((0, 4), (-2, 6), 8.0, 4.0), XS, CURVES, **how)  # type: ignore[arg-type]


def ends(one: Bundle, row: int) -> np.ndarray:
    """Data units (k, 2) of the samples that the thread of ``row`` is drawn through."""
    points = one.threads[row].points
    return one.plane.inverse(np.concatenate([points[:1], points[3::4]]))


def test_each_curve_is_a_thread_through_its_own_values() -> None:
    one = bundle()
    for row, curve in enumerate(CURVES):
        np.testing.assert_allclose(ends(one, row), np.column_stack([XS, curve]), atol=1e-9)


def test_mean_and_band_are_those_of_the_curves() -> None:
    one = bundle().summarise(middle=1.0, band=1.0)
    mean = np.array([2.0, 2.0, 3.0, 2.0])
    sd = np.sqrt(np.array([8.0, 2.0, 6.0, 2.0]) / 3)
    np.testing.assert_allclose(one.middle.samples, np.column_stack([XS, mean]))
    rim = one.plane.inverse(one.band.points[::4])
    np.testing.assert_allclose(rim[:4], np.column_stack([XS, mean - sd]), atol=1e-9)
    np.testing.assert_allclose(rim[4:], np.column_stack([XS, mean + sd])[::-1], atol=1e-9)


def test_median_and_percentiles() -> None:
    one = bundle(middle="median", band=(0, 100))
    np.testing.assert_allclose(one.middle.samples[:, 1], [2.0, 2.0, 2.0, 2.0])
    rim = one.plane.inverse(one.band.points[::4])
    np.testing.assert_allclose(rim[:4, 1], [0, 1, 2, 1], atol=1e-9)
    np.testing.assert_allclose(rim[4:, 1], [3, 5, 3, 4], atol=1e-9)


def test_it_grows_from_the_left_in_data_units() -> None:
    one = bundle().light(2).reach(3.0)
    np.testing.assert_allclose(ends(one, 0)[-1], (3.0, 2.5), atol=1e-9)
    np.testing.assert_allclose(one.middle.tip(), (3.0, 2.5))
    np.testing.assert_allclose(one.lit.tip(), (3.0, 3.0))


def test_curves_come_one_after_another_and_only_whole_ones_count() -> None:
    one = bundle().reveal(1.5)
    np.testing.assert_allclose(ends(one, 0)[-1], (4.0, 3.0), atol=1e-9)
    np.testing.assert_allclose(ends(one, 1)[-1], (1.5, 2.0), atol=1e-9)
    assert not len(one.threads[2].points)
    np.testing.assert_allclose(one.middle.samples[:, 1], CURVES[0])
    assert not len(one.reveal(0.5).middle.points) and not len(one.band.points)


def test_what_it_glides_through_keeps_middle_and_threads_together() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, one = Scene(), bundle().summarise(1.0, 1.0)
        scene.add(one)
        gaps: list[float] = []
        threads = tuple(one.threads)

        def compare(_: object) -> None:
            drawn = np.mean([ends(one, row)[:, 1] for row in range(3)], axis=0)
            gaps.append(float(np.abs(drawn - one.middle.samples[:, 1]).max()))

        one.add_updater(compare)
        scene.play(one.animate.redraw(CURVES + np.array([[1.0], [0.0], [-1.0]])), run_time=0.5)
        assert len(gaps) > 5 and max(gaps) < 1e-9
        np.testing.assert_allclose(ends(one, 0)[:, 1], CURVES[0] + 1, atol=1e-9)
        assert tuple(one.threads) == threads


def test_the_light_never_lies_between_two_curves() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, one = Scene(), bundle().light(0)
        scene.add(one)
        seen: list[int] = []

        def compare(_: object) -> None:
            if one.lit.get_stroke_opacity():
                seen.append(int(np.abs(CURVES - one.lit.samples[:, 1]).max(axis=1).argmin()))
                np.testing.assert_allclose(one.lit.samples[:, 1], CURVES[seen[-1]])

        one.add_updater(compare)
        scene.play(one.animate.light(2), run_time=1)
        assert set(seen) == {0, 2} and seen == sorted(seen)
        scene.play(one.animate.light(None), run_time=0.2)
        assert one.lit.get_stroke_opacity() == 0.0


def test_other_verbs_move_under_animate() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, one = Scene(), bundle()
        scene.add(one)
        scene.play(one.animate.summarise(band=0.5), run_time=0.2)
        scene.play(one.animate.reveal(2), run_time=0.2)
        scene.play(one.animate.reach(1.0), run_time=0.2)
    assert one.band.get_fill_opacity() > 0 == one.middle.get_stroke_opacity()
    np.testing.assert_allclose(one.middle.tip(), (1.0, 1.5))


def test_a_curve_of_its_own_lies_on_its_row() -> None:
    np.testing.assert_allclose(bundle().curve(2).samples, np.column_stack([XS, CURVES[2]]))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Bundle(Plane((0, 1), (0, 1)), [0, 0], [[1, 1]]), "rising xs"),
        (lambda: Bundle(Plane((0, 1), (0, 1)), [0, 1], [1, 1]), r"are \(n, 2\), not \(2,\)"),
        (lambda: Bundle(Plane((0, 1), (0, 1)), [0, 1], [[1, np.nan]]), "finite"),
        (lambda: bundle(band=(90, 10)), "two percentiles"),
        (lambda: bundle().redraw(CURVES[:2]), "3 curves cannot become one of 2"),
        (lambda: bundle().reveal(4), "cannot show 4"),
        (lambda: bundle().light(3), "0 to 2; there is no 3"),
    ],
)
def test_impossible_bundles_are_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=message):
        make()


def test_the_bundle() -> None:
    xs = np.linspace(0, 10, 31)
    curves = 1 + np.sin(xs + np.linspace(-0.6, 0.6, 12)[:, None]) * np.linspace(0.5, 1.2, 12)[:, None]
    plane = Plane((0, 10), (-1, 3), 12, 5, numbers=False)
    one = Bundle(plane, xs, curves, middle_color=ink.focus).summarise(1.0, 1.0).light(2)
    assert_golden("bundle", VGroup(plane, one.reach(8.0)), width=640, height=360)
