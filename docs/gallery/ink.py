"""Roles of colour: what a thing is, never how it looks."""

from manim import DOWN, LEFT, RIGHT, Dot, Mobject, VGroup

from scenes.kit import ink, words


def roles() -> Mobject:
    """Each role keeps its meaning through the whole hub; a scene names roles and no colour."""
    rows = VGroup()
    for name, color in ink.ROLES.items():
        row = VGroup(Dot(radius=0.13, color=color), words.label(name, color=color))
        rows.add(row.arrange(RIGHT, buff=0.25))
    return rows.arrange_in_grid(rows=4, buff=(0.8, 0.35), cell_alignment=LEFT, flow_order="dr").shift(DOWN)
