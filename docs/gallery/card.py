"""Pictures on plates that tell their class by shape and colour."""

import numpy as np
from manim import Mobject
from sklearn.datasets import load_digits

from scenes.kit import ink
from scenes.kit.card import Cards


def ranked() -> Mobject:
    """Eight digits by how much each looks like a three: threes are round; one mistake has a rim."""
    digits = load_digits()
    cards = Cards(digits.images[:8] / 16, digits.target[:8] == 3)
    places = np.column_stack([1.4 * np.arange(8) - 4.9, np.zeros(8), np.zeros(8)])
    return cards.put(places, 1.2).rim([5], ink.error)
