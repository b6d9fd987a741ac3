"""Naïve Bayes Classifiers.

Word by word the evidence tips a balance of log-odds, in four variants, with the zero that kills and the over-
confidence that has to be mended.
"""

from __future__ import annotations

from scenes.naive_bayes.bags import Bags
from scenes.naive_bayes.bells import Bells
from scenes.naive_bayes.evidence import Evidence
from scenes.naive_bayes.odds import Odds
from scenes.naive_bayes.pretend import Pretend
from scenes.naive_bayes.stage import weighed
from scenes.naive_bayes.witness import Witness


class NaiveBayes(Evidence, Odds, Pretend, Bags, Bells, Witness):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``evidence``: Bayes' theorem for classes, odds and log-odds.
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        self.add(weighed(("free",)))
