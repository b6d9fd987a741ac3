"""Information Theory.

Give every outcome its price in bits, see what a wrong bet costs, and meet the same bill again in classifiers,
VAEs and attention.
"""

from __future__ import annotations

from manim import RIGHT, UP

from scenes.information_theory.average import Average
from scenes.information_theory.bells import Bells
from scenes.information_theory.carpet import Carpet
from scenes.information_theory.codes import Codes
from scenes.information_theory.coding import Coding
from scenes.information_theory.excess import Excess
from scenes.information_theory.label import Label
from scenes.information_theory.prices import EIGHTHS
from scenes.information_theory.shared import Shared
from scenes.information_theory.stage import bare
from scenes.information_theory.warmth import Warmth
from scenes.kit import ink, shot, words
from scenes.kit.unit_chart import UnitChart
from scenes.maths.information_theory import bits


class InformationTheory(Carpet, Average, Coding, Label, Excess, Bells, Shared, Codes, Warmth):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``carpet``: Surprise in bits.
    - ``average``: Entropy.
    - ``coding``: Entropy as code length.
    - ``label``: Cross-entropy; cross-entropy as the classification loss.
    - ``excess``: KL divergence and its asymmetry.
    - ``bells``: Forward and reverse KL.
    - ``shared``: Mutual information.
    - ``codes``: Where KL enters the VAE.
    - ``warmth``: Softmax temperature; temperature in attention; the end.

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
        floor = bare(shot.EDGES)
        side = 0.17 * floor.height / 2
        for letter, (happens, believed) in enumerate(zip(bits.P, bits.Q, strict=True)):
            tall = int(EIGHTHS * max(happens, believed))
            for turn, (share, color) in enumerate(((happens, ink.truth), (believed, ink.second))):
                filled = int(EIGHTHS * share)
                across = shot.SAFE.left + side + (4.9 * letter + 2.1 * turn) * side
                for rows, dye in ((range(filled), color), (range(filled, tall), ink.error)):
                    spots = [(across, shot.SAFE.bottom + (1 + 2.1 * row) * side) for row in rows]
                    if spots:
                        self.add(UnitChart(floor, spots, 0.96 * side, dye, 1.0))
        text = words.headline("Wrong bet,\nextra bits", size=1.25 * ink.POSTER)
        shot.SAFE.put(text, UP + RIGHT)
        self.add(text)
