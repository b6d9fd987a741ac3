"""OvA vs OvO Multi-class Classification.

Build a many-way classifier from yes-or-no ones, by curtains or by fences, count what each costs, and see when
softmax is the better way.
"""

from __future__ import annotations

from manim import DOWN, LEFT

from scenes.kit import ink, shot, words
from scenes.kit.noun import THIN
from scenes.kit.tag import Tag
from scenes.maths.multiclass import schemes
from scenes.multiclass.choice import Choice
from scenes.multiclass.claims import Claims
from scenes.multiclass.machines import Machines
from scenes.multiclass.middle import Middle
from scenes.multiclass.pairs import Pairs, fences, window
from scenes.multiclass.price import Price
from scenes.multiclass.question import Question
from scenes.multiclass.stage import KINDS, Curtain, line_of, scatter
from scenes.multiclass.together import Together


class Multiclass(Question, Claims, Middle, Pairs, Price, Machines, Together, Choice):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``question``: One line has two sides; One against the rest, K times.
    - ``claims``: Where no class claims, or two do; The highest score wins.
    - ``middle``: A class between two others.
    - ``pairs``: One against one; Votes can tie.
    - ``price``: Count the models, then the rows.
    - ``machines``: What a library does with digits.
    - ``together``: Train all scores together.
    - ``choice``: Which one when; the end.

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
        sides = shot.EDGES.columns(1, 1, gap=0.04)
        left, right = (
            side.plane(x, (-5.4, 5.4), x_ticks=[], y_ticks=[], numbers=False)
            for side, x in zip(sides, ((-9.6, 0.0), (0.0, 9.6)), strict=True)
        )
        own = schemes.one_vs_rest(self.fives, self.five_labels)
        pairs = schemes.one_vs_one(self.fives, self.five_labels)
        for plane, inside in ((left, self.fives[:, 0] < -0.1), (right, self.fives[:, 0] > 0.1)):
            plane.frame.set_stroke(opacity=0)
            dots = scatter(plane, self.fives[inside], self.five_labels[inside], 0.15)
            if plane is left:
                self.add(*(Curtain(plane, line_of(own, each), KINDS[each], 0.34) for each in range(5)), dots)
            else:
                self.add(window(plane, pairs, 5), *fences(plane, pairs, 2 * THIN), dots)
        text = Tag(words.headline("One against whom?", size=1.1 * ink.POSTER), 0.85)
        text.set_z_index(3)
        self.add(shot.SAFE.put(text, DOWN + LEFT))
