"""Partial Dependence & ICE Plots.

Turn one knob for everybody, follow each thread instead of the mean alone, and notice where the model is asked
about stones that cannot exist.
"""

from __future__ import annotations

from manim import LEFT, UP

from scenes.kit import ink, shot, words
from scenes.kit.noun import LINE
from scenes.kit.tag import Tag
from scenes.partial_dependence.fan import Fan
from scenes.partial_dependence.knob import Knob
from scenes.partial_dependence.stage import LEVELS, MEAN, STONE, bundle_of
from scenes.partial_dependence.steps import Steps
from scenes.partial_dependence.support import Support
from scenes.partial_dependence.surface import Surfaces
from scenes.partial_dependence.verdict import Verdict


class PartialDependence(Knob, Fan, Surfaces, Support, Steps, Verdict):
    """The acts in the order in which they are told, and the claims of their chapters.

    - ``knob``: Turn one knob for one stone; The mean of the curves is the partial dependence.
    - ``fan``: Tie the curves at one end; The fan is an interaction; A flat mean can hide an X.
    - ``surface``: Two knobs make a surface.
    - ``support``: Some stones do not exist; Averaging neighbours mixes effects.
    - ``steps``: Take small steps where the data are; Tested where the truth is known.
    - ``verdict``: It is the model's opinion; the end.

    What they have to teach, in the words of the catalog:

    - PDP as an average over forced values
    - ICE curves and who differs
    - centred ICE
    - two-way PDP
    - extrapolation into places with no data
    - ALE as the cure
    """

    def poster(self) -> None:
        """A fan from one knot, one gold curve, the mean."""
        plane = shot.EDGES.plane((0.6, 7.0), (-2.9, 11.4), x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_stroke(opacity=0)
        bundle = bundle_of(plane, self.said.fan).summarise(middle=1.0)
        gold = plane.curve(LEVELS, self.said.fan[self.gold], STONE, 2.5 * LINE)
        middle = plane.curve(LEVELS, self.said.fan.mean(axis=0), MEAN, 3.5 * LINE)
        text = Tag(words.headline("Nobody is\nthe mean", size=1.25 * ink.POSTER), 0.85)
        text.set_z_index(3)
        self.add(bundle, gold, middle, shot.SAFE.put(text, UP + LEFT))
