"""Rulers: marks lie where the scale puts them, straight, bent and on the way; distances and ticks follow."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT, UP, Scene, tempconfig

from scenes.kit import ink
from scenes.kit.glide import glide
from scenes.kit.ruler import Ruler
from tests.golden import assert_golden

MARKS = [1.0, 10.0, 100.0, 1000.0]


def bending(**how: object) -> Ruler:
    return Ruler((0, 1000), MARKS, 12.0, warp=np.log10, warp_limits=(1, 1000), **how)  # type: ignore[arg-type]


def shares(ruler: Ruler) -> np.ndarray:
    """Where the marks are, as shares of the ruler's length."""
    begin, end = ruler.axis.points[0], ruler.axis.points[-1]
    along: np.ndarray = (ruler.dots.centres - begin) @ (end - begin) / np.dot(end - begin, end - begin)
    return along


def test_marks_flow_from_the_straight_scale_to_the_bent_one() -> None:
    ruler = bending()
    np.testing.assert_allclose(shares(ruler), [0.001, 0.01, 0.1, 1.0], atol=1e-9)
    np.testing.assert_allclose(shares(ruler.redraw(warped=1.0)), [0, 1 / 3, 2 / 3, 1], atol=1e-9)
    halves = np.mean([[0.001, 0.01, 0.1, 1.0], [0, 1 / 3, 2 / 3, 1]], axis=0)
    np.testing.assert_allclose(shares(ruler.redraw(warped=0.5)), halves, atol=1e-9)
    np.testing.assert_allclose(ruler.spot(10.0), ruler.dots.centres[1], atol=1e-9)


def test_it_keeps_its_scale_when_it_was_moved_and_enlarged() -> None:
    ruler = bending(distances=[(0, 3)]).scale(0.5).shift(2 * UP + RIGHT)
    tall = float(ruler.figures[0].height)
    ruler.redraw(warped=1.0)
    assert np.linalg.norm(ruler.axis.points[-1] - ruler.axis.points[0]) == pytest.approx(6)
    np.testing.assert_allclose(shares(ruler), [0, 1 / 3, 2 / 3, 1], atol=1e-9)
    assert float(ruler.figures[0].height) == pytest.approx(tall)


def test_standardising_by_marks_and_limits_leaves_every_mark_where_it_is() -> None:
    x = np.array([8.0, 9, 10, 11, 12])
    ruler = Ruler((6, 14), x)
    before = shares(ruler)
    start = {"marks": x, "limits": np.array([6.0, 14])}
    end = {"marks": (x - 10) / np.std(x), "limits": (np.array([6.0, 14]) - 10) / np.std(x)}
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        ruler.add_updater(lambda _: np.testing.assert_allclose(shares(ruler), before, atol=1e-9))
        scene.add(ruler)
        scene.play(glide(ruler.redraw, start, end))
    assert ruler.limits_now == pytest.approx((-4 / np.std(x), 4 / np.std(x)))


def test_distances_are_between_marks_and_tell_what_is_drawn() -> None:
    ruler = Ruler((0, 10), [1.0, 4.0, 9.0], distances=[(0, 1), (0, 2)], decimals=1)
    assert ruler.shown_texts == ("3.0", "8.0")
    ends = ruler.spans[1].points[:, 0]
    assert (ends.min(), ends.max()) == pytest.approx((ruler.spot(1.0)[0], ruler.spot(9.0)[0]))
    assert ruler.redraw(marks=[2.0, 4.0, 9.5]).shown_texts == ("2.0", "7.5")
    assert ruler.redraw(measured=0.5).shown_texts == ()
    half = ruler.spans[1].points[:4, 0]
    assert half.max() == pytest.approx(ruler.spot(2 + 7.5 / 2)[0])


def test_what_leaves_the_limits_is_not_drawn() -> None:
    ruler = Ruler((0, 10), [1.0, 4.0, 9.0], distances=[(0, 2)], levels=[8.0]).redraw(limits=(0, 5))
    assert [radius > 0 for radius in ruler.dots.radii] == [True, True, False]
    assert ruler.figures[0].fill_rgbas[0, 3] == 0 and ruler.levels.height == 0
    bent = bending().redraw(marks=[-1.0, 0.0, 1.0, 10.0], warped=1.0)
    assert [radius > 0 for radius in bent.dots.radii] == [False, False, True, True]


def test_ticks_are_round_and_lie_on_the_scale() -> None:
    ruler = Ruler((0, 10), length=11.0)
    feet = sorted({round(float(x), 6) for x in ruler.tick_lines[0].points[:, 0]})
    np.testing.assert_allclose(feet, [ruler.spot(each)[0] for each in range(11)], atol=1e-6)
    bent = bending().redraw(warped=1.0)
    feet = sorted({round(float(x), 6) for x in bent.tick_lines[0].points[:, 0]})
    np.testing.assert_allclose(feet, [bent.spot(each)[0] for each in (1, 10, 100, 1000)], atol=1e-6)


def test_names_that_would_meet_give_way_and_come_back() -> None:
    ruler = Ruler((0, 10), [1.0, 9.0], names=["first", "second"])
    opacity = [float(name.glyphs[0].fill_rgbas[0, 3]) for name in ruler.redraw(marks=[5.0, 5.1]).names]
    assert opacity == [1, 0]
    assert ruler.redraw(marks=[1.0, 9.0]).names[1].glyphs[0].fill_rgbas[0, 3] == 1
    assert ruler.names[1].get_center()[0] == pytest.approx(ruler.spot(9.0)[0])


def test_what_was_animated_is_its_state() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, ruler = Scene(), bending(levels=[500])
        scene.add(ruler)
        scene.play(ruler.animate.redraw(warped=1.0))
        ruler.redraw(levels=[10.0])
        np.testing.assert_allclose(shares(ruler), [0, 1 / 3, 2 / 3, 1], atol=1e-9)
        assert float(ruler.levels.get_center()[0]) == pytest.approx(ruler.spot(10.0)[0])


def test_what_is_no_ruler_is_refused() -> None:
    with pytest.raises(ValueError, match="from a lower to a higher"):
        Ruler((3, 3))
    with pytest.raises(ValueError, match=r"rise from 0 to 10; give warp_limits"):
        Ruler((0, 10), warp=np.log10)
    with pytest.raises(ValueError, match="rise from"):
        Ruler((-1, 1), warp=np.square)
    with pytest.raises(ValueError, match="no warp to bend by"):
        Ruler((0, 1)).redraw(warped=0.5)
    with pytest.raises(ValueError, match=r"no distance \(0, 2\) between 2 marks"):
        Ruler((0, 1), [0, 1], distances=[(0, 2)])
    with pytest.raises(ValueError, match="2 marks cannot have 1 names"):
        Ruler((0, 1), [0, 1], names=["a"])
    with pytest.raises(ValueError, match="expected 2 marks"):
        Ruler((0, 1), [0, 1]).redraw(marks=[1])


def test_ruler_golden() -> None:
    how = {"names": ["a", "b", "c"], "distances": [(0, 1), (0, 2)], "levels": [6.5]}
    assert_golden("ruler", Ruler((0, 10), [1.5, 4, 9], decimals=1, **how), text=True)  # type: ignore[arg-type]
    assert_golden("ruler-bent", bending(colors=ink.CLASSES, distances=[(1, 2)]).redraw(warped=1.0), text=True)
