"""OvA vs OvO Multi-class Classification.

Build a many-way classifier from yes-or-no ones, by curtains or by fences, count what each costs, and see when
softmax is the better way.
"""

from __future__ import annotations

from scenes.multiclass.choice import Choice
from scenes.multiclass.claims import Claims
from scenes.multiclass.machines import Machines
from scenes.multiclass.middle import Middle
from scenes.multiclass.pairs import Pairs
from scenes.multiclass.price import Price
from scenes.multiclass.question import Question
from scenes.multiclass.together import Together


class Multiclass(Question, Claims, Middle, Pairs, Price, Machines, Together, Choice):
    """The acts in the order in which they are told, and the claims of their chapters.

    What they have to teach, in the words of the catalog:

    - one-vs-all as a set of binary boundaries
    - one-vs-one as a set of binary boundaries
    - voting
    - ambiguous regions
    - K models against K(K−1)/2
    - cost and data per model as classes grow
    - one-vs-all and one-vs-one with SVMs
    - softmax instead and when
    """

    def poster(self) -> None:
        """One map of five colours: curtains to the left, fences to the right."""
