"""Partial Dependence & ICE Plots.

Turn one knob for everybody, follow each thread instead of the mean alone, and notice where the model is asked
about stones that cannot exist.
"""

from __future__ import annotations

from scenes.partial_dependence.fan import Fan
from scenes.partial_dependence.knob import Knob
from scenes.partial_dependence.surface import Surfaces


class PartialDependence(Knob, Fan, Surfaces):
    """The acts in the order in which they are told, and the claims of their chapters."""

    def poster(self) -> None:
        """Later."""
