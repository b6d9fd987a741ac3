"""Information Theory.

Give every outcome its price in bits, see what a wrong bet costs, and meet the same bill again in classifiers,
VAEs and attention.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.information_theory.average import Average
from scenes.information_theory.bells import Bells
from scenes.information_theory.carpet import Carpet
from scenes.information_theory.coding import Coding
from scenes.information_theory.excess import Excess
from scenes.information_theory.label import Label
from scenes.information_theory.shared import Shared
from scenes.kit import ink, words


class InformationTheory(Carpet, Average, Coding, Label, Excess, Bells, Shared):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``carpet``: Surprise in bits.
    - ``average``: Entropy.
    - ``coding``: Entropy as code length.
    - ``label``: Cross-entropy; cross-entropy as the classification loss.
    - ``excess``: KL divergence and its asymmetry.
    - ``bells``: Forward and reverse KL.
    - ``shared``: Mutual information.

    What they have to teach, in the words of the catalog:

    - surprise in bits
    - entropy
    - entropy as code length
    - cross-entropy
    - cross-entropy as the classification loss
    - KL divergence
    - asymmetry of KL divergence
    - mutual information
    - where KL enters the VAE
    - softmax temperature
    - temperature in attention
    """

    def poster(self) -> None:
        """The thumbnail: one picture and a few words, to be read at 320 pixels of width."""
        text = words.headline("Wrong bet,\nextra bits", size=ink.POSTER)
        text.to_edge(RIGHT).to_edge(UP)
        self.add(text)
