"""Transformers & self-attention: one look back, learnt by a small model, taken apart and cut."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, UP

from scenes.kit import ink, words
from scenes.kit.arc import Arcs
from scenes.kit.token import Tokens
from scenes.maths.transformers import toy
from scenes.transformers.block import Block
from scenes.transformers.choose import Choose
from scenes.transformers.circuit import Circuit
from scenes.transformers.lookup import Lookup
from scenes.transformers.mask import Mask
from scenes.transformers.position import Position
from scenes.transformers.predict import Predict
from scenes.transformers.reader import Reader
from scenes.transformers.scale import Scale
from scenes.transformers.several import Several


class Transformers(Predict, Lookup, Scale, Mask, Position, Several, Circuit, Block, Reader, Choose):
    """From one look back to sampling the next token.

    - ``predict``: What comes next?; Words become vectors; Look directly, do not pass it on.
    - ``lookup``: Query, key, value.
    - ``scale``: Why divide by √d.
    - ``mask``: All at once, never ahead.
    - ``position``: Does attention know the order?
    - ``several``: Two needs, one mixture.
    - ``circuit``: hat does not say Ben.
    - ``block``: Look, think, add.
    - ``reader``: When the evidence lies ahead.
    - ``choose``: Which token is written?; the end.
    """

    def poster(self) -> None:
        """One bold look from the last Ben to hat, and one from hat to the Ben before it."""
        text = ["Ben", "hat", "Cleo", "jam", "Ben"]
        names = [word in toy.NAMES for word in text]
        seats = Tokens(text, width=2.3, height=1.2, gap=0.3, pills=names, size=54.0)
        seats.to_edge(DOWN, buff=0.8)
        seats.only([0, 1, 4])
        tops = seats.tops(0.12)
        pair = np.zeros((5, 5))
        pair[4, 1], pair[1, 0] = 1.0, 0.6
        arcs = Arcs(tops, tops, pair, ink.focus, bow=0.42, widest=26)
        text_ = words.headline("Who is\ntagged [Ben:focus]?", size=1.2 * ink.POSTER)
        self.add(arcs, seats, text_.to_edge(UP, buff=0.5).to_edge(LEFT, buff=0.6))
