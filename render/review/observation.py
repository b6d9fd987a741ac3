"""An observation: a fault seen in one picture, before it is known whether it is meant and for how long it lasts."""

from __future__ import annotations

from dataclasses import dataclass

from render.review.stage import Box, Unit


@dataclass(frozen=True, slots=True)
class Observation:
    """A fault as it was seen; ``kind`` is a key of :data:`render.review.finding.RULES`."""

    kind: str
    unit: Unit | None
    """What is at fault; none where the whole picture is."""
    against: Unit | None
    """What covers, crosses or resembles it."""
    figure: float
    bound: float
    message: str
    """The fault in words, with ``{what}`` and ``{against}`` in place of names, which are filled in for a finding."""
    box: Box | None = None
    """Where to look, if not where the unit is."""

    @property
    def excess(self) -> float:
        """How far beyond its bound the figure is, the larger the worse."""
        return abs(self.figure - self.bound)
