"""A part of a colour photograph, from far and from so near that its pixels are squares."""

from manim import Group, Mobject
from sklearn.datasets import load_sample_image

from scenes.kit import shot
from scenes.kit.viewport import Crop, Viewport


def zoomed() -> Mobject:
    """The whole of a photograph that fits its place, and nine rows of it."""
    photo = load_sample_image("flower.jpg")
    left, right = shot.SAFE.columns(1, 1)
    return Group(Viewport(photo, left), Viewport(photo, right, Crop(row=205, column=325, rows=9)))
