"""Linear & Logistic Regression.

Hang a square on every miss, turn the line until the squares are smallest in all, then bend the line so that
it speaks of chances.
"""

from __future__ import annotations

from scenes.regression.bend import Bend
from scenes.regression.bowl import Lowest
from scenes.regression.costs import Costs
from scenes.regression.cut import Cut
from scenes.regression.fence import Fence
from scenes.regression.leftovers import Leftovers
from scenes.regression.shadow import Shadow
from scenes.regression.squares import Squares
from scenes.regression.threads import Threads
from scenes.regression.thumbnail import thumbnail
from scenes.regression.trays import Trays
from scenes.regression.twins import Twins
from scenes.regression.walk import Walk


class Regression(Squares, Lowest, Shadow, Walk, Trays, Leftovers, Twins, Fence, Threads, Bend, Costs, Cut):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``squares``: the question, and squares on residuals.
    - ``bowl``: the bowl of their sum, and its lowest place.
    - ``shadow``: the projection in three dimensions, and the normal equations.
    - ``walk``: gradient descent on the bowl.
    - ``trays``: R squared as a share of areas.
    - ``leftovers``: residual plots and heteroscedasticity.
    - ``twins``: multicollinearity, the bootstrap and the VIF.
    - ``fence``: ridge and lasso.
    - ``threads``: coefficient paths.
    - ``bend``: log-odds and the sigmoid.
    - ``costs``: log loss.
    - ``cut``: the decision boundary, the threshold, and the end of the lesson.
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        self.add(thumbnail())
