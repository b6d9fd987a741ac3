"""Groups of values by their quartiles."""

from manim import Mobject, VGroup
from sklearn.datasets import load_iris

from scenes.kit import ink
from scenes.kit.box_plot import BoxPlot

FLOWERS = load_iris()
SAMPLES = [FLOWERS.data[FLOWERS.target == kind, 1] for kind in range(3)]
NAMES = [str(name) for name in FLOWERS.target_names]


def boxes() -> Mobject:
    """Median, quartiles, whiskers to the last value within 1.5 interquartile ranges, and outliers."""
    return BoxPlot(NAMES, SAMPLES, (1.8, 4.6), colors=ink.CLASSES[:3], label="sepal width (cm)").redraw(
        gathered=1.0
    )


def gathering() -> Mobject:
    """The points on their way into their boxes."""
    plot = BoxPlot(NAMES, SAMPLES, (1.8, 4.6), upright=True, colors=ink.CLASSES[:3], label="sepal width (cm)")
    return plot.redraw(gathered=0.35)


def fences() -> Mobject:
    """The fences beyond which a value is an outlier; the other groups have stepped back."""
    plot = BoxPlot(NAMES, SAMPLES, (1.8, 4.6), colors=ink.CLASSES[:3], label="sepal width (cm)")
    plot.redraw(gathered=1.0).only("virginica")
    return VGroup(plot, plot.fences("virginica"))
