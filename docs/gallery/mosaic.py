"""Areas as probabilities: a square cut by one variable, and by a second within each part."""

from manim import RIGHT, Mobject, VGroup

from scenes.kit import ink
from scenes.kit.mosaic import Mosaic

MAILS = [[2, 1], [1, 5]]


def joint() -> Mobject:
    """Widths are P(spam) and P(ham), heights what is probable within each, and areas are what is probable of all."""
    return Mosaic(MAILS, ["spam", "ham"], ["free", "not free"], width=9.0)


def bayes() -> Mobject:
    """Three steps of Bayes' theorem: keep what says free, pool it, and let it fill the square."""
    steps = [
        Mosaic(MAILS, ["spam", "ham"], ["free", "not free"], width=3.0, height=3.6, size=ink.SMALL)
        for _ in range(3)
    ]
    for step, mosaic in enumerate(steps, 1):
        mosaic.given("free", step)
    return VGroup(*steps).arrange(RIGHT, buff=0.5, aligned_edge=[0, -1, 0])


def within() -> Mobject:
    """Who survived the Titanic, as shares of each class and of the crew; one part is pulled out."""
    people = [[203, 122], [118, 167], [178, 528], [212, 673]]
    mosaic = Mosaic(
        people,
        ["first", "second", "third", "crew"],
        ["saved", "lost"],
        width=10.6,
        height=4.6,
        numbers="within",
    )
    return mosaic.pull("first", "saved", (-0.25, -0.25))
