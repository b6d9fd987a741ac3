"""A table of real words, by how many mails of each class have them: the evidence that visitors weigh."""

from __future__ import annotations

from typing import Final

from scenes.maths.naive_bayes import studies

WORDS: Final = (
    *(
        "guaranteed",
        "credit",
        "income",
        "money",
        "remove",
        "offer",
        "business",
        "order",
        "free",
        "click",
        "your",
    ),
    *("the", "was", "see", "file", "thanks", "meeting", "patch", "wrote", "perl"),
)
"""Ordinary words, the first eleven likelier in spam."""


def figure() -> dict[str, object]:
    """``words`` (20,), and ``have`` (20, 2), how many spam and ham of ``all`` (2,) to learn from have each."""
    pairs = [studies.seen(word) for word in WORDS]
    return {"words": WORDS, "have": [pair.have for pair in pairs], "all": pairs[0].all}
