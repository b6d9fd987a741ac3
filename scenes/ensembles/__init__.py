"""Bagging, Boosting & Stacking."""

from __future__ import annotations

from scenes.ensembles.threads import Threads
from scenes.ensembles.votes import Votes


class Ensembles(Votes, Threads):
    """Draft."""

    def poster(self) -> None:
        """Nothing yet."""
        self.add(self.models)
