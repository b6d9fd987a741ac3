"""What does not fit is jarred."""

from __future__ import annotations

from typing import Final, TypeVar

import numpy as np
from manim import Mobject

from scenes.kit.drive import Drive, drive

M = TypeVar("M", bound=Mobject)

_SWING: Final = 0.14
"""Scene units to each side."""


def jar(mobject: M) -> Drive:
    """An animation: ``mobject`` shakes from side to side, and comes to rest where it was."""
    home = mobject.get_center()

    def path(share: float) -> M:
        swing = _SWING * np.sin(6 * np.pi * share) * np.cos(np.pi * share / 2)
        return mobject.move_to(home + np.array([swing, 0.0, 0.0]))

    return drive(path, mobject)
