"""The chances of named things."""

from manim import DOWN, LEFT, Mobject, VGroup

from scenes.kit.probability_bars import ProbabilityBars

NAMES, CHANCES = ["tea", "jam", "hat", "map"], [0.5, 0.3, 0.15, 0.05]


def top_p() -> Mobject:
    """What is cut off is hollow, thin bars are what was drawn; below, the same chances laid end to end."""
    above = (
        ProbabilityBars(NAMES, CHANCES).redraw(CHANCES, kept=[True, True, True, False]).tally([6, 3, 1, 0])
    )
    return VGroup(above, ProbabilityBars(NAMES, CHANCES).line_up(1.0)).arrange(
        DOWN, buff=0.5, aligned_edge=LEFT
    )
