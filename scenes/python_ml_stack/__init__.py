"""Python ML Stack: NumPy, Pandas & Matplotlib.

Describe one operation on a whole array, column or group; compiled code runs the loop; look at plots before you model.
"""

from __future__ import annotations

from scenes.kit import ink, words
from scenes.python_ml_stack.descent import Descent


class PythonMlStack(Descent):
    """The acts in the order in which they are told, and the claims of their chapters."""

    def poster(self) -> None:
        """The thumbnail."""
        self.add(words.headline("Stretch, don't loop", size=ink.POSTER))
