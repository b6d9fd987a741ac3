"""Python ML Stack: NumPy, Pandas & Matplotlib.

Describe one operation on a whole array, column or group; compiled code runs the loop; look at plots before you model.
"""

from __future__ import annotations

from scenes.kit import ink, words
from scenes.python_ml_stack.figures import Figures
from scenes.python_ml_stack.groups import Groups
from scenes.python_ml_stack.joins import Joins
from scenes.python_ml_stack.labelled import Labelled
from scenes.python_ml_stack.masks import Masks
from scenes.python_ml_stack.pairs import Pairs
from scenes.python_ml_stack.speed import Speed
from scenes.python_ml_stack.stretch import Stretch
from scenes.python_ml_stack.strides import Strides
from scenes.python_ml_stack.turn import Turn


class PythonMlStack(Speed, Strides, Stretch, Masks, Labelled, Groups, Joins, Figures, Pairs, Turn):
    """The acts in the order in which they are told, and the claims of their chapters."""

    def poster(self) -> None:
        """The thumbnail."""
        self.add(words.headline("Stretch, don't loop", size=ink.POSTER))
