"""Bias-Variance Tradeoff & Error Analysis.

Refit the same model on fifty fresh samples, part its error into bias, variance and noise, then slice real
mistakes to find who is failed.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.bias_variance.beyond import Beyond
from scenes.bias_variance.cloud import Cloud
from scenes.bias_variance.diagnosis import Diagnosis
from scenes.bias_variance.mending import Mending
from scenes.bias_variance.noisy import Noisy
from scenes.bias_variance.parts import Parts
from scenes.bias_variance.stage import TRUE, Swarm, reading_plane
from scenes.bias_variance.valley import Valley
from scenes.kit import ink, shot, words
from scenes.kit.noun import LINE
from scenes.maths.bias_variance import curves


class BiasVariance(Cloud, Parts, Noisy, Valley, Beyond, Diagnosis, Mending):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``cloud``: Twenty readings allow many curves; Fifty samples, fifty curves.
    - ``parts``: Bias and variance at one moment.
    - ``noisy``: What no model predicts completes the sum.
    - ``valley``: Complexity trades one for the other; Two levers beside complexity.
    - ``beyond``: What lies past the right end.
    - ``diagnosis``: Read the two learning curves; An average can hide a failing group.
    - ``mending``: Mend, then slice again; the end.

    What they have to teach, in the words of the catalog:

    - underfitting and overfitting
    - refits on resampled data as a cloud of curves
    - bias², variance and noise adding up to the error
    - learning curves and how to read them
    - model complexity curve
    - double descent
    - slicing errors
    - finding the group that fails
    - deciding what to do about it
    """

    def poster(self) -> None:
        """Fifty thin curves that flare, their mean, and the truth."""
        plane = reading_plane()
        swarm = Swarm(plane, self.many(10), 1.0, 0.0)
        true = plane.curve(curves.GRID, curves.truth(curves.GRID), TRUE, 3 * LINE, dashed=True)
        text = words.headline("Fifty fits,\n[one truth:truth]", size=1.4 * ink.POSTER)
        shot.safe(titled=False).inset(0.75, 0.1).put(text, UP + RIGHT)
        self.add(swarm, true, text)
