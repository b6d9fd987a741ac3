"""Small multiples: many planes of one look."""

from manim import Group, Mobject

from scenes.kit import ink
from scenes.kit.small_multiples import SmallMultiples


def verdicts() -> Mobject:
    """A field on each pane; each pane is a plane like any other."""
    panes = SmallMultiples(2, 4, (0, 2), (0, 1), 9.0, 3.6)
    mesh = panes.planes[0].mesh(40, 24)
    fields = panes.fields([(mesh[..., 1] > 0.1 * n * mesh[..., 0]).astype(int) for n in range(8)])
    return Group(*fields, panes, panes.planes[5].dots([(1, 0.5)], ink.focus))
