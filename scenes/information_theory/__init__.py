"""Information Theory.

Give every outcome its price in bits, see what a wrong bet costs, and meet the same bill again in classifiers,
VAEs and attention.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.information_theory.descent import Descent
from scenes.kit import ink, words


class InformationTheory(Descent):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``descent``: Surprise in bits.

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
        flowers = self.plane.dots(self.points, ink.first, radius=0.14)
        text = words.headline("Information\nTheory", size=ink.POSTER)
        text.set(width=min(float(text.width), ink.FRAME_WIDTH - 4 * ink.MARGIN))
        text.to_edge(RIGHT).to_edge(UP)
        self.add(flowers.only([], 0.35), text)
