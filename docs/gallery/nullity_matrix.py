"""A table of hundreds of rows with its missing cells."""

import numpy as np
from manim import Mobject

from scenes.kit import ink, shot
from scenes.kit.nullity_matrix import NullityMatrix


def missing_cells() -> Mobject:
    """200 rows of three columns of numbers and one of words, in grey; each fortieth measure is missing, and glows."""
    rng = np.random.default_rng(4)
    shades = rng.uniform(size=(200, 4))
    shades[::40, 2] = np.nan
    return NullityMatrix(shades, shot.SAFE, [ink.chalk, ink.first, ink.first, ink.first]).glow(1.0)
