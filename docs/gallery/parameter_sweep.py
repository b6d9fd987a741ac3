"""Results that were computed at some values of a parameter, shown at any value between them."""

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import ink
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.plane import Plane


def between() -> Mobject:
    """Curves were computed for the degrees 1, 3 and 9; the yellow one stands at 5."""
    plane = Plane((0, 1), (0, 1), 6.0, 3.4)
    xs = np.linspace(0, 1, 60)
    sweep = ParameterSweep([1, 3, 9], log=True)
    computed = np.array([xs**degree for degree in sweep.stops])
    known = [plane.curve(xs, ys, ink.faint) for ys in computed]
    return VGroup(plane, *known, plane.curve(xs, sweep.turn(5).mix(computed), ink.focus))
