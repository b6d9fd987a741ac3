"""Thumbnails of real images that are sorted, grouped, framed and enlarged."""

import numpy as np
from manim import Group, Mobject
from sklearn.datasets import load_digits, load_sample_images

from scenes.kit import ink
from scenes.kit.image_grid import ImageGrid

DIGITS = load_digits()
FEW = DIGITS.images[:60] / 16
MANY = DIGITS.images[:150] / 16


def wall() -> Mobject:
    """As large as they fit; those in red were read wrongly."""
    wall = ImageGrid(FEW, width=12.8, height=6.0)
    return wall.frame([5, 17, 33], ink.error)


def rows() -> Mobject:
    """More of them, grouped by what they show."""
    wall = ImageGrid(MANY, width=12.8, height=6.2)
    by_digit = wall.groups(DIGITS.target[:150])
    return Group(wall.redraw(by_digit), wall.headings(by_digit))


def piles() -> Mobject:
    """In piles, one for each digit."""
    wall = ImageGrid(FEW, width=12.8, height=6.0)
    by_digit = wall.groups(DIGITS.target[:60], "piles")
    return Group(wall.redraw(by_digit), wall.headings(by_digit))


def enlarged() -> Mobject:
    """In colour, tiles of a photograph; one of them is brought to the front."""
    temple = load_sample_images().images[0][:420, :630]
    tiles = temple.reshape(6, 70, 9, 70, 3).swapaxes(1, 2).reshape(-1, 70, 70, 3)
    wall = ImageGrid(tiles, width=12.0, height=6.4)
    return wall.redraw(wall.grid(columns=9)).enlarge(int(np.argmax(tiles.std(axis=(1, 2, 3)))), 0.6)
