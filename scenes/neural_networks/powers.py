"""Powers of ten in words, and how large numbers at axes are: what a phone shows of them can be read."""

from __future__ import annotations

from typing import Final

import numpy as np

LARGE: Final = 44.0
"""Pixels of the capitals of numbers at axes."""


def raised(exponent: int) -> str:
    """A power of ten, for words."""
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def power(value: float) -> str:
    """A number as a digit and a power of ten, for words."""
    exponent = int(np.floor(np.log10(value)))
    if exponent == 0:
        return f"{value:.0f}"
    return f"{value / 10.0**exponent:.0f} · {raised(exponent)}"
