"""Hyperparameter Tuning.

Search an accuracy landscape that you only see where you pay for a look, by grid, chance, Gaussian process and
halving, and score it honestly.
"""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT

from scenes.hyperparameter_tuning.belief import Acquisition
from scenes.hyperparameter_tuning.budget import Budget
from scenes.hyperparameter_tuning.chance import PLACED, SEED, Chance
from scenes.hyperparameter_tuning.densities import Densities
from scenes.hyperparameter_tuning.judge import Judge
from scenes.hyperparameter_tuning.question import Question
from scenes.hyperparameter_tuning.stage import GRID, LOWER_PLAIN, RANDOM, plain_of
from scenes.kit import ink, shot, words
from scenes.maths.hyperparameter_tuning import chances


class HyperparameterTuning(Question, Chance, Acquisition, Densities, Budget, Judge):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``question``: Same data, same training; A grid multiplies.
    - ``chance``: Nine trials, three values of gamma.
    - ``belief``: A surrogate guesses, with error bars; Expected improvement picks the next trial.
    - ``densities``: Where do good trials live?
    - ``budget``: Losers stop early; A study prunes as it runs.
    - ``judge``: The winner's score is too good; Search inside, judge outside; the end.

    What they have to teach, in the words of the catalog:

    - grid search
    - random search
    - why random search wins when few parameters matter
    - Bayesian optimisation with a Gaussian process
    - acquisition function
    - TPE's two densities
    - Successive Halving
    - Optuna with pruning
    - nested cross-validation as the honest score
    """

    def poster(self) -> None:
        """Nine lights of a grid and nine random ones, before a landscape that only a whole table shows."""
        plain = plain_of(12.6, 4.6, 3.4, raised_by=LOWER_PLAIN)
        terrain = plain.terrain()
        grid = plain.lights(chances.placements()[PLACED].cells, GRID, 0.2)
        random = plain.lights(chances.random_cells(SEED), RANDOM, 0.2)
        plain.look(tilt=1.05, turn=0.14, lift=1.0)
        self.add(terrain, grid, random)
        first = words.headline("Nine tries.", size=1.15 * ink.POSTER)
        second = words.headline("Three answers?", ink.focus, 1.15 * ink.POSTER)
        self.add(
            shot.SAFE.put(first, DOWN + LEFT),
            shot.SAFE.put(second, DOWN + RIGHT),
        )
