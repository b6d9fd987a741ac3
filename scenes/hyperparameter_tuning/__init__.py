"""Hyperparameter Tuning.

Search an accuracy landscape that you only see where you pay for a look, by grid, chance, Gaussian process and
halving, and score it honestly.
"""

from __future__ import annotations

from scenes.hyperparameter_tuning.belief import Acquisition
from scenes.hyperparameter_tuning.budget import Budget
from scenes.hyperparameter_tuning.chance import Chance
from scenes.hyperparameter_tuning.densities import Densities
from scenes.hyperparameter_tuning.judge import Judge
from scenes.hyperparameter_tuning.question import Question
from scenes.kit import ink, words


class HyperparameterTuning(Question, Chance, Acquisition, Densities, Budget, Judge):
    """The acts in the order in which they are told, and the claims of their chapters."""

    def poster(self) -> None:
        """Nine tries."""
        self.add(self.floor, words.headline("Nine tries. Three answers?", size=ink.POSTER))
