"""Linear Algebra for ML: one rubber sheet, one matrix, and the few directions that tell what it does."""

from __future__ import annotations

from scenes.kit import ink, words
from scenes.kit.lattice import Lattice
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.linear_algebra.applications import Applications
from scenes.linear_algebra.area import Area
from scenes.linear_algebra.decompositions import Decompositions
from scenes.linear_algebra.eigen import Eigen
from scenes.linear_algebra.listing import Listing
from scenes.linear_algebra.matrices import Matrices
from scenes.linear_algebra.shadow import Shadow
from scenes.linear_algebra.rank import Rank
from scenes.linear_algebra.vectors import Vectors
from scenes.maths.linear_algebra.linear import PUSH


class LinearAlgebra(Listing, Shadow, Vectors, Matrices, Area, Rank, Eigen, Decompositions, Applications):
    """From the arrow to the layer, with one matrix.

    - ``vectors``: An arrow is a list of numbers; The dot product casts a shadow.
    - ``matrices``: Two arrows decide the whole sheet; Two slides make one move; The determinant is an area.
    - ``decompositions``: Two arrows keep their line; Turn, stretch, turn.
    - ``applications``: A photograph is a stack of plaids; A layer is a matrix.
    """

    def poster(self) -> None:
        """The pushed sheet from edge to edge, and the arrows that stay on their lines."""
        width, height = ink.FRAME_WIDTH + 0.2, ink.FRAME_HEIGHT + 0.2
        plane = Plane((-3.2, 3.9), (-2.6, 1.5), width, height, x_ticks=[], y_ticks=[])
        sheet = Lattice(plane, width=4, opacity=0.7)
        arrows = self.ring(sheet, 0.8)
        sheet.redraw(PUSH)
        self.dye(arrows, PUSH, 1.0)
        lines = self.kept_lines(plane, 5)
        strong = [
            plane.vector((0, 0), 0.8 * sign * value * v, ink.focus, 9)
            for value, v in zip(self.kept.values, self.kept.vectors, strict=True)
            for sign in (1, -1)
        ]
        text = words.headline("They keep\n[their line:focus]", size=ink.POSTER)
        text.move_to(plane.at(0.5, -1.95))
        self.add(sheet, *lines, *arrows, *strong, Tag(text, 0.8))
