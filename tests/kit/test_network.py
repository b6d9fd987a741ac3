"""Networks and ridges: where wires run, what they show, and that everything follows when they move."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from manim import Square, VGroup

from scenes.kit import ink
from scenes.kit.network import Network
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.ridge import Ridges
from tests.golden import assert_golden

RNG = np.random.default_rng(2)


def ends(points: Floats) -> Floats:
    return np.asarray(points).reshape(-1, 4, 3)[:, [0, 3]]


def weights_for(*sizes: int) -> list[Floats]:
    return [RNG.normal(size=shape) for shape in pairwise(sizes)]


# Wires and neurons


def test_wires_run_from_rim_to_rim_also_after_the_network_moved() -> None:
    net = Network((3, 2, 1), radius=0.3).scale(0.8).shift(np.array([1.0, -0.5, 0.0]))
    wire = net.wire(0, 2, 1)
    start, stop = ends(wire.points)[0]
    one, other = net.neuron(0, 2).get_center(), net.neuron(1, 1).get_center()
    assert np.linalg.norm(start - one) == pytest.approx(0.24)
    assert np.linalg.norm(stop - other) == pytest.approx(0.24)
    np.testing.assert_allclose(np.cross(stop - start, other - one), 0, atol=1e-9)
    starts, stops = net.ends(0)
    np.testing.assert_allclose(starts[2 * 2 + 1], start, atol=1e-9)
    np.testing.assert_allclose(stops[2 * 2 + 1], stop, atol=1e-9)


def test_the_whole_has_the_size_it_was_given() -> None:
    net = Network((2, 5, 1), 6.0, 3.0, radius=0.2)
    assert net.neurons.width == pytest.approx(6.0)
    assert net.neurons.height == pytest.approx(3.0)


def test_moved_neurons_take_their_wires_along() -> None:
    net = Network((2, 2))
    goal = net.centres(1) + np.array([[1.0, 0.5, 0.0], [1.0, -0.5, 0.0]])
    net.move(1, goal)
    np.testing.assert_allclose(net.centres(1), goal)
    for row in range(2):
        stop = ends(net.wire(0, row, 1).points)[-1, 1]
        assert np.linalg.norm(stop - goal[1]) == pytest.approx(net.radius)


def test_colour_is_sign_and_width_is_size() -> None:
    net = Network((2, 2)).weigh([[[2.0, -1.0], [0.0, 0.1]]])
    assert net.wire(0, 0, 0).get_stroke_color() == ink.positive
    assert net.wire(0, 1, 0).get_stroke_color() == ink.faint
    widths = [net.wire(0, *at).get_stroke_width() for at in ((0, 0), (0, 1), (1, 1), (1, 0))]
    assert widths == sorted(widths, reverse=True)
    red, _, blue = net.wire(0, 0, 1).stroke_rgbas[0, :3]
    assert red > blue
    red, _, blue = net.wire(0, 1, 1).stroke_rgbas[0, :3]
    assert blue > red


def test_neurons_light_up_and_keep_numbers_readable() -> None:
    net = Network((2, 1)).fire([[1.0, -9.0], [0.0]])
    bright, red, dark = (net.neuron(*at).get_fill_color() for at in ((0, 0), (0, 1), (1, 0)))
    assert dark == ink.ground
    assert bright.to_rgb()[2] > bright.to_rgb()[0]
    assert red.to_rgb()[0] > red.to_rgb()[2]
    assert min(ink.contrast(ink.chalk, each) for each in (bright, red)) >= 4.5
    assert net.fire([None, [1.0]]).neuron(0, 0).get_fill_color() == ink.ground


@pytest.mark.parametrize("sizes", [(3,), (2, 0, 1), ()])
def test_what_is_no_network_is_refused(sizes: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="two layers"):
        Network(sizes)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Network((9, 1))
    with pytest.raises(ValueError, match="do not join"):
        Network((2, 1)).weigh([np.zeros((1, 2))])


# Numbers


def test_a_number_on_a_wire_stands_in_a_gap_as_wide_as_it_is() -> None:
    net = Network((2, 2))
    box = net.on_wire(Square(0.6), 0, 0, 1, share=0.3)
    runs = ends(net.wire(0, 0, 1).points)
    assert len(runs) == 2
    middle = box.get_center()
    start, stop = (side[1] for side in net.ends(0))
    np.testing.assert_allclose(middle, start + 0.3 * (stop - start), atol=1e-9)
    for end in (runs[0, 1], runs[1, 0]):
        assert np.abs(end - middle).max() == pytest.approx(0.4)
    assert len(ends(net.wire(0, 0, 0).points)) == 1


@pytest.mark.parametrize("above", [True, False])
def test_a_number_by_a_wire_does_not_touch_it(above: bool) -> None:
    net = Network((2, 3), radius=0.3)
    for row in range(2):
        for column in range(3):
            box = net.by_wire(Square(0.4), 0, row, column, 0.4, above)
            start, stop = (side[row * 3 + column] for side in net.ends(0))
            way = stop - start
            distances = np.cross(way, box.get_vertices() - start)[:, 2] / np.linalg.norm(way)
            assert (distances * (1 if above else -1)).min() >= 0.099


# Pulses


def test_a_pulse_comes_out_of_one_layer_and_goes_into_the_next() -> None:
    net = Network((2, 3, 1), radius=0.3)
    pulse = net.pulse(length=0.5)
    assert len(pulse.go(0.0).points) == 0
    for place, layer in ((0.5, 0), (1.5, 1)):
        dashes = ends(pulse.go(place).points)
        starts, stops = net.ends(layer)
        assert len(dashes) == len(starts)
        np.testing.assert_allclose(np.linalg.norm(dashes[:, 1] - dashes[:, 0], axis=1), 0.5)
        np.testing.assert_allclose(dashes.mean(axis=1), (starts + stops) / 2, atol=1e-9)
    assert len(pulse.go(2.0).points) == 0
    half = ends(pulse.go(0.02).points)
    np.testing.assert_allclose(half[:, 0], net.ends(0)[0], atol=1e-9)


def test_a_pulse_brightens_and_fades_on_each_long_wire_and_over_all_short_ones() -> None:
    long, short = Network((1, 1, 1), 9.0).pulse(), Network((1,) * 9, 8.5, radius=0.3).pulse(length=0.2)
    assert [long.go(place).get_stroke_opacity() for place in (0.0, 0.125, 0.5, 1.0)] == [0, 0.5, 1, 0]
    assert [short.go(place).get_stroke_opacity() for place in (0.0, 1.0, 3.0, 4.0, 7.0)] == [
        0,
        0.5,
        1,
        1,
        0.5,
    ]


def test_a_pulse_leaves_out_gaps_and_silent_wires() -> None:
    net = Network((2, 2))
    net.on_wire(Square(0.2), 0, 1, 1)
    keep = [np.array([[False, False], [False, True]])]
    dashes = ends(net.pulse(length=1.0).go(0.5, keep).points)
    assert len(dashes) == 2
    assert np.linalg.norm(dashes[1, 0] - dashes[0, 1]) == pytest.approx(0.4)


def test_a_pulse_to_the_left_runs_under_its_wire_and_knows_its_network() -> None:
    net = Network((2, 2))
    on, under = net.pulse(), net.pulse(ink.fourth, under=True)
    below = ends(under.go(0.4).points) - ends(on.go(0.4).points)
    assert (below[:, :, 1] < 0).all()
    np.testing.assert_allclose(np.linalg.norm(below, axis=2), 0.14)
    assert under.copy().network is net
    first, second = VGroup(net, under).copy().submobjects
    assert isinstance(second, type(under))
    assert second.network is first


# Ridges


def ridge_plane() -> Plane:
    return Plane((0, 4), (-1, 1), 8, 5, numbers=False)


def test_a_ridge_rises_from_its_spine_by_its_share() -> None:
    plane = ridge_plane()
    ridges = Ridges(plane, [0, 2], [-1, 0, 1], thick=0.8)
    first, second = plane.inverse(ridges.redraw([[1, 4], [3, 0]]).points).reshape(2, -1, 2)
    assert first[:, 0].min() == pytest.approx(0)
    assert first[:, 0].max() == pytest.approx(0.8)
    assert first[first[:, 1] < -0.01][:, 0].max() == pytest.approx(0.2)
    assert second[:, 0].max() == pytest.approx(2.8)
    assert second[second[:, 1] > 0.01][:, 0].max() == pytest.approx(2.0)
    scaled = plane.inverse(ridges.redraw([[1, 4], [3, 0]], largest=8).points)
    assert scaled[: len(scaled) // 2, 0].max() == pytest.approx(0.4)


def test_empty_ridges_are_not_drawn_and_the_box_cuts() -> None:
    plane = ridge_plane()
    ridges = Ridges(plane, [0, 2], [-3, 0, 3])
    seen = plane.inverse(ridges.redraw([[0, 0], [1, 1]]).points)
    assert seen[:, 0].min() == pytest.approx(2)
    assert np.abs(seen[:, 1]).max() == pytest.approx(1)
    assert len(ridges.redraw(np.zeros((2, 2))).points) == 0


def test_impossible_ridges_are_refused() -> None:
    with pytest.raises(ValueError, match="rise"):
        Ridges(ridge_plane(), [0], [1, 0])
    with pytest.raises(ValueError, match="2 ridges of 2 bins"):
        Ridges(ridge_plane(), [0, 1], [0, 1, 2]).redraw([[1, 2]])


# Pictures, looked at and blessed


def test_golden_network() -> None:
    net = Network((2, 4, 3, 1), 12.0, 6.0, radius=0.45).weigh(weights_for(2, 4, 3, 1))
    net.fire([[1.0, -0.6], [0.9, -0.2, 0.5, -1.0], [0.3, 0.0, -0.7], [1.0]])
    gap = net.on_wire(Square(0.3, color=ink.chalk, stroke_width=2), 0, 0, 0, 0.4)
    assert_golden("network", net, gap, net.pulse().go(0.6), net.pulse(ink.fourth, under=True).go(1.4))


def test_golden_ridges() -> None:
    plane = Plane((0, 6), (-1.2, 1.2), 12, 6, numbers=False)
    edges = np.linspace(-1.2, 1.2, 49)
    shares = [
        np.histogram(np.tanh(RNG.normal(0, spread, 4000)), edges)[0]
        for spread in (0.1, 0.3, 0.6, 1.0, 1.6, 3.0)
    ]
    assert_golden("ridges", plane, Ridges(plane, np.arange(6), edges).redraw(shares))
