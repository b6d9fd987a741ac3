"""PCA & Dimensionality Reduction.

Turn a cloud until its long axis lies flat, keep the first few directions, and know exactly how much was
thrown away with the rest.
"""

from __future__ import annotations

from manim import DOWN, LEFT, UP

from scenes.kit import ink, shot, words
from scenes.kit.noun import LINE, THIN
from scenes.kit.tag import Tag
from scenes.maths.pca import axes
from scenes.pca.adding import Adding
from scenes.pca.fall import Fall
from scenes.pca.inputs import Inputs
from scenes.pca.islands import Islands
from scenes.pca.pixels import Pixels
from scenes.pca.shadow import Shadow
from scenes.pca.stage import AXIS, KEPT, LOST
from scenes.pca.table import Table
from scenes.pca.turned import Turned, iris_plane


class Pca(Pixels, Table, Turned, Shadow, Fall, Adding, Inputs, Islands):
    """From sixty-four pixels to ten numbers, and what is lost on the way.

    - ``pixels``: Many pixels repeat their neighbours.
    - ``table``: Five points, one table.
    - ``turned``: Two directions that C does not turn.
    - ``shadow``: What the shadow keeps, the drop loses.
    - ``fall``: Turn the cloud, then let it fall.
    - ``adding``: Ten numbers show it, twenty-nine show it well.
    - ``inputs``: A smaller input for a model; Units decide, unless you scale.
    - ``islands``: A shadow cannot unroll; What the map says, and what it does not.
    """

    def poster(self) -> None:
        """The tilted cloud of irises, its long axis lit, and the drops on it."""
        plane = iris_plane()
        rows = axes.centred(self.leaves)
        along = axes.components(rows).axes[:, 0]
        shadows = axes.shadows(rows, along)
        line = plane.line((-along[1], along[0]), 0.0, color=AXIS, width=3 * LINE)
        drops = plane.segment(rows, shadows, LOST, 1.5 * THIN)
        flowers = plane.dots(rows, ink.chalk, radius=0.13)
        feet = plane.dots(shadows, KEPT, radius=0.11)
        text = words.headline("Turn.\nThen [drop:error].", size=1.5 * ink.POSTER)
        topic = words.headline("PCA", ink.quiet, size=ink.POSTER)
        shot.safe(titled=False).put(Tag(text), UP + LEFT)
        topic.next_to(text, DOWN, buff=0.5, aligned_edge=LEFT)
        self.add(line, drops, flowers, feet, text, topic)
