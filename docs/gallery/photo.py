"""A photograph as the table of grey values that it is."""

import numpy as np
from manim import Mobject
from sklearn.datasets import load_sample_image

from scenes.kit.photo import Photo


def flower() -> Mobject:
    """Rows and columns of values from 0 to 1."""
    return Photo(load_sample_image("flower.jpg") @ np.array([0.299, 0.587, 0.114]) / 255, 4.0)
