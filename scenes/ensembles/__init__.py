"""Bagging, Boosting & Stacking."""

from __future__ import annotations

from scenes.ensembles.classes import Classes
from scenes.ensembles.floor import Floor
from scenes.ensembles.moons import Moons
from scenes.ensembles.noise import Noise
from scenes.ensembles.regress import Regress
from scenes.ensembles.swelling import Swelling
from scenes.ensembles.threads import Threads
from scenes.ensembles.votes import Votes


class Ensembles(Votes, Threads, Floor, Swelling, Moons, Classes, Regress, Noise):
    """Draft."""

    def poster(self) -> None:
        """Nothing yet."""
        self.add(self.models)
