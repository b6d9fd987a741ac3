"""The trained model itself, and its logits of things after a lone name and after a whole text."""

from __future__ import annotations

import numpy as np

from scenes.maths.transformers import toy, transformer, transformers
from scenes.maths.transformers.trained import train_model
from scenes.maths.transformers.transformer import GRID, Trained


def figure() -> dict[str, object]:
    """``names`` (6,) and ``things`` (8,) things; ``habit`` (8,) the things' logits after a lone "Ada", ``sure`` (8,)
    after the lesson's round, whose text is ``round``; ``right`` (5,) the model's accuracy on the lesson's fresh
    rounds, whole, then with each head cut; ``later``, which the page fetches apart, the model itself, see
    :func:`pack`."""
    model = train_model()
    heads = [(layer, head) for layer in range(model.shape.layers) for head in range(model.shape.heads)]
    return {
        "names": toy.NAMES,
        "things": toy.THINGS,
        "round": transformers.PAD,
        "habit": transformers.thing_logits(model, "Ada"),
        "sure": transformers.thing_logits(model, transformers.PAD),
        "later": pack(model),
        "right": [transformers.accuracy(model, cut) for cut in (None, *heads)],
    }


def pack(model: Trained) -> dict[str, object]:
    """``weights`` by name, exactly, as whole multiples of 1 / ``grid``; ``layers``, ``heads`` and ``places`` of the
    shape; ``silence`` (layers, heads, head width), what each head mixes on average over the lesson's fresh rounds,
    which is what it says there when it is cut, in multiples of 1 / ``grid`` squared."""
    text = transformers.fresh_rounds()[:, :-1]
    looked = transformer.run(model.weights, model.shape, text).looked
    return {
        "grid": int(GRID),
        "layers": model.shape.layers,
        "heads": model.shape.heads,
        "places": model.shape.places,
        "weights": {name: np.rint(weight * GRID).astype(int) for name, weight in model.weights.items()},
        "silence": [np.rint(block.mixed.mean(axis=(0, 2)) * GRID**2).astype(int) for block in looked],
    }
