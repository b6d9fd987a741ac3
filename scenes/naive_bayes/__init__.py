"""Naïve Bayes Classifiers.

Word by word the evidence tips a balance of log-odds, in four variants, with the zero that kills and the over-
confidence that has to be mended.
"""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, UP

from scenes.kit import ink, shot, words
from scenes.maths.naive_bayes import studies
from scenes.naive_bayes.bags import Bags
from scenes.naive_bayes.bells import Bells
from scenes.naive_bayes.evidence import Evidence
from scenes.naive_bayes.facts import Facts
from scenes.naive_bayes.mending import Mending
from scenes.naive_bayes.odds import Odds
from scenes.naive_bayes.pretend import Pretend
from scenes.naive_bayes.stage import hung
from scenes.naive_bayes.text import Text
from scenes.naive_bayes.witness import Witness


class NaiveBayes(Evidence, Odds, Pretend, Bags, Bells, Text, Witness, Facts, Mending):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``evidence``: Keep what fits, and count again.
    - ``odds``: Odds multiply, log-odds add.
    - ``pretend``: Pretend that words do not know each other; One zero overrules everything.
    - ``bags``: Present, or how many?; Learn a class from all the others.
    - ``bells``: A bell for each measured feature.
    - ``text``: From text to decision.
    - ``witness``: One witness, asked ten times.
    - ``facts``: Claims against facts.
    - ``mending``: Re-label the ruler, keep the order.
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        text = words.headline("Weigh every\n[word:focus].", size=1.5 * ink.POSTER)
        topic = words.headline("Naïve Bayes", ink.quiet, size=ink.POSTER)
        shot.safe(titled=False).put(text, UP + LEFT)
        topic.next_to(text, DOWN, buff=0.4, aligned_edge=LEFT)
        self.add(hung(studies.FOUR).redraw(np.ones(5), np.ones(5)), text, topic)
