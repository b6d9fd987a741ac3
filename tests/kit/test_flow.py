"""Flows: where blocks lie, how arrows run, what lights up, and what travels."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Dot, Mobject, Scene, Square, linear, tempconfig

from scenes.kit import ink
from scenes.kit.flow import Block, Edge, Flow
from tests.golden import assert_golden

CHAIN: list[Edge] = [("a", "b"), ("b", "c"), ("c", "d")]
SKIP: list[Edge] = [*CHAIN, ("a", "d")]
BRANCH: list[Edge] = [("in", "left"), ("in", "right"), ("left", "out"), ("right", "out")]


def middle(flow: Flow, name: str) -> np.ndarray:
    return np.asarray(flow.block(name).box.get_center())


def touches(block: Block, point: np.ndarray) -> bool:
    """Whether a point lies on the border of a block."""
    away = np.abs(point - block.box.get_center())[:2] - np.array([block.box.width, block.box.height]) / 2
    return bool(abs(away.max()) < 1e-6)


def crosses(way: np.ndarray, box: Mobject) -> bool:
    """Whether a path comes into a box."""
    away = np.abs(way - box.get_center())[:, :2] - np.array([box.width, box.height]) / 2
    return bool((away < -1e-6).all(axis=1).any())


def test_a_chain_runs_to_the_right_in_even_steps_and_fills_the_width() -> None:
    flow = Flow(CHAIN, width=11.0)
    places = np.array([middle(flow, name) for name in "abcd"])
    np.testing.assert_allclose(places[:, 1], 0, atol=1e-9)
    gaps = [flow.block(b).box.get_left()[0] - flow.block(a).box.get_right()[0] for a, b in CHAIN]
    np.testing.assert_allclose(gaps, gaps[0])
    assert flow.width == pytest.approx(11.0, abs=0.05)
    down = Flow(CHAIN, direction="down", height=6.0)
    assert sorted("abcd", key=lambda name: -middle(down, name)[1]) == list("abcd")
    assert down.height == pytest.approx(6.0, abs=0.05)


@pytest.mark.parametrize("direction", ["right", "down"])
@pytest.mark.parametrize("curved", [False, True])
def test_every_arrow_runs_from_its_block_to_its_block_through_no_other(direction: str, curved: bool) -> None:
    edges = [*BRANCH, ("in", "out"), ("out", "end"), ("end", "in"), ("end", "end"), ("in", "end")]
    flow = Flow(edges, direction=direction, curved=curved)  # type: ignore[arg-type]
    for (start, end), arrow in flow.arrows.items():
        assert touches(flow.block(start), arrow.way[0]) and touches(flow.block(end), arrow.way[-1]), (
            start,
            end,
        )
        for name, block in flow.blocks.items():
            assert not crosses(arrow.way, block.box), f"{start} → {end} crosses {name}"


def test_branches_lie_side_by_side_and_join_in_the_middle() -> None:
    flow = Flow(BRANCH, height=4.0)
    assert middle(flow, "left")[0] == pytest.approx(middle(flow, "right")[0])
    assert middle(flow, "left")[1] == pytest.approx(-middle(flow, "right")[1])
    assert middle(flow, "in")[1] == pytest.approx(0) == middle(flow, "out")[1]
    assert flow.height == pytest.approx(4.0, abs=0.05)


def test_a_skip_goes_over_the_blocks_and_what_leads_back_under_them() -> None:
    flow = Flow([*SKIP, ("d", "b")])
    top, bottom = (np.max([s * block.box.height / 2 for block in flow.blocks.values()]) for s in (1, 1))
    assert flow.arrow("a", "d").way[:, 1].max() > top + 0.3
    assert flow.arrow("d", "b").way[:, 1].min() < -bottom - 0.3


def test_lanes_that_overlap_lie_apart() -> None:
    flow = Flow([*CHAIN, ("d", "e"), ("a", "c"), ("a", "e"), ("b", "d")])
    heights = sorted(
        float(flow.arrow(*edge).way[:, 1].max()) for edge in (("a", "c"), ("b", "d"), ("a", "e"))
    )
    assert np.diff(heights).min() > 0.3


def test_order_in_a_layer_follows_what_blocks_are_joined_to() -> None:
    flow = Flow([("s", "a"), ("s", "b"), ("a", "x"), ("b", "y"), ("y", "z")], layers=["s", "ab", "yx", "z"])
    assert (middle(flow, "a") - middle(flow, "b"))[1] * (middle(flow, "x") - middle(flow, "y"))[1] > 0


def test_groups_hold_their_blocks_and_arrows_and_the_groups_in_them() -> None:
    flow = Flow([("x", "a"), *CHAIN, ("a", "d")], groups={"outer": ["a", "b", "c", "d"], "inner": ["b", "c"]})
    outer, inner = (flow.frames[name].box for name in ("outer", "inner"))
    assert crosses(np.array([inner.get_corner(corner) for corner in ((-1, -1, 0), (1, 1, 0))]), outer)
    for name in "abcd":
        assert crosses(middle(flow, name)[None], outer)
    assert not crosses(middle(flow, "x")[None], outer)
    assert not crosses(flow.arrow("a", "d").way, inner)
    assert flow.arrow("a", "d").way[:, 1].max() < outer.get_top()[1]
    assert {*flow.group("inner")} == {
        flow.frames["inner"],
        flow.block("b"),
        flow.block("c"),
        flow.arrow("b", "c"),
    }


def test_lights_are_those_that_are_named() -> None:
    flow = Flow(CHAIN).redraw({"a": 1.0, ("a", "b"): 0.5})
    assert flow.block("a").box.get_stroke_color() == ink.focus
    assert flow.redraw({"b": 1.0}) is flow
    assert flow.block("a").box.get_stroke_color() == ink.chalk
    assert flow.arrow("a", "b").line.get_stroke_color() == ink.quiet
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        scene.add(flow)
        scene.play(flow.animate.redraw({"c": 1.0}), run_time=0.2)
    assert flow.lights["c"] == 1.0 and flow.lights["b"] == 0.0


def test_a_token_goes_into_a_block_as_one_thing_and_comes_out_as_another() -> None:
    flow = Flow(CHAIN, places={"a": (1, 1), "d": (1, 1)}, width=10.0).shift((0.5, 1.0, 0.0))
    dot, square = Dot(radius=0.2), Square(0.4)
    travel = flow.travel(dot, "a", "b", "c", "d", becomes={"b": square})
    seen = []
    for share in np.linspace(0, 1, 201):
        travel.path(float(share))
        drawn = [each.points for each in (dot, square) if each.width > 0.01]
        assert not any(crosses(points, flow.block(name).box) for points in drawn for name in "bc"), share
        seen.append((dot.width > 0.01, square.width > 0.01))
    assert seen[0] == (True, False) and seen[-1] == (False, True)
    assert (True, True) not in seen and (False, False) in seen
    np.testing.assert_allclose(square.get_center(), middle(flow, "d"), atol=1e-9)
    assert square.width == pytest.approx(0.4)
    travel.path(0.0)
    np.testing.assert_allclose(dot.get_center(), middle(flow, "a"), atol=1e-9)


def test_a_block_is_lit_while_the_token_is_inside() -> None:
    flow = Flow(CHAIN)
    dot = Dot(radius=0.1)
    travel = flow.travel(dot, "a", "b", "c")
    for share, lit in ((0.0, "a"), (0.5, "b"), (1.0, "c")):
        travel.path(share)
        assert [name for name in "abc" if flow.lights[name] == 1.0] == [lit]
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        scene.add(flow)
        scene.play(flow.travel(dot, "c", "d", light=False, rate_func=linear), run_time=0.4)
        assert dot in scene.mobjects
        assert flow.lights["c"] == 1.0 and "d" not in flow.lights


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Flow([]), "needs edges"),
        (lambda: Flow([("a", "b"), ("a", "b")]), "are the same"),
        (lambda: Flow(CHAIN, texts={"z": "end"}), "texts are given for z"),
        (lambda: Flow(CHAIN, layers=["a", "b", "c"]), r"missing \['d'\]"),
        (lambda: Flow(CHAIN, groups={"g": ["z"]}), r"not \['z'\]"),
        (lambda: Flow(CHAIN, groups={"g": "ab", "h": "bc"}), "cut through each other"),
        (lambda: Flow(CHAIN, width=3.0), "4 layers has no room in 3.0"),
        (lambda: Flow(CHAIN).block("z"), "none named 'z'"),
        (lambda: Flow(CHAIN).arrow("a", "c"), "no arrow goes from 'a' to 'c'"),
        (lambda: Flow(CHAIN).group("g"), "not 'g'"),
        (lambda: Flow(CHAIN).redraw({"z": 1.0}), "none named 'z'"),
        (lambda: Flow(CHAIN).travel(Dot(), "a"), "between two blocks"),
        (lambda: Flow(CHAIN).travel(Dot(), "a", "b", becomes={"c": Dot()}), "does not come to c"),
    ],
)
def test_impossible_flows_are_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=message):
        make()


def test_the_flow() -> None:
    edges: list[Edge] = [("x", "conv"), ("conv", "ReLU"), ("ReLU", "+"), ("x", "+"), ("+", "y"), ("y", "x")]
    groups = {"residual block": ["x", "conv", "ReLU", "+"], "F(x)": ["conv", "ReLU"]}
    flow = Flow(edges, groups=groups, width=13.0, colors={"conv": ink.fourth})
    flow.redraw({"conv": 1.0, ("x", "conv"): 1.0})
    assert_golden("flow", flow, text=True, width=854, height=480)


def test_the_flow_downwards() -> None:
    flow = Flow([*BRANCH, ("in", "out")], direction="down", curved=True, width=9.0, height=6.5)
    assert_golden("flow-down", flow, text=True, width=854, height=480)
