"""Twelve households and their best line, with which visitors start."""

from __future__ import annotations

from scenes.maths.regression import engel, least_squares


def figure() -> dict[str, object]:
    """``points`` (12, 2): income and food (hundreds of Belgian francs); ``best`` (2,): intercept and slope of OLS."""
    twelve = engel.twelve()
    return {"points": twelve.points, "best": least_squares.fit(twelve.income, twelve.food)}
