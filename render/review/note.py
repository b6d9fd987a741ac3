"""A note of one look: a fault as it was seen, before it is known whether it is meant, and for how long it lasts."""

from __future__ import annotations

from dataclasses import dataclass

from render.review.stage import Box, Unit


@dataclass(frozen=True, slots=True)
class Note:
    """``kind`` is a key of :data:`render.review.finding.RULES`."""

    kind: str
    unit: Unit | None
    """What is at fault; none where the whole picture is."""
    against: Unit | None
    """What covers, crosses or resembles it."""
    figure: float
    bound: float
    message: str
    """With ``{what}`` and ``{against}`` for the names, which are looked up only when somebody asks."""
    box: Box | None = None
    """Where to look, if not where the unit is."""

    @property
    def excess(self) -> float:
        """How far beyond its bound the figure is, the larger the worse."""
        return abs(self.figure - self.bound)
