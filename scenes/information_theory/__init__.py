"""Information Theory.

Give every outcome its price in bits, see what a wrong price list costs, and meet the same bill again in classifiers,
VAEs and attention.
"""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP

from scenes.information_theory.average import Average
from scenes.information_theory.bells import Bells
from scenes.information_theory.bound import Bound
from scenes.information_theory.carpet import Carpet
from scenes.information_theory.codes import Codes
from scenes.information_theory.coding import Coding
from scenes.information_theory.excess import Excess, bill
from scenes.information_theory.label import Label
from scenes.information_theory.prices import EIGHTHS
from scenes.information_theory.shared import Shared
from scenes.information_theory.warmth import Warmth
from scenes.kit import ink, shot, words
from scenes.kit.shot import bare
from scenes.kit.unit_chart import UnitChart
from scenes.maths.information_theory import bits


class InformationTheory(Carpet, Average, Coding, Label, Excess, Bells, Shared, Codes, Bound, Warmth):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``carpet``: Surprise in bits.
    - ``average``: Entropy.
    - ``coding``: Entropy as code length.
    - ``label``: Cross-entropy; cross-entropy as the classification loss.
    - ``excess``: KL divergence and its asymmetry.
    - ``bells``: Forward and reverse KL.
    - ``shared``: Mutual information.
    - ``codes``: Where KL enters the VAE.
    - ``bound``: What a VAE is trained for.
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
        floor, safe = bare(shot.EDGES), shot.SAFE
        found, own = bill(bits.P, bits.Q), bits.surprisal(bits.P).astype(int)
        letters = np.repeat(own, (EIGHTHS * np.array(bits.P)).astype(int))
        paid = [(column, row) for column, tall in enumerate(letters) for row in range(int(tall))]
        cell = 0.6 * safe.height / int(own.max())
        left = found.extra[: len(found.extra) - len(found.saved)]
        for squares, color in ((paid, ink.first), (left, ink.error)):
            spots = np.array([safe.left, safe.bottom]) + cell * (np.array(squares) + 0.5)
            self.add(UnitChart(floor, spots, 0.46 * cell, color, 1.0))
        text = words.headline("Wrong prices,\nextra bits", size=ink.POSTER)
        safe.put(text, UP + RIGHT)
        self.add(text)
