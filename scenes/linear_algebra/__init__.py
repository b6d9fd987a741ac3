"""Linear Algebra for ML: one matrix, and what it does to arrows, areas and directions."""

from __future__ import annotations

from manim import DOWN, RIGHT, VGroup

from scenes.kit import ink, shot, words
from scenes.kit.tag import Tag
from scenes.linear_algebra import ground
from scenes.linear_algebra.area import Area
from scenes.linear_algebra.chain import Chain
from scenes.linear_algebra.eigen import Eigen
from scenes.linear_algebra.landing import Landing
from scenes.linear_algebra.layer import Layer
from scenes.linear_algebra.listing import Listing
from scenes.linear_algebra.pieces import Pieces
from scenes.linear_algebra.rank import Rank
from scenes.linear_algebra.shadow import Shadow
from scenes.linear_algebra.singular import Singular
from scenes.maths.linear_algebra.linear import PUSH


class LinearAlgebra(Listing, Shadow, Landing, Chain, Area, Rank, Eigen, Singular, Pieces, Layer):
    """From the arrow to the layer, with one matrix.

    - ``listing``: Anything you can list is a vector.
    - ``shadow``: The dot product: a shadow times a length; Divide by the lengths: similarity.
    - ``landing``: Two landing places decide everything.
    - ``chain``: One map after another.
    - ``area``: How much larger does it get?
    - ``rank``: Which x lands on y?
    - ``eigen``: Back to the ring of arrows; A grid of its own.
    - ``singular``: Which arrow grows most?
    - ``pieces``: How many pieces make a picture?
    - ``layer``: A layer is a matrix.
    """

    def poster(self) -> None:
        """The moved grid from edge to edge, the ring of arrows stepped back, and the two lines that stay."""
        field = ground.wide_plane((1.55, 0.0), 1.9)
        sheet = ground.grid(field)
        arrows = ground.ring(sheet, 1.05)
        sheet.redraw(PUSH)
        for arrow in arrows:
            arrow.set_opacity(0.45)
        sheet.minor.set_stroke(opacity=0.3)
        lines = [field.line((-v[1], v[0]), 0.0, color=ink.focus, width=3.0) for v in self.kept.vectors]
        strong = [
            field.vector((0, 0), 1.05 * sign * value * vector, ink.focus, 8.0)
            for value, vector in zip(self.kept.values, self.kept.vectors, strict=True)
            for sign in (1, -1)
        ]
        title = words.headline("They keep\n[their line:focus]", size=1.2 * ink.POSTER)
        topic = words.headline("linear algebra", ink.quiet)
        text = Tag(VGroup(title, topic).arrange(DOWN, buff=0.6), 1.0)
        shot.safe(titled=False).put(text, RIGHT)
        self.add(sheet, *lines, *arrows, *strong, text)
