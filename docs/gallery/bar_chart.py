"""Named values, compared, taken apart and added up."""

from manim import Mobject

from scenes.kit import ink
from scenes.kit.bar_chart import BarChart

QUARTERS = {"spring": (3, 2, 1), "summer": (4, 1, 0.5), "autumn": (2, 2, 2), "winter": (1, 3, 1)}
STEPS = {"average": 153, "body mass": 66, "pressure": 22, "sex": -19, "the rest": 22, "prediction": 244}


def spread() -> Mobject:
    """Values with their numbers and whiskers; all but one have stepped back."""
    names, losses = ["body mass", "blood test", "pressure", "ticket"], [0.23, 0.22, 0.03, -0.01]
    chart = BarChart(
        names, losses, (-0.03, 0.3), spread=[0.05, 0.05, 0.02, 0.01], decimals=2, label="R² lost"
    )
    return chart.only("ticket")


def stacks() -> Mobject:
    """Upright bars of parts, with ticks in place of numbers."""
    colors = ink.CLASSES[:3]
    return BarChart(
        [*QUARTERS],
        [*QUARTERS.values()],
        (0, 6),
        upright=True,
        colors=colors,
        parts=["rent", "food", "fun"],
        label="thousand a month",
    )


def waterfall() -> Mobject:
    """Each bar begins where the last one ended; the totals stand on 0, and must be the sum."""
    colors = [ink.quiet, ink.positive, ink.positive, ink.negative, ink.positive, ink.focus]
    chart = BarChart([*STEPS], [*STEPS.values()], (0, 260), colors=colors, decimals=0)
    return chart.cascade(1.0, totals=["average", "prediction"])


def sorting() -> Mobject:
    """Bars on their way to their sorted places: where two pass, the words of the shorter one give way."""
    chart = BarChart(["ant", "bee", "cat", "dog"], [12, 45, 30, 38], (0, 50), colors=ink.CLASSES, decimals=0)
    way = chart.sorted_places() - chart.places
    return chart.redraw(places=chart.places + 0.35 * way)
