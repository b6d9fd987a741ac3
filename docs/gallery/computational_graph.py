"""Computational graphs: values are passed forward over the arrows, derivatives backward under them."""

from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.computational_graph import ComputationalGraph

PLACES = {
    "w": (-5.4, 1.9),
    "x": (-5.4, -1.1),
    "×": (-3.0, 0.4),
    "−": (0.0, 0.4),
    "y": (0.0, 2.8),
    "²": (2.8, 0.4),
    "L": (5.2, 0.4),
}
EDGES = [("w", "×"), ("x", "×"), ("×", "−"), ("y", "−"), ("−", "²"), ("²", "L")]


def backward_pass() -> Mobject:
    """The loss (w x - y)² for w = 3, x = 2, y = 5; its derivatives have come back as far as the product."""
    graph = ComputationalGraph(
        PLACES, EDGES, texts={"²": "$square^2$", "L": "$L$"}, colors={"L": ink.error}, open_at="L"
    )
    values = {("w", "×"): "3", ("×", "−"): "6", ("y", "−"): "5", ("−", "²"): "1", ("²", "L"): "1"}
    shown = [graph.value(edge, text) for edge, text in values.items()]
    under = graph.value(("x", "×"), "2", below=True)
    back = [graph.derivative(edge, "2") for edge in (("−", "²"), ("×", "−"))]
    token = graph.token(("−", "²"), ink.second, back=True)
    graph.travel(token, ("−", "²"), ("×", "−"), back=True, light=False).path(1.0)
    return VGroup(graph, *shown, under, *back, token)


def rates() -> Mobject:
    """A nudge of w rides to the loss, and each operation multiplies it by its local derivative."""
    graph = ComputationalGraph(
        PLACES, EDGES, texts={"²": "$square^2$", "L": "$L$"}, colors={"L": ink.error}, open_at="L"
    )
    token = graph.token(("w", "×"))
    graph.travel(token, ("w", "×"), ("×", "−"), ("−", "²")).path(0.75)
    return VGroup(graph, graph.local("×", "× 2"), graph.local("²", "× 2"), token)
