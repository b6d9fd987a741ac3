"""Blocks and arrows that find their places, frames around groups, and tokens that travel."""

from manim import Dot, Mobject, VGroup

from scenes.kit import ink
from scenes.kit.flow import Flow


def pipeline() -> Mobject:
    """Two branches that join, in a group; a block and the arrow to it are lit."""
    flow = Flow(
        [
            ("table", "median"),
            ("table", "frequent"),
            ("median", "scale"),
            ("frequent", "one-hot"),
            ("scale", "regression"),
            ("one-hot", "regression"),
        ],
        texts={"frequent": "most frequent"},
        groups={"ColumnTransformer": ["median", "frequent", "scale", "one-hot"]},
        width=12.8,
    )
    return flow.redraw({"median": 1.0, ("median", "scale"): 1.0})


def residual() -> Mobject:
    """A skip around two blocks, a group in a group, and a token on its way."""
    flow = Flow(
        [("x", "conv 1"), ("conv 1", "ReLU"), ("ReLU", "conv 2"), ("conv 2", "+"), ("x", "+"), ("+", "y")],
        colors={"conv 1": ink.fourth, "conv 2": ink.fourth},
        groups={
            "residual block": ["x", "conv 1", "ReLU", "conv 2", "+"],
            "F(x)": ["conv 1", "ReLU", "conv 2"],
        },
        width=12.8,
    )
    token = Dot(radius=0.14, color=ink.focus)
    flow.travel(token, "x", "+").path(0.6)
    return VGroup(flow, token)


def loop() -> Mobject:
    """An arrow that leads back, and a block that hands on to itself."""
    edges = [
        ("state", "policy"),
        ("policy", "action"),
        ("action", "world"),
        ("world", "world"),
        ("world", "state"),
    ]
    return Flow(edges, width=10.0)


def downwards() -> Mobject:
    """The same downwards, with arrows that swing."""
    edges = [
        ("mail", "words"),
        ("mail", "links"),
        ("mail", "sender"),
        ("words", "+"),
        ("links", "+"),
        ("sender", "+"),
    ]
    return Flow([*edges, ("+", "spam?")], direction="down", curved=True, width=9.0, height=6.0)
