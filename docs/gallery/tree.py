"""Nodes as bars of what reaches them; branches open out of the bars."""

from manim import Mobject, VGroup

from scenes.kit.tree import Tree


def grown() -> Mobject:
    """Two splits with their questions, and the way that one flower takes."""
    tree = Tree(
        {0: (1, 2), 2: (3, 4)},
        [[50, 50, 50], [50, 0, 0], [0, 50, 50], [0, 49, 5], [0, 1, 45]],
        8.0,
        4.0,
        questions={0: "petal width ≤ 0.8", 2: "petal width ≤ 1.75"},
    )
    tree.open_each({0: 1.0, 2: 1.0}).ask(0).ask(2)
    return VGroup(tree, tree.way([0, 2, 4]).reveal(1.0))
