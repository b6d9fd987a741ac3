"""The cells of a table when they move, each on its own."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.tile import Tiles


def unrolled() -> Mobject:
    """A patch of an image, and the same patch read into a list."""
    grey = np.random.default_rng(2).uniform(0, 1, (3, 3))
    patch, listed = Tiles(grey, 0.8, heat=ink.chalk), Tiles(grey, heat=ink.chalk)
    return VGroup(patch, listed.put(listed.row((5.2, 0, 0), 0.5), 0.5))
