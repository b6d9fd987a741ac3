"""Box plots: quartiles, whiskers and outliers of the points that are drawn, lying and upright."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene, tempconfig

from scenes.kit import ink
from scenes.kit.box_plot import BoxPlot
from scenes.kit.glide import glide
from scenes.kit.slots import MUTED
from tests.golden import assert_golden

HAND = [8.0, 9, 10, 11, 12]
RNG = np.random.default_rng(2)
SAMPLES = [RNG.normal(5, 1, 60), np.append(RNG.normal(7, 0.6, 30), [1.0, 11.5])]


def plot(**how: object) -> BoxPlot:
    return BoxPlot(["a", "b"], SAMPLES, (0, 12), 10.0, 4.5, **how)  # type: ignore[arg-type]


def test_by_hand() -> None:
    told = BoxPlot(["x"], [HAND], (0, 20)).summary("x")
    assert (told.low, told.first, told.median, told.third, told.high) == (8, 9, 10, 11, 12)
    # With a 16 the quartiles are 9.25 and 11.75, the interquartile range 2.5 and the upper fence 15.5.
    more = BoxPlot(["x"], [[*HAND, 16.0]], (0, 20))
    told = more.summary("x")
    assert (told.first, told.third, told.iqr, told.fences) == (9.25, 11.75, 2.5, (5.5, 15.5))
    assert told.high == 12 and more.outliers("x").tolist() == [False] * 5 + [True]


@pytest.mark.parametrize("upright", [False, True])
def test_boxes_lie_between_the_quartiles_and_whiskers_end_at_values(upright: bool) -> None:
    made = plot(upright=upright).redraw(gathered=1.0)
    axis = 1 if upright else 0
    for number, values in enumerate(SAMPLES):
        first, median, third = np.percentile(values, [25, 50, 75])
        kept = values[np.abs(values - (first + third) / 2) <= 2 * (third - first)]
        drawn = [
            made.inverse(each[number].points)[:, axis] for each in (made.boxes, made.medians, made.whiskers)
        ]
        ends = [(float(each.min()), float(each.max())) for each in drawn]
        assert ends[0] == pytest.approx((first, third)) and ends[1] == pytest.approx((median, median))
        assert ends[2] == pytest.approx((kept.min(), kept.max()))


def test_every_value_is_a_dot_and_outliers_stay_where_they_are() -> None:
    made = plot()
    for number, values in enumerate(SAMPLES):
        np.testing.assert_allclose(made.dots[number].values[:, 0], values)
        assert (np.abs(made.dots[number].values[:, 1] + number + 0.5) < 0.5).all()
    before = made.beyond("b")
    assert len(before) == 2
    places = [dot.get_center() for dot in before]
    made.redraw(gathered=1.0)
    np.testing.assert_allclose([dot.get_center() for dot in before], places)
    shown = [float(dot.fill_rgbas[0, 3]) for dot in made.dots[1]]
    assert shown == [0.0] * 30 + [1.0, 1.0]


def test_equal_outliers_stay_side_by_side() -> None:
    made = BoxPlot(["x"], [[*HAND, *HAND, 19.0, 19.0]], (0, 20)).redraw(gathered=1.0)
    one, other = (dot.get_center() for dot in made.beyond("x"))
    assert one[0] == pytest.approx(other[0]) and abs(one[1] - other[1]) > 2 * made.radius
    middle = float(made.spot(19.0, 0)[1])
    assert (one[1] + other[1]) / 2 == pytest.approx(middle)


def test_without_a_reach_whiskers_go_from_the_least_to_the_greatest() -> None:
    told = plot(reach=None).summary("b")
    assert (told.low, told.high) == (1.0, 11.5)
    assert not plot(reach=None).outliers("b").any()


def test_boxes_are_those_of_the_values_on_their_way() -> None:
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene, made = Scene(), plot()
        scene.add(made)
        moved = [SAMPLES[0] + 2, SAMPLES[1]]
        scene.play(made.animate.redraw(gathered=1.0))
        seen: list[float] = []
        made.add_updater(lambda _: seen.append(float(made.inverse(made.medians[0].points)[0, 0])))
        scene.play(glide(made.redraw, (tuple(SAMPLES),), (tuple(moved),)))
        assert made.summary("a").median == pytest.approx(np.median(SAMPLES[0]) + 2)
        assert len({round(each, 6) for each in seen}) > 8
        assert made.whiskers[0].width > 0  # what was animated stays: the dots have gathered
        assert all(not each.submobjects for each in (*made.boxes, *made.whiskers))


def test_fences_and_stepping_back() -> None:
    made = plot().redraw(gathered=1.0).only("b")
    assert [float(box.stroke_rgbas[0, 3]) for box in made.boxes] == [MUTED, 1]
    told = made.summary("b")
    drawn = made.inverse(made.fences("b").points)[:, 0]
    assert {round(float(x), 6) for x in drawn} == {round(x, 6) for x in told.fences if 0 <= x <= 12}


def test_what_makes_no_box_is_refused() -> None:
    with pytest.raises(ValueError, match="b: expected finite values"):
        BoxPlot(["a", "b"], [HAND, []], (0, 20))
    with pytest.raises(ValueError, match="2 names want as many samples and colours, not 1, 2"):
        BoxPlot(["a", "b"], [HAND], (0, 20))
    with pytest.raises(ValueError, match=r"samples of \[60, 32\] values, not of \[5, 5\]"):
        plot().redraw([HAND, HAND])
    with pytest.raises(ValueError, match="reach 0 or more"):
        plot(reach=-1.0)


def test_box_plot_golden() -> None:
    made = plot(colors=ink.CLASSES[:2], ticks=[0, 4, 8, 12])
    assert_golden("box-plot", made.redraw(gathered=1.0), text=True)
    assert_golden(
        "box-plot-gathering", plot(colors=ink.CLASSES[:2], upright=True).redraw(gathered=0.3), text=True
    )
