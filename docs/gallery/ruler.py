"""One axis, measured and bent."""

import numpy as np
from manim import DOWN, Mobject, VGroup

from scenes.kit import ink
from scenes.kit.ruler import Ruler

CROWD = [1.0, 2, 3, 4, 100]
SPENT = np.random.default_rng(3).lognormal(5, 1.1, 60)


def distances() -> Mobject:
    """Marks with names, and the distances between them."""
    return Ruler((0, 10), [1.5, 4, 9], names=["a", "b", "c"], distances=[(0, 1), (1, 2), (0, 2)], decimals=1)


def logarithmic() -> Mobject:
    """The same values on a straight scale, half way, and by logarithms: marks flow to their places."""
    made = []
    for warped in (0.0, 0.5, 1.0):
        ruler = Ruler((0, 1200), SPENT, warp=np.log10, warp_limits=(1, 1200), radius=0.09, jitter=0.9)
        made.append(ruler.redraw(warped=warped))
    return VGroup(*made).arrange(DOWN, buff=0.2)


def scaled() -> Mobject:
    """One outlier on three scales: min-max, standard, robust; a level marks what each takes for 0."""
    x = np.array(CROWD)
    low, high, (first, middle, third) = x.min(), x.max(), np.percentile(x, [25, 50, 75])
    scaled = (x - low) / (high - low), (x - x.mean()) / x.std(), (x - middle) / (third - first)
    colors = [ink.first] * 4 + [ink.error]
    spans, names = ((0, 1), (-1, 3), (-2, 50)), ("min-max", "standard", "robust")
    rulers = [
        Ruler(span, z, colors=colors, levels=[0], label=name)
        for span, z, name in zip(spans, scaled, names, strict=True)
    ]
    return VGroup(*rulers).arrange(DOWN, buff=0.2)
