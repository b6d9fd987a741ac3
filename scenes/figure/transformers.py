"""What the trained waiter scores the dishes with, after a lone name and after a whole round."""

from __future__ import annotations

from scenes.maths import cafe, transformers
from scenes.maths.waiter import train_waiter


def figure() -> dict[str, object]:
    """``dishes`` (8,) words; ``habit`` (8,) their logits after a lone "Ada", ``sure`` (8,) after the lesson's round,
    whose text is ``round``."""
    model = train_waiter()
    return {
        "dishes": cafe.DISHES,
        "round": transformers.PAD,
        "habit": transformers.dish_logits(model, "Ada"),
        "sure": transformers.dish_logits(model, transformers.PAD),
    }
