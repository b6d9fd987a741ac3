"""Probability & Statistics.

Let samples rain from known processes, slide curves under them, and learn what a p-value says, what it does
not, and why means make a bell.
"""

from __future__ import annotations

from scenes.probability_statistics.alarm import Alarm
from scenes.probability_statistics.bell import Bell
from scenes.probability_statistics.bells import Bells
from scenes.probability_statistics.counts import Counts
from scenes.probability_statistics.losses import Losses
from scenes.probability_statistics.rare import Rare
from scenes.probability_statistics.shuffling import Shuffle
from scenes.probability_statistics.slide import Slide
from scenes.probability_statistics.thumbnail import thumbnail
from scenes.probability_statistics.wild import Wild
from scenes.probability_statistics.wrong import Wrong


class ProbabilityStatistics(Wild, Counts, Rare, Bell, Bells, Slide, Losses, Alarm, Shuffle, Wrong):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``wild``: Wild numbers have a shape.
    - ``counts``: Count successes: the binomial.
    - ``rare``: Many rare chances: the Poisson.
    - ``bell``: Many small pushes: the normal.
    - ``bells``: Averages gather into a bell.
    - ``slide``: Slide the curve under the data.
    - ``losses``: A loss is a likelihood turned over.
    - ``alarm``: Given an alarm, count the alarms.
    - ``shuffling``: How often would chance do this?
    - ``wrong``: Two ways to be wrong; the end.
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        self.add(thumbnail())
