"""Bagging, Boosting & Stacking.

Average learners to calm them, chain weak ones so that each repairs the last, or train a judge on answers that
nobody had peeked at.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.ensembles.choice import Choice
from scenes.ensembles.classes import Classes
from scenes.ensembles.floor import Floor
from scenes.ensembles.gradings import Gradings
from scenes.ensembles.honest import Honest
from scenes.ensembles.moons import Moons, cut_ends
from scenes.ensembles.noise import Noise
from scenes.ensembles.stage import moon_dots, moon_plane, radii
from scenes.ensembles.swelling import Swelling
from scenes.ensembles.threads import Threads
from scenes.ensembles.votes import Votes
from scenes.kit import ink, shot, words
from scenes.kit.noun import LINE
from scenes.maths.ensembles import boosting

ROUND = 4
"""Rounds after which the poster shows the weights."""


class Ensembles(Votes, Threads, Floor, Swelling, Moons, Classes, Gradings, Noise, Honest, Choice):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``votes``: Three models, seven of ten.
    - ``threads``: One tree changes its mind; Draw the data again, with replacement.
    - ``floor``: Averaging has a floor.
    - ``swelling``: The mistakes swell.
    - ``moons``: Sixty stumps bend the boundary.
    - ``classes``: Three classes: one more logarithm.
    - ``gradings``: Regression: graded mistakes.
    - ``noise``: A wrong label stays a mistake.
    - ``honest``: The meta-learner needs honest columns.
    - ``choice``: Which one, and against what; the end.

    What they have to teach, in the words of the catalog:

    - bagging cuts variance
    - Random Forest as bagging
    - boosting cuts bias
    - AdaBoost with SAMME for classes
    - AdaBoost.R2 for regression
    - weights swelling on the mistakes
    - stacking with out-of-fold predictions
    - the meta-learner
    - diversity and why errors must disagree
    """

    def poster(self) -> None:
        """Two moons, a handful of points swollen to coins, and the cut that swings to them."""
        plane = moon_plane()
        boosted = boosting.shown()
        dots = moon_dots(plane, *boosting.moons(), boosted.weights[0])
        dots.redraw(radius=radii(boosted.weights[ROUND], 0.15))
        cut = plane.segment(*cut_ends(plane, boosted, ROUND), ink.focus, 4 * LINE)
        text = words.headline("Mistakes\nget [louder:error]", size=1.4 * ink.POSTER)
        shot.safe(titled=False).put(text, UP + RIGHT)
        self.add(dots, cut, text)
