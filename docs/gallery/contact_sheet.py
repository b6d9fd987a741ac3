"""Hundreds of small pictures, edge to edge, as one picture that can be stamped."""

import numpy as np
from manim import Group, Mobject
from sklearn.datasets import load_digits

from scenes.kit import ink
from scenes.kit.contact_sheet import ContactSheet, Signs, Stamps


def stamped() -> Mobject:
    """120 digits: twos are blue and ticked, nines are crossed out, and zeros carry a sign."""
    digits = load_digits()
    kinds = digits.target[:120]
    colors = [ink.first if kind == 2 else ink.chalk for kind in kinds]
    sheet = ContactSheet(digits.images[:120] / 16, 15, 0.62, colors=colors)
    return Group(
        sheet,
        Stamps(sheet, np.flatnonzero(kinds == 2), "tick", ink.truth),
        Stamps(sheet, np.flatnonzero(kinds == 9), "cross", ink.error),
        Signs(sheet, np.flatnonzero(kinds == 0), "?", ink.focus, share=0.4),
    )
