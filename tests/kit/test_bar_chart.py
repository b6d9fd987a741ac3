"""Bar charts: bars end at their values, keep what they are while they are sorted, and add up."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene, linear, tempconfig

from scenes.kit import ink
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.slots import MUTED
from tests.golden import assert_golden

NAMES, VALUES = ["ant", "bee", "cat", "dog"], [12.0, 45.0, -30.0, 38.0]


def chart(**how: object) -> BarChart:
    return BarChart(NAMES, VALUES, (-50, 50), 10.0, 4.0, **how)  # type: ignore[arg-type]


def ends(made: BarChart, axis: int) -> list[tuple[float, float]]:
    """Lowest and highest coordinate of each bar, in data units of the plane below it."""
    drawn = [made.inverse(bar.get_all_points())[:, axis] for bar in made.bars]
    return [(round(float(each.min()), 9), round(float(each.max()), 9)) for each in drawn]


def test_bars_run_from_nought_to_their_values_lying_and_upright() -> None:
    wanted = [(min(0.0, value), max(0.0, value)) for value in VALUES]
    assert ends(chart(), 0) == wanted
    assert ends(chart(upright=True), 1) == wanted
    assert ends(chart().redraw([1, 2, 3, 4]), 0) == [(0, 1), (0, 2), (0, 3), (0, 4)]
    assert ends(chart().redraw([80, 2, 3, -99]), 0)[::3] == [(0, 50), (-50, 0)]


def test_slots_go_downwards_or_to_the_right_and_the_whole_has_the_size_that_was_asked() -> None:
    lying, upright = chart(decimals=0), chart(decimals=0, upright=True)
    heights = [float(bar.get_center()[1]) for bar in lying.bars]
    assert np.allclose(np.diff(heights), -np.ptp(lying.box[:, 1]) / 4)
    assert np.allclose(
        np.diff([float(bar.get_center()[0]) for bar in upright.bars]), np.ptp(upright.box[:, 0]) / 4
    )
    for made in (lying, upright, lying.redraw([50, 50, -50, -50]), upright.redraw([50, 50, -50, -50])):
        assert (made.width, made.height) == pytest.approx((10, 4))


def test_a_bar_keeps_name_and_colour_where_it_goes() -> None:
    made = chart(colors=ink.CLASSES, decimals=0)
    rows = [made.row(name) for name in NAMES]
    made.redraw(places=made.sorted_places())
    assert made.places.tolist() == [2, 0, 3, 1]
    for name, before, color in zip(NAMES, rows, ink.CLASSES, strict=True):
        after = made.row(name)
        assert [*before] == [*after] and after[1][0].fill_color == color
        assert after[0].get_center()[1] == pytest.approx(after[1].get_center()[1], abs=0.15)
    assert ends(made, 0) == ends(chart(), 0)


def test_where_two_pass_the_words_of_the_shorter_one_give_way() -> None:
    made = chart(decimals=0).redraw(places=[0.5, 0.5, 2, 3])
    opacity = [float(name.glyphs[0].fill_rgbas[0, 3]) for name in made.names]
    assert opacity == [0, 1, 1, 1] and [*made.shown_texts] == ["45", "−30", "38"]
    made.redraw(places=[1, 0, 2, 3])
    assert [*made.shown_texts] == ["12", "45", "−30", "38"]
    assert made.names[0].glyphs[0].fill_rgbas[0, 3] == 1


def test_a_waterfall_begins_each_bar_where_the_last_one_ended() -> None:
    made = BarChart(["start", "up", "down", "sum"], [10, 5, -8, 7], (0, 20)).cascade(1.0, ["start", "sum"])
    assert made.starts.tolist() == [0, 10, 15, 0]
    assert ends(made, 0) == [(0, 10), (10, 15), (7, 15), (0, 7)]
    levels = made.inverse(made.links.points.reshape(-1, 4, 3)[:, 0])[:, 0]
    assert np.allclose(levels, [10, 15, 7]) and made.links.stroke_rgbas[0, 3] == 1
    assert made.cascade(0.5, ["start", "sum"]).starts.tolist() == [0, 5, 7.5, 0]
    with pytest.raises(ValueError, match="sum is 6, and the bars before it come to 7"):
        made.redraw([10, 5, -8, 6]).cascade(1.0, ["start", "sum"])


def test_stacks_lie_end_to_end_and_a_spread_is_around_the_end() -> None:
    made = BarChart(["a", "b"], [[3, 2], [1, 0]], (0, 8), colors=ink.CLASSES[:2], spread=[[1, 2], [0, 0]])
    parts = [made.inverse(part.points)[:, 0] for part in made.bar("a")]
    assert [(each.min(), each.max()) for each in parts] == [pytest.approx((0, 3)), pytest.approx((3, 5))]
    assert made.inverse(made.end("a"))[0] == pytest.approx(5)
    whisker = made.inverse(made.whiskers[0].points)[:, 0]
    assert (whisker.min(), whisker.max()) == pytest.approx((4, 7)) and made.whiskers[1].width == 0


def test_no_frame_of_a_change_has_a_number_between_the_two() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, made = Scene(), chart(decimals=0)
        seen: set[tuple[str, ...]] = set()
        lengths: list[float] = []

        def watch(_: object) -> None:
            seen.add(made.shown_texts)
            lengths.append(ends(made, 0)[0][1])

        scene.add(made)
        made.add_updater(watch)
        scene.play(made.change([20, 10, 30, 40], [3, 2, 1, 0], rate_func=linear), run_time=1)
        before, after = {"12", "45", "−30", "38"}, {"20", "10", "30", "40"}
        assert all({*texts} <= before or {*texts} <= after for texts in seen)
        assert () in seen and made.shown_texts == ("20", "10", "30", "40")
        assert len(set(lengths)) > 10 and made.values.tolist() == [20, 10, 30, 40]


def test_it_glides_and_animates_and_what_was_animated_is_its_state() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, made = Scene(), chart(decimals=0)
        scene.add(made)
        scene.play(made.animate.redraw([1, 2, 3, 4], spread=[1, 1, 1, 1]))
        assert made.whiskers[0].width > 0 and not made.whiskers[0].submobjects
        scene.play(made.animate.only("bee"))
        made.redraw(places=[1, 0, 2, 3])
        assert ends(made, 0) == [(0, 1), (0, 2), (0, 3), (0, 4)]
        assert [float(bar[0].fill_rgbas[0, 3]) for bar in made.bars] == [MUTED, 1, MUTED, MUTED]
        scene.play(glide(made.redraw, {"values": made.values}, {"values": np.array([4.0, 3, 2, 1])}))
        assert made.light().shown_texts == ("4", "3", "2", "1")


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected finite values of shape \(4,\)"):
        chart().redraw([1, 2])
    with pytest.raises(ValueError, match="no 'cow' among ant, bee, cat, dog"):
        chart().bar("cow")
    with pytest.raises(ValueError, match="expected one colour, or 4, not 2"):
        chart(colors=ink.CLASSES[:2])
    with pytest.raises(ValueError, match="not negative"):
        chart(spread=[-1, 0, 0, 0])
    with pytest.raises(ValueError, match="parts of a stack"):
        BarChart(["a"], [[1, -1]], (0, 2))
    with pytest.raises(ValueError, match="all different"):
        BarChart(["a", "a"], [1, 1], (0, 2))
    with pytest.raises(ValueError, match="lower limit to a higher"):
        BarChart(["a"], [1], (2, 2))
    with pytest.raises(ValueError, match="break it into lines"):
        BarChart(["a very long name", "b"], [1, 2], (0, 2), 4.0, upright=True)
    with pytest.raises(ValueError, match="leave no room"):
        BarChart(["a very long name"], [1], (0, 2), 2.0)


def test_bar_chart_golden() -> None:
    made = chart(
        colors=[ink.first, ink.first, ink.second, ink.first], decimals=0, spread=[5, 4, 3, 0], label="weight"
    )
    assert_golden("bar-chart-signed", made.only("bee", "cat"), text=True)


def test_waterfall_golden() -> None:
    made = BarChart(
        ["start", "up", "down", "sum"], [10, 5, -8, 7], (0, 16), 12.0, 6.0, decimals=0, upright=True
    )
    assert_golden("bar-chart-waterfall", made.cascade(1.0, ["start", "sum"]), text=True)
