"""Gradient Boosting: XGBoost, LightGBM, CatBoost.

Fit a small tree to what is left over, again and again, then look inside three libraries to see what each does
differently and why.
"""

from __future__ import annotations

from manim import LEFT, UP

from scenes.gradient_boosting.grown import Grown
from scenes.gradient_boosting.honest import Honest
from scenes.gradient_boosting.leaf import Leaf
from scenes.gradient_boosting.remainder import WIDE, Remainder
from scenes.gradient_boosting.shrink import Shrink
from scenes.gradient_boosting.slope import Slope
from scenes.gradient_boosting.stage import (
    EDGES,
    MODEL,
    NEXT,
    RESIDUAL,
    months_of,
    sea_spots,
    stair,
    year_values,
)
from scenes.gradient_boosting.stumps import Stumps
from scenes.gradient_boosting.trials import Trials
from scenes.kit import ink, shot, words
from scenes.kit.noun import LINE


class GradientBoosting(Remainder, Stumps, Slope, Shrink, Leaf, Grown, Honest, Trials):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``remainder``: One step cannot draw a year; Fit what is left over.
    - ``stumps``: Twelve stumps, and the year appears.
    - ``slope``: A residual is a downhill arrow.
    - ``shrink``: Small steps, and stop in time.
    - ``leaf``: A parabola for every leaf; Gain decides the split.
    - ``grown``: Count bins, not rows; Grow where it pays.
    - ``honest``: Do not look at your own answer; The next tree needs honest residuals.
    - ``trials``: Search, and stop the hopeless; and the end.

    What they have to teach, in the words of the catalog:

    - boosting on residuals
    - gradient descent in function space
    - shrinkage
    - early stopping
    - XGBoost's gain from gradients and Hessians
    - regularised leaf scores
    - LightGBM's histograms
    - leaf-wise growth
    - CatBoost's ordered target statistics
    - ordered boosting
    - Optuna search space for boosting
    - Optuna pruning for boosting
    """

    def poster(self) -> None:
        """The year's stairs, short drops, and the next stair above them."""
        plane = shot.EDGES.plane((-0.5, 11.5), (17.5, 30.5), x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_stroke(opacity=0)
        spots, values = sea_spots(), year_values(12)
        text = words.headline("Fit what's left", size=1.5 * ink.POSTER)
        shot.SAFE.put(text, UP + LEFT)
        text.set_x(plane.at(6.6, 0)[0])
        self.add(
            plane.stems(spots[:, 0], months_of(values), spots[:, 1], RESIDUAL, LINE),
            plane.cloud(spots, ink.quiet, radius=0.07),
            plane.curve(*stair(EDGES, values), MODEL, 2 * WIDE),
            plane.curve(*stair(EDGES, values + 2.0), NEXT, WIDE),
            text,
        )
