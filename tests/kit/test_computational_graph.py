"""Computational graphs: arrows join nodes, values and derivatives stand on two sides, tokens travel both ways."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Scene, VGroup, tempconfig

from scenes.kit import ink
from scenes.kit.computational_graph import RADIUS, ComputationalGraph
from scenes.kit.flow import Edge
from tests.golden import assert_golden

PLACES = {
    "w": (-4.0, 2.0),
    "x": (-4.0, -2.0),
    "×": (-1.0, 0.0),
    "b": (1.5, 2.5),
    "+": (1.5, 0.0),
    "L": (4.5, 0.0),
}
EDGES: list[Edge] = [("w", "×"), ("x", "×"), ("×", "+"), ("b", "+"), ("+", "L")]


def graph() -> ComputationalGraph:
    return ComputationalGraph(PLACES, EDGES, texts={"L": "$L$"}, colors={"L": ink.error}, open_at="L")


def test_arrows_run_from_the_rim_of_one_node_toward_the_other() -> None:
    one = graph()
    for (start, end), arrow in one.arrows.items():
        a, b = one.spots[start], one.spots[end]
        assert np.linalg.norm(arrow.way[0] - a) == pytest.approx(RADIUS)
        assert np.linalg.norm(arrow.way[-1] - b) <= RADIUS + 0.1
        ahead = arrow.way[-1] - arrow.way[0]
        assert ahead @ (b - a) == pytest.approx(np.linalg.norm(ahead) * np.linalg.norm(b - a))


def test_nodes_stand_where_they_are_told_and_inputs_step_back() -> None:
    one = graph()
    np.testing.assert_allclose(one.node("+").get_center()[:2], PLACES["+"], atol=0.05)
    assert one.node("w")[0].get_stroke_color() == ink.quiet
    assert one.node("×")[0].get_stroke_color() == ink.chalk
    assert one.node("L")[0].get_stroke_opacity() == 0
    assert len(one.group("w", "x")) == 2


def test_values_stand_over_arrows_and_derivatives_under_them() -> None:
    one = graph()
    edge = ("×", "+")
    middle = one.arrow(edge).way[[0, -1]].mean(axis=0)
    assert one.value(edge, "6").get_bottom()[1] > middle[1] > one.derivative(edge, "4").get_top()[1]
    assert one.value(edge, "6", below=True).get_top()[1] < middle[1]
    down = one.arrow(("b", "+")).way[0][0]
    assert one.value(("b", "+"), "1").get_right()[0] < down < one.derivative(("b", "+"), "4").get_left()[0]
    assert one.local("×", "× 2").get_top()[1] < one.node("×").get_bottom()[1]


def test_a_token_travels_along_the_arrows_and_back() -> None:
    one = graph()
    token = one.token(("w", "×"))
    way = one.travel(token, ("w", "×"), ("×", "+"))
    for share, edge, end in ((0.0, ("w", "×"), 0), (1.0, ("×", "+"), -1)):
        way.path(share)
        np.testing.assert_allclose(token.centres[0], one.arrow(edge).way[end], atol=1e-9)
    assert one.arrow(("w", "×")).line.get_stroke_color() == ink.focus
    assert one.dark().arrow(("w", "×")).line.get_stroke_color() == ink.quiet
    home = one.travel(token, ("×", "+"), ("w", "×"), back=True, light=False)
    home.path(1.0)
    np.testing.assert_allclose(token.centres[0], one.arrow(("w", "×")).way[0], atol=1e-9)
    late = one.token(("×", "+"), back=True)
    np.testing.assert_allclose(late.centres[0], one.arrow(("×", "+")).way[-1], atol=1e-9)
    assert one.arrow(("w", "×")).line.get_stroke_color() == ink.quiet
    with tempconfig({"dry_run": True, "frame_rate": 15}):
        scene = Scene()
        scene.add(one)
        scene.play(one.travel(token, ("w", "×")), run_time=0.2)
        assert token in scene.mobjects


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ComputationalGraph(PLACES, []), "needs edges"),
        (lambda: ComputationalGraph(PLACES, [*EDGES, EDGES[0]]), "are the same"),
        (lambda: ComputationalGraph(PLACES, [("w", "z")]), "edges lead to z"),
        (lambda: ComputationalGraph(PLACES, EDGES, texts={"z": "z"}), "no nodes z"),
        (lambda: ComputationalGraph(PLACES, EDGES, open_at="z"), "no nodes z"),
        (lambda: graph().node("z"), "none named 'z'"),
        (lambda: graph().arrow(("w", "+")), "no arrow goes from 'w'"),
        (lambda: graph().value(("w", "+"), "1"), "no arrow goes from 'w'"),
        (lambda: graph().token(("w", "z")), "no arrow goes from 'w'"),
        (lambda: graph().travel(graph().token(("w", "×"))), "one edge or more"),
        (
            lambda: graph().travel(graph().token(("w", "×")), ("w", "×"), ("b", "+")),
            "comes to '×', and goes on from 'b'",
        ),
    ],
)
def test_impossible_graphs_are_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=message):
        make()


def test_the_graph() -> None:
    one = graph()
    token = one.token(("w", "×"))
    one.travel(token, ("w", "×"), ("×", "+")).path(0.75)
    shown = VGroup(
        one,
        one.value(("w", "×"), "3"),
        one.value(("x", "×"), "2", below=True),
        one.derivative(("×", "+"), "4"),
        one.local("×", "× 2"),
        token,
    )
    assert_golden("computational-graph", shown, text=True)
